#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include "tally_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tally_console.h"

extern char **environ;

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
        ssize_t got;
        do
            got = read(stream->file, stream->head + stream->head_size,
                       sizeof stream->head - stream->head_size);
        while (got < 0 && errno == EINTR);
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

static void write_all(int descriptor, const char *from, size_t size) {
    while (size > 0) {
        ssize_t written = write(descriptor, from, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            _exit(0); /* the decompressor says why, or has all that it needs */
        from += written;
        size -= (size_t)written;
    }
}

/* A process that writes the head, and all that follows it, to a pipe, which is
 * the file from then on. */
static void feed(struct stream *stream) {
    char bytes[1 << 14];
    int ends[2];
    ssize_t got;
    signal(SIGCHLD, SIG_DFL);
    if (pipe(ends) != 0 || (stream->feeder = fork()) < 0)
        fail(EXIT_USAGE, "%s: %s", stream->name, strerror(errno));
    if (stream->feeder != 0) {
        close(ends[1]);
        fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        if (stream->opened)
            close(stream->file);
        stream->file = ends[0];
        stream->opened = true;
        return;
    }
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    write_all(ends[1], stream->head, stream->head_size);
    while ((got = read(stream->file, bytes, sizeof bytes)) != 0) {
        if (got > 0)
            write_all(ends[1], bytes, (size_t)got);
        else if (errno != EINTR)
            _exit(1);
    }
    _exit(0);
}

/* Starts the program between the file and a pipe, which is read from then on.
 */
static void decompress(struct stream *stream,
                       const struct compression *compression) {
    char *arguments[] = {(char *)compression->program,
                         (char *)compression->options, NULL};
    int ends[2];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals;

    if (pipe(ends) != 0)
        fail(EXIT_USAGE, "%s: %s", stream->name, strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);

    /* An ignored SIGCHLD would leave nothing to wait for. */
    signal(SIGCHLD, SIG_DFL);
    /* It must end with this process, even if SIGPIPE was ignored. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    int error = posix_spawnattr_init(&attributes);
    if (error == 0)
        error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        posix_spawnattr_setsigdefault(&attributes, &signals);
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF |
                                                  POSIX_SPAWN_SETSIGMASK);
        error = posix_spawn_file_actions_adddup2(&actions, stream->file,
                                                 STDIN_FILENO);
        if (error == 0)
            error = posix_spawn_file_actions_adddup2(&actions, ends[1],
                                                     STDOUT_FILENO);
        if (error == 0)
            error = posix_spawnp(&stream->child, compression->program, &actions,
                                 &attributes, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    if (error != 0)
        fail(EXIT_USAGE, "%s: cannot run %s: %s", stream->name,
             compression->program, strerror(error));
    close(ends[1]);
    stream->descriptor = ends[0];
    stream->program = compression->program;
}

struct stream open_stream(const char *path) {
    struct stream stream = {0};
    struct stat about;
    bool is_file = false;
    bool is_input = strcmp(path, "-") == 0;
    stream.name = shown_name(is_input ? "standard input" : path);
    stream.file = STDIN_FILENO;
    if (!is_input) {
        stream.file = open(path, O_RDONLY | O_CLOEXEC);
        if (stream.file < 0)
            fail(EXIT_USAGE, "%s: %s", stream.name, strerror(errno));
        stream.opened = true;
    }
    if (fstat(stream.file, &about) == 0 && S_ISREG(about.st_mode)) {
        stream.size = (uint64_t)about.st_size;
        is_file = true;
    }
    const struct compression *compression = compression_of(path);
    if (compression == NULL) {
        off_t begin = is_file ? lseek(stream.file, 0, SEEK_CUR) : -1;
        compression = read_head(&stream);
        if (compression != NULL) {
            if (begin < 0 || lseek(stream.file, begin, SEEK_SET) < 0)
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
    int status;
    pid_t ended;
    do
        ended = waitpid(stream->child, &status, 0);
    while (ended < 0 && errno == EINTR);
    stream->child = 0;
    if (ended < 0)
        fail(EXIT_USAGE, "%s: %s: %s", stream->name, stream->program,
             strerror(errno));
    if (WIFSIGNALED(status))
        fail(EXIT_USAGE, "%s: %s was killed by signal %d", stream->name,
             stream->program, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        fail(EXIT_USAGE, "%s: %s failed with exit status %d", stream->name,
             stream->program, WEXITSTATUS(status));
    if (stream->feeder == 0)
        return;
    do
        ended = waitpid(stream->feeder, &status, 0);
    while (ended < 0 && errno == EINTR);
    stream->feeder = 0;
    if (ended < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail(EXIT_USAGE, "%s: could not be read to the end", stream->name);
}

/* Refuses a file that has less in it than when it was opened. */
static void expect_whole(const struct stream *stream) {
    struct stat about;
    if (stream->size > 0 && fstat(stream->file, &about) == 0 &&
        (uint64_t)about.st_size < stream->size)
        fail(EXIT_USAGE, "%s: the file shrank while it was being read",
             stream->name);
}

size_t read_stream(struct stream *stream, char *to, size_t size) {
    ssize_t got;
    if (stream->head_size > 0) {
        size_t head = stream->head_size < size ? stream->head_size : size;
        memcpy(to, stream->head, head);
        memmove(stream->head, stream->head + head, stream->head_size - head);
        stream->head_size -= head;
        return head;
    }
    if (stream->head_is_all)
        return 0;
    do
        got = read(stream->descriptor, to, size);
    while (got < 0 && errno == EINTR);
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
    off_t at = lseek(stream->file, 0, SEEK_CUR);
    return at > 0 ? (uint64_t)at : 0;
}

void close_stream(struct stream *stream) {
    if (stream->descriptor != stream->file)
        close(stream->descriptor);
    if (stream->opened)
        close(stream->file);
    free(stream->name);
}
