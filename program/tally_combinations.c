#define _POSIX_C_SOURCE 200809L

#include "tally_combinations.h"

#include <string.h>

#include "tally_words.h"

/* Refuses an option that has no use without another, or beside it. */
static void refuse(bool wrong, const char *what, const char *option) {
    if (wrong)
        usage_error(what, option);
}

/* Fills in what money has between thousands, and sees what cannot be. */
static void check_spelling(struct spelling *spelling) {
    bool comma = spelling->point == ',';
    if (spelling->money && spelling->thousands == NULL)
        spelling->thousands = comma ? "." : ",";
    char point[2] = {spelling->point != '\0' ? spelling->point : '.', '\0'};
    refuse(spelling->thousands != NULL &&
               strcmp(spelling->thousands, point) == 0,
           "it is the decimal point, too", "--thousands");
}

static bool wants_moments(const struct options *options) {
    return is_asked(options, VAR) || is_asked(options, SD) ||
           is_asked(options, PVAR) || is_asked(options, PSD);
}

void check_options(struct options *options) {
    bool is_table = options->form != OUTPUT_TSV || options->labels ||
                    options->total || options->digits >= 0 ||
                    options->weights.count > 0;
    refuse(options->compare && options->statistic_count > 0,
           "no other statistics can be combined with it", "--compare");
    refuse(options->compare && is_table,
           "it has a form of its own, without labels, totals and digits",
           "--compare");
    refuse(options->rounding_given && options->digits < 0,
           "the option needs --digits", "--round");
    refuse(options->weights.count > 1, "there is one weight", "--weight");
    refuse(options->weights.count > 0 && options->statistic_count > 0 &&
               !is_asked(options, MEAN),
           "the option needs --mean", "--weight");
    refuse(options->weights.count > 0 && wants_moments(options),
           "variances and deviations are not weighted", "--weight");
    check_spelling(&options->spelling);
    refuse(options->compare && (options->save != NULL ||
                                options->loads.count > 0 || options->merge),
           "values cannot be kept", "--compare");
    refuse(options->merge && options->loads.count > 0,
           "the files are loaded anyway", "--merge");
    refuse(options->merge &&
               (options->header || options->all || options->columns.count > 0 ||
                options->groups.count > 0 || options->times.count > 0 ||
                options->weights.count > 0),
           "the columns are those of the totals that were kept", "--merge");
    refuse(options->total && options->groups.count == 0 && !options->merge,
           "the option needs --group", "--total");
    refuse(options->sort && options->groups.count == 0 && !options->merge,
           "the option needs --group", "--sort");
    refuse(options->all && options->columns.count > 0,
           "it takes the place of -c", "--all");
}
