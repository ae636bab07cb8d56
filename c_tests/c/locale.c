/* A process whose locale has a decimal comma and dots between thousands: texts
 * are read and written as in any other. */
#define _POSIX_C_SOURCE 200809L
#include <locale.h>
#include <unistd.h>

#include "../check.h"

static const char definition[] = "LC_NUMERIC\n"
                                 "decimal_point \",\"\n"
                                 "thousands_sep \".\"\n"
                                 "grouping 3\n"
                                 "END LC_NUMERIC\n";

/* Makes the locale in a folder of its own, if there is a localedef. */
static void make_locale(const char *folder) {
    char command[300];
    snprintf(command, sizeof command,
             "cd %s && printf '%s' >comma.in && "
             "localedef -c -i ./comma.in ./comma >/dev/null 2>&1",
             folder, definition);
    int unused = system(command);
    (void)unused;
    setenv("LOCPATH", folder, 1);
}

static bool has_decimal_comma(void) {
    char folder[] = "/tmp/tally_locale_XXXXXX", command[60], text[10];
    CHECK(mkdtemp(folder) != NULL);
    make_locale(folder);
    bool is_set = setlocale(LC_NUMERIC, "comma") != NULL;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT(system(command), 0);
    snprintf(text, sizeof text, "%.1f", 1.5);
    return is_set && strcmp(text, "1,5") == 0;
}

static void texts_have_a_point(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    char text[20];
    for (int i = 0; i < 2; i++) {
        CHECK_OK(tally_accumulator_add_one_f64(&sum, 1234.5));
        CHECK_OK(tally_decimal_add_one_f64(&decimal, 1234.5));
    }
    CHECK_OK(tally_accumulator_value_text(&sum, 1, text, sizeof text, NULL));
    CHECK_TEXT(text, "2469.0");
    CHECK_OK(tally_decimal_value_text(&decimal, TALLY_DECIMAL_AS_WRITTEN, text,
                                      sizeof text, NULL));
    CHECK_TEXT(text, "2469.0");
    CHECK_OK(tally_decimal_mean_text(&decimal, 2, text, sizeof text, NULL));
    CHECK_TEXT(text, "1234.50");
    CHECK_OK(tally_decimal_value_text_rounded(&decimal, 3, TALLY_ROUND_UP, text,
                                              sizeof text, NULL));
    CHECK_TEXT(text, "2469.000");
    CHECK_OK(tally_decimal_mean_text_rounded(&decimal, 0, TALLY_ROUND_UP, text,
                                             sizeof text, NULL));
    CHECK_TEXT(text, "1235");
}

static void texts_are_read_with_a_point(void) {
    static const char numbers[] = "1234.5 -1e3 0.25", comma[] = "1234,5";
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    size_t consumed, values;
    double total = 0;
    CHECK_OK(tally_accumulator_add_text(&sum, numbers, strlen(numbers), ' ', 1,
                                        &consumed, &values));
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 234.75);
    CHECK_OK(tally_decimal_add_text(&decimal, numbers, strlen(numbers), ' ', 1,
                                    &consumed, &values));
    CHECK_OK(tally_decimal_value_f64(&decimal, &total));
    CHECK_DOUBLE(total, 234.75);
    CHECK_REFUSED(tally_accumulator_add_text(&sum, comma, strlen(comma), ' ', 1,
                                             &consumed, &values),
                  TALLY_PARSE, "tally_accumulator_add_text");
    CHECK_REFUSED(tally_decimal_add_one_text(&decimal, comma, strlen(comma)),
                  TALLY_PARSE, "tally_decimal_add_one_text");
}

int main(void) {
    if (!has_decimal_comma()) {
        return skip_all("there is no localedef to make a locale");
    }
    texts_have_a_point();
    texts_are_read_with_a_point();
    return finish();
}
