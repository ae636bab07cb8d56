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
    for standard in c++11 c++14 c++17 c++20; do
        dialect $compiler $standard c++
    done
done

# A result that must not be thrown away makes the compiler speak.
name="a discarded result is warned of"
if "$CC" -Wall -Werror -Iinclude -c -o "$WORK/discards.o" c_tests/header/discards.c 2>"$LOG"; then
    fail "$name"
elif grep -q 'unused-result' "$LOG"; then
    pass "$name"
else
    fail "$name" "$LOG"
fi
