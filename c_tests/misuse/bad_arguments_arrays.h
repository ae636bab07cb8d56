/* Rows of bad_arguments.c: arrays of any type, and views. The handle comes
 * before any other argument. */

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
ROW(tally_array_length, array, "a freed block", TALLY_STALE,
    tally_array_length(freed_block, &out.size))
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
ROW(tally_array_type, array, "a freed block", TALLY_STALE,
    tally_array_type(freed_block, &out.element_type))
ROW(tally_array_type, element_type, "NULL", TALLY_NULL,
    tally_array_type(array_f64, NULL))
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
ROW(tally_array_release_view, view, "NULL", TALLY_OK,
    tally_array_release_view(NULL))
ROW(tally_array_release_view, view, "stale", TALLY_STALE,
    tally_array_release_view(stale_view))
ROW(tally_array_release_view, view, "an array", TALLY_WRONG_KIND,
    tally_array_release_view(array_as_view))
ROW(tally_array_release_view, view, "no handle", TALLY_BAD_HANDLE,
    tally_array_release_view(foreign()))
ROW(tally_array_release_view, view, "a block", TALLY_WRONG_KIND,
    tally_array_release_view(block))
ROW(tally_array_release_view, view, "a freed block", TALLY_STALE,
    tally_array_release_view(freed_block))
