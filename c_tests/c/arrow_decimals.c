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
        /* The largest integers of each width, whatever the precision is, as far
         * from the point as they may be. */
        {"d:4,-312,32",
         4,
         "e312",
         {"2147483647", "-2147483648", "9999", "-10000"}},
        {"d:1,-303,64",
         8,
         "e303",
         {"9223372036854775807", "-9223372036854775808", "10", "-1"}},
        {"d:18,4,64", 8, "e-4", {"999999999999999999", "-1", "7", "0"}},
        {"d:18,342,64", 8, "e-342", {"1", "999999999999999999", "-7", "3"}},
        {"d:38,10",
         16,
         "e-10",
         {"99999999999999999999999999999999999999", "-12",
          "-170141183460469231731687303715884105728",
          "170141183460469231731687303715884105727"}},
        {"d:38,-283,128",
         16,
         "e283",
         {"170141183460469231731687303715884105727", "-3",
          "-170141183460469231731687303715884105728", "1"}},
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
        {"d:76,-245,256",
         32,
         "e245",
         {"5789604461865809771178549250434395392663499233282028201972879200395"
          "6564819967",
          "-578960446186580977117854925043439539266349923328202820197287920039"
          "56564819968",
          "5", "7"}},
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
    static const char *const refused[][2] = {
        {"d:38,343", "schema: scale is 343, not -283 to 342, of 128 bits"},
        {"d:38,-284", "schema: scale is -284, not -283 to 342, of 128 bits"},
        {"d:76,-246,256", "scale is -246, not -245 to 342, of 256 bits"},
        {"d:1,-304,64", "scale is -304, not -303 to 342, of 64 bits"},
        {"d:4,-318,32", "scale is -318, not -312 to 342, of 32 bits"},
        {"d:38,2147483647", "scale is 2147483647, not"},
        {"d:38,-2147483648,128", "scale is -2147483648, not"},
        {"d:39,0", "format \"d:39,0\" has precision 39, not 1 to 38, of 128"},
        {"d:0,0", "has precision 0, not 1 to 38, of 128 bits"},
        {"d:10,2,32", "has precision 10, not 1 to 9, of 32 bits"},
        {"d:19,2,64", "has precision 19, not 1 to 18, of 64 bits"},
        {"d:77,2,256", "has precision 77, not 1 to 76, of 256 bits"},
        {"d:-1,2,256", "has precision -1, not 1 to 76, of 256 bits"},
        {"d:38", "format \"d:38\" is a malformed decimal"},
        {"d:38,1,16", "a malformed decimal"},
        {"d:38,1,128x", "a malformed decimal"},
        {"d:38,1,128,1", "a malformed decimal"},
        {"d:38,1,128,", "a malformed decimal"},
        {"d:+38,1", "a malformed decimal"},
        {"d:38,--1", "a malformed decimal"},
        {"d:38,", "a malformed decimal"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct arrow_data data;
        tally_decimal sum = TALLY_DECIMAL_INIT;
        make_arrow(&data, refused[i][0], NULL, 1, 0, NULL, values);
        CHECK_REFUSED(
            tally_decimal_add_arrow(&sum, &data.schema, &data.array, NULL),
            TALLY_INVALID, "tally_decimal_add_arrow");
        CHECK_CONTAINS(tally_last_message(), refused[i][1]);
    }
}

/* Where the lowest byte comes first, the elements of a decimal128 are integers
 * of 128 bits as they are. */
static void an_element_of_decimal128_is_a_wide_integer(void) {
    static const char *const texts[] = {
        "99999999999999999999999999999999999999", "-12",
        "-170141183460469231731687303715884105728", "18446744073709551616"};
    static tally_int128 wide[4];
    struct arrow_data data;
    tally_decimal of_arrow = TALLY_DECIMAL_INIT, of_wide = TALLY_DECIMAL_INIT;
    const uint16_t one = 1;
    if (*(const uint8_t *)&one == 0) {
        return;
    }
    CHECK_SIZE(sizeof wide, 4 * 16);
    for (size_t i = 0; i < 4; i++) {
        bytes_of(texts[i], (unsigned char *)&wide[i], sizeof wide[i]);
    }
    CHECK(wide[3].low == 0 && wide[3].high == 1);
    make_arrow(&data, "d:38,10", NULL, 4, 0, NULL, wide);
    CHECK_OK(
        tally_decimal_add_arrow(&of_arrow, &data.schema, &data.array, NULL));
    CHECK_OK(tally_decimal_add_scaled_i128(&of_wide, wide, 4, 10));
    CHECK_BYTES(&of_wide, &of_arrow, sizeof of_wide);
}

int main(void) {
    uint64_t seed = 1;
    fill_arrow_bits(bitmap, sizeof bitmap, 5, &seed);
    decimals_are_added();
    an_element_of_decimal128_is_a_wide_integer();
    return finish();
}
