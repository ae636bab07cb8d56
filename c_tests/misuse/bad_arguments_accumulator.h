/* Rows of bad_arguments.c: the accumulator, adding and subtracting. */

ROW(tally_accumulator_merge, into, "NULL", TALLY_NULL,
    tally_accumulator_merge(NULL, &good))
ROW(tally_accumulator_merge, into, "damaged", TALLY_INVALID,
    tally_accumulator_merge(&out.damaged, &good))
ROW(tally_accumulator_merge, into, "failed before", TALLY_INVALID,
    tally_accumulator_merge(&out.failed, &good))
ROW(tally_accumulator_merge, from, "NULL", TALLY_NULL,
    tally_accumulator_merge(&out.acc, NULL))
ROW(tally_accumulator_merge, from, "damaged", TALLY_INVALID,
    tally_accumulator_merge(&out.acc, &damaged))
ROW(tally_accumulator_merge, from, "failed before", TALLY_INVALID,
    tally_accumulator_merge(&out.acc, &failed))

ROW(tally_accumulator_unmerge, into, "NULL", TALLY_NULL,
    tally_accumulator_unmerge(NULL, &good))
ROW(tally_accumulator_unmerge, into, "damaged", TALLY_INVALID,
    tally_accumulator_unmerge(&out.damaged, &good))
ROW(tally_accumulator_unmerge, into, "failed before", TALLY_INVALID,
    tally_accumulator_unmerge(&out.failed, &good))
ROW(tally_accumulator_unmerge, from, "NULL", TALLY_NULL,
    tally_accumulator_unmerge(&out.acc, NULL))
ROW(tally_accumulator_unmerge, from, "damaged", TALLY_INVALID,
    tally_accumulator_unmerge(&out.acc, &damaged))
ROW(tally_accumulator_unmerge, from, "failed before", TALLY_INVALID,
    tally_accumulator_unmerge(&out.acc, &failed))

ROW(tally_accumulator_count, acc, "NULL", TALLY_NULL,
    tally_accumulator_count(NULL, &out.i64))
ROW(tally_accumulator_count, acc, "damaged", TALLY_INVALID,
    tally_accumulator_count(&damaged, &out.i64))
ROW(tally_accumulator_count, acc, "failed before", TALLY_INVALID,
    tally_accumulator_count(&failed, &out.i64))
ROW(tally_accumulator_count, count, "NULL", TALLY_NULL,
    tally_accumulator_count(&good, NULL))

/* It returns nothing; what it refuses is in the record. */
ROW(tally_accumulator_combine, in, "NULL", TALLY_NULL,
    (tally_accumulator_combine(NULL, out.accs, GIVEN), tally_last_status()))
ROW(tally_accumulator_combine, in, "NULL for nothing", TALLY_OK,
    (tally_accumulator_combine(NULL, out.accs, 0), tally_last_status()))
ROW(tally_accumulator_combine, inout, "NULL", TALLY_NULL,
    (tally_accumulator_combine(&good, NULL, 1), tally_last_status()))
ROW(tally_accumulator_combine, inout, "NULL for nothing", TALLY_OK,
    (tally_accumulator_combine(&good, NULL, 0), tally_last_status()))
ROW(tally_accumulator_combine, inout, "failed before", TALLY_INVALID,
    (tally_accumulator_combine(&good, &out.failed, 1), tally_last_status()))
ROW(tally_accumulator_combine, count, "too large", TALLY_INVALID,
    (tally_accumulator_combine(&good, out.accs, TOO_MANY), tally_last_status()))
ROW(tally_accumulator_combine, count, "negative", TALLY_INVALID,
    (tally_accumulator_combine(&good, out.accs, SIZE_MAX), tally_last_status()))

/* Adding. */
ROW(tally_accumulator_add_f64, into, "NULL", TALLY_NULL,
    tally_accumulator_add_f64(NULL, doubles, GIVEN))
ROW(tally_accumulator_add_f64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_add_f64(NULL, doubles, 0))
ROW(tally_accumulator_add_f64, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_f64(&out.damaged, doubles, GIVEN))
ROW(tally_accumulator_add_f64, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_f64(&out.failed, doubles, GIVEN))
ROW(tally_accumulator_add_f64, values, "NULL", TALLY_NULL,
    tally_accumulator_add_f64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_add_f64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f64(&out.acc, NULL, 0))
