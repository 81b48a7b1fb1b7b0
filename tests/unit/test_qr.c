// SPDX-License-Identifier: MIT
// Symbols that libqrencode made, drawn as a camera might see them, are read to the byte and found
// where they are; and where there is none, none is found.
#include "base/bytes.h"
#include "qr/bits.h"
#include "qr/decode.h"
#include "qr/pattern.h"
#include "qr/qr.h"
#include "qr_print.h"

#include <time.h>

#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
enum { SLOW = 1 };
#else
enum { SLOW = 0 };
#endif

static const char card[] = "001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, "
                           "Phường Mẫu, Hà Nội|15032022";
static const char other_card[] = "079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, "
                                 "Quận Thí Dụ, TP. Hồ Chí Minh|20102021";

// ---- what is read ----

enum { READ_MAX = 8 };

struct found {
    size_t count;
    char bytes[READ_MAX][3000];
    size_t size[READ_MAX];
    struct qr_symbol symbol[READ_MAX];
    enum qr_end end;
};

static void note(void *ctx, const struct qr_symbol *symbol)
{
    struct found *f = ctx;
    assert_true(f->count < READ_MAX && symbol->bytes.n <= sizeof f->bytes[0]);
    memcpy(f->bytes[f->count], symbol->bytes.p, symbol->bytes.n);
    f->size[f->count] = symbol->bytes.n;
    f->symbol[f->count++] = *symbol;
}

static const struct found *read_with(struct qr_reader *reader, const struct plane *plane)
{
    static struct found f;
    struct qr_job job = { .found = note, .ctx = &f };

    memset(&f, 0, sizeof f);
    f.end = qr_read(reader, plane, &job);
    return &f;
}

static const struct found *read_plane(const struct plane *plane)
{
    struct qr_reader *reader = qr_reader_new();
    assert_non_null(reader);
    const struct found *f = read_with(reader, plane);
    qr_reader_free(&reader);
    assert_null(reader);
    assert_int_equal(f->end, QR_END_DONE);
    return f;
}

static double apart(struct spot a, const float b[2])
{
    return hypot(a.x - (double)b[0], a.y - (double)b[1]);
}

// Within a module of where it was drawn, or two where no alignment pattern tells about the last
// corner. In a mirror the symbol's own corners go round the other way.
static void assert_corners(const struct print *p, const struct qr_symbol *s)
{
    double module = hypot(p->corner[0].x - p->corner[2].x, p->corner[0].y - p->corner[2].y) /
                    (sqrt(2) * p->symbol->side);
    for (int i = 0; i < 4; i++) {
        double off = apart(p->corner[p->mirrored ? (4 - i) % 4 : i], s->corner[i]);
        if (off > (s->version == 1 ? 2 : 1) * module)
            fail_msg("corner %d of version %d is %.2f modules off", i, s->version, off / module);
    }
}

static bool is_same(const struct found *f, size_t i, struct str text)
{
    return str_eq((struct str){ f->bytes[i], f->size[i] }, text);
}

// The plane has this one symbol. `what` and `number` tell which of many it was.
static void assert_read(const struct plane *plane, const struct print *p, struct str text,
                        const char *what, double number)
{
    const struct found *f = read_plane(plane);
    if (f->count != 1)
        fail_msg("%s %g: %zu symbols were found", what, number, f->count);
    if (!is_same(f, 0, text))
        fail_msg("%s %g: %.*s", what, number, (int)f->size[0], f->bytes[0]);
    assert_int_equal(f->symbol[0].version, p->symbol->version);
    assert_in_range(f->symbol[0].step, 0, QR_STEP_COUNT - 1);
    assert_corners(p, &f->symbol[0]);
}

// ---- pattern.c ----

