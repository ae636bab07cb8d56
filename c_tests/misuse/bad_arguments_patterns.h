/* Rows that several functions of bad_arguments.c have: a pattern makes those of
 * one function, or of one parameter. A list in parentheses stands for any
 * number of arguments. */

#define LIST(...) __VA_ARGS__

/* Types of elements, and arrays of them. */
#define ELEMENTS(PATTERN, ...)                                                 \
    PATTERN(f64, doubles, __VA_ARGS__)                                         \
    PATTERN(f32, floats, __VA_ARGS__)                                          \
    PATTERN(i32, int32s, __VA_ARGS__)                                          \
    PATTERN(i64, int64s, __VA_ARGS__)                                          \
    PATTERN(u64, uint64s, __VA_ARGS__)

/* Where an array would reach past the end of memory, if it began there. */
#define AT_THE_END ((const void *)(UINTPTR_MAX - 7))

/* Arrays and what follows from them: (values, count, ..., result). `given` are
 * the arguments between, `of_nothing` is the status for a count of 0. */
#define ARRAY_ROWS(function, values, array, of_nothing, given, result, output) \
    ROW(function, values, "NULL", TALLY_NULL,                                  \
        function(NULL, GIVEN, LIST given output))                              \
    ROW(function, values, "NULL for nothing", of_nothing,                      \
        function(NULL, 0, LIST given output))                                  \
    ROW(function, values, "past the end of memory", TALLY_INVALID,             \
        function(AT_THE_END, GIVEN, LIST given output))                        \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(array, TOO_MANY, LIST given output))                          \
    ROW(function, count, "too large, of NULL", TALLY_INVALID,                  \
        function(NULL, TOO_MANY, LIST given output))                           \
    ROW(function, count, "just too large", TALLY_INVALID,                      \
        function(array, PTRDIFF_MAX / sizeof *(array) + 1, LIST given output)) \
    ROW(function, count, "negative", TALLY_INVALID,                            \
        function(array, SIZE_MAX, LIST given output))                          \
    ROW(function, count, "0", of_nothing,                                      \
        function(array, 0, LIST given output))                                 \
    ROW(function, result, "NULL", TALLY_NULL,                                  \
        function(array, GIVEN, LIST given NULL))                               \
    ROW(function, result, "NULL for nothing", TALLY_NULL,                      \
        function(array, 0, LIST given NULL))

/* The same of two arrays of doubles: (x, y, count, ..., result). */
#define PAIR_ROWS(function, x, y, of_nothing, given, result)                   \
    ROW(function, x, "NULL", TALLY_NULL,                                       \
        function(NULL, doubles, GIVEN, LIST given &out.f64))                   \
    ROW(function, x, "NULL for nothing", of_nothing,                           \
        function(NULL, doubles, 0, LIST given &out.f64))                       \
    ROW(function, x, "past the end of memory", TALLY_INVALID,                  \
        function(AT_THE_END, doubles, GIVEN, LIST given &out.f64))             \
    ROW(function, x, "the other one", TALLY_OK,                                \
        function(other_doubles, doubles, GIVEN, LIST given &out.f64))          \
    ROW(function, y, "NULL", TALLY_NULL,                                       \
        function(doubles, NULL, GIVEN, LIST given &out.f64))                   \
    ROW(function, y, "NULL for nothing", of_nothing,                           \
        function(doubles, NULL, 0, LIST given &out.f64))                       \
    ROW(function, y, "past the end of memory", TALLY_INVALID,                  \
        function(doubles, AT_THE_END, GIVEN, LIST given &out.f64))             \
    ROW(function, y, "the other one", TALLY_OK,                                \
        function(doubles, other_doubles, GIVEN, LIST given &out.f64))          \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(doubles, doubles, TOO_MANY, LIST given &out.f64))             \
    ROW(function, count, "too large, of NULL", TALLY_INVALID,                  \
        function(NULL, doubles, TOO_MANY, LIST given &out.f64))                \
    ROW(function, count, "just too large", TALLY_INVALID,                      \
        function(doubles, doubles, PTRDIFF_MAX / sizeof(double) + 1,           \
                 LIST given & out.f64))                                        \
    ROW(function, count, "negative", TALLY_INVALID,                            \
        function(doubles, doubles, SIZE_MAX, LIST given &out.f64))             \
    ROW(function, count, "0", of_nothing,                                      \
        function(doubles, doubles, 0, LIST given &out.f64))                    \
    ROW(function, result, "NULL", TALLY_NULL,                                  \
        function(doubles, doubles, GIVEN, LIST given NULL))                    \
    ROW(function, result, "NULL for nothing", TALLY_NULL,                      \
        function(doubles, doubles, 0, LIST given NULL))

