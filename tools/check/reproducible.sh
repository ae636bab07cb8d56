# What is built in another folder, by a cargo that keeps its crates elsewhere, has the
# same bytes: debugging information and build ids too.
. tools/check/lib.sh
stage
copy=$WORK/in-another-folder/$$
mkdir -p "$copy"
trap 'rm -rf "$WORK/in-another-folder"' EXIT
ln -s "${CARGO_HOME:-$HOME/.cargo}" "$copy/crates"
for path in Makefile build.rs Cargo.toml Cargo.lock core src include program packaging docs \
    README.md examples tools bench tests; do
    cp -R "$path" "$copy/"
done
try "the libraries and the tool are built in another folder" env -u MAKEFLAGS -u MAKELEVEL \
    CARGO_HOME="$copy/crates" BUILD=made "$MAKE" -s -C "$copy" made/bin/tally
for file in lib/libtally.a lib/libtally.so.0 lib/libtally_classic.so.0 bin/tally; do
    try "$file has the same bytes" cmp "$BUILD/$file" "$copy/made/$file"
done
