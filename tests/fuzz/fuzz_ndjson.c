// SPDX-License-Identifier: MIT
// Any line as an object of another program: what is passed on is JSON, and masked it is anonymous.
#include "check.h"
#include "person/mask.h"

static void check_record(struct arena *arena, const struct wire_object *object)
{
    struct bytes out = { 0 };
    require_same_when_read(arena, object->record);
    struct record r = *object->record;
    record_mask(&r, arena);
    wire_put_record(&out, &r, as_it_is);
    json_decref(json_of(bytes_str(&out)));
    bytes_free(&out);
}

// What the item says as a whole line.
static void check_item(const struct wire_object *object)
{
    struct wire_item item = { .source = { .line = 1, .lines = 1 },
                              .record = object->record,
                              .error = { ERROR_NOT_A_CARD, 0 },
                              .object = object->text,
                              .lacks_version = !object->has_version,
                              .lacks_source = !object->has_source };
    struct bytes out = { 0 };
    wire_put_item(&out, &item, as_it_is);
    json_t *line = json_of(bytes_str(&out));
    require(json_object_get(line, "v") != NULL && json_object_get(line, "source") != NULL);
    require((json_object_get(line, "record") == NULL) != (json_object_get(line, "error") == NULL));
    json_decref(line);
    bytes_free(&out);
}

static void check_anonymous(struct str text)
{
    const char *key;
    json_t *value, *object = json_of(text);
    json_object_foreach(object, key, value)
        require(str_eq(str_of(key), STR("v")) || str_eq(str_of(key), STR("source")) ||
                str_eq(str_of(key), STR("error")) || str_eq(str_of(key), STR("symbol")));
    json_t *symbol = json_object_get(object, "symbol");
    require(json_object_get(symbol, "text") == NULL && json_object_get(symbol, "bytes") == NULL);
    json_decref(object);
}

static void read_as(struct arena *arena, struct str line, bool masked)
{
    struct wire_object object;

    require(wire_object_read(arena, line, masked, &object));
    if (object.kind == WIRE_OBJECT_INVALID) {
        require(str_eq(object.text, line));
        return;
    }
    json_decref(json_of(object.text));
    if (object.kind == WIRE_OBJECT_RECORD)
        check_record(arena, &object);
    if (object.kind != WIRE_OBJECT_ERROR)
        check_item(&object);
    if (masked)
        check_anonymous(object.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct str line = { (const char *)data, size };

    read_as(&arena, line, false);
    read_as(&arena, line, true);
    arena_free(&arena);
    return 0;
}
