/*
 * The header alone, twice, with nothing before it; compiled as C and as C++ in
 * every dialect. What it says of itself is checked by the compiler.
 */
/* The formatter would take the second for a mistake. */
/* clang-format off */
#include <tally.h>
#include <tally.h>
/* clang-format on */

#define ASSERT(name, condition) typedef char name[(condition) ? 1 : -1]

ASSERT(status_has_32_bits, sizeof(tally_status) == 4);
ASSERT(type_has_32_bits, sizeof(tally_type) == 4);
ASSERT(statistic_has_32_bits, sizeof(tally_statistic) == 4);
ASSERT(rounding_has_32_bits, sizeof(tally_rounding) == 4);
ASSERT(accumulator_has_320_bytes, sizeof(tally_accumulator) == 320);
ASSERT(saved_form_fits_its_macro, TALLY_ACCUMULATOR_SAVED_MAX == 320);
ASSERT(version_number_is_composed_right,
       TALLY_VERSION_NUMBER == EXPECTED_NUMBER);
ASSERT(version_text_is_right_in_length,
       sizeof(TALLY_VERSION) == sizeof(EXPECTED_VERSION));
ASSERT(record_starts_with_its_id, offsetof(tally_record, id) == 0);
ASSERT(name_follows_id, offsetof(tally_record, name) == sizeof(char *));
ASSERT(value_follows_name, offsetof(tally_record, value) == 2 * sizeof(char *));

#if TALLY_VERSION_NUMBER < 1
#error "the version number is no use to the preprocessor"
#endif

/* Initializers are constant. */
static const int32_t numbers[3] = {1, 2, 3};
static const tally_column a_column = TALLY_COLUMN_INIT(TALLY_I32, numbers, 3);
static tally_column columns[2] = {
    TALLY_COLUMN_INIT(TALLY_I32, numbers, 3),
    TALLY_COLUMN_INIT(TALLY_F16, 0, 0),
};

int uses_the_header(void);
int uses_the_header(void) {
    tally_accumulator empty = TALLY_ACCUMULATOR_INIT;
    tally_column column = TALLY_COLUMN(TALLY_I32, numbers, 3);
    columns[0] = column;
    return (int)empty.opaque[0] + (int)(columns[1].stride - a_column.stride);
}

/* Included once more, it declares what it was told to leave out. */
#ifdef TALLY_NO_CLASSIC
#undef TALLY_NO_CLASSIC
#include <tally.h>
#endif

int uses_the_classic_names(void);
int uses_the_classic_names(void) {
    return rust_function(rust_function_system(1));
}
