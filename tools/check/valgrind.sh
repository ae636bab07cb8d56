# The C and C++ programs under valgrind: invalid reads, uninitialised values and
# leaks are failures. Nothing is suppressed; "possibly lost" does not count, as
# the hash tables that the library keeps point into the middle of their block.
. tools/check/lib.sh
. tools/check/programs.sh

if ! have valgrind; then
    skip "valgrind" "not installed"
    exit 0
fi
stage
try "the test build is made" $MAKE -s testbuild
# For programs that repeat their work for a set time: valgrind is slow.
TALLY_TEST_QUICK=1
export TALLY_TEST_QUICK

# A program's own operator new stays in its place.
under_valgrind() {
    LIMIT=600 limited valgrind -q --error-exitcode=99 --leak-check=full \
        --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect \
        --soname-synonyms=somalloc=nouserintercepts "$@"
}

# First that it sees what it is here to see, across the boundary.
cat >"$PROGRAMS/planted.c" <<'C'
#include <stdint.h>
#include <tally.h>
uint8_t tally_test_out_of_bounds(void);
int main(int argc, char **argv) {
    (void)argv;
    if (argc > 1)
        return tally_test_out_of_bounds() == 255;
    void *block = tally_alloc(100);
    tally_free(block);
    return block == NULL;
}
C
program "$PROGRAMS/planted.c" so "$BUILD/testbuild"
if under_valgrind "$program" >"$LOG" 2>&1; then
    pass "valgrind passes a program that does no wrong"
else
    fail "valgrind passes a program that does no wrong" "$LOG"
fi
if under_valgrind "$program" out-of-bounds >"$LOG" 2>&1 || ! grep -q "Invalid read" "$LOG"; then
    fail "valgrind sees a planted out-of-bounds read in the library" "$LOG"
else
    pass "valgrind sees a planted out-of-bounds read in the library"
fi

for source in $(sources); do
    # It computes in the default environment whatever the control register says.
    if [ "$(basename "$source")" = float_environment.c ]; then
        skip "float_environment.c under valgrind" "valgrind has no other environment"
        continue
    fi
    # A status is chosen without a branch, by masks over one that there may not be.
    if [ "$(basename "$source")" = overlaps.c ]; then
        skip "overlaps.c under valgrind" "valgrind takes masked bits for uninitialised ones"
        continue
    fi
    if program "$source" so; then
        try "$(basename "$source") under valgrind" under_valgrind "$program"
    fi
done
