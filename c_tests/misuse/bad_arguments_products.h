/* Rows of bad_arguments.c: the accumulator of products. */

ROW(tally_product_accumulator_add_f64, into, "NULL", TALLY_NULL,
    tally_product_accumulator_add_f64(NULL, doubles, other_doubles, GIVEN))
ROW(tally_product_accumulator_add_f64, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_add_f64(&out.damaged_products, doubles,
                                      other_doubles, GIVEN))
ROW(tally_product_accumulator_add_f64, into, "failed before", TALLY_INVALID,
    tally_product_accumulator_add_f64(&out.failed_products, doubles,
                                      other_doubles, GIVEN))
ROW(tally_product_accumulator_add_f64, into, "NULL for nothing", TALLY_NULL,
    tally_product_accumulator_add_f64(NULL, doubles, other_doubles, 0))
ROW(tally_product_accumulator_add_f64, x, "NULL", TALLY_NULL,
    tally_product_accumulator_add_f64(&out.products, NULL, other_doubles,
                                      GIVEN))
ROW(tally_product_accumulator_add_f64, x, "NULL for nothing", TALLY_OK,
    tally_product_accumulator_add_f64(&out.products, NULL, other_doubles, 0))
ROW(tally_product_accumulator_add_f64, y, "NULL", TALLY_NULL,
    tally_product_accumulator_add_f64(&out.products, doubles, NULL, GIVEN))
ROW(tally_product_accumulator_add_f64, y, "NULL for nothing", TALLY_OK,
    tally_product_accumulator_add_f64(&out.products, doubles, NULL, 0))
ROW(tally_product_accumulator_add_f64, count, "too large", TALLY_INVALID,
    tally_product_accumulator_add_f64(&out.products, doubles, other_doubles,
                                      TOO_MANY))
ROW(tally_product_accumulator_add_f64, count, "negative", TALLY_INVALID,
    tally_product_accumulator_add_f64(&out.products, doubles, other_doubles,
                                      SIZE_MAX))

ROW(tally_product_accumulator_add_one_f64, into, "NULL", TALLY_NULL,
    tally_product_accumulator_add_one_f64(NULL, 1.5, 2.5))
ROW(tally_product_accumulator_add_one_f64, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_add_one_f64(&out.damaged_products, 1.5, 2.5))
ROW(tally_product_accumulator_add_one_f64, into, "failed before", TALLY_INVALID,
    tally_product_accumulator_add_one_f64(&out.failed_products, 1.5, 2.5))

ROW(tally_product_accumulator_subtract_f64, into, "NULL", TALLY_NULL,
    tally_product_accumulator_subtract_f64(NULL, doubles, other_doubles, GIVEN))
ROW(tally_product_accumulator_subtract_f64, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_subtract_f64(&out.damaged_products, doubles,
                                           other_doubles, GIVEN))
ROW(tally_product_accumulator_subtract_f64, into, "failed before",
    TALLY_INVALID,
    tally_product_accumulator_subtract_f64(&out.failed_products, doubles,
                                           other_doubles, GIVEN))
ROW(tally_product_accumulator_subtract_f64, into, "NULL for nothing",
    TALLY_NULL,
    tally_product_accumulator_subtract_f64(NULL, doubles, other_doubles, 0))
ROW(tally_product_accumulator_subtract_f64, x, "NULL", TALLY_NULL,
    tally_product_accumulator_subtract_f64(&out.products, NULL, other_doubles,
                                           GIVEN))
ROW(tally_product_accumulator_subtract_f64, x, "NULL for nothing", TALLY_OK,
    tally_product_accumulator_subtract_f64(&out.products, NULL, other_doubles,
                                           0))
ROW(tally_product_accumulator_subtract_f64, y, "NULL", TALLY_NULL,
    tally_product_accumulator_subtract_f64(&out.products, doubles, NULL, GIVEN))
ROW(tally_product_accumulator_subtract_f64, y, "NULL for nothing", TALLY_OK,
    tally_product_accumulator_subtract_f64(&out.products, doubles, NULL, 0))
ROW(tally_product_accumulator_subtract_f64, count, "too large", TALLY_INVALID,
    tally_product_accumulator_subtract_f64(&out.products, doubles,
                                           other_doubles, TOO_MANY))
