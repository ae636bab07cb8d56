#!/bin/sh
# Times this library's handles against what others do: run.sh [ROUNDS]
#
#   arc      a bare Arc in a shared library of its own: nothing is checked
#   atomic   a C struct with an atomic count: nothing is checked
#   gobject  GNOME's objects, where libglib2.0-dev is installed
#
# Each program is run by turns, and the medians are compared. Instructions are
# counted by valgrind's callgrind: the loop around the call is a part of them.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
BUILD=$(cd "$BUILD" && pwd)
CC=${CC:-cc}
CARGO=${CARGO:-cargo}
turns=${1:-7}
here=bench/handles
out=$BUILD/bench-handles
mkdir -p "$out"
flags="-std=gnu11 -O2 -Wall -Wextra -Werror -pthread"

"$CARGO" rustc -q -p arc-object --release --target-dir "$BUILD/target"
cp "$BUILD/target/release/libarc_object.so" "$out/libpeer_arc.so"
# shellcheck disable=SC2086 # several flags
"$CC" $flags -fPIC -shared -o "$out/libpeer_atomic.so" $here/atomic.c
peers="arc atomic"
if pkg-config --exists gobject-2.0 2>/dev/null; then
    # shellcheck disable=SC2046,SC2086 # several flags
    "$CC" $flags -fPIC -shared -o "$out/libpeer_gobject.so" $here/gobject.c \
        $(pkg-config --cflags --libs gobject-2.0)
    peers="$peers gobject"
else
    echo "gobject is left out: libglib2.0-dev or pkg-config is not installed"
fi
for peer in $peers; do
    # shellcheck disable=SC2086 # several flags
    "$CC" $flags -o "$out/$peer" $here/loops.c -L"$out" -l"peer_$peer" -Wl,-rpath,"$out"
done
# shellcheck disable=SC2086 # several flags
"$CC" $flags -DTALLY -Iinclude -o "$out/tally" $here/loops.c -L"$BUILD/lib" -ltally \
    -Wl,-rpath,"$BUILD/lib"

# nanoseconds PEER OPERATION THREADS: the median of all turns.
nanoseconds() {
    sort -g "$out/times.$1" | awk '{ time[NR] = $1 } END { print time[int((NR + 1) / 2)] }'
}

# time_all OPERATION THREADS PEER...
time_all() {
    operation=$1 threads=$2
    shift 2
    for peer in tally "$@"; do : >"$out/times.$peer"; done
    turn=0
    while [ "$turn" -lt "$turns" ]; do
        for peer in tally "$@"; do
            "$out/$peer" "$operation" 400000 5 "$threads" >>"$out/times.$peer"
        done
        turn=$((turn + 1))
    done
}

missed=0
# goal RATIO MOST: how a ratio stands to its goal.
goal() {
    [ -n "$2" ] || return 0
    if awk "BEGIN { exit !($1 <= $2) }"; then
        printf '  goal %s: met' "$2"
    else
        printf '  goal %s: MISSED' "$2"
        missed=$((missed + 1))
    fi
}

# race NAME OPERATION THREADS GOAL_ARC GOAL_GOBJECT
race() {
    # shellcheck disable=SC2086 # one argument a peer
    time_all "$2" "$3" $peers
    mine=$(nanoseconds tally)
    printf '%s: %s ns\n' "$1" "$mine"
    for peer in $peers; do
        theirs=$(nanoseconds "$peer")
        ratio=$(awk "BEGIN { printf \"%.2f\", $mine / $theirs }")
        printf '    %-8s %s ns, ratio %s' "$peer" "$theirs" "$ratio"
        case $peer in
        arc) goal "$ratio" "$4" ;;
        gobject) goal "$ratio" "$5" ;;
        esac
        printf '\n'
    done
}

# instructions PEER OPERATION: of one turn of the loop.
instructions() {
    few=$(counted "$1" "$2" 10000)
    many=$(counted "$1" "$2" 110000)
    echo $(((many - few + 50000) / 100000))
}
counted() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$out/$1" "$2" "$3" 1 2>&1 |
        sed -n 's/.*Collected : *//p'
}

echo "times: medians of $turns turns, ratio to each peer's; below 1 is faster"
race "new+unref" new+unref 1 0.75 0.75
race "ref+unref" ref+unref 1 1.5 0.75
race "read" read 1 1.15 0.75
if [ "$(nproc 2>/dev/null || echo 1)" -gt 1 ]; then
    race "read, two threads, one object" read 2 1.2 ""
    race "new+unref, two threads, their own" new+unref 2 1.0 ""
else
    echo "two threads are left out: there is one processor"
fi
time_all alloc+free 1 atomic
mine=$(nanoseconds tally)
theirs=$(nanoseconds atomic)
ratio=$(awk "BEGIN { printf \"%.2f\", $mine / $theirs }")
printf 'tally_alloc+tally_free of 64 bytes: %s ns\n    malloc+free %s ns, ratio %s' "$mine" "$theirs" "$ratio"
goal "$ratio" 2.5
printf '\n'
time_all map 1 atomic
mine=$(nanoseconds tally)
theirs=$(nanoseconds atomic)
printf 'tally_map, an element: %s ns\n    a loop that calls the function %s ns, ratio %s\n' \
    "$mine" "$theirs" "$(awk "BEGIN { printf \"%.2f\", $mine / $theirs }")"

if command -v valgrind >/dev/null 2>&1; then
    # Four of ref+unref are the jumps from the companion library.
    echo "instructions, the loop included"
    for pair in ref+unref:60 read:36 new+unref:106; do
        operation=${pair%:*}
        mine=$(instructions tally "$operation")
        printf '%-10s %s' "$operation" "$mine"
        for peer in $peers; do
            printf ', %s %s' "$peer" "$(instructions "$peer" "$operation")"
        done
        goal "$mine" "${pair#*:}"
        printf '\n'
    done
    empty=$(instructions atomic function)
    mine=$(($(instructions tally function) - empty))
    printf 'tally_map, an element: %s, a loop that calls the function %s\n' \
        "$(instructions tally map)" "$(instructions atomic map)"
    printf 'rust_function: %s over a function that returns its argument' "$mine"
    # Two of them are the jumps from the companion library that has this name.
    goal "$mine" 5
    printf '\n'
else
    echo "instructions are left out: valgrind is not installed"
fi
echo "$missed goals missed"
