// SPDX-License-Identifier: MIT
#include "person/area.h"

#include <stddef.h>

enum { FOREIGN_MIN = 101, AREA_CODES = 296 };

// Circular 07/2016/TT-BCA: annex 1 up to 096, annex 2 from 101. The annex lists Azerbaijan and
// Croatia twice, the second time with "Cộng hòa" before the name.
// clang-format off
static const char *const names[AREA_CODES] = {
    [1] = "Hà Nội", [2] = "Hà Giang", [4] = "Cao Bằng", [6] = "Bắc Kạn", [8] = "Tuyên Quang",
    [10] = "Lào Cai", [11] = "Điện Biên", [12] = "Lai Châu", [14] = "Sơn La", [15] = "Yên Bái",
    [17] = "Hòa Bình", [19] = "Thái Nguyên", [20] = "Lạng Sơn", [22] = "Quảng Ninh",
    [24] = "Bắc Giang", [25] = "Phú Thọ", [26] = "Vĩnh Phúc", [27] = "Bắc Ninh",
    [30] = "Hải Dương", [31] = "Hải Phòng", [33] = "Hưng Yên", [34] = "Thái Bình",
    [35] = "Hà Nam", [36] = "Nam Định", [37] = "Ninh Bình", [38] = "Thanh Hóa", [40] = "Nghệ An",
    [42] = "Hà Tĩnh", [44] = "Quảng Bình", [45] = "Quảng Trị", [46] = "Thừa Thiên Huế",
    [48] = "Đà Nẵng", [49] = "Quảng Nam", [51] = "Quảng Ngãi", [52] = "Bình Định",
    [54] = "Phú Yên", [56] = "Khánh Hòa", [58] = "Ninh Thuận", [60] = "Bình Thuận",
    [62] = "Kon Tum", [64] = "Gia Lai", [66] = "Đắk Lắk", [67] = "Đắk Nông", [68] = "Lâm Đồng",
    [70] = "Bình Phước", [72] = "Tây Ninh", [74] = "Bình Dương", [75] = "Đồng Nai",
    [77] = "Bà Rịa - Vũng Tàu", [79] = "Hồ Chí Minh", [80] = "Long An", [82] = "Tiền Giang",
    [83] = "Bến Tre", [84] = "Trà Vinh", [86] = "Vĩnh Long", [87] = "Đồng Tháp",
    [89] = "An Giang", [91] = "Kiên Giang", [92] = "Cần Thơ", [93] = "Hậu Giang",
    [94] = "Sóc Trăng", [95] = "Bạc Liêu", [96] = "Cà Mau",
    [101] = "Afghanistan", [102] = "Ai Cập", [103] = "Albania", [104] = "Algérie",
    [105] = "Andorra", [106] = "Angola", [107] = "Vương quốc Liên hiệp Anh và Bắc Ireland",
    [108] = "Antigua và Barbuda", [109] = "Áo", [110] = "Ả Rập Saudi", [111] = "Argentina",
    [112] = "Armenia", [113] = "Azerbaijan", [114] = "Azerbaijan", [115] = "Cộng hòa Ấn Độ",
    [116] = "Bahamas", [117] = "Bahrain", [118] = "Ba Lan", [119] = "Bangladesh",
    [120] = "Barbados", [121] = "Belarus", [122] = "Belize", [123] = "Benin", [124] = "Bhutan",
    [125] = "Bỉ", [126] = "Bolivia", [127] = "Bosna và Hercegovina", [128] = "Botswana",
    [129] = "Bồ Đào Nha", [130] = "Bờ Biển Ngà", [131] = "Brasil", [132] = "Brunei",
    [133] = "Bulgaria", [134] = "Burkina Faso", [135] = "Burundi", [136] = "Cabo Verde",
    [137] = "Các Tiểu Vương quốc Ả Rập Thống nhất", [138] = "Cameroon", [139] = "Campuchia",
    [140] = "Canada", [141] = "Chile", [142] = "Colombia", [143] = "Comoros",
    [144] = "Cộng hòa Congo", [145] = "Cộng hòa Dân chủ Congo", [146] = "Costa Rica",
    [147] = "Croatia", [148] = "Croatia", [149] = "Cuba", [150] = "Djibouti", [151] = "Dominica",
    [152] = "Cộng hòa Dominicana", [153] = "Đan Mạch", [154] = "Đông Timor", [155] = "Đức",
    [156] = "Ecuador", [157] = "El Salvador", [158] = "Eritrea", [159] = "Estonia",
    [160] = "Ethiopia", [161] = "Fiji", [162] = "Gabon", [163] = "Gambia", [164] = "Ghana",
    [165] = "Grenada", [166] = "Gruzia", [167] = "Guatemala", [168] = "Guinea-Bissau",
    [169] = "Guinea Xích Đạo", [170] = "Guinea", [171] = "Guyana", [172] = "Haiti",
    [173] = "Hà Lan", [174] = "Hàn Quốc", [175] = "Hoa Kỳ", [176] = "Honduras", [177] = "Hungary",
    [178] = "Hy Lạp", [179] = "Iceland", [180] = "Indonesia", [181] = "Iran", [182] = "Iraq",
    [183] = "Ireland", [184] = "Israel", [185] = "Jamaica", [186] = "Jordan",
    [187] = "Kazakhstan", [188] = "Kenya", [189] = "Kiribati", [190] = "Kuwait", [191] = "Síp",
    [192] = "Kyrgyzstan", [193] = "Lào", [194] = "Latvia", [195] = "Lesotho", [196] = "Li ban",
    [197] = "Liberia", [198] = "Libya", [199] = "Liechtenstein", [200] = "Litva",
    [201] = "Luxembourg", [202] = "Macedonia", [203] = "Madagascar", [204] = "Malawi",
    [205] = "Malaysia", [206] = "Maldives", [207] = "Mali", [208] = "Malta", [209] = "Maroc",
    [210] = "Quần đảo Marshall", [211] = "Mauritanie", [212] = "Mauritius", [213] = "Mexico",
    [214] = "Micronesia", [215] = "Moldova", [216] = "Monaco", [217] = "Mông Cổ",
    [218] = "Montenegro", [219] = "Mozambique", [220] = "Myanma", [221] = "Namibia",
    [222] = "Nam Sudan", [223] = "Nam Phi", [224] = "Nauru", [225] = "Na Uy", [226] = "Nepal",
    [227] = "New Zealand", [228] = "Nicaragua", [229] = "Niger", [230] = "Nigeria", [231] = "Nga",
    [232] = "Nhật Bản", [233] = "Oman", [234] = "Pakistan", [235] = "Palau", [236] = "Panama",
    [237] = "Papua New Guinea", [238] = "Paraguay", [239] = "Peru", [240] = "Pháp",
    [241] = "Phần Lan", [242] = "Philippines", [243] = "Qatar", [244] = "Romania",
    [245] = "Rwanda", [246] = "Saint Kitts và Nevis", [247] = "Saint Lucia",
    [248] = "Saint Vincent và Grenadines", [249] = "Samoa", [250] = "San Marino",
    [251] = "São Tomé và Príncipe", [252] = "Séc", [253] = "Sénégal", [254] = "Serbia",
    [255] = "Seychelles", [256] = "Sierra Leone", [257] = "Singapore", [258] = "Slovakia",
    [259] = "Slovenia", [260] = "Solomon", [261] = "Somalia", [262] = "Sri Lanka",
    [263] = "Sudan", [264] = "Suriname", [265] = "Swaziland", [266] = "Syria",
    [267] = "Tajikistan", [268] = "Tanzania", [269] = "Tây Ban Nha", [270] = "Tchad",
    [271] = "Thái Lan", [272] = "Thổ Nhĩ Kỳ", [273] = "Thụy Điển", [274] = "Thụy Sĩ",
    [275] = "Togo", [276] = "Tonga", [277] = "Triều Tiên", [278] = "Trinidad và Tobago",
    [279] = "Trung Quốc", [280] = "Trung Phi", [281] = "Tunisia", [282] = "Turkmenistan",
    [283] = "Tuvalu", [284] = "Úc", [285] = "Uganda", [286] = "Ukraina", [287] = "Uruguay",
    [288] = "Uzbekistan", [289] = "Vanuatu", [290] = "Thành Vatican", [291] = "Venezuela",
    [292] = "Ý", [293] = "Yemen", [294] = "Zambia", [295] = "Zimbabwe",
};
// clang-format on

struct area area_of(int code)
{
    if (code < 0 || code >= AREA_CODES)
        return (struct area){ NULL, false };
    return (struct area){ names[code], code >= FOREIGN_MIN };
}
