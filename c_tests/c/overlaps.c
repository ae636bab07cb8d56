/*
 * What is written may overlap what is read: each result and each state that a
 * function changes is placed over each of its inputs, in several ways. The call
 * gives what it gives for the same bytes apart from each other, since all is
 * read before anything is written, or it is refused where the header says so,
 * and nothing is written.
 */
#define _GNU_SOURCE
#include "placed.h"

#include "matrix.h"

static size_t overlapping, refusals;

/* States that are changed, of values already; or empty ones. */
static bool with_values;

static bool is_written(const struct span *span) {
    return span->role == OUTPUT || span->role == INOUT;
}

/* A running total in place; the other rows have strides. */
static bool is_in_place(const char *function, const struct span *first,
                        const struct span *second) {
    return placement.distance == 0 && first->size == second->size &&
           strncmp(function, "tally_cumulative_sum", 20) == 0 &&
           strstr(function, "_parallel") != NULL;
}

/* "TALLY_INVALID if the results overlap the values, ids or validity", and if
 * the room of a small accumulator overlaps it. */
static bool is_refused(const char *function, const struct span *first,
                       const struct span *second) {
    if (strcmp(function, "tally_small_accumulator_grow") == 0) {
        return true;
    }
    return strcmp(second->name, "results") == 0 && first->is_of_column;
}

static bool is_tried(const char *function, const struct span *first,
                     const struct span *second) {
    if (is_refused(function, first, second)) {
        return true;
    }
    if (first->role == INOUT || second->role == INOUT) {
        /* What pointers lead to would be the bytes of a state. */
        return first->role == INPUT || second->role == INPUT;
    }
    return (is_written(first) && second->role <= STRUCT) ||
           (is_written(second) && first->role <= STRUCT);
}

static void call_with(const struct function *function, int where) {
    prepare_call(function);
    if (with_values) {
#define GIVEN(kind) got->kind = given->kind;
        KINDS(GIVEN)
        GIVEN(small_accumulator)
    }
    reset_ranges();
    placement.where = where;
    function->call();
    placement.where = WHERE_IT_IS;
    keep_record();
    read_handles();
    give_all_back();
}

static void one_over_the_other(const struct function *function, bool refused) {
    static struct results expected;
    char name[200];
    struct place at = {"c_tests/c/every_function_rows.h", 0, name};
    snprintf(name, sizeof name, "%s: arguments %zu and %zu at %td",
             function->name, placement.first, placement.second,
             placement.distance);
    call_with(function, AS_IF);
    expected = *got;
    call_with(function, OVERLAPPING);
    overlapping++;
    refusals += refused;
    if (!refused) {
        check_bytes(got, &expected, sizeof expected, &at);
        return;
    }
    check_int(got->status, TALLY_INVALID, &at);
    check_that(strstr(got->message, "overlap") != NULL, &at);
    const struct span *second = &latest[placement.second];
    check_bytes(second->placed, as_placed, second->size, &at);
}

static void at_each_distance(const struct function *function, struct span first,
                             struct span second) {
    const ptrdiff_t m = (ptrdiff_t)first.size, n = (ptrdiff_t)second.size;
    const ptrdiff_t distances[] = {0,     m - n, m / 2, -n / 2,
                                   m - 1, 1 - n, 1,     -1};
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        placement.distance = distances[i];
        if (-n < distances[i] && distances[i] < m) {
            one_over_the_other(
                function, is_refused(function->name, &first, &second) &&
                              !is_in_place(function->name, &first, &second));
        }
    }
}

static void of_a_count(const struct function *function) {
    for (placement.first = 0;; placement.first++) {
        for (placement.second = placement.first + 1;; placement.second++) {
            /* Which there are, and how large. */
            struct placement pair = placement;
            call_with(function, AT_END);
            placement = pair;
            if (placement.second >= latest_count) {
                break;
            }
            const struct span *first = &latest[placement.first];
            const struct span *second = &latest[placement.second];
            if (is_tried(function->name, first, second)) {
                at_each_distance(function, *first, *second);
            }
        }
        if (placement.first + 1 >= latest_count) {
            break;
        }
    }
}

static void with_arguments_that_overlap(const struct function *function) {
    static const size_t counts[] = {3, 41, 700};
    for (size_t i = 0; i < (is_quick() ? 2 : 3); i++) {
        count = parallel_count = counts[i];
        with_values = false;
        of_a_count(function);
        with_values = true;
        of_a_count(function);
    }
}

/* Faults: a total that is cleared before the values are read, a state that is
 * changed while they are, and results that should be refused. */
static void clear_first(void) {
    begin_call("clear_first");
    const double *values = place(x, count * sizeof *x, INPUT, "values");
    double *total = place(&got->f64, sizeof got->f64, OUTPUT, "total");
    double sum = 0;
    memcpy(total, &sum, sizeof sum);
    for (size_t i = 0; i < count; i++) {
        double value;
        memcpy(&value, (const char *)values + i * sizeof value, sizeof value);
        sum += value;
    }
    memcpy(total, &sum, sizeof sum);
    end_call();
}

static void change_meanwhile(void) {
    begin_call("change_meanwhile");
    tally_accumulator *into =
        place(&got->accumulator, sizeof *into, INOUT, "into");
    const unsigned char *values = place(x, count * sizeof *x, INPUT, "values");
    for (size_t i = 0; i < count * sizeof *x; i++) {
        ((unsigned char *)into)[i % sizeof *into] ^= values[i];
    }
    end_call();
}

static void do_not_refuse(void) {
    begin_call("do_not_refuse");
    const tally_column column = TALLY_COLUMN(TALLY_F64, x, count);
    const tally_column *values = place_column(&column, "values", 1, 0);
    double *results = place(got->batch, count * sizeof *x, OUTPUT, "results");
    memcpy(results, values->values, sizeof *x);
    end_call();
}

int main(void) {
    make_ranges();
    share_memory();
    fill(100);
    count = 700;
    make_given();
    CHECK_SEEN(with_arguments_that_overlap, "a total is cleared", nothing,
               clear_first);
    CHECK_SEEN(with_arguments_that_overlap, "a state is changed", nothing,
               change_meanwhile);
    CHECK_SEEN(with_arguments_that_overlap, "results are not refused", nothing,
               do_not_refuse);
    every_function_in(ARGUMENTS_OVERLAP, 1, with_arguments_that_overlap);
    printf("%zu overlaps, %zu of them refused\n", overlapping, refusals);
    return finish();
}
