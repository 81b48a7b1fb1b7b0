// SPDX-License-Identifier: MIT
#include "wire/json.h"
#include "wire/manifest.h"

static void put_hex(struct bytes *out, const void *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *byte = p;

    bytes_put_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        bytes_put_char(out, digits[byte[i] >> 4]);
        bytes_put_char(out, digits[byte[i] & 15]);
    }
    bytes_put_char(out, '"');
}

static void put_name(struct bytes *out, const char *name)
{
    json_put_string(out, str_of(name));
    bytes_put_char(out, ':');
}

static void put_text(struct bytes *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    put_name(out, name);
    json_put_string(out, value);
    bytes_put_char(out, ',');
}

static void put_count(struct bytes *out, const char *name, uint64_t value)
{
    put_name(out, name);
    bytes_put_number(out, (unsigned long)value);
    bytes_put_char(out, ',');
}

// Every member is followed by a comma; the last one's gives way to what closes.
static void close_with(struct bytes *out, char bracket)
{
    if (out->n > 0 && out->p[out->n - 1] == ',')
        out->n--;
    bytes_put_char(out, bracket);
}

// Who looks: the manifest tells all, names relative to its folder; a line tells less, and names
// only of a folder that there is.
struct view {
    bool whole;
    struct str folder;
};

static void put_path(struct bytes *out, const struct view *view, struct str path)
{
    struct bytes whole = { 0 };

    if (path.n == 0 || (!view->whole && view->folder.n == 0))
        return;
    if (view->folder.n > 0) {
        bytes_put_str(&whole, view->folder);
        bytes_put_char(&whole, '/');
    }
    bytes_put_str(&whole, path);
    json_put_path_as(out, STR("path"), bytes_str(&whole));
    bytes_put_char(out, ',');
    out->failed |= whole.failed;
    bytes_free(&whole);
}

static void put_file(struct bytes *out, const struct manifest_file *f, const struct view *view)
{
    bytes_put_char(out, '{');
    put_text(out, "file", f->name);
    put_path(out, view, f->path);
    if (f->length > 0) {
        put_count(out, "bytes", f->length);
        put_name(out, "sha256");
        put_hex(out, f->sha256, sizeof f->sha256);
        bytes_put_char(out, ',');
    }
    if (f->listed)
        bytes_lit(out, "\"listed\":true,");
    put_text(out, "error", f->error);
    if (f->fault.n > 0) {
        put_text(out, "fault", f->fault);
        put_count(out, "offset", f->offset);
    }
    close_with(out, '}');
}

static void put_image(struct bytes *out, const struct manifest_image *i, const struct view *view)
{
    bytes_put_char(out, '{');
    put_path(out, view, i->path);
    put_text(out, "format", i->format);
    put_count(out, "bytes", i->length);
    put_name(out, "sha256");
    put_hex(out, i->sha256, sizeof i->sha256);
    close_with(out, '}');
}

static void put_proof(struct bytes *out, const struct manifest_proof *p, bool items)
{
    bytes_put_char(out, '{');
    put_text(out, "proof", p->kind);
    put_text(out, "algorithm", p->algorithm);
    put_text(out, "result", p->result);
    put_text(out, "detail", p->detail);
    if (items && p->items > 0) {
        bytes_lit(out, "\"transcript\":{");
        for (size_t i = 0; i < p->items; i++) {
            json_put_string(out, p->item[i].name);
            bytes_put_char(out, ':');
            put_hex(out, p->item[i].value.p, p->item[i].value.n);
            bytes_put_char(out, ',');
        }
        close_with(out, '}');
    }
    close_with(out, '}');
}

static void put_members(struct bytes *out, const struct manifest *m, const struct view *view)
{
    put_text(out, "time", m->time);
    put_text(out, "reader", m->reader);
    if (m->atr.n > 0) {
        put_name(out, "atr");
        put_hex(out, m->atr.p, m->atr.n);
        bytes_put_char(out, ',');
    }
    if (m->access.n > 0) {
        bytes_lit(out, "\"access\":{");
        put_text(out, "protocol", m->access);
        put_text(out, "key", m->key);
        if (m->card_access_known)
            bytes_lit(out, "\"card_access\":\"assumed\",");
        close_with(out, '}');
        bytes_put_char(out, ',');
    }
    bytes_lit(out, "\"files\":[");
    for (size_t i = 0; i < m->files; i++) {
        put_file(out, &m->file[i], view);
        bytes_put_char(out, ',');
    }
    close_with(out, ']');
    bytes_lit(out, ",\"proofs\":[");
    for (size_t i = 0; i < m->proofs; i++) {
        put_proof(out, &m->proof[i], view->whole);
        bytes_put_char(out, ',');
    }
    close_with(out, ']');
    bytes_lit(out, ",\"images\":[");
    for (size_t i = 0; i < m->images; i++) {
        put_image(out, &m->image[i], view);
        bytes_put_char(out, ',');
    }
    close_with(out, ']');
    bytes_put_char(out, ',');
    put_count(out, "commands", m->commands);
    put_count(out, "bytes_sent", m->sent);
    put_count(out, "bytes_received", m->received);
    put_count(out, "restarts", m->restarts);
    put_count(out, "ms", m->milliseconds);
}

void wire_put_manifest(struct bytes *out, const struct manifest *m)
{
    bytes_lit(out, "{\"v\":1,");
    put_members(out, m, &(struct view){ .whole = true });
    put_text(out, "error", m->error);
    close_with(out, '}');
    bytes_put_char(out, '\n');
}

void wire_put_chip(struct bytes *out, const struct manifest *m, struct str folder)
{
    put_members(out, m, &(struct view){ .folder = folder });
    if (out->n > 0 && out->p[out->n - 1] == ',')
        out->n--;
}
