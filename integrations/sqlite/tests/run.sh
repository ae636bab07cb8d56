#!/bin/sh
# Every test, in the real SQLite; see the Makefile for what it takes. Prints a line for each:
# ok: NAME, FAILED: NAME or skipped: NAME (WHY).
set -u
cd "$(dirname "$0")/.." || exit 2
mkdir -p "${BUILD:=build}"
BUILD=$(cd "$BUILD" && pwd)
CC=${CC:-cc}
MAKE=${MAKE:-make}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
PYTHON=${PYTHON:-python3}
work=$(mktemp -d "$BUILD/check.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$work/log
failed=0

# try NAME COMMAND...
try() {
    try_name=$1
    shift
    if "$@" >"$log" 2>&1 </dev/null; then
        echo "ok: $try_name"
    else
        echo "FAILED: $try_name (exit status $?)"
        sed 's/^/    /' "$log"
        failed=1
        return 1
    fi
}

skip() {
    echo "skipped: $1 ($2)"
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# Nothing may hang the whole run.
limited() {
    if have timeout; then timeout -k 5 "${LIMIT:-300}" "$@"; else "$@"; fi
}

compiles() {
    # shellcheck disable=SC2046,SC2086 # flags are several words
    echo "$1" | $CC -x c $($PKG_CONFIG --cflags sqlite3 2>/dev/null) -fsyntax-only - 2>/dev/null
}

have "$CC" || { skip "the SQLite extension" "$CC is not installed" && exit 0; }
compiles '#include <sqlite3ext.h>' ||
    { skip "the SQLite extension" "sqlite3ext.h is not installed: Debian's libsqlite3-dev" && exit 0; }
# shellcheck disable=SC2086 # PKG_CONFIG may have options
have ${PKG_CONFIG%% *} || { skip "the SQLite extension" "pkg-config is not installed" && exit 0; }

# shellcheck disable=SC2086
tally_libdir=$($PKG_CONFIG --variable=libdir tally)
# shellcheck disable=SC2086
cflags="-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -O2 -g -Isrc \
    $($PKG_CONFIG --cflags tally) $($PKG_CONFIG --cflags sqlite3 2>/dev/null)"
sqlite=$($PKG_CONFIG --libs sqlite3 2>/dev/null || echo -lsqlite3)
system="-lm -lpthread -ldl"
# The part of a program that has the aggregates.
part="$BUILD/libtally_sqlite.a $tally_libdir/libtally.a"

build() {
    $MAKE -s all BUILD="$1" TALLY="$2" CFLAGS="${CFLAGS:--O2 -g} -Werror"
}
try "it is built without a warning" build "$BUILD" static || exit 1
try "it is built with the shared library" build "$work/shared" shared
if have clang; then
    CC=clang try "it is built by clang" build "$work/clang" static
fi

## In the shell.

# The shared library is found where it is installed.
with_library() {
    LD_LIBRARY_PATH=$tally_libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "$@"
}
installs() {
    $MAKE -s install BUILD="$BUILD" DESTDIR="$work/root" PREFIX=/usr &&
        tests/shell.sh "$work/root/usr/lib/sqlite3" &&
        test -f "$work/root/usr/include/tally_sqlite.h" &&
        $MAKE -s uninstall BUILD="$BUILD" DESTDIR="$work/root" PREFIX=/usr &&
        test -z "$(find "$work/root" -type f)"
}
exports() {
    test "$(nm -D --defined-only "$BUILD/tally.so" | awk '{ print $3 }')" = sqlite3_tally_init
}
if have sqlite3; then
    version=$(sqlite3 --version | awk '{ print $1 }')
    try "the shell loads it (SQLite $version)" limited tests/shell.sh "$BUILD"
    try "the shell loads it with the shared library (SQLite $version)" with_library \
        limited tests/shell.sh "$work/shared"
    try "it is installed and uninstalled" installs
else
    skip "the shell loads it" "sqlite3 is not installed"
fi
if have nm; then
    try "it exports its entry point alone" exports
fi

## As a part of C programs, and loaded by them.

# compile OUTPUT SOURCE FLAG...
compile() {
    output=$1
    source=$2
    shift 2
    # shellcheck disable=SC2086 # flags are several words
    $CC $cflags -o "$work/$output" "tests/c/$source.c" "$@" $sqlite $system
}
# program NAME SOURCE: as a part of the program, and loaded by it.
program() {
    # shellcheck disable=SC2086
    if try "a program is linked with it: $2" compile "$2" "$2" -DSQLITE_CORE $part; then
        try "$1" limited "$work/$2"
    fi
    if try "a program is linked without it: $2" compile "$2-loads" "$2"; then
        try "$1, loaded" limited "$work/$2-loads" "$BUILD/tally.so"
    fi
}
program "memory that runs out at each allocation is an error, and nothing leaks" memory
program "interrupted statements leak nothing, and the connection goes on" interrupt
program "connections in 12 threads agree" threads
# shellcheck disable=SC2086
if try "a program is linked with it: old" compile old old; then
    try "an SQLite before 3.25 is refused" limited "$work/old" "$BUILD/tally.so"
fi

static_program() {
    # shellcheck disable=SC2086
    compile static static -DSQLITE_CORE $part -Wl,--gc-sections -s &&
        test "$("$work/static")" = "1.0|4.5
3"
}
if try "a static program prints exact totals" static_program; then
    echo "    it has $(($(wc -c <"$work/static") / 1000)) kB, with --gc-sections and -s"
fi
cplusplus() {
    echo '#include <tally_sqlite.h>
int main() { return sqlite3_auto_extension((void (*)(void))sqlite3_tally_init); }' >"$work/main.cpp"
    # shellcheck disable=SC2086
    ${CXX:-c++} -Wall -Wextra -Werror -Isrc -o "$work/cplusplus" "$work/main.cpp" $part $sqlite $system &&
        "$work/cplusplus"
}
if have "${CXX:-c++}"; then
    try "C++ includes its header" cplusplus
else
    skip "C++ includes its header" "there is no C++ compiler"
fi

# The extension and the tests with the compiler's sanitizers, which stop at a finding. Threads are
# slow there, and allocations fail every third time.
sanitized() {
    # shellcheck disable=SC2086
    $CC $cflags -DSQLITE_CORE -fsanitize=address,undefined -fno-sanitize-recover=all -o "$work/$1-sanitized" \
        "tests/c/$1.c" src/*.c "$tally_libdir/libtally.a" $sqlite $system && STEP=${STEP:-3} \
        limited "$work/$1-sanitized"
}
if echo 'int main(void) { return 0; }' |
    $CC -x c -fsanitize=address,undefined -o "$work/empty" - 2>/dev/null && "$work/empty"; then
    for name in memory interrupt threads; do
        try "address and undefined behaviour sanitizers find nothing: $name" sanitized $name
    done
else
    skip "address and undefined behaviour sanitizers find nothing" "$CC has none"
fi
valgrinded() {
    STEP=$2 LIMIT=600 limited valgrind -q --error-exitcode=9 --leak-check=full "$work/$1"
}
if have valgrind; then
    try "valgrind finds nothing: memory" valgrinded memory 40
    try "valgrind finds nothing: interrupt" valgrinded interrupt 300
else
    skip "valgrind finds nothing" "valgrind is not installed"
fi

## From Python.

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
usable() {
    (cd tests && "$1" -c 'import sys, hosts; sys.exit(sys.version_info < (3, 10) or not hosts.hosts())') \
        >/dev/null 2>&1
}
pythons=
for python in "$PYTHON" /usr/bin/python3; do
    if have "$python" && usable "$python"; then
        pythons="$pythons $python"
    fi
done
for python in $(printf '%s\n' $pythons | awk '!seen[$0]++'); do
    LIMIT=900 limited "$python" tests/run.py "$BUILD/tally.so" tests/test_*.py || failed=1
done
[ -n "$pythons" ] || skip "the tests in Python" "no Python 3.10 loads extensions, and none has apsw"
exit $failed
