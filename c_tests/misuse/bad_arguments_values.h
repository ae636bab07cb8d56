/* Rows of bad_arguments.c: values of an accumulator, and saving it. */

ROW(tally_accumulator_value_f64, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_f64(NULL, &out.f64))
ROW(tally_accumulator_value_f64, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_f64(&damaged, &out.f64))
ROW(tally_accumulator_value_f64, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_f64(&failed, &out.f64))
ROW(tally_accumulator_value_f64, total, "NULL", TALLY_NULL,
    tally_accumulator_value_f64(&good, NULL))

ROW(tally_accumulator_value_f32, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_f32(NULL, &out.f32))
ROW(tally_accumulator_value_f32, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_f32(&damaged, &out.f32))
ROW(tally_accumulator_value_f32, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_f32(&failed, &out.f32))
ROW(tally_accumulator_value_f32, total, "NULL", TALLY_NULL,
    tally_accumulator_value_f32(&good, NULL))

ROW(tally_accumulator_value_i64, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_i64(NULL, &out.i64))
ROW(tally_accumulator_value_i64, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_i64(&damaged, &out.i64))
ROW(tally_accumulator_value_i64, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_i64(&failed, &out.i64))
ROW(tally_accumulator_value_i64, total, "NULL", TALLY_NULL,
    tally_accumulator_value_i64(&good, NULL))

ROW(tally_accumulator_value_u64, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_u64(NULL, &out.u64))
ROW(tally_accumulator_value_u64, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_u64(&damaged, &out.u64))
ROW(tally_accumulator_value_u64, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_u64(&failed, &out.u64))
ROW(tally_accumulator_value_u64, total, "NULL", TALLY_NULL,
    tally_accumulator_value_u64(&good, NULL))

ROW(tally_accumulator_mean_f64, acc, "NULL", TALLY_NULL,
    tally_accumulator_mean_f64(NULL, &out.f64))
ROW(tally_accumulator_mean_f64, acc, "damaged", TALLY_INVALID,
    tally_accumulator_mean_f64(&damaged, &out.f64))
ROW(tally_accumulator_mean_f64, acc, "failed before", TALLY_INVALID,
    tally_accumulator_mean_f64(&failed, &out.f64))
ROW(tally_accumulator_mean_f64, mean, "NULL", TALLY_NULL,
    tally_accumulator_mean_f64(&good, NULL))

ROW(tally_accumulator_error_f64, acc, "NULL", TALLY_NULL,
    tally_accumulator_error_f64(NULL, 1.5, &out.f64))
ROW(tally_accumulator_error_f64, acc, "damaged", TALLY_INVALID,
    tally_accumulator_error_f64(&damaged, 1.5, &out.f64))
ROW(tally_accumulator_error_f64, acc, "failed before", TALLY_INVALID,
    tally_accumulator_error_f64(&failed, 1.5, &out.f64))
ROW(tally_accumulator_error_f64, ulps, "NULL", TALLY_NULL,
    tally_accumulator_error_f64(&good, 1.5, NULL))

