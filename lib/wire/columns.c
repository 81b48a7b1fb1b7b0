// SPDX-License-Identifier: MIT
#include "wire/columns.h"

#include "text/utf8.h"

static void put_words(struct bytes *out, const char *words, const struct wire_spelling *how)
{
    bytes_put_str(out, str_of(how->say(words)));
}

static void put_two_digits(struct bytes *out, unsigned value)
{
    bytes_put_char(out, (char)('0' + value / 10));
    bytes_put_char(out, (char)('0' + value % 10));
}

static void put_date(struct bytes *out, struct date d, const struct wire_spelling *how)
{
    if (!date_is_set(d))
        return;
    if (!how->day_first) {
        date_put_iso(out, d);
        return;
    }
    if (d.day != 0) {
        put_two_digits(out, d.day);
        bytes_put_char(out, '/');
    }
    if (d.month != 0) {
        put_two_digits(out, d.month);
        bytes_put_char(out, '/');
    }
    bytes_put_number(out, (unsigned long)d.year);
}

static void put_sex(struct bytes *out, enum sex sex, const struct wire_spelling *how)
{
    if (!how->words)
        bytes_put_str(out, str_of(sex_name(sex)));
    else if (sex != SEX_UNKNOWN)
        put_words(out, sex == SEX_MALE ? N_("male") : N_("female"), how);
}

#define PUT(column)                                                                                \
    static void put_##column(struct bytes *out, const struct wire_item *item,                      \
                             const struct wire_spelling *how)
#define UNUSED (void)how
#define RECORD_OR_RETURN                                                                           \
    const struct record *r = item->record;                                                         \
    if (r == NULL)                                                                                 \
        return;                                                                                    \
    UNUSED

PUT(path)
{
    UNUSED;
    bytes_put_str(out, item->source.path);
}

PUT(line)
{
    UNUSED;
    if (item->source.line > 0)
        bytes_put_number(out, item->source.line);
}

PUT(page)
{
    UNUSED;
    if (item->source.page > 0)
        bytes_put_number(out, item->source.page);
}

PUT(part)
{
    UNUSED;
    if (item->source.part > 0)
        bytes_put_number(out, item->source.part);
}

// What stood in a field that could not be taken as what it should be.
static void put_rejected(struct bytes *out, const struct record *r, enum field field)
{
    for (size_t i = 0; i < r->problem_count && (r->stated & FIELD_BIT(field)) == 0; i++)
        if (r->problems[i].field == field && r->problems[i].value.n > 0) {
            bytes_put_str(out, r->problems[i].value);
            return;
        }
}

PUT(id)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, r->id);
    put_rejected(out, r, FIELD_ID);
}

PUT(old_id)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, r->old_id);
    put_rejected(out, r, FIELD_OLD_ID);
}

// A machine-readable zone has no other name than the one without diacritics.
PUT(name)
{
    RECORD_OR_RETURN;
    bool latin_only = how->words && (r->stated & FIELD_BIT(FIELD_NAME)) == 0;
    bytes_put_str(out, latin_only ? r->derived.name_ascii : r->name);
}

PUT(birth_date)
{
    RECORD_OR_RETURN;
    put_date(out, r->birth_date, how);
    put_rejected(out, r, FIELD_BIRTH_DATE);
}

PUT(sex_column)
{
    RECORD_OR_RETURN;
    put_sex(out, r->sex, how);
    put_rejected(out, r, FIELD_SEX);
}

PUT(residence)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, r->residence);
}

PUT(issue_date)
{
    RECORD_OR_RETURN;
    put_date(out, r->issue_date, how);
    put_rejected(out, r, FIELD_ISSUE_DATE);
}

static void put_expiry_value(struct bytes *out, struct date d, const struct wire_spelling *how)
{
    if (date_is_set(d))
        put_date(out, d, how);
    else if (how->words)
        put_words(out, N_("no expiry"), how);
    else
        bytes_lit(out, "none");
}

PUT(expiry_date)
{
    RECORD_OR_RETURN;
    if (r->stated & FIELD_BIT(FIELD_EXPIRY_DATE))
        put_expiry_value(out, r->expiry_date, how);
    put_rejected(out, r, FIELD_EXPIRY_DATE);
}

