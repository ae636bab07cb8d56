/* Arrays with several owners: copied, or borrowed and given back. */
#include <stdio.h>
#include <stdlib.h>
#include <tally.h>

/* Called when the library no longer needs the values. */
static void give_back(const void *values, size_t count, void *user_data) {
    printf("%s: %zu values given back\n", (const char *)user_data, count);
    free((void *)values);
}

int main(void) {
    /* A copy: later changes to the original do not matter. */
    double prices[] = {1e100, 2.5, -1e100};
    tally_array *copied;
    if (tally_array_new_f64(prices, 3, &copied) != TALLY_OK)
        return 1;
    prices[1] = 0;

    /* Borrowed memory, with elements of another type. */
    int32_t *counts = malloc(2 * sizeof *counts);
    tally_array *borrowed;
    if (counts == NULL)
        return 1;
    counts[0] = 40;
    counts[1] = 2;
    if (tally_array_borrow_i32(counts, 2, give_back, "counts", &borrowed) !=
        TALLY_OK)
        return 1;

    double total;
    int64_t whole;
    if (tally_array_sum_f64(copied, &total) != TALLY_OK ||
        tally_array_sum_i32(borrowed, &whole) != TALLY_OK)
        return 1;
    printf("%g and %lld\n", total, (long long)whole);

    /* A view keeps the values alive, whatever happens to the handle. */
    const int32_t *values;
    size_t count;
    tally_view *view;
    if (tally_array_view_i32(borrowed, &values, &count, &view) != TALLY_OK)
        return 1;
    tally_unref(borrowed);
    printf("%d is still there\n", values[count - 1]);
    tally_array_release_view(view);
    tally_unref(copied);
    return 0;
}

/* Prints:
 *
 *     2.5 and 42
 *     2 is still there
 *     counts: 2 values given back
 */
