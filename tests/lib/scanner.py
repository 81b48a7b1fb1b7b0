# SPDX-License-Identifier: MIT
"""What scanners, keyboards, code pages and input methods do to a text, by Python's codecs, by
X11's keyboard layouts and by the published rules of Telex, VNI and VIQR: never by the code under
test. A function takes the text of a code and gives the bytes that arrive."""
import html.entities
import re
import shutil
import subprocess
import unicodedata
import urllib.parse

TONES = "\u0300\u0309\u0303\u0301\u0323"
CP437_SIGNS = " ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"


def nfc(text):
    return unicodedata.normalize("NFC", text)


def each(text, change):
    """Letters outside ASCII go through `change`, the others stay."""
    return "".join(c if ord(c) < 128 else change(c) for c in text)


def utf8(change):
    return lambda text: each(text, change).encode()


# ---- forms of letters ----

def decimal_bytes(c, swallowed=False):
    return "".join(f"0{b:03}" for b in c.encode() if not (swallowed and in_cp1252(b)))


def in_cp1252(b):
    return 0x80 <= b < 0xA0 and b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def oem(c, controls):
    byte = ord(c) % 256
    if byte < 32:
        return {"sign": CP437_SIGNS[byte], "raw": chr(byte), "lost": ""}[controls]
    return bytes([byte]).decode("cp437")


def mojibake(text, page, undefined):
    out = ""
    for b in text.encode():
        try:
            out += bytes([b]).decode(page)
        except UnicodeDecodeError:
            out += {"control": chr(b), "lost": "", "?": "?", "sign": "\ufffd"}[undefined]
    return out.encode()


def cp1258(text):
    """A letter with its mark is one byte, its tone the next."""
    out = b""
    for c in text:
        parts = unicodedata.normalize("NFD", c)
        tone = "".join(p for p in parts[1:] if p in TONES)
        out += (nfc("".join(p for p in parts if p not in TONES)) + tone).encode("cp1258")
    return out


def plain_letter(c):
    return {"đ": "d", "Đ": "D"}.get(c) or unicodedata.normalize("NFD", c)[0]


def plain(text):
    return each(text, plain_letter)


def html_named(c):
    name = html.entities.codepoint2name.get(ord(c))
    return f"&{name};" if name else f"&#{ord(c)};"


FORMS = {
    "sound": ("sound", str.encode),
    "decomposed": ("decomposed", lambda t: unicodedata.normalize("NFD", t).encode()),
    "A": ("utf8_decimal", utf8(decimal_bytes)),
    "A'": ("utf8_decimal_holes", utf8(lambda c: decimal_bytes(c, True))),
    "B": ("code_point_decimal", utf8(lambda c: str(ord(c)))),
    "B, leading zero": ("code_point_decimal", utf8(lambda c: f"0{ord(c)}")),
    "C, control codes as signs": ("code_page_437", utf8(lambda c: oem(c, "sign"))),
    "C, control codes as they are": ("code_page_437", utf8(lambda c: oem(c, "raw"))),
    "C, control codes lost": ("code_page_437", utf8(lambda c: oem(c, "lost"))),
    "D, Latin-1": ("utf8_as_latin", lambda t: mojibake(t, "latin-1", "control")),
    "D, CP1252": ("utf8_as_latin", lambda t: mojibake(t, "cp1252", "control")),
    "D, CP1252, gaps": ("utf8_as_latin", lambda t: mojibake(t, "cp1252", "lost")),
    "D, CP1252, ?": ("utf8_as_latin", lambda t: mojibake(t, "cp1252", "?")),
    "D, CP1252, U+FFFD": ("utf8_as_latin", lambda t: mojibake(t, "cp1252", "sign")),
    "D, windows-1258": ("utf8_as_latin", lambda t: mojibake(t, "cp1258", "sign")),
    "D, CP437": ("utf8_as_437", lambda t: mojibake(t, "cp437", "sign")),
    "windows-1258": ("windows_1258", cp1258),
    "windows-1258 seen as CP1252": ("windows_1258",
                                    lambda t: cp1258(t).decode("cp1252").encode()),
    "Latin-1, ?": ("latin_1", lambda t: t.encode("latin-1", "replace")),
    "CP1252, dropped": ("latin_1", lambda t: t.encode("cp1252", "ignore")),
    "E, decimal": ("html_escape", utf8(lambda c: f"&#{ord(c)};")),
    "E, hexadecimal": ("html_escape", utf8(lambda c: f"&#x{ord(c):x};")),
    "E, names": ("html_escape", utf8(html_named)),
    "E, separators too": ("html_escape",
                          lambda t: each(t, lambda c: f"&#{ord(c)};").replace("|", "&#124;").encode()),
    "E, percent": ("percent_escape", utf8(urllib.parse.quote)),
    "E, whole URL": ("percent_escape", lambda t: urllib.parse.quote(t, safe="").encode()),
    "E, form": ("percent_escape", lambda t: urllib.parse.quote_plus(t, safe=",").encode()),
    "G, Shift JIS": ("cjk", lambda t: t.encode().decode("shift_jis", "replace").encode()),
    "G, CP932": ("cjk", lambda t: t.encode().decode("cp932", "ignore").encode()),
    "G, Big5": ("cjk", lambda t: t.encode().decode("big5", "replace").encode()),
    "G, GBK": ("cjk", lambda t: t.encode().decode("gb18030", "replace").encode()),
    "H": ("letters_lost", lambda t: t.encode("ascii", "ignore")),
    "H, ? for a letter": ("letters_replaced", lambda t: t.encode("ascii", "replace")),
    "H, ? for a byte": ("letters_replaced", utf8(lambda c: "?" * len(c.encode()))),
    "H, U+FFFD": ("letters_replaced", utf8(lambda c: "\ufffd")),
    "marks lost": ("marks_lost", lambda t: plain(t).encode()),
    "upper case": ("upper_case", lambda t: t.upper().encode()),
    "upper case of ASCII": ("upper_case", lambda t: re.sub("[a-z]", lambda m: m[0].upper(), t).encode()),
    "lower case": ("lower_case", lambda t: t.lower().encode()),
    "Caps Lock": ("swapped_case", lambda t: t.swapcase().encode()),
}

