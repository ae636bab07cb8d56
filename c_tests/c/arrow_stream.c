/*
 * Streams of Arrow: read to the end, all or nothing, and each struct that is
 * handed out released once, however it ends.
 */
#include "../arrow.h"

#include <inttypes.h>

enum { CHUNKS = 5 };

static const double doubles[] = {1e100, 0.125, 3, -1e100, 2, 5, 7, 11};
static const uint8_t bits[] = {0xfd};

static struct arrow_data batches[CHUNKS], columns[CHUNKS];
static const struct arrow_data *chunks[CHUNKS];

/* Batches of some rows of the doubles each, of which one is null. */
static void make_chunks(void) {
    static const int64_t lengths[CHUNKS] = {3, 0, 1, 2, 2};
    int64_t at = 0;
    for (int i = 0; i < CHUNKS; i++) {
        make_arrow(&batches[i], "+s", "", lengths[i], 0, NULL, NULL);
        make_arrow(&columns[i], "g", "x", lengths[i], at, bits, doubles);
        add_arrow_field(&batches[i], &columns[i]);
        chunks[i] = &batches[i];
        at += lengths[i];
    }
    arrow_releases = arrow_released_twice = arrow_streams_released = 0;
}

/* All that was handed out is released, once; the stream is not. */
static void check_released(const struct arrow_source *source) {
    CHECK_INT(arrow_releases, source->handed);
    CHECK_INT(arrow_released_twice, 0);
    CHECK_INT(arrow_streams_released, 0);
}

static void streams_are_added(void) {
    struct ArrowArrayStream stream;
    struct arrow_source source;
    double total;
    make_chunks();
    make_arrow_stream(&stream, &source, chunks, CHUNKS);
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_arrow_stream(&sum, &stream, "x"));
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_DOUBLE(total, 3 + 2 + 5 + 7 + 11);
    CHECK_INT(source.handed, 1 + CHUNKS);
    check_released(&source);

    make_chunks();
    make_arrow_stream(&stream, &source, chunks, CHUNKS);
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_arrow_stream(&moments, &stream, ".x"));
    CHECK_OK(tally_moments_sum_f64(&moments, &total));
    CHECK_DOUBLE(total, 3 + 2 + 5 + 7 + 11);
    check_released(&source);

    make_chunks();
    make_arrow_stream(&stream, &source, &chunks[3], 2);
    tally_product_accumulator squares = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add_arrow_stream(&squares, &stream, "x",
                                                        "[0]"));
    CHECK_OK(tally_product_accumulator_value_f64(&squares, &total));
    CHECK_DOUBLE(total, 2 * 2 + 5 * 5 + 7 * 7 + 11 * 11);
    check_released(&source);

    make_chunks();
    make_arrow_stream(&stream, &source, chunks, CHUNKS);
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    char text[120];
    CHECK_OK(tally_decimal_add_arrow_stream(&decimal, &stream, "x"));
    CHECK_OK(tally_decimal_value_text(&decimal, -1, text, sizeof text, NULL));
    CHECK_TEXT(text, "28");
    check_released(&source);

    /* Of no arrays: the column must be there all the same. */
    make_chunks();
    make_arrow_stream(&stream, &source, chunks, 0);
    memset(&sum, 0, sizeof sum);
    CHECK_OK(tally_accumulator_add_arrow_stream(&sum, &stream, "x"));
    make_arrow_stream(&stream, &source, chunks, 0);
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "y"),
                  TALLY_INVALID, "tally_accumulator_add_arrow_stream");
    CHECK_TEXT(tally_last_message(), "stream: schema has no field \"y\"");
    CHECK_INT(arrow_releases, 2);
}

/* With no array beside it, nothing else tells that the schema lies. */
static void no_schema_has_more_fields_than_memory(void) {
    const int64_t most = PTRDIFF_MAX / sizeof(void *);
    const int64_t numbers[] = {1, 1000000, most, most + 1, INT64_MAX, -1};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct ArrowArrayStream stream;
        struct arrow_source source;
        char message[100];
        make_chunks();
        make_arrow_stream(&stream, &source, chunks, 0);
        batches[0].schema.n_children = numbers[i];
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        const bool is_taken = i < 3;
        CHECK_INT(tally_accumulator_add_arrow_stream(&sum, &stream, "[0]"),
                  is_taken ? TALLY_OK : TALLY_INVALID);
        snprintf(message, sizeof message,
                 "stream: schema: n_children is %" PRId64, numbers[i]);
        CHECK_TEXT(tally_last_message(), is_taken ? "" : message);
    }
}

