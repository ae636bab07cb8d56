/* An SQLite that is too old for the extension: refused, and nothing is called
 * that it does not have. */
#include <dlfcn.h>
#include <sqlite3ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number;

static int libversion_number(void) {
    return number;
}

static const char *libversion(void) {
    return "of a test";
}

static char *print(const char *format, ...) {
    va_list arguments;
    char *text = malloc(200);
    va_start(arguments, format);
    vsnprintf(text, 200, format, arguments);
    va_end(arguments);
    return text;
}

typedef int init(sqlite3 *, char **, const sqlite3_api_routines *);

int main(int count, char **arguments) {
    void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    if (library == NULL) {
        printf("%s\n", dlerror());
        return 1;
    }
    init *entry;
    *(void **)&entry = dlsym(library, "sqlite3_tally_init");
    sqlite3_api_routines api;
    memset(&api, 0, sizeof api);
    api.libversion_number = libversion_number;
    api.libversion = libversion;
    api.mprintf = print;
    for (number = 3007000; number < 3025000; number += 1000) {
        char *message = NULL;
        if (entry(NULL, &message, &api) != SQLITE_ERROR || message == NULL ||
            strstr(message, "3.25") == NULL) {
            printf("%d: %s\n", number, message);
            return 1;
        }
        free(message);
        if (entry(NULL, NULL, &api) != SQLITE_ERROR)
            return 1;
    }
    return 0;
}
