/* Rows of bad_arguments.c: decimals. The total of good_decimal is 0.06. */
ROW(tally_decimal_merge, into, "NULL", TALLY_NULL,
    tally_decimal_merge(NULL, &good_decimal))
ROW(tally_decimal_merge, into, "damaged", TALLY_INVALID,
    tally_decimal_merge(&out.damaged_decimal, &good_decimal))
ROW(tally_decimal_merge, into, "failed before", TALLY_INVALID,
    tally_decimal_merge(&out.failed_decimal, &good_decimal))
ROW(tally_decimal_merge, from, "NULL", TALLY_NULL,
    tally_decimal_merge(&out.dec, NULL))
ROW(tally_decimal_merge, from, "damaged", TALLY_INVALID,
    tally_decimal_merge(&out.dec, &damaged_decimal))
ROW(tally_decimal_merge, from, "failed before", TALLY_INVALID,
    tally_decimal_merge(&out.dec, &failed_decimal))

ROW(tally_decimal_unmerge, into, "NULL", TALLY_NULL,
    tally_decimal_unmerge(NULL, &good_decimal))
ROW(tally_decimal_unmerge, into, "damaged", TALLY_INVALID,
    tally_decimal_unmerge(&out.damaged_decimal, &good_decimal))
ROW(tally_decimal_unmerge, into, "failed before", TALLY_INVALID,
    tally_decimal_unmerge(&out.failed_decimal, &good_decimal))
ROW(tally_decimal_unmerge, from, "NULL", TALLY_NULL,
    tally_decimal_unmerge(&out.dec, NULL))
ROW(tally_decimal_unmerge, from, "damaged", TALLY_INVALID,
    tally_decimal_unmerge(&out.dec, &damaged_decimal))
ROW(tally_decimal_unmerge, from, "failed before", TALLY_INVALID,
    tally_decimal_unmerge(&out.dec, &failed_decimal))

ROW(tally_decimal_count, dec, "NULL", TALLY_NULL,
    tally_decimal_count(NULL, &out.i64))
ROW(tally_decimal_count, dec, "damaged", TALLY_INVALID,
    tally_decimal_count(&damaged_decimal, &out.i64))
ROW(tally_decimal_count, dec, "failed before", TALLY_INVALID,
    tally_decimal_count(&failed_decimal, &out.i64))
ROW(tally_decimal_count, count, "NULL", TALLY_NULL,
    tally_decimal_count(&good_decimal, NULL))

ROW(tally_decimal_compare, a, "NULL", TALLY_NULL,
    tally_decimal_compare(NULL, &good_decimal, out.results))
ROW(tally_decimal_compare, a, "damaged", TALLY_INVALID,
    tally_decimal_compare(&damaged_decimal, &good_decimal, out.results))
ROW(tally_decimal_compare, a, "failed before", TALLY_INVALID,
    tally_decimal_compare(&failed_decimal, &good_decimal, out.results))
ROW(tally_decimal_compare, b, "NULL", TALLY_NULL,
    tally_decimal_compare(&good_decimal, NULL, out.results))
ROW(tally_decimal_compare, b, "damaged", TALLY_INVALID,
    tally_decimal_compare(&good_decimal, &damaged_decimal, out.results))
ROW(tally_decimal_compare, b, "failed before", TALLY_INVALID,
    tally_decimal_compare(&good_decimal, &failed_decimal, out.results))
ROW(tally_decimal_compare, order, "NULL", TALLY_NULL,
    tally_decimal_compare(&good_decimal, &good_decimal, NULL))

/* It returns nothing; what it refuses is in the record. */
ROW(tally_decimal_combine, in, "NULL", TALLY_NULL,
    (tally_decimal_combine(NULL, out.decs, GIVEN), tally_last_status()))
ROW(tally_decimal_combine, in, "NULL of nothing", TALLY_OK,
    (tally_decimal_combine(NULL, out.decs, 0), tally_last_status()))
ROW(tally_decimal_combine, inout, "NULL", TALLY_NULL,
    (tally_decimal_combine(&good_decimal, NULL, 1), tally_last_status()))
ROW(tally_decimal_combine, inout, "NULL of nothing", TALLY_OK,
    (tally_decimal_combine(&good_decimal, NULL, 0), tally_last_status()))
ROW(tally_decimal_combine, count, "too many", TALLY_INVALID,
    (tally_decimal_combine(&good_decimal, out.decs, TOO_MANY),
     tally_last_status()))
ROW(tally_decimal_combine, count, "negative", TALLY_INVALID,
    (tally_decimal_combine(&good_decimal, out.decs, SIZE_MAX),
     tally_last_status()))

ROW(tally_decimal_add_text, into, "NULL", TALLY_NULL,
    tally_decimal_add_text(NULL, "1 2", 3, ' ', 1, &out.size, &out.other_size))
