// SPDX-License-Identifier: MIT
#include "text/scan_map.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

enum { BLOCK = 32, CHUNK = 2 * BLOCK };

AVX2 static inline __m256i look_up(const uint8_t table[16], __m256i at)
{
    __m128i once = _mm_loadu_si128((const __m128i *)(const void *)table);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(once), at);
}

AVX2 static inline __m256i same(__m256i bytes, int value)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)value));
}

AVX2 static inline __m256i low_half(__m256i bytes)
{
    return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
}

AVX2 static inline __m256i high_half(__m256i bytes)
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

AVX2 static inline __m256i classes_of_ascii(__m256i bytes)
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
AVX2 static inline __m256i end_two(__m256i bytes, __m256i before)
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
AVX2 static inline __m256i end_three(__m256i bytes, __m256i before, __m256i before2)
{
    __m256i tail = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xC0), bytes);
    __m256i of_ba = _mm256_and_si256(same(before, 0xBA),
                                     _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)0x9F)));
    __m256i of_bb = _mm256_and_si256(same(before, 0xBB),
                                     _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xBA), bytes));
    return _mm256_and_si256(_mm256_and_si256(same(before2, 0xE1), tail),
                            _mm256_or_si256(of_ba, of_bb));
}

// 64 bytes, and for each the one before it and the one before that.
struct chunk {
    __m256i bytes[2], before[2], before2[2];
};

// What a chunk holds, a bit for each byte.
struct found {
    uint64_t bar, odd_ascii, high, two, three, extended, not_in_name, lower;
};

AVX2 static inline uint64_t bits(const __m256i bytes[2])
{
    return (uint32_t)_mm256_movemask_epi8(bytes[0]) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes[1]) << BLOCK;
}

AVX2 static inline struct found look(const struct chunk *c)
{
    const __m256i odd = _mm256_set1_epi8(ODD), not_in_name = _mm256_set1_epi8(NOT_IN_NAME);
    __m256i bar[2], plain[2], nameable[2], classes[2], no_two[2], three[2], near[2];

    for (int i = 0; i < 2; i++) {
        classes[i] = classes_of_ascii(c->bytes[i]);
        plain[i] = same(_mm256_and_si256(classes[i], odd), 0);
        nameable[i] = same(_mm256_and_si256(classes[i], not_in_name), 0);
        bar[i] = same(c->bytes[i], '|');
        no_two[i] = same(end_two(c->bytes[i], c->before[i]), 0);
        near[i] = same(c->before[i], 0xC3);
        three[i] = end_three(c->bytes[i], c->before[i], c->before2[i]);
    }
    struct found f = { .bar = bits(bar),
                       .high = bits(c->bytes),
                       .two = ~bits(no_two),
                       .three = bits(three),
                       .not_in_name = ~bits(nameable) | bits(bar),
                       .lower = bits(classes) };
    f.odd_ascii = ~(bits(plain) | f.bar);
    f.extended = f.three | (f.two & ~bits(near));
    return f;
}

AVX2 static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

AVX2 static inline struct found look_at(const char *p)
{
    struct chunk c = { { load(p), load(p + BLOCK) },
                       { load(p - 1), load(p + BLOCK - 1) },
                       { load(p - 2), load(p + BLOCK - 2) } };
    return look(&c);
}

// Nothing comes before the line's first byte, not even memory that may be read.
AVX2 static inline struct found look_at_first(const char *p)
{
    __m256i bytes = load(p);
    __m256i moved = _mm256_permute2x128_si256(bytes, bytes, 0x08);
    struct chunk c = { { bytes, load(p + BLOCK) },
                       { _mm256_alignr_epi8(bytes, moved, 15), load(p + BLOCK - 1) },
                       { _mm256_alignr_epi8(bytes, moved, 14), load(p + BLOCK - 2) } };
    return look(&c);
}

// The bytes beyond ASCII, and those that end a letter, be it one of two bytes or of three.
struct letters {
    uint64_t high[SCAN_MAP_WORDS], two[SCAN_MAP_WORDS], three[SCAN_MAP_WORDS];
};

// Chunks that overlap say the same of what they share.
static inline void put(uint64_t words[SCAN_MAP_WORDS], size_t at, uint64_t found)
{
    words[at / 64] |= found << at % 64;
    words[at / 64 + 1] |= found >> 1 >> (63 - at % 64);
}

static inline void put_found(struct scan_map *map, struct letters *letters, size_t at,
                             struct found f)
{
    put(map->bar, at, f.bar);
    put(map->odd, at, f.odd_ascii);
    put(map->extended, at, f.extended);
    put(map->not_in_name, at, f.not_in_name);
    put(map->lower, at, f.lower);
    put(letters->high, at, f.high);
    put(letters->two, at, f.two);
    put(letters->three, at, f.three);
}

// A byte beyond ASCII that is no part of a letter is odd.
static void add_strays(struct scan_map *map, const struct letters *l)
{
    for (size_t i = 0; i + 1 < SCAN_MAP_WORDS; i++) {
        uint64_t ends = l->two[i] | l->three[i], next = l->two[i + 1] | l->three[i + 1];
        uint64_t letters = ends | ends >> 1 | next << 63 | l->three[i] >> 2 | l->three[i + 1] << 62;
        map->odd[i] |= l->high[i] & ~letters;
    }
}

AVX2 static void make(struct scan_map *map, struct str line)
{
    struct letters letters = { 0 };

    *map = (struct scan_map){ .line = line.p };
    put_found(map, &letters, 0, look_at_first(line.p));
    for (size_t at = CHUNK; at < line.n; at += CHUNK) {
        size_t start = at + CHUNK <= line.n ? at : line.n - CHUNK;
        put_found(map, &letters, start, look_at(line.p + start));
    }
    add_strays(map, &letters);
}

bool scan_map_make(struct scan_map *map, struct str line)
{
    if (line.n < SCAN_MAP_LEAST || line.n > SCAN_MAP_MOST || !__builtin_cpu_supports("avx2"))
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

// The 64 bits from one on.
static uint64_t window(const uint64_t words[SCAN_MAP_WORDS], size_t at)
{
    return words[at / 64] >> at % 64 | words[at / 64 + 1] << 1 << (63 - at % 64);
}

unsigned scan_map_part(const struct scan_map *map, struct str part)
{
    if (part.n == 0)
        return 0;
    size_t at = (size_t)(part.p - map->line), end = at + part.n;
    unsigned flags = 0;

    for (; at < end; at += 64) {
        uint64_t mask = end - at < 64 ? ~(~0ULL << (end - at)) : ~0ULL;
        flags |= (window(map->odd, at) & mask) != 0 ? SCAN_ODD : 0;
        flags |= (window(map->extended, at) & mask) != 0 ? SCAN_EXTENDED : 0;
        flags |= (window(map->not_in_name, at) & mask) != 0 ? SCAN_NOT_IN_NAME : 0;
        flags |= (window(map->lower, at) & mask) != 0 ? SCAN_LOWER : 0;
    }
    return flags;
}
