/* Rows of bad_arguments.c: arrays. The handle comes before any other
 * argument. */

ROW(tally_array_new_f64, values, "NULL", TALLY_NULL,
    tally_array_new_f64(NULL, GIVEN, &out.array))
ROW(tally_array_new_f64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_new_f64(NULL, 0, &out.array)))
ROW(tally_array_new_f64, count, "too large", TALLY_INVALID,
    tally_array_new_f64(doubles, TOO_MANY, &out.array))
ROW(tally_array_new_f64, count, "negative", TALLY_INVALID,
    tally_array_new_f64(doubles, SIZE_MAX, &out.array))
ROW(tally_array_new_f64, out, "NULL", TALLY_NULL,
    tally_array_new_f64(doubles, GIVEN, NULL))
ROW(tally_array_borrow_f64, values, "NULL", TALLY_NULL,
    tally_array_borrow_f64(NULL, GIVEN, no_release, NULL, &out.array))
ROW(tally_array_borrow_f64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_borrow_f64(NULL, 0, no_release, NULL, &out.array)))
ROW(tally_array_borrow_f64, count, "too large", TALLY_INVALID,
    tally_array_borrow_f64(doubles, TOO_MANY, no_release, NULL, &out.array))
ROW(tally_array_borrow_f64, count, "negative", TALLY_INVALID,
    tally_array_borrow_f64(doubles, SIZE_MAX, no_release, NULL, &out.array))
ROW(tally_array_borrow_f64, out, "NULL", TALLY_NULL,
    tally_array_borrow_f64(doubles, GIVEN, no_release, NULL, NULL))
ROW(tally_array_borrow_f64, release, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_f64(doubles, GIVEN, NULL, NULL,
                                        &out.array)))
ROW(tally_array_borrow_f64, user_data, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_f64(doubles, GIVEN, no_release, NULL,
                                        &out.array)))
ROW(tally_array_new_f32, values, "NULL", TALLY_NULL,
    tally_array_new_f32(NULL, GIVEN, &out.array))
ROW(tally_array_new_f32, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_new_f32(NULL, 0, &out.array)))
ROW(tally_array_new_f32, count, "too large", TALLY_INVALID,
    tally_array_new_f32(floats, TOO_MANY, &out.array))
ROW(tally_array_new_f32, count, "negative", TALLY_INVALID,
    tally_array_new_f32(floats, SIZE_MAX, &out.array))
ROW(tally_array_new_f32, out, "NULL", TALLY_NULL,
    tally_array_new_f32(floats, GIVEN, NULL))
ROW(tally_array_borrow_f32, values, "NULL", TALLY_NULL,
    tally_array_borrow_f32(NULL, GIVEN, no_release, NULL, &out.array))
ROW(tally_array_borrow_f32, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_borrow_f32(NULL, 0, no_release, NULL, &out.array)))
ROW(tally_array_borrow_f32, count, "too large", TALLY_INVALID,
    tally_array_borrow_f32(floats, TOO_MANY, no_release, NULL, &out.array))
ROW(tally_array_borrow_f32, count, "negative", TALLY_INVALID,
    tally_array_borrow_f32(floats, SIZE_MAX, no_release, NULL, &out.array))
ROW(tally_array_borrow_f32, out, "NULL", TALLY_NULL,
    tally_array_borrow_f32(floats, GIVEN, no_release, NULL, NULL))
ROW(tally_array_borrow_f32, release, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_f32(floats, GIVEN, NULL, NULL, &out.array)))
ROW(tally_array_borrow_f32, user_data, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_f32(floats, GIVEN, no_release, NULL,
                                        &out.array)))
ROW(tally_array_new_i32, values, "NULL", TALLY_NULL,
    tally_array_new_i32(NULL, GIVEN, &out.array))
ROW(tally_array_new_i32, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_new_i32(NULL, 0, &out.array)))
ROW(tally_array_new_i32, count, "too large", TALLY_INVALID,
    tally_array_new_i32(int32s, TOO_MANY, &out.array))
ROW(tally_array_new_i32, count, "negative", TALLY_INVALID,
    tally_array_new_i32(int32s, SIZE_MAX, &out.array))
ROW(tally_array_new_i32, out, "NULL", TALLY_NULL,
    tally_array_new_i32(int32s, GIVEN, NULL))
ROW(tally_array_borrow_i32, values, "NULL", TALLY_NULL,
    tally_array_borrow_i32(NULL, GIVEN, no_release, NULL, &out.array))
ROW(tally_array_borrow_i32, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_borrow_i32(NULL, 0, no_release, NULL, &out.array)))
ROW(tally_array_borrow_i32, count, "too large", TALLY_INVALID,
    tally_array_borrow_i32(int32s, TOO_MANY, no_release, NULL, &out.array))
ROW(tally_array_borrow_i32, count, "negative", TALLY_INVALID,
    tally_array_borrow_i32(int32s, SIZE_MAX, no_release, NULL, &out.array))
ROW(tally_array_borrow_i32, out, "NULL", TALLY_NULL,
    tally_array_borrow_i32(int32s, GIVEN, no_release, NULL, NULL))
ROW(tally_array_borrow_i32, release, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_i32(int32s, GIVEN, NULL, NULL, &out.array)))
ROW(tally_array_borrow_i32, user_data, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_i32(int32s, GIVEN, no_release, NULL,
                                        &out.array)))
ROW(tally_array_new_i64, values, "NULL", TALLY_NULL,
    tally_array_new_i64(NULL, GIVEN, &out.array))