static void assert_pattern(const struct pattern *p, const struct symbol *s)
{
    assert_int_equal(p->version, s->version);
    assert_int_equal(p->side, s->side);
    for (int y = 0; y < s->side; y++)
        for (int x = 0; x < s->side; x++) {
            unsigned bits = s->module[y * s->side + x];
            bool always = bits & (IS_TIMING | IS_ALIGNMENT | IS_FINDER);
            always |= x == 8 && y == s->side - 8;
            int wanted = !always ? 0 : bits & IS_DARK ? 1 : -1;
            if (pattern_at(p, x, y) != wanted)
                fail_msg("version %d, module %d, %d: %d", s->version, x, y, pattern_at(p, x, y));
        }
}

// The mask stands in the format information, itself masked with 101 (ISO/IEC 18004, 7.9.1).
static unsigned mask_of(const struct symbol *s)
{
    unsigned mask = 0;
    for (int x = 2; x <= 4; x++)
        mask = mask << 1 | (s->module[8 * s->side + x] & IS_DARK);
    return mask ^ 5;
}

static void every_pattern(void **state)
{
    (void)state;
    static struct pattern p;
    unsigned masks = 0;

    for (int version = 1; version <= VERSION_MAX; version++) {
        pattern_make(&p, version);
        for (int i = 0; i < 12; i++) {
            char bytes[14];
            for (size_t k = 0; k < sizeof bytes; k++)
                bytes[k] = (char)any(256);
            struct symbol *s = encoded((struct str){ bytes, sizeof bytes }, version, i % 2);
            assert_pattern(&p, s);
            masks |= 1u << mask_of(s);
            release(s);
        }
    }
    assert_int_equal(masks, 0xFF);
}

// ---- bits.c ----

// A pixel's threshold, straight from what bits.h says.
static int slow_threshold(const struct plane *plane, uint32_t x, uint32_t y, uint32_t reach)
{
    int64_t bx = x / 8, by = y / 8, sum = 0, blocks = 0;
    for (int64_t j = by - reach; j <= by + (int64_t)reach; j++)
        for (int64_t i = bx - reach; i <= bx + (int64_t)reach; i++) {
            int64_t grey = 0, count = 0;
            for (int64_t k = 0; k < 64; k++) {
                int64_t px = i * 8 + k % 8, py = j * 8 + k / 8;
                if (px >= 0 && py >= 0 && px < plane->width && py < plane->height) {
                    grey += plane_row(plane, (uint32_t)py)[px];
                    count++;
                }
            }
            if (count > 0) {
                sum += grey / count;
                blocks++;
            }
        }
    int mean = (int)(sum / blocks) - 3; // as much darker as the noise of paper
    return mean > 0 ? mean : 0;
}

static void assert_bits(const struct bits *b, const struct plane *plane, uint32_t reach)
{
    for (uint32_t y = 0; y < plane->height; y++) {
        for (uint32_t x = 0; x < plane->width; x++) {
            int threshold = slow_threshold(plane, x, y, reach);
            assert_int_equal((int)bits_threshold(b, x, y), threshold);
            assert_int_equal(bits_dark(b, x, y), plane_row(plane, y)[x] < threshold);
        }
        for (uint32_t x = plane->width; x < b->stride * 64; x++)
            assert_false(bits_dark(b, x, y));
        assert_true(b->stride * 64 >= plane->width + 64);
    }
}

static void bits_as_said(void **state)
{
    (void)state;
    static const uint32_t reaches[] = { 1, 2, 3, 7 };

    for (int i = 0; i < (SLOW ? 40 : 160); i++) {
        struct plane plane = empty_plane(1 + any(i % 8 == 0 ? 140 : 40), 1 + any(40), 0);
        uint32_t base = any(200), spread = 1 + any(256 - base), reach = reaches[i % 4];
        struct bits b;
        for (uint32_t y = 0; y < plane.height; y++)
            for (uint32_t x = 0; x < plane.width; x++)
                plane_row(&plane, y)[x] = (uint8_t)(base + any(spread));
        assert_true(bits_alloc(&b, plane.width, plane.height));
        bits_sum(&b, &plane);
        bits_fill(&b, &plane, reaches[(i + 1) % 4]); // which the next one does not remember
        bits_fill(&b, &plane, reach);
        assert_bits(&b, &plane, reach);
        bits_free(&b);
        plane_free(&plane);
    }
}

