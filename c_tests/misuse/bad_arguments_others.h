/* Rows of bad_arguments.c: memory, text, records, callbacks. */

/* Memory. */
#define ALLOC_ROWS(function)                                                   \
    ROW(function, size, "0", TALLY_OK, giving(function(0)))                    \
    ROW(function, size, "all of memory", TALLY_MEMORY,                         \
        returning_null(function(SIZE_MAX)))                                    \
    ROW(function, size, "half of memory", TALLY_MEMORY,                        \
        returning_null(function(PTRDIFF_MAX)))                                 \
    ROW(function, size, "no room to align it", TALLY_MEMORY,                   \
        returning_null(function(SIZE_MAX - 62)))                               \
    ROW(function, size, "more than there is", TALLY_MEMORY,                    \
        returning_null(function(MORE_THAN_THERE_IS)))
ALLOC_ROWS(tally_alloc)
ALLOC_ROWS(c_alloc)
#undef ALLOC_ROWS

/* What frees returns nothing. `other` is of another kind. */
#define FREE_ROW(function, parameter, what, expected, block)                   \
    ROW(function, parameter, what, expected,                                   \
        (function(block), tally_last_status()))
#define FREE_ROWS(function, parameter, own, freed, other)                      \
    FREE_ROW(function, parameter, "NULL", TALLY_OK, NULL)                      \
    FREE_ROW(function, parameter, "freed", TALLY_STALE, freed)                 \
    FREE_ROW(function, parameter, "another kind", TALLY_WRONG_KIND,            \
             (void *)other)                                                    \
    FREE_ROW(function, parameter, "no block", TALLY_BAD_HANDLE, foreign())     \
    FREE_ROW(function, parameter, "inside a block", TALLY_BAD_HANDLE,          \
             (void *)((char *)own + 1))                                        \
    FREE_ROW(function, parameter, "a handle", TALLY_WRONG_KIND, object)        \
    FREE_ROW(function, parameter, "a stale handle", TALLY_STALE, stale_object)
FREE_ROWS(tally_free, ptr, block, freed_block, record)
FREE_ROWS(c_free, ptr, block, freed_block, record)
FREE_ROWS(tally_record_free, record, record, freed_record, block)
#undef FREE_ROW
#undef FREE_ROWS

/* Text. */
ROW(tally_text_copy, text, "NULL", TALLY_NULL,
    tally_text_copy(NULL, &out.string))
ROW(tally_text_copy, text, "not UTF-8", TALLY_ENCODING,
    tally_text_copy(not_utf8, &out.string))
ROW(tally_text_copy, text, "empty", TALLY_OK,
    giving_string(tally_text_copy("", &out.string)))
ROW(tally_text_copy, out, "NULL", TALLY_NULL, tally_text_copy("a", NULL))
ROW(tally_text_length, text, "NULL", TALLY_NULL,
    tally_text_length(NULL, &out.size, &out.other_size))
ROW(tally_text_length, text, "not UTF-8", TALLY_ENCODING,
    tally_text_length(not_utf8, &out.size, &out.other_size))
ROW(tally_text_length, bytes, "NULL", TALLY_OK,
    tally_text_length("a", NULL, &out.other_size))
ROW(tally_text_length, characters, "NULL", TALLY_OK,
    tally_text_length("a", &out.size, NULL))
ROW(risky_operation, input, "NULL", TALLY_NULL, risky_operation(NULL))
ROW(risky_operation, input, "not UTF-8", TALLY_ENCODING,
    risky_operation(not_utf8))
ROW(risky_operation, input, "no integer", TALLY_PARSE, risky_operation("1 x"))
ROW(risky_operation, input, "too large", TALLY_OVERFLOW,
    risky_operation("2147483647 1"))
ROW(risky_operation, input, "negative", TALLY_INVALID, risky_operation("-1"))
ROW(risky_operation, input, "empty", TALLY_OK, risky_operation(""))

/* Records. */
ROW(tally_record_new, name, "not UTF-8", TALLY_ENCODING,
    tally_record_new(1, not_utf8, 1, &out.record))
ROW(tally_record_new, name, "NULL", TALLY_OK,
    giving_record(tally_record_new(1, NULL, 1, &out.record)))
