/* Rows of bad_arguments.c: errors, sums and statistics of arrays, plain int. */

/* Errors. They cannot fail: any pointer and any number will do. */
ROW(tally_last_error_copy, buffer, "NULL, any size", TALLY_OK,
    returning((long long)tally_last_error_copy(NULL, 100), 0))
ROW(tally_last_error_copy, size, "0", TALLY_OK,
    returning((long long)tally_last_error_copy(out.text, 0), 0))
ROW(tally_status_name, status, "no status", TALLY_OK,
    returning_text(tally_status_name(TALLY_UNKNOWN_STATUS), "TALLY_UNKNOWN"))
ROW(tally_status_name, status, "above all", TALLY_OK,
    returning_text(tally_status_name(INT32_MAX), "TALLY_UNKNOWN"))
ROW(tally_status_name, status, "below all", TALLY_OK,
    returning_text(tally_status_name(INT32_MIN), "TALLY_UNKNOWN"))
ROW(tally_status_name, status, "after the last", TALLY_OK,
    returning_text(tally_status_name(TALLY_TOO_SMALL - 1), "TALLY_UNKNOWN"))

/* Sums. */
ARRAY_ROWS(tally_sum_i32, values, int32s, TALLY_OK, (), total, &out.i64)
ARRAY_ROWS(tally_sum_i64, values, int64s, TALLY_OK, (), total, &out.i64)
ARRAY_ROWS(tally_sum_u64, values, uint64s, TALLY_OK, (), total, &out.u64)
ARRAY_ROWS(tally_sum_f64, values, doubles, TALLY_OK, (), total, &out.f64)
ARRAY_ROWS(tally_sum_f32, values, floats, TALLY_OK, (), total, &out.f32)
ARRAY_ROWS(tally_sum_i64_wide, values, int64s, TALLY_OK, (&out.high, ), low,
           &out.u64)
ROW(tally_sum_i64_wide, high, "NULL", TALLY_NULL,
    tally_sum_i64_wide(int64s, GIVEN, NULL, &out.u64))

ARRAY_ROWS(tally_sum_f64_parallel, values, doubles, TALLY_OK, (2, ), total,
           &out.f64)
THREADS_ROWS(tally_sum_f64_parallel, (doubles, GIVEN), &out.f64)
ARRAY_ROWS(tally_sum_f32_parallel, values, floats, TALLY_OK, (2, ), total,
           &out.f32)
THREADS_ROWS(tally_sum_f32_parallel, (floats, GIVEN), &out.f32)
ARRAY_ROWS(tally_sum_i64_parallel, values, int64s, TALLY_OK, (2, ), total,
           &out.i64)
THREADS_ROWS(tally_sum_i64_parallel, (int64s, GIVEN), &out.i64)
PAIR_ROWS(tally_dot_f64_parallel, x, y, TALLY_OK, (2, ), total)
THREADS_ROWS(tally_dot_f64_parallel, (doubles, doubles, GIVEN), &out.f64)

/* Statistics. */
ARRAY_ROWS(tally_mean_f64, values, doubles, TALLY_INVALID, (), mean, &out.f64)
ARRAY_ROWS(tally_norm_f64, values, doubles, TALLY_OK, (), norm, &out.f64)
ARRAY_ROWS(tally_variance_f64, values, doubles, TALLY_INVALID, (1, ), variance,
           &out.f64)
DDOF_ROWS(tally_variance_f64, (doubles, GIVEN))
ROW(tally_variance_f64, ddof, "0, of nothing", TALLY_INVALID,
    tally_variance_f64(doubles, 0, 0, &out.f64))
ARRAY_ROWS(tally_standard_deviation_f64, values, doubles, TALLY_INVALID, (1, ),
           deviation, &out.f64)
DDOF_ROWS(tally_standard_deviation_f64, (doubles, GIVEN))
ROW(tally_standard_deviation_f64, ddof, "0, of nothing", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, 0, 0, &out.f64))
PAIR_ROWS(tally_dot_f64, x, y, TALLY_OK, (), total)
PAIR_ROWS(tally_weighted_mean_f64, values, weights, TALLY_INVALID, (), mean)
PAIR_ROWS(tally_covariance_f64, x, y, TALLY_INVALID, (1, ), covariance)
DDOF_ROWS(tally_covariance_f64, (doubles, doubles, GIVEN))
ROW(tally_covariance_f64, ddof, "0, of nothing", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, 0, 0, &out.f64))
PAIR_ROWS(tally_correlation_f64, x, y, TALLY_INVALID, (), correlation)

/* Of other types. */
ARRAY_ROWS(tally_mean_f32, values, floats, TALLY_INVALID, (), mean, &out.f64)
ARRAY_ROWS(tally_mean_i32, values, int32s, TALLY_INVALID, (), mean, &out.f64)
ARRAY_ROWS(tally_mean_i64, values, int64s, TALLY_INVALID, (), mean, &out.f64)
ARRAY_ROWS(tally_mean_u64, values, uint64s, TALLY_INVALID, (), mean, &out.f64)
ARRAY_ROWS(tally_norm_f32, values, floats, TALLY_OK, (), norm, &out.f64)
ARRAY_ROWS(tally_variance_f32, values, floats, TALLY_INVALID, (1, ), variance,
           &out.f64)
DDOF_ROWS(tally_variance_f32, (floats, GIVEN))
ARRAY_ROWS(tally_standard_deviation_f32, values, floats, TALLY_INVALID, (1, ),
           deviation, &out.f64)
DDOF_ROWS(tally_standard_deviation_f32, (floats, GIVEN))
#define FLOAT_PAIR_ROWS(function, x, y, of_nothing, result)                    \
    ROW(function, y, "NULL", TALLY_NULL,                                       \
        function(floats, NULL, GIVEN, &out.f64))                               \
    ROW(function, y, "past the end of memory", TALLY_INVALID,                  \
        function(floats, AT_THE_END, GIVEN, &out.f64))                         \
    ROW(function, x, "NULL", TALLY_NULL,                                       \
        function(NULL, floats, GIVEN, &out.f64))                               \
    ROW(function, x, "past the end of memory", TALLY_INVALID,                  \
        function(AT_THE_END, floats, GIVEN, &out.f64))                         \
    ROW(function, count, "0, of NULL", of_nothing,                             \
        function(NULL, NULL, 0, &out.f64))                                     \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(floats, floats, TOO_MANY, &out.f64))                          \
    ROW(function, result, "NULL", TALLY_NULL,                                  \
        function(floats, floats, GIVEN, NULL))
FLOAT_PAIR_ROWS(tally_dot_f32, x, y, TALLY_OK, total)
FLOAT_PAIR_ROWS(tally_weighted_mean_f32, values, weights, TALLY_INVALID, mean)
#undef FLOAT_PAIR_ROWS

/* Plain int, which returns 0 where it refuses. */
ROW(sum_array, arr, "NULL", TALLY_NULL, returning(sum_array(NULL, GIVEN), 0))
ROW(sum_array, arr, "NULL for nothing", TALLY_OK,
    returning(sum_array(NULL, 0), 0))
ROW(sum_array, len, "negative", TALLY_INVALID,
    returning(sum_array(ints, -1), 0))
ROW(sum_array, len, "most negative", TALLY_INVALID,
    returning(sum_array(ints, INT32_MIN), 0))
ROW(sum_array, len, "negative, of NULL", TALLY_INVALID,
    returning(sum_array(NULL, -1), 0))
