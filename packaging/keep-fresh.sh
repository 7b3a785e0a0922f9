#!/bin/sh
# Checks the pictures of the folder that it runs in, or makes them and pushes a commit.
#
# MODE       check or commit
# DOCUMENTS  Markdown files, or patterns of them
# VERDICTS   inputs that are judged; the findings go to the file SARIF and never fail this step
set -eu
failed=0

if [ -n "${VERDICTS:-}" ]; then
    # Findings exit with 1, and so does an input that cannot be read, of which there is no log.
    # shellcheck disable=SC2086
    eksdiagram check $VERDICTS --format sarif > "${SARIF:?}" || [ -s "$SARIF" ]
fi

has_project=$([ -f eksdiagram.toml ] && echo yes || true)
case ${MODE:-check} in
    check)
        [ -z "$has_project" ] || eksdiagram --check || failed=1
        # shellcheck disable=SC2086
        [ -z "${DOCUMENTS:-}" ] || eksdiagram embed --check $DOCUMENTS || failed=1
        ;;
    commit)
        [ -z "$has_project" ] || eksdiagram
        # shellcheck disable=SC2086
        [ -z "${DOCUMENTS:-}" ] || eksdiagram embed $DOCUMENTS
        git add --all .
        if git diff --cached --quiet; then
            echo "all pictures are fresh"
        else
            git -c user.name=eksdiagram -c user.email=eksdiagram@users.noreply.github.com \
                commit --quiet --message "Draw the pictures anew"
            git push --quiet
        fi
        ;;
    *)
        echo "keep-fresh.sh: there is no mode $MODE: check or commit" >&2
        exit 2
        ;;
esac
exit $failed
