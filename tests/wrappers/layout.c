/* Prints how the header's types lie in memory. */
#include <stddef.h>
#include <stdio.h>

#include "tally.h"

int main(void) {
    printf("tally_record %zu\n", sizeof(tally_record));
    printf("tally_record alignment %zu\n", _Alignof(tally_record));
    printf("id %zu\n", offsetof(tally_record, id));
    printf("name %zu\n", offsetof(tally_record, name));
    printf("value %zu\n", offsetof(tally_record, value));
    printf("tally_accumulator %zu\n", sizeof(tally_accumulator));
    printf("tally_accumulator alignment %zu\n", _Alignof(tally_accumulator));
    printf("tally_status %zu\n", sizeof(tally_status));
    return 0;
}
