# What the libraries show: the same names in the header, in the version scripts,
# in the shared libraries, in the static one and in the committed manifest.
. tools/check/lib.sh
stage
so=$STAGE/lib/libtally.so.0
classic_so=$STAGE/lib/libtally_classic.so.0
archive=$STAGE/lib/libtally.a
names=$WORK/names
mkdir -p "$names"

# The header's functions: all, those with a prefix, the teaching text's plain ones.
tools/exports.sh >"$names/header"
tools/exports.sh -DTALLY_NO_CLASSIC >"$names/prefixed"
LC_ALL=C comm -23 "$names/header" "$names/prefixed" >"$names/classic"
sed 's/^/tally_classic_/' "$names/classic" >"$names/private"
LC_ALL=C sort "$names/prefixed" "$names/private" >"$names/expected"
tools/symbols.sh here | LC_ALL=C sort >"$names/manifest"
# script FILE: the names of a version script.
script() {
    sed -n 's/^    \([a-z_0-9]*\);$/\1/p' "$1" | LC_ALL=C sort
}
# shown LIBRARY: what a shared library defines for others, with the version node.
shown() {
    nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' | sed 's/@@/ /' | LC_ALL=C sort
}
script "$BUILD/lib/libtally.map" >"$names/script"
script "$BUILD/lib/libtally_classic.map" >"$names/script-classic"
shown "$so" >"$names/shared"
shown "$classic_so" >"$names/shared-classic"
nm -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' | LC_ALL=C sort >"$names/static"

try "the header declares functions" test -s "$names/header"
try "every name without tally_ is a classic one" \
    sh -c '! grep -v "^tally_" "$1" && test -s "$2" && ! grep "^tally_" "$2"' \
    - "$names/prefixed" "$names/classic"
try "static library = header" diff "$names/header" "$names/static"
sed 's/ .*//' "$names/shared" >"$names/shared-names"
try "shared library = the header's names with tally_, and the private ones" \
    diff "$names/expected" "$names/shared-names"
try "version script = shared library" diff "$names/shared-names" "$names/script"
try "the shared library defines no name without tally_" \
    sh -c '! grep -v "^tally_" "$1"' - "$names/shared-names"
sed 's/ .*//' "$names/shared-classic" >"$names/shared-classic-names"
try "companion = the header's classic names" diff "$names/classic" "$names/shared-classic-names"
try "version script of the companion = companion" \
    diff "$names/shared-classic-names" "$names/script-classic"
grep -v ' TALLY_PRIVATE$' "$names/shared" | LC_ALL=C sort - "$names/shared-classic" >"$names/public"
try "both shared libraries = packaging/symbols.txt, versions too" \
    diff "$names/manifest" "$names/public"
if grep -q tally_test_ "$names/shared" "$names/static"; then
    fail "nothing of the test build is shipped" "$names/static"
else
    pass "nothing of the test build is shipped"
fi

nm -g --defined-only "$archive" | awk '$2 == "W" { print $3 }' | LC_ALL=C sort >"$names/weak"
try "only the classic names are weak in the static library" diff "$names/classic" "$names/weak"

# dynamic NAME PATTERN: the shared library's dynamic section says so.
dynamic() {
    try "${library##*/}: $1" grep -Eq "$2" "$WORK/dynamic"
}
for library in "$STAGE/bin/tally" "$classic_so" "$so"; do
    readelf -dlW "$library" >"$WORK/dynamic"
    dynamic "it is bound at load time" 'FLAGS_1.*NOW'
    dynamic "its relocations are read-only after that" 'GNU_RELRO'
    dynamic "its stack is not executable" 'GNU_STACK .* RW '
    try "${library##*/}: it has no text relocations" \
        sh -c '! grep -q TEXTREL "$1"' - "$WORK/dynamic"
    try "${library##*/}: nothing is writable and executable" \
        sh -c '! grep " RWE " "$1"' - "$WORK/dynamic"
    [ "$library" != "$STAGE/bin/tally" ] || continue
    dynamic "its soname is its name" "SONAME.*\[${library##*/}\]"
    dynamic "it is never unloaded" 'FLAGS_1.*NODELETE'
