# The programs with threads under ThreadSanitizer, in the library, in std and in
# the programs. It needs a nightly compiler that builds std anew, and clang
# or gcc with the runtime.
. tools/check/lib.sh
. tools/check/programs.sh

name="ThreadSanitizer"
target=$(rustc -vV | sed -n 's/^host: //p')
if ! "$CARGO" +nightly --version >/dev/null 2>&1; then
    skip "$name" "rustup toolchain add nightly --component rust-src"
    exit 0
fi
if [ ! -d "$(rustc +nightly --print sysroot)/lib/rustlib/src/rust/library" ]; then
    skip "$name" "rustup component add rust-src --toolchain nightly"
    exit 0
fi
found=
for compiler in clang "$CC"; do
    if [ -z "$found" ] && echo 'int main(void) { return 0; }' |
        "$compiler" -fsanitize=thread -x c -o "$WORK/tsan" - 2>/dev/null; then
        found=$compiler
    fi
done
if [ -z "$found" ]; then
    skip "$name" "no compiler here has a runtime for it"
    exit 0
fi
if ! RUSTFLAGS="-Zsanitizer=thread" "$CARGO" +nightly rustc --lib --release \
    --crate-type staticlib -Zbuild-std --target "$target" \
    --target-dir "$BUILD/target-tsan" >"$LOG" 2>&1; then
    fail "the library with ThreadSanitizer" "$LOG"
    exit 0
fi
library=$BUILD/target-tsan/$target/release/libtally.a
stage
CC=$found
TALLY_TEST_QUICK=1
TALLY_MISUSE_SECONDS=5
TSAN_OPTIONS=halt_on_error=1
export TALLY_TEST_QUICK TALLY_MISUSE_SECONDS TSAN_OPTIONS

# First that it sees a race.
cat >"$PROGRAMS/race.c" <<'C'
#include <pthread.h>
#include <tally.h>
static int value;
static void *change(void *unused) { value++; return unused; }
int main(void) {
    pthread_t thread;
    void *object = tally_object_new();
    pthread_create(&thread, NULL, change, NULL);
    value++;
    pthread_join(thread, NULL);
    return tally_unref(object) != TALLY_OK;
}
C
if build "$PROGRAMS/race.c" tsan "-fsanitize=thread $library $(pc Libs.private)"; then
    if "$program" >"$LOG" 2>&1 || ! grep -q "data race" "$LOG"; then
        fail "$name sees a planted race" "$LOG"
    else
        pass "$name sees a planted race"
    fi
fi
for source in arrays misuse_threads threads shared objects memory; do
    if build "c_tests/$source.c" tsan "-fsanitize=thread $library $(pc Libs.private)"; then
        try "$source.c with $name" limited "$program"
    fi
done
