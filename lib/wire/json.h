// SPDX-License-Identifier: MIT
// Writing JSON text. Reading it is jansson's work.
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/bytes.h"

// A quoted string. Bytes that are no UTF-8 become U+FFFD, so the result is always valid.
void json_put_string(struct bytes *out, struct str s);

// A quoted path. File names may hold any bytes: one that is no UTF-8 is written with its bad bytes
// as \xHH and its backslashes doubled, and ,"path_escaped":true follows, so it can be turned back.
void json_put_path(struct bytes *out, struct str path);

// The same of a member with another name, and the name before it: "NAME":"...", and
// ,"NAME_escaped":true where it is no UTF-8.
void json_put_path_as(struct bytes *out, struct str name, struct str path);

#endif
