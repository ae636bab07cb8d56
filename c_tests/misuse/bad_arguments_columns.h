/* Rows of bad_arguments.c: columns. */

COLUMN_ROWS(tally_column_count, values, (), (, &out.size, &out.other_size))
ROW(tally_column_count, count, "NULL", TALLY_OK,
    tally_column_count(&good_columns.f64, NULL, &out.size))
ROW(tally_column_count, skipped, "NULL", TALLY_OK,
    tally_column_count(&good_columns.f64, &out.size, NULL))
COLUMN_ROWS(tally_column_count_pairs, x, (),
            (, &good_columns.f64, &out.size, &out.other_size))
COLUMN_ROWS(tally_column_count_pairs, y, (&good_columns.f64, ),
            (, &out.size, &out.other_size))
ROW(tally_column_count_pairs, y, "another count", TALLY_INVALID,
    tally_column_count_pairs(&good_columns.f64, &good_columns.fewer, &out.size,
                             &out.other_size))
ROW(tally_column_count_pairs, count, "NULL", TALLY_OK,
    tally_column_count_pairs(&good_columns.f64, &good_columns.i64, NULL,
                             &out.size))
ROW(tally_column_count_pairs, skipped, "NULL", TALLY_OK,
    tally_column_count_pairs(&good_columns.f64, &good_columns.i64, &out.size,
                             NULL))

ROW(tally_check_length, name, "NULL", TALLY_NULL,
    tally_check_length(NULL, GIVEN, GIVEN))
ROW(tally_check_length, length, "less", TALLY_INVALID,
    tally_check_length("values", 0, 1))
ROW(tally_check_length, length, "more", TALLY_INVALID,
    tally_check_length("values", SIZE_MAX, 1))
ROW(tally_check_length, needed, "another", TALLY_INVALID,
    tally_check_length("", 1, SIZE_MAX))

COLUMN_ASK_ROWS(tally_column_sum, values, &good_columns.f64, (), total,
                &out.f64)
COLUMN_ASK_ROWS(tally_column_sum_i64, values, &good_columns.i64, (), total,
                &out.i64)
ROW(tally_column_sum_i64, values, "floats", TALLY_INVALID,
    tally_column_sum_i64(&good_columns.f64, &out.i64))
COLUMN_ASK_ROWS(tally_column_mean, values, &good_columns.f64, (), mean,
                &out.f64)
ROW(tally_column_mean, values, "of nothing", TALLY_INVALID,
    tally_column_mean(&good_columns.nothing, &out.f64))
COLUMN_ASK_ROWS(tally_column_norm, values, &good_columns.f64, (), norm,
                &out.f64)
COLUMN_ASK_ROWS(tally_column_variance, values, &good_columns.f64, (1, ),
                variance, &out.f64)
COLUMN_DDOF_ROWS(tally_column_variance, (&good_columns.f64))
COLUMN_ASK_ROWS(tally_column_standard_deviation, values, &good_columns.f64,
                (1, ), deviation, &out.f64)
COLUMN_DDOF_ROWS(tally_column_standard_deviation, (&good_columns.f64))
COLUMN_PAIR_ROWS(tally_column_dot, x, y, (), total)
COLUMN_PAIR_ROWS(tally_column_weighted_mean, values, weights, (), mean)
ROW(tally_column_weighted_mean, weights, "nothing", TALLY_INVALID,
    tally_column_weighted_mean(&good_columns.nothing, &good_columns.nothing,
                               &out.f64))
COLUMN_PAIR_ROWS(tally_column_covariance, x, y, (1, ), covariance)
COLUMN_DDOF_ROWS(tally_column_covariance,
                 (&good_columns.f64, &good_columns.i64))
COLUMN_PAIR_ROWS(tally_column_correlation, x, y, (), correlation)

COLUMN_ROWS(tally_column_weighted_variance, values, (),
            (, &good_columns.i64, 1, &out.f64))
COLUMN_ROWS(tally_column_weighted_variance, weights, (&good_columns.f64, ),
            (, 1, &out.f64))
ROW(tally_column_weighted_variance, weights, "another count", TALLY_INVALID,
    tally_column_weighted_variance(&good_columns.f64, &good_columns.fewer, 1,
                                   &out.f64))
ROW(tally_column_weighted_variance, variance, "NULL", TALLY_NULL,
    tally_column_weighted_variance(&good_columns.f64, &good_columns.i64, 1,
                                   NULL))
ROW(tally_column_weighted_variance, ddof, "too large", TALLY_INVALID,
    tally_column_weighted_variance(&good_columns.f64, &good_columns.i64,
                                   SIZE_MAX, &out.f64))
ROW(tally_column_weighted_variance, ddof, "the sum of weights", TALLY_INVALID,
    tally_column_weighted_variance(&good_columns.f64, &good_columns.i64, 6,
                                   &out.f64))
ROW(tally_column_weighted_variance, weights, "below zero", TALLY_INVALID,
    tally_column_weighted_variance(&good_columns.i64, &good_columns.f64, 1,
                                   &out.f64))

#define LINE &out.f64, &out.total_f64, &out.other_f64
COLUMN_ROWS(tally_column_linear_fit, x, (), (, &good_columns.f64, LINE))
COLUMN_ROWS(tally_column_linear_fit, y, (&good_columns.f64, ), (, LINE))
ROW(tally_column_linear_fit, y, "another count", TALLY_INVALID,
    tally_column_linear_fit(&good_columns.f64, &good_columns.fewer, LINE))
