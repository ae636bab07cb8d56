/* The state of moments: what every state promises, and what its own bytes are.
 */
#define STATE tally_moments
#define FUNCTION(verb) tally_moments_##verb
#define NAME(verb) "tally_moments_" #verb
#define INITIAL TALLY_MOMENTS_INIT
#define SIZE 856
#define SAVED_MAX TALLY_MOMENTS_SAVED_MAX
#define COUNT_AT 34
/* DBL_MAX is just below 2^2098 units, and the 34 limbs of the sum, which is
 * full before the squares are, reach 2^2175. */
#define DOUBLINGS 77
#define TAKES_DOUBLES
#include "state_kind.h"

static int ask(const STATE *state) {
    static unsigned char bytes[SAVED_MAX];
    const tally_product_accumulator products = {{[67] = COUNT}};
    double f64;
    int64_t i64;
    size_t needed;
    const tally_status statuses[] = {
        tally_moments_count(state, &i64),
        tally_moments_sum_f64(state, &f64),
        tally_moments_mean_f64(state, &f64),
        tally_moments_variance_f64(state, 0, &f64),
        tally_moments_standard_deviation_f64(state, 1, &f64),
        tally_moments_norm_f64(state, &f64),
        tally_moments_covariance_f64(state, state, &products, 0, &f64),
        tally_moments_correlation_f64(state, state, &products, &f64),
        tally_moments_save(state, bytes, sizeof bytes, &needed),
    };
    return SUCCEEDED(statuses);
}

/* Written by hand from docs/saved-format.md: as an accumulator, then the place
 * of the squares' limbs, and those. */
static void the_saved_bytes_are_as_specified(void) {
    static const unsigned char nothing[56] = {'T', 'A', 'L', 'Y', 1, 3};
    static unsigned char bytes[SAVED_MAX];
    CHECK_SIZE(save(&empty, bytes), sizeof nothing);
    CHECK_BYTES(bytes, nothing, sizeof nothing);

    /* -2.0 is bit 1075 = 16 * 64 + 51, its square bit 2150 = 33 * 64 + 38. */
    static const unsigned char two[72] = {'T',
                                          'A',
                                          'L',
                                          'Y',
                                          1,
                                          3,
                                          16,
                                          1,
                                          1,
                                          [48 + 6] = 0xf8,
                                          [48 + 7] = 0xff,
                                          [56] = 33,
                                          [57] = 1,
                                          [64 + 4] = 1 << 6};
    STATE state = empty;
    CHECK_OK(add_one(&state, -2.0, 0));
    CHECK_SIZE(save(&state, bytes), sizeof two);
    CHECK_BYTES(bytes, two, sizeof two);

    /* The sum may be zero where the squares are not. */
    static const unsigned char both[64] = {
        'T', 'A', 'L', 'Y',       1,        3,
        0,   0,   2,   [48] = 33, [49] = 1, [56 + 4] = 1 << 7};
    CHECK_OK(add_one(&state, 2.0, 0));
    CHECK_SIZE(save(&state, bytes), sizeof both);
    CHECK_BYTES(bytes, both, sizeof both);

    /* A place with more than a place in it, limbs past the last one, and a
     * first limb of none. */
    static const struct {
        size_t at;
        unsigned char byte;
    } wrong[] = {{50, 1}, {55, 0x80}, {48, 67}, {49, 0}, {49, 2}, {49, 68}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memcpy(bytes, both, sizeof both);
        bytes[wrong[i].at] = wrong[i].byte;
        CHECK(!load(bytes, sizeof both));
    }
    memcpy(bytes, both, sizeof both);
    bytes[49] = 0;
    CHECK(!load(bytes, 56));
    /* A zero limb at either end of the squares. */
    bytes[49] = 2;
    memset(bytes + 64, 0, 8);
    CHECK(!load(bytes, 72));
    memmove(bytes + 64, bytes + 56, 8);
    memset(bytes + 56, 0, 8);
    CHECK(!load(bytes, 72));
}

/* Each within its range, though there is no such count of both together. */
static void infinities_of_both_signs_are_counted_apart(void) {
    STATE state = empty, copy = empty;
    unsigned char bytes[SAVED_MAX];
    state.opaque[COUNT_AT + 3] = INT64_MAX;
    state.opaque[COUNT_AT + 4] = INT64_MAX;
    STATE before = state;
    CHECK_OK(FUNCTION(merge)(&state, &empty));
    SAME(&state, &before);
    size_t size = save(&state, bytes);
    CHECK_OK(FUNCTION(load)(bytes, size, &copy));
    SAME(&copy, &state);
    CHECK_OK(add_one(&state, 1.0, 0));
    CHECK_OK(subtract_one(&state, 1.0, 0));
    CHECK_OK(subtract_one(&state, INFINITY, 0));
    CHECK_OK(add_one(&state, INFINITY, 0));
    SAME(&state, &before);
    CHECK_REFUSED(add_one(&state, INFINITY, 0), TALLY_OVERFLOW,
                  NAME(add_one_f64));
    SAME(&state, &before);
}

int main(void) {
    the_saved_bytes_are_as_specified();
    infinities_of_both_signs_are_counted_apart();
    keeps_the_promises_of_every_state();
    return finish();
}
