/* Releases nothing, for the report at the end of the process: to standard error
 * as it was, or nowhere if that is another file now, which the argument names.
 * Threads of the library, which the end of the process finds anywhere, are not
 * waited for. */
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>

#include "../check.h"

int main(int argc, char **argv) {
    enum { COUNT = 600000 };
    double *values = calloc(COUNT, sizeof *values), total = 1;
    CHECK_OK(tally_sum_f64_parallel(values, COUNT, 4, &total));
    CHECK_DOUBLE(total, 0.0);
    CHECK(tally_object_new() != NULL);
    CHECK(tally_alloc(100) != NULL);
    CHECK_LIVE(1, 1, 100);
    if (argc > 1) {
        _close(2);
        CHECK_INT(_open(argv[1], _O_WRONLY | _O_CREAT | _O_TRUNC,
                        _S_IREAD | _S_IWRITE),
                  2);
    }
    return check_failures != 0;
}
