/* Rows of bad_arguments.c: elements of arrays. The handle comes before any
 * other argument. */

ROW(tally_array_get_f64, array, "NULL", TALLY_NULL,
    tally_array_get_f64(NULL, 0, &out.f64))
ROW(tally_array_get_f64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_get_f64(NULL, SIZE_MAX, NULL))
ROW(tally_array_get_f64, array, "stale", TALLY_STALE,
    tally_array_get_f64(stale_array, 0, &out.f64))
ROW(tally_array_get_f64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_get_f64(stale_array, SIZE_MAX, NULL))
ROW(tally_array_get_f64, array, "an object", TALLY_WRONG_KIND,
    tally_array_get_f64(object_as_array, 0, &out.f64))
ROW(tally_array_get_f64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_f64(object_as_array, SIZE_MAX, NULL))
ROW(tally_array_get_f64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_get_f64(foreign(), 0, &out.f64))
ROW(tally_array_get_f64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_get_f64(foreign(), SIZE_MAX, NULL))
ROW(tally_array_get_f64, array, "a block", TALLY_WRONG_KIND,
    tally_array_get_f64(block, 0, &out.f64))
ROW(tally_array_get_f64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_f64(block, SIZE_MAX, NULL))
ROW(tally_array_get_f64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_get_f64(array_f32, 0, &out.f64))
ROW(tally_array_get_f64, index, "past the end", TALLY_INVALID,
    tally_array_get_f64(array_f64, GIVEN, &out.f64))
ROW(tally_array_get_f64, index, "negative", TALLY_INVALID,
    tally_array_get_f64(array_f64, SIZE_MAX, &out.f64))
ROW(tally_array_get_f64, value, "NULL", TALLY_NULL,
    tally_array_get_f64(array_f64, 0, NULL))
ROW(tally_array_sum_f64, array, "NULL", TALLY_NULL,
    tally_array_sum_f64(NULL, &out.f64))
ROW(tally_array_sum_f64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_sum_f64(NULL, NULL))
ROW(tally_array_sum_f64, array, "stale", TALLY_STALE,
    tally_array_sum_f64(stale_array, &out.f64))
ROW(tally_array_sum_f64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_sum_f64(stale_array, NULL))
ROW(tally_array_sum_f64, array, "an object", TALLY_WRONG_KIND,
    tally_array_sum_f64(object_as_array, &out.f64))
ROW(tally_array_sum_f64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_f64(object_as_array, NULL))
ROW(tally_array_sum_f64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_sum_f64(foreign(), &out.f64))
ROW(tally_array_sum_f64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_sum_f64(foreign(), NULL))
ROW(tally_array_sum_f64, array, "a block", TALLY_WRONG_KIND,
    tally_array_sum_f64(block, &out.f64))
ROW(tally_array_sum_f64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_f64(block, NULL))
ROW(tally_array_sum_f64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_sum_f64(array_f32, &out.f64))
ROW(tally_array_sum_f64, total, "NULL", TALLY_NULL,
    tally_array_sum_f64(array_f64, NULL))
ROW(tally_array_get_f32, array, "NULL", TALLY_NULL,
    tally_array_get_f32(NULL, 0, &out.f32))
ROW(tally_array_get_f32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_get_f32(NULL, SIZE_MAX, NULL))
ROW(tally_array_get_f32, array, "stale", TALLY_STALE,
    tally_array_get_f32(stale_array, 0, &out.f32))
ROW(tally_array_get_f32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_get_f32(stale_array, SIZE_MAX, NULL))
ROW(tally_array_get_f32, array, "an object", TALLY_WRONG_KIND,
    tally_array_get_f32(object_as_array, 0, &out.f32))
ROW(tally_array_get_f32, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_f32(object_as_array, SIZE_MAX, NULL))
ROW(tally_array_get_f32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_get_f32(foreign(), 0, &out.f32))
ROW(tally_array_get_f32, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_get_f32(foreign(), SIZE_MAX, NULL))
ROW(tally_array_get_f32, array, "a block", TALLY_WRONG_KIND,
    tally_array_get_f32(block, 0, &out.f32))
