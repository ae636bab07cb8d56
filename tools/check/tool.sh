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

demonstrate() {
    limited sh examples/demo.sh "$STAGE/bin/tally" >"$WORK/demonstration"
}
try "the demonstration runs" demonstrate

# The README's rows of real data: a name, how many values, the exact total, and those
# of a plain loop. The demonstration has a table for each column.
awk '/^column / { row = $2 " " $3; sub(/:/, "", row) }
    / (exact|naive loop|backward) / { row = row " " $(NF - 1) }
    /backward / { print row }' "$WORK/demonstration" >"$WORK/compared"
sed -n 's/^| `\([a-z]*\.csv\)` \([a-z_]*\) |/\1 \2/p' README.md | tr -d '|*' >"$WORK/figures"
while read -r file column values exact forward backward; do
    grep -qxF "$column $values $exact $forward $backward" "$WORK/compared" || echo "$file $column"
done <"$WORK/figures" >"$WORK/other-figures"
try "the README has the figures of the demonstration" \
    sh -c 'cat "$2"; test -s "$1" && test ! -s "$2"' - "$WORK/figures" "$WORK/other-figures"

# The README's commands of the tool, each with what it prints below it.
awk '/^```/ { inside = !inside; next } inside && /^\$ .*tally/ { shown = 1 }
    inside && shown { print } !inside { shown = 0 }' README.md >"$WORK/commands"
sed -n 's/^\$ //p' "$WORK/commands" >"$WORK/commands.sh"
grep -v '^\$ ' "$WORK/commands" >"$WORK/said"
try "the README has commands of the tool" test -s "$WORK/commands.sh" -a -s "$WORK/said"
try "the README's commands of the tool print what it says" \
    env PATH="$STAGE/bin:$PATH" sh -c 'sh -e "$1" | diff "$2" -' - "$WORK/commands.sh" "$WORK/said"
