# Other processors, under emulation: all must give the same bits and saved bytes. Sourced by
# the part for each.
. tools/check/lib.sh
. tools/check/programs.sh
. tools/check/counted.sh

# Emulation is slow: of the test programs sums and products, these modules.
TESTS="saved_form:: edges:: values:: text:: integer_text:: any_state::"

# unfit PROGRAM: why it cannot be run under emulation, if it cannot.
unfit() {
    case $1 in
    leak_report.c) echo "it starts itself anew, which is not emulated" ;;
    guard_pages.c | overlaps.c | signals.c)
        [ "$machine$short" = aarch64 ] || echo "it takes minutes under emulation: make check-aarch64" ;;
    parallel.c | after_fork.c) echo "qemu fails an assertion of its own where many threads start" ;;
    esac
}

# cross RULE [VARIABLE...]: what make makes for the machine.
cross() {
    # shellcheck disable=SC2086 # none or one
    $MAKE -s "$@" $WRITER BUILD="$BUILD/cross/$machine" TARGET_DIR="$TARGETS" \
        CARGO_TARGET="$target" CC="$tools-gcc" CFLAGS="-O2 -g -Werror"
}

# linked FOLDER KINDS SOURCE...: programs with the libraries that make linked for the machine,
# in a folder of its build; so, a, or both.
linked() (
    folder=$BUILD/cross/$machine/$1 kinds=$2
    shift 2
    CC=$tools-gcc CXX=$tools-g++ TALLY_SO=$folder/libtally.so.0
    export CC TALLY_SO
    OBJECTS=$BUILD/cross/$machine/objects
    sh c_tests/inclusions.sh "$OBJECTS"
    for source; do
        test=$(basename "$source")
        why=$(unfit "$test")
        if [ -n "$why" ]; then
            skip "$test on $machine" "$why"
            continue
        fi
        for kind in $kinds; do
            if program "$source" "$kind" "$folder"; then
                # shellcheck disable=SC2086 # several words
                try "$test with libtally.$kind, linked for $machine" limited $RUN "$program"
            fi
        done
    done
)

# multiplies_floats: whether the product of two floats is a double that is right. Older versions
# of qemu take the first one for a double.
multiplies_floats() {
    cat >"$WORK/floats.c" <<'C'
int main(void) {
    volatile float x = 1.5f, y = 3;
    double product;
    __asm__("ldr %0,%1\n\tmdebr %0,%2" : "=&f"(product) : "f"(x), "f"(y));
    return product != 4.5;
}
C
    "$tools-gcc" -O1 -o "$WORK/floats" "$WORK/floats.c" && $RUN "$WORK/floats"
}

