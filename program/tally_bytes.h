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

#define BYTE_ONES UINT64_C(0x0101010101010101)
#define BYTE_HIGHS (BYTE_ONES << 7)

static inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/*
 * A word that has the high bit of each of the first `size` bytes, 1 to 8, that
 * is `c`, and no other bits. Reads 8 bytes, whatever the size.
 */
static inline uint64_t bytes_equal_to(const char *at, size_t size, char c) {
    uint64_t eight;
    memcpy(&eight, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    eight ^= BYTE_ONES * (unsigned char)c;
    /* The high bit of each byte that is not zero now. */
    uint64_t others = ((eight & ~BYTE_HIGHS) + ~BYTE_HIGHS) | eight;
    return ~others & BYTE_HIGHS & (UINT64_MAX >> (64 - 8 * size));
}

/* How many bytes such a word marks. */
static inline size_t count_bytes(uint64_t marks) {
    return (size_t)((marks >> 7) * BYTE_ONES >> 56);
}

/* Which byte is the first that such a word marks; it marks one. */
static inline size_t first_byte(uint64_t marks) {
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(marks) / 8;
#else
    size_t at = 0;
    for (; (marks & 0x80) == 0; marks >>= 8)
        at++;
    return at;
#endif
}

#if defined(__SSE2__)
/* The same for 16 bytes and two characters, a bit for each byte. */
static inline unsigned bits_equal_to(const char *at, size_t size, char c,
                                     char d) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i equal = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8(d)));
    return (unsigned)_mm_movemask_epi8(equal) & (0xffffu >> (16 - size));
}

/* How many of 16 bits are set. */
static inline size_t count_bits(unsigned bits) {
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0f0f;
    return (bits + (bits >> 8)) & 0xff;
}
#define BYTES_TOGETHER 16
#else
#define BYTES_TOGETHER 8
#endif

static inline size_t at_most(size_t size, size_t limit) {
    return size < limit ? size : limit;
}

/* How many of the bytes are `c`. Reads up to BYTES_TOGETHER at their end. */
static inline size_t count_of(const char *text, size_t size, char c) {
    size_t count = 0, part;
#if defined(__SSE2__)
    /* Each byte of `found` counts up to 255 matches in its place. */
    for (; size >= 16; text += part, size -= part) {
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
    if (size > 0)
        count += count_bits(bits_equal_to(text, size, c, c));
#else
    for (; size > 0; text += part, size -= part) {
        part = at_most(size, 8);
        count += count_bytes(bytes_equal_to(text, part, c));
    }
#endif
    return count;
}

/*
 * As bytes_equal_to(): the bytes where a word begins, or a blank behind one.
 * `*inside` is the mark of the byte before, as the lowest; not 0 in a word.
 */
static inline uint64_t word_edges(const char *at, size_t size, uint64_t *word,
                                  uint64_t *inside) {
    *word = (BYTE_HIGHS >> (64 - 8 * size)) ^
            (bytes_equal_to(at, size, ' ') | bytes_equal_to(at, size, '\t'));
    uint64_t edges = *word ^ (*word << 8 | *inside);
    *inside = *word >> 56;
    return edges;
}

/*
 * How many words begin there, with blanks between them; `inside` is not 0 if
 * the byte before is in a word. Reads as count_of().
 */
static inline size_t count_words(const char *text, size_t size,
                                 uint64_t inside_word) {
    size_t count = 0, part;
#if defined(__SSE2__)
    unsigned inside = inside_word != 0;
    for (; size > 0; text += part, size -= part) {
        part = at_most(size, 16);
        unsigned word =
            bits_equal_to(text, part, ' ', '\t') ^ (0xffffu >> (16 - part));
        count += count_bits(word & ~(word << 1 | inside));
        inside = word >> 15;
    }
#else
    uint64_t word;
    for (; size > 0; text += part, size -= part) {
        part = at_most(size, 8);
        uint64_t edges = word_edges(text, part, &word, &inside_word);
        count += count_bytes(edges & word);
    }
#endif
    return count;
}

#endif
