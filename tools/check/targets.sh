# Other processors: 32-bit x86; under emulation, older ones of x86-64, ARM with 64 bits and
# with 32, RISC-V, and s390x, which is big-endian. All must give the same bits and saved
# bytes.
. tools/check/lib.sh
. tools/check/programs.sh
. tools/check/counted.sh

# programs_of_i686: in C and C++, with the libraries that make links for it. Some are
# about this machine: stdcall and fastcall are real here, and so are two environments of
# floating-point numbers.
programs_of_i686() (
    place=$BUILD/cross/i686
    mkdir -p "$place"
    # What 64-bit programs include is found in its own folder, last.
    for named in "cc $CC" "c++ $CXX"; do
        printf '#!/bin/sh\nexec %s -m32 -msse2 -mfpmath=sse "$@" -idirafter %s\n' \
            "${named#* }" "/usr/include/$(uname -m)-linux-gnu" >"$place/${named%% *}"
        chmod +x "$place/${named%% *}"
    done
    CC=$place/cc CXX=$place/c++ STAGE=$place/stage TESTBUILD=$place/testbuild
    OBJECTS=$place/objects
    export CC
    sh c_tests/inclusions.sh "$OBJECTS"
    for rule in stage testbuild; do
        try "make $rule for 32-bit x86" $MAKE -s $rule BUILD="$place" TARGET_DIR="$BUILD/target" \
            CARGO_TARGET=$target CC="$CC" CFLAGS="-O2 -g -Werror"
    done
    try "the tool on 32-bit x86" sh -c 'test "$(seq 10 | "$1")" = 55' - "$STAGE/bin/tally"
    export TALLY_TEST_QUICK=1
    every_program " on 32-bit x86"
)

target=i686-unknown-linux-gnu
if [ "$(uname -m)" != x86_64 ]; then
    skip "32-bit x86" "this is not an x86 machine"
elif [ ! -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]; then
    skip "32-bit x86" "rustc has no $target: rustup target add $target"
elif ! echo 'int main(void) { return 0; }' | "$CC" -m32 -x c -o "$WORK/linked" - 2>"$LOG"; then
    skip "32-bit x86" "$CC -m32 does not link"
else
    try "no warning on 32-bit x86" "$CARGO" clippy -q -p tally-core -p libtally --all-targets \
        --target $target --target-dir "$BUILD/target" -- -D warnings
    count "everything on 32-bit x86" "$CARGO" test -p tally-core -p libtally --no-fail-fast \
        --target $target --target-dir "$BUILD/target"
    has_cxx=yes
    if ! printf '#include <new>\nint main() { delete new int; }\n' |
        "$CXX" -m32 -x c++ -o "$WORK/linked" - 2>"$LOG"; then
        has_cxx='' INCOMPLETE=yes
        skip "programs in C++ on 32-bit x86" "$CXX -m32 does not link"
    fi
    programs_of_i686
fi
counted i686
INCOMPLETE=

# Emulation is slow: of the test programs sums and products, these modules.
TESTS="saved_form:: edges:: values:: text:: integer_text:: any_state::"

# unfit PROGRAM: why it cannot be run under emulation, if it cannot.
unfit() {
    case $1 in
    leak_report.c) echo "it starts itself anew, which is not emulated" ;;
    guard_pages.c | overlaps.c | signals.c)
        [ "$machine" = aarch64 ] || echo "it takes minutes under emulation, and aarch64 has it" ;;
    load.c | loaded.c) echo "there is only a static library here" ;;
    no_classic.c) echo "cargo's archive defines the classic names" ;;
    parallel.c | after_fork.c) echo "qemu fails an assertion of its own where many threads start" ;;
    esac
}

# The programs in C, with cargo's archive: tools/link.sh is for this machine's.
c_programs() {
    try "the library for $machine" "$CARGO" rustc -q --lib --release --crate-type staticlib \
        --target "$target" --target-dir "$BUILD/target" || return 0
    archive=$BUILD/target/$target/release/libtally.a
    if have "$tools-objdump"; then
        try "no function computes in floating point on $machine" \
            tools/float_instructions.sh "$archive" "$tools-objdump"
    fi
    for source in $(sources); do
        test=$(basename "$source")
        why=$(unfit "$test")
        case $test in
        *.cpp | *_testbuild.c) continue ;;
        esac
        if [ -n "$why" ]; then
            skip "$test on $machine" "$why"
            continue
        fi
        program=$PROGRAMS/$test.$machine
        # shellcheck disable=SC2086 # several flags
        try "$test on $machine" limited sh -c '"$@" && TALLY_TEST_QUICK=1 $RUN "$0"' "$program" \
            "$tools-gcc" -std=c11 $C_WARNINGS $C_FLAGS -Iinclude -I"$OBJECTS" \
            -o "$program" "$source" "$archive" -lm -ldl
    done
}

# cross RULE: what make makes for the machine.
cross() {
    $MAKE -s "$1" BUILD="$BUILD/cross/$machine" TARGET_DIR="$BUILD/target" CARGO_TARGET="$target" \
        CC="$tools-gcc" CFLAGS="-O2 -g -Werror"
}

