/* A panic of the library's own is contained: a status, its text, and not a
 * byte on standard error. */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <unistd.h>

#include "test_build.h"

#define THREADS 4
#define PANICS 200

static void panic_with(const char *text) {
    char expected[300];
    CHECK_REFUSED(tally_test_panic(text), TALLY_PANIC, "tally_test_panic");
    snprintf(expected, sizeof expected, "internal error: %s", text);
    CHECK_TEXT(tally_last_message(), expected);
}

static void a_panic_is_a_status_with_its_text(void) {
    panic_with("planted");
    panic_with("");
    panic_with("caf\xc3\xa9 {} %s %n");
    CHECK_INT(rust_function(21), 42);
    CHECK_RECORD(TALLY_OK, "");
}

static void a_panic_on_a_thread_of_the_librarys_is_one_of_the_call(void) {
    static double values[600000];
    for (int i = 0; i < (is_quick() ? 10 : PANICS); i++) {
        char text[40];
        snprintf(text, sizeof text, "in a worker, %d", i);
        CHECK_REFUSED(tally_test_panic_in_worker(text), TALLY_PANIC,
                      "tally_test_panic_in_worker");
        CHECK_CONTAINS(tally_last_message(), text);
        double total = 1;
        CHECK_OK(tally_sum_f64_parallel(values, 600000, 0, &total));
        CHECK_DOUBLE(total, 0.0);
    }
}

static void a_long_text_is_cut(void) {
    static char text[5000];
    memset(text, 'x', sizeof text - 1);
    CHECK_REFUSED(tally_test_panic(text), TALLY_PANIC, "tally_test_panic");
    CHECK_SIZE(strlen(tally_last_message()), 255);
    CHECK_CONTAINS(tally_last_message(), "internal error: xxx");
}

static int panics(const void *data, int *result) {
    (void)result;
    panic_with(data);
    return 3;
}

static void a_panic_in_a_callback_is_told(void) {
    CHECK_INT(tally_process("inner", panics, NULL), 3);
    CHECK_RECORD(TALLY_CALLBACK, "tally_process");
    CHECK_CONTAINS(tally_last_message(), "internal error: inner");
}

static void *panic_often(void *argument) {
    for (int i = 0; i < PANICS; i++) {
        char text[40];
        snprintf(text, sizeof text, "thread %d, %d", *(int *)argument, i);
        panic_with(text);
        /* Handles and sums work between panics. */
        void *object = tally_object_new();
        CHECK(object != NULL);
        CHECK_OK(tally_object_set_value(object, i));
        CHECK_INT(tally_object_value(object), i);
        CHECK_OK(tally_unref(object));
    }
    return NULL;
}

static void threads_panic_apart(void) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK_INT(pthread_create(&threads[i], NULL, panic_often, &numbers[i]),
                  0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
    }
}

/* Standard error goes to a file while they run, which must stay empty; what
 * the checks had to say is put back where it can be read. */
static int standard_error;
static FILE *captured;

static void capture(void) {
    captured = tmpfile();
    standard_error = dup(STDERR_FILENO);
    CHECK(captured != NULL && standard_error >= 0);
    CHECK(dup2(fileno(captured), STDERR_FILENO) >= 0);
}

static void check_that_nothing_was_printed(void) {
    fflush(stderr);
    CHECK(dup2(standard_error, STDERR_FILENO) >= 0);
    close(standard_error);
    CHECK_INT(fseek(captured, 0, SEEK_END), 0);
    CHECK_INT(ftell(captured), 0);
    rewind(captured);
    for (int byte = getc(captured); byte != EOF; byte = getc(captured)) {
        putc(byte, stderr);
    }
    fclose(captured);
}

int main(void) {
    /* Even where Rust programs are told to print more. */
    static char more[] = "RUST_BACKTRACE=1";
    CHECK_INT(putenv(more), 0);
    capture();
    a_panic_is_a_status_with_its_text();
    a_long_text_is_cut();
    a_panic_in_a_callback_is_told();
    a_panic_on_a_thread_of_the_librarys_is_one_of_the_call();
    threads_panic_apart();
    check_that_nothing_was_printed();
    return finish();
}
