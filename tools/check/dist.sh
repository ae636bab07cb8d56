# make dist: the same bytes twice, and sources that build where there is no network and
# no cargo has been. Takes minutes.
. tools/check/lib.sh

if ! git rev-parse HEAD >/dev/null 2>&1; then
    skip "make dist" "this is no clone of the repository"
    exit 0
fi
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name=libtally-$version
rm -rf "$WORK/once" "$WORK/twice" "$WORK/away"
try "make dist" tools/dist.sh "$WORK/once"
try "make dist, again" tools/dist.sh "$WORK/twice"
try "it gives the same bytes" cmp "$WORK/once/$name.tar.xz" "$WORK/twice/$name.tar.xz"
try "their checksums are right" sh -c 'cd "$1" && sha256sum -c SHA256SUMS' - "$WORK/once"
mkdir -p "$WORK/away/home"
try "the archive is unpacked" tar -xf "$WORK/once/$name.tar.xz" -C "$WORK/away"
# alone COMMAND...: without a network, and with a cargo that has downloaded nothing.
alone() {
    env -u MAKEFLAGS -u MAKELEVEL -u BUILD -u STAGED CARGO_HOME="$WORK/away/home" \
        unshare -rn sh -c 'cd "$1" && shift && "$@"' - "$WORK/away/$name" "$@"
}
if ! unshare -rn true 2>"$LOG"; then
    skip "it builds without a network" "unshare -rn is not allowed here"
    exit 0
fi
# shellcheck disable=SC2086 # make may be several words
try "it builds and installs without a network" alone $MAKE -s install \
    DESTDIR="$WORK/away/installed" PREFIX=/usr
try "its tool runs" sh -c 'test "$(seq 10 | "$1")" = 55' - "$WORK/away/installed/usr/bin/tally"
try "its arithmetic passes its tests" alone "$CARGO" test -q --offline -p tally-core --lib
# What the registry would take.
try "cargo publish --dry-run -p tally-core" "$CARGO" publish --dry-run -p tally-core --allow-dirty \
    --target-dir "$BUILD/target"
