// SPDX-License-Identifier: MIT
#include "text/latin.h"
#include "wire/csv.h"
#include "wire/record_value.h"

// What the headings of offices' own lists have in common, without diacritics, by the column that it
// means; the first that fits counts.
static const struct hint {
    const char *part;
    const char *column;
} hints[] = {
    { "ngay cap", "issue_date" }, // before "ngày cấp CCCD" could mean the number
    { "cccd", "id" },
    { "can cuoc", "id" },
    { "dinh danh", "id" },
    { "cmnd", "old_id" },
    { "chung minh", "old_id" },
    { "ho ten", "name" },
    { "ho va ten", "name" },
    { "ngay sinh", "birth_date" },
    { "nam sinh", "birth_date" },
    { "gioi tinh", "sex" },
    { "phai", "sex" },
    { "dia chi", "residence" },
    { "thuong tru", "residence" },
    { "cu tru", "residence" },
};

static const struct wire_column *column_named(struct arena *arena, struct str heading)
{
    struct str folded = latin_fold(arena, heading);

    for (size_t i = 0; i < wire_column_count; i++) {
        const struct wire_column *c = &wire_columns[i];
        if (str_eq(heading, str_of(c->name)) ||
            str_eq(folded, latin_fold(arena, str_of(c->english))) ||
            str_eq(folded, latin_fold(arena, str_of(c->vietnamese))))
            return c;
    }
    return NULL;
}

static bool contains(struct str s, struct str part)
{
    return s.n > 0 && memmem(s.p, s.n, part.p, part.n) != NULL;
}

static const struct wire_column *column_hinted(struct arena *arena, struct str heading)
{
    struct str folded = latin_fold(arena, heading);

    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (contains(folded, str_of(hints[i].part)))
            return wire_column_find(str_of(hints[i].column));
    return NULL;
}

enum cell_end { CELL_MORE, CELL_LAST, CELL_OPEN, CELL_BAD };

// Reads one cell at *at into *cell, its quotes undone; *at moves behind the delimiter.
static enum cell_end read_quoted(struct arena *arena, struct str row, char delimiter, size_t *at,
                                 struct str *cell)
{
    char *out = arena_alloc(arena, row.n - *at);
    if (out == NULL)
        return CELL_BAD;
    size_t n = 0;
    size_t i = *at + 1;
    for (;; i++) {
        if (i >= row.n)
            return CELL_OPEN;
        if (row.p[i] == '"') {
            if (i + 1 >= row.n || row.p[i + 1] != '"')
                break;
            i++;
        }
        out[n++] = row.p[i];
    }
    *cell = (struct str){ out, n };
    *at = i + 2;
    if (i + 1 == row.n)
        return CELL_LAST;
    return row.p[i + 1] == delimiter ? CELL_MORE : CELL_BAD;
}

static enum cell_end read_cell(struct arena *arena, struct str row, char delimiter, size_t *at,
                               struct str *cell)
{
    if (*at < row.n && row.p[*at] == '"')
        return read_quoted(arena, row, delimiter, at, cell);
    struct str rest = str_from(row, *at);
    size_t end = str_find(rest, delimiter);
    *cell = str_head(rest, end);
    *at += end + 1;
    return end == rest.n ? CELL_LAST : CELL_MORE;
}

// What the writer put around a cell for the sake of spreadsheets comes off again.
static struct str undo_guard(struct str cell)
{
    if (cell.n >= 3 && str_starts(cell, STR("=\"")) && cell.p[cell.n - 1] == '"')
        return (struct str){ cell.p + 2, cell.n - 3 };
    struct str bare = cell;
    while (bare.n > 1 && bare.p[0] == '\'')
        bare = str_from(bare, 1);
    bool guarded = bare.n < cell.n && bare.p[0] != '\0' && strchr("=+-@\t\r", bare.p[0]) != NULL;
    bool number = bare.n < cell.n && str_is_digits(bare); // typed so that it stays text
    return guarded || number ? str_from(cell, 1) : cell;
}

static bool is_taken(const struct wire_table *table, const struct wire_column *column)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->column[i] == column)
            return true;
    return false;
}

// Names first; a column that no name fits may be meant by a heading that only resembles it.
static void find_columns(struct arena *arena, const struct str *heading, size_t count,
                         struct wire_table *out)
{
    for (size_t i = 0; i < count; i++)
        out->column[i] = column_named(arena, heading[i]);
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        const struct wire_column *hinted = column_hinted(arena, heading[i]);
        if (out->column[i] == NULL && hinted != NULL && !is_taken(out, hinted))
            out->column[i] = hinted;
    }
}

