# The C and C++ programs with AddressSanitizer in the programs and in the
# library, leaks included. rustc offers it to nightly compilers only, or to those
# told to behave like one.
. tools/check/lib.sh
. tools/check/programs.sh

target=$(rustc -vV | sed -n 's/^host: //p')
library=$BUILD/target-asan/$target/release/libtally.a
if ! RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address "$CARGO" rustc --lib --release \
    --crate-type staticlib --features test-support --target "$target" \
    --target-dir "$BUILD/target-asan" >"$LOG" 2>&1; then
    fail "the library with AddressSanitizer" "$LOG"
    exit 0
fi
# As in the shipped library, a program's own plain names come first.
tools/exports.sh >"$WORK/all-names"
tools/exports.sh -DTALLY_NO_CLASSIC | LC_ALL=C comm -23 "$WORK/all-names" - >"$WORK/classic-names"
${OBJCOPY:-objcopy} --weaken-symbols="$WORK/classic-names" "$library" "$WORK/libtally-asan.a"
library=$WORK/libtally-asan.a
if ! echo 'int main(void) { return 0; }' |
    "$CC" -fsanitize=address -x c -o "$WORK/asan" - 2>/dev/null; then
    skip "AddressSanitizer" "$CC has no runtime for it"
    exit 0
fi
stage
TALLY_TEST_QUICK=1
ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export TALLY_TEST_QUICK ASAN_OPTIONS

# sanitized SOURCE: makes $program.
sanitized() {
    build "$1" asan "$library $(pc Libs.private)" \
        "-fsanitize=address -fno-omit-frame-pointer"
}

# First that it sees Rust: a read past the end of a block, planted in the library,
# and a block that is never given back.
cat >"$PROGRAMS/planted.c" <<'C'
#include <stdint.h>
#include <tally.h>
uint8_t tally_test_out_of_bounds(void);
int main(void) { return tally_test_out_of_bounds() == 255; }
C
name="AddressSanitizer sees a planted out-of-bounds read in the library"
if sanitized "$PROGRAMS/planted.c"; then
    if "$program" >"$LOG" 2>&1 || ! grep -q "heap-buffer-overflow" "$LOG" ||
        ! grep -q "tally_test_out_of_bounds" "$LOG"; then
        fail "$name" "$LOG"
    else
        pass "$name"
    fi
fi

for source in $(sources); do
    if sanitized "$source"; then
        try "$(basename "$source") with AddressSanitizer" limited "$program"
    fi
done
