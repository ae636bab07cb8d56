/* Rows of bad_arguments.c: handles, shared accumulators, objects. */

ROW(tally_ref, handle, "NULL", TALLY_NULL, tally_ref(NULL))
ROW(tally_ref, handle, "stale", TALLY_STALE, tally_ref(stale_object))
ROW(tally_ref, handle, "stale, of another kind", TALLY_STALE,
    tally_ref(stale_shared))
ROW(tally_ref, handle, "no handle", TALLY_BAD_HANDLE, tally_ref(foreign()))
ROW(tally_ref, handle, "a block", TALLY_WRONG_KIND, tally_ref(block))
ROW(tally_ref, handle, "a freed block", TALLY_STALE, tally_ref(freed_block))
ROW(tally_ref, handle, "a small number", TALLY_BAD_HANDLE, tally_ref((void *)1))
ROW(tally_ref, handle, "all ones", TALLY_BAD_HANDLE,
    tally_ref((void *)UINTPTR_MAX))
ROW(tally_unref, handle, "NULL", TALLY_OK, tally_unref(NULL))
ROW(tally_unref, handle, "stale", TALLY_STALE, tally_unref(stale_object))
ROW(tally_unref, handle, "stale, of another kind", TALLY_STALE,
    tally_unref(stale_shared))
ROW(tally_unref, handle, "no handle", TALLY_BAD_HANDLE, tally_unref(foreign()))
ROW(tally_unref, handle, "a block", TALLY_WRONG_KIND, tally_unref(block))
ROW(tally_unref, handle, "a freed block", TALLY_STALE, tally_unref(freed_block))
ROW(tally_unref, handle, "a small number", TALLY_BAD_HANDLE,
    tally_unref((void *)1))
ROW(tally_unref, handle, "all ones", TALLY_BAD_HANDLE,
    tally_unref((void *)UINTPTR_MAX))

ROW(tally_live, handles, "NULL", TALLY_OK,
    tally_live(NULL, &out.size, &out.other_size))
ROW(tally_live, blocks, "NULL", TALLY_OK,
    tally_live(&out.size, NULL, &out.other_size))
ROW(tally_live, bytes, "NULL", TALLY_OK,
    tally_live(&out.size, &out.other_size, NULL))

/* The handle comes before any other argument. */
ROW(tally_shared_new, out, "NULL", TALLY_NULL, tally_shared_new(NULL))
ROW(tally_shared_add_f64, shared, "NULL", TALLY_NULL,
    tally_shared_add_f64(NULL, doubles, GIVEN))
ROW(tally_shared_add_f64, shared, "NULL, and the rest bad", TALLY_NULL,
    tally_shared_add_f64(NULL, NULL, SIZE_MAX))
ROW(tally_shared_add_f64, shared, "stale", TALLY_STALE,
    tally_shared_add_f64(stale_shared, doubles, GIVEN))
ROW(tally_shared_add_f64, shared, "stale, and the rest bad", TALLY_STALE,
    tally_shared_add_f64(stale_shared, NULL, SIZE_MAX))
ROW(tally_shared_add_f64, shared, "an object", TALLY_WRONG_KIND,
    tally_shared_add_f64(object_as_shared, doubles, GIVEN))
ROW(tally_shared_add_f64, shared, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_shared_add_f64(object_as_shared, NULL, SIZE_MAX))
ROW(tally_shared_add_f64, shared, "no handle", TALLY_BAD_HANDLE,
    tally_shared_add_f64(foreign(), doubles, GIVEN))
ROW(tally_shared_add_f64, shared, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_shared_add_f64(foreign(), NULL, SIZE_MAX))
ROW(tally_shared_add_f64, values, "NULL", TALLY_NULL,
    tally_shared_add_f64(shared, NULL, GIVEN))
ROW(tally_shared_add_f64, values, "NULL for nothing", TALLY_OK,
    tally_shared_add_f64(shared, NULL, 0))
