/* One sum for several threads, behind a handle. */
#include <pthread.h>
#include <stdio.h>
#include <tally.h>

static void *work(void *argument) {
    tally_shared *sum = argument;
    const double values[] = {1e100, 0.125, -1e100};
    for (int i = 0; i < 1000; i++)
        if (tally_shared_add_f64(sum, values, 3) != TALLY_OK)
            break;
    /* This thread's reference; the last one to go frees the sum. */
    tally_unref(sum);
    return NULL;
}

int main(void) {
    tally_shared *sum;
    if (tally_shared_new(&sum) != TALLY_OK)
        return 1;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        if (tally_ref(sum) != TALLY_OK ||
            pthread_create(&threads[i], NULL, work, sum) != 0)
            return 1;
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);

    tally_accumulator now;
    double total;
    if (tally_shared_snapshot(sum, &now) != TALLY_OK ||
        tally_accumulator_value_f64(&now, &total) != TALLY_OK)
        return 1;
    printf("%g\n", total);

    /* A released handle is refused from then on. */
    tally_unref(sum);
    if (tally_shared_snapshot(sum, &now) == TALLY_STALE)
        puts(tally_last_function());
    return 0;
}

/* Prints:
 *
 *     500
 *     tally_shared_snapshot
 */
