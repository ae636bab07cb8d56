#!/bin/sh
# The folders that an installation is put into:
#
#   folders.sh make DESTDIR LIST FOLDER...    makes them below DESTDIR, and adds to
#                                     the file LIST, in one of them, the names of
#                                     those that were not there
#   folders.sh remove DESTDIR LIST FOLDER...  removes what is empty of them: those
#                                     that are the library's own by their names,
#                                     and those, and the ones above, that are in
#                                     LIST; and LIST
#
# Any other folder was there before, and stays, empty or not. LIST and the folders
# are named without DESTDIR, which is / in the list.
set -eu
what=$1 destdir=$2 list=$2$3
shift 3
work=$(mktemp)
trap 'rm -f "$work" "$work.new"' EXIT
[ ! -f "$list" ] || cat "$list" >"$work"

is_listed() {
    grep -Fqx -e "$1" "$work"
}

make_folder() {
    if [ ! -d "$destdir$1" ]; then
        if [ "$1" = / ]; then
            mkdir -p "$(dirname "$destdir")"
        else
            make_folder "$(dirname "$1")"
        fi
        mkdir -m 755 "$destdir$1"
        is_listed "$1" || echo "$1" >>"$work"
    fi
}

# remove_folder FOLDER: fails if it is not empty.
remove_folder() {
    [ ! -d "$destdir$1" ] || rmdir "$destdir$1" 2>/dev/null || return 1
    grep -Fvx -e "$1" "$work" >"$work.new" || true
    mv "$work.new" "$work"
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

[ "$what" = make ] || rm -f "$list"
for folder; do
    # One spelling for each.
    folder=$(echo "$folder" |
        sed -e 's|//*|/|g' -e :again -e 's|/\./|/|' -e 't again' -e 's|/\.$|/|' -e 's|\(.\)/$|\1|')
    case $what in
    make) make_folder "$folder" ;;
    remove) remove_folders "$folder" ;;
    esac
done
if [ "$what" = make ] && [ -s "$work" ]; then
    cat "$work" >"$list"
    chmod 644 "$list"
fi
