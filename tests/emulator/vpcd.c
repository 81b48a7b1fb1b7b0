// SPDX-License-Identifier: MIT
// card_emulator [OPTIONS] FOLDER: the card in FOLDER, in a vpcd reader or on standard input.
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "card.h"
#include "faults.h"

struct link {
    int in, out;
    bool is_socket;
};

static volatile sig_atomic_t stop, tell;

static void on_signal(int number)
{
    if (number == SIGUSR1)
        tell = 1;
    else
        stop = 1;
}

static void signals_set(void)
{
    struct sigaction action = { .sa_handler = on_signal };
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

// Written whole, or not at all: who reads it may come at any time.
static void counts_write(const struct card *c, const char *path)
{
    char beside[4096];
    const struct counts *n = &c->counts;
    if (path == NULL)
        return;
    snprintf(beside, sizeof beside, "%s.new", path);
    FILE *f = fopen(beside, "we");
    if (f == NULL)
        return;
    fprintf(f,
            "apdus=%llu\nbytes_in=%llu\nbytes_out=%llu\npace_runs=%llu\nbac_runs=%llu\n"
            "ca_runs=%llu\naa_runs=%llu\nwrong_keys=%llu\n"
            "ta_runs=%llu\nta_certificates=%llu\nguarded=%llu\n",
            (unsigned long long)n->apdus, (unsigned long long)n->bytes_in,
            (unsigned long long)n->bytes_out, (unsigned long long)n->pace_runs,
            (unsigned long long)n->bac_runs, (unsigned long long)n->ca_runs,
            (unsigned long long)n->aa_runs, (unsigned long long)n->wrong_keys,
            (unsigned long long)n->ta_runs, (unsigned long long)n->ta_certificates,
            (unsigned long long)n->guarded);
    if (fclose(f) == 0)
        rename(beside, path);
}

static void counts_when_asked(const struct card *c, const char *path)
{
    if (tell) {
        tell = 0;
        counts_write(c, path);
    }
}

// A delayed acknowledgement costs the driver 40 ms a command.
static void acknowledge_quickly(const struct link *l)
{
    int on = 1;
    if (l->is_socket)
        setsockopt(l->in, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

static bool all_read(const struct link *l, uint8_t *b, size_t n, const struct card *c,
                     const char *counts)
{
    while (n > 0 && !stop) {
        acknowledge_quickly(l);
        ssize_t got = read(l->in, b, n);
        if (got < 0 && errno == EINTR) {
            counts_when_asked(c, counts);
            continue;
        }
        if (got <= 0)
            return false;
        b += got;
        n -= (size_t)got;
    }
    return n == 0;
}

static bool frame_write(const struct link *l, const struct buf *answer)
{
    static uint8_t frame[BUF_MAX + 2];
    size_t n = answer->n <= 0xFFFF ? answer->n : 0, at = 0;
    frame[0] = (uint8_t)(n >> 8);
    frame[1] = (uint8_t)n;
    memcpy(frame + 2, answer->b, n);
    while (at < n + 2) {
        ssize_t put = write(l->out, frame + at, n + 2 - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += (size_t)put;
    }
    return true;
}

enum served { SERVED_END, SERVED_LOST };

// One frame of vpcd. On standard output a card that is lost or mute gives an empty answer.
static bool frame_serve(struct card *c, const struct link *l, struct view in, bool *lost)
{
    static struct buf out;
    buf_clear(&out);
    if (in.n == 1 && in.b[0] == 0x04)
        return frame_write(l, c->profile.atr);
    if (in.n == 1) {
        if (in.b[0] <= 0x02)
            card_power(c, in.b[0] != 0x00);
        return true;
    }
    if (!c->powered && !l->is_socket)
        return frame_write(l, &out);
    enum transmit done = card_transmit(c, in, &out);
    if (done == TRANSMIT_ANSWER)
        return frame_write(l, &out);
    buf_clear(&out);
    // A reader gives a mute card up after a time; the driver of vpcd would wait without end.
    if (done == TRANSMIT_MUTE && l->is_socket)
        wait_ms(c->profile.mute_ms);
    *lost = done == TRANSMIT_LOST || l->is_socket;
    if (*lost)
        card_power(c, false);
    return l->is_socket || frame_write(l, &out);
}

static enum served link_serve(struct card *c, const struct link *l, const char *counts)
{
    static uint8_t body[0x10000];
    uint8_t head[2];
    bool lost = false;
    while (!stop && all_read(l, head, 2, c, counts)) {
        size_t n = (size_t)head[0] << 8 | head[1];
        if (!all_read(l, body, n, c, counts) || !frame_serve(c, l, (struct view){ body, n }, &lost))
            break;
        counts_when_asked(c, counts);
        if (lost && l->is_socket)
            return SERVED_LOST;
    }
    return SERVED_END;
}

static int reader_connect(void)
{
    const char *host = getenv("VPCD_HOST"), *port = getenv("VPCD_PORT");
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
    int s = -1;
    if (getaddrinfo(host != NULL ? host : "127.0.0.1", port != NULL ? port : "35963", &hints,
                    &found) != 0)
        return -1;
    for (const struct addrinfo *a = found; a != NULL && s < 0; a = a->ai_next) {
        s = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (s >= 0 && connect(s, a->ai_addr, a->ai_addrlen) != 0) {
            close(s);
            s = -1;
        }
    }
    freeaddrinfo(found);
    if (s >= 0) {
        int on = 1;
        setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return s;
}

static int reader_serve(struct card *c, const char *counts)
{
    enum served served = SERVED_LOST;
    while (served == SERVED_LOST && !stop) {
        int s = -1;
        for (int tries = 0; s < 0 && tries < 50 && !stop; tries++) {
            if (tries > 0)
                wait_ms(100);
            s = reader_connect();
        }
        if (s < 0) {
            fprintf(stderr, "card_emulator: no vpcd reader there\n");
            return 1;
        }
        served = link_serve(c, &(struct link){ s, s, true }, counts);
        close(s);
        if (served == SERVED_LOST)
            wait_ms(c->profile.lost_ms);
    }
    return 0;
}

struct options {
    const char *folder, *counts;
    bool stdio;
};

// "--KEY=VALUE" are lines of the profile, with - for _.
static bool setting_read(struct profile *p, const char *option)
{
    char key[64];
    const char *value = strchr(option, '=');
    if (value == NULL || (size_t)(value - option) >= sizeof key)
        return false;
    snprintf(key, sizeof key, "%.*s", (int)(value - option), option);
    for (char *k = key; *k != '\0'; k++)
        *k = *k == '-' ? '_' : *k;
    return profile_set(p, key, value + 1);
}

static bool options_read(int argc, char **argv, struct options *o, struct profile *p)
{
    *o = (struct options){ 0 };
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0)
            o->folder = argv[i];
    }
    if (o->folder != NULL) {
        char path[4096];
        snprintf(path, sizeof path, "%s/profile.txt", o->folder);
        if (!profile_load(p, path))
            return false;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--stdio") == 0) {
            o->stdio = true;
        } else if (strncmp(argv[i], "--counts=", 9) == 0) {
            o->counts = argv[i] + 9;
        } else if (strncmp(argv[i], "--", 2) == 0 && !setting_read(p, argv[i] + 2)) {
            fprintf(stderr, "card_emulator: not understood: %s\n", argv[i]);
            return false;
        }
    }
    return o->folder != NULL;
}

int main(int argc, char **argv)
{
    struct options o;
    int status = 2;
    struct card *c = calloc(1, sizeof *c);
    signals_set();
    if (c == NULL || !profile_init(&c->profile)) {
        fprintf(stderr, "card_emulator: no memory\n");
    } else if (!options_read(argc, argv, &o, &c->profile)) {
        fprintf(stderr, "usage: card_emulator [--stdio] [--counts=FILE] [--KEY=VALUE]... FOLDER\n");
    } else if (card_load(c, o.folder)) {
        status = 0;
        if (o.stdio)
            link_serve(c, &(struct link){ STDIN_FILENO, STDOUT_FILENO, false }, o.counts);
        else
            status = reader_serve(c, o.counts);
        counts_write(c, o.counts);
    }
    if (c != NULL) {
        card_free(c);
        profile_free(&c->profile);
    }
    free(c);
    return status;
}
