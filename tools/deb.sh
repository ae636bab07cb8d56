#!/bin/bash
# Makes the Debian source and binary packages from this tree: deb.sh [FOLDER].
# They go to FOLDER, or to build/deb. DEB_ARCH=arm64 makes them for another machine, with
# Debian's compiler for it.
#
# The build fetches its few crates through cargo, as every build does, or takes them
# from a folder that is in the tree: CONTRIBUTING.md says how.
# Rust need not be Debian's: what debian/control asks for is not enforced.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-${BUILD:-$root/build}/deb}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
rm -rf "$folder"
mkdir -p "$folder/libtally-$version"
folder=$(cd "$folder" && pwd)
cd "$root"
# What is in the tree, and nothing that was built.
if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -z -co --exclude-standard |
        while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done
else
    find . -name build -prune -o -name target -prune -o -type f -print0
fi | tar -c --null -T - | tar -x -C "$folder/libtally-$version"
cd "$folder"
tar --owner=0 --group=0 -cJf "libtally_$version.orig.tar.xz" "libtally-$version"
cp -R "libtally-$version/packaging/debian" "libtally-$version/debian"
cd "libtally-$version"
# The settings of an outer make or check are not this build's; nor is this machine's
# compiler, for another machine.
[ -z "${DEB_ARCH:-}" ] || unset CC CXX
env -u BUILD -u MAKEFLAGS -u MAKELEVEL -u STAGED -u JOBS CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" \
    dpkg-buildpackage -us -uc -d ${DEB_ARCH:+"-a$DEB_ARCH"}
