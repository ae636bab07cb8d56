/* Rows of bad_arguments.c: what moments say, and saving them. */

ROW(tally_moments_count, moments, "NULL", TALLY_NULL,
    tally_moments_count(NULL, &out.i64))
ROW(tally_moments_count, moments, "damaged", TALLY_INVALID,
    tally_moments_count(&damaged_moments, &out.i64))
ROW(tally_moments_count, moments, "failed before", TALLY_INVALID,
    tally_moments_count(&failed_moments, &out.i64))
ROW(tally_moments_count, count, "NULL", TALLY_NULL,
    tally_moments_count(&good_moments, NULL))

ROW(tally_moments_sum_f64, moments, "NULL", TALLY_NULL,
    tally_moments_sum_f64(NULL, &out.f64))
ROW(tally_moments_sum_f64, moments, "damaged", TALLY_INVALID,
    tally_moments_sum_f64(&damaged_moments, &out.f64))
ROW(tally_moments_sum_f64, moments, "failed before", TALLY_INVALID,
    tally_moments_sum_f64(&failed_moments, &out.f64))
ROW(tally_moments_sum_f64, sum, "NULL", TALLY_NULL,
    tally_moments_sum_f64(&good_moments, NULL))

ROW(tally_moments_mean_f64, moments, "NULL", TALLY_NULL,
    tally_moments_mean_f64(NULL, &out.f64))
ROW(tally_moments_mean_f64, moments, "damaged", TALLY_INVALID,
    tally_moments_mean_f64(&damaged_moments, &out.f64))
ROW(tally_moments_mean_f64, moments, "failed before", TALLY_INVALID,
    tally_moments_mean_f64(&failed_moments, &out.f64))
ROW(tally_moments_mean_f64, mean, "NULL", TALLY_NULL,
    tally_moments_mean_f64(&good_moments, NULL))

ROW(tally_moments_norm_f64, moments, "NULL", TALLY_NULL,
    tally_moments_norm_f64(NULL, &out.f64))
ROW(tally_moments_norm_f64, moments, "damaged", TALLY_INVALID,
    tally_moments_norm_f64(&damaged_moments, &out.f64))
ROW(tally_moments_norm_f64, moments, "failed before", TALLY_INVALID,
    tally_moments_norm_f64(&failed_moments, &out.f64))
ROW(tally_moments_norm_f64, norm, "NULL", TALLY_NULL,
    tally_moments_norm_f64(&good_moments, NULL))

ROW(tally_moments_variance_f64, moments, "NULL", TALLY_NULL,
    tally_moments_variance_f64(NULL, 1, &out.f64))
ROW(tally_moments_variance_f64, moments, "damaged", TALLY_INVALID,
    tally_moments_variance_f64(&damaged_moments, 1, &out.f64))
ROW(tally_moments_variance_f64, moments, "failed before", TALLY_INVALID,
    tally_moments_variance_f64(&failed_moments, 1, &out.f64))
ROW(tally_moments_variance_f64, ddof, "the count", TALLY_INVALID,
    tally_moments_variance_f64(&good_moments, GIVEN, &out.f64))
ROW(tally_moments_variance_f64, ddof, "one less", TALLY_OK,
    tally_moments_variance_f64(&good_moments, GIVEN - 1, &out.f64))
ROW(tally_moments_variance_f64, ddof, "too large", TALLY_INVALID,
    tally_moments_variance_f64(&good_moments, TOO_MANY, &out.f64))
ROW(tally_moments_variance_f64, ddof, "negative", TALLY_INVALID,
    tally_moments_variance_f64(&good_moments, SIZE_MAX, &out.f64))
ROW(tally_moments_variance_f64, variance, "NULL", TALLY_NULL,
    tally_moments_variance_f64(&good_moments, 1, NULL))

ROW(tally_moments_standard_deviation_f64, moments, "NULL", TALLY_NULL,
    tally_moments_standard_deviation_f64(NULL, 1, &out.f64))
ROW(tally_moments_standard_deviation_f64, moments, "damaged", TALLY_INVALID,
    tally_moments_standard_deviation_f64(&damaged_moments, 1, &out.f64))
