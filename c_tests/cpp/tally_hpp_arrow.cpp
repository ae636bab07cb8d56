/*
 * The C++ header, columns of Arrow: batches, streams, and streams whose
 * callbacks throw. What was handed out is released then, too.
 */
#include "tally.hpp"

#include <stdexcept>
#include <string>

#include "../arrow.h"
#include "throws.hpp"

namespace {

const double doubles[] = {1e100, 0.125, 3, -1e100};
const std::uint8_t bits[] = {0x0d};

struct batch_of {
    arrow_data batch, column;
    const arrow_data *chunks[1] = {&batch};

    batch_of(const char *format, const void *values) {
        make_arrow(&batch, "+s", "", 4, 0, nullptr, nullptr);
        make_arrow(&column, format, "x", 4, 0, bits, values);
        add_arrow_field(&batch, &column);
    }
};

void columns_are_added() {
    const batch_of doubled("g", doubles);
    const ArrowSchema *schema = &doubled.batch.schema;
    const ArrowArray *array = &doubled.batch.array;
    tally::accumulator sum;
    sum.add_arrow(schema, array, "x").add(2);
    CHECK_DOUBLE(sum.value(), 5);
    CHECK_INT(sum.count(), 4);
    CHECK_DOUBLE(tally::moments().add_arrow(schema, array, "[0]").mean(), 1);
    CHECK(tally::decimal().add_arrow(schema, array, ".x").text() == "3");
    CHECK_INT(
        tally::product_accumulator().add_arrow(schema, array, "x", "x").count(),
        3);
    const auto column = tally::column::from_arrow(&doubled.column.schema,
                                                  &doubled.column.array);
    CHECK_DOUBLE(column.sum(), 3);
    CHECK_INT(column.skipped(), 1);
    CHECK_THROWS(sum.add_arrow(schema, array, "y"), TALLY_INVALID,
                 "tally_accumulator_add_arrow", "no field \"y\"");
    CHECK_INT(sum.count(), 4);
    CHECK_INT(arrow_releases, 0);
}

void streams_are_added() {
    const batch_of doubled("g", doubles);
    ArrowArrayStream stream;
    arrow_source source;
    make_arrow_stream(&stream, &source, doubled.chunks, 1);
    tally::accumulator sum;
    CHECK_DOUBLE(sum.add_arrow_stream(&stream, "x").value(), 3);
    source.given = 0;
    tally::product_accumulator products;
    CHECK_INT(products.add_arrow_stream(&stream, "x", "x").count(), 3);
    CHECK_INT(arrow_releases, source.handed);
    arrow_releases = 0;
}

/* Throws at a call, perhaps with a struct that is handed out already. */
struct thrower {
    arrow_source source;
    int throws_at;
    bool after;
};
int alive;

struct special : std::runtime_error {
    explicit special(int n)
        : std::runtime_error(std::string(100, 'x') + std::to_string(n)) {}
};

struct guard {
    guard() {
        alive++;
    }
    guard(const guard &) = delete;
    guard &operator=(const guard &) = delete;
    ~guard() {
        alive--;
    }
};

template <class Struct>
int throwing(ArrowArrayStream *stream, Struct *out,
             int (*give)(ArrowArrayStream *, Struct *)) {
    const guard local;
    thrower *self = static_cast<thrower *>(stream->private_data);
    const bool is_now = self->source.calls == self->throws_at;
    if (is_now && !self->after)
        throw special(self->throws_at);
    const int error = give(stream, out);
    if (is_now)
        throw special(self->throws_at);
    return error;
}

int throwing_schema(ArrowArrayStream *stream, ArrowSchema *out) {
    return throwing(stream, out, give_arrow_schema);
}
int throwing_next(ArrowArrayStream *stream, ArrowArray *out) {
    return throwing(stream, out, give_arrow_array);
}
const char *throwing_error(ArrowArrayStream *) {
    const guard local;
    throw special(1000);
}

/* Leaves no error, whether it fails or not. */
int clearing_next(ArrowArrayStream *stream, ArrowArray *out) {
    const int error = give_arrow_array(stream, out);
    tally_clear_error();
    return error;
}

template <class Add>
void check_thrown(const thrower &self, int number, const char *function,
                  Add add) {
    bool is_caught = false;
    try {
        const guard local;
        add();
    } catch (const special &caught) {
        is_caught =
            caught.what() == std::string(100, 'x') + std::to_string(number);
    }
    CHECK(is_caught);
    CHECK_INT(arrow_releases, self.source.handed);
    CHECK_INT(arrow_released_twice, 0);
    CHECK_INT(arrow_streams_released, 0);
    CHECK_INT(alive, 0);
    CHECK_RECORD(TALLY_CALLBACK, function);
    CHECK_TEXT(tally_last_message(), "callback did not return");
    arrow_releases = 0;
}

/* A release callback that uses the library. */
void clearing_release(ArrowArray *array) {
    tally_clear_error();
    release_arrow_array(array);
}

void exceptions_pass_and_all_is_released() {
    batch_of doubled("g", doubles);
    doubled.batch.array.release = clearing_release;
    const arrow_data *chunks[] = {&doubled.batch, &doubled.batch,
                                  &doubled.batch};
    for (int round = 0; round < 400; round++) {
        const int throws_at = round % 5, after = round / 5 % 2;
        ArrowArrayStream stream;
        thrower self;
        make_arrow_stream(&stream, &self.source, chunks, 3);
        self.throws_at = throws_at;
        self.after = after != 0;
        stream.get_schema = throwing_schema;
        stream.get_next = throwing_next;
        stream.private_data = &self;
        tally::accumulator sum(tally::accumulator().add(0.5));
        const tally::accumulator before = sum;
        check_thrown(self, throws_at, "tally_accumulator_add_arrow_stream",
                     [&] { sum.add_arrow_stream(&stream, "x"); });
        CHECK(sum == before);
        CHECK_INT(self.source.handed,
                  throws_at == 4 ? 4 : throws_at + (self.after ? 1 : 0));

        make_arrow_stream(&stream, &self.source, chunks, 3);
        self.throws_at = throws_at;
        stream.get_schema = throwing_schema;
        stream.get_next = throwing_next;
        stream.private_data = &self;
        tally::decimal decimal;
        check_thrown(self, throws_at, "tally_decimal_add_arrow_stream",
                     [&] { decimal.add_arrow_stream(&stream, "x"); });
        CHECK(decimal == tally::decimal());

        /* While it says what failed. */
        make_arrow_stream(&stream, &self.source, chunks, 3);
        self.source.failing = throws_at;
        self.source.error = 5;
        if (after != 0)
            stream.get_next = clearing_next;
        stream.get_last_error = throwing_error;
        stream.private_data = &self;
        check_thrown(self, 1000, "tally_accumulator_add_arrow_stream",
                     [&] { sum.add_arrow_stream(&stream, "x"); });
        CHECK(sum == before);
    }
}

} // namespace

int main() {
    columns_are_added();
    streams_are_added();
    exceptions_pass_and_all_is_released();
    return finish();
}