// ---- decode.c ----

// The modules of a symbol, turned by so many quarters to the right and then, perhaps, mirrored.
static void lay(bool *dark, const struct symbol *s, int quarters, bool mirror)
{
    for (int y = 0; y < s->side; y++)
        for (int x = 0; x < s->side; x++) {
            int i = x, k = y, last = s->side - 1;
            for (int turn = 0; turn < quarters; turn++) {
                int other = i;
                i = last - k;
                k = other;
            }
            dark[(mirror ? i : k) * s->side + (mirror ? k : i)] =
                s->module[y * s->side + x] & IS_DARK;
        }
}

static void every_pose(void **state)
{
    (void)state;
    static bool dark[SIDE_MAX * SIDE_MAX];
    struct decoder *d = decoder_new();
    assert_non_null(d);
    for (int i = 0; i < 8; i++) {
        struct symbol *s = encoded(str_of(i % 3 == 0 ? "7" : card), 0, i % 4);
        struct bytes out = { 0 };
        int corner[4];
        lay(dark, s, i % 4, i >= 4);
        assert_true(decoder_read(d, dark, s->side, &out, corner));
        assert_true(str_eq(bytes_str(&out), str_of(i % 3 == 0 ? "7" : card)));
        for (int k = 0; k < 4; k++)
            assert_int_equal(corner[k], i < 4 ? (k + i) % 4 : (12 - k - i) % 4);
        bytes_free(&out);
        release(s);
    }
    decoder_free(&d);
    assert_null(d);
}

// ---- the reader ----

static void every_version(void **state)
{
    (void)state;
    for (int version = 1; version <= VERSION_MAX; version += SLOW ? 3 : 1)
        for (int level = LEVEL_L; level <= LEVEL_H; level += 3) {
            char text[64];
            int n = version == 1 ? snprintf(text, sizeof text, "%u", any(1000000))
                                 : snprintf(text, sizeof text, "Thử %d, %u", version, any(1000));
            struct symbol *s = encoded((struct str){ text, (size_t)n }, version, level);
            assert_int_equal(s->version, version);
            uint32_t size = (uint32_t)((s->side + 9) * 3.8);
            struct plane plane = empty_plane(size, size, 200);
            struct print p = turned_print(s, size / 2.0 + 0.3, size / 2.0 - 0.4, 3.3, version % 5);
            draw(&plane, &p);
            assert_read(&plane, &p, (struct str){ text, (size_t)n }, "version", version);
            plane_free(&plane);
            release(s);
        }
}

// Draws the card in one way and reads it.
static void assert_card(double pixels, double degrees, bool mirrored, bool inverted)
{
    struct symbol *s = encoded(str_of(card), 0, LEVEL_M);
    uint32_t size = (uint32_t)((s->side + 12) * pixels * (degrees > 0 ? 1.45 : 1));
    struct plane plane = empty_plane(size, size, inverted ? 60 : 180);
    struct print p = turned_print(s, size / 2.0, size / 2.0, pixels, degrees);

    p.mirrored = mirrored;
    p.inverted = inverted;
    draw(&plane, &p);
    assert_read(&plane, &p, str_of(card), "degrees", degrees);
    plane_free(&plane);
    release(s);
}

static void every_angle(void **state)
{
    (void)state;
    for (int degrees = 0; degrees < 360; degrees += SLOW ? 45 : 15)
        assert_card(3.6, degrees, false, false);
}

// It has little that tells where its modules lie, and little to correct what is wrong.
static void the_smallest(void **state)
{
    (void)state;
    struct symbol *s = encoded(STR("12"), 1, LEVEL_L);
    for (int i = 0; i < (SLOW ? 20 : 100); i++) {
        struct plane plane = empty_plane(124, 124, 200);
        struct print p = turned_print(s, 62, 62, 4, 0);
        draw(&plane, &p);
        assert_read(&plane, &p, STR("12"), "try", i);
        plane_free(&plane);
    }
    release(s);
}

static void mirrored(void **state)
{
    (void)state;
    assert_card(3, 0, true, false);
    assert_card(3.5, 20, true, false);
}