ROW(tally_product_accumulator_subtract_f64, count, "negative", TALLY_INVALID,
    tally_product_accumulator_subtract_f64(&out.products, doubles,
                                           other_doubles, SIZE_MAX))

ROW(tally_product_accumulator_subtract_one_f64, into, "NULL", TALLY_NULL,
    tally_product_accumulator_subtract_one_f64(NULL, 1.5, 2.5))
ROW(tally_product_accumulator_subtract_one_f64, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_subtract_one_f64(&out.damaged_products, 1.5, 2.5))
ROW(tally_product_accumulator_subtract_one_f64, into, "failed before",
    TALLY_INVALID,
    tally_product_accumulator_subtract_one_f64(&out.failed_products, 1.5, 2.5))

ROW(tally_product_accumulator_merge, into, "NULL", TALLY_NULL,
    tally_product_accumulator_merge(NULL, &good_products))
ROW(tally_product_accumulator_merge, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_merge(&out.damaged_products, &good_products))
ROW(tally_product_accumulator_merge, into, "failed before", TALLY_INVALID,
    tally_product_accumulator_merge(&out.failed_products, &good_products))
ROW(tally_product_accumulator_merge, from, "NULL", TALLY_NULL,
    tally_product_accumulator_merge(&out.products, NULL))
ROW(tally_product_accumulator_merge, from, "damaged", TALLY_INVALID,
    tally_product_accumulator_merge(&out.products, &damaged_products))
ROW(tally_product_accumulator_merge, from, "failed before", TALLY_INVALID,
    tally_product_accumulator_merge(&out.products, &failed_products))
ROW(tally_product_accumulator_merge, from, "the same one", TALLY_OK,
    tally_product_accumulator_merge(&out.products, &out.products))

ROW(tally_product_accumulator_unmerge, into, "NULL", TALLY_NULL,
    tally_product_accumulator_unmerge(NULL, &good_products))
ROW(tally_product_accumulator_unmerge, into, "damaged", TALLY_INVALID,
    tally_product_accumulator_unmerge(&out.damaged_products, &good_products))
ROW(tally_product_accumulator_unmerge, into, "failed before", TALLY_INVALID,
    tally_product_accumulator_unmerge(&out.failed_products, &good_products))
ROW(tally_product_accumulator_unmerge, from, "NULL", TALLY_NULL,
    tally_product_accumulator_unmerge(&out.products, NULL))
ROW(tally_product_accumulator_unmerge, from, "damaged", TALLY_INVALID,
    tally_product_accumulator_unmerge(&out.products, &damaged_products))
ROW(tally_product_accumulator_unmerge, from, "failed before", TALLY_INVALID,
    tally_product_accumulator_unmerge(&out.products, &failed_products))
ROW(tally_product_accumulator_unmerge, from, "the same one", TALLY_OK,
    tally_product_accumulator_unmerge(&out.products, &out.products))

/* It returns nothing; what it refuses is in the record. */
ROW(tally_product_accumulator_combine, in, "NULL", TALLY_NULL,
    (tally_product_accumulator_combine(NULL, out.products_list, GIVEN),
     tally_last_status()))
ROW(tally_product_accumulator_combine, in, "NULL for nothing", TALLY_OK,
    (tally_product_accumulator_combine(NULL, out.products_list, 0),
     tally_last_status()))
ROW(tally_product_accumulator_combine, inout, "NULL", TALLY_NULL,
    (tally_product_accumulator_combine(&good_products, NULL, 1),
     tally_last_status()))
ROW(tally_product_accumulator_combine, inout, "NULL for nothing", TALLY_OK,
    (tally_product_accumulator_combine(&good_products, NULL, 0),
     tally_last_status()))
ROW(tally_product_accumulator_combine, inout, "failed before", TALLY_INVALID,
    (tally_product_accumulator_combine(&good_products, &out.failed_products, 1),
     tally_last_status()))
ROW(tally_product_accumulator_combine, count, "too large", TALLY_INVALID,
    (tally_product_accumulator_combine(&good_products, out.products_list,
                                       TOO_MANY),
     tally_last_status()))
ROW(tally_product_accumulator_combine, count, "negative", TALLY_INVALID,
    (tally_product_accumulator_combine(&good_products, out.products_list,
                                       SIZE_MAX),
     tally_last_status()))

