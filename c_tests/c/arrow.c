/*
 * Columns of Arrow: each type, offsets, bitmaps, structs in structs. The oracle
 * reads bit by bit and adds what is there one by one.
 */
#include <math.h>

#include "../arrow.h"

enum { MOST = 10000 };

static uint64_t seed = 1;

static union {
    unsigned char bytes[MOST * 32];
    double f64[MOST];
    float f32[MOST];
    uint16_t f16[MOST];
    int8_t i8[MOST];
    int16_t i16[MOST];
    int32_t i32[MOST];
    int64_t i64[MOST];
    uint8_t u8[MOST];
    uint16_t u16[MOST];
    uint32_t u32[MOST];
    uint64_t u64[MOST];
} values, others;

static uint8_t bitmaps[4][MOST];

static const char formats[] = "gfecsilCSILb";

static double half(uint16_t bits) {
    /* All that is made here is normal. */
    const double size = 1024 + (bits & 1023);
    double scaled = size;
    for (int i = (bits >> 10 & 31); i < 25; i++) {
        scaled /= 2;
    }
    for (int i = 25; i < (bits >> 10 & 31); i++) {
        scaled *= 2;
    }
    return bits >> 15 ? -scaled : scaled;
}

static void fill_values(char format, void *into) {
    for (size_t i = 0; i < MOST; i++) {
        const uint64_t word = random_word(&seed);
        const double real = (double)(int64_t)word * (i % 3 ? 0x1p-70 : 0x1p20);
        const float small = (float)real;
        const uint16_t normal = (uint16_t)((word & 0xbfff) | 0x0400);
        switch (format) {
        case 'g':
            memcpy((char *)into + 8 * i, &real, 8);
            break;
        case 'f':
            memcpy((char *)into + 4 * i, &small, 4);
            break;
        case 'e':
            memcpy((char *)into + 2 * i, &normal, 2);
            break;
        default:
            memcpy((char *)into + 8 * i, &word, 8);
        }
    }
}

/* Adds element `i` of an array, if it is a number. */
static void add_one(tally_accumulator *sum, char format, const void *array,
                    int64_t i) {
    const int64_t *i64 = array;
    const uint64_t *u64 = array;
    int64_t whole = 0;
    switch (format) {
    case 'g':
        CHECK_OK(tally_accumulator_add_f64(sum, (const double *)array + i, 1));
        return;
    case 'f':
        CHECK_OK(tally_accumulator_add_f32(sum, (const float *)array + i, 1));
        return;
    case 'e':
        CHECK_OK(tally_accumulator_add_one_f64(
            sum, half(((const uint16_t *)array)[i])));
        return;
    case 'L':
        CHECK_OK(tally_accumulator_add_u64(sum, u64 + i, 1));
        return;
    case 'l':
        whole = i64[i];
        break;
    case 'c':
        whole = ((const int8_t *)array)[i];
        break;
    case 's':
        whole = ((const int16_t *)array)[i];
        break;
    case 'i':
        whole = ((const int32_t *)array)[i];
        break;
    case 'C':
        whole = ((const uint8_t *)array)[i];
        break;
    case 'S':
        whole = ((const uint16_t *)array)[i];
        break;
    case 'I':
        whole = ((const uint32_t *)array)[i];
        break;
    default:
        whole = arrow_bit(array, i);
    }
    CHECK_OK(tally_accumulator_add_i64(sum, &whole, 1));
}

static void check_same(const tally_accumulator *got,
                       const tally_accumulator *want) {
    CHECK_BYTES(got, want, sizeof *got);
}

