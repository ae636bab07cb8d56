# The crates as cargo's users meet them: the oldest compiler.
. tools/check/lib.sh

oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
name="everything compiles with Rust $oldest"
if "$CARGO" "+$oldest" --version >/dev/null 2>&1; then
    try "$name" "$CARGO" "+$oldest" check --workspace --all-targets --target-dir "$BUILD/target-oldest"
else
    skip "$name" "rustup toolchain install $oldest"
fi
try "README.md says Rust $oldest" grep -q "Rust $oldest or later" README.md
try "debian/control says Rust $oldest" \
    grep -q "cargo (>= $oldest), rustc (>= $oldest)" packaging/debian/control
