# What cargo-c installs: the headers, the soname and the tally.pc that make install has.
. tools/check/lib.sh
. tools/check/programs.sh

if ! "$CARGO" cinstall --version >/dev/null 2>&1; then
    skip "cargo cinstall" "cargo-c is not installed: cargo install cargo-c"
    exit 0
fi
stage
root=$WORK/root
rm -rf "$root"
try "cargo cinstall" "$CARGO" cinstall --destdir "$root" --prefix "$STAGE" --libdir "$STAGE/lib" \
    --includedir "$STAGE/include" --target-dir "$BUILD/target-cargo-c"
made=$root$STAGE
soname=$(cat packaging/soname)
try "it installs the same headers" diff -r "$STAGE/include" "$made/include"
try "its library has the same soname" sh -c 'readelf -dW "$1" | grep "SONAME.*\[$2\]"' \
    - "$made/lib/$soname" "$soname"
try "its library is never unloaded" sh -c 'readelf -dW "$1" | grep "FLAGS_1.*NODELETE"' \
    - "$made/lib/$soname"
nm -D --defined-only "$made/lib/$soname" | awk '{ print $3 }' | LC_ALL=C sort >"$WORK/shown"
tools/exports.sh >"$WORK/header"
try "its library shows the header's names" diff "$WORK/header" "$WORK/shown"
for field in Name Description Version Cflags; do
    theirs=$(PC_FILE=$made/lib/pkgconfig/tally.pc pc $field)
    try "its tally.pc has the same $field: $theirs" test "$theirs" = "$(pc $field)"
done
PC_FILE=$made/lib/pkgconfig/tally.pc pc Libs >"$WORK/libs"
try "its tally.pc links -ltally" grep -q -- '-ltally\( \|$\)' "$WORK/libs"
awk '/^```c$/ { inside = 1; next } /^```$/ && inside { exit } inside' README.md >"$WORK/x.c"
for library in libtally.so libtally.a; do
    # shellcheck disable=SC2046 # several flags
    try "the README's program runs with its $library" sh -c '"$@" && test "$("$0")" = 1' \
        "$WORK/x" "$CC" -o "$WORK/x" -I"$made/include" "$WORK/x.c" "$made/lib/$library" \
        -Wl,-rpath,"$made/lib" $(pc Libs.private)
done