# linked FOLDER SOURCE...: programs with the libraries that make linked for the machine,
# in a folder of its build.
linked() (
    folder=$BUILD/cross/$machine/$1
    shift
    CC=$tools-gcc CXX=$tools-g++
    OBJECTS=$BUILD/cross/$machine/objects
    mkdir -p "$OBJECTS"
    for source; do
        for kind in so a; do
            if program "c_tests/$source" $kind "$folder"; then
                # shellcheck disable=SC2086 # several words
                try "$(basename "$source") with libtally.$kind, linked for $machine" \
                    limited env TALLY_TEST_QUICK=1 $RUN "$program"
            fi
        done
    done
)

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
    try "no warning on $machine" "$CARGO" clippy -q -p tally-core -p libtally --target "$target" \
        --target-dir "$BUILD/target" -- -D warnings
    # The C library of an emulated machine may be installed for itself too, in another
    # version, and its loader would take that one.
    RUN="qemu-$machine -L /usr/$tools -E LD_LIBRARY_PATH=/usr/$tools/lib"
    export RUN
    variable=CARGO_TARGET_$(echo "$target" | tr '[:lower:]-' '[:upper:]_')
    export "${variable}_LINKER=$tools-gcc"
    export "${variable}_RUNNER=$RUN"
    # It compiles for minutes, and nothing of it depends on the order of bytes.
    if [ "$machine" = aarch64 ]; then
        count "the library on $machine" "$CARGO" test -p libtally --no-fail-fast \
            --target "$target" --target-dir "$BUILD/target" --lib
    fi
    count "the arithmetic's own tests on $machine" "$CARGO" test -p tally-core --no-fail-fast \
        --target "$target" --target-dir "$BUILD/target" --lib
    # The kernels of the machine; in release, or emulation takes too long.
    count "every engine on $machine" "$CARGO" test -p tally-core --release --no-fail-fast \
        --target "$target" --target-dir "$BUILD/target" --test engine -- \
        any_engine:: tails:: ties:: specials::
    # A panic is caught, and an exception passes.
    try "the test build is linked for $machine" cross testbuild
    linked testbuild c/panic_testbuild.c cpp/exceptions.cpp
    [ "$machine" != riscv64 ] || return 0

    # shellcheck disable=SC2086 # one argument a module
    count "$name" "$CARGO" test -p tally-core --no-fail-fast --target "$target" \
        --target-dir "$BUILD/target" --test sums --test products -- $TESTS
    c_programs
    [ "$machine" = aarch64 ] || return 0

    # An installation for another machine.
    try "make stage for $machine" cross stage
    linked stage/lib c/sums.c c/no_classic.c
    name="the tool installed for $machine"
    try "$name" sh -c 'test "$(seq 10 | $RUN "$1")" = 55' - "$BUILD/cross/$machine/stage/bin/tally"
}

# Processors of this kind that have less, emulated: what they lack is not used. Programs
# without guard pages, as qemu reads 16 bytes where some instructions read 8. First that
# what a processor lacks ends a program, with status 132, and what it has does not.
stage
name="processors with SSE2 alone, with SSE4.2, with AVX and FMA, with AVX2"
cat >"$WORK/extension.c" <<'END'
#include <immintrin.h>
int main(void) {
    volatile float single = 1;
    __m128 singles = _mm_set1_ps(single);
    singles = _mm_hadd_ps(singles, singles);
    single = _mm_cvtss_f32(singles);
#ifdef __AVX__
    volatile int twice[8] = {1};
    __m256i values = _mm256_loadu_si256((const __m256i *)twice);
#ifdef __AVX2__
    values = _mm256_add_epi32(values, values);
#endif
    _mm256_storeu_si256((__m256i *)twice, values);
#endif
    return single != 2;
}
END
if [ "$(uname -m)" != x86_64 ]; then
    skip "$name" "this is not an x86 machine"
elif ! have qemu-x86_64; then
    skip "$name" "qemu-x86_64 is not installed"
else
    for extension in sse3 avx avx2; do
        try "what has $extension compiles" "$CC" -m$extension \
            -o "$WORK/$extension" "$WORK/extension.c"
    done
    while read -r processor has; do
        for extension in sse3 avx avx2; do
            case " $has " in
            *" $extension "*) expected=0 ;;
            *) expected=132 ;;
            esac
            try "$extension on $processor ends with status $expected" sh -c '
                qemu-x86_64 -cpu "$1" "$2" 2>/dev/null
                test $? -eq "$3"' - "$processor" "$WORK/$extension" $expected
        done
        for test in sums products accumulator statistics decimal axes groups text_values; do
            if program "c_tests/c/$test.c" so; then
                try "$test.c on $processor" limited env TALLY_TEST_QUICK=1 \
                    qemu-x86_64 -cpu "$processor" "$program"
            fi
        done
    done <<END
Opteron_G1,-pni
Nehalem         sse3
Opteron_G5      sse3 avx
Haswell         sse3 avx avx2
END
fi
# No row of the README's table counts these.
(INCOMPLETE=yes && counted "older processors")

while read -r machine target tools; do
    emulated "$machine" "$target" "$tools" </dev/null
    counted "$machine"
done <<END
aarch64 aarch64-unknown-linux-gnu     aarch64-linux-gnu
s390x   s390x-unknown-linux-gnu       s390x-linux-gnu
riscv64 riscv64gc-unknown-linux-gnu   riscv64-linux-gnu
arm     armv7-unknown-linux-gnueabihf arm-linux-gnueabihf
END
