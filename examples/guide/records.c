/* Structs that go to the library, and one that comes back. */
#include <inttypes.h>
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* An array in memory of the program. */
    const tally_record sales[] = {
        {1, "pears", 30}, {2, "plums", 5}, {3, "pears", 12}, {4, NULL, 100}};
    int64_t total;
    if (tally_records_total(sales, 4, "pears", &total) != TALLY_OK)
        return 1;
    printf("pears: %" PRId64 "\n", total);
    if (tally_records_total(sales, 4, NULL, &total) != TALLY_OK)
        return 1;
    printf("all: %" PRId64 "\n", total);

    /* A record made by the library, with its own copy of the name. */
    tally_record *copy;
    if (tally_record_copy(&sales[1], &copy) != TALLY_OK)
        return 1;
    copy->value++;
    printf("%d: %s, %d\n", copy->id, copy->name, copy->value);
    tally_record_free(copy);
    return 0;
}

/* Prints:
 *
 *     pears: 42
 *     all: 147
 *     2: plums, 6
 */
