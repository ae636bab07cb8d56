#!/bin/sh
# Turns a shared library into a DuckDB extension:
#     footer.sh LIBRARY EXTENSION PLATFORM VERSION
# DuckDB reads the last 534 bytes of the file: a custom section in the form of
# WebAssembly, with eight fields of 32 bytes and room for a signature of 256 bytes.
set -eu

library=$1 extension=$2 platform=$3 version=$4

zeros() {
    head -c "$1" /dev/zero
}

field() {
    [ ${#1} -le 32 ] || {
        echo "footer.sh: '$1' is longer than 32 bytes" >&2
        exit 1
    }
    printf %s "$1"
    zeros $((32 - ${#1}))
}

{
    cat "$library"
    # A section: 0, the length of what follows, the length of its name, the
    # name, and the length of the content, 512.
    printf '\000\223\004\020duckdb_signature\200\004'
    field ''
    field ''
    field ''
    field C_STRUCT # the stable C API
    field "$version"
    field v1.2.0 # of that API
    field "$platform"
    field 4 # of this footer
    zeros 256
} >"$extension.part"
mv "$extension.part" "$extension"