/* The total of good is 0.75: 4 bytes and a NUL. */
ROW(tally_accumulator_value_text, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_text(NULL, -1, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_text(&damaged, -1, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_text(&failed, -1, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, fraction_digits, "below -1", TALLY_INVALID,
    tally_accumulator_value_text(&good, -2, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, fraction_digits, "above 1074", TALLY_INVALID,
    tally_accumulator_value_text(&good, 1075, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, fraction_digits, "most negative",
    TALLY_INVALID,
    tally_accumulator_value_text(&good, INT32_MIN, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, fraction_digits, "most", TALLY_INVALID,
    tally_accumulator_value_text(&good, INT32_MAX, out.text, 8, &out.size))
ROW(tally_accumulator_value_text, fraction_digits, "the most, but for the size",
    TALLY_OK, tally_accumulator_value_text(&good, 1074, NULL, 0, &out.size))
ROW(tally_accumulator_value_text, buffer, "NULL with a size", TALLY_NULL,
    tally_accumulator_value_text(&good, -1, NULL, 8, &out.size))
ROW(tally_accumulator_value_text, buffer, "NULL for the length", TALLY_OK,
    tally_accumulator_value_text(&good, -1, NULL, 0, &out.size))
ROW(tally_accumulator_value_text, size, "no room for the NUL", TALLY_TOO_SMALL,
    tally_accumulator_value_text(&good, -1, out.text, 4, NULL))
ROW(tally_accumulator_value_text, size, "0 with a buffer", TALLY_TOO_SMALL,
    tally_accumulator_value_text(&good, -1, out.text, 0, NULL))
ROW(tally_accumulator_value_text, size, "just enough", TALLY_OK,
    tally_accumulator_value_text(&good, -1, out.text, 5, NULL))
ROW(tally_accumulator_value_text, size, "negative", TALLY_INVALID,
    tally_accumulator_value_text(&good, -1, out.text, SIZE_MAX, &out.size))
ROW(tally_accumulator_value_text, needed, "NULL", TALLY_OK,
    tally_accumulator_value_text(&good, -1, out.text, 8, NULL))

ROW(tally_accumulator_save, acc, "NULL", TALLY_NULL,
    tally_accumulator_save(NULL, out.text, 8, &out.size))
ROW(tally_accumulator_save, acc, "damaged", TALLY_INVALID,
    tally_accumulator_save(&damaged, out.text, 8, &out.size))
ROW(tally_accumulator_save, acc, "failed before", TALLY_INVALID,
    tally_accumulator_save(&failed, out.text, 8, &out.size))
ROW(tally_accumulator_save, buffer, "NULL with a size", TALLY_NULL,
    tally_accumulator_save(&good, NULL, 8, &out.size))
ROW(tally_accumulator_save, buffer, "NULL for the length", TALLY_OK,
    tally_accumulator_save(&good, NULL, 0, &out.size))
ROW(tally_accumulator_save, size, "too small", TALLY_TOO_SMALL,
    with_needed(tally_accumulator_save(&good, out.text, 8, &out.size)))
ROW(tally_accumulator_save, size, "negative", TALLY_INVALID,
    tally_accumulator_save(&good, out.text, SIZE_MAX, &out.size))
ROW(tally_accumulator_save, needed, "NULL", TALLY_NULL,
    tally_accumulator_save(&good, out.text, 8, NULL))

ROW(tally_accumulator_load, bytes, "NULL", TALLY_NULL,
    tally_accumulator_load(NULL, saved_size, &out.acc))
ROW(tally_accumulator_load, bytes, "NULL of nothing", TALLY_FORMAT,
    tally_accumulator_load(NULL, 0, &out.acc))
ROW(tally_accumulator_load, bytes, "not saved ones", TALLY_FORMAT,
    tally_accumulator_load(doubles, sizeof doubles, &out.acc))
ROW(tally_accumulator_load, size, "0", TALLY_FORMAT,
    tally_accumulator_load(saved, 0, &out.acc))
ROW(tally_accumulator_load, size, "one less", TALLY_FORMAT,
    tally_accumulator_load(saved, saved_size - 1, &out.acc))
ROW(tally_accumulator_load, size, "one more", TALLY_FORMAT,
    tally_accumulator_load(saved, saved_size + 1, &out.acc))
ROW(tally_accumulator_load, size, "negative", TALLY_INVALID,
    tally_accumulator_load(saved, SIZE_MAX, &out.acc))
ROW(tally_accumulator_load, acc, "NULL", TALLY_NULL,
    tally_accumulator_load(saved, saved_size, NULL))
ROW(tally_accumulator_load, acc, "damaged, which is written over", TALLY_OK,
    tally_accumulator_load(saved, saved_size, &out.damaged))
