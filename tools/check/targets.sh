# The arithmetic on other processors, emulated: 64-bit ARM, and s390x, whose
# bytes lie the other way round. All must give the same bits and saved bytes.
. tools/check/lib.sh

# Emulation is slow: of the test programs sums and products, these modules.
TESTS="saved_form:: edges:: values:: text:: integer_text:: any_state::"

for machine in aarch64 s390x; do
    name="the arithmetic on $machine"
    target=$machine-unknown-linux-gnu
    if [ ! -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]; then
        skip "$name" "rustc has no $target: rustup target add $target"
        continue
    fi
    if ! echo 'int main(void) { return 0; }' |
        $machine-linux-gnu-gcc -x c -o "$WORK/linked" - 2>"$LOG"; then
        skip "$name" "$machine-linux-gnu-gcc is not installed with its C library"
        continue
    fi
    if ! have qemu-$machine; then
        skip "$name" "qemu-$machine is not installed"
        continue
    fi
    try "no warning on $machine" "$CARGO" clippy -q -p tally-core -p libtally --target $target \
        --target-dir "$BUILD/target" -- -D warnings
    variable=CARGO_TARGET_$(echo $machine | tr '[:lower:]' '[:upper:]')_UNKNOWN_LINUX_GNU
    export "${variable}_LINKER=$machine-linux-gnu-gcc"
    export "${variable}_RUNNER=qemu-$machine -L /usr/$machine-linux-gnu"
    count "the library on $machine" "$CARGO" test -p libtally --no-fail-fast --target $target \
        --target-dir "$BUILD/target" --lib
    count "the arithmetic's own tests on $machine" "$CARGO" test -p tally-core --no-fail-fast \
        --target $target --target-dir "$BUILD/target" --lib
    # shellcheck disable=SC2086 # one argument a module
    count "$name" "$CARGO" test -p tally-core --no-fail-fast --target $target \
        --target-dir "$BUILD/target" --test sums --test products -- $TESTS
done
