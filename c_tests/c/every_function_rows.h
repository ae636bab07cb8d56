/* The rows of every_function.h. */

/* Errors and versions. */
ROW(tally_last_status, nothing, got->number = (int)tally_last_status())
ROW(tally_last_message, nothing, got->size = strlen(tally_last_message()))
ROW(tally_last_function, nothing, got->size = strlen(tally_last_function()))
ROW(tally_last_error_copy, nothing,
    got->size = tally_last_error_copy(got->text, 100))
ROW(tally_clear_error, nothing, tally_clear_error())
ROW(tally_status_name, nothing,
    strcpy(got->text, tally_status_name(TALLY_STALE)))
ROW(tally_version, nothing, strcpy(got->text, tally_version()))
ROW(tally_version_number, nothing, got->u64 = tally_version_number())

/* Sums and statistics. */
ROW(tally_sum_i32, nothing,
    got->status = tally_sum_i32(int32s, count, &got->i64))
ROW(tally_sum_i64, nothing,
    got->status = tally_sum_i64(int64s, count, &got->i64))
ROW(tally_sum_u64, nothing,
    got->status = tally_sum_u64(uint64s, count, &got->u64))
ROW(tally_sum_f64, nothing, got->status = tally_sum_f64(x, count, &got->f64))
ROW(tally_sum_f32, nothing,
    got->status = tally_sum_f32(floats, count, &got->f32))
ROW(tally_sum_i64_wide, nothing,
    got->status = tally_sum_i64_wide(int64s, count, &got->i64, &got->u64))
ROW(tally_dot_f64, nothing, got->status = tally_dot_f64(x, y, count, &got->f64))
ROW(tally_mean_f64, nothing, got->status = tally_mean_f64(x, count, &got->f64))
ROW(tally_variance_f64, nothing,
    got->status = tally_variance_f64(x, count, 1, &got->f64))
ROW(tally_standard_deviation_f64, nothing,
    got->status = tally_standard_deviation_f64(x, count, 1, &got->f64))
ROW(tally_norm_f64, nothing, got->status = tally_norm_f64(x, count, &got->f64))
ROW(tally_weighted_mean_f64, nothing,
    got->status = tally_weighted_mean_f64(x, weights, count, &got->f64))
ROW(tally_covariance_f64, nothing,
    got->status = tally_covariance_f64(x, y, count, 1, &got->f64))
ROW(tally_correlation_f64, nothing,
    got->status = tally_correlation_f64(x, y, count, &got->f64))
ROW(tally_sum_f64_parallel, nothing,
    got->status = tally_sum_f64_parallel(x, MOST, 0, &got->f64))
ROW(tally_sum_f32_parallel, nothing,
    got->status = tally_sum_f32_parallel(floats, MOST, 0, &got->f32))
ROW(tally_sum_i64_parallel, nothing,
    got->status = tally_sum_i64_parallel(int64s, MOST, 0, &got->i64))
ROW(tally_dot_f64_parallel, nothing,
    got->status = tally_dot_f64_parallel(x, y, MOST, 0, &got->f64))

/* Accumulators. */
ROW(tally_accumulator_size, nothing, got->size = tally_accumulator_size())
ROW(tally_accumulator_add_f64, nothing,
    got->status = tally_accumulator_add_f64(&got->acc, x, count))
ROW(tally_accumulator_add_f32, nothing,
    got->status = tally_accumulator_add_f32(&got->acc, floats, count))
ROW(tally_accumulator_add_i32, nothing,
    got->status = tally_accumulator_add_i32(&got->acc, int32s, count))
ROW(tally_accumulator_add_i64, nothing,
    got->status = tally_accumulator_add_i64(&got->acc, int64s, count))
ROW(tally_accumulator_add_u64, nothing,
    got->status = tally_accumulator_add_u64(&got->acc, uint64s, count))
ROW(tally_accumulator_add_one_f64, nothing,
    got->status = tally_accumulator_add_one_f64(&got->acc, 1.5))
ROW(tally_accumulator_subtract_f64, nothing,
    got->status = tally_accumulator_subtract_f64(&got->acc, x, count))
ROW(tally_accumulator_subtract_f32, nothing,
    got->status = tally_accumulator_subtract_f32(&got->acc, floats, count))
ROW(tally_accumulator_subtract_i32, nothing,
    got->status = tally_accumulator_subtract_i32(&got->acc, int32s, count))
ROW(tally_accumulator_subtract_i64, nothing,
    got->status = tally_accumulator_subtract_i64(&got->acc, int64s, count))