ROW(tally_array_get_f32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_f32(block, SIZE_MAX, NULL))
ROW(tally_array_get_f32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_get_f32(array_f64, 0, &out.f32))
ROW(tally_array_get_f32, index, "past the end", TALLY_INVALID,
    tally_array_get_f32(array_f32, GIVEN, &out.f32))
ROW(tally_array_get_f32, index, "negative", TALLY_INVALID,
    tally_array_get_f32(array_f32, SIZE_MAX, &out.f32))
ROW(tally_array_get_f32, value, "NULL", TALLY_NULL,
    tally_array_get_f32(array_f32, 0, NULL))
ROW(tally_array_sum_f32, array, "NULL", TALLY_NULL,
    tally_array_sum_f32(NULL, &out.f32))
ROW(tally_array_sum_f32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_sum_f32(NULL, NULL))
ROW(tally_array_sum_f32, array, "stale", TALLY_STALE,
    tally_array_sum_f32(stale_array, &out.f32))
ROW(tally_array_sum_f32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_sum_f32(stale_array, NULL))
ROW(tally_array_sum_f32, array, "an object", TALLY_WRONG_KIND,
    tally_array_sum_f32(object_as_array, &out.f32))
ROW(tally_array_sum_f32, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_f32(object_as_array, NULL))
ROW(tally_array_sum_f32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_sum_f32(foreign(), &out.f32))
ROW(tally_array_sum_f32, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_sum_f32(foreign(), NULL))
ROW(tally_array_sum_f32, array, "a block", TALLY_WRONG_KIND,
    tally_array_sum_f32(block, &out.f32))
ROW(tally_array_sum_f32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_f32(block, NULL))
ROW(tally_array_sum_f32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_sum_f32(array_f64, &out.f32))
ROW(tally_array_sum_f32, total, "NULL", TALLY_NULL,
    tally_array_sum_f32(array_f32, NULL))
ROW(tally_array_get_i32, array, "NULL", TALLY_NULL,
    tally_array_get_i32(NULL, 0, &out.i32))
ROW(tally_array_get_i32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_get_i32(NULL, SIZE_MAX, NULL))
ROW(tally_array_get_i32, array, "stale", TALLY_STALE,
    tally_array_get_i32(stale_array, 0, &out.i32))
ROW(tally_array_get_i32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_get_i32(stale_array, SIZE_MAX, NULL))
ROW(tally_array_get_i32, array, "an object", TALLY_WRONG_KIND,
    tally_array_get_i32(object_as_array, 0, &out.i32))
ROW(tally_array_get_i32, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_i32(object_as_array, SIZE_MAX, NULL))
ROW(tally_array_get_i32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_get_i32(foreign(), 0, &out.i32))
ROW(tally_array_get_i32, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_get_i32(foreign(), SIZE_MAX, NULL))
ROW(tally_array_get_i32, array, "a block", TALLY_WRONG_KIND,
    tally_array_get_i32(block, 0, &out.i32))
ROW(tally_array_get_i32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_i32(block, SIZE_MAX, NULL))
ROW(tally_array_get_i32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_get_i32(array_f32, 0, &out.i32))
ROW(tally_array_get_i32, index, "past the end", TALLY_INVALID,
    tally_array_get_i32(array_i32, GIVEN, &out.i32))
ROW(tally_array_get_i32, index, "negative", TALLY_INVALID,
    tally_array_get_i32(array_i32, SIZE_MAX, &out.i32))
ROW(tally_array_get_i32, value, "NULL", TALLY_NULL,
    tally_array_get_i32(array_i32, 0, NULL))
ROW(tally_array_sum_i32, array, "NULL", TALLY_NULL,
    tally_array_sum_i32(NULL, &out.i64))
ROW(tally_array_sum_i32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_sum_i32(NULL, NULL))
ROW(tally_array_sum_i32, array, "stale", TALLY_STALE,
    tally_array_sum_i32(stale_array, &out.i64))
ROW(tally_array_sum_i32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_sum_i32(stale_array, NULL))
ROW(tally_array_sum_i32, array, "an object", TALLY_WRONG_KIND,
    tally_array_sum_i32(object_as_array, &out.i64))
