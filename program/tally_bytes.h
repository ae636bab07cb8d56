/*
 * Bytes looked at several at a time, for splitting lines. Whatever the order of
 * bytes in the machine's words, the first byte is the lowest here.
 */
#ifndef TALLY_BYTES_H
#define TALLY_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static inline size_t at_most(size_t size, size_t limit) {
    return size < limit ? size : limit;
}

/*
 * Marks: a word with a bit for each of BYTES_TOGETHER bytes.
 *
 * marks_of() marks the bytes, of the first `size`, from 1 on, that are `c` or
 * `d`. It reads BYTES_TOGETHER bytes, whatever the size. all_marks() marks all
 * of them. first_mark() is the place of the first, of which there is one.
 */
#if defined(__SSE2__)

#define BYTES_TOGETHER ((size_t)16)
#define MARK_BITS 1
typedef uint32_t marks;

static inline marks all_marks(size_t size) {
    return 0xffffu >> (16 - size);
}

static inline marks marks_of(const char *at, size_t size, char c, char d) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i equal = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8(d)));
    return (marks)_mm_movemask_epi8(equal) & all_marks(size);
}

#else

#define BYTES_TOGETHER ((size_t)8)
#define MARK_BITS 8
#define BYTE_ONES UINT64_C(0x0101010101010101)
typedef uint64_t marks;

static inline marks all_marks(size_t size) {
    return BYTE_ONES >> (64 - 8 * size);
}

static inline marks bytes_equal_to(uint64_t bytes, char c) {
    const uint64_t low = BYTE_ONES * 0x7f;
    bytes ^= BYTE_ONES * (unsigned char)c;
    /* The high bit of each byte that is not zero now. */
    uint64_t others = ((bytes & low) + low) | bytes;
    return ~others >> 7 & BYTE_ONES;
}

static inline marks marks_of(const char *at, size_t size, char c, char d) {
    uint64_t eight;
    memcpy(&eight, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return (bytes_equal_to(eight, c) | bytes_equal_to(eight, d)) &
           all_marks(size);
}

#endif

#define MARKS_SIZE (MARK_BITS * (unsigned)BYTES_TOGETHER)

/* How many bits are set. */
static inline size_t count_ones(uint64_t bits) {
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) +
           (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

static inline size_t first_mark(marks some) {
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(some) / MARK_BITS;
#else
    size_t at = 0;
    for (; (some & 1) == 0; some >>= MARK_BITS)
        at++;
    return at;
#endif
}

/* How many of the bytes are `c`. Reads up to BYTES_TOGETHER at their end. */
static inline size_t count_of(const char *text, size_t size, char c) {
    size_t count = 0, part;
#if defined(__SSE2__)
    /* Each byte of `found` counts up to 255 matches in its place. */
    for (; size >= 64; text += part, size -= part) {
        __m128i found = _mm_setzero_si128(), zero = found;
        part = at_most(size & ~(size_t)15, 255 * 16);
        for (size_t at = 0; at < part; at += 16) {
            __m128i bytes =
                _mm_loadu_si128((const __m128i *)(const void *)(text + at));
            found =
                _mm_sub_epi8(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
        }
        found = _mm_sad_epu8(found, zero);
        count += (size_t)_mm_cvtsi128_si32(found) +
                 (size_t)_mm_extract_epi16(found, 4);
    }
#endif
    while (size > 0) {
        /* As many marks as a word holds are counted at once. */
        uint64_t found = 0;
        unsigned shift = 0;
        for (; size >= BYTES_TOGETHER && shift + MARKS_SIZE < 64;
             shift += MARKS_SIZE) {
            found |= (uint64_t)marks_of(text, BYTES_TOGETHER, c, c) << shift;
            text += BYTES_TOGETHER;
            size -= BYTES_TOGETHER;
        }
        part = at_most(size, BYTES_TOGETHER);
        if (part > 0)
            found |= (uint64_t)marks_of(text, part, c, c) << shift;
        text += part;
        size -= part;
        count += count_ones(found);
    }
    return count;
}

/*
 * Marks where a word begins, and the blank behind one; `*words` gets the bytes
 * of words. `*inside` is whether the byte before is in a word, and then whether
 * the last one is.
 */
static inline marks word_edges(const char *at, size_t size, marks *words,
                               marks *inside) {
    *words = all_marks(size) ^ marks_of(at, size, ' ', '\t');
    marks edges = *words ^ (*words << MARK_BITS | *inside);
    *inside = *words >> (BYTES_TOGETHER - 1) * MARK_BITS;
    return edges & all_marks(BYTES_TOGETHER);
}

/* How many words begin there, as word_edges() has it. Reads as count_of(). */
static inline size_t count_words(const char *text, size_t size, marks inside) {
    size_t count = 0;
    marks words;
    while (size > 0) {
        /* As many marks as a word holds are counted at once. */
        uint64_t begins = 0;
        unsigned shift = 0;
        for (; size >= BYTES_TOGETHER && shift + MARKS_SIZE < 64;
             shift += MARKS_SIZE) {
            marks edges = word_edges(text, BYTES_TOGETHER, &words, &inside);
            begins |= (uint64_t)(edges & words) << shift;
            text += BYTES_TOGETHER;
            size -= BYTES_TOGETHER;
        }
        size_t part = at_most(size, BYTES_TOGETHER);
        if (part > 0) {
            marks edges = word_edges(text, part, &words, &inside);
            begins |= (uint64_t)(edges & words) << shift;
        }
        text += part;
        size -= part;
        count += count_ones(begins);
    }
    return count;
}

#endif
