# musl, the C library of Alpine and others: the library for it, in every C and C++ program,
# shared and in programs that are linked statically; the tool; the tests in Rust.
. tools/check/lib.sh
. tools/check/counted.sh
INCOMPLETE=${TALLY_TEST_QUICK:-}

machine=$(uname -m)
target=$machine-unknown-linux-musl
place=$BUILD/cross/musl
libraries=$(rustc --print target-libdir --target "$target" 2>/dev/null || true)
if [ ! -d "$libraries" ]; then
    skip "programs with musl" "rustc has no $target: rustup target add $target"
    exit 0
elif ! have musl-gcc; then
    skip "programs with musl" "musl-gcc is not installed"
    exit 0
fi

# A compiler as musl's systems have it. Here what unwinds the stack and the kernel's
# headers are those of glibc's compiler: Rust brings the first for musl, and the second
# stand beside musl's own. It does not ask for the table of frames by itself. What is linked
# with the static library is static altogether.
mkdir -p "$place/unwinding" "$place/kernel"
ln -sf "$libraries/self-contained/libunwind.a" "$place/unwinding/libgcc_s.a"
ln -sfn /usr/include/linux "$place/kernel/linux"
ln -sfn /usr/include/asm-generic "$place/kernel/asm-generic"
ln -sfn "/usr/include/$machine-linux-gnu/asm" "$place/kernel/asm"
cat >"$place/cc" <<END
#!/bin/sh
case " \$* " in *" -l:libtally.a "*) set -- "\$@" -static ;; esac
exec musl-gcc "\$@" -idirafter "$place/kernel" -Wl,--eh-frame-hdr -L"$place/unwinding" -lgcc_s
END
chmod +x "$place/cc"
CC=$place/cc
# zig brings musl and LLVM's C++ library, which is linked statically.
cat >"$place/c++" <<END
#!/bin/sh
case " \$* " in *" -l:libtally.a "*) ;; *) set -- "\$@" -dynamic ;; esac
PYTHONPATH=$BUILD/python exec python3 -m ziglang c++ -target $machine-linux-musl "\$@" \
    -Wno-unused-command-line-argument
END
chmod +x "$place/c++"
CXX=$place/c++
has_cxx=$(PYTHONPATH=$BUILD/python python3 -c 'import ziglang' 2>/dev/null && echo yes || true)
if [ -z "$has_cxx" ]; then
    INCOMPLETE=yes
    skip "programs in C++ with musl" "the Python package ziglang is not installed"
fi

. tools/check/programs.sh
OBJECTS=$place/objects
sh c_tests/inclusions.sh "$OBJECTS"

musl_make() {
    $MAKE -s "$@" $WRITER BUILD="$place" TARGET_DIR="$TARGETS" CARGO_TARGET="$target" CC="$CC" \
        CFLAGS="-O2 -g -Werror"
}
try "the library is installed for musl" musl_make stage
try "the test build is made for musl" musl_make testbuild
STAGE=$place/stage TESTBUILD=$place/testbuild
try "the libraries need musl alone" sh -c '
    needed=$(readelf -d "$1"/libtally.so.0 "$1"/libtally_classic.so.0 |
        sed -n "s/.*(NEEDED).*\[\(.*\)\]/\1/p" | LC_ALL=C sort -u | tr "\n" " ")
    echo "$needed"
    test "$needed" = "libc.so libtally.so.0 "' - "$STAGE/lib"
try "the tool with musl" sh -c 'test "$(seq 10 | "$1")" = 55' - "$STAGE/bin/tally"

unfit() {
    case "$*" in
    "load.c a" | "loaded.c a") echo "a static program loads no library" ;;
    esac
}
every_program ", musl"

# What differs from other C libraries is in the boundary.
count "the library's own tests with musl" "$CARGO" test -p libtally --no-fail-fast --lib \
    --target "$target" --target-dir "$TARGETS"
count "the arithmetic's own tests with musl" "$CARGO" test -p tally-core --no-fail-fast --lib \
    --target "$target" --target-dir "$TARGETS"
counted musl
