// SPDX-License-Identifier: MIT
// Pictures in every format, made by tests/tools/make_images.py, are what Pillow says they are; what
// is damaged or too large is told apart, quickly.
#include "base/bytes.h"
#include "image/exif.h"
#include "image/image.h"
#include "image/loader.h"
#include "image/pdf_scan.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <jpeglib.h>

#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
enum { SLOW = 1 };
#else
enum { SLOW = 0 };
#endif

enum { NO_PILLOW = 77, BOMB_MS = 50, LINES_MAX = 400, PREFIXES = 40 };

static const struct image_limits limits = { 200 * 1000 * 1000, 1 << 30, 30 };

static char folder[4096];
static bool no_pillow;

// ---- files ----

static struct bytes read_file(const char *name)
{
    struct bytes b = { 0 };
    char path[8192], part[65536];
    size_t n;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while ((n = fread(part, 1, sizeof part, in)) > 0)
        bytes_put(&b, part, n);
    fclose(in);
    // Memory of exactly this size: a sanitizer sees every byte read beyond it.
    char *exact = malloc(b.n > 0 ? b.n : 1);
    assert_non_null(exact);
    memcpy(exact, b.p, b.n);
    size_t size = b.n;
    bytes_free(&b);
    return (struct bytes){ .p = exact, .n = size, .cap = size };
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static int make_folder(void **state)
{
    const char *top = getenv("CCCD_TOP"), *tmp = getenv("TMPDIR");
    char script[4096];
    int status;

    (void)state;
    snprintf(script, sizeof script, "%s/tests/tools/make_images.py", top != NULL ? top : ".");
    snprintf(folder, sizeof folder, "%s/cccd-images.XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(folder) == NULL)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execl("/usr/bin/python3", "python3", script, folder, (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    no_pillow = WEXITSTATUS(status) == NO_PILLOW;
    return WEXITSTATUS(status) == 0 || no_pillow ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void need_pictures(void)
{
    if (no_pillow) {
        print_message("SKIP: Pillow (python3-pil) is not installed\n");
        skip();
    }
}

// ---- the manifest ----

struct line {
    char file[64], format[16], error[32], truth[32];
    unsigned page, worst, orientation, truncated;
    double mean;
};

static struct line lines[LINES_MAX];
static size_t line_count;

static void read_manifest(void)
{
    struct bytes text = read_file("manifest.tsv");
    struct str rest = bytes_str(&text);

    for (line_count = 0; rest.n > 0 && line_count < LINES_MAX; line_count++) {
        struct line *l = &lines[line_count];
        struct str one = str_head(rest, str_find(rest, '\n'));
        char row[256];
        snprintf(row, sizeof row, "%.*s", (int)one.n, one.p);
        assert_int_equal(sscanf(row, "%63s %15s %u %31s %31s %u %lf %u %u", l->file, l->format,
                                &l->page, l->error, l->truth, &l->worst, &l->mean, &l->orientation,
                                &l->truncated),
                         9);
        rest = str_from(rest, one.n + 1);
    }
    assert_true(rest.n == 0 && line_count > 100);
    bytes_free(&text);
}

static const char *name_of(enum error_code code)
{
    return code == ERROR_COUNT ? "-" : error_name(code);
}

// ---- pictures ----

static void compare(const struct line *l, const struct plane *p)
{
    struct bytes truth = read_file(l->truth);
    unsigned width, height, worst = 0;
    int start = 0;
    double sum = 0;

    assert_int_equal(sscanf(truth.p, "P5 %u %u 255%n", &width, &height, &start), 2);
    if (p->width != width || p->height != height)
        fail_msg("%s: %u x %u instead of %u x %u", l->file, p->width, p->height, width, height);
    const uint8_t *expected = (const uint8_t *)truth.p + start + 1;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            unsigned off = (unsigned)abs(plane_row(p, y)[x] - *expected++);
            worst = off > worst ? off : worst;
            sum += off;
        }
    }
    if (worst > l->worst || sum / width / height > l->mean)
        fail_msg("%s page %u: off by %u at most and %.2f in the mean; allowed are %u and %.2f",
                 l->file, l->page, worst, sum / width / height, l->worst, l->mean);
    bytes_free(&truth);
}

static void check_page(const struct line *l, const struct image_page *page)
{
    const char *got = name_of(page->error.code);

    if (strcmp(got, l->error) != 0)
        fail_msg("%s page %u: %s instead of %s", l->file, l->page, got, l->error);
    assert_int_equal(page->number, l->page);
    assert_int_equal(page->plane.grey == NULL, page->error.code != ERROR_COUNT);
    if (page->error.code != ERROR_COUNT)
        return;
    assert_int_equal(page->plane.stride % 32, 0);
    if (page->orientation != l->orientation || page->truncated != l->truncated)
        fail_msg("%s page %u: orientation %u, truncated %d", l->file, l->page, page->orientation,
                 page->truncated);
    if (strcmp(l->truth, "-") != 0)
        compare(l, &page->plane);
}

// The lines of one file from this one on. How many they are.
static size_t check_file(const struct line *l, size_t most)
{
    struct bytes bytes = read_file(l->file);
    struct error error;
    size_t count = 1;

    assert_string_equal(image_format_name(image_sniff(str_head(bytes_str(&bytes), 64))), l->format);
    while (count < most && strcmp(l[count].file, l->file) == 0)
        count++;
    struct image *image = image_open(bytes_str(&bytes), &limits, &error);
    if (l->page == 0) {
        if (image != NULL || strcmp(name_of(error.code), l->error) != 0)
            fail_msg("%s: opened or %s instead of %s", l->file, name_of(error.code), l->error);
    } else {
        struct image_page page;
        if (image == NULL)
            fail_msg("%s: %s", l->file, name_of(error.code));
        for (size_t i = 0; i < count; i++) {
            if (!image_next(image, &page))
                fail_msg("%s: only %zu pages", l->file, i);
            check_page(&l[i], &page);
            plane_free(&page.plane);
        }
        if (image_next(image, &page))
            fail_msg("%s: more than %zu pages", l->file, count);
        image_close(&image);
    }
    bytes_free(&bytes);
    return count;
}

static bool is_bomb(const struct line *l)
{
    return strncmp(l->file, "bomb-", 5) == 0;
}

static void check_format(const char *format)
{
    size_t files = 0;

    need_pictures();
    read_manifest();
    for (size_t i = 0; i < line_count;) {
        if (strcmp(lines[i].format, format) != 0 || is_bomb(&lines[i])) {
            i++;
            continue;
        }
        i += check_file(&lines[i], line_count - i);
        files++;
    }
    if (files == 0) {
        print_message("SKIP: there is no encoder for %s\n", format);
        skip();
    }
}

#define FORMAT_TEST(format)                                                                        \
    static void reads_##format(void **state)                                                       \
    {                                                                                              \
        (void)state;                                                                               \
        check_format(#format);                                                                     \
    }
FORMAT_TEST(jpeg)
FORMAT_TEST(png)
FORMAT_TEST(tiff)
FORMAT_TEST(webp)
FORMAT_TEST(heif)
FORMAT_TEST(avif)
FORMAT_TEST(pnm)
FORMAT_TEST(bmp)
FORMAT_TEST(gif)
FORMAT_TEST(pdf)

// ---- bombs ----

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void defuses_bombs(void **state)
{
    double longest = 0;

    (void)state;
    need_pictures();
    read_manifest();
    for (int format = IMAGE_JPEG; format < IMAGE_FORMATS; format++)
        image_prepare((enum image_format)format);
    for (size_t i = 0; i < line_count;) {
        if (!is_bomb(&lines[i])) {
            i++;
            continue;
        }
        double start = cpu_ms();
        const char *file = lines[i].file;
        i += check_file(&lines[i], line_count - i);
        double took = cpu_ms() - start;
        longest = took > longest ? took : longest;
        if (took > BOMB_MS * (SLOW ? 20 : 1))
            fail_msg("%s took %.1f ms", file, took);
    }
    print_message("the longest took %.1f ms\n", longest);
}

static size_t pages_of(const char *file, const struct image_limits *most, enum error_code *last)
{
    struct bytes bytes = read_file(file);
    struct error error;
    struct image_page page;
    size_t count = 0;
    struct image *image = image_open(bytes_str(&bytes), most, &error);

    *last = error.code;
    while (image != NULL && image_next(image, &page)) {
        count += page.error.code == ERROR_COUNT;
        *last = page.error.code;
        plane_free(&page.plane);
    }
    image_close(&image);
    bytes_free(&bytes);
    return count;
}

static void keeps_to_limits(void **state)
{
    struct image_limits few = limits, small = limits, short_files = limits;
    enum error_code last;

    (void)state;
    need_pictures();
    small.pixels = 203 * 151 - 1;
    short_files.bytes = 1000;
    few.pages = 2;
    assert_int_equal(pages_of("tiff-pages.tif", &few, &last), 0);
    assert_int_equal(last, ERROR_TOO_MANY_PAGES);
    few.pages = 3;
    assert_int_equal(pages_of("tiff-pages.tif", &few, &last), 3);
    assert_int_equal(last, ERROR_COUNT);
    few.pages = 29;
    assert_int_equal(pages_of("bomb-tiff-circle.tif", &few, &last), 0);
    assert_int_equal(last, ERROR_TOO_MANY_PAGES);
    few.pages = 1; // how many there are, nobody knows before
    assert_int_equal(pages_of("pnm-pages.pnm", &few, &last), 1);
    assert_int_equal(last, ERROR_TOO_MANY_PAGES);
    assert_int_equal(pages_of("png-rgb.png", &short_files, &last), 0);
    assert_int_equal(last, ERROR_TOO_LARGE);
    read_manifest();
    for (size_t i = 0; i < line_count; i++) {
        bool whole = !is_bomb(&lines[i]) && strcmp(lines[i].error, "-") == 0;
        bool small_anyway = strstr(lines[i].file, "-small-") != NULL;
        if (!whole || small_anyway || strcmp(lines[i].format, "pdf") == 0 || lines[i].page > 1)
            continue;
        if (pages_of(lines[i].file, &small, &last) != 0 || last != ERROR_TOO_LARGE)
            fail_msg("%s: a pixel too many, and %s", lines[i].file, name_of(last));
    }
}

// ---- what is not whole ----

static void read_all(struct str bytes)
{
    struct error error;
    struct image_page page;
    struct image *image = image_open(bytes, &limits, &error);

    assert_int_equal(image == NULL, error.code != ERROR_COUNT);
    while (image != NULL && image_next(image, &page)) {
        assert_int_equal(page.plane.grey == NULL, page.error.code != ERROR_COUNT);
        plane_free(&page.plane);
    }
    image_close(&image);
}

static void survives_files_cut_anywhere(void **state)
{
    (void)state;
    need_pictures();
    read_manifest();
    for (size_t i = 0; i < line_count; i++) {
        if (is_bomb(&lines[i]) || lines[i].page > 1)
            continue;
        struct bytes bytes = read_file(lines[i].file);
        for (size_t part = 0; part <= PREFIXES; part++) {
            size_t n = bytes.n * part / PREFIXES;
            char *exact = malloc(n > 0 ? n : 1);
            assert_non_null(exact);
            memcpy(exact, bytes.p, n);
            read_all((struct str){ exact, n });
            free(exact);
        }
        bytes_free(&bytes);
    }
}

static void knows_what_is_no_picture(void **state)
{
    static const char *const others[] = {
        "",
        "P",
        "P5",
        "P8 1 1",
        "BM",
        "BMW 3 series, blue, for sale",
        "GIF88a",
        "\xFF\xD8",
        "001090000001|012345678|Nguyen Van A|01011990|Nam|Ha Noi|15032022",
        "%PDF",
        "RIFF....WAVE",
    };
    struct error error;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(image_sniff(str_of(others[i])), IMAGE_UNKNOWN);
        assert_null(image_open(str_of(others[i]), &limits, &error));
        assert_int_equal(error.code, ERROR_FORMAT_UNKNOWN);
    }
    assert_int_equal(image_sniff(STR("\0\0\0\x1C"
                                     "ftypmif1\0\0\0\0mif1avifmiaf")),
                     IMAGE_AVIF);
    assert_int_equal(image_sniff(STR("\0\0\0\x18"
                                     "ftypmif1\0\0\0\0mif1heic")),
                     IMAGE_HEIF);
    assert_int_equal(image_sniff(STR("\0\0\0\x18"
                                     "ftypmp42\0\0\0\0mp42isom")),
                     IMAGE_UNKNOWN);
    assert_false(image_prepare(IMAGE_UNKNOWN));
    assert_false(image_prepare(IMAGE_FORMATS));
    assert_string_equal(image_format_name(IMAGE_FORMATS), "unknown");
    assert_null(image_library(IMAGE_UNKNOWN));
    assert_null(image_library(IMAGE_JPEG));
    assert_null(image_library(IMAGE_FORMATS));
    assert_string_equal(image_library(IMAGE_AVIF), "libheif.so.1");
}

// ---- a process that may open no file ----

static void forbid_files(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 2, 0),
#ifdef SYS_open
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 1, 0),
#else
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(NO_PILLOW);
    if (open("/dev/null", O_RDONLY) >= 0 || errno != EACCES)
        _exit(3);
}

