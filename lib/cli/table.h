// SPDX-License-Identifier: MIT
// Rows aligned for a person's eyes. Widths come from the first rows; memory stays bounded.
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/emit.h"

struct table;

struct table *table_new(struct emitter *e);
void table_put(struct table *t, const struct wire_item *item);

// Rows that waited for the widths are written; later ones follow at those widths.
void table_flush(struct table *t);

void table_free(struct table **t);

#endif