ROW(tally_array_sum_i32, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_i32(object_as_array, NULL))
ROW(tally_array_sum_i32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_sum_i32(foreign(), &out.i64))
ROW(tally_array_sum_i32, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_sum_i32(foreign(), NULL))
ROW(tally_array_sum_i32, array, "a block", TALLY_WRONG_KIND,
    tally_array_sum_i32(block, &out.i64))
ROW(tally_array_sum_i32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_i32(block, NULL))
ROW(tally_array_sum_i32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_sum_i32(array_f32, &out.i64))
ROW(tally_array_sum_i32, total, "NULL", TALLY_NULL,
    tally_array_sum_i32(array_i32, NULL))
ROW(tally_array_get_i64, array, "NULL", TALLY_NULL,
    tally_array_get_i64(NULL, 0, &out.i64))
ROW(tally_array_get_i64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_get_i64(NULL, SIZE_MAX, NULL))
ROW(tally_array_get_i64, array, "stale", TALLY_STALE,
    tally_array_get_i64(stale_array, 0, &out.i64))
ROW(tally_array_get_i64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_get_i64(stale_array, SIZE_MAX, NULL))
ROW(tally_array_get_i64, array, "an object", TALLY_WRONG_KIND,
    tally_array_get_i64(object_as_array, 0, &out.i64))
ROW(tally_array_get_i64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_i64(object_as_array, SIZE_MAX, NULL))
ROW(tally_array_get_i64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_get_i64(foreign(), 0, &out.i64))
ROW(tally_array_get_i64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_get_i64(foreign(), SIZE_MAX, NULL))
ROW(tally_array_get_i64, array, "a block", TALLY_WRONG_KIND,
    tally_array_get_i64(block, 0, &out.i64))
ROW(tally_array_get_i64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_i64(block, SIZE_MAX, NULL))
ROW(tally_array_get_i64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_get_i64(array_f32, 0, &out.i64))
ROW(tally_array_get_i64, index, "past the end", TALLY_INVALID,
    tally_array_get_i64(array_i64, GIVEN, &out.i64))
ROW(tally_array_get_i64, index, "negative", TALLY_INVALID,
    tally_array_get_i64(array_i64, SIZE_MAX, &out.i64))
ROW(tally_array_get_i64, value, "NULL", TALLY_NULL,
    tally_array_get_i64(array_i64, 0, NULL))
ROW(tally_array_sum_i64, array, "NULL", TALLY_NULL,
    tally_array_sum_i64(NULL, &out.i64))
ROW(tally_array_sum_i64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_sum_i64(NULL, NULL))
ROW(tally_array_sum_i64, array, "stale", TALLY_STALE,
    tally_array_sum_i64(stale_array, &out.i64))
ROW(tally_array_sum_i64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_sum_i64(stale_array, NULL))
ROW(tally_array_sum_i64, array, "an object", TALLY_WRONG_KIND,
    tally_array_sum_i64(object_as_array, &out.i64))
ROW(tally_array_sum_i64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_i64(object_as_array, NULL))
ROW(tally_array_sum_i64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_sum_i64(foreign(), &out.i64))
ROW(tally_array_sum_i64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_sum_i64(foreign(), NULL))
ROW(tally_array_sum_i64, array, "a block", TALLY_WRONG_KIND,
    tally_array_sum_i64(block, &out.i64))
ROW(tally_array_sum_i64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_i64(block, NULL))
ROW(tally_array_sum_i64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_sum_i64(array_f32, &out.i64))
ROW(tally_array_sum_i64, total, "NULL", TALLY_NULL,
    tally_array_sum_i64(array_i64, NULL))
ROW(tally_array_get_u64, array, "NULL", TALLY_NULL,
    tally_array_get_u64(NULL, 0, &out.u64))
ROW(tally_array_get_u64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_get_u64(NULL, SIZE_MAX, NULL))
ROW(tally_array_get_u64, array, "stale", TALLY_STALE,
    tally_array_get_u64(stale_array, 0, &out.u64))
ROW(tally_array_get_u64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_get_u64(stale_array, SIZE_MAX, NULL))
ROW(tally_array_get_u64, array, "an object", TALLY_WRONG_KIND,
    tally_array_get_u64(object_as_array, 0, &out.u64))
