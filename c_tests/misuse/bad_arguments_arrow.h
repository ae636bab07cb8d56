/* Rows of bad_arguments.c: columns of Arrow. What their structs can have wrong
 * is in c/arrow_malformed.c. */

#define ARROW_ROWS(function, state, name, column, before, after)               \
    ROW(function, column, "NULL", TALLY_INVALID,                               \
        function(&out.state, &batch.schema, &batch.array,                      \
                 LIST before NULL LIST after))                                 \
    ROW(function, column, "no such column", TALLY_INVALID,                     \
        function(&out.state, &batch.schema, &batch.array,                      \
                 LIST before name "!" LIST after))                             \
    ROW(function, column, "no path", TALLY_INVALID,                            \
        function(&out.state, &batch.schema, &batch.array,                      \
                 LIST before "[0" LIST after))                                 \
    ROW(function##_stream, column, "NULL", TALLY_INVALID,                      \
        function##_stream(&out.state, a_stream(),                              \
                          LIST before NULL LIST after))                        \
    ROW(function##_stream, column, "no such column", TALLY_INVALID,            \
        function##_stream(&out.state, a_stream(),                              \
                          LIST before name "!" LIST after))

#define ARROW_KIND_ROWS(kind, ...)                                             \
    CHANGE_ROWS(tally_##kind##_add_arrow, into, kind, &batch.schema,           \
                &batch.array, __VA_ARGS__)                                     \
    CHANGE_ROWS(tally_##kind##_add_arrow_stream, into, kind, a_stream(),       \
                __VA_ARGS__)                                                   \
    ROW(tally_##kind##_add_arrow, schema, "NULL", TALLY_NULL,                  \
        tally_##kind##_add_arrow(&out.kind, NULL, &batch.array, __VA_ARGS__))  \
    ROW(tally_##kind##_add_arrow, schema, "released", TALLY_INVALID,           \
        tally_##kind##_add_arrow(&out.kind, &released.schema, &batch.array,    \
                                 __VA_ARGS__))                                 \
    ROW(tally_##kind##_add_arrow, array, "NULL", TALLY_NULL,                   \
        tally_##kind##_add_arrow(&out.kind, &batch.schema, NULL, __VA_ARGS__)) \
    ROW(tally_##kind##_add_arrow, array, "released", TALLY_INVALID,            \
        tally_##kind##_add_arrow(&out.kind, &batch.schema, &released.array,    \
                                 __VA_ARGS__))                                 \
    ROW(tally_##kind##_add_arrow_stream, stream, "NULL", TALLY_NULL,           \
        tally_##kind##_add_arrow_stream(&out.kind, NULL, __VA_ARGS__))         \
    ROW(tally_##kind##_add_arrow_stream, stream, "released", TALLY_INVALID,    \
        tally_##kind##_add_arrow_stream(&out.kind, &released_stream,           \
                                        __VA_ARGS__))                          \
    ROW(tally_##kind##_add_arrow_stream, stream, "fails", TALLY_CALLBACK,      \
        tally_##kind##_add_arrow_stream(&out.kind, a_failing_stream(),         \
                                        __VA_ARGS__))

ARROW_KIND_ROWS(accumulator, "x")
ARROW_ROWS(tally_accumulator_add_arrow, accumulator, "x", column, (), ())
ARROW_KIND_ROWS(moments, "x")
ARROW_ROWS(tally_moments_add_arrow, moments, "x", column, (), ())
ARROW_KIND_ROWS(decimal, "x")
ARROW_ROWS(tally_decimal_add_arrow, decimal, "x", column, (), ())
ARROW_KIND_ROWS(product_accumulator, "x", "x")
ARROW_ROWS(tally_product_accumulator_add_arrow, product_accumulator, "x", x, (),
           (, "x"))
ARROW_ROWS(tally_product_accumulator_add_arrow, product_accumulator, "x", y,
           ("x", ), ())

ROW(tally_column_from_arrow, schema, "NULL", TALLY_NULL,
    tally_column_from_arrow(NULL, &batch_x.array, &out.column))
ROW(tally_column_from_arrow, schema, "released", TALLY_INVALID,
    tally_column_from_arrow(&released.schema, &batch_x.array, &out.column))
ROW(tally_column_from_arrow, schema, "a struct", TALLY_INVALID,
    tally_column_from_arrow(&batch.schema, &batch.array, &out.column))
ROW(tally_column_from_arrow, array, "NULL", TALLY_NULL,
    tally_column_from_arrow(&batch_x.schema, NULL, &out.column))
ROW(tally_column_from_arrow, array, "released", TALLY_INVALID,
    tally_column_from_arrow(&batch_x.schema, &released.array, &out.column))
ROW(tally_column_from_arrow, column, "NULL", TALLY_NULL,
    tally_column_from_arrow(&batch_x.schema, &batch_x.array, NULL))
