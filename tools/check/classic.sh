# The teaching text's plain names: a program that calls them links as ever, one that
# does not never meets them, and a stranger's functions of these names are its own.
. tools/check/lib.sh
. tools/check/programs.sh
stage
work=$WORK/classic
rm -rf "$work"
mkdir -p "$work"

# needs FILE: the libraries of ours that it needs.
needs() {
    readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(libtally.*\)\]/\1/p' | LC_ALL=C sort | tr '\n' ' '
}
# loads PROGRAM: whether it loads the companion.
loads() {
    LD_DEBUG=files "$1" 2>&1 | grep -q 'libtally_classic\.so\.0'
}
# file_of NAME: a program in c_tests.
file_of() {
    find c_tests -name "$1.c"
}
# is_dynamic NAME COMMAND...: the program of this name, made by the command with the
# shared libraries, runs; it has the companion if and only if it uses it.
is_dynamic() {
    program=$work/$1
    shift
    # shellcheck disable=SC2046 # several flags
    "$@" -o "$program" "$program.o" $(pc Libs) -Wl,-rpath,"$STAGE/lib" && "$program" || return 1
    case $program in
    */no_classic) test "$(needs "$program")" = "libtally.so.0 " && ! loads "$program" ;;
    *) loads "$program" ;;
    esac
}
# is_static NAME COMMAND...: the same with libtally.a, without the shared ones.
is_static() {
    program=$work/$1
    shift
    # shellcheck disable=SC2046 # several flags
    "$@" -o "$program.static" "$program.o" $(pc Libs | sed 's/-ltally/-l:libtally.a/') \
        $(pc Libs.private) && "$program.static" && test -z "$(needs "$program.static")"
}

# Programs that call all the names, and one that has functions of its own by these
# names, by each compiler and linker.
for compiler in gcc clang; do
    for linker in bfd gold lld mold; do
        name="by $compiler and $linker"
        if ! echo 'int main(void) { return 0; }' |
            $compiler -fuse-ld=$linker -x c -o "$work/linked" - 2>/dev/null; then
            skip "classic names $name" "they make no program here"
            continue
        fi
        for source in classic calling_conventions no_classic; do
            # shellcheck disable=SC2046,SC2086 # several flags
            try "$source.c $name compiles" $compiler -std=c11 $C_WARNINGS $C_FLAGS $(pc Cflags) \
                -c -o "$work/$source.o" "$(file_of $source)"
            for flag in --as-needed --no-as-needed; do
                try "$source.c $name, $flag" \
                    is_dynamic $source $compiler -fuse-ld=$linker -pthread -Wl,$flag
            done
            try "$source.c $name, static" is_static $source $compiler -fuse-ld=$linker -pthread
        done
    done
done

# The tool calls none.
try "the tool needs only libtally.so.0" test "$(needs "$STAGE/bin/tally")" = "libtally.so.0 "

