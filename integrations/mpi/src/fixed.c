/*
 * The narrow form of totals: integers that MPI itself adds.
 *
 * A double is an integer of 53 bits times a power of two, an accumulator a
 * longer one. Once all ranks know where the bits of a total lie - its window -
 * each cuts its part into pieces of 'bits' bits, from the lowest bit of the
 * window on, one piece a word of 64 bits. So many bits of each word stay free
 * that the pieces of all ranks can be added without a carry. Such sums are
 * exact and do not depend on their order. The total is rounded once, from the
 * words of all ranks.
 */
#include "internal.h"
#include <math.h>
#include <string.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

/* Places of bits and exponents of doubles, in units of 2^-1074. */
#define MANTISSA_BITS 52
#define EXPONENT_ALL 0x7ff

static uint64_t bits_of_double(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The integer and the place of its lowest bit. -1 for NaN and infinities. */
static int split(double value, uint64_t *integer)
{
    uint64_t bits = bits_of_double(value);
    int exponent = (int)(bits >> MANTISSA_BITS) & EXPONENT_ALL;
    *integer = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    if (exponent == EXPONENT_ALL)
        return -1;
    if (exponent == 0)
        return 0;
    *integer |= (uint64_t)1 << MANTISSA_BITS;
    return exponent - 1;
}

static int highest(uint64_t word)
{
    return 63 - __builtin_clzll(word);
}

static int lowest(uint64_t word)
{
    return __builtin_ctzll(word);
}

window window_of_doubles(const double *values, size_t count)
{
    window w = {TOP_ZERO, LOW_NONE};
    for (size_t i = 0; i < count; i++) {
        uint64_t integer;
        int place = split(values[i], &integer);
        if (place < 0)
            return (window){TOP_WIDE, LOW_NONE};
        if (integer == 0)
            continue;
        int top = place + highest(integer), low = place + lowest(integer);
        w.top = (int16_t)(top > w.top ? top : w.top);
        w.minus_low = (int16_t)(-low > w.minus_low ? -low : w.minus_low);
    }
    return w;
}

static int64_t counter(const unsigned char *saved, int which)
{
    int64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (int64_t)((uint64_t)saved[8 + 8 * which + i] << (8 * i));
    return value;
}

/* By its saved form, which the manual of Tally specifies. */
tally_status magnitude_of_accumulator(const tally_accumulator *state,
                                      magnitude *part)
{
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t size;
    int128 carry = 0;
    tally_status status =
        tally_accumulator_save(state, saved, sizeof saved, &size);
    if (status != TALLY_OK)
        return status;
    int64_t values = counter(saved, 0), negative_zeros = counter(saved, 1);
    part->count = saved[7];
    part->exponent = 64 * saved[6];
    part->negative = part->count > 0 && counter(saved, 4 + part->count) < 0;
    /* Limbs are balanced digits of radix 2^64: make them unsigned ones. */
    for (int i = 0; i < part->count; i++) {
        int128 digit = counter(saved, 5 + i);
        carry += part->negative ? -digit : digit;
        part->words[i] = (uint64_t)carry;
        carry >>= 64;
    }
    while (part->count > 0 && part->words[part->count - 1] == 0)
        part->count--;
    part->zero = part->count > 0          ? 0
                 : values == 0            ? ZERO_EMPTY
                 : values == negative_zeros ? ZERO_NEGATIVE
                                            : ZERO_POSITIVE;
    /*
     * NaN and infinities have no place in the narrow form. Nor have counts
     * that only subtracting leaves: the sign of a zero depends on them.
     */
    part->wide = counter(saved, 2) != 0 || counter(saved, 3) != 0 ||
                 counter(saved, 4) != 0 || negative_zeros < 0 ||
                 values - (part->count > 0) < negative_zeros;
    return TALLY_OK;
}

window window_of_magnitude(const magnitude *part)
{
    int first = 0;
    if (part->wide)
        return (window){TOP_WIDE, LOW_NONE};
    if (part->count == 0)
        return (window){TOP_ZERO, LOW_NONE};
    while (part->words[first] == 0)
        first++;
    return (window){
        (int16_t)(part->exponent + 64 * (part->count - 1) +
                  highest(part->words[part->count - 1])),
        (int16_t)-(part->exponent + 64 * first + lowest(part->words[first]))};
}

int bits_of(uint64_t terms)
{
    /* The sum of so many pieces is below 2^62. */
    return 62 - (terms > 1 ? highest(terms - 1) + 1 : 0);
}

size_t words_of(window w, int bits)
{
    int width = w.top + w.minus_low + 1;
    if (w.top == TOP_WIDE)
        return 0;
    if (w.top == TOP_ZERO || width <= bits)
        return 1;
    return (size_t)((width + bits - 1) / bits);
}

/* The word of a total of zeros: of how many ranks, and of which. */
static int64_t zero_word(int zero)
{
    return zero == ZERO_EMPTY      ? 0
           : zero == ZERO_NEGATIVE ? 1
                                   : 1 + ((int64_t)1 << 32);
}

static void add_double(double value, window w, int bits, int64_t *words)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    const int negative = (int)(bits_of_double(value) >> 63);
    uint64_t integer;
    int place = split(value, &integer);
    if (integer == 0)
        return;
    place += lowest(integer) + w.minus_low;
    integer >>= lowest(integer);
    if (place >= bits) {
        words += place / bits;
        place %= bits;
    }
    uint64_t piece = (integer << place) & mask;
    integer >>= bits - place;
    *words += negative ? -(int64_t)piece : (int64_t)piece;
    for (; integer != 0; integer >>= bits) {
        piece = integer & mask;
        *++words += negative ? -(int64_t)piece : (int64_t)piece;
    }
}

