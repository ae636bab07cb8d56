/* Reported faults of sums in progress: values that cannot be taken out again,
 * and totals that depend on how many processes or threads had a part. */
#include "reports.h"

/* apache/datafusion#22138: what is left of an empty frame is no 0 / 0, nor a
 * rest divided by nothing. */
static void an_empty_frame(void) {
    const double values[] = {0.1, 0.2};
    volatile double rest = running_sum(values, 2);
    rest = rest - values[0];
    rest = rest - values[1];
    tally_accumulator frame = TALLY_ACCUMULATOR_INIT, empty = frame;
    double total, mean = 7;
    CHECK_OK(tally_accumulator_add_f64(&frame, values, 2));
    CHECK_OK(tally_accumulator_subtract_one_f64(&frame, values[0]));
    CHECK_OK(tally_accumulator_subtract_one_f64(&frame, values[1]));
    CHECK_OK(tally_accumulator_value_f64(&frame, &total));
    CHECK_REPORT(rest, 2.7755575615628914e-17, total, 0);
    CHECK_BYTES(&frame, &empty, sizeof frame);
    CHECK_DOUBLE(rest / 0.0, INFINITY);
    CHECK_REFUSED(tally_accumulator_mean_f64(&frame, &mean), TALLY_INVALID,
                  "tally_accumulator_mean_f64");
    CHECK_DOUBLE(mean, 7);
}

/* apache/datafusion#22763: covariances and correlations, a pair of which is
 * taken out again. */
static void pairs_leave_a_covariance(void) {
    const double x[] = {3e15, 1, 2, 4}, y[] = {2e15, 0.5, 0.25, 2};
    volatile double sum_x = 0, sum_y = 0, sum_xy = 0;
    for (size_t i = 0; i < 5; i++) {
        double sign = i == 4 ? -1 : 1;
        volatile double product = x[i % 4] * y[i % 4];
        sum_x = sum_x + sign * x[i % 4];
        sum_y = sum_y + sign * y[i % 4];
        sum_xy = sum_xy + sign * product;
    }
    volatile double means = sum_x * sum_y;
    volatile double third = means / 3;
    tally_moments a = TALLY_MOMENTS_INIT, b = a;
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    double covariance, correlation;
    CHECK_OK(tally_moments_add_f64(&a, x, 4));
    CHECK_OK(tally_moments_add_f64(&b, y, 4));
    CHECK_OK(tally_product_accumulator_add_f64(&products, x, y, 4));
    CHECK_OK(tally_moments_subtract_one_f64(&a, x[0]));
    CHECK_OK(tally_moments_subtract_one_f64(&b, y[0]));
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&products, x[0], y[0]));
    CHECK_OK(tally_moments_covariance_f64(&a, &b, &products, 1, &covariance));
    CHECK_REPORT((sum_xy - third) / 2, -3.2083333333333335, covariance,
                 1.2916666666666667);
    CHECK_OK(tally_moments_correlation_f64(&a, &b, &products, &correlation));
    CHECK_DOUBLE(correlation, 0.8934051474415642);
}

/* www.mail-archive.com/pgsql-hackers@postgresql.org/msg229819.html: why a sum
 * of floats got no inverse transition. Frames from each row to the last. */
static void frames_that_shrink(void) {
    const double rows[] = {3e19, 0.5, 4, 0.25};
    const double wrong[] = {3e19, 0, -0.5, -4.5};
    const double right[] = {3e19, 4.75, 4.25, 0.25};
    volatile double sum = running_sum(rows, 4);
    tally_accumulator frame = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&frame, rows, 4));
    for (size_t row = 0; row < 4; row++) {
        double total;
        CHECK_OK(tally_accumulator_value_f64(&frame, &total));
        if (row == 0) {
            CHECK_DOUBLE(total, right[row]);
        } else {
            CHECK_REPORT(sum, wrong[row], total, right[row]);
        }
        sum = sum - rows[row];
        CHECK_OK(tally_accumulator_subtract_one_f64(&frame, rows[row]));
    }
}

