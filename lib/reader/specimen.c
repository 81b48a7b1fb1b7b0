// SPDX-License-Identifier: MIT
#include "reader/specimen.h"

// The 134 letters of the alphabet outside ASCII, each vowel with its tones.
#define SMALL    "àảãáạ ăằẳẵắặ âầẩẫấậ đèẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ"
#define CAPITALS "ÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ ĐÈẺẼÉẸ ÊỀỂỄẾỆ ÌỈĨÍỊ ÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ ÙỦŨÚỤ ƯỪỬỮỨỰ ỲỶỸÝỴ"

// As long as true ones. "Kios", "12A1" and "Lo." are what an input method cannot leave alone: in
// Telex, VNI and VIQR s, 1 and "." behind a vowel are tones.
#define OF_2021(suffix, place)                                                                     \
    "0011902" suffix "|012345678|Nguyễn Thị Mẫu Specimen|01011990|Nữ|" place                       \
    ", Phường Đặng Mẫu, SPECIMEN, Hà Nội|15032022"
#define OF_2024(suffix, place)                                                                     \
    "0010902" suffix "||Trần Văn Thử Specimen|02021990|Nam|" place                                 \
    ", Xã Kiểm Tra, SPECIMEN, Nghệ An|15082024||||"
#define PLACE   "Kios 12A1 Lo. 3 Phố Thử"
#define LETTERS "Kios 12A1 Lo. 3 " SMALL " " CAPITALS

const struct specimen specimens[SPECIMEN_COUNT] = {
    { OF_2021("11111", PLACE), 2021, 11 },  { OF_2021("11515", PLACE), 2021, 15 },
    { OF_2021("11818", PLACE), 2021, 18 },  { OF_2024("41111", PLACE), 2024, 11 },
    { OF_2024("41515", PLACE), 2024, 15 },  { OF_2024("41818", PLACE), 2024, 18 },
    { OF_2021("19999", LETTERS), 2021, 0 }, { OF_2024("49999", LETTERS), 2024, 0 },
};

struct str specimen_number(size_t i)
{
    return (struct str){ specimens[i].payload, SPECIMEN_NUMBER_LENGTH };
}
