/* Rows of bad_arguments.c: dot products and statistics of arrays. */

ROW(tally_dot_f64, x, "NULL", TALLY_NULL,
    tally_dot_f64(NULL, doubles, GIVEN, &out.f64))
ROW(tally_dot_f64, x, "NULL for nothing", TALLY_OK,
    tally_dot_f64(NULL, doubles, 0, &out.f64))
ROW(tally_dot_f64, x, "past the end of memory", TALLY_INVALID,
    tally_dot_f64((const double *)(UINTPTR_MAX - 15), doubles, GIVEN, &out.f64))
ROW(tally_dot_f64, x, "the other one", TALLY_OK,
    tally_dot_f64(other_doubles, doubles, GIVEN, &out.f64))
ROW(tally_dot_f64, y, "NULL", TALLY_NULL,
    tally_dot_f64(doubles, NULL, GIVEN, &out.f64))
ROW(tally_dot_f64, y, "NULL for nothing", TALLY_OK,
    tally_dot_f64(doubles, NULL, 0, &out.f64))
ROW(tally_dot_f64, y, "past the end of memory", TALLY_INVALID,
    tally_dot_f64(doubles, (const double *)(UINTPTR_MAX - 15), GIVEN, &out.f64))
ROW(tally_dot_f64, y, "the other one", TALLY_OK,
    tally_dot_f64(doubles, other_doubles, GIVEN, &out.f64))
ROW(tally_dot_f64, count, "too large", TALLY_INVALID,
    tally_dot_f64(doubles, doubles, TOO_MANY, &out.f64))
ROW(tally_dot_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_dot_f64(NULL, doubles, TOO_MANY, &out.f64))
ROW(tally_dot_f64, count, "just too large", TALLY_INVALID,
    tally_dot_f64(doubles, doubles, PTRDIFF_MAX / sizeof(double) + 1, &out.f64))
ROW(tally_dot_f64, count, "negative", TALLY_INVALID,
    tally_dot_f64(doubles, doubles, SIZE_MAX, &out.f64))
ROW(tally_dot_f64, count, "0", TALLY_OK,
    tally_dot_f64(doubles, doubles, 0, &out.f64))
ROW(tally_dot_f64, total, "NULL", TALLY_NULL,
    tally_dot_f64(doubles, doubles, GIVEN, NULL))
ROW(tally_dot_f64, total, "NULL for nothing", TALLY_NULL,
    tally_dot_f64(doubles, doubles, 0, NULL))

ROW(tally_mean_f64, values, "NULL", TALLY_NULL,
    tally_mean_f64(NULL, GIVEN, &out.f64))
ROW(tally_mean_f64, values, "NULL for nothing", TALLY_INVALID,
    tally_mean_f64(NULL, 0, &out.f64))
ROW(tally_mean_f64, values, "past the end of memory", TALLY_INVALID,
    tally_mean_f64((const double *)(UINTPTR_MAX - 15), GIVEN, &out.f64))
ROW(tally_mean_f64, count, "too large", TALLY_INVALID,
    tally_mean_f64(doubles, TOO_MANY, &out.f64))
ROW(tally_mean_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_mean_f64(NULL, TOO_MANY, &out.f64))
ROW(tally_mean_f64, count, "just too large", TALLY_INVALID,
    tally_mean_f64(doubles, PTRDIFF_MAX / sizeof(double) + 1, &out.f64))
ROW(tally_mean_f64, count, "negative", TALLY_INVALID,
    tally_mean_f64(doubles, SIZE_MAX, &out.f64))
ROW(tally_mean_f64, count, "0", TALLY_INVALID,
    tally_mean_f64(doubles, 0, &out.f64))
ROW(tally_mean_f64, mean, "NULL", TALLY_NULL,
    tally_mean_f64(doubles, GIVEN, NULL))
ROW(tally_mean_f64, mean, "NULL for nothing", TALLY_NULL,
    tally_mean_f64(doubles, 0, NULL))

ROW(tally_variance_f64, values, "NULL", TALLY_NULL,
    tally_variance_f64(NULL, GIVEN, 1, &out.f64))
ROW(tally_variance_f64, values, "NULL for nothing", TALLY_INVALID,
    tally_variance_f64(NULL, 0, 1, &out.f64))
ROW(tally_variance_f64, values, "past the end of memory", TALLY_INVALID,
    tally_variance_f64((const double *)(UINTPTR_MAX - 15), GIVEN, 1, &out.f64))