/* apache/fluss#2916, spiceai/spiceai#11389, garden-co/jazz#1298,
 * MaterializeInc/materialize#8492, datafusion-contrib/StreamFusion#157: a view
 * that rows leave again must be as if they had never come, NaN and infinities
 * too. */
static void retractions(void) {
    const double stay[] = {12.25, 8.1}, leave[] = {NAN, 1e25, -INFINITY, 3.3};
    volatile double sum = running_sum(stay, 2);
    for (size_t i = 0; i < 4; i++) {
        sum = sum + leave[i];
    }
    for (size_t i = 0; i < 4; i++) {
        sum = sum - leave[i];
    }
    tally_accumulator view = TALLY_ACCUMULATOR_INIT, kept = view, out = view;
    double found;
    int64_t nan, positive, negative;
    CHECK_OK(tally_accumulator_add_f64(&kept, stay, 2));
    CHECK_OK(tally_accumulator_add_f64(&view, leave, 4));
    CHECK_OK(tally_accumulator_add_f64(&view, stay, 2));
    CHECK_OK(
        tally_accumulator_special_counts(&view, &nan, &positive, &negative));
    CHECK_INT(nan, 1);
    CHECK_INT(positive, 0);
    CHECK_INT(negative, 1);
    CHECK_OK(tally_accumulator_add_f64(&out, leave, 4));
    CHECK_OK(tally_accumulator_unmerge(&view, &out));
    CHECK_OK(tally_accumulator_value_f64(&view, &found));
    CHECK_REPORT(sum, NAN, found, 20.35);
    CHECK_BYTES(&view, &kept, sizeof view);

    /* Retractions may come before what they retract. */
    CHECK_OK(tally_accumulator_subtract_one_f64(&view, leave[1]));
    CHECK_OK(tally_accumulator_add_one_f64(&view, leave[1]));
    CHECK_BYTES(&view, &kept, sizeof view);
    CHECK_OK(tally_accumulator_value_f64(&view, &found));
    sum = running_sum(stay, 2);
    sum = sum - leave[1];
    sum = sum + leave[1];
    CHECK_REPORT(sum, 0, found, 20.35);

    /* A refund, in cents. */
    const double bought[] = {120.4, 79.6};
    tally_decimal sales = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_f64(&sales, bought, 2));
    CHECK_OK(tally_decimal_subtract_one_f64(&sales, bought[1]));
    CHECK_OK(tally_decimal_value_f64(&sales, &found));
    CHECK_DOUBLE(found, 120.4);
}

/* Threads share long arrays only. */
enum { MOST = 600000, FEW = 60000, MOST_PARTS = 64 };

static double values[MOST], others[MOST];
static float floats[FEW];

/* The first row of a part. */
static size_t start_of(size_t part, size_t parts, size_t rows) {
    return rows * part / parts;
}

/* E3SM-Project/E3SM#8722, #4700, #6456, ESCOMP/CMEPS#650, ESCOMP/CISM#78,
 * ESMCI/cime#1709, COSIMA/access-om3#40, stfc/PSyclone#3409: a global sum is
 * another with other numbers of processes. So it is with other sizes of block
 * on a GPU: pytorch/pytorch#60367, tensorflow/tensorflow#3103,
 * NVIDIA/cccl#1558, NVIDIA/cub#108, lattice/quda#1446. Three fields in one
 * reduction: doubles, floats, and floats once more. */