// 0 when every file gives what it should, as far as codes tell.
static int check_codes(const struct bytes *bytes)
{
    for (size_t i = 0; i < line_count; i++) {
        struct error error;
        struct image_page page = { 0 };
        if (lines[i].page > 1 || is_bomb(&lines[i]))
            continue;
        struct image *image = image_open(bytes_str(&bytes[i]), &limits, &error);
        if (image != NULL && image_next(image, &page))
            error = page.error;
        if (strcmp(name_of(error.code), lines[i].error) != 0) {
            fprintf(stderr, "%s: %s\n", lines[i].file, name_of(error.code));
            return 1;
        }
        plane_free(&page.plane);
        image_close(&image);
    }
    return 0;
}

static void works_where_no_file_can_be_opened(void **state)
{
    static struct bytes bytes[LINES_MAX];
    int status;

    (void)state;
    need_pictures();
    read_manifest();
    for (size_t i = 0; i < line_count; i++)
        bytes[i] = read_file(lines[i].file);
    for (int format = IMAGE_JPEG; format < IMAGE_FORMATS; format++)
        assert_true(image_prepare((enum image_format)format));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        forbid_files();
        _exit(check_codes(bytes));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (size_t i = 0; i < line_count; i++)
        bytes_free(&bytes[i]);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PILLOW) {
        print_message("SKIP: there is no seccomp here\n");
        skip();
    }
    assert_int_equal(status, 0);
}

