/* Rows of bad_arguments.c: states. */

STATE_ROWS(accumulator, acc, moments)
STATE_ROWS(product_accumulator, acc, accumulator)
STATE_ROWS(moments, moments, accumulator)
STATE_ROWS(decimal, dec, accumulator)

/* Adding and subtracting. */
ELEMENTS(ELEMENT_ROWS, accumulator)
CHANGE_ROWS(tally_accumulator_add_one_f64, into, accumulator, 1.5)
CHANGE_ROWS(tally_accumulator_subtract_one_f64, into, accumulator, 1.5)
TEXT_ROWS(tally_accumulator_add_text, accumulator)

TAKE_PAIR_ROWS(tally_product_accumulator_add_f64, product_accumulator, doubles,
               other_doubles, ())
TAKE_PAIR_ROWS(tally_product_accumulator_subtract_f64, product_accumulator,
               doubles, other_doubles, ())
CHANGE_ROWS(tally_product_accumulator_add_one_f64, into, product_accumulator,
            1.5, 2.5)
CHANGE_ROWS(tally_product_accumulator_subtract_one_f64, into,
            product_accumulator, 1.5, 2.5)

ELEMENTS(ELEMENT_ROWS, moments)
CHANGE_ROWS(tally_moments_add_one_f64, into, moments, 1.5)
CHANGE_ROWS(tally_moments_subtract_one_f64, into, moments, 1.5)
TEXT_ROWS(tally_moments_add_text, moments)

/* One number, short and long, in a text. */
#define FIELD_ROWS(function)                                                   \
    CHANGE_ROWS(function, into, decimal, "1", 1)                               \
    ROW(function, into, "NULL, for a long one", TALLY_NULL,                    \
        function(NULL, "1e3", 3))                                              \
    ROW(function, into, "damaged, for a long one", TALLY_INVALID,              \
        function(&out.damaged_decimal, "1e3", 3))                              \
    ROW(function, text, "NULL", TALLY_NULL, function(&out.decimal, NULL, 1))   \
    ROW(function, text, "NULL of nothing", TALLY_PARSE,                        \
        function(&out.decimal, NULL, 0))                                       \
    ROW(function, text, "no number", TALLY_PARSE,                              \
        function(&out.decimal, "1x", 2))                                       \
    ROW(function, text, "not finite", TALLY_PARSE,                             \
        function(&out.decimal, "inf", 3))                                      \
    ROW(function, text, "out of range", TALLY_OVERFLOW,                        \
        function(&out.decimal, "1e400", 5))                                    \
    ROW(function, size, "0", TALLY_PARSE, function(&out.decimal, "1", 0))      \
    ROW(function, size, "negative", TALLY_INVALID,                             \
        function(&out.decimal, "1", SIZE_MAX))

