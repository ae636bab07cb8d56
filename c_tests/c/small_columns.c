/*
 * Columns into small accumulators: of each type and with gaps, taken out again,
 * too wide, and into one that has grown. The expected totals are integers.
 */
#include <math.h>

#include "../check.h"

typedef tally_small_accumulator small;
static const small empty = TALLY_SMALL_ACCUMULATOR_INIT;

static void check_whole(const small *sum, int64_t whole, int64_t count) {
    int64_t total, counted;
    CHECK_OK(tally_small_accumulator_value_i64(sum, &total));
    CHECK_INT(total, whole);
    CHECK_OK(tally_small_accumulator_count(sum, &counted));
    CHECK_INT(counted, count);
}

static void columns_of_each_type(void) {
    static const double f64[] = {3, 5, -1};
    static const float f32[] = {3, 5, -1};
    static const uint16_t f16[] = {0x4200, 0x4500, 0xbc00};
    static const uint16_t bf16[] = {0x4040, 0x40a0, 0xbf80};
    static const int8_t i8[] = {3, 5, -1};
    static const int16_t i16[] = {3, 5, -1};
    static const int32_t i32[] = {3, 5, -1};
    static const int64_t i64[] = {3, 5, -1};
    static const uint8_t u8[] = {3, 4, 0};
    static const uint16_t u16[] = {3, 4, 0};
    static const uint32_t u32[] = {3, 4, 0};
    static const uint64_t u64[] = {3, 4, 0};
    static const uint8_t bits[] = {0x05}, bytes[] = {0, 1, 1};
#define COLUMN(type, values) TALLY_COLUMN_INIT(type, values, 3)
    tally_column columns[] = {
        COLUMN(TALLY_F64, f64), COLUMN(TALLY_F32, f32),
        COLUMN(TALLY_F16, f16), COLUMN(TALLY_BF16, bf16),
        COLUMN(TALLY_I8, i8),   COLUMN(TALLY_I16, i16),
        COLUMN(TALLY_I32, i32), COLUMN(TALLY_I64, i64),
        COLUMN(TALLY_U8, u8),   COLUMN(TALLY_U16, u16),
        COLUMN(TALLY_U32, u32), COLUMN(TALLY_U64, u64),
    };
    small sum = empty;
    int64_t whole = 0, count = 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const bool is_unsigned = columns[i].type >= TALLY_U8;
        CHECK_OK(tally_small_accumulator_add(&sum, &columns[i]));
        check_whole(&sum, whole += 7, count += 3);
        /* 3 and the last one, by bits; all but 3, by bytes. */
        columns[i].validity = bits;
        CHECK_OK(tally_small_accumulator_add(&sum, &columns[i]));
        check_whole(&sum, whole += is_unsigned ? 3 : 2, count += 2);
        columns[i].validity = bytes;
        columns[i].flags = TALLY_BYTE_MASK;
        CHECK_OK(tally_small_accumulator_subtract(&sum, &columns[i]));
        check_whole(&sum, whole -= 4, count -= 2);
    }
    static const uint8_t truths[] = {2, 0, 1};
    CHECK_OK(tally_small_accumulator_add(&sum,
                                         &TALLY_COLUMN(TALLY_BOOL, truths, 3)));
    check_whole(&sum, whole + 2, count + 3);
    static const double gaps[] = {NAN, 3, NAN};
    tally_column column = TALLY_COLUMN(TALLY_F64, gaps, 3);
    column.flags = TALLY_SKIP_NAN;
    CHECK_OK(tally_small_accumulator_add(&sum, &column));
    check_whole(&sum, whole + 5, count + 4);
    CHECK_OK(
        tally_small_accumulator_add(&sum, &TALLY_COLUMN(TALLY_F64, NULL, 0)));
    check_whole(&sum, whole + 5, count + 4);
    /* Integers that no double is. */
    static const int64_t large[] = {INT64_MAX, INT64_MIN + 2, 1};
    small exact = empty;
    CHECK_OK(tally_small_accumulator_add(&exact,
                                         &TALLY_COLUMN(TALLY_I64, large, 3)));
    check_whole(&exact, 2, 3);
}

static void what_does_not_fit(void) {
    static const double wide[] = {1e300, 1, -1e300, 1e300};
    const tally_column all = TALLY_COLUMN_INIT(TALLY_F64, wide, 4);
    const tally_column three = TALLY_COLUMN_INIT(TALLY_F64, wide, 3);
    const tally_column last = TALLY_COLUMN_INIT(TALLY_F64, wide + 3, 1);
    small sum = empty;
    /* The result is what has to fit. */
    CHECK_OK(tally_small_accumulator_add(&sum, &three));
    check_whole(&sum, 1, 3);
    const small before = sum;
    CHECK_REFUSED(tally_small_accumulator_add(&sum, &all), TALLY_TOO_SMALL,
                  "tally_small_accumulator_add");
    CHECK_TEXT(tally_last_message(), "into: the total does not fit in a small "
                                     "accumulator: expand or grow it");
    CHECK_REFUSED(tally_small_accumulator_subtract(&sum, &last),
                  TALLY_TOO_SMALL, "tally_small_accumulator_subtract");
    CHECK_BYTES(&sum, &before, sizeof sum);
    tally_accumulator room;
    CHECK_OK(tally_small_accumulator_grow(&sum, &room));
    CHECK_OK(tally_small_accumulator_add(&sum, &all));
    CHECK_OK(tally_small_accumulator_subtract(&sum, &last));
    check_whole(&sum, 2, 6);
    int64_t count;
    CHECK_OK(tally_accumulator_count(&room, &count));
    CHECK_INT(count, 6);
}

int main(void) {
    columns_of_each_type();
    what_does_not_fit();
    return finish();
}