// ---- parts ----

static void finds_orientations(void **state)
{
    char big[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    char little[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";

    (void)state;
    assert_int_equal(exif_orientation(STR("")), 1);
    assert_int_equal(exif_orientation((struct str){ big, sizeof big - 1 }), 6);
    assert_int_equal(exif_orientation((struct str){ little, sizeof little - 1 }), 8);
    for (size_t n = 0; n < 20; n++)
        assert_int_equal(exif_orientation((struct str){ big, n }), 1);
    big[19] = 9;
    assert_int_equal(exif_orientation((struct str){ big, sizeof big - 1 }), 1);
    big[19] = 6;
    memset(big + 4, 0xFF, 4);
    assert_int_equal(exif_orientation((struct str){ big, sizeof big - 1 }), 1);
}

static void allocates_planes(void **state)
{
    struct plane p;

    (void)state;
    assert_true(plane_alloc(&p, 33, 2));
    assert_int_equal(p.stride, 64);
    plane_blank(&p, 1);
    assert_int_equal(plane_row(&p, 1)[32], 255);
    plane_free(&p);
    assert_null(p.grey);
    plane_free(&p);
    assert_true(plane_alloc(&p, 10000, 10000));
    plane_row(&p, 9999)[9999] = 1;
    plane_free(&p);
    assert_false(plane_alloc(&p, 0, 1));
    assert_false(plane_alloc(&p, UINT32_MAX, UINT32_MAX));
    assert_null(p.grey);
}

static void tells_missing_libraries(void **state)
{
    static const char *const names[] = { "cccd_no_such_function" };
    void *pointer = NULL;
    struct library none = { .soname = "libcccd-no-such.so.0" };
    struct library other = {
        .soname = "libc.so.6", .names = names, .count = 1, .pointers = &pointer
    };

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_false(library_load(&none));
        assert_false(library_load(&other));
    }
    assert_null(pointer);
}

// ---- stored pictures of a PDF ----

static void put_object(struct bytes *out, const char *text)
{
    bytes_put_str(out, str_of(text));
    bytes_lit(out, "\nendobj\n");
}

// Two pages: the first inherits its picture, the second has that of `picture`.
static struct bytes make_pdf(const char *picture, const char *trailer)
{
    struct bytes b = { 0 };

    put_object(&b, "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>>");
    put_object(&b, "2 0 obj <</Type/Pages/Count 2/Kids[3 0 R 4 0 R]"
                   "/Resources<</XObject<</A 6 0 R>>>>>>");
    put_object(&b, "3 0 obj <</Type/Pages/Kids[5 0 R]>> % (a comment >>");
    put_object(&b, "4 0 obj <</Type/Page/Resources<</Odd#20(\\)>>)/XObject<</B 8 0 R>>>>>>");
    put_object(&b, "5 0 obj <</Type /Page /Parent 3 0 R>>");
    put_object(&b, "6 0 obj <</Subtype/Image/Width 10/Height 20/Filter[/DCTDecode]/ColorSpace"
                   "[/ICCBased 9 0 R]/Length 7 0 R>>stream\r\n1 0 obj\nendstream");
    put_object(&b, "7 0 obj 7");
    put_object(&b, picture);
    bytes_put_str(&b, str_of(trailer));
    return b;
}

static struct pdf_picture picture_of(const char *text)
{
    struct bytes b = make_pdf(text, "trailer <</Root 1 0 R>>");
    struct pdf_scans s;

    assert_true(pdf_scans_find(&s, bytes_str(&b), 2));
    struct pdf_picture first = pdf_scans_get(&s, 0), second = pdf_scans_get(&s, 1);
    assert_int_equal(first.kind, PDF_PICTURE_JPEG);
    assert_true(str_eq(first.data, STR("1 0 obj")));
    assert_true(first.width == 10 && first.height == 20);
    assert_int_equal(pdf_scans_get(&s, 2).kind, PDF_PICTURE_UNKNOWN);
    pdf_scans_free(&s);
    second.data.p = NULL;
    bytes_free(&b);
    return second;
}

#define FAX                                                                                        \
    "8 0 obj <</Subtype/Image/Width 16/Height 4/ColorSpace/DeviceGray/Filter/CCITTFaxDecode"       \
    "/Length 3"
#define FAX_DATA ">> stream\nabc\nendstream"

static void finds_stored_pictures(void **state)
{
    static const struct {
        const char *text;
        enum pdf_picture_kind kind;
        bool invert;
    } pictures[] = {
        { FAX "/DecodeParms<</K -1/Columns 16>>" FAX_DATA, PDF_PICTURE_FAX, false },
        { FAX "/DecodeParms[<</K -1/Columns 16/BlackIs1 true>>]" FAX_DATA, PDF_PICTURE_FAX, true },
        { FAX "/DecodeParms<</K -1/Columns 16>>/Decode[1 0]" FAX_DATA, PDF_PICTURE_FAX, true },
        { FAX "/DecodeParms<</K -1/Columns 16/BlackIs1 true>>/Decode[1 0]" FAX_DATA,
          PDF_PICTURE_FAX, false },
        { FAX "/DecodeParms<</K 0/Columns 16>>" FAX_DATA, PDF_PICTURE_OTHER, false },
        { FAX "/DecodeParms<</K -1/Columns 15>>" FAX_DATA, PDF_PICTURE_OTHER, false },
        { FAX "/DecodeParms<</K -1/Columns 16>>/Decode[0.5 1]" FAX_DATA, PDF_PICTURE_OTHER, false },
        { FAX "/DecodeParms<</K -1/Columns 16>>/ImageMask true" FAX_DATA, PDF_PICTURE_OTHER,
          false },
        { FAX "/SMask 6 0 R/DecodeParms<</K -1/Columns 16>>" FAX_DATA, PDF_PICTURE_OTHER, false },
        { "8 0 obj <</Subtype/Form/Length 3" FAX_DATA, PDF_PICTURE_UNKNOWN, false },
        { "8 0 obj <</Subtype/Image/Filter/DCTDecode/ColorSpace/DeviceCMYK/Length 3" FAX_DATA,
          PDF_PICTURE_OTHER, false },
        { "8 0 obj <</Subtype/Image/Filter/DCTDecode/ColorSpace/DeviceRGB/Length 5" FAX_DATA,
          PDF_PICTURE_OTHER, false },
        { "8 0 obj <</Subtype/Image/Width 9999999999/Height 9999999999/Length 3" FAX_DATA,
          PDF_PICTURE_OTHER, false },
        { "8 0 obj 8 0 R", PDF_PICTURE_UNKNOWN, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct pdf_picture p = picture_of(pictures[i].text);
        if (p.kind != pictures[i].kind || p.invert != pictures[i].invert)
            fail_msg("%s: %d", pictures[i].text, p.kind);
    }
}

static void gives_up_on_strange_documents(void **state)
{
    static const char *const trailers[] = {
        "",
        "trailer <</Root 1 0 R/Encrypt 9 0 R>>",
        "trailer <</Root 99 0 R>>",
        "trailer <</Root 5 0 R>>",
        "2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]>> /Root 1 0 R",
        "4 0 obj <</Type/Page>> 4 0 obj << 4 0 obj /Root 1 0 R",
        "5 0 obj <</Type/Pages/Kids[4 0 R 4 0 R]>> /Root 1 0 R",
        "1 0 obj (((( /Root 1 0 R",
    };

    (void)state;
    for (size_t i = 0; i < sizeof trailers / sizeof *trailers; i++) {
        struct bytes b = make_pdf("8 0 obj null", trailers[i]);
        struct pdf_scans s;
        if (pdf_scans_find(&s, bytes_str(&b), 2))
            fail_msg("%s", trailers[i]);
        pdf_scans_free(&s);
        bytes_free(&b);
    }
}

// ---- JPEG as Pillow does not write it ----

// One colour all over.
static struct bytes make_jpeg(J_COLOR_SPACE from, J_COLOR_SPACE to, const JSAMPLE *colour)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    JSAMPLE row[4 * 16];
    JSAMPROW rows[] = { row };

    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &out, &size);
    info.image_width = info.image_height = 16;
    info.input_components = from == JCS_CMYK ? 4 : 3;
    info.in_color_space = from;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, to);
    jpeg_set_quality(&info, 100, TRUE);
    jpeg_start_compress(&info, TRUE);
    for (int i = 0; i < info.input_components * 16; i++)
        row[i] = colour[i % info.input_components];
    while (info.next_scanline < info.image_height)
        jpeg_write_scanlines(&info, rows, 1);
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return (struct bytes){ .p = (char *)out, .n = size, .cap = size };
}

