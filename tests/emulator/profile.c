// SPDX-License-Identifier: MIT
#include "profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool number_read(const char *s, int base, unsigned long most, unsigned long *out)
{
    char *end;
    errno = 0;
    *out = strtoul(s, &end, base);
    return *s >= '0' && *s <= 'f' && *end == '\0' && errno == 0 && *out <= most;
}

static bool u32_read(const char *s, uint32_t *out)
{
    unsigned long n;
    if (!number_read(s, 10, UINT32_MAX, &n))
        return false;
    *out = (uint32_t)n;
    return true;
}

static bool text_read(const char *s, char *out, size_t room)
{
    if (strlen(s) >= room)
        return false;
    snprintf(out, room, "%s", s);
    return true;
}

static bool bool_read(const char *s, bool *out)
{
    *out = strcmp(s, "yes") == 0;
    return *out || strcmp(s, "no") == 0;
}

// Which of the words, which end with NULL; -1: none.
static int word_read(const char *s, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(s, words[i]) == 0)
            return i;
    }
    return -1;
}

bool name_in(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; *at != '\0'; at += strcspn(at, ","), at += *at == ',') {
        if (strcspn(at, ",") == n && strncasecmp(at, name, n) == 0)
            return true;
    }
    return false;
}

static const char *const cipher_words[] = { "3des", "aes128", "aes192", "aes256", NULL };

// BSI TR-03110-3 A.1.1.1 and A.1.1.2: bsi-de protocols(2) smartcard(2) PACE(4) or CA(3).
static void oid_put(struct protocol *p, uint8_t arc, uint8_t kind)
{
    const uint8_t oid[10] = { 0x04, 0x00, 0x7F, 0x00, 0x07,
                              0x02, 0x02, arc,  kind, (uint8_t)(p->cipher + 1) };
    memcpy(p->oid, oid, sizeof oid);
}

// "ecdh-gm-aes128:13"
static bool pace_read(const char *s, struct protocol *p)
{
    static const char *const kinds[] = { "dh-gm-", "ecdh-gm-", "dh-im-", "ecdh-im-", "ecdh-cam-" };
    static const uint8_t arcs[] = { 1, 2, 3, 4, 6 };
    char name[32];
    const char *colon = strchr(s, ':');
    unsigned long parameter = 13;
    snprintf(name, sizeof name, "%.*s", colon != NULL ? (int)(colon - s) : 31, s);
    if (colon != NULL && !number_read(colon + 1, 10, 31, &parameter))
        return false;
    for (size_t i = 0; i < 5; i++) {
        size_t n = strlen(kinds[i]);
        int cipher = strncmp(name, kinds[i], n) == 0 ? word_read(name + n, cipher_words) : -1;
        if (cipher < 0)
            continue;
        *p = (struct protocol){ .ec = kinds[i][0] == 'e', .cipher = (enum cipher)cipher };
        p->mapping = i < 2 ? MAP_GM : i < 4 ? MAP_IM : MAP_CAM;
        p->parameter = (unsigned)parameter;
        oid_put(p, 4, arcs[i]);
        return true;
    }
    return false;
}

// "ecdh-aes128"
static bool ca_read(const char *s, struct protocol *p)
{
    bool ec = strncmp(s, "ecdh-", 5) == 0;
    if (!ec && strncmp(s, "dh-", 3) != 0)
        return false;
    int cipher = word_read(s + (ec ? 5 : 3), cipher_words);
    if (cipher < 0)
        return false;
    *p = (struct protocol){ .ec = ec, .cipher = (enum cipher)cipher };
    oid_put(p, 3, ec ? 2 : 1);
    return true;
}

static bool protocols_read(const char *s, bool (*read)(const char *, struct protocol *),
                           struct protocol *out, size_t *n)
{
    char copy[256], *rest = copy, *word;
    *n = 0;
    if (strcmp(s, "none") == 0)
        return true;
    if (!text_read(s, copy, sizeof copy))
        return false;
    while ((word = strsep(&rest, ",")) != NULL) {
        if (*n == PROTOCOLS_MAX || !read(word, &out[*n]))
            return false;
        ++*n;
    }
    return true;
}

