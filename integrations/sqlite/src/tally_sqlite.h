/*
 * The exact aggregates of Tally for SQLite, compiled into a program.
 *
 *     sqlite3_auto_extension((void (*)(void))sqlite3_tally_init);
 *
 * adds them to every connection opened afterwards, and
 * sqlite3_tally_init(db, NULL, NULL) adds them to an open connection.
 */
#ifndef TALLY_SQLITE_H
#define TALLY_SQLITE_H

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3_api_routines;

/*
 * Registers the functions with a connection.
 *
 * On failure, if 'message' is not NULL, '*message' is the reason, to be freed
 * by sqlite3_free(). 'api' is the table of functions that SQLite passes to an
 * extension it loads; it is ignored if the extension is compiled into the
 * program.
 *
 * Returns SQLITE_OK or an SQLite error code.
 */
int sqlite3_tally_init(sqlite3 *db, char **message,
                       const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
