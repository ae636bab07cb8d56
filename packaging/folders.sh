#!/bin/sh
# The folders that an installation is put into:
#
#   folders.sh make LIST FOLDER...    makes them, and adds to the file LIST the
#                                     names of those that were not there
#   folders.sh remove LIST FOLDER...  removes what is empty of them: those that
#                                     are the library's own by their names, and
#                                     those, and the ones above, that are in LIST
#
# Any other folder was there before, and stays, empty or not.
set -eu
what=$1 list=$2
shift 2
mkdir -p "$(dirname "$list")"
touch "$list"

# plain FOLDER: one spelling for each.
plain() {
    case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
    esac | sed 's|//*|/|g; s|\(.\)/$|\1|'
}

is_listed() {
    grep -Fqx -e "$1" "$list"
}

make_folder() {
    if [ ! -d "$1" ]; then
        make_folder "$(dirname "$1")"
        mkdir -m 755 "$1"
        is_listed "$1" || echo "$1" >>"$list"
    fi
}

# remove_folder FOLDER: fails if it is not empty.
remove_folder() {
    [ ! -d "$1" ] || rmdir "$1" 2>/dev/null || return 1
    grep -Fvx -e "$1" "$list" >"$list.new" || true
    mv "$list.new" "$list"
}

remove_folders() {
    folder=$1
    case $folder in
    */tally | */tally/html | */tally/examples)
        remove_folder "$folder" || return 0
        folder=$(dirname "$folder")
        ;;
    esac
    while is_listed "$folder"; do
        remove_folder "$folder" || return 0
        folder=$(dirname "$folder")
    done
}

for folder; do
    folder=$(plain "$folder")
    case $what in
    make) make_folder "$folder" ;;
    remove) remove_folders "$folder" ;;
    esac
done
