# Handles and blocks under Miri, with strict provenance: no access that Rust's rules
# forbid, and no race, as far as these runs go.
. tools/check/lib.sh

if ! "$CARGO" +nightly miri --version >/dev/null 2>&1; then
    skip "handles and blocks under Miri" "rustup toolchain add nightly --component miri,rust-src"
    exit 0
fi
# What they keep for ever is no leak.
MIRIFLAGS="-Zmiri-strict-provenance -Zmiri-ignore-leaks"
export MIRIFLAGS
LIMIT=900 count "handles and blocks under Miri" limited "$CARGO" +nightly miri test -p libtally --lib \
    --target-dir "$BUILD/target-miri" -- boundary::slots boundary::handles boundary::memory \
    boundary::record
