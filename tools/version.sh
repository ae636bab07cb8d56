#!/bin/sh
# Sets the version everywhere it stands, or says what it is.
#
#   version.sh show               the version, from Cargo.toml
#   version.sh set VERSION        begins the work on a version: CHANGELOG.md
#                                 calls it unreleased
#   version.sh release VERSION    the same for a release of today: its entry in
#                                 CHANGELOG.md is dated, and its ABI becomes what
#                                 later ones are compared with
#
# Everything else takes the version from Cargo.toml when it is made: tally.pc, the
# CMake package, the manual, the packages.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
soname=$(cat packaging/soname)
old=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

refuse() {
    echo "version.sh: $*" >&2
    exit 1
}

# The composed number, as the header has it.
number() {
    echo "$1" | awk -F. '{ print $1 * 10000 + $2 * 100 + $3 }'
}

# check_version VERSION COMMAND
check_version() {
    version=$1
    [ -n "$version" ] || refuse "which version? make $2 VERSION=x.y.z"
    echo "$version" | grep -Eqx '(0|[1-9][0-9]*)\.(0|[1-9][0-9]?)\.(0|[1-9][0-9]?)' ||
        refuse "$version is not three numbers, the second and third below 100"
    [ "$(number "$version")" -ge "$(number "$old")" ] || refuse "$version is below $old"
    top=$(sed -n '/^## /{p;q;}' CHANGELOG.md)
    case $top-$2 in
    *" - unreleased"-*) ;;
    *-release) refuse "CHANGELOG.md has no entry that is unreleased; make next-version first" ;;
    *) [ "$version" != "$old" ] || refuse "$version is released" ;;
    esac
    [ "${version%%.*}" = "${soname##*.}" ] ||
        refuse "$version would break $soname, whose number is the major version;" \
            "CONTRIBUTING.md, The ABI, says what a new one needs"
}

# keep: all that a version changes comes back if something fails on the way.
keep() {
    kept=$(mktemp -d)
    tar -cf "$kept/tree.tar" Cargo.toml Cargo.lock CHANGELOG.md include packaging \
        integrations/python/Cargo.toml integrations/python/Cargo.lock fuzz/Cargo.lock \
        integrations/javascript/Cargo.toml integrations/javascript/Cargo.lock \
        integrations/javascript/package.json
    trap 'status=$?
        [ $status -eq 0 ] || { rm -f packaging/symbols-baseline.txt packaging/debian/changelog.old &&
            tar -xf "$kept/tree.tar"; }
        rm -rf "$kept"' EXIT
    trap 'exit 1' INT TERM HUP
}

set_version() {
    version=$1 date=$2
    keep
    for package in . integrations/python integrations/javascript; do
        sed -i "0,/^version = \".*\"/s//version = \"$version\"/" $package/Cargo.toml
    done
    sed -i "s/^\( *\"version\": \)\".*\"/\1\"$version\"/" integrations/javascript/package.json
    # Only our own entries change.
    ${CARGO:-cargo} update -q --workspace --offline
    sed -i "/^name = \"\(libtally\|libtally-python\|libtally-javascript\|tally-core\)\"/{n;s/^version = .*/version = \"$version\"/}" \
        integrations/python/Cargo.lock integrations/javascript/Cargo.lock fuzz/Cargo.lock

    case $top in
    *" - unreleased") sed -i "0,/^## .*/s//## $version - $date/" CHANGELOG.md ;;
    *) sed -i "0,/^## .*/s//## $version - unreleased\n\n&/" CHANGELOG.md ;;
    esac

    stamp=$(LC_ALL=C date -u -R)
    who=$(sed -n 's/^Maintainer: //p' packaging/debian/control)
    entries=packaging/debian/changelog
    # The entry of a version that was not released is replaced.
    case $top in
    *" - unreleased") awk 'ended && (NF || kept) { kept = 1; print } /^ -- / { ended = 1 }' $entries ;;
    *) cat $entries ;;
    esac >$entries.old
    {
        printf 'libtally (%s-1) unstable; urgency=medium\n\n' "$version"
        printf '  * New upstream version; see CHANGELOG.md.\n\n -- %s  %s\n' "$who" "$stamp"
        [ ! -s $entries.old ] || { echo && cat $entries.old; }
    } >$entries
    rm $entries.old

    ${MAKE:-make} -s renew
}

case ${1:-} in
show) echo "$old" ;;
set)
    check_version "${2:-}" next-version
    set_version "$2" unreleased
    ;;
release)
    check_version "${2:-}" release
    command -v abidw >/dev/null 2>&1 || refuse "abidw is not installed (abigail-tools)"
    tools/symbols.sh compare || refuse "the symbols are not those of a release"
    tools/abi.sh compare || refuse "something of the last release has changed or gone"
    set_version "$2" "$(date -u +%F)"
    tools/abi.sh baseline
    tools/symbols.sh baseline
    echo "now: .ci/run; git commit -am 'Version $2'; git tag v$2"
    ;;
*)
    echo "usage: version.sh show|set VERSION|release VERSION" >&2
    exit 2
    ;;
esac
