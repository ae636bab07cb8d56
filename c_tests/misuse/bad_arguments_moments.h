/* Rows of bad_arguments.c: moments. */

ROW(tally_moments_add_f64, into, "NULL", TALLY_NULL,
    tally_moments_add_f64(NULL, doubles, GIVEN))
ROW(tally_moments_add_f64, into, "damaged", TALLY_INVALID,
    tally_moments_add_f64(&out.damaged_moments, doubles, GIVEN))
ROW(tally_moments_add_f64, into, "failed before", TALLY_INVALID,
    tally_moments_add_f64(&out.failed_moments, doubles, GIVEN))
ROW(tally_moments_add_f64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_add_f64(NULL, doubles, 0))
ROW(tally_moments_add_f64, values, "NULL", TALLY_NULL,
    tally_moments_add_f64(&out.moments, NULL, GIVEN))
ROW(tally_moments_add_f64, values, "NULL for nothing", TALLY_OK,
    tally_moments_add_f64(&out.moments, NULL, 0))
ROW(tally_moments_add_f64, count, "too large", TALLY_INVALID,
    tally_moments_add_f64(&out.moments, doubles, TOO_MANY))
ROW(tally_moments_add_f64, count, "negative", TALLY_INVALID,
    tally_moments_add_f64(&out.moments, doubles, SIZE_MAX))

ROW(tally_moments_add_f32, into, "NULL", TALLY_NULL,
    tally_moments_add_f32(NULL, floats, GIVEN))
ROW(tally_moments_add_f32, into, "damaged", TALLY_INVALID,
    tally_moments_add_f32(&out.damaged_moments, floats, GIVEN))
ROW(tally_moments_add_f32, into, "failed before", TALLY_INVALID,
    tally_moments_add_f32(&out.failed_moments, floats, GIVEN))
ROW(tally_moments_add_f32, into, "NULL for nothing", TALLY_NULL,
    tally_moments_add_f32(NULL, floats, 0))
ROW(tally_moments_add_f32, values, "NULL", TALLY_NULL,
    tally_moments_add_f32(&out.moments, NULL, GIVEN))
ROW(tally_moments_add_f32, values, "NULL for nothing", TALLY_OK,
    tally_moments_add_f32(&out.moments, NULL, 0))
ROW(tally_moments_add_f32, count, "too large", TALLY_INVALID,
    tally_moments_add_f32(&out.moments, floats, TOO_MANY))
ROW(tally_moments_add_f32, count, "negative", TALLY_INVALID,
    tally_moments_add_f32(&out.moments, floats, SIZE_MAX))

ROW(tally_moments_add_i32, into, "NULL", TALLY_NULL,
    tally_moments_add_i32(NULL, int32s, GIVEN))
ROW(tally_moments_add_i32, into, "damaged", TALLY_INVALID,
    tally_moments_add_i32(&out.damaged_moments, int32s, GIVEN))
ROW(tally_moments_add_i32, into, "failed before", TALLY_INVALID,
    tally_moments_add_i32(&out.failed_moments, int32s, GIVEN))
ROW(tally_moments_add_i32, into, "NULL for nothing", TALLY_NULL,
    tally_moments_add_i32(NULL, int32s, 0))
ROW(tally_moments_add_i32, values, "NULL", TALLY_NULL,
    tally_moments_add_i32(&out.moments, NULL, GIVEN))
ROW(tally_moments_add_i32, values, "NULL for nothing", TALLY_OK,
    tally_moments_add_i32(&out.moments, NULL, 0))
ROW(tally_moments_add_i32, count, "too large", TALLY_INVALID,
    tally_moments_add_i32(&out.moments, int32s, TOO_MANY))
ROW(tally_moments_add_i32, count, "negative", TALLY_INVALID,
    tally_moments_add_i32(&out.moments, int32s, SIZE_MAX))

ROW(tally_moments_add_i64, into, "NULL", TALLY_NULL,
    tally_moments_add_i64(NULL, int64s, GIVEN))
ROW(tally_moments_add_i64, into, "damaged", TALLY_INVALID,
    tally_moments_add_i64(&out.damaged_moments, int64s, GIVEN))
