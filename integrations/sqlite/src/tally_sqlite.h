/*
 * The exact aggregates of Tally for SQLite, compiled into a program.
 *
 *     sqlite3_auto_extension((void (*)(void))sqlite3_tally_init);
 *
 * gives them to every connection that is opened afterwards, and
 * sqlite3_tally_init(db, NULL, NULL) to one that is open.
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
 * '*message', if 'message' is not NULL, is the reason of a failure, to be freed
 * by sqlite3_free(). 'api' is what SQLite gives to an extension that it loads;
 * it is ignored where this is compiled into the program.
 *
 * Returns SQLITE_OK or an error code of SQLite.
 */
int sqlite3_tally_init(sqlite3 *db, char **message,
                       const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