PUT(card)
{
    RECORD_OR_RETURN;
    static const char *const words[] = { N_("unknown"), N_("chip card of 2021 (CCCD)"),
                                         N_("card of 2024 (căn cước)") };
    if (how->words)
        put_words(out, words[r->card], how);
    else
        bytes_put_str(out, card_name(r->card));
}

PUT(extra)
{
    RECORD_OR_RETURN;
    bool any = false;
    for (size_t i = 0; i < r->extra_count; i++)
        any |= r->extra[i].n > 0;
    for (size_t i = 0; any && i < r->extra_count; i++) {
        if (i > 0)
            bytes_put_char(out, '|');
        bytes_put_str(out, r->extra[i]);
    }
}

PUT(expiry)
{
    RECORD_OR_RETURN;
    for (size_t i = 0; r->derived.has_expiry && i < r->derived.expiry.count; i++) {
        if (i > 0)
            put_words(out, how->words ? N_(" or ") : ";", how);
        put_expiry_value(out, r->derived.expiry.candidate[i].date, how);
    }
}

PUT(issuer)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, r->derived.issuer);
}

PUT(area)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, str_head(r->id, 3));
}

PUT(area_name)
{
    RECORD_OR_RETURN;
    if (r->derived.has_number && r->derived.number.area != NULL)
        bytes_put_str(out, str_of(r->derived.number.area));
}

PUT(number_sex)
{
    RECORD_OR_RETURN;
    if (r->derived.has_number)
        put_sex(out, r->derived.number.sex, how);
}

PUT(number_birth_year)
{
    RECORD_OR_RETURN;
    if (r->derived.has_number)
        bytes_put_number(out, (unsigned long)r->derived.number.birth_year);
}

PUT(mrz_number)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, str_from(r->id, 3));
}

PUT(can)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, str_from(r->id, 6));
}

PUT(age_at_issue)
{
    RECORD_OR_RETURN;
    if (r->derived.age_at_issue >= 0)
        bytes_put_number(out, (unsigned long)r->derived.age_at_issue);
}

PUT(name_ascii)
{
    RECORD_OR_RETURN;
    bytes_put_str(out, r->derived.name_ascii);
}

PUT(repair)
{
    RECORD_OR_RETURN;
    if (r->repair_kind != NULL)
        bytes_put_str(out, str_of(r->repair_kind));
}

PUT(severity)
{
    RECORD_OR_RETURN;
    static const char *const words[] = { N_("note"), N_("warning"), N_("error") };
    if (r->problem_count > 0 && how->words)
        put_words(out, words[record_severity(r)], how);
    else if (r->problem_count > 0)
        bytes_put_str(out, str_of(severity_name(record_severity(r))));
}

// The same problem in another field: a column tells it once.
static bool is_repeated(const struct record *r, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (r->problems[i].code == r->problems[at].code)
            return true;
    return false;
}

PUT(problems)
{
    RECORD_OR_RETURN;
    for (size_t i = 0; i < r->problem_count; i++) {
        const struct problem *p = &r->problems[i];
        if (is_repeated(r, i))
            continue;
        if (how->words) {
            if (i > 0)
                bytes_lit(out, "; ");
            put_words(out, problem_sentence(p->code), how);
            continue;
        }
        if (i > 0)
            bytes_put_char(out, ';');
        bytes_put_str(out, str_of(problem_name(p->code)));
    }
}

PUT(error)
{
    enum error_code known = error_from_name(item->error_code);

    if (item->record != NULL)
        return;
    if (item->passed && (!how->words || known == ERROR_COUNT))
        bytes_put_str(out, item->error_code);
    else if (item->passed)
        put_words(out, error_sentence(known), how);
    else if (how->words)
        put_words(out, error_sentence(item->error.code), how);
    else
        bytes_put_str(out, str_of(error_name(item->error.code)));
}

// For a person's eyes: a line that is no record has no other place that tells which it is.
PUT(remarks)
{
    put_problems(out, item, how);
    if (item->record == NULL && item->source.line > 0) {
        put_words(out, N_("line"), how);
        bytes_put_char(out, ' ');
        bytes_put_number(out, item->source.line);
        bytes_lit(out, ": ");
    }
    put_error(out, item, how);
}

