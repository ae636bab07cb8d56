/* Rows of bad_arguments.c: views of arrays. The handle comes before any other
 * argument. */

ROW(tally_array_view_f64, array, "NULL", TALLY_NULL,
    tally_array_view_f64(NULL, &out.values_f64, &out.size, &out.view))
ROW(tally_array_view_f64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_view_f64(NULL, NULL, NULL, NULL))
ROW(tally_array_view_f64, array, "stale", TALLY_STALE,
    tally_array_view_f64(stale_array, &out.values_f64, &out.size, &out.view))
ROW(tally_array_view_f64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_view_f64(stale_array, NULL, NULL, NULL))
ROW(tally_array_view_f64, array, "an object", TALLY_WRONG_KIND,
    tally_array_view_f64(object_as_array, &out.values_f64, &out.size,
                         &out.view))
ROW(tally_array_view_f64, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_array_view_f64(object_as_array, NULL, NULL, NULL))
ROW(tally_array_view_f64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_view_f64(foreign(), &out.values_f64, &out.size, &out.view))
ROW(tally_array_view_f64, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_array_view_f64(foreign(), NULL, NULL, NULL))
ROW(tally_array_view_f64, array, "a block", TALLY_WRONG_KIND,
    tally_array_view_f64(block, &out.values_f64, &out.size, &out.view))
ROW(tally_array_view_f64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_view_f64(block, NULL, NULL, NULL))
ROW(tally_array_view_f64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_view_f64(array_f32, &out.values_f64, &out.size, &out.view))
ROW(tally_array_view_f64, values, "NULL", TALLY_NULL,
    tally_array_view_f64(array_f64, NULL, &out.size, &out.view))
ROW(tally_array_view_f64, count, "NULL", TALLY_NULL,
    tally_array_view_f64(array_f64, &out.values_f64, NULL, &out.view))
ROW(tally_array_view_f64, view, "NULL", TALLY_NULL,
    tally_array_view_f64(array_f64, &out.values_f64, &out.size, NULL))
ROW(tally_array_view_f32, array, "NULL", TALLY_NULL,
    tally_array_view_f32(NULL, &out.values_f32, &out.size, &out.view))
ROW(tally_array_view_f32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_view_f32(NULL, NULL, NULL, NULL))
ROW(tally_array_view_f32, array, "stale", TALLY_STALE,
    tally_array_view_f32(stale_array, &out.values_f32, &out.size, &out.view))
ROW(tally_array_view_f32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_view_f32(stale_array, NULL, NULL, NULL))
ROW(tally_array_view_f32, array, "an object", TALLY_WRONG_KIND,
    tally_array_view_f32(object_as_array, &out.values_f32, &out.size,
                         &out.view))
ROW(tally_array_view_f32, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_array_view_f32(object_as_array, NULL, NULL, NULL))
ROW(tally_array_view_f32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_view_f32(foreign(), &out.values_f32, &out.size, &out.view))
ROW(tally_array_view_f32, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_array_view_f32(foreign(), NULL, NULL, NULL))
ROW(tally_array_view_f32, array, "a block", TALLY_WRONG_KIND,
    tally_array_view_f32(block, &out.values_f32, &out.size, &out.view))
ROW(tally_array_view_f32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_view_f32(block, NULL, NULL, NULL))
ROW(tally_array_view_f32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_view_f32(array_f64, &out.values_f32, &out.size, &out.view))
ROW(tally_array_view_f32, values, "NULL", TALLY_NULL,
    tally_array_view_f32(array_f32, NULL, &out.size, &out.view))
ROW(tally_array_view_f32, count, "NULL", TALLY_NULL,
    tally_array_view_f32(array_f32, &out.values_f32, NULL, &out.view))
ROW(tally_array_view_f32, view, "NULL", TALLY_NULL,
    tally_array_view_f32(array_f32, &out.values_f32, &out.size, NULL))
ROW(tally_array_view_i32, array, "NULL", TALLY_NULL,
    tally_array_view_i32(NULL, &out.values_i32, &out.size, &out.view))
ROW(tally_array_view_i32, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_view_i32(NULL, NULL, NULL, NULL))
ROW(tally_array_view_i32, array, "stale", TALLY_STALE,
    tally_array_view_i32(stale_array, &out.values_i32, &out.size, &out.view))
ROW(tally_array_view_i32, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_view_i32(stale_array, NULL, NULL, NULL))
ROW(tally_array_view_i32, array, "an object", TALLY_WRONG_KIND,
    tally_array_view_i32(object_as_array, &out.values_i32, &out.size,
                         &out.view))
ROW(tally_array_view_i32, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_array_view_i32(object_as_array, NULL, NULL, NULL))
ROW(tally_array_view_i32, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_view_i32(foreign(), &out.values_i32, &out.size, &out.view))
ROW(tally_array_view_i32, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_array_view_i32(foreign(), NULL, NULL, NULL))
ROW(tally_array_view_i32, array, "a block", TALLY_WRONG_KIND,
    tally_array_view_i32(block, &out.values_i32, &out.size, &out.view))
