# The programs with threads under ThreadSanitizer, in the library, in std and in
# the programs. It needs a nightly compiler, which builds std anew and has the
# runtime.
. tools/check/lib.sh
. tools/check/programs.sh

name="ThreadSanitizer"
target=$(rustc -vV | sed -n 's/^host: //p')
if ! "$CARGO" +nightly --version >/dev/null 2>&1; then
    skip "$name" "rustup toolchain add nightly --component rust-src"
    exit 0
fi
nightly=$(rustc +nightly --print sysroot)/lib/rustlib
runtime=$nightly/$target/lib/librustc-nightly_rt.tsan.a
if [ ! -d "$nightly/src/rust/library" ]; then
    skip "$name" "rustup component add rust-src --toolchain nightly"
    exit 0
fi
if [ ! -f "$runtime" ]; then
    skip "$name" "the nightly compiler has no runtime for $target"
    exit 0
fi
if ! echo 'int x;' | "$CC" -fsanitize=thread -x c -c -o "$WORK/tsan.o" - 2>/dev/null; then
    skip "$name" "$CC does not know it"
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
TALLY_TEST_QUICK=1
TALLY_MISUSE_SECONDS=5
TSAN_OPTIONS=halt_on_error=1:allocator_may_return_null=1
export TALLY_TEST_QUICK TALLY_MISUSE_SECONDS TSAN_OPTIONS

# threaded SOURCE: makes $program. The compiler's own runtime stays out.
threaded() {
    program=$PROGRAMS/$(basename "$1").tsan
    # shellcheck disable=SC2046,SC2086 # several flags
    if ! { "$CC" -std=c11 $C_WARNINGS $C_FLAGS -fsanitize=thread -I"$PROGRAMS" $(pc Cflags) \
        -c -o "$program.o" "$1" &&
        "$CC" -o "$program" "$program.o" "$library" -Wl,--whole-archive "$runtime" \
            -Wl,--no-whole-archive -Wl,--export-dynamic $(pc Libs.private) -lstdc++ -lgcc_s \
            -lpthread -lm -ldl -lrt; } >"$LOG" 2>&1; then
        fail "$(basename "$1") with $name compiles" "$LOG"
        return 1
    fi
}

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
if threaded "$PROGRAMS/race.c"; then
    if "$program" >"$LOG" 2>&1 || ! grep -q "data race" "$LOG"; then
        fail "$name sees a planted race" "$LOG"
    else
        pass "$name sees a planted race"
    fi
fi
# The runtime gives up an ending thread before the last round of destructors.
TALLY_TEST_END_ROUNDS=3
export TALLY_TEST_END_ROUNDS
for source in c/arrays misuse/misuse_threads c/shared c/objects c/memory c/threads; do
    if threaded "c_tests/$source.c"; then
        try "${source#*/}.c with $name" limited "$program"
    fi
done
