/* Rows of bad_arguments.c: windows and running totals. */

/* Results of a batch: the last argument, for as many elements as `column`. */
#define BATCH_RESULTS_ROWS(function, column, given)                            \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(column, LIST given NULL))                                     \
    ROW(function, results, "past the end of memory", TALLY_INVALID,            \
        function(column, LIST given(void *) AT_THE_END))                       \
    ROW(function, results, "NULL for nothing", TALLY_OK,                       \
        function(&good_columns.nothing, LIST given NULL))                      \
    ROW(function, results, "the values", TALLY_INVALID,                        \
        function(column, LIST given(void *) doubles))                          \
    ROW(function, results, "the end of the values", TALLY_INVALID,             \
        function(column, LIST given(void *)(doubles + GIVEN - 1)))

/* (values, window, min_count, what, ddof, ..., results) */
#define ROLLING_ROWS(function, threads)                                        \
    COLUMN_ROWS(function, values, (),                                          \
                (, 2, 1, TALLY_SUM, 0, LIST threads out.results_f64))          \
    ROW(function, window, "0", TALLY_INVALID,                                  \
        function(&good_columns.f64, 0, 0, TALLY_SUM, 0,                        \
                 LIST threads out.results_f64))                                \
    ROW(function, min_count, "more than the window", TALLY_INVALID,            \
        function(&good_columns.f64, 2, 3, TALLY_SUM, 0,                        \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "0", TALLY_INVALID,                                    \
        function(&good_columns.f64, 2, 1, (tally_statistic)0, 0,               \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "after the last", TALLY_INVALID,                       \
        function(&good_columns.f64, 2, 1, (tally_statistic)(TALLY_COUNT + 1),  \
                 0, LIST threads out.results_f64))                             \
    ROW(function, what, "negative", TALLY_INVALID,                             \
        function(&good_columns.f64, 2, 1, (tally_statistic) - 1, 0,            \
                 LIST threads out.results_f64))                                \
    ROW(function, ddof, "too large", TALLY_OK,                                 \
        function(&good_columns.f64, 2, 1, TALLY_VARIANCE, SIZE_MAX,            \
                 LIST threads out.results_f64))                                \
    ROW(function, window, "any", TALLY_OK,                                     \
        function(&good_columns.f64, SIZE_MAX, SIZE_MAX, TALLY_MEAN, 0,         \
                 LIST threads out.results_f64))                                \
    BATCH_RESULTS_ROWS(function, &good_columns.f64,                            \
                       (2, 1, TALLY_SUM, 0, LIST threads))
ROLLING_ROWS(tally_rolling, ())
ROLLING_ROWS(tally_rolling_parallel, (2, ))
ROW(tally_rolling_parallel, threads, "0", TALLY_OK,
    tally_rolling_parallel(&good_columns.f64, 2, 1, TALLY_SUM, 0, 0,
                           out.results_f64))
ROW(tally_rolling_parallel, threads, "too many", TALLY_OK,
    tally_rolling_parallel(&good_columns.f64, 2, 1, TALLY_SUM, 0, SIZE_MAX,
                           out.results_f64))
#undef ROLLING_ROWS

/* (x, y, window, min_count, ..., results) */
#define ROLLING_PAIR_ROWS(function, given)                                     \
    COLUMN_ROWS(function, x, (),                                               \
                (, &good_columns.f64, 2, 1, LIST given out.results_f64))       \
    COLUMN_ROWS(function, y, (&good_columns.f64, ),                            \
                (, 2, 1, LIST given out.results_f64))                          \
    ROW(function, y, "another count", TALLY_INVALID,                           \
        function(&good_columns.f64, &good_columns.fewer, 2, 1,                 \
                 LIST given out.results_f64))                                  \
    ROW(function, window, "0", TALLY_INVALID,                                  \
        function(&good_columns.f64, &good_columns.f64, 0, 0,                   \
                 LIST given out.results_f64))                                  \
    ROW(function, min_count, "more than the window", TALLY_INVALID,            \
        function(&good_columns.f64, &good_columns.f64, 2, 3,                   \
                 LIST given out.results_f64))                                  \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(&good_columns.f64, &good_columns.i64, 2, 1, LIST given NULL)) \
    ROW(function, results, "the values of x", TALLY_INVALID,                   \
        function(&good_columns.f64, &good_columns.i64, 2, 1,                   \
                 LIST given(void *) doubles))                                  \
    ROW(function, results, "the values of y", TALLY_INVALID,                   \
        function(&good_columns.i64, &good_columns.f64, 2, 1,                   \
                 LIST given(void *) doubles))
ROLLING_PAIR_ROWS(tally_rolling_covariance, (1, ))
ROLLING_PAIR_ROWS(tally_rolling_covariance_parallel, (1, 2, ))
ROW(tally_rolling_covariance, ddof, "too large", TALLY_OK,
    tally_rolling_covariance(&good_columns.f64, &good_columns.i64, 2, 1,
                             SIZE_MAX, out.results_f64))
ROW(tally_rolling_covariance_parallel, ddof, "too large", TALLY_OK,
    tally_rolling_covariance_parallel(&good_columns.f64, &good_columns.i64, 2,
                                      1, SIZE_MAX, 2, out.results_f64))
ROW(tally_rolling_covariance_parallel, threads, "0", TALLY_OK,
    tally_rolling_covariance_parallel(&good_columns.f64, &good_columns.i64, 2,
                                      1, 1, 0, out.results_f64))
ROW(tally_rolling_covariance_parallel, threads, "too many", TALLY_OK,
    tally_rolling_covariance_parallel(&good_columns.f64, &good_columns.i64, 2,
                                      1, 1, SIZE_MAX, out.results_f64))
ROLLING_PAIR_ROWS(tally_rolling_correlation, ())
ROLLING_PAIR_ROWS(tally_rolling_correlation_parallel, (2, ))
ROW(tally_rolling_correlation_parallel, threads, "0", TALLY_OK,
    tally_rolling_correlation_parallel(&good_columns.f64, &good_columns.i64, 2,
                                       1, 0, out.results_f64))
ROW(tally_rolling_correlation_parallel, threads, "too many", TALLY_OK,
    tally_rolling_correlation_parallel(&good_columns.f64, &good_columns.i64, 2,
                                       1, SIZE_MAX, out.results_f64))
#undef ROLLING_PAIR_ROWS

/* (values, ..., results) */
#define CUMULATIVE_ROWS(function, threads)                                     \
    COLUMN_ROWS(function, values, (), (, LIST threads out.results_f64))        \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(&good_columns.f64, LIST threads NULL))                        \
    ROW(function, results, "past the end of memory", TALLY_INVALID,            \
        function(&good_columns.f64, LIST threads(void *) AT_THE_END))          \
    ROW(function, results, "NULL for nothing", TALLY_OK,                       \
        function(&good_columns.nothing, LIST threads NULL))                    \
    ROW(function, results, "one after the values", TALLY_INVALID,              \
        function(&good_columns.f64, LIST threads(void *)(doubles + 1)))        \
    ROW(function, results, "values of another type", TALLY_INVALID,            \
        function(&good_columns.i64, LIST threads(void *) int64s))              \
    ROW(function, results, "values of another stride", TALLY_INVALID,          \
        function(&good_columns.same, LIST threads(void *) doubles))