#define DECIMAL_ROWS(verb)                                                     \
    TEXT_ROWS(tally_decimal_##verb##_text, decimal)                            \
    TAKE_ROWS(tally_decimal_##verb##_scaled, decimal, int64s, (, 2))           \
    ROW(tally_decimal_##verb##_scaled, into, "damaged, one value",             \
        TALLY_INVALID,                                                         \
        tally_decimal_##verb##_scaled(&out.damaged_decimal, int64s, 1, 2))     \
    TAKE_ROWS(tally_decimal_##verb##_scaled_i128, decimal, int128s, (, 2))     \
    ROW(tally_decimal_##verb##_scaled_i128, into, "damaged, one value",        \
        TALLY_INVALID,                                                         \
        tally_decimal_##verb##_scaled_i128(&out.damaged_decimal, int128s, 1,   \
                                           2))                                 \
    TAKE_ROWS(tally_decimal_##verb##_f64, decimal, doubles, ())                \
    CHANGE_ROWS(tally_decimal_##verb##_one_f64, into, decimal, 1.5)            \
    ROW(tally_decimal_##verb##_one_f64, into, "NULL, for a long one",          \
        TALLY_NULL, tally_decimal_##verb##_one_f64(NULL, 1.0 / 3))             \
    TAKE_PAIR_ROWS(tally_decimal_##verb##_products, decimal, int64s, int64s,   \
                   (, 2, 3))                                                   \
    TAKE_PAIR_ROWS(tally_decimal_##verb##_products_f64, decimal, doubles,      \
                   other_doubles, ())                                          \
    FIELD_ROWS(tally_decimal_##verb##_one_text)
DECIMAL_ROWS(add)
DECIMAL_ROWS(subtract)
#undef DECIMAL_ROWS
#undef FIELD_ROWS

/* What they hold. The totals of good ones are 0.75, and 0.06 of the decimal:
 * 4 bytes and a NUL. */
ASK_ROWS(tally_accumulator_value_f64, acc, accumulator, (), total, &out.f64)
ASK_ROWS(tally_accumulator_value_f32, acc, accumulator, (), total, &out.f32)
ASK_ROWS(tally_accumulator_value_i64, acc, accumulator, (), total, &out.i64)
ASK_ROWS(tally_accumulator_value_u64, acc, accumulator, (), total, &out.u64)
READ_ROWS(tally_accumulator_value_i128, acc, accumulator, &out.i64, &out.u64)
ROW(tally_accumulator_value_i128, acc, "no integer", TALLY_INVALID,
    tally_accumulator_value_i128(&good_accumulator, &out.i64, &out.u64))
ROW(tally_accumulator_value_i128, high, "NULL", TALLY_NULL,
    tally_accumulator_value_i128(&empty, NULL, &out.u64))
ROW(tally_accumulator_value_i128, low, "NULL", TALLY_NULL,
    tally_accumulator_value_i128(&empty, &out.i64, NULL))
ASK_ROWS(tally_accumulator_mean_f64, acc, accumulator, (), mean, &out.f64)
ASK_ROWS(tally_accumulator_error_f64, acc, accumulator, (1.5, ), ulps, &out.f64)
VALUE_TEXT_ROWS(tally_accumulator_value_text, acc, accumulator, -1, 1074, -1,
                (), 4)

ASK_ROWS(tally_product_accumulator_value_f64, acc, product_accumulator, (),
         total, &out.f64)
ASK_ROWS(tally_product_accumulator_value_i64, acc, product_accumulator, (),
         total, &out.i64)
ASK_ROWS(tally_product_accumulator_mean_f64, acc, product_accumulator, (), mean,
         &out.f64)
ASK_ROWS(tally_product_accumulator_error_f64, acc, product_accumulator, (1.5, ),
         ulps, &out.f64)
VALUE_TEXT_ROWS(tally_product_accumulator_value_text, acc, product_accumulator,
                -1, 2148, -1, (), 4)
ASK_ROWS(tally_product_accumulator_weighted_mean_f64, acc, product_accumulator,
         (&good_accumulator, ), mean, &out.f64)
#define WEIGHTS_ROW(what, expected, state)                                     \
    ROW(tally_product_accumulator_weighted_mean_f64, weights, what, expected,  \
        tally_product_accumulator_weighted_mean_f64(&good_product_accumulator, \
                                                    state, &out.f64))
WEIGHTS_ROW("NULL", TALLY_NULL, NULL)
WEIGHTS_ROW("damaged", TALLY_INVALID, &damaged_accumulator)
WEIGHTS_ROW("failed before", TALLY_INVALID, &failed_accumulator)
WEIGHTS_ROW("of another count", TALLY_INVALID, &empty)
#undef WEIGHTS_ROW

ASK_ROWS(tally_moments_sum_f64, moments, moments, (), sum, &out.f64)
ASK_ROWS(tally_moments_mean_f64, moments, moments, (), mean, &out.f64)
ASK_ROWS(tally_moments_norm_f64, moments, moments, (), norm, &out.f64)
ASK_ROWS(tally_moments_variance_f64, moments, moments, (1, ), variance,
         &out.f64)
DDOF_ROWS(tally_moments_variance_f64, (&good_moments))
ASK_ROWS(tally_moments_standard_deviation_f64, moments, moments, (1, ),
         deviation, &out.f64)
DDOF_ROWS(tally_moments_standard_deviation_f64, (&good_moments))

/* Two moments and the products of their values, one of them bad. */
#define ONE_OF_THREE_ROWS(function, what, expected, one, pairs, given)         \
    ROW(function, x, what, expected,                                           \
        function(one, &good_moments, &good_product_accumulator,                \
                 LIST given &out.f64))                                         \
    ROW(function, y, what, expected,                                           \
        function(&good_moments, one, &good_product_accumulator,                \
                 LIST given &out.f64))                                         \
    ROW(function, products, what, expected,                                    \
        function(&good_moments, &good_moments, pairs, LIST given &out.f64))
#define THREE_ROWS(function, given, result)                                    \
    ONE_OF_THREE_ROWS(function, "NULL", TALLY_NULL, NULL, NULL, given)         \
    ONE_OF_THREE_ROWS(function, "damaged", TALLY_INVALID, &damaged_moments,    \
                      &damaged_product_accumulator, given)                     \
    ONE_OF_THREE_ROWS(function, "failed before", TALLY_INVALID,                \
                      &failed_moments, &failed_product_accumulator, given)     \
    ONE_OF_THREE_ROWS(function, "of another count", TALLY_INVALID,             \
                      &no_moments, &no_products, given)                        \
    ROW(function, result, "NULL", TALLY_NULL,                                  \
        function(&good_moments, &good_moments, &good_product_accumulator,      \
                 LIST given NULL))
THREE_ROWS(tally_moments_covariance_f64, (1, ), covariance)
DDOF_ROWS(tally_moments_covariance_f64,
          (&good_moments, &good_moments, &good_product_accumulator))
THREE_ROWS(tally_moments_correlation_f64, (), correlation)
#undef ONE_OF_THREE_ROWS
#undef THREE_ROWS

ASK_ROWS(tally_decimal_value_f64, dec, decimal, (), total, &out.f64)
VALUE_TEXT_ROWS(tally_decimal_value_text, dec, decimal, -2, 342, 2, (), 4)
VALUE_TEXT_ROWS(tally_decimal_mean_text, dec, decimal, 0, 342, 2, (), 4)
ROW(tally_decimal_mean_text, fraction_digits, "as written", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, TALLY_DECIMAL_AS_WRITTEN, out.text,
                            8, &out.size))
#define ROUNDED_ROWS(function, least)                                          \
    VALUE_TEXT_ROWS(function, dec, decimal, least, 342, 2, (TALLY_ROUND_UP, ), \
                    4)                                                         \
    ROUNDING_ROW(function, "0", 0)                                             \
    ROUNDING_ROW(function, "one too many", TALLY_ROUND_FLOOR + 1)              \
    ROUNDING_ROW(function, "most negative", INT32_MIN)
#define ROUNDING_ROW(function, what, number)                                   \
    ROW(function, rounding, what, TALLY_INVALID,                               \
        function(&good_decimal, 2, (tally_rounding)(number), out.text, 8,      \
                 &out.size))
ROUNDED_ROWS(tally_decimal_value_text_rounded, -2)
ROUNDED_ROWS(tally_decimal_mean_text_rounded, 0)
#undef ROUNDED_ROWS
#undef ROUNDING_ROW
READ_ROWS(tally_decimal_compare, a, decimal, &good_decimal, out.results)
ROW(tally_decimal_compare, b, "NULL", TALLY_NULL,
    tally_decimal_compare(&good_decimal, NULL, out.results))
ROW(tally_decimal_compare, b, "damaged", TALLY_INVALID,
    tally_decimal_compare(&good_decimal, &damaged_decimal, out.results))
ROW(tally_decimal_compare, b, "failed before", TALLY_INVALID,
    tally_decimal_compare(&good_decimal, &failed_decimal, out.results))
ROW(tally_decimal_compare, order, "NULL", TALLY_NULL,
    tally_decimal_compare(&good_decimal, &good_decimal, NULL))

/* Ways into an accumulator of its own. */
CHANGE_ROWS(tally_accumulator_add_f64_strided, into, accumulator, doubles,
            GIVEN, 8)
ROW(tally_accumulator_add_f64_strided, first, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_strided(&out.accumulator, NULL, GIVEN, 8))
ROW(tally_accumulator_add_f64_strided, first, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.accumulator, NULL, 0, 8))
ROW(tally_accumulator_add_f64_strided, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, TOO_MANY, 8))
ROW(tally_accumulator_add_f64_strided, count, "negative", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, SIZE_MAX, 1))
ROW(tally_accumulator_add_f64_strided, stride, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, 2,
                                      PTRDIFF_MAX))
ROW(tally_accumulator_add_f64_strided, stride, "too far below", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, 2,
                                      PTRDIFF_MIN))
ROW(tally_accumulator_add_f64_strided, stride, "over the end of memory",
    TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.accumulator, (const void *)16, GIVEN,
                                      -16))
