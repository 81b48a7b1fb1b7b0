// SPDX-License-Identifier: MIT
#include "cli/parse_share.h"

#include "batch/blocks.h"

#include <sys/stat.h>
#include <unistd.h>

// What the processes share. A worker's emitter writes into the space of its block.
struct share {
    struct parse_job *job;
    struct parse_options options;
    struct emitter *emitter;
    struct str path;
    struct parse_job *worker; // made by each process when it first works on a block
    struct emitter worker_emitter;
    struct output worker_output;
};

struct tally {
    struct parse_counts counts;
    enum status status;
};

static long read_memory(void *ctx, char *buf, size_t size)
{
    struct str *left = ctx;
    size_t n = left->n < size ? left->n : size;
    if (n > 0)
        memcpy(buf, left->p, n);
    *left = str_from(*left, n);
    return (long)n;
}

static bool make_worker(struct share *share)
{
    if (share->worker != NULL)
        return true;
    share->worker_emitter = *share->emitter;
    share->worker_emitter.begun = true; // the heading is the caller's
    share->worker_emitter.output = &share->worker_output;
    share->worker = parse_job_new(&share->options, &share->worker_emitter);
    return share->worker != NULL && parse_job_begin(share->worker, share->path);
}

static bool work_block(void *ctx, struct str block, unsigned long lines_before, struct bytes *out,
                       void *tally)
{
    struct share *share = ctx;

    if (!make_worker(share))
        return false;
    parse_job_restart(share->worker, lines_before);
    share->worker_output = (struct output){ .fd = -1, .hold = true, .text = *out };
    bool ok = parse_job_continue(share->worker, (struct lines_source){ read_memory, &block });
    *out = share->worker_output.text;
    *(struct tally *)tally =
        (struct tally){ *parse_job_counts(share->worker), parse_job_status(share->worker) };
    return ok;
}

static bool take_block(void *ctx, struct str text, const void *tally)
{
    struct share *share = ctx;
    const struct tally *t = tally;

    parse_job_add(share->job, &t->counts, t->status);
    return emit_text(share->emitter, text);
}

// A payload or an object of the family: a line that stands for itself and ends what was gathered
// before it.
static bool stands_alone(struct str line)
{
    return str_starts(line, STR("{")) || str_find(line, '|') < line.n;
}

static bool begins_alone(struct str text)
{
    return str_starts(text, STR("{\"")) || (text.n > ID_LENGTH && text.p[ID_LENGTH] == '|' &&
                                            str_is_digits(str_head(text, ID_LENGTH)));
}

static size_t cut_block(struct str text)
{
    enum { TRIES = 64 };
    struct str head = text;

    for (int i = 0; i < TRIES; i++) {
        const char *lf = head.n > 0 ? memrchr(head.p, '\n', head.n) : NULL;
        if (lf == NULL)
            return 0;
        size_t end = (size_t)(lf - text.p);
        const char *before = end > 0 ? memrchr(text.p, '\n', end) : NULL;
        size_t start = before == NULL ? 0 : (size_t)(before - text.p) + 1;
        if (begins_alone(str_from(text, end + 1)) &&
            stands_alone((struct str){ text.p + start, end - start }))
            return end + 1;
        head = str_head(text, end);
    }
    return 0;
}

static bool is_worth_it(const struct share *share, int fd, unsigned jobs)
{
    enum { LEAST_SIZE = 1024 * 1024 };
    enum format format = share->emitter->format;
    struct stat st;
    char first[256];

    if (jobs < 2 || share->options.null_ends || share->emitter->output->each ||
        (format != FORMAT_NDJSON && format != FORMAT_CSV && format != FORMAT_TSV))
        return false;
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (at < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size - at < LEAST_SIZE)
        return false;
    // The heading of a table would bear on every line of it.
    ssize_t n = pread(fd, first, sizeof first, at);
    return n > 0 && stands_alone(str_skip((struct str){ first, (size_t)n }, STR("\xEF\xBB\xBF")));
}

// What the workers left over, then the rest of the file.
struct rest {
    struct str text;
    int fd;
};

static long read_rest(void *ctx, char *buf, size_t size)
{
    struct rest *rest = ctx;
    return rest->text.n > 0 ? read_memory(&rest->text, buf, size)
                            : lines_read_fd(&rest->fd, buf, size);
}

bool parse_share_file(struct parse_job *job, const struct parse_options *options,
                      struct emitter *emitter, struct str path, int fd, unsigned jobs)
{
    struct share share = { .job = job, .options = *options, .emitter = emitter, .path = path };
    struct blocks_work work = { cut_block, work_block, take_block, &share };
    struct bytes left = { 0 };
    unsigned long lines = 0;
    bool ok = parse_job_begin(job, path);

    if (ok && is_worth_it(&share, fd, jobs))
        ok = emit_heading(emitter) && blocks_run(&work, jobs, fd, &left, &lines);
    parse_job_free(&share.worker);
    if (ok) {
        struct rest rest = { bytes_str(&left), fd };
        parse_job_skip(job, lines);
        ok = parse_job_continue(job, (struct lines_source){ read_rest, &rest });
    }
    bytes_free(&left);
    return ok;
}
