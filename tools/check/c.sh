# The C and C++ programs in c_tests: one a subject, each against the shared and
# against the static library, with the flags that an installed tally.pc gives.
# Those named *_testbuild.c need the library's test build.
. tools/check/lib.sh
. tools/check/programs.sh
stage

try "the test build is made" $MAKE -s testbuild
for source in $(sources); do
    for kind in so a; do
        if program "$source" $kind; then
            # One test loads and unloads the shared library itself.
            try "$(basename "$source") with libtally.$kind" \
                limited env TALLY_SO="$(library_of "$source")/libtally.so.0" "$program"
        fi
    done
done

# stdcall and fastcall are real only on 32-bit x86, which has another environment of
# floating-point numbers besides.
name="calling_conventions.c and float_environment.c on 32-bit x86"
target=i686-unknown-linux-gnu
if [ "$(uname -m)" != x86_64 ]; then
    skip "$name" "this is not an x86 machine"
elif [ ! -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]; then
    skip "$name" "rustc has no $target: rustup target add $target"
elif ! echo 'int main(void) { return 0; }' | "$CC" -m32 -x c -o "$WORK/m32" - 2>/dev/null; then
    skip "$name" "$CC -m32 does not link"
elif ! "$CARGO" rustc --lib --release --crate-type staticlib --target $target \
    --target-dir "$BUILD/target" >"$LOG" 2>&1; then
    fail "the library for $target" "$LOG"
else
    for test in calling_conventions float_environment; do
        # What is included by 64-bit programs is found in its own folder alone.
        # shellcheck disable=SC2046,SC2086 # several flags
        try "$test.c on 32-bit x86" sh -c '"$@" && "$0"' "$WORK/$test.m32" \
            "$CC" -m32 -msse2 -mfpmath=sse -std=c11 $C_WARNINGS -Iinclude -I"$OBJECTS" \
            -idirafter "/usr/include/$(uname -m)-linux-gnu" -o "$WORK/$test.m32" \
            "c_tests/c/$test.c" "$BUILD/target/$target/release/libtally.a" \
            -pthread $(pc Libs.private)
    done
fi