ROW(tally_moments_add_i64, into, "failed before", TALLY_INVALID,
    tally_moments_add_i64(&out.failed_moments, int64s, GIVEN))
ROW(tally_moments_add_i64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_add_i64(NULL, int64s, 0))
ROW(tally_moments_add_i64, values, "NULL", TALLY_NULL,
    tally_moments_add_i64(&out.moments, NULL, GIVEN))
ROW(tally_moments_add_i64, values, "NULL for nothing", TALLY_OK,
    tally_moments_add_i64(&out.moments, NULL, 0))
ROW(tally_moments_add_i64, count, "too large", TALLY_INVALID,
    tally_moments_add_i64(&out.moments, int64s, TOO_MANY))
ROW(tally_moments_add_i64, count, "negative", TALLY_INVALID,
    tally_moments_add_i64(&out.moments, int64s, SIZE_MAX))

ROW(tally_moments_add_u64, into, "NULL", TALLY_NULL,
    tally_moments_add_u64(NULL, uint64s, GIVEN))
ROW(tally_moments_add_u64, into, "damaged", TALLY_INVALID,
    tally_moments_add_u64(&out.damaged_moments, uint64s, GIVEN))
ROW(tally_moments_add_u64, into, "failed before", TALLY_INVALID,
    tally_moments_add_u64(&out.failed_moments, uint64s, GIVEN))
ROW(tally_moments_add_u64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_add_u64(NULL, uint64s, 0))
ROW(tally_moments_add_u64, values, "NULL", TALLY_NULL,
    tally_moments_add_u64(&out.moments, NULL, GIVEN))
ROW(tally_moments_add_u64, values, "NULL for nothing", TALLY_OK,
    tally_moments_add_u64(&out.moments, NULL, 0))
ROW(tally_moments_add_u64, count, "too large", TALLY_INVALID,
    tally_moments_add_u64(&out.moments, uint64s, TOO_MANY))
ROW(tally_moments_add_u64, count, "negative", TALLY_INVALID,
    tally_moments_add_u64(&out.moments, uint64s, SIZE_MAX))

ROW(tally_moments_add_one_f64, into, "NULL", TALLY_NULL,
    tally_moments_add_one_f64(NULL, 1.5))
ROW(tally_moments_add_one_f64, into, "damaged", TALLY_INVALID,
    tally_moments_add_one_f64(&out.damaged_moments, 1.5))
ROW(tally_moments_add_one_f64, into, "failed before", TALLY_INVALID,
    tally_moments_add_one_f64(&out.failed_moments, 1.5))

ROW(tally_moments_subtract_f64, into, "NULL", TALLY_NULL,
    tally_moments_subtract_f64(NULL, doubles, GIVEN))
ROW(tally_moments_subtract_f64, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_f64(&out.damaged_moments, doubles, GIVEN))
ROW(tally_moments_subtract_f64, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_f64(&out.failed_moments, doubles, GIVEN))
ROW(tally_moments_subtract_f64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_subtract_f64(NULL, doubles, 0))
ROW(tally_moments_subtract_f64, values, "NULL", TALLY_NULL,
    tally_moments_subtract_f64(&out.moments, NULL, GIVEN))
ROW(tally_moments_subtract_f64, values, "NULL for nothing", TALLY_OK,
    tally_moments_subtract_f64(&out.moments, NULL, 0))
ROW(tally_moments_subtract_f64, count, "too large", TALLY_INVALID,
    tally_moments_subtract_f64(&out.moments, doubles, TOO_MANY))
ROW(tally_moments_subtract_f64, count, "negative", TALLY_INVALID,
    tally_moments_subtract_f64(&out.moments, doubles, SIZE_MAX))

ROW(tally_moments_subtract_f32, into, "NULL", TALLY_NULL,
    tally_moments_subtract_f32(NULL, floats, GIVEN))
