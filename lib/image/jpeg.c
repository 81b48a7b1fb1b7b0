// SPDX-License-Identifier: MIT
// JPEG (ITU-T T.81) by libjpeg-turbo, straight to grey: where the first component is the luma, its
// blocks are transformed into the plane itself and the others' not at all.
#include "image/codec.h"
#include "image/cursor.h"
#include "image/exif.h"
#include "image/grey.h"

#include <jpeglib.h>
#include <setjmp.h>

// The codes of libjpeg's messages; the macros of this header use what banned.h bans.
#define JERROR_H
#define JMESSAGE(code, text) code,
enum message {
#include <jerror.h>
};

enum {
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP1 = 0xE1,
    SCANS_MAX = 100,
    ROWS_MAX = 4 * DCTSIZE, // of what libjpeg gives at a time: sampling factors go up to 4
};

struct reader {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    enum error_code failure;
    bool ended; // the file did, before the picture
    uint64_t rows_at_end;
};

// ---- the file's segments, for what libjpeg does not tell ----

// The next marker and the segment that belongs to it. Behind the start of a scan come its data,
// which are passed over: in them 0xFF is followed by 0 or by a restart marker.
static bool next_segment(struct cursor *c, uint8_t *marker, struct str *segment)
{
    do {
        size_t skip = str_find(str_from(c->s, c->at), (char)0xFF);
        cursor_take(c, skip + 1);
        while ((*marker = cursor_u8(c)) == 0xFF)
            continue;
    } while (!c->failed && (*marker == 0 || *marker == 1 || (*marker & 0xF8) == 0xD0));
    if (c->failed || *marker == MARKER_EOI)
        return false;
    *segment = (struct str){ 0 };
    if (*marker != MARKER_SOI) {
        unsigned length = cursor_u16(c);
        *segment = cursor_take(c, length > 2 ? length - 2 : 0);
    }
    return !c->failed;
}

static struct str find_exif(struct str bytes)
{
    struct cursor c = { .s = bytes, .big_endian = true };
    struct str segment;
    uint8_t marker;

    while (next_segment(&c, &marker, &segment) && marker != MARKER_SOS)
        if (marker == MARKER_APP1 && str_starts(segment, STR("Exif\0\0")))
            return segment;
    return (struct str){ 0 };
}

static bool has_too_many_scans(struct str bytes)
{
    struct cursor c = { .s = bytes, .big_endian = true };
    struct str segment;
    uint8_t marker;
    unsigned scans = 0;

    while (scans <= SCANS_MAX && next_segment(&c, &marker, &segment))
        scans += marker == MARKER_SOS;
    return scans > SCANS_MAX;
}

// ---- what libjpeg calls ----

static _Noreturn void fail(struct reader *r, enum error_code code)
{
    r->failure = code;
    longjmp(r->escape, 1);
}

static _Noreturn void on_error(j_common_ptr info)
{
    switch (info->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        fail(info->client_data, ERROR_NO_MEMORY);
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
        fail(info->client_data, ERROR_FORMAT_UNSUPPORTED);
    case JERR_IMAGE_TOO_BIG:
        fail(info->client_data, ERROR_TOO_LARGE);
    default:
        fail(info->client_data, ERROR_IMAGE_DAMAGED);
    }
}

static void on_message(j_common_ptr info, int level)
{
    (void)info;
    (void)level;
}

static void on_source(j_decompress_ptr info)
{
    (void)info;
}

// Rows of the picture that are whole so far. Where there are several scans, the first one with the
// luma, or its coarse part, is what counts.
static uint64_t rows_so_far(const struct reader *r)
{
    const struct jpeg_decompress_struct *info = &r->info;

    if (info->input_scan_number > 1)
        return info->image_height;
    if (info->output_scanline > 0)
        return info->output_scanline;
    return (uint64_t)info->input_iMCU_row * (unsigned)info->max_v_samp_factor * DCTSIZE;
}

// The file is over: libjpeg is told that the picture is, and makes up the rest, unless that is too
// much.
static boolean on_end(j_decompress_ptr info)
{
    static const JOCTET end[] = { 0xFF, MARKER_EOI };
    struct reader *r = info->client_data;

    if (!r->ended)
        r->rows_at_end = rows_so_far(r);
    r->ended = true;
    if (r->rows_at_end * 2 < info->image_height)
        fail(r, ERROR_TRUNCATED);
    info->src->next_input_byte = end;
    info->src->bytes_in_buffer = sizeof end;
    return TRUE;
}

static void on_skip(j_decompress_ptr info, long count)
{
    struct jpeg_source_mgr *source = info->src;

    if (count <= 0)
        return;
    if ((unsigned long)count > source->bytes_in_buffer) {
        on_end(info);
    } else {
        source->next_input_byte += count;
        source->bytes_in_buffer -= (size_t)count;
    }
}

static void on_progress(j_common_ptr info)
{
    struct reader *r = info->client_data;
    if (r->info.input_scan_number > SCANS_MAX)
        fail(r, ERROR_TOO_LARGE);
}

static void set_up(struct reader *r, struct str bytes)
{
    r->info.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
    r->info.client_data = r;
    jpeg_create_decompress(&r->info);
    r->source = (struct jpeg_source_mgr){
        .next_input_byte = (const JOCTET *)bytes.p,
        .bytes_in_buffer = bytes.n,
        .init_source = on_source,
        .fill_input_buffer = on_end,
        .skip_input_data = on_skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = on_source,
    };
    r->info.src = &r->source;
    r->progress.progress_monitor = on_progress;
    r->info.progress = &r->progress;
}

