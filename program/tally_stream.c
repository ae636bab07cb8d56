#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include "tally_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
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
} compressions[] = {
    {".gz", "gzip", "-dc"},
    {".bz2", "bzip2", "-dc"},
    {".xz", "xz", "-dc"},
    {".zst", "zstd", "-dcq"},
};

static const struct compression *compression_of(const char *path) {
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof compressions / sizeof *compressions; i++) {
        size_t suffix = strlen(compressions[i].suffix);
        if (length > suffix &&
            strcasecmp(path + length - suffix, compressions[i].suffix) == 0)
            return &compressions[i];
    }
    return NULL;
}

size_t plain_name_length(const char *path) {
    const struct compression *compression = compression_of(path);
    return strlen(path) -
           (compression != NULL ? strlen(compression->suffix) : 0);
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

    /* It must end with this process, even if SIGPIPE was ignored. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    int error = posix_spawnattr_init(&attributes);
    if (error == 0)
        error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        posix_spawnattr_setsigdefault(&attributes, &signals);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
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
        fail(EXIT_USAGE, "%s: %s, which reads %s files: %s", stream->name,
             compression->program, compression->suffix, strerror(error));
    close(ends[1]);
    stream->descriptor = ends[0];
    stream->program = compression->program;
}

struct stream open_stream(const char *path) {
    struct stream stream = {0};
    struct stat about;
    stream.name = path;
    if (strcmp(path, "-") == 0) {
        stream.name = "standard input";
        stream.file = STDIN_FILENO;
    } else {
        stream.file = open(path, O_RDONLY | O_CLOEXEC);
        if (stream.file < 0)
            fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
        stream.opened = true;
    }
    if (fstat(stream.file, &about) == 0 && S_ISREG(about.st_mode))
        stream.size = (uint64_t)about.st_size;
    stream.descriptor = stream.file;
    const struct compression *compression = compression_of(path);
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
        fail(EXIT_USAGE, "%s: %s was ended by signal %d", stream->name,
             stream->program, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        fail(EXIT_USAGE, "%s: %s failed with exit status %d", stream->name,
             stream->program, WEXITSTATUS(status));
}

size_t read_stream(struct stream *stream, char *to, size_t size) {
    ssize_t got;
    do
        got = read(stream->descriptor, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail(EXIT_USAGE, "%s: %s", stream->name, strerror(errno));
    if (got == 0 && stream->child != 0)
        expect_good_end(stream);
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
}
