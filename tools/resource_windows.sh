#!/bin/sh
# Makes the object with what Windows shows of a file's properties, and for the tool the
# manifest by which its arguments and the names of files are UTF-8:
#
#   resource_windows.sh library|tool OBJECT
#
# Without windres it is an empty object.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
what=$1 object=$2
CC=${CC:-x86_64-w64-mingw32-gcc}
windres=${WINDRES:-$(command -v "$($CC -dumpmachine)-windres" || command -v windres || true)}
if [ -z "$windres" ]; then
    echo | $CC -x c -c -o "$object" -
    exit
fi
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
case $what in
library)
    name=libtally-$(sed 's/.*\.//' "$root/packaging/soname").dll
    about="Exact, order-independent arithmetic over arrays"
    type=2 manifest=
    ;;
tool)
    name=tally.exe
    about="Exact totals of columns of numbers"
    type=1 manifest="1 24 \"$root/packaging/tally.manifest\""
    ;;
esac
numbers=$(echo "$version" | sed 's/[^0-9.].*//; s/\./,/g'),0
$windres -O coff -o "$object" <<RC
1 VERSIONINFO
FILEVERSION $numbers
PRODUCTVERSION $numbers
FILEOS 0x40004
FILETYPE $type
BEGIN
    BLOCK "StringFileInfo"
    BEGIN
        BLOCK "040904b0"
        BEGIN
            VALUE "FileDescription", "$about"
            VALUE "FileVersion", "$version"
            VALUE "InternalName", "tally"
            VALUE "LegalCopyright", "MIT or Apache-2.0"
            VALUE "OriginalFilename", "$name"
            VALUE "ProductName", "Tally"
            VALUE "ProductVersion", "$version"
        END
    END
    BLOCK "VarFileInfo"
    BEGIN
        VALUE "Translation", 0x409, 1200
    END
END
$manifest
RC
