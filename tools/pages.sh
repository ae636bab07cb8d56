#!/bin/sh
# Prints the names of the manual pages of section 3: the library, its functions,
# its types. What is installed under these names, `make uninstall` removes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
{
    echo tally
    sed '/^#/d; s/ .*//' "$root/packaging/symbols.txt"
    "$root/tools/declarations.sh" | sed -n '
        s/^typedef .*(\*\([a-z_0-9]*\)).*/\1/p; t
        s/^typedef .*[ *]\([a-z_0-9]*\);$/\1/p'
} | LC_ALL=C sort -u
