// SPDX-License-Identifier: MIT
#include "cli/scan_job.h"

#include "base/clock.h"
#include "batch/inputs.h"
#include "batch/pool.h"
#include "cli/language.h"
#include "cli/scan_work.h"
#include "cli/symbol_text.h"
#include "wire/symbol.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RECENT_MAX = 32, RECENT_SECONDS = 5 };

// A symbol that was seen: of its bytes no more than a sum is kept.
struct glimpse {
    uint64_t sum, at;
};

struct scan_job {
    struct scan_options options;
    struct output *output;
    struct pool *pool;
    struct bytes request;
    struct scan_counts counts;
    enum status status;
    struct arena arena;
    struct scan_page *page;
    struct symbol_text *text;          // of its symbols; in the arena
    struct glimpse recent[RECENT_MAX]; // in a stream
    struct bytes crop, annotated;      // paths of pictures
    int picture_failure;
};

static void worsen(struct scan_job *job, enum status status)
{
    job->status = status_worse(job->status, status);
}

// ---- what comes back ----

static struct wire_source source_of(const struct scan_page *page, struct str path)
{
    return (struct wire_source){ .path = path, .page = page->of_several ? page->number : 0 };
}

static struct wire_image image_of(const struct scan_page *page)
{
    return (struct wire_image){ .format = image_format_name(page->format),
                                .pages = page->count.pages,
                                .more_pages = page->count.more,
                                .width = page->width,
                                .height = page->height,
                                .orientation = page->orientation,
                                .truncated = page->truncated,
                                .microseconds = page->microseconds };
}

static void end_line(struct scan_job *job)
{
    bytes_put_char(&job->output->text, '\n');
}

static void count_error(struct scan_job *job, enum error_code code)
{
    if (error_class_of(code) == ERROR_NEGATIVE) {
        job->counts.empty++;
        worsen(job, STATUS_NEGATIVE);
    } else {
        job->counts.failed++;
        worsen(job, STATUS_UNREADABLE);
    }
}

static void put_error(struct scan_job *job, const struct wire_source *source,
                      const struct wire_image *image, struct error error)
{
    count_error(job, error.code);
    wire_put_page(&job->output->text, source, image, NULL, error, say);
    end_line(job);
}

// The path of a picture that a line is to name; empty where there is none.
static struct str name_picture(struct scan_job *job, struct bytes *out, bool there,
                               const struct wire_source *source, uint32_t symbol)
{
    const struct scan_folders *folders = &job->options.folders;
    uint32_t number = source->frame > 0 ? (uint32_t)source->frame : job->page->number;
    struct str path = source->path;

    out->n = 0;
    if (!there || (symbol > 0 ? folders->crops : folders->annotated) == NULL)
        return (struct str){ "", 0 };
    scan_picture_path(out, folders, path, number, symbol);
    return str_head(bytes_str(out), out->n - 1); // without the zero byte
}

static void put_symbol(struct scan_job *job, const struct wire_source *source,
                       const struct wire_image *image, size_t i)
{
    const struct scan_symbol *s = &job->page->symbol[i];
    struct wire_symbol symbol = { .text = job->text[i].text,
                                  .encoding = job->text[i].encoding,
                                  .bytes = s->bytes,
                                  .kind = job->text[i].is_card ? "cccd" : "other",
                                  .corner = s->corner,
                                  .version = s->version,
                                  .step = qr_step_name(s->step),
                                  .microseconds = s->microseconds };

    symbol.crop = name_picture(job, &job->crop, s->cropped, source, (uint32_t)i + 1);
    if (job->text[i].is_card)
        job->counts.cards++;
    else
        job->counts.others++;
    wire_put_page(&job->output->text, source, image, &symbol, (struct error){ ERROR_COUNT, 0 },
                  say);
    end_line(job);
}

// Where there is a card, other codes beside it are of no interest unless they are asked for.
static void put_symbols(struct scan_job *job, const struct wire_source *source,
                        const struct wire_image *image)
{
    bool card = false;

    job->text = arena_alloc(&job->arena, job->page->symbol_count * sizeof *job->text);
    if (job->text == NULL)
        return;
    for (size_t i = 0; i < job->page->symbol_count; i++) {
        job->text[i] = symbol_text_of(&job->arena, job->page->symbol[i].bytes);
        card |= job->text[i].is_card;
    }
    for (size_t i = 0; i < job->page->symbol_count; i++)
        if (!card || job->options.all || job->text[i].is_card)
            put_symbol(job, source, image, i);
    if (!card)
        worsen(job, STATUS_NEGATIVE);
}

