#!/bin/sh
# Writes what programs include that is made from the header: inclusions.sh FOLDER
#
# The functions and their parameters, for the test that must miss none, and functions that
# stand before each. $CC reads the header, as some functions are of one machine. A file that
# stays as it was keeps its time.
set -eu
folder=$1
here=$(dirname "$0")
mkdir -p "$folder"
new=$(mktemp "$folder/new.XXXXXX")
trap 'rm -f "$new"' EXIT

# written FILE COMMAND...
written() {
    file=$folder/$1
    shift
    sh "$@" >"$new"
    cmp -s "$new" "$file" || mv "$new" "$file"
}
written parameters.inc "$here/misuse/parameters.sh" "$here/../include/tally.h"
written placed_calls.inc "$here/calls.sh" placed
written loaded_calls.inc "$here/calls.sh" loaded
