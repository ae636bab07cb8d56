/*
 * Bytes from a file, from standard input, or out of a compressed file.
 */
#ifndef TALLY_STREAM_H
#define TALLY_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_system.h"

struct stream {
    char *name;    /* for messages: harmless to a terminal */
    uint64_t size; /* of the file; 0 where it is not known */

    int descriptor; /* what is read from */
    int file;       /* the file itself, which may be compressed */
    bool opened;    /* by us, so ours to close */
    const char *program;
    process child;  /* the program that decompresses, or 0 */
    process feeder; /* what passes on to it what cannot be read twice, or 0 */
    char head[16];
    size_t head_size; /* was read to see whether it is compressed */
    bool head_is_all; /* nothing follows it */
};

/*
 * Opens a file, "-" being standard input. What is named .gz, .bz2, .xz or .zst,
 * or begins as such files do, is decompressed by gzip, bzip2, xz or zstd. Ends
 * the program if that fails.
 */
struct stream open_stream(const char *path);

/*
 * Reads at most `size` bytes; 0 at the end. Ends the program when reading
 * fails, when the decompressor did not come to a good end, or when the file has
 * shrunk: a part of a file is never taken for all of it.
 */
size_t read_stream(struct stream *stream, char *to, size_t size);

/* How many bytes of the file itself were read; 0 if not known. */
uint64_t stream_position(const struct stream *stream);

void close_stream(struct stream *stream);

/* The length of a file's name without the suffix of its compression. */
size_t plain_name_length(const char *path);

#endif
