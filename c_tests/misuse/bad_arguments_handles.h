/* Rows of bad_arguments.c: handles, shared accumulators, objects, arrays. */

#define ANY_HANDLE_ROWS(function, of_null)                                     \
    ROW(function, handle, "NULL", of_null, function(NULL))                     \
    ROW(function, handle, "stale", TALLY_STALE, function(stale_object))        \
    ROW(function, handle, "stale, of another kind", TALLY_STALE,               \
        function(stale_shared))                                                \
    ROW(function, handle, "no handle", TALLY_BAD_HANDLE, function(foreign()))  \
    ROW(function, handle, "a block", TALLY_WRONG_KIND, function(block))        \
    ROW(function, handle, "a freed block", TALLY_STALE, function(freed_block)) \
    ROW(function, handle, "a small number", TALLY_BAD_HANDLE,                  \
        function((void *)1))                                                   \
    ROW(function, handle, "all ones", TALLY_BAD_HANDLE,                        \
        function((void *)UINTPTR_MAX))
ANY_HANDLE_ROWS(tally_ref, TALLY_NULL)
ANY_HANDLE_ROWS(tally_unref, TALLY_OK)
#undef ANY_HANDLE_ROWS

ROW(tally_live, handles, "NULL", TALLY_OK,
    tally_live(NULL, &out.size, &out.other_size))
ROW(tally_live, blocks, "NULL", TALLY_OK,
    tally_live(&out.size, NULL, &out.other_size))
ROW(tally_live, bytes, "NULL", TALLY_OK,
    tally_live(&out.size, &out.other_size, NULL))

ROW(tally_shared_new, out, "NULL", TALLY_NULL, tally_shared_new(NULL))
HANDLE_ROWS(tally_shared_add_f64, shared, shared, (doubles, GIVEN),
            (NULL, SIZE_MAX))
ROW(tally_shared_add_f64, values, "NULL", TALLY_NULL,
    tally_shared_add_f64(shared, NULL, GIVEN))
ROW(tally_shared_add_f64, values, "NULL for nothing", TALLY_OK,
    tally_shared_add_f64(shared, NULL, 0))
ROW(tally_shared_add_f64, count, "too large", TALLY_INVALID,
    tally_shared_add_f64(shared, doubles, TOO_MANY))
ROW(tally_shared_add_f64, count, "negative", TALLY_INVALID,
    tally_shared_add_f64(shared, doubles, SIZE_MAX))
HANDLE_ROWS(tally_shared_merge, shared, shared, (&good_accumulator), (NULL))
ROW(tally_shared_merge, from, "NULL", TALLY_NULL,
    tally_shared_merge(shared, NULL))
ROW(tally_shared_merge, from, "damaged", TALLY_INVALID,
    tally_shared_merge(shared, &damaged_accumulator))
ROW(tally_shared_merge, from, "failed before", TALLY_INVALID,
    tally_shared_merge(shared, &failed_accumulator))
HANDLE_ROWS(tally_shared_snapshot, shared, shared, (&out.accumulator), (NULL))
ROW(tally_shared_snapshot, out, "NULL", TALLY_NULL,
    tally_shared_snapshot(shared, NULL))

/* Objects. A refused value is 0; what returns nothing leaves it in the record.
 */
#define VALUE_OF(function, object) returning(function(object), 0)
#define SET_TO_5(function, object) function(object, 5)
#define NO_STATUS(function, object) (function(object), tally_last_status())
#define OBJECT_ROWS(function, parameter, of_null, CALL)                        \
    ROW(function, parameter, "NULL", of_null, CALL(function, NULL))            \
    ROW(function, parameter, "stale", TALLY_STALE,                             \
        CALL(function, stale_object))                                          \
    ROW(function, parameter, "a shared accumulator", TALLY_WRONG_KIND,         \
        CALL(function, shared_as_object))                                      \
    ROW(function, parameter, "no handle", TALLY_BAD_HANDLE,                    \
        CALL(function, foreign()))                                             \
    ROW(function, parameter, "a block", TALLY_WRONG_KIND,                      \
        CALL(function, block))                                                 \
    ROW(function, parameter, "a freed block", TALLY_STALE,                     \
        CALL(function, freed_block))
OBJECT_ROWS(tally_object_value, object, TALLY_NULL, VALUE_OF)
OBJECT_ROWS(c_object_get_value, obj, TALLY_NULL, VALUE_OF)
OBJECT_ROWS(tally_object_set_value, object, TALLY_NULL, SET_TO_5)
OBJECT_ROWS(c_object_set_value, obj, TALLY_NULL, SET_TO_5)
OBJECT_ROWS(c_object_ref, obj, TALLY_NULL, NO_STATUS)
OBJECT_ROWS(c_object_unref, obj, TALLY_OK, NO_STATUS)
#undef VALUE_OF
#undef SET_TO_5
#undef NO_STATUS
#undef OBJECT_ROWS

/* Arrays of any type, and views. */
HANDLE_ROWS(tally_array_length, array, array, (&out.size), (NULL))
ROW(tally_array_length, length, "NULL", TALLY_NULL,
    tally_array_length(array_f64, NULL))
