#!/bin/sh
# Puts DuckDB's two headers into a folder: headers.sh FOLDER
#
# They are part of this version of DuckDB's own crate libduckdb-sys, under
# DuckDB's MIT licence. The extension needs no newer headers, since it uses API
# version 1.2.0. Cargo downloads only the crate, without its dependencies.
set -eu

name=libduckdb-sys-1.2.0
sum=dc4020eaf07df4927b5205cd200ca2a5ed0798b49652dec22e09384ba8efa163
folder=$1
cargo=${CARGO:-cargo}

fail() {
    echo "headers.sh: $*" >&2
    echo "headers.sh: DUCKDB_INCLUDE=DIR builds with a copy of duckdb.h" \
        "and duckdb_extension.h" >&2
    exit 1
}

mkdir -p "$folder"
cd "$folder"
"$cargo" info --registry crates-io "libduckdb-sys@${name##*-}" >info.txt 2>&1 ||
    fail "cargo cannot download $name: $(cat info.txt)"
crate=
for file in "${CARGO_HOME:-$HOME/.cargo}"/registry/cache/*/"$name.crate"; do
    [ -f "$file" ] && crate=$file
done
[ -n "$crate" ] || fail "cargo left no $name.crate in its cache"
echo "$sum  $crate" | sha256sum -c - >/dev/null 2>&1 ||
    fail "$crate has another checksum than $sum"
tar -xzf "$crate" "$name/duckdb.tar.gz"
tar -xzf "$name/duckdb.tar.gz" --strip-components=3 \
    duckdb/src/include/duckdb.h duckdb/src/include/duckdb_extension.h
rm -r "$name" info.txt
