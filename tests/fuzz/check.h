// SPDX-License-Identifier: MIT
// What fuzz targets demand of outputs.
#ifndef FUZZ_CHECK_H
#define FUZZ_CHECK_H

#include "fuzz.h"
#include "text/utf8.h"
#include "wire/item.h"
#include "wire/object.h"

#include <jansson.h>
#include <stdlib.h>

static inline void require(bool condition)
{
    if (!condition)
        abort();
}

static inline bool holds(struct str text, struct str part)
{
    return part.n > 0 && memmem(text.p, text.n, part.p, part.n) != NULL;
}

static inline const char *as_it_is(const char *sentence)
{
    return sentence;
}

// The JSON object that this text is; it must be one, and its text valid UTF-8.
static inline json_t *json_of(struct str text)
{
    require(utf8_is_valid(text));
    json_t *value = json_loadb(
        text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
    require(json_is_object(value));
    return value;
}

// The record as JSON, read, and as JSON again: nothing may change. Only originals that are no text
// are not read back.
static inline void require_same_when_read(struct arena *arena, const struct record *r)
{
    struct bytes first = { 0 }, second = { 0 };
    struct wire_object object;

    bytes_lit(&first, "{\"v\":1,\"source\":{},\"record\":");
    wire_put_record(&first, r, as_it_is);
    bytes_lit(&first, "}");
    json_t *a = json_of(bytes_str(&first));
    require(wire_object_read(arena, bytes_str(&first), false, &object));
    require(object.kind == WIRE_OBJECT_RECORD);
    wire_put_record(&second, object.record, as_it_is);
    json_t *b = json_of(bytes_str(&second));
    json_t *record = json_object_get(a, "record");
    json_object_del(json_object_get(record, "repair"), "original_base64");
    require(json_equal(record, b));
    json_decref(a);
    json_decref(b);
    bytes_free(&first);
    bytes_free(&second);
}

#endif
