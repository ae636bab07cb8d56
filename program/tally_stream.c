#define _POSIX_C_SOURCE 200809L

#include "tally_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tally_console.h"

/* Each program writes what it decompresses to its standard output. */
static const struct compression {
    const char *suffix, *program, *options;
    const char *magic; /* how such files begin; '?' is any digit of text */
} compressions[] = {
    {".gz", "gzip", "-dc", "\x1f\x8b"},
    {".bz2", "bzip2", "-dc", "BZh?\x31\x41\x59\x26\x53\x59"},
    {".xz", "xz", "-dc", "\xfd\x37zXZ"},
    {".zst", "zstd", "-dcq", "\x28\xb5\x2f\xfd"},
};
static const struct compression *const compressions_end =
    compressions + sizeof compressions / sizeof *compressions;

static const struct compression *compression_of(const char *path) {
    size_t length = strlen(path);
    for (const struct compression *at = compressions; at < compressions_end;
         at++) {
        size_t suffix = strlen(at->suffix);
        if (length > suffix &&
            strcasecmp(path + length - suffix, at->suffix) == 0)
            return at;
    }
    return NULL;
}

size_t plain_name_length(const char *path) {
    const struct compression *compression = compression_of(path);
    return strlen(path) -
           (compression != NULL ? strlen(compression->suffix) : 0);
}

/* How many bytes of the magic are there, from the first on. */
static size_t magic_at(const struct compression *compression, const char *at,
                       size_t size) {
    size_t found = 0;
    for (const char *magic = compression->magic; *magic != '\0'; magic++) {
        bool digit = found < size && at[found] >= '1' && at[found] <= '9';
        if (found == size || (*magic == '?' ? !digit : at[found] != *magic))
            break;
        found++;
    }
    return found;
}

/*
 * Reads the first bytes, but as few as tell what the file is: the compression
 * that they are of, or NULL.
 */
static const struct compression *read_head(struct stream *stream) {
    for (;;) {
        ptrdiff_t got =
            read_some(stream->file, stream->head + stream->head_size,
                      sizeof stream->head - stream->head_size);
        if (got < 0)
            fail(EXIT_USAGE, "%s: %s", stream->name, strerror(errno));
        stream->head_is_all = got == 0;
        stream->head_size += (size_t)got;
        bool begun = false;
        for (const struct compression *at = compressions; at < compressions_end;
             at++) {
            size_t found = magic_at(at, stream->head, stream->head_size);
            if (at->magic[found] == '\0')
                return at;
            begun |= found > 0 && found == stream->head_size;
        }
        if (!begun || got == 0)
            return NULL;
    }
}

/* Has the head, and all that follows it, written to a pipe, which is the file
 * from then on. */
static void feed(struct stream *stream) {
    int output;
    int error = start_feeder(stream->head, stream->head_size, stream->file,
                             &stream->feeder, &output);
    if (error == ESPIPE)
        fail(EXIT_USAGE,
             "%s: compressed input from a pipe cannot be read on this system",
             stream->name);
    if (error != 0)
        fail(EXIT_USAGE, "%s: %s", stream->name, strerror(error));
    if (stream->opened)
        close_file(stream->file);
    stream->file = output;
    stream->opened = true;
}

/* Starts the program between the file and a pipe, which is read from then on.
 */
static void decompress(struct stream *stream,
                       const struct compression *compression) {
    int error = start_filter(compression->program, compression->options,
                             stream->file, &stream->child, &stream->descriptor);
    if (error != 0)
        fail(EXIT_USAGE, "%s: cannot run %s: %s", stream->name,
             compression->program, strerror(error));
    stream->program = compression->program;
}

struct stream open_stream(const char *path) {
    struct stream stream = {0};
    bool is_input = strcmp(path, "-") == 0;
    stream.name = shown_name(is_input ? "standard input" : path);
    stream.file = INPUT_FILE;
    if (!is_input) {
        stream.file = open_file(path);
        if (stream.file < 0)
            fail(EXIT_USAGE, "%s: %s", stream.name, strerror(errno));
        stream.opened = true;
    }
    bool is_file = file_size(stream.file, &stream.size);
    const struct compression *compression = compression_of(path);
    if (compression == NULL) {
        int64_t begin = is_file ? file_position(stream.file) : -1;
        compression = read_head(&stream);
        if (compression != NULL) {
            if (begin < 0 || !set_file_position(stream.file, begin))
                feed(&stream);
            stream.head_size = 0;
            stream.head_is_all = false;
        }
    }
    stream.descriptor = stream.file;
    if (compression != NULL)
        decompress(&stream, compression);
    return stream;
}

/* Waits for the decompressor, which has closed its end of the pipe. */
static void expect_good_end(struct stream *stream) {
    struct ending ending = wait_for(stream->child);
    stream->child = 0;
    if (!ending.known)
        fail(EXIT_USAGE, "%s: %s: %s", stream->name, stream->program,
             strerror(errno));
    if (ending.signal != 0)
        fail(EXIT_USAGE, "%s: %s was killed by signal %d", stream->name,
             stream->program, ending.signal);
    if (ending.status != 0)
        fail(EXIT_USAGE, "%s: %s failed with exit status %d", stream->name,
             stream->program, ending.status);
    if (stream->feeder == 0)
        return;
    ending = wait_for(stream->feeder);
    stream->feeder = 0;
    if (!ending.known || ending.signal != 0 || ending.status != 0)
        fail(EXIT_USAGE, "%s: could not be read to the end", stream->name);
}

/* Refuses a file that has less in it than when it was opened. */
static void expect_whole(const struct stream *stream) {
    uint64_t size;
    if (stream->size > 0 && file_size(stream->file, &size) &&
        size < stream->size)
        fail(EXIT_USAGE, "%s: the file shrank while it was being read",
             stream->name);
}

size_t read_stream(struct stream *stream, char *to, size_t size) {
    if (stream->head_size > 0) {
        size_t head = stream->head_size < size ? stream->head_size : size;
        memcpy(to, stream->head, head);
        memmove(stream->head, stream->head + head, stream->head_size - head);
        stream->head_size -= head;
        return head;
    }
    if (stream->head_is_all)
        return 0;
    ptrdiff_t got = read_some(stream->descriptor, to, size);
    if (got < 0)
        fail(EXIT_USAGE, "%s: %s", stream->name, strerror(errno));
    if (got == 0 && stream->child != 0)
        expect_good_end(stream);
    else if (got == 0)
        expect_whole(stream);
    return (size_t)got;
}

uint64_t stream_position(const struct stream *stream) {
    /* The decompressor reads through the same open file. */
    int64_t at = file_position(stream->file);
    return at > 0 ? (uint64_t)at : 0;
}

void close_stream(struct stream *stream) {
    if (stream->descriptor != stream->file)
        close_file(stream->descriptor);
    if (stream->opened)
        close_file(stream->file);
    free(stream->name);
}