# emulated MACHINE TARGET TOOLS: all that is run there. TOOLS begins the names of the
# compiler and what goes with it.
emulated() {
    machine=$1 target=$2 tools=$3
    name="the arithmetic on $machine"
    if [ ! -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ]; then
        skip "$name" "rustc has no $target: rustup target add $target"
        return
    fi
    if ! echo 'int main(void) { return 0; }' |
        $tools-gcc -x c -o "$WORK/linked" - 2>"$LOG"; then
        skip "$name" "$tools-gcc is not installed with its C library"
        return
    fi
    if ! have qemu-$machine; then
        skip "$name" "qemu-$machine is not installed"
        return
    fi
    stage
    short=${TALLY_TEST_QUICK:-} INCOMPLETE=${TALLY_TEST_QUICK:-}
    if [ -z "$short" ]; then
        try "no warning on $machine" "$CARGO" clippy -q -p tally-core -p libtally \
            --target "$target" --target-dir "$TARGETS" -- -D warnings
    fi
    # The C library of an emulated machine may be installed for itself too, in another
    # version, and its loader would take that one.
    RUN="qemu-$machine -L /usr/$tools -E LD_LIBRARY_PATH=/usr/$tools/lib"
    TALLY_TEST_QUICK=1
    export RUN TALLY_TEST_QUICK
    variable=CARGO_TARGET_$(echo "$target" | tr '[:lower:]-' '[:upper:]_')
    export "${variable}_LINKER=$tools-gcc"
    export "${variable}_RUNNER=$RUN"
    # It compiles for minutes.
    later="not where time is short: make check-$machine"
    if [ -z "$short" ] || [ "$machine" = aarch64 ]; then
        count "the library on $machine" "$CARGO" test -p libtally --no-fail-fast \
            --target "$target" --target-dir "$TARGETS" --lib
    else
        skip "the library on $machine" "$later"
    fi
    count "the arithmetic's own tests on $machine" "$CARGO" test -p tally-core --no-fail-fast \
        --target "$target" --target-dir "$TARGETS" --lib
    # Where time is short: the machine with kernels of its own, and the one whose bytes are in
    # the other order.
    if [ -z "$short" ]; then
        set --
        if [ "$machine" = s390x ] && ! multiplies_floats; then
            skip "three tests of floats on $machine" "this qemu multiplies two floats wrongly (mdebr)"
            set -- -- --skip std_traits::an_iterator_gives_the_total_of_its_values \
                --skip windows::full_blocks_of_the_largest --skip windows::products_of_any_spread
        fi
        count "$name" "$CARGO" test -p tally-core --no-fail-fast --target "$target" \
            --target-dir "$TARGETS" --test '*' "$@"
    elif [ "$machine" = aarch64 ] || [ "$machine" = s390x ]; then
        count "every engine on $machine" "$CARGO" test -p tally-core --no-fail-fast \
            --target "$target" --target-dir "$TARGETS" --test engine -- \
            any_engine:: tails:: ties:: specials::
        # shellcheck disable=SC2086 # one argument a module
        count "$name" "$CARGO" test -p tally-core --no-fail-fast \
            --target "$target" --target-dir "$TARGETS" --test sums --test products -- $TESTS
        skip "the other tests of the arithmetic on $machine" "$later"
    else
        skip "every engine on $machine, and the arithmetic" "$later"
    fi
    # The library as it is installed, with what some tests call besides.
    try "the test build is linked for $machine" cross testbuild
    # A panic is caught, and an exception passes.
    linked testbuild "so a" c_tests/c/panic_testbuild.c c_tests/cpp/exceptions.cpp
    # The instructions of RISC-V are not known to it.
    if have "$tools-objdump" && [ "$machine" != riscv64 ]; then
        try "no function computes in floating point on $machine" tools/float_instructions.sh \
            "$TARGETS-testbuild/$target/release/libtally.a" "$tools-objdump"
    fi
    # Those in C++ where there is time.
    left='/exceptions.cpp$'
    [ -z "$short" ] || left='[.]cpp$'
    # shellcheck disable=SC2046 # one argument a program
    linked testbuild a $(sources | grep -v -e "$left" -e '/panic_testbuild.c$')
    [ -z "$short" ] || skip "programs in C++ on $machine" "$later"
    [ "$machine$short" = aarch64 ] || return 0

    # An installation for another machine.
    try "make stage for $machine" cross stage
    linked stage/lib "so a" c_tests/c/sums.c c_tests/c/no_classic.c
    name="the tool installed for $machine"
    try "$name" sh -c 'test "$(seq 10 | $RUN "$1")" = 55' - "$BUILD/cross/$machine/stage/bin/tally"
    # As those build it who make systems of packages.
    root=$WORK/root
    rm -rf "$root"
    try "make install for $machine as a packager's system does" cross install DESTDIR="$root" \
        PREFIX=/usr TOOL_RPATH= STRIP=true STRIP_DEBUG=true
    try "the tool has no path to the library" sh -c '
        readelf -d "$1" >"$2" && grep -q NEEDED.*libtally "$2" && ! grep -E "RPATH|RUNPATH" "$2"' - \
        "$root/usr/bin/tally" "$WORK/dynamic"
    for file in bin/tally lib/libtally.so.0 lib/libtally_classic.so.0; do
        try "$file has its symbols still" sh -c 'readelf -SW "$1" | grep "\.symtab"' - "$root/usr/$file"
    done
    try "the tool runs where the system finds the library" sh -c 'test "$(seq 10 | "$@")" = 55' - \
        qemu-$machine -L "/usr/$tools" -E LD_LIBRARY_PATH="$root/usr/lib:/usr/$tools/lib" \
        "$root/usr/bin/tally"
}
