#!/bin/sh
# Makes what a release is made of: dist.sh FOLDER
#
#   libtally-VERSION.tar.xz     the sources of the last commit, with all crates in vendor,
#                               which cargo takes from there: no network is needed
#   libtally-VERSION.spdx.json  what the library is made of
#   SHA256SUMS                  of both
#
# One commit gives the same bytes each time, by the same versions of tar and xz. The
# crates of fuzz and of the Python package, which have a Cargo.lock of their own, are
# not in it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$root"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name=libtally-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "$(git status --porcelain)" ] || echo "dist.sh: what is not committed is left out" >&2

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
git archive --prefix="$name/" HEAD | tar -x -C "$work"
cd "$work/$name"
mkdir .cargo
# Told to be quiet, it would not print the configuration either.
"${CARGO:-cargo}" vendor --locked vendor >.cargo/config.toml 2>"$work/said" || {
    cat "$work/said" >&2
    exit 1
}
cd "$work"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw \
    -cf "$name.tar" "$name"
xz -6 -T1 "$name.tar"
"$name/tools/sbom.sh" >"$name.spdx.json"
sha256sum "$name.tar.xz" "$name.spdx.json" >SHA256SUMS
mv "$name.tar.xz" "$name.spdx.json" SHA256SUMS "$folder/"
cd "$folder" && ls -l "$name.tar.xz" "$name.spdx.json"