ROW(tally_variance_f64, count, "too large", TALLY_INVALID,
    tally_variance_f64(doubles, TOO_MANY, 1, &out.f64))
ROW(tally_variance_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_variance_f64(NULL, TOO_MANY, 1, &out.f64))
ROW(tally_variance_f64, count, "just too large", TALLY_INVALID,
    tally_variance_f64(doubles, PTRDIFF_MAX / sizeof(double) + 1, 1, &out.f64))
ROW(tally_variance_f64, count, "negative", TALLY_INVALID,
    tally_variance_f64(doubles, SIZE_MAX, 1, &out.f64))
ROW(tally_variance_f64, count, "0", TALLY_INVALID,
    tally_variance_f64(doubles, 0, 0, &out.f64))
ROW(tally_variance_f64, ddof, "the count", TALLY_INVALID,
    tally_variance_f64(doubles, GIVEN, GIVEN, &out.f64))
ROW(tally_variance_f64, ddof, "one less", TALLY_OK,
    tally_variance_f64(doubles, GIVEN, GIVEN - 1, &out.f64))
ROW(tally_variance_f64, ddof, "too large", TALLY_INVALID,
    tally_variance_f64(doubles, GIVEN, TOO_MANY, &out.f64))
ROW(tally_variance_f64, ddof, "negative", TALLY_INVALID,
    tally_variance_f64(doubles, GIVEN, SIZE_MAX, &out.f64))
ROW(tally_variance_f64, variance, "NULL", TALLY_NULL,
    tally_variance_f64(doubles, GIVEN, 1, NULL))
ROW(tally_variance_f64, variance, "NULL for nothing", TALLY_NULL,
    tally_variance_f64(doubles, 0, 1, NULL))

ROW(tally_standard_deviation_f64, values, "NULL", TALLY_NULL,
    tally_standard_deviation_f64(NULL, GIVEN, 1, &out.f64))
ROW(tally_standard_deviation_f64, values, "NULL for nothing", TALLY_INVALID,
    tally_standard_deviation_f64(NULL, 0, 1, &out.f64))
ROW(tally_standard_deviation_f64, values, "past the end of memory",
    TALLY_INVALID,
    tally_standard_deviation_f64((const double *)(UINTPTR_MAX - 15), GIVEN, 1,
                                 &out.f64))
ROW(tally_standard_deviation_f64, count, "too large", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, TOO_MANY, 1, &out.f64))
ROW(tally_standard_deviation_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_standard_deviation_f64(NULL, TOO_MANY, 1, &out.f64))
ROW(tally_standard_deviation_f64, count, "just too large", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, PTRDIFF_MAX / sizeof(double) + 1, 1,
                                 &out.f64))
ROW(tally_standard_deviation_f64, count, "negative", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, SIZE_MAX, 1, &out.f64))
ROW(tally_standard_deviation_f64, count, "0", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, 0, 0, &out.f64))
ROW(tally_standard_deviation_f64, ddof, "the count", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, GIVEN, GIVEN, &out.f64))
ROW(tally_standard_deviation_f64, ddof, "one less", TALLY_OK,
    tally_standard_deviation_f64(doubles, GIVEN, GIVEN - 1, &out.f64))
ROW(tally_standard_deviation_f64, ddof, "too large", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, GIVEN, TOO_MANY, &out.f64))
ROW(tally_standard_deviation_f64, ddof, "negative", TALLY_INVALID,
    tally_standard_deviation_f64(doubles, GIVEN, SIZE_MAX, &out.f64))
ROW(tally_standard_deviation_f64, deviation, "NULL", TALLY_NULL,
    tally_standard_deviation_f64(doubles, GIVEN, 1, NULL))
ROW(tally_standard_deviation_f64, deviation, "NULL for nothing", TALLY_NULL,
    tally_standard_deviation_f64(doubles, 0, 1, NULL))

ROW(tally_norm_f64, values, "NULL", TALLY_NULL,
    tally_norm_f64(NULL, GIVEN, &out.f64))
ROW(tally_norm_f64, values, "NULL for nothing", TALLY_OK,
    tally_norm_f64(NULL, 0, &out.f64))
ROW(tally_norm_f64, values, "past the end of memory", TALLY_INVALID,
    tally_norm_f64((const double *)(UINTPTR_MAX - 15), GIVEN, &out.f64))
