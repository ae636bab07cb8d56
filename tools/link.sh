#!/bin/sh
# Makes the shipped libraries from the static library that rustc gives:
#
#   link.sh RUST_ARCHIVE FOLDER [EXTRA_EXPORT...]
#
# rustc's archive shows about 1,700 global symbols and cannot be linked beside
# another one; its shared library has neither a soname nor symbol versions. So
# all of it becomes one relocatable object with only our symbols, which is both
# the static library and what the shared one is linked from. Where the linker
# cannot do that, cargo's own two libraries serve as they are.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
archive=$1 folder=$2
shift 2
CC=${CC:-cc}
soname=$(cat "$root/packaging/soname")
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/tools/exports.sh" >"$work/header"
"$root/tools/exports.sh" -DTALLY_NO_CLASSIC >"$work/prefixed"
LC_ALL=C comm -23 "$work/header" "$work/prefixed" >"$work/classic"
"$root/tools/symbols.sh" map >"$folder/libtally.map"
cp "$work/header" "$work/exports"
for extra; do
    echo "$extra" >>"$work/exports"
    sed -i "0,/^global:/s//global:\n    $extra;/" "$folder/libtally.map"
done

if ! ${LD:-ld} --help 2>/dev/null | grep -q force-group-allocation; then
    target=$(dirname "$(dirname "$archive")")
    echo "this linker makes no single object: cargo's own libraries it is" >&2
    (cd "$root" && ${CARGO:-cargo} rustc -q --lib --release --crate-type cdylib --target-dir "$target")
    cp "$archive" "$folder/libtally.a"
    cp "$target/release/libtally.so" "$folder/$soname"
    ln -sf "$soname" "$folder/libtally.so"
    exit 0
fi

# shellcheck disable=SC2046 # one argument a name
${LD:-ld} -r --force-group-allocation --gc-sections \
    $(sed 's/^/-u /' "$work/exports") -o "$work/all.o" "$archive"
# std's objects carry bitcode for their own link-time optimisation; a plugin of
# binutils would take ours for unfinished because of it.
${OBJCOPY:-objcopy} --keep-global-symbols="$work/exports" \
    --remove-section=.llvmbc --remove-section=.llvmcmd "$work/all.o" "$work/tally.o"

# One library that is never unloaded: threads may end after a dlclose, and the
# storage that is theirs is released by our code.
# shellcheck disable=SC2086 # several flags
$CC -shared ${LDFLAGS:-} -o "$work/$soname" "$work/tally.o" \
    -Wl,-soname,"$soname" -Wl,--version-script="$folder/libtally.map" \
    -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,defs \
    -Wl,--gc-sections -Wl,--as-needed -lgcc_s -lpthread -lm -ldl -lc

# In a program's own link the text's plain names give way to the program's.
${OBJCOPY:-objcopy} --weaken-symbols="$work/classic" "$work/tally.o"
rm -f "$work/libtally.a"
${AR:-ar} rcsD "$work/libtally.a" "$work/tally.o"

mv "$work/libtally.a" "$work/$soname" "$folder/"
ln -sf "$soname" "$folder/libtally.so"
