// SPDX-License-Identifier: MIT
// HTML character references and percent escapes in text.
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include "base/arena.h"

// Replaces the well-formed character references of text that stand for what texts are written
// with; references that a browser escaped twice are undone twice. *changed tells whether there
// were any; others stay as they are.
struct str escape_undo_html(struct arena *arena, struct str text, bool *changed);

// The same for percent escapes: only when what comes out is UTF-8. A form's "+" becomes a space
// where the text has escapes and no spaces.
struct str escape_undo_percent(struct arena *arena, struct str text, bool *changed);

#endif
