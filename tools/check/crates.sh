# The crates as users of cargo meet them: the oldest compiler, the package, symbols.
. tools/check/lib.sh
. tools/check/programs.sh
stage

oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
name="everything compiles with Rust $oldest"
if "$CARGO" "+$oldest" --version >/dev/null 2>&1; then
    try "$name" "$CARGO" "+$oldest" check --workspace --all-targets --target-dir "$BUILD/target-oldest"
    # And works: the arithmetic, and the library in programs in C and C++. It is not
    # optimised, which takes less long.
    count "the arithmetic's own tests with Rust $oldest" "$CARGO" "+$oldest" test -p tally-core \
        --no-fail-fast --lib --target-dir "$BUILD/target-oldest"
    try "the library is built with Rust $oldest" "$CARGO" "+$oldest" rustc -q --lib \
        --crate-type staticlib --target-dir "$BUILD/target-oldest"
    try "and linked" tools/link.sh "$BUILD/target-oldest/debug/libtally.a" "$WORK/oldest"
    for source in c/sums.c c/statistics.c c/decimal.c c/handles.c c/text.c cpp/exceptions.cpp; do
        if program c_tests/$source so "$WORK/oldest"; then
            try "$(basename $source) with the library by Rust $oldest" \
                limited env TALLY_TEST_QUICK=1 "$program"
        fi
    done
else
    skip "$name" "rustup toolchain install $oldest"
    skip "the library is built and tested with Rust $oldest" "rustup toolchain install $oldest"
fi
try "README.md says Rust $oldest" grep -q "Rust $oldest or later" README.md
try "debian/control says Rust $oldest" \
    grep -q "cargo (>= $oldest), rustc (>= $oldest)" packaging/debian/control

# The first build makes the library and the manual.
names="one two three four five six seven eight nine ten"
said=$(sed -n 's/.*The first build downloads \([a-z]*\)$/\1/p' README.md)
crates=$("$CARGO" tree --locked -p libtally -p manual -e normal,build --prefix none |
    grep -v -e ' (' -e '^$' | sort -u | wc -l)
try "the first build downloads as many crates as the README says, $said: $crates" \
    test "$(echo "$names" | cut -d ' ' -f "$crates")" = "$said"

# The arithmetic alone, packed as for a registry and built of the package.
try "cargo package -p tally-core" "$CARGO" package -p tally-core --allow-dirty \
    --target-dir "$BUILD/target"

# A Rust program that does not ask for them has no C symbols of ours, and may abort.
dependent program
try "a Rust program with our names and panic = \"abort\"" \
    "$CARGO" run -q --manifest-path "$WORK/program/Cargo.toml"
try "it has no C symbol of ours" sh -c '
    nm -g --defined-only "$1" | grep -o "[^ ]* tally_.*" | grep -v " tally_sum_f64$"; test $? = 1' \
    - "$WORK/program/target/debug/program"
name="the feature capi refuses panic = \"abort\""
if "$CARGO" build -q --features capi --manifest-path "$WORK/program/Cargo.toml" >"$LOG" 2>&1; then
    fail "$name"
elif grep -q "default-features = false" "$LOG"; then
    pass "$name"
else
    fail "$name" "$LOG"
fi
name="libtally without the feature passes clippy"
if "$CARGO" clippy --version >/dev/null 2>&1; then
    try "$name" "$CARGO" clippy -p libtally --no-default-features --all-targets \
        --target-dir "$BUILD/target" -- -D warnings
else
    skip "$name" "cargo clippy is not installed"
fi
