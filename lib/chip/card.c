// SPDX-License-Identifier: MIT
#include "chip/card.h"

void card_close(struct card *card)
{
    if (card->ops != NULL)
        card->ops->close(card->ctx);
    *card = (struct card){ 0 };
}
