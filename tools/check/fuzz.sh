# The fuzzing harnesses: the inputs that are committed, and SECONDS_EACH of looking for
# others. `make fuzz MINUTES=60` looks longer.
. tools/check/lib.sh

# uncalled HEADER: what the harnesses and fuzz/uncalled.txt say of each exported function is
# true of one of them alone.
uncalled() {
    sed -n 's/^\([a-z][a-z0-9_]*\) -- ..*/\1/p' fuzz/uncalled.txt | LC_ALL=C sort >"$WORK/listed"
    grep -hoE '\b[a-z][a-z0-9_]+\b' fuzz/targets/*.rs fuzz/src/*.rs fuzz/src/kinds/*.rs |
        LC_ALL=C sort -u >"$WORK/words"
    TALLY_HEADER=$1 tools/exports.sh | LC_ALL=C comm -23 - "$WORK/words" | diff "$WORK/listed" -
}
try "each exported function is called by a harness, or fuzz/uncalled.txt says why not" \
    uncalled include/tally.h
name="a function that no harness calls is found"
{ cat include/tally.h && echo "int tally_new_one(int value);"; } >"$WORK/tally.h"
if uncalled "$WORK/tally.h" >"$LOG" 2>&1 || ! grep -q '> tally_new_one' "$LOG"; then
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
