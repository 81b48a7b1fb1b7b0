// SPDX-License-Identifier: MIT
#include "cli/scan_work.h"

#include "base/clock.h"
#include "base/number.h"
#include "base/wipe.h"
#include "cli/scan_answer.h"
#include "image/write.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool scan_work_begin(void *ctx, uint32_t kinds)
{
    (void)ctx;
    for (int format = 0; format < IMAGE_FORMATS; format++)
        if (kinds >> format & 1)
            image_prepare((enum image_format)format); // what is missing, the page's error tells
    return true;
}

// Of one worker, made before it enters the cage.
static struct worker {
    struct qr_reader *reader;
    struct scan_page page;
    struct bytes answer, symbols; // symbols: their bytes, while the page is worked on
    uint64_t began;
} worker;

void scan_work_settle(void *ctx, uint32_t kinds)
{
    (void)ctx, (void)kinds;
    worker.reader = qr_reader_new();
}

static uint32_t microseconds_since(uint64_t then)
{
    return (uint32_t)((clock_now() - then) / CLOCK_MICROSECOND);
}

static void found(void *ctx, const struct qr_symbol *symbol)
{
    struct worker *w = ctx;
    if (w->page.symbol_count == SCAN_SYMBOLS_MAX || symbol->bytes.n > SCAN_SYMBOL_BYTES_MAX)
        return;
    struct scan_symbol *s = &w->page.symbol[w->page.symbol_count++];
    *s = (struct scan_symbol){ .bytes = { NULL, symbol->bytes.n },
                               .version = symbol->version,
                               .step = symbol->step,
                               .microseconds = microseconds_since(w->began) };
    memcpy(s->corner, symbol->corner, sizeof s->corner);
    bytes_put_str(&w->symbols, symbol->bytes);
}

// The bytes may have moved while they were gathered.
static void place_bytes(struct worker *w)
{
    const char *p = w->symbols.p;
    for (size_t i = 0; i < w->page.symbol_count; i++) {
        w->page.symbol[i].bytes.p = p;
        p += w->page.symbol[i].bytes.n;
    }
}

static void read_symbols(struct worker *w, const struct plane *plane, uint32_t budget)
{
    struct qr_job job = { clock_now() + (uint64_t)budget * CLOCK_MILLISECOND, found, w };

    switch (qr_read(w->reader, plane, &job)) {
    case QR_END_DONE:
        if (w->page.symbol_count == 0)
            w->page.error.code = ERROR_NO_SYMBOL;
        break;
    case QR_END_DEADLINE:
        if (w->page.symbol_count == 0)
            w->page.error.code = ERROR_TIMEOUT;
        break;
    case QR_END_NO_MEMORY:
        w->page.error.code = ERROR_NO_MEMORY;
        break;
    }
    if (w->symbols.failed)
        w->page.error.code = ERROR_NO_MEMORY;
    if (w->page.error.code != ERROR_COUNT)
        w->page.symbol_count = 0;
    place_bytes(w);
}

static void send_page(struct worker *w, struct pool_reply *reply)
{
    w->answer.n = 0;
    scan_answer_put(&w->answer, &w->page);
    if (w->answer.failed || !pool_reply_put(reply, bytes_str(&w->answer)))
        _exit(1); // the pool tells that the worker died, which is better than a page too few
}

static bool send_picture(struct worker *w, uint32_t symbol, struct str bytes,
                         struct pool_reply *reply)
{
    struct scan_picture picture = { w->page.number, symbol, bytes };

    w->answer.n = 0;
    scan_picture_put(&w->answer, &picture);
    return !w->answer.failed && pool_reply_put(reply, bytes_str(&w->answer));
}

// With as much around it as a reader wants to see around a symbol.
static bool send_crop(struct worker *w, const struct plane *plane, size_t i,
                      struct pool_reply *reply)
{
    const struct scan_symbol *s = &w->page.symbol[i];
    float left = s->corner[0][0], top = s->corner[0][1], right = left, bottom = top;
    struct bytes png = { 0 };

    for (int k = 1; k < 4; k++) {
        left = lesser(left, s->corner[k][0]);
        right = greater(right, s->corner[k][0]);
        top = lesser(top, s->corner[k][1]);
        bottom = greater(bottom, s->corner[k][1]);
    }
    float rim = (right - left + bottom - top) / 2 * 4 / (float)(17 + 4 * s->version);
    bool ok = image_write_png(plane, &png, (int64_t)(left - rim), (int64_t)(top - rim),
                              (int64_t)(right + rim), (int64_t)(bottom + rim)) &&
              send_picture(w, (uint32_t)i + 1, bytes_str(&png), reply);
    bytes_free(&png);
    return ok;
}

