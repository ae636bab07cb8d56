# 32-bit x86, on a processor of 64 bits: everything but what only the other has.
. tools/check/lib.sh
. tools/check/programs.sh
. tools/check/counted.sh

# programs_of_i686: in C and C++, with the libraries that make links for it. Some are
# about this machine: stdcall and fastcall are real here, and so are two environments of
# floating-point numbers.
programs_of_i686() (
    place=$BUILD/cross/i686
    mkdir -p "$place"
    # What 64-bit programs include is found in its own folder, last.
    for named in "cc $CC" "c++ $CXX"; do
        printf '#!/bin/sh\nexec %s -m32 -msse2 -mfpmath=sse "$@" -idirafter %s\n' \
            "${named#* }" "/usr/include/$(uname -m)-linux-gnu" >"$place/${named%% *}"
        chmod +x "$place/${named%% *}"
    done
    CC=$place/cc CXX=$place/c++ STAGE=$place/stage TESTBUILD=$place/testbuild
    OBJECTS=$place/objects
    export CC
    sh c_tests/inclusions.sh "$OBJECTS"
    for rule in stage testbuild; do
        # shellcheck disable=SC2086 # none or one
        try "make $rule for 32-bit x86" $MAKE -s $rule $WRITER BUILD="$place" \
            TARGET_DIR="$TARGETS" CARGO_TARGET=$target CC="$CC" CFLAGS="-O2 -g -Werror"
    done
    try "the tool on 32-bit x86" sh -c 'test "$(seq 10 | "$1")" = 55' - "$STAGE/bin/tally"
    every_program " on 32-bit x86"
)

target=i686-unknown-linux-gnu
if [ "$(uname -m)" != x86_64 ]; then
    skip "32-bit x86" "this is not an x86 machine"
elif [ ! -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]; then
    skip "32-bit x86" "rustc has no $target: rustup target add $target"
elif ! echo 'int main(void) { return 0; }' | "$CC" -m32 -x c -o "$WORK/linked" - 2>"$LOG"; then
    skip "32-bit x86" "$CC -m32 does not link"
else
    if [ -z "${TALLY_TEST_QUICK:-}" ]; then
        try "no warning on 32-bit x86" "$CARGO" clippy -q -p tally-core -p libtally --all-targets \
            --target $target --target-dir "$TARGETS" -- -D warnings
        count "everything on 32-bit x86" "$CARGO" test -p tally-core -p libtally --no-fail-fast \
            --target $target --target-dir "$TARGETS"
    else
        count "the library on 32-bit x86" "$CARGO" test -p libtally --no-fail-fast \
            --target $target --target-dir "$TARGETS" --lib
        count "the arithmetic on 32-bit x86" "$CARGO" test -p tally-core --no-fail-fast \
            --target $target --target-dir "$TARGETS" --lib --test engine --test sums --test products
        INCOMPLETE=yes
        skip "the other tests in Rust on 32-bit x86" "not where time is short: make check-i686"
    fi
    has_cxx=yes
    if ! printf '#include <new>\nint main() { delete new int; }\n' |
        "$CXX" -m32 -x c++ -o "$WORK/linked" - 2>"$LOG"; then
        has_cxx='' INCOMPLETE=yes
        skip "programs in C++ on 32-bit x86" "$CXX -m32 does not link"
    fi
    programs_of_i686
fi
counted i686
