/* Rows of bad_arguments.c: arrays of one type. TYPE is how its functions end,
 * VALUES are what it may be made of, TOTAL is what its sum is, and
 * ARRAY_OF_OTHERS is of another type. The handle comes before any other
 * argument. */

ROW_OF(tally_array_new_, values, "NULL", TALLY_NULL,
       OF(tally_array_new_)(NULL, GIVEN, &out.array))
ROW_OF(tally_array_new_, values, "NULL for nothing", TALLY_OK,
       giving_array(OF(tally_array_new_)(NULL, 0, &out.array)))
ROW_OF(tally_array_new_, count, "too large", TALLY_INVALID,
       OF(tally_array_new_)(VALUES, TOO_MANY, &out.array))
ROW_OF(tally_array_new_, count, "negative", TALLY_INVALID,
       OF(tally_array_new_)(VALUES, SIZE_MAX, &out.array))
ROW_OF(tally_array_new_, out, "NULL", TALLY_NULL,
       OF(tally_array_new_)(VALUES, GIVEN, NULL))
ROW_OF(tally_array_borrow_, values, "NULL", TALLY_NULL,
       OF(tally_array_borrow_)(NULL, GIVEN, no_release, NULL, &out.array))
ROW_OF(tally_array_borrow_, values, "NULL for nothing", TALLY_OK,
       giving_array(OF(tally_array_borrow_)(NULL, 0, no_release, NULL,
                                            &out.array)))
ROW_OF(tally_array_borrow_, count, "too large", TALLY_INVALID,
       OF(tally_array_borrow_)(VALUES, TOO_MANY, no_release, NULL, &out.array))
ROW_OF(tally_array_borrow_, count, "negative", TALLY_INVALID,
       OF(tally_array_borrow_)(VALUES, SIZE_MAX, no_release, NULL, &out.array))
ROW_OF(tally_array_borrow_, out, "NULL", TALLY_NULL,
       OF(tally_array_borrow_)(VALUES, GIVEN, no_release, NULL, NULL))
ROW_OF(tally_array_borrow_, release, "NULL", TALLY_OK,
       giving_array(OF(tally_array_borrow_)(VALUES, GIVEN, NULL, NULL,
                                            &out.array)))
ROW_OF(tally_array_borrow_, user_data, "NULL", TALLY_OK,
       giving_array(OF(tally_array_borrow_)(VALUES, GIVEN, no_release, NULL,
                                            &out.array)))
