/*
 * Text that grows.
 */
#ifndef TALLY_TEXT_H
#define TALLY_TEXT_H

#include <stddef.h>

/* All zero is an empty one. */
struct text {
    char *at; /* ends in a NUL, unless nothing was ever put into it */
    size_t size, capacity;
};

/* Makes room for `size` bytes more, and for a NUL. Returns where they go. */
char *text_room(struct text *text, size_t size);

void text_put(struct text *text, const char *from, size_t size);

/* The same for text that ends in a NUL. */
void text_puts(struct text *text, const char *from);

void text_clear(struct text *text);

void text_free(struct text *text);

#endif