ROW(tally_accumulator_add_f64, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f64(&out.acc, doubles, TOO_MANY))
ROW(tally_accumulator_add_f64, count, "negative", TALLY_INVALID,
    tally_accumulator_add_f64(&out.acc, doubles, SIZE_MAX))

ROW(tally_accumulator_add_f32, into, "NULL", TALLY_NULL,
    tally_accumulator_add_f32(NULL, floats, GIVEN))
ROW(tally_accumulator_add_f32, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_add_f32(NULL, floats, 0))
ROW(tally_accumulator_add_f32, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_f32(&out.damaged, floats, GIVEN))
ROW(tally_accumulator_add_f32, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_f32(&out.failed, floats, GIVEN))
ROW(tally_accumulator_add_f32, values, "NULL", TALLY_NULL,
    tally_accumulator_add_f32(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_add_f32, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f32(&out.acc, NULL, 0))
ROW(tally_accumulator_add_f32, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f32(&out.acc, floats, TOO_MANY))
ROW(tally_accumulator_add_f32, count, "negative", TALLY_INVALID,
    tally_accumulator_add_f32(&out.acc, floats, SIZE_MAX))

ROW(tally_accumulator_add_i32, into, "NULL", TALLY_NULL,
    tally_accumulator_add_i32(NULL, int32s, GIVEN))
ROW(tally_accumulator_add_i32, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_add_i32(NULL, int32s, 0))
ROW(tally_accumulator_add_i32, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_i32(&out.damaged, int32s, GIVEN))
ROW(tally_accumulator_add_i32, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_i32(&out.failed, int32s, GIVEN))
ROW(tally_accumulator_add_i32, values, "NULL", TALLY_NULL,
    tally_accumulator_add_i32(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_add_i32, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_i32(&out.acc, NULL, 0))
ROW(tally_accumulator_add_i32, count, "too large", TALLY_INVALID,
    tally_accumulator_add_i32(&out.acc, int32s, TOO_MANY))
ROW(tally_accumulator_add_i32, count, "negative", TALLY_INVALID,
    tally_accumulator_add_i32(&out.acc, int32s, SIZE_MAX))

ROW(tally_accumulator_add_i64, into, "NULL", TALLY_NULL,
    tally_accumulator_add_i64(NULL, int64s, GIVEN))
ROW(tally_accumulator_add_i64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_add_i64(NULL, int64s, 0))
ROW(tally_accumulator_add_i64, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_i64(&out.damaged, int64s, GIVEN))
ROW(tally_accumulator_add_i64, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_i64(&out.failed, int64s, GIVEN))
ROW(tally_accumulator_add_i64, values, "NULL", TALLY_NULL,
    tally_accumulator_add_i64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_add_i64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_i64(&out.acc, NULL, 0))
ROW(tally_accumulator_add_i64, count, "too large", TALLY_INVALID,
    tally_accumulator_add_i64(&out.acc, int64s, TOO_MANY))
ROW(tally_accumulator_add_i64, count, "negative", TALLY_INVALID,
    tally_accumulator_add_i64(&out.acc, int64s, SIZE_MAX))

ROW(tally_accumulator_add_u64, into, "NULL", TALLY_NULL,
    tally_accumulator_add_u64(NULL, uint64s, GIVEN))
ROW(tally_accumulator_add_u64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_add_u64(NULL, uint64s, 0))
ROW(tally_accumulator_add_u64, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_u64(&out.damaged, uint64s, GIVEN))
ROW(tally_accumulator_add_u64, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_u64(&out.failed, uint64s, GIVEN))
ROW(tally_accumulator_add_u64, values, "NULL", TALLY_NULL,
    tally_accumulator_add_u64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_add_u64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_u64(&out.acc, NULL, 0))
ROW(tally_accumulator_add_u64, count, "too large", TALLY_INVALID,
    tally_accumulator_add_u64(&out.acc, uint64s, TOO_MANY))
ROW(tally_accumulator_add_u64, count, "negative", TALLY_INVALID,
    tally_accumulator_add_u64(&out.acc, uint64s, SIZE_MAX))

ROW(tally_accumulator_add_one_f64, into, "NULL", TALLY_NULL,
    tally_accumulator_add_one_f64(NULL, 1.5))
ROW(tally_accumulator_add_one_f64, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_one_f64(&out.damaged, 1.5))
ROW(tally_accumulator_add_one_f64, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_one_f64(&out.failed, 1.5))

/* Subtracting. */
ROW(tally_accumulator_subtract_f64, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_f64(NULL, doubles, GIVEN))
ROW(tally_accumulator_subtract_f64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_subtract_f64(NULL, doubles, 0))
ROW(tally_accumulator_subtract_f64, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_f64(&out.damaged, doubles, GIVEN))
ROW(tally_accumulator_subtract_f64, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_f64(&out.failed, doubles, GIVEN))
ROW(tally_accumulator_subtract_f64, values, "NULL", TALLY_NULL,
    tally_accumulator_subtract_f64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_subtract_f64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_subtract_f64(&out.acc, NULL, 0))
ROW(tally_accumulator_subtract_f64, count, "too large", TALLY_INVALID,
    tally_accumulator_subtract_f64(&out.acc, doubles, TOO_MANY))
ROW(tally_accumulator_subtract_f64, count, "negative", TALLY_INVALID,
    tally_accumulator_subtract_f64(&out.acc, doubles, SIZE_MAX))

ROW(tally_accumulator_subtract_f32, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_f32(NULL, floats, GIVEN))
ROW(tally_accumulator_subtract_f32, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_subtract_f32(NULL, floats, 0))
ROW(tally_accumulator_subtract_f32, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_f32(&out.damaged, floats, GIVEN))
ROW(tally_accumulator_subtract_f32, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_f32(&out.failed, floats, GIVEN))
ROW(tally_accumulator_subtract_f32, values, "NULL", TALLY_NULL,
    tally_accumulator_subtract_f32(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_subtract_f32, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_subtract_f32(&out.acc, NULL, 0))
ROW(tally_accumulator_subtract_f32, count, "too large", TALLY_INVALID,
    tally_accumulator_subtract_f32(&out.acc, floats, TOO_MANY))
ROW(tally_accumulator_subtract_f32, count, "negative", TALLY_INVALID,
    tally_accumulator_subtract_f32(&out.acc, floats, SIZE_MAX))

ROW(tally_accumulator_subtract_i32, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_i32(NULL, int32s, GIVEN))
ROW(tally_accumulator_subtract_i32, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_subtract_i32(NULL, int32s, 0))
ROW(tally_accumulator_subtract_i32, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_i32(&out.damaged, int32s, GIVEN))
ROW(tally_accumulator_subtract_i32, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_i32(&out.failed, int32s, GIVEN))
ROW(tally_accumulator_subtract_i32, values, "NULL", TALLY_NULL,
    tally_accumulator_subtract_i32(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_subtract_i32, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_subtract_i32(&out.acc, NULL, 0))
ROW(tally_accumulator_subtract_i32, count, "too large", TALLY_INVALID,
    tally_accumulator_subtract_i32(&out.acc, int32s, TOO_MANY))
ROW(tally_accumulator_subtract_i32, count, "negative", TALLY_INVALID,
    tally_accumulator_subtract_i32(&out.acc, int32s, SIZE_MAX))

ROW(tally_accumulator_subtract_i64, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_i64(NULL, int64s, GIVEN))
ROW(tally_accumulator_subtract_i64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_subtract_i64(NULL, int64s, 0))
ROW(tally_accumulator_subtract_i64, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_i64(&out.damaged, int64s, GIVEN))
ROW(tally_accumulator_subtract_i64, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_i64(&out.failed, int64s, GIVEN))
ROW(tally_accumulator_subtract_i64, values, "NULL", TALLY_NULL,
    tally_accumulator_subtract_i64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_subtract_i64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_subtract_i64(&out.acc, NULL, 0))
ROW(tally_accumulator_subtract_i64, count, "too large", TALLY_INVALID,
    tally_accumulator_subtract_i64(&out.acc, int64s, TOO_MANY))
ROW(tally_accumulator_subtract_i64, count, "negative", TALLY_INVALID,
    tally_accumulator_subtract_i64(&out.acc, int64s, SIZE_MAX))

ROW(tally_accumulator_subtract_u64, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_u64(NULL, uint64s, GIVEN))
ROW(tally_accumulator_subtract_u64, into, "NULL for nothing", TALLY_NULL,
    tally_accumulator_subtract_u64(NULL, uint64s, 0))
ROW(tally_accumulator_subtract_u64, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_u64(&out.damaged, uint64s, GIVEN))
ROW(tally_accumulator_subtract_u64, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_u64(&out.failed, uint64s, GIVEN))
ROW(tally_accumulator_subtract_u64, values, "NULL", TALLY_NULL,
    tally_accumulator_subtract_u64(&out.acc, NULL, GIVEN))
ROW(tally_accumulator_subtract_u64, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_subtract_u64(&out.acc, NULL, 0))
ROW(tally_accumulator_subtract_u64, count, "too large", TALLY_INVALID,
    tally_accumulator_subtract_u64(&out.acc, uint64s, TOO_MANY))
ROW(tally_accumulator_subtract_u64, count, "negative", TALLY_INVALID,
    tally_accumulator_subtract_u64(&out.acc, uint64s, SIZE_MAX))

ROW(tally_accumulator_subtract_one_f64, into, "NULL", TALLY_NULL,
    tally_accumulator_subtract_one_f64(NULL, 1.5))
ROW(tally_accumulator_subtract_one_f64, into, "damaged", TALLY_INVALID,
    tally_accumulator_subtract_one_f64(&out.damaged, 1.5))
ROW(tally_accumulator_subtract_one_f64, into, "failed before", TALLY_INVALID,
    tally_accumulator_subtract_one_f64(&out.failed, 1.5))

ROW(tally_accumulator_add_f64_strided, into, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_strided(NULL, doubles, GIVEN, 8))
ROW(tally_accumulator_add_f64_strided, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.damaged, doubles, GIVEN, 8))
ROW(tally_accumulator_add_f64_strided, first, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_strided(&out.acc, NULL, GIVEN, 8))
ROW(tally_accumulator_add_f64_strided, first, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.acc, NULL, 0, 8))
ROW(tally_accumulator_add_f64_strided, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.acc, doubles, TOO_MANY, 8))
ROW(tally_accumulator_add_f64_strided, count, "negative", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.acc, doubles, SIZE_MAX, 1))
ROW(tally_accumulator_add_f64_strided, stride, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.acc, doubles, 2, PTRDIFF_MAX))
ROW(tally_accumulator_add_f64_strided, stride, "too far below", TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.acc, doubles, 2, PTRDIFF_MIN))
ROW(tally_accumulator_add_f64_strided, stride, "over the end of memory",
    TALLY_INVALID,
    tally_accumulator_add_f64_strided(&out.acc, (const void *)16, GIVEN, -16))
