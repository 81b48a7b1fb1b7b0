// SPDX-License-Identifier: MIT
#include "cli/chip_line.h"

#include "cli/language.h"
#include "wire/item.h"
#include "wire/json.h"

static void put_hex_number(struct bytes *out, uint32_t value, int digits)
{
    static const char of[] = "0123456789ABCDEF";

    bytes_put_char(out, '"');
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        bytes_put_char(out, of[value >> shift & 0xF]);
    bytes_put_char(out, '"');
}

void chip_error_put(struct bytes *out, struct chip_error error)
{
    const char *hint = chip_error_hint(error.code);

    bytes_lit(out, "{\"code\":");
    json_put_string(out, str_of(chip_error_name(error.code)));
    bytes_lit(out, ",\"message\":");
    json_put_string(out, str_of(say(chip_error_sentence(error.code))));
    if (hint != NULL) {
        bytes_lit(out, ",\"hint\":");
        json_put_string(out, str_of(say(hint)));
    }
    if (error.step != NULL) {
        bytes_lit(out, ",\"step\":");
        json_put_string(out, str_of(error.step));
    }
    if (error.sw != 0) {
        bytes_lit(out, ",\"sw\":");
        put_hex_number(out, error.sw, 4);
    }
    if (chip_error_tries(error) >= 0) {
        bytes_lit(out, ",\"tries_left\":");
        bytes_put_number(out, (unsigned long)chip_error_tries(error));
    }
    if (error.native != 0) {
        bytes_lit(out, ",\"pcsc\":");
        put_hex_number(out, error.native, 8);
    }
    bytes_put_char(out, '}');
}

// Members that are there already end without a comma.
static void put_object(struct bytes *out, const struct chip_line *line)
{
    struct str members = str_trim((struct str){ line->object.p + 1, line->object.n - 2 });

    bytes_put_char(out, '{');
    bytes_put_str(out, line->lacks_version ? STR("\"v\":1") : STR(""));
    bytes_put_str(out, line->lacks_version && line->lacks_source ? STR(",") : STR(""));
    bytes_put_str(out, line->lacks_source ? STR("\"source\":{}") : STR(""));
    if ((line->lacks_version || line->lacks_source) && members.n > 0)
        bytes_put_char(out, ',');
    bytes_put_str(out, members);
}

// The object that asked, without its closing brace; or a new one with its source.
static void put_beginning(struct bytes *out, const struct chip_line *line)
{
    if (line->object.n > 0) {
        put_object(out, line);
        return;
    }
    bytes_lit(out, "{\"v\":1,\"source\":{");
    if (line->folder.n > 0) {
        json_put_path_as(out, STR("path"), line->folder);
    } else if (line->reader.n > 0) {
        bytes_lit(out, "\"reader\":");
        json_put_string(out, line->reader);
    }
    bytes_put_char(out, '}');
}

static void put_chip(struct bytes *out, const struct chip_line *line)
{
    if (line->record != NULL) {
        bytes_lit(out, "\"record\":");
        wire_put_record(out, line->record, say);
        bytes_put_char(out, ',');
    }
    bytes_put_str(out, line->extra);
    if (line->kept.n > 0) {
        json_put_path_as(out, STR("evidence"), line->kept);
        bytes_put_char(out, ',');
    }
    wire_put_chip(out, &line->evidence->manifest, line->kept);
}

void chip_line_put(struct bytes *out, const struct chip_line *line)
{
    bool failed = line->error.code != CHIP_OK;

    put_beginning(out, line);
    bytes_lit(out, ",\"chip\":{");
    if (line->evidence != NULL)
        put_chip(out, line);
    if (failed) {
        bytes_put_str(out, line->evidence != NULL ? STR(",\"error\":") : STR("\"error\":"));
        chip_error_put(out, line->error);
    }
    bytes_lit(out, "}}");
}
