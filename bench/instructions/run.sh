#!/bin/sh
# Counts instructions for each value: run.sh [MACHINE...]
#
# A MACHINE is one that qemu emulates, which names each instruction that it runs, or `native`:
# this one, under callgrind. What a second call adds are the call's. CALLS selects calls.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
CARGO=${CARGO:-cargo}
[ $# -gt 0 ] || set -- native aarch64 riscv64 s390x x86_64

# emulated ARGUMENT...: the program, on the machine that is set.
emulated() {
    "qemu-$machine" -L "/usr/$machine-linux-gnu" -E "LD_LIBRARY_PATH=/usr/$machine-linux-gnu/lib" "$@"
}

# instructions LENGTH CALLS: of the whole program, for the engine and call that are set.
instructions() {
    if [ "$machine" = native ]; then
        valgrind --tool=callgrind --callgrind-out-file=/dev/null \
            "$program" "$engine" "$call" "$1" "$2" 2>&1 | sed -n 's/.*Collected : //p'
        return
    fi
    emulated "$single" -d exec,nochain -D /dev/stdout "$program" "$engine" "$call" "$1" "$2" |
        grep -c '^Trace'
}

# per_value LENGTH
per_value() {
    one=$(instructions "$1" 1)
    two=$(instructions "$1" 2)
    awk "BEGIN { printf \"%8.2f\", ($two - $one) / $1 }"
}

echo 'instructions for each value of 1000, and of 20000'
# count: the rows of the machine and the program that are set, for each engine.
count() {
    for engine in $("$@" "$program"); do
        for call in ${CALLS:-$("$@" "$program" calls)}; do
            printf '%-8s %-8s %-14s %s %s\n' "$machine" "$engine" "$call" \
                "$(per_value 1000)" "$(per_value 20000)"
        done
    done
}

for machine; do
    if [ "$machine" = native ]; then
        if ! command -v valgrind >/dev/null; then
            echo "native is left out: valgrind is not installed"
            continue
        fi
        "$CARGO" build -q -p instructions --release --target-dir "$BUILD/target"
        program=$BUILD/target/release/instructions
        count valgrind -q --tool=none
        continue
    fi
    arch=$machine
    [ "$machine" != riscv64 ] || arch=riscv64gc
    target=$arch-unknown-linux-gnu
    if ! command -v "qemu-$machine" >/dev/null; then
        echo "$machine is left out: qemu-$machine is not installed"
        continue
    fi
    if [ ! -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ]; then
        echo "$machine is left out: rustc has no $target"
        continue
    fi
    if ! echo 'int main(void) { return 0; }' |
        "$machine-linux-gnu-gcc" -x c -o /dev/null - 2>/dev/null; then
        echo "$machine is left out: $machine-linux-gnu-gcc is not installed with its C library"
        continue
    fi
    # The option's name before qemu 8.1, and since.
    single=-singlestep
    ! emulated -help | grep -q -e -one-insn-per-tb || single=-one-insn-per-tb
    variable=CARGO_TARGET_$(echo "$target" | tr '[:lower:]-' '[:upper:]_')_LINKER
    env "$variable=$machine-linux-gnu-gcc" "$CARGO" build -q -p instructions --release \
        --target "$target" --target-dir "$BUILD/target"
    program=$BUILD/target/$target/release/instructions
    count emulated
done