ROW(tally_product_accumulator_count, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_count(NULL, &out.i64))
ROW(tally_product_accumulator_count, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_count(&damaged_products, &out.i64))
ROW(tally_product_accumulator_count, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_count(&failed_products, &out.i64))
ROW(tally_product_accumulator_count, count, "NULL", TALLY_NULL,
    tally_product_accumulator_count(&good_products, NULL))

ROW(tally_product_accumulator_value_f64, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_value_f64(NULL, &out.f64))
ROW(tally_product_accumulator_value_f64, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_value_f64(&damaged_products, &out.f64))
ROW(tally_product_accumulator_value_f64, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_value_f64(&failed_products, &out.f64))
ROW(tally_product_accumulator_value_f64, total, "NULL", TALLY_NULL,
    tally_product_accumulator_value_f64(&good_products, NULL))

ROW(tally_product_accumulator_value_i64, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_value_i64(NULL, &out.i64))
ROW(tally_product_accumulator_value_i64, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_value_i64(&damaged_products, &out.i64))
ROW(tally_product_accumulator_value_i64, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_value_i64(&failed_products, &out.i64))
ROW(tally_product_accumulator_value_i64, total, "NULL", TALLY_NULL,
    tally_product_accumulator_value_i64(&good_products, NULL))

ROW(tally_product_accumulator_mean_f64, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_mean_f64(NULL, &out.f64))
ROW(tally_product_accumulator_mean_f64, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_mean_f64(&damaged_products, &out.f64))
ROW(tally_product_accumulator_mean_f64, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_mean_f64(&failed_products, &out.f64))
ROW(tally_product_accumulator_mean_f64, mean, "NULL", TALLY_NULL,
    tally_product_accumulator_mean_f64(&good_products, NULL))

ROW(tally_product_accumulator_error_f64, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_error_f64(NULL, 1.5, &out.f64))
ROW(tally_product_accumulator_error_f64, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_error_f64(&damaged_products, 1.5, &out.f64))
ROW(tally_product_accumulator_error_f64, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_error_f64(&failed_products, 1.5, &out.f64))
ROW(tally_product_accumulator_error_f64, ulps, "NULL", TALLY_NULL,
    tally_product_accumulator_error_f64(&good_products, 1.5, NULL))