static void inverted(void **state)
{
    (void)state;
    assert_card(3, 0, false, true);
    assert_card(4, 30, false, true);
}

static void of_two_pixels_a_module(void **state)
{
    (void)state;
    assert_card(2, 0, false, false);
    assert_card(2.2, 7, false, false);
    assert_card(2.4, 45, false, false);
}

static void of_many_pixels_a_module(void **state)
{
    (void)state;
    assert_card(9, 3, false, false);
    assert_card(17, 0, false, false);
    struct symbol *s = encoded(STR("12"), 1, LEVEL_M);
    struct plane plane = empty_plane(1750, 1750, 200);
    struct print p = turned_print(s, 875, 875, 60, 8);
    draw(&plane, &p);
    assert_read(&plane, &p, STR("12"), "pixels", 60);
    plane_free(&plane);
    release(s);
}

static void perspective(void **state)
{
    (void)state;
    static const struct spot corners[][4] = {
        { { 60, 50 }, { 250, 70 }, { 240, 250 }, { 70, 230 } },
        { { 90, 60 }, { 240, 40 }, { 260, 260 }, { 60, 210 } },
        { { 50, 80 }, { 260, 60 }, { 250, 240 }, { 60, 205 } },
        { { 240, 70 }, { 235, 250 }, { 60, 230 }, { 75, 85 } },
    };
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        struct symbol *s = encoded(str_of(other_card), 0, LEVEL_M);
        struct plane plane = empty_plane(310, 310, 205);
        struct print p = { .symbol = s };
        memcpy(p.corner, corners[i], sizeof p.corner);
        draw(&plane, &p);
        assert_read(&plane, &p, str_of(other_card), "corners", (double)i);
        plane_free(&plane);
        release(s);
    }
}

static void count_number(void *ctx, const struct qr_symbol *symbol)
{
    bool *seen = ctx;
    int number = 0;
    assert_true(str_starts(symbol->bytes, STR("so ")));
    for (size_t i = 3; i < symbol->bytes.n; i++)
        number = number * 10 + (symbol->bytes.p[i] - '0');
    assert_in_range(number, 0, 29);
    assert_false(seen[number]);
    seen[number] = true;
}

// What is near is twice as large as what is far, or the symbol looks three times as long as it is
// broad, and neither upright.
static void strong_tilt(void **state)
{
    (void)state;
    static const struct spot corners[][4] = {
        { { 150, 60 }, { 270, 75 }, { 320, 330 }, { 60, 320 } },
        { { 60, 60 }, { 330, 150 }, { 320, 290 }, { 50, 330 } },
        { { 208, 58 }, { 304, 374 }, { 182, 490 }, { 110, 216 } },
        { { 236, 90 }, { 378, 418 }, { 194, 546 }, { 82, 262 } },
        { { 230, 400 }, { 200, 60 }, { 300, 100 }, { 350, 490 } },
    };
    struct symbol *s = encoded(STR("0123456789 thu"), 2, LEVEL_M);

    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        struct plane plane = empty_plane(440, 600, 205);
        struct print p = { .symbol = s };
        memcpy(p.corner, corners[i], sizeof p.corner);
        draw(&plane, &p);
        const struct found *f = read_plane(&plane);
        if (f->count != 1 || !is_same(f, 0, STR("0123456789 thu")))
            fail_msg("corners %zu: %zu symbols", i, f->count);
        plane_free(&plane);
    }
    release(s);
}

// Moves what is on the plane down by up to so many pixels, the more the nearer to its middle, as
// paper around a bottle looks from above.
static struct plane bent(const struct plane *flat, double pixels)
{
    struct plane plane = empty_plane(flat->width, flat->height, 200);

