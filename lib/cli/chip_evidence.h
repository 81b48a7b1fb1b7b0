// SPDX-License-Identifier: MIT
// The evidence folder: every file of the chip as it was read, the faces as pictures, and
// manifest.json, for its owner alone. It appears as a whole or not at all.
#ifndef CLI_CHIP_EVIDENCE_H
#define CLI_CHIP_EVIDENCE_H

#include "lds/lds.h"
#include "wire/manifest.h"

// What was read, wherever it came from.
struct evidence {
    struct manifest manifest;
    struct str content[LDS_FILE_COUNT];   // by file; empty: not read
    struct str image[MANIFEST_FILES_MAX]; // by the manifest's images
    struct bytes storage[LDS_FILE_COUNT]; // of what was loaded
};

// Is the folder free to be made: not there, or empty? False with errno (ENOTEMPTY).
bool evidence_is_free(const char *folder);

// Writes the folder, with the files under the names that the manifest gives them. False with errno.
bool evidence_save(const char *folder, const struct evidence *e);

enum evidence_loaded {
    EVIDENCE_LOADED,
    EVIDENCE_UNREADABLE, // errno, of *name
    EVIDENCE_NO_MANIFEST,
    EVIDENCE_ALTERED, // a file is not the one that the manifest tells of: *name
};

// name: a part of the arena, for the message.
enum evidence_loaded evidence_load(struct arena *arena, const char *folder, struct evidence *e,
                                   const char **name);

void evidence_free(struct evidence *e);

#endif
