#!/bin/sh
# Runs every test, and first fetches what the tests need beside Rust: the real draw.io and a browser to open it in
# (tests/readers/setup.sh; Debian's packages too where this runs as root), SARIF's schema (tests/sarif/setup.sh), a local
# AWS with the AWS CLI (tests/aws/setup.sh), and mdBook (tests/mdbook/setup.sh).
# What cannot be had is named and skipped; where CI=true it is a failure. Arguments go to `cargo test`.
set -eu
cd "$(dirname "$0")"

if ! said=$(sh tests/readers/setup.sh 2>&1 </dev/null); then
    echo "$said" >&2
    if [ "${CI:-}" = true ]; then
        echo "test.sh: draw.io cannot be set up" >&2
        exit 1
    fi
    echo "test.sh: skipped: opening pages in the real draw.io (tests/readers.rs), for want of the above" >&2
fi
if ! said=$(sh tests/sarif/setup.sh 2>&1 </dev/null); then
    echo "$said" >&2
    if [ "${CI:-}" = true ]; then
        echo "test.sh: SARIF's schema cannot be set up" >&2
        exit 1
    fi
    echo "test.sh: skipped: validating SARIF (tests/sarif.rs), for want of the above" >&2
fi
if ! said=$(sh tests/aws/setup.sh 2>&1 </dev/null); then
    echo "$said" >&2
    if [ "${CI:-}" = true ]; then
        echo "test.sh: a local AWS cannot be set up" >&2
        exit 1
    fi
    echo "test.sh: skipped: collecting from a local AWS (tests/aws.rs), for want of the above" >&2
fi
if ! said=$(sh tests/mdbook/setup.sh 2>&1 </dev/null); then
    echo "$said" >&2
    if [ "${CI:-}" = true ]; then
        echo "test.sh: mdBook cannot be set up" >&2
        exit 1
    fi
    echo "test.sh: skipped: building a book by mdBook (tests/mdbook.rs), for want of the above" >&2
fi
exec cargo test --locked --no-fail-fast "$@"
