/* An Arrow record batch, built by hand: one column is added by name. */
#include <stdio.h>
#include <tally.h>

/* Nothing was allocated, so nothing is freed. */
static void release_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}
static void release_array(struct ArrowArray *array) {
    array->release = NULL;
}

int main(void) {
    /* Three prices in cents; the second is null. */
    const tally_int128 cents[] = {{1999, 0}, {0, 0}, {5, 0}};
    const uint8_t validity[] = {0x05};
    const void *buffers[] = {validity, cents}, *no_nulls[] = {NULL};
    struct ArrowSchema price = {.format = "d:15,2", .name = "price"};
    struct ArrowArray prices = {.length = 3, .null_count = 1, .n_buffers = 2};
    prices.buffers = buffers;
    price.release = release_schema;
    prices.release = release_array;

    struct ArrowSchema *fields[] = {&price}, schema = {.format = "+s"};
    struct ArrowArray *columns[] = {&prices}, batch = {.length = 3};
    schema.n_children = batch.n_children = batch.n_buffers = 1;
    schema.children = fields;
    batch.children = columns;
    batch.buffers = no_nulls;
    schema.release = release_schema;
    batch.release = release_array;

    tally_decimal sum = TALLY_DECIMAL_INIT;
    char text[40];
    if (tally_decimal_add_arrow(&sum, &schema, &batch, "price") != TALLY_OK ||
        tally_decimal_value_text(&sum, -2, text, sizeof text, NULL) != TALLY_OK)
        return 1;
    puts(text);

    /* The message names the place. */
    prices.length = -1;
    if (tally_decimal_add_arrow(&sum, &schema, &batch, "price") != TALLY_OK)
        puts(tally_last_message());

    /* The program still owns both. */
    batch.release(&batch);
    schema.release(&schema);
    return 0;
}

/* Prints:
 *
 *     20.04
 *     array->children[0]: length is -1
 */
