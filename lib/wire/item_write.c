// SPDX-License-Identifier: MIT
#include "wire/item.h"
#include "wire/json.h"
#include "wire/pen.h"

static void put_path(struct bytes *out, struct str path)
{
    bytes_put_char(out, '{');
    if (path.n > 0) {
        bytes_lit(out, "\"path\":");
        json_put_path(out, path);
        bytes_put_char(out, ',');
    }
}

void wire_put_prefix(struct bytes *out, struct str path)
{
    bytes_lit(out, "{\"v\":1,\"source\":");
    put_path(out, path);
}

static void put_count(struct bytes *out, const char *name, size_t name_length, unsigned long count)
{
    if (!bytes_reserve(out, name_length + PEN_NUMBER_MAX))
        return;
    bytes_put(out, name, name_length);
    out->n = (size_t)(pen_number(out->p + out->n, count) - out->p);
}

#define PUT_COUNT(out, name, count) put_count((out), (name), sizeof(name) - 1, (count))

// Behind the path and its comma: the rest of a source.
static void put_place(struct bytes *out, const struct wire_source *source)
{
    if (source->line > 0)
        PUT_COUNT(out, "\"line\":", source->line);
    else if (source->page > 0)
        PUT_COUNT(out, "\"page\":", source->page);
    else if (source->frame > 0)
        PUT_COUNT(out, "\"frame\":", source->frame);
    else if (source->path.n > 0 && out->n > 0)
        out->n--; // the comma
    if (source->lines > 1)
        PUT_COUNT(out, ",\"lines\":", source->lines);
    if (source->part > 0)
        PUT_COUNT(out, ",\"part\":", source->part);
    bytes_put_char(out, '}');
}

static void put_source(struct bytes *out, const struct wire_source *source)
{
    put_path(out, source->path);
    put_place(out, source);
}

void wire_put_source(struct bytes *out, const struct wire_source *source)
{
    if (source->prefix.n > 0)
        bytes_put_str(out, source->prefix);
    else
        wire_put_prefix(out, source->path);
    put_place(out, source);
}

static void put_detail(struct bytes *message, struct str detail)
{
    if (detail.n == 0)
        return;
    bytes_lit(message, ": ");
    bytes_put_str(message, detail);
}

void wire_put_error(struct bytes *out, struct error error, struct str detail, say_fn *say)
{
    bytes_lit(out, "{\"code\":");
    json_put_string(out, str_of(error_name(error.code)));
    bytes_lit(out, ",\"message\":");
    struct bytes message = { 0 };
    bytes_put_str(&message, str_of(say(error_sentence(error.code))));
    put_detail(&message, detail);
    if (error.native != 0)
        put_detail(&message, str_of(strerror(error.native)));
    json_put_string(out, bytes_str(&message));
    out->failed |= message.failed;
    bytes_free(&message);
    if (error.native != 0) {
        bytes_lit(out, ",\"errno\":");
        bytes_put_number(out, (unsigned long)error.native);
    }
    bytes_put_char(out, '}');
}

// The object it came in, up to its closing brace: what other programs put there stays as it was.
// One that does not say where it comes from gets the place where it stood.
static void put_open_object(struct bytes *out, const struct wire_item *item)
{
    struct str object = str_trim(item->object);
    struct str members = str_trim((struct str){ object.p + 1, object.n - 2 });

    bytes_put_char(out, '{');
    if (item->lacks_version)
        bytes_lit(out, "\"v\":1,");
    if (item->lacks_source) {
        bytes_lit(out, "\"source\":");
        put_source(out, &item->source);
        bytes_put_char(out, ',');
    }
    bytes_put_str(out, members);
    if (members.n > 0)
        bytes_put_char(out, ',');
}

void wire_put_item(struct bytes *out, const struct wire_item *item, say_fn *say)
{
    if (item->passed) {
        bytes_put_str(out, item->object);
        return;
    }
    if (item->object.n >= 2) {
        put_open_object(out, item);
    } else {
        wire_put_source(out, &item->source);
        bytes_put_char(out, ',');
    }
    if (item->record != NULL) {
        bytes_lit(out, "\"record\":");
        wire_put_record(out, item->record, say);
    } else {
        bytes_lit(out, "\"error\":");
        wire_put_error(out, item->error, (struct str){ "", 0 }, say);
    }
    bytes_put_char(out, '}');
}
