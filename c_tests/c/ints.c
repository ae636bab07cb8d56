/* The classic functions on int: the nearest int, and the error that says so. */
#include <limits.h>

#include "../check.h"

static void check_double_of(int x) {
    long long exact = 2LL * x;
    long long nearest = exact > INT_MAX   ? INT_MAX
                        : exact < INT_MIN ? INT_MIN
                                          : exact;
    CHECK_INT(rust_function(x), nearest);
    if (nearest == exact) {
        CHECK_RECORD(TALLY_OK, "");
    } else {
        CHECK_RECORD(TALLY_OVERFLOW, "rust_function");
    }
}

static void doubling_gives_the_nearest_int(void) {
    static const int cases[] = {0,
                                1,
                                -1,
                                21,
                                INT_MAX / 2,
                                INT_MIN / 2,
                                INT_MAX / 2 + 1,
                                INT_MIN / 2 - 1,
                                INT_MAX,
                                INT_MIN};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_double_of(cases[i]);
    }
    uint64_t seed = 1;
    for (int i = 0; i < 10000; i++) {
        check_double_of((int)(uint32_t)random_word(&seed));
    }
}

static void sums_are_exact_or_the_nearest_int(void) {
    uint64_t seed = 2;
    int over = 0, within = 0;
    for (int round = 0; round < 5000; round++) {
        int values[64];
        int length = (int)(random_word(&seed) % 65);
        long long exact = 0;
        for (int i = 0; i < length; i++) {
            values[i] = (int)(uint32_t)random_word(&seed);
            exact += values[i];
        }
        int got = sum_array(values, length);
        if (exact > INT_MAX || exact < INT_MIN) {
            over++;
            CHECK_INT(got, exact > 0 ? INT_MAX : INT_MIN);
            CHECK_RECORD(TALLY_OVERFLOW, "sum_array");
        } else {
            within++;
            CHECK_INT(got, exact);
            CHECK_RECORD(TALLY_OK, "");
        }
    }
    CHECK(over > 100 && within > 100);
}

static void totals_on_the_way_do_not_matter(void) {
    static const int values[] = {INT_MAX, INT_MAX, INT_MIN, INT_MIN, 7};
    CHECK_INT(sum_array(values, 5), 5);
    CHECK_RECORD(TALLY_OK, "");
}

static void any_alignment_will_do(void) {
    char bytes[4 * sizeof(int)];
    int values[3] = {1, 20, 300};
    for (size_t offset = 0; offset < sizeof(int); offset++) {
        memcpy(bytes + offset, values, sizeof values);
        CHECK_INT(sum_array((const int *)(void *)(bytes + offset), 3), 321);
    }
}

static void nothing_is_zero(void) {
    int one = 1;
    CHECK_INT(sum_array(&one, 0), 0);
    CHECK_INT(sum_array(NULL, 0), 0);
    CHECK_RECORD(TALLY_OK, "");
}

int main(void) {
    doubling_gives_the_nearest_int();
    sums_are_exact_or_the_nearest_int();
    totals_on_the_way_do_not_matter();
    any_alignment_will_do();
    nothing_is_zero();
    return finish();
}
