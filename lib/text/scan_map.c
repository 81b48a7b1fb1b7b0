// SPDX-License-Identifier: MIT
#include "text/scan_map.h"

#if defined(__x86_64__)
#include <immintrin.h>
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

#define AVX2      __attribute__((target("avx2")))
#define AVX2_PART AVX2 __attribute__((always_inline)) static inline

enum { BLOCK = 32, WORD = 2 * BLOCK };

AVX2_PART __m256i look_up(const uint8_t table[16], __m256i at)
{
    __m128i once = _mm_loadu_si128((const __m128i *)(const void *)table);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(once), at);
}

AVX2_PART __m256i same(__m256i bytes, int value)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)value));
}

AVX2_PART __m256i low_half(__m256i bytes)
{
    return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
}

AVX2_PART __m256i high_half(__m256i bytes)
{
    return low_half(_mm256_srli_epi16(bytes, 4));
}

// The classes of ASCII: a character is of one where both halves of its code are.
enum {
    CONTROL = 0x01,
    QUOTE = 0x02,   // " % &
    BRACKET = 0x04, // [ \\ ] ^ _ { | } ~ and DEL
    GRAVE = 0x08,
    SIGN = 0x10,  // ! # $ ( ) * + , /
    DIGIT = 0x20, // and : ; < = > ?
    AT = 0x40,
    SMALL = 0x80,
    ODD = CONTROL | QUOTE | BRACKET | GRAVE,
    NOT_IN_NAME = SIGN | DIGIT | AT,
};

AVX2_PART __m256i classes_of_ascii(__m256i bytes)
{
    enum { ALL = CONTROL | DIGIT | SMALL, PUNCTUATION = ALL | BRACKET | SIGN };
    static const uint8_t by_low[16] = {
        ALL | GRAVE | AT, ALL | SIGN,    ALL | QUOTE,   ALL | SIGN,  ALL | SIGN, ALL | QUOTE,
        ALL | QUOTE,      ALL,           ALL | SIGN,    ALL | SIGN,  ALL | SIGN, PUNCTUATION,
        PUNCTUATION,      ALL | BRACKET, ALL | BRACKET, PUNCTUATION,
    };
    static const uint8_t by_high[16] = { CONTROL, CONTROL, QUOTE | SIGN,  DIGIT,
                                         AT,      BRACKET, GRAVE | SMALL, BRACKET | SMALL };

    return _mm256_and_si256(look_up(by_low, low_half(bytes)), look_up(by_high, high_half(bytes)));
}

// Bytes that end a letter of two: the tables of scan.c by the halves of the byte. A low half has a
// bit for each lead byte and high half 8 to B that make a letter with it: C3 and C5 in the lower
// four, C4 and C6 in the upper.
AVX2_PART __m256i end_two(__m256i bytes, __m256i before)
{
    static const uint8_t c3_c4[16] = { 0x25, 0x2F, 0x1F, 0x1F, 0x2A, 0x2A, 0x00, 0x00,
                                       0x45, 0x4F, 0x0F, 0x00, 0x55, 0x5F, 0x00, 0x00 };
    static const uint8_t c5_c6[16] = { 0xC0, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                       0x04, 0x04, 0x00, 0x00, 0x04, 0x04, 0x01, 0x41 };
    static const uint8_t is_c3_c4[16] = { [3] = 0x0F, [4] = 0xF0 };
    static const uint8_t is_c5_c6[16] = { [5] = 0x0F, [6] = 0xF0 };
    static const uint8_t by_high[16] = { [8] = 0x11, [9] = 0x22, [0xA] = 0x44, [0xB] = 0x88 };

    // 0 to F for C0 to CF; all others get their top bit set, for which every table gives zero.
    __m256i lead = _mm256_adds_epu8(_mm256_xor_si256(before, _mm256_set1_epi8((char)0xC0)),
                                    _mm256_set1_epi8(0x70));
    __m256i low = low_half(bytes);
    __m256i first = _mm256_and_si256(look_up(c3_c4, low), look_up(is_c3_c4, lead));
    __m256i second = _mm256_and_si256(look_up(c5_c6, low), look_up(is_c5_c6, lead));
    return _mm256_and_si256(_mm256_or_si256(first, second), look_up(by_high, high_half(bytes)));
}

// Bytes that end one of U+1EA0 to U+1EF9: E1 BA A0 to E1 BB B9. The comparison is of signed bytes,
// among which 80 to BF come first.
AVX2_PART __m256i end_three(__m256i bytes, __m256i before, __m256i before2)
{
    __m256i tail = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xC0), bytes);
    __m256i of_ba = _mm256_and_si256(same(before, 0xBA),
                                     _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)0x9F)));
    __m256i of_bb = _mm256_and_si256(same(before, 0xBB),
                                     _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xBA), bytes));
    return _mm256_and_si256(_mm256_and_si256(same(before2, 0xE1), tail),
                            _mm256_or_si256(of_ba, of_bb));
}

// A bit for every byte: those beyond ASCII, and those that end a letter of two or of three.
struct letters {
    uint64_t high, two, three;
};

struct found {
    struct scan_bits bits;
    struct letters letters;
};

