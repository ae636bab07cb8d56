/* A program that the aggregates are a part of. */
#include <sqlite3.h>
#include <stdio.h>
#include <tally_sqlite.h>

static int print(void *data, int count, char **values, char **names) {
    (void)data;
    (void)names;
    for (int i = 0; i < count; i++)
        printf("%s%s", i > 0 ? "|" : "", values[i] ? values[i] : "NULL");
    printf("\n");
    return 0;
}

int main(void) {
    sqlite3 *db;
    char *message = NULL;
    sqlite3_auto_extension((void (*)(void))sqlite3_tally_init);
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "select exact_sum(column1), exact_value(exact_state(1.5))"
                     "  from (values (1e100), (1.0), (-1e100));"
                     "select exact_sum(column1) from (values (1), (2));",
                     print, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s\n", message ? message : sqlite3_errmsg(db));
        sqlite3_free(message);
        sqlite3_close(db);
        return 1;
    }
    return sqlite3_close(db) != SQLITE_OK;
}
