/* The rows of every_function.h. */

/* Errors and versions. */
ROW(tally_last_status, nothing, got->number = (int)tally_last_status())
ROW(tally_last_message, nothing, strcpy(got->text, tally_last_message()))
ROW(tally_last_function, nothing, strcpy(got->text, tally_last_function()))
ROW(tally_last_error_copy, nothing,
    got->size = tally_last_error_copy(got->text, sizeof got->text))
ROW(tally_clear_error, nothing, tally_clear_error())
ROW(tally_status_name, nothing,
    strcpy(got->text, tally_status_name(TALLY_STALE)))
ROW(tally_version, nothing, strcpy(got->text, tally_version()))
ROW(tally_version_number, nothing, got->u64 = tally_version_number())

/* Patterns of several rows. Types of elements, and arrays of them: */
#define ELEMENTS(PATTERN, ...)                                                 \
    PATTERN(f64, double, x, got->f64, __VA_ARGS__)                             \
    PATTERN(f32, float, floats, got->f32, __VA_ARGS__)                         \
    PATTERN(i32, int32_t, int32s, got->i64, __VA_ARGS__)                       \
    PATTERN(i64, int64_t, int64s, got->i64, __VA_ARGS__)                       \
    PATTERN(u64, uint64_t, uint64s, got->u64, __VA_ARGS__)
#define CALL(function, ...)                                                    \
    ROW(function, nothing, got->status = function(__VA_ARGS__))