void words_of_doubles(const double *values, size_t count, window w, int bits,
                      int64_t *words)
{
    int zero = ZERO_EMPTY;
    if (w.top == TOP_WIDE)
        return;
    if (w.top == TOP_ZERO) {
        for (size_t i = 0; i < count && zero != ZERO_POSITIVE; i++)
            zero = signbit(values[i]) ? ZERO_NEGATIVE : ZERO_POSITIVE;
        *words = zero_word(zero);
        return;
    }
    memset(words, 0, words_of(w, bits) * sizeof *words);
    for (size_t i = 0; i < count; i++)
        add_double(values[i], w, bits, words);
}

static uint64_t word_at(const magnitude *part, int i)
{
    return i >= 0 && i < part->count ? part->words[i] : 0;
}

void words_of_magnitude(const magnitude *part, window w, int bits,
                        int64_t *words)
{
    if (w.top == TOP_WIDE)
        return;
    if (w.top == TOP_ZERO) {
        *words = zero_word(part->zero);
        return;
    }
    size_t count = words_of(w, bits);
    for (size_t j = 0; j < count; j++) {
        int place = (int)j * bits - w.minus_low - part->exponent;
        int i = place >> 6, shift = place & 63;
        uint64_t piece = word_at(part, i) >> shift;
        if (shift > 0)
            piece |= word_at(part, i + 1) << (64 - shift);
        piece &= ((uint64_t)1 << bits) - 1;
        words[j] = part->negative ? -(int64_t)piece : (int64_t)piece;
    }
}

/*
 * The double nearest to 'integer' times 2^place units, ties to even. 'more':
 * there are lower bits; 'integer' has more than 64 bits then.
 */
static tally_status round_to_double(int negative, uint128 integer, int place,
                                    int more, double *total)
{
    uint64_t bits;
    int high = (uint64_t)(integer >> 64) != 0
                   ? 64 + highest((uint64_t)(integer >> 64))
                   : highest((uint64_t)integer);
    int exponent = place + high - MANTISSA_BITS; /* of the last place */
    if (exponent <= 0) {
        /* Subnormals, and the first binade above: units are exact. */
        bits = (uint64_t)integer << place;
    } else {
        int drop = exponent - place;
        uint64_t mantissa;
        int up = 0;
        if (drop <= 0) {
            mantissa = (uint64_t)integer << -drop;
        } else {
            uint128 half = (uint128)1 << (drop - 1);
            uint128 rest = integer & (2 * half - 1);
            mantissa = (uint64_t)(integer >> drop);
            up = rest > half || (rest == half && (more || (mantissa & 1)));
        }
        /* A carry out of the mantissa goes into the exponent, as it should. */
        bits = ((uint64_t)exponent << MANTISSA_BITS) + mantissa + (uint64_t)up;
        if (exponent >= EXPONENT_ALL ||
            bits >= (uint64_t)EXPONENT_ALL << MANTISSA_BITS)
            bits = (uint64_t)EXPONENT_ALL << MANTISSA_BITS;
    }
    tally_status status = bits == (uint64_t)EXPONENT_ALL << MANTISSA_BITS
                              ? TALLY_OVERFLOW
                              : TALLY_OK;
    bits |= (uint64_t)negative << 63;
    memcpy(total, &bits, sizeof bits);
    return status;
}

/* Digits of radix 2^bits. Returns what is left above: the sign of it all. */
static int64_t carry_over(const int64_t *words, int count, int bits,
                          int negate, uint64_t *digits)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    int128 carry = 0;
    for (int j = 0; j < count; j++) {
        carry += negate ? -(int128)words[j] : (int128)words[j];
        digits[j] = (uint64_t)carry & mask;
        carry >>= bits;
    }
    return (int64_t)carry;
}

tally_status total_of_words(const int64_t *words, window w, int bits,
                            double *total)
{
    uint64_t digits[WORDS_MAX + 1];
    int count = (int)words_of(w, bits), negative, last;
    if (w.top == TOP_ZERO) {
        uint64_t ranks = (uint64_t)*words;
        *total = (uint32_t)ranks > 0 && ranks >> 32 == 0 ? -0.0 : 0.0;
        return TALLY_OK;
    }
    if (count == 1) {
        if (*words == 0) {
            *total = 0.0;
            return TALLY_OK;
        }
        negative = *words < 0;
        return round_to_double(
            negative, negative ? -(uint64_t)*words : (uint64_t)*words,
            -w.minus_low, 0, total);
    }
    int64_t above = carry_over(words, count, bits, 0, digits);
    negative = above < 0;
    if (negative)
        above = carry_over(words, count, bits, 1, digits);
    digits[count] = (uint64_t)above;
    last = count;
    while (last > 0 && digits[last] == 0)
        last--;
    uint128 integer = digits[last];
    while (last > 0 && integer >> 64 == 0)
        integer = integer << bits | digits[--last];
    if (integer == 0) {
        *total = 0.0;
        return TALLY_OK;
    }
    int place = -w.minus_low + bits * last, more = 0;
    while (last > 0 && !more)
        more = digits[--last] != 0;
    return round_to_double(negative, integer, place, more, total);
}
