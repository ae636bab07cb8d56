#!/bin/sh
# Runs the harnesses: run.sh COMMAND [NAME...]
#
#   fuzz      looks for new inputs, for SECONDS_EACH each; a table at the end
#   replay    runs the inputs that are committed
#   again     NAME FILE: runs one input, such as one that failed
#   minimise  keeps the fewest inputs that reach all that was reached
#   build     compiles them, and runs nothing
#   coverage  how many edges of each file all inputs reach, those found among them
#
# With no name: all of them. What is built, found and grown is in BUILD/fuzz.
set -u
cd "$(dirname "$0")/.." || exit 2
CARGO=${CARGO:-cargo}
BUILD=${BUILD:-build}
mkdir -p "$BUILD/fuzz"
BUILD=$(cd "$BUILD" && pwd)
WORK=$BUILD/fuzz
SECONDS_EACH=${SECONDS_EACH:-60}
command=${1:-}
[ $# -eq 0 ] || shift
host=$(rustc -vV | sed -n 's/^host: //p')
program=$BUILD/target-fuzz/$host/release/tally-fuzz

# Sanitizers are for nightly compilers, or for those told to behave like one.
build() {
    RUSTC_BOOTSTRAP=1 RUSTC_WRAPPER=$PWD/fuzz/rustc.sh "$CARGO" build -q --release --locked \
        --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$BUILD/target-fuzz"
}

names() {
    for target in fuzz/targets/*.rs; do
        basename "$target" .rs
    done
}

# of NAME ARGUMENT...: the program as one harness.
of() {
    name=$1
    shift
    TALLY_FUZZ=$name "$program" -timeout=60 -rss_limit_mb=4096 "$@"
}

# quick NAME ARGUMENT...: the same with less to say of a finding, nearly twice as fast.
# Leaks are looked for once, at the end: freed blocks of the library wait for a while, and
# each would look like one.
quick() {
    ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=32 of "$@" -detect_leaks=0
}

# longest NAME: inputs are this long at most.
longest() {
    case $1 in
    load | state) echo 2000 ;;
    *) echo 800 ;;
    esac
}

# row NAME LOG STATUS FINDINGS: a line of the table.
row() {
    awk -v name="$1" -v status="$3" -v findings="$4" '
        # "pulse", "NEW" and the like: #123 NEW cov: 1 ft: 2 corp: 3/4b
        /^#[0-9]/ {
            done = substr($1, 2) + 0
            for (i = 2; i < NF; i++) {
                if ($i == "cov:") edges = $(i + 1)
                if ($i == "corp:") { split($(i + 1), corpus, "/"); inputs = corpus[1] }
            }
        }
        /^stat::number_of_executed_units/ { done = $2 }
        /^stat::program_edges/ { edges += $2 }
        END {
            result = status != 0 ? "FAILED: " findings : done ? "nothing found" : "FAILED: nothing ran"
            printf "%-10s %12d %8d %8d  %s\n", name, done, edges, inputs, result
        }' "$2"
}

# fuzz NAME: its row, and what to do about a finding.
fuzz() {
    name=$1
    mkdir -p "$WORK/corpus/$name" "$WORK/findings/$name"
    log=$WORK/$name.log
    status=0
    quick "$name" "$WORK/corpus/$name" "fuzz/corpus/$name" -max_total_time="$SECONDS_EACH" \
        -max_len="$(longest "$name")" -print_final_stats=1 \
        -artifact_prefix="$WORK/findings/$name/" >"$log" 2>&1 || status=$?
    found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
    row "$name" "$log" $status "$log" >"$WORK/$name.row"
    cat "$WORK/$name.row" >>"$WORK/table"
    grep -q 'nothing found$' "$WORK/$name.row" && return
    grep -m 1 -A 3 -E 'panicked at|^==[0-9]*==ERROR|ERROR: libFuzzer' "$log" | cut -c 1-300
    echo "the input: ${found:-none was written}"
    [ -z "$found" ] || echo "again:     fuzz/run.sh again $name $found"
    return 1
}

case $command in
build | fuzz | replay | again | minimise | coverage) ;;
*)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
build || exit 2
[ $# -gt 0 ] || [ "$command" = again ] || set -- $(names)
failed=0
case $command in
build) ;;
fuzz)
    : >"$WORK/table"
    for name; do
        fuzz "$name" || failed=1
    done
    printf '%-10s %12s %8s %8s  %s\n' harness executions edges corpus result
    cat "$WORK/table"
    ;;
replay)
    for name; do
        quick "$name" -runs=0 "fuzz/corpus/$name" >"$WORK/$name.log" 2>&1 || {
            failed=1
            tail -n 40 "$WORK/$name.log"
        }
        inputs=$(find "fuzz/corpus/$name" -type f | wc -l)
        echo "$name: $inputs inputs, $(grep -o 'cov: [0-9]*' "$WORK/$name.log" | tail -n 1 | cut -c 6-) edges"
    done
    ;;
again)
    of "$@"
    exit
    ;;
minimise)
    for name; do
        rm -rf "$WORK/minimised"
        mkdir -p "$WORK/minimised" "$WORK/corpus/$name"
        # Edges alone: how often each is passed makes ten times as many inputs.
        quick "$name" -merge=1 -use_counters=0 -max_len="$(longest "$name")" "$WORK/minimised" \
            "fuzz/corpus/$name" "$WORK/corpus/$name" >"$WORK/$name.log" 2>&1 || exit 1
        # What has a name of its own was put there by hand, and stays.
        find "fuzz/corpus/$name" -type f -name '????????????????????????????????????????' -delete
        cp "$WORK/minimised"/* "fuzz/corpus/$name/"
        echo "$name: $(find "fuzz/corpus/$name" -type f | wc -l) inputs," \
            "$(du -sb "fuzz/corpus/$name" | cut -f 1) bytes"
    done
    ;;
coverage)
    for name; do
        mkdir -p "$WORK/corpus/$name"
        quick "$name" -runs=0 -print_coverage=1 "fuzz/corpus/$name" "$WORK/corpus/$name" \
            >"$WORK/$name.coverage" 2>&1 || exit 1
    done
    root=$PWD
    cd "$WORK" || exit 2
    # shellcheck disable=SC2046 # names have no blanks
    awk -v root="$root" -f "$root/fuzz/coverage.awk" $(printf '%s.coverage ' "$@")
    ;;
esac
exit $failed