static void every_type_is_added(void) {
    static const int64_t lengths[] = {0,    1,    7,    64,   65,
                                      1000, 4095, 4096, 4097, 9000};
    for (const char *format = formats; *format != '\0'; format++) {
        const char name[2] = {*format, '\0'};
        fill_values(*format, values.bytes);
        fill_arrow_bits(bitmaps[0], MOST, 10, &seed);
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            for (int variant = 0; variant < 6; variant++) {
                const int64_t length = lengths[i], offset = variant / 2 * 13;
                const uint8_t *bits = variant % 2 ? bitmaps[0] : NULL;
                struct arrow_data data;
                tally_accumulator got = TALLY_ACCUMULATOR_INIT;
                tally_accumulator want = TALLY_ACCUMULATOR_INIT;
                make_arrow(&data, name, NULL, length, offset, bits, &values);
                for (int64_t row = 0; row < length; row++) {
                    if (arrow_bit(bits, offset + row)) {
                        add_one(&want, *format, &values, offset + row);
                    }
                }
                CHECK_OK(tally_accumulator_add_arrow(&got, &data.schema,
                                                     &data.array, NULL));
                check_same(&got, &want);

                /* As a column, but for bits. */
                tally_column column, untouched;
                memset(&untouched, 0xa5, sizeof untouched);
                column = untouched;
                if (*format == 'b') {
                    CHECK_REFUSED(tally_column_from_arrow(&data.schema,
                                                          &data.array, &column),
                                  TALLY_INVALID, "tally_column_from_arrow");
                    CHECK_CONTAINS(tally_last_message(),
                                   "tally_accumulator_add_arrow()");
                    CHECK_BYTES(&column, &untouched, sizeof column);
                    continue;
                }
                CHECK_OK(tally_column_from_arrow(&data.schema, &data.array,
                                                 &column));
                CHECK_SIZE(column.count, (unsigned long long)length);
                /* Of nothing, the buffer. */
                const int64_t first = length > 0 ? offset : 0;
                CHECK((const unsigned char *)column.values ==
                      values.bytes + first * column.stride);
                CHECK(bits != NULL || column.validity == NULL);
                memset(&got, 0, sizeof got);
                CHECK_OK(tally_accumulator_add(&got, &column));
                check_same(&got, &want);
            }
        }
    }
}

/* Four levels, each with its offset and, by the bits of `nulls`, a bitmap. */
static void structs_in_structs(const char *format, unsigned nulls) {
    static const int64_t offsets[] = {3, 5, 70, 11};
    const int64_t length = 8500;
    struct arrow_data levels[4], first, column;
    const char *names[] = {"top", "order", "item", "price"};
    int64_t at[4], before = 0;
    for (int i = 0; i < 4; i++) {
        const uint8_t *bits = nulls >> i & 1 ? bitmaps[i] : NULL;
        at[i] = before + offsets[i];
        before += offsets[i];
        fill_arrow_bits(bitmaps[i], MOST, 5, &seed);
        if (i == 3) {
            make_arrow(&column, format, names[i], length + at[2], offsets[i],
                       bits, &values);
        } else {
            /* One of the elements around it is not used. */
            make_arrow(&levels[i], "+s", names[i],
                       length + (i == 0 ? 0 : at[i - 1]), offsets[i], bits,
                       NULL);
        }
    }
    make_arrow(&first, "u", "first", length + 100, 0, NULL, &values);
    for (int i = 0; i < 3; i++) {
        add_arrow_field(&levels[i], &first);
        add_arrow_field(&levels[i], i == 2 ? &column : &levels[i + 1]);
    }
    tally_accumulator want = TALLY_ACCUMULATOR_INIT;
    for (int64_t row = 0; row < length; row++) {
        bool is_there = true;
        for (int i = 0; i < 4; i++) {
            is_there &= !(nulls >> i & 1) || arrow_bit(bitmaps[i], at[i] + row);
        }
        if (is_there) {
            add_one(&want, *format, &values, at[3] + row);
        }
    }
    static const char *const paths[] = {".order.item.price", "[1][1][1]",
                                        ".order[1].price", "[1].item[01]",
                                        ".ord\\er.item.price"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        tally_accumulator got = TALLY_ACCUMULATOR_INIT;
        CHECK_OK(tally_accumulator_add_arrow(&got, &levels[0].schema,
                                             &levels[0].array, paths[i]));
        check_same(&got, &want);
    }
    tally_moments got = TALLY_MOMENTS_INIT;
    double total, expected;
    CHECK_OK(tally_moments_add_arrow(&got, &levels[0].schema, &levels[0].array,
                                     paths[0]));
    CHECK_OK(tally_moments_sum_f64(&got, &total));
    CHECK_OK(tally_accumulator_value_f64(&want, &expected));
    CHECK_DOUBLE(total, expected);
}

