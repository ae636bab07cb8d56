/* Reported faults of sums and means along an axis: floats whose totals stand
 * still, and another total along an axis than of the same column alone. */
#include "reports.h"

enum { ROWS = 40001, COLUMNS = 3 };

/* A column of a large value and many ones, one of equal values, and one of
 * tenths. By rows, and each column by itself. */
static float by_rows[ROWS][COLUMNS], by_columns[COLUMNS][ROWS];

static void make(void) {
    for (size_t r = 0; r < ROWS; r++) {
        const float row[COLUMNS] = {r == 0 ? 0x1p24F : 1, 1013.25F, 0.1F};
        for (size_t c = 0; c < COLUMNS; c++) {
            by_rows[r][c] = by_columns[c][r] = row[c];
        }
    }
}

/* numpy/numpy#22956, #8869, #11331, #29772, #20684, #15093, #8170: the mean
 * along axis 0 is added up in a float, row by row. NCAR/ncl#126: and so is the
 * sum, of which the same field has another one. */
static void floats_along_an_axis(void) {
    const double wrong_sums[] = {0x1p24, 40531700, 4001.653076171875};
    const double wrong_means[] = {0x1p24 / ROWS, 40531700.0 / ROWS,
                                  4001.653076171875 / ROWS};
    /* 2^24 + 40000, 1013.25 * 40001, and 0.1F * 40001. */
    const double sums[] = {16817216, 40531013.25, 4000.100059606135};
    const double means[] = {420.41988950276243, 1013.25, 0.10000000149011612};
    tally_column row = TALLY_COLUMN(TALLY_F32, by_rows[0], COLUMNS);
    tally_column line = TALLY_COLUMN(TALLY_F32, by_columns[0], ROWS);
    double found[COLUMNS], other[COLUMNS];
    CHECK_OK(tally_axis(&row, ROWS, sizeof *by_rows, 0, TALLY_SUM, 0, found));
    CHECK_OK(
        tally_axis(&line, COLUMNS, sizeof *by_columns, 1, TALLY_SUM, 0, other));
    for (size_t c = 0; c < COLUMNS; c++) {
        CHECK_REPORT(running_sum_f32(by_columns[c], ROWS), wrong_sums[c],
                     found[c], sums[c]);
        CHECK_DOUBLE(other[c], sums[c]);
    }
    CHECK_OK(tally_axis(&row, ROWS, sizeof *by_rows, 0, TALLY_MEAN, 0, found));
    CHECK_OK(tally_axis_parallel(&row, ROWS, sizeof *by_rows, 0, TALLY_MEAN, 0,
                                 2, other));
    for (size_t c = 0; c < COLUMNS; c++) {
        CHECK_REPORT(running_sum_f32(by_columns[c], ROWS) / ROWS,
                     wrong_means[c], found[c], means[c]);
        CHECK_DOUBLE(other[c], means[c]);
    }
    /* What has no spread has no variance. */
    CHECK_OK(
        tally_axis(&row, ROWS, sizeof *by_rows, 0, TALLY_VARIANCE, 0, found));
    CHECK_DOUBLE(found[1], 0);
    CHECK_DOUBLE(found[2], 0);
}

/* JuliaLang/julia#58485, #62869, #30421: a sum along a dimension, one of an
 * array and one of a generator add in different orders. */
static void the_same_sum_however_it_is_asked_for(void) {
    enum { LINES = 1000 };
    static double matrix[LINES][COLUMNS], column[LINES];
    const double powers[COLUMNS] = {0x1p-20, 0x1p-3, 0x1p-30};
    int64_t units[COLUMNS] = {0};
    uint64_t seed = 5;
    for (size_t r = 0; r < LINES; r++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            int64_t integer = (int64_t)random_word(&seed) >> (64 - 53);
            units[c] += integer;
            matrix[r][c] = (double)integer * powers[c];
        }
    }
    tally_column row = TALLY_COLUMN(TALLY_F64, matrix[0], COLUMNS);
    double along[COLUMNS], found;
    CHECK_OK(tally_axis(&row, LINES, sizeof *matrix, 0, TALLY_SUM, 0, along));
    for (size_t c = 0; c < COLUMNS; c++) {
        double right = (double)units[c] * powers[c];
        CHECK_DOUBLE(along[c], right);
        for (size_t r = 0; r < LINES; r++) {
            column[r] = matrix[r][c];
        }
        CHECK(running_sum(column, LINES) != pairwise_sum(column, LINES));
        CHECK_OK(tally_sum_f64(column, LINES, &found));
        CHECK_DOUBLE(found, right);
        tally_column strided = TALLY_COLUMN(TALLY_F64, &matrix[0][c], LINES);
        strided.stride = sizeof *matrix;
        CHECK_OK(tally_column_sum(&strided, &found));
        CHECK_DOUBLE(found, right);
        tally_accumulator generated = TALLY_ACCUMULATOR_INIT;
        for (size_t r = LINES; r-- > 0;) {
            CHECK_OK(tally_accumulator_add_one_f64(&generated, column[r]));
        }
        CHECK_OK(tally_accumulator_value_f64(&generated, &found));
        CHECK_DOUBLE(found, right);
    }
}

int main(void) {
    make();
    floats_along_an_axis();
    the_same_sum_however_it_is_asked_for();
    return finish();
}
