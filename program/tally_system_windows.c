#include "tally_system.h"

#if defined(_WIN32)

#define WIN32_LEAN_AND_MEAN
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <process.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

#include "tally_console.h"

/* The C library replaces arguments such as *.csv by the files' names. */
int _dowildcard = -1;

void prepare_streams(void) {
    for (int file = 0; file <= 2; file++)
        _setmode(file, _O_BINARY);
}

/* _open(), which says of a folder only that it may not be opened. */
static int open_or_say(const char *path, int how) {
    DWORD about = GetFileAttributesA(path);
    if (about != INVALID_FILE_ATTRIBUTES &&
        (about & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        errno = EISDIR;
        return -1;
    }
    return _open(path, how | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}

int open_file(const char *path) {
    return open_or_say(path, _O_RDONLY);
}

ptrdiff_t read_some(int file, char *to, size_t size) {
    return _read(file, to, size < INT_MAX ? (unsigned)size : INT_MAX);
}

/* Makes a descriptor what it was before; -1: closed. */
static void restore(int descriptor, int before) {
    if (before < 0) {
        _close(descriptor);
        return;
    }
    _dup2(before, descriptor);
    _close(before);
}

int start_filter(const char *program, const char *options, int file,
                 process *started, int *output) {
    /* Looked for in PATH alone: the current folder may be a stranger's. */
    const char *folders = getenv("PATH");
    char path[MAX_PATH];
    DWORD size = SearchPathA(folders != NULL ? folders : "", program, ".exe",
                             sizeof path, path, NULL);
    if (size == 0 || size >= sizeof path)
        return ENOENT;

    const char *arguments[] = {program, options, NULL};
    int ends[2], error = 0;
    if (_pipe(ends, 1 << 16, _O_BINARY | _O_NOINHERIT) != 0)
        return errno;
    int input_before = _dup(0), output_before = _dup(1);
    if (_dup2(file, 0) != 0 || _dup2(ends[1], 1) != 0 ||
        (*started = _spawnv(_P_NOWAIT, path, arguments)) == -1)
        error = errno;
    restore(0, input_before);
    restore(1, output_before);
    _close(ends[1]);
    *output = ends[0];
    return error;
}

int start_feeder(const char *head, size_t size, int file, process *started,
                 int *output) {
    (void)head, (void)size, (void)file, (void)started, (void)output;
    return ESPIPE;
}

struct ending wait_for(process started) {
    struct ending ending = {0};
    HANDLE child = (HANDLE)started;
    DWORD status;
    ending.known = WaitForSingleObject(child, INFINITE) == WAIT_OBJECT_0 &&
                   GetExitCodeProcess(child, &status);
    if (ending.known)
        ending.status = (int)status;
    else
        errno = ECHILD;
    CloseHandle(child);
    return ending;
}

/* Whether there is something of this name that is no file on a disk: NUL, a
 * pipe, the console, or a folder, which cannot be written. */
static bool is_other(const char *path) {
    HANDLE file = CreateFileA(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    BY_HANDLE_FILE_INFORMATION about;
    bool is_file = GetFileType(file) == FILE_TYPE_DISK &&
                   GetFileInformationByHandle(file, &about) &&
                   (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
    CloseHandle(file);
    return !is_file;
}

/* A link is replaced like any file. */
struct place open_place(const char *to) {
    struct place place = {0};
    int how = _O_WRONLY | _O_CREAT;
    const char *name = to;
    char end[32];
    if (!is_other(to)) {
        place.target = strcpy(resize(NULL, strlen(to) + 1, 1), to);
        snprintf(end, sizeof end, ".%lu.new", GetCurrentProcessId());
        text_puts(&place.name, to);
        text_puts(&place.name, end);
        name = place.name.at;
        how |= _O_EXCL;
    }
    int descriptor = open_or_say(name, how);
    if (descriptor >= 0)
        place.file = _fdopen(descriptor, "wb");
    return place;
}

bool close_place(struct place *place) {
    if (fflush(place->file) != 0)
        return false;
    if (place->target == NULL)
        return fclose(place->file) == 0;
    if (_commit(_fileno(place->file)) != 0 || fclose(place->file) != 0)
        return false;
    if (MoveFileExA(place->name.at, place->target,
                    MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return true;
    errno = EACCES;
    return false;
}

void remove_unfinished(const char *path) {
    /* What is open stays. */
    _fcloseall();
    remove(path);
}

int terminal_columns(void) {
    CONSOLE_SCREEN_BUFFER_INFO about;
    if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_ERROR_HANDLE), &about))
        return 0;
    return about.srWindow.Right - about.srWindow.Left + 1;
}

bool write_to_terminal(const char *bytes, size_t size) {
    return _write(2, bytes, (unsigned)size) >= 0;
}

static void (*when_ended)(void);

/* On a thread of its own. What happens next is up to the handlers before. */
static BOOL WINAPI end(DWORD event) {
    (void)event;
    when_ended();
    return FALSE;
}

void call_when_ended(void (*function)(void)) {
    when_ended = function;
    SetConsoleCtrlHandler(end, TRUE);
}

double seconds(void) {
    return (double)GetTickCount64() / 1e3;
}

#endif