// "N:kind", "N:sw=XXXX", "N:slow=MS"; ":always" after it.
static bool fault_read(const char *s, struct profile *p)
{
    static const char *const kinds[] = {
        "lost", "wrong-mac", "plain-answer", "short-answer", "garbage", "mute", NULL
    };
    char copy[64], *rest = copy;
    if (p->n_fault == FAULTS_MAX || !text_read(s, copy, sizeof copy))
        return false;
    struct fault *f = &p->fault[p->n_fault];
    *f = (struct fault){ 0 };
    const char *at = strsep(&rest, ":");
    const char *kind = strsep(&rest, ":");
    const char *always = strsep(&rest, ":");
    unsigned long value = 0;
    if (kind == NULL || !u32_read(at, &f->at) || (always != NULL && strcmp(always, "always") != 0))
        return false;
    f->always = always != NULL;
    int word = word_read(kind, kinds);
    if (word >= 0) {
        f->kind = (enum fault_kind)word;
    } else if (strncmp(kind, "sw=", 3) == 0 && number_read(kind + 3, 16, 0xFFFF, &value)) {
        f->kind = FAULT_SW;
    } else if (strncmp(kind, "slow=", 5) == 0 && number_read(kind + 5, 10, 86400000, &value)) {
        f->kind = FAULT_SLOW;
    } else {
        return false;
    }
    f->value = (uint32_t)value;
    p->n_fault++;
    return true;
}

static bool access_read(const char *s, struct profile *p)
{
    p->has_pace = name_in(s, "pace");
    p->has_bac = name_in(s, "bac");
    return p->has_pace || p->has_bac || strcmp(s, "none") == 0;
}

static bool hex_read(const char *s, struct buf *out)
{
    buf_clear(out);
    buf_put_hex(out, s);
    return !out->full;
}

static bool words_set(struct profile *p, const char *key, const char *value, bool *known)
{
    static const char *const accesses[] = { "real",    "constant", "refuse-after-select",
                                            "refused", "absent",   NULL };
    static const char *const ends[] = { "6282", "9000", "6cxx", "6b00", NULL };
    static const char *const longs[] = { "less", "6700", "6cxx", "chain", NULL };
    static const char *const authentications[] = { "none", "rsa", "ecdsa", NULL };
    int word;
    *known = true;
    if (strcmp(key, "card_access") == 0) {
        p->card_access = (enum card_access)(word = word_read(value, accesses));
    } else if (strcmp(key, "at_end") == 0) {
        p->at_end = (enum at_end)(word = word_read(value, ends));
    } else if (strcmp(key, "too_long") == 0) {
        p->too_long = (enum too_long)(word = word_read(value, longs));
    } else if (strcmp(key, "aa") == 0) {
        word = word_read(value, authentications);
        return word >= 0 && text_read(value, p->aa, sizeof p->aa);
    } else {
        *known = false;
        return false;
    }
    return word >= 0;
}

static bool numbers_set(struct profile *p, const char *key, const char *value, bool *known)
{
    const struct {
        const char *key;
        uint32_t *number;
    } table[] = {
        { "max_answer", &p->max_answer },
        { "tries", &p->tries },
        { "delay_us", &p->delay_us },
        { "wrong_delay_ms", &p->wrong_delay_ms },
        { "date", &p->date },
        { "lost_ms", &p->lost_ms },
        { "bitrate", &p->bitrate },
    };
    *known = true;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(key, table[i].key) == 0)
            return u32_read(value, table[i].number);
    }
    *known = false;
    return false;
}

