#!/bin/sh
# Builds the JavaScript package: libtally-VERSION.tgz, into $BUILD/npm-package. Needs npm, and
# Rust's standard library for wasm32-unknown-unknown.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
mkdir -p "$BUILD"
BUILD=$(cd "$BUILD" && pwd)
OUT=$BUILD/npm-package
CARGO_TARGET_DIR=$BUILD/target-javascript
export CARGO_TARGET_DIR
# No path of this machine is in it.
RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$PWD=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
export RUSTFLAGS

rm -rf "$OUT"
mkdir -p "$OUT"
cd integrations/javascript
npm pack --silent --pack-destination "$OUT" >/dev/null
for file in "$OUT"/*.tgz; do
    echo "$file: $(($(wc -c <"$file") / 1024)) KB"
done
