/* The entry point: DuckDB calls it when it loads the extension. */
#include "extension.h"

DUCKDB_EXTENSION_ENTRYPOINT(duckdb_connection connection,
                            duckdb_extension_info info,
                            struct duckdb_extension_access *access) {
    const char *refused = refuse_host();
    if (refused != NULL) {
        access->set_error(info, refused);
        return false;
    }
    if (register_aggregates(connection) && register_scalars(connection))
        return true;
    access->set_error(info, "tally: cannot register the functions");
    return false;
}
