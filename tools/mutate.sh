#!/bin/sh
# Removes the guards of the arithmetic, the handles, the boundary and the tool one by one, in a
# copy of the sources, and sees that a named test fails for each: mutate.sh [NAME...]
#
# tools/mutants, or the file that MUTANTS names, says what is changed and which
# test must fail. The exit status is 0 if every mutant was caught, each
# change still applied to one place, and each of the tests passes on the sources
# as they are. JOBS=2 does it in two copies side by side, each with half of them.
set -u
cd "$(dirname "$0")/.." || exit 2
if [ "${JOBS:-1}" -gt 1 ]; then
    job=0
    workers=
    while [ $job -lt "$JOBS" ]; do
        SHARE=$job SHARES=$JOBS JOBS=1 "$PWD/tools/mutate.sh" "$@" &
        workers="$workers $!"
        job=$((job + 1))
    done
    status=0
    for worker in $workers; do
        wait "$worker" || status=1
    done
    exit $status
fi
CARGO=${CARGO:-cargo}
CC=${CC:-cc}
TABLE=tools/mutants
MUTANTS=${MUTANTS:-$TABLE/*.txt}
SECONDS_A_TEST=300
SECONDS_OF_TOOL=$SECONDS_A_TEST
SECONDS_OF_FUZZING=${SECONDS_OF_FUZZING:-120}

WORK=$(mktemp -d "${TMPDIR:-/tmp}/tally-mutants.XXXXXX") || exit 2
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM
TREE=$WORK/tree
LOG=$WORK/log
mkdir "$TREE"
for entry in *; do
    case $entry in
    build | target) ;;
    *) cp -R "$entry" "$TREE/" || exit 2 ;;
    esac
done
# The tests need the Rust library only: no linking of the others.
rm -f "$TREE/build.rs"
sed 's/^crate-type = .*/crate-type = ["rlib"]/' Cargo.toml >"$TREE/Cargo.toml"
for sources in core program src tools; do
    cp -R "$TREE/$sources" "$WORK/$sources" || exit 2
done
CARGO_TARGET_DIR=$WORK/target
export CARGO_TARGET_DIR

# A mutant can make a test run for ever.
if command -v timeout >/dev/null 2>&1; then
    limit() { timeout "$SECONDS_A_TEST" "$@"; }
else
    limit() { "$@"; }
fi

# cargo_test PROGRAM ARGUMENT...: in the copy, of the package that is set.
cargo_test() {
    case $1 in
    lib) program=--lib ;;
    *) program=--test=$1 ;;
    esac
    shift
    (cd "$TREE" && limit "$CARGO" test -p "$package" "$program" "$@") >"$LOG" 2>&1
}

