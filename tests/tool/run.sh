#!/bin/sh
# Tests of the tally tool, a line each: "ok NAME", "not ok NAME" or
# "skipped: NAME (why)". Expected totals are written by hand or are those of
# examples/data/SOURCES.md, which other programs computed.
# Usage: run.sh PATH-TO-TALLY [FILE...]: without .sh, the files of tests to be run.
set -u

if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: $0 PATH-TO-TALLY [FILE...]" >&2
    exit 2
fi
case $1 in
/*) tally=$1 ;;
*) tally=$(pwd)/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
data=$here/../../examples/data
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
trap 'exit 2' HUP INT TERM
cd "$dir" || exit 2
failures=0

pass() { echo "ok $1"; }
skip() { echo "skipped: $1 ($2)"; }
fail() {
    failures=$((failures + 1))
    echo "not ok $1"
}

# judge NAME STATUS: compares the files out, err and the status in $status
# with want_out, want_err and STATUS.
judge() {
    if [ "$status" -eq "$2" ] && cmp -s out want_out && cmp -s err want_err; then
        pass "$1"
    else
        fail "$1"
        echo "# exit status $status, expected $2"
        diff want_out out | head -n 20 | sed 's/^/# stdout /'
        diff want_err err | head -n 20 | sed 's/^/# stderr /'
    fi
}

# expect NAME STATUS STDOUT STDERR INPUT [ARGUMENT...]
# STDOUT, STDERR and INPUT are in the language of printf %b; NAME, of what the
# tool is given, says which promise is tested.
expect() {
    name=$1 expected=$2
    printf '%b' "$3" >want_out
    printf '%b' "$4" >want_err
    printf '%b' "$5" >in
    shift 5
    "$tally" "$@" <in >out 2>err
    status=$?
    judge "$name" "$expected"
    if [ "$status" -ne "$expected" ] || ! cmp -s out want_out; then
        echo "# arguments: $*"
        od -c in | head -n 5 | sed 's/^/# input /'
    fi
}

# refuse NAME STATUS PATTERN: the run failed, wrote nothing, and said this.
refuse() {
    if [ "$status" -eq "$2" ] && [ ! -s out ] && grep -q "^tally: $3" err; then
        pass "$1"
    else
        fail "$1"
        echo "# exit status $status, expected $2, and on stderr: $3"
        head -n 5 err out | sed 's/^/# /'
    fi
}

shift
[ $# -gt 0 ] || set -- totals text shape arguments columns output money saved lines \
    statistics groups system compressed peers page
for tests; do
    . "$here/$tests.sh"
done

[ "$failures" -eq 0 ]
