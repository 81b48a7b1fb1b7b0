// SPDX-License-Identifier: MIT
// The language of sentences for people.
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include "base/say.h"

#include <stdbool.h>

// "vi" or "en"; without a call the environment decides (LANGUAGE, LC_ALL, LC_MESSAGES, LANG).
// False for another language.
bool language_set(const char *name);

bool language_is_vietnamese(void);

// The sentence in the reader's language. A say_fn.
const char *say(const char *sentence);

#endif
