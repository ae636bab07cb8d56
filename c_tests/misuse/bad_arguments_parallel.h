/* Rows of bad_arguments.c: parallel sums. */

ROW(tally_sum_f64_parallel, values, "NULL", TALLY_NULL,
    tally_sum_f64_parallel(NULL, GIVEN, 2, &out.f64))
ROW(tally_sum_f64_parallel, values, "NULL for nothing", TALLY_OK,
    tally_sum_f64_parallel(NULL, 0, 2, &out.f64))
ROW(tally_sum_f64_parallel, count, "too large", TALLY_INVALID,
    tally_sum_f64_parallel(doubles, TOO_MANY, 2, &out.f64))
ROW(tally_sum_f64_parallel, count, "just too large", TALLY_INVALID,
    tally_sum_f64_parallel(doubles, PTRDIFF_MAX / sizeof(double) + 1, 2,
                           &out.f64))
ROW(tally_sum_f64_parallel, count, "past the end of memory", TALLY_INVALID,
    tally_sum_f64_parallel((const double *)(UINTPTR_MAX - 15), GIVEN, 2,
                           &out.f64))
ROW(tally_sum_f64_parallel, threads, "0", TALLY_OK,
    tally_sum_f64_parallel(doubles, GIVEN, 0, &out.f64))
ROW(tally_sum_f64_parallel, threads, "more than there are", TALLY_OK,
    tally_sum_f64_parallel(doubles, GIVEN, SIZE_MAX, &out.f64))
ROW(tally_sum_f64_parallel, total, "NULL", TALLY_NULL,
    tally_sum_f64_parallel(doubles, GIVEN, 2, NULL))

ROW(tally_sum_f32_parallel, values, "NULL", TALLY_NULL,
    tally_sum_f32_parallel(NULL, GIVEN, 2, &out.f32))
ROW(tally_sum_f32_parallel, values, "NULL for nothing", TALLY_OK,
    tally_sum_f32_parallel(NULL, 0, 2, &out.f32))
ROW(tally_sum_f32_parallel, count, "too large", TALLY_INVALID,
    tally_sum_f32_parallel(floats, TOO_MANY, 2, &out.f32))
ROW(tally_sum_f32_parallel, threads, "0", TALLY_OK,
    tally_sum_f32_parallel(floats, GIVEN, 0, &out.f32))
ROW(tally_sum_f32_parallel, threads, "more than there are", TALLY_OK,
    tally_sum_f32_parallel(floats, GIVEN, SIZE_MAX, &out.f32))
ROW(tally_sum_f32_parallel, total, "NULL", TALLY_NULL,
    tally_sum_f32_parallel(floats, GIVEN, 2, NULL))

ROW(tally_sum_i64_parallel, values, "NULL", TALLY_NULL,
    tally_sum_i64_parallel(NULL, GIVEN, 2, &out.i64))
ROW(tally_sum_i64_parallel, values, "NULL for nothing", TALLY_OK,
    tally_sum_i64_parallel(NULL, 0, 2, &out.i64))
ROW(tally_sum_i64_parallel, count, "too large", TALLY_INVALID,
    tally_sum_i64_parallel(int64s, TOO_MANY, 2, &out.i64))
ROW(tally_sum_i64_parallel, threads, "0", TALLY_OK,
    tally_sum_i64_parallel(int64s, GIVEN, 0, &out.i64))
ROW(tally_sum_i64_parallel, threads, "more than there are", TALLY_OK,
    tally_sum_i64_parallel(int64s, GIVEN, SIZE_MAX, &out.i64))
ROW(tally_sum_i64_parallel, total, "NULL", TALLY_NULL,
    tally_sum_i64_parallel(int64s, GIVEN, 2, NULL))

ROW(tally_dot_f64_parallel, x, "NULL", TALLY_NULL,
    tally_dot_f64_parallel(NULL, doubles, GIVEN, 2, &out.f64))
ROW(tally_dot_f64_parallel, x, "NULL for nothing", TALLY_OK,
    tally_dot_f64_parallel(NULL, doubles, 0, 2, &out.f64))
ROW(tally_dot_f64_parallel, y, "NULL", TALLY_NULL,
    tally_dot_f64_parallel(doubles, NULL, GIVEN, 2, &out.f64))
ROW(tally_dot_f64_parallel, y, "NULL for nothing", TALLY_OK,
    tally_dot_f64_parallel(doubles, NULL, 0, 2, &out.f64))
ROW(tally_dot_f64_parallel, y, "past the end of memory", TALLY_INVALID,
    tally_dot_f64_parallel(doubles, (const double *)(UINTPTR_MAX - 15), GIVEN,
                           2, &out.f64))
ROW(tally_dot_f64_parallel, count, "too large", TALLY_INVALID,
    tally_dot_f64_parallel(doubles, doubles, TOO_MANY, 2, &out.f64))
ROW(tally_dot_f64_parallel, threads, "0", TALLY_OK,
    tally_dot_f64_parallel(doubles, doubles, GIVEN, 0, &out.f64))
ROW(tally_dot_f64_parallel, threads, "more than there are", TALLY_OK,
    tally_dot_f64_parallel(doubles, doubles, GIVEN, SIZE_MAX, &out.f64))
ROW(tally_dot_f64_parallel, total, "NULL", TALLY_NULL,
    tally_dot_f64_parallel(doubles, doubles, GIVEN, 2, NULL))