ROW(tally_moments_standard_deviation_f64, moments, "failed before",
    TALLY_INVALID,
    tally_moments_standard_deviation_f64(&failed_moments, 1, &out.f64))
ROW(tally_moments_standard_deviation_f64, ddof, "the count", TALLY_INVALID,
    tally_moments_standard_deviation_f64(&good_moments, GIVEN, &out.f64))
ROW(tally_moments_standard_deviation_f64, ddof, "one less", TALLY_OK,
    tally_moments_standard_deviation_f64(&good_moments, GIVEN - 1, &out.f64))
ROW(tally_moments_standard_deviation_f64, ddof, "too large", TALLY_INVALID,
    tally_moments_standard_deviation_f64(&good_moments, TOO_MANY, &out.f64))
ROW(tally_moments_standard_deviation_f64, ddof, "negative", TALLY_INVALID,
    tally_moments_standard_deviation_f64(&good_moments, SIZE_MAX, &out.f64))
ROW(tally_moments_standard_deviation_f64, deviation, "NULL", TALLY_NULL,
    tally_moments_standard_deviation_f64(&good_moments, 1, NULL))

ROW(tally_moments_covariance_f64, x, "NULL", TALLY_NULL,
    tally_moments_covariance_f64(NULL, &good_moments, &good_products, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, x, "damaged", TALLY_INVALID,
    tally_moments_covariance_f64(&damaged_moments, &good_moments,
                                 &good_products, 1, &out.f64))
ROW(tally_moments_covariance_f64, x, "failed before", TALLY_INVALID,
    tally_moments_covariance_f64(&failed_moments, &good_moments, &good_products,
                                 1, &out.f64))
ROW(tally_moments_covariance_f64, x, "of another count", TALLY_INVALID,
    tally_moments_covariance_f64(&no_moments, &good_moments, &good_products, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, y, "NULL", TALLY_NULL,
    tally_moments_covariance_f64(&good_moments, NULL, &good_products, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, y, "damaged", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &damaged_moments,
                                 &good_products, 1, &out.f64))
ROW(tally_moments_covariance_f64, y, "failed before", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &failed_moments, &good_products,
                                 1, &out.f64))
ROW(tally_moments_covariance_f64, y, "of another count", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &no_moments, &good_products, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, products, "NULL", TALLY_NULL,
    tally_moments_covariance_f64(&good_moments, &good_moments, NULL, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, products, "damaged", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments,
                                 &damaged_products, 1, &out.f64))
ROW(tally_moments_covariance_f64, products, "failed before", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments, &failed_products,
                                 1, &out.f64))
ROW(tally_moments_covariance_f64, products, "of another count", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments, &no_products, 1,
                                 &out.f64))
ROW(tally_moments_covariance_f64, ddof, "the count", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments, &good_products,
                                 GIVEN, &out.f64))
ROW(tally_moments_covariance_f64, ddof, "one less", TALLY_OK,
    tally_moments_covariance_f64(&good_moments, &good_moments, &good_products,
                                 GIVEN - 1, &out.f64))
ROW(tally_moments_covariance_f64, ddof, "too large", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments, &good_products,
                                 TOO_MANY, &out.f64))
ROW(tally_moments_covariance_f64, ddof, "negative", TALLY_INVALID,
    tally_moments_covariance_f64(&good_moments, &good_moments, &good_products,
                                 SIZE_MAX, &out.f64))
ROW(tally_moments_covariance_f64, covariance, "NULL", TALLY_NULL,
    tally_moments_covariance_f64(&good_moments, &good_moments, &good_products,
                                 1, NULL))

ROW(tally_moments_correlation_f64, x, "NULL", TALLY_NULL,
    tally_moments_correlation_f64(NULL, &good_moments, &good_products,
                                  &out.f64))
ROW(tally_moments_correlation_f64, x, "damaged", TALLY_INVALID,
    tally_moments_correlation_f64(&damaged_moments, &good_moments,
                                  &good_products, &out.f64))
ROW(tally_moments_correlation_f64, x, "failed before", TALLY_INVALID,
    tally_moments_correlation_f64(&failed_moments, &good_moments,
                                  &good_products, &out.f64))
ROW(tally_moments_correlation_f64, x, "of another count", TALLY_INVALID,
    tally_moments_correlation_f64(&no_moments, &good_moments, &good_products,
                                  &out.f64))
