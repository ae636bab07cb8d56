/*
 * Which column of Arrow is meant: names, paths, and types that are not taken.
 */
#include "../arrow.h"

static void names_are_found_exactly(void) {
    static const char *const names[] = {"a", ".b", "a[0]", "same"};
    static const double number[] = {1, 2, 4, 8};
    struct arrow_data batch, fields[ARROW_FIELDS];
    const struct {
        const char *column;
        double total;
        const char *message;
    } cases[] = {
        {"a", 1, ""},
        {".a", 1, ""},
        {".\\.b", 2, ""},
        {"a[0]", 4, ""},
        {".a\\[0]", 4, ""},
        {"[2]", 4, ""},
        {"same", 8, ""},
        {".b", 0, "schema has no field \"b\""},
        {"A", 0, "schema has no field \"A\""},
        {"", 0, "schema has no field \"\""},
        {"[4]", 0, "schema has no field 4: it has 4 fields"},
        {"[99999999999999999999]", 0,
         "schema has no field 99999999999999999999: it has 4 fields"},
        {"[00000000000000000000000000000000000000000002]", 4, ""},
        {"[999999999999999999999999999999999999999999999]", 0,
         "no field 9999999999999999999999999999999999999999...: it has 4"},
        {".a[0]", 0,
         "schema->children[0] has no field 0: format \"g\" is double"},
        {".a.b", 0, "schema->children[0] has no field \"b\""},
        {"[x]", 0, "column: \"[x]\": expected a number and ']', at byte 1"},
        {"[0]a", 0, "column: \"[0]a\": expected '.' or '[', at byte 3"},
        {NULL, 0, "schema: format \"+s\" is a struct: select a field of it"},
    };
    make_arrow(&batch, "+s", NULL, 1, 0, NULL, NULL);
    for (int i = 0; i < ARROW_FIELDS; i++) {
        make_arrow(&fields[i], "g", names[i], 1, 0, NULL, &number[i]);
        add_arrow_field(&batch, &fields[i]);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        double total;
        tally_status status = tally_accumulator_add_arrow(
            &sum, &batch.schema, &batch.array, cases[i].column);
        CHECK_INT(status, *cases[i].message == '\0' ? TALLY_OK : TALLY_INVALID);
        CHECK_CONTAINS(tally_last_message(), cases[i].message);
        CHECK_OK(tally_accumulator_value_f64(&sum, &total));
        CHECK_DOUBLE(total, cases[i].total);
    }
    /* A name that two have is that of neither; no name is an empty one. */
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    fields[0].schema.name = "same";
    fields[1].schema.name = NULL;
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array, "same"),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_CONTAINS(tally_last_message(), "more than one field \"same\"");
    CHECK_OK(
        tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array, ""));
    CHECK_OK(
        tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array, "."));
    double total;
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 4);
}

static void a_backslash_hides_in_paths_only(void) {
    static const double two = 2;
    struct arrow_data batch, field;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    make_arrow(&batch, "+s", NULL, 1, 0, NULL, NULL);
    make_arrow(&field, "g", "a\\.b", 1, 0, NULL, &two);
    add_arrow_field(&batch, &field);
    CHECK_OK(tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array,
                                         "a\\.b"));
    CHECK_OK(tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array,
                                         ".a\\\\\\.b"));
    double total;
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 4);
    CHECK_REFUSED(tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array,
                                              ".a\\.b"),
                  TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array, "[1]"),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_CONTAINS(tally_last_message(), "has no field 1: it has 1 field");
    CHECK(strstr(tally_last_message(), "fields") == NULL);
}

static const double values[2];

