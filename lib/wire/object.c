// SPDX-License-Identifier: MIT
#include "wire/object.h"

#include "base/base64.h"
#include "base/wipe.h"
#include "wire/record_read.h"

#include <jansson.h>
#include <stdlib.h>

static struct str string_of(const json_t *value)
{
    if (!json_is_string(value))
        return (struct str){ NULL, 0 };
    return (struct str){ json_string_value(value), json_string_length(value) };
}

// The text of a symbol, or where the decoder could not make text of it, its bytes.
static bool symbol_payload(struct arena *arena, const json_t *symbol, struct str *payload)
{
    struct str text = string_of(json_object_get(symbol, "text"));
    struct str bytes = string_of(json_object_get(symbol, "bytes"));

    if (text.p != NULL)
        *payload = arena_copy(arena, text);
    return text.p != NULL || (bytes.p != NULL && base64_read(arena, bytes, payload));
}

static unsigned long count_of(const json_t *value)
{
    json_int_t n = json_integer_value(value);
    return n > 0 ? (unsigned long)n : 0;
}

static void look_at_source(struct arena *arena, const json_t *root, struct wire_object *out)
{
    const json_t *source = json_object_get(root, "source");

    // what is no object says nothing, and would stand there twice beside ours
    if (source != NULL && !json_is_object(source))
        out->source_goes = true;
    out->has_version = json_object_get(root, "v") != NULL;
    out->has_source = json_is_object(source);
    out->path = arena_copy(arena, string_of(json_object_get(source, "path")));
    out->path_escaped = json_is_true(json_object_get(source, "path_escaped"));
    out->page = count_of(json_object_get(source, "page"));
    out->line = count_of(json_object_get(source, "line"));
}

static struct record *record_of(struct arena *arena, const json_t *value)
{
    struct record *record = json_is_object(value) ? arena_alloc(arena, sizeof *record) : NULL;
    return record != NULL && wire_record_read(arena, value, record) ? record : NULL;
}

static void look(struct arena *arena, const json_t *root, struct wire_object *out)
{
    const json_t *symbol = json_object_get(root, "symbol");
    const json_t *error = json_object_get(root, "error");

    out->has_chip = json_object_get(root, "chip") != NULL;
    if (json_is_object(error))
        out->error_code = arena_copy(arena, string_of(json_object_get(error, "code")));
    else
        out->record = record_of(arena, json_object_get(root, "record"));
    if (json_is_object(symbol) && symbol_payload(arena, symbol, &out->payload))
        out->kind = WIRE_OBJECT_SYMBOL;
    else if (json_is_object(error))
        out->kind = WIRE_OBJECT_ERROR;
    else
        out->kind = out->record != NULL ? WIRE_OBJECT_RECORD : WIRE_OBJECT_OTHER;
}

static void keep_anonymous(json_t *root)
{
    static const char *const kept[] = { "v", "source", "error", "symbol" };
    const char *key;
    json_t *value;
    void *next;

    json_object_foreach_safe(root, next, key, value)
    {
        bool keep = false;
        for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
            keep |= str_eq(str_of(key), str_of(kept[i]));
        if (!keep)
            json_object_del(root, key);
    }
    json_t *symbol = json_object_get(root, "symbol");
    json_object_del(symbol, "text");
    json_object_del(symbol, "bytes");
}

static bool dump(struct arena *arena, const json_t *root, struct str *out)
{
    char *text = json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(15));
    if (text == NULL)
        return false;
    *out = arena_copy(arena, str_of(text));
    wipe_free(text);
    return !arena->failed;
}

// The object as it is to be passed on: as it came wherever possible, so that not a digit of a
// number changes; written anew only where something has to go.
static bool pass_on(struct arena *arena, json_t *root, bool masked, struct wire_object *out)
{
    bool error_goes = out->kind != WIRE_OBJECT_ERROR && json_object_get(root, "error") != NULL;
    bool record_goes = json_object_get(root, "record") != NULL;

    if (!masked && !error_goes && !record_goes && !out->source_goes)
        return true;
    if (out->source_goes)
        json_object_del(root, "source");
    json_object_del(root, "record");
    if (error_goes)
        json_object_del(root, "error");
    if (masked)
        keep_anonymous(root);
    return dump(arena, root, &out->text);
}

// jansson does not always tell lack of memory from bad input.
static bool alloc_failed;

static void *watched_malloc(size_t n)
{
    void *p = malloc(n);
    alloc_failed |= p == NULL;
    return p;
}

// An integer beyond 64 bits is valid JSON; only where there is one need it become a real number.
static json_t *load(struct str line, json_error_t *error)
{
    size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;

    json_set_alloc_funcs(watched_malloc, wipe_free); // what it parses is a person's data
    alloc_failed = false;
    json_t *root = json_loadb(line.p, line.n, flags, error);

    if (root == NULL && json_error_code(error) == json_error_numeric_overflow)
        root = json_loadb(line.p, line.n, flags | JSON_DECODE_INT_AS_REAL, error);
    return root;
}

bool wire_object_read(struct arena *arena, struct str line, bool masked, struct wire_object *out)
{
    json_error_t error;

    *out = (struct wire_object){ .kind = WIRE_OBJECT_INVALID, .text = line };
    json_t *root = load(line, &error);
    if (!json_is_object(root)) {
        json_decref(root);
        return !alloc_failed;
    }
    look_at_source(arena, root, out);
    look(arena, root, out);
    bool ok = pass_on(arena, root, masked, out) && !arena->failed;
    json_decref(root);
    return ok && !alloc_failed;
}

bool wire_object_drop_chip(struct arena *arena, struct str *line)
{
    json_error_t error;
    json_t *root = load(*line, &error);

    json_object_del(root, "chip");
    if (!json_is_object(json_object_get(root, "source")))
        json_object_del(root, "source");
    bool ok = json_is_object(root) && dump(arena, root, line);
    json_decref(root);
    return ok;
}