ROW(tally_shared_add_f64, count, "too large", TALLY_INVALID,
    tally_shared_add_f64(shared, doubles, TOO_MANY))
ROW(tally_shared_add_f64, count, "negative", TALLY_INVALID,
    tally_shared_add_f64(shared, doubles, SIZE_MAX))

ROW(tally_shared_merge, shared, "NULL", TALLY_NULL,
    tally_shared_merge(NULL, &good))
ROW(tally_shared_merge, shared, "NULL, and the rest bad", TALLY_NULL,
    tally_shared_merge(NULL, NULL))
ROW(tally_shared_merge, shared, "stale", TALLY_STALE,
    tally_shared_merge(stale_shared, &good))
ROW(tally_shared_merge, shared, "stale, and the rest bad", TALLY_STALE,
    tally_shared_merge(stale_shared, NULL))
ROW(tally_shared_merge, shared, "an object", TALLY_WRONG_KIND,
    tally_shared_merge(object_as_shared, &good))
ROW(tally_shared_merge, shared, "an object, and the rest bad", TALLY_WRONG_KIND,
    tally_shared_merge(object_as_shared, NULL))
ROW(tally_shared_merge, shared, "no handle", TALLY_BAD_HANDLE,
    tally_shared_merge(foreign(), &good))
ROW(tally_shared_merge, shared, "no handle, and the rest bad", TALLY_BAD_HANDLE,
    tally_shared_merge(foreign(), NULL))
ROW(tally_shared_merge, from, "NULL", TALLY_NULL,
    tally_shared_merge(shared, NULL))
ROW(tally_shared_merge, from, "damaged", TALLY_INVALID,
    tally_shared_merge(shared, &damaged))
ROW(tally_shared_merge, from, "failed before", TALLY_INVALID,
    tally_shared_merge(shared, &failed))

ROW(tally_shared_snapshot, shared, "NULL", TALLY_NULL,
    tally_shared_snapshot(NULL, &out.acc))
ROW(tally_shared_snapshot, shared, "NULL, and the rest bad", TALLY_NULL,
    tally_shared_snapshot(NULL, NULL))
ROW(tally_shared_snapshot, shared, "stale", TALLY_STALE,
    tally_shared_snapshot(stale_shared, &out.acc))
ROW(tally_shared_snapshot, shared, "stale, and the rest bad", TALLY_STALE,
    tally_shared_snapshot(stale_shared, NULL))
ROW(tally_shared_snapshot, shared, "an object", TALLY_WRONG_KIND,
    tally_shared_snapshot(object_as_shared, &out.acc))
ROW(tally_shared_snapshot, shared, "an object, and the rest bad",
    TALLY_WRONG_KIND, tally_shared_snapshot(object_as_shared, NULL))
ROW(tally_shared_snapshot, shared, "no handle", TALLY_BAD_HANDLE,
    tally_shared_snapshot(foreign(), &out.acc))
ROW(tally_shared_snapshot, shared, "no handle, and the rest bad",
    TALLY_BAD_HANDLE, tally_shared_snapshot(foreign(), NULL))
ROW(tally_shared_snapshot, out, "NULL", TALLY_NULL,
    tally_shared_snapshot(shared, NULL))

/* Objects. A refused value is 0. */
ROW(tally_object_value, object, "NULL", TALLY_NULL,
    returning(tally_object_value(NULL), 0))
ROW(tally_object_value, object, "stale", TALLY_STALE,
    returning(tally_object_value(stale_object), 0))
ROW(tally_object_value, object, "a shared accumulator", TALLY_WRONG_KIND,
    returning(tally_object_value(shared_as_object), 0))
ROW(tally_object_value, object, "no handle", TALLY_BAD_HANDLE,
    returning(tally_object_value(foreign()), 0))
ROW(tally_object_value, object, "a block", TALLY_WRONG_KIND,
    returning(tally_object_value(block), 0))