static void any_number_of_processes(void) {
    const size_t numbers[] = {1, 3, 7, 16, MOST_PARTS};
    uint64_t seed = 3;
    double right = ldexp((double)known_values(values, FEW, 34, &seed), -12);
    double right32 = ldexp((double)known_values(others, FEW, 24, &seed), -12);
    for (size_t i = 0; i < FEW; i++) {
        floats[i] = (float)others[i];
    }
    unsigned char first[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t first_size = 0;
    double common[LENGTH(numbers)];
    for (size_t n = 0; n < LENGTH(numbers); n++) {
        size_t parts = numbers[n];
        tally_accumulator total[3] = {TALLY_ACCUMULATOR_INIT,
                                      TALLY_ACCUMULATOR_INIT,
                                      TALLY_ACCUMULATOR_INIT};
        volatile double sum = 0;
        for (size_t i = 0; i < parts; i++) {
            /* They come in no order. */
            size_t part = i * 5 % parts, start = start_of(part, parts, FEW);
            size_t count = start_of(part + 1, parts, FEW) - start;
            sum = sum + running_sum(values + start, count);
            tally_accumulator own[3] = {TALLY_ACCUMULATOR_INIT,
                                        TALLY_ACCUMULATOR_INIT,
                                        TALLY_ACCUMULATOR_INIT};
            CHECK_OK(tally_accumulator_add_f64(&own[0], values + start, count));
            CHECK_OK(tally_accumulator_add_f32(&own[1], floats + start, count));
            CHECK_OK(tally_accumulator_add_f32(&own[2], floats + start, count));
            tally_accumulator_combine(own, total, 3);
            CHECK_RECORD(TALLY_OK, "");
        }
        common[n] = sum;
        double found[3];
        for (size_t field = 0; field < 3; field++) {
            CHECK_OK(tally_accumulator_value_f64(&total[field], &found[field]));
        }
        CHECK_DOUBLE(found[0], right);
        CHECK_DOUBLE(found[1], right32);
        CHECK_DOUBLE(found[2], right32);
        unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
        size_t size;
        CHECK_OK(tally_accumulator_save(&total[0], saved, sizeof saved, &size));
        if (n == 0) {
            memcpy(first, saved, size);
            first_size = size;
        }
        CHECK_SIZE(size, first_size);
        CHECK_BYTES(saved, first, first_size);
    }
    CHECK(count_distinct(common, LENGTH(numbers)) > 1);
}

/* hypre-space/hypre#467, bertiniteam/b2#378, mfem/mfem#1878,
 * SALMON-TDDFT/SALMON2#860, proximafusion/vmecpp#763: a dot product by OpenMP
 * is another in each run. Factors of 1, 2 and 4, so that the sum is known. */
static void any_number_of_threads(void) {
    const size_t numbers[] = {1, 2, 5, MOST_PARTS};
    size_t rows = is_quick() ? FEW : MOST;
    double common[LENGTH(numbers)], found;
    uint64_t seed = 4;
    int64_t units = 0;
    (void)known_values(values, rows, 28, &seed);
    for (size_t i = 0; i < rows; i++) {
        others[i] = (double)(1 << i % 3);
        units += (int64_t)ldexp(values[i], 12) << i % 3;
    }
    double right = ldexp((double)units, -12);
    for (size_t n = 0; n < LENGTH(numbers); n++) {
        size_t parts = numbers[n];
        tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
        volatile double sum = 0;
        for (size_t part = parts; part-- > 0;) {
            size_t start = start_of(part, parts, rows);
            size_t count = start_of(part + 1, parts, rows) - start;
            volatile double own_sum = 0;
            for (size_t i = start; i < start + count; i++) {
                volatile double product = values[i] * others[i];
                own_sum = own_sum + product;
            }
            sum = sum + own_sum;
            tally_product_accumulator own = TALLY_PRODUCT_ACCUMULATOR_INIT;
            CHECK_OK(tally_product_accumulator_add_f64(&own, values + start,
                                                       others + start, count));
            CHECK_OK(tally_product_accumulator_merge(&total, &own));
        }
        common[n] = sum;
        CHECK_OK(tally_product_accumulator_value_f64(&total, &found));
        CHECK_DOUBLE(found, right);
        CHECK_OK(
            tally_dot_f64_parallel(values, others, rows, numbers[n], &found));
        CHECK_DOUBLE(found, right);
    }
    CHECK(count_distinct(common, LENGTH(numbers)) > 1);
}

int main(void) {
    an_empty_frame();
    pairs_leave_a_covariance();
    frames_that_shrink();
    retractions();
    any_number_of_processes();
    any_number_of_threads();
    return finish();
}
