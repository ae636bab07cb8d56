# The fuzzing harnesses: the inputs that are committed, and SECONDS_EACH of looking for
# others. `make fuzz MINUTES=60` looks longer.
. tools/check/lib.sh

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
for target in fuzz/targets/*.rs; do
    name=$(basename "$target" .rs)
    try "fuzzing: $name" fuzz/run.sh fuzz "$name"
    tail -n 1 "$LOG"
done
