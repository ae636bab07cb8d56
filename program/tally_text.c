#define _POSIX_C_SOURCE 200809L

#include "tally_text.h"

#include <stdlib.h>
#include <string.h>

#include "tally_console.h"

char *text_room(struct text *text, size_t size) {
    if (text->capacity - text->size < size + 1) {
        text->capacity = text->capacity * 2 + size + 64;
        text->at = resize(text->at, text->capacity, 1);
    }
    return text->at + text->size;
}

void text_put(struct text *text, const char *from, size_t size) {
    char *to = text_room(text, size);
    memcpy(to, from, size);
    to[size] = '\0';
    text->size += size;
}

void text_puts(struct text *text, const char *from) {
    text_put(text, from, strlen(from));
}

void text_clear(struct text *text) {
    text->size = 0;
    *text_room(text, 0) = '\0';
}

void text_free(struct text *text) {
    free(text->at);
}