ROW(tally_record_new, out, "NULL", TALLY_NULL,
    tally_record_new(1, "a", 1, NULL))
ROW(tally_record_copy, record, "NULL", TALLY_NULL,
    tally_record_copy(NULL, &out.record))
ROW(tally_record_copy, record, "a name that is not UTF-8", TALLY_ENCODING,
    tally_record_copy(&not_utf8_record, &out.record))
ROW(tally_record_copy, out, "NULL", TALLY_NULL, tally_record_copy(record, NULL))
ROW(tally_records_total, records, "NULL", TALLY_NULL,
    tally_records_total(NULL, GIVEN, "a", &out.i64))
ROW(tally_records_total, records, "NULL for nothing", TALLY_OK,
    tally_records_total(NULL, 0, "a", &out.i64))
ROW(tally_records_total, count, "too large", TALLY_INVALID,
    tally_records_total(records, TOO_MANY, "a", &out.i64))
ROW(tally_records_total, count, "negative", TALLY_INVALID,
    tally_records_total(records, SIZE_MAX, "a", &out.i64))
ROW(tally_records_total, name, "NULL", TALLY_OK,
    tally_records_total(records, GIVEN, NULL, &out.i64))
ROW(tally_records_total, name, "not UTF-8", TALLY_ENCODING,
    tally_records_total(records, GIVEN, not_utf8, &out.i64))
ROW(tally_records_total, total, "NULL", TALLY_NULL,
    tally_records_total(records, GIVEN, "a", NULL))

/* Callbacks. */
#define PROCESS_ROWS(function)                                                 \
    ROW(function, data, "NULL", TALLY_OK,                                      \
        function(NULL, no_result, out.results))                                \
    ROW(function, callback, "NULL", TALLY_NULL,                                \
        function(ints, NULL, out.results))                                     \
    ROW(function, result, "NULL", TALLY_OK, function(ints, no_result, NULL))
PROCESS_ROWS(tally_process)
PROCESS_ROWS(process_with_callback)
#undef PROCESS_ROWS
ROW(tally_map, elements, "NULL", TALLY_NULL,
    tally_map(NULL, GIVEN, 4, one, NULL, out.results, &out.size))
ROW(tally_map, elements, "NULL for nothing", TALLY_OK,
    tally_map(NULL, 0, 4, one, NULL, out.results, &out.size))
ROW(tally_map, count, "too large", TALLY_INVALID,
    tally_map(ints, TOO_MANY, 4, one, NULL, out.results, &out.size))
ROW(tally_map, count, "negative", TALLY_INVALID,
    tally_map(ints, SIZE_MAX, 4, one, NULL, out.results, &out.size))
ROW(tally_map, count, "too large for the results", TALLY_INVALID,
    tally_map(ints, TOO_MANY, 0, one, NULL, out.results, &out.size))
ROW(tally_map, stride, "too large", TALLY_INVALID,
    tally_map(ints, GIVEN, PTRDIFF_MAX, one, NULL, out.results, &out.size))
ROW(tally_map, stride, "too far below", TALLY_INVALID,
    tally_map(ints, GIVEN, PTRDIFF_MIN, one, NULL, out.results, &out.size))
ROW(tally_map, stride, "0", TALLY_OK,
    tally_map(ints, GIVEN, 0, one, NULL, out.results, &out.size))
ROW(tally_map, callback, "NULL", TALLY_NULL,
    tally_map(ints, GIVEN, 4, NULL, NULL, out.results, &out.size))
ROW(tally_map, callback, "NULL for nothing", TALLY_NULL,
    tally_map(ints, 0, 4, NULL, NULL, out.results, &out.size))
ROW(tally_map, user_data, "NULL", TALLY_OK,
    tally_map(ints, GIVEN, 4, one, NULL, out.results, &out.size))
ROW(tally_map, results, "NULL", TALLY_NULL,
    tally_map(ints, GIVEN, 4, one, NULL, NULL, &out.size))
ROW(tally_map, results, "NULL for nothing", TALLY_OK,
    tally_map(ints, 0, 4, one, NULL, NULL, &out.size))
ROW(tally_map, done, "NULL", TALLY_OK,
    tally_map(ints, GIVEN, 4, one, NULL, out.results, NULL))