static void structs_add_up(void) {
    for (const char *format = formats; *format != '\0'; format++) {
        const char name[2] = {*format, '\0'};
        fill_values(*format, values.bytes);
        for (unsigned nulls = 0; nulls < 16; nulls++) {
            structs_in_structs(name, nulls);
        }
    }
}

static void pairs_are_skipped_together(void) {
    for (unsigned nulls = 0; nulls < 8; nulls++) {
        const int64_t length = 6000, offset = 9;
        struct arrow_data batch, x, y;
        const uint8_t *bits[3];
        for (int i = 0; i < 3; i++) {
            fill_arrow_bits(bitmaps[i], MOST, 4, &seed);
            bits[i] = nulls >> i & 1 ? bitmaps[i] : NULL;
        }
        fill_values('g', values.bytes);
        fill_values('b', others.bytes);
        for (int i = 0; nulls % 2 && i < MOST; i++) {
            /* Valgrind loses the sign of some zeros. */
            values.f64[i] = fabs(values.f64[i]);
        }
        make_arrow(&batch, "+s", "", length, offset, bits[0], NULL);
        make_arrow(&x, "g", "x", length + offset, 3, bits[1], &values);
        make_arrow(&y, nulls % 2 ? "b" : "i", "y", length + offset, 17, bits[2],
                   &others);
        add_arrow_field(&batch, &x);
        add_arrow_field(&batch, &y);
        tally_product_accumulator got = TALLY_PRODUCT_ACCUMULATOR_INIT;
        tally_product_accumulator want = TALLY_PRODUCT_ACCUMULATOR_INIT;
        for (int64_t row = 0; row < length; row++) {
            const int64_t at = offset + row;
            if (arrow_bit(bits[0], at) && arrow_bit(bits[1], 3 + at) &&
                arrow_bit(bits[2], 17 + at)) {
                CHECK_OK(tally_product_accumulator_add_one_f64(
                    &want, values.f64[3 + at],
                    nulls % 2 ? arrow_bit(others.bytes, 17 + at)
                              : others.i32[17 + at]));
            }
        }
        CHECK_OK(tally_product_accumulator_add_arrow(&got, &batch.schema,
                                                     &batch.array, "x", "[1]"));
        CHECK_BYTES(&got, &want, sizeof got);
    }
    /* NULL is the array itself. */
    struct arrow_data x;
    double total;
    const double sides[] = {3, 4};
    tally_product_accumulator squares = TALLY_PRODUCT_ACCUMULATOR_INIT;
    make_arrow(&x, "g", NULL, 2, 0, NULL, sides);
    CHECK_OK(tally_product_accumulator_add_arrow(&squares, &x.schema, &x.array,
                                                 NULL, NULL));
    CHECK_OK(tally_product_accumulator_value_f64(&squares, &total));
    CHECK_DOUBLE(total, 25);
}

/* Puts a small integer at index `i` of an array of this format. */
static void put(char format, unsigned char *array, size_t i, int number) {
    static const uint16_t halves[] = {0, 0x3c00, 0x4000, 0x4200};
    const double f64 = number;
    const float f32 = (float)number;
    const int8_t i8 = (int8_t)number;
    const int16_t i16 = (int16_t)number;
    const int32_t i32 = number;
    const int64_t i64 = number;
    switch (format) {
    case 'g':
        memcpy(array + 8 * i, &f64, 8);
        break;
    case 'f':
        memcpy(array + 4 * i, &f32, 4);
        break;
    case 'e':
        memcpy(array + 2 * i, &halves[number], 2);
        break;
    case 'b':
        array[0] = (unsigned char)(array[0] | number << i);
        break;
    case 'c':
    case 'C':
        memcpy(array + i, &i8, 1);
        break;
    case 's':
    case 'S':
        memcpy(array + 2 * i, &i16, 2);
        break;
    case 'i':
    case 'I':
        memcpy(array + 4 * i, &i32, 4);
        break;
    default:
        memcpy(array + 8 * i, &i64, 8);
    }
}

