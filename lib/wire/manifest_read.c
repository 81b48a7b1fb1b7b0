// SPDX-License-Identifier: MIT
#include "wire/manifest.h"

#include <jansson.h>

struct reading {
    struct arena *arena;
    bool wrong;
};

static struct str text_of(struct reading *r, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (value != NULL && !json_is_string(value))
        r->wrong = true;
    if (!json_is_string(value))
        return (struct str){ "", 0 };
    struct str s = { json_string_value(value), json_string_length(value) };
    return arena_copy(r->arena, s);
}

static uint64_t count_of(struct reading *r, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (value != NULL && (!json_is_integer(value) || json_integer_value(value) < 0))
        r->wrong = true;
    return (uint64_t)json_integer_value(value);
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// In place: half as long.
static struct str bytes_of_hex(struct reading *r, struct str hex)
{
    char *p = (char *)hex.p;

    r->wrong |= hex.n % 2 != 0;
    for (size_t i = 0; i < hex.n / 2; i++) {
        int high = nibble(hex.p[2 * i]), low = nibble(hex.p[2 * i + 1]);
        if (high < 0 || low < 0)
            r->wrong = true;
        else
            p[i] = (char)((unsigned)high << 4 | (unsigned)low);
    }
    return (struct str){ p, hex.n / 2 };
}

static void hash_of(struct reading *r, const json_t *object, uint8_t hash[SHA256_SIZE])
{
    struct str bytes = bytes_of_hex(r, text_of(r, object, "sha256"));

    if (bytes.n == SHA256_SIZE)
        memcpy(hash, bytes.p, SHA256_SIZE);
    else
        r->wrong |= bytes.n > 0;
}

// What lies in the folder, and nowhere else.
static struct str path_of(struct reading *r, const json_t *object)
{
    struct str path = text_of(r, object, "path");

    if (str_find(path, '/') < path.n || str_find(path, '\0') < path.n || str_starts(path, STR(".")))
        r->wrong = true;
    return path;
}

static const json_t *list_of(struct reading *r, const json_t *root, const char *name, size_t most)
{
    const json_t *list = json_object_get(root, name);

    r->wrong |= (list != NULL && !json_is_array(list)) || json_array_size(list) > most;
    return r->wrong ? NULL : list;
}

static void read_files(struct reading *r, const json_t *root, struct manifest *out)
{
    const json_t *list = list_of(r, root, "files", MANIFEST_FILES_MAX);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        struct manifest_file *f = &out->file[out->files++];
        *f = (struct manifest_file){ .name = text_of(r, object, "file"),
                                     .path = path_of(r, object),
                                     .length = count_of(r, object, "bytes"),
                                     .error = text_of(r, object, "error"),
                                     .listed = json_is_true(json_object_get(object, "listed")) };
        hash_of(r, object, f->sha256);
        r->wrong |= f->name.n == 0;
    }
}

static void read_items(struct reading *r, json_t *transcript, struct manifest_proof *proof)
{
    const char *name;
    json_t *value;

    json_object_foreach(transcript, name, value)
    {
        if (proof->items == MANIFEST_ITEMS_MAX || !json_is_string(value)) {
            r->wrong = true;
            return;
        }
        struct str hex = { json_string_value(value), json_string_length(value) };
        proof->item[proof->items++] =
            (struct manifest_item){ arena_copy(r->arena, str_of(name)),
                                    bytes_of_hex(r, arena_copy(r->arena, hex)) };
    }
}

static void read_proofs(struct reading *r, const json_t *root, struct manifest *out)
{
    const json_t *list = list_of(r, root, "proofs", MANIFEST_PROOFS_MAX);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        struct manifest_proof *p = &out->proof[out->proofs++];
        *p = (struct manifest_proof){ .kind = text_of(r, object, "proof"),
                                      .algorithm = text_of(r, object, "algorithm"),
                                      .result = text_of(r, object, "result"),
                                      .detail = text_of(r, object, "detail") };
        read_items(r, json_object_get(object, "transcript"), p);
    }
}

static void read_images(struct reading *r, const json_t *root, struct manifest *out)
{
    const json_t *list = list_of(r, root, "images", MANIFEST_FILES_MAX);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        struct manifest_image *image = &out->image[out->images++];
        *image = (struct manifest_image){ .path = path_of(r, object),
                                          .format = text_of(r, object, "format"),
                                          .length = count_of(r, object, "bytes") };
        hash_of(r, object, image->sha256);
    }
}

static void read_members(struct reading *r, const json_t *root, struct manifest *out)
{
    const json_t *access = json_object_get(root, "access");

    out->time = text_of(r, root, "time");
    out->reader = text_of(r, root, "reader");
    out->atr = bytes_of_hex(r, text_of(r, root, "atr"));
    out->access = text_of(r, access, "protocol");
    out->key = text_of(r, access, "key");
    out->card_access_known = json_object_get(access, "card_access") != NULL;
    out->commands = count_of(r, root, "commands");
    out->sent = count_of(r, root, "bytes_sent");
    out->received = count_of(r, root, "bytes_received");
    out->restarts = (unsigned)count_of(r, root, "restarts");
    out->milliseconds = count_of(r, root, "ms");
    out->error = text_of(r, root, "error");
    r->wrong |= out->time.n == 0 || out->reader.n == 0; // evidence says when and where it was made
}

bool wire_manifest_read(struct arena *arena, struct str text, struct manifest *out)
{
    struct reading r = { .arena = arena };
    json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);

    *out = (struct manifest){ 0 };
    r.wrong = !json_is_object(root) || json_integer_value(json_object_get(root, "v")) != 1;
    if (!r.wrong) {
        read_members(&r, root, out);
        read_files(&r, root, out);
        read_proofs(&r, root, out);
        read_images(&r, root, out);
    }
    json_decref(root);
    return !r.wrong && !arena->failed;
}
