# What the tests use is there. Where CI is set, a tool that is missing is a failure:
# the tests that need it are skipped, and nobody would see that.
. tools/check/lib.sh
. .ci/tools.sh

missing >"$WORK/missing"
while read -r _ what _ parts; do
    what="there is $(echo "$what" | tr , ' '), which these parts need: $(echo "$parts" | tr , ' ')"
    if [ "${CI:-false}" = false ]; then
        skip "$what" "not installed"
    else
        fail "$what"
    fi
done <"$WORK/missing"
[ -s "$WORK/missing" ] || pass "all tools that the parts of CI use are there"

# What is done with tests that pass, fail, cannot be tried, or are none.
(
    RESULTS=$WORK/judged
    : >"$RESULTS.failed"
    : >"$RESULTS"
    result() { echo "test result: ok. $1 passed; 0 failed; $2 ignored"; }
    try "one that passes" true
    try "one that fails" false
    try "one that cannot be tried" sh -c 'echo "skipped: no tool" && exit 77'
    try "one that leaves something out" echo "skipped: a part of it"
    count "three that pass and one that is ignored" result 3 1
    count "none of that name" result 0 0
) >"$WORK/judged.said"
for pair in pass:5 fail:2 skip:3; do
    try "tests that ${pair%:*} are counted" test "$(awk -v what="${pair%:*}" \
        '$1 == what { sum += $2 } END { print sum + 0 }' "$WORK/judged")" = "${pair#*:}"
done
printf '%s\n' "one that fails (exit status 1)" "none of that name" >"$WORK/judged.expected"
try "tests that failed are named" diff "$WORK/judged.expected" "$WORK/judged.failed"
# A part that is killed: in a copy, where one does so to what runs it.
rm -rf "$WORK/copy"
mkdir -p "$WORK/copy/tools/check"
cp tools/check.sh tools/part.sh tools/left_out.txt "$WORK/copy/tools"
echo 'echo "pass 1" >>"$RESULTS"' >"$WORK/copy/tools/check/good.sh"
echo 'kill -9 $PPID' >"$WORK/copy/tools/check/killed.sh"
for jobs in 1 2; do
    try "a part that is killed is a failure, JOBS=$jobs" sh -c '
        ! env -u STAGED JOBS="$2" MAKE=true BUILD="$1/build" "$1/tools/check.sh" good killed >"$1/said" 2>&1 &&
        grep "^FAILED: killed did not come to its end" "$1/said"' - "$WORK/copy" $jobs
done

# make check says what it leaves out, so a target that checks something is a part of it or
# has a row.
$MAKE -pRrq 2>/dev/null >"$WORK/rules" || true
{
    sed -n 's/^PARTS := //p' "$WORK/rules" | tr ' ' '\n' | sed 's/^/check-/'
    sed -n 's/^\(all\|-\) *\([^ ]*\) .*/\2/p' tools/left_out.txt
    # The second is a step of make install.
    printf '%s\n' check-all check-prefix
} | LC_ALL=C sort >"$WORK/told"
{
    sed -n 's/^\(check-[^: ]*\):.*/\1/p' "$WORK/rules"
    echo fuzz
} | LC_ALL=C sort -u >"$WORK/targets"
try "tools/left_out.txt has the targets that make check leaves out" diff "$WORK/told" "$WORK/targets"

# CI leaves out nothing of make check.
sed -n '/^exec tools.check.sh/,$p' .ci/run | tr -d '\\' | tr ' ' '\n' | LC_ALL=C sort >"$WORK/in-ci"
sed -n 's/^PARTS := //p' "$WORK/rules" | tr ' ' '\n' | LC_ALL=C sort | LC_ALL=C comm -23 - "$WORK/in-ci" >"$WORK/not-in-ci"
try "CI runs every part of make check" diff /dev/null "$WORK/not-in-ci"