ROW(tally_moments_subtract_f32, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_f32(&out.damaged_moments, floats, GIVEN))
ROW(tally_moments_subtract_f32, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_f32(&out.failed_moments, floats, GIVEN))
ROW(tally_moments_subtract_f32, into, "NULL for nothing", TALLY_NULL,
    tally_moments_subtract_f32(NULL, floats, 0))
ROW(tally_moments_subtract_f32, values, "NULL", TALLY_NULL,
    tally_moments_subtract_f32(&out.moments, NULL, GIVEN))
ROW(tally_moments_subtract_f32, values, "NULL for nothing", TALLY_OK,
    tally_moments_subtract_f32(&out.moments, NULL, 0))
ROW(tally_moments_subtract_f32, count, "too large", TALLY_INVALID,
    tally_moments_subtract_f32(&out.moments, floats, TOO_MANY))
ROW(tally_moments_subtract_f32, count, "negative", TALLY_INVALID,
    tally_moments_subtract_f32(&out.moments, floats, SIZE_MAX))

ROW(tally_moments_subtract_i32, into, "NULL", TALLY_NULL,
    tally_moments_subtract_i32(NULL, int32s, GIVEN))
ROW(tally_moments_subtract_i32, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_i32(&out.damaged_moments, int32s, GIVEN))
ROW(tally_moments_subtract_i32, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_i32(&out.failed_moments, int32s, GIVEN))
ROW(tally_moments_subtract_i32, into, "NULL for nothing", TALLY_NULL,
    tally_moments_subtract_i32(NULL, int32s, 0))
ROW(tally_moments_subtract_i32, values, "NULL", TALLY_NULL,
    tally_moments_subtract_i32(&out.moments, NULL, GIVEN))
ROW(tally_moments_subtract_i32, values, "NULL for nothing", TALLY_OK,
    tally_moments_subtract_i32(&out.moments, NULL, 0))
ROW(tally_moments_subtract_i32, count, "too large", TALLY_INVALID,
    tally_moments_subtract_i32(&out.moments, int32s, TOO_MANY))
ROW(tally_moments_subtract_i32, count, "negative", TALLY_INVALID,
    tally_moments_subtract_i32(&out.moments, int32s, SIZE_MAX))

ROW(tally_moments_subtract_i64, into, "NULL", TALLY_NULL,
    tally_moments_subtract_i64(NULL, int64s, GIVEN))
ROW(tally_moments_subtract_i64, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_i64(&out.damaged_moments, int64s, GIVEN))
ROW(tally_moments_subtract_i64, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_i64(&out.failed_moments, int64s, GIVEN))
ROW(tally_moments_subtract_i64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_subtract_i64(NULL, int64s, 0))
ROW(tally_moments_subtract_i64, values, "NULL", TALLY_NULL,
    tally_moments_subtract_i64(&out.moments, NULL, GIVEN))
ROW(tally_moments_subtract_i64, values, "NULL for nothing", TALLY_OK,
    tally_moments_subtract_i64(&out.moments, NULL, 0))
ROW(tally_moments_subtract_i64, count, "too large", TALLY_INVALID,
    tally_moments_subtract_i64(&out.moments, int64s, TOO_MANY))
ROW(tally_moments_subtract_i64, count, "negative", TALLY_INVALID,
    tally_moments_subtract_i64(&out.moments, int64s, SIZE_MAX))

ROW(tally_moments_subtract_u64, into, "NULL", TALLY_NULL,
    tally_moments_subtract_u64(NULL, uint64s, GIVEN))
ROW(tally_moments_subtract_u64, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_u64(&out.damaged_moments, uint64s, GIVEN))
ROW(tally_moments_subtract_u64, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_u64(&out.failed_moments, uint64s, GIVEN))
ROW(tally_moments_subtract_u64, into, "NULL for nothing", TALLY_NULL,
    tally_moments_subtract_u64(NULL, uint64s, 0))
ROW(tally_moments_subtract_u64, values, "NULL", TALLY_NULL,
    tally_moments_subtract_u64(&out.moments, NULL, GIVEN))
ROW(tally_moments_subtract_u64, values, "NULL for nothing", TALLY_OK,
    tally_moments_subtract_u64(&out.moments, NULL, 0))
