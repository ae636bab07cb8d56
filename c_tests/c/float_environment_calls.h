/*
 * The calls of float_environment.c: CALL(function, statements), one for each
 * function of the header. They are given `x`, `count` and what is in `given`,
 * and leave what they get in `got`.
 */

/* Into a copy of a state. */
#define CHANGE(state, ...)                                                     \
    got.state = given.state;                                                   \
    got.status = __VA_ARGS__
/* One result. */
#define GET(function, field, ...)                                              \
    CALL(function, got.status = function(__VA_ARGS__, &got.field))
/* Values into a state, and out of it. */
#define ADD(prefix, type, state, ...)                                          \
    CALL(prefix##_add_##type,                                                  \
         CHANGE(state, prefix##_add_##type(&got.state, __VA_ARGS__)))          \
    CALL(prefix##_subtract_##type,                                             \
         CHANGE(state, prefix##_subtract_##type(&got.state, __VA_ARGS__)))
/* What all kinds of states have. */
#define STATE(prefix, state)                                                   \
    CALL(prefix##_size, got.size = prefix##_size())                            \
    CALL(prefix##_merge,                                                       \
         CHANGE(state, prefix##_merge(&got.state, &given.other_##state)))      \
    CALL(prefix##_unmerge,                                                     \
         CHANGE(state, prefix##_unmerge(&got.state, &given.other_##state)))    \
    CALL(prefix##_combine, got.state = given.state;                            \
         prefix##_combine(&given.other_##state, &got.state, 1))                \
    CALL(prefix##_count, got.status = prefix##_count(&given.state, &got.i64))  \
    CALL(prefix##_save, got.status = prefix##_save(&given.state, got.saved,    \
                                                   SAVED_MAX, &got.size))      \
    CALL(prefix##_load,                                                        \
         got.status = prefix##_load(given.saved_##state,                       \
                                    given.saved_##state##_size, &got.state))   \
    CALL(prefix##_special_counts,                                              \
         got.status = prefix##_special_counts(&given.state, &got.i64, NULL,    \
                                              &got.other_i64))                 \
    CALL(prefix##_fail, CHANGE(state, prefix##_fail(&got.state, TALLY_PARSE)))
/* Numbers in a text. */
#define TEXT(function, state)                                                  \
    CALL(function, CHANGE(state, function(&got.state, text, text_size, ' ', 1, \
                                          &got.size, &got.other_size)))
/* A total as text. */
#define WRITE(function, state, digits)                                         \
    CALL(function, got.status = function(&given.state, digits, got.text,       \
                                         sizeof got.text, &got.size))

/* Sums and statistics. */
GET(tally_sum_i32, i64, i32s, count)
GET(tally_sum_i64, i64, i64s, count)
GET(tally_sum_u64, u64, u64s, count)
GET(tally_sum_f64, f64, x, count)
GET(tally_sum_f32, f32, f32s, count)
GET(tally_dot_f64, f64, x, y, count)
GET(tally_mean_f64, f64, x, count)
GET(tally_variance_f64, f64, x, count, 0)
GET(tally_standard_deviation_f64, f64, x, count, 0)
GET(tally_norm_f64, f64, x, count)
GET(tally_weighted_mean_f64, f64, x, y, count)
GET(tally_covariance_f64, f64, x, y, count, 0)
GET(tally_correlation_f64, f64, x, y, count)
GET(tally_sum_f64_parallel, f64, x, count, 3)
GET(tally_sum_f32_parallel, f32, f32s, count, 3)
GET(tally_sum_i64_parallel, i64, i64s, count, 3)
GET(tally_dot_f64_parallel, f64, x, y, count, 3)
CALL(tally_sum_i64_wide,
     got.status = tally_sum_i64_wide(i64s, count, &got.i64, &got.u64))

/* States. */
STATE(tally_accumulator, sum)
ADD(tally_accumulator, f64, sum, x, count)
ADD(tally_accumulator, f32, sum, f32s, count)
ADD(tally_accumulator, i32, sum, i32s, count)
ADD(tally_accumulator, i64, sum, i64s, count)
ADD(tally_accumulator, u64, sum, u64s, count)
ADD(tally_accumulator, one_f64, sum, x[0])
TEXT(tally_accumulator_add_text, sum)
CALL(tally_accumulator_add_f64_strided,
     CHANGE(sum,
            tally_accumulator_add_f64_strided(&got.sum, x + (count - 1), count,
                                              -(ptrdiff_t)sizeof *x)))
CALL(tally_accumulator_add_f64_masked,
     CHANGE(sum, tally_accumulator_add_f64_masked(&got.sum, x, count,
                                                  (const uint8_t *)u64s, 3)))
CALL(tally_accumulator_add_array,
     CHANGE(sum, tally_accumulator_add_array(&got.sum, given.array_f32)))
CALL(tally_accumulator_pull, size_t at = 0;
     CHANGE(sum, tally_accumulator_pull(&got.sum, give, &at)))
GET(tally_accumulator_value_f64, f64, &given.sum)
GET(tally_accumulator_value_f32, f32, &given.sum)
GET(tally_accumulator_value_i64, i64, &given.sum)
GET(tally_accumulator_value_u64, u64, &given.sum)
CALL(tally_accumulator_value_i128,
     got.status = tally_accumulator_value_i128(&given.sum, &got.i64, &got.u64))
GET(tally_accumulator_mean_f64, f64, &given.sum)
GET(tally_accumulator_error_f64, f64, &given.sum, x[0])
WRITE(tally_accumulator_value_text, sum, -1)

STATE(tally_product_accumulator, products)
ADD(tally_product_accumulator, f64, products, x, y, count)
ADD(tally_product_accumulator, one_f64, products, x[0], y[0])
GET(tally_product_accumulator_value_f64, f64, &given.products)
GET(tally_product_accumulator_value_i64, i64, &given.products)
GET(tally_product_accumulator_mean_f64, f64, &given.products)
GET(tally_product_accumulator_weighted_mean_f64, f64, &given.products,
    &given.sum)
GET(tally_product_accumulator_error_f64, f64, &given.products, x[0])
WRITE(tally_product_accumulator_value_text, products, -1)

STATE(tally_moments, moments)
ADD(tally_moments, f64, moments, x, count)
ADD(tally_moments, f32, moments, f32s, count)
ADD(tally_moments, i32, moments, i32s, count)
ADD(tally_moments, i64, moments, i64s, count)
ADD(tally_moments, u64, moments, u64s, count)
ADD(tally_moments, one_f64, moments, x[0])
TEXT(tally_moments_add_text, moments)
GET(tally_moments_sum_f64, f64, &given.moments)
GET(tally_moments_mean_f64, f64, &given.moments)
GET(tally_moments_variance_f64, f64, &given.moments, 0)
GET(tally_moments_standard_deviation_f64, f64, &given.moments, 0)
GET(tally_moments_norm_f64, f64, &given.moments)
GET(tally_moments_covariance_f64, f64, &given.moments, &given.other_moments,
    &given.products, 0)
GET(tally_moments_correlation_f64, f64, &given.moments, &given.other_moments,
    &given.products)

STATE(tally_decimal, decimal)
ADD(tally_decimal, scaled, decimal, i64s, count, 342)
TEXT(tally_decimal_add_text, decimal)
TEXT(tally_decimal_subtract_text, decimal)
GET(tally_decimal_compare, i32, &given.decimal, &given.other_decimal)
GET(tally_decimal_value_f64, f64, &given.decimal)
WRITE(tally_decimal_value_text, decimal, -1)
WRITE(tally_decimal_mean_text, decimal, 342)

/* Handles. */
CALL(tally_ref, got.status = tally_ref(given.object); tally_unref(given.object))
CALL(tally_unref, got.other_status = tally_ref(given.object);
     got.status = tally_unref(given.object))
CALL(tally_live,
     got.status = tally_live(&got.size, &got.other_size, &got.bytes))
CALL(tally_shared_new, tally_shared *shared = NULL;
     got.status = tally_shared_new(&shared); tally_unref(shared))
CALL(tally_shared_add_f64, tally_shared *shared = a_shared();
     got.status = tally_shared_add_f64(shared, x, count); end_shared(shared))
CALL(tally_shared_merge, tally_shared *shared = a_shared();
     got.status = tally_shared_merge(shared, &given.sum); end_shared(shared))
CALL(tally_shared_snapshot, tally_shared *shared = a_shared();
     got.status = tally_shared_snapshot(shared, &got.sum); end_shared(shared))

#define ARRAY(type, ctype)                                                     \
    CALL(tally_array_new_##type, tally_array *array = NULL;                    \
         got.status = tally_array_new_##type(type##s, count, &array);          \
         end_array(array))                                                     \
    CALL(tally_array_borrow_##type, tally_array *array = NULL;                 \
         got.status =                                                          \
             tally_array_borrow_##type(type##s, count, NULL, NULL, &array);    \
         end_array(array))                                                     \
    GET(tally_array_get_##type, type, given.array_##type, count - 1)           \
    CALL(tally_array_view_##type, tally_view *view = NULL;                     \
         const ctype *values = NULL;                                           \
         got.status = tally_array_view_##type(given.array_##type, &values,     \
                                              &got.size, &view);               \
         memcpy(&got.type, values, sizeof got.type);                           \
         tally_array_release_view(view))
ARRAY(f64, double)
ARRAY(f32, float)
ARRAY(i32, int32_t)
ARRAY(i64, int64_t)
ARRAY(u64, uint64_t)
GET(tally_array_length, size, given.array_f64)
GET(tally_array_type, element_type, given.array_f64)
GET(tally_array_sum_f64, f64, given.array_f64)
GET(tally_array_sum_f32, f32, given.array_f32)
GET(tally_array_sum_i32, i64, given.array_i32)
GET(tally_array_sum_i64, i64, given.array_i64)
GET(tally_array_sum_u64, u64, given.array_u64)
CALL(tally_array_release_view, tally_view *view = NULL;
     const double *values = NULL;
     got.other_status = tally_array_view_f64(given.array_f64, &values,
                                             &got.size, &view);
     got.status = tally_array_release_view(view))

CALL(tally_object_new, void *object = tally_object_new(); tally_unref(object))
CALL(tally_object_value, got.i32 = tally_object_value(given.object))
CALL(tally_object_set_value,
     got.status = tally_object_set_value(given.object, 7))

/* Memory, text, records, callbacks. */
CALL(tally_alloc, void *block = tally_alloc(100); tally_free(block))
CALL(tally_free, tally_free(NULL))
CALL(tally_text_copy, char *copy = NULL;
     got.status = tally_text_copy(text, &copy); tally_free(copy))
CALL(tally_text_length,
     got.status = tally_text_length(text, &got.size, &got.other_size))
CALL(tally_record_new, tally_record *record = NULL;
     got.status = tally_record_new(1, "one", 2, &record);
     tally_record_free(record))
CALL(tally_record_copy, tally_record *record = NULL;
     got.status = tally_record_copy(records, &record);
     tally_record_free(record))
CALL(tally_record_free, tally_record_free(NULL))
CALL(tally_records_total,
     got.status = tally_records_total(records, 2, "a", &got.i64))
CALL(tally_process, got.i32 = tally_process(x, first_word, got.results))
CALL(tally_map, got.status = tally_map(x, 1, sizeof *x, first_word_of, NULL,
                                       got.results, &got.size))

/* Errors and the version. */
CALL(tally_last_status, fail(); got.status = tally_last_status())
CALL(tally_last_message, fail(); copy_text(tally_last_message()))
CALL(tally_last_function, fail(); copy_text(tally_last_function()))
CALL(tally_last_error_copy, fail();
     got.size = tally_last_error_copy(got.text, sizeof got.text))
CALL(tally_clear_error, fail(); tally_clear_error())
CALL(tally_status_name, copy_text(tally_status_name(TALLY_NULL)))
CALL(tally_version, copy_text(tally_version()))
CALL(tally_version_number, got.u64 = tally_version_number())

/* The classic names. */
CALL(sum_array, got.i32 = sum_array(ints, 3))
CALL(rust_function, got.i32 = rust_function(-3))
CALL(rust_function_system, got.i32 = rust_function_system(-3))
#if defined(__x86_64__)
CALL(rust_function_win64, got.i32 = rust_function_win64(-3))
CALL(rust_function_sysv64, got.i32 = rust_function_sysv64(-3))
#elif defined(__i386__)
CALL(rust_function_stdcall, got.i32 = rust_function_stdcall(-3))
CALL(rust_function_fastcall, got.i32 = rust_function_fastcall(-3))
#endif
CALL(process_with_callback,
     got.i32 = process_with_callback(x, first_word, got.results))
CALL(risky_operation, got.i32 = risky_operation(text))
CALL(get_last_error, got.i32 = risky_operation("x");
     copy_text(get_last_error()))
CALL(c_alloc, void *block = c_alloc(100); c_free(block))
CALL(c_free, c_free(NULL))
CALL(c_object_new, void *object = c_object_new(); c_object_unref(object))
CALL(c_object_ref, c_object_ref(given.object); c_object_unref(given.object))
CALL(c_object_unref, c_object_ref(given.object); c_object_unref(given.object))
CALL(c_object_get_value, got.i32 = c_object_get_value(given.object))
CALL(c_object_set_value, got.status = c_object_set_value(given.object, 7))

/* Sealed states. */
CALL(tally_saved_seal,
     got.status = tally_saved_seal(given.saved_sum, given.saved_sum_size,
                                   got.saved, SAVED_MAX, &got.size))
CALL(tally_saved_open, {
    unsigned char sealed[SAVED_MAX + TALLY_SEAL_SIZE];
    const void *saved = sealed;
    got.status = tally_saved_seal(given.saved_sum, given.saved_sum_size, sealed,
                                  sizeof sealed, &got.size);
    got.other_status = tally_saved_open(sealed, got.size, &saved, &got.bytes);
    memcpy(got.saved, saved, given.saved_sum_size);
})
