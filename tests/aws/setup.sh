#!/bin/sh
# Puts a local AWS and the AWS CLI where tests/aws.rs finds them: moto's server and awscli in a Python virtual environment,
# .tools/aws, from PyPI at the versions and hashes that stand beside this file.
# Installs Debian's Python where it is missing, there is apt, and the user is root. Does nothing where it has run before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/.tools/aws
wanted=$(cat "$here/requirements.txt" "$here/setup.sh" | sha256sum | cut -d ' ' -f 1)

if [ "$(cat "$tools/ready" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
# Debian's python3 has no ensurepip, without which an environment has no pip.
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "missing: python3 python3-venv" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >&2
fi
rm -rf "$tools"
python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
    --requirement "$here/requirements.txt" >&2
printf '%s\n' "$wanted" > "$tools/ready"