    for (uint32_t x = 0; x < plane.width; x++) {
        double along = (x + 0.5) / plane.width * 2 - 1, down = pixels * (1 - along * along);
        for (uint32_t y = 0; y < plane.height; y++) {
            double from = y - down;
            if (from < 0 || from + 1 >= flat->height)
                continue;
            uint32_t above = (uint32_t)from;
            double part = from - above;
            plane_row(&plane, y)[x] = (uint8_t)(plane_row(flat, above)[x] * (1 - part) +
                                                plane_row(flat, above + 1)[x] * part);
        }
    }
    return plane;
}

static void bent_paper(void **state)
{
    (void)state;
    for (int version = 1; version <= 9; version += 4) {
        struct symbol *s = encoded(STR("thu nghiem"), version, LEVEL_L);
        uint32_t size = (uint32_t)(s->side + 14) * 5;
        struct plane flat = empty_plane(size, size, 200);
        struct print p = turned_print(s, size / 2.0, size / 2.0 - 6, 5, 0);
        draw(&flat, &p);
        struct plane plane = bent(&flat, 12);
        const struct found *f = read_plane(&plane);
        if (f->count != 1 || !is_same(f, 0, STR("thu nghiem")))
            fail_msg("version %d: %zu symbols", version, f->count);
        plane_free(&plane);
        plane_free(&flat);
        release(s);
    }
}

static void blot(const struct plane *plane, double x, double y, double radius)
{
    for (uint32_t k = 0; k < plane->height; k++)
        for (uint32_t i = 0; i < plane->width; i++)
            if (hypot(i - x, k - y) < radius)
                plane_row(plane, k)[i] = 250;
}

// Nothing is left of one finder, and of what is near it.
static void finder_lost(void **state)
{
    (void)state;
    struct symbol *s = encoded(str_of(card), 0, LEVEL_Q);

    for (int i = 0; i < 12; i++) {
        struct plane plane = empty_plane(420, 420, 190);
        struct print p = turned_print(s, 210, 210, 4, i * 30);
        int lost = i % 3 == 2 ? 3 : i % 3;
        const struct spot *at = &p.corner[lost], *away = &p.corner[(lost + 2) % 4];
        draw(&plane, &p);
        blot(&plane, at->x * 0.9 + away->x * 0.1, at->y * 0.9 + away->y * 0.1, 24);
        assert_read(&plane, &p, str_of(card), "turn", i);
        plane_free(&plane);
    }
    release(s);
}

// Six by five of them, all alike but for what they say.
static void a_page_full(void **state)
{
    (void)state;
    enum { ACROSS = 6, DOWN = 5, PITCH = 110 };
    struct plane plane = empty_plane(ACROSS * PITCH, DOWN * PITCH, 200);
    struct qr_reader *reader = qr_reader_new();
    bool seen[ACROSS * DOWN] = { false };
    char text[16];

    assert_non_null(reader);
    for (int i = 0; i < ACROSS * DOWN; i++) {
        int n = snprintf(text, sizeof text, "so %d", i);
        struct symbol *s = encoded((struct str){ text, (size_t)n }, 1 + i % 2, LEVEL_L);
        struct print p =
            turned_print(s, (i % ACROSS + 0.5) * PITCH, (i / ACROSS + 0.5) * PITCH, 3, i % 5 * 4);
        draw(&plane, &p);
        release(s);
    }
    struct qr_job job = { .found = count_number, .ctx = seen };
    assert_int_equal(qr_read(reader, &plane, &job), QR_END_DONE);
    for (int i = 0; i < ACROSS * DOWN; i++)
        if (!seen[i])
            fail_msg("number %d was not read", i);
    plane_free(&plane);
    qr_reader_free(&reader);
}

static void two_on_a_plane(void **state)
{
    (void)state;
    struct symbol *a = encoded(str_of(card), 0, LEVEL_M);
    struct symbol *b = encoded(str_of(other_card), 0, LEVEL_L);
    struct plane plane = empty_plane(520, 300, 190);
    struct print pa = turned_print(a, 130, 140, 3.4, 10), pb = turned_print(b, 390, 150, 3.2, 200);

    draw(&plane, &pa);
    draw(&plane, &pb);
    const struct found *f = read_plane(&plane);
    assert_int_equal(f->count, 2);
    size_t first = is_same(f, 0, str_of(card)) ? 0 : 1;
    assert_true(is_same(f, first, str_of(card)) && is_same(f, 1 - first, str_of(other_card)));
    assert_corners(&pa, &f->symbol[first]);
    assert_corners(&pb, &f->symbol[1 - first]);
    plane_free(&plane);
    release(a);
    release(b);
}