ROW(tally_decimal_add_text, into, "damaged", TALLY_INVALID,
    tally_decimal_add_text(&out.damaged_decimal, "1 2", 3, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, into, "failed before", TALLY_INVALID,
    tally_decimal_add_text(&out.failed_decimal, "1 2", 3, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, into, "damaged, one number", TALLY_INVALID,
    tally_decimal_add_text(&out.damaged_decimal, "1", 1, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, text, "NULL", TALLY_NULL,
    tally_decimal_add_text(&out.dec, NULL, 3, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, text, "NULL of nothing", TALLY_OK,
    tally_decimal_add_text(&out.dec, NULL, 0, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, size, "negative", TALLY_INVALID,
    tally_decimal_add_text(&out.dec, "1", SIZE_MAX, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_decimal_add_text, consumed, "NULL", TALLY_NULL,
    tally_decimal_add_text(&out.dec, "1", 1, ' ', 1, NULL, &out.other_size))
ROW(tally_decimal_add_text, values, "NULL", TALLY_NULL,
    tally_decimal_add_text(&out.dec, "1", 1, ' ', 1, &out.size, NULL))

ROW(tally_decimal_add_scaled, into, "NULL", TALLY_NULL,
    tally_decimal_add_scaled(NULL, int64s, GIVEN, 2))
ROW(tally_decimal_add_scaled, into, "damaged", TALLY_INVALID,
    tally_decimal_add_scaled(&out.damaged_decimal, int64s, GIVEN, 2))
ROW(tally_decimal_add_scaled, into, "damaged, one value", TALLY_INVALID,
    tally_decimal_add_scaled(&out.damaged_decimal, int64s, 1, 2))
ROW(tally_decimal_add_scaled, into, "failed before", TALLY_INVALID,
    tally_decimal_add_scaled(&out.failed_decimal, int64s, GIVEN, 2))
ROW(tally_decimal_add_scaled, values, "NULL", TALLY_NULL,
    tally_decimal_add_scaled(&out.dec, NULL, GIVEN, 2))
ROW(tally_decimal_add_scaled, values, "NULL of nothing", TALLY_OK,
    tally_decimal_add_scaled(&out.dec, NULL, 0, 2))
ROW(tally_decimal_add_scaled, count, "too many", TALLY_INVALID,
    tally_decimal_add_scaled(&out.dec, int64s, TOO_MANY, 2))
ROW(tally_decimal_add_scaled, count, "negative", TALLY_INVALID,
    tally_decimal_add_scaled(&out.dec, int64s, SIZE_MAX, 2))

ROW(tally_decimal_subtract_text, into, "NULL", TALLY_NULL,
    tally_decimal_subtract_text(NULL, "1 2", 3, ' ', 1, &out.size,
                                &out.other_size))
ROW(tally_decimal_subtract_text, into, "damaged", TALLY_INVALID,
    tally_decimal_subtract_text(&out.damaged_decimal, "1 2", 3, ' ', 1,
                                &out.size, &out.other_size))
ROW(tally_decimal_subtract_text, into, "failed before", TALLY_INVALID,
    tally_decimal_subtract_text(&out.failed_decimal, "1 2", 3, ' ', 1,
                                &out.size, &out.other_size))
ROW(tally_decimal_subtract_text, into, "damaged, one number", TALLY_INVALID,
    tally_decimal_subtract_text(&out.damaged_decimal, "1", 1, ' ', 1, &out.size,
                                &out.other_size))
ROW(tally_decimal_subtract_text, text, "NULL", TALLY_NULL,
    tally_decimal_subtract_text(&out.dec, NULL, 3, ' ', 1, &out.size,
                                &out.other_size))
ROW(tally_decimal_subtract_text, text, "NULL of nothing", TALLY_OK,
    tally_decimal_subtract_text(&out.dec, NULL, 0, ' ', 1, &out.size,
                                &out.other_size))
ROW(tally_decimal_subtract_text, size, "negative", TALLY_INVALID,
    tally_decimal_subtract_text(&out.dec, "1", SIZE_MAX, ' ', 1, &out.size,
                                &out.other_size))
ROW(tally_decimal_subtract_text, consumed, "NULL", TALLY_NULL,
    tally_decimal_subtract_text(&out.dec, "1", 1, ' ', 1, NULL,
                                &out.other_size))
ROW(tally_decimal_subtract_text, values, "NULL", TALLY_NULL,
    tally_decimal_subtract_text(&out.dec, "1", 1, ' ', 1, &out.size, NULL))

ROW(tally_decimal_subtract_scaled, into, "NULL", TALLY_NULL,
    tally_decimal_subtract_scaled(NULL, int64s, GIVEN, 2))
ROW(tally_decimal_subtract_scaled, into, "damaged", TALLY_INVALID,
    tally_decimal_subtract_scaled(&out.damaged_decimal, int64s, GIVEN, 2))
ROW(tally_decimal_subtract_scaled, into, "damaged, one value", TALLY_INVALID,
    tally_decimal_subtract_scaled(&out.damaged_decimal, int64s, 1, 2))
ROW(tally_decimal_subtract_scaled, into, "failed before", TALLY_INVALID,
    tally_decimal_subtract_scaled(&out.failed_decimal, int64s, GIVEN, 2))
ROW(tally_decimal_subtract_scaled, values, "NULL", TALLY_NULL,
    tally_decimal_subtract_scaled(&out.dec, NULL, GIVEN, 2))
ROW(tally_decimal_subtract_scaled, values, "NULL of nothing", TALLY_OK,
    tally_decimal_subtract_scaled(&out.dec, NULL, 0, 2))
ROW(tally_decimal_subtract_scaled, count, "too many", TALLY_INVALID,
    tally_decimal_subtract_scaled(&out.dec, int64s, TOO_MANY, 2))
ROW(tally_decimal_subtract_scaled, count, "negative", TALLY_INVALID,
    tally_decimal_subtract_scaled(&out.dec, int64s, SIZE_MAX, 2))

ROW(tally_decimal_value_f64, dec, "NULL", TALLY_NULL,
    tally_decimal_value_f64(NULL, &out.f64))
ROW(tally_decimal_value_f64, dec, "damaged", TALLY_INVALID,
    tally_decimal_value_f64(&damaged_decimal, &out.f64))
ROW(tally_decimal_value_f64, dec, "failed before", TALLY_INVALID,
    tally_decimal_value_f64(&failed_decimal, &out.f64))
ROW(tally_decimal_value_f64, total, "NULL", TALLY_NULL,
    tally_decimal_value_f64(&good_decimal, NULL))

ROW(tally_decimal_value_text, dec, "NULL", TALLY_NULL,
    tally_decimal_value_text(NULL, 2, out.text, 8, &out.size))
ROW(tally_decimal_value_text, dec, "damaged", TALLY_INVALID,
    tally_decimal_value_text(&damaged_decimal, 2, out.text, 8, &out.size))
ROW(tally_decimal_value_text, dec, "failed before", TALLY_INVALID,
    tally_decimal_value_text(&failed_decimal, 2, out.text, 8, &out.size))
ROW(tally_decimal_value_text, fraction_digits, "below -2", TALLY_INVALID,
    tally_decimal_value_text(&good_decimal, -3, out.text, 8, &out.size))
ROW(tally_decimal_value_text, fraction_digits, "above 342", TALLY_INVALID,
    tally_decimal_value_text(&good_decimal, 343, out.text, 8, &out.size))
ROW(tally_decimal_value_text, fraction_digits, "most negative", TALLY_INVALID,
    tally_decimal_value_text(&good_decimal, INT32_MIN, out.text, 8, &out.size))
ROW(tally_decimal_value_text, fraction_digits, "most", TALLY_INVALID,
    tally_decimal_value_text(&good_decimal, INT32_MAX, out.text, 8, &out.size))
ROW(tally_decimal_value_text, fraction_digits, "the most, but for the size",
    TALLY_OK, tally_decimal_value_text(&good_decimal, 342, NULL, 0, &out.size))
ROW(tally_decimal_value_text, buffer, "NULL with a size", TALLY_NULL,
    tally_decimal_value_text(&good_decimal, 2, NULL, 8, &out.size))
ROW(tally_decimal_value_text, buffer, "NULL for the length", TALLY_OK,
    tally_decimal_value_text(&good_decimal, 2, NULL, 0, &out.size))
ROW(tally_decimal_value_text, size, "no room for the NUL", TALLY_TOO_SMALL,
    tally_decimal_value_text(&good_decimal, 2, out.text, 4, NULL))
ROW(tally_decimal_value_text, size, "0 with a buffer", TALLY_TOO_SMALL,
    tally_decimal_value_text(&good_decimal, 2, out.text, 0, NULL))
ROW(tally_decimal_value_text, size, "just enough", TALLY_OK,
    tally_decimal_value_text(&good_decimal, 2, out.text, 5, NULL))
ROW(tally_decimal_value_text, size, "negative", TALLY_INVALID,
    tally_decimal_value_text(&good_decimal, 2, out.text, SIZE_MAX, &out.size))
ROW(tally_decimal_value_text, needed, "NULL", TALLY_OK,
    tally_decimal_value_text(&good_decimal, 2, out.text, 8, NULL))

ROW(tally_decimal_mean_text, dec, "NULL", TALLY_NULL,
    tally_decimal_mean_text(NULL, 2, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, dec, "damaged", TALLY_INVALID,
    tally_decimal_mean_text(&damaged_decimal, 2, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, dec, "failed before", TALLY_INVALID,
    tally_decimal_mean_text(&failed_decimal, 2, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "below 0", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, -1, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "as written", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, TALLY_DECIMAL_AS_WRITTEN, out.text,
                            8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "above 342", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, 343, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "most negative", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, INT32_MIN, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "most", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, INT32_MAX, out.text, 8, &out.size))
ROW(tally_decimal_mean_text, fraction_digits, "the most, but for the size",
    TALLY_OK, tally_decimal_mean_text(&good_decimal, 342, NULL, 0, &out.size))
ROW(tally_decimal_mean_text, buffer, "NULL with a size", TALLY_NULL,
    tally_decimal_mean_text(&good_decimal, 2, NULL, 8, &out.size))
ROW(tally_decimal_mean_text, buffer, "NULL for the length", TALLY_OK,
    tally_decimal_mean_text(&good_decimal, 2, NULL, 0, &out.size))
ROW(tally_decimal_mean_text, size, "no room for the NUL", TALLY_TOO_SMALL,
    tally_decimal_mean_text(&good_decimal, 2, out.text, 4, NULL))
ROW(tally_decimal_mean_text, size, "0 with a buffer", TALLY_TOO_SMALL,
    tally_decimal_mean_text(&good_decimal, 2, out.text, 0, NULL))
ROW(tally_decimal_mean_text, size, "just enough", TALLY_OK,
    tally_decimal_mean_text(&good_decimal, 2, out.text, 5, NULL))
ROW(tally_decimal_mean_text, size, "negative", TALLY_INVALID,
    tally_decimal_mean_text(&good_decimal, 2, out.text, SIZE_MAX, &out.size))
ROW(tally_decimal_mean_text, needed, "NULL", TALLY_OK,
    tally_decimal_mean_text(&good_decimal, 2, out.text, 8, NULL))

ROW(tally_decimal_save, dec, "NULL", TALLY_NULL,
    tally_decimal_save(NULL, out.text, 8, &out.size))
ROW(tally_decimal_save, dec, "damaged", TALLY_INVALID,
    tally_decimal_save(&damaged_decimal, out.text, 8, &out.size))
ROW(tally_decimal_save, dec, "failed before", TALLY_INVALID,
    tally_decimal_save(&failed_decimal, out.text, 8, &out.size))
ROW(tally_decimal_save, buffer, "NULL with a size", TALLY_NULL,
    tally_decimal_save(&good_decimal, NULL, 8, &out.size))
ROW(tally_decimal_save, buffer, "NULL for the length", TALLY_OK,
    tally_decimal_save(&good_decimal, NULL, 0, &out.size))
ROW(tally_decimal_save, size, "too small", TALLY_TOO_SMALL,
    with_needed_decimal(tally_decimal_save(&good_decimal, out.text, 8,
                                           &out.size)))
ROW(tally_decimal_save, size, "negative", TALLY_INVALID,
    tally_decimal_save(&good_decimal, out.text, SIZE_MAX, &out.size))
ROW(tally_decimal_save, needed, "NULL", TALLY_NULL,
    tally_decimal_save(&good_decimal, out.text, 8, NULL))

ROW(tally_decimal_load, bytes, "NULL", TALLY_NULL,
    tally_decimal_load(NULL, saved_decimal_size, &out.dec))
ROW(tally_decimal_load, bytes, "NULL of nothing", TALLY_FORMAT,
    tally_decimal_load(NULL, 0, &out.dec))
ROW(tally_decimal_load, bytes, "not saved ones", TALLY_FORMAT,
    tally_decimal_load(doubles, sizeof doubles, &out.dec))
ROW(tally_decimal_load, bytes, "of an accumulator", TALLY_FORMAT,
    tally_decimal_load(saved, saved_size, &out.dec))
ROW(tally_decimal_load, size, "0", TALLY_FORMAT,
    tally_decimal_load(saved_decimal, 0, &out.dec))
ROW(tally_decimal_load, size, "one less", TALLY_FORMAT,
    tally_decimal_load(saved_decimal, saved_decimal_size - 1, &out.dec))
ROW(tally_decimal_load, size, "one more", TALLY_FORMAT,
    tally_decimal_load(saved_decimal, saved_decimal_size + 1, &out.dec))
ROW(tally_decimal_load, size, "negative", TALLY_INVALID,
    tally_decimal_load(saved_decimal, SIZE_MAX, &out.dec))
ROW(tally_decimal_load, dec, "NULL", TALLY_NULL,
    tally_decimal_load(saved_decimal, saved_decimal_size, NULL))
ROW(tally_decimal_load, dec, "damaged, which is written over", TALLY_OK,
    tally_decimal_load(saved_decimal, saved_decimal_size, &out.damaged_decimal))