static bool others_set(struct profile *p, const char *key, const char *value)
{
    unsigned long n;
    if (strcmp(key, "ca_key_id") == 0 && number_read(value, 10, 255, &n))
        return p->ca_key_id = (int)n, true;
    if (strcmp(key, "sm_missing") == 0 && number_read(value, 16, 0xFFFF, &n))
        return p->sm_missing = (uint16_t)n, true;
    if (strcmp(key, "can") == 0)
        return text_read(value, p->can, sizeof p->can);
    if (strcmp(key, "mrz") == 0)
        return text_read(value, p->mrz, sizeof p->mrz);
    if (strcmp(key, "aa_hash") == 0)
        return text_read(value, p->aa_hash, sizeof p->aa_hash);
    if (strcmp(key, "trust") == 0)
        return text_read(value, p->trust, sizeof p->trust);
    if (strcmp(key, "absent") == 0)
        return text_read(value, p->absent, sizeof p->absent);
    if (strcmp(key, "refused") == 0)
        return text_read(value, p->refused, sizeof p->refused);
    if (strcmp(key, "mf") == 0)
        return bool_read(value, &p->mf);
    if (strcmp(key, "extended") == 0)
        return bool_read(value, &p->extended);
    if (strcmp(key, "no_short_ids") == 0)
        return bool_read(value, &p->no_short_ids);
    if (strcmp(key, "plain_refusals") == 0)
        return bool_read(value, &p->plain_refusals);
    if (strcmp(key, "access") == 0)
        return access_read(value, p);
    if (strcmp(key, "pace") == 0)
        return protocols_read(value, pace_read, p->pace, &p->n_pace);
    if (strcmp(key, "ca") == 0)
        return protocols_read(value, ca_read, p->ca, &p->n_ca);
    if (strcmp(key, "fault") == 0)
        return fault_read(value, p);
    if (strcmp(key, "atr") == 0)
        return hex_read(value, p->atr);
    if (strcmp(key, "password_key") == 0)
        return hex_read(value, p->password_key) && p->password_key->n <= KEY_MAX;
    if (strcmp(key, "fixed_random") == 0)
        return hex_read(value, p->fixed_random);
    return false;
}

bool profile_set(struct profile *p, const char *key, const char *value)
{
    bool known;
    bool ok = words_set(p, key, value, &known);
    if (known)
        return ok;
    ok = numbers_set(p, key, value, &known);
    return known ? ok : others_set(p, key, value);
}

bool profile_init(struct profile *p)
{
    *p = (struct profile){ .has_pace = true,
                           .has_bac = true,
                           .extended = true,
                           .ca_key_id = -1,
                           .card_access = ACCESS_FILE_CONSTANT,
                           .sm_missing = 0x6982,
                           .max_answer = 65536,
                           .lost_ms = 500,
                           .mute_ms = 2000 };
    p->atr = calloc(1, sizeof *p->atr);
    p->fixed_random = calloc(1, sizeof *p->fixed_random);
    p->password_key = calloc(1, sizeof *p->password_key);
    // PC/SC part 3, 3.1.3.2.3.1: a contactless card of type A without historical bytes.
    return p->atr != NULL && p->fixed_random != NULL && p->password_key != NULL &&
           profile_set(p, "atr", "3B80800101") && profile_set(p, "pace", "ecdh-gm-aes128:13") &&
           profile_set(p, "ca", "ecdh-aes128") && profile_set(p, "aa", "rsa") &&
           profile_set(p, "aa_hash", "sha256") && profile_set(p, "can", "000001") &&
           profile_set(p, "refused", "DG3");
}

void profile_free(struct profile *p)
{
    free(p->atr);
    free(p->fixed_random);
    free(p->password_key);
    *p = (struct profile){ 0 };
}

bool profile_load(struct profile *p, const char *path)
{
    char line[512];
    bool ok = true;
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return errno == ENOENT;
    while (ok && fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        char *value = strchr(line, '=');
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (value != NULL)
            *value++ = '\0';
        ok = value != NULL && profile_set(p, line, value);
        if (!ok)
            fprintf(stderr, "card_emulator: %s: not understood: %s\n", path, line);
    }
    fclose(f);
    return ok;
}