# ---- keyboard layouts ----

ROWS = ((2, "1234567890-=", "!@#$%^&*()_+"), (16, "qwertyuiop[]", "QWERTYUIOP{}"),
        (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"), (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"))
DEAD = {"dead_circumflex": "^", "dead_diaeresis": "¨", "dead_grave": "`", "dead_acute": "´",
        "dead_tilde": "~"}
LAYOUTS = ("gb", "de", "fr", "es", "it", "br", "jp", "vn")


HAS_LAYOUTS = shutil.which("ckbcomp") is not None


def layout_keys(layout):
    """{US sign: sign} by the layouts of X11, as the console's tools print them."""
    text = subprocess.run(["ckbcomp", "-layout", layout], capture_output=True, text=True,
                          check=False).stdout
    keys = {}
    for code, *names in re.findall(r"^keycode (\d+) = (\S+) (\S+)", text, re.MULTILINE):
        for first, *signs in ROWS:
            if not first <= int(code) < first + len(signs[0]):
                continue
            for sign, name in zip((row[int(code) - first] for row in signs), names):
                name = name.lstrip("+")
                keys[sign] = chr(int(name[2:], 16)) if name.startswith("U+") else DEAD.get(name, sign)
    return keys


def typed_on(keys, text):
    return "".join(keys.get(c, c) for c in text)


# ---- input methods: a key behind a vowel gives the word's main vowel a tone, or a letter its mark --

MARKS = {"breve": "\u0306", "roof": "\u0302", "horn": "\u031b"}
TELEX = dict(zip("frxsj", TONES))
VNI = dict(zip("23415", TONES))
VIQR = dict(zip("`?~'.", TONES))


def set_tone(word, tone):
    """The tone goes to a vowel with a mark, else to the last but one of several, else to the only."""
    vowels = [i for i, c in enumerate(word) if unicodedata.normalize("NFD", c)[0] in "aeiouyAEIOUY"]
    if not vowels:
        return None
    marked = [i for i in vowels if len(unicodedata.normalize("NFD", word[i])) > 1]
    at = marked[-1] if marked else vowels[-2] if len(vowels) > 1 and vowels[-1] == len(word) - 1 else vowels[-1]
    parts = [c for c in unicodedata.normalize("NFD", word[at]) if c not in TONES] + [tone]
    return word[:at] + nfc("".join(parts)) + word[at + 1:]


def set_mark(word, letters, mark):
    """The last of these letters, where it has no mark yet."""
    for at in range(len(word) - 1, -1, -1):
        parts = unicodedata.normalize("NFD", word[at])
        if parts[0].lower() in letters and not set(parts[1:]) & set(MARKS.values()):
            return word[:at] + nfc(parts[0] + mark + parts[1:]) + word[at + 1:]
    return None


def press_telex(word, key):
    low = key.lower()
    if low in TELEX:
        return set_tone(word, TELEX[low])
    if low in "aeo" and word[-1:].lower() == low:
        return set_mark(word, low, MARKS["roof"])
    if low == "w":
        return set_mark(word, "ou", MARKS["horn"]) or set_mark(word, "a", MARKS["breve"])
    if low == "d" and word[-1:].lower() == "d":
        return word[:-1] + ("Đ" if word[-1] == "D" else "đ")
    return None


def press_vni(word, key):
    if key in VNI:
        return set_tone(word, VNI[key])
    if key == "6":
        return set_mark(word, "aeo", MARKS["roof"])
    if key == "7":
        return set_mark(word, "ou", MARKS["horn"])
    if key == "8":
        return set_mark(word, "a", MARKS["breve"])
    if key == "9" and "d" in word.lower():
        at = word.lower().rindex("d")
        return word[:at] + ("Đ" if word[at] == "D" else "đ") + word[at + 1:]
    return None


def press_viqr(word, key):
    if key in VIQR:
        return set_tone(word, VIQR[key])
    if key == "^":
        return set_mark(word, "aeo", MARKS["roof"])
    return None


METHODS = {"Telex": press_telex, "VNI": press_vni, "VIQR": press_viqr}


def through_method(press, text):
    out, word = "", ""
    for key in text:
        made = press(word, key) if word else None
        if made is not None:
            word = made
        elif key.isalnum() or key == "_":
            word += key
        else:
            out += word + key
            word = ""
    return out + word
