#define _POSIX_C_SOURCE 200809L

#include "tally_combinations.h"

#include <string.h>

#include "tally_words.h"

static void refuse(bool wrong, const char *what) {
    if (wrong)
        bad_combination(what);
}

/* Fills in what money has between thousands, and sees what cannot be. */
static void check_spelling(struct spelling *spelling) {
    bool comma = spelling->point == ',';
    if (spelling->money && spelling->thousands == NULL)
        spelling->thousands = comma ? "." : ",";
    char point[2] = {spelling->point != '\0' ? spelling->point : '.', '\0'};
    refuse(spelling->thousands != NULL &&
               strcmp(spelling->thousands, point) == 0,
           "the decimal point cannot separate thousands, too");
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
           "--compare cannot be combined with other statistics");
    refuse(options->compare && is_table,
           "--compare cannot be combined with --to, --labels, --total, "
           "--digits or --weight");
    refuse(options->rounding_given && options->digits < 0,
           "--round needs --digits");
    refuse(options->weights.count > 1, "--weight can be given only once");
    refuse(options->weights.count > 0 && options->statistic_count > 0 &&
               !is_asked(options, MEAN),
           "--weight needs --mean");
    refuse(options->weights.count > 0 && wants_moments(options),
           "--weight cannot be combined with --var, --sd, --pvar or --psd");
    check_spelling(&options->spelling);
    refuse(options->compare && (options->save != NULL ||
                                options->loads.count > 0 || options->merge),
           "--compare cannot be combined with --save, --load or --merge");
    refuse(options->merge && options->loads.count > 0,
           "--merge cannot be combined with --load");
    refuse(options->merge &&
               (options->header || options->all || options->columns.count > 0 ||
                options->groups.count > 0 || options->times.count > 0 ||
                options->weights.count > 0),
           "--merge takes the columns of the saved totals: it cannot be "
           "combined with -H, --all, -c, -g, --times or --weight");
    refuse(options->total && options->groups.count == 0 && !options->merge,
           "--total needs --group");
    refuse(options->sort && options->groups.count == 0 && !options->merge,
           "--sort needs --group");
    refuse(options->all && options->columns.count > 0,
           "--all cannot be combined with -c");
}