CUMULATIVE_ROWS(tally_cumulative_sum, ())
CUMULATIVE_ROWS(tally_cumulative_sum_parallel, (2, ))
#undef CUMULATIVE_ROWS
ROW(tally_cumulative_sum_parallel, threads, "0", TALLY_OK,
    tally_cumulative_sum_parallel(&good_columns.f64, 0, out.results_f64))
ROW(tally_cumulative_sum_parallel, threads, "too many", TALLY_OK,
    tally_cumulative_sum_parallel(&good_columns.f64, SIZE_MAX, out.results_f64))

/* (values, ..., results, done) */
#define CUMULATIVE_I64_ROWS(function, threads)                                 \
    COLUMN_ROWS(function, values, (),                                          \
                (, LIST threads out.results_i64, &out.size))                   \
    ROW(function, values, "floats", TALLY_INVALID,                             \
        function(&good_columns.f64, LIST threads out.results_i64, &out.size))  \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(&good_columns.i64, LIST threads NULL, &out.size))             \
    ROW(function, results, "one after the values", TALLY_INVALID,              \
        function(&good_columns.i64, LIST threads(void *)(int64s + 1),          \
                 &out.size))                                                   \
    ROW(function, results, "the mask", TALLY_INVALID,                          \
        function(&good_columns.i64, LIST threads(void *) bits, &out.size))     \
    ROW(function, done, "NULL", TALLY_OK,                                      \
        function(&good_columns.i64, LIST threads out.results_i64, NULL))