/* Small integers as elements of any two types; bits have the last digit. */
static void pairs_may_be_of_any_types(void) {
    static const int left[] = {3, 1, 2, 0, 1}, right[] = {1, 0, 3, 2, 1};
    for (size_t pair = 0; pair < 12 * 12; pair++) {
        const char of_x[2] = {formats[pair / 12]};
        const char of_y[2] = {formats[pair % 12]};
        unsigned char array_x[40] = {0}, array_y[40] = {0};
        struct arrow_data batch, x, y;
        tally_product_accumulator sum = TALLY_PRODUCT_ACCUMULATOR_INIT;
        double total = 0, expected = 0;
        for (size_t i = 0; i < 5; i++) {
            const int factor = *of_x == 'b' ? left[i] % 2 : left[i];
            const int other = *of_y == 'b' ? right[i] % 2 : right[i];
            put(*of_x, array_x, i, factor);
            put(*of_y, array_y, i, other);
            expected += factor * other;
        }
        make_arrow(&batch, "+s", "", 5, 0, NULL, NULL);
        make_arrow(&x, of_x, "x", 5, 0, NULL, array_x);
        make_arrow(&y, of_y, "y", 5, 0, NULL, array_y);
        add_arrow_field(&batch, &x);
        add_arrow_field(&batch, &y);
        CHECK_OK(tally_product_accumulator_add_arrow(&sum, &batch.schema,
                                                     &batch.array, "x", "y"));
        CHECK_OK(tally_product_accumulator_value_f64(&sum, &total));
        CHECK_DOUBLE(total, expected);
    }
}

static void numbers_are_added_to_decimals(void) {
    static const char whole[] = "csilCSILb";
    for (const char *format = whole; *format != '\0'; format++) {
        const char name[2] = {*format, '\0'};
        tally_decimal got = TALLY_DECIMAL_INIT;
        tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
        char got_text[50], want_text[50];
        struct arrow_data batch, field;
        fill_values(*format, values.bytes);
        fill_arrow_bits(bitmaps[0], MOST, 3, &seed);
        fill_arrow_bits(bitmaps[1], MOST, 3, &seed);
        make_arrow(&batch, "+s", "", 5000, 1, bitmaps[0], NULL);
        make_arrow(&field, name, "x", 5001, 2, bitmaps[1], &values);
        add_arrow_field(&batch, &field);
        CHECK_OK(
            tally_decimal_add_arrow(&got, &batch.schema, &batch.array, "x"));
        for (int64_t row = 1; row < 5001; row++) {
            if (arrow_bit(bitmaps[0], row) && arrow_bit(bitmaps[1], row + 2)) {
                add_one(&sum, *format, &values, row + 2);
            }
        }
        /* As written: of integers, the scale is 0. */
        CHECK_OK(tally_accumulator_value_text(&sum, -1, want_text, 50, NULL));
        CHECK_OK(tally_decimal_value_text(&got, TALLY_DECIMAL_AS_WRITTEN,
                                          got_text, 50, NULL));
        CHECK_TEXT(got_text, want_text);
    }
    /* Doubles as their shortest decimals, also where one is missing. */
    const double doubles[] = {73.2, 1e300, -70.1, -3.1};
    const uint8_t bits[] = {0x0d};
    for (size_t shift = 0; shift < 2; shift++) {
        char text[20];
        tally_decimal sum = TALLY_DECIMAL_INIT;
        struct arrow_data data;
        memcpy(values.bytes + shift, doubles, sizeof doubles);
        make_arrow(&data, "g", NULL, 4, 0, bits, values.bytes + shift);
        CHECK_OK(
            tally_decimal_add_arrow(&sum, &data.schema, &data.array, NULL));
        CHECK_OK(tally_decimal_value_text(&sum, -2, text, sizeof text, NULL));
        CHECK_TEXT(text, "0.0");
        for (int i = 0; i < 2; i++) {
            data.schema.format = i ? "f" : "e";
            CHECK_REFUSED(
                tally_decimal_add_arrow(&sum, &data.schema, &data.array, NULL),
                TALLY_INVALID, "tally_decimal_add_arrow");
            CHECK_CONTAINS(tally_last_message(),
                           i ? "is float" : "is half precision");
        }
    }
}

