#!/bin/sh
# Runs make check and all that it leaves out, and says how long each took. What each printed
# is in $BUILD/all. The exit status is 0 if nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
logs=$BUILD/all
mkdir -p "$logs"
begun=$(date +%s)
failed=0
for target in check $(sed -n 's/^all *\([^ ]*\) .*/\1/p' tools/left_out.txt); do
    started=$(date +%s)
    log=$logs/$target.log
    result=passed
    "${MAKE:-make}" "$target" >"$log" 2>&1 </dev/null || {
        result=FAILED
        failed=$((failed + 1))
    }
    counts=$(grep -E '^[0-9]+ passed, ' "$log" | tail -n 1)
    printf '%-20s %s %6d s  %s\n' "$target" "$result" $(($(date +%s) - started)) "$counts"
    grep -E '^(FAILED|skipped): ' "$log" | LC_ALL=C sort -u | sed 's/^/    /'
done
echo "$(($(date +%s) - begun)) s, $failed targets failed; what each printed is in $logs"
[ $failed -eq 0 ]
