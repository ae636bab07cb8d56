#!/bin/sh
# Prints the functions that include/tally.h declares, one a line, sorted.
# Arguments go to the preprocessor: -DTALLY_NO_CLASSIC leaves out what that
# leaves out, -m32 shows the 32-bit library's.
set -eu
"$(dirname "$0")/declarations.sh" "$@" |
    sed -n '/^typedef /d; /{/d; s/^[^(]*[ *]\([A-Za-z_][A-Za-z0-9_]*\) *(.*/\1/p' | LC_ALL=C sort
