/*
 * Producers that are wrong: each field of each struct of a batch set to each of
 * its bad values, alone and two at a time, in arrays and in streams. What is
 * wrong alone is refused, nothing crashes, and whatever a stream hands out is
 * released once.
 */
#include "../arrow.h"

enum { LENGTH = 5, MOST = 200 };

/* A batch with a column of doubles in a struct, and decimals beside it. */
static const double doubles[16] = {1, 2, 3, 4, 5, 6, 7, 8};
static const tally_int128 decimals[16] = {{1, 0}, {2, 0}, {3, 0}, {4, 0}};
static const uint8_t bits[2] = {0xdb, 0xff};
static struct arrow_data batch, order, price, amount;

static void make_batch(void) {
    make_arrow(&batch, "+s", "", LENGTH, 1, bits, NULL);
    make_arrow(&order, "+s", "order", LENGTH + 1, 1, bits, NULL);
    make_arrow(&price, "g", "price", LENGTH + 2, 2, bits, doubles);
    make_arrow(&amount, "d:38,2", "amount", LENGTH + 1, 0, bits, decimals);
    add_arrow_field(&batch, &amount);
    add_arrow_field(&batch, &order);
    add_arrow_field(&order, &price);
    batch.array.null_count = 2;
}

/* One bad value of one field. */
struct mutation {
    void *place;
    size_t size;
    union {
        int64_t number;
        const void *pointer;
        void (*release_schema)(struct ArrowSchema *);
        void (*release_array)(struct ArrowArray *);
    } value;
    /* Whether it is of the column `.order.price`, and whether it is wrong by
     * itself. */
    bool is_of_price, is_wrong;
    const char *what;
};

static struct mutation mutations[MOST];
static int mutation_count;
static bool is_of_price;

static struct mutation *add(void *place, size_t size, const char *what) {
    struct mutation *mutation = &mutations[mutation_count++];
    CHECK(mutation_count < MOST);
    memset(mutation, 0, sizeof *mutation);
    mutation->place = place;
    mutation->size = size;
    mutation->is_of_price = is_of_price;
    mutation->is_wrong = true;
    mutation->what = what;
    return mutation;
}

