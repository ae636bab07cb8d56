# Installing, using what was installed from outside the repository, uninstalling.
. tools/check/lib.sh
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
prefix=$outside/prefix

try "make install" $MAKE -s install DESTDIR= PREFIX="$prefix"
for file in include/tally.h include/tally.hpp lib/libtally.a lib/libtally.so.0 lib/libtally.so \
    lib/pkgconfig/tally.pc bin/tally; do
    try "$file is installed" test -s "$prefix/$file"
done
try "the installed tool runs from where it is" sh -c 'test "$(seq 10 | "$1/bin/tally")" = 55' - "$prefix"

cat >"$outside/user.c" <<'C'
#include <stdio.h>
#include <tally.h>

int main(void) {
    const double values[] = {1e100, 1.0, -1e100};
    double total = 0;
    if (tally_sum_f64(values, 3, &total) != TALLY_OK || total != 1.0)
        return 1;
    /* A refusal too: its message comes from the library's own storage. */
    if (tally_sum_f64(NULL, 3, &total) != TALLY_NULL || total != 1.0)
        return 2;
    puts(tally_last_message());
    return tally_version_number() != TALLY_VERSION_NUMBER;
}
C

# consumer NAME FLAGS: builds and runs the program in a folder of its own.
consumer() {
    # shellcheck disable=SC2086 # several flags
    try "$1" sh -c 'cd "$1" && shift && "$@" && LD_LIBRARY_PATH=$0/lib ./user' \
        "$prefix" "$outside" "$CC" -Wall -Wextra -Werror -o user user.c $2
}

PC_FILE=$prefix/lib/pkgconfig/tally.pc
consumer "a consumer of tally.pc" "$(pc Cflags) $(pc Libs)"
private="$(pc Libs) $(pc Libs.private)"
consumer "a consumer of tally.pc, only our library static" \
    "$(pc Cflags) $(echo "$private" | sed 's/-ltally/-l:libtally.a/')"
if ldd "$outside/user" 2>/dev/null | grep -q libtally; then
    fail "the static consumer needs no shared library"
else
    pass "the static consumer needs no shared library"
fi
if echo 'int main(void) { return 0; }' | "$CC" -static -x c -o "$outside/static" - 2>/dev/null; then
    consumer "a consumer of tally.pc, all static" "-static $(pc Cflags) $private"
else
    skip "a consumer of tally.pc, all static" "the C library has no static form here"
fi

if have pkg-config; then
    packages() { PKG_CONFIG_PATH=$prefix/lib/pkgconfig pkg-config "$@" tally; }
    consumer "pkg-config --cflags --libs" "$(packages --cflags --libs)"
    consumer "pkg-config --static --cflags --libs" "-static $(packages --static --cflags --libs)"
    try "pkg-config --modversion" test "$(packages --modversion)" = "$(pc Version)"
else
    skip "pkg-config --cflags --libs" "pkg-config is not installed"
    skip "pkg-config --static --cflags --libs" "pkg-config is not installed"
    skip "pkg-config --modversion" "pkg-config is not installed"
fi

try "make uninstall" $MAKE -s uninstall DESTDIR= PREFIX="$prefix"
try "uninstall leaves nothing" test -z "$(find "$prefix" ! -type d)"

# A package is staged in one place and used in another.
try "make install DESTDIR=" $MAKE -s install DESTDIR="$outside/staged" PREFIX=/opt/tally
PC_FILE=$outside/staged/opt/tally/lib/pkgconfig/tally.pc
try "a staged tally.pc names the final place" \
    test "$(pc Cflags) $(pc Libs)" = "-I/opt/tally/include -L/opt/tally/lib -ltally"
try "nothing is written outside DESTDIR" test ! -e /opt/tally
try "make uninstall DESTDIR=" $MAKE -s uninstall DESTDIR="$outside/staged" PREFIX=/opt/tally
try "uninstall leaves nothing in DESTDIR" test -z "$(find "$outside/staged" ! -type d)"