ROW_OF(tally_array_get_, array, "NULL", TALLY_NULL,
       OF(tally_array_get_)(NULL, 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "NULL, and the rest bad", TALLY_NULL,
       OF(tally_array_get_)(NULL, SIZE_MAX, NULL))
ROW_OF(tally_array_get_, array, "stale", TALLY_STALE,
       OF(tally_array_get_)(stale_array, 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "stale, and the rest bad", TALLY_STALE,
       OF(tally_array_get_)(stale_array, SIZE_MAX, NULL))
ROW_OF(tally_array_get_, array, "an object", TALLY_WRONG_KIND,
       OF(tally_array_get_)(object_as_array, 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "an object, and the rest bad", TALLY_WRONG_KIND,
       OF(tally_array_get_)(object_as_array, SIZE_MAX, NULL))
ROW_OF(tally_array_get_, array, "no handle", TALLY_BAD_HANDLE,
       OF(tally_array_get_)(foreign(), 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
       OF(tally_array_get_)(foreign(), SIZE_MAX, NULL))
ROW_OF(tally_array_get_, array, "a block", TALLY_WRONG_KIND,
       OF(tally_array_get_)(block, 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "a block, and the rest bad", TALLY_WRONG_KIND,
       OF(tally_array_get_)(block, SIZE_MAX, NULL))
ROW_OF(tally_array_get_, array, "a freed block", TALLY_STALE,
       OF(tally_array_get_)(freed_block, 0, &out.TYPE))
ROW_OF(tally_array_get_, array, "of another type", TALLY_WRONG_KIND,
       OF(tally_array_get_)(ARRAY_OF_OTHERS, 0, &out.TYPE))
ROW_OF(tally_array_get_, index, "past the end", TALLY_INVALID,
       OF(tally_array_get_)(OF(array_), GIVEN, &out.TYPE))
ROW_OF(tally_array_get_, index, "negative", TALLY_INVALID,
       OF(tally_array_get_)(OF(array_), SIZE_MAX, &out.TYPE))
ROW_OF(tally_array_get_, value, "NULL", TALLY_NULL,
       OF(tally_array_get_)(OF(array_), 0, NULL))
ROW_OF(tally_array_sum_, array, "NULL", TALLY_NULL,
       OF(tally_array_sum_)(NULL, &out.TOTAL))
ROW_OF(tally_array_sum_, array, "NULL, and the rest bad", TALLY_NULL,
       OF(tally_array_sum_)(NULL, NULL))
ROW_OF(tally_array_sum_, array, "stale", TALLY_STALE,
       OF(tally_array_sum_)(stale_array, &out.TOTAL))
ROW_OF(tally_array_sum_, array, "stale, and the rest bad", TALLY_STALE,
       OF(tally_array_sum_)(stale_array, NULL))
ROW_OF(tally_array_sum_, array, "an object", TALLY_WRONG_KIND,
       OF(tally_array_sum_)(object_as_array, &out.TOTAL))
ROW_OF(tally_array_sum_, array, "an object, and the rest bad", TALLY_WRONG_KIND,
       OF(tally_array_sum_)(object_as_array, NULL))
ROW_OF(tally_array_sum_, array, "no handle", TALLY_BAD_HANDLE,
       OF(tally_array_sum_)(foreign(), &out.TOTAL))
ROW_OF(tally_array_sum_, array, "no handle, and the rest bad", TALLY_BAD_HANDLE,
       OF(tally_array_sum_)(foreign(), NULL))
ROW_OF(tally_array_sum_, array, "a block", TALLY_WRONG_KIND,
       OF(tally_array_sum_)(block, &out.TOTAL))
ROW_OF(tally_array_sum_, array, "a block, and the rest bad", TALLY_WRONG_KIND,
       OF(tally_array_sum_)(block, NULL))
ROW_OF(tally_array_sum_, array, "a freed block", TALLY_STALE,
       OF(tally_array_sum_)(freed_block, &out.TOTAL))
ROW_OF(tally_array_sum_, array, "of another type", TALLY_WRONG_KIND,
       OF(tally_array_sum_)(ARRAY_OF_OTHERS, &out.TOTAL))
ROW_OF(tally_array_sum_, total, "NULL", TALLY_NULL,
       OF(tally_array_sum_)(OF(array_), NULL))
ROW_OF(tally_array_view_, array, "NULL", TALLY_NULL,
       OF(tally_array_view_)(NULL, &out.OF(values_), &out.size, &out.view))
ROW_OF(tally_array_view_, array, "NULL, and the rest bad", TALLY_NULL,
       OF(tally_array_view_)(NULL, NULL, NULL, NULL))
ROW_OF(tally_array_view_, array, "stale", TALLY_STALE,
       OF(tally_array_view_)(stale_array, &out.OF(values_), &out.size,
                             &out.view))
ROW_OF(tally_array_view_, array, "stale, and the rest bad", TALLY_STALE,
       OF(tally_array_view_)(stale_array, NULL, NULL, NULL))
ROW_OF(tally_array_view_, array, "an object", TALLY_WRONG_KIND,
       OF(tally_array_view_)(object_as_array, &out.OF(values_), &out.size,
                             &out.view))
ROW_OF(tally_array_view_, array, "an object, and the rest bad",
       TALLY_WRONG_KIND,
       OF(tally_array_view_)(object_as_array, NULL, NULL, NULL))
ROW_OF(tally_array_view_, array, "no handle", TALLY_BAD_HANDLE,
       OF(tally_array_view_)(foreign(), &out.OF(values_), &out.size, &out.view))
ROW_OF(tally_array_view_, array, "no handle, and the rest bad",
       TALLY_BAD_HANDLE, OF(tally_array_view_)(foreign(), NULL, NULL, NULL))
ROW_OF(tally_array_view_, array, "a block", TALLY_WRONG_KIND,
       OF(tally_array_view_)(block, &out.OF(values_), &out.size, &out.view))
ROW_OF(tally_array_view_, array, "a block, and the rest bad", TALLY_WRONG_KIND,
       OF(tally_array_view_)(block, NULL, NULL, NULL))
ROW_OF(tally_array_view_, array, "a freed block", TALLY_STALE,
       OF(tally_array_view_)(freed_block, &out.OF(values_), &out.size,
                             &out.view))
ROW_OF(tally_array_view_, array, "of another type", TALLY_WRONG_KIND,
       OF(tally_array_view_)(ARRAY_OF_OTHERS, &out.OF(values_), &out.size,
                             &out.view))
ROW_OF(tally_array_view_, values, "NULL", TALLY_NULL,
       OF(tally_array_view_)(OF(array_), NULL, &out.size, &out.view))
ROW_OF(tally_array_view_, count, "NULL", TALLY_NULL,
       OF(tally_array_view_)(OF(array_), &out.OF(values_), NULL, &out.view))
ROW_OF(tally_array_view_, view, "NULL", TALLY_NULL,
       OF(tally_array_view_)(OF(array_), &out.OF(values_), &out.size, NULL))
