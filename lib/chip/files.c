// SPDX-License-Identifier: MIT
#include "chip/files.h"

#include "base/wipe.h"

enum {
    INS_SELECT = 0xA4,
    INS_READ_BINARY = 0xB0,
    INS_READ_BINARY_ODD = 0xB1,
    BY_NAME = 0x04,
    BY_FILE_ID = 0x02, // an EF under the current DF
    NO_ANSWER_DATA = 0x0C,
    SHORT_ID = 0x80,     // in P1: the file is named there
    OFFSET_MAX = 0x7FFF, // of READ BINARY with an even INS
    HEADER = 4,          // a tag of one byte, and a length of up to three
    LEAST_BLOCK = 32,
    OFFSET_OBJECT = 0x54,
    DATA_OBJECT = 0x53,
};

static const char *const read_binary = "READ BINARY";

static struct chip_error send(struct channel *c, const struct apdu *a, struct answer *out)
{
    struct chip_error error = channel_send(c, a, out);

    if (error.code != CHIP_OK && error.step == NULL)
        error.step = a->ins == INS_SELECT ? "SELECT" : read_binary;
    return error;
}

struct chip_error file_select_application(struct channel *c)
{
    static const char name[] = { (char)0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };
    struct apdu select = {
        .ins = INS_SELECT, .p1 = BY_NAME, .p2 = NO_ANSWER_DATA, .data = { name, sizeof name }
    };
    struct answer answer = { 0 };
    struct chip_error error = send(c, &select, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(answer.sw == SW_SECURITY_STATUS ? CHIP_STATUS : CHIP_NO_DOCUMENT,
                             answer.sw, "SELECT eMRTD application");
    answer_free(&answer);
    return error;
}

// What a status word means for a file, where the card gave no data.
static struct chip_error judge(uint16_t sw)
{
    switch (sw) {
    case SW_FILE_NOT_FOUND:
    case SW_NO_REFERENCE:
        return chip_refused(CHIP_FILE_ABSENT, sw, read_binary);
    case SW_SECURITY_STATUS:
    case SW_CONDITIONS:
        return chip_refused(CHIP_FILE_REFUSED, sw, read_binary);
    default:
        return chip_refused(CHIP_STATUS, sw, read_binary);
    }
}

// By its identifier; for cards that do not take a short one, and where there is no application.
static struct chip_error select_file(struct channel *c, enum lds_file file)
{
    uint16_t id = lds_file(file)->id;
    char data[] = { (char)(id >> 8), (char)(id & 0xFF) };
    struct apdu select = {
        .ins = INS_SELECT, .p1 = BY_FILE_ID, .p2 = NO_ANSWER_DATA, .data = { data, sizeof data }
    };
    struct answer answer = { 0 };
    struct chip_error error = send(c, &select, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK) {
        error = judge(answer.sw);
        error.step = "SELECT";
    }
    answer_free(&answer);
    return error;
}

// The value of the discretionary data object, in place of the answer that has it (ISO/IEC 7816-4,
// 11.3.3).
static bool unwrap(struct answer *answer)
{
    struct tlv object;
    struct tlv_reader r = tlv_reader_of(bytes_str(&answer->data));

    if (!tlv_expect(&r, DATA_OBJECT, &object) || !tlv_end(&r))
        return false;
    memmove(answer->data.p, object.value.p, object.value.n);
    answer->data.n = object.value.n;
    return true;
}

// At an offset that has no room in P1 and P2.
static struct chip_error read_far(struct channel *c, size_t offset, uint32_t n,
                                  struct answer *answer)
{
    char data[] = { OFFSET_OBJECT, 3, (char)(offset >> 16), (char)(offset >> 8 & 0xFF),
                    (char)(offset & 0xFF) };
    enum { OBJECT_HEADER_MAX = 4 };
    struct apdu read = { .ins = INS_READ_BINARY_ODD,
                         .data = { data, sizeof data },
                         .ne = n + OBJECT_HEADER_MAX };
    struct chip_error error = send(c, &read, answer);

