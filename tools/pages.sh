#!/bin/sh
# Prints the names of what the manual has, for `make uninstall`, which removes what
# is installed under these names and nothing else:
#
#   pages.sh man    the pages of section 3: the library, its functions, its types
#   pages.sh html   the files of the HTML manual
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
case ${1:-} in
man)
    {
        echo tally
        sed '/^#/d; s/ .*//' "$root/packaging/symbols.txt"
        "$root/tools/declarations.sh" | sed -n '
            s/^typedef .*(\*\([a-z_0-9]*\)).*/\1/p; t
            s/^typedef .*[ *]\([a-z_0-9]*\);$/\1/p'
    } | LC_ALL=C sort -u
    ;;
html)
    {
        echo style.css
        printf '%s.html\n' index conventions names reference
        for document in "$root"/docs/*.md; do
            name=$(basename "$document" .md)
            case $name in
            guide) ;;         # index.html
            classic | sql) ;; # of the sources; they are not installed
            *) echo "$name.html" ;;
            esac
        done
        # A page for each section: what stands between two lines of a banner.
        awk '/^\/\* =+ \*\/$/ { rule = FNR; next }
            rule == FNR - 1 && /^\/\*  .*  \*\/$/ {
                title = tolower($0)
                gsub(/[^a-z0-9]+/, "-", title)
                gsub(/^-|-$/, "", title)
                print "reference-" title ".html"
            }' "$root/include/tally.h"
    } | LC_ALL=C sort -u
    ;;
*)
    echo "usage: pages.sh man|html" >&2
    exit 2
    ;;
esac
