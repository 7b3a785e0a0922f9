#!/bin/sh
# Puts html-validate where tests/watch.rs finds it: .tools/html/node_modules, from the npm registry at the versions and
# hashes that stand beside this file. The browser is that of tests/readers/setup.sh, which is run first. Does nothing
# where it has run before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sh "$here/../readers/setup.sh"
tools=$(cd "$here/../.." && pwd)/.tools/html
wanted=$(cat "$here/package-lock.json" "$here/setup.sh" | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$tools/ready" 2>/dev/null || true)" != "$wanted" ]; then
    mkdir -p "$tools"
    rm -f "$tools/ready"
    cp "$here/package.json" "$here/package-lock.json" "$tools/"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --silent >&2)
    printf '%s\n' "$wanted" > "$tools/ready"
fi
