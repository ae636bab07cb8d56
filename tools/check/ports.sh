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
# BSD's awk itself.
if have original-awk; then
    ln -s "$(command -v original-awk)" "$bsd/awk"
else
    skip "make and make install by BSD's awk" "original-awk is not installed"
fi
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

# What BSD systems link with: lld and LLVM's tools, which make no single object.
if have clang && have ld.lld && have llvm-objcopy && have llvm-ar; then
    # No other linker is asked then.
    try "the libraries are linked by lld and LLVM's tools" env LD=ld.lld SINGLE_OBJECT=no \
        CC="clang -fuse-ld=lld" OBJCOPY=llvm-objcopy AR=llvm-ar tools/link.sh \
        "$BUILD/target/release/libtally.a" "$WORK/llvm"
    # names LIBRARY: with their versions.
    names() { nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' | LC_ALL=C sort; }
    for library in libtally.so.0 libtally_classic.so.0; do
        names "$STAGE/lib/$library" >"$WORK/names"
        names "$WORK/llvm/$library" >"$WORK/names-llvm"
        try "their $library shows the same names" diff "$WORK/names" "$WORK/names-llvm"
    done
    for library in libtally.so libtally.a; do
        # shellcheck disable=SC2046 # several flags
        try "a program runs with their $library" sh -c '"$@" && test "$("$0")" = 1' \
            "$WORK/x" clang -fuse-ld=lld -o "$WORK/x" -I"$STAGE/include" "$WORK/x.c" \
            "$WORK/llvm/$library" -Wl,-rpath,"$WORK/llvm" $(pc Libs.private)
    done
else
    skip "the libraries are linked by lld and LLVM's tools" "they are not installed"
fi

# An old glibc: zig links for it.
if PYTHONPATH=$BUILD/python python3 -c 'import ziglang' 2>/dev/null && have objdump; then
    old=2.17
    cat >"$WORK/cc-old" <<SH
#!/bin/sh
PYTHONPATH=$BUILD/python exec python3 -m ziglang cc -target $(uname -m)-linux-gnu.$old "\$@"
SH
    chmod +x "$WORK/cc-old"
    rm -rf "$WORK/old"
    # shellcheck disable=SC2086 # make may be several words
    try "make stage for glibc $old" $MAKE -s stage CC="$WORK/cc-old" BUILD="$WORK/old" \
        TARGET_DIR="$BUILD/target" CARGO_TARGET=
    # shellcheck disable=SC2016 # the inner shell's
    try "the libraries and the tool need glibc $old and nothing newer" sh -c '
        objdump -T "$1"/lib/libtally.so.0 "$1"/lib/libtally_classic.so.0 "$1"/bin/tally |
            grep -o "GLIBC_[0-9.]*" | sort -uV | tee "$1/versions"
        test "$(tail -n 1 "$1/versions")" = "GLIBC_$2"' - "$WORK/old/stage" $old
    try "the tool runs with the glibc that is here" \
        sh -c 'test "$(seq 10 | "$0")" = 55' "$WORK/old/stage/bin/tally"
    for program in sums handles parallel text; do
        try "$program.c for glibc $old" sh -c '"$@" && TALLY_TEST_QUICK=1 "$0"' "$WORK/$program.old" \
            "$WORK/cc-old" -std=c11 -pthread -Iinclude -o "$WORK/$program.old" \
            "c_tests/c/$program.c" -L"$WORK/old/stage/lib" -ltally -lm -Wl,-rpath,"$WORK/old/stage/lib"
    done
else
    skip "the libraries for an old glibc" "the Python package ziglang is not installed"
fi

# macOS: what links its libraries, for a stand-in with the functions of the header and
# one that is not for others. There is no system to link with, and none to run it on.
if have clang && have "$(clang -print-prog-name=ld64.lld)" && have llvm-nm && have llvm-ar &&
    have llvm-objdump; then
    mac=$WORK/mac
    rm -rf "$mac"
    mkdir -p "$mac/usr/lib"
    for library in libSystem libc libm; do
        printf '%s\n' '--- !tapi-tbd' 'tbd-version: 4' 'targets: [ x86_64-macos, arm64-macos ]' \
            "install-name: '/usr/lib/libSystem.B.dylib'" 'exports:' \
            '  - targets: [ x86_64-macos, arm64-macos ]' \
            '    symbols: [ dyld_stub_binder ]' '...' >"$mac/usr/lib/$library.tbd"
    done
    for machine in x86_64 arm64; do
        compiler="clang --target=$machine-apple-macos11 -isysroot $mac -mlinker-version=609"
        CC=$compiler tools/exports.sh >"$mac/exports"
        {
            sed 's/.*/void &(void) {}/' "$mac/exports"
            echo 'void not_for_others(void) {} void extra(void) {}'
        } >"$mac/functions.c"
        rm -f "$mac/all.a"
        # shellcheck disable=SC2016 # the inner shell's
        try "the libraries for macOS on $machine are linked" sh -c '
            $1 -w -fno-builtin -c -o "$2/all.o" "$2/functions.c" &&
            llvm-ar rcs "$2/all.a" "$2/all.o" &&
            CC="$1 -fuse-ld=lld" tools/link_darwin.sh "$2/all.a" "$2/lib" extra' \
            - "$compiler" "$mac"
        { cat "$mac/exports" && echo extra; } | sed 's/^/_/' | LC_ALL=C sort >"$mac/expected"
        llvm-nm -g --defined-only "$mac/lib/libtally.0.dylib" | awk '{ print $3 }' |
            LC_ALL=C sort >"$mac/shown"
        try "they show the header's names for $machine and no others" diff "$mac/expected" "$mac/shown"
        llvm-objdump --macho --private-headers "$mac/lib/libtally.0.dylib" |
            sed -n '/LC_ID_DYLIB/,/compatibility/p' >"$mac/id"
        try "the library for $machine is found by @rpath, in the version of the package" sh -c '
            cat "$1" && grep -q "name @rpath/libtally.0.dylib " "$1" &&
            grep -q "current version $2$" "$1" && grep -q "compatibility version ${2%.*}.0$" "$1"' \
            - "$mac/id" "$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)"
        try "-ltally finds it for $machine" test "$(readlink "$mac/lib/libtally.dylib")" = libtally.0.dylib
    done
else
    skip "the libraries for macOS are linked" "clang, lld or LLVM's tools are not installed"
fi

# What make installs for these systems.
for pair in x86_64-unknown-freebsd:libtally.so.0 aarch64-apple-darwin:libtally.0.dylib; do
    target=${pair%:*}
    # shellcheck disable=SC2086 # make may be several words
    try "make install for $target: ${pair#*:}" sh -c '
        rules=$1 library=$2 && shift 2 && "$@" >"$rules" &&
        grep -q "^install -m 755 /nowhere/lib/$library" "$rules"' - "$WORK/rules" "${pair#*:}" \
        $MAKE -n install CARGO_TARGET="$target" CC=clang BUILD=/nowhere PREFIX=/prefix
    name="Libs.private for $target is what rustc names"
    if [ -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ]; then
        echo >"$WORK/empty.rs"
        rustc --target "$target" --crate-type staticlib --print native-static-libs="$WORK/libs" \
            -o "$WORK/libempty.a" "$WORK/empty.rs" 2>"$LOG"
        # shellcheck disable=SC2086 # make may be several words
        try "$name" sh -c '
            sorted() { tr " " "\n" | grep -v -e "^-lgcc_s$" -e "^$" | LC_ALL=C sort -u; }
            named=$(sorted <"$1") && shift &&
            given=$("$@" --eval "show: ; @echo \$(LIBS_PRIVATE)" show | sorted) &&
            echo "$named / $given" && test "$named" = "$given"' - "$WORK/libs" \
            $MAKE -s CARGO_TARGET="$target" CC=clang
        # Warnings, too: nothing is run there.
        try "no warning on $target" "$CARGO" clippy -q -p tally-core -p libtally \
            --target "$target" --target-dir "$BUILD/target" -- -D warnings
    else
        skip "$name" "rustc has no $target: rustup target add $target"
        skip "no warning on $target" "rustc has no $target: rustup target add $target"
    fi
done