done
# The tool's own code, unless the builder has flags of their own.
name="the tool guards its stack and its copies"
if [ -n "${CFLAGS:-}" ]; then
    skip "$name" "CFLAGS is set"
else
    nm -D --undefined-only "$STAGE/bin/tally" >"$WORK/guards"
    try "$name" sh -c 'grep __stack_chk_fail "$1" && grep -E "__[a-z]+_chk(@|$)" "$1" | grep -v stack' \
        - "$WORK/guards"
fi
name="the tool may be loaded at any address"
if echo __PIE__ | "$CC" -E -P -xc - | grep -q '^[0-9]'; then
    try "$name" sh -c 'readelf -hW "$1" | grep "Type: *DYN"' - "$STAGE/bin/tally"
else
    skip "$name" "$CC makes no such programs unless it is told to"
fi
readelf -dW "$classic_so" >"$WORK/dynamic-classic"
try "the companion finds the library where it is itself" \
    grep -q 'RUNPATH.*\[\$ORIGIN\]' "$WORK/dynamic-classic"
sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$WORK/dynamic-classic" >"$WORK/needed-classic"
try "the companion needs libtally.so.0 and the C library, and nothing else" sh -c \
    'cat "$1"; test "$(head -n 1 "$1")" = libtally.so.0; ! sed 1d "$1" | grep -v "^libc\."' \
    - "$WORK/needed-classic"

# It needs what the README says.
sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$WORK/dynamic" |
    grep -vE '^(libgcc_s|libc|libm|ld-linux.*)\.so\.' >"$WORK/needed" || true
try "it needs the C library and libgcc_s, and nothing else" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/needed"

# A packager's flags for the linker.
try "link.sh takes LDFLAGS" sh -c 'LDFLAGS="-Wl,--build-id=0x07a11e55 -Wl,-O1" tools/link.sh "$1" "$2" &&
    readelf -n "$2/libtally.so.0" | grep "Build ID: 07a11e55"' \
    - "$BUILD/target/release/libtally.a" "$WORK/ldflags"

# What plain `cargo build` gives, for development.
if "$CARGO" rustc --lib --crate-type cdylib --target-dir "$BUILD/target" >"$LOG" 2>&1; then
    readelf -dW "$BUILD/target/debug/libtally.so" >"$WORK/dynamic-cargo"
    try "cargo's own shared library is found by its own name, and stays loaded" \
        sh -c '! grep SONAME "$1" && grep NODELETE "$1"' - "$WORK/dynamic-cargo"
    # It shows what the sources export, declared or not.
    nm -D --defined-only "$BUILD/target/debug/libtally.so" | awk '{ print $3 }' |
        LC_ALL=C sort >"$names/cargo"
    try "the sources export what the header declares and no more" \
        diff "$names/header" "$names/cargo"
    try "cargo's own shared library is never unloaded" grep -q NODELETE "$WORK/dynamic-cargo"
else
    fail "cargo makes a shared library" "$LOG"
fi

# docs/handles.md says how many fit into a program.
tls=$(($(awk '$1 == "TLS" { print $6 }' "$WORK/dynamic")))
try "its thread-local block has at most 400 bytes: $tls" \
    sh -c 'test "$1" -gt 0 && test "$1" -le 400' - $tls

# rustc names the libraries when it makes a static one: a small one of its own.
echo >"$WORK/empty.rs"
rustc --crate-type staticlib --print native-static-libs="$WORK/native-static-libs" \
    -o "$WORK/libempty.a" "$WORK/empty.rs" >"$LOG" 2>&1
# The compiler brings libgcc itself, as -lgcc_s or -static would have it.
needed=$(sed 's/-lgcc_s *//; s/ *$//' "$WORK/native-static-libs")
try "Libs.private is what rustc names, without the compiler's own library" \
    test "$needed" = "$(pc Libs.private)"