ROW(tally_accumulator_add_f64_strided, stride, "any, for nothing", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, 0,
                                      PTRDIFF_MIN))
ROW(tally_accumulator_add_f64_strided, stride, "any, for one", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.accumulator, doubles, 1,
                                      PTRDIFF_MIN))

CHANGE_ROWS(tally_accumulator_add_f64_masked, into, accumulator, doubles, GIVEN,
            bits, 0)
ROW(tally_accumulator_add_f64_masked, values, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_masked(&out.accumulator, NULL, GIVEN, bits, 0))
ROW(tally_accumulator_add_f64_masked, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.accumulator, NULL, 0, bits, 0))
ROW(tally_accumulator_add_f64_masked, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.accumulator, doubles, TOO_MANY, bits,
                                     0))
ROW(tally_accumulator_add_f64_masked, validity, "NULL: all are there", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.accumulator, doubles, GIVEN, NULL, 0))
ROW(tally_accumulator_add_f64_masked, bit_offset, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.accumulator, doubles, GIVEN, bits,
                                     SIZE_MAX))
ROW(tally_accumulator_add_f64_masked, bit_offset, "too large, of NULL",
    TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.accumulator, doubles, GIVEN, NULL,
                                     SIZE_MAX - 2))
ROW(tally_accumulator_add_f64_masked, bit_offset, "any, for nothing", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.accumulator, doubles, 0, bits,
                                     SIZE_MAX))

CHANGE_ROWS(tally_accumulator_pull, into, accumulator, no_values, NULL)
ROW(tally_accumulator_pull, source, "NULL", TALLY_NULL,
    tally_accumulator_pull(&out.accumulator, NULL, NULL))
ROW(tally_accumulator_pull, user_data, "NULL", TALLY_OK,
    tally_accumulator_pull(&out.accumulator, no_values, NULL))
