// SPDX-License-Identifier: MIT
#include "eac_channel.h"

static int to_card, from_card;

void fail(const char *what)
{
    fprintf(stderr, "eac_terminal: %s\n", what);
    exit(1);
}

void put(struct span *s, const void *b, size_t n)
{
    if (n > ROOM - s->n)
        fail("too long");
    memcpy(s->b + s->n, b, n);
    s->n += n;
}

void put_tlv(struct span *s, uint8_t tag, const void *b, size_t n)
{
    const uint8_t head[4] = { tag, 0x82, (uint8_t)(n >> 8), (uint8_t)n };
    put(s, head, 1);
    if (n > 0xFF)
        put(s, head + 1, 3);
    else if (n > 0x7F)
        put(s, (const uint8_t[]){ 0x81, (uint8_t)n }, 2);
    else
        put(s, head + 3, 1);
    put(s, b, n);
}

// The object at *at: its tag, and its value in *value; *at goes behind it.
int take(const uint8_t **at, const uint8_t *end, const uint8_t **value, size_t *n)
{
    const uint8_t *b = *at;
    if (end - b < 2)
        return -1;
    int tag = *b++;
    *n = *b++;
    if (*n > 0x80) {
        int more = (int)*n & 0x7F;
        for (*n = 0; more > 0 && b < end; more--)
            *n = *n << 8 | *b++;
    }
    if (*n > (size_t)(end - b))
        return -1;
    *value = b;
    *at = b + *n;
    return tag;
}

const uint8_t *find(const uint8_t *b, size_t n, int tag, size_t *found)
{
    const uint8_t *end = b + n, *value;
    for (int t; (t = take(&b, end, &value, found)) >= 0;) {
        if (t == tag)
            return value;
    }
    return NULL;
}

// ---- the way to the card ----
static void bytes_read(uint8_t *b, size_t n)
{
    for (ssize_t got; n > 0; b += got, n -= (size_t)got) {
        if ((got = read(from_card, b, n)) <= 0)
            fail("the card is gone");
    }
}

static void frame_write(const uint8_t *b, size_t n)
{
    const uint8_t head[2] = { (uint8_t)(n >> 8), (uint8_t)n };
    if (write(to_card, head, 2) != 2 || write(to_card, b, n) != (ssize_t)n)
        fail("the card is gone");
}

// Short commands where they will do, extended ones else; gives the status word.
unsigned command(const uint8_t header[4], const struct span *data, bool le, struct span *answer)
{
    static struct span frame;
    uint8_t head[2];
    frame.n = 0;
    put(&frame, header, 4);
    if (data->n > 255)
        put(&frame, (const uint8_t[]){ 0, (uint8_t)(data->n >> 8), (uint8_t)data->n }, 3);
    else if (data->n > 0)
        put(&frame, (const uint8_t[]){ (uint8_t)data->n }, 1);
    put(&frame, data->b, data->n);
    if (le)
        put(&frame, "\0\0", data->n > 255 ? 2 : 1);
    frame_write(frame.b, frame.n);
    bytes_read(head, 2);
    answer->n = (size_t)head[0] << 8 | head[1];
    bytes_read(answer->b, answer->n);
    if (answer->n < 2)
        fail("no status word");
    answer->n -= 2;
    return (unsigned)answer->b[answer->n] << 8 | answer->b[answer->n + 1];
}

void card_start(const char *emulator, const char *folder)
{
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0)
        fail("pipe");
    if (fork() == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        execl(emulator, emulator, "--stdio", folder, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    to_card = to[1];
    from_card = from[0];
    frame_write((const uint8_t *)"\1", 1);
}

// ---- secure messaging, with libeac's ciphers and counter ----
BUF_MEM *mem_of(const uint8_t *b, size_t n)
{
    BUF_MEM *m = BUF_MEM_new();
    if (m == NULL || BUF_MEM_grow(m, n) != n)
        fail("memory");
    memcpy(m->data, b, n);
    return m;
}

static void mac_put(const EAC_CTX *ctx, const struct span *over, struct span *out)
{
    BUF_MEM *plain = mem_of(over->b, over->n), *padded = EAC_add_iso_pad(ctx, plain);
    BUF_MEM *mac = padded != NULL ? EAC_authenticate(ctx, padded) : NULL;
    if (mac == NULL)
        fail("EAC_authenticate");
    put_tlv(out, 0x8E, mac->data, mac->length);
    BUF_MEM_free(plain);
    BUF_MEM_free(padded);
    BUF_MEM_free(mac);
}

static void encrypted_put(const EAC_CTX *ctx, const struct span *data, struct span *out)
{
    static struct span value;
    BUF_MEM *plain = mem_of(data->b, data->n), *padded = EAC_add_iso_pad(ctx, plain);
    BUF_MEM *sealed = padded != NULL ? EAC_encrypt(ctx, padded) : NULL;
    if (sealed == NULL)
        fail("EAC_encrypt");
    value.n = 0;
    put(&value, "\1", 1);
    put(&value, sealed->data, sealed->length);
    put_tlv(out, 0x87, value.b, value.n);
    BUF_MEM_free(plain);
    BUF_MEM_free(padded);
    BUF_MEM_free(sealed);
}

static void answer_open(EAC_CTX *ctx, const struct span *sealed, struct span *answer)
{
    static struct span covered, expected;
    size_t n, n_mac;
    const uint8_t *mac = find(sealed->b, sealed->n, 0x8E, &n_mac);
    EAC_increment_ssc(ctx);
    covered.n = expected.n = answer->n = 0;
    if (mac == NULL || n_mac != 8)
        fail("an answer without checksum");
    put(&covered, sealed->b, (size_t)(mac - sealed->b) - 2);
    mac_put(ctx, &covered, &expected);
    if (memcmp(expected.b + 2, mac, 8) != 0)
        fail("an answer's checksum is wrong");
    const uint8_t *data = find(sealed->b, sealed->n, 0x87, &n);
    if (data == NULL)
        return;
    BUF_MEM *in = mem_of(data + 1, n - 1), *padded = EAC_decrypt(ctx, in);
    BUF_MEM *plain = padded != NULL ? EAC_remove_iso_pad(padded) : NULL;
    if (plain == NULL)
        fail("EAC_decrypt");
    put(answer, plain->data, plain->length);
    BUF_MEM_free(in);
    BUF_MEM_free(padded);
    BUF_MEM_free(plain);
}

unsigned protected_command(EAC_CTX *ctx, const uint8_t plain[4], const struct span *data,
                           uint8_t le, struct span *answer)
{
    static struct span objects, covered, sealed;
    const uint8_t header[4] = { plain[0] | 0x0C, plain[1], plain[2], plain[3] };
    BUF_MEM *head = mem_of(header, 4), *padded;
    EAC_increment_ssc(ctx);
    objects.n = covered.n = 0;
    if (data->n > 0)
        encrypted_put(ctx, data, &objects);
    if (le != 0)
        put_tlv(&objects, 0x97, &le, 1);
    padded = EAC_add_iso_pad(ctx, head);
    put(&covered, padded->data, padded->length);
    put(&covered, objects.b, objects.n);
    mac_put(ctx, &covered, &objects);
    BUF_MEM_free(head);
    BUF_MEM_free(padded);
    unsigned sw = command(header, &objects, true, &sealed);
    if (sealed.n > 0)
        answer_open(ctx, &sealed, answer);
    return sw;
}

void card_end(void)
{
    close(to_card);
}
