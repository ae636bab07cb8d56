/*
 * Nothing beyond an argument is read or written: each is placed at the end of
 * memory, before an inaccessible page, and at its beginning, after one, at each
 * alignment; what is only read cannot be written. Results are the same.
 */
#define _GNU_SOURCE
#include <signal.h>

#include "placed.h"

#include "matrix.h"

/* Lengths that kernels end at, or have a rest of. */
static const size_t lengths[] = {1,  2,  3,  4,  5,  7,  8,  9,
                                 16, 17, 31, 33, 64, 65, 130};
enum { LENGTHS = sizeof lengths / sizeof *lengths };

static char running[200];

static void on_fault(int signal_number) {
    (void)signal_number;
    if (write(STDERR_FILENO, running, strlen(running)) < 0) {
        _exit(3);
    }
    _exit(2);
}

/* What Arrow's structs lead to is placed with the call. */
static void place_arrow(struct arrow_data *data, size_t size) {
    const size_t end = (size_t)(data->array.length + data->array.offset);
    data->buffers[0] = place(data->buffers[0], (end + 7) / 8, INPUT, "bits");
    data->buffers[1] = place(data->buffers[1], end * size, INPUT, "buffer");
    data->schema.name =
        place(data->schema.name, strlen(data->schema.name) + 1, INPUT, "name");
    data->schema.format = place(
        data->schema.format, strlen(data->schema.format) + 1, INPUT, "format");
}

static void call_placed(const struct function *function, int where,
                        size_t shift) {
    prepare_call(function);
    placement.where = where;
    placement.shift = shift;
    reset_ranges();
    if (where != WHERE_IT_IS && strstr(function->name, "arrow") != NULL) {
        span_count = 0;
        place_arrow(&batch, 0);
        if (strstr(function->name, "decimal") != NULL) {
            place_arrow(&batch_cents, 16);
        } else {
            place_arrow(&batch_x, sizeof *x);
        }
    }
    function->call();
    placement.where = WHERE_IT_IS;
    keep_record();
    read_handles();
    give_all_back();
}

static void at_each_place(const struct function *function, size_t shifts) {
    static struct results expected;
    struct place at = {"c_tests/c/every_function_rows.h", 0, function->name};
    call_placed(function, WHERE_IT_IS, 0);
    expected = *got;
    for (size_t shift = 0; shift < shifts; shift++) {
        for (int where = AT_START; where <= AT_END; where++) {
            snprintf(running, sizeof running,
                     "failed: %s of %zu, %zu bytes from the %s\n",
                     function->name, count, shift,
                     where == AT_START ? "start" : "end");
            call_placed(function, where, shift);
            check_bytes(got, &expected, sizeof expected, &at);
        }
    }
}

static void between_guard_pages(const struct function *function) {
    for (size_t i = 0; i < LENGTHS; i += is_quick() ? 5 : 1) {
        count = parallel_count = lengths[i];
        at_each_place(function, 8);
    }
    /* Long enough for several threads. */
    if (strstr(function->name, "_parallel") != NULL && !is_quick()) {
        make_long(function);
        at_each_place(function, 1);
    }
}

/* Faults: a value more is read, and a byte more is written. */
static void read_on(void) {
    const double *values = place(x, count * sizeof *x, INPUT, "x");
    const volatile double *next = values + count;
    got->f64 = values[0] + 0 * *next;
    end_call();
}

static void write_on(void) {
    char *text = place(got->text, count, OUTPUT, "text");
    memset(text, 'x', count + (placement.where != WHERE_IT_IS));
    end_call();
}

static void write_before(void) {
    char *text = place(got->text, count, OUTPUT, "text");
    text[placement.where == WHERE_IT_IS ? 0 : -1] = 'x';
    text[0] = 'x';
    end_call();
}

static void write_input(void) {
    volatile double *values = place(x, count * sizeof *x, INPUT, "x");
    values[0] = values[0];
    end_call();
}

int main(void) {
    signal(SIGSEGV, on_fault);
    signal(SIGBUS, on_fault);
    make_ranges();
    share_memory();
    fill(400);
    count = 130;
    make_given();
    CHECK_SEEN(between_guard_pages, "one value more is read", nothing, read_on);
    CHECK_SEEN(between_guard_pages, "a byte more is written", nothing,
               write_on);
    CHECK_SEEN(between_guard_pages, "a byte before", nothing, write_before);
    CHECK_SEEN(between_guard_pages, "an input is written", nothing,
               write_input);
    every_function_in(GUARD_PAGES, 1, between_guard_pages);
    return finish();
}