    if (error.code == CHIP_OK && answer->data.n > 0 && !unwrap(answer))
        error = chip_refused(CHIP_ANSWER_SHORT, answer->sw, read_binary);
    return error;
}

// short_id: 0 for the file that is selected.
static struct chip_error read_at(struct channel *c, uint8_t short_id, size_t offset, uint32_t n,
                                 struct answer *answer)
{
    if (offset > OFFSET_MAX)
        return read_far(c, offset, n, answer);
    struct apdu read = { .ins = INS_READ_BINARY,
                         .p1 = short_id != 0 ? SHORT_ID | short_id : (uint8_t)(offset >> 8),
                         .p2 = (uint8_t)(offset & 0xFF),
                         .ne = n };
    return send(c, &read, answer);
}

// Adds what the card gave. A card at the file's end gives less with 6282, or with 9000.
static struct chip_error take(struct answer *answer, uint32_t asked, struct bytes *content)
{
    if (answer->data.n > asked)
        return chip_refused(CHIP_ANSWER_SHORT, answer->sw, read_binary);
    if (answer->sw != SW_OK && !(answer->sw == SW_END_OF_FILE && answer->data.n > 0))
        return judge(answer->sw);
    if (answer->data.n == 0)
        return chip_refused(CHIP_FILE_SHORT, answer->sw, read_binary);
    bytes_put_str(content, bytes_str(&answer->data));
    return content->failed ? chip_fail(CHIP_NO_MEMORY, read_binary) : chip_ok();
}

static struct chip_error read_some(struct channel *c, uint8_t short_id, uint32_t n,
                                   struct bytes *content)
{
    struct answer answer = { 0 };
    struct chip_error error = read_at(c, short_id, content->n, n, &answer);

    if (error.code == CHIP_OK)
        error = take(&answer, n, content);
    answer_free(&answer);
    return error;
}

static struct chip_error head_by_short_id(struct file_reader *r, enum lds_file file, uint32_t n,
                                          struct bytes *content)
{
    struct chip_error error = read_some(r->channel, lds_file(file)->short_id, n, content);

    r->short_id_ended = error.code == CHIP_SM_PLAIN;
    return error;
}

static struct chip_error name_by_id(struct file_reader *r, enum lds_file file)
{
    struct chip_error error = select_file(r->channel, file);

    r->select_ended = error.code == CHIP_SM_PLAIN;
    return error;
}

static struct chip_error head_by_selecting(struct file_reader *r, enum lds_file file, uint32_t n,
                                           struct bytes *content)
{
    struct chip_error error = name_by_id(r, file);

    if (error.code != CHIP_OK)
        return error;
    error = read_some(r->channel, 0, n, content);
    return error.code == CHIP_STATUS && n > HEADER ? read_some(r->channel, 0, HEADER, content)
                                                   : error;
}

static bool may_go_otherwise(struct chip_error error)
{
    return error.code == CHIP_STATUS || error.code == CHIP_FILE_ABSENT;
}

// How much to ask for before the length is known: the header, and more only where that asks for
// nothing beyond the file's end. A signature with its certificate and a face are always longer
// than a short answer; and unprotected, an Le of zero is all of the file that the answer has room
// for (ISO/IEC 7816-4, 11.3.3).
static uint32_t head_length(const struct file_reader *r, enum lds_file file)
{
    const struct channel *c = r->channel;

    if (c->sm == NULL)
        return lds_file(file)->tag != 0 && r->block >= APDU_NE_SHORT ? APDU_NE_SHORT : HEADER;
    // In an extended answer there is room for all the rest: no command is spared.
    if (c->extended)
        return HEADER;
    return file == LDS_SOD || file == LDS_DG2 || file == LDS_CARD_SECURITY ? r->block : HEADER;
}

// The first bytes. Within the application the short identifier spares a SELECT; outside, cards are
// known that take only the long one.
static struct chip_error read_head(struct file_reader *r, enum lds_file file, struct bytes *content)
{
    bool inside = lds_file(file)->in_application;
    uint32_t n = head_length(r, file);

    if (inside && r->by_id)
        return head_by_selecting(r, file, n, content);
    struct chip_error first =
        inside ? head_by_short_id(r, file, n, content) : head_by_selecting(r, file, n, content);

