/* Rows of bad_arguments.c: small accumulators, and adding to many states. The
 * one that failed before has grown, and what it refers to failed. */

#define SMALL(verb) tally_small_accumulator_##verb
MERGE_ROWS(SMALL(merge), small_accumulator)
MERGE_ROWS(SMALL(unmerge), small_accumulator)
ASK_ROWS(SMALL(count), acc, small_accumulator, (), count, &out.i64)
SPECIAL_ROWS(SMALL(special_counts), acc, small_accumulator)
FAIL_ROWS(SMALL(fail), small_accumulator)
SAVE_ROWS(SMALL(save), acc, small_accumulator)
LOAD_ROWS(SMALL(load), acc, small_accumulator, moments)
ROW(tally_small_accumulator_load, bytes, "those of a sum that is too wide",
    TALLY_TOO_SMALL,
    tally_small_accumulator_load(saved_wide, saved_wide_size,
                                 &out.small_accumulator))

TAKE_ROWS(SMALL(add_f64), small_accumulator, doubles, ())
TAKE_ROWS(SMALL(subtract_f64), small_accumulator, doubles, ())
ROW(tally_small_accumulator_add_f64, values, "too wide", TALLY_TOO_SMALL,
    tally_small_accumulator_add_f64(&out.small_accumulator, wide_doubles,
                                    GIVEN))
CHANGE_ROWS(SMALL(add_one_f64), into, small_accumulator, 1.5)
CHANGE_ROWS(SMALL(subtract_one_f64), into, small_accumulator, 1.5)
ASK_ROWS(SMALL(value_f64), acc, small_accumulator, (), total, &out.f64)
ASK_ROWS(SMALL(value_i64), acc, small_accumulator, (), total, &out.i64)
READ_ROWS(SMALL(value_i128), acc, small_accumulator, &out.i64, &out.u64)
ROW(tally_small_accumulator_value_i128, acc, "no integer", TALLY_INVALID,
    tally_small_accumulator_value_i128(&good_small_accumulator, &out.i64,
                                       &out.u64))
ROW(tally_small_accumulator_value_i128, high, "NULL", TALLY_NULL,
    tally_small_accumulator_value_i128(&no_small, NULL, &out.u64))
ROW(tally_small_accumulator_value_i128, low, "NULL", TALLY_NULL,
    tally_small_accumulator_value_i128(&no_small, &out.i64, NULL))
ASK_ROWS(SMALL(mean_f64), acc, small_accumulator, (), mean, &out.f64)

READ_ROWS(SMALL(expand), from, small_accumulator, &out.accumulator)
ROW(tally_small_accumulator_expand, to, "NULL", TALLY_NULL,
    tally_small_accumulator_expand(&good_small_accumulator, NULL))
ROW(tally_small_accumulator_expand, to, "damaged, which is written over",
    TALLY_OK,
    tally_small_accumulator_expand(&good_small_accumulator,
                                   &out.damaged_accumulator))
CHANGE_ROWS(SMALL(grow), into, small_accumulator, &out.accumulator)
ROW(tally_small_accumulator_grow, room, "NULL", TALLY_NULL,
    tally_small_accumulator_grow(&out.small_accumulator, NULL))
ROW(tally_small_accumulator_room, acc, "NULL", TALLY_NULL,
    tally_small_accumulator_room(NULL, &out.room))
ROW(tally_small_accumulator_room, acc, "damaged", TALLY_INVALID,
    tally_small_accumulator_room(&damaged_small_accumulator, &out.room))
ROW(tally_small_accumulator_room, acc, "failed before", TALLY_OK,
    tally_small_accumulator_room(&failed_small_accumulator, &out.room))
ROW(tally_small_accumulator_room, room, "NULL", TALLY_NULL,
    tally_small_accumulator_room(&good_small_accumulator, NULL))

CHANGE_ROWS(tally_accumulator_merge_small, into, accumulator,
            &good_small_accumulator)
ROW(tally_accumulator_merge_small, from, "NULL", TALLY_NULL,
    tally_accumulator_merge_small(&out.accumulator, NULL))
ROW(tally_accumulator_merge_small, from, "damaged", TALLY_INVALID,
    tally_accumulator_merge_small(&out.accumulator, &damaged_small_accumulator))
ROW(tally_accumulator_merge_small, from, "failed before", TALLY_INVALID,
    tally_accumulator_merge_small(&out.accumulator, &failed_small_accumulator))
#undef SMALL

/* A column: (into, values, ..., done). `kind` is that of the states. */
#define SCATTERED_ROWS(function, kind, given)                                  \
    COLUMN_ROWS(function, values, (into_##kind, ), (, LIST given & out.size))  \
    ROW(function, into, "NULL", TALLY_NULL,                                    \
        function(NULL, &good_columns.f64, LIST given &out.size))               \
    ROW(function, into, "NULL for nothing", TALLY_OK,                          \
        function(NULL, &TALLY_COLUMN(TALLY_F64, NULL, 0),                      \
                 LIST given &out.size))                                        \
    ROW(function, into, "past the end of memory", TALLY_INVALID,               \
        function((tally_##kind *const *)AT_THE_END, &good_columns.f64,         \
                 LIST given &out.size))                                        \
    ROW(function, into, "of a NULL", TALLY_NULL,                               \
        with_rows_done(function((tally_##kind *[]){NULL},                      \
                                &TALLY_COLUMN(TALLY_F64, doubles, 1),          \
                                LIST given &out.size)))                        \
    ROW(function, into, "of a damaged one", TALLY_INVALID,                     \
        with_rows_done(function((tally_##kind *[]){&out.damaged_##kind},       \
                                &TALLY_COLUMN(TALLY_F64, doubles, 1),          \
                                LIST given &out.size)))                        \
    ROW(function, into, "of one that failed before", TALLY_INVALID,            \
        with_rows_done(function((tally_##kind *[]){&out.failed_##kind},        \
                                &TALLY_COLUMN(TALLY_F64, doubles, 1),          \
                                LIST given &out.size)))                        \
    ROW(function, done, "NULL", TALLY_OK,                                      \
        function(into_##kind, &good_columns.i64, LIST given NULL))
SCATTERED_ROWS(tally_accumulator_add_scattered, accumulator, ())
SCATTERED_ROWS(tally_accumulator_subtract_scattered, accumulator, ())
SCATTERED_ROWS(tally_small_accumulator_add_scattered, small_accumulator,
               (no_room, NULL, ))
SCATTERED_ROWS(tally_small_accumulator_subtract_scattered, small_accumulator,
               (no_room, NULL, ))
#undef SCATTERED_ROWS
#define ROOM_ROWS(function)                                                    \
    ROW(function, room, "NULL", TALLY_TOO_SMALL,                               \
        with_rows_done(function(into_small_accumulator,                        \
                                &TALLY_COLUMN(TALLY_F64, wide_doubles, GIVEN), \
                                NULL, NULL, &out.size)))                       \
    ROW(function, room, "giving NULL", TALLY_MEMORY,                           \
        with_rows_done(function(into_small_accumulator,                        \
                                &TALLY_COLUMN(TALLY_F64, wide_doubles, GIVEN), \
                                no_room, NULL, &out.size)))                    \
    ROW(function, user_data, "NULL", TALLY_OK,                                 \
        function(into_small_accumulator, &good_columns.i64, no_room, NULL,     \
                 &out.size))
ROOM_ROWS(tally_small_accumulator_add_scattered)
ROOM_ROWS(tally_small_accumulator_subtract_scattered)
#undef ROOM_ROWS
