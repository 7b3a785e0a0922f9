#!/bin/sh
# Puts eksdiagram where later steps find it: the binary of a release, or, where there is none for this version or machine,
# one built from the sources beside this script.
#
# VERSION      a release's tag, or `build`
# REPOSITORY   owner/name of the releases; DOWNLOAD, another address of them
# RUNNER_TEMP  where the program goes; GITHUB_PATH, a file that takes folders for later steps' PATH
set -eu
sources=$(cd "$(dirname "$0")/.." && pwd)
folder=${RUNNER_TEMP:?}/eksdiagram
releases=${DOWNLOAD:-https://github.com/${REPOSITORY:-}/releases/download}
archive=eksdiagram-$(uname -m)-linux.tar.gz
mkdir -p "$folder"

released() {
    [ "$(uname -s)" = Linux ] && [ "${VERSION:-build}" != build ] || return 1
    for file in "$archive" "$archive.sha256"; do
        curl --fail --silent --show-error --location --retry 3 --output "$folder/$file" "$releases/$VERSION/$file" ||
            return 1
    done
    # What was not published is never run, and building it anew would hide that.
    (cd "$folder" && sha256sum --check --quiet "$archive.sha256") || exit 1
    tar -xzf "$folder/$archive" -C "$folder" eksdiagram
}

if ! released; then
    command -v cargo > /dev/null || {
        echo "install.sh: there is no release ${VERSION:-build} for this machine, and no Rust to build it" >&2
        exit 1
    }
    cargo install --locked --quiet --path "$sources" --root "$folder/built"
    cp "$folder/built/bin/eksdiagram" "$folder/eksdiagram"
fi
"$folder/eksdiagram" --version
echo "$folder" >> "${GITHUB_PATH:-/dev/null}"
