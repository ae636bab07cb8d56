#!/bin/sh
# Makes declarations that would take calls away from the C++ header if it did
# not qualify them: for each name that it calls, greedy functions in the global
# namespace, where the types of tally.h are, and in one of a program's own.
#
#   sh hostile.sh include/tally/*.hpp >hostile.inc
set -eu
awk '
    # Comments and strings go.
    {
        line = $0
        while (line != "") {
            if (inside) {
                end = index(line, "*/")
                if (!end) break
                line = substr(line, end + 2)
                inside = 0
            }
            start = index(line, "/*")
            text = text (start ? substr(line, 1, start - 1) : line)
            if (!start) break
            line = substr(line, start + 2)
            inside = 1
        }
        text = text "\n"
    }
    END {
        gsub(/"([^"\\]|\\.)*"/, "", text)
        # <cstring> takes its functions from the global namespace.
        gsub(/std::[a-z_]+/, "", text)
        while (match(text, /[A-Za-z_][A-Za-z_0-9]*(<[^()<>;]*>)?\(/)) {
            name = substr(text, RSTART, RLENGTH - 1)
            sub(/<.*/, "", name)
            print name
            text = substr(text, RSTART + RLENGTH)
        }
    }' "$@" |
    grep -vxE 'tally_.*|TALLY_.*|alignof|bool|catch|decltype|defined|if|noexcept|operator|return|sizeof|static_assert|static_cast|while' |
    LC_ALL=C sort -u | sed 's/.*/HOSTILE(&)/'
