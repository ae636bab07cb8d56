/* The version, as the header says it and as the library does. */
#include "../check.h"

int main(void) {
    CHECK_TEXT(tally_version(), TALLY_VERSION);
    CHECK_SIZE(tally_version_number(), TALLY_VERSION_NUMBER);
    CHECK_INT(TALLY_VERSION_NUMBER, TALLY_VERSION_MAJOR * 10000 +
                                        TALLY_VERSION_MINOR * 100 +
                                        TALLY_VERSION_PATCH);
    /* Each part from the text, so that no part stands in for another. */
    int major = -1, minor = -1, patch = -1, read = 0;
    CHECK_INT(
        sscanf(tally_version(), "%d.%d.%d%n", &major, &minor, &patch, &read),
        3);
    CHECK_SIZE(strlen(tally_version()), (size_t)read);
    CHECK_INT(major, TALLY_VERSION_MAJOR);
    CHECK_INT(minor, TALLY_VERSION_MINOR);
    CHECK_INT(patch, TALLY_VERSION_PATCH);
#if TALLY_VERSION_NUMBER < 100
#error "the number must work in the preprocessor"
#endif
    return finish();
}
