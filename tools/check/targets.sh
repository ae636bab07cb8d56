# The arithmetic on other processors, emulated: 64-bit ARM, and s390x, whose
# bytes lie the other way round. All must give the same bits and saved bytes.
. tools/check/lib.sh

TESTS="exact_saved_form exact_edges exact_values exact_text exact_integer_text exact_any_state products_saved_form products_any_state"

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
    try "no warning on $machine" "$CARGO" clippy -q -p libtally --target $target \
        --target-dir "$BUILD/target" -- -D warnings
    variable=CARGO_TARGET_$(echo $machine | tr '[:lower:]' '[:upper:]')_UNKNOWN_LINUX_GNU
    export "${variable}_LINKER=$machine-linux-gnu-gcc"
    export "${variable}_RUNNER=qemu-$machine -L /usr/$machine-linux-gnu"
    # shellcheck disable=SC2046 # one argument a test
    count "$name" "$CARGO" test -p libtally --no-fail-fast --target $target \
        --target-dir "$BUILD/target" --lib $(printf -- '--test %s ' $TESTS)
done
