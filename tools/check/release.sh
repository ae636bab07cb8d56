# What a release says of itself: its licences, and what it is made of.
. tools/check/lib.sh
stage

licence=$(sed -n 's/^license = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
try "the licence is $licence, in REUSE.toml too" sh -c '
    test -n "$1" && grep -q "^path = \"\*\*\"$" REUSE.toml &&
    grep -qx "SPDX-License-Identifier = \"$1\"" REUSE.toml' - "$licence"
"$CARGO" metadata --locked --no-deps --format-version 1 | tr , '\n' |
    sed -n 's/^"license":\(.*\)/\1/p' | sort -u >"$WORK/licences"
try "each crate says so" sh -c 'cat "$1"; test "$(cat "$1")" = "\"$2\""' - "$WORK/licences" "$licence"
try "so do tally.pc, the Python and the JavaScript package" sh -c '
    grep -qx "License: $1" "$2" && grep -qx "license = \"$1\"" integrations/python/pyproject.toml &&
    grep -qx " *\"license\": \"$1\"," integrations/javascript/package.json' \
    - "$licence" "$STAGE/lib/pkgconfig/tally.pc"
# What is copied from its folder on its own.
for file in "$STAGE"/include/tally.h "$STAGE"/include/tally.hpp "$STAGE"/include/tally/*.hpp \
    "$STAGE"/doc/*.py integrations/mpi/tally_mpi.h; do
    # In two pieces, or reuse takes this line for a licence.
    grep -qF "SPDX-License-""Identifier: $licence" "$file" || echo "$file"
done >"$WORK/without"
try "each installed header and program says so" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/without"
for text in MIT Apache-2.0 CC0-1.0 LicenseRef-Public-Domain; do
    try "the text of $text is there, and used" sh -c '
        test -s "LICENSES/$1.txt" && grep -q "^SPDX-License-Identifier = .*$1" REUSE.toml' - $text
done
if PYTHONPATH=$BUILD/python python3 -c 'import reuse' 2>/dev/null; then
    try "reuse lint" env PYTHONPATH="$BUILD/python" python3 -m reuse lint
else
    skip "reuse lint" "the Python package reuse is not installed"
fi

# The bill of materials.
sbom=$WORK/libtally.spdx.json
try "the bill of materials is made" sh -c 'SOURCE_DATE_EPOCH=0 tools/sbom.sh >"$1"' - "$sbom"
if have python3; then
    "$CARGO" tree --locked -p libtally -e normal --prefix none | sed 's/ (.*//; s/ v/ /' |
        LC_ALL=C sort -u >"$WORK/crates"
    cat >"$WORK/read.py" <<'PYTHON'
import json, re, sys

document = json.load(open(sys.argv[1]))
packages = {package["SPDXID"]: package for package in document["packages"]}
assert document["spdxVersion"] == "SPDX-2.3" and document["creationInfo"]["created"] == "1970-01-01T00:00:00Z"
linked = {link["relatedSpdxElement"] for link in document["relationships"]}
assert linked == set(packages), linked ^ set(packages)
lock = open("Cargo.lock").read()
for package in packages.values():
    name, version = package["name"], package["versionInfo"]
    if name == "rust-std":
        assert version in sys.argv[2], version
        continue
    print(name, version)
    locked = re.search(f'name = "{name}"\nversion = "{version}"\n(?:source = .*\nchecksum = "(.*)")?', lock)
    checksums = [each["checksumValue"] for each in package.get("checksums", [])]
    assert checksums == ([locked[1]] if locked[1] else []), name
    # May be linked into anything.
    assert "MIT" in package["licenseDeclared"].split(" OR "), package
PYTHON
    python3 "$WORK/read.py" "$sbom" "$(rustc --version)" 2>"$LOG" | LC_ALL=C sort >"$WORK/listed"
    try "it lists the crates that are linked, each with its checksum and a permissive licence" \
        sh -c 'cat "$3"; diff "$1" "$2"' - "$WORK/crates" "$WORK/listed" "$LOG"
    while read -r crate _; do
        case $crate in libtally | tally-core) continue ;; esac
        grep -q "[ ,]$crate[ ,]" packaging/debian/copyright || echo "$crate"
    done <"$WORK/crates" >"$WORK/without"
    try "debian/copyright names them" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/without"
else
    skip "the bill of materials lists what is linked" "python3 is not installed"
fi