static bool names_persons(const struct wire_table *table)
{
    size_t known = 0;
    bool person = false;
    for (size_t i = 0; i < table->count; i++) {
        const struct wire_column *column = table->column[i];
        known += column != NULL;
        person |= column != NULL && (column->field == FIELD_ID || column->field == FIELD_NAME);
    }
    return known >= 2 && person;
}

static bool begin_with(struct arena *arena, struct str line, char delimiter, struct wire_table *out)
{
    struct str heading[WIRE_TABLE_MAX];
    enum cell_end end = CELL_MORE;
    size_t count = 0;

    for (size_t at = 0; end == CELL_MORE && count < WIRE_TABLE_MAX; count++) {
        end = read_cell(arena, line, delimiter, &at, &heading[count]);
        if (end == CELL_BAD || end == CELL_OPEN)
            return false;
        heading[count] = str_trim(heading[count]);
    }
    out->delimiter = delimiter;
    find_columns(arena, heading, count, out);
    return end == CELL_LAST && names_persons(out);
}

bool wire_table_begin(struct arena *arena, struct str line, struct wire_table *out)
{
    enum { HEADING_MAX = 4096 };
    static const char delimiters[] = { ',', ';', '\t' };

    if (line.n > HEADING_MAX || str_find(line, '|') < line.n || str_starts(line, STR("{")))
        return false;
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (str_find(line, delimiters[i]) < line.n && begin_with(arena, line, delimiters[i], out))
            return true;
    return false;
}

bool wire_table_has(const struct wire_table *table, enum field field)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->column[i] != NULL && table->column[i]->field == field)
            return true;
    return false;
}

bool wire_table_row_is_open(const struct wire_table *table, struct str row)
{
    enum { START, BARE, QUOTED, CLOSED } state = START;
    for (size_t i = 0; i < row.n; i++) {
        bool quote = row.p[i] == '"';
        if (state == QUOTED)
            state = quote ? CLOSED : QUOTED;
        else if (quote && state != BARE) // a cell begins, or a doubled quote goes on with it
            state = QUOTED;
        else
            state = row.p[i] == table->delimiter ? START : BARE;
    }
    return state == QUOTED;
}

// "Không thời hạn" is what cards print.
static bool means_no_expiry(struct str cell)
{
    static const char *const words[] = { "none", "no expiry", "Không thời hạn", "không thời hạn" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(cell, str_of(words[i])))
            return true;
    return false;
}

// Tables in words call the kinds of card by their years, in either language.
static struct str card_of_cell(struct str cell)
{
    if (contains(cell, STR("2024")))
        return card_name(CARD_CAN_CUOC_2024);
    return contains(cell, STR("2021")) ? card_name(CARD_CCCD_2021) : cell;
}

static void take_cell(struct record *r, enum field field, struct str cell)
{
    if (cell.n == 0 && field != FIELD_OLD_ID)
        return;
    if (field == FIELD_OLD_ID && cell.n == 0)
        record_take_none(r, field);
    else if (field == FIELD_EXPIRY_DATE && means_no_expiry(cell))
        record_take_none(r, field);
    else
        record_take(r, field, field == FIELD_CARD ? card_of_cell(cell) : cell);
}

static bool says_nothing(const struct record *r)
{
    return (r->stated & ~FIELD_BIT(FIELD_OLD_ID)) == 0 && r->problem_count == 0;
}

enum error_code wire_table_read_row(struct arena *arena, const struct wire_table *table,
                                    struct str row, struct record *out)
{
    enum cell_end end = CELL_MORE;
    enum error_code told = ERROR_COUNT;
    size_t at = 0;

    record_clear(out);
    for (size_t i = 0; i < table->count && end == CELL_MORE; i++) {
        struct str cell;
        end = read_cell(arena, row, table->delimiter, &at, &cell);
        if (end == CELL_BAD || end == CELL_OPEN)
            return ERROR_CSV_INVALID;
        cell = undo_guard(str_trim(cell));
        if (table->column[i] == wire_column_find(STR("error")))
            told = error_from_name(cell);
        else if (table->column[i] != NULL)
            take_cell(out, table->column[i]->field, cell);
    }
    if (end != CELL_LAST)
        return ERROR_CSV_INVALID;
    if (!says_nothing(out))
        return ERROR_COUNT;
    return told != ERROR_COUNT ? told : ERROR_CSV_INVALID;
}

struct str wire_unquote_line(struct arena *arena, struct str line)
{
    struct str cell;
    size_t at = 0;
    if (line.n > 2 && line.p[0] == '"' && line.p[line.n - 1] == '"' &&
        read_quoted(arena, line, '\0', &at, &cell) == CELL_LAST)
        return cell;
    return line;
}
