// C++ exceptions thrown by callbacks reach the C++ caller as they were, through
// each function that takes a callback. Nothing leaks, outputs are as promised,
// and the library goes on.
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../check.h"

namespace {

// Counts those that are alive, so that one sees that unwinding destroys each.
struct Guard {
    static int alive;
    Guard() {
        __atomic_add_fetch(&alive, 1, __ATOMIC_SEQ_CST);
    }
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
    ~Guard() {
        __atomic_sub_fetch(&alive, 1, __ATOMIC_SEQ_CST);
    }
};
int Guard::alive = 0;

// An exception with content, which must arrive as it was thrown.
struct Special : std::runtime_error {
    int number;
    std::string text;
    explicit Special(int n)
        : std::runtime_error("special"), number(n),
          text(std::string(100, 'x') + std::to_string(n)) {}
};

void throw_one_of(int kind, int number) {
    switch (kind % 4) {
    case 0:
        throw Special(number);
    case 1:
        throw number;
    case 2:
        throw std::string("text ") + std::to_string(number);
    default:
        throw std::bad_alloc();
    }
}

// Runs `call`, which must throw what throw_one_of(kind, number) throws.
template <typename Call> void expect_throw(int kind, int number, Call call) {
    int caught = -1;
    try {
        call();
    } catch (const Special &special) {
        caught = 0;
        CHECK_INT(special.number, number);
        CHECK_TEXT(special.what(), "special");
        CHECK(special.text == std::string(100, 'x') + std::to_string(number));
    } catch (int thrown) {
        caught = 1;
        CHECK_INT(thrown, number);
    } catch (const std::string &text) {
        caught = 2;
        CHECK_TEXT(text.c_str(), ("text " + std::to_string(number)).c_str());
    } catch (const std::bad_alloc &) {
        caught = 3;
    }
    CHECK_INT(caught, kind % 4);
}

// After an exception has passed through `function`.
void check_aftermath(const char *function) {
    CHECK_RECORD(TALLY_CALLBACK, function);
    CHECK_TEXT(tally_last_message(), "callback did not return");
    // The library is usable, at once and by the same thread.
    CHECK_INT(rust_function(21), 42);
    CHECK_RECORD(TALLY_OK, "");
}

struct Case {
    int kind, number;
};

int throwing(const void *data, int *result) {
    Guard guard;
    const Case *wanted = static_cast<const Case *>(data);
    *result = 7;
    throw_one_of(wanted->kind, wanted->number);
    return 0;
}

void process_lets_exceptions_pass(int kind) {
    Case wanted = {kind, kind * 3};
    int result = 0;
    expect_throw(kind, wanted.number, [&] {
        Guard guard;
        (void)tally_process(&wanted, throwing, &result);
        CHECK(!"it returned");
    });
    CHECK_INT(result, 7);
    check_aftermath("tally_process");
    result = 0;
    expect_throw(kind, wanted.number, [&] {
        Guard guard;
        (void)process_with_callback(&wanted, throwing, &result);
        CHECK(!"it returned");
    });
    CHECK_INT(result, 7);
    check_aftermath("process_with_callback");
}

struct Mapping {
    Case wanted;
    int throw_at;
    size_t *done;
};

int map_one(const void *element, int *result, void *user_data) {
    Guard guard;
    const Mapping *mapping = static_cast<const Mapping *>(user_data);
    int value = *static_cast<const int *>(element);
    if (mapping->done != nullptr) {
        CHECK_SIZE(*mapping->done, static_cast<size_t>(value));
    }
    *result = 100 + value;
    if (value == mapping->throw_at) {
        throw_one_of(mapping->wanted.kind, mapping->wanted.number);
    }
    return 0;
}

void map_lets_exceptions_pass(int kind) {
    static const int elements[] = {0, 1, 2, 3, 4};
    for (int throw_at = 0; throw_at < 5; throw_at++) {
        int results[] = {-1, -1, -1, -1, -1};
        size_t done = 77;
        Mapping mapping = {{kind, kind + throw_at}, throw_at, &done};
        expect_throw(kind, kind + throw_at, [&] {
            Guard guard;
            (void)tally_map(elements, 5, sizeof *elements, map_one, &mapping,
                            results, &done);
            CHECK(!"it returned");
        });
        // What was finished is written, and nothing beyond.
        CHECK_SIZE(done, static_cast<size_t>(throw_at));
        for (int i = 0; i < 5; i++) {
            CHECK_INT(results[i], i < throw_at ? 100 + i : -1);
        }
        check_aftermath("tally_map");
        mapping.done = nullptr;
        expect_throw(kind, kind + throw_at, [&] {
            (void)tally_map(elements, 5, sizeof *elements, map_one, &mapping,
                            results, nullptr);
        });
        check_aftermath("tally_map");
    }
}

struct Source {
    Case wanted;
    int calls;
    tally_accumulator *into;
};

size_t pull_one(double *buffer, size_t capacity, void *user_data) {
    Guard guard;
    Source *source = static_cast<Source *>(user_data);
    if (source->calls-- == 0) {
        throw_one_of(source->wanted.kind, source->wanted.number);
    }
    for (size_t i = 0; i < capacity; i++) {
        buffer[i] = 1e200;
    }
    return capacity;
}

void pull_lets_exceptions_pass(int kind) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.1));
    const tally_accumulator before = sum;
    for (int calls = 0; calls < 4; calls++) {
        Source source = {{kind, kind + calls}, calls, &sum};
        expect_throw(kind, kind + calls, [&] {
            Guard guard;
            (void)tally_accumulator_pull(&sum, pull_one, &source);
            CHECK(!"it returned");
        });
        // All or nothing: nothing.
        CHECK_BYTES(&sum, &before, sizeof sum);
        check_aftermath("tally_accumulator_pull");
    }
}