HANDLE_ROWS(tally_array_type, array, array, (&out.element_type), (NULL))
ROW(tally_array_type, element_type, "NULL", TALLY_NULL,
    tally_array_type(array_f64, NULL))
#define ADD_ARRAY_ROW(what, expected, handle)                                  \
    ROW(tally_accumulator_add_array, array, what, expected,                    \
        tally_accumulator_add_array(&out.accumulator, handle))                 \
    ROW(tally_accumulator_add_array, array, what ", and the rest bad",         \
        expected, tally_accumulator_add_array(NULL, handle))
ADD_ARRAY_ROW("NULL", TALLY_NULL, NULL)
ADD_ARRAY_ROW("stale", TALLY_STALE, stale_array)
ADD_ARRAY_ROW("an object", TALLY_WRONG_KIND, object_as_array)
ADD_ARRAY_ROW("no handle", TALLY_BAD_HANDLE, foreign())
ADD_ARRAY_ROW("a block", TALLY_WRONG_KIND, block)
ADD_ARRAY_ROW("a freed block", TALLY_STALE, freed_block)
#undef ADD_ARRAY_ROW
CHANGE_ROWS(tally_accumulator_add_array, into, accumulator, array_f64)
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

/* Arrays of one type: a pattern for ELEMENTS. */
#define ARRAY_OF_ROWS(type, array_values, unused)                              \
    NEW_ROWS(tally_array_new_##type, array_values, ())                         \
    NEW_ROWS(tally_array_borrow_##type, array_values, (no_release, NULL, ))    \
    ROW(tally_array_borrow_##type, release, "NULL", TALLY_OK,                  \
        giving_array(tally_array_borrow_##type(array_values, GIVEN, NULL,      \
                                               NULL, &out.array)))             \
    ROW(tally_array_borrow_##type, user_data, "NULL", TALLY_OK,                \
        giving_array(tally_array_borrow_##type(array_values, GIVEN,            \
                                               no_release, NULL, &out.array))) \
    HANDLE_ROWS(tally_array_get_##type, array, array, (0, &out.type),          \
                (SIZE_MAX, NULL))                                              \
    ROW(tally_array_get_##type, array, "of another type", TALLY_WRONG_KIND,    \
        tally_array_get_##type(other_than_##type, 0, &out.type))               \
    ROW(tally_array_get_##type, index, "past the end", TALLY_INVALID,          \
        tally_array_get_##type(array_##type, GIVEN, &out.type))                \
    ROW(tally_array_get_##type, index, "negative", TALLY_INVALID,              \
        tally_array_get_##type(array_##type, SIZE_MAX, &out.type))             \
    ROW(tally_array_get_##type, value, "NULL", TALLY_NULL,                     \
        tally_array_get_##type(array_##type, 0, NULL))                         \
    HANDLE_ROWS(tally_array_sum_##type, array, array, (&out.total_##type),     \
                (NULL))                                                        \
    ROW(tally_array_sum_##type, array, "of another type", TALLY_WRONG_KIND,    \
        tally_array_sum_##type(other_than_##type, &out.total_##type))          \
    ROW(tally_array_sum_##type, total, "NULL", TALLY_NULL,                     \
        tally_array_sum_##type(array_##type, NULL))                            \
    HANDLE_ROWS(tally_array_view_##type, array, array,                         \
                (&out.values_##type, &out.size, &out.view),                    \
                (NULL, NULL, NULL))                                            \
    ROW(tally_array_view_##type, array, "of another type", TALLY_WRONG_KIND,   \
        tally_array_view_##type(other_than_##type, &out.values_##type,         \
                                &out.size, &out.view))                         \
    ROW(tally_array_view_##type, values, "NULL", TALLY_NULL,                   \
        tally_array_view_##type(array_##type, NULL, &out.size, &out.view))     \
    ROW(tally_array_view_##type, count, "NULL", TALLY_NULL,                    \
        tally_array_view_##type(array_##type, &out.values_##type, NULL,        \
                                &out.view))                                    \
    ROW(tally_array_view_##type, view, "NULL", TALLY_NULL,                     \
        tally_array_view_##type(array_##type, &out.values_##type, &out.size,   \
                                NULL))
#define NEW_ROWS(function, elements, given)                                    \
    ROW(function, values, "NULL", TALLY_NULL,                                  \
        function(NULL, GIVEN, LIST given &out.array))                          \
    ROW(function, values, "NULL for nothing", TALLY_OK,                        \
        giving_array(function(NULL, 0, LIST given &out.array)))                \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(elements, TOO_MANY, LIST given &out.array))                   \
    ROW(function, count, "negative", TALLY_INVALID,                            \
        function(elements, SIZE_MAX, LIST given &out.array))                   \
    ROW(function, out, "NULL", TALLY_NULL,                                     \
        function(elements, GIVEN, LIST given NULL))
ELEMENTS(ARRAY_OF_ROWS, )
#undef ARRAY_OF_ROWS
#undef NEW_ROWS
