#!/bin/sh
# Runs every test, and first fetches what the tests need beside Rust, each by its own tests/*/setup.sh: into .tools/, and
# Debian's packages where this runs as root. What cannot be had is named and skipped; where CI=true it is a failure.
# Arguments go to `cargo test`.
set -eu
cd "$(dirname "$0")"

# prepare NAME WHAT: sets tests/NAME.rs up, without which WHAT is not tested.
prepare() {
    said=$(sh "tests/$1/setup.sh" 2>&1 </dev/null) && return
    echo "$said" >&2
    if [ "${CI:-}" = true ]; then
        echo "test.sh: tests/$1.rs cannot be set up" >&2
        exit 1
    fi
    echo "test.sh: skipped: $2 (tests/$1.rs), for want of the above" >&2
}

prepare readers "opening pages in the real draw.io and in a browser"
prepare watch "the page in a browser, and its HTML"
prepare sarif "SARIF by its schema"
prepare aws "collecting from a local AWS"
prepare mdbook "building a book by mdBook"
exec cargo test --locked --no-fail-fast "$@"