static bool send_annotated(struct worker *w, const struct plane *plane, struct pool_reply *reply)
{
    struct image_outline outline[SCAN_SYMBOLS_MAX];
    struct bytes jpeg = { 0 };

    for (size_t i = 0; i < w->page.symbol_count; i++)
        memcpy(outline[i].corner, w->page.symbol[i].corner, sizeof outline[i].corner);
    bool ok = image_write_jpeg(plane, outline, w->page.symbol_count, &jpeg) &&
              send_picture(w, 0, bytes_str(&jpeg), reply);
    bytes_free(&jpeg);
    return ok;
}

// A picture that cannot be made is none: the line does not name it.
static void send_pictures(struct worker *w, const struct plane *plane,
                          const struct scan_request *how, struct pool_reply *reply)
{
    if (w->page.symbol_count == 0)
        return;
    for (size_t i = 0; how->crops && i < w->page.symbol_count; i++)
        w->page.symbol[i].cropped = send_crop(w, plane, i, reply);
    w->page.annotated = how->annotate && send_annotated(w, plane, reply);
}

static void begin_page(struct worker *w, const struct image *image)
{
    w->began = clock_now();
    w->symbols.n = 0;
    w->page.symbol_count = 0;
    w->page.annotated = false;
    w->page.format = image == NULL ? IMAGE_UNKNOWN : image_format_of(image);
    w->page.error = (struct error){ ERROR_COUNT, 0 };
}

static void read_page(struct worker *w, const struct image *image, struct image_page *page,
                      const struct scan_request *how, struct pool_reply *reply)
{
    w->page.number = page->number;
    w->page.count = image_count_of(image);
    w->page.width = page->plane.width;
    w->page.height = page->plane.height;
    w->page.orientation = page->orientation;
    w->page.truncated = page->truncated;
    w->page.error = page->error;
    if (page->error.code == ERROR_COUNT)
        read_symbols(w, &page->plane, how->budget);
    w->page.microseconds = microseconds_since(w->began);
    send_pictures(w, &page->plane, how, reply);
    plane_free(&page->plane);
}

// A page's answer waits for the next page, so that the first one can tell whether there are more.
static void read_pages(struct worker *w, struct image *image, const struct scan_request *how,
                       struct pool_reply *reply)
{
    struct image_page page;
    bool waiting = false;

    begin_page(w, image);
    w->page.of_several = false;
    while (image_next(image, &page)) {
        if (waiting) {
            w->page.of_several = true;
            send_page(w, reply);
            begin_page(w, image);
        }
        read_page(w, image, &page, how, reply);
        waiting = true;
    }
    if (!waiting) {
        w->page.number = 1;
        w->page.error.code = ERROR_IMAGE_DAMAGED;
    }
    send_page(w, reply);
}

static void send_failure(struct worker *w, struct error error, enum image_format format,
                         struct pool_reply *reply)
{
    w->page = (struct scan_page){ .number = 1, .format = format, .error = error };
    send_page(w, reply);
}

// A file's bytes, read whole: a mapping would end the process when the file is cut meanwhile.
static struct error read_file(int fd, uint64_t limit, struct bytes *out)
{
    enum { CHUNK = 256 * 1024 };
    struct stat st;
    size_t size = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : CHUNK;

    if (size > limit + 1)
        return (struct error){ S_ISREG(st.st_mode) ? ERROR_TOO_LARGE : ERROR_COUNT, 0 };
    for (;;) {
        if (out->n == out->cap && !bytes_reserve(out, out->n == 0 ? size : CHUNK))
            return (struct error){ ERROR_NO_MEMORY, 0 };
        ssize_t n = read(fd, out->p + out->n, out->cap - out->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return (struct error){ ERROR_READ_FAILED, errno };
        out->n += (size_t)n;
        if (out->n > limit)
            return (struct error){ ERROR_TOO_LARGE, 0 };
        if (n == 0)
            return (struct error){ ERROR_COUNT, 0 };
    }
}

void scan_work(void *ctx, int fd, struct str request, struct pool_reply *reply)
{
    struct scan_request how;
    struct bytes file = { 0 };
    (void)ctx;

    if (worker.reader == NULL || !scan_request_read(request, &how))
        _exit(1);
    begin_page(&worker, NULL);
    struct error error = read_file(fd, how.limits.bytes, &file);
    struct image *image = NULL;
    if (error.code == ERROR_COUNT)
        image = image_open(bytes_str(&file), &how.limits, &error);
    if (image == NULL)
        send_failure(&worker, error, image_sniff(bytes_str(&file)), reply);
    else
        read_pages(&worker, image, &how, reply);
    image_close(&image);
    bytes_free(&file);
    wipe(worker.answer.p, worker.answer.cap);
    wipe(worker.symbols.p, worker.symbols.cap);
}
