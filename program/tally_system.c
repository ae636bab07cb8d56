#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "tally_system.h"

#include <sys/stat.h>
#include <unistd.h>

/* mingw has these of POSIX too. */

void close_file(int file) {
    close(file);
}

bool file_size(int file, uint64_t *size) {
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    *size = (uint64_t)about.st_size;
    return true;
}

int64_t file_position(int file) {
    return lseek(file, 0, SEEK_CUR);
}

bool set_file_position(int file, int64_t at) {
    return lseek(file, at, SEEK_SET) >= 0;
}

#if !defined(_WIN32)

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>

#include "tally_console.h"

extern char **environ;

void prepare_streams(void) {}

int open_file(const char *path) {
    return open(path, O_RDONLY | O_CLOEXEC);
}

ptrdiff_t read_some(int file, char *to, size_t size) {
    ssize_t got;
    do
        got = read(file, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Spawns it. An error's number, or 0. */
static int spawn(const char *program, const char *options, int input,
                 int output, pid_t *child) {
    char *arguments[] = {(char *)program, (char *)options, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals;

    int error = posix_spawnattr_init(&attributes);
    if (error != 0)
        return error;
    /* It must end with this process, even if SIGPIPE was ignored. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        if (error == 0)
            error = posix_spawn_file_actions_adddup2(&actions, output,
                                                     STDOUT_FILENO);
        if (error == 0)
            error = posix_spawnp(child, program, &actions, &attributes,
                                 arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawnattr_destroy(&attributes);
    return error;
}

int start_filter(const char *program, const char *options, int file,
                 process *started, int *output) {
    int ends[2];
    pid_t child = 0;
    if (pipe(ends) != 0)
        return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    /* An ignored SIGCHLD would leave nothing to wait for. */
    signal(SIGCHLD, SIG_DFL);
    int error = spawn(program, options, file, ends[1], &child);
    close(ends[1]);
    *started = child;
    *output = ends[0];
    return error;
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

int start_feeder(const char *head, size_t size, int file, process *started,
                 int *output) {
    char bytes[1 << 14];
    int ends[2];
    ptrdiff_t got;
    signal(SIGCHLD, SIG_DFL);
    if (pipe(ends) != 0)
        return errno;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child > 0) {
        close(ends[1]);
        fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        *started = child;
        *output = ends[0];
        return 0;
    }
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    write_all(ends[1], head, size);
    while ((got = read_some(file, bytes, sizeof bytes)) > 0)
        write_all(ends[1], bytes, (size_t)got);
    _exit(got < 0 ? 1 : 0);
}

struct ending wait_for(process started) {
    struct ending ending = {0};
    int status;
    pid_t ended;
    do
        ended = waitpid((pid_t)started, &status, 0);
    while (ended < 0 && errno == EINTR);
    ending.known = ended >= 0;
    if (ending.known && WIFSIGNALED(status))
        ending.signal = WTERMSIG(status);
    else if (ending.known)
        ending.status = WEXITSTATUS(status);
    return ending;
}

/* Links to a file stay. A link to nothing, such as /dev/stdout, which is closed
 * by now, is written in place. */
struct place open_place(const char *to) {
    struct place place = {0};
    struct stat old;
    char end[32];
    int descriptor;
    bool is_new = lstat(to, &old) != 0 && errno == ENOENT;
    bool is_file = !is_new && stat(to, &old) == 0 && S_ISREG(old.st_mode);
    if (is_new)
        place.target = strcpy(resize(NULL, strlen(to) + 1, 1), to);
    else if (is_file)
        place.target = realpath(to, NULL);
    if (place.target == NULL) {
        descriptor = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    } else {
        snprintf(end, sizeof end, ".%ld.new", (long)getpid());
        text_puts(&place.name, place.target);
        text_puts(&place.name, end);
        descriptor =
            open(place.name.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (descriptor < 0)
        return place;
    /* Nobody may read what is written who could not read what it replaces. */
    bool ready = !is_file || fchmod(descriptor, old.st_mode & 0777) == 0;
    place.file = ready ? fdopen(descriptor, "wb") : NULL;
    if (place.file == NULL && place.target != NULL)
        unlink(place.name.at);
    return place;
}

bool close_place(struct place *place) {
    if (fflush(place->file) != 0)
        return false;
    if (place->target == NULL)
        return fclose(place->file) == 0;
    return fsync(fileno(place->file)) == 0 && fclose(place->file) == 0 &&
           rename(place->name.at, place->target) == 0;
}

void remove_unfinished(const char *path) {
    unlink(path);
}

int terminal_columns(void) {
    struct winsize size;
    if (!isatty(STDERR_FILENO))
        return 0;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return INT_MAX;
    return size.ws_col;
}

bool write_to_terminal(const char *bytes, size_t size) {
    return write(STDERR_FILENO, bytes, size) >= 0;
}

static void (*when_ended)(void);

static void end_by_signal(int signal) {
    when_ended();
    raise(signal);
}

/* What the parent had ignored stays so. */
void call_when_ended(void (*function)(void)) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction before, ours;
    when_ended = function;
    memset(&ours, 0, sizeof ours);
    ours.sa_handler = end_by_signal;
    ours.sa_flags = SA_RESETHAND;
    sigemptyset(&ours.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 &&
            before.sa_handler == SIG_DFL)
            sigaction(signals[i], &ours, NULL);
}

double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
