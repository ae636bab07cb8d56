/* Groups: every statistic by every type of id, against plain loops over small
 * integers, which lose nothing. */
#include <math.h>

#include "../check.h"

enum { MOST = 3000, GROUPS = 100 };

static const tally_type id_types[] = {TALLY_I8,  TALLY_I16, TALLY_I32,
                                      TALLY_I64, TALLY_U8,  TALLY_U16,
                                      TALLY_U32, TALLY_U64};

static void store_id(unsigned char *to, tally_type type, uint64_t id) {
    switch (TALLY_TYPE_SIZE(type)) {
    case 1: {
        uint8_t value = (uint8_t)id;
        memcpy(to, &value, sizeof value);
        break;
    }
    case 2: {
        uint16_t value = (uint16_t)id;
        memcpy(to, &value, sizeof value);
        break;
    }
    case 4: {
        uint32_t value = (uint32_t)id;
        memcpy(to, &value, sizeof value);
        break;
    }
    default:
        memcpy(to, &id, sizeof id);
    }
}

/* A place for results at any alignment. */
static unsigned char results_at[8 * GROUPS + 8];

static double result_of(size_t group, int shift) {
    double result;
    memcpy(&result, results_at + shift + 8 * group, sizeof result);
    return result;
}

/* Sums of integers up to 1000, their squares and counts, by group. */
static void groups_are_those_of_a_plain_loop(uint64_t *seed) {
    static unsigned char ids[17 * MOST];
    static double values[MOST];
    static uint8_t bits[MOST / 8 + 9], bytes[MOST];
    for (int round = 0; round < 400; round++) {
        tally_type type =
            id_types[round % (int)(sizeof id_types / sizeof *id_types)];
        size_t count = (size_t)(random_word(seed) % MOST);
        size_t groups = 1 + (size_t)(random_word(seed) % GROUPS);
        ptrdiff_t size = TALLY_TYPE_SIZE(type);
        ptrdiff_t stride = size * (ptrdiff_t[]){1, 1, 2, -1}[round / 8 % 4] +
                           (round / 8 % 4 == 2 ? 1 : 0);
        unsigned char *first = stride < 0 ? ids + 8 * MOST : ids;
        tally_column values_column = TALLY_COLUMN(TALLY_F64, values, count);
        tally_column ids_column = TALLY_COLUMN(type, first, count);
        ids_column.stride = stride;
        bool skip_nan = round % 3 == 0, masked = round % 4 == 1;
        values_column.flags = skip_nan ? TALLY_SKIP_NAN : 0;
        if (masked) {
            ids_column.validity = bits;
            ids_column.offset = 3;
            values_column.validity = bytes;
            values_column.flags |= TALLY_BYTE_MASK;
        }
        int64_t sums[GROUPS] = {0}, squares[GROUPS] = {0};
        size_t counts[GROUPS] = {0};
        memset(bits, 0, sizeof bits);
        for (size_t row = 0; row < count; row++) {
            uint64_t id = random_word(seed) % groups;
            int value = (int)(random_word(seed) % 2001) - 1000;
            bool is_nan = skip_nan && random_word(seed) % 7 == 0;
            bool has_id = !masked || random_word(seed) % 5 != 0;
            bytes[row] = (uint8_t)(random_word(seed) % 4);
            bits[(row + 3) / 8] |= (uint8_t)(has_id << (row + 3) % 8);
            store_id(first + stride * (ptrdiff_t)row, type,
                     has_id ? id : UINT64_MAX);
            values[row] = is_nan ? NAN : value;
            if (!has_id || is_nan || (masked && bytes[row] == 0))
                continue;
            sums[id] += value;
            squares[id] += (int64_t)value * value;
            counts[id]++;
        }
        int shift = round % 8;
        for (tally_statistic what = TALLY_SUM; what <= TALLY_COUNT; what++) {
            memset(results_at, 0xff, sizeof results_at);
            CHECK_OK(tally_group_parallel(
                &values_column, &ids_column, groups, what, 1,
                (size_t)(round % 3), (double *)(void *)(results_at + shift)));
            for (size_t group = 0; group < groups; group++) {
                double n = (double)counts[group], sum = (double)sums[group];
                double square = (double)squares[group];
                double spread = (n * square - sum * sum) / (n * (n - 1));
                double found = result_of(group, shift);
                switch (what) {
                case TALLY_SUM:
                    CHECK_DOUBLE(found, sum);
                    break;
                case TALLY_MEAN:
                    CHECK(n == 0 ? isnan(found) : found == sum / n);
                    break;
                case TALLY_VARIANCE:
                    /* Two integers below 2^53. */
                    CHECK(n < 2 ? isnan(found) : found == spread);
                    break;
                case TALLY_STANDARD_DEVIATION:
                    CHECK(n < 2 ? isnan(found)
                                : fabs(found - sqrt(spread)) <=
                                      1e-15 * sqrt(spread));
                    break;
                case TALLY_NORM:
                    CHECK_DOUBLE(found, sqrt(square));
                    break;
                default:
                    CHECK_DOUBLE(found, n);
                }
            }
        }
    }
}