# Programs that have one of our plain names, and ones with another Rust library.
mkdir -p "$WORK/link"
cat >"$WORK/link/own.c" <<'C'
#define TALLY_NO_CLASSIC
#include <tally.h>
int sum_array(const int *values, int count);
int sum_array(const int *values, int count) { return values[0] + count; }
int main(void) {
    const int values[2] = {40, 1};
    int64_t total = 0;
    return !(sum_array(values, 2) == 42 && tally_sum_i32(values, 2, &total) == TALLY_OK &&
             total == 41);
}
C
for library in libtally.a libtally.so; do
    # shellcheck disable=SC2046 # several flags
    try "a program keeps its own sum_array beside $library" sh -c '"$@" && "$0"' \
        "$WORK/link/own" "$CC" -o "$WORK/link/own" "$WORK/link/own.c" $(pc Cflags) \
        "$STAGE/lib/$library" -Wl,-rpath,"$STAGE/lib" $(pc Libs.private)
done

# docs/handles.md: a plugin with the static library in it needs -z nodelete.
cat >"$WORK/link/plugin.c" <<'END'
#include <tally.h>
int use(void);
int use(void) {
    void *object = tally_object_new();
    return object == NULL || tally_unref(object) != TALLY_OK;
}
END
cat >"$WORK/link/host.c" <<'END'
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
static void *plugin;
static void *run(void *unused) {
    int (*use)(void);
    *(void **)&use = dlsym(plugin, "use");
    if (use == NULL || use() != 0)
        puts("it does not work");
    return dlclose(plugin) == 0 ? unused : NULL;
}
int main(int count, char **words) {
    pthread_t thread;
    plugin = dlopen(words[count - 1], RTLD_NOW);
    if (plugin == NULL || pthread_create(&thread, NULL, run, words) != 0)
        return 3;
    void *done = NULL;
    return pthread_join(thread, &done) != 0 || done == NULL;
}
END
plugin() {
    # shellcheck disable=SC2046 # several flags
    "$CC" -shared -fPIC -I"$STAGE/include" -o "$WORK/link/$1" "$WORK/link/plugin.c" \
        "$STAGE/lib/libtally.a" $(pc Libs.private) -Wl,--exclude-libs,ALL $2 &&
        "$CC" -o "$WORK/link/host" "$WORK/link/host.c" -ldl -pthread &&
        "$WORK/link/host" "$WORK/link/$1"
}
try "a plugin with -z nodelete may be closed before its thread ends" plugin stays.so -Wl,-z,nodelete
name="without -z nodelete its thread crashes"
if plugin goes.so "" >"$LOG" 2>&1; then
    fail "$name"
elif [ -e "$WORK/link/goes.so" ]; then
    pass "$name"
else
    fail "$name" "$LOG"
fi

cat >"$WORK/link/other.rs" <<'RUST'
#[unsafe(no_mangle)]
pub extern "C" fn other_length() -> usize {
    std::hint::black_box(vec![1_u8; 7]).len()
}
RUST
cat >"$WORK/link/both.c" <<'C'
#include <tally.h>
size_t other_length(void);
int main(void) { return !(other_length() == 7 && rust_function(21) == 42); }
C
try "another Rust library is made" "${RUSTC:-rustc}" --edition 2024 --crate-type staticlib -O \
    -o "$WORK/link/libother.a" "$WORK/link/other.rs"
for flags in "" -Wl,--gc-sections -static; do
    name="another Rust library links beside libtally.a${flags:+, $flags}"
    if ! echo 'int main(void) { return 0; }' |
        "$CC" $flags -x c -o "$WORK/link/empty" - 2>/dev/null; then
        skip "$name" "the C library has no static form here"
        continue
    fi
    # shellcheck disable=SC2046,SC2086 # several flags
    try "$name" sh -c '"$@" && "$0"' "$WORK/link/both" \
        "$CC" $flags -o "$WORK/link/both" "$WORK/link/both.c" $(pc Cflags) \
        "$STAGE/lib/libtally.a" "$WORK/link/libother.a" $(pc Libs.private)