ROW(tally_accumulator_subtract_u64, nothing,
    got->status = tally_accumulator_subtract_u64(&got->acc, uint64s, count))
ROW(tally_accumulator_subtract_one_f64, nothing,
    got->status = tally_accumulator_subtract_one_f64(&got->acc, 1.5))
ROW(tally_accumulator_add_f64_strided, nothing,
    got->status = tally_accumulator_add_f64_strided(&got->acc, x, count / 2,
                                                    16))
ROW(tally_accumulator_add_f64_masked, nothing,
    got->status = tally_accumulator_add_f64_masked(&got->acc, x, count, bits,
                                                   3))
ROW(tally_accumulator_add_text, nothing,
    got->status = tally_accumulator_add_text(&got->acc, numbers,
                                             strlen(numbers), ' ', 1,
                                             &got->size, &got->other_size))
ROW(tally_accumulator_add_array, an_array_f64,
    got->status = tally_accumulator_add_array(&got->acc, array))
ROW(tally_accumulator_merge, nothing,
    got->status = tally_accumulator_merge(&got->acc, &given->acc))
ROW(tally_accumulator_unmerge, nothing,
    got->status = tally_accumulator_unmerge(&got->acc, &given->acc))
ROW(tally_accumulator_combine, nothing,
    tally_accumulator_combine(&given->acc, &got->acc, 1))
ROW(tally_accumulator_count, nothing,
    got->status = tally_accumulator_count(&given->acc, &got->i64))
ROW(tally_accumulator_save, nothing,
    got->status = tally_accumulator_save(&given->acc, got->text,
                                         sizeof got->text, &got->size))
ROW(tally_accumulator_load, nothing,
    got->status = tally_accumulator_load(given->saved, given->size, &got->acc))
ROW(tally_accumulator_value_f64, nothing,
    got->status = tally_accumulator_value_f64(&given->acc, &got->f64))
ROW(tally_accumulator_value_f32, nothing,
    CHECK_OK(tally_accumulator_add_one_f64(&got->acc, 2));
    got->status = tally_accumulator_value_f32(&got->acc, &got->f32))
ROW(tally_accumulator_value_i64, nothing,
    CHECK_OK(tally_accumulator_add_one_f64(&got->acc, 2));
    got->status = tally_accumulator_value_i64(&got->acc, &got->i64))
ROW(tally_accumulator_value_u64, nothing,
    CHECK_OK(tally_accumulator_add_one_f64(&got->acc, 2));
    got->status = tally_accumulator_value_u64(&got->acc, &got->u64))
ROW(tally_accumulator_mean_f64, nothing,
    got->status = tally_accumulator_mean_f64(&given->acc, &got->f64))
ROW(tally_accumulator_value_text, nothing,
    got->status = tally_accumulator_value_text(&given->acc, -1, got->text,
                                               sizeof got->text, &got->size))
ROW(tally_accumulator_error_f64, nothing,
    got->status = tally_accumulator_error_f64(&given->acc, 1.5, &got->f64))
ROW(tally_accumulator_pull, nothing,
    got->status = tally_accumulator_pull(&got->acc, some_values,
                                         &got->third_size))

/* Accumulators of products. */
ROW(tally_product_accumulator_size, nothing,
    got->size = tally_product_accumulator_size())
ROW(tally_product_accumulator_add_f64, nothing,
    got->status = tally_product_accumulator_add_f64(&got->products, x, y,
                                                    count))
ROW(tally_product_accumulator_add_one_f64, nothing,
    got->status = tally_product_accumulator_add_one_f64(&got->products, 1.5,
                                                        2.5))
ROW(tally_product_accumulator_subtract_f64, nothing,
    got->status = tally_product_accumulator_subtract_f64(&got->products, x, y,
                                                         count))
ROW(tally_product_accumulator_subtract_one_f64, nothing,
    got->status = tally_product_accumulator_subtract_one_f64(&got->products,
                                                             1.5, 2.5))
ROW(tally_product_accumulator_merge, nothing,
    got->status = tally_product_accumulator_merge(&got->products,
                                                  &given->products))
ROW(tally_product_accumulator_unmerge, nothing,
    got->status = tally_product_accumulator_unmerge(&got->products,
                                                    &given->products))
ROW(tally_product_accumulator_combine, nothing,
    tally_product_accumulator_combine(&given->products, &got->products, 1))
ROW(tally_product_accumulator_count, nothing,
    got->status = tally_product_accumulator_count(&given->products, &got->i64))
ROW(tally_product_accumulator_save, nothing,
    got->status = tally_product_accumulator_save(&given->products, got->text,
                                                 sizeof got->text, &got->size))
