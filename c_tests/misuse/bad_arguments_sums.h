/* Rows of bad_arguments.c: errors, version, sums of arrays, plain int. */

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
ROW(tally_sum_i32, values, "NULL", TALLY_NULL,
    tally_sum_i32(NULL, GIVEN, &out.i64))
ROW(tally_sum_i32, values, "NULL for nothing", TALLY_OK,
    tally_sum_i32(NULL, 0, &out.i64))
ROW(tally_sum_i32, count, "too large", TALLY_INVALID,
    tally_sum_i32(int32s, TOO_MANY, &out.i64))
ROW(tally_sum_i32, count, "too large, of NULL", TALLY_INVALID,
    tally_sum_i32(NULL, TOO_MANY, &out.i64))
ROW(tally_sum_i32, count, "negative", TALLY_INVALID,
    tally_sum_i32(int32s, SIZE_MAX, &out.i64))
ROW(tally_sum_i32, total, "NULL", TALLY_NULL,
    tally_sum_i32(int32s, GIVEN, NULL))
ROW(tally_sum_i32, total, "NULL for nothing", TALLY_NULL,
    tally_sum_i32(int32s, 0, NULL))

ROW(tally_sum_i64, values, "NULL", TALLY_NULL,
    tally_sum_i64(NULL, GIVEN, &out.i64))
ROW(tally_sum_i64, values, "NULL for nothing", TALLY_OK,
    tally_sum_i64(NULL, 0, &out.i64))
ROW(tally_sum_i64, count, "too large", TALLY_INVALID,
    tally_sum_i64(int64s, TOO_MANY, &out.i64))
ROW(tally_sum_i64, count, "negative", TALLY_INVALID,
    tally_sum_i64(int64s, SIZE_MAX, &out.i64))
ROW(tally_sum_i64, total, "NULL", TALLY_NULL,
    tally_sum_i64(int64s, GIVEN, NULL))

ROW(tally_sum_i64_wide, values, "NULL", TALLY_NULL,
    tally_sum_i64_wide(NULL, GIVEN, &out.high, &out.u64))
ROW(tally_sum_i64_wide, values, "NULL for nothing", TALLY_OK,
    tally_sum_i64_wide(NULL, 0, &out.high, &out.u64))
ROW(tally_sum_i64_wide, count, "too large", TALLY_INVALID,
    tally_sum_i64_wide(int64s, TOO_MANY, &out.high, &out.u64))
ROW(tally_sum_i64_wide, high, "NULL", TALLY_NULL,
    tally_sum_i64_wide(int64s, GIVEN, NULL, &out.u64))
ROW(tally_sum_i64_wide, low, "NULL", TALLY_NULL,
    tally_sum_i64_wide(int64s, GIVEN, &out.high, NULL))

ROW(tally_sum_u64, values, "NULL", TALLY_NULL,
    tally_sum_u64(NULL, GIVEN, &out.u64))
ROW(tally_sum_u64, values, "NULL for nothing", TALLY_OK,
    tally_sum_u64(NULL, 0, &out.u64))
ROW(tally_sum_u64, count, "too large", TALLY_INVALID,
    tally_sum_u64(uint64s, TOO_MANY, &out.u64))
ROW(tally_sum_u64, total, "NULL", TALLY_NULL,
    tally_sum_u64(uint64s, GIVEN, NULL))

ROW(tally_sum_f64, values, "NULL", TALLY_NULL,
    tally_sum_f64(NULL, GIVEN, &out.f64))
ROW(tally_sum_f64, values, "NULL for nothing", TALLY_OK,
    tally_sum_f64(NULL, 0, &out.f64))
ROW(tally_sum_f64, count, "too large", TALLY_INVALID,
    tally_sum_f64(doubles, TOO_MANY, &out.f64))
ROW(tally_sum_f64, count, "just too large", TALLY_INVALID,
    tally_sum_f64(doubles, PTRDIFF_MAX / sizeof(double) + 1, &out.f64))
ROW(tally_sum_f64, count, "past the end of memory", TALLY_INVALID,
    tally_sum_f64((const double *)(UINTPTR_MAX - 15), GIVEN, &out.f64))
ROW(tally_sum_f64, total, "NULL", TALLY_NULL,
    tally_sum_f64(doubles, GIVEN, NULL))

ROW(tally_sum_f32, values, "NULL", TALLY_NULL,
    tally_sum_f32(NULL, GIVEN, &out.f32))
ROW(tally_sum_f32, values, "NULL for nothing", TALLY_OK,
    tally_sum_f32(NULL, 0, &out.f32))
ROW(tally_sum_f32, count, "too large", TALLY_INVALID,
    tally_sum_f32(floats, TOO_MANY, &out.f32))
ROW(tally_sum_f32, total, "NULL", TALLY_NULL,
    tally_sum_f32(floats, GIVEN, NULL))

/* Plain int, which returns 0 where it refuses. */
ROW(tally_sum_int, arr, "NULL", TALLY_NULL,
    returning(tally_sum_int(NULL, GIVEN), 0))
ROW(tally_sum_int, arr, "NULL for nothing", TALLY_OK,
    returning(tally_sum_int(NULL, 0), 0))
ROW(tally_sum_int, len, "negative", TALLY_INVALID,
    returning(tally_sum_int(ints, -1), 0))
ROW(tally_sum_int, len, "most negative", TALLY_INVALID,
    returning(tally_sum_int(ints, INT32_MIN), 0))
ROW(tally_sum_int, len, "negative, of NULL", TALLY_INVALID,
    returning(tally_sum_int(NULL, -1), 0))
ROW(sum_array, arr, "NULL", TALLY_NULL, returning(sum_array(NULL, GIVEN), 0))
ROW(sum_array, arr, "NULL for nothing", TALLY_OK,
    returning(sum_array(NULL, 0), 0))
ROW(sum_array, len, "negative", TALLY_INVALID,
    returning(sum_array(ints, -1), 0))
ROW(sum_array, len, "most negative", TALLY_INVALID,
    returning(sum_array(ints, INT32_MIN), 0))
