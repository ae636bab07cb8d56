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
    agrees "TALLY_VERSION" "$2" macro "$1" TALLY_VERSION
    agrees "TALLY_VERSION_MAJOR and the others" "$2" macro "$1" \
        "TALLY_VERSION_MAJOR.TALLY_VERSION_MINOR.TALLY_VERSION_PATCH"
    agrees "TALLY_VERSION_NUMBER" "$number" composed "$1"
    agrees "CHANGELOG.md" "$2" sed -n '/^## /{s/^## \([^ ]*\) - .*/\1/p;q;}' "$1/CHANGELOG.md"
    agrees "debian/changelog" "$2-1" sed -n '1s/^libtally (\(.*\)).*/\1/p' \
        "$1/packaging/debian/changelog"
}

in_tree . "$version"
agrees "tally --version" "tally $version (libtally $version)" "$STAGE/bin/tally" --version
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
rm -rf "$copy"
mkdir -p "$copy"
for path in Cargo.toml Cargo.lock CHANGELOG.md Makefile build.rs cbindgen.toml src include \
    packaging tools bench; do
    cp -R "$path" "$copy/"
done
# With this tree's own program for the header: cargo would take one of the copy's
# for it, in the same folder.
try "the program that writes the header is built" \
    "$CARGO" build -q -p header --target-dir "$BUILD/target"
versions() {
    env -u MAKEFLAGS -u MAKELEVEL HEADER="$BUILD/target/debug/header --root $copy" \
        "$copy/tools/version.sh" "$@"
}
minor=$(echo "$version" | awk -F. '{ print $1 "." $2 + 1 ".0" }')
for wrong in 1.2 1.2.3.4 1.100.0 1.2.03 1.2.3-rc1 0.0.0; do
    if versions set $wrong >"$LOG" 2>&1; then
        fail "the version $wrong is refused"
    else
        pass "the version $wrong is refused"
    fi
done
try "version.sh set $minor" versions set "$minor"
in_tree "$copy" "$minor"
if ! have abidw; then
    skip "version.sh release" "abidw is not installed"
    exit 0
fi
try "version.sh release 97.86.75" versions release 97.86.75
in_tree "$copy" 97.86.75
try "the entry is dated" grep -q '^## 97\.86\.75 - 2[0-9-]*$' "$copy/CHANGELOG.md"
if versions release 97.86.76 >"$WORK/refused" 2>&1; then
    fail "a second release wants an entry of its own"
else
    try "a second release wants an entry of its own" grep -q "no entry" "$WORK/refused"
fi
