#!/bin/sh
# Runs the parts of make check and all that it leaves out, and says how long each took:
# all.sh PART... What each printed is in $BUILD/all. The exit status is 0 if nothing failed.
# JOBS=2 runs two targets side by side, in the order of tools/left_out.txt; each prints its
# line when it has ended.
set -u
cd "$(dirname "$0")/.." || exit 2

# one TARGET: its line, and what it skipped or failed.
one() {
    started=$(date +%s)
    log=$LOGS/$1.log
    result=passed
    "${MAKE:-make}" "$1" >"$log" 2>&1 </dev/null || result=FAILED
    counts=$(grep -E '^[0-9]+ passed, |^[0-9]+ mutants caught, ' "$log" | tail -n 1)
    case $counts in
    # Its tools are not here: no pass, and no failure.
    '0 passed, 0 failed, '*) result=skipped ;;
    esac
    [ $result != FAILED ] || echo "$1" >>"$LOGS/failed"
    {
        printf '%-20s %s %6d s  %s\n' "$1" "$result" $(($(date +%s) - started)) "$counts"
        grep -E '^(FAILED|skipped): ' "$log" | LC_ALL=C sort -u | sed 's/^/    /'
    } >"$LOGS/$1.line"
    # At once: another one may have ended too.
    cat "$LOGS/$1.line"
}

LOGS=${BUILD:-build}/all
if [ "${1:-}" = --one ]; then
    one "$2"
    exit 0
fi
mkdir -p "$LOGS"
: >"$LOGS/failed"
begun=$(date +%s)
jobs=${JOBS:-1}
if [ "$jobs" -gt 1 ]; then
    # What several of them would make is made before. If it cannot be, each says so.
    if "${MAKE:-make}" -s stage testbuild >"$LOGS/stage.log" 2>&1; then
        STAGED=1
        export STAGED
    fi
fi
{
    sed -n 's/^all *\([^ ]*\) .*/\1/p' tools/left_out.txt
    printf 'check-%s\n' "$@"
} | JOBS=1 xargs -P "$jobs" -n 1 tools/all.sh --one
failed=$(wc -l <"$LOGS/failed")
echo "$(($(date +%s) - begun)) s, $failed targets failed; what each printed is in $LOGS"
[ "$failed" -eq 0 ]
