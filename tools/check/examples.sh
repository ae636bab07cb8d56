# The programs of the guide: each compiles without a warning, prints what it says
# that it prints, and is short. So does that of docs/disasters.md. And the snippets
# of all documents: each compiles.
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

# Every snippet of the headers, the README and the manual compiles, and looks at each
# status. The examples of docs/cpp.md are run by check-cpp.
documents=$(ls README.md CONTRIBUTING.md SECURITY.md bench/README.md docs/*.md | grep -v '^docs/cpp.md$')
# compiles SNIPPET: for want of more than a fragment, parameters may be unused.
compiles() {
    case $1 in
    *.cpp) compiler="$CXX -std=c++17" ;;
    *) compiler="$CC -std=c11" ;;
    esac
    # shellcheck disable=SC2046,SC2086 # several flags
    $compiler -Wall -Wextra -Wpedantic -Werror -Wno-unused-parameter -Ic_tests/header \
        $(pc Cflags) -c -o "$WORK/snippet.o" "$1"
}
rm -rf "$WORK/snippets" "$WORK/planted"
# shellcheck disable=SC2086 # one argument a file
try "each block of code says its language" \
    tools/snippets.sh "$WORK/snippets" include/tally.h include/tally.hpp include/tally/*.hpp $documents
for source in include-tally.h. include-tally.hpp. README.md.; do
    try "there are snippets in $source" sh -c 'ls "$1"* | grep -q .' - "$WORK/snippets/$source"
done
for snippet in "$WORK/snippets"/*; do
    name="the snippet $(basename "$snippet")"
    case $snippet in
    *.cpp) have "$CXX" || { skip "$name" "$CXX is not installed" && continue; } ;;
    esac
    try "$name compiles" compiles "$snippet"
done

# One that ignores a status does not.
planted=$WORK/planted
mkdir -p "$planted"
ignoring='tally_accumulator_add_f64(\&sum, values, count);'
forgetting='tally_status status = tally_accumulator_add_f64(\&sum, values, count);'
for code in "$ignoring" "$forgetting"; do
    sed "s/^ \*     double values\[\] = .*/ *     $code/" include/tally.h >"$planted/ignores.h"
    sed "s/^tally_accumulator a = .*/$code/" README.md >"$planted/ignores.md"
    for file in ignores.h ignores.md; do
        name="'$(echo "$code" | tr -d '\\')' in $file is refused"
        rm -rf "$planted/out"
        tools/snippets.sh "$planted/out" "$planted/$file"
        snippet=$(grep -lF "$(echo "$code" | tr -d '\\')" "$planted/out"/*)
        if compiles "$snippet" >"$WORK/refused" 2>&1; then
            fail "$name"
        else
            try "$name" sh -c 'cat "$1"; grep -qE "unused-(result|variable)" "$1"' - "$WORK/refused"
        fi
    done
done
# shellcheck disable=SC2016 # it is Markdown
printf '```\ntally_sum_f64(values, count, &total);\n```\n' >"$planted/says-nothing.md"
if tools/snippets.sh "$planted/out" "$planted/says-nothing.md" >"$LOG"; then
    fail "code that does not say its language is refused"
else
    pass "code that does not say its language is refused"
fi
