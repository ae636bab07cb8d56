#!/bin/sh
# Makes the shipped libraries for macOS, as link.sh does for systems with ELF:
#
#   link_darwin.sh RUST_ARCHIVE FOLDER [EXTRA_EXPORT...]
#
#   libtally.0.dylib   the header's names, and no others
#   libtally.dylib     what -ltally finds: a link to it
#   libtally.a         rustc's archive as it is
#
# There are no versions of symbols. Nor is there a library for the teaching text's plain
# names: a program notes for each name which library it is from, so that ours take no
# other library's place. The library is found by @rpath where it was built; make install
# gives it the name of its place.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
archive=$1 folder=$2
shift 2
CC=${CC:-cc}
major=$(sed 's/.*\.//' "$root/packaging/soname")
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
library=libtally.$major.dylib
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
    "$root/tools/exports.sh"
    for extra; do echo "$extra"; done
} | sed 's/^/_/' >"$work/exports"
# A program needs the functions of the minor version that it was linked with.
# shellcheck disable=SC2046,SC2086 # several flags
$CC -dynamiclib ${LDFLAGS:-} -o "$work/$library" -install_name "@rpath/$library" \
    -compatibility_version "${version%.*}" -current_version "$version" \
    -Wl,-exported_symbols_list,"$work/exports" -Wl,-dead_strip \
    $(sed 's/^/-Wl,-u,/' "$work/exports") "$archive" -lc -lm
ln -s "$library" "$work/libtally.dylib"
cp "$archive" "$work/libtally.a"
mv -f "$work/$library" "$work/libtally.dylib" "$work/libtally.a" "$folder/"
