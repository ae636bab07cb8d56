/* fork() while no other thread is inside the library: the child has its own
 * copy of everything, and both go on. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

static void *object, *block;
static tally_shared *shared;
static const double values[] = {1e100, 1.0, -1e100};

/* A copy; and what is borrowed, with a view of it. */
static tally_array *copied, *borrowed;
static tally_view *view;
static const double *viewed;
static int released;

static void count_release(const void *what, size_t count, void *user_data) {
    CHECK(what == values && count == 3 && user_data == &released);
    released++;
}

/* The block, the shared accumulator and the copied values, in bytes. */
#define OWED (100 + sizeof(tally_accumulator) + sizeof values)

static double array_total(tally_array *array) {
    double total = -1;
    CHECK_OK(tally_array_sum_f64(array, &total));
    return total;
}

static void make_arrays(void) {
    size_t count = 0;
    CHECK_OK(tally_array_new_f64(values, 3, &copied));
    CHECK_OK(
        tally_array_borrow_f64(values, 3, count_release, &released, &borrowed));
    CHECK_OK(tally_array_view_f64(borrowed, &viewed, &count, &view));
    CHECK(viewed == values && count == 3);
}

static void arrays_are_there(void) {
    CHECK_DOUBLE(array_total(copied), 1.0);
    CHECK_DOUBLE(array_total(borrowed), 1.0);
    CHECK_DOUBLE(viewed[0], 1e100);
    CHECK_INT(released, 0);
}

/* The view keeps what is borrowed; then each process releases it for itself. */
static void give_arrays_back(void) {
    CHECK_OK(tally_unref(borrowed));
    CHECK_REFUSED(tally_ref(borrowed), TALLY_STALE, "tally_ref");
    tally_clear_error();
    CHECK_DOUBLE(viewed[0], 1e100);
    CHECK_INT(released, 0);
    CHECK_OK(tally_array_release_view(view));
    CHECK_INT(released, 1);
    CHECK_REFUSED(tally_array_release_view(view), TALLY_STALE,
                  "tally_array_release_view");
    CHECK_INT(released, 1);
    tally_clear_error();
    CHECK_OK(tally_unref(copied));
    CHECK_REFUSED(tally_unref(copied), TALLY_STALE, "tally_unref");
    tally_clear_error();
}

static int64_t shared_total(void) {
    tally_accumulator now;
    int64_t total = -1;
    CHECK_OK(tally_shared_snapshot(shared, &now));
    CHECK_OK(tally_accumulator_value_i64(&now, &total));
    return total;
}

static void be_the_child(int depth) {
    /* What the parent had is here too, its error included. */
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
    CHECK_LIVE(5, 1, OWED);
    CHECK_INT(tally_object_value(object), 7);
    CHECK_INT(shared_total(), 1);
    CHECK_INT(*(char *)block, 'p');
    arrays_are_there();
    /* What is done to it stays here. */
    CHECK_OK(tally_object_set_value(object, 8));
    CHECK_OK(tally_shared_add_f64(shared, values, 3));
    CHECK_INT(shared_total(), 2);
    *(char *)block = 'c';
    void *own = tally_object_new();
    CHECK(own != NULL && own != object);
    CHECK_OK(tally_unref(own));
    CHECK_REFUSED(tally_unref(own), TALLY_STALE, "tally_unref");
    tally_clear_error();
    give_arrays_back();
    CHECK_OK(tally_unref(object));
    CHECK_OK(tally_unref(shared));
    tally_free(block);
    CHECK_RECORD(TALLY_OK, "");
    tally_free(block);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    if (depth > 0) {
        /* A child of the child. */
        pid_t grandchild = fork();
        if (grandchild == 0) {
            CHECK_RECORD(TALLY_STALE, "tally_free");
            CHECK_INT(tally_object_value(object), 0);
            CHECK_RECORD(TALLY_STALE, "tally_object_value");
            CHECK_REFUSED(tally_ref(borrowed), TALLY_STALE, "tally_ref");
            CHECK_REFUSED(tally_array_release_view(view), TALLY_STALE,
                          "tally_array_release_view");
            CHECK_INT(released, 1);
            make_arrays();
            released = 0;
            give_arrays_back();
            _exit(finish());
        }
        int status = -1;
        CHECK(waitpid(grandchild, &status, 0) == grandchild);
        CHECK_INT(status, 0);
    }
    /* Not exit(): what the parent has opened is the parent's to close. */
    _exit(finish());
}

static void fork_and_go_on(int depth) {
    CHECK_INT(risky_operation("x"), TALLY_PARSE);
    pid_t child = fork();
    if (child == 0) {
        be_the_child(depth);
    }
    CHECK(child > 0);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    CHECK_INT(tally_object_value(object), 7);
    CHECK_INT(shared_total(), 1);
    CHECK_INT(*(char *)block, 'p');
    arrays_are_there();
    CHECK_LIVE(5, 1, OWED);
}

/* Another thread that uses the library, but not now. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static bool over;

static void *work_in_turns(void *argument) {
    (void)argument;
    for (;;) {
        pthread_mutex_lock(&turn);
        bool done = over;
        void *own = tally_object_new();
        CHECK_OK(tally_unref(own));
        tally_free(tally_alloc(10));
        tally_array *array = NULL;
        CHECK_OK(tally_array_new_f64(values, 3, &array));
        CHECK_OK(tally_unref(array));
        pthread_mutex_unlock(&turn);
        if (done) {
            return NULL;
        }
    }
}

int main(void) {
    int rounds = is_quick() ? 5 : 100;
    object = tally_object_new();
    CHECK_OK(tally_object_set_value(object, 7));
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_shared_add_f64(shared, values, 3));
    block = tally_alloc(100);
    *(char *)block = 'p';
    make_arrays();
    for (int i = 0; i < rounds; i++) {
        fork_and_go_on(i % 2);
    }
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, work_in_turns, NULL), 0);
    for (int i = 0; i < rounds; i++) {
        pthread_mutex_lock(&turn);
        fork_and_go_on(i % 2);
        pthread_mutex_unlock(&turn);
    }
    pthread_mutex_lock(&turn);
    over = true;
    pthread_mutex_unlock(&turn);
    CHECK_INT(pthread_join(thread, NULL), 0);
    tally_free(block);
    tally_clear_error();
    give_arrays_back();
    CHECK_OK(tally_unref(object));
    CHECK_OK(tally_unref(shared));
    return finish();
}