ROW(tally_product_accumulator_load, nothing,
    got->status = tally_product_accumulator_load(given->saved_products,
                                                 given->products_size,
                                                 &got->products))
ROW(tally_product_accumulator_value_f64, nothing,
    got->status = tally_product_accumulator_value_f64(&given->products,
                                                      &got->f64))
ROW(tally_product_accumulator_value_i64, nothing,
    CHECK_OK(tally_product_accumulator_add_one_f64(&got->products, 2, 3));
    got->status = tally_product_accumulator_value_i64(&got->products,
                                                      &got->i64))
ROW(tally_product_accumulator_mean_f64, nothing,
    got->status = tally_product_accumulator_mean_f64(&given->products,
                                                     &got->f64))
ROW(tally_product_accumulator_weighted_mean_f64, nothing,
    got->status = tally_product_accumulator_weighted_mean_f64(&given->products,
                                                              &given->weights,
                                                              &got->f64))
ROW(tally_product_accumulator_value_text, nothing,
    got->status = tally_product_accumulator_value_text(
        &given->products, -1, got->text, sizeof got->text, &got->size))
ROW(tally_product_accumulator_error_f64, nothing,
    got->status = tally_product_accumulator_error_f64(&given->products, 1.5,
                                                      &got->f64))

/* Moments. */
ROW(tally_moments_size, nothing, got->size = tally_moments_size())
ROW(tally_moments_add_f64, nothing,
    got->status = tally_moments_add_f64(&got->moments, x, count))
ROW(tally_moments_add_f32, nothing,
    got->status = tally_moments_add_f32(&got->moments, floats, count))
ROW(tally_moments_add_i32, nothing,
    got->status = tally_moments_add_i32(&got->moments, int32s, count))
ROW(tally_moments_add_i64, nothing,
    got->status = tally_moments_add_i64(&got->moments, int64s, count))
ROW(tally_moments_add_u64, nothing,
    got->status = tally_moments_add_u64(&got->moments, uint64s, count))
ROW(tally_moments_add_one_f64, nothing,
    got->status = tally_moments_add_one_f64(&got->moments, 1.5))
ROW(tally_moments_subtract_f64, nothing,
    got->status = tally_moments_subtract_f64(&got->moments, x, count))
ROW(tally_moments_subtract_f32, nothing,
    got->status = tally_moments_subtract_f32(&got->moments, floats, count))
ROW(tally_moments_subtract_i32, nothing,
    got->status = tally_moments_subtract_i32(&got->moments, int32s, count))
ROW(tally_moments_subtract_i64, nothing,
    got->status = tally_moments_subtract_i64(&got->moments, int64s, count))
ROW(tally_moments_subtract_u64, nothing,
    got->status = tally_moments_subtract_u64(&got->moments, uint64s, count))
ROW(tally_moments_subtract_one_f64, nothing,
    got->status = tally_moments_subtract_one_f64(&got->moments, 1.5))
ROW(tally_moments_add_text, nothing,
    got->status = tally_moments_add_text(&got->moments, numbers,
                                         strlen(numbers), ' ', 1, &got->size,
                                         &got->other_size))
ROW(tally_moments_merge, nothing,
    got->status = tally_moments_merge(&got->moments, &given->moments))
ROW(tally_moments_unmerge, nothing,
    got->status = tally_moments_unmerge(&got->moments, &given->moments))
ROW(tally_moments_combine, nothing,
    tally_moments_combine(&given->moments, &got->moments, 1))
ROW(tally_moments_count, nothing,
    got->status = tally_moments_count(&given->moments, &got->i64))
ROW(tally_moments_save, nothing,
    got->status = tally_moments_save(&given->moments, got->text,
                                     sizeof got->text, &got->size))
ROW(tally_moments_load, nothing,
    got->status = tally_moments_load(given->saved_moments, given->moments_size,
                                     &got->moments))
ROW(tally_moments_sum_f64, nothing,
    got->status = tally_moments_sum_f64(&given->moments, &got->f64))
ROW(tally_moments_mean_f64, nothing,
    got->status = tally_moments_mean_f64(&given->moments, &got->f64))
ROW(tally_moments_variance_f64, nothing,
    got->status = tally_moments_variance_f64(&given->moments, 1, &got->f64))
ROW(tally_moments_standard_deviation_f64, nothing,
    got->status = tally_moments_standard_deviation_f64(&given->moments, 1,
                                                       &got->f64))
ROW(tally_moments_norm_f64, nothing,
    got->status = tally_moments_norm_f64(&given->moments, &got->f64))
