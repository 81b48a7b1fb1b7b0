// SPDX-License-Identifier: MIT
// The pictures that cccd-scan leaves for a person's eye: where they are put, and their names.
#ifndef CLI_SCAN_PICTURES_H
#define CLI_SCAN_PICTURES_H

#include "cli/scan_answer.h"

struct scan_folders {
    const char *crops;     // NULL: none are wanted
    const char *annotated; // the same
};

// Makes the folders where they are missing, for their owner alone. False with errno and the folder.
bool scan_folders_make(const struct scan_folders *folders, const char **wrong);

// The name of a picture: the file's own, a sum of its path (two folders may hold files of one
// name), page and symbol. With a zero byte behind it.
void scan_picture_path(struct bytes *out, const struct scan_folders *folders, struct str path,
                       uint32_t page, uint32_t symbol);

// Writes one, readable by its owner alone. False with errno.
bool scan_picture_write(const struct scan_folders *folders, struct str path,
                        const struct scan_picture *picture);

#endif