static void *exactly(size_t size) {
    void *memory = malloc(size);
    CHECK(memory != NULL);
    memset(memory, 0x5b, size);
    return memory;
}

/* Buffers of just as many bytes as there must be: tools see what is read
 * beyond. */
static void nothing_is_read_beyond(void) {
    static const int64_t lengths[] = {1, 7, 8, 9, 63, 64, 65, 200, 4097};
    static const struct {
        const char *format;
        size_t bits;
    } types[] = {{"b", 1}, {"c", 8}, {"e", 16}, {"f", 32}, {"l", 64}};
    for (size_t i = 0; i < 9 * 5; i++) {
        const int64_t length = lengths[i % 9];
        const size_t bits = types[i / 9].bits;
        for (int64_t offset = 0; offset < 20; offset += 1 + 4 * (length > 99)) {
            const size_t rows = (size_t)(length + offset);
            uint8_t *outer = exactly((rows + 7) / 8);
            uint8_t *inner = exactly((rows + (size_t)offset + 7) / 8);
            void *elements = exactly(((rows + (size_t)offset) * bits + 7) / 8);
            struct arrow_data batch, x;
            tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
            tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
            int64_t count, pairs, expected = 0;
            make_arrow(&batch, "+s", "", length, offset, outer, NULL);
            make_arrow(&x, types[i / 9].format, "x", (int64_t)rows, offset,
                       inner, elements);
            add_arrow_field(&batch, &x);
            for (int64_t row = offset; row < (int64_t)rows; row++) {
                expected +=
                    arrow_bit(outer, row) && arrow_bit(inner, row + offset);
            }
            CHECK_OK(tally_accumulator_add_arrow(&sum, &batch.schema,
                                                 &batch.array, "x"));
            CHECK_OK(tally_product_accumulator_add_arrow(
                &products, &batch.schema, &batch.array, "x", "x"));
            CHECK_OK(tally_accumulator_count(&sum, &count));
            CHECK_OK(tally_product_accumulator_count(&products, &pairs));
            CHECK_INT(count, expected);
            CHECK_INT(pairs, expected);
            free(outer), free(inner), free(elements);
        }
    }
}

static void nothing_needs_no_memory(void) {
    struct arrow_data data;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    const tally_accumulator before = sum;
    for (const char *format = formats; *format != '\0'; format++) {
        const char name[2] = {*format, '\0'};
        make_arrow(&data, name, NULL, 0, 0, NULL, NULL);
        for (int64_t nulls = -1; nulls <= 0; nulls++) {
            data.array.null_count = nulls;
            data.array.offset = 7 * -nulls;
            CHECK_OK(tally_accumulator_add_arrow(&sum, &data.schema,
                                                 &data.array, NULL));
            check_same(&sum, &before);
        }
        /* It may begin anywhere. */
        tally_column column;
        data.array.offset = PTRDIFF_MAX;
        CHECK_OK(
            tally_accumulator_add_arrow(&sum, &data.schema, &data.array, NULL));
        check_same(&sum, &before);
        if (*format != 'b') {
            CHECK_OK(
                tally_column_from_arrow(&data.schema, &data.array, &column));
            CHECK_SIZE(column.count, 0);
            CHECK(column.values == NULL);
        }
    }
}

int main(void) {
    every_type_is_added();
    structs_add_up();
    pairs_are_skipped_together();
    pairs_may_be_of_any_types();
    numbers_are_added_to_decimals();
    nothing_is_read_beyond();
    nothing_needs_no_memory();
    /* All of it stays whose it was. */
    CHECK_INT(arrow_releases, 0);
    return finish();
}
