#!/bin/sh
# Prints what include/tally.h declares, one declaration a line, without comments,
# attributes and the lines' breaks. Arguments go to the preprocessor:
# -DTALLY_NO_CLASSIC leaves out what that leaves out.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
# The standard headers declare nothing that we want to see.
: >"$empty/stddef.h"
: >"$empty/stdint.h"
${CC:-cc} -std=c11 -E -P -nostdinc -x c -I "$empty" "$@" "${TALLY_HEADER:-$root/include/tally.h}" \
    >"$empty/text"
awk '
    { text = text " " $0 }
    END {
        gsub(/__attribute__ *\(\([^()]*\)\)/, "", text)
        gsub(/[ \t]+/, " ", text)
        while (match(text, /[;{}]/)) {
            mark = substr(text, RSTART, 1)
            line = line substr(text, 1, RSTART)
            text = substr(text, RSTART + 1)
            depth += (mark == "{") - (mark == "}")
            if (mark == ";" && depth == 0) {
                sub(/^ /, "", line)
                print line
                line = ""
            }
        }
    }' "$empty/text"