struct Room {
    Case wanted;
    int calls;
    const std::size_t *done;
    tally_accumulator memory[3];
};

void *give_room(std::size_t size, void *user_data) {
    Guard guard;
    Room *room = static_cast<Room *>(user_data);
    CHECK_SIZE(size, sizeof(tally_accumulator));
    if (room->calls-- == 0) {
        CHECK_SIZE(*room->done, 2);
        throw_one_of(room->wanted.kind, room->wanted.number);
    }
    return &room->memory[room->calls];
}

void scattered_adding_lets_exceptions_pass(int kind) {
    tally_small_accumulator sums[3] = {};
    tally_small_accumulator *const into[] = {&sums[0], &sums[1], &sums[1],
                                             &sums[2]};
    const double values[] = {1.0, 2.0, 1e300, 4.0};
    std::size_t done = 0;
    Room room = {{kind, kind}, 0, &done, {}};
    expect_throw(kind, kind, [&] {
        Guard guard;
        const tally_column column = TALLY_COLUMN(TALLY_F64, values, 4);
        (void)tally_small_accumulator_add_scattered(into, &column, give_room,
                                                    &room, &done);
        CHECK(!"it returned");
    });
    // The rows before are done.
    CHECK_SIZE(done, 2);
    check_aftermath("tally_small_accumulator_add_scattered");
    const double expected[] = {1.0, 2.0, 0.0};
    for (int i = 0; i < 3; i++) {
        double total = 0;
        CHECK_OK(tally_small_accumulator_value_f64(&sums[i], &total));
        CHECK_DOUBLE(total, expected[i]);
    }
}

// Each level goes through another function; the exception passes them all.
struct Nesting {
    int depth;
    Case wanted;
    tally_shared *shared;
};

int nested_process(const void *data, int *result);

int nested_map(const void *element, int *result, void *user_data) {
    (void)user_data;
    return nested_process(element, result);
}

size_t nested_source(double *buffer, size_t capacity, void *user_data) {
    (void)buffer;
    (void)capacity;
    int result;
    return static_cast<size_t>(nested_process(user_data, &result));
}

int nested_process(const void *data, int *result) {
    Guard guard;
    Nesting inner = *static_cast<const Nesting *>(data);
    if (inner.depth-- == 0) {
        throw_one_of(inner.wanted.kind, inner.wanted.number);
    }
    // The callback uses the library, with a handle that others use too.
    double one = 1.0;
    CHECK_OK(tally_shared_add_f64(inner.shared, &one, 1));
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t done = 5;
    switch (inner.depth % 4) {
    case 0:
        return tally_process(&inner, nested_process, result);
    case 1:
        return process_with_callback(&inner, nested_process, result);
    case 2:
        return tally_map(&inner, 1, sizeof inner, nested_map, nullptr, result,
                         &done);
    default:
        return tally_accumulator_pull(&sum, nested_source, &inner);
    }
}