// All 134 letters of Vietnamese beyond ASCII, and bytes that are no text.
static void every_letter(void **state)
{
    (void)state;
    static const char letters[] =
        "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ|"
        "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ";
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    const struct str texts[] = { STR(letters), { bytes, sizeof bytes }, STR("\xC3"), STR("\0\0") };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct symbol *s = encoded(texts[i], 0, LEVEL_L);
        uint32_t size = (uint32_t)(s->side + 10) * 4;
        struct plane plane = empty_plane(size, size, 200);
        struct print p = turned_print(s, size / 2.0, size / 2.0, 4, 0);
        draw(&plane, &p);
        assert_read(&plane, &p, texts[i], "text", (double)i);
        plane_free(&plane);
        release(s);
    }
}

// ---- nothing there ----

static void fill_any(const struct plane *plane, uint32_t colours, uint32_t square)
{
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++)
            plane_row(plane, y)[x] = y % square > 0 ? plane_row(plane, y - 1)[x]
                                     : x % square > 0
                                         ? plane_row(plane, y)[x - 1]
                                         : (uint8_t)(any(colours) * 255 / (colours - 1));
}

static void assert_nothing(const struct plane *plane)
{
    const struct found *f = read_plane(plane);
    if (f->count > 0)
        fail_msg("%u x %u: %.*s", plane->width, plane->height, (int)f->size[0], f->bytes[0]);
}

static void tiny_planes(void **state)
{
    (void)state;
    for (uint32_t height = 1; height <= 24; height++)
        for (uint32_t width = 1; width <= 24; width += SLOW ? 3 : 1) {
            struct plane plane = empty_plane(width, height, 255);
            fill_any(&plane, 2, 1);
            assert_nothing(&plane);
            plane_free(&plane);
        }
    assert_nothing(&(struct plane){ 0 });
}

static void nothing_there(void **state)
{
    (void)state;
    static const uint32_t sizes[][2] = { { 400, 300 }, { 1, 4000 }, { 4000, 1 }, { 3000, 22 },
                                         { 22, 3000 }, { 127, 65 }, { 64, 64 } };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int grey = 0; grey < 256; grey += 51) {
            struct plane plane = empty_plane(sizes[i][0], sizes[i][1], (uint8_t)grey);
            assert_nothing(&plane);
            plane_free(&plane);
        }
}

static void noise(void **state)
{
    (void)state;
    for (int i = 0; i < (SLOW ? 8 : 48); i++) {
        struct plane plane = empty_plane(200 + any(200), 200 + any(200), 255);
        fill_any(&plane, i % 3 == 0 ? 256 : 2, 1 + (uint32_t)i % 6);
        assert_nothing(&plane);
        plane_free(&plane);
    }
}

// The patterns of a symbol without what it says are no symbol.
static void patterns_alone(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct symbol *s = encoded(str_of(card), 0, LEVEL_M);
        for (int k = 0; k < s->side * s->side; k++)
            if (!(s->module[k] & (IS_TIMING | IS_ALIGNMENT | IS_FINDER)))
                s->module[k] = i == 0 ? 0 : i == 1 ? IS_DARK : (unsigned char)any(2);
        struct plane plane = empty_plane(240, 240, 190);
        struct print p = turned_print(s, 120, 120, 3.5, 0);
        draw(&plane, &p);
        assert_nothing(&plane);
        plane_free(&plane);
        release(s);
    }
}

// ---- one after another ----

static struct plane some_plane(int kind)
{
    static const char *const texts[] = { card, other_card, "x" };
    struct plane plane = empty_plane(300, 300, 200);