ROW(tally_array_get_u64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_u64(object_as_array, SIZE_MAX, NULL))
ROW(tally_array_get_u64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_get_u64(foreign(), 0, &out.u64))
ROW(tally_array_get_u64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_get_u64(foreign(), SIZE_MAX, NULL))
ROW(tally_array_get_u64, array, "a block", TALLY_WRONG_KIND,
    tally_array_get_u64(block, 0, &out.u64))
ROW(tally_array_get_u64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_get_u64(block, SIZE_MAX, NULL))
ROW(tally_array_get_u64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_get_u64(array_f32, 0, &out.u64))
ROW(tally_array_get_u64, index, "past the end", TALLY_INVALID,
    tally_array_get_u64(array_u64, GIVEN, &out.u64))
ROW(tally_array_get_u64, index, "negative", TALLY_INVALID,
    tally_array_get_u64(array_u64, SIZE_MAX, &out.u64))
ROW(tally_array_get_u64, value, "NULL", TALLY_NULL,
    tally_array_get_u64(array_u64, 0, NULL))
ROW(tally_array_sum_u64, array, "NULL", TALLY_NULL,
    tally_array_sum_u64(NULL, &out.u64))
ROW(tally_array_sum_u64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_sum_u64(NULL, NULL))
ROW(tally_array_sum_u64, array, "stale", TALLY_STALE,
    tally_array_sum_u64(stale_array, &out.u64))
ROW(tally_array_sum_u64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_sum_u64(stale_array, NULL))
ROW(tally_array_sum_u64, array, "an object", TALLY_WRONG_KIND,
    tally_array_sum_u64(object_as_array, &out.u64))
ROW(tally_array_sum_u64, array, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_u64(object_as_array, NULL))
ROW(tally_array_sum_u64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_sum_u64(foreign(), &out.u64))
ROW(tally_array_sum_u64, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_array_sum_u64(foreign(), NULL))
ROW(tally_array_sum_u64, array, "a block", TALLY_WRONG_KIND,
    tally_array_sum_u64(block, &out.u64))
ROW(tally_array_sum_u64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_sum_u64(block, NULL))
ROW(tally_array_sum_u64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_sum_u64(array_f32, &out.u64))
ROW(tally_array_sum_u64, total, "NULL", TALLY_NULL,
    tally_array_sum_u64(array_u64, NULL))
ROW(tally_accumulator_add_array, array, "NULL", TALLY_NULL,
    tally_accumulator_add_array(&out.acc, NULL))
ROW(tally_accumulator_add_array, array, "NULL, and the rest bad", TALLY_NULL,
    tally_accumulator_add_array(NULL, NULL))
ROW(tally_accumulator_add_array, array, "stale", TALLY_STALE,
    tally_accumulator_add_array(&out.acc, stale_array))
ROW(tally_accumulator_add_array, array, "stale, and the rest bad", TALLY_STALE,
    tally_accumulator_add_array(NULL, stale_array))
ROW(tally_accumulator_add_array, array, "an object", TALLY_WRONG_KIND,
    tally_accumulator_add_array(&out.acc, object_as_array))
ROW(tally_accumulator_add_array, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_accumulator_add_array(NULL, object_as_array))
ROW(tally_accumulator_add_array, array, "no handle", TALLY_BAD_HANDLE,
    tally_accumulator_add_array(&out.acc, foreign()))
ROW(tally_accumulator_add_array, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_accumulator_add_array(NULL, foreign()))
ROW(tally_accumulator_add_array, array, "a block", TALLY_WRONG_KIND,
    tally_accumulator_add_array(&out.acc, block))
ROW(tally_accumulator_add_array, array, "a block, and the rest bad",
    TALLY_WRONG_KIND, tally_accumulator_add_array(NULL, block))
ROW(tally_accumulator_add_array, into, "NULL", TALLY_NULL,
    tally_accumulator_add_array(NULL, array_f64))
ROW(tally_accumulator_add_array, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_array(&out.damaged, array_f64))
ROW(tally_accumulator_add_array, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_array(&out.failed, array_f64))
