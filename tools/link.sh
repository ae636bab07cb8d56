#!/bin/sh
# Makes the shipped libraries from the static library that rustc gives:
#
#   link.sh RUST_ARCHIVE FOLDER [EXTRA_EXPORT...]
#
#   libtally.so.0          what begins with tally_; the teaching text's plain names
#                          only as private ones, tally_classic_*
#   libtally_classic.so.0  the plain names, which lead to the private ones
#   libtally.so            what -ltally finds: a script that names both, the second
#                          for programs that use it
#   libtally.a             all names, the plain ones weak
#
# rustc's archive shows about 1,700 global symbols and cannot be linked beside
# another one; its shared library has neither a soname nor symbol versions. So
# all of it becomes one relocatable object with only our symbols, which is both
# the static library and what the shared one is linked from. Where no linker can do
# that, or with SINGLE_OBJECT=no, both are made of rustc's archive as it is.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
archive=$1 folder=$2
shift 2
CC=${CC:-cc}
OBJCOPY=${OBJCOPY:-objcopy}
soname=$(cat "$root/packaging/soname")
classic=$(echo "$soname" | sed 's/\.so/_classic.so/')
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/tools/exports.sh" >"$work/exports"
"$root/tools/exports.sh" -DTALLY_NO_CLASSIC >"$work/prefixed"
LC_ALL=C comm -23 "$work/exports" "$work/prefixed" >"$work/classic"
sed 's/.*/& tally_classic_&/' "$work/classic" >"$work/private"
"$root/tools/symbols.sh" map >"$folder/libtally.map"
"$root/tools/symbols.sh" map classic >"$folder/libtally_classic.map"
for extra; do
    echo "$extra" >>"$work/exports"
    awk -v extra="$extra" '{ print } /^global:/ && !said++ { print "    " extra ";" }' \
        "$folder/libtally.map" >"$work/map"
    cp "$work/map" "$folder/libtally.map"
done

# lld and mold cannot do it; GNU's linker is asked then.
single=
for linker in "${LD:-ld}" "$($CC -print-prog-name=ld.bfd 2>/dev/null)"; do
    if [ "${SINGLE_OBJECT:-yes}" = yes ] &&
        $linker --help 2>/dev/null | grep -q force-group-allocation; then
        single=$linker
        break
    fi
done
if [ -n "$single" ]; then
    [ "$single" = "${LD:-ld}" ] || echo "link.sh: ${LD:-ld} makes no single object: $single does" >&2
    # What the compiler tells its linker of the machine: a linker of several has to know.
    emulation=$($CC -### -r -nostdlib -o all.o one.o 2>&1 | tr -d '"' |
        sed -nE 's/.* -m *([a-z0-9_]*(elf|linux)[a-z0-9_]*) .*/\1/p' | tail -n 1)
    if [ -n "$emulation" ] && $single -V 2>/dev/null | grep -qwF "$emulation"; then
        single="$single -m $emulation"
    fi
    # Sections that nobody needs are left out later: binutils 2.40 leaves riscv64
    # with a broken .eh_frame if they are here, and nothing can be thrown then.
    # shellcheck disable=SC2046 # one argument a name
    $single -r --force-group-allocation \
        $(sed 's/^/-u /' "$work/exports") -o "$work/all.o" "$archive"
    whole=$work/tally.o
    only_ours=--keep-global-symbols=$work/exports
else
    echo "link.sh: no single object: both libraries are made of all of rustc's archive" >&2
    cp "$archive" "$work/all.o"
    whole=$work/tally.a
    only_ours=
fi
# std's objects carry bitcode for their own link-time optimisation; a plugin of
# binutils would take ours for unfinished because of it.
$OBJCOPY $only_ours --remove-section=.llvmbc --remove-section=.llvmcmd "$work/all.o" "$whole"

# shared SONAME SCRIPT INPUT...: a library that is never unloaded. Threads may end
# after a dlclose, and the storage that is theirs is released by our code. Panics are
# caught by the table of frames, which musl-gcc does not ask for.
shared() {
    name=$1 script=$2
    shift 2
    # shellcheck disable=SC2086 # several flags
    status=0
    $CC -shared ${LDFLAGS:-} -o "$work/$name" "$@" \
        -Wl,-soname,"$name" -Wl,--version-script="$folder/$script" \
        -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,defs \
        -Wl,--gc-sections -Wl,--eh-frame-hdr 2>"$work/said" || status=$?
    cat "$work/said" >&2
    return $status
}
renamed=$work/renamed.${whole##*.}
$OBJCOPY --redefine-syms="$work/private" "$whole" "$renamed"
sed 's/^\(.*\) \(.*\)$/s,^\1$,\2,/' "$work/private" >"$work/renames"
# shellcheck disable=SC2046 # one argument a name
shared "$soname" libtally.map \
    $(sed -f "$work/renames" "$work/exports" | sed 's/^/-Wl,-u,/') \
    "$renamed" -Wl,--as-needed -lgcc_s ${LIBS:--lpthread -lm -ldl -lc}
# To GNU's linker that is no error, but no panic is caught then, nor an exception.
if grep -q 'error in .*eh_frame' "$work/said"; then
    if [ -z "$single" ]; then
        echo "link.sh: this linker cannot read .eh_frame" >&2
        exit 1
    fi
    SINGLE_OBJECT=no "$0" "$archive" "$folder" "$@"
    exit 0
fi

# A callback's C++ exception may pass through it.
# shellcheck disable=SC2086 # several flags
$CC ${CPPFLAGS:-} ${CFLAGS:-} -std=gnu11 -O2 -fPIC -fexceptions -fasynchronous-unwind-tables \
    -I "$root/include" -c -o "$work/classic.o" "$root/src/api/classic.c"
shared "$classic" libtally_classic.map "$work/classic.o" "$work/$soname" \
    -Wl,--enable-new-dtags,-rpath,'$ORIGIN' -Wl,--no-as-needed -lc

# In a program's own link the text's plain names give way to the program's.
$OBJCOPY --weaken-symbols="$work/classic" "$whole"
if [ "$whole" = "$work/tally.o" ]; then
    ${AR:-ar} rcsD "$work/libtally.a" "$whole"
else
    mv "$whole" "$work/libtally.a"
fi

cat >"$work/libtally.so" <<SCRIPT
/* GNU ld script: what is linked with -ltally. Load $soname. */
INPUT($soname AS_NEEDED($classic))
SCRIPT
mv "$work/libtally.a" "$work/$soname" "$work/$classic" "$work/libtally.so" "$folder/"
