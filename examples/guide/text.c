/* Strings: UTF-8, checked where it comes in. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    size_t bytes, characters;
    if (tally_text_length("na\xc3\xafve", &bytes, &characters) != TALLY_OK)
        return 1;
    printf("%zu bytes, %zu characters\n", bytes, characters);

    char *copy;
    if (tally_text_copy("a copy", &copy) != TALLY_OK)
        return 1;
    puts(copy);
    tally_free(copy);

    /* A total of the integers in a text, or a status below 0. */
    printf("%d\n", tally_parse_total("12 30 -2"));
    if (tally_parse_total("12 30 x2") < 0)
        puts(tally_last_message());
    return 0;
}

/* Prints:
 *
 *     6 bytes, 5 characters
 *     a copy
 *     40
 *     "x2" at byte 6 is not an integer
 */