ROW(tally_array_new_i64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_new_i64(NULL, 0, &out.array)))
ROW(tally_array_new_i64, count, "too large", TALLY_INVALID,
    tally_array_new_i64(int64s, TOO_MANY, &out.array))
ROW(tally_array_new_i64, count, "negative", TALLY_INVALID,
    tally_array_new_i64(int64s, SIZE_MAX, &out.array))
ROW(tally_array_new_i64, out, "NULL", TALLY_NULL,
    tally_array_new_i64(int64s, GIVEN, NULL))
ROW(tally_array_borrow_i64, values, "NULL", TALLY_NULL,
    tally_array_borrow_i64(NULL, GIVEN, no_release, NULL, &out.array))
ROW(tally_array_borrow_i64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_borrow_i64(NULL, 0, no_release, NULL, &out.array)))
ROW(tally_array_borrow_i64, count, "too large", TALLY_INVALID,
    tally_array_borrow_i64(int64s, TOO_MANY, no_release, NULL, &out.array))
ROW(tally_array_borrow_i64, count, "negative", TALLY_INVALID,
    tally_array_borrow_i64(int64s, SIZE_MAX, no_release, NULL, &out.array))
ROW(tally_array_borrow_i64, out, "NULL", TALLY_NULL,
    tally_array_borrow_i64(int64s, GIVEN, no_release, NULL, NULL))
ROW(tally_array_borrow_i64, release, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_i64(int64s, GIVEN, NULL, NULL, &out.array)))
ROW(tally_array_borrow_i64, user_data, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_i64(int64s, GIVEN, no_release, NULL,
                                        &out.array)))
ROW(tally_array_new_u64, values, "NULL", TALLY_NULL,
    tally_array_new_u64(NULL, GIVEN, &out.array))
ROW(tally_array_new_u64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_new_u64(NULL, 0, &out.array)))
ROW(tally_array_new_u64, count, "too large", TALLY_INVALID,
    tally_array_new_u64(uint64s, TOO_MANY, &out.array))
ROW(tally_array_new_u64, count, "negative", TALLY_INVALID,
    tally_array_new_u64(uint64s, SIZE_MAX, &out.array))
ROW(tally_array_new_u64, out, "NULL", TALLY_NULL,
    tally_array_new_u64(uint64s, GIVEN, NULL))
ROW(tally_array_borrow_u64, values, "NULL", TALLY_NULL,
    tally_array_borrow_u64(NULL, GIVEN, no_release, NULL, &out.array))
ROW(tally_array_borrow_u64, values, "NULL for nothing", TALLY_OK,
    giving_array(tally_array_borrow_u64(NULL, 0, no_release, NULL, &out.array)))
ROW(tally_array_borrow_u64, count, "too large", TALLY_INVALID,
    tally_array_borrow_u64(uint64s, TOO_MANY, no_release, NULL, &out.array))
ROW(tally_array_borrow_u64, count, "negative", TALLY_INVALID,
    tally_array_borrow_u64(uint64s, SIZE_MAX, no_release, NULL, &out.array))
ROW(tally_array_borrow_u64, out, "NULL", TALLY_NULL,
    tally_array_borrow_u64(uint64s, GIVEN, no_release, NULL, NULL))
ROW(tally_array_borrow_u64, release, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_u64(uint64s, GIVEN, NULL, NULL,
                                        &out.array)))
ROW(tally_array_borrow_u64, user_data, "NULL", TALLY_OK,
    giving_array(tally_array_borrow_u64(uint64s, GIVEN, no_release, NULL,
                                        &out.array)))
ROW(tally_array_length, array, "NULL", TALLY_NULL,
    tally_array_length(NULL, &out.size))
ROW(tally_array_length, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_length(NULL, NULL))
ROW(tally_array_length, array, "stale", TALLY_STALE,
    tally_array_length(stale_array, &out.size))
ROW(tally_array_length, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_length(stale_array, NULL))
ROW(tally_array_length, array, "an object", TALLY_WRONG_KIND,
    tally_array_length(object_as_array, &out.size))
ROW(tally_array_length, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_length(object_as_array, NULL))
ROW(tally_array_length, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_length(foreign(), &out.size))
ROW(tally_array_length, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_length(foreign(), NULL))
ROW(tally_array_length, array, "a block", TALLY_WRONG_KIND,
    tally_array_length(block, &out.size))
ROW(tally_array_length, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_length(block, NULL))
ROW(tally_array_length, length, "NULL", TALLY_NULL,
    tally_array_length(array_f64, NULL))
ROW(tally_array_type, array, "NULL", TALLY_NULL,
    tally_array_type(NULL, &out.element_type))
ROW(tally_array_type, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_type(NULL, NULL))
ROW(tally_array_type, array, "stale", TALLY_STALE,
    tally_array_type(stale_array, &out.element_type))
ROW(tally_array_type, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_type(stale_array, NULL))
ROW(tally_array_type, array, "an object", TALLY_WRONG_KIND,
    tally_array_type(object_as_array, &out.element_type))
ROW(tally_array_type, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_type(object_as_array, NULL))
ROW(tally_array_type, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_type(foreign(), &out.element_type))
ROW(tally_array_type, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_type(foreign(), NULL))
ROW(tally_array_type, array, "a block", TALLY_WRONG_KIND,
    tally_array_type(block, &out.element_type))
ROW(tally_array_type, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_type(block, NULL))
ROW(tally_array_type, element_type, "NULL", TALLY_NULL,
    tally_array_type(array_f64, NULL))
