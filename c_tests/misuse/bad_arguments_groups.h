/* Rows of bad_arguments.c: groups. The ids are 1 to GIVEN. */

/* `given` is what comes between the count of groups and the results, `after`
 * what follows them. */
#define GROUP_ROWS(function, column, given, output, after)                     \
    COLUMN_ROWS(                                                               \
        function, values, (),                                                  \
        (, &good_columns.i64, GIVEN + 1, LIST given output LIST after))        \
    COLUMN_ROWS(function, groups, (column, ),                                  \
                (, GIVEN + 1, LIST given output LIST after))                   \
    ROW(function, groups, "another count", TALLY_INVALID,                      \
        function(&good_columns.fewer, &good_columns.i64, GIVEN + 1,            \
                 LIST given output LIST after))                                \
    ROW(function, groups, "floats", TALLY_INVALID,                             \
        function(column, &good_columns.f64, GIVEN + 1,                         \
                 LIST given output LIST after))                                \
    ROW(function, groups, "an id that is too large", TALLY_INVALID,            \
        function(column, &good_columns.i64, GIVEN,                             \
                 LIST given output LIST after))                                \
    ROW(function, group_count, "0", TALLY_INVALID,                             \
        function(column, &good_columns.i64, 0, LIST given output LIST after))  \
    ROW(function, group_count, "too large", TALLY_INVALID,                     \
        function(column, &good_columns.i64, TOO_MANY,                          \
                 LIST given output LIST after))                                \
    ROW(function, results, "NULL", TALLY_NULL,                                 \
        function(column, &good_columns.i64, GIVEN + 1,                         \
                 LIST given NULL LIST after))

#define WHAT_ROW(function, what, wrong, given)                                 \
    ROW(function, what, #wrong, TALLY_INVALID,                                 \
        function(&good_columns.f64, &good_columns.i64, GIVEN + 1,              \
                 (tally_statistic)(wrong), 0 LIST given, out.group_f64))
#define STATISTIC_ROWS(function, given)                                        \
    WHAT_ROW(function, what, 0, given)                                         \
    WHAT_ROW(function, what, -1, given)                                        \
    WHAT_ROW(function, what, TALLY_COUNT + 1, given)                           \
    ROW(function, ddof, "too large", TALLY_OK,                                 \
        function(&good_columns.f64, &good_columns.i64, GIVEN + 1,              \
                 TALLY_VARIANCE, SIZE_MAX LIST given, out.group_f64))

GROUP_ROWS(tally_group, &good_columns.f64, (TALLY_SUM, 0, ), out.group_f64, ())
STATISTIC_ROWS(tally_group, ())
GROUP_ROWS(tally_group_parallel, &good_columns.f64, (TALLY_SUM, 0, 2, ),
           out.group_f64, ())
STATISTIC_ROWS(tally_group_parallel, (, 2))
THREADS_ROWS(tally_group_parallel,
             (&good_columns.f64, &good_columns.i64, GIVEN + 1, TALLY_SUM, 0),
             out.group_f64)

#define INTEGER_GROUP_ROWS(function, given)                                    \
    GROUP_ROWS(function, &good_columns.i64, given, out.group_i64,              \
               (, &out.size))                                                  \
    ROW(function, values, "floats", TALLY_INVALID,                             \
        function(&good_columns.f64, &good_columns.i64, GIVEN + 1,              \
                 LIST given out.group_i64, &out.size))                         \
    ROW(function, overflowed, "NULL", TALLY_OK,                                \
        function(&good_columns.i64, &good_columns.i64, GIVEN + 1,              \
                 LIST given out.group_i64, NULL))
INTEGER_GROUP_ROWS(tally_group_sum_i64, ())
INTEGER_GROUP_ROWS(tally_group_sum_i64_parallel, (2, ))
ROW(tally_group_sum_i64_parallel, threads, "0", TALLY_OK,
    tally_group_sum_i64_parallel(&good_columns.i64, &good_columns.i64,
                                 GIVEN + 1, 0, out.group_i64, &out.size))
ROW(tally_group_sum_i64_parallel, threads, "more than there are", TALLY_OK,
    tally_group_sum_i64_parallel(&good_columns.i64, &good_columns.i64,
                                 GIVEN + 1, SIZE_MAX, out.group_i64, &out.size))
#undef INTEGER_GROUP_ROWS
#undef GROUP_ROWS
#undef STATISTIC_ROWS
#undef WHAT_ROW