ROW(tally_moments_covariance_f64, nothing,
    got->status = tally_moments_covariance_f64(&given->moments, &given->others,
                                               &given->products, 1, &got->f64))
ROW(tally_moments_correlation_f64, nothing,
    got->status = tally_moments_correlation_f64(&given->moments, &given->others,
                                                &given->products, &got->f64))

/* Decimals. */
ROW(tally_decimal_size, nothing, got->size = tally_decimal_size())
ROW(tally_decimal_merge, nothing,
    got->status = tally_decimal_merge(&got->dec, &given->dec))
ROW(tally_decimal_unmerge, nothing,
    got->status = tally_decimal_unmerge(&got->dec, &given->dec))
ROW(tally_decimal_combine, nothing,
    tally_decimal_combine(&given->dec, &got->dec, 1))
ROW(tally_decimal_count, nothing,
    got->status = tally_decimal_count(&given->dec, &got->i64))
ROW(tally_decimal_save, nothing,
    got->status = tally_decimal_save(&given->dec, got->text, sizeof got->text,
                                     &got->size))
ROW(tally_decimal_load, nothing,
    got->status = tally_decimal_load(given->saved_dec, given->dec_size,
                                     &got->dec))
ROW(tally_decimal_compare, nothing,
    got->status = tally_decimal_compare(&given->dec, &got->dec, &got->number))
ROW(tally_decimal_add_text, nothing,
    got->status = tally_decimal_add_text(&got->dec, decimals, strlen(decimals),
                                         ' ', 1, &got->size, &got->other_size))
ROW(tally_decimal_add_scaled, nothing,
    got->status = tally_decimal_add_scaled(&got->dec, int64s, count, 2))
ROW(tally_decimal_subtract_text, nothing,
    got->status = tally_decimal_subtract_text(&got->dec, decimals,
                                              strlen(decimals), ' ', 1,
                                              &got->size, &got->other_size))
ROW(tally_decimal_subtract_scaled, nothing,
    got->status = tally_decimal_subtract_scaled(&got->dec, int64s, count, 2))
ROW(tally_decimal_value_text, nothing,
    got->status = tally_decimal_value_text(&given->dec, -1, got->text,
                                           sizeof got->text, &got->size))
ROW(tally_decimal_mean_text, nothing,
    got->status = tally_decimal_mean_text(&given->dec, 342, got->text,
                                          sizeof got->text, &got->size))
ROW(tally_decimal_value_f64, nothing,
    CHECK_OK(tally_decimal_add_scaled(&got->dec, int64s, 3, 2));
    got->status = tally_decimal_value_f64(&got->dec, &got->f64))

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
    got->status = tally_shared_merge(shared, &given->acc))
ROW(tally_shared_snapshot, a_shared_one,
    got->status = tally_shared_snapshot(shared, &got->acc))

/* Arrays. */
ROW(tally_array_new_f64, nothing,
    got->status = tally_array_new_f64(x, count, &array))
ROW(tally_array_borrow_f64, nothing,
    got->status = tally_array_borrow_f64(x, count, no_release, NULL, &array))
ROW(tally_array_get_f64, an_array_f64,
    got->status = tally_array_get_f64(array, 2, &got->f64))
ROW(tally_array_view_f64, an_array_f64, const double *values;
    got->status = tally_array_view_f64(array, &values, &got->size, &view))
ROW(tally_array_sum_f64, an_array_f64,
    got->status = tally_array_sum_f64(array, &got->f64))
ROW(tally_array_new_f32, nothing,
    got->status = tally_array_new_f32(floats, count, &array))
ROW(tally_array_borrow_f32, nothing,
    got->status = tally_array_borrow_f32(floats, count, no_release, NULL,
                                         &array))
ROW(tally_array_get_f32, an_array_f32,
    got->status = tally_array_get_f32(array, 2, &got->f32))
ROW(tally_array_view_f32, an_array_f32, const float *values;
    got->status = tally_array_view_f32(array, &values, &got->size, &view))
ROW(tally_array_sum_f32, an_array_f32,
    got->status = tally_array_sum_f32(array, &got->f32))
ROW(tally_array_new_i32, nothing,
    got->status = tally_array_new_i32(int32s, count, &array))
ROW(tally_array_borrow_i32, nothing,
    got->status = tally_array_borrow_i32(int32s, count, no_release, NULL,
                                         &array))
ROW(tally_array_get_i32, an_array_i32,
    got->status = tally_array_get_i32(array, 2, &got->i32))
ROW(tally_array_view_i32, an_array_i32, const int32_t *values;
    got->status = tally_array_view_i32(array, &values, &got->size, &view))
