#!/bin/sh
# Runs tests with AddressSanitizer and UBSan in the extension's own code:
#     asan.sh MODULE ...
# The sanitizer's library is loaded before Python. Leaks are not looked for:
# Python's own would hide them.
set -eu

runtime=$(${CC:-cc} -print-file-name=libasan.so)
if ! [ -f "$runtime" ]; then
    echo "skipped: sanitizers (${CC:-cc} has no libasan.so)"
    exit 0
fi
# libstdc++, whose exceptions DuckDB throws, must be there before it.
cpp=$(${CC:-cc} -print-file-name=libstdc++.so.6)
LD_PRELOAD="$runtime $cpp" ASAN_OPTIONS=detect_leaks=0,abort_on_error=0 \
    UBSAN_OPTIONS=halt_on_error=1,print_stacktrace=1 \
    "$PYTHON" tests/run.py "$@"