static void check_jpeg(struct bytes bytes, double expected)
{
    struct error error;
    struct image_page page;
    struct image *image = image_open(bytes_str(&bytes), &limits, &error);

    assert_non_null(image);
    assert_true(image_next(image, &page));
    assert_int_equal(page.error.code, ERROR_COUNT);
    for (uint32_t y = 0; y < 16; y++)
        for (uint32_t x = 0; x < 16; x++)
            assert_in_range(plane_row(&page.plane, y)[x], (unsigned)expected - 2,
                            (unsigned)expected + 3);
    plane_free(&page.plane);
    image_close(&image);
    bytes_free(&bytes);
}

static void reads_rare_colours_of_jpeg(void **state)
{
    static const JSAMPLE ink[] = { 255, 128, 128, 200 }, colour[] = { 10, 200, 90 };

    (void)state;
    // What is missing of the inks, by Adobe's habit: red 255, green and blue 128, times 200/255.
    check_jpeg(make_jpeg(JCS_CMYK, JCS_YCCK, ink),
               (0.299 * 255 + 0.587 * 128 + 0.114 * 128) * 200 / 255);
    check_jpeg(make_jpeg(JCS_RGB, JCS_RGB, colour), 0.299 * 10 + 0.587 * 200 + 0.114 * 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_jpeg),
        cmocka_unit_test(reads_png),
        cmocka_unit_test(reads_tiff),
        cmocka_unit_test(reads_webp),
        cmocka_unit_test(reads_heif),
        cmocka_unit_test(reads_avif),
        cmocka_unit_test(reads_pnm),
        cmocka_unit_test(reads_bmp),
        cmocka_unit_test(reads_gif),
        cmocka_unit_test(reads_pdf),
        cmocka_unit_test(reads_rare_colours_of_jpeg),
        cmocka_unit_test(defuses_bombs),
        cmocka_unit_test(keeps_to_limits),
        cmocka_unit_test(survives_files_cut_anywhere),
        cmocka_unit_test(knows_what_is_no_picture),
        cmocka_unit_test(works_where_no_file_can_be_opened),
        cmocka_unit_test(finds_orientations),
        cmocka_unit_test(allocates_planes),
        cmocka_unit_test(tells_missing_libraries),
        cmocka_unit_test(finds_stored_pictures),
        cmocka_unit_test(gives_up_on_strange_documents),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
