/*
 * Arrow's decimals of each width and of any scale, against their own texts.
 */
#include "../arrow.h"

enum { ROWS = 3010 };

static unsigned char values[ROWS * 32 + 1];
static uint8_t bitmap[ROWS];

/* An integer in text as bytes in two's complement, by schoolbook arithmetic: in
 * the machine's order. */
static void bytes_of(const char *text, unsigned char *bytes, size_t size) {
    const bool is_negative = *text == '-';
    memset(bytes, 0, size);
    for (text += is_negative; *text != '\0'; text++) {
        unsigned carry = (unsigned)(*text - '0');
        for (size_t i = 0; i < size; i++) {
            carry += bytes[i] * 10U;
            bytes[i] = (unsigned char)carry;
            carry >>= 8;
        }
    }
    unsigned carry = 1;
    for (size_t i = 0; is_negative && i < size; i++) {
        carry += (unsigned char)~bytes[i];
        bytes[i] = (unsigned char)carry;
        carry >>= 8;
    }
    const uint16_t one = 1;
    for (size_t i = 0; *(const uint8_t *)&one == 0 && i < size / 2; i++) {
        const unsigned char byte = bytes[i];
        bytes[i] = bytes[size - 1 - i];
        bytes[size - 1 - i] = byte;
    }
}

static void decimals_are_added(void) {
    static const struct {
        const char *format;
        size_t size;
        const char *exponent, *values[4];
    } cases[] = {
        {"d:9,2,32", 4, "e-2", {"999999999", "-5", "0", "-999999999"}},
        {"d:9,-3,32", 4, "e3", {"999999999", "-5", "1", "12"}},
        {"d:18,4,64", 8, "e-4", {"999999999999999999", "-1", "7", "0"}},
        {"d:18,342,64", 8, "e-342", {"1", "999999999999999999", "-7", "3"}},
        {"d:38,10",
         16,
         "e-10",
         {"99999999999999999999999999999999999999", "-12",
          "-170141183460469231731687303715884105728",
          "170141183460469231731687303715884105727"}},
        {"d:38,-284,128",
         16,
         "e284",
         {"99999999999999999999999999999999999999", "-3",
          "-99999999999999999999999999999999999999", "1"}},
        {"d:76,38,256",
         32,
         "e-38",
         {"9999999999999999999999999999999999999999999999999999999999999999999"
          "999999999",
          "-1",
          "-99999999999999999999999999999999999999999999999999999999999999999"
          "99999999999",
          "123456789012345678901234567890123456789"}},
        {"d:76,342,256",
         32,
         "e-342",
         {"-1", "-2", "-3", "1000000000000000000"}},
        {"d:76,-246,256",
         32,
         "e246",
         {"9999999999999999999999999999999999999999999999999999999999999999999"
          "999999999",
          "-1", "5", "7"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int variant = 0; variant < 4; variant++) {
            const size_t size = cases[i].size, shift = variant % 2 ? 1 : 0;
            const uint8_t *bits = variant / 2 ? bitmap : NULL;
            const int64_t length = 3001, offset = 6;
            struct arrow_data data;
            tally_decimal got = TALLY_DECIMAL_INIT, want = TALLY_DECIMAL_INIT;
            for (int64_t row = 0; row < offset + length; row++) {
                const char *text = cases[i].values[row % 4];
                char word[100];
                bytes_of(text, values + shift + (size_t)row * size, size);
                snprintf(word, sizeof word, "%s%s", text, cases[i].exponent);
                if (row >= offset && arrow_bit(bits, row)) {
                    CHECK_OK(
                        tally_decimal_add_one_text(&want, word, strlen(word)));
                }
            }
            make_arrow(&data, cases[i].format, NULL, length, offset, bits,
                       values + shift);
            CHECK_OK(
                tally_decimal_add_arrow(&got, &data.schema, &data.array, NULL));
            CHECK_BYTES(&got, &want, sizeof got);
            /* Of nothing, not even the scale is known. */
            memset(&got, 0, sizeof got);
            memset(&want, 0, sizeof want);
            data.array.length = 0;
            CHECK_OK(
                tally_decimal_add_arrow(&got, &data.schema, &data.array, NULL));
            CHECK_BYTES(&got, &want, sizeof got);
            data.array.length = 3;
            tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
            CHECK_REFUSED(tally_accumulator_add_arrow(&sum, &data.schema,
                                                      &data.array, NULL),
                          TALLY_INVALID, "tally_accumulator_add_arrow");
            CHECK_CONTAINS(tally_last_message(), "tally_decimal_add_arrow()");
        }
    }
    /* What is not one of a decimal. */
    static const char *const refused[] = {
        "d:38,343",
        "d:38,-285",
        "d:76,-247,256",
        "d:9,-314,32",
        "d:39,0",
        "d:0,0",
        "d:38",
        "d:38,1,16",
        "d:38,1,128x",
        "d:38,2147483647",
        "d:38,-2147483648,128",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct arrow_data data;
        tally_decimal sum = TALLY_DECIMAL_INIT;
        make_arrow(&data, refused[i], NULL, 1, 0, NULL, values);
        CHECK_REFUSED(
            tally_decimal_add_arrow(&sum, &data.schema, &data.array, NULL),
            TALLY_INVALID, "tally_decimal_add_arrow");
    }
}

int main(void) {
    uint64_t seed = 1;
    fill_arrow_bits(bitmap, sizeof bitmap, 5, &seed);
    decimals_are_added();
    return finish();
}