void nested_calls_let_exceptions_pass(int kind) {
    tally_shared *shared = nullptr;
    CHECK_OK(tally_shared_new(&shared));
    Nesting nesting = {20, {kind, 1000 + kind}, shared};
    expect_throw(kind, 1000 + kind, [&] {
        int result = 0;
        nested_process(&nesting, &result);
    });
    CHECK_INT(tally_last_status(), TALLY_CALLBACK);
    CHECK_TEXT(tally_last_message(), "callback did not return");
    tally_accumulator now;
    int64_t total = 0;
    CHECK_OK(tally_shared_snapshot(shared, &now));
    CHECK_OK(tally_accumulator_value_i64(&now, &total));
    CHECK_INT(total, 20);
    CHECK_OK(tally_unref(shared));
}

// A callback may catch what an inner one throws, and go on.
int catches(const void *data, int *result) {
    const Case *wanted = static_cast<const Case *>(data);
    int inner = 0;
    expect_throw(wanted->kind, wanted->number,
                 [&] { (void)tally_process(data, throwing, &inner); });
    *result = inner + 1;
    return wanted->number < 0 ? 5 : 0;
}

void a_callback_may_catch_and_go_on(int kind) {
    Case wanted = {kind, 11};
    int result = 0;
    CHECK_INT(tally_process(&wanted, catches, &result), 0);
    CHECK_INT(result, 8);
    CHECK_RECORD(TALLY_OK, "");
    // Its failure comes with the error that it left.
    wanted.number = -11;
    CHECK_INT(tally_process(&wanted, catches, &result), 5);
    CHECK_RECORD(TALLY_CALLBACK, "tally_process");
    CHECK_CONTAINS(tally_last_message(), "returned 5");
    CHECK_CONTAINS(tally_last_message(), "callback did not return");
}

void throwing_release(const void *, std::size_t, void *user_data) {
    Guard guard;
    const Case *wanted = static_cast<const Case *>(user_data);
    throw_one_of(wanted->kind, wanted->number);
}

// When the release of a borrowed array throws, everything is done, and the
// error of an earlier call stays: releasing touches it only when it fails.
void a_release_undoes_nothing(int kind) {
    static const double values[] = {1, 2};
    Case wanted = {kind, kind + 5};
    tally_array *array = nullptr;
    tally_view *view = nullptr;
    const double *seen = nullptr;
    std::size_t count = 0;
    for (bool by_a_view : {false, true}) {
        CHECK_OK(tally_array_borrow_f64(values, 2, throwing_release, &wanted,
                                        &array));
        CHECK_OK(tally_array_view_f64(array, &seen, &count, &view));
        if (by_a_view) {
            CHECK_OK(tally_unref(array));
        } else {
            CHECK_OK(tally_array_release_view(view));
        }
        CHECK_INT(risky_operation("x"), TALLY_PARSE);
        expect_throw(kind, wanted.number, [&] {
            Guard guard;
            (void)(by_a_view ? tally_array_release_view(view)
                             : tally_unref(array));
            CHECK(!"it returned");
        });
        CHECK_RECORD(TALLY_PARSE, "risky_operation");
        CHECK_REFUSED(tally_unref(array), TALLY_STALE, "tally_unref");
        CHECK_REFUSED(tally_array_release_view(view), TALLY_STALE,
                      "tally_array_release_view");
    }
}

void all(int kind) {
    process_lets_exceptions_pass(kind);
    map_lets_exceptions_pass(kind);
    pull_lets_exceptions_pass(kind);
    scattered_adding_lets_exceptions_pass(kind);
    nested_calls_let_exceptions_pass(kind);
    a_callback_may_catch_and_go_on(kind);
    a_release_undoes_nothing(kind);
}

} // namespace

int main() {
    // Thousands of exceptions of each kind, and nothing adds up.
    int rounds = is_quick() ? 20 : 1000;
    void *block = tally_alloc(10);
    void *object = tally_object_new();
    for (int i = 0; i < rounds; i++) {
        all(i);
    }
    CHECK_LIVE(1, 1, 10);
    CHECK_INT(Guard::alive, 0);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([t, rounds] {
            for (int i = 0; i < rounds / 10; i++) {
                all(t + i);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    CHECK_INT(Guard::alive, 0);
    tally_free(block);
    tally_clear_error();
    CHECK_OK(tally_unref(object));
    return finish();
}
