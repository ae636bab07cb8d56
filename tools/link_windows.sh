#!/bin/sh
# Makes the shipped libraries for Windows, as link.sh does for systems with ELF:
#
#   link_windows.sh RUST_ARCHIVE FOLDER [EXTRA_EXPORT...]
#
#   libtally-0.dll   the header's names, and no others
#   libtally.dll.a   what -ltally finds: the import library of GNU's linker and lld
#   tally.def        the names, of which the tools of other compilers make one
#   libtally.a       rustc's archive, with the symbols of Rust's standard library
#
# There are no versions of symbols. Nor is there a library for the teaching text's plain
# names: a program notes for each name which library it is from, so that ours take no
# other library's place. In the static library each has an object of its own, which only
# jumps: a program's own functions win. The compiler's own library is linked in, so that the DLL needs
# only what is part of the system.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
archive=$1 folder=$2
shift 2
CC=${CC:-x86_64-w64-mingw32-gcc}
library=libtally-$(sed 's/.*\.//' "$root/packaging/soname").dll
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/tools/exports.sh" >"$work/plain"
{
    cat "$work/plain"
    for extra; do echo "$extra"; done
} >"$work/exports"
{
    echo "LIBRARY $library"
    echo "EXPORTS"
    sed 's/^/    /' "$work/exports"
} >"$work/tally.def"
# Notes for debuggers, of which objcopy says that they are no objects; and bitcode, for
# which a plugin of binutils would take objects for unfinished, here too unless their
# form is named.
OBJCOPY=${OBJCOPY:-objcopy} AR=${AR:-ar}
form=
case $($CC -dumpmachine):$($OBJCOPY --version) in
x86_64-*:*GNU*) form=--target=pe-x86-64 ;;
esac
"$root/tools/exports.sh" -DTALLY_NO_CLASSIC |
    LC_ALL=C comm -23 "$work/plain" - | sed 's/.*/& tally_classic_&/' >"$work/private"
cp "$archive" "$work/libtally.a"
notes=$($AR $form t "$archive" | grep '\.dwo$' || true)
# shellcheck disable=SC2086 # several members
[ -z "$notes" ] || $AR $form dD "$work/libtally.a" $notes
$OBJCOPY $form --remove-section=.llvmbc --remove-section=.llvmcmd \
    --redefine-syms="$work/private" "$work/libtally.a"
case $($CC -dumpmachine) in
aarch64-*) jump=b ;;
*) jump=jmp ;;
esac
while read -r name private; do
    printf '.globl %s\n%s:\n    %s %s\n' "$name" "$name" "$jump" "$private" |
        $CC -x assembler -c -o "$work/$name.o" -
    $AR $form rcsD "$work/libtally.a" "$work/$name.o"
done <"$work/private"

"$root/tools/resource_windows.sh" library "$work/resource.o"
# The same bytes each time: with neither the time of the link nor an address that is made
# of the name of its folder.
# shellcheck disable=SC2046,SC2086 # several flags
$CC -shared ${LDFLAGS:-} -static-libgcc -o "$work/$library" \
    -Wl,--out-implib,"$work/libtally.dll.a" -Wl,--no-insert-timestamp,--disable-auto-image-base \
    -Wl,--dynamicbase,--nxcompat,--high-entropy-va -Wl,--gc-sections \
    $(sed 's/^/-Wl,-u,/' "$work/exports") "$work/tally.def" "$work/libtally.a" "$work/resource.o" \
    ${LIBS:-}
mv -f "$work/$library" "$work/libtally.dll.a" "$work/tally.def" "$work/libtally.a" "$folder/"
