# The Debian packages: built, judged by lintian, installed into a root of their
# own, used from there, removed.
. tools/check/lib.sh

for tool in dpkg-buildpackage dh pkg-config man; do
    if ! have $tool; then
        skip "the Debian packages" "$tool is not installed"
        exit 0
    fi
done
# For other machines: rustc's name and the compiler are made of what dpkg says.
rustc --print target-list | sort >"$WORK/targets"
for pair in arm64:aarch64 armhf:armv7 i386:i686 ppc64el:powerpc64le riscv64:riscv64gc s390x:s390x; do
    machine=${pair%:*}
    # shellcheck disable=SC2016 # make expands it
    try "debian/rules knows $machine" sh -c '
        made=$(env -u CC -u MAKEFLAGS dpkg-architecture -a"$1" -f -c "$3" -s -f packaging/debian/rules \
            --eval "show: ; @echo \$(CROSS)" show) && echo "$made" &&
        target=$(echo "$made" | sed "s/^CARGO_TARGET=\($2-.*\) CC=.*-gcc$/\1/") &&
        grep -qx -e "$target" "$4"' - "$machine" "${pair#*:}" "$MAKE" "$WORK/targets"
done
name="the Debian packages for arm64"
if dpkg-query -W crossbuild-essential-arm64 libc6:arm64 libgcc-s1:arm64 >"$LOG" 2>&1 &&
    [ -d "$(rustc --print target-libdir --target aarch64-unknown-linux-gnu)" ]; then
    try "$name" sh -c 'DEB_ARCH=arm64 tools/deb.sh "$1" && ls "$1"/libtally0_*_arm64.deb' - "$WORK/arm64"
else
    skip "$name" "crossbuild-essential-arm64, libc6:arm64, libgcc-s1:arm64 or rustc's library is not installed"
fi
packages=$WORK/deb
if ! tools/deb.sh "$packages" >"$LOG" 2>&1; then
    tail -n 30 "$LOG" >"$LOG.end"
    fail "the Debian packages are built" "$LOG.end"
    exit 0
fi
pass "the Debian packages are built"

if have lintian; then
    user=
    [ "$(id -u)" -ne 0 ] || user=--allow-root
    try "lintian finds no error" sh -c '
        found=$1 && shift && lintian "$@" >"$found" || { cat "$found"; exit 1; }' - \
        "$WORK/lintian" $user --fail-on error --display-info "$packages"/*.changes
    # What the first upload would say more, and what std is built with.
    try "lintian finds nothing that a maintainer would mend" sh -c \
        '! grep -E "^[WI]:" "$1" | grep -vE "initial-upload|hardening-no-fortify"' - "$WORK/lintian"
else
    skip "lintian finds no error" "lintian is not installed"
    skip "lintian finds nothing that a maintainer would mend" "lintian is not installed"
fi
for package in libtally0 libtally-dev tally; do
    try "$package has something in it" sh -c 'dpkg-deb -c "$1"/$2_*.deb | grep -v "/$"' \
        - "$packages" $package
done
# Debugging information, by the build id of what is installed.
for pair in libtally0:libtally.so.0 libtally0:libtally_classic.so.0 tally:bin/tally; do
    package=${pair%%:*}
    # shellcheck disable=SC2016 # the inner shell's
    try "$package-dbgsym has the lines of ${pair#*:}" sh -c '
        rm -rf "$3" && mkdir -p "$3" &&
        dpkg-deb -x "$1"/$2_[0-9]*.deb "$3/installed" &&
        dpkg-deb -x "$1"/$2-dbgsym_[0-9]*.deb "$3/debug" &&
        id=$(find "$3/installed" -path "*/$4" -exec readelf -n {} + | sed -n "s/.*Build ID: //p") &&
        symbols=$3/debug/usr/lib/debug/.build-id/$(echo "$id" | cut -c 1-2)/$(echo "$id" | cut -c 3-).debug &&
        readelf -SW "$symbols" | grep -q "\.debug_line"' \
        - "$packages" $package "$WORK/dbgsym" "${pair#*:}"
done

# A root with nothing in it but what dpkg must find.
root=$WORK/root
rm -rf "$root"
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
: >"$root/var/lib/dpkg/status"
scratch_dpkg() {
    dpkg --root="$root" --force-not-root --force-depends --force-script-chrootless \
        --log="$WORK/dpkg.log" "$@"
}
left() {
    (cd "$root" && find . -path ./var/lib/dpkg -prune -o ! -type d -print)
}
try "they are installed" scratch_dpkg -i "$packages"/libtally0_*.deb \
    "$packages"/libtally-dev_*.deb "$packages"/tally_*.deb

shown() {
    MANWIDTH=80 man -M "$root/usr/share/man" -P cat "$1" 2>&1 | tr -s ' \n' ' ' | grep -qF -- "$2"
}
try "man tally_sum_f64" shown tally_sum_f64 "the double nearest to the true sum"
try "man tally" shown "tally.1" "exact totals of columns of numbers"

# The manual is registered, and its parts are there.
try "doc-base knows the manual" sh -c '
    index=$(sed -n "s|^Index: ||p" "$1/usr/share/doc-base/libtally-dev.libtally") &&
    test -s "$1$index"' - "$root"
name="the saved form's reference runs from its package"
if have python3; then
    try "$name" python3 "$root/usr/share/doc/libtally-dev/saved_format.py" \
        --check core/tests/golden/saved_states.txt
else
    skip "$name" "python3 is not installed"
fi

# The teaching text's names, by the script of libtally-dev.
cat >"$WORK/classic.c" <<'C'
#include <tally.h>
int main(void) { return rust_function(21) != 42; }
C
try "a program with a classic name in the scratch root" sh -c '
    "$1" -o "$2/classic" "$2/classic.c" -I "$3/usr/include" -L "$4" -ltally &&
    LD_LIBRARY_PATH=$4 "$2/classic"' - "$CC" "$WORK" "$root" \
    "$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)"

# The README's program, by the README's commands.
place=$WORK/deb-user
lib=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
rm -rf "$place"
mkdir -p "$place"
awk '/^```c$/ { inside = 1; next } /^```$/ && inside { exit } inside' README.md >"$place/x.c"
grep '^cc .*x\.c .*a\.out' README.md | sed 's/ *#.*//' >"$place/commands"
try "the README has a program and two commands" \
    sh -c 'test -s "$1/x.c" && test "$(wc -l <"$1/commands")" = 2' - "$place"
while read -r command; do
    name="the README's command in the scratch root: ${command%%\$*}..."
    case $command in
    *-static*)
        if ! echo 'int main(void) { return 0; }' |
            "$CC" -static -x c -o "$place/static" - 2>/dev/null; then
            skip "$name" "the C library has no static form here"
            continue
        fi
        ;;
    esac
    try "$name" env PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_LIBDIR="$lib/pkgconfig" \
        PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 LD_LIBRARY_PATH="$lib" \
        sh -c 'cd "$1" && test "$(eval "$2")" = 1' - "$place" "$command"
done <"$place/commands"
try "the tool of the scratch root" env LD_LIBRARY_PATH="$lib" sh -c \
    'test "$(seq 10 | "$1/usr/bin/tally")" = 55' - "$root"

try "they are in the root" test -n "$(left)"
try "they are removed" scratch_dpkg --purge tally libtally-dev libtally0
try "nothing is left" test -z "$(left)"
