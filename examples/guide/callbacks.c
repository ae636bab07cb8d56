/* Your functions, called by the library. */
#include <stdio.h>
#include <string.h>
#include <tally.h>

/* The length of a word; 7 stops the work. */
static int length(const void *element, int *result, void *user_data) {
    const char *word = *(const char *const *)element;
    const char *forbidden = user_data;
    if (strcmp(word, forbidden) == 0)
        return 7;
    *result = (int)strlen(word);
    return 0;
}

/* 1, 1/2, 1/4 and so on, until none are left. */
struct halves {
    double next;
    int left;
};

static size_t next_halves(double *buffer, size_t capacity, void *user_data) {
    struct halves *halves = user_data;
    size_t count = 0;
    while (count < capacity && halves->left > 0) {
        buffer[count++] = halves->next;
        halves->next /= 2;
        halves->left--;
    }
    return count;
}

int main(void) {
    const char *words[] = {"one", "three", "stop", "two"};
    int lengths[4];
    size_t done;
    if (tally_map(words, 4, sizeof *words, length, "stop", lengths, &done) ==
        TALLY_CALLBACK)
        printf("%zu done, %d and %d; %s\n", done, lengths[0], lengths[1],
               tally_last_message());

    struct halves halves = {1.0, 50};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double total;
    if (tally_accumulator_pull(&sum, next_halves, &halves) != TALLY_OK ||
        tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
        return 1;
    printf("%.17g\n", total);
    return 0;
}

/* Prints:
 *
 *     2 done, 3 and 5; callback returned 7 for element 2
 *     1.9999999999999982
 */
