#!/bin/sh
# Prints the functions that include/tally.h declares, one a line, sorted.
# Arguments go to the preprocessor: -DTALLY_NO_CLASSIC leaves out what that
# leaves out, -m32 shows the 32-bit library's.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
# The standard headers declare nothing that we want to see.
: >"$empty/stddef.h"
: >"$empty/stdint.h"
${CC:-cc} -E -P -nostdinc -I "$empty" "$@" "$root/include/tally.h" >"$empty/text"
awk '
    { text = text " " $0 }
    END {
        gsub(/__attribute__ *\(\([^()]*\)\)/, "", text)
        while (gsub(/\{[^{}]*\}/, "", text)) {}
        count = split(text, declarations, ";")
        for (i = 1; i <= count; i++)
            if (declarations[i] !~ /^ *typedef / &&
                match(declarations[i], /[A-Za-z_][A-Za-z0-9_]* *\(/)) {
                name = substr(declarations[i], RSTART, RLENGTH)
                sub(/ *\($/, "", name)
                print name
            }
    }' "$empty/text" | LC_ALL=C sort