ROW(tally_product_accumulator_weighted_mean_f64, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_weighted_mean_f64(NULL, &good, &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_weighted_mean_f64(&damaged_products, &good,
                                                &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, acc, "failed before",
    TALLY_INVALID,
    tally_product_accumulator_weighted_mean_f64(&failed_products, &good,
                                                &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, weights, "NULL", TALLY_NULL,
    tally_product_accumulator_weighted_mean_f64(&good_products, NULL, &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, weights, "damaged",
    TALLY_INVALID,
    tally_product_accumulator_weighted_mean_f64(&good_products, &damaged,
                                                &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, weights, "failed before",
    TALLY_INVALID,
    tally_product_accumulator_weighted_mean_f64(&good_products, &failed,
                                                &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, weights, "of another count",
    TALLY_INVALID,
    tally_product_accumulator_weighted_mean_f64(&good_products, &empty,
                                                &out.f64))
ROW(tally_product_accumulator_weighted_mean_f64, mean, "NULL", TALLY_NULL,
    tally_product_accumulator_weighted_mean_f64(&good_products, &good, NULL))

/* The total of good_products is 0.75: 4 bytes and a NUL. */
ROW(tally_product_accumulator_value_text, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_value_text(NULL, -1, out.text, 8, &out.size))
ROW(tally_product_accumulator_value_text, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_value_text(&damaged_products, -1, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_value_text(&failed_products, -1, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, fraction_digits, "below -1",
    TALLY_INVALID,
    tally_product_accumulator_value_text(&good_products, -2, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, fraction_digits, "above 2148",
    TALLY_INVALID,
    tally_product_accumulator_value_text(&good_products, 2149, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, fraction_digits, "most negative",
    TALLY_INVALID,
    tally_product_accumulator_value_text(&good_products, INT32_MIN, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, fraction_digits, "most",
    TALLY_INVALID,
    tally_product_accumulator_value_text(&good_products, INT32_MAX, out.text, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, fraction_digits,
    "the most, but for the size", TALLY_OK,
    tally_product_accumulator_value_text(&good_products, 2148, NULL, 0,
                                         &out.size))
ROW(tally_product_accumulator_value_text, buffer, "NULL with a size",
    TALLY_NULL,
    tally_product_accumulator_value_text(&good_products, -1, NULL, 8,
                                         &out.size))
ROW(tally_product_accumulator_value_text, buffer, "NULL for the length",
    TALLY_OK,
    tally_product_accumulator_value_text(&good_products, -1, NULL, 0,
                                         &out.size))
ROW(tally_product_accumulator_value_text, size, "no room for the NUL",
    TALLY_TOO_SMALL,
    tally_product_accumulator_value_text(&good_products, -1, out.text, 4, NULL))
ROW(tally_product_accumulator_value_text, size, "0 with a buffer",
    TALLY_TOO_SMALL,
    tally_product_accumulator_value_text(&good_products, -1, out.text, 0, NULL))
ROW(tally_product_accumulator_value_text, size, "just enough", TALLY_OK,
    tally_product_accumulator_value_text(&good_products, -1, out.text, 5, NULL))
ROW(tally_product_accumulator_value_text, size, "negative", TALLY_INVALID,
    tally_product_accumulator_value_text(&good_products, -1, out.text, SIZE_MAX,
                                         &out.size))
ROW(tally_product_accumulator_value_text, needed, "NULL", TALLY_OK,
    tally_product_accumulator_value_text(&good_products, -1, out.text, 8, NULL))

ROW(tally_product_accumulator_save, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_save(NULL, out.text, 8, &out.size))
ROW(tally_product_accumulator_save, acc, "damaged", TALLY_INVALID,
    tally_product_accumulator_save(&damaged_products, out.text, 8, &out.size))
ROW(tally_product_accumulator_save, acc, "failed before", TALLY_INVALID,
    tally_product_accumulator_save(&failed_products, out.text, 8, &out.size))
ROW(tally_product_accumulator_save, buffer, "NULL with a size", TALLY_NULL,
    tally_product_accumulator_save(&good_products, NULL, 8, &out.size))
ROW(tally_product_accumulator_save, buffer, "NULL for the length", TALLY_OK,
    tally_product_accumulator_save(&good_products, NULL, 0, &out.size))
ROW(tally_product_accumulator_save, size, "too small", TALLY_TOO_SMALL,
    with_needed_size(tally_product_accumulator_save(&good_products, out.text, 8,
                                                    &out.size),
                     saved_products_size))
ROW(tally_product_accumulator_save, size, "negative", TALLY_INVALID,
    tally_product_accumulator_save(&good_products, out.text, SIZE_MAX,
                                   &out.size))
ROW(tally_product_accumulator_save, needed, "NULL", TALLY_NULL,
    tally_product_accumulator_save(&good_products, out.text, 8, NULL))

ROW(tally_product_accumulator_load, bytes, "NULL", TALLY_NULL,
    tally_product_accumulator_load(NULL, saved_products_size, &out.products))
ROW(tally_product_accumulator_load, bytes, "NULL of nothing", TALLY_FORMAT,
    tally_product_accumulator_load(NULL, 0, &out.products))
ROW(tally_product_accumulator_load, bytes, "not saved ones", TALLY_FORMAT,
    tally_product_accumulator_load(doubles, sizeof doubles, &out.products))
ROW(tally_product_accumulator_load, bytes, "those of an accumulator",
    TALLY_FORMAT,
    tally_product_accumulator_load(saved, saved_size, &out.products))
ROW(tally_product_accumulator_load, size, "0", TALLY_FORMAT,
    tally_product_accumulator_load(saved_products, 0, &out.products))
ROW(tally_product_accumulator_load, size, "one less", TALLY_FORMAT,
    tally_product_accumulator_load(saved_products, saved_products_size - 1,
                                   &out.products))
ROW(tally_product_accumulator_load, size, "one more", TALLY_FORMAT,
    tally_product_accumulator_load(saved_products, saved_products_size + 1,
                                   &out.products))
ROW(tally_product_accumulator_load, size, "negative", TALLY_INVALID,
    tally_product_accumulator_load(saved_products, SIZE_MAX, &out.products))
ROW(tally_product_accumulator_load, acc, "NULL", TALLY_NULL,
    tally_product_accumulator_load(saved_products, saved_products_size, NULL))
ROW(tally_product_accumulator_load, acc, "damaged, which is written over",
    TALLY_OK,
    tally_product_accumulator_load(saved_products, saved_products_size,
                                   &out.damaged_products))
