# The fuzzing harnesses: the inputs that are committed, and SECONDS_EACH of looking for
# others. `make fuzz MINUTES=60` looks longer.
. tools/check/lib.sh

# uncalled HEADER: prints the exported functions that neither a harness calls nor
# fuzz/uncalled.txt lists, and those of that list that one calls. Some that it lists are of one
# kind of processor.
uncalled() {
    sed -n 's/^\([a-z][a-z0-9_]*\) -- ..*/\1/p' fuzz/uncalled.txt | LC_ALL=C sort >"$WORK/listed"
    sed 's|//.*||' fuzz/targets/*.rs fuzz/src/*.rs fuzz/src/kinds/*.rs |
        grep -oE '\b[a-z][a-z0-9_]+\b' | LC_ALL=C sort -u >"$WORK/words"
    TALLY_HEADER=$1 tools/exports.sh | LC_ALL=C comm -23 - "$WORK/words" |
        LC_ALL=C comm -23 - "$WORK/listed" | sed 's/^/no harness calls /'
    LC_ALL=C comm -12 "$WORK/listed" "$WORK/words" | sed 's/^/a harness calls /'
}
nothing_uncalled() {
    uncalled "$1" >"$WORK/uncalled" && cat "$WORK/uncalled" && test ! -s "$WORK/uncalled"
}
try "each exported function is called by a harness, or fuzz/uncalled.txt says why not" \
    nothing_uncalled include/tally.h
name="a function that no harness calls is found"
{ cat include/tally.h && echo "int tally_new_one(int value);"; } >"$WORK/tally.h"
if nothing_uncalled "$WORK/tally.h" >"$LOG" 2>&1 || ! grep -q 'calls tally_new_one$' "$LOG"; then
    fail "$name" "$LOG"
else
    pass "$name"
fi

if ! echo 'int main() {}' | "$CXX" -x c++ -o "$WORK/a" - 2>/dev/null; then
    skip "the fuzzing harnesses" "libFuzzer needs a C++ compiler"
    exit 0
fi
SECONDS_EACH=${SECONDS_EACH:-60}
export SECONDS_EACH
if ! fuzz/run.sh replay >"$LOG" 2>&1; then
    fail "the inputs of the fuzzing harnesses" "$LOG"
    exit 0
fi
cat "$LOG"
pass "the inputs of the fuzzing harnesses"
# Beside other parts: what they leave of the processors.
[ "${BESIDE:-}" != fuzz ] || renice -n 5 $$ >"$LOG" 2>&1 || true
for target in fuzz/targets/*.rs; do
    name=$(basename "$target" .rs)
    try "fuzzing: $name" fuzz/run.sh fuzz "$name"
    tail -n 1 "$LOG"
done
