# Other people's suites, where they are named in the environment; suites/README.md says where
# each is found. Samples in the same forms show that the runners still work, and
# others that have mistakes in them, that they still see one.
. tools/check/lib.sh
if ! have python3 || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    skip "the suites of others, and samples of them" "python3 of version 3.10 or later is not installed"
    exit 0
fi
stage
so=$STAGE/lib/$(cat packaging/soname)
export PYTHONDONTWRITEBYTECODE=1

# run SUITE FOLDER
run() {
    limited python3 suites/run.py "$so" "$1" "$2"
}

# finds SUITE MISTAKES: the runner sees each mistake in the wrong sample.
finds() {
    wrong=suites/samples/wrong/$1
    if [ "$1" = xsum ]; then
        # A sum of 55 that is said to be 56, in all the ways of adding.
        wrong=$WORK/wrong-$1
        mkdir -p "$wrong"
        sed 's/ 10, 55,$/ 10, 56,/' suites/samples/xsum/xsum-check.c >"$wrong/xsum-check.c"
    fi
    if run "$1" "$wrong" >"$WORK/wrong" 2>&1; then
        cat "$WORK/wrong"
        return 1
    fi
    cat "$WORK/wrong"
    tail -n 1 "$WORK/wrong" | grep -q ", $2 failed,"
}

# named VARIABLE TITLE COMMAND...: a suite, if the variable says where it is.
named() {
    variable=$1
    title=$2
    shift 2
    eval "place=\${$variable:-}"
    if [ -z "$place" ]; then
        skip "$title" "$variable is not set: see suites/README.md"
        return
    fi
    started=$(date +%s)
    if LIMIT=7200 "$@" "$place" >"$LOG" 2>&1 </dev/null; then
        sed '$d' "$LOG"
        pass "$title: $(tail -n 1 "$LOG" | sed 's/^[^ ]*: //')$(took "$started")"
    else
        fail "$title" "$LOG"
    fi
}

# suite NAME MISTAKES VARIABLE TITLE
suite() {
    try "a sample of the suite $1" run "$1" "suites/samples/$1"
    try "mistakes in a sample of the suite $1 are found" finds "$1" "$2"
    named "$3" "$4" run "$1"
}
suite sum-precise 8 TEST262 "test262's tests of Math.sumPrecise"
suite xsum 26 XSUM "xsum's check"
suite number-texts 12 NUMBER_TEXTS "number texts and their bits"
# An installation of Python may have it.
if [ -z "${DECTEST:-}" ]; then
    DECTEST=$(find /usr/lib/python3* -path '*/test/decimaltestdata' 2>/dev/null | head -n 1)
fi
suite dectest 5 DECTEST "decTest"
suite strd 4 STRD "NIST's reference datasets"

# MPFR's programs are linked with a stand-in for the functions that they test.
compile() {
    output=$1
    shift
    $CC -std=c11 -O2 -Wall -Wextra -I"$STAGE/include" -o "$output" suites/mpfr/stand_in.c "$@" \
        -Wl,--wrap=mpfr_sum,--wrap=mpfr_dot -lgmp -L"$STAGE/lib" -ltally -Wl,-rpath,"$STAGE/lib" -lm
}
# It says how many calls Tally has answered: MPFR alone would pass, too.
mpfr_sample() {
    compile "$WORK/sample" suites/mpfr/sample.c -lmpfr || return 1
    "$WORK/sample" >"$WORK/said" && grep '^6 answered by Tally, 1 beyond' "$WORK/said" || return 1
    ! "$WORK/sample" wrong >"$WORK/said" && grep '^FAILED: the sum is' "$WORK/said"
}
if echo '#include <mpfr.h>' | $CC -x c -fsyntax-only - 2>/dev/null; then
    try "a sample of MPFR's tests, and a mistake in it" mpfr_sample
else
    skip "a sample of MPFR's tests, and a mistake in it" "libmpfr-dev is not installed"
fi

# mpfr FOLDER: that of its sources, configured and made.
mpfr() {
    library=$1/src/.libs/libmpfr.a
    [ -f "$library" ] || library=$1/src/.libs/libmpfr.so
    [ -f "$library" ] || {
        echo "$1 has no src/.libs/libmpfr.a: run ./configure and make there"
        return 1
    }
    $MAKE -s -C "$1/tests" libfrtests.la tsum.o tdot.o || return 1
    for test in tsum tdot; do
        compile "$WORK/$test" -I"$1/src" "$1/tests/$test.o" "$1/tests/.libs/libfrtests.a" \
            "$library" -Wl,-rpath,"$1/src/.libs" || return 1
        if ! limited "$WORK/$test" >"$WORK/said" 2>&1 || ! grep -q '^[1-9][0-9]* answered by Tally' "$WORK/said"; then
            cat "$WORK/said"
            return 1
        fi
        echo "    $test: $(tail -n 1 "$WORK/said")"
    done
    echo "mpfr: tsum and tdot passed"
}
named MPFR "MPFR's tests of sums and dot products" mpfr

# cpython PROGRAM: a Python with Tally's package, pytest and NumPy, such as that of make
# check-python, which runs these tests too.
cpython() {
    status=0
    limited "$1" -m pytest -o addopts= -q -rs -p no:cacheprovider -k cpythons \
        integrations/python/tests/test_hosts.py >"$WORK/said" 2>&1 || status=$?
    cat "$WORK/said"
    # A run in which every version is skipped has passed nothing.
    [ $status -eq 0 ] && tail -n 1 "$WORK/said" | grep -q '[0-9] passed'
}
named CPYTHON "CPython's tests of math and statistics" cpython
