/* Stands in for gzip -dc: passes on what follows the first two bytes of a gzip
 * file, and fails if it begins otherwise. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    if (argc != 2 || strcmp(argv[1], "-dc") != 0)
        return 2;
    _setmode(0, _O_BINARY);
    _setmode(1, _O_BINARY);
    if (getchar() != 0x1f || getchar() != 0x8b)
        return 3;
    for (int byte = getchar(); byte != EOF; byte = getchar())
        putchar(byte);
    return 0;
}
