/* Strings are UTF-8, and are checked on the way in. */
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

    /* Latin-1 where UTF-8 is expected. */
    if (tally_text_copy("na\xefve", &copy) != TALLY_OK)
        puts(tally_last_message());
    return 0;
}

/* Prints:
 *
 *     6 bytes, 5 characters
 *     a copy
 *     text is not UTF-8 at byte 2
 */
