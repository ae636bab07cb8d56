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