AVX2_PART uint32_t bits(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

AVX2_PART uint32_t has(__m256i bytes, uint8_t classes)
{
    return ~bits(same(_mm256_and_si256(bytes, _mm256_set1_epi8((char)classes)), 0));
}

// 32 bytes, each with the one before it and the one before that.
AVX2_PART struct found look(__m256i bytes, __m256i before, __m256i before2)
{
    __m256i classes = classes_of_ascii(bytes);
    uint32_t bar = bits(same(bytes, '|'));
    struct letters l = { .high = bits(bytes),
                         .two = has(end_two(bytes, before), 0xFF),
                         .three = bits(end_three(bytes, before, before2)) };
    struct scan_bits b = { .bar = bar,
                           .odd = has(classes, ODD) & ~bar,
                           .extended = l.three | (l.two & ~(uint64_t)bits(same(before, 0xC3))),
                           .not_in_name = has(classes, NOT_IN_NAME) | bar,
                           .lower = bits(classes) & ~bar };
    return (struct found){ b, l };
}

AVX2_PART __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

AVX2_PART struct found look_at(const char *p)
{
    return look(load(p), load(p - 1), load(p - 2));
}

// Nothing comes before the line's first byte, not even memory that may be read.
AVX2_PART struct found look_at_first(const char *p)
{
    __m256i bytes = load(p);
    __m256i moved = _mm256_permute2x128_si256(bytes, bytes, 0x08);
    return look(bytes, _mm256_alignr_epi8(bytes, moved, 15), _mm256_alignr_epi8(bytes, moved, 14));
}

// Two blocks make a word; what was found before its first `skipped` bytes is in the word before.
static inline uint64_t join(uint64_t first, uint64_t second, size_t skipped)
{
    return (first | second << BLOCK) >> skipped;
}

static inline struct scan_bits join_bits(const struct found *a, const struct found *b, size_t skip)
{
    return (struct scan_bits){ join(a->bits.bar, b->bits.bar, skip),
                               join(a->bits.odd, b->bits.odd, skip),
                               join(a->bits.extended, b->bits.extended, skip),
                               join(a->bits.not_in_name, b->bits.not_in_name, skip),
                               join(a->bits.lower, b->bits.lower, skip) };
}

static inline struct letters join_letters(const struct found *a, const struct found *b, size_t skip)
{
    return (struct letters){ join(a->letters.high, b->letters.high, skip),
                             join(a->letters.two, b->letters.two, skip),
                             join(a->letters.three, b->letters.three, skip) };
}

// The bytes beyond ASCII that are no part of a letter, which may end in the next word.
static inline uint64_t strays(struct letters l, struct letters next)
{
    uint64_t ends = l.two | l.three, next_ends = next.two | next.three;
    return l.high & ~(ends | ends >> 1 | next_ends << 63 | l.three >> 2 | next.three << 62);
}

AVX2 static void make(struct scan_map *map, struct str line)
{
    struct found first = look_at_first(line.p), second = look_at(line.p + BLOCK);
    struct letters letters = join_letters(&first, &second, 0);
    struct scan_bits *word = map->word;
    uint64_t odd = 0;

    *word = join_bits(&first, &second, 0);
    for (size_t at = WORD; at < line.n; at += WORD) {
        // The last word overlaps the one before, so that nothing behind the line is read.
        size_t start = at + WORD <= line.n ? at : line.n - WORD;
        first = look_at(line.p + start);
        second = look_at(line.p + start + BLOCK);
        struct letters next = join_letters(&first, &second, at - start);
        odd |= word->odd |= strays(letters, next);
        *++word = join_bits(&first, &second, at - start);
        letters = next;
    }
    odd |= word->odd |= strays(letters, (struct letters){ 0 });
    word[1] = (struct scan_bits){ 0 };
    map->line = line.p;
    map->clean = odd == 0;
    map->words = (size_t)(word - map->word) + 1;
}

static bool has_avx2(void)
{
#ifdef CPU_FEATURE_ACTIVE
    // The C library has asked the processor already, which takes its time in a virtual machine.
    return CPU_FEATURE_ACTIVE(AVX2);
#else
    return __builtin_cpu_supports("avx2");
#endif
}

bool scan_map_make(struct scan_map *map, struct str line)
{
    if (line.n < SCAN_MAP_LEAST || line.n > SCAN_MAP_MOST || !has_avx2())
        return false;
    make(map, line);
    return true;
}
#else
bool scan_map_make(struct scan_map *map, struct str line)
{
    (void)map, (void)line;
    return false;
}
#endif

// The 64 bits from one on, that one being in the first of two words.
static uint64_t window(uint64_t first, uint64_t second, size_t at)
{
    return first >> at % 64 | second << 1 << (63 - at % 64);
}

unsigned scan_map_part(const struct scan_map *map, struct str part)
{
    if (part.n == 0)
        return 0;
    size_t at = (size_t)(part.p - map->line), end = at + part.n;
    unsigned flags = 0;

    for (; at < end; at += 64) {
        const struct scan_bits *a = &map->word[at / 64], *b = a + 1;
        uint64_t mask = end - at < 64 ? ~(~0ULL << (end - at)) : ~0ULL;
        flags |= (window(a->odd, b->odd, at) & mask) != 0 ? SCAN_ODD : 0;
        flags |= (window(a->extended, b->extended, at) & mask) != 0 ? SCAN_EXTENDED : 0;
        flags |= (window(a->not_in_name, b->not_in_name, at) & mask) != 0 ? SCAN_NOT_IN_NAME : 0;
        flags |= (window(a->lower, b->lower, at) & mask) != 0 ? SCAN_LOWER : 0;
    }
    return flags;
}
