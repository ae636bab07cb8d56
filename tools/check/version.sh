# The version: the same wherever it stands, and one command sets it.
. tools/check/lib.sh
stage
version=$(tools/version.sh show)

# agrees WHERE TEXT COMMAND...: what the command prints is the text.
agrees() {
    where=$1 want=$2
    shift 2
    got=$("$@" 2>"$LOG") || true
    if [ "$got" = "$want" ]; then
        pass "$where: $want"
    else
        echo "it says: $got" >>"$LOG"
        fail "$where: $want" "$LOG"
    fi
}
# macro TREE NAME: what a C program gets for it.
macro() {
    printf '#include <tally.h>\n@%s\n' "$2" |
        "$CC" -E -P -I "$1/include" -xc - | sed -n 's/^@ *//p' | tr -d '" '
}
composed() {
    echo "$(($(macro "$1" TALLY_VERSION_NUMBER)))"
}
# in_tree TREE VERSION: the files that are committed.
in_tree() {
    # Each part has two digits but the first, which has as many as it likes.
    number=$(echo "$2" | awk -F. '{ printf "%d%02d%02d", $1, $2, $3 }' | sed 's/^0*//')
    agrees "Cargo.toml" "$2" sed -n 's/^version = "\(.*\)"/\1/p' "$1/Cargo.toml"
    agrees "Cargo.lock" "$2" sed -n '/^name = "libtally"$/{n;s/^version = "\(.*\)"/\1/p;}' \
        "$1/Cargo.lock"
    agrees "integrations/python/Cargo.toml" "$2" sed -n 's/^version = "\(.*\)"/\1/p' \
        "$1/integrations/python/Cargo.toml"
    agrees "integrations/python/Cargo.lock" "$2" \
        sed -n '/^name = "libtally-python"$/{n;s/^version = "\(.*\)"/\1/p;}' \
        "$1/integrations/python/Cargo.lock"
    agrees "integrations/javascript/Cargo.toml" "$2" sed -n 's/^version = "\(.*\)"/\1/p' \
        "$1/integrations/javascript/Cargo.toml"
    agrees "integrations/javascript/Cargo.lock" "$2" \
        sed -n '/^name = "libtally-javascript"$/{n;s/^version = "\(.*\)"/\1/p;}' \
        "$1/integrations/javascript/Cargo.lock"
    agrees "integrations/javascript/package.json" "$2" \
        sed -n 's/^ *"version": "\(.*\)",$/\1/p' "$1/integrations/javascript/package.json"
    agrees "fuzz/Cargo.lock" "$2" \
        sed -n '/^name = "libtally"$/{n;s/^version = "\(.*\)"/\1/p;}' "$1/fuzz/Cargo.lock"
    agrees "TALLY_VERSION" "$2" macro "$1" TALLY_VERSION
    agrees "TALLY_VERSION_MAJOR and the others" "$2" macro "$1" \
        "TALLY_VERSION_MAJOR.TALLY_VERSION_MINOR.TALLY_VERSION_PATCH"
    agrees "TALLY_VERSION_NUMBER" "$number" composed "$1"
    agrees "CHANGELOG.md" "$2" sed -n '/^## /{s/^## \([^ ]*\) - .*/\1/p;q;}' "$1/CHANGELOG.md"
    agrees "debian/changelog" "$2-1" sed -n '1s/^libtally (\(.*\)).*/\1/p' \
        "$1/packaging/debian/changelog"
}

in_tree . "$version"
# The README says that the first version is not released for as long as none is.
first=$version
! grep -q '^## [0-9.]* - [0-9]' CHANGELOG.md || first=
agrees "README.md, of a version that has not been released" "$first" \
    sed -n 's/^Version \([0-9.]*\) has not been released yet\..*/\1/p' README.md
# shellcheck disable=SC2016 # the inner shell expands it
agrees "tally --version" "tally $version (libtally $version)" \
    sh -c '"$1" --version | head -n 1' - "$STAGE/bin/tally"
agrees "tally.pc" "$version" pc Version
agrees "the CMake package" "$version" sed -n 's/^set(PACKAGE_VERSION "\(.*\)")/\1/p' \
    "$STAGE/lib/cmake/tally/tallyConfigVersion.cmake"
for page in man1/tally.1 man3/tally_sum_f64.3; do
    agrees "$page" "Tally $version" sed -n 's/^\.TH .* "\(Tally [^"]*\)" Tally$/\1/p' \
        "$STAGE/share/man/$page"
done
agrees "the HTML manual" "Tally $version" sed -n 's/.*<a href="index.html">\(Tally [^<]*\)<.*/\1/p' \
    "$STAGE/doc/html/reference.html"

# The command, in a copy of the tree.
copy=$WORK/versions
rm -rf "$copy" "$copy.before"
mkdir -p "$copy"
for path in LICENSE-MIT LICENSE-APACHE Cargo.toml Cargo.lock CHANGELOG.md Makefile build.rs cbindgen.toml core src include \
    packaging tools bench docs examples README.md integrations fuzz; do
    cp -R "$path" "$copy/"
done
# With this tree's own programs for the header and the guide: cargo would take those
# of the copy for them, in the same folder.
try "the programs that write the header and the guide are built" \
    "$CARGO" build -q -p header -p manual --target-dir "$BUILD/target"
