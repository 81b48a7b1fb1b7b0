// SPDX-License-Identifier: MIT
// Words of names that are no Vietnamese syllables: those of the provinces', districts' and
// communes' names of 2004 to 2026 (public lists of areas), and the commonest of the names of
// persons in the Central Highlands and the Mekong delta. Parts on either side of an apostrophe
// stand alone.
#include "text/syllable.h"

static const char words[][10] = {
    "adrơng", "ajŭn",   "ake",    "al",     "alăng",  "ama",     "amí",     "ana",    "ar",
    "arul",   "arất",   "ating",  "avương", "ayun",   "ayŭn",    "aê",      "b",      "bar",
    "bh",     "bha",    "bham",   "bhinh",  "bhling", "bhăng",   "bhŭk",    "bhốk",   "biang",
    "bing",   "bkrông", "bla",    "blang",  "bling",  "blà",     "blô",     "blŏ",    "blứ",
    "bnông",  "bok",    "bopha",  "braih",  "bri",    "brin",    "briu",    "broăi",  "brui",
    "bruih",  "bríu",   "brông",  "buk",    "buôr",   "byă",     "búk",     "bă",     "băh",
    "bĭnh",   "ch",     "chais",  "choah",  "chro",   "chrôh",   "cil",     "cooi",   "coor",
    "cuor",   "cuôr",   "d",      "dagout", "dak",    "djrăng",  "djŭ",     "dliê",   "doal",
    "drai",   "drang",  "dray",   "dreh",   "dreng",  "droh",    "drênh",   "dróh",   "drót",
    "drô",    "drông",  "drăm",   "drăng",  "drắk",   "dur",     "dêr",     "dêê",    "dăh",
    "dơk",    "dơng",   "ea",     "eabar",  "eabia",  "eachà",   "ealy",    "eatrol", "elang",
    "eñuôl",  "gar",    "glai",   "glar",   "glei",   "glong",   "gout",    "grai",   "grăng",
    "h",      "hbia",   "hblah",  "hdreh",  "hdrông", "hiao",    "hine",    "hla",    "hlong",
    "hlơ",    "hlốp",   "hmlô",   "hmok",   "hniê",   "hnol",    "hra",     "hreng",  "hrin",
    "hring",  "hrung",  "hruê",   "hrú",    "htok",   "huar",    "huoai",   "hwing",  "hyim",
    "hđơk",   "hĕn",    "hŏk",    "jan",    "jang",   "jing",    "jlơi",    "jrang",  "jôr",
    "jút",    "jăn",    "jơ",     "k",      "ka",     "kai",     "kan",     "kang",   "kao",
    "kar",    "kbang",  "kbrông", "kbuôr",  "kbô",    "kdang",   "kdăm",    "khal",   "khăl",
    "khơng",  "khươl",  "khươne", "kla",    "klang",  "kly",     "klông",   "klơng",  "kmar",
    "kmút",   "kmăl",   "knia",   "knuec",  "knuếc",  "knốp",    "knớ",     "ko",     "kon",
    "kontum", "kpam",   "kpuih",  "kpă",    "kpơr",   "krai",    "krang",   "kreng",  "krey",
    "kring",  "kriêng", "krong",  "kroong", "krái",   "krêl",    "krêy",    "krông",  "kră",
    "ksor",   "ktla",   "ktul",   "ktur",   "kty",    "ktơr",    "ku",      "kuin",   "kuêh",
    "kuăng",  "kót",    "kô",     "kôi",    "kôn",    "kông",    "kŏ",      "kơ",     "kơi",
    "kạn",    "kần",    "laêê",   "ley",    "ling",   "lăk",     "lơng",    "lắk",    "m",
    "mar",    "mdrang", "mdrắk",  "mil",    "miầu",   "mlay",    "mláh",    "mlô",    "môl",
    "măih",   "n",      "ndu",    "neang",  "neáng",  "ngok",    "ngọk",    "ning",   "niê",
    "nuôl",   "néang",  "pak",    "pal",    "piar",   "pich",    "pil",     "piơr",   "pla",
    "plao",   "plei",   "pleiku", "pling",  "ploa",   "pluk",    "plô",     "plông",  "pne",
    "pnôn",   "prao",   "pre",    "pring",  "pró",    "prông",   "puih",    "puk",    "pxi",
    "pék",    "púch",   "păh",    "păk",    "păl",    "pơloong", "pơnan",   "pơng",   "pơơ",
    "pưh",    "pắk",    "pốk",    "qưới",   "r",      "rah",     "ral",     "ralan",  "rbol",
    "rcom",   "rcăm",   "reh",    "ring",   "rmah",   "rmok",    "rooi",    "rsai",   "rsal",
    "rsươm",  "rtô",    "rve",    "rvê",    "ríah",   "rơlan",   "rơmah",   "rơng",   "rượl",
    "rốk",    "sar",    "sary",   "smar",   "sol",    "sovann",  "srây",    "srê",    "sró",
    "srônh",  "sôr",    "să",     "sơmei",  "sắk",    "t",       "tar",     "thol",   "tiah",
    "tih",    "ting",   "tir",    "tr",     "trok",   "trul",    "tul",     "tíh",    "tóh",
    "tôr",    "tơngôl", "tẻh",    "uar",    "ver",    "vàl",     "wa",      "wang",   "wer",
    "wi",     "wil",    "wy",     "xing",   "xiêr",   "ya",      "yang",    "yeng",   "yiêng",
    "ykhôl",  "yok",    "yông",   "yă",     "yŭ",     "za",      "zuôich",  "zơrâm",  "êban",
    "êbur",   "ênuôl",  "êê",     "ñê",     "čil",    "đak",     "đakrông", "đal",    "đar",
    "đir",    "đliê",   "đrắk",   "đăk",    "đắk",    "ơt",
};

const struct word_list syllable_words = WORD_LIST(words);