# A library of a stranger's, whose functions have our names and call one another.
cat >"$work/other.c" <<'C'
const char *get_last_error(void) { return "other"; }
int sum_array(const int *values, int count) { return values[0] - count; }
void *c_alloc(unsigned long size) { static char block; return size ? &block : 0; }
const char *other_error(void);
const char *other_error(void) { return get_last_error(); }
int other_sum(void);
int other_sum(void) { const int values[] = {1}; return c_alloc(1) ? sum_array(values, 1) : -1; }
C
cat >"$work/stranger.c" <<'C'
#include <string.h>
#define TALLY_NO_CLASSIC
#include <tally.h>
const char *other_error(void);
int other_sum(void);
int main(void) {
    const double values[] = {1e100, 1.0, -1e100};
    double total = 0;
    if (tally_sum_f64(NULL, 1, &total) != TALLY_NULL || tally_sum_f64(values, 3, &total) != TALLY_OK)
        return 1;
    return !(total == 1 && strcmp(other_error(), "other") == 0 && other_sum() == 0);
}
C
cat >"$work/host.c" <<'C'
/* A host that has loaded the library for all, and then loads a stranger's. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
int main(int count, char **names) {
    for (int i = 1; i < count; i++) {
        if (dlopen(names[i], RTLD_NOW | RTLD_GLOBAL) == NULL) {
            fprintf(stderr, "%s\n", dlerror());
            return 2;
        }
    }
    void *symbol = dlsym(RTLD_DEFAULT, "other_error");
    const char *(*other_error)(void);
    memcpy(&other_error, &symbol, sizeof symbol);
    return strcmp(other_error(), "other") != 0;
}
C
try "a stranger's library is made" "$CC" -shared -fPIC -o "$work/libother.so" "$work/other.c"
for order in "-ltally -lother" "-lother -ltally"; do
    for flags in --as-needed --no-as-needed; do
        # shellcheck disable=SC2046,SC2086 # several flags
        try "a stranger's functions are its own: $order, $flags" sh -c '"$@" && "$0"' "$work/stranger" \
            "$CC" -o "$work/stranger" "$work/stranger.c" $(pc Cflags) $(pc Libs | sed 's/-ltally//') \
            -Wl,$flags -L"$work" $order -Wl,-rpath,"$STAGE/lib:$work"
    done
done
try "a host is made" "$CC" -std=c11 -D_GNU_SOURCE -o "$work/host" "$work/host.c" -ldl
try "a stranger's functions are its own after dlopen(libtally.so.0, RTLD_GLOBAL)" \
    "$work/host" "$STAGE/lib/libtally.so.0" "$work/libother.so"
try "a stranger's functions are its own under LD_PRELOAD=libtally.so.0" \
    env LD_PRELOAD="$STAGE/lib/libtally.so.0" "$work/host" "$work/libother.so"
# So the host would see it.
try "libtally_classic.so.0 for all does take their place" sh -c '"$@"; test $? = 1' - \
    "$work/host" "$STAGE/lib/libtally_classic.so.0" "$work/libother.so"

# The page of the text: each of its C programs runs, and its links lead somewhere. Its
# Rust is run by cargo test.
awk -v folder="$work" '
    /^```c$/ { file = folder "/page" ++count ".c"; next }
    /^```$/ { file = "" }
    file != "" { print >file }' docs/classic.md
try "docs/classic.md has programs" test -e "$work/page1.c"
for page in "$work"/page*.c; do
    # shellcheck disable=SC2046,SC2086 # several flags
    try "docs/classic.md: $(basename "$page")" sh -c '"$@" && "$0"' "$page.program" "$CC" -std=c11 \
        $C_WARNINGS $(pc Cflags) -o "$page.program" "$page" $(pc Libs) -Wl,-rpath,"$STAGE/lib"
done
grep -oE '\]\([^)#]+' docs/classic.md | sed 's/^..//' | sort -u | while read -r link; do
    test -e "docs/$link" || echo "$link"
done >"$work/broken"
try "the links of docs/classic.md lead to files" sh -c 'cat "$1"; test ! -s "$1"' - "$work/broken"
for name in $(tools/exports.sh | grep -v '^tally_'); do
    grep -q "\`$name\`" docs/classic.md || echo "$name"
done >"$work/unnamed"
try "docs/classic.md has every classic name" sh -c 'cat "$1"; test ! -s "$1"' - "$work/unnamed"

# What plain cargo makes has all the names, for C programs too.
for kind in cdylib staticlib; do
    try "cargo makes a $kind" "$CARGO" rustc -q --lib --crate-type $kind --target-dir "$BUILD/target"
done
for source in classic calling_conventions; do
    for library in -ltally -l:libtally.a; do
        # shellcheck disable=SC2046,SC2086 # several flags
        try "$source.c with cargo's own libraries and $library" sh -c '"$@" && "$0"' \
            "$work/$source.cargo" "$CC" -std=c11 $C_FLAGS $(pc Cflags) -o "$work/$source.cargo" \
            "$(file_of $source)" -L"$BUILD/target/debug" $library \
            -Wl,-rpath,"$BUILD/target/debug" $(pc Libs.private)
    done
done
