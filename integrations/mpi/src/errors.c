/* Each thread's latest error, and failures that ranks report to each other. */
#include "internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[768];
static _Thread_local int failed_rank = -1;

const char *tally_mpi_last_message(void) {
    return message;
}

int tally_mpi_last_rank(void) {
    return failed_rank;
}

int succeed(void) {
    message[0] = '\0';
    failed_rank = -1;
    return 0;
}

int fail_at(int rank, tally_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    failed_rank = rank;
    return status;
}

int fail_mpi(const char *function, int error) {
    char text[MPI_MAX_ERROR_STRING] = "";
    int length = 0;
    if (MPI_Error_string(error, text, &length) != MPI_SUCCESS)
        text[0] = '\0';
    snprintf(message, sizeof message, "%s: MPI error %d: %s", function, error,
             text);
    failed_rank = -1;
    /* Codes are above 0 wherever we know; a class always is. */
    if (error < 0 && MPI_Error_class(error, &error) != MPI_SUCCESS)
        error = MPI_ERR_OTHER;
    return error;
}

int fail_tally(tally_status status) {
    return fail_at(-1, status, "%s: %s: %s", tally_status_name(status),
                   tally_last_function(), tally_last_message());
}

void note(local_failure *failure, tally_status status, const char *text) {
    if (failure->status != TALLY_OK || status == TALLY_OK)
        return;
    failure->status = status;
    snprintf(failure->text, sizeof failure->text, "%s", text);
}

void note_tally(local_failure *failure, tally_status status) {
    char text[sizeof failure->text];
    if (status == TALLY_OK)
        return;
    snprintf(text, sizeof text, "%s: %s", tally_last_function(),
             tally_last_message());
    note(failure, status, text);
}

void note_null(local_failure *failure, const void *pointer, const char *name) {
    char text[64];
    if (pointer != NULL)
        return;
    snprintf(text, sizeof text, "%s is NULL", name);
    note(failure, TALLY_NULL, text);
}

void note_array(local_failure *failure, const void *values, size_t count,
                size_t size, const char *name) {
    char text[96];
    if (count == 0)
        return;
    note_null(failure, values, name);
    /* MPI_IN_PLACE is not an address: reading there would crash. */
    if (values == MPI_IN_PLACE) {
        snprintf(text, sizeof text, "%s cannot be MPI_IN_PLACE here", name);
        note(failure, TALLY_INVALID, text);
    }
    if (count > PTRDIFF_MAX / size) {
        snprintf(text, sizeof text, "%s would be larger than PTRDIFF_MAX bytes",
                 name);
        note(failure, TALLY_INVALID, text);
    }
}
