/* By Visual C++'s conventions, without its C library: linked by the import
 * library that other tools make of tally.def. The exit status is 0 if all is
 * right. */
#include <tally.h>

int _fltused; /* what that compiler asks for where doubles are used */

int start(void) {
    static const double values[] = {1e100, 1.0, -1e100};
    static const float floats[] = {0.5f, 0.25f};
    tally_column column = TALLY_COLUMN(TALLY_F32, floats, 2);
    static tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double total = 0;
    if (tally_sum_f64(values, 3, &total) != TALLY_OK || total != 1.0)
        return 1;
    if (tally_accumulator_add(&sum, &column) != TALLY_OK ||
        tally_accumulator_value_f64(&sum, &total) != TALLY_OK || total != 0.75)
        return 2;
    if (tally_sum_f64(0, 3, &total) != TALLY_NULL || *tally_last_message() == 0)
        return 3;
    return rust_function(21) == 42 ? 0 : 4;
}
