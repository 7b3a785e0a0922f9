#!/bin/sh
# Builds the program for this machine, fully static, and packs it: packaging/build.sh [FOLDER]
#
# FOLDER (dist) then holds the binary, its completions and manual page, and eksdiagram-<arch>-linux.tar.gz of all these with
# the licences, beside its SHA-256. Nothing in the archive depends on the day or the user.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-dist}
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in
    *-linux-*) ;;
    *) echo "packaging/build.sh: static binaries are made on Linux; this is $host" >&2; exit 1 ;;
esac

# With --target, the flag is the program's alone: build scripts and macros cannot be static.
RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --locked --target "$host"
built=${CARGO_TARGET_DIR:-target}/$host/release/eksdiagram
if readelf --program-headers "$built" | grep -q 'program interpreter'; then
    echo "packaging/build.sh: $built is not static" >&2
    exit 1
fi

mkdir -p "$folder"
cp "$built" "$folder/eksdiagram"
strip "$folder/eksdiagram"
"$folder/eksdiagram" manual > "$folder/eksdiagram.1"
for shell in bash zsh fish; do
    "$folder/eksdiagram" completions $shell > "$folder/eksdiagram.$shell"
done
cp LICENSE-APACHE LICENSE-MIT assets/fonts/OFL.txt "$folder"

archive=eksdiagram-${host%%-*}-linux.tar.gz
(cd "$folder" && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - \
    eksdiagram eksdiagram.1 eksdiagram.bash eksdiagram.zsh eksdiagram.fish LICENSE-APACHE LICENSE-MIT OFL.txt |
    gzip -9n > "$archive" && sha256sum "$archive" > "$archive.sha256")
ls -l "$folder/eksdiagram" "$folder/$archive" | awk '{ printf "%s: %.1f MB\n", $NF, $5 / 1e6 }'
