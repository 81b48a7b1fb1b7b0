// SPDX-License-Identifier: MIT
// SELECT and READ BINARY (ISO/IEC 7816-4, 11.2; ICAO Doc 9303-10, 3.6).
#include "card.h"

static const uint8_t application[] = { 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

static const struct file *file_by_id(const struct card *c, unsigned id)
{
    for (size_t i = 0; i < c->n_files; i++) {
        if (c->file[i].directory == c->directory && c->file[i].id == id)
            return &c->file[i];
    }
    return NULL;
}

static const struct file *file_by_short_id(const struct card *c, unsigned id)
{
    for (size_t i = 0; i < c->n_files; i++) {
        if (c->file[i].directory == c->directory && c->file[i].short_id == id)
            return &c->file[i];
    }
    return NULL;
}

static uint16_t may_read(struct card *c, const struct file *f)
{
    if (f == NULL)
        return c->directory == IN_APPLICATION && !c->access ? 0x6982 : 0x6A82;
    bool fingers = c->directory == IN_APPLICATION && f->id == 0x0103;
    bool eyes = c->directory == IN_APPLICATION && f->id == 0x0104;
    c->counts.guarded += fingers || eyes;
    if ((f->right == RIGHT_OF_FINGERS && (c->ta.rights & 1) == 0) ||
        (f->right == RIGHT_OF_EYES && (c->ta.rights & 2) == 0))
        return 0x6982;
    if (f->right == RIGHT_NEVER || (f->right == RIGHT_AFTER_ACCESS && !c->access))
        return 0x6982;
    return 0x9000;
}

static uint16_t master_file_select(struct card *c)
{
    if (!c->profile.mf)
        return 0x6D00;
    c->directory = IN_MASTER_FILE;
    c->current = NULL;
    return 0x9000;
}

static uint16_t file_select(struct card *c, struct view id)
{
    if (id.n != 2)
        return 0x6A80;
    unsigned n = (unsigned)(id.b[0] << 8 | id.b[1]);
    if (n == 0x3F00)
        return master_file_select(c);
    // 9303-10, 3.11.3: outside of the application; Vietnam's card says 6982 within it.
    if (n == 0x011C && c->directory == IN_APPLICATION && !ta_is_offered(c) &&
        (c->profile.card_access == ACCESS_FILE_CONSTANT ||
         c->profile.card_access == ACCESS_FILE_REFUSED_LATER))
        return 0x6982;
    const struct file *f = file_by_id(c, n);
    uint16_t sw = may_read(c, f);
    if (sw == 0x9000)
        c->current = f;
    return sw;
}

static uint16_t application_select(struct card *c, struct view name)
{
    if (!view_is(name, (struct view){ application, sizeof application }))
        return 0x6A82;
    c->directory = IN_APPLICATION;
    c->current = NULL;
    return 0x9000;
}

uint16_t files_select(struct card *c, const struct command *cmd)
{
    // No file control information is kept: both "return none" and "return optionally" do.
    if (cmd->p2 != 0x0C && cmd->p2 != 0x00 && cmd->p2 != 0x04)
        return 0x6A86;
    switch (cmd->p1) {
    case 0x00:
        return cmd->data.n == 0 ? master_file_select(c) : file_select(c, cmd->data);
    case 0x02:
        return file_select(c, cmd->data);
    case 0x04:
        return application_select(c, cmd->data);
    default:
        return 0x6A86;
    }
}

static uint16_t range_read(struct card *c, const struct file *f, size_t offset, uint32_t ne,
                           const struct allowance *a, struct view *out)
{
    if (offset >= f->n)
        return 0x6B00;
    size_t left = f->n - offset, n = left < ne ? left : ne;
    uint16_t sw = left < ne && !a->any ? 0x6282 : 0x9000;
    if (sw == 0x6282 && c->profile.at_end == AT_END_9000)
        sw = 0x9000;
    if (sw == 0x6282 && c->profile.at_end == AT_END_6B00)
        return 0x6B00;
    if (sw == 0x6282 && c->profile.at_end == AT_END_6CXX)
        return (uint16_t)(0x6C00 | (n & 0xFF));
    *out = (struct view){ f->bytes + offset, n };
    return sw;
}

// Where the answer would not fit: as the profile says. 9000: *ne is what can be read.
static uint16_t fit(const struct card *c, const struct allowance *a, uint32_t head, uint32_t *ne)
{
    uint32_t room = a->room > head ? a->room - head : 0;
    *ne = a->ne > head ? a->ne - head : 0;
    if (*ne <= room || c->profile.too_long == TOO_LONG_CHAIN)
        return 0x9000;
    if (c->profile.too_long == TOO_LONG_6700)
        return 0x6700;
    if (c->profile.too_long == TOO_LONG_6CXX)
        return (uint16_t)(0x6C00 | (a->room < 256 ? a->room : 0));
    *ne = room;
    return 0x9000;
}

uint16_t files_read(struct card *c, const struct command *cmd, struct allowance a, struct buf *out)
{
    size_t offset = (size_t)cmd->p1 << 8 | cmd->p2;
    const struct file *f = c->current;
    struct view part = { NULL, 0 };
    uint32_t ne;
    if (a.ne == 0)
        return 0x6700;
    if ((cmd->p1 & 0x80) != 0) {
        if (c->profile.no_short_ids)
            return 0x6985;
        if ((cmd->p1 & 0x60) != 0 || (cmd->p1 & 0x1F) == 0 || (cmd->p1 & 0x1F) == 31)
            return 0x6A86;
        f = file_by_short_id(c, cmd->p1 & 0x1F);
        offset = cmd->p2;
    } else if (f == NULL) {
        return 0x6986;
    }
    uint16_t sw = may_read(c, f);
    if (sw != 0x9000)
        return sw;
    c->current = f;
    sw = fit(c, &a, 0, &ne);
    if (sw != 0x9000)
        return sw;
    sw = range_read(c, f, offset, ne, &a, &part);
    buf_put_view(out, part);
    return sw;
}

static bool offset_read(struct view data, size_t *offset)
{
    struct view value;
    if (!tlv_find(data, 0x54, &value) || value.n < 1 || value.n > 3)
        return false;
    *offset = 0;
    for (size_t i = 0; i < value.n; i++)
        *offset = *offset << 8 | value.b[i];
    return true;
}

// INS B1: the offset in a data object 54, what is read in a data object 53 (7816-4, 11.2.3).
uint16_t files_read_odd(struct card *c, const struct command *cmd, struct allowance a,
                        struct buf *out)
{
    unsigned id = (unsigned)cmd->p1 << 8 | cmd->p2;
    const struct file *f = id == 0    ? c->current
                           : id <= 30 ? file_by_short_id(c, id)
                                      : file_by_id(c, id);
    struct view part = { NULL, 0 };
    size_t offset;
    uint32_t ne;
    if (a.ne == 0)
        return 0x6700;
    if (!offset_read(cmd->data, &offset))
        return 0x6A80;
    if (id == 0 && f == NULL)
        return 0x6986;
    uint16_t sw = may_read(c, f);
    if (sw != 0x9000)
        return sw;
    c->current = f;
    uint32_t whole = a.ne < a.room ? a.ne : a.room;
    sw = fit(c, &a, whole > 259 ? 4 : whole > 130 ? 3 : 2, &ne);
    if (sw != 0x9000)
        return sw;
    sw = range_read(c, f, offset, ne, &a, &part);
    if (part.n > 0)
        buf_put_tlv(out, 0x53, part);
    return sw;
}
