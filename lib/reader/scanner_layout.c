// SPDX-License-Identifier: MIT
#include "reader/scanner_form.h"
#include "text/utf8.h"

// The keys whose signs differ. A dead key gives its sign at once here.
const struct scanner_layout scanner_layouts[] = {
    { "us", "US", "" },
    { "gb", "UK", "|~ \"@ #£ @\" \\# ~¬" },
    { "de", "Deutsch",
      "|' yz zy YZ ZY -ß /- 'ä () )= :Ö ;ö \"Ä #§ &/ *( +` <; =´ >: ?_ @\" "
      "[ü \\# ]+ ^& _? `^ {Ü }* ~°" },
    { "fr", "Français",
      "|µ 0à 1& 2é 3\" 4' 5( 6- 7è 8_ 9ç aq m, qa wz zw AQ M? QA WZ ZW .: ,; "
      "-) /! 'ù (9 )0 :M ;m \"% !1 #3 $4 %5 &7 *8 <. >/ ?§ @2 [^ \\* ]$ ^6 "
      "_° `² {¨ }£" },
    { "es", "Español",
      "|Ç -' /- '´ () )= :Ñ ;ñ \"¨ #· &/ *( +¿ <; =¡ >: ?_ @\" [` \\ç ]+ ^& "
      "_? `º {^ }* ~ª" },
    { "it", "Italiano",
      "|§ -' /- 'à () )= :ç ;ò \"° #£ &/ *( +^ <; =ì >: ?_ @\" [è \\ù ]+ ^& "
      "_? `\\ {é }* ~|" },
    { "br", "Português (Brasil)", "|} /; '~ :Ç ;ç \"^ ?: [´ \\] ][ ^¨ `' {` }{ ~\"" },
    { "jp", "日本語", "|} ': () )~ :+ \"* &' *( +~ =^ @\" [@ \\] ][ ^& _= {` }{" },
    { "vn", "Tiếng Việt (VN)",
      "0đ 1ă 2â 3ê 4ô 5\u0300 6\u0309 7\u0303 8\u0301 9\u0323 )Đ !Ă #Ê $Ô =₫ "
      "@Â [ư ]ơ {Ư }Ơ" },
};
const size_t scanner_layout_count = sizeof scanner_layouts / sizeof *scanner_layouts;

struct str scanner_layout_key(size_t layout, char c, char *one)
{
    struct str keys = str_of(scanner_layouts[layout].keys);

    while (keys.n > 1) {
        size_t end = 1; // what comes may be of several bytes, but is one character
        utf8_next(keys, &end);
        if (keys.p[0] == c)
            return (struct str){ keys.p + 1, end - 1 };
        keys = str_from(keys, end + 1);
    }
    *one = c;
    return (struct str){ one, 1 };
}
