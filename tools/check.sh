#!/bin/sh
# Runs parts of the tests and counts them: check.sh PART...
#
# Each part is a script in tools/check that says pass, fail or skip for each of
# its tests. The last line of the output has the numbers; the exit status is 0
# if nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
mkdir -p "$BUILD/check"
BUILD=$(cd "$BUILD" && pwd)
RESULTS=$BUILD/check/results.$$
export BUILD RESULTS
: >"$RESULTS"
: >"$RESULTS.failed"
trap 'rm -f "$RESULTS" "$RESULTS.failed"' EXIT

for part; do
    echo "== $part"
    started=$(date +%s)
    if ! sh "tools/check/$part.sh"; then
        echo "FAILED: $part came to no end"
        echo "fail 1" >>"$RESULTS"
        echo "$part" >>"$RESULTS.failed"
    fi
    echo "-- $part: $(($(date +%s) - started)) s"
done

# Named once more, where they are seen.
sed 's/^/FAILED: /' "$RESULTS.failed"

awk '{ sum[$1] += $2 }
     END {
         printf "%d passed, %d failed, %d skipped\n", sum["pass"], sum["fail"], sum["skip"]
         exit sum["fail"] > 0 || sum["pass"] == 0
     }' "$RESULTS"
