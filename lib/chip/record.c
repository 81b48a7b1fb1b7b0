// SPDX-License-Identifier: MIT
#include "chip/record.h"

#include "chip/record_file.h"

#include <errno.h>
#include <sys/random.h>
#include <unistd.h>

struct recording {
    struct card inner;
    int fd;
    struct bytes line;
};

static struct chip_error write_line(struct recording *r, const char *mark, struct str data)
{
    bytes_put_str(&r->line, str_of(mark));
    record_put_hex(&r->line, data);
    bytes_lit(&r->line, "\n");
    return record_file_write(r->fd, &r->line) ? chip_ok()
                                              : chip_fail(CHIP_RECORDING_UNWRITABLE, "recording");
}

static struct chip_error write_error(struct recording *r, struct chip_error error)
{
    bytes_lit(&r->line, "! ");
    bytes_put_str(&r->line, str_of(chip_error_name(error.code)));
    bytes_lit(&r->line, "\n");
    record_file_write(r->fd, &r->line); // the error itself is the more important one
    return error;
}

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct recording *r = ctx;
    struct chip_error error = write_line(r, "> ", command);

    if (error.code != CHIP_OK)
        return error;
    error = card_transmit(&r->inner, command, answer);
    return error.code == CHIP_OK ? write_line(r, "< ", bytes_str(answer)) : write_error(r, error);
}

static struct chip_error reset(void *ctx)
{
    struct recording *r = ctx;
    struct chip_error error = write_line(r, "# reset", STR(""));

    if (error.code != CHIP_OK)
        return error;
    error = card_reset(&r->inner);
    return error.code == CHIP_OK ? error : write_error(r, error);
}

static void close_recording(void *ctx)
{
    struct recording *r = ctx;
    card_close(&r->inner);
    bytes_free(&r->line);
    close(r->fd);
    free(r);
}

static const struct card_ops record_ops = { transmit, reset, close_recording };

bool record_random(void *ctx, void *out, size_t n)
{
    struct recording *r = ctx;
    char *p = out;

    for (size_t got = 0; got < n;) {
        ssize_t more = getrandom(p + got, n - got, 0);
        if (more > 0)
            got += (size_t)more;
        else if (errno != EINTR)
            return false;
    }
    return write_line(r, "* ", (struct str){ p, n }).code == CHIP_OK;
}

static bool write_heading(struct recording *r)
{
    const struct card *card = &r->inner;

    bytes_lit(&r->line, "# recording 1 atr=");
    record_put_hex(&r->line, (struct str){ (const char *)card->atr, card->atr_length });
    bytes_lit(&r->line, " protocol=");
    record_put_text(&r->line, card->protocol);
    bytes_lit(&r->line, " longest=");
    bytes_put_number(&r->line, card->longest);
    bytes_lit(&r->line, " reader=");
    record_put_text(&r->line, card->reader);
    bytes_lit(&r->line, "\n");
    return record_file_write(r->fd, &r->line);
}

struct chip_error record_open(struct card *inner, const char *path, struct card *out)
{
    struct recording *r = calloc(1, sizeof *r);

    if (r == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    r->inner = *inner;
    r->fd = record_file_open(path);
    if (r->fd < 0 || !write_heading(r)) {
        if (r->fd >= 0)
            close(r->fd);
        bytes_free(&r->line);
        free(r);
        return chip_fail(CHIP_RECORDING_UNWRITABLE, "recording");
    }
    *inner = (struct card){ 0 };
    *out = r->inner;
    out->ops = &record_ops;
    out->ctx = r;
    return chip_ok();
}
