#!/bin/sh
# Compiles for fuzzing, as cargo's RUSTC_WRAPPER: rustc.sh RUSTC ARGUMENT...
#
# The library is watched: AddressSanitizer looks at every access, and libFuzzer counts
# every edge and sees every comparison. The harnesses and what they link are plain but for
# AddressSanitizer, so that the oracles are quick and no edge of theirs is counted.
name=
previous=
for argument; do
    [ "$previous" != --crate-name ] || name=$argument
    previous=$argument
done
case $name in
tally | tally_core)
    set -- "$@" -Zsanitizer=address -Cpasses=sancov-module \
        -Cllvm-args=-sanitizer-coverage-level=3 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
        -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares
    ;;
tally_fuzz) set -- "$@" -Zsanitizer=address ;;
esac
exec "$@"