static void a_failing_stream_changes_nothing(void) {
    static const struct {
        const char *message, *expected;
    } cases[] = {
        {NULL, " returned 5"},
        {"", " returned 5"},
        {"disk on fire", " returned 5: disk on fire"},
        {"a\nb\xff", " returned 5: a b\\xff"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int failing = 0; failing <= 1 + CHUNKS; failing++) {
            struct ArrowArrayStream stream;
            struct arrow_source source;
            tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
            CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.5));
            const tally_accumulator before = sum;
            make_chunks();
            make_arrow_stream(&stream, &source, chunks, CHUNKS);
            source.failing = failing;
            source.error = 5;
            source.message = cases[i].message;
            CHECK_REFUSED(
                tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                TALLY_CALLBACK, "tally_accumulator_add_arrow_stream");
            char expected[100];
            snprintf(expected, sizeof expected, "%s%s",
                     failing == 0 ? "get_schema" : "get_next",
                     cases[i].expected);
            CHECK_TEXT(tally_last_message(), expected);
            CHECK_BYTES(&sum, &before, sizeof sum);
            CHECK_INT(source.handed, failing);
            check_released(&source);
            /* It need not say anything. */
            make_chunks();
            make_arrow_stream(&stream, &source, chunks, CHUNKS);
            stream.get_last_error = NULL;
            source.failing = failing;
            source.error = -1;
            CHECK_REFUSED(
                tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                TALLY_CALLBACK, "tally_accumulator_add_arrow_stream");
            CHECK_CONTAINS(tally_last_message(), " returned -1");
            check_released(&source);
        }
    }
    /* A long text is cut between characters. */
    char text[1000];
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\xc3\xa9", 3);
    }
    struct ArrowArrayStream stream;
    struct arrow_source source;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    make_arrow_stream(&stream, &source, chunks, CHUNKS);
    source.failing = 0;
    source.error = 5;
    source.message = text;
    CHECK_INT(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
              TALLY_CALLBACK);
    size_t length = 0;
    CHECK(strlen(tally_last_message()) > 200);
    char copy[1000];
    strcpy(copy, tally_last_message());
    CHECK_OK(tally_text_length(copy, &length, NULL));
}

static void a_bad_array_changes_nothing(void) {
    for (int bad = 0; bad < CHUNKS; bad++) {
        struct ArrowArrayStream stream;
        struct arrow_source source;
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        const tally_accumulator before = sum;
        char expected[100];
        make_chunks();
        columns[bad].array.length = -1;
        make_arrow_stream(&stream, &source, chunks, CHUNKS);
        CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                      TALLY_INVALID, "tally_accumulator_add_arrow_stream");
        snprintf(expected, sizeof expected,
                 "stream: array %d->children[0]: length is -1", bad);
        CHECK_TEXT(tally_last_message(), expected);
        CHECK_BYTES(&sum, &before, sizeof sum);
        CHECK_INT(source.handed, 2 + bad);
        check_released(&source);
        /* Arrays whose children differ in number. */
        make_chunks();
        batches[bad].array.n_children = 2;
        make_arrow_stream(&stream, &source, chunks, CHUNKS);
        CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                      TALLY_INVALID, "tally_accumulator_add_arrow_stream");
        CHECK_CONTAINS(tally_last_message(), "n_children is 2");
        check_released(&source);
    }
}

static void a_bad_stream_is_refused(void) {
    struct ArrowArrayStream stream, good;
    struct arrow_source source;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    make_chunks();
    make_arrow_stream(&good, &source, chunks, CHUNKS);
    stream = good;
    stream.release = NULL;
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                  TALLY_INVALID, "tally_accumulator_add_arrow_stream");
    CHECK_TEXT(tally_last_message(), "stream has been released");
    stream = good;
    stream.get_schema = NULL;
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                  TALLY_NULL, "tally_accumulator_add_arrow_stream");
    CHECK_TEXT(tally_last_message(), "stream->get_schema is NULL");
    stream = good;
    stream.get_next = NULL;
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                  TALLY_NULL, "tally_accumulator_add_arrow_stream");
    CHECK_TEXT(tally_last_message(), "stream->get_next is NULL");
    /* Nothing was asked of any. */
    CHECK_INT(source.calls, 0);
    tally_accumulator damaged;
    memset(&damaged, 0xff, sizeof damaged);
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&damaged, &good, "x"),
                  TALLY_INVALID, "tally_accumulator_add_arrow_stream");
    CHECK_INT(source.calls, 0);
    /* A schema that was released is none. */
    batches[0].schema.release = NULL;
    CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &good, "x"),
                  TALLY_INVALID, "tally_accumulator_add_arrow_stream");
    CHECK_TEXT(tally_last_message(), "stream: schema has been released");
    check_released(&source);
}

