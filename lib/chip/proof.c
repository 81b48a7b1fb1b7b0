// SPDX-License-Identifier: MIT
#include "chip/proof.h"

bool proof_add(struct proof *p, const char *name, struct str value)
{
    if (p->n == PROOF_ITEMS_MAX)
        return false;
    struct proof_item *item = &p->item[p->n];
    *item = (struct proof_item){ .name = name };
    bytes_put_str(&item->value, value);
    if (item->value.failed) {
        bytes_free(&item->value);
        return false;
    }
    p->n++;
    return true;
}

struct str proof_item(const struct proof *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->item[i].name, name) == 0)
            return bytes_str(&p->item[i].value);
    return (struct str){ NULL, 0 };
}

void proof_free(struct proof *p)
{
    for (size_t i = 0; i < p->n; i++)
        bytes_free(&p->item[i].value);
    *p = (struct proof){ .kind = PROOF_NONE };
}