ROW(tally_norm_f64, count, "too large", TALLY_INVALID,
    tally_norm_f64(doubles, TOO_MANY, &out.f64))
ROW(tally_norm_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_norm_f64(NULL, TOO_MANY, &out.f64))
ROW(tally_norm_f64, count, "just too large", TALLY_INVALID,
    tally_norm_f64(doubles, PTRDIFF_MAX / sizeof(double) + 1, &out.f64))
ROW(tally_norm_f64, count, "negative", TALLY_INVALID,
    tally_norm_f64(doubles, SIZE_MAX, &out.f64))
ROW(tally_norm_f64, count, "0", TALLY_OK, tally_norm_f64(doubles, 0, &out.f64))
ROW(tally_norm_f64, norm, "NULL", TALLY_NULL,
    tally_norm_f64(doubles, GIVEN, NULL))
ROW(tally_norm_f64, norm, "NULL for nothing", TALLY_NULL,
    tally_norm_f64(doubles, 0, NULL))

ROW(tally_weighted_mean_f64, values, "NULL", TALLY_NULL,
    tally_weighted_mean_f64(NULL, doubles, GIVEN, &out.f64))
ROW(tally_weighted_mean_f64, values, "NULL for nothing", TALLY_INVALID,
    tally_weighted_mean_f64(NULL, doubles, 0, &out.f64))
ROW(tally_weighted_mean_f64, values, "past the end of memory", TALLY_INVALID,
    tally_weighted_mean_f64((const double *)(UINTPTR_MAX - 15), doubles, GIVEN,
                            &out.f64))
ROW(tally_weighted_mean_f64, values, "the other one", TALLY_OK,
    tally_weighted_mean_f64(other_doubles, doubles, GIVEN, &out.f64))
ROW(tally_weighted_mean_f64, weights, "NULL", TALLY_NULL,
    tally_weighted_mean_f64(doubles, NULL, GIVEN, &out.f64))
ROW(tally_weighted_mean_f64, weights, "NULL for nothing", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, NULL, 0, &out.f64))
ROW(tally_weighted_mean_f64, weights, "past the end of memory", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, (const double *)(UINTPTR_MAX - 15), GIVEN,
                            &out.f64))
ROW(tally_weighted_mean_f64, weights, "the other one", TALLY_OK,
    tally_weighted_mean_f64(doubles, other_doubles, GIVEN, &out.f64))
ROW(tally_weighted_mean_f64, count, "too large", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, doubles, TOO_MANY, &out.f64))
ROW(tally_weighted_mean_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_weighted_mean_f64(NULL, doubles, TOO_MANY, &out.f64))
ROW(tally_weighted_mean_f64, count, "just too large", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, doubles, PTRDIFF_MAX / sizeof(double) + 1,
                            &out.f64))
ROW(tally_weighted_mean_f64, count, "negative", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, doubles, SIZE_MAX, &out.f64))
ROW(tally_weighted_mean_f64, count, "0", TALLY_INVALID,
    tally_weighted_mean_f64(doubles, doubles, 0, &out.f64))
ROW(tally_weighted_mean_f64, mean, "NULL", TALLY_NULL,
    tally_weighted_mean_f64(doubles, doubles, GIVEN, NULL))
ROW(tally_weighted_mean_f64, mean, "NULL for nothing", TALLY_NULL,
    tally_weighted_mean_f64(doubles, doubles, 0, NULL))

ROW(tally_covariance_f64, x, "NULL", TALLY_NULL,
    tally_covariance_f64(NULL, doubles, GIVEN, 1, &out.f64))
ROW(tally_covariance_f64, x, "NULL for nothing", TALLY_INVALID,
    tally_covariance_f64(NULL, doubles, 0, 1, &out.f64))
ROW(tally_covariance_f64, x, "past the end of memory", TALLY_INVALID,
    tally_covariance_f64((const double *)(UINTPTR_MAX - 15), doubles, GIVEN, 1,
                         &out.f64))
ROW(tally_covariance_f64, x, "the other one", TALLY_OK,
    tally_covariance_f64(other_doubles, doubles, GIVEN, 1, &out.f64))
ROW(tally_covariance_f64, y, "NULL", TALLY_NULL,
    tally_covariance_f64(doubles, NULL, GIVEN, 1, &out.f64))
ROW(tally_covariance_f64, y, "NULL for nothing", TALLY_INVALID,
    tally_covariance_f64(doubles, NULL, 0, 1, &out.f64))
