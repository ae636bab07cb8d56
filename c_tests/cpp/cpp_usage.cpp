// The header from C++: types, initial values, owners, containers, callbacks.
#include <cmath>
#include <limits>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

#include "../check.h"

namespace {

// The types are what a C++ program may rely on.
static_assert(sizeof(tally_status) == 4, "a status has 32 bits");
static_assert(sizeof(tally_accumulator) == 320, "the size never changes");
static_assert(std::is_trivial<tally_accumulator>::value,
              "plain memory: no constructor, no destructor");
static_assert(std::is_standard_layout<tally_accumulator>::value, "as in C");
static_assert(std::is_standard_layout<tally_record>::value, "as in C");
static_assert(std::is_same<decltype(tally_last_status()), tally_status>::value,
              "not an int");
static_assert(TALLY_VERSION_NUMBER >= 100, "a constant");

struct Unref {
    void operator()(void *handle) const {
        CHECK_INT(tally_unref(handle), TALLY_OK);
    }
};
struct Free {
    void operator()(void *block) const {
        tally_free(block);
    }
    void operator()(tally_record *record) const {
        tally_record_free(record);
    }
};

void accumulators_are_values() {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    tally_accumulator zeroed = {};
    CHECK_BYTES(&sum, &zeroed, sizeof sum);
    std::vector<double> values = {1e100, 1.0, -1e100};
    CHECK_OK(tally_accumulator_add_f64(&sum, values.data(), values.size()));
    tally_accumulator copy = sum;
    std::vector<tally_accumulator> many(10, copy);
    tally_accumulator total = TALLY_ACCUMULATOR_INIT;
    for (const tally_accumulator &one : many) {
        CHECK_OK(tally_accumulator_merge(&total, &one));
    }
    double value = 0;
    CHECK_OK(tally_accumulator_value_f64(&total, &value));
    CHECK_DOUBLE(value, 10.0);
}

void an_empty_vector_is_nothing() {
    std::vector<double> nothing;
    double total = 5;
    CHECK_OK(tally_sum_f64(nothing.data(), nothing.size(), &total));
    CHECK_DOUBLE(total, 0.0);
}

void statuses_are_an_enum() {
    double total = 0;
    tally_status status = tally_sum_f64(nullptr, 1, &total);
    switch (status) {
    case TALLY_NULL:
        break;
    default:
        CHECK(!"another status");
    }
    CHECK_TEXT(tally_status_name(status), "TALLY_NULL");
    CHECK_INT(static_cast<int>(TALLY_TOO_SMALL), -14);
    double largest[] = {std::numeric_limits<double>::max(),
                        std::numeric_limits<double>::max()};
    CHECK_REFUSED(tally_sum_f64(largest, 2, &total), TALLY_OVERFLOW,
                  "tally_sum_f64");
    CHECK(std::isinf(total));
}

void smart_pointers_own() {
    std::unique_ptr<void, Unref> object(tally_object_new());
    CHECK_OK(tally_object_set_value(object.get(), 42));
    CHECK_INT(tally_object_value(object.get()), 42);
    std::unique_ptr<void, Free> block(tally_alloc(100));
    CHECK(block != nullptr);
    tally_record *made = nullptr;
    CHECK_OK(tally_record_new(1, "one", 11, &made));
    std::unique_ptr<tally_record, Free> record(made);
    int64_t total = 0;
    CHECK_OK(tally_records_total(record.get(), 1, "one", &total));
    CHECK_INT(total, 11);
    char *copied = nullptr;
    CHECK_OK(tally_text_copy("text", &copied));
    std::unique_ptr<char, Free> text(copied);
    CHECK_TEXT(text.get(), "text");
    CHECK_LIVE(1, 3, 100 + 5 + sizeof(tally_record) + 4);
}

void lambdas_are_callbacks() {
    int value = 21, result = 0;
    CHECK_INT(tally_process(
                  &value,
                  [](const void *data, int *out) {
                      *out = 2 * *static_cast<const int *>(data);
                      return 0;
                  },
                  &result),
              0);
    CHECK_INT(result, 42);
    std::vector<double> left = {3.0, 2.0, 1.0};
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_pull(
        &sum,
        [](double *buffer, size_t, void *user_data) -> size_t {
            auto *values = static_cast<std::vector<double> *>(user_data);
            if (values->empty()) {
                return 0;
            }
            *buffer = values->back();
            values->pop_back();
            return 1;
        },
        &left));
    double total = 0;
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 6.0);
}

void threads_share() {
    tally_shared *shared = nullptr;
    CHECK_OK(tally_shared_new(&shared));
    std::unique_ptr<tally_shared, Unref> owner(shared);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++) {
        threads.emplace_back([shared, i] {
            std::vector<double> values(1000, i + 0.5);
            CHECK_OK(
                tally_shared_add_f64(shared, values.data(), values.size()));
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    tally_accumulator now;
    double total = 0;
    CHECK_OK(tally_shared_snapshot(shared, &now));
    CHECK_OK(tally_accumulator_value_f64(&now, &total));
    CHECK_DOUBLE(total, 8000.0);
}

// Destructors of thread-local objects run as a thread ends.
struct AtTheEnd {
    ~AtTheEnd() {
        double total;
        CHECK_REFUSED(tally_sum_f64(nullptr, 1, &total), TALLY_NULL,
                      "tally_sum_f64");
    }
    void touch() {}
};

void thread_local_destructors_may_fail() {
    for (int i = 0; i < 10; i++) {
        std::thread([] {
            thread_local AtTheEnd at_the_end;
            at_the_end.touch();
        }).join();
    }
}

} // namespace

int main() {
    accumulators_are_values();
    an_empty_vector_is_nothing();
    statuses_are_an_enum();
    smart_pointers_own();
    lambdas_are_callbacks();
    threads_share();
    thread_local_destructors_may_fail();
    return finish();
}