const struct wire_column wire_columns[] = {
    { "path", "File", "Tệp", put_path, FIELD_NONE },
    { "line", "Line", "Dòng", put_line, FIELD_NONE },
    { "page", "Page", "Trang", put_page, FIELD_NONE },
    { "part", "Part of the line", "Phần của dòng", put_part, FIELD_NONE },
    { "id", "Card number", "Số định danh", put_id, FIELD_ID },
    { "old_id", "Old CMND number", "Số CMND cũ", put_old_id, FIELD_OLD_ID },
    { "name", "Name", "Họ và tên", put_name, FIELD_NAME },
    { "birth_date", "Date of birth", "Ngày sinh", put_birth_date, FIELD_BIRTH_DATE },
    { "sex", "Sex", "Giới tính", put_sex_column, FIELD_SEX },
    { "residence", "Residence", "Nơi thường trú", put_residence, FIELD_RESIDENCE },
    { "issue_date", "Date of issue", "Ngày cấp", put_issue_date, FIELD_ISSUE_DATE },
    { "expiry_date", "Date of expiry as stated", "Ngày hết hạn trong MRZ", put_expiry_date,
      FIELD_EXPIRY_DATE },
    { "card", "Kind of card", "Loại thẻ", put_card, FIELD_CARD },
    { "extra", "Further fields", "Trường khác", put_extra, FIELD_EXTRA },
    { "expiry", "Date of expiry by law", "Ngày hết hạn theo luật", put_expiry, FIELD_NONE },
    { "issuer", "Place of issue", "Nơi cấp", put_issuer, FIELD_NONE },
    { "area", "Area code of the number", "Mã nơi đăng ký khai sinh", put_area, FIELD_NONE },
    { "area_name", "Birth registered in", "Nơi đăng ký khai sinh theo số", put_area_name,
      FIELD_NONE },
    { "number_sex", "Sex by the number", "Giới tính theo số", put_number_sex, FIELD_NONE },
    { "number_birth_year", "Birth year by the number", "Năm sinh theo số", put_number_birth_year,
      FIELD_NONE },
    { "mrz_number", "Document number in the MRZ", "Số giấy tờ trong MRZ", put_mrz_number,
      FIELD_NONE },
    { "can", "CAN", "CAN", put_can, FIELD_NONE },
    { "age_at_issue", "Age at issue", "Tuổi khi cấp", put_age_at_issue, FIELD_NONE },
    { "name_ascii", "Name without diacritics", "Họ tên không dấu", put_name_ascii, FIELD_NONE },
    { "repair", "Damage repaired", "Kiểu lỗi chữ đã sửa", put_repair, FIELD_NONE },
    { "severity", "Gravest problem", "Mức nghiêm trọng", put_severity, FIELD_NONE },
    { "problems", "Problems", "Vấn đề", put_problems, FIELD_NONE },
    { "error", "Error", "Lỗi", put_error, FIELD_NONE },
    { "remarks", "Remarks", "Ghi chú", put_remarks, FIELD_NONE },
};

const size_t wire_column_count = sizeof wire_columns / sizeof wire_columns[0];

const struct wire_column *wire_column_find(struct str name)
{
    for (size_t i = 0; i < wire_column_count; i++)
        if (str_eq(str_of(wire_columns[i].name), name))
            return &wire_columns[i];
    return NULL;
}

const char *wire_column_heading(const struct wire_column *column, enum wire_headings headings)
{
    switch (headings) {
    case WIRE_HEADINGS_ENGLISH:
        return column->english;
    case WIRE_HEADINGS_VIETNAMESE:
        return column->vietnamese;
    default:
        return column->name;
    }
}

bool wire_choice_read(struct str list, struct wire_choice *out, struct str *wrong)
{
    out->count = 0;
    for (bool more = true; more;) {
        size_t end = str_find(list, ',');
        struct str name = str_trim(str_head(list, end));
        const struct wire_column *column = wire_column_find(name);
        *wrong = name;
        if (column == NULL || out->count == WIRE_CHOICE_MAX)
            return false;
        for (size_t i = 0; i < out->count; i++)
            if (out->column[i] == column)
                return false;
        out->column[out->count++] = column;
        more = end < list.n;
        list = str_from(list, end + 1);
    }
    return true;
}
