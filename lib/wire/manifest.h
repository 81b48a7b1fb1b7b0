// SPDX-License-Identifier: MIT
// What is told of a card that was read: manifest.json of an evidence folder, and the "chip" object
// of a line of output. Both come from this one description.
#ifndef WIRE_MANIFEST_H
#define WIRE_MANIFEST_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/say.h"

enum {
    MANIFEST_FILES_MAX = 32,
    MANIFEST_PROOFS_MAX = 4,
    MANIFEST_ITEMS_MAX = 16,
    SHA256_SIZE = 32
};

struct manifest_file {
    struct str name;             // as the standard has it: "DG1"
    struct str path;             // in the folder; empty: it was not kept
    uint64_t length;             // bytes that were read
    uint8_t sha256[SHA256_SIZE]; // of these
    struct str error;            // a code where it is not whole, or not there; else empty
    bool listed;                 // in EF.COM
    struct str fault;            // of a whole file that is malformed: what is wrong, else empty;
    uint64_t offset;             // and where. Told in lines; a manifest keeps what the card said
};

struct manifest_item {
    struct str name, value;
};

struct manifest_proof {
    struct str kind, algorithm;
    struct str result; // "ok" or an error's code
    struct str detail; // the certificate or the names that an error is about; empty: none
    struct manifest_item item[MANIFEST_ITEMS_MAX];
    size_t items;
};

struct manifest_image {
    struct str path;
    struct str format; // "jpeg", "jp2"
    uint64_t length;
    uint8_t sha256[SHA256_SIZE];
};

struct manifest {
    struct str time;        // ISO 8601, UTC
    struct str reader, atr; // atr: bytes
    struct str access;      // the protocol's standard name; empty: no access
    struct str key;         // "can" or "mrz"
    bool card_access_known;
    struct manifest_file file[MANIFEST_FILES_MAX];
    size_t files;
    struct manifest_proof proof[MANIFEST_PROOFS_MAX];
    size_t proofs;
    struct manifest_image image[MANIFEST_FILES_MAX];
    size_t images;
    uint64_t commands, sent, received, milliseconds; // of this reading
    unsigned restarts;
    struct str error; // the code of what ended the reading; empty: it is whole
};

// The whole file, with a line end.
void wire_put_manifest(struct bytes *out, const struct manifest *m);

// False for what is none. Everything lies in the arena.
bool wire_manifest_read(struct arena *arena, struct str text, struct manifest *out);

// The members of the "chip" object that the manifest tells, without its braces. The folder, where
// there is one, stands before the paths.
void wire_put_chip(struct bytes *out, const struct manifest *m, struct str folder);

#endif
