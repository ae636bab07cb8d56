# Other makes, compilers and commands than those of GNU: each works, or says plainly that
# it does not.
. tools/check/lib.sh
stage

# says TEXT COMMAND...: it fails, and says so.
says() {
    text=$1
    shift
    ! "$@" >"$WORK/said" 2>&1 && cat "$WORK/said" && grep -qF -- "$text" "$WORK/said"
}

name="BSD make names GNU make"
if have bmake; then
    try "$name" says "needs GNU make" env -u MAKEFLAGS bmake
else
    skip "$name" "bmake is not installed"
fi

if have tcc; then
    # shellcheck disable=SC2086 # make may be several words
    try "make CC=tcc says that it cannot be" says "not with tcc" \
        $MAKE -s CC=tcc BUILD="$WORK/by-tcc"
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
    for standard in c99 c11; do
        try "tally.h in $standard by tcc" tcc -std=$standard -Wall -Werror -I"$STAGE/include" \
            -DEXPECTED_NUMBER=TALLY_VERSION_NUMBER -DEXPECTED_VERSION="\"$version\"" \
            -c -o "$WORK/alone.o" c_tests/header/alone.c
    done
    awk '/^```c$/ { inside = 1; next } /^```$/ && inside { exit } inside' README.md >"$WORK/x.c"
    # Not the static library: tcc 0.9.27 does not know all of its relocations.
    try "a program by tcc with the shared library" sh -c '"$@" && test "$("$0")" = 1' \
        "$WORK/by-tcc.out" tcc -I"$STAGE/include" -o "$WORK/by-tcc.out" "$WORK/x.c" \
        -L"$STAGE/lib" -Wl,-rpath="$STAGE/lib" -ltally
else
    skip "tally.h and programs by tcc" "tcc is not installed"
fi

# Commands as BSD systems and macOS have them: these are found before the system's own,
# and refuse what is GNU's.
bsd=$WORK/bsd
rm -rf "$bsd"
mkdir -p "$bsd"
# command_of NAME PATTERN: refuses an argument with such a line.
command_of() {
    cat >"$bsd/$1" <<SH
#!/bin/sh
[ "$1 \$1 \$2" != "date -u -r" ] || { shift 2 && set -- -u --date="@\$@"; }
for word; do
    if printf '%s\n' "\$word" | $(command -v grep) -qE -e '$2'; then
        echo "$1: not of BSD: \$word" >&2
        exit 64
    fi
done
exec $(command -v "$1") "\$@"
SH
    chmod +x "$bsd/$1"
}
command_of sed '^-[a-zA-Z]*[iz]|^--|^-$|^0,/|:[a-z]+;|(^|[;} ])[tb] *[a-z]+;'
command_of date '^-[a-z]*d|^@'
command_of cp '^-[a-zA-Z]*[aTtu]|^--'
command_of ln '^-[a-zA-Z]*[rTt]|^--'
command_of install '^-[a-zA-Z]*[DTt]|^--'
command_of grep '^-[a-zA-Z]*P'
command_of mktemp '^-[a-z]*[pu]|^--'
command_of stat '^-[a-zA-Z]*c|^--'
for gnu in realpath readlink md5sum sha256sum nproc timeout tac shuf numfmt; do
    ! have $gnu || command_of $gnu .
done
try "the commands refuse what is GNU's" sh -c '
    PATH=$0:$PATH
    for command in "sed -i s/a/b/ x" "sed :a;s/a/b/;ta" "date -d @0" "realpath x" "cp -a x y"; do
        $command
        test $? = 64 || exit 1
    done
    test "$(date -u -r 0 +%F)" = 1970-01-01' "$bsd"
prefix=$WORK/prefix
by_bsd() {
    # shellcheck disable=SC2086 # make may be several words
    env PATH="$bsd:$PATH" SOURCE_DATE_EPOCH=0 $MAKE -s "$@" BUILD="$WORK/build" \
        TARGET_DIR="$BUILD/target" PREFIX="$prefix" LIBDIR="$prefix/far/lib" DESTDIR=
}
rm -rf "$prefix" "$WORK/build"
try "make and make install use no command that only GNU has" by_bsd install
try "the manual has the date of SOURCE_DATE_EPOCH" \
    grep -q 1970-01-01 "$prefix/share/man/man3/tally.3"
try "the tool finds its library" sh -c 'test "$(seq 10 | "$0")" = 55' "$prefix/bin/tally"
try "nor does make uninstall" by_bsd uninstall
try "it leaves nothing" test ! -e "$prefix"
