#!/bin/sh
# Builds the Python package: a wheel for every Python from 3.11 on, and a source
# distribution, into $BUILD/wheel.
#
# The wheel is a manylinux2014 one if the Python package ziglang is installed, or can be:
# zig links for the old C library. Its symbols are then read, and one that is newer than
# glibc 2.17 is an error. Without it, the wheel is for this system alone.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
mkdir -p "$BUILD"
BUILD=$(cd "$BUILD" && pwd)
OUT=$BUILD/wheel
TOOLS=$BUILD/wheel-tools
PYTHON=${PYTHON:-python3}
export CARGO_TARGET_DIR="$BUILD/target-python"

if [ ! -x "$TOOLS/bin/maturin" ]; then
    "$PYTHON" -m venv "$TOOLS"
    "$TOOLS/bin/pip" install -q --disable-pip-version-check "maturin>=1.9,<2"
fi
"$TOOLS/bin/python" -c 'import ziglang' 2>/dev/null ||
    "$TOOLS/bin/pip" install -q --disable-pip-version-check ziglang ||
    echo "without ziglang: the wheel is for this system alone" >&2

rm -rf "$OUT"
mkdir -p "$OUT"
PATH=$TOOLS/bin:$PATH
export PATH
cd integrations/python
if "$TOOLS/bin/python" -c 'import ziglang' 2>/dev/null; then
    maturin build -q --release --locked --zig --compatibility manylinux2014 --out "$OUT"
else
    maturin build -q --release --locked --compatibility linux --out "$OUT"
fi
maturin sdist --out "$OUT" >/dev/null 2>&1

# The newest version of the C library that the wheel needs.
wheel=$(ls "$OUT"/*.whl)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$TOOLS/bin/python" -m zipfile -e "$wheel" "$work"
library=$(find "$work" -name '_tally*.so')
newest=$(objdump -T "$library" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -uV | tail -n 1)
[ -n "$newest" ] || { echo "no symbols of the C library in $library" >&2 && exit 1; }
case $wheel in
*manylinux_2_17*)
    if [ "$(printf '%s\n2.17\n' "$newest" | sort -V | tail -n 1)" != 2.17 ]; then
        echo "the wheel says manylinux2014 and needs glibc $newest" >&2
        exit 1
    fi
    ;;
esac
for file in "$OUT"/*; do
    echo "$file: $(($(wc -c <"$file") / 1024)) KB"
done
echo "needs glibc $newest"
