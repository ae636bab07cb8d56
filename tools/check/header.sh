# The header: made from the sources, and good in every dialect.
. tools/check/lib.sh

try "include/tally.h is what the sources give" \
    "$CARGO" run -q -p header --target-dir "$BUILD/target" -- --check

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
number=$(echo "$version" | awk -F. '{ print $1 * 10000 + $2 * 100 + $3 }')
warnings="-Wall -Wextra -Wpedantic -Wundef -Werror"

# dialect COMPILER STANDARD LANGUAGE EXTRA...
dialect() {
    compiler=$1 standard=$2 language=$3
    shift 3
    name="tally.h in $standard by $compiler"
    if ! echo "int x;" | "$compiler" -std="$standard" -x "$language" -fsyntax-only - 2>/dev/null; then
        skip "$name" "this $compiler has no -std=$standard"
        return
    fi
    # shellcheck disable=SC2086 # the warnings are several words
    for variant in "" -DTALLY_NO_CLASSIC; do
        try "$name${variant:+, $variant}" "$compiler" -std="$standard" -x "$language" $warnings "$@" $variant \
            -DEXPECTED_NUMBER="$number" -DEXPECTED_VERSION="\"$version\"" \
            -Iinclude -fsyntax-only c_tests/header/alone.c
    done
}

for compiler in gcc clang; do
    if ! have $compiler; then
        skip "tally.h in C by $compiler" "$compiler is not installed"
        continue
    fi
    for standard in c99 c11 c17 c2x; do
        dialect $compiler $standard c -Wstrict-prototypes
    done
done
for compiler in g++ clang++; do
    if ! have $compiler; then
        skip "tally.h in C++ by $compiler" "$compiler is not installed"
        continue
    fi
    for standard in c++11 c++14 c++17 c++20 c++2b; do
        dialect $compiler $standard c++
    done
done

# The compiler warns of every result that is thrown away, in each form that
# TALLY_NODISCARD has: the attribute of C++17 and C23, and GNU's. What may be
# ignored is what only releases, and a length like that of snprintf().
tools/declarations.sh | sh c_tests/header/discards.sh >"$WORK/discards.c"
printf '%s\n' tally_array_release_view tally_last_error_copy tally_unref >"$WORK/may-be-ignored"
try "there are results to throw away" grep -q 'tally_accumulator_add_f64(' "$WORK/discards.c"

# discards NAME COMPILER FLAGS...
discards() {
    discards_name=$1
    shift
    if ! echo "int x;" | "$@" -c -o "$WORK/discards.o" - 2>/dev/null; then
        skip "$discards_name" "this compiler has no such standard"
        return
    fi
    "$@" -Wunused-result -Iinclude -c -o "$WORK/discards.o" "$WORK/discards.c" 2>"$LOG" ||
        fail "$discards_name: they compile" "$LOG"
    sed -n 's/^[^:]*discards\.c:\([0-9]*\):.*warning:.*unused-result.*/\1/p' "$LOG" | sort -un >"$WORK/warned"
    awk 'NR == FNR { warned[$1]; next }
        /^static void/ && !(FNR in warned) { sub(/.*\{ /, ""); sub(/\(.*/, ""); print }' \
        "$WORK/warned" "$WORK/discards.c" | LC_ALL=C sort >"$WORK/not-warned"
    try "$discards_name" diff "$WORK/may-be-ignored" "$WORK/not-warned"
}
for compiler in gcc clang; do
    have $compiler || continue
    for standard in c99 c11 c2x; do
        discards "each discarded result is warned of in $standard by $compiler" \
            $compiler -std=$standard -x c
    done
done
for compiler in g++ clang++; do
    have $compiler || continue
    for standard in c++11 c++17 c++20; do
        discards "each discarded result is warned of in $standard by $compiler" \
            $compiler -std=$standard -x c++
    done
done
# Where the compiler's C23 is still a draft, told that it is the standard.
have clang && discards "each discarded result is warned of in C23" \
    clang -std=c2x -x c -D__STDC_VERSION__=202311L -Wno-builtin-macro-redefined
