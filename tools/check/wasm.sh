# WebAssembly, run by Node: the arithmetic's own tests, the same bits as here, and the
# JavaScript package, packed and installed as its users have it.
. tools/check/lib.sh
. tools/check/counted.sh
INCOMPLETE=

# lacks TARGET NAME...: skips the tests if rustc does not compile for it.
lacks() {
    target=$1
    shift
    [ ! -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ] || return 1
    INCOMPLETE=yes
    for name; do
        skip "$name" "rustc has no $target: rustup target add $target"
    done
}
node_version=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)

same="the same bits here and on wasm32-unknown-unknown"
tests="the arithmetic's own tests on wasm32"
engines="every engine, sums and products on wasm32"
if [ "$node_version" -lt 20 ]; then
    INCOMPLETE=yes
    skip "$same" "node 20 or later is not installed"
    skip "$tests" "node 20 or later is not installed"
    skip "$engines" "node 20 or later is not installed"
else
    if ! lacks wasm32-unknown-unknown "$same"; then
        dependent arithmetic
        try "$same" sh -ec '
            cd "$0"
            "$1" run -q --release >here
            "$1" build -q --release --lib --target "$2"
            node run.cjs "target/$2/release/arithmetic.wasm" >there
            cat here there
            cmp here there' "$WORK/arithmetic" "$CARGO" "$target"
    fi
    if ! lacks wasm32-wasip1 "$tests" "$engines"; then
        CARGO_TARGET_WASM32_WASIP1_RUNNER="node --no-warnings $PWD/tools/wasi.mjs"
        export CARGO_TARGET_WASM32_WASIP1_RUNNER
        on_wasm() {
            "$CARGO" test -p tally-core --no-fail-fast --target "$target" --target-dir "$TARGETS" "$@"
        }
        count "$tests" on_wasm --lib
        # No threads, and no panics that are caught.
        count "$engines" on_wasm --test engine --test sums --test products -- any_engine:: tails:: \
            ties:: specials:: saved_form:: edges:: values:: text:: integer_text:: any_state:: \
            dot_error_bound:: any_order::long_arrays_of_every_pair
    fi
fi

# node_tests NAME FILE...: what node --test reports, counted as `count` does.
node_tests() {
    name=$1
    shift
    status=0
    started=$(date +%s)
    limited node --test --test-reporter=tap "$@" >"$LOG" 2>&1 || status=$?
    of_log() { sed -n "s/^# $1 //p" "$LOG"; }
    passed=$(of_log pass) failed=$(of_log fail)
    [ $status -eq 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
    echo "$name: ${passed:-0} passed, ${failed:-0} failed$(took "$started")"
    printf 'pass %d\nfail %d\n' "${passed:-0}" "${failed:-0}" >>"$RESULTS"
    if [ "${failed:-0}" -gt 0 ]; then
        echo "$name" >>"$RESULTS.failed"
        grep -v '^ok ' "$LOG" | sed 's/^/    /'
    fi
}

package() {
    manifest=integrations/javascript/Cargo.toml
    try "the JavaScript package's crate is formatted" "$CARGO" fmt --check --manifest-path $manifest
    if "$CARGO" clippy --version >/dev/null 2>&1; then
        try "it passes clippy" "$CARGO" clippy --locked --manifest-path $manifest --target "$target" \
            --target-dir "$BUILD/target-javascript" -- -D warnings
    else
        skip "it passes clippy" "cargo clippy is not installed"
    fi
    try "the JavaScript package is packed" tools/npm.sh
    packed=$(ls "$BUILD"/npm-package/*.tgz)
    said=$(sed -n 's/.* under \([0-9]*\) kB,.*/\1/p' integrations/javascript/README.md)
    try "it is as small as its README says: under ${said:-?} kB" \
        test $(($(wc -c <"$packed") / 1000)) -lt "${said:-0}"
    try "no path of this machine is in it" sh -c '! tar -xOzf "$1" | grep -aF -e "$2" -e "$3"' - \
        "$packed" "$PWD" "$HOME"

    installed=$WORK/installed
    rm -rf "$installed"
    mkdir -p "$installed"
    echo '{ "private": true, "type": "module" }' >"$installed/package.json"
    try "it is installed" npm install --prefix "$installed" --silent --offline --no-audit --no-fund \
        "$packed"
    cp -R integrations/javascript/tests "$installed/"
    node_tests "the tests of the JavaScript package" "$installed"/tests/*.test.js

    # test262's tests, of which there are samples.
    try "a sample of test262's tests of sumPrecise" \
        node "$installed/tests/test262.js" suites/samples/sum-precise
    try "mistakes in a sample of them are found" sh -c '
        ! node "$1" "$2" >"$3" && grep "^FAILED: sums.js: " "$3"' - \
        "$installed/tests/test262.js" suites/samples/wrong/sum-precise "$WORK/said"
    name="test262's tests of sumPrecise, of the JavaScript package"
    if [ -n "${TEST262:-}" ]; then
        try "$name" node "$installed/tests/test262.js" "$TEST262"
    else
        skip "$name" "TEST262 is not set: see suites/README.md"
    fi
}
name="the JavaScript package is packed, installed and tested"
if [ "$node_version" -lt 18 ] || ! have npm; then
    INCOMPLETE=yes
    skip "$name" "node 18 or later is not installed with npm"
elif ! lacks wasm32-unknown-unknown "$name"; then
    package
fi

counted wasm32
