/*
 * The teaching text's names beside the C++ face, which leaves them out: tally.h
 * is included after it here, and before it in tally_hpp_classic_first.cpp.
 */
#ifdef TALLY_H_FIRST
#include "tally.h"
#endif
/* The formatter would sort them. */
/* clang-format off */
#include "tally.hpp"
#ifdef TALLY_NO_CLASSIC
#error "tally.hpp leaves a macro behind"
#endif
#include "tally.h"
/* clang-format on */

#include <stdexcept>
#include <vector>

#include "../check.h"

static int throws(const void *, int *) {
    throw std::runtime_error("through both libraries");
}

static void both_have_one_error_record() {
    const std::vector<int> values = {40, 2};
    CHECK_INT(sum_array(values.data(), 2), 42);
    CHECK_INT(static_cast<int>(tally::sum(values)), 42);
    double total = 0;
    CHECK_INT(tally::try_sum(static_cast<const double *>(nullptr), 3, total),
              TALLY_NULL);
    CHECK_TEXT(get_last_error(), tally_last_message());
    CHECK_INT(risky_operation("forty-two"), TALLY_PARSE);
    CHECK_RECORD(TALLY_PARSE, "risky_operation");
}

static void both_have_one_table_of_handles() {
    void *object = c_object_new();
    CHECK_INT(c_object_set_value(object, 42), TALLY_OK);
    CHECK_INT(tally_object_value(object), 42);
    CHECK_INT(tally_unref(object), TALLY_OK);
    c_object_unref(object);
    CHECK_RECORD(TALLY_STALE, "c_object_unref");
    c_free(tally_alloc(1));
    CHECK_RECORD(TALLY_OK, "");
}

static void exceptions_pass() {
    int result = 0;
    bool caught = false;
    try {
        result = process_with_callback(nullptr, throws, &result);
    } catch (const std::runtime_error &) {
        caught = true;
    }
    CHECK(caught);
    CHECK_RECORD(TALLY_CALLBACK, "process_with_callback");
}

int main() {
    both_have_one_error_record();
    both_have_one_table_of_handles();
    exceptions_pass();
    return finish();
}