ROW(tally_array_view_i32, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_view_i32(block, NULL, NULL, NULL))
ROW(tally_array_view_i32, array, "of another type", TALLY_WRONG_KIND,
    tally_array_view_i32(array_f32, &out.values_i32, &out.size, &out.view))
ROW(tally_array_view_i32, values, "NULL", TALLY_NULL,
    tally_array_view_i32(array_i32, NULL, &out.size, &out.view))
ROW(tally_array_view_i32, count, "NULL", TALLY_NULL,
    tally_array_view_i32(array_i32, &out.values_i32, NULL, &out.view))
ROW(tally_array_view_i32, view, "NULL", TALLY_NULL,
    tally_array_view_i32(array_i32, &out.values_i32, &out.size, NULL))
ROW(tally_array_view_i64, array, "NULL", TALLY_NULL,
    tally_array_view_i64(NULL, &out.values_i64, &out.size, &out.view))
ROW(tally_array_view_i64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_view_i64(NULL, NULL, NULL, NULL))
ROW(tally_array_view_i64, array, "stale", TALLY_STALE,
    tally_array_view_i64(stale_array, &out.values_i64, &out.size, &out.view))
ROW(tally_array_view_i64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_view_i64(stale_array, NULL, NULL, NULL))
ROW(tally_array_view_i64, array, "an object", TALLY_WRONG_KIND,
    tally_array_view_i64(object_as_array, &out.values_i64, &out.size,
                         &out.view))
ROW(tally_array_view_i64, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_array_view_i64(object_as_array, NULL, NULL, NULL))
ROW(tally_array_view_i64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_view_i64(foreign(), &out.values_i64, &out.size, &out.view))
ROW(tally_array_view_i64, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_array_view_i64(foreign(), NULL, NULL, NULL))
ROW(tally_array_view_i64, array, "a block", TALLY_WRONG_KIND,
    tally_array_view_i64(block, &out.values_i64, &out.size, &out.view))
ROW(tally_array_view_i64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_view_i64(block, NULL, NULL, NULL))
ROW(tally_array_view_i64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_view_i64(array_f32, &out.values_i64, &out.size, &out.view))
ROW(tally_array_view_i64, values, "NULL", TALLY_NULL,
    tally_array_view_i64(array_i64, NULL, &out.size, &out.view))
ROW(tally_array_view_i64, count, "NULL", TALLY_NULL,
    tally_array_view_i64(array_i64, &out.values_i64, NULL, &out.view))
ROW(tally_array_view_i64, view, "NULL", TALLY_NULL,
    tally_array_view_i64(array_i64, &out.values_i64, &out.size, NULL))
ROW(tally_array_view_u64, array, "NULL", TALLY_NULL,
    tally_array_view_u64(NULL, &out.values_u64, &out.size, &out.view))
ROW(tally_array_view_u64, array, "NULL, and the rest bad", TALLY_NULL,
    tally_array_view_u64(NULL, NULL, NULL, NULL))
ROW(tally_array_view_u64, array, "stale", TALLY_STALE,
    tally_array_view_u64(stale_array, &out.values_u64, &out.size, &out.view))
ROW(tally_array_view_u64, array, "stale, and the rest bad", TALLY_STALE,
    tally_array_view_u64(stale_array, NULL, NULL, NULL))
ROW(tally_array_view_u64, array, "an object", TALLY_WRONG_KIND,
    tally_array_view_u64(object_as_array, &out.values_u64, &out.size,
                         &out.view))
ROW(tally_array_view_u64, array, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_array_view_u64(object_as_array, NULL, NULL, NULL))
ROW(tally_array_view_u64, array, "no handle", TALLY_BAD_HANDLE,
    tally_array_view_u64(foreign(), &out.values_u64, &out.size, &out.view))
ROW(tally_array_view_u64, array, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_array_view_u64(foreign(), NULL, NULL, NULL))
ROW(tally_array_view_u64, array, "a block", TALLY_WRONG_KIND,
    tally_array_view_u64(block, &out.values_u64, &out.size, &out.view))
ROW(tally_array_view_u64, array, "a block, and the rest bad", TALLY_WRONG_KIND,
    tally_array_view_u64(block, NULL, NULL, NULL))
ROW(tally_array_view_u64, array, "of another type", TALLY_WRONG_KIND,
    tally_array_view_u64(array_f32, &out.values_u64, &out.size, &out.view))
ROW(tally_array_view_u64, values, "NULL", TALLY_NULL,
    tally_array_view_u64(array_u64, NULL, &out.size, &out.view))
ROW(tally_array_view_u64, count, "NULL", TALLY_NULL,
    tally_array_view_u64(array_u64, &out.values_u64, NULL, &out.view))
ROW(tally_array_view_u64, view, "NULL", TALLY_NULL,
    tally_array_view_u64(array_u64, &out.values_u64, &out.size, NULL))
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