ROW(tally_moments_subtract_u64, count, "too large", TALLY_INVALID,
    tally_moments_subtract_u64(&out.moments, uint64s, TOO_MANY))
ROW(tally_moments_subtract_u64, count, "negative", TALLY_INVALID,
    tally_moments_subtract_u64(&out.moments, uint64s, SIZE_MAX))

ROW(tally_moments_subtract_one_f64, into, "NULL", TALLY_NULL,
    tally_moments_subtract_one_f64(NULL, 1.5))
ROW(tally_moments_subtract_one_f64, into, "damaged", TALLY_INVALID,
    tally_moments_subtract_one_f64(&out.damaged_moments, 1.5))
ROW(tally_moments_subtract_one_f64, into, "failed before", TALLY_INVALID,
    tally_moments_subtract_one_f64(&out.failed_moments, 1.5))

ROW(tally_moments_merge, into, "NULL", TALLY_NULL,
    tally_moments_merge(NULL, &good_moments))
ROW(tally_moments_merge, into, "damaged", TALLY_INVALID,
    tally_moments_merge(&out.damaged_moments, &good_moments))
ROW(tally_moments_merge, into, "failed before", TALLY_INVALID,
    tally_moments_merge(&out.failed_moments, &good_moments))
ROW(tally_moments_merge, from, "NULL", TALLY_NULL,
    tally_moments_merge(&out.moments, NULL))
ROW(tally_moments_merge, from, "damaged", TALLY_INVALID,
    tally_moments_merge(&out.moments, &damaged_moments))
ROW(tally_moments_merge, from, "failed before", TALLY_INVALID,
    tally_moments_merge(&out.moments, &failed_moments))
ROW(tally_moments_merge, from, "the same one", TALLY_OK,
    tally_moments_merge(&out.moments, &out.moments))

ROW(tally_moments_unmerge, into, "NULL", TALLY_NULL,
    tally_moments_unmerge(NULL, &good_moments))
ROW(tally_moments_unmerge, into, "damaged", TALLY_INVALID,
    tally_moments_unmerge(&out.damaged_moments, &good_moments))
ROW(tally_moments_unmerge, into, "failed before", TALLY_INVALID,
    tally_moments_unmerge(&out.failed_moments, &good_moments))
ROW(tally_moments_unmerge, from, "NULL", TALLY_NULL,
    tally_moments_unmerge(&out.moments, NULL))
ROW(tally_moments_unmerge, from, "damaged", TALLY_INVALID,
    tally_moments_unmerge(&out.moments, &damaged_moments))
ROW(tally_moments_unmerge, from, "failed before", TALLY_INVALID,
    tally_moments_unmerge(&out.moments, &failed_moments))
ROW(tally_moments_unmerge, from, "the same one", TALLY_OK,
    tally_moments_unmerge(&out.moments, &out.moments))

/* It returns nothing; what it refuses is in the record. */
ROW(tally_moments_combine, in, "NULL", TALLY_NULL,
    (tally_moments_combine(NULL, out.moments_list, GIVEN), tally_last_status()))
ROW(tally_moments_combine, in, "NULL for nothing", TALLY_OK,
    (tally_moments_combine(NULL, out.moments_list, 0), tally_last_status()))
ROW(tally_moments_combine, inout, "NULL", TALLY_NULL,
    (tally_moments_combine(&good_moments, NULL, 1), tally_last_status()))
ROW(tally_moments_combine, inout, "NULL for nothing", TALLY_OK,
    (tally_moments_combine(&good_moments, NULL, 0), tally_last_status()))
ROW(tally_moments_combine, inout, "failed before", TALLY_INVALID,
    (tally_moments_combine(&good_moments, &out.failed_moments, 1),
     tally_last_status()))
ROW(tally_moments_combine, count, "too large", TALLY_INVALID,
    (tally_moments_combine(&good_moments, out.moments_list, TOO_MANY),
     tally_last_status()))
ROW(tally_moments_combine, count, "negative", TALLY_INVALID,
    (tally_moments_combine(&good_moments, out.moments_list, SIZE_MAX),
     tally_last_status()))
