#!/bin/sh
# Prints the way from one folder to another: relative.sh FROM TO
#
# Either need not exist yet. Links among the folders that do are followed, as they are
# where a program looks for its library from its own place.
set -eu

# real FOLDER: its name without links.
real() {
    folder=$1 rest=
    while [ ! -d "$folder" ]; do
        rest=/$(basename "$folder")$rest
        folder=$(dirname "$folder")
    done
    echo "$(cd -P "$folder" && pwd -P)$rest"
}

awk -v from="$(real "$1")" -v to="$(real "$2")" '
    # split_path: the names in a path, into part; returns how many.
    function split_path(path, part,    name, count, i, kept) {
        count = split(path, name, "/")
        for (i = 1; i <= count; i++) {
            if (name[i] == "..") { if (kept > 0) kept-- }
            else if (name[i] != "" && name[i] != ".") part[++kept] = name[i]
        }
        return kept + 0
    }
    BEGIN {
        up = split_path(from, here)
        down = split_path(to, there)
        for (same = 0; same < up && same < down && here[same + 1] == there[same + 1]; same++) {}
        for (i = same; i < up; i++) way = way "/.."
        for (i = same + 1; i <= down; i++) way = way "/" there[i]
        print (way == "" ? "." : substr(way, 2))
    }'
