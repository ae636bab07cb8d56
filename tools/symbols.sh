#!/bin/sh
# The manifest of symbols, packaging/symbols.txt: a line each with the name, the
# version node that it first appeared in, and the architecture if only one has
# it. It changes when the ABI does, so a review sees it. The teaching text's plain
# names are in nodes of their own, TALLY_CLASSIC_*, and in a library of their own.
#
#   symbols.sh here   the manifest's names and nodes for this compiler's target
#   symbols.sh map    the linker's version script for libtally
#   symbols.sh map classic  the same for libtally_classic
#   symbols.sh debian the symbols file of the Debian package
#   symbols.sh update adds what is new in the header, drops what is gone
#   symbols.sh compare  with the last release: what it had has not moved, and
#                     what is new is in a node of its own
#   symbols.sh baseline writes packaging/symbols-baseline.txt, the release's own
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
manifest=$root/packaging/symbols.txt
exports=$root/tools/exports.sh
baseline=$root/packaging/symbols-baseline.txt
soname=$(cat "$root/packaging/soname")
classic=$(echo "$soname" | sed 's/\.so/_classic.so/')
node=$(sed -n 's/^version = "\([0-9]*\.[0-9]*\)\..*/\1/p' "$root/Cargo.toml" | head -n 1)

# The last release, which its list names in the first line; there is no list
# before the first one.
release=
if [ -e "$baseline" ]; then
    release=$(sed -n '1s/^# .* libtally \([0-9.]*\),.*/\1/p' "$baseline")
fi

# differences MANIFEST: what of it cannot follow the last release, if that had the
# same soname.
differences() {
    [ -n "$release" ] && [ "${release%%.*}" = "${soname##*.}" ] || return 0
    awk -v release="$release" '
        function rank(version, part) { split(version, part, "."); return part[1] * 100 + part[2] }
        /^#/ { next }
        FNR == NR { had[$0]; next }
        $0 in had { kept[$0]; next }
        { node = $2; sub(/^TALLY_(CLASSIC_)?/, "", node) }
        rank(node) <= rank(release) {
            print $0 ": " release " is released without it; make next-version VERSION= first"
        }
        END { for (line in had) if (!(line in kept)) print line ": changed or gone since " release }
    ' "$baseline" "$1"
}

# Names with the nodes that the manifest gives them; the current node if none.
with_nodes() {
    awk -v node="$node" -v manifest="$manifest" '
        BEGIN { while ((getline line < manifest) > 0) { split(line, part); known[part[1]] = part[2] } }
        { new = ($1 ~ /^tally_/ ? "TALLY_" : "TALLY_CLASSIC_") node }
        { print $1, ($1 in known ? known[$1] : new), $2 }' | sed 's/ *$//'
}

# private: what libtally has for libtally_classic, and for nobody else.
private() {
    "$exports" | sed -n '/^tally_/!s/.*/tally_classic_& TALLY_PRIVATE/p'
}

case ${1:-} in
here)
    machine=$(${CC:-cc} -dumpmachine | sed 's/-.*//')
    awk -v machine="$machine" '!/^#/ && NF && (NF < 3 || $3 == machine) { print $1, $2 }' "$manifest"
    ;;
map)
    {
        "$exports" | with_nodes
        private
    } | awk -v classic="${2:-}" '($2 ~ /^TALLY_CLASSIC_/) == (classic != "")' |
        sort -k2,2V -k1,1 | awk '
        $2 != open {
            if (open) print "}" (before ? " " before : "") ";"
            before = open; open = $2
            print open " {"; print "global:"
        }
        { print "    " $1 ";" }
        END { print "local:\n    *;"; print "}" (before ? " " before : "") ";" }'
    ;;
debian)
    # Functions are added with a new minor version, which is their node's name.
    symbols() {
        echo "$1 libtally${soname##*.} #MINVER#"
        echo "* Build-Depends-Package: libtally-dev"
        awk -v classic="$2" '
            /^#/ || ($2 ~ /^TALLY_CLASSIC_/) != classic { next }
            $3 == "x86_64" { only = "(arch=amd64)" }
            $3 == "i686" { only = "(arch=i386)" }
            NF < 3 { only = "" }
            { version = $2; sub(/^TALLY_(CLASSIC_)?/, "", version) }
            { nodes[$2] = version; print " " only $1 "@" $2 " " version ".0" }
            END { for (node in nodes) print " " node "@" node " " nodes[node] ".0" }' "$manifest" |
            LC_ALL=C sort -k1.2
    }
    symbols "$soname" 0
    echo " (symver)TALLY_PRIVATE 0"
    symbols "$classic" 1
    ;;
update)
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    "$exports" -U__x86_64__ -U__i386__ >"$work/all"
    {
        cat "$work/all"
        "$exports" -D__x86_64__ -U__i386__ | LC_ALL=C comm -13 "$work/all" - | sed 's/$/ x86_64/'
        "$exports" -U__x86_64__ -D__i386__ | LC_ALL=C comm -13 "$work/all" - | sed 's/$/ i686/'
    } | with_nodes | LC_ALL=C sort >"$work/new"
    {
        echo "# What libtally exports: name, version node, the one architecture that has it."
        echo "# Made by 'make symbols' from include/tally.h; a change here is a change of ABI."
        cat "$work/new"
    } >"$work/manifest"
    differences "$work/manifest" >"$work/differences"
    if [ -s "$work/differences" ]; then
        cat "$work/differences" >&2
        exit 1
    fi
    cp "$work/manifest" "$manifest"
    ;;
compare)
    found=$(differences "$manifest")
    dated=$(sed -n 's/^## \([0-9.]*\) - [0-9].*/\1/p' "$root/CHANGELOG.md" | head -n 1)
    if [ "$dated" != "$release" ]; then
        echo "the last release: CHANGELOG.md says ${dated:-none}," \
            "${baseline#"$root/"} ${release:-none}"
        exit 1
    fi
    [ -z "$found" ] || { echo "$found" && exit 1; }
    ;;
baseline)
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
    {
        echo "# The symbols of libtally $version, which is released."
        echo "# Made by 'make release'; packaging/symbols.txt may add to it in later nodes only."
        grep -v '^#' "$manifest"
    } >"$baseline"
    ;;
*)
    echo "usage: symbols.sh here|map|debian|update|compare|baseline" >&2
    exit 2
    ;;
esac