/* Callbacks that use the library: with the same state, too. */
static tally_accumulator shared_sum;

static int adding_next(struct ArrowArrayStream *stream,
                       struct ArrowArray *out) {
    int error = give_arrow_array(stream, out);
    double unused;
    CHECK_OK(tally_accumulator_add_one_f64(&shared_sum, 1000));
    if (error != 0) {
        CHECK_INT(tally_sum_f64(NULL, 1, &unused), TALLY_NULL);
    }
    return error;
}

static void clearing_release(struct ArrowArray *array) {
    CHECK_OK(tally_accumulator_add_one_f64(&shared_sum, 1));
    tally_clear_error();
    release_arrow_array(array);
}

static void callbacks_may_use_the_library(void) {
    for (int failing = -1; failing <= 1 + CHUNKS; failing++) {
        struct ArrowArrayStream stream;
        struct arrow_source source;
        double total;
        make_chunks();
        make_arrow_stream(&stream, &source, chunks, CHUNKS);
        stream.get_next = adding_next;
        for (int i = 0; i < CHUNKS; i++) {
            batches[i].array.release = clearing_release;
        }
        source.failing = failing;
        source.error = 5;
        source.message = "no more";
        memset(&shared_sum, 0, sizeof shared_sum);
        tally_status status =
            tally_accumulator_add_arrow_stream(&shared_sum, &stream, "x");
        CHECK_INT(status, failing < 0 ? TALLY_OK : TALLY_CALLBACK);
        CHECK_RECORD(status,
                     failing < 0 ? "" : "tally_accumulator_add_arrow_stream");
        if (failing > 0) {
            CHECK_TEXT(tally_last_message(),
                       "get_next returned 5: no more: tally_sum_f64: values is "
                       "NULL");
        }
        /* What they add counts, whatever becomes of the stream. */
        CHECK_OK(tally_accumulator_value_f64(&shared_sum, &total));
        CHECK_DOUBLE(total, failing < 0    ? 28 + 6 * 1000 + 5
                            : failing == 0 ? 0
                                           : failing * 1000 + (failing - 1));
        check_released(&source);
    }
}

/* The text of a stream's error may be the message of a call that it made. */
static int calling_in_vain(struct ArrowArrayStream *stream,
                           struct ArrowArray *out) {
    double unused;
    CHECK_INT(tally_sum_f64(NULL, 1, &unused), TALLY_NULL);
    return give_arrow_array(stream, out);
}

static const char *tell_last_message(struct ArrowArrayStream *stream) {
    (void)stream;
    return tally_last_message();
}

static const char *call_and_tell(struct ArrowArrayStream *stream) {
    CHECK_INT(tally_check_length("dates", 3, 4), TALLY_INVALID);
    return tell_last_message(stream);
}

static void an_error_may_be_the_message_of_the_library(void) {
    struct ArrowArrayStream stream;
    struct arrow_source source;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    for (int calls = 0; calls <= 1; calls++) {
        make_chunks();
        make_arrow_stream(&stream, &source, chunks, CHUNKS);
        stream.get_next = calling_in_vain;
        stream.get_last_error = calls ? call_and_tell : tell_last_message;
        source.failing = 1;
        source.error = 5;
        const char *expected =
            calls ? "get_next returned 5: dates has length 3, but needs 4: "
                    "tally_sum_f64: values is NULL"
                  : "get_next returned 5: values is NULL: "
                    "tally_sum_f64: values is NULL";
        CHECK_REFUSED(tally_accumulator_add_arrow_stream(&sum, &stream, "x"),
                      TALLY_CALLBACK, "tally_accumulator_add_arrow_stream");
        CHECK_TEXT(tally_last_message(), expected);
        check_released(&source);
    }
}

int main(void) {
    streams_are_added();
    no_schema_has_more_fields_than_memory();
    a_failing_stream_changes_nothing();
    a_bad_array_changes_nothing();
    a_bad_stream_is_refused();
    callbacks_may_use_the_library();
    an_error_may_be_the_message_of_the_library();
    return finish();
}