done

# What is not called is left out, function by function.
cat >"$WORK/link/one.c" <<'C'
#include <tally.h>
int main(void) { return rust_function(21) != 42; }
C
one() {
    # shellcheck disable=SC2046 # several flags
    "$CC" -s -o "$WORK/link/$1" "$WORK/link/one.c" $2 $(pc Cflags) "$STAGE/lib/libtally.a" \
        $(pc Libs.private) && "$WORK/link/$1" && wc -c <"$WORK/link/$1"
}
if whole=$(one whole "") && part=$(one part -Wl,--gc-sections); then
    try "--gc-sections takes a fifth or more from a program with libtally.a: $whole to $part bytes" \
        test $((part * 5)) -le $((whole * 4))
else
    fail "a program with libtally.a links with --gc-sections"
fi

# Nothing depends on a thread's floating-point environment but what sets its own.
if have objdump; then
    try "no function but kernels computes in floating point" \
        tools/float_instructions.sh "$STAGE/lib/libtally.a"
else
    skip "no function but kernels computes in floating point" "objdump is not installed"
fi

# kilobytes FILE: what the README says it has at most.
kilobytes() {
    tr '\n' ' ' <README.md | sed -n "s/.*\`$1\`\( is\)* under \([0-9]*\) kB.*/\2/p"
}
for file in libtally.so.0 libtally.a; do
    size=$(wc -c <"$STAGE/lib/$file")
    said=$(kilobytes $file)
    name="the README's size of $file, $said kB, is right: $size bytes"
    if [ "$(uname -m)" != x86_64 ]; then
        skip "$name" "it is that of x86-64"
    else
        try "$name" test "$size" -lt "$((said * 1000))" -a "$((size * 4))" -gt "$((said * 3000))"
    fi
done

# A linker that cannot make one object of an archive: another one does.
for linker in ld.lld mold; do
    name="LD=$linker gives the same archive"
    if ! have $linker; then
        skip "$name" "$linker is not installed"
        continue
    fi
    # shellcheck disable=SC2016 # the inner shell's
    try "$name, and says which linker made it" sh -c '
        LD=$0 tools/link.sh "$1" "$2" 2>&1 | grep "$0 makes no single object: .*ld.bfd does" &&
        cmp "$2/libtally.a" "$3"' $linker "$BUILD/target/release/libtally.a" "$WORK/link/other" \
        "$BUILD/lib/libtally.a"
done

# Where none can, and where the one object has no tables for exceptions, rustc's
# archive serves.
cat >"$WORK/link/cc" <<SH
#!/bin/sh
case " \$*" in
*/renamed.o*) echo "ld: error in x.o(.eh_frame); no .eh_frame_hdr table will be created" >&2 ;;
esac
exec $CC "\$@"
SH
chmod +x "$WORK/link/cc"
try "libraries are made of rustc's archive" env SINGLE_OBJECT=no \
    tools/link.sh "$BUILD/target/release/libtally.a" "$WORK/link/cargo"
try "so they are where the linker broke .eh_frame" sh -c '
    CC=$0 tools/link.sh "$1" "$2.broken" && cmp "$2/libtally.a" "$2.broken/libtally.a" &&
    cmp "$2/libtally.so.0" "$2.broken/libtally.so.0"' "$WORK/link/cc" \
    "$BUILD/target/release/libtally.a" "$WORK/link/cargo"
shown "$WORK/link/cargo/libtally.so.0" >"$names/shared-cargo"
try "that shared library has the same names" diff "$names/shared" "$names/shared-cargo"
for library in libtally.a libtally.so; do
    # shellcheck disable=SC2046 # several flags
    try "a program runs with $library made of rustc's archive" sh -c '"$@" && "$0"' \
        "$WORK/link/one" "$CC" -o "$WORK/link/one" "$WORK/link/one.c" $(pc Cflags) \
        "$WORK/link/cargo/$library" -Wl,-rpath,"$WORK/link/cargo" $(pc Libs.private)
done