ROW(tally_accumulator_add_f64_strided, stride, "any, for nothing", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.acc, doubles, 0, PTRDIFF_MIN))
ROW(tally_accumulator_add_f64_strided, stride, "any, for one", TALLY_OK,
    tally_accumulator_add_f64_strided(&out.acc, doubles, 1, PTRDIFF_MIN))

ROW(tally_accumulator_add_f64_masked, into, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_masked(NULL, doubles, GIVEN, bits, 0))
ROW(tally_accumulator_add_f64_masked, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.damaged, doubles, GIVEN, bits, 0))
ROW(tally_accumulator_add_f64_masked, values, "NULL", TALLY_NULL,
    tally_accumulator_add_f64_masked(&out.acc, NULL, GIVEN, bits, 0))
ROW(tally_accumulator_add_f64_masked, values, "NULL for nothing", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.acc, NULL, 0, bits, 0))
ROW(tally_accumulator_add_f64_masked, count, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.acc, doubles, TOO_MANY, bits, 0))
ROW(tally_accumulator_add_f64_masked, validity, "NULL: all are there", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.acc, doubles, GIVEN, NULL, 0))
ROW(tally_accumulator_add_f64_masked, bit_offset, "too large", TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.acc, doubles, GIVEN, bits, SIZE_MAX))
ROW(tally_accumulator_add_f64_masked, bit_offset, "too large, of NULL",
    TALLY_INVALID,
    tally_accumulator_add_f64_masked(&out.acc, doubles, GIVEN, NULL,
                                     SIZE_MAX - 2))
ROW(tally_accumulator_add_f64_masked, bit_offset, "any, for nothing", TALLY_OK,
    tally_accumulator_add_f64_masked(&out.acc, doubles, 0, bits, SIZE_MAX))
