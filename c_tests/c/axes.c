/* Axes of matrices against plain loops over small integers, which lose nothing:
 * rows and columns of any stride, by rows and by columns, masked, with results
 * at any alignment, on several threads. */
#include <float.h>
#include <math.h>

#include "../check.h"

enum { ROWS = 300, COLUMNS = 40, ELEMENTS = ROWS * COLUMNS };

static int cells[ROWS][COLUMNS];
static bool there[ROWS][COLUMNS];
static uint8_t bits[ELEMENTS / 8 + 1];

static void make(void) {
    uint64_t state = 1;
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            size_t place = r * COLUMNS + c + 3;
            cells[r][c] = (int)(random_word(&state) % 2001) - 1000;
            there[r][c] = random_word(&state) % 10 > 0;
            bits[place / 8] |= (uint8_t)((unsigned)there[r][c] << place % 8);
        }
    }
}

static double mean(int axis, size_t index, bool masked) {
    size_t count = 0;
    double sum = 0;
    for (size_t i = 0; i < (axis == 0 ? ROWS : COLUMNS); i++) {
        size_t r = axis == 0 ? i : index, c = axis == 0 ? index : i;
        if (!masked || there[r][c]) {
            sum += cells[r][c];
            count++;
        }
    }
    return count == 0 ? NAN : sum / (double)count;
}

/* `base` is where the element in row 0 and column 0 lies. */
static void check(tally_type type, const void *base, ptrdiff_t stride,
                  ptrdiff_t row_stride, bool masked) {
    static unsigned char bytes[8 * ROWS + 8];
    tally_column row = TALLY_COLUMN(type, base, COLUMNS);
    row.stride = stride;
    row.validity = masked ? bits : NULL;
    row.offset = masked ? 3 : 0;
    for (int axis = 0; axis < 2; axis++) {
        size_t count = axis == 0 ? COLUMNS : ROWS;
        for (size_t shift = 0; shift < 8; shift += 5) {
            double *to = (double *)(void *)(bytes + shift);
            for (int threads = 0; threads < 2; threads++) {
                memset(bytes, 0, sizeof bytes);
                if (threads == 0) {
                    CHECK_OK(tally_axis(&row, ROWS, row_stride, axis,
                                        TALLY_MEAN, 0, to));
                } else {
                    CHECK_OK(tally_axis_parallel(&row, ROWS, row_stride, axis,
                                                 TALLY_MEAN, 0, 2, to));
                }
                for (size_t i = 0; i < count; i++) {
                    double found;
                    memcpy(&found, bytes + shift + 8 * i, sizeof found);
                    CHECK_DOUBLE(found, mean(axis, i, masked));
                }
            }
        }
    }
}

static void every_layout(void) {
    static double by_rows[ROWS][COLUMNS], by_columns[COLUMNS][ROWS];
    static float padded[ROWS][COLUMNS + 5];
    static int16_t backward[ROWS][2 * COLUMNS];
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            by_rows[r][c] = by_columns[c][r] = cells[r][c];
            padded[r][c] = (float)cells[r][c];
            backward[ROWS - 1 - r][2 * (COLUMNS - 1 - c)] =
                (int16_t)cells[r][c];
        }
        for (size_t c = COLUMNS; c < COLUMNS + 5; c++) {
            padded[r][c] = NAN;
        }
    }
    for (int masked = 0; masked < 2; masked++) {
        check(TALLY_F64, by_rows, 8, sizeof *by_rows, masked);
        check(TALLY_F64, by_columns, sizeof *by_columns, 8, masked);
        check(TALLY_F32, padded, 4, sizeof *padded, masked);
        check(TALLY_I16, &backward[ROWS - 1][2 * (COLUMNS - 1)], -4,
              -(ptrdiff_t)sizeof *backward, masked);
    }
}

static void rows_in_one_place(void) {
    const double one[3] = {1e300, -0.0, 2.5};
    tally_column row = TALLY_COLUMN(TALLY_F64, one, 3);
    double results[5];
    CHECK_OK(tally_axis(&row, 5, 0, 0, TALLY_SUM, 0, results));
    CHECK_DOUBLE(results[0], 5e300);
    CHECK(results[1] == 0 && signbit(results[1]));
    CHECK_DOUBLE(results[2], 12.5);
    CHECK_OK(tally_axis(&row, 5, 0, 1, TALLY_SUM, 0, results));
    CHECK_DOUBLE(results[4], 1e300);
    row.count = 0;
    CHECK_OK(tally_axis(&row, 5, 0, 1, TALLY_SUM, 0, results));
    CHECK(results[4] == 0 && !signbit(results[4]));
    CHECK_OK(tally_axis(&row, 5, 0, 1, TALLY_MEAN, 0, results));
    CHECK(isnan(results[0]));
}

/* Of the columns 1, 3 and DBL_MAX, -DBL_MAX; and of the rows. */
static void spreads_and_results_beyond_the_doubles(void) {
    const double values[2][2] = {{1, DBL_MAX}, {3, -DBL_MAX}};
    tally_column row = TALLY_COLUMN(TALLY_F64, values, 2);
    double results[2];
    CHECK_OK(tally_axis(&row, 2, 16, 0, TALLY_VARIANCE, 0, results));
    CHECK_DOUBLE(results[0], 1);
    CHECK_DOUBLE(results[1], INFINITY);
    CHECK_OK(tally_axis(&row, 2, 16, 0, TALLY_STANDARD_DEVIATION, 0, results));
    CHECK_DOUBLE(results[0], 1);
    CHECK_DOUBLE(results[1], DBL_MAX);
    CHECK_OK(tally_axis(&row, 2, 16, 0, TALLY_VARIANCE, 1, results));
    CHECK_DOUBLE(results[0], 2);
    CHECK_OK(tally_axis(&row, 2, 16, 0, TALLY_VARIANCE, 2, results));
    CHECK(isnan(results[0]) && isnan(results[1]));
    /* The same row twice. */
    CHECK_OK(tally_axis(&row, 2, 0, 0, TALLY_SUM, 0, results));
    CHECK_DOUBLE(results[1], INFINITY);
    row.values = values[1];
    CHECK_OK(tally_axis(&row, 2, 0, 0, TALLY_SUM, 0, results));
    CHECK_DOUBLE(results[1], -INFINITY);
}

int main(void) {
    make();
    every_layout();
    rows_in_one_place();
    spreads_and_results_beyond_the_doubles();
    return finish();
}
