// SPDX-License-Identifier: MIT
#include "wire/record_read.h"

#include "person/mask.h"
#include "wire/record_value.h"

static struct str string_member(struct arena *arena, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return (struct str){ "", 0 };
    struct str s = { json_string_value(value), json_string_length(value) };
    return arena_copy(arena, s);
}

static void read_stated(struct arena *arena, const json_t *object, struct record *r)
{
    for (enum field field = FIELD_ID; field <= FIELD_CARD; field++) {
        const json_t *value = json_object_get(object, field_name(field));
        if (json_is_string(value))
            record_take(r, field, string_member(arena, object, field_name(field)));
        else if (json_is_null(value))
            record_take_none(r, field);
    }
}

static void read_extra(struct arena *arena, const json_t *object, struct record *r)
{
    const json_t *extra = json_object_get(object, "extra");
    for (size_t i = 0; i < json_array_size(extra) && i < RECORD_EXTRA_MAX; i++) {
        const json_t *value = json_array_get(extra, i);
        struct str s = { json_string_value(value), json_string_length(value) };
        r->extra[r->extra_count++] = json_is_string(value) ? arena_copy(arena, s) : STR("");
    }
}

static bool is_mrz_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i]) && (s.p[i] < 'A' || s.p[i] > 'Z') && s.p[i] != '<')
            return false;
    return true;
}

// The name of a zone as the record gave it; nothing that could not have come from one.
static struct str read_name_ascii(struct arena *arena, const json_t *object)
{
    struct str s = string_member(arena, json_object_get(object, "derived"), "name_ascii");
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < 'A' || s.p[i] > 'Z') && s.p[i] != ' ' && s.p[i] != '*')
            return (struct str){ "", 0 };
    return s;
}

static void read_mrz(struct arena *arena, const json_t *object, struct record *r)
{
    const json_t *mrz = json_object_get(object, "mrz");
    const json_t *lines = json_object_get(mrz, "lines");
    if (json_array_size(lines) != 3)
        return;
    for (size_t i = 0; i < 3; i++) {
        const json_t *line = json_array_get(lines, i);
        struct str s = { json_string_value(line), json_string_length(line) };
        if (!json_is_string(line) || !is_mrz_text(s))
            return;
        r->mrz[i] = arena_copy(arena, s);
    }
    r->mrz_surname = string_member(arena, mrz, "surname");
    r->mrz_given = string_member(arena, mrz, "given_names");
    r->stated |= FIELD_BIT(FIELD_MRZ);
}

static enum field field_from_name(const char *name)
{
    for (size_t i = 0; name != NULL && i < FIELD_COUNT; i++)
        if (str_eq(str_of(field_name((enum field)i)), str_of(name)))
            return (enum field)i;
    return FIELD_NONE;
}

static void read_problem(struct arena *arena, const json_t *object, struct record *r)
{
    const char *code = json_string_value(json_object_get(object, "code"));
    const char *field = json_string_value(json_object_get(object, "field"));

    for (size_t i = 0; code != NULL && i < PROBLEM_COUNT; i++)
        if (str_eq(str_of(problem_name((enum problem_code)i)), str_of(code)))
            record_add_problem(r, (enum problem_code)i, field_from_name(field),
                               string_member(arena, object, "value"));
}

static void read_problems(struct arena *arena, const json_t *object, struct record *r)
{
    const json_t *problems = json_object_get(object, "problems");
    for (size_t i = 0; i < json_array_size(problems) && i < RECORD_PROBLEM_MAX; i++)
        read_problem(arena, json_array_get(problems, i), r);
}

// Kinds are constants of this program: an unknown one is not taken over.
static void read_repair(struct arena *arena, const json_t *object, struct record *r)
{
    const json_t *repair = json_object_get(object, "repair");
    const json_t *original = json_object_get(repair, "original");
    struct str kind = string_member(arena, repair, "kind");
    bool certain = str_eq(string_member(arena, repair, "confidence"), STR("certain"));

    for (enum damage_kind k = DAMAGE_NONE; k < DAMAGE_KIND_COUNT; k++) {
        if (!str_eq(str_of(damage_name(k)), kind))
            continue;
        record_set_repair(r, damage_name(k), certain, FIELD_NONE,
                          string_member(arena, original, "line"));
        for (size_t f = FIELD_ID; f < FIELD_COUNT; f++)
            r->original[f] = string_member(arena, original, field_name((enum field)f));
    }
}

bool wire_record_read(struct arena *arena, const json_t *object, struct record *r)
{
    record_clear(r);
    read_stated(arena, object, r);
    read_extra(arena, object, r);
    read_mrz(arena, object, r);
    read_repair(arena, object, r);
    read_problems(arena, object, r);
    record_derive(r, arena);
    if ((r->stated & FIELD_BIT(FIELD_NAME)) == 0 || record_is_masked(r))
        r->derived.name_ascii = read_name_ascii(arena, object);
    return !arena->failed;
}