    chance = (uint32_t)kind * 7919u + 1;
    if (kind % 5 == 4) {
        fill_any(&plane, 2, 3);
        return plane;
    }
    struct symbol *s = encoded(str_of(texts[kind % 3]), 0, kind % 4);
    struct print p = turned_print(s, 150, 150, 2.1 + 0.2 * (kind % 4), kind * 37);
    p.mirrored = kind % 4 == 1;
    p.inverted = kind % 4 == 2;
    draw(&plane, &p);
    if (kind % 2 == 1) // glare, so that it is at the limit of what can be read
        for (uint32_t y = 100; y < 150 + (uint32_t)kind; y++)
            memset(plane_row(&plane, y) + 140, 255, 30);
    release(s);
    return plane;
}

static void nothing_is_remembered(void **state)
{
    (void)state;
    enum { KINDS = 14 };
    struct qr_reader *reader = qr_reader_new();
    struct found alone;

    assert_non_null(reader);
    for (int i = 0; i < KINDS * (SLOW ? 1 : 3); i++) {
        struct plane before = some_plane(i * 5 % KINDS), plane = some_plane(i % KINDS);
        alone = *read_plane(&plane);
        read_with(reader, &before);
        const struct found *after = read_with(reader, &plane);
        assert_int_equal(after->count, alone.count);
        for (size_t k = 0; k < alone.count; k++) {
            assert_true(is_same(after, k, (struct str){ alone.bytes[k], alone.size[k] }));
            assert_int_equal(after->symbol[k].step, alone.symbol[k].step);
            assert_memory_equal(after->symbol[k].corner, alone.symbol[k].corner,
                                sizeof alone.symbol[k].corner);
        }
        plane_free(&before);
        plane_free(&plane);
    }
    qr_reader_free(&reader);
}

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void deadline(void **state)
{
    (void)state;
    enum { MS = 1000000, BUDGET = 30, LATE = SLOW ? 2000 : 200 };
    struct qr_reader *reader = qr_reader_new();
    struct plane plane = empty_plane(1200, 1200, 255);
    struct found f = { 0 };

    assert_non_null(reader);
    fill_any(&plane, 2, 3);
    uint64_t start = now();
    struct qr_job job = { start + BUDGET * MS, note, &f };
    enum qr_end end = qr_read(reader, &plane, &job);
    uint64_t took = (now() - start) / MS;
    assert_true(end == QR_END_DEADLINE || (end == QR_END_DONE && took <= BUDGET));
    assert_true(took < BUDGET + LATE);
    job.deadline = start; // over before it begins
    assert_int_equal(qr_read(reader, &plane, &job), QR_END_DEADLINE);
    plane_free(&plane);
    qr_reader_free(&reader);
}

static void names_of_steps(void **state)
{
    (void)state;
    for (int i = 0; i < QR_STEP_COUNT; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(qr_step_name((enum qr_step)i), qr_step_name((enum qr_step)k));
    assert_string_equal(qr_step_name(QR_STEP_DIRECT), "direct");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pattern),
        cmocka_unit_test(bits_as_said),
        cmocka_unit_test(every_pose),
        cmocka_unit_test(every_version),
        cmocka_unit_test(every_angle),
        cmocka_unit_test(the_smallest),
        cmocka_unit_test(mirrored),
        cmocka_unit_test(inverted),
        cmocka_unit_test(of_two_pixels_a_module),
        cmocka_unit_test(of_many_pixels_a_module),
        cmocka_unit_test(perspective),
        cmocka_unit_test(strong_tilt),
        cmocka_unit_test(bent_paper),
        cmocka_unit_test(finder_lost),
        cmocka_unit_test(a_page_full),
        cmocka_unit_test(two_on_a_plane),
        cmocka_unit_test(every_letter),
        cmocka_unit_test(tiny_planes),
        cmocka_unit_test(nothing_there),
        cmocka_unit_test(noise),
        cmocka_unit_test(patterns_alone),
        cmocka_unit_test(nothing_is_remembered),
        cmocka_unit_test(deadline),
        cmocka_unit_test(names_of_steps),
    };
    return cmocka_run_group_tests(tests, load_encoder, NULL);
}
