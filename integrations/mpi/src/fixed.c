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

static uint64_t bits_of_double(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The integer and the place of its lowest bit. -1 for NaN and infinities. */
static int split(double value, uint64_t *integer) {
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

static int highest(uint64_t word) {
    return 63 - __builtin_clzll(word);
}

static int lowest(uint64_t word) {
    return __builtin_ctzll(word);
}

static inline window window_of_doubles(const double *values, size_t count) {
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

static int64_t counter(const unsigned char *saved, int which) {
    int64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (int64_t)((uint64_t)saved[8 + 8 * which + i] << (8 * i));
    return value;
}

/* By its saved form, which the manual of Tally specifies. */
tally_status part_of_accumulator(const tally_accumulator *state, part *out,
                                 uint64_t *words) {
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t size;
    int128 carry = 0;
    tally_status status =
        tally_accumulator_save(state, saved, sizeof saved, &size);
    if (status != TALLY_OK)
        return status;
    int64_t values = counter(saved, 0), negative_zeros = counter(saved, 1);
    int count = saved[7];
    out->place = (int16_t)(64 * saved[6]);
    out->negative = count > 0 && counter(saved, 4 + count) < 0;
    /* Limbs are balanced digits of radix 2^64: make them unsigned ones. */
    for (int i = 0; i < count; i++) {
        int128 digit = counter(saved, 5 + i);
        carry += out->negative ? -digit : digit;
        words[i] = (uint64_t)carry;
        carry >>= 64;
    }
    while (count > 0 && words[count - 1] == 0)
        count--;
    out->count = (uint8_t)count;
    out->zero = values == 0                ? ZERO_EMPTY
                : values == negative_zeros ? ZERO_NEGATIVE
                                           : ZERO_POSITIVE;
    /*
     * The narrow form cannot hold NaN, infinities, or counts that only
     * subtraction leaves: the sign of a zero depends on them.
     */
    out->wide = counter(saved, 2) != 0 || counter(saved, 3) != 0 ||
                counter(saved, 4) != 0 || negative_zeros < 0 ||
                values < negative_zeros + (count > 0);
    return TALLY_OK;
}

window window_of_part(const part *p, const uint64_t *words) {
    int first = 0;
    if (p->wide)
        return (window){TOP_WIDE, LOW_NONE};
    if (p->count == 0)
        return (window){TOP_ZERO, LOW_NONE};
    while (words[first] == 0)
        first++;
    return (window){(int16_t)(p->place + 64 * (p->count - 1) +
                              highest(words[p->count - 1])),
                    (int16_t)-(p->place + 64 * first + lowest(words[first]))};
}

int bits_of(uint64_t terms) {
    /* The sum of this many pieces is below 2^62. */
    return 62 - (terms > 1 ? highest(terms - 1) + 1 : 0);
}

/* The word of a total of zeros: of how many ranks, and of which. */
static int64_t zero_word(int zero) {
    return zero == ZERO_EMPTY      ? 0
           : zero == ZERO_NEGATIVE ? 1
                                   : 1 + ((int64_t)1 << 32);
}

static void add_double(double value, window w, int bits, int64_t *words) {
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    const int negative = (int)(bits_of_double(value) >> 63);
    uint64_t integer;
    int place = split(value, &integer);
    if (integer == 0)
        return;
    place += w.minus_low;
    if (place < 0) {
        /* Below the window the integer has only zeros. */
        integer >>= -place;
        place = 0;
    } else if (place >= bits) {
        int skip = place < 2 * bits ? 1 : place / bits;
        words += skip;
        place -= skip * bits;
    }
    uint64_t piece = (integer << place) & mask;
    integer >>= bits - place;
    *words += negative ? -(int64_t)piece : (int64_t)piece;
    for (; integer != 0; integer >>= bits) {
        piece = integer & mask;
        *++words += negative ? -(int64_t)piece : (int64_t)piece;
    }
}

static inline void words_of_doubles(const double *values, size_t count,
                                    window w, int bits, int64_t *words) {
    int zero = ZERO_EMPTY;
    if (w.top == TOP_WIDE)
        return;
    if (w.top == TOP_ZERO) {
        for (size_t i = 0; i < count && zero != ZERO_POSITIVE; i++)
            zero = signbit(values[i]) ? ZERO_NEGATIVE : ZERO_POSITIVE;
        *words = zero_word(zero);
        return;
    }
    *words = 0;
    if (w.top + w.minus_low >= bits)
        memset(words, 0, words_of(w, bits) * sizeof *words);
    if (w.top + w.minus_low < bits) {
        /* One word, without a look at where it ends. */
        for (size_t i = 0; i < count; i++) {
            uint64_t integer;
            int place = split(values[i], &integer) + w.minus_low;
            /*
             * A shift to the left or, where the bits that fall out are zeros,
             * to the right: a rotation, without a branch.
             */
            uint64_t shift = (uint64_t)place & 63,
                     piece = integer << shift | integer >> (-shift & 63),
                     sign = bits_of_double(values[i]) >> 63;
            *words += (int64_t)((piece ^ -sign) + sign);
        }
        return;
    }
    for (size_t i = 0; i < count; i++)
        add_double(values[i], w, bits, words);
}

void words_of_part(const part *p, const uint64_t *from, window w, int bits,
                   int64_t *words) {
    if (w.top == TOP_WIDE)
        return;
    if (w.top == TOP_ZERO) {
        *words = zero_word(p->zero);
        return;
    }
    int count = (int)words_of(w, bits);
    for (int j = 0; j < count; j++) {
        int place = j * bits - w.minus_low - p->place;
        int i = place >> 6, shift = place & 63;
        uint64_t piece = i >= 0 && i < p->count ? from[i] >> shift : 0;
        if (shift > 0 && i >= -1 && i + 1 < p->count)
            piece |= from[i + 1] << (64 - shift);
        piece &= ((uint64_t)1 << bits) - 1;
        words[j] = p->negative ? -(int64_t)piece : (int64_t)piece;
    }
}

/*
 * The double nearest to a number, ties to even: 'integer', of which the highest
 * bit is set, is its first 64 bits, 'top' the place of that bit, and 'more'
 * says whether there are other bits below.
 */
static tally_status round_to_double(int negative, uint64_t integer, int top,
                                    int more, double *total) {
    const uint64_t infinite = (uint64_t)EXPONENT_ALL << MANTISSA_BITS;
    int exponent = top - MANTISSA_BITS; /* of the last place */
    uint64_t bits;
    if (exponent <= 0) {
        /* Subnormals, and the first binade above: units are exact. */
        bits = integer >> (63 - top);
    } else {
        uint64_t mantissa = integer >> 11, rest = integer << 53;
        const uint64_t half = (uint64_t)1 << 63;
        /* Without branches, which would be as random as the bits. */
        mantissa += (uint64_t)(rest > half) |
                    ((uint64_t)(rest == half) &
                     ((uint64_t)(more != 0) | (mantissa & 1)));
        /* A carry out of the mantissa goes into the exponent, as it should. */
        bits = ((uint64_t)exponent << MANTISSA_BITS) + mantissa;
        if (exponent >= EXPONENT_ALL || bits > infinite)
            bits = infinite;
    }
    tally_status status = bits == infinite ? TALLY_OVERFLOW : TALLY_OK;
    bits |= (uint64_t)negative << 63;
    memcpy(total, &bits, sizeof bits);
    return status;
}

/*
 * The same of a word below 2^62 times 2^place units, in few steps: most totals
 * are such a word. Returns 0, and does nothing, if the total is zero, subnormal
 * or near infinity.
 */
static inline int round_word(int64_t word, int place, double *total) {
    const uint64_t sign = (uint64_t)word >> 63,
                   size = ((uint64_t)word ^ -sign) + sign;
    /* Words of a damaged message may be larger. */
    if (size - 1 >= ((uint64_t)1 << 62) - 1)
        return 0;
    const int top = highest(size), exponent = place + top - MANTISSA_BITS;
    if (exponent <= 0 || exponent >= EXPONENT_ALL - 2)
        return 0;
    /* Ten bits below the mantissa. Halves go up if it is odd. */
    const uint64_t integer = size << (62 - top);
    uint64_t bits = (integer + 0x1ff + (integer >> 10 & 1)) >> 10;
    bits += (uint64_t)exponent << MANTISSA_BITS;
    bits |= sign << 63;
    memcpy(total, &bits, sizeof bits);
    return 1;
}

/* The same of an integer times 2^place units. */
static tally_status round_integer(int negative, uint128 integer, int place,
                                  int more, double *total) {
    uint64_t high = (uint64_t)(integer >> 64), low = (uint64_t)integer;
    if (high == 0) {
        if (low == 0) {
            *total = 0.0;
            return TALLY_OK;
        }
        int shift = 63 - highest(low);
        return round_to_double(negative, low << shift, place + 63 - shift, more,
                               total);
    }
    int shift = 63 - highest(high);
    integer <<= shift;
    return round_to_double(negative, (uint64_t)(integer >> 64),
                           place + 127 - shift, more || (uint64_t)integer != 0,
                           total);
}

/* Digits of radix 2^bits. Returns the rest above, the sign of the whole. */
static int64_t carry_over(const int64_t *words, int count, int bits,
                          uint64_t *digits) {
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    int64_t carry = 0;
    for (int j = 0; j < count; j++) {
        /* A word is below 2^62, and a carry below 2^27. */
        carry += words[j];
        digits[j] = (uint64_t)carry & mask;
        carry >>= bits;
    }
    return carry;
}

static inline tally_status total_of_words(const int64_t *words, window w,
                                          int bits, double *total) {
    const int place = -w.minus_low;
    int count = (int)words_of(w, bits), last = count;
    if (w.top == TOP_ZERO) {
        uint64_t ranks = (uint64_t)*words;
        *total = (uint32_t)ranks > 0 && ranks >> 32 == 0 ? -0.0 : 0.0;
        return TALLY_OK;
    }
    if (count == 1) {
        uint64_t word = (uint64_t)*words;
        int negative = *words < 0;
        return round_integer(negative, negative ? -word : word, place, 0,
                             total);
    }
    if (count == 2) {
        int128 sum = words[1] * ((int128)1 << bits) + words[0];
        int negative = sum < 0;
        return round_integer(negative, (uint128)(negative ? -sum : sum), place,
                             0, total);
    }
    uint64_t digits[WORDS_MAX + 1];
    int64_t above = carry_over(words, count, bits, digits);
    int negative = above < 0, more = 0;
    if (negative) {
        int64_t opposite[WORDS_MAX];
        for (int j = 0; j < count; j++)
            opposite[j] = -words[j];
        above = carry_over(opposite, count, bits, digits);
    }
    digits[count] = (uint64_t)above;
    while (last > 0 && digits[last] == 0)
        last--;
    uint128 integer = digits[last];
    while (last > 0 && integer >> 64 == 0)
        integer = integer << bits | digits[--last];
    for (int j = 0; j < last && !more; j++)
        more = digits[j] != 0;
    return round_integer(negative, integer, place + bits * last, more, total);
}

void windows_of_fields(const double *values, size_t count, ptrdiff_t stride,
                       size_t n, window *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = window_of_doubles(
            count > 0 ? values + (ptrdiff_t)i * stride : NULL, count);
}

void words_of_fields(const double *values, size_t count, ptrdiff_t stride,
                     size_t n, const window *all, int bits, int64_t *words) {
    for (size_t i = 0; i < n; i++) {
        words_of_doubles(count > 0 ? values + (ptrdiff_t)i * stride : NULL,
                         count, all[i], bits, words);
        words += words_of(all[i], bits);
    }
}

tally_status totals_of_words(const int64_t *words, const window *all, size_t n,
                             int bits, double *totals) {
    tally_status found = TALLY_OK;
    for (size_t i = 0; i < n; i++) {
        /* One word that is a number, and not a zero of a sign. */
        if ((unsigned)all[i].top <= TOP_MOST &&
            all[i].top + all[i].minus_low < bits &&
            round_word(*words, -all[i].minus_low, totals + i)) {
            words++;
            continue;
        }
        if (all[i].top != TOP_WIDE &&
            total_of_words(words, all[i], bits, totals + i) != TALLY_OK)
            found = TALLY_OVERFLOW;
        words += words_of(all[i], bits);
    }
    return found;
}
