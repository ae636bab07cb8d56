# The binary interface: the committed manifest, and what the last release had.
. tools/check/lib.sh

name="the header's types and functions are those of packaging/abi.txt"
if [ "$(getconf LONG_BIT)" != 64 ]; then
    skip "$name" "the manifest is one of 64-bit machines"
elif tools/abi.sh print >"$WORK/abi" 2>"$LOG"; then
    grep -v '^#' packaging/abi.txt >"$WORK/abi-committed"
    try "$name" diff "$WORK/abi-committed" "$WORK/abi"
else
    fail "$name" "$LOG"
fi

try "what is new since the last release is in a version node of its own" tools/symbols.sh compare

name="nothing of the last release has changed or gone"
if ! have abidiff; then
    skip "$name" "abidiff is not installed"
    exit 0
fi

# unchanged HEADER: that a program built with the last release's header would not
# find anything else.
unchanged() {
    TALLY_HEADER=$1 tools/abi.sh compare
}
try "$name" unchanged include/tally.h

# First seen to see: a change of each kind, planted in a copy.
mkdir -p "$WORK/planted"
planted() {
    sed "$2" include/tally.h >"$WORK/planted/tally.h"
    if cmp -s include/tally.h "$WORK/planted/tally.h"; then
        fail "abidiff sees $1: the planted change changes nothing"
    elif unchanged "$WORK/planted/tally.h" >"$LOG" 2>&1; then
        fail "abidiff sees $1" "$LOG"
    elif ! grep -q "$3" "$LOG"; then
        fail "abidiff sees $1" "$LOG"
    else
        pass "abidiff sees $1"
    fi
}
planted "a function that is gone" '/uint32_t tally_version_number(void);/d' tally_version_number
planted "a parameter of another type" 's/rust_function(int x)/rust_function(long x)/' rust_function
planted "a member in another place" 's/^    int id;/    const void *before; int id;/' tally_record
planted "a status with another number" 's/TALLY_BUSY = -13/TALLY_BUSY = -23/' TALLY_BUSY
sed 's/^.*uint32_t tally_version_number(void);/&\nint tally_more(int x);/' \
    include/tally.h >"$WORK/planted/tally.h"
try "a function more is no change" unchanged "$WORK/planted/tally.h"
