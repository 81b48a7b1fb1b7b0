// SPDX-License-Identifier: MIT
#include "wire/json.h"

#include "text/utf8.h"
#include "wire/pen.h"

void json_put_string(struct bytes *out, struct str s)
{
    if (s.n < SIZE_MAX / 8 && bytes_reserve(out, PEN_JSON_MAX(s.n)))
        out->n = (size_t)(pen_json(out->p + out->n, s) - out->p);
    else
        out->failed = true;
}

// True where it had to be escaped.
static bool put_path(struct bytes *out, struct str path)
{
    static const char hex[] = "0123456789ABCDEF";
    struct bytes escaped = { 0 };

    if (utf8_is_valid(path)) {
        json_put_string(out, path);
        return false;
    }
    for (size_t at = 0; at < path.n;) {
        size_t start = at;
        if (utf8_next(path, &at) == UTF8_BAD) {
            bytes_lit(&escaped, "\\x");
            bytes_put_char(&escaped, hex[(unsigned char)path.p[start] >> 4]);
            bytes_put_char(&escaped, hex[path.p[start] & 0xF]);
        } else {
            if (path.p[start] == '\\')
                bytes_put_char(&escaped, '\\');
            bytes_put(&escaped, path.p + start, at - start);
        }
    }
    json_put_string(out, bytes_str(&escaped));
    out->failed |= escaped.failed;
    bytes_free(&escaped);
    return true;
}

void json_put_path_as(struct bytes *out, struct str name, struct str path)
{
    bytes_put_char(out, '"');
    bytes_put_str(out, name);
    bytes_lit(out, "\":");
    if (!put_path(out, path))
        return;
    bytes_lit(out, ",\"");
    bytes_put_str(out, name);
    bytes_lit(out, "_escaped\":true");
}

void json_put_path(struct bytes *out, struct str path)
{
    if (put_path(out, path))
        bytes_lit(out, ",\"path_escaped\":true");
}