ROW(tally_array_sum_i32, an_array_i32,
    got->status = tally_array_sum_i32(array, &got->i64))
ROW(tally_array_new_i64, nothing,
    got->status = tally_array_new_i64(int64s, count, &array))
ROW(tally_array_borrow_i64, nothing,
    got->status = tally_array_borrow_i64(int64s, count, no_release, NULL,
                                         &array))
ROW(tally_array_get_i64, an_array_i64,
    got->status = tally_array_get_i64(array, 2, &got->i64))
ROW(tally_array_view_i64, an_array_i64, const int64_t *values;
    got->status = tally_array_view_i64(array, &values, &got->size, &view))
ROW(tally_array_sum_i64, an_array_i64,
    got->status = tally_array_sum_i64(array, &got->i64))
ROW(tally_array_new_u64, nothing,
    got->status = tally_array_new_u64(uint64s, count, &array))
ROW(tally_array_borrow_u64, nothing,
    got->status = tally_array_borrow_u64(uint64s, count, no_release, NULL,
                                         &array))
ROW(tally_array_get_u64, an_array_u64,
    got->status = tally_array_get_u64(array, 2, &got->u64))
ROW(tally_array_view_u64, an_array_u64, const uint64_t *values;
    got->status = tally_array_view_u64(array, &values, &got->size, &view))
ROW(tally_array_sum_u64, an_array_u64,
    got->status = tally_array_sum_u64(array, &got->u64))
ROW(tally_array_length, an_array_f64,
    got->status = tally_array_length(array, &got->size))
ROW(tally_array_type, an_array_f64, tally_element_type type;
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
    got->size = (size_t)tally_process(NULL, seven, &got->number))
ROW(tally_map, nothing,
    got->status = tally_map(int32s, 3, 4, an_element, NULL, got->numbers,
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
    got->size = (size_t)process_with_callback(NULL, seven, &got->number))
ROW(risky_operation, nothing, got->number = risky_operation("12 30 -2"))
ROW(get_last_error, nothing, got->number = get_last_error() != NULL)
ROW(c_alloc, nothing, block = c_alloc(100); got->number = block != NULL)
ROW(c_free, a_block, c_free(block); block = NULL)
ROW(c_object_new, nothing, handle = c_object_new();
    got->number = handle != NULL)
ROW(c_object_ref, an_object, c_object_ref(handle); tally_unref(handle))
ROW(c_object_unref, a_reference, c_object_unref(handle))
ROW(c_object_get_value, an_object, got->number = c_object_get_value(handle))
ROW(c_object_set_value, an_object, got->status = c_object_set_value(handle, 5))

/* What went wrong in a state, and saved forms that are sealed. */
ROW(tally_accumulator_special_counts, nothing,
    got->status = tally_accumulator_special_counts(&given->acc, &got->i64, NULL,
                                                   NULL))
ROW(tally_product_accumulator_special_counts, nothing,
    got->status = tally_product_accumulator_special_counts(&given->products,
                                                           &got->i64, NULL,
                                                           NULL))
ROW(tally_moments_special_counts, nothing,
    got->status = tally_moments_special_counts(&given->moments, &got->i64, NULL,
                                               NULL))
ROW(tally_decimal_special_counts, nothing,
    got->status = tally_decimal_special_counts(&given->dec, &got->i64, NULL,
                                               NULL))
ROW(tally_accumulator_fail, nothing,
    got->status = tally_accumulator_fail(&got->acc, TALLY_MEMORY))
ROW(tally_product_accumulator_fail, nothing,
    got->status = tally_product_accumulator_fail(&got->products, TALLY_MEMORY))
ROW(tally_moments_fail, nothing,
    got->status = tally_moments_fail(&got->moments, TALLY_MEMORY))
ROW(tally_decimal_fail, nothing,
    got->status = tally_decimal_fail(&got->dec, TALLY_MEMORY))
ROW(tally_accumulator_value_i128, nothing,
    CHECK_OK(tally_accumulator_add_one_f64(&got->acc, 2));
    got->status = tally_accumulator_value_i128(&got->acc, &got->i64, &got->u64))
ROW(tally_saved_seal, nothing,
    got->status = tally_saved_seal(given->saved, given->size, got->text,
                                   sizeof got->text, &got->size))
ROW(tally_saved_open, nothing, const void *opened;
    CHECK_OK(tally_saved_seal(given->saved, given->size, got->text,
                              sizeof got->text, &got->size));
    got->status = tally_saved_open(got->text, got->size, &opened,
                                   &got->other_size))
