// SPDX-License-Identifier: MIT
// DG13 as Vietnam's identity cards fill it (Doc 9303 leaves it to the states): numbered fields, as
// ASN.1, with a person's data in full spelling. Fields may be missing or have no value.
#ifndef LDS_DG13_H
#define LDS_DG13_H

#include "lds/lds.h"

enum dg13_number {
    DG13_ID = 1,            // số định danh: twelve digits
    DG13_NAME,              // họ, chữ đệm và tên
    DG13_BIRTH,             // ngày sinh: dd/mm/yyyy
    DG13_SEX,               // giới tính
    DG13_NATIONALITY,       // quốc tịch
    DG13_ETHNICITY,         // dân tộc
    DG13_RELIGION,          // tôn giáo
    DG13_ORIGIN,            // quê quán; since 2024 nơi đăng ký khai sinh
    DG13_RESIDENCE,         // nơi thường trú; since 2024 nơi cư trú
    DG13_IDENTIFYING_MARKS, // đặc điểm nhận dạng
    DG13_ISSUED,            // ngày cấp: dd/mm/yyyy
    DG13_EXPIRY,            // ngày hết hạn: dd/mm/yyyy, or words
    DG13_PARENTS,           // cha, mẹ
    DG13_SPOUSE,            // vợ, chồng
    DG13_OLD_NUMBER,        // số CMND cũ
    DG13_CARD,              // of the card; its meaning is not published
    DG13_NUMBERS            // one more than the highest
};

enum dg13_state {
    DG13_ABSENT, // no such field
    DG13_EMPTY,  // the field is there and has no value
    DG13_TEXT,   // one text
    DG13_LIST,   // texts, of DG13_PARENTS and DG13_SPOUSE
    DG13_OTHER,  // a value of another form than these: see `whole`
};

enum { DG13_LIST_MAX = 8, DG13_UNKNOWN_MAX = 32 };

struct dg13_field {
    enum dg13_state state;
    struct str text;                // valid UTF-8
    struct str list[DG13_LIST_MAX]; // valid UTF-8; single ones may be empty
    size_t listed;
    struct str whole; // the field as it stands, with its number
    size_t at;        // where that begins in the file
};

struct dg13_unknown {
    uint32_t number;
    struct str whole;
    size_t at;
};

struct dg13 {
    struct dg13_field field[DG13_NUMBERS]; // by number; the first is not used
    struct dg13_unknown unknown[DG13_UNKNOWN_MAX];
    size_t unknown_count;
    struct str text_oid; // content bytes: 1.0.10646.1.0.8, UTF-8
};

// The slices point into the file.
bool dg13_read(struct str file, struct dg13 *out, struct lds_error *error);

#endif