static void one_group_does_not_change_another(void) {
    const double values[] = {1e308, 1e308, INFINITY, 1,      NAN,
                             2,     -0.0,  -0.0,     -1e308, -1e308,
                             0.1,   0.2,   0.3,      5e-324, 1};
    const int16_t ids[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6};
    const double sums[] = {INFINITY, INFINITY, NAN, -0.0, -INFINITY, 0.6, 1, 0};
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 15);
    tally_column groups = TALLY_COLUMN(TALLY_I16, ids, 15);
    double results[8];
    CHECK_OK(tally_group(&column, &groups, 8, TALLY_SUM, 0, results));
    for (int group = 0; group < 8; group++) {
        if (isnan(sums[group]))
            CHECK(isnan(results[group]) && !signbit(results[group]));
        else
            CHECK_DOUBLE(results[group], sums[group]);
    }
    CHECK(signbit(results[3]) && !signbit(results[7]));
    CHECK_OK(tally_group(&column, &groups, 8, TALLY_MEAN, 0, results));
    CHECK_DOUBLE(results[0], 1e308);
    CHECK_DOUBLE(results[4], -1e308);
    CHECK_DOUBLE(results[5], 0.2);
    CHECK(isnan(results[7]));
}

static void sums_of_integers_are_exact_or_at_an_end(void) {
    const int64_t values[] = {INT64_MAX, INT64_MIN, 5, INT64_MAX,
                              1,         INT64_MIN, -1};
    const uint8_t ids[] = {0, 0, 0, 1, 1, 2, 2};
    tally_column column = TALLY_COLUMN(TALLY_I64, values, 7);
    tally_column groups = TALLY_COLUMN(TALLY_U8, ids, 7);
    int64_t results[4];
    size_t overflowed = 77;
    CHECK_REFUSED(
        tally_group_sum_i64(&column, &groups, 4, results, &overflowed),
        TALLY_OVERFLOW, "tally_group_sum_i64");
    CHECK_TEXT(tally_last_message(),
               "the sums of 2 groups are outside the range of int64_t");
    CHECK_SIZE(overflowed, 2);
    CHECK_INT(results[0], 4);
    CHECK(results[1] == INT64_MAX && results[2] == INT64_MIN);
    CHECK_INT(results[3], 0);
    column.count = groups.count = 3;
    CHECK_OK(tally_group_sum_i64(&column, &groups, 4, results, &overflowed));
    CHECK_SIZE(overflowed, 0);
    CHECK_INT(results[1], 0);
}

static void what_is_wrong_is_named(void) {
    const double values[] = {1, 2, 4};
    const int32_t ids[] = {0, 7, -1};
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 3);
    tally_column groups = TALLY_COLUMN(TALLY_I32, ids, 3);
    double results[8] = {-7};
    CHECK_REFUSED(tally_group(&column, &groups, 8, TALLY_SUM, 0, results),
                  TALLY_INVALID, "tally_group");
    CHECK_TEXT(tally_last_message(),
               "groups: the id in row 2 is not from 0 to group_count - 1");
    CHECK_REFUSED(tally_group(&column, &groups, 7, TALLY_SUM, 0, results),
                  TALLY_INVALID, "tally_group");
    CHECK_TEXT(tally_last_message(),
               "groups: the id in row 1 is not from 0 to group_count - 1");
    groups.count = column.count = 1;
#if SIZE_MAX > UINT32_MAX
    /* More than there is memory for, apart from the columns. */
    double *far = (double *)(UINTPTR_MAX / 2);
    CHECK_REFUSED(
        tally_group(&column, &groups, SIZE_MAX / 64, TALLY_SUM, 0, far),
        TALLY_MEMORY, "tally_group");
    CHECK_REFUSED(
        tally_group(&column, &groups, SIZE_MAX / 64, TALLY_VARIANCE, 0, far),
        TALLY_MEMORY, "tally_group");
#endif
    CHECK_DOUBLE(results[0], -7);
    /* Over the values, and over the ids. */
    double places[4] = {1, 2, 4, 8};
    const uint64_t numbers[] = {0, 1, 0, 1};
    tally_column own = TALLY_COLUMN(TALLY_F64, places, 4);
    tally_column own_ids = TALLY_COLUMN(TALLY_U64, numbers, 4);
    CHECK_REFUSED(tally_group(&own, &own_ids, 2, TALLY_SUM, 0, places + 3),
                  TALLY_INVALID, "tally_group");
    CHECK_TEXT(tally_last_message(), "results overlaps values");
    CHECK_DOUBLE(places[3], 8);
    int64_t integers[4] = {0, 1, 0, 1};
    own_ids.values = integers;
    CHECK_REFUSED(
        tally_group_sum_i64(&own_ids, &own_ids, 1, integers + 3, NULL),
        TALLY_INVALID, "tally_group_sum_i64");
    CHECK_REFUSED(tally_group_parallel(&own, &own_ids, 2, TALLY_SUM, 0, 0,
                                       (double *)integers),
                  TALLY_INVALID, "tally_group_parallel");
    CHECK_TEXT(tally_last_message(), "results overlaps groups");
    /* Nothing in no groups. */
    groups.count = column.count = 0;
    CHECK_OK(tally_group(&column, &groups, 0, TALLY_SUM, 0, NULL));
    CHECK_OK(tally_group(&column, &groups, 1, TALLY_MEAN, 0, results));
    CHECK(isnan(results[0]));
}

int main(void) {
    uint64_t seed = 20261129;
    groups_are_those_of_a_plain_loop(&seed);
    one_group_does_not_change_another();
    sums_of_integers_are_exact_or_at_an_end();
    what_is_wrong_is_named();
    return finish();
}