CUMULATIVE_I64_ROWS(tally_cumulative_sum_i64, ())
CUMULATIVE_I64_ROWS(tally_cumulative_sum_i64_parallel, (2, ))
#undef CUMULATIVE_I64_ROWS
ROW(tally_cumulative_sum_i64_parallel, threads, "0", TALLY_OK,
    tally_cumulative_sum_i64_parallel(&good_columns.i64, 0, out.results_i64,
                                      NULL))
ROW(tally_cumulative_sum_i64_parallel, threads, "too many", TALLY_OK,
    tally_cumulative_sum_i64_parallel(&good_columns.i64, SIZE_MAX,
                                      out.results_i64, NULL))

/* (first_row, rows, row_stride, axis, what, ddof, ..., results) */
#define AXIS_ROWS(function, threads)                                           \
    COLUMN_ROWS(function, first_row, (),                                       \
                (, 1, 24, 0, TALLY_SUM, 0, LIST threads out.results_f64))      \
    ROW(function, rows, "too many", TALLY_INVALID,                             \
        function(&good_columns.f64, TOO_MANY, 24, 0, TALLY_SUM, 0,             \
                 LIST threads out.results_f64))                                \
    ROW(function, rows, "0", TALLY_OK,                                         \
        function(&good_columns.f64, 0, 24, 1, TALLY_SUM, 0,                    \
                 LIST threads NULL))                                           \
    ROW(function, row_stride, "too large", TALLY_INVALID,                      \
        function(&good_columns.f64, 3, PTRDIFF_MAX, 0, TALLY_SUM, 0,           \
                 LIST threads out.results_f64))                                \
    ROW(function, row_stride, "before memory", TALLY_INVALID,                  \
        function(&good_columns.f64, 2, PTRDIFF_MIN + 100, 0, TALLY_SUM, 0,     \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "along axis 2", TALLY_INVALID,                         \
        function(&good_columns.f64, 1, 24, 2, TALLY_SUM, 0,                    \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "along axis -1", TALLY_INVALID,                        \
        function(&good_columns.f64, 1, 24, -1, TALLY_SUM, 0,                   \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "0", TALLY_INVALID,                                    \
        function(&good_columns.f64, 1, 24, 0, (tally_statistic)0, 0,           \
                 LIST threads out.results_f64))                                \
    ROW(function, what, "after the last", TALLY_INVALID,                       \
        function(&good_columns.f64, 1, 24, 0,                                  \
                 (tally_statistic)(TALLY_COUNT + 1), 0,                        \
                 LIST threads out.results_f64))                                \
    ROW(function, ddof, "too large", TALLY_OK,                                 \
        function(&good_columns.f64, 1, 24, 0, TALLY_VARIANCE, SIZE_MAX,        \
                 LIST threads out.results_f64))                                \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(&good_columns.f64, 1, 24, 0, TALLY_SUM, 0,                    \
                 LIST threads NULL))                                           \
    ROW(function, results, "past the end of memory", TALLY_INVALID,            \
        function(&good_columns.f64, 1, 24, 0, TALLY_SUM, 0,                    \
                 LIST threads(void *) AT_THE_END))                             \
    ROW(function, results, "the last row", TALLY_INVALID,                      \
        function(&good_columns.one, 3, 8, 1, TALLY_SUM, 0,                     \
                 LIST threads(void *)(doubles + 2)))
AXIS_ROWS(tally_axis, ())
AXIS_ROWS(tally_axis_parallel, (2, ))
ROW(tally_axis_parallel, threads, "0", TALLY_OK,
    tally_axis_parallel(&good_columns.f64, 1, 24, 0, TALLY_SUM, 0, 0,
                        out.results_f64))
ROW(tally_axis_parallel, threads, "too many", TALLY_OK,
    tally_axis_parallel(&good_columns.f64, 1, 24, 0, TALLY_SUM, 0, SIZE_MAX,
                        out.results_f64))
#undef AXIS_ROWS