versions() {
    env -u MAKEFLAGS -u MAKELEVEL HEADER="$BUILD/target/debug/header --root $copy" \
        MANUAL="$BUILD/target/debug/manual --root $copy" "$copy/tools/version.sh" "$@"
}
minor=$(echo "$version" | awk -F. '{ print $1 "." $2 + 1 ".0" }')
major=$(echo "$version" | awk -F. '{ print $1 + 1 ".0.0" }')
for wrong in 0.2 0.2.3.4 0.100.0 0.2.03 0.2.3-rc1 0.0.0; do
    if versions set $wrong >"$LOG" 2>&1; then
        fail "the version $wrong is refused"
    else
        pass "the version $wrong is refused"
    fi
done
# refused NAME WHAT COMMAND...: it fails, and says what is wrong.
refused() {
    name=$1 what=$2
    shift 2
    if "$@" >"$LOG" 2>&1; then
        fail "$name"
    elif ! grep -qF -- "$what" "$LOG"; then
        fail "$name" "$LOG"
    else
        pass "$name"
    fi
}
cp -R "$copy" "$copy.before"
for command in set release; do
    refused "version.sh $command $major wants a soname of its own" \
        "$major would break libtally.so.0" versions $command "$major"
done
for command in release next-version; do
    refused "make $command without a version is refused at once" \
        "which version? make $command VERSION=x.y.z" \
        env -u MAKEFLAGS -u MAKELEVEL "$MAKE" -s -C "$copy" $command VERSION=
done
# What is found out late, by make renew.
refused "version.sh set fails where make renew does" "no header today" env -u MAKEFLAGS \
    -u MAKELEVEL HEADER="sh -c 'echo no header today; exit 1'" "$copy/tools/version.sh" set "$minor"
try "a refused version changes nothing" diff -r "$copy.before" "$copy"
rm -rf "$copy.before"
try "version.sh set $minor" versions set "$minor"
in_tree "$copy" "$minor"
# well_formed WHEN: no entry of Debian's changelog is lost, or apart by more than a line.
well_formed() {
    try "debian/changelog has no blank lines too many, $1" \
        sh -c '! head -n 1 "$1" | grep -qx "" && cat -s "$1" | diff - "$1"' \
        - "$copy/packaging/debian/changelog"
}
well_formed "with one entry"
if ! have abidw; then
    skip "version.sh release" "abidw is not installed"
    exit 0
fi
try "version.sh release 0.86.75" versions release 0.86.75
in_tree "$copy" 0.86.75
try "the entry is dated" grep -q '^## 0\.86\.75 - 2[0-9-]*$' "$copy/CHANGELOG.md"
refused "a second release wants an entry of its own" "no entry" versions release 0.86.76
for command in set release; do
    refused "version.sh $command takes no version that is released" "version.sh: " \
        versions $command 0.86.75
done

# A function that comes after a release has a version node of its own.
more() {
    sed -i 's/^.*uint32_t tally_version_number(void);/&\nint tally_more(int x);/' \
        "$copy/include/tally.h"
}
symbols() {
    "$copy/tools/symbols.sh" "$@"
}
try "the symbols of a release can be followed" symbols compare
for version in 0.86.75 0.86.76; do
    [ $version = 0.86.75 ] || try "version.sh set $version" versions set $version
    more
    refused "make symbols puts no function into a released node, at $version" \
        "tally_more TALLY_0.86: 0.86.75 is released without it" symbols update
    cp "$copy/packaging/symbols.txt" "$WORK/symbols"
    echo "tally_more TALLY_0.86" >>"$copy/packaging/symbols.txt"
    refused "nor does a hand, at $version" "tally_more TALLY_0.86" symbols compare
    cp "$WORK/symbols" "$copy/packaging/symbols.txt"
done
try "version.sh set 0.87.0" versions set 0.87.0
well_formed "after a version that was not released"
agrees "the entries of debian/changelog" "0.87.0-1 0.86.75-1" sh -c \
    'sed -n "s/^libtally (\(.*\)).*/\1/p" "$1" | paste -s -d " "' - "$copy/packaging/debian/changelog"
more
try "make symbols, with a new minor version" symbols update
try "the function is in its node" grep -qx "tally_more TALLY_0.87" "$copy/packaging/symbols.txt"
try "and may follow the release" symbols compare
sed -i '/^tally_version_number /s/TALLY_.*/TALLY_0.87/' "$copy/packaging/symbols.txt"
refused "a function of the release stays in its node" \
    "tally_version_number TALLY_0.1: changed or gone since 0.86.75" symbols compare
cp "$WORK/symbols" "$copy/packaging/symbols.txt"
mv "$copy/packaging/symbols-baseline.txt" "$WORK/baseline"
refused "the list of the last release is missed" "CHANGELOG.md says 0.86.75" symbols compare
mv "$WORK/baseline" "$copy/packaging/symbols-baseline.txt"

# A new soname begins anew: nothing is compared with what had another.
echo "libtally.so.${major%%.*}" >"$copy/packaging/soname"
try "version.sh release $major, with a soname of its own" versions release "$major"
in_tree "$copy" "$major"
