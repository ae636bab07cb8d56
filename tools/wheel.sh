#!/bin/sh
# Builds the Python package: a wheel for every Python from 3.11 on, and a source
# distribution, into $BUILD/wheel.
#
# The free-threaded builds of Python have no stable ABI and need a wheel each: one is built for
# each interpreter that FREE_THREADED names, by default python3.14t if it is installed. PyO3
# supports these builds from 3.14 on.
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
    set -- --zig --compatibility manylinux2014
else
    set -- --compatibility linux
fi
maturin build -q --release --locked "$@" --out "$OUT"
for interpreter in ${FREE_THREADED-python3.14t}; do
    if "$interpreter" -c 0 2>/dev/null; then
        maturin build -q --release --locked "$@" --interpreter "$interpreter" --out "$OUT"
    fi
done
maturin sdist --out "$OUT" >/dev/null 2>&1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for wheel in "$OUT"/*.whl; do
    rm -rf "$work/wheel"
    "$TOOLS/bin/python" -m zipfile -e "$wheel" "$work/wheel"
    library=$(find "$work/wheel" -name '_tally*.so')
    newest=$(objdump -T "$library" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -uV | tail -n 1)
    [ -n "$newest" ] || { echo "no symbols of the C library in $library" >&2 && exit 1; }
    case $wheel in
    *manylinux_2_17*)
        if [ "$(printf '%s\n2.17\n' "$newest" | sort -V | tail -n 1)" != 2.17 ]; then
            echo "the wheel says manylinux2014 and needs glibc $newest: $wheel" >&2
            exit 1
        fi
        ;;
    esac
    echo "$wheel: needs glibc $newest"
done
for file in "$OUT"/*; do
    echo "$file: $(($(wc -c <"$file") / 1024)) KB"
done
