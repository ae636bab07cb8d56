# Counts the tests of each platform by themselves, for the README's table. Sourced.
all=$RESULTS
RESULTS=$WORK/results
: >"$RESULTS"
: >"$RESULTS.failed"

# counted MACHINE: the README says no more than what was passed. INCOMPLETE is set where a
# tool is missing, so that this cannot be said.
counted() {
    number() { awk -v what="$1" '$1 == what { sum += $2 } END { print sum + 0 }' "$RESULTS"; }
    passed=$(number pass)
    echo "on $1: $passed passed, $(number fail) failed, $(number skip) skipped"
    if [ "$passed" -gt 1 ] && [ -z "${INCOMPLETE:-}" ]; then
        said=$(sed -n "s/^| .*(\`$1\`).* over \([0-9]*\) .*/\1/p" README.md)
        try "the README says of $1 that over ${said:-?} were passed" test "$passed" -gt "${said:-$passed}"
    fi
    cat "$RESULTS" >>"$all"
    cat "$RESULTS.failed" >>"$all.failed"
    : >"$RESULTS"
    : >"$RESULTS.failed"
}
