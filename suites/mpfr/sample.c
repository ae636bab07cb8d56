/*
 * Sums and dot products of a few numbers by MPFR, as MPFR's own tests make
 * them: 'sample' passes, and 'sample wrong' fails, or the stand-in sees
 * nothing.
 */
#include <stdio.h>
#include <string.h>

#include <mpfr.h>

static int failures;

static void expect(const char *what, mpfr_srcptr found, const char *expected) {
    mpfr_t value;
    mpfr_init2(value, mpfr_get_prec(found));
    int inexact = mpfr_set_str(value, expected, 0, MPFR_RNDN);
    if (inexact ||
        (mpfr_nan_p(value) ? !mpfr_nan_p(found)
                           : !mpfr_equal_p(value, found)) ||
        mpfr_signbit(value) != mpfr_signbit(found)) {
        mpfr_printf("FAILED: %s is %Ra, expected %s\n", what, found, expected);
        failures++;
    }
    mpfr_clear(value);
}

int main(int argc, char **argv) {
    enum { COUNT = 4 };
    const char *texts[COUNT] = {"0x1p200", "0x1.8p0", "-0x1p200", "0x1p-70"};
    const char *signs[COUNT] = {"1", "-1", "0", "-0"};
    mpfr_t values[2][COUNT], result;
    mpfr_ptr numbers[2][COUNT];
    int wrong = argc > 1 && strcmp(argv[1], "wrong") == 0;

    for (int i = 0; i < COUNT; i++) {
        for (int set = 0; set < 2; set++) {
            mpfr_init2(values[set][i], 100);
            mpfr_set_str(values[set][i], set ? signs[i] : texts[i], 0,
                         MPFR_RNDN);
            numbers[set][i] = values[set][i];
        }
    }
    mpfr_init2(result, 60);

    mpfr_sum(result, numbers[0], COUNT, MPFR_RNDN);
    expect("the sum", result, wrong ? "0x1.8000001p0" : "0x1.8p0");
    mpfr_sum(result, numbers[0], COUNT, MPFR_RNDU);
    expect("the sum, rounded up", result, "0x1.800000000000002p0");
    mpfr_sum(result, numbers[1], COUNT, MPFR_RNDN);
    expect("what cancels", result, "0");
    mpfr_sum(result, numbers[1], COUNT, MPFR_RNDD);
    expect("what cancels, rounded down", result, "-0");
    mpfr_dot(result, numbers[0], numbers[1], 2, MPFR_RNDZ);
    expect("the dot product, rounded to zero", result,
           "0x0.fffffffffffffffp200");

    mpfr_set_ui_2exp(values[0][3], 1, -5000, MPFR_RNDN);
    mpfr_sum(result, numbers[0], COUNT, MPFR_RNDN);
    expect("the sum with a number beyond doubles", result, "0x1.8p0");
    mpfr_set_nan(values[0][3]);
    mpfr_sum(result, numbers[0], COUNT, MPFR_RNDN);
    expect("the sum with NaN", result, "@NaN@");

    for (int i = 0; i < COUNT; i++)
        mpfr_clears(values[0][i], values[1][i], (mpfr_ptr)0);
    mpfr_clear(result);
    return failures > 0;
}