/* The last argument but one, what is taken off the count. `given` are those
 * before. */
#define DDOF_ROWS(function, given)                                             \
    ROW(function, ddof, "the count", TALLY_INVALID,                            \
        function(LIST given, GIVEN, &out.f64))                                 \
    ROW(function, ddof, "one less", TALLY_OK,                                  \
        function(LIST given, GIVEN - 1, &out.f64))                             \
    ROW(function, ddof, "too large", TALLY_INVALID,                            \
        function(LIST given, TOO_MANY, &out.f64))                              \
    ROW(function, ddof, "negative", TALLY_INVALID,                             \
        function(LIST given, SIZE_MAX, &out.f64))

/* How many threads: any number will do. */
#define THREADS_ROWS(function, given, output)                                  \
    ROW(function, threads, "0", TALLY_OK, function(LIST given, 0, output))     \
    ROW(function, threads, "more than there are", TALLY_OK,                    \
        function(LIST given, SIZE_MAX, output))

/* A state that is read, before other arguments; and one that is changed. */
#define READ_ROWS(function, parameter, kind, ...)                              \
    ROW(function, parameter, "NULL", TALLY_NULL, function(NULL, __VA_ARGS__))  \
    ROW(function, parameter, "damaged", TALLY_INVALID,                         \
        function(&damaged_##kind, __VA_ARGS__))                                \
    ROW(function, parameter, "failed before", TALLY_INVALID,                   \
        function(&failed_##kind, __VA_ARGS__))

#define CHANGE_ROWS(function, parameter, kind, ...)                            \
    ROW(function, parameter, "NULL", TALLY_NULL, function(NULL, __VA_ARGS__))  \
    ROW(function, parameter, "damaged", TALLY_INVALID,                         \
        function(&out.damaged_##kind, __VA_ARGS__))                            \
    ROW(function, parameter, "failed before", TALLY_INVALID,                   \
        function(&out.failed_##kind, __VA_ARGS__))

/* A question to a state: (state, ..., answer). */
#define ASK_ROWS(function, parameter, kind, given, answer, output)             \
    READ_ROWS(function, parameter, kind, LIST given output)                    \
    ROW(function, answer, "NULL", TALLY_NULL,                                  \
        function(&good_##kind, LIST given NULL))

/* Two states, of which one is changed. */
#define MERGE_ROWS(function, kind)                                             \
    CHANGE_ROWS(function, into, kind, &good_##kind)                            \
    ROW(function, from, "NULL", TALLY_NULL, function(&out.kind, NULL))         \
    ROW(function, from, "damaged", TALLY_INVALID,                              \
        function(&out.kind, &damaged_##kind))                                  \
    ROW(function, from, "failed before", TALLY_INVALID,                        \
        function(&out.kind, &failed_##kind))                                   \
    ROW(function, from, "the same one", TALLY_OK,                              \
        function(&out.kind, &out.kind))

/* It returns nothing; what it refuses is in the record. */
#define COMBINE_ROW(function, parameter, what, expected, ...)                  \
    ROW(function, parameter, what, expected,                                   \
        (function(__VA_ARGS__), tally_last_status()))
#define COMBINE_ROWS(function, kind)                                           \
    COMBINE_ROW(function, in, "NULL", TALLY_NULL, NULL, out.kind##_list,       \
                GIVEN)                                                         \
    COMBINE_ROW(function, in, "NULL for nothing", TALLY_OK, NULL,              \
                out.kind##_list, 0)                                            \
    COMBINE_ROW(function, inout, "NULL", TALLY_NULL, &good_##kind, NULL, 1)    \
    COMBINE_ROW(function, inout, "NULL for nothing", TALLY_OK, &good_##kind,   \
                NULL, 0)                                                       \
    COMBINE_ROW(function, inout, "failed before", TALLY_INVALID, &good_##kind, \
                &out.failed_##kind, 1)                                         \
    COMBINE_ROW(function, count, "too large", TALLY_INVALID, &good_##kind,     \
                out.kind##_list, TOO_MANY)                                     \
    COMBINE_ROW(function, count, "negative", TALLY_INVALID, &good_##kind,      \
                out.kind##_list, SIZE_MAX)

#define SAVE_ROWS(function, parameter, kind)                                   \
    READ_ROWS(function, parameter, kind, out.text, 8, &out.size)               \
    ROW(function, buffer, "NULL with a size", TALLY_NULL,                      \
        function(&good_##kind, NULL, 8, &out.size))                            \
    ROW(function, buffer, "NULL for the length", TALLY_OK,                     \
        function(&good_##kind, NULL, 0, &out.size))                            \
    ROW(function, size, "too small", TALLY_TOO_SMALL,                          \
        with_needed_size(function(&good_##kind, out.text, 8, &out.size),       \
                         saved_##kind##_size))                                 \
    ROW(function, size, "negative", TALLY_INVALID,                             \
        function(&good_##kind, out.text, SIZE_MAX, &out.size))                 \
    ROW(function, needed, "NULL", TALLY_NULL,                                  \
        function(&good_##kind, out.text, 8, NULL))

/* `other` is another kind of state. */
#define LOAD_ROWS(function, parameter, kind, other)                            \
    ROW(function, bytes, "NULL", TALLY_NULL,                                   \
        function(NULL, saved_##kind##_size, &out.kind))                        \
    ROW(function, bytes, "NULL of nothing", TALLY_FORMAT,                      \
        function(NULL, 0, &out.kind))                                          \
    ROW(function, bytes, "not saved ones", TALLY_FORMAT,                       \
        function(doubles, sizeof doubles, &out.kind))                          \
    ROW(function, bytes, "those of another kind", TALLY_FORMAT,                \
        function(saved_##other, saved_##other##_size, &out.kind))              \
    ROW(function, size, "0", TALLY_FORMAT,                                     \
        function(saved_##kind, 0, &out.kind))                                  \
    ROW(function, size, "one less", TALLY_FORMAT,                              \
        function(saved_##kind, saved_##kind##_size - 1, &out.kind))            \
    ROW(function, size, "one more", TALLY_FORMAT,                              \
        function(saved_##kind, saved_##kind##_size + 1, &out.kind))            \
    ROW(function, size, "negative", TALLY_INVALID,                             \
        function(saved_##kind, SIZE_MAX, &out.kind))                           \
    ROW(function, parameter, "NULL", TALLY_NULL,                               \
        function(saved_##kind, saved_##kind##_size, NULL))                     \
    ROW(function, parameter, "damaged, which is written over", TALLY_OK,       \
        function(saved_##kind, saved_##kind##_size, &out.damaged_##kind))

/* The counts of special values, of which any may be left out. */
#define SPECIAL_ROWS(function, parameter, kind)                                \
    READ_ROWS(function, parameter, kind, &out.i64, &out.high, NULL)            \
    ROW(function, nan, "NULL is allowed", TALLY_OK,                            \
        function(&good_##kind, NULL, &out.i64, &out.high))                     \
    ROW(function, positive_infinity, "NULL is allowed", TALLY_OK,              \
        function(&good_##kind, &out.i64, NULL, &out.high))                     \
    ROW(function, negative_infinity, "NULL is allowed", TALLY_OK,              \
        function(&good_##kind, &out.i64, &out.high, NULL))

#define FAIL_ROWS(function, kind)                                              \
    CHANGE_ROWS(function, into, kind, TALLY_CALLBACK)                          \
    ROW(function, status, "success", TALLY_INVALID,                            \
        function(&out.kind, TALLY_OK))                                         \
    ROW(function, status, "above 0", TALLY_INVALID, function(&out.kind, 1))

/* What can be done to every kind of state. */
#define STATE_ROWS(kind, parameter, other)                                     \
    MERGE_ROWS(tally_##kind##_merge, kind)                                     \
    MERGE_ROWS(tally_##kind##_unmerge, kind)                                   \
    ASK_ROWS(tally_##kind##_count, parameter, kind, (), count, &out.i64)       \
    SPECIAL_ROWS(tally_##kind##_special_counts, parameter, kind)               \
    COMBINE_ROWS(tally_##kind##_combine, kind)                                 \
    FAIL_ROWS(tally_##kind##_fail, kind)                                       \
    SAVE_ROWS(tally_##kind##_save, parameter, kind)                            \
    LOAD_ROWS(tally_##kind##_load, parameter, kind, other)

/* An array into a state: (into, values, count, ...). `after` begins with a
 * comma, if anything is there. */
#define TAKE_ROWS(function, kind, array, after)                                \
    CHANGE_ROWS(function, into, kind, array, GIVEN LIST after)                 \
    ROW(function, into, "NULL for nothing", TALLY_NULL,                        \
        function(NULL, array, 0 LIST after))                                   \
    ROW(function, values, "NULL", TALLY_NULL,                                  \
        function(&out.kind, NULL, GIVEN LIST after))                           \
    ROW(function, values, "NULL for nothing", TALLY_OK,                        \
        function(&out.kind, NULL, 0 LIST after))                               \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(&out.kind, array, TOO_MANY LIST after))                       \
    ROW(function, count, "negative", TALLY_INVALID,                            \
        function(&out.kind, array, SIZE_MAX LIST after))

/* Elements of one type: a pattern for ELEMENTS. */
#define ELEMENT_ROWS(type, array, kind)                                        \
    TAKE_ROWS(tally_##kind##_add_##type, kind, array, ())                      \
    TAKE_ROWS(tally_##kind##_subtract_##type, kind, array, ())

/* Pairs of numbers: (into, x, y, count, ...). */
#define TAKE_PAIR_ROWS(function, kind, x_array, y_array, after)                \
    CHANGE_ROWS(function, into, kind, x_array, y_array, GIVEN LIST after)      \
    ROW(function, into, "NULL for nothing", TALLY_NULL,                        \
        function(NULL, x_array, y_array, 0 LIST after))                        \
    ROW(function, x, "NULL", TALLY_NULL,                                       \
        function(&out.kind, NULL, y_array, GIVEN LIST after))                  \
    ROW(function, x, "NULL for nothing", TALLY_OK,                             \
        function(&out.kind, NULL, y_array, 0 LIST after))                      \
    ROW(function, y, "NULL", TALLY_NULL,                                       \
        function(&out.kind, x_array, NULL, GIVEN LIST after))                  \
    ROW(function, y, "NULL for nothing", TALLY_OK,                             \
        function(&out.kind, x_array, NULL, 0 LIST after))                      \
    ROW(function, count, "too large", TALLY_INVALID,                           \
        function(&out.kind, x_array, y_array, TOO_MANY LIST after))            \
    ROW(function, count, "negative", TALLY_INVALID,                            \
        function(&out.kind, x_array, y_array, SIZE_MAX LIST after))

/* Numbers in a text, into a state. One number takes a way of its own. */
#define TEXT_ROWS(function, kind)                                              \
    CHANGE_ROWS(function, into, kind, "1 2", 3, ' ', 1, &out.size,             \
                &out.other_size)                                               \
    ROW(function, into, "damaged, for one value", TALLY_INVALID,               \
        function(&out.damaged_##kind, "1", 1, ' ', 1, &out.size,               \
                 &out.other_size))                                             \
    ROW(function, into, "damaged, for none", TALLY_INVALID,                    \
        function(&out.damaged_##kind, "", 0, ' ', 1, &out.size,                \
                 &out.other_size))                                             \
    ROW(function, into, "failed before, for one value", TALLY_INVALID,         \
        function(&out.failed_##kind, "1", 1, ' ', 1, &out.size,                \
                 &out.other_size))                                             \
    ROW(function, text, "NULL", TALLY_NULL,                                    \
        function(&out.kind, NULL, 3, ' ', 1, &out.size, &out.other_size))      \
    ROW(function, text, "NULL of nothing", TALLY_OK,                           \
        function(&out.kind, NULL, 0, ' ', 1, &out.size, &out.other_size))      \
    ROW(function, size, "negative", TALLY_INVALID,                             \
        function(&out.kind, "1 2", SIZE_MAX, ' ', 1, &out.size,                \
                 &out.other_size))                                             \
    ROW(function, consumed, "NULL", TALLY_NULL,                                \
        function(&out.kind, "1", 1, ' ', 1, NULL, &out.other_size))            \
    ROW(function, values, "NULL", TALLY_NULL,                                  \
        function(&out.kind, "1", 1, ' ', 1, &out.size, NULL))

/* The text of a state: `digits` after the point make it `length` bytes long,
 * and they are from `least` to `most`. `given` are the arguments after them. */
#define VALUE_TEXT_ROWS(function, parameter, kind, least, most, digits, given, \
                        length)                                                \
    READ_ROWS(function, parameter, kind, digits, LIST given out.text, 8,       \
              &out.size)                                                       \
    ROW(function, fraction_digits, "below the least", TALLY_INVALID,           \
        function(&good_##kind, (least) - 1, LIST given out.text, 8,            \
                 &out.size))                                                   \
    ROW(function, fraction_digits, "above the most", TALLY_INVALID,            \
        function(&good_##kind, (most) + 1, LIST given out.text, 8, &out.size)) \
    ROW(function, fraction_digits, "most negative", TALLY_INVALID,             \
        function(&good_##kind, INT32_MIN, LIST given out.text, 8, &out.size))  \
    ROW(function, fraction_digits, "most positive", TALLY_INVALID,             \
        function(&good_##kind, INT32_MAX, LIST given out.text, 8, &out.size))  \
    ROW(function, fraction_digits, "the most, but for the size", TALLY_OK,     \
        function(&good_##kind, most, LIST given NULL, 0, &out.size))           \
    ROW(function, buffer, "NULL with a size", TALLY_NULL,                      \
        function(&good_##kind, digits, LIST given NULL, 8, &out.size))         \
    ROW(function, buffer, "NULL for the length", TALLY_OK,                     \
        function(&good_##kind, digits, LIST given NULL, 0, &out.size))         \
    ROW(function, size, "no room for the NUL", TALLY_TOO_SMALL,                \
        function(&good_##kind, digits, LIST given out.text, length, NULL))     \
    ROW(function, size, "0 with a buffer", TALLY_TOO_SMALL,                    \
        function(&good_##kind, digits, LIST given out.text, 0, NULL))          \
    ROW(function, size, "just enough", TALLY_OK,                               \
        function(&good_##kind, digits, LIST given out.text, (length) + 1,      \
                 NULL))                                                        \
    ROW(function, size, "negative", TALLY_INVALID,                             \
        function(&good_##kind, digits, LIST given out.text, SIZE_MAX,          \
                 &out.size))                                                   \
    ROW(function, needed, "NULL", TALLY_OK,                                    \
        function(&good_##kind, digits, LIST given out.text, 8, NULL))

/* A handle, which comes before any other argument: with the others as they
 * should be, and as they should not. */
#define HANDLE_ROW(function, parameter, what, expected, handle, good, bad)     \
    ROW(function, parameter, what, expected, function(handle, LIST good))      \
    ROW(function, parameter, what ", and the rest bad", expected,              \
        function(handle, LIST bad))
#define HANDLE_ROWS(function, parameter, kind, good, bad)                      \
    HANDLE_ROW(function, parameter, "NULL", TALLY_NULL, NULL, good, bad)       \
    HANDLE_ROW(function, parameter, "stale", TALLY_STALE, stale_##kind, good,  \
               bad)                                                            \
    HANDLE_ROW(function, parameter, "an object", TALLY_WRONG_KIND,             \
               object_as_##kind, good, bad)                                    \
    HANDLE_ROW(function, parameter, "no handle", TALLY_BAD_HANDLE, foreign(),  \
               good, bad)                                                      \
    HANDLE_ROW(function, parameter, "a block", TALLY_WRONG_KIND, block, good,  \
               bad)                                                            \
    HANDLE_ROW(function, parameter, "a freed block", TALLY_STALE, freed_block, \
               good, bad)

/* A column that is wrong in one way. `before` and `after` are the arguments
 * around it. */
#define COLUMN_ROW(function, parameter, what, expected, before, column, after) \
    ROW(function, parameter, what, expected,                                   \
        function(LIST before column LIST after))
#define COLUMN_ROWS(function, parameter, before, after)                        \
    COLUMN_ROW(function, parameter, "NULL", TALLY_NULL, before, NULL, after)   \
    COLUMN_ROW(function, parameter, "no size", TALLY_INVALID, before,          \
               &bad_columns.no_size, after)                                    \
    COLUMN_ROW(function, parameter, "too small", TALLY_INVALID, before,        \
               &bad_columns.too_small, after)                                  \
    COLUMN_ROW(function, parameter, "fields that are unknown", TALLY_INVALID,  \
               before, &bad_columns.larger.column, after)                      \
    COLUMN_ROW(function, parameter, "any size", TALLY_INVALID, before,         \
               &bad_columns.any_size, after)                                   \
    COLUMN_ROW(function, parameter, "no type", TALLY_INVALID, before,          \
               &bad_columns.no_type, after)                                    \
    COLUMN_ROW(function, parameter, "a type after the last", TALLY_INVALID,    \
               before, &bad_columns.last_type, after)                          \
    COLUMN_ROW(function, parameter, "a negative type", TALLY_INVALID, before,  \
               &bad_columns.negative_type, after)                              \
    COLUMN_ROW(function, parameter, "an unknown flag", TALLY_INVALID, before,  \
               &bad_columns.unknown_flag, after)                               \
    COLUMN_ROW(function, parameter, "NULL values", TALLY_NULL, before,         \
               &bad_columns.null_values, after)                                \
    COLUMN_ROW(function, parameter, "past the end of memory", TALLY_INVALID,   \
               before, &bad_columns.at_the_end, after)                         \
    COLUMN_ROW(function, parameter, "too large a count", TALLY_INVALID,        \
               before, &bad_columns.too_many, after)                           \
    COLUMN_ROW(function, parameter, "too large a stride", TALLY_INVALID,       \
               before, &bad_columns.wide_stride, after)                        \
    COLUMN_ROW(function, parameter, "before the beginning of memory",          \
               TALLY_INVALID, before, &bad_columns.before_memory, after)       \
    COLUMN_ROW(function, parameter, "too large an offset", TALLY_INVALID,      \
               before, &bad_columns.large_offset, after)                       \
    COLUMN_ROW(function, parameter, "bits past the end of memory",             \
               TALLY_INVALID, before, &bad_columns.bits_at_the_end, after)     \
    COLUMN_ROW(function, parameter, "bytes past the end of memory",            \
               TALLY_INVALID, before, &bad_columns.bytes_at_the_end, after)

/* A question to a column: (column, ..., answer). `column` is a good one. */
#define COLUMN_ASK_ROWS(function, parameter, column, given, answer, output)    \
    COLUMN_ROWS(function, parameter, (), (, LIST given output))                \
    ROW(function, answer, "NULL", TALLY_NULL, function(column, LIST given NULL))

/* The same of two columns. */
#define COLUMN_PAIR_ROWS(function, x, y, given, answer)                        \
    COLUMN_ROWS(function, x, (), (, &good_columns.f64, LIST given & out.f64))  \
    COLUMN_ROWS(function, y, (&good_columns.f64, ), (, LIST given & out.f64))  \
    ROW(function, y, "another count", TALLY_INVALID,                           \
        function(&good_columns.f64, &good_columns.fewer, LIST given &out.f64)) \
    ROW(function, answer, "NULL", TALLY_NULL,                                  \
        function(&good_columns.f64, &good_columns.f64, LIST given NULL))

#define COLUMN_DDOF_ROWS(function, given)                                      \
    ROW(function, ddof, "the count", TALLY_INVALID,                            \
        function(LIST given, GIVEN, &out.f64))                                 \
    ROW(function, ddof, "too large", TALLY_INVALID,                            \
        function(LIST given, SIZE_MAX, &out.f64))

/* Columns into a state. */
#define COLUMN_TAKE_ROWS(verb, kind, column, given)                            \
    CHANGE_ROWS(tally_##kind##_##verb, into, kind, column LIST given)          \
    COLUMN_ROWS(tally_##kind##_##verb, values, (&out.kind, ), given)
