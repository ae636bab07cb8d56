# The command line tool.
. tools/check/lib.sh
stage

if limited sh tests/tool/run.sh "$STAGE/bin/tally" >"$LOG" 2>&1 </dev/null; then
    status=0
else
    status=$?
fi
grep -E '^(not )?ok ' "$LOG" >"$WORK/cases" || true
grep -vE '^ok ' "$LOG" || true
printf 'pass %d\nfail %d\nskip %d\n' "$(grep -c '^ok ' "$WORK/cases")" \
    "$(grep -c '^not ok ' "$WORK/cases")" "$(grep -c '^skipped: ' "$LOG")" >>"$RESULTS"
sed -n 's/^not ok /tally: /p' "$WORK/cases" >>"$RESULTS.failed"
if [ "$status" -ne 0 ] && ! grep -q '^not ok ' "$WORK/cases"; then
    fail "tests/tool/run.sh came to its end (exit status $status)"
fi

try "the demonstration runs" limited sh examples/demo.sh "$STAGE/bin/tally"
