// SPDX-License-Identifier: MIT
// The parts of machine_look(), each with its own corner of the machine.
#ifndef READER_LOOK_H
#define READER_LOOK_H

#include "reader/format.h"
#include "reader/machine.h"
#include "reader/sysroot.h"

enum { ACCOUNT_GROUPS_MAX = 32 };

// Whom the service runs as.
struct machine_account {
    unsigned user;
    unsigned group[ACCOUNT_GROUPS_MAX];
    size_t groups;
};

bool account_may_write(const struct machine_account *account, const struct stat *is);

// How the service stands, and as whom it runs or would run.
void look_at_service(const struct sysroot *root, struct machine *out,
                     struct machine_account *account);

void look_at_usb(const struct sysroot *root, const struct machine_account *service,
                 struct machine *out);

// After the devices: which driver claims which.
void look_at_drivers(const struct sysroot *root, struct machine *out);

// Is it a module of the kernel that takes readers for itself?
bool kernel_takes_readers(struct str module);

void look_at_kernel(const struct sysroot *root, struct machine *out);

// Programs that have the PC/SC library loaded, other than this one and the service.
void look_at_processes(const struct sysroot *root, struct machine *out);

// ---- text ----

// A path below the root, zero-terminated, in its arena.
#define path_of(root, ...) (reader_format((root)->arena, __VA_ARGS__).p)

// Takes the next line off *rest, without its end. False when there is none.
bool look_line(struct str *rest, struct str *line);

// Takes the next word off *rest. False when there is none.
bool look_word(struct str *rest, struct str *word);

bool look_contains(struct str text, const char *what);

// The number that a text begins with, as far as ten digits; 0 where there is none.
unsigned long look_number(struct str text);

#endif
