# Formatting and lints.
. tools/check/lib.sh

if "$CARGO" fmt --version >/dev/null 2>&1; then
    try "rustfmt" "$CARGO" fmt --all --check
    try "rustfmt of the fuzzing harnesses" "$CARGO" fmt --manifest-path fuzz/Cargo.toml --check
else
    skip "rustfmt" "cargo fmt is not installed"
fi

if "$CARGO" clippy --version >/dev/null 2>&1; then
    try "clippy" "$CARGO" clippy --workspace --all-targets --target-dir "$BUILD/target" -- -D warnings
    try "clippy, test build" "$CARGO" clippy -p libtally --all-targets --features test-support \
        --target-dir "$BUILD/target" -- -D warnings
    try "clippy of the fuzzing harnesses" "$CARGO" clippy --manifest-path fuzz/Cargo.toml --locked \
        --target-dir "$BUILD/target-fuzz-lint" -- -D warnings
else
    skip "clippy" "cargo clippy is not installed"
fi

try "documentation has no broken link" env RUSTDOCFLAGS="-D warnings" \
    "$CARGO" doc --no-deps --workspace --document-private-items --target-dir "$BUILD/target"
try "Cargo.lock is up to date" "$CARGO" metadata --locked --format-version 1

. .ci/tools.sh
major=$(sed -n 's/^formatter  *clang-format-\([0-9]*\) .*/\1/p' .ci/tools)
if formatter=$(clang_format "$major"); then
    # shellcheck disable=SC2046 # one argument a file
    try "clang-format" "$formatter" --dry-run -Werror \
        $(find examples program src c_tests include integrations fuzz suites/mpfr -path '*/build/*' -prune -o \
            \( -name '*.[ch]' ! -name tally.h -o -name '*.[ch]pp' \) -print)
else
    skip "clang-format" "clang-format $major is not installed"
fi