ROW(tally_column_linear_fit, x, "of nothing", TALLY_INVALID,
    tally_column_linear_fit(&good_columns.nothing, &good_columns.nothing, LINE))
ROW(tally_column_linear_fit, x, "all equal", TALLY_INVALID,
    tally_column_linear_fit(&good_columns.same, &good_columns.f64, LINE))
ROW(tally_column_linear_fit, y, "all equal", TALLY_INVALID,
    tally_column_linear_fit(&good_columns.f64, &good_columns.same, LINE))
ROW(tally_column_linear_fit, slope, "NULL", TALLY_OK,
    tally_column_linear_fit(&good_columns.f64, &good_columns.i64, NULL,
                            &out.total_f64, &out.f64))
ROW(tally_column_linear_fit, intercept, "NULL", TALLY_OK,
    tally_column_linear_fit(&good_columns.f64, &good_columns.i64, &out.f64,
                            NULL, &out.total_f64))
ROW(tally_column_linear_fit, r_squared, "NULL", TALLY_OK,
    tally_column_linear_fit(&good_columns.f64, &good_columns.same, &out.f64,
                            &out.total_f64, NULL))

READ_ROWS(tally_moments_linear_fit, x, moments, &good_moments,
          &good_product_accumulator, LINE)
ROW(tally_moments_linear_fit, y, "NULL", TALLY_NULL,
    tally_moments_linear_fit(&good_moments, NULL, &good_product_accumulator,
                             LINE))
ROW(tally_moments_linear_fit, y, "of another count", TALLY_INVALID,
    tally_moments_linear_fit(&good_moments, &no_moments,
                             &good_product_accumulator, LINE))
ROW(tally_moments_linear_fit, products, "NULL", TALLY_NULL,
    tally_moments_linear_fit(&good_moments, &good_moments, NULL, LINE))
ROW(tally_moments_linear_fit, products, "of another count", TALLY_INVALID,
    tally_moments_linear_fit(&good_moments, &good_moments, &no_products, LINE))
ROW(tally_moments_linear_fit, slope, "NULL", TALLY_OK,
    tally_moments_linear_fit(&line_moments, &line_moments, &line_products, NULL,
                             &out.total_f64, &out.f64))
ROW(tally_moments_linear_fit, intercept, "NULL", TALLY_OK,
    tally_moments_linear_fit(&line_moments, &line_moments, &line_products,
                             &out.f64, NULL, &out.total_f64))
ROW(tally_moments_linear_fit, r_squared, "NULL", TALLY_OK,
    tally_moments_linear_fit(&line_moments, &line_moments, &line_products,
                             &out.f64, &out.total_f64, NULL))
#undef LINE

COLUMN_ASK_ROWS(tally_column_sum_parallel, values, &good_columns.f64, (2, ),
                total, &out.f64)
THREADS_ROWS(tally_column_sum_parallel, (&good_columns.f64), &out.f64)
COLUMN_ASK_ROWS(tally_column_sum_i64_parallel, values, &good_columns.i64, (2, ),
                total, &out.i64)
THREADS_ROWS(tally_column_sum_i64_parallel, (&good_columns.i64), &out.i64)
COLUMN_PAIR_ROWS(tally_column_dot_parallel, x, y, (2, ), total)
THREADS_ROWS(tally_column_dot_parallel, (&good_columns.f64, &good_columns.f64),
             &out.f64)

COLUMN_TAKE_ROWS(add, accumulator, &good_columns.f64, ())
COLUMN_TAKE_ROWS(subtract, accumulator, &good_columns.f64, ())
COLUMN_TAKE_ROWS(add, small_accumulator, &good_columns.f64, ())
COLUMN_TAKE_ROWS(subtract, small_accumulator, &good_columns.f64, ())
COLUMN_TAKE_ROWS(add, moments, &good_columns.f64, ())
COLUMN_TAKE_ROWS(subtract, moments, &good_columns.f64, ())

#define COLUMN_PRODUCT_ROWS(function)                                          \
    CHANGE_ROWS(function, into, product_accumulator, &good_columns.f64,        \
                &good_columns.f64)                                             \
    COLUMN_ROWS(function, x, (&out.product_accumulator, ),                     \
                (, &good_columns.f64))                                         \
    COLUMN_ROWS(function, y, (&out.product_accumulator, &good_columns.f64, ),  \
                ())                                                            \
    ROW(function, y, "another count", TALLY_INVALID,                           \
        function(&out.product_accumulator, &good_columns.f64,                  \
                 &good_columns.fewer))
COLUMN_PRODUCT_ROWS(tally_product_accumulator_add)
COLUMN_PRODUCT_ROWS(tally_product_accumulator_subtract)
#undef COLUMN_PRODUCT_ROWS

#define COLUMN_DECIMAL_ROWS(verb)                                              \
    COLUMN_TAKE_ROWS(verb, decimal, &good_columns.i64, (, 2))                  \
    ROW(tally_decimal_##verb, values, "floats", TALLY_INVALID,                 \
        tally_decimal_##verb(&out.decimal, &good_columns.f64, 2))              \
    ROW(tally_decimal_##verb, values, "a scale below 0", TALLY_INVALID,        \
        tally_decimal_##verb(&out.decimal, &good_columns.i64, -1))             \
    ROW(tally_decimal_##verb, values, "a scale above 342", TALLY_INVALID,      \
        tally_decimal_##verb(&out.decimal, &good_columns.i64, 343))
COLUMN_DECIMAL_ROWS(add)
COLUMN_DECIMAL_ROWS(subtract)
#undef COLUMN_DECIMAL_ROWS
