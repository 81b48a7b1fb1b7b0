// SPDX-License-Identifier: MIT
// Reading the card's files (ICAO Doc 9303-10, 3.6; ISO/IEC 7816-4, 11.3): in the largest blocks
// that card and reader stand, the length first, so that no byte is asked for in vain.
#ifndef CHIP_FILES_H
#define CHIP_FILES_H

#include "chip/sm.h"
#include "lds/lds.h"

enum { FILE_LENGTH_MAX = 1024 * 1024 };

struct file_reader {
    struct channel *channel;
    // Bytes of a file asked for at once; 0: not known yet. Kept for the whole card, lowered when
    // something goes wrong that a smaller block may cure.
    uint32_t block;
    // There are cards that end the session with whatever they refuse, and say so without
    // protection: this was it.
    bool short_id_ended, select_ended;
    bool by_id; // files are named by SELECT only
    void (*progress)(void *ctx, enum lds_file file, size_t done, size_t total); // may be NULL
    void *ctx;
};

// SELECT by the name of the application of identity documents. CHIP_NO_DOCUMENT when the card has
// none.
struct chip_error file_select_application(struct channel *c);

// Reads the file, going on after what *content holds already. CHIP_FILE_ABSENT and
// CHIP_FILE_REFUSED are what the card says; after any other error *content holds what was read, and
// the session may be over.
struct chip_error file_read(struct file_reader *r, enum lds_file file, struct bytes *content);

// After an error that the size of blocks may have caused: makes them smaller. False when they are
// as small as they get.
bool file_smaller_blocks(struct file_reader *r);

// After a status word that says that a length was wrong: no extended length any more. False when
// there was none.
bool file_short_blocks(struct file_reader *r);

// After a session that ended where a file was named by its short identifier: all are named by
// SELECT from now on. False when that was not it, or is so already.
bool file_by_id(struct file_reader *r);

// Whether the session ended with the card's word, unprotected, that there is no such file.
bool file_ended_absent(const struct file_reader *r, struct chip_error error);

#endif
