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
[ -s "$WORK/missing" ] || pass "all tools that the tests use are there"

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
