/* The product accumulator's state: what every state promises, and what its own
 * bytes are. */
#define STATE tally_product_accumulator
#define FUNCTION(verb) tally_product_accumulator_##verb
#define NAME(verb) "tally_product_accumulator_" #verb
#define INITIAL TALLY_PRODUCT_ACCUMULATOR_INIT
#define SIZE 584
#define SAVED_MAX TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX
#define COUNT_AT 67
/* DBL_MAX squared is just below 2^4196 units; 67 balanced limbs reach 2^4287.
 */
#define DOUBLINGS 91
#include "state_kind.h"

static tally_status add(STATE *into, const double *a, const double *b,
                        size_t count) {
    return tally_product_accumulator_add_f64(into, a, b, count);
}

static tally_status subtract(STATE *into, const double *a, const double *b,
                             size_t count) {
    return tally_product_accumulator_subtract_f64(into, a, b, count);
}

static tally_status add_one(STATE *into, double a, double b) {
    return tally_product_accumulator_add_one_f64(into, a, b);
}

static tally_status subtract_one(STATE *into, double a, double b) {
    return tally_product_accumulator_subtract_one_f64(into, a, b);
}

static int ask(const STATE *state) {
    static unsigned char bytes[SAVED_MAX];
    static char text[3000];
    const tally_accumulator weights = TALLY_ACCUMULATOR_INIT;
    double f64;
    int64_t i64;
    size_t needed;
    const tally_status statuses[] = {
        tally_product_accumulator_count(state, &i64),
        tally_product_accumulator_value_f64(state, &f64),
        tally_product_accumulator_value_i64(state, &i64),
        tally_product_accumulator_mean_f64(state, &f64),
        tally_product_accumulator_weighted_mean_f64(state, &weights, &f64),
        tally_product_accumulator_error_f64(state, 1e300, &f64),
        tally_product_accumulator_value_text(state, -1, text, sizeof text,
                                             &needed),
        tally_product_accumulator_save(state, bytes, sizeof bytes, &needed),
    };
    return SUCCEEDED(statuses);
}

/* Written by hand from docs/saved-format.md. */
static void the_saved_bytes_are_as_specified(void) {
    static const unsigned char nothing[48] = {'T', 'A', 'L', 'Y', 1, 2};
    static unsigned char bytes[SAVED_MAX];
    CHECK_SIZE(save(&empty, bytes), sizeof nothing);
    CHECK_BYTES(bytes, nothing, sizeof nothing);

    /* 1.0 is bit 2148 = 33 * 64 + 36. */
    static const unsigned char one[56] = {
        'T', 'A', 'L', 'Y', 1, 2, 33, 1, 1, [48 + 4] = 1 << 4};
    STATE state = empty;
    CHECK_OK(add_one(&state, 2.0, 0.5));
    CHECK_SIZE(save(&state, bytes), sizeof one);
    CHECK_BYTES(bytes, one, sizeof one);

    /* The least product is bit 0; taken out, it is -1. */
    unsigned char least[56] = {'T', 'A', 'L', 'Y', 1, 2, 0, 1};
    memset(least + 8, 0xff, 8);
    memset(least + 48, 0xff, 8);
    state = empty;
    CHECK_OK(subtract_one(&state, 0x1p-1074, 0x1p-1074));
    CHECK_SIZE(save(&state, bytes), sizeof least);
    CHECK_BYTES(bytes, least, sizeof least);

    /* The counters: all, -0.0, NaN, +inf, -inf. */
    static const unsigned char special[48] = {
        'T', 'A', 'L',      'Y',      1,        2,       0,
        0,   8,   [16] = 2, [24] = 3, [32] = 2, [40] = 1};
    static const double a[] = {-0.0, 0.0, NAN,      INFINITY,
                               1.0,  2.0, INFINITY, -INFINITY};
    static const double b[] = {1.0, -1.0, 1.0, 0.0, -NAN, INFINITY, 2.0, 3.0};
    state = empty;
    CHECK_OK(add(&state, a, b, 8));
    CHECK_SIZE(save(&state, bytes), sizeof special);
    CHECK_BYTES(bytes, special, sizeof special);
}

int main(void) {
    the_saved_bytes_are_as_specified();
    keeps_the_promises_of_every_state();
    return finish();
}