    if (!may_go_otherwise(first))
        return first;
    struct chip_error second = inside ? head_by_selecting(r, file, HEADER, content)
                                      : head_by_short_id(r, file, HEADER, content);
    // What says that there is no such file says more than what only refuses.
    return second.code == CHIP_STATUS ? first : second;
}

// The largest block: what an answer can carry, protected or not.
static uint32_t largest_block(const struct channel *c)
{
    uint32_t ne = APDU_NE_SHORT;

    if (c->extended)
        ne = c->card->longest > APDU_NE_SHORT ? c->card->longest - 2 : APDU_NE_EXTENDED;
    return c->sm == NULL ? ne : sm_payload(c->sm, ne);
}

// Steps that find the way down from what a card only says that it stands: some take no extended
// length at all, some readers a buffer or two.
bool file_smaller_blocks(struct file_reader *r)
{
    enum { BUFFERS = 2048 };
    struct channel *c = r->channel;
    uint32_t of_short = c->sm == NULL ? APDU_NE_SHORT : sm_payload(c->sm, APDU_NE_SHORT);

    if (r->block == 0)
        r->block = largest_block(c);
    if (r->block <= LEAST_BLOCK)
        return false;
    if (r->block > BUFFERS) {
        r->block = BUFFERS;
    } else if (r->block > of_short) {
        r->block = of_short;
        c->extended = false;
    } else {
        r->block /= 2;
    }
    return true;
}

bool file_short_blocks(struct file_reader *r)
{
    bool had_long = r->channel->extended;

    r->channel->extended = false;
    r->block = 0;
    return had_long;
}

bool file_by_id(struct file_reader *r)
{
    bool is_new = r->short_id_ended && !r->by_id;

    r->by_id |= is_new;
    return is_new;
}

bool file_ended_absent(const struct file_reader *r, struct chip_error error)
{
    return error.code == CHIP_SM_PLAIN && r->select_ended &&
           judge(error.sw).code == CHIP_FILE_ABSENT;
}

// To its end, for what has no length of its own. How a card tells the end differs.
static struct chip_error read_to_end(struct file_reader *r, struct bytes *content)
{
    while (content->n <= FILE_LENGTH_MAX) {
        size_t before = content->n;
        uint32_t n = r->block < APDU_NE_SHORT ? r->block : APDU_NE_SHORT;
        struct chip_error error = read_some(r->channel, 0, n, content);
        bool at_end = error.code == CHIP_FILE_SHORT || error.sw == SW_WRONG_OFFSET ||
                      error.sw == SW_END_OF_FILE;
        if (before > 0 && at_end)
            return chip_ok();
        if (error.code != CHIP_OK)
            return error;
        if (content->n - before < n)
            return chip_ok();
    }
    return chip_fail(CHIP_FILE_MALFORMED, read_binary);
}

// Cards tell in two ways that nothing is left of the file. An offset that is too far for P1 and P2
// may be refused for itself.
static bool is_end(struct chip_error error, size_t offset)
{
    return error.code == CHIP_STATUS &&
           (error.sw == SW_END_OF_FILE || (error.sw == SW_WRONG_OFFSET && offset <= OFFSET_MAX));
}

static struct chip_error read_rest(struct file_reader *r, enum lds_file file, struct bytes *content)
{
    size_t total = 0;

    if (!tlv_total(bytes_str(content), &total) || total > FILE_LENGTH_MAX ||
        (uint8_t)content->p[0] != lds_file(file)->tag)
        return chip_fail(CHIP_FILE_MALFORMED, read_binary);
    while (content->n < total) {
        size_t left = total - content->n;
        if (r->progress != NULL)
            r->progress(r->ctx, file, content->n, total);
        struct chip_error error =
            read_some(r->channel, 0, left < r->block ? (uint32_t)left : r->block, content);
        if (is_end(error, content->n))
            error.code = CHIP_FILE_SHORT;
        if (error.code != CHIP_OK)
            return error;
    }
    // What a card gives beyond it is none of the file.
    content->n = total;
    if (r->progress != NULL)
        r->progress(r->ctx, file, total, total);
    return chip_ok();
}

struct chip_error file_read(struct file_reader *r, enum lds_file file, struct bytes *content)
{
    // With a session less fits.
    uint32_t largest = largest_block(r->channel);

    if (r->block == 0 || r->block > largest)
        r->block = largest;
    r->short_id_ended = r->select_ended = false;
    struct chip_error error = content->n == 0 ? read_head(r, file, content) : name_by_id(r, file);
    if (error.code != CHIP_OK)
        return error;
    return lds_file(file)->tag == 0 ? read_to_end(r, content) : read_rest(r, file, content);
}