/* Sums and statistics. */
#define SUM(type, c_type, array, total, ...)                                   \
    CALL(tally_sum_##type, array, count, &total)
ELEMENTS(SUM, )
CALL(tally_sum_i64_wide, int64s, count, &got->i64, &got->u64)
CALL(tally_dot_f64, x, y, count, &got->f64)
CALL(tally_mean_f64, x, count, &got->f64)
CALL(tally_variance_f64, x, count, 0, &got->f64)
CALL(tally_standard_deviation_f64, x, count, 0, &got->f64)
CALL(tally_norm_f64, x, count, &got->f64)
CALL(tally_weighted_mean_f64, x, weights, count, &got->f64)
CALL(tally_covariance_f64, x, y, count, 0, &got->f64)
CALL(tally_correlation_f64, x, y, count, &got->f64)
CALL(tally_mean_f32, floats, count, &got->f64)
CALL(tally_mean_i32, int32s, count, &got->f64)
CALL(tally_mean_i64, int64s, count, &got->f64)
CALL(tally_mean_u64, uint64s, count, &got->f64)
CALL(tally_variance_f32, floats, count, 0, &got->f64)
CALL(tally_standard_deviation_f32, floats, count, 0, &got->f64)
CALL(tally_norm_f32, floats, count, &got->f64)
CALL(tally_dot_f32, floats, floats, count, &got->f64)
CALL(tally_weighted_mean_f32, floats, floats, count, &got->f64)
CALL(tally_sum_f64_parallel, x, parallel_count, 0, &got->f64)
CALL(tally_sum_f32_parallel, floats, parallel_count, 0, &got->f32)
CALL(tally_sum_i64_parallel, int64s, parallel_count, 0, &got->i64)
CALL(tally_dot_f64_parallel, x, y, parallel_count, 0, &got->f64)

/* Columns. */
#define COLUMN_OF(array, type)                                                 \
    &(tally_column){sizeof(tally_column),                                      \
                    type,                                                      \
                    TALLY_SKIP_NAN,                                            \
                    array,                                                     \
                    count / 2,                                                 \
                    2 * TALLY_TYPE_SIZE(type),                                 \
                    (const uint8_t *)uint64s,                                  \
                    3}
CALL(tally_column_count, COLUMN_OF(x, TALLY_F64), &got->size, &got->other_size)
CALL(tally_column_count_pairs, COLUMN_OF(x, TALLY_F64),
     COLUMN_OF(floats, TALLY_F32), &got->size, &got->other_size)
CALL(tally_check_length, "x", 3, 3)
CALL(tally_column_sum, COLUMN_OF(x, TALLY_F64), &got->f64)
CALL(tally_column_sum_i64, COLUMN_OF(int64s, TALLY_I64), &got->i64)
CALL(tally_column_mean, COLUMN_OF(x, TALLY_F16), &got->f64)
CALL(tally_column_norm, COLUMN_OF(floats, TALLY_F32), &got->f64)
CALL(tally_column_variance, COLUMN_OF(x, TALLY_F64), 1, &got->f64)
CALL(tally_column_standard_deviation, COLUMN_OF(x, TALLY_F64), 1, &got->f64)
CALL(tally_column_dot, COLUMN_OF(x, TALLY_F64), COLUMN_OF(int64s, TALLY_I64),
     &got->f64)
CALL(tally_column_weighted_mean, COLUMN_OF(x, TALLY_F64),
     COLUMN_OF(weights, TALLY_F64), &got->f64)
CALL(tally_column_covariance, COLUMN_OF(x, TALLY_F64), COLUMN_OF(y, TALLY_F64),
     1, &got->f64)
CALL(tally_column_correlation, COLUMN_OF(x, TALLY_F64), COLUMN_OF(y, TALLY_F64),
     &got->f64)
CALL(tally_column_weighted_variance, COLUMN_OF(x, TALLY_F64),
     COLUMN_OF(weights, TALLY_F64), 1, &got->f64)
CALL(tally_column_linear_fit, COLUMN_OF(x, TALLY_F64), COLUMN_OF(y, TALLY_F64),
     &got->f64, &got->other_f64, &got->third_f64)
#define LONG_COLUMN_OF(array, type)                                            \
    &(tally_column){sizeof(tally_column),                                      \
                    type,                                                      \
                    TALLY_SKIP_NAN,                                            \
                    array,                                                     \
                    parallel_count,                                            \
                    TALLY_TYPE_SIZE(type),                                     \
                    NULL,                                                      \
                    0}
CALL(tally_column_sum_parallel, LONG_COLUMN_OF(x, TALLY_F64), 0, &got->f64)
CALL(tally_column_sum_i64_parallel, LONG_COLUMN_OF(int64s, TALLY_I64), 0,
     &got->i64)
CALL(tally_column_dot_parallel, LONG_COLUMN_OF(x, TALLY_F64),
     LONG_COLUMN_OF(floats, TALLY_F32), 0, &got->f64)
/* Ids are bytes, which are 0 or not. */
CALL(tally_group, COLUMN_OF(x, TALLY_F64), COLUMN_OF(uint64s, TALLY_BOOL), 2,
     TALLY_SUM, 0, got->group_f64)
CALL(tally_group_sum_i64, COLUMN_OF(int64s, TALLY_I64),
     COLUMN_OF(uint64s, TALLY_BOOL), 2, got->group_i64, &got->size)
CALL(tally_group_parallel, LONG_COLUMN_OF(floats, TALLY_F32),
     LONG_COLUMN_OF(uint64s, TALLY_BOOL), 2, TALLY_VARIANCE, 1, 0,
     got->group_f64)
CALL(tally_group_sum_i64_parallel, LONG_COLUMN_OF(int64s, TALLY_I64),
     LONG_COLUMN_OF(uint64s, TALLY_BOOL), 2, 0, got->group_i64, &got->size)

/* Windows. */
CALL(tally_rolling, COLUMN_OF(x, TALLY_F64), 100, 1, TALLY_VARIANCE, 1,
     got->batch)
CALL(tally_rolling_covariance, COLUMN_OF(x, TALLY_F64),
     COLUMN_OF(floats, TALLY_F32), 100, 1, 1, got->batch)
CALL(tally_rolling_correlation, COLUMN_OF(x, TALLY_F64),
     COLUMN_OF(floats, TALLY_F32), 100, 1, got->batch)
CALL(tally_cumulative_sum, COLUMN_OF(x, TALLY_F64), got->batch)
CALL(tally_cumulative_sum_i64, COLUMN_OF(int64s, TALLY_I64), got->batch_i64,
     &got->size)
CALL(tally_axis, COLUMN_OF(x, TALLY_F64), 1, 0, 1, TALLY_VARIANCE, 1,
     got->batch)
ROW(tally_axis_parallel, nothing,
    const size_t columns = (parallel_count + 1) / 2;
    got->status = tally_axis_parallel(&TALLY_COLUMN(TALLY_F64, x, columns), 2,
                                      (ptrdiff_t)(columns * sizeof *x), 0,
                                      TALLY_MEAN, 0, 0, long_batch);
    got->f64 = long_batch[columns - 1])
ROW(tally_rolling_parallel, nothing,
    got->status = tally_rolling_parallel(LONG_COLUMN_OF(x, TALLY_F64), 100, 1,
                                         TALLY_SUM, 0, 0, long_batch);
    got->f64 = long_batch[parallel_count - 1])
ROW(tally_rolling_covariance_parallel, nothing,
    got->status = tally_rolling_covariance_parallel(
        LONG_COLUMN_OF(x, TALLY_F64), LONG_COLUMN_OF(floats, TALLY_F32), 100, 1,
        1, 0, long_batch);
    got->f64 = long_batch[parallel_count - 1])
ROW(tally_rolling_correlation_parallel, nothing,
    got->status = tally_rolling_correlation_parallel(
        LONG_COLUMN_OF(x, TALLY_F64), LONG_COLUMN_OF(floats, TALLY_F32), 100, 1,
        0, long_batch);
    got->f64 = long_batch[parallel_count - 1])
ROW(tally_cumulative_sum_parallel, nothing,
    got->status = tally_cumulative_sum_parallel(LONG_COLUMN_OF(x, TALLY_F64), 0,
                                                long_batch);
    got->f64 = long_batch[parallel_count - 1])
ROW(tally_cumulative_sum_i64_parallel, nothing,
    got->status = tally_cumulative_sum_i64_parallel(
        LONG_COLUMN_OF(int64s, TALLY_I64), 0, long_batch_i64, &got->size);
    got->i64 = long_batch_i64[parallel_count - 1])

CALL(tally_accumulator_add, &got->accumulator, COLUMN_OF(x, TALLY_F64))
CALL(tally_accumulator_subtract, &got->accumulator, COLUMN_OF(x, TALLY_F64))
CALL(tally_moments_add, &got->moments, COLUMN_OF(x, TALLY_F64))
CALL(tally_moments_subtract, &got->moments, COLUMN_OF(x, TALLY_F64))
CALL(tally_product_accumulator_add, &got->product_accumulator,
     COLUMN_OF(x, TALLY_F64), COLUMN_OF(y, TALLY_F64))
CALL(tally_product_accumulator_subtract, &got->product_accumulator,
     COLUMN_OF(x, TALLY_F64), COLUMN_OF(y, TALLY_F64))
CALL(tally_decimal_add, &got->decimal, COLUMN_OF(int64s, TALLY_I64), 2)
CALL(tally_decimal_subtract, &got->decimal, COLUMN_OF(int64s, TALLY_I64), 2)

/* Columns of Arrow. */
#define ARROW(kind, prepare, ...)                                              \
    ROW(tally_##kind##_add_arrow, prepare,                                     \
        got->status = tally_##kind##_add_arrow(&got->kind, &batch.schema,      \
                                               &batch.array, __VA_ARGS__))     \
    ROW(tally_##kind##_add_arrow_stream, prepare##_in_a_stream,                \
        got->status =                                                          \
            tally_##kind##_add_arrow_stream(&got->kind, &stream, __VA_ARGS__))
ARROW(accumulator, a_batch, "x")
ARROW(moments, a_batch, ".x")
ARROW(product_accumulator, a_batch, "x", "[0]")
ARROW(decimal, a_batch_of_decimals, "cents")
#undef ARROW
ROW(tally_column_from_arrow, a_batch, tally_column column = {0};
    got->status = tally_column_from_arrow(&batch_x.schema, &batch_x.array,
                                          &column);
    got->size = column.count; got->other_size = column.offset)

/* Any kind of state. */
#define STATE(kind)                                                            \
    ROW(tally_##kind##_size, nothing, got->size = tally_##kind##_size())       \
    CALL(tally_##kind##_merge, &got->kind, &given->kind)                       \
    CALL(tally_##kind##_unmerge, &got->kind, &given->kind)                     \
    ROW(tally_##kind##_combine, nothing,                                       \
        tally_##kind##_combine(&given->kind, &got->kind, 1))                   \
    CALL(tally_##kind##_fail, &got->kind, TALLY_MEMORY)                        \
    CALL(tally_##kind##_count, &given->kind, &got->i64)                        \
    CALL(tally_##kind##_special_counts, &given->kind, got->special_counts,     \
         got->special_counts + 1, got->special_counts + 2)                     \
    CALL(tally_##kind##_save, &given->kind, got->text, sizeof got->text,       \
         &got->size)                                                           \
    CALL(tally_##kind##_load, given->saved_##kind, given->size_##kind,         \
         &got->kind)
KINDS(STATE)

/* Adding and subtracting. */
#define TAKE(type, c_type, array, total, kind)                                 \
    CALL(tally_##kind##_add_##type, &got->kind, array, count)                  \
    CALL(tally_##kind##_subtract_##type, &got->kind, array, count)
#define TAKE_TEXT(function, kind, text)                                        \
    CALL(function, &got->kind, text, strlen(text), ' ', 1, &got->size,         \
         &got->other_size)
ELEMENTS(TAKE, accumulator)
CALL(tally_accumulator_add_one_f64, &got->accumulator, a_value)
CALL(tally_accumulator_subtract_one_f64, &got->accumulator, a_value)
CALL(tally_accumulator_add_f64_strided, &got->accumulator, x + (count - 1),
     (count + 1) / 2, -(ptrdiff_t)(2 * sizeof *x))
CALL(tally_accumulator_add_f64_masked, &got->accumulator, x, count,
     (const uint8_t *)uint64s, 3)
TAKE_TEXT(tally_accumulator_add_text, accumulator, numbers)
ROW(tally_accumulator_add_array, an_array_f32,
    got->status = tally_accumulator_add_array(&got->accumulator, array))
CALL(tally_accumulator_pull, &got->accumulator, some_values, &got->third_size)
CALL(tally_product_accumulator_add_f64, &got->product_accumulator, x, y, count)
CALL(tally_product_accumulator_subtract_f64, &got->product_accumulator, x, y,
     count)
CALL(tally_product_accumulator_add_one_f64, &got->product_accumulator, a_value,
     another_value)
CALL(tally_product_accumulator_subtract_one_f64, &got->product_accumulator,
     a_value, another_value)
ELEMENTS(TAKE, moments)
CALL(tally_moments_add_one_f64, &got->moments, a_value)
CALL(tally_moments_subtract_one_f64, &got->moments, a_value)
TAKE_TEXT(tally_moments_add_text, moments, numbers)
TAKE_TEXT(tally_decimal_add_text, decimal, decimals)
TAKE_TEXT(tally_decimal_subtract_text, decimal, decimals)
CALL(tally_decimal_add_scaled, &got->decimal, int64s, count, 342)
CALL(tally_decimal_subtract_scaled, &got->decimal, int64s, count, 342)
#define TAKE_DECIMALS(verb)                                                    \
    CALL(tally_decimal_##verb##_scaled_i128, &got->decimal, int128s,           \
         count / 2, 342)                                                       \
    CALL(tally_decimal_##verb##_f64, &got->decimal, x, count)                  \
    CALL(tally_decimal_##verb##_one_f64, &got->decimal, a_value)               \
    CALL(tally_decimal_##verb##_one_text, &got->decimal, field, strlen(field)) \
    CALL(tally_decimal_##verb##_products, &got->decimal, int64s, int64s + 1,   \
         count - 1, 171, 171)                                                  \
    CALL(tally_decimal_##verb##_products_f64, &got->decimal, x, weights,       \
         count / 2)
TAKE_DECIMALS(add)
TAKE_DECIMALS(subtract)

/* Small accumulators, and columns. */
#define SMALL(verb, ...) CALL(tally_small_accumulator_##verb, __VA_ARGS__)
ROW(tally_small_accumulator_size, nothing,
    got->size = tally_small_accumulator_size())
SMALL(merge, &got->small_accumulator, &given->small_accumulator)
SMALL(unmerge, &got->small_accumulator, &given->small_accumulator)
SMALL(count, &given->small_accumulator, &got->i64)
SMALL(special_counts, &given->small_accumulator, got->special_counts,
      got->special_counts + 1, got->special_counts + 2)
SMALL(fail, &got->small_accumulator, TALLY_MEMORY)
SMALL(save, &given->small_accumulator, got->text, sizeof got->text, &got->size)
SMALL(load, given->saved_small_accumulator, given->size_small_accumulator,
      &got->small_accumulator)
SMALL(add_f64, &got->small_accumulator, few, FEW)
SMALL(subtract_f64, &got->small_accumulator, few, FEW)
SMALL(add, &got->small_accumulator, COLUMN_OF(int64s, TALLY_I64))
SMALL(subtract, &got->small_accumulator, COLUMN_OF(int64s, TALLY_I64))
SMALL(add_one_f64, &got->small_accumulator, a_value)
SMALL(subtract_one_f64, &got->small_accumulator, a_value)
SMALL(value_f64, &given->small_accumulator, &got->f64)
SMALL(value_i64, &given->small_integer, &got->i64)
SMALL(value_i128, &given->small_integer, &got->i64, &got->u64)
SMALL(mean_f64, &given->small_accumulator, &got->f64)
SMALL(expand, &given->small_accumulator, &got->accumulator)
CALL(tally_accumulator_merge_small, &got->accumulator,
     &given->small_accumulator)
/* Addresses are the process's own. */
ROW(tally_small_accumulator_grow, nothing,
    tally_small_accumulator grown = given->small_accumulator;
    got->status = tally_small_accumulator_grow(&grown, &got->accumulator))
ROW(tally_small_accumulator_room, nothing, tally_accumulator *room = NULL;
    got->status = tally_small_accumulator_room(&given->small_accumulator,
                                               &room);
    got->number = room == NULL)
#define SCATTERED(kind, verb, values, type, ...)                               \
    ROW(tally_##kind##_##verb##_scattered, nothing, tally_##kind *into[2];     \
        into[0] = into[1] = &got->kind;                                        \
        tally_column column = TALLY_COLUMN(type, values, 2);                   \
        got->status =                                                          \
            tally_##kind##_##verb##_scattered(into, &column, __VA_ARGS__))
SCATTERED(accumulator, add, floats, TALLY_F32, &got->size)
SCATTERED(accumulator, subtract, x, TALLY_F64, &got->size)
SCATTERED(small_accumulator, add, few, TALLY_F64, no_room, NULL, &got->size)
SCATTERED(small_accumulator, subtract, int64s, TALLY_I64, no_room, NULL,
          &got->size)
#undef SCATTERED

/* What states hold. */
#define INTEGER(type, ...)                                                     \
    CALL(tally_accumulator_value_##type, &given->integer, __VA_ARGS__)
CALL(tally_accumulator_value_f64, &given->accumulator, &got->f64)
INTEGER(f32, &got->f32)
INTEGER(i64, &got->i64)
INTEGER(u64, &got->u64)
INTEGER(i128, &got->i64, &got->u64)
CALL(tally_accumulator_mean_f64, &given->accumulator, &got->f64)
CALL(tally_accumulator_error_f64, &given->accumulator, a_value, &got->f64)
CALL(tally_accumulator_value_text, &given->accumulator, -1, got->text,
     sizeof got->text, &got->size)
CALL(tally_product_accumulator_value_f64, &given->product_accumulator,
     &got->f64)
CALL(tally_product_accumulator_value_i64, &given->integer_products, &got->i64)
CALL(tally_product_accumulator_mean_f64, &given->product_accumulator, &got->f64)
CALL(tally_product_accumulator_weighted_mean_f64, &given->product_accumulator,
     &given->weights, &got->f64)
CALL(tally_product_accumulator_error_f64, &given->product_accumulator, a_value,
     &got->f64)
CALL(tally_product_accumulator_value_text, &given->product_accumulator, -1,
     got->text, sizeof got->text, &got->size)
CALL(tally_moments_sum_f64, &given->moments, &got->f64)
CALL(tally_moments_mean_f64, &given->moments, &got->f64)
CALL(tally_moments_variance_f64, &given->moments, 0, &got->f64)
CALL(tally_moments_standard_deviation_f64, &given->moments, 0, &got->f64)
CALL(tally_moments_norm_f64, &given->moments, &got->f64)
CALL(tally_moments_linear_fit, &given->moments, &given->others,
     &given->product_accumulator, &got->f64, &got->other_f64, &got->third_f64)
CALL(tally_moments_covariance_f64, &given->moments, &given->others,
     &given->product_accumulator, 0, &got->f64)
CALL(tally_moments_correlation_f64, &given->moments, &given->others,
     &given->product_accumulator, &got->f64)
CALL(tally_decimal_compare, &given->decimal, &got->decimal, &got->number)
CALL(tally_decimal_value_text, &given->decimal, -1, got->text, sizeof got->text,
     &got->size)
CALL(tally_decimal_mean_text, &given->decimal, 342, got->text, sizeof got->text,
     &got->size)
CALL(tally_decimal_value_text_rounded, &given->decimal, 340, TALLY_ROUND_UP,
     got->text, sizeof got->text, &got->size)
CALL(tally_decimal_mean_text_rounded, &given->decimal, 341, TALLY_ROUND_FLOOR,
     got->text, sizeof got->text, &got->size)
CALL(tally_decimal_value_f64, &given->scaled, &got->f64)

/* Saved forms that are sealed. */
#define SEAL(size)                                                             \
    tally_saved_seal(given->saved_accumulator, given->size_accumulator,        \
                     got->text, sizeof got->text, size)
ROW(tally_saved_seal, nothing, got->status = SEAL(&got->size))
ROW(tally_saved_open, nothing, const void *opened = got->text;
    CHECK_OK(SEAL(&got->size));
    got->status = tally_saved_open(got->text, got->size, &opened,
                                   &got->other_size);
    memmove(got->text, opened, got->other_size))

/* Handles, objects and shared accumulators. */
ROW(tally_object_new, nothing, handle = tally_object_new();
    got->number = handle != NULL)
ROW(tally_object_value, an_object, got->number = tally_object_value(handle))
ROW(tally_object_set_value, an_object,
    got->status = tally_object_set_value(handle, 5))
ROW(tally_ref, an_object, got->status = tally_ref(handle); tally_unref(handle))
ROW(tally_unref, a_reference, got->status = tally_unref(handle))
ROW(tally_live, nothing,
    got->status = tally_live(&got->size, &got->other_size, &got->third_size))
ROW(tally_shared_new, nothing, got->status = tally_shared_new(&shared))
ROW(tally_shared_add_f64, a_shared_one,
    got->status = tally_shared_add_f64(shared, x, count))
ROW(tally_shared_merge, a_shared_one,
    got->status = tally_shared_merge(shared, &given->accumulator))
ROW(tally_shared_snapshot, a_shared_one,
    got->status = tally_shared_snapshot(shared, &got->accumulator))

/* Arrays. */
#define ARRAY_OF(type, c_type, values_, total, ...)                            \
    CALL(tally_array_new_##type, values_, count, &array)                       \
    CALL(tally_array_borrow_##type, values_, count, no_release, NULL, &array)  \
    ROW(tally_array_get_##type, an_array_##type,                               \
        got->status = tally_array_get_##type(array, count - 1, &got->type))    \
    ROW(                                                                       \
        tally_array_view_##type, an_array_##type, const c_type *values = NULL; \
        got->status =                                                          \
            tally_array_view_##type(array, &values, &got->size, &view);        \
        if (values != NULL) { memcpy(&got->type, values, sizeof got->type); }) \
    ROW(tally_array_sum_##type, an_array_##type,                               \
        got->status = tally_array_sum_##type(array, &total))
ELEMENTS(ARRAY_OF, )
ROW(tally_array_length, an_array_f64,
    got->status = tally_array_length(array, &got->size))
ROW(tally_array_type, an_array_f64, tally_type type = 0;
    got->status = tally_array_type(array, &type); got->number = (int)type)
ROW(tally_array_release_view, a_reference_to_a_view,
    got->status = tally_array_release_view(view))

/* Memory, text and records. */
ROW(tally_alloc, nothing, block = tally_alloc(100); got->number = block != NULL)
ROW(tally_free, a_block, tally_free(block); block = NULL)
ROW(tally_text_copy, nothing, got->status = tally_text_copy(numbers, &string))
ROW(tally_text_length, nothing,
    got->status = tally_text_length(numbers, &got->size, &got->other_size))
ROW(tally_record_new, nothing,
    got->status = tally_record_new(1, "one", 7, &record))
ROW(tally_record_copy, nothing,
    got->status = tally_record_copy(&a_record, &record))
ROW(tally_record_free, a_copied_record, tally_record_free(record);
    record = NULL)
ROW(tally_records_total, nothing,
    got->status = tally_records_total(&a_record, 1, "one", &got->i64))

/* Callbacks. */
ROW(tally_process, nothing,
    got->size = (size_t)tally_process(int32s, copy_int, &got->number))
ROW(tally_map, nothing,
    got->status = tally_map(int32s, 3, 4, copy_element, NULL, got->numbers,
                            &got->size))

/* Classic names. */
ROW(rust_function, nothing, got->number = rust_function(21))
ROW(rust_function_system, nothing, got->number = rust_function_system(21))
#if defined(__x86_64__)
ROW(rust_function_win64, nothing, got->number = rust_function_win64(21))
ROW(rust_function_sysv64, nothing, got->number = rust_function_sysv64(21))
#else
ROW(rust_function_win64, nothing, nothing())
ROW(rust_function_sysv64, nothing, nothing())
#endif
#if defined(__i386__)
ROW(rust_function_stdcall, nothing, got->number = rust_function_stdcall(21))
ROW(rust_function_fastcall, nothing, got->number = rust_function_fastcall(21))
#else
ROW(rust_function_stdcall, nothing, nothing())
ROW(rust_function_fastcall, nothing, nothing())
#endif
ROW(sum_array, nothing, got->number = sum_array(int32s, 3))
ROW(process_with_callback, nothing,
    got->size = (size_t)process_with_callback(int32s, copy_int, &got->number))
ROW(risky_operation, nothing, got->number = risky_operation(integers))
ROW(get_last_error, nothing, strcpy(got->text, get_last_error()))
ROW(c_alloc, nothing, block = c_alloc(100); got->number = block != NULL)
ROW(c_free, a_block, c_free(block); block = NULL)
ROW(c_object_new, nothing, handle = c_object_new();
    got->number = handle != NULL)
ROW(c_object_ref, an_object, c_object_ref(handle); tally_unref(handle))
ROW(c_object_unref, a_reference, c_object_unref(handle))
ROW(c_object_get_value, an_object, got->number = c_object_get_value(handle))
ROW(c_object_set_value, an_object, got->status = c_object_set_value(handle, 5))

#undef ELEMENTS
#undef CALL
#undef SUM
#undef STATE
#undef TAKE
#undef TAKE_TEXT
#undef INTEGER
#undef SMALL
#undef SEAL
#undef ARRAY_OF