// ---- the picture ----

// Is the first component the grey picture, in full resolution?
static bool has_luma(const struct jpeg_decompress_struct *info)
{
    if (info->jpeg_color_space != JCS_GRAYSCALE && info->jpeg_color_space != JCS_YCbCr)
        return false;
    return info->comp_info[0].h_samp_factor == info->max_h_samp_factor &&
           info->comp_info[0].v_samp_factor == info->max_v_samp_factor;
}

static void *row_memory(struct reader *r, size_t size)
{
    return r->info.mem->alloc_large((j_common_ptr)&r->info, JPOOL_IMAGE, size);
}

// A row of blocks at a time. Blocks reach beyond the picture: to the right there is space in the
// plane's rows, below it the rows go nowhere.
static void read_luma(struct reader *r, const struct plane *plane)
{
    struct jpeg_decompress_struct *info = &r->info;
    JSAMPROW rows[ROWS_MAX];
    JSAMPARRAY components[MAX_COMPONENTS] = { rows };

    info->raw_data_out = TRUE;
    for (int i = 1; i < info->num_components; i++)
        info->comp_info[i].component_needed = FALSE;
    jpeg_start_decompress(info);
    JSAMPROW nowhere = row_memory(r, plane->stride);
    unsigned count = (unsigned)info->max_v_samp_factor * DCTSIZE;
    while (info->output_scanline < info->output_height) {
        for (unsigned i = 0; i < count; i++) {
            unsigned y = info->output_scanline + i;
            rows[i] = y < plane->height ? plane_row(plane, y) : nowhere;
        }
        jpeg_read_raw_data(info, components, count);
    }
}

static void read_grey(struct reader *r, const struct plane *plane)
{
    r->info.out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(&r->info);
    while (r->info.output_scanline < r->info.output_height) {
        JSAMPROW row = plane_row(plane, r->info.output_scanline);
        jpeg_read_scanlines(&r->info, &row, 1);
    }
}

// Adobe's programs write how much of each ink is missing; without their marker it is how much
// there is.
static void read_ink(struct reader *r, const struct plane *plane)
{
    struct jpeg_decompress_struct *info = &r->info;

    info->out_color_space = JCS_CMYK;
    jpeg_start_decompress(info);
    JSAMPROW row = row_memory(r, (size_t)plane->width * 4);
    uint8_t flip = info->saw_Adobe_marker ? 0 : 255;
    while (info->output_scanline < info->output_height) {
        uint8_t *out = plane_row(plane, info->output_scanline);
        jpeg_read_scanlines(info, &row, 1);
        for (uint32_t x = 0; x < plane->width; x++) {
            const uint8_t *ink = row + (size_t)x * 4;
            out[x] = grey_of_ink(ink[0] ^ flip, ink[1] ^ flip, ink[2] ^ flip, ink[3] ^ flip);
        }
    }
}

static void decode(struct reader *r, const struct plane *plane)
{
    struct jpeg_decompress_struct *info = &r->info;

    info->dct_method = JDCT_ISLOW;
    info->do_fancy_upsampling = FALSE;
    info->do_block_smoothing = FALSE;
    if (has_luma(info))
        read_luma(r, plane);
    else if (info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK)
        read_ink(r, plane);
    else
        read_grey(r, plane);
}

static void read_header(struct reader *r, const struct image *image, struct image_page *page)
{
    jpeg_read_header(&r->info, TRUE);
    enum error_code code = codec_check_size(image, r->info.image_width, r->info.image_height);
    if (code == ERROR_COUNT && jpeg_has_multiple_scans(&r->info) &&
        has_too_many_scans(image->bytes))
        code = ERROR_TOO_LARGE;
    if (code == ERROR_COUNT)
        code = codec_alloc(image, page, r->info.image_width, r->info.image_height);
    if (code != ERROR_COUNT)
        fail(r, code);
}

// Everything that libjpeg may leave by a jump.
static void run(struct reader *r, const struct image *image, struct image_page *page)
{
    if (setjmp(r->escape) != 0)
        return;
    set_up(r, image->bytes);
    read_header(r, image, page);
    decode(r, &page->plane);
}

static enum error_code settle(struct reader *r, struct image_page *page)
{
    bool failed = r->failure != ERROR_COUNT;
    enum error_code why =
        r->ended && r->failure == ERROR_IMAGE_DAMAGED ? ERROR_TRUNCATED : r->failure;

    if (!failed && !r->ended)
        return ERROR_COUNT;
    if (page->plane.grey == NULL ||
        (failed && why != ERROR_TRUNCATED && why != ERROR_IMAGE_DAMAGED))
        return why;
    enum error_code code =
        codec_settle(page, failed ? r->info.output_scanline : r->rows_at_end, why);
    page->truncated = true; // rows that came may lack what later scans would have added
    if (failed && code == ERROR_COUNT)
        plane_blank(&page->plane, r->info.output_scanline);
    return code;
}

static enum error_code read_jpeg(struct image *image, struct image_page *page)
{
    struct reader r = { .failure = ERROR_COUNT };

    run(&r, image, page);
    enum error_code code = settle(&r, page);
    jpeg_destroy_decompress(&r.info);
    if (code == ERROR_COUNT)
        page->orientation = exif_orientation(find_exif(image->bytes));
    return code;
}

const struct codec codec_jpeg = { .read = read_jpeg };