#define NUMBER(field, number_)                                                 \
    add(&(field), sizeof(field), #field " = " #number_)->value.number =        \
        (number_)
#define POINTER(field, pointer_)                                               \
    add(&(field), sizeof(field), #field " = " #pointer_)->value.pointer =      \
        (pointer_)
#define RIGHT() mutations[mutation_count - 1].is_wrong = false

static void add_mutations_of(struct arrow_data *data) {
    const bool is_struct = data->schema.n_children != 0;
    struct ArrowSchema *schema = &data->schema;
    struct ArrowArray *array = &data->array;
    POINTER(schema->format, NULL);
    POINTER(schema->format, "");
    POINTER(schema->format, "u");
    POINTER(schema->format, "?");
    POINTER(schema->format, "d:39,2");
    POINTER(schema->format, is_struct ? "g" : "+s");
    POINTER(schema->name, "another");
    mutations[mutation_count - 1].is_wrong = data != &batch;
    POINTER(schema->name, NULL);
    mutations[mutation_count - 1].is_wrong = data != &batch;
    POINTER(schema->metadata, doubles);
    RIGHT();
    NUMBER(schema->flags, INT64_MIN);
    RIGHT();
    NUMBER(schema->n_children, -1);
    NUMBER(schema->n_children, INT64_MIN);
    NUMBER(schema->n_children, INT64_MAX);
    NUMBER(schema->n_children, 1000000);
    NUMBER(schema->n_children, data->schema.n_children + 1);
    POINTER(schema->dictionary, schema);
    add(&schema->release, sizeof schema->release, "schema->release = NULL");
    if (is_struct) {
        NUMBER(schema->n_children, 0);
        POINTER(schema->children, NULL);
        POINTER(data->schemas[data->schema.n_children - 1], NULL);
        POINTER(array->children, NULL);
        POINTER(data->arrays[data->array.n_children - 1], NULL);
        NUMBER(array->n_children, 0);
        NUMBER(array->n_buffers, 2);
    } else {
        NUMBER(array->n_buffers, 1);
        POINTER(data->buffers[1], NULL);
        POINTER(data->buffers[1], (const void *)(UINTPTR_MAX - 7));
        NUMBER(array->n_buffers, 3);
    }
    NUMBER(array->length, -1);
    NUMBER(array->length, INT64_MIN);
    NUMBER(array->length, INT64_MAX);
    NUMBER(array->offset, -1);
    NUMBER(array->offset, INT64_MIN);
    NUMBER(array->offset, INT64_MAX);
    NUMBER(array->offset, INT64_C(1) << 61);
    NUMBER(array->length, INT64_C(1) << 61);
    NUMBER(array->offset, INT64_C(1) << 60);
    NUMBER(array->length, INT64_C(1) << 60);
    if (data != &batch) {
        NUMBER(array->length, 1);
    }
    NUMBER(array->null_count, -2);
    NUMBER(array->null_count, INT64_MIN);
    NUMBER(array->null_count, INT64_MAX);
    NUMBER(array->null_count, array->length + 1);
    NUMBER(array->null_count, 0);
    RIGHT();
    POINTER(data->buffers[0], NULL);
    mutations[mutation_count - 1].is_wrong = data == &batch;
    POINTER(data->buffers[0], (const void *)UINTPTR_MAX);
    NUMBER(array->n_buffers, -1);
    NUMBER(array->n_buffers, 0);
    NUMBER(array->n_buffers, INT64_MAX);
    NUMBER(array->n_children, -1);
    NUMBER(array->n_children, data->array.n_children + 1);
    NUMBER(array->n_children, INT64_MAX);
    POINTER(array->buffers, NULL);
    POINTER(array->dictionary, array);
    add(&array->release, sizeof array->release, "array->release = NULL");
}

static void swap(struct mutation *mutation) {
    unsigned char old[sizeof mutation->value];
    memcpy(old, mutation->place, mutation->size);
    memcpy(mutation->place, &mutation->value, mutation->size);
    memcpy(&mutation->value, old, mutation->size);
}

static tally_accumulator sum, sum_before;
static tally_decimal decimal, decimal_before;
static tally_product_accumulator products, products_before;

/* A refusal has a message and changes nothing. */
static void check_outcome(tally_status status, const char *function,
                          const char *what) {
    CHECK_RECORD(status, status == TALLY_OK ? "" : function);
    const bool is_kept =
        memcmp(&sum, &sum_before, sizeof sum) == 0 &&
        memcmp(&decimal, &decimal_before, sizeof decimal) == 0 &&
        memcmp(&products, &products_before, sizeof products) == 0;
    if (status != TALLY_OK && !is_kept) {
        fprintf(stderr, "%s: %s changed something\n", what, function);
        CHECK(is_kept);
    }
    sum = sum_before;
    decimal = decimal_before;
    products = products_before;
}

static void check_refused(bool is_wrong, tally_status status,
                          const char *what) {
    const bool is_refused = status == TALLY_INVALID || status == TALLY_NULL;
    if (is_wrong != is_refused) {
        fprintf(stderr, "%s: %s %s\n", what, tally_status_name(status),
                tally_last_message());
        CHECK(is_wrong == is_refused);
    }
}

enum { EITHER = 2 };

/* The array itself, by each function. `wrong` is for the column of doubles. */
static void check_array(int wrong, const char *what) {
    const char *const path = ".order.price";
    tally_status status =
        tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array, path);
    if (wrong != EITHER) {
        check_refused(wrong, status, what);
    }
    check_outcome(status, "tally_accumulator_add_arrow", what);
    status = tally_accumulator_add_arrow(&sum, &batch.schema, &batch.array,
                                         "[1][0]");
    check_outcome(status, "tally_accumulator_add_arrow", what);
    status = tally_decimal_add_arrow(&decimal, &batch.schema, &batch.array,
                                     "amount");
    check_outcome(status, "tally_decimal_add_arrow", what);
    status = tally_product_accumulator_add_arrow(&products, &batch.schema,
                                                 &batch.array, path, path);
    check_outcome(status, "tally_product_accumulator_add_arrow", what);
    tally_column column;
    status = tally_column_from_arrow(&price.schema, &price.array, &column);
    check_outcome(status, "tally_column_from_arrow", what);
    CHECK_INT(arrow_releases, 0);
}

/* Two good batches, and the array in the midst of them or before. */
static void check_stream(int wrong, const char *what) {
    static struct arrow_data good, good_order, good_price, good_amount;
    make_arrow(&good, "+s", "", 2, 0, NULL, NULL);
    make_arrow(&good_order, "+s", "order", 2, 0, NULL, NULL);
    make_arrow(&good_price, "g", "price", 2, 0, NULL, doubles);
    make_arrow(&good_amount, "d:38,2", "amount", 2, 0, NULL, decimals);
    add_arrow_field(&good, &good_amount);
    add_arrow_field(&good, &good_order);
    add_arrow_field(&good_order, &good_price);
    const struct arrow_data *const orders[2][3] = {{&good, &batch, &good},
                                                   {&batch, &good, &good}};
    for (int i = 0; i < 2; i++) {
        /* If there is no array, nothing tells that a schema lies. */
        const int64_t most = 1000;
        if (batch.array.release == NULL && (batch.schema.n_children > most ||
                                            order.schema.n_children > most)) {
            continue;
        }
        struct ArrowArrayStream stream;
        struct arrow_source source;
        make_arrow_stream(&stream, &source, orders[i], 3);
        tally_status status =
            tally_accumulator_add_arrow_stream(&sum, &stream, ".order.price");
        /* One that is released is the end. */
        if (wrong != EITHER && batch.array.release != NULL && i == 1) {
            check_refused(wrong, status, what);
        }
        check_outcome(status, "tally_accumulator_add_arrow_stream", what);
        CHECK_INT(arrow_releases, source.handed);
        arrow_releases = 0;
        make_arrow_stream(&stream, &source, orders[i], 3);
        status = tally_decimal_add_arrow_stream(&decimal, &stream, "amount");
        check_outcome(status, "tally_decimal_add_arrow_stream", what);
        CHECK_INT(arrow_releases, source.handed);
        arrow_releases = 0;
    }
    CHECK_INT(arrow_released_twice, 0);
    CHECK_INT(arrow_streams_released, 0);
}

/* Memory may have as many bits as the offset says, but not as both do. */
static void no_array_ends_beyond_half_the_memory(void) {
    struct arrow_data truths;
    tally_accumulator none = TALLY_ACCUMULATOR_INIT;
    char message[200];
    make_arrow(&truths, "b", "", 5, 0, NULL, bits);
    truths.array.offset = PTRDIFF_MAX - 4;
    CHECK_REFUSED(
        tally_accumulator_add_arrow(&none, &truths.schema, &truths.array, NULL),
        TALLY_INVALID, "tally_accumulator_add_arrow");
    snprintf(message, sizeof message,
             "array: offset %td and length 5 are too large", PTRDIFF_MAX - 4);
    CHECK_TEXT(tally_last_message(), message);
}

int main(void) {
    no_array_ends_beyond_half_the_memory();
    CHECK_OK(tally_accumulator_add_one_f64(&sum, 0.5));
    CHECK_OK(tally_decimal_add_one_text(&decimal, "0.5", 3));
    CHECK_OK(tally_product_accumulator_add_one_f64(&products, 0.5, 2));
    sum_before = sum;
    decimal_before = decimal;
    products_before = products;
    make_batch();
    is_of_price = true;
    add_mutations_of(&batch);
    add_mutations_of(&order);
    add_mutations_of(&price);
    is_of_price = false;
    add_mutations_of(&amount);

    check_array(false, "nothing");
    check_stream(false, "nothing");
    CHECK(mutation_count > 150);
    for (int i = 0; i < mutation_count; i++) {
        struct mutation *first = &mutations[i];
        const int wrong = first->is_of_price ? first->is_wrong : EITHER;
        swap(first);
        check_array(wrong, first->what);
        check_stream(wrong, first->what);
        for (int j = i + 1; j < mutation_count; j += is_quick() ? 7 : 1) {
            char what[200];
            snprintf(what, sizeof what, "%s, %s", first->what,
                     mutations[j].what);
            swap(&mutations[j]);
            check_array(EITHER, what);
            check_stream(EITHER, what);
            swap(&mutations[j]);
        }
        swap(first);
    }
    /* All is as it was. */
    check_array(false, "nothing");
    return finish();
}