# c_object NAME: compiles c_tests/*/NAME.c. No mutant changes a program, so once will do.
c_object() {
    [ ! -e "$WORK/c/$1.o" ] || return 0
    set -- "$1" c_tests/*/"$1.c"
    [ -e "$2" ] || return 1
    [ -e "$WORK/c" ] || sh c_tests/inclusions.sh "$WORK/c"
    "$CC" -std=c11 -O1 -w -Iinclude -I"$WORK/c" -c -o "$WORK/c/$1.o" "$2"
}

# c_program NAME: links it with the library of the copy.
c_program() {
    (cd "$TREE" && "$CARGO" rustc -q -p libtally --lib --crate-type staticlib) &&
        "$CC" -o "$WORK/c/$1" "$WORK/c/$1.o" "$CARGO_TARGET_DIR/debug/libtally.a" \
            -lm -ldl -pthread
}

# tool: the tool of the copy.
tool() (
    cd "$TREE" && "$CARGO" rustc -q -p libtally --lib --crate-type staticlib &&
        "$CC" -std=c11 -O1 -w -Iinclude -o "$WORK/tally" program/*.c \
            "$CARGO_TARGET_DIR/debug/libtally.a" -lm -ldl -pthread
)

# fuzzing COMMAND NAME: what fuzz/run.sh does with a harness, in the copy.
fuzzing() {
    (cd "$TREE" && BUILD=$WORK/fuzz SECONDS_EACH=$SECONDS_OF_FUZZING fuzz/run.sh "$@")
}

# builds TEST: compiles what the test runs.
builds() {
    case $1 in
    c::*) c_object "${1#c::}" >"$LOG" 2>&1 && c_program "${1#c::}" >"$LOG" 2>&1 ;;
    fuzz::*) fuzzing build "${1#fuzz::}" >"$LOG" 2>&1 ;;
    tool::*) tool >"$LOG" 2>&1 ;;
    # The library: a test program has only the code that it reaches.
    compiler) (cd "$TREE" && "$CARGO" build -p "$package") >"$LOG" 2>&1 ;;
    *) cargo_test "${1%%::*}" --no-run ;;
    esac
}

# runs TEST: whether `program::name` ran and passed. Status 2: there is no such test.
runs() {
    case $1 in
    c::*)
        TALLY_TEST_QUICK=1 limit "$WORK/c/${1#c::}" >"$LOG" 2>&1
        return $(($? != 0))
        ;;
    tool::*)
        [ -e "tests/tool/${1#tool::}.sh" ] || return 2
        (SECONDS_A_TEST=$SECONDS_OF_TOOL && limit sh tests/tool/run.sh "$WORK/tally" "${1#tool::}") >"$LOG" 2>&1
        return $(($? != 0))
        ;;
    fuzz::*)
        [ -e "$TREE/fuzz/targets/${1#fuzz::}.rs" ] || return 2
        # What another mutant's run found would make this one depend on the order.
        rm -rf "$WORK/fuzz/fuzz"
        fuzzing fuzz "${1#fuzz::}" >"$LOG" 2>&1
        return $(($? != 0))
        ;;
    esac
    name=${1#*::}
    cargo_test "${1%%::*}" -- --exact "$name" && status=0 || status=1
    if grep -q '^running 0 tests' "$LOG"; then
        return 2
    fi
    return $status
}

# replace FILE FROM TO: prints the file with the one place changed; fails if FROM
# is not there or there more than once.
replace() {
    FROM=$2 TO=$3 awk '
        BEGIN { from = ENVIRON["FROM"]; to = ENVIRON["TO"] }
        {
            at = index($0, from)
            if (at) {
                found++
                after = substr($0, at + length(from))
                if (index(after, from)) found++
                $0 = substr($0, 1, at - 1) to after
            }
            print
        }
        END { exit found != 1 }' "$1"
}

caught=0
problems=0
skipped=0
problem() {
    problems=$((problems + 1))
    echo "FAILED: $1"
}

# Whether the processor has what the mutated code needs to run.
can_run() {
    [ "$1" = "" ] || grep -qw "$1" /proc/cpuinfo 2>/dev/null
}

# mutant: what the variables below say, of one paragraph of the table.
mutant() {
    if ! can_run "$needs"; then
        skipped=$((skipped + 1))
        echo "skipped: $mutant (this processor has no $needs)"
        return
    fi
    if ! replace "$WORK/$file" "$from" "$to" >"$WORK/changed"; then
        problem "$mutant does not apply: $file has changed"
        return
    fi
    cp "$WORK/changed" "$TREE/$file"
    if [ "$test" = compiler ]; then
        if builds "$test"; then
            problem "$mutant compiles"
        else
            caught=$((caught + 1))
            echo "caught: $mutant, by the compiler"
        fi
    elif ! builds "$test"; then
        problem "$mutant does not build"
        grep '^error' "$LOG" | sed 's/^/    /'
    elif runs "$test"; then
        problem "$mutant survives $test"
    else
        caught=$((caught + 1))
        echo "caught: $mutant, by $test"
    fi
    # Newer than the mutant, so that it is compiled again.
    cp "$WORK/$file" "$TREE/$file"
}

# each COMMAND: for each paragraph of the table that was asked for and is in the share.
each() {
    mutant='' needs='' package=
    number=0
    while IFS= read -r line || [ -n "$line" ]; do
        value=${line#* }
        case $line in
        'mutant '*) mutant=$value needs='' package= ;;
        'package '*) package=$value ;;
        'file '*) file=$value ;;
        'from '*) from=$value ;;
        'to') to='' ;;
        'to '*) to=$value ;;
        'needs '*) needs=$value ;;
        'test '*)
            test=$value
            # The crate that the file is of, unless the table names another. Programs
            # in C, the tool and harnesses belong to none.
            case $test:$package:$file in
            c::* | fuzz::* | tool::*) package=- ;;
            *::core/*) package=tally-core ;;
            *::src/*) package=libtally ;;
            esac
            case " $wanted " in
            '  ' | *" $mutant "*)
                number=$((number + 1))
                [ $((number % ${SHARES:-1})) -ne "${SHARE:-0}" ] || "$1" </dev/null
                ;;
            esac
            ;;
        '' | '#'*) ;;
        *) problem "no such line in $MUTANTS: $line" ;;
        esac
    done <"$WORK/table"
}

# shellcheck disable=SC2086 # several files
cat $MUTANTS >"$WORK/table"
name_test() {
    matched=1
    echo "$package $test" >>"$WORK/tests"
}
wanted=$*
matched=0
: >"$WORK/tests"
each name_test
if [ "$matched" -eq 0 ]; then
    # All of them are in other shares.
    [ "$number" -eq 0 ] || exit 0
    echo "there is no such mutant in $MUTANTS"
    exit 2
fi
sort -u "$WORK/tests" >"$WORK/named"
echo "$(wc -l <"$WORK/named") tests on the sources as they are"
# Where nothing is planted, a harness would find nothing for as long as it may look.
seconds=$SECONDS_OF_FUZZING
SECONDS_OF_FUZZING=20
slowest=0
while read -r package line; do
    if ! builds "$line" </dev/null; then
        problem "$line does not build"
        continue
    fi
    [ "$line" != compiler ] || continue
    begun=$(date +%s)
    runs "$line" </dev/null
    case $?:$line in
    0:tool::*)
        took=$(($(date +%s) - begun))
        [ $took -le $slowest ] || slowest=$took
        ;;
    0:*) ;;
    2:*) problem "there is no test $line" ;;
    *)
        problem "$line fails without any mutant"
        tail -n 20 "$LOG" | sed 's/^/    /'
        ;;
    esac
done <"$WORK/named"
SECONDS_OF_FUZZING=$seconds
# Mutants make the tool run for ever, too, but a busy machine is no mutant.
SECONDS_OF_TOOL=$((4 * slowest + 20))
[ "$problems" -eq 0 ] || exit 1
each mutant
echo "$caught mutants caught, $problems problems, $skipped skipped"
[ "$problems" -eq 0 ]