// A card that lies under the camera is in every picture; it is told once, until it was away for a
// while.
static bool was_seen(struct scan_job *job, struct str bytes)
{
    struct glimpse *oldest = job->recent;
    uint64_t sum = str_hash(bytes), now = clock_now();

    for (size_t i = 0; i < RECENT_MAX; i++) {
        struct glimpse *g = &job->recent[i];
        if (g->sum == sum && g->at != 0) {
            bool recent = now - g->at < RECENT_SECONDS * CLOCK_SECOND;
            g->at = now;
            return recent;
        }
        if (g->at < oldest->at)
            oldest = g;
    }
    *oldest = (struct glimpse){ sum, now };
    return false;
}

static void drop_seen(struct scan_job *job)
{
    struct scan_page *page = job->page;
    size_t kept = 0;
    for (size_t i = 0; i < page->symbol_count; i++)
        if (!was_seen(job, page->symbol[i].bytes))
            page->symbol[kept++] = page->symbol[i];
    page->symbol_count = kept;
}

static void put_page(struct scan_job *job, struct str path, uint32_t frame)
{
    struct wire_source source = source_of(job->page, path);
    struct wire_image image = image_of(job->page);

    source.frame = frame;
    image.annotated = name_picture(job, &job->annotated, job->page->annotated, &source, 0);
    job->counts.pages++;
    if (frame > 0) {
        drop_seen(job);
        if (job->page->symbol_count == 0 && job->page->error.code == ERROR_COUNT)
            return;
        if (job->page->error.code == ERROR_NO_SYMBOL || job->page->error.code == ERROR_TIMEOUT)
            return;
    }
    if (job->page->error.code != ERROR_COUNT)
        put_error(job, &source, &image, job->page->error);
    else
        put_symbols(job, &source, &image);
}

static bool take_frame(void *ctx, const struct pool_task *task, struct str frame)
{
    struct scan_job *job = ctx;
    struct scan_request request;
    struct scan_picture picture;

    if (scan_picture_read(frame, &picture)) {
        if (scan_request_read(task->request, &request) && request.frame > 0)
            picture.page = request.frame;
        if (!scan_picture_write(&job->options.folders, task->label, &picture) &&
            job->picture_failure == 0)
            job->picture_failure = errno;
        return true;
    }
    if (scan_answer_read(frame, job->page) && scan_request_read(task->request, &request)) {
        put_page(job, task->label, request.frame);
    } else {
        struct wire_source source = { .path = task->label };
        put_error(job, &source, NULL, (struct error){ ERROR_CRASHED, 0 });
    }
    arena_reset(&job->arena);
    return !job->output->text.failed && !job->arena.failed;
}

static struct error error_of(const struct pool_task *task, enum pool_end how)
{
    struct error error = { ERROR_CRASHED, 0 };

    if (how == POOL_TIMEOUT)
        error.code = ERROR_TIMEOUT;
    else if (how == POOL_REFUSED)
        error.code = ERROR_FORMAT_UNSUPPORTED;
    else if (how == POOL_PASSED && task->request.n == sizeof error)
        memcpy(&error, task->request.p, sizeof error);
    return error;
}

static bool take_end(void *ctx, const struct pool_task *task, enum pool_end how, int signal)
{
    struct scan_job *job = ctx;
    struct wire_source source = { .path = task->label };
    (void)signal;

    job->counts.files++;
    if (how != POOL_DONE)
        put_error(job, &source, NULL, error_of(task, how));
    return output_item(job->output);
}

// ---- what goes in ----

struct scan_job *scan_job_new(const struct scan_options *options, struct output *output)
{
    struct scan_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return NULL;
    struct pool_work work = { .begin = scan_work_begin,
                              .settle = scan_work_settle,
                              .work = scan_work,
                              .frame = take_frame,
                              .end = take_end,
                              .ctx = job };
    struct pool_options how = { .jobs = options->jobs,
                                .unordered = options->unordered,
                                .memory = options->memory,
                                .threaded = 1u << IMAGE_HEIF | 1u << IMAGE_AVIF };
    job->options = *options;
    job->output = output;
    scan_request_put(&job->request, &options->request);
    job->page = malloc(sizeof *job->page); // large, and mostly never used
    job->pool = pool_new(&work, &how);
    if (job->page == NULL || job->pool == NULL || job->request.failed)
        scan_job_free(&job);
    return job;
}

