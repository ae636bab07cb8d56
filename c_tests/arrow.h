/*
 * Arrow's arrays as a program makes them by hand: with buffers of its own,
 * which it keeps, and release callbacks that count.
 */
#ifndef TALLY_C_TESTS_ARROW_H
#define TALLY_C_TESTS_ARROW_H

#include "check.h"

/* How often something was released, and how often what was released already. */
static int arrow_releases, arrow_released_twice;

static inline void release_arrow_schema(struct ArrowSchema *schema) {
    arrow_releases++;
    arrow_released_twice += schema->release == NULL;
    schema->release = NULL;
}

static inline void release_arrow_array(struct ArrowArray *array) {
    arrow_releases++;
    arrow_released_twice += array->release == NULL;
    array->release = NULL;
}

enum { ARROW_FIELDS = 4 };

/* An array with its schema. It points into itself, and must not be moved. */
struct arrow_data {
    struct ArrowSchema schema;
    struct ArrowArray array;
    const void *buffers[2];
    struct ArrowSchema *schemas[ARROW_FIELDS];
    struct ArrowArray *arrays[ARROW_FIELDS];
};

/* One of `length` elements from `offset` on; of a struct, `values` is NULL. */
static inline void make_arrow(struct arrow_data *data, const char *format,
                              const char *name, int64_t length, int64_t offset,
                              const void *validity, const void *values) {
    const int is_struct = strcmp(format, "+s") == 0;
    memset(data, 0, sizeof *data);
    data->buffers[0] = validity;
    data->buffers[1] = values;
    data->schema.format = format;
    data->schema.name = name;
    data->schema.flags = ARROW_FLAG_NULLABLE;
    data->schema.release = release_arrow_schema;
    data->array.length = length;
    data->array.null_count = validity == NULL ? 0 : -1;
    data->array.offset = offset;
    data->array.n_buffers = is_struct ? 1 : 2;
    data->array.buffers = data->buffers;
    data->array.release = release_arrow_array;
    if (is_struct) {
        data->schema.children = data->schemas;
        data->array.children = data->arrays;
    }
}

/* Gives a struct one more field. */
static inline void add_arrow_field(struct arrow_data *data,
                                   struct arrow_data *field) {
    data->schemas[data->schema.n_children++] = &field->schema;
    data->arrays[data->array.n_children++] = &field->array;
}

/* Whether a bit is set; without bits, all are. */
static inline bool arrow_bit(const uint8_t *bits, int64_t index) {
    return bits == NULL || (bits[index / 8] >> (index % 8) & 1) != 0;
}

/* Random bits, of which about one of `rarity` is 0. */
static inline void fill_arrow_bits(uint8_t *bits, size_t size, unsigned rarity,
                                   uint64_t *seed) {
    memset(bits, 0xff, size);
    for (size_t i = 0; i < 8 * size; i++) {
        if (random_word(seed) % rarity == 0) {
            bits[i / 8] &= (uint8_t)~(1 << i % 8);
        }
    }
}

/* A stream of arrays of one schema, each of which is lent out. */
struct arrow_source {
    const struct arrow_data *const *chunks;
    int count, given;
    /* How many structs there are to release. */
    int handed;
    /* The call that fails, counted from 0: that for the schema is the first. */
    int failing, calls;
    int error;
    const char *message;
};

static inline int fail_arrow(struct arrow_source *source) {
    return source->calls++ == source->failing ? source->error : 0;
}

static inline int give_arrow_schema(struct ArrowArrayStream *stream,
                                    struct ArrowSchema *out) {
    struct arrow_source *source = (struct arrow_source *)stream->private_data;
    int error = fail_arrow(source);
    if (error == 0) {
        *out = source->chunks[0]->schema;
        source->handed += out->release != NULL;
    }
    return error;
}

static inline int give_arrow_array(struct ArrowArrayStream *stream,
                                   struct ArrowArray *out) {
    struct arrow_source *source = (struct arrow_source *)stream->private_data;
    int error = fail_arrow(source);
    if (error == 0 && source->given == source->count) {
        memset(out, 0, sizeof *out);
    } else if (error == 0) {
        *out = source->chunks[source->given++]->array;
        source->handed += out->release != NULL;
    }
    return error;
}

static inline const char *tell_arrow_error(struct ArrowArrayStream *stream) {
    return ((struct arrow_source *)stream->private_data)->message;
}

static int arrow_streams_released;

static inline void release_arrow_stream(struct ArrowArrayStream *stream) {
    arrow_streams_released++;
    stream->release = NULL;
}

static inline void make_arrow_stream(struct ArrowArrayStream *stream,
                                     struct arrow_source *source,
                                     const struct arrow_data *const *chunks,
                                     int count) {
    memset(source, 0, sizeof *source);
    source->chunks = chunks;
    source->count = count;
    source->failing = -1;
    stream->get_schema = give_arrow_schema;
    stream->get_next = give_arrow_array;
    stream->get_last_error = tell_arrow_error;
    stream->release = release_arrow_stream;
    stream->private_data = source;
}

#endif
