// SPDX-License-Identifier: MIT
// Lines in a file that is nobody else's to read.
#ifndef CHIP_RECORD_FILE_H
#define CHIP_RECORD_FILE_H

#include "base/bytes.h"

// -1 with errno.
int record_file_open(const char *path);

// Writes the line, wipes and empties it. False when it could not be written as a whole.
bool record_file_write(int fd, struct bytes *line);

void record_put_hex(struct bytes *out, struct str data);

// Without anything that would end the line or be no text.
void record_put_text(struct bytes *out, const char *text);

#endif
