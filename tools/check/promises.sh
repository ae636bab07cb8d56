# The promises of the README, of docs/handles.md and of the header: tests/promises quotes
# each sentence, and names the tests that break if it is false.
. tools/check/lib.sh

planted=$WORK/planted
rm -rf "$planted"
mkdir -p "$planted"
cp -R README.md Cargo.toml .ci Makefile include docs core src tests c_tests tools integrations \
    bench examples program "$planted/"
# compared FOLDER: the check of the promises in the folder.
compared() {
    "$CARGO" run -q -p manual --target-dir "$BUILD/target" -- --root "$1" promises
}
try "each sentence that promises something names a test that exists" compared .

# finds PROBLEM FILE SCRIPT: the check finds what sed does to a file.
finds() {
    sed "$3" "$2" >"$planted/$2"
    if cmp -s "$2" "$planted/$2"; then
        fail "the check of the promises finds '$1': nothing was planted"
    elif compared "$planted" >"$WORK/found" 2>&1; then
        fail "the check of the promises finds '$1'" "$WORK/found"
    else
        try "the check of the promises finds '$1'" grep -qF "$1" "$WORK/found"
    fi
    cp "$2" "$planted/$2"
}
finds "not quoted: It never fails." README.md 's|^## Conventions$|&\n\nIt never fails.|'
finds "not in the document" docs/handles.md 's|A handle is never dereferenced|&, nearly|'
finds "not quoted" include/tally.h 's|^ \* - Each thread has its own record|& here|'
finds "declarations/errors.md: not quoted" include/tally.h 's|at most 255 bytes|& or so|'
finds "declarations/columns.md: not quoted" include/tally.h 's|/. The number of elements|& here|'
finds "there is no test" c_tests/c/errors.c 's|success_clears_it|success_keeps_it|'
finds "there is no test" core/tests/engine/any_engine.rs \
    's|every_engine_sums_every_kind_of_f64_exactly|any_engine|'
finds "no test: " tests/promises/handles.md '/^- /d'
finds "docs/exactness.md: there is no test" docs/exactness.md 's|each_negative_zero_is_counted|zeros_are_counted|'
