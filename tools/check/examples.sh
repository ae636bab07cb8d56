# The programs of the guide: each compiles without a warning, prints what it says
# that it prints, and is short. So does that of docs/disasters.md.
. tools/check/lib.sh
stage
mkdir -p "$WORK/examples"

for source in examples/guide/*; do
    name=$(basename "$source")
    program=$WORK/examples/$name.program
    case $source in
    *.cpp) compiler="$CXX -std=c++17" ;;
    *) compiler="$CC -std=c11" ;;
    esac
    if ! have "${compiler%% *}"; then
        skip "examples/guide/$name" "${compiler%% *} is not installed"
        continue
    fi
    # shellcheck disable=SC2046,SC2086 # several flags
    if ! $compiler -Wall -Wextra -Wpedantic -Werror -pthread -o "$program" "$source" \
        $(pc Cflags) $(pc Libs) -Wl,-rpath,"$STAGE/lib" >"$LOG" 2>&1; then
        fail "examples/guide/$name compiles" "$LOG"
        continue
    fi
    sed -n '/^\/\* Prints:$/,/^ \*\//s/^ \*     //p' "$source" >"$program.said"
    limited "$program" >"$program.out" 2>"$LOG" || echo "exit status $?" >>"$program.out"
    try "examples/guide/$name prints what it says" diff "$program.said" "$program.out"
    try "examples/guide/$name says what it prints" test -s "$program.said"
    try "examples/guide/$name is under 60 lines" test "$(wc -l <"$source")" -lt 60
done

name="examples/disasters.c prints what docs/disasters.md says"
program=$WORK/examples/disasters
# shellcheck disable=SC2046,SC2086 # several flags
if ! $CC -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$program" examples/disasters.c \
    $(pc Cflags) $(pc Libs) -Wl,-rpath,"$STAGE/lib" -lm >"$LOG" 2>&1; then
    fail "$name" "$LOG"
else
    sed '1,/^```$/d;/^```$/,$d' docs/disasters.md >"$program.said"
    limited "$program" >"$program.out" 2>&1 || echo "exit status $?" >>"$program.out"
    try "$name" diff "$program.said" "$program.out"
fi