ROW(tally_object_value, object, "a freed block", TALLY_STALE,
    returning(tally_object_value(freed_block), 0))
ROW(c_object_get_value, obj, "NULL", TALLY_NULL,
    returning(c_object_get_value(NULL), 0))
ROW(c_object_get_value, obj, "stale", TALLY_STALE,
    returning(c_object_get_value(stale_object), 0))
ROW(c_object_get_value, obj, "a shared accumulator", TALLY_WRONG_KIND,
    returning(c_object_get_value(shared_as_object), 0))
ROW(c_object_get_value, obj, "no handle", TALLY_BAD_HANDLE,
    returning(c_object_get_value(foreign()), 0))
ROW(c_object_get_value, obj, "a block", TALLY_WRONG_KIND,
    returning(c_object_get_value(block), 0))
ROW(tally_object_set_value, object, "NULL", TALLY_NULL,
    tally_object_set_value(NULL, 5))
ROW(tally_object_set_value, object, "stale", TALLY_STALE,
    tally_object_set_value(stale_object, 5))
ROW(tally_object_set_value, object, "a shared accumulator", TALLY_WRONG_KIND,
    tally_object_set_value(shared_as_object, 5))
ROW(tally_object_set_value, object, "no handle", TALLY_BAD_HANDLE,
    tally_object_set_value(foreign(), 5))
ROW(tally_object_set_value, object, "a block", TALLY_WRONG_KIND,
    tally_object_set_value(block, 5))
ROW(tally_object_set_value, object, "a freed block", TALLY_STALE,
    tally_object_set_value(freed_block, 5))
ROW(c_object_set_value, obj, "NULL", TALLY_NULL, c_object_set_value(NULL, 5))
ROW(c_object_set_value, obj, "stale", TALLY_STALE,
    c_object_set_value(stale_object, 5))
ROW(c_object_set_value, obj, "a shared accumulator", TALLY_WRONG_KIND,
    c_object_set_value(shared_as_object, 5))
ROW(c_object_set_value, obj, "no handle", TALLY_BAD_HANDLE,
    c_object_set_value(foreign(), 5))
ROW(c_object_set_value, obj, "a block", TALLY_WRONG_KIND,
    c_object_set_value(block, 5))
ROW(c_object_ref, obj, "NULL", TALLY_NULL,
    (c_object_ref(NULL), tally_last_status()))
ROW(c_object_ref, obj, "stale", TALLY_STALE,
    (c_object_ref(stale_object), tally_last_status()))
ROW(c_object_ref, obj, "a shared accumulator", TALLY_WRONG_KIND,
    (c_object_ref(shared_as_object), tally_last_status()))
ROW(c_object_ref, obj, "no handle", TALLY_BAD_HANDLE,
    (c_object_ref(foreign()), tally_last_status()))
ROW(c_object_ref, obj, "a block", TALLY_WRONG_KIND,
    (c_object_ref(block), tally_last_status()))
ROW(c_object_ref, obj, "a freed block", TALLY_STALE,
    (c_object_ref(freed_block), tally_last_status()))
ROW(c_object_unref, obj, "NULL", TALLY_OK,
    (c_object_unref(NULL), tally_last_status()))
ROW(c_object_unref, obj, "stale", TALLY_STALE,
    (c_object_unref(stale_object), tally_last_status()))
ROW(c_object_unref, obj, "a shared accumulator", TALLY_WRONG_KIND,
    (c_object_unref(shared_as_object), tally_last_status()))
ROW(c_object_unref, obj, "no handle", TALLY_BAD_HANDLE,
    (c_object_unref(foreign()), tally_last_status()))
ROW(c_object_unref, obj, "a block", TALLY_WRONG_KIND,
    (c_object_unref(block), tally_last_status()))
ROW(c_object_unref, obj, "a freed block", TALLY_STALE,
    (c_object_unref(freed_block), tally_last_status()))