ROW(tally_moments_correlation_f64, y, "NULL", TALLY_NULL,
    tally_moments_correlation_f64(&good_moments, NULL, &good_products,
                                  &out.f64))
ROW(tally_moments_correlation_f64, y, "damaged", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &damaged_moments,
                                  &good_products, &out.f64))
ROW(tally_moments_correlation_f64, y, "failed before", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &failed_moments,
                                  &good_products, &out.f64))
ROW(tally_moments_correlation_f64, y, "of another count", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &no_moments, &good_products,
                                  &out.f64))
ROW(tally_moments_correlation_f64, products, "NULL", TALLY_NULL,
    tally_moments_correlation_f64(&good_moments, &good_moments, NULL, &out.f64))
ROW(tally_moments_correlation_f64, products, "damaged", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &good_moments,
                                  &damaged_products, &out.f64))
ROW(tally_moments_correlation_f64, products, "failed before", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &good_moments,
                                  &failed_products, &out.f64))
ROW(tally_moments_correlation_f64, products, "of another count", TALLY_INVALID,
    tally_moments_correlation_f64(&good_moments, &good_moments, &no_products,
                                  &out.f64))
ROW(tally_moments_correlation_f64, correlation, "NULL", TALLY_NULL,
    tally_moments_correlation_f64(&good_moments, &good_moments, &good_products,
                                  NULL))

ROW(tally_moments_save, moments, "NULL", TALLY_NULL,
    tally_moments_save(NULL, out.text, 8, &out.size))
ROW(tally_moments_save, moments, "damaged", TALLY_INVALID,
    tally_moments_save(&damaged_moments, out.text, 8, &out.size))
ROW(tally_moments_save, moments, "failed before", TALLY_INVALID,
    tally_moments_save(&failed_moments, out.text, 8, &out.size))
ROW(tally_moments_save, buffer, "NULL with a size", TALLY_NULL,
    tally_moments_save(&good_moments, NULL, 8, &out.size))
ROW(tally_moments_save, buffer, "NULL for the length", TALLY_OK,
    tally_moments_save(&good_moments, NULL, 0, &out.size))
ROW(tally_moments_save, size, "too small", TALLY_TOO_SMALL,
    with_needed_size(tally_moments_save(&good_moments, out.text, 8, &out.size),
                     saved_moments_size))
ROW(tally_moments_save, size, "negative", TALLY_INVALID,
    tally_moments_save(&good_moments, out.text, SIZE_MAX, &out.size))
ROW(tally_moments_save, needed, "NULL", TALLY_NULL,
    tally_moments_save(&good_moments, out.text, 8, NULL))

ROW(tally_moments_load, bytes, "NULL", TALLY_NULL,
    tally_moments_load(NULL, saved_moments_size, &out.moments))
ROW(tally_moments_load, bytes, "NULL of nothing", TALLY_FORMAT,
    tally_moments_load(NULL, 0, &out.moments))
ROW(tally_moments_load, bytes, "not saved ones", TALLY_FORMAT,
    tally_moments_load(doubles, sizeof doubles, &out.moments))
ROW(tally_moments_load, bytes, "those of an accumulator", TALLY_FORMAT,
    tally_moments_load(saved, saved_size, &out.moments))
ROW(tally_moments_load, size, "0", TALLY_FORMAT,
    tally_moments_load(saved_moments, 0, &out.moments))
ROW(tally_moments_load, size, "one less", TALLY_FORMAT,
    tally_moments_load(saved_moments, saved_moments_size - 1, &out.moments))
ROW(tally_moments_load, size, "one more", TALLY_FORMAT,
    tally_moments_load(saved_moments, saved_moments_size + 1, &out.moments))
ROW(tally_moments_load, size, "negative", TALLY_INVALID,
    tally_moments_load(saved_moments, SIZE_MAX, &out.moments))
ROW(tally_moments_load, moments, "NULL", TALLY_NULL,
    tally_moments_load(saved_moments, saved_moments_size, NULL))
ROW(tally_moments_load, moments, "damaged, which is written over", TALLY_OK,
    tally_moments_load(saved_moments, saved_moments_size, &out.damaged_moments))
