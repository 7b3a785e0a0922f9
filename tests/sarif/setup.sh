#!/bin/sh
# Puts SARIF's JSON schema and a validator where tests/sarif.rs finds them: .tools/sarif/node_modules, from the npm
# registry at the versions and hashes that stand beside this file. Does nothing where it has run before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/.tools/sarif
wanted=$(cat "$here/package-lock.json" "$here/setup.sh" | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$tools/ready" 2>/dev/null || true)" != "$wanted" ]; then
    mkdir -p "$tools"
    rm -f "$tools/ready"
    cp "$here/package.json" "$here/package-lock.json" "$tools/"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --silent >&2)
    printf '%s\n' "$wanted" > "$tools/ready"
fi
