#!/bin/sh
# Runs one part of the tests, for check.sh: part.sh PART
# QUICK names the parts whose tests repeat themselves less, or leave some out and say so.
set -u
PART=$1
export PART
case " ${QUICK:-} " in
*" $PART "*)
    TALLY_TEST_QUICK=1
    export TALLY_TEST_QUICK
    ;;
esac
echo "== $PART"
started=$(date +%s)
if ! sh "tools/check/$PART.sh"; then
    echo "FAILED: $PART did not finish"
    echo "fail 1" >>"$RESULTS"
    echo "$PART" >>"$RESULTS.failed"
fi
# Of the processors, too: other work on the machine does not change that much.
times >"$RESULTS.$PART.times"
used=$(tail -n 1 "$RESULTS.$PART.times" | tr 'ms' '  ' | awk '{ print int($1 * 60 + $2 + $3 * 60 + $4) }')
echo "-- $PART: $(($(date +%s) - started)) s, $used s of processors"
echo "$PART" >>"$RESULTS.ended"
