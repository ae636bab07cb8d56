# Processors of x86-64 that have less, emulated: what they lack is not used. Programs without
# guard pages, as qemu reads 16 bytes where some instructions read 8. First that what a
# processor lacks ends a program, with status 132, and what it has does not.
. tools/check/lib.sh
. tools/check/programs.sh
. tools/check/counted.sh

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
INCOMPLETE=yes
counted "older processors"
