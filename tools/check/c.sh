# The C and C++ programs in c_tests: one a subject, each against the shared and
# against the static library, with the flags that an installed tally.pc gives.
# Those named *_testbuild.c need the library's test build.
. tools/check/lib.sh
. tools/check/programs.sh
stage

# matrix FILE: each hostile circumstance that it lists is that of a program, which tests
# every function in it and shows that the same test sees a fault.
matrix() {
    circumstances=$(sed -n 's/^ *DO(\([A-Z_]*\), "\(.*\)").*/\1 \2/p' "$1")
    [ -n "$circumstances" ] && echo "$circumstances" | while read -r circumstance of; do
        test=$(tr -d ' \n' <"c_tests/c/$of" |
            sed -n "s/.*every_function_in($circumstance,[^;]*,\([a-z_]*\));.*/\1/p")
        if [ -z "$test" ] || ! grep -q "CHECK_SEEN($test," "c_tests/c/$of"; then
            echo "$circumstance: $of has no test of every function that sees a fault"
            exit 1
        fi
    done
}
try "each hostile circumstance is tested with every function" matrix c_tests/c/matrix.h
sed '0,/^ *DO(/s/^ *DO(/    DO(NOTHING, "errors.c") \\\n&/' c_tests/c/matrix.h >"$WORK/matrix.h"
name="a circumstance without a test is found"
if matrix "$WORK/matrix.h" >"$LOG" 2>&1; then fail "$name" "$LOG"; else pass "$name"; fi

# A function that was forgotten is found: one without a row, and a pointer of which nobody
# said where it leads.
mkdir -p "$WORK/planted"
{ cat "$OBJECTS/parameters.inc" && echo "FUNCTION(tally_new_one)"; } >"$WORK/planted/parameters.inc"
name="a function without a row is found"
if build c_tests/c/sandbox.c planted "-L$STAGE/lib -ltally -Wl,-rpath,$STAGE/lib" \
    "-I$WORK/planted"; then
    if TALLY_TEST_QUICK=1 "$program" >"$LOG" 2>&1 || ! grep -q "tally_new_one" "$LOG"; then
        fail "$name" "$LOG"
    else
        pass "$name"
    fi
fi
{ cat include/tally.h && echo "int tally_new_one(const long *values);"; } >"$WORK/tally.h"
name="a pointer without a rule is found"
if TALLY_HEADER=$WORK/tally.h sh c_tests/calls.sh placed >/dev/null 2>"$LOG" ||
    ! grep -q "no rule for tally_new_one" "$LOG"; then
    fail "$name" "$LOG"
else
    pass "$name"
fi

try "the test build is made" $MAKE -s testbuild
every_program ""
