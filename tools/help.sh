#!/bin/sh
# Prints what `tally --help` prints, out of the tool's sources: a tool that is built
# for another machine does not run on this one.
set -eu
cd "$(dirname "$0")/.."
awk -v start="static const char help[] =" '
        $0 == start { inside = 1; next }
        !inside { next }
        {
            line = $0
            sub(/^ *"/, "", line)
            inside = !sub(/";$/, "", line)
            if (inside) sub(/"$/, "", line)
            while (at = index(line, "\\")) {
                escaped = substr(line, at + 1, 1)
                if (escaped !~ /[n\\"]/) exit 1
                printf "%s%s", substr(line, 1, at - 1), (escaped == "n" ? "\n" : escaped)
                line = substr(line, at + 2)
            }
            printf "%s", line
        }' program/tally_help.c
