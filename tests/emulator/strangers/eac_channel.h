// SPDX-License-Identifier: MIT
// The way of a stranger's terminal to the emulated card: bytes, objects, commands, and secure
// messaging with libeac's ciphers and counter. Whatever goes wrong ends the program.
#ifndef STRANGERS_EAC_CHANNEL_H
#define STRANGERS_EAC_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <eac/eac.h>

enum { ROOM = 70000, STEP = 200 };

struct span {
    uint8_t b[ROOM];
    size_t n;
};

void fail(const char *what);
void put(struct span *s, const void *b, size_t n);
void put_tlv(struct span *s, uint8_t tag, const void *b, size_t n);

// The object at *at: its tag, and its value in *value; *at goes behind it.
int take(const uint8_t **at, const uint8_t *end, const uint8_t **value, size_t *n);
const uint8_t *find(const uint8_t *b, size_t n, int tag, size_t *found);

void card_start(const char *emulator, const char *folder);
void card_end(void);

// Short commands where they will do, extended ones else; gives the status word.
unsigned command(const uint8_t header[4], const struct span *data, bool le, struct span *answer);
unsigned protected_command(EAC_CTX *ctx, const uint8_t plain[4], const struct span *data,
                           uint8_t le, struct span *answer);

BUF_MEM *mem_of(const uint8_t *b, size_t n);

#endif