void scan_job_free(struct scan_job **job)
{
    if (*job == NULL)
        return;
    pool_free(&(*job)->pool);
    bytes_free(&(*job)->request);
    bytes_free(&(*job)->crop);
    bytes_free(&(*job)->annotated);
    arena_free(&(*job)->arena);
    free((*job)->page);
    free(*job);
    *job = NULL;
}

bool scan_job_error(struct scan_job *job, struct str path, struct error error)
{
    struct pool_input input = { .fd = -1,
                                .request = { (const char *)&error, sizeof error },
                                .label = path };
    return pool_feed(job->pool, &input);
}

// Standard input may be a pipe: it is kept in memory, where it can be looked at and read again.
static int keep_stdin(uint64_t limit, int *native)
{
    char chunk[65536];
    uint64_t size = 0;
    ssize_t n = 0;
    int fd = memfd_create("input", MFD_CLOEXEC);

    while (fd >= 0 && size <= limit) {
        n = read(STDIN_FILENO, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || write(fd, chunk, (size_t)n) != n)
            break;
        size += (uint64_t)n;
    }
    *native = errno;
    if (fd >= 0 && n < 0) {
        close(fd);
        fd = -1;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

// Only files: a FIFO or a device could hold up the batch.
static int open_file(struct scan_job *job, struct str path, struct error *error)
{
    bool regular;
    const char *name = arena_copy(&job->arena, path).p;
    int fd = inputs_open(name, &regular, error);

    arena_reset(&job->arena);
    if (fd < 0 || regular)
        return fd;
    *error = (struct error){ ERROR_FILE_UNREADABLE, EINVAL };
    close(fd);
    return -1;
}

// A first look at the bytes, to load the right library; it is the worker that judges.
static uint32_t kinds_of(int fd)
{
    char head[1024];
    ssize_t n = pread(fd, head, sizeof head, 0);
    enum image_format format = n > 0 ? image_sniff((struct str){ head, (size_t)n }) : IMAGE_UNKNOWN;
    return image_library(format) == NULL ? 0 : 1u << format;
}

bool scan_job_file(struct scan_job *job, struct str path)
{
    struct error error = { ERROR_FILE_UNREADABLE, 0 };
    bool is_stdin = str_eq(path, STR("-"));
    int fd = is_stdin ? keep_stdin(job->options.request.limits.bytes, &error.native)
                      : open_file(job, path, &error);
    struct str label = is_stdin ? STR("") : path;

    if (fd < 0)
        return scan_job_error(job, label, error);
    struct pool_input input = {
        .fd = fd, .kinds = kinds_of(fd), .request = bytes_str(&job->request), .label = label
    };
    return pool_feed(job->pool, &input);
}

bool scan_job_frame(struct scan_job *job, struct str frame, uint32_t number)
{
    struct scan_request request = job->options.request;
    struct bytes text = { 0 };
    int fd = memfd_create("frame", MFD_CLOEXEC);
    bool ok =
        fd >= 0 && write(fd, frame.p, frame.n) == (ssize_t)frame.n && lseek(fd, 0, SEEK_SET) == 0;

    request.frame = number;
    scan_request_put(&text, &request);
    if (ok && !text.failed) {
        struct pool_input input = { .fd = fd, .request = bytes_str(&text) };
        ok = pool_feed(job->pool, &input);
    } else if (fd >= 0) {
        close(fd);
    }
    bytes_free(&text);
    return ok;
}

bool scan_job_finish(struct scan_job *job)
{
    return pool_drain(job->pool);
}

bool scan_job_wait(struct scan_job *job, int fd, int milliseconds)
{
    return pool_wait(job->pool, fd, milliseconds) != POOL_STOPPED;
}

enum status scan_job_status(const struct scan_job *job)
{
    return job->status;
}

int scan_job_picture_failure(const struct scan_job *job)
{
    return job->picture_failure;
}

const struct scan_counts *scan_job_counts(const struct scan_job *job)
{
    return &job->counts;
}

const char *scan_job_trouble(const struct scan_job *job, int *native)
{
    struct pool_trouble trouble = pool_trouble(job->pool);
    *native = trouble.native;
    return trouble.sentence;
}