static void other_types_are_named(void) {
    static const char *const names[][2] = {
        {"n", "null"},
        {"u", "utf8 string"},
        {"U", "utf8 string"},
        {"vu", "string view"},
        {"z", "binary"},
        {"vz", "binary view"},
        {"w:4", "fixed-size binary"},
        {"tdD", "date"},
        {"ttn", "time"},
        {"tsu:", "timestamp"},
        {"tsn:UTC", "timestamp"},
        {"tDs", "duration"},
        {"tiM", "interval"},
        {"+l", "list"},
        {"+w:2", "list"},
        {"+vl", "list view"},
        {"+m", "map"},
        {"+ud:0", "union"},
        {"+r", "run-end encoded"},
        {"", "empty"},
        {"q", "no known type"},
        {"gg", "no known type"},
        {"\xff\n", "\"\\xff\\x0a\""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arrow_data data;
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        tally_decimal decimal = TALLY_DECIMAL_INIT;
        tally_column column, untouched;
        memset(&untouched, 0xa5, sizeof untouched);
        column = untouched;
        make_arrow(&data, names[i][0], NULL, 1, 0, NULL, values);
        CHECK_REFUSED(
            tally_accumulator_add_arrow(&sum, &data.schema, &data.array, NULL),
            TALLY_INVALID, "tally_accumulator_add_arrow");
        CHECK_CONTAINS(tally_last_message(), names[i][1]);
        CHECK_REFUSED(
            tally_decimal_add_arrow(&decimal, &data.schema, &data.array, NULL),
            TALLY_INVALID, "tally_decimal_add_arrow");
        CHECK_CONTAINS(tally_last_message(), names[i][1]);
        CHECK_REFUSED(
            tally_column_from_arrow(&data.schema, &data.array, &column),
            TALLY_INVALID, "tally_column_from_arrow");
        CHECK_CONTAINS(tally_last_message(), names[i][1]);
        CHECK_BYTES(&column, &untouched, sizeof column);
    }
    struct arrow_data data, dictionary;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    tally_column column, untouched;
    memset(&untouched, 0xa5, sizeof untouched);
    column = untouched;
    make_arrow(&data, "d:38,2", NULL, 1, 0, NULL, values);
    CHECK_REFUSED(tally_column_from_arrow(&data.schema, &data.array, &column),
                  TALLY_INVALID, "tally_column_from_arrow");
    CHECK_BYTES(&column, &untouched, sizeof column);
    make_arrow(&data, "i", NULL, 1, 0, NULL, values);
    make_arrow(&dictionary, "u", NULL, 1, 0, NULL, values);
    data.schema.dictionary = &dictionary.schema;
    data.array.dictionary = &dictionary.array;
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&sum, &data.schema, &data.array, NULL),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_CONTAINS(tally_last_message(), "dictionary-encoded");
}

static void a_long_path_is_refused(void) {
    /* A struct that is its own field. */
    struct arrow_data loop;
    char path[3 * 100 + 1] = "";
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    make_arrow(&loop, "+s", "x", 5, 0, NULL, NULL);
    add_arrow_field(&loop, &loop);
    for (int i = 0; i < 100; i++) {
        strcat(path, "[0]");
    }
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&sum, &loop.schema, &loop.array, path),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_CONTAINS(tally_last_message(), "more than 64 structs");
    path[3 * 64] = '\0';
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&sum, &loop.schema, &loop.array, path),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    CHECK_CONTAINS(tally_last_message(),
                   "schema->...->children[0]->children[0]->children[0]->"
                   "children[0]->children[0]: format \"+s\" is a struct");
    /* As many as may be. */
    struct arrow_data levels[64], leaf;
    double one = 1, total;
    uint8_t bits[1];
    make_arrow(&leaf, "g", "x", 1, 0, NULL, &one);
    for (int i = 63; i >= 0; i--) {
        bits[0] = 1;
        make_arrow(&levels[i], "+s", "x", 1, 0, bits, NULL);
        add_arrow_field(&levels[i], i == 63 ? &leaf : &levels[i + 1]);
    }
    leaf.buffers[0] = bits;
    leaf.array.null_count = -1;
    CHECK_OK(tally_accumulator_add_arrow(&sum, &levels[0].schema,
                                         &levels[0].array, path));
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 1);
}

int main(void) {
    names_are_found_exactly();
    a_backslash_hides_in_paths_only();
    other_types_are_named();
    a_long_path_is_refused();
    return finish();
}
