/* Rows of bad_arguments.c: memory, text, records, callbacks. */

/* Memory. */
ROW(tally_alloc, size, "0", TALLY_OK, giving(tally_alloc(0)))
ROW(tally_alloc, size, "all of memory", TALLY_MEMORY,
    returning_null(tally_alloc(SIZE_MAX)))
ROW(tally_alloc, size, "half of memory", TALLY_MEMORY,
    returning_null(tally_alloc(PTRDIFF_MAX)))
ROW(tally_alloc, size, "no room to align it", TALLY_MEMORY,
    returning_null(tally_alloc(SIZE_MAX - 62)))
ROW(tally_alloc, size, "more than there is", TALLY_MEMORY,
    returning_null(tally_alloc(PTRDIFF_MAX - 64)))
ROW(c_alloc, size, "0", TALLY_OK, giving(c_alloc(0)))
ROW(c_alloc, size, "all of memory", TALLY_MEMORY,
    returning_null(c_alloc(SIZE_MAX)))
ROW(c_alloc, size, "half of memory", TALLY_MEMORY,
    returning_null(c_alloc(PTRDIFF_MAX)))
ROW(c_alloc, size, "no room to align it", TALLY_MEMORY,
    returning_null(c_alloc(SIZE_MAX - 62)))
ROW(c_alloc, size, "more than there is", TALLY_MEMORY,
    returning_null(c_alloc(PTRDIFF_MAX - 64)))
ROW(tally_free, ptr, "NULL", TALLY_OK, (tally_free(NULL), tally_last_status()))
ROW(tally_free, ptr, "freed", TALLY_STALE,
    (tally_free(freed_block), tally_last_status()))
ROW(tally_free, ptr, "a record", TALLY_WRONG_KIND,
    (tally_free(record), tally_last_status()))
ROW(tally_free, ptr, "no block", TALLY_BAD_HANDLE,
    (tally_free(foreign()), tally_last_status()))
ROW(tally_free, ptr, "inside a block", TALLY_BAD_HANDLE,
    (tally_free((char *)block + 1), tally_last_status()))
ROW(tally_free, ptr, "a handle", TALLY_WRONG_KIND,
    (tally_free(object), tally_last_status()))
ROW(tally_free, ptr, "a stale handle", TALLY_STALE,
    (tally_free(stale_object), tally_last_status()))
ROW(c_free, ptr, "NULL", TALLY_OK, (c_free(NULL), tally_last_status()))
ROW(c_free, ptr, "freed", TALLY_STALE,
    (c_free(freed_block), tally_last_status()))
ROW(c_free, ptr, "a record", TALLY_WRONG_KIND,
    (c_free(record), tally_last_status()))
ROW(c_free, ptr, "no block", TALLY_BAD_HANDLE,
    (c_free(foreign()), tally_last_status()))
ROW(c_free, ptr, "inside a block", TALLY_BAD_HANDLE,
    (c_free((char *)block + 1), tally_last_status()))
ROW(c_free, ptr, "a handle", TALLY_WRONG_KIND,
    (c_free(object), tally_last_status()))
ROW(c_free, ptr, "a stale handle", TALLY_STALE,
    (c_free(stale_object), tally_last_status()))

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
ROW(tally_parse_total, input, "NULL", TALLY_NULL, tally_parse_total(NULL))
ROW(tally_parse_total, input, "not UTF-8", TALLY_ENCODING,
    tally_parse_total(not_utf8))
ROW(tally_parse_total, input, "no integer", TALLY_PARSE,
    tally_parse_total("1 x"))
ROW(tally_parse_total, input, "too large", TALLY_OVERFLOW,
    tally_parse_total("2147483647 1"))
ROW(tally_parse_total, input, "negative", TALLY_INVALID,
    tally_parse_total("-1"))
ROW(tally_parse_total, input, "empty", TALLY_OK, tally_parse_total(""))
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
ROW(tally_record_free, record, "NULL", TALLY_OK,
    (tally_record_free(NULL), tally_last_status()))
ROW(tally_record_free, record, "freed", TALLY_STALE,
    (tally_record_free(freed_record), tally_last_status()))
ROW(tally_record_free, record, "a block", TALLY_WRONG_KIND,
    (tally_record_free((tally_record *)block), tally_last_status()))
ROW(tally_record_free, record, "no record", TALLY_BAD_HANDLE,
    (tally_record_free((tally_record *)foreign()), tally_last_status()))
ROW(tally_record_free, record, "a handle", TALLY_WRONG_KIND,
    (tally_record_free((tally_record *)object), tally_last_status()))
ROW(tally_record_free, record, "a stale handle", TALLY_STALE,
    (tally_record_free((tally_record *)stale_object), tally_last_status()))
ROW(tally_record_free, record, "inside a record", TALLY_BAD_HANDLE,
    (tally_record_free((tally_record *)((char *)record + 1)),
     tally_last_status()))
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
ROW(tally_process, data, "NULL", TALLY_OK,
    tally_process(NULL, no_result, out.results))
ROW(tally_process, callback, "NULL", TALLY_NULL,
    tally_process(ints, NULL, out.results))
ROW(tally_process, result, "NULL", TALLY_OK,
    tally_process(ints, no_result, NULL))
ROW(process_with_callback, data, "NULL", TALLY_OK,
    process_with_callback(NULL, no_result, out.results))
ROW(process_with_callback, callback, "NULL", TALLY_NULL,
    process_with_callback(ints, NULL, out.results))
ROW(process_with_callback, result, "NULL", TALLY_OK,
    process_with_callback(ints, no_result, NULL))
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
ROW(tally_map, user_data, "NULL", TALLY_OK,
    tally_map(ints, GIVEN, 4, one, NULL, out.results, &out.size))
ROW(tally_map, results, "NULL", TALLY_NULL,
    tally_map(ints, GIVEN, 4, one, NULL, NULL, &out.size))
ROW(tally_map, results, "NULL for nothing", TALLY_OK,
    tally_map(ints, 0, 4, one, NULL, NULL, &out.size))
ROW(tally_map, done, "NULL", TALLY_OK,
    tally_map(ints, GIVEN, 4, one, NULL, out.results, NULL))
ROW(tally_accumulator_pull, into, "NULL", TALLY_NULL,
    tally_accumulator_pull(NULL, no_values, NULL))
ROW(tally_accumulator_pull, into, "damaged", TALLY_INVALID,
    tally_accumulator_pull(&out.damaged, no_values, NULL))
ROW(tally_accumulator_pull, into, "failed before", TALLY_INVALID,
    tally_accumulator_pull(&out.failed, no_values, NULL))
ROW(tally_accumulator_pull, source, "NULL", TALLY_NULL,
    tally_accumulator_pull(&out.acc, NULL, NULL))
ROW(tally_accumulator_pull, user_data, "NULL", TALLY_OK,
    tally_accumulator_pull(&out.acc, no_values, NULL))