ROW(tally_covariance_f64, y, "past the end of memory", TALLY_INVALID,
    tally_covariance_f64(doubles, (const double *)(UINTPTR_MAX - 15), GIVEN, 1,
                         &out.f64))
ROW(tally_covariance_f64, y, "the other one", TALLY_OK,
    tally_covariance_f64(doubles, other_doubles, GIVEN, 1, &out.f64))
ROW(tally_covariance_f64, count, "too large", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, TOO_MANY, 1, &out.f64))
ROW(tally_covariance_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_covariance_f64(NULL, doubles, TOO_MANY, 1, &out.f64))
ROW(tally_covariance_f64, count, "just too large", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, PTRDIFF_MAX / sizeof(double) + 1, 1,
                         &out.f64))
ROW(tally_covariance_f64, count, "negative", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, SIZE_MAX, 1, &out.f64))
ROW(tally_covariance_f64, count, "0", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, 0, 0, &out.f64))
ROW(tally_covariance_f64, ddof, "the count", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, GIVEN, GIVEN, &out.f64))
ROW(tally_covariance_f64, ddof, "one less", TALLY_OK,
    tally_covariance_f64(doubles, doubles, GIVEN, GIVEN - 1, &out.f64))
ROW(tally_covariance_f64, ddof, "too large", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, GIVEN, TOO_MANY, &out.f64))
ROW(tally_covariance_f64, ddof, "negative", TALLY_INVALID,
    tally_covariance_f64(doubles, doubles, GIVEN, SIZE_MAX, &out.f64))
ROW(tally_covariance_f64, covariance, "NULL", TALLY_NULL,
    tally_covariance_f64(doubles, doubles, GIVEN, 1, NULL))
ROW(tally_covariance_f64, covariance, "NULL for nothing", TALLY_NULL,
    tally_covariance_f64(doubles, doubles, 0, 1, NULL))

ROW(tally_correlation_f64, x, "NULL", TALLY_NULL,
    tally_correlation_f64(NULL, doubles, GIVEN, &out.f64))
ROW(tally_correlation_f64, x, "NULL for nothing", TALLY_INVALID,
    tally_correlation_f64(NULL, doubles, 0, &out.f64))
ROW(tally_correlation_f64, x, "past the end of memory", TALLY_INVALID,
    tally_correlation_f64((const double *)(UINTPTR_MAX - 15), doubles, GIVEN,
                          &out.f64))
ROW(tally_correlation_f64, x, "the other one", TALLY_OK,
    tally_correlation_f64(other_doubles, doubles, GIVEN, &out.f64))
ROW(tally_correlation_f64, y, "NULL", TALLY_NULL,
    tally_correlation_f64(doubles, NULL, GIVEN, &out.f64))
ROW(tally_correlation_f64, y, "NULL for nothing", TALLY_INVALID,
    tally_correlation_f64(doubles, NULL, 0, &out.f64))
ROW(tally_correlation_f64, y, "past the end of memory", TALLY_INVALID,
    tally_correlation_f64(doubles, (const double *)(UINTPTR_MAX - 15), GIVEN,
                          &out.f64))
ROW(tally_correlation_f64, y, "the other one", TALLY_OK,
    tally_correlation_f64(doubles, other_doubles, GIVEN, &out.f64))
ROW(tally_correlation_f64, count, "too large", TALLY_INVALID,
    tally_correlation_f64(doubles, doubles, TOO_MANY, &out.f64))
ROW(tally_correlation_f64, count, "too large, of NULL", TALLY_INVALID,
    tally_correlation_f64(NULL, doubles, TOO_MANY, &out.f64))
ROW(tally_correlation_f64, count, "just too large", TALLY_INVALID,
    tally_correlation_f64(doubles, doubles, PTRDIFF_MAX / sizeof(double) + 1,
                          &out.f64))
ROW(tally_correlation_f64, count, "negative", TALLY_INVALID,
    tally_correlation_f64(doubles, doubles, SIZE_MAX, &out.f64))
ROW(tally_correlation_f64, count, "0", TALLY_INVALID,
    tally_correlation_f64(doubles, doubles, 0, &out.f64))
ROW(tally_correlation_f64, correlation, "NULL", TALLY_NULL,
    tally_correlation_f64(doubles, doubles, GIVEN, NULL))
ROW(tally_correlation_f64, correlation, "NULL for nothing", TALLY_NULL,
    tally_correlation_f64(doubles, doubles, 0, NULL))
