#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Invented card payloads in Vietnamese, and what scanners and code pages do to them.

payload(rng, generation) makes a sound payload; damage(kind, text) spoils its text the way `kind`
does and returns bytes, or None where that mechanism cannot carry the text. The damage is done by
Python's codecs and by recode(1), never by the code under test.
"""
import html.entities
import shutil
import subprocess
import unicodedata
import urllib.parse

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


def nfc(text):
    return unicodedata.normalize("NFC", text)


SMALL = [nfc(v + t) for v in "aăâeêioôơuưy" for t in TONES] + ["đ"]
LETTERS = [c for c in SMALL + [c.upper() for c in SMALL] if ord(c) > 127]

FAMILY = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh
Trương Đinh Lâm Phùng Mai Tô Hà Tạ Chu Châu Thái Thạch Sơn Kim Danh Lò Quàng Cà Hứa Nông Bế Ma Lương Lưu Cao
Âu Ân Ông Ưng Ứng Ôn Tăng Quách Quan Tống Tôn Tiêu Từ Thân Thiều Triệu Uông Văn Viên Xa Yên Kiều Khổng Khương
La Lã Lại Lộ Lục Mạc Mẫn Nghiêm Ngụy Nhan Nhâm Nhữ Ninh Ổn Phí Phó Phú Phương Sầm Si Thi Thịnh Thào Giàng Vàng
Hạng Sùng Tráng Cứ Cháng Giáp Giang Hàn Hạ Hán Doãn Diệp Đàm Đàng Đái Đậu Đường Đổng Bành Bạch Cung Cù Cấn Ánh""".split()
MIDDLE = """Văn Thị Đức Hữu Thành Minh Quang Ngọc Xuân Thanh Thu Kim Bảo Gia Hoàng Anh Đình Công Quốc Trọng
Tiến Mạnh Thế Duy Khánh Hải Như Diệu Mỹ Phương Bích Hồng Lan Thùy Tuyết Ánh Ái Ý Mộng Tường Việt Nhật Phúc
Phước Thiện Vĩnh Trường Tấn Chí Bá Sỹ Viết Huy Hà Cẩm Tố Trúc Yến Ẩn Uyển Ỷ""".split()
GIVEN = """An Anh Ánh Bình Bảo Châu Chi Cường Dũng Duy Dương Đạt Đức Giang Hà Hải Hạnh Hằng Hậu Hiền Hiếu Hòa Hoà
Hoa Hoàng Hùng Hưng Huệ Huy Huyền Hương Khánh Khoa Kiên Kỳ Lan Linh Loan Long Lộc Lợi Ly Mai Mạnh Minh My Mỹ
Nam Nga Ngân Nghĩa Ngọc Nguyên Nguyệt Nhã Nhàn Nhi Nhung Oanh Phát Phong Phú Phúc Phương Quân Quang Quế Quốc Quý
Quyên Quỳnh Sang Sinh Sơn Sỹ Tài Tâm Tân Thái Thắm Thắng Thanh Thành Thảo Thi Thiện Thịnh Thọ Thơ Thoa Thông Thu
Thuận Thúy Thuý Thủy Thuỷ Thư Thương Tiên Tiến Tình Tín Toàn Trâm Trang Trí Trinh Trọng Trung Trúc Tú Tuấn Tuệ
Tùng Tuyền Tuyết Uyên Vân Vi Viên Việt Vinh Vũ Vương Vy Xuân Ý Yên Yến Ẩn Ẵm Ổn Ỏn Ửng Ưu Ứng Ước Ẻn Ết Ế Ễnh
Ngỗ Nghệ Nghị Ngữ Nhẫn Nhỡ Nõn Nụ Nữ Sẵn Sửu Tẽo Thìn Tỵ Tý Tỷ Dậu Tuất Hợi Mão Mẹo Mùi Ngọ Bẩy Bảy Bốn Sáu""".split()
ETHNIC = ["Y Bham Niê", "H'Hen Niê", "H’Hen Niê", "Y Blŏ Niê Kdăm", "Ksor Hnhŏk", "Rơ Châm H'Yŭn", "Siu Kpă",
          "Kpă Y Thiêm", "H'Bia Ayŭn", "K'Brin", "K'Sơr Ha Krang", "A Viết Lơng", "Y Ñuôl Mlô", "H`Lan Êban",
          "Y Ngông Êñuôl", "Nay H'Ĕ", "H' Ĭn Kbuôr", "Čil Mup Ha Kră", "Neáng Sóc Kha", "Thạch Sa Rết",
          "Kim Sô Phia", "Kră Jăn Ha Bình", "Rah Lan H'Lim", "Puih Hyim", "Bríu Prăm", "Alăng Thị Bông",
          "Zơrâm Nhiếu", "Hồ Thị Y-Nhi", "Ríah Bhling", "Y Khoa Byă", "H'Nhi Buôn Krông", "Ma Văn Páo"]
PLAIN = ["Mai Lan Anh", "Kim Anh", "Ly A Cu", "Le Thanh An", "Nam", "Kim", "Cao Sinh", "Ha Giang Nam", "Lan Chi",
         "Ma A Sinh", "Thi Mai Linh", "Y Bham", "Danh Sa Ry", "Lee Min Ho", "Mary Nguyen", "Hoang Kim Long"]
ODD = ["Bằ Ằ", "Ẵẵ Ễễ", "Ỗn Ỡi", "Ẽ Ẹ Ẻ", "Ỹ Ỵ", "Ặc Ẳng", "Ể Ề", "Ợ Ỡ Ở", "Àé Ôù", "Ìõ Ýà", "Éô Íá Úũ"]
PROVINCES = """Hà Nội,Hà Giang,Cao Bằng,Bắc Kạn,Tuyên Quang,Lào Cai,Điện Biên,Lai Châu,Sơn La,Yên Bái,Hòa Bình,
Thái Nguyên,Lạng Sơn,Quảng Ninh,Bắc Giang,Phú Thọ,Vĩnh Phúc,Bắc Ninh,Hải Dương,Hải Phòng,Hưng Yên,Thái Bình,Hà Nam,
Nam Định,Ninh Bình,Thanh Hóa,Nghệ An,Hà Tĩnh,Quảng Bình,Quảng Trị,Thừa Thiên Huế,Đà Nẵng,Quảng Nam,Quảng Ngãi,
Bình Định,Phú Yên,Khánh Hòa,Ninh Thuận,Bình Thuận,Kon Tum,Gia Lai,Đắk Lắk,Đắk Nông,Lâm Đồng,Bình Phước,Tây Ninh,
Bình Dương,Đồng Nai,Bà Rịa - Vũng Tàu,TP. Hồ Chí Minh,Long An,Tiền Giang,Bến Tre,Trà Vinh,Vĩnh Long,Đồng Tháp,
An Giang,Kiên Giang,Cần Thơ,Hậu Giang,Sóc Trăng,Bạc Liêu,Cà Mau""".replace("\n", "").split(",")
DISTRICTS = """Ba Đình,Hoàn Kiếm,Tây Hồ,Long Biên,Cầu Giấy,Đống Đa,Hai Bà Trưng,Sóc Sơn,Đông Anh,Gia Lâm,Mê Linh,
Ứng Hòa,Mỹ Đức,Đồng Văn,Mèo Vạc,Yên Minh,Quản Bạ,Vị Xuyên,Bảo Lạc,Hạ Lang,Pác Nặm,Ba Bể,Sa Pa,Bắc Hà,Mường Ảng,
Tủa Chùa,Mường Tè,Sìn Hồ,Quỳnh Nhai,Thuận Châu,Lục Yên,Trạm Tấu,Đà Bắc,Kỳ Sơn,Phổ Yên,Võ Nhai,Chi Lăng,Cẩm Phả,
Uông Bí,Ba Chẽ,Cô Tô,Lục Ngạn,Yên Dũng,Thanh Ba,Hạ Hòa,Tam Đảo,Từ Sơn,Thuận Thành,Chí Linh,Vĩnh Bảo,Cát Hải,
Tiên Lữ,Quỳnh Phụ,Vũ Thư,Ý Yên,Nghĩa Hưng,Giao Thủy,Hoa Lư,Kim Sơn,Sầm Sơn,Quan Hóa,Bá Thước,Tĩnh Gia,Cửa Lò,
Quỳ Hợp,Nghĩa Đàn,Đức Thọ,Lệ Thủy,Hướng Hóa,A Lưới,Phú Lộc,Hội An,Trà Bồng,Đức Phổ,An Lão,Tuy Phước,Sông Cầu,
Nha Trang,Cam Ranh,Ninh Hải,Hàm Tân,Đắk Hà,Kon Plông,Pleiku,Ia Grai,Chư Păh,Buôn Ma Thuột,Ea H'leo,Cư M'gar,
Krông Pắk,Krông Năng,Đắk R'Lấp,Cư Jút,Đà Lạt,Lạc Dương,Bù Đăng,Gò Dầu,Thủ Dầu Một,Bến Cát,Trảng Bom,Châu Đức,
Quận 1,Quận 12,Bình Thạnh,Củ Chi,Cần Giờ,Đức Hòa,Gò Công,Ba Tri,Càng Long,Ô Môn,Thốt Nốt,Châu Thành,Mỹ Tú,
Ngã Bảy,Phụng Hiệp,Vị Thủy,Giá Rai,Ngọc Hiển,Phú Quốc,Rạch Giá,Hà Tiên,Tịnh Biên,Hồng Ngự,Cao Lãnh""".replace("\n", "").split(",")
COMMUNES = """Phúc Xá,Trúc Bạch,Ô Chợ Dừa,Cống Vị,Láng Thượng,Hàng Bột,Ngọc Hà,Đồng Xuân,Yên Viên,Cổ Loa,Ủng Lạc,
Lũng Cú,Phố Cáo,Sủng Là,Tả Ván,Ý Tý,Y Tý,Nậm Cắn,Nậm Nèn,Ẳng Cang,Ẳng Tở,Mường É,Chiềng Ơn,Pá Lau,Púng Luông,
Tú Lệ,Chế Tạo,Xím Vàng,Ảng Nưa,Ỷ La,Mỹ Bằng,Đại Từ,Phấn Mễ,Bằng Mạc,Đồng Mỏ,Hồng Gai,Hà Tu,Hà Phong,Vạn Yên,
Hữu Sản,Chũ,Biển Động,Tiên Kiên,Xuân Lũng,Ấm Hạ,Đại Đồng,Đại Bái,Ngũ Thái,Đình Tổ,Cẩm Chế,An Sinh,Vĩnh Niệm,
Đông Hải,Hoàng Diệu,Thái Thụy,Thụy Hải,Giao Thiện,Hải Hậu,Nghĩa Lợi,Yên Từ,Khánh Nhạc,Quảng Cư,Hoằng Ngọc,
Thiệu Đô,Nga Sơn,Trung Sơn,Tam Thái,Tà Cạ,Châu Khê,Đô Lương,Kỳ Anh,Hương Sơn,Ngư Thủy,Lao Bảo,Thủy Xuân,
Hòa Khánh,Hoà Liên,Đại Lộc,Trà My,Ba Tơ,Bình Hải,Cát Tiến,Nhơn Lý,Xuân Cảnh,Ninh Hoà,Vĩnh Ngọc,Phước Dinh,
Mũi Né,Tân Thuận,Đắk Ui,Ngọk Bay,Sa Thầy,Ia Kha,Kbang,Ea Kao,Ea Tu,Cư Ê Bur,Ea Tíh,Quảng Phú,Nâm N'Jang,
Liêng S'rônh,Đạ Sar,Đạ Tẻh,Lát,Đức Liễu,Thọ Sơn,Thạnh Tân,Phú Mỹ,Bửu Long,Hố Nai,Long Bình,Bến Nghé,Đa Kao,
Tân Định,Cầu Ông Lãnh,Thảo Điền,Phường 12,Tân Thới Hiệp,Nhuận Đức,Mỹ Hạnh,Tân Ngãi,An Thủy,Mỹ Lồng,Long Đức,
Ngũ Lạc,Mỹ Thới,Phú Hữu,Tân Khánh Trung,Vĩnh Tế,Nhơn Hưng,Mỹ Đức,Thổ Châu,Hòn Tre,Ba Hòn,Cái Khế,Xà Phiên,
Thới An,An Lạc Thôn,Vĩnh Châu,Vĩnh Trạch,Đất Mũi,Khánh Bình Tây,Rạch Gốc,Hưng Mỹ,Ú Na,Cẩm Ân""".replace("\n", "").split(",")
HAMLETS = ["Thôn {n}", "Tổ {n}", "Xóm {n}", "Khu {n}", "Ấp {n}", "ấp {n}", "Bản {p}", "Thôn {p}", "Xóm {p}",
           "Ấp {p}", "ấp {p}", "Khu Phố {n}", "khu phố {n}", "Tổ Dân Phố {n}", "Tổ dân phố {n}", "Đội {n}",
           "Khóm {p}", "TDP {n}", "Buôn {e}", "Làng {e}", "Tiểu Khu {n}", "Cụm {n}"]
HOUSES = ["Số {h}", "Số {h} Đường {s}", "{h} {s}", "{h} Phố {s}", "{h} đường {s}", "Lô {l}", "Căn {l} Chung Cư {s}",
          "Hẻm {h} {s}", "Ngõ {m} {s}", "Kiệt {m} {s}", "{k} {s}", "Phòng {m} Nhà {l}", "Số 0{m}", "Nhà {l} Khu Đô Thị {s}",
          "SN {h}", "Ngách {h} Ngõ {m} {s}", "{h}"]
BUON = ["Krông A", "Ea Sia", "Kõp", "Mlốk", "Pốk", "Hra", "Kmiên", "Dhă Prông", "Alê A", "Niêng"]
AREAS = "001 002 004 008 019 022 024 025 027 030 031 034 038 040 046 048 054 062 066 070 074 079 083 089 092 096".split()
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split() + [""]
RIMES = """a ai an ang anh ao am au ay e em en eo ê ên ênh êu i ia iêm iên iêng iêu im in inh iu o oa oai oan oang oanh
oe oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uê ui um un ung uôi uôn uông uy uyên ư ưa ưi ưng ươi ươm ươn ương
ươu ưu ăm ăn ăng âm ân âng âu ây""".split()
STOPPED = "ac ach ap at ec ep et êch êp êt ich iêc iêp iêt ip it oc op ot oat ôc ôp ôt ơp ơt uc up ut uôc uôt ưc ưt ươc ươp ươt ăc ăp ăt âc âp ât uât uyêt".split()


def with_tone(rime, tone):
    """The tone mark goes on the marked vowel, else before a last consonant, else on the first."""
    if not tone:
        return rime
    vowels = [i for i, c in enumerate(rime) if c in "aăâeêioôơuưy"]
    marked = [i for i in vowels if rime[i] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif len(vowels) > 1 and (vowels[-1] < len(rime) - 1 or len(vowels) > 2 or rime[:2] in ("oa", "oe", "uy")):
        at = vowels[1]
    else:
        at = vowels[0]
    return nfc(rime[:at + 1] + tone + rime[at + 1:])


def syllable(rng):
    """Any syllable that spelling allows, common or not."""
    while True:
        onset = rng.choice(ONSETS)
        stopped = rng.random() < 0.2
        rime = rng.choice(STOPPED if stopped else RIMES)
        first = rime[0]
        if onset in ("c", "g", "ng") and first in "eêi" or onset in ("k", "gh", "ngh") and first not in "eêi":
            continue
        if onset == "qu" and first in "ouư" or onset == "gi" and first in "iy" or onset == "" and rime.startswith("iê"):
            continue
        return (onset + with_tone(rime, rng.choice(TONES[4:] if stopped else TONES))).capitalize()


def name(rng):
    kind = rng.random()
    if kind < 0.08:
        return rng.choice(ETHNIC)
    if kind < 0.11:
        return rng.choice(PLAIN)
    words = [rng.choice(FAMILY)]
    words += [rng.choice(MIDDLE) for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2)))]
    words.append(rng.choice(GIVEN))
    if rng.random() < 0.12:
        words[-1] = syllable(rng)
    text = " ".join(words)
    return text.upper() if rng.random() < 0.04 else text


def residence(rng):
    parts = []
    street = rng.choice((lambda: rng.choice(COMMUNES), lambda: rng.choice(FAMILY) + " " + rng.choice(GIVEN),
                         lambda: "%s %s %s" % (rng.choice(FAMILY), rng.choice(MIDDLE), rng.choice(GIVEN))))()
    fill = {"n": rng.randint(1, 19), "m": rng.randint(1, 999), "s": street, "p": syllable(rng), "e": rng.choice(BUON),
            "h": rng.choice(("%d", "%dA", "%d/5B", "12/%d", "%d-17", "%d bis")) % rng.randint(1, 999),
            "l": rng.choice(("A%d", "B%d", "H%d", "C%d", "T%d")) % rng.randint(1, 432),
            "k": rng.choice(("K%d/12", "K%d", "H%d/4")) % rng.randint(1, 432)}
    kind = rng.random()
    if kind < 0.35:
        parts.append(rng.choice(HOUSES).format(**fill))
    if 0.25 < kind < 0.75:
        parts.append(rng.choice(HAMLETS).format(**fill))
    if kind < 0.97:
        if rng.random() < 0.9:
            parts.append(rng.choice(COMMUNES))
        else:
            parts.append(syllable(rng) + " " + syllable(rng))
        parts.append(rng.choice(DISTRICTS))
    parts.append(rng.choice(PROVINCES))
    text = ", ".join(parts)
    return text.upper() if rng.random() < 0.02 else text


def date(rng, first, last):
    return "%02d%02d%04d" % (rng.randint(1, 28), rng.randint(1, 12), rng.randint(first, last))


# ---- names that nobody bears: no list of names can help to repair them

def unspelt(rng):
    """Letters in a row, some of which no rule of spelling allows."""
    onset = rng.choice(("b", "c", "ch", "d", "g", "h", "k", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr",
                        "v", "x", ""))
    word = onset + rng.choice(SMALL) + rng.choice(("", "n", "ng", "nh", "m", "i", "c", "t", "p"))
    return word[0].upper() + word[1:]


WORDS = {"syllables": syllable, "letters": unspelt}


def invented_name(rng, word):
    text = " ".join(word(rng) for _ in range(rng.randint(2, 4)))
    return text.upper() if rng.random() < 0.04 else text


def invented_residence(rng, word):
    def words(least, most):
        return " ".join(word(rng) for _ in range(rng.randint(least, most)))

    fill = {"n": rng.randint(1, 400), "m": rng.randint(1, 999), "s": words(1, 3), "p": words(1, 2), "e": words(1, 2),
            "h": rng.choice(("%d", "%dA", "%d/5B", "%dc", "%d bis")) % rng.randint(1, 999),
            "l": rng.choice(("A%d", "B%d", "H%d", "C%d", "T%d")) % rng.randint(1, 432),
            "k": rng.choice(("K%d/12", "K%d", "H%d/4")) % rng.randint(1, 432)}
    first = rng.choice((HOUSES, HAMLETS, ("Số {n}", "Tổ {n}", "Thôn {p}", "{p}", "Khu {l}", "Tòa {s} {l}", "Ngõ {m}")))
    parts = [rng.choice(first).format(**fill)]
    if rng.random() < 0.3:
        parts.append(rng.choice(HAMLETS).format(**fill))
    parts.append(rng.choice(("Phường ", "Xã ", "")) + words(1, 2))
    if rng.random() < 0.8:
        parts.append(words(1, 2))
    parts.append(rng.choice(PROVINCES) if rng.random() < 0.5 else words(2, 2))
    text = ", ".join(parts)
    return text.upper() if rng.random() < 0.02 else text


def payload(rng, generation=2021, invented=None):
    """A sound payload of the card of 2021 (7 fields) or of 2024 (11 fields); `invented` is one of
    WORDS where its names shall be made of such words."""
    birth, sex = date(rng, 1930, 2012), rng.choice(("Nam", "Nữ"))
    century = (2 if int(birth[4:]) >= 2000 else 0) + (sex == "Nữ")
    fields = {"id": "%s%d%s%06d" % (rng.choice(AREAS), century, birth[6:], rng.randrange(10 ** 6)),
              "old": "%09d" % rng.randrange(10 ** 9) if rng.random() < 0.5 else "",
              "name": invented_name(rng, WORDS[invented]) if invented else name(rng), "birth": birth, "sex": sex,
              "residence": invented_residence(rng, WORDS[invented]) if invented else residence(rng)}
    if generation == 2021:
        fields["issued"] = date(rng, 2021, 2023)
        fields["extra"] = []
    else:
        fields["issued"] = date(rng, 2025, 2026)
        young = rng.random() < 0.2
        fields["extra"] = ["", name(rng), name(rng), ""] if young else [""] * 4
    fields["text"] = "|".join([fields["id"], fields["old"], fields["name"], fields["birth"], fields["sex"],
                               fields["residence"], fields["issued"]] + fields["extra"])
    return fields


def strange_but_sound(rng, fields):
    """The same payload in a form that is rarer and just as sound."""
    kind = rng.randrange(6)
    text = fields["text"]
    if kind == 0:
        return unicodedata.normalize("NFD", text)
    if kind == 1:
        return text.replace("'", "’")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    plain = plain.replace("đ", "d").replace("Đ", "D")
    if kind == 2:
        return plain
    parts = text.split("|")
    if kind == 3:  # no letters but ASCII and Latin-1
        latin = [w for w in FAMILY + MIDDLE + GIVEN if all(ord(c) < 256 for c in w)]
        parts[2] = " ".join(rng.choice(latin) for _ in range(3))
        parts[4] = "Nam"
        parts[5] = "%s%d, %s %s, Hà Nam" % (rng.choice(("Lô H", "K", "A", "")), rng.randint(100, 432),
                                            rng.choice(latin), rng.choice(latin))
    elif kind == 4:  # numbers among ASCII
        words = PLAIN + [w for w in FAMILY + GIVEN if w.isascii()]
        parts[2] = rng.choice(words)
        parts[4] = "Nam"
        parts[5] = "%s, %s, %s" % (rng.choice(("Lo A225", "K225/12", "H224", "To 5", "So 0225", "T7893", "272a",
                                               "272224", "So 01950160", "C%d" % rng.randint(100, 432),
                                               "H%d Kim Lan" % rng.randint(100, 432))),
                                   rng.choice(words), rng.choice(("Kon Tum", "Gia Lai", "An Giang", "Long An")))
    else:
        parts[2] = rng.choice(ODD) if rng.random() < 0.5 else " ".join("".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 4))) for _ in range(2))
    return "|".join(parts)


# ---- damage

def recode_table(charset):
    """What recode makes of each letter, as a dictionary; None where there is no recode."""
    if shutil.which("recode") is None:
        return None
    source = "\n".join(LETTERS).encode()
    target = subprocess.run(["recode", "-f", "UTF-8.." + charset], input=source, capture_output=True,
                            check=False).stdout.split(b"\n")
    table = {c: b for c, b in zip(LETTERS, target) if b}
    if charset == "VNI":  # recode exchanges these two; VNI's fonts and other tables do not
        table["Ắ"], table["Ằ"] = b"A\xc9", b"A\xc8"
    if charset == "VPS":  # recode lacks it
        table["Ỗ"] = b"\x99"
    return table


_tables = {}


def by_table(charset, text):
    if charset not in _tables:
        _tables[charset] = recode_table(charset)
    table = _tables[charset]
    out = [c.encode() if c.isascii() else table.get(c) for c in text]
    return None if None in out else b"".join(out)


def tcvn3_font(text):
    """The fonts have no capitals with tones: small letters are typed for them."""
    plain = {unicodedata.normalize("NFC", c) for c in "ĂÂÊÔƠƯĐ"}
    return by_table("TCVN", "".join(c if c.isascii() or c in plain else c.lower() for c in text))


def cp1258(text):
    out = b""
    for c in text:
        try:
            out += c.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        parts = unicodedata.normalize("NFD", c)
        tones = [m for m in parts if m in "\u0300\u0301\u0303\u0309\u0323"]
        base = nfc("".join(m for m in parts if m not in tones))
        try:
            out += (base + "".join(tones)).encode("cp1258")
        except UnicodeEncodeError:
            return None
    return out


def shown(raw, codec="cp1252", undefined=chr):
    """Bytes as a code page shows them; undefined(byte) where it has nothing."""
    out = ""
    for byte in raw:
        try:
            out += bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            out += undefined(byte)
    return out


def displayed(raw):
    return None if raw is None else shown(raw).encode()


def cp437(text, glyphs):
    out = ""
    for c in text:
        if c.isascii():
            out += c
            continue
        byte = ord(c) % 256
        if byte in (0, 9, 10, 13, 0x2C, 0x7C):
            return None
        out += bytes([byte]).decode("cp437")
    if glyphs:
        out = out.translate({2: "☻", 3: "♥", 16: "►", 17: "◄"})
    return out.encode()


def typed_bytes(text, swallowed):
    out = ""
    for byte in text.encode():
        if byte < 0x80:
            out += chr(byte)
        elif not (swallowed and 0x80 <= byte < 0xA0 and byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)):
            out += "%04d" % byte
    return out.encode()


def per_char(text, escape):
    return "".join(c if c.isascii() else escape(c) for c in text).encode()


def named(c):
    name = html.entities.codepoint2name.get(ord(c))
    return "&%s;" % name if name else "&#%d;" % ord(c)


def mixed_named(c):
    name = html.entities.codepoint2name.get(ord(c))
    return "&%s;" % name if name else c


DAMAGE = {
    "utf8-decimal": lambda t: typed_bytes(t, False),
    "utf8-decimal-swallowed": lambda t: typed_bytes(t, True),
    "code-point-decimal": lambda t: per_char(t, lambda c: str(ord(c))),
    "cp437-controls": lambda t: cp437(t, False),
    "cp437-glyphs": lambda t: cp437(t, True),
    "mojibake-latin1": lambda t: t.encode().decode("latin-1").encode(),
    "mojibake-cp1252": lambda t: shown(t.encode()).encode(),
    "mojibake-cp1258": lambda t: shown(t.encode(), "cp1258").encode(),
    "mojibake-cp437": lambda t: t.encode().decode("cp437").encode(),
    "mojibake-dropped": lambda t: shown(t.encode(), undefined=lambda b: "").encode(),
    "mojibake-question": lambda t: shown(t.encode(), undefined=lambda b: "?").encode(),
    "mojibake-fffd": lambda t: shown(t.encode(), undefined=lambda b: "\ufffd").encode(),
    "mojibake-twice": lambda t: shown(shown(t.encode()).encode()).encode(),
    "html-decimal": lambda t: per_char(t, lambda c: "&#%d;" % ord(c)),
    "html-hex": lambda t: per_char(t.replace("|", "&#x7C;"), lambda c: "&#x%X;" % ord(c)),
    "html-named": lambda t: per_char(t.replace("'", "&apos;"), named),
    "html-mixed": lambda t: "".join(mixed_named(c) for c in t.replace("'", "&#39;")).encode(),
    "percent": lambda t: urllib.parse.quote(t, safe="|,").encode(),
    "percent-line": lambda t: urllib.parse.quote_plus(t).encode(),
    "percent-letters": lambda t: per_char(t, urllib.parse.quote),
    "cp1258-raw": cp1258,
    "cp1258-shown": lambda t: displayed(cp1258(t)),
    "tcvn3-raw": tcvn3_font,
    "tcvn3-shown": lambda t: displayed(tcvn3_font(t)),
    "tcvn-vn1-raw": lambda t: by_table("TCVN", t),
    "tcvn-vn1-shown": lambda t: displayed(by_table("TCVN", t)),
    "vni-raw": lambda t: by_table("VNI", t),
    "vni-shown": lambda t: displayed(by_table("VNI", t)),
    "vps-raw": lambda t: by_table("VPS", t),
    "vps-shown": lambda t: displayed(by_table("VPS", t)),
}
NEED_RECODE = ("tcvn", "vni", "vps")


def skip_reason(kind):
    """Why a kind cannot be tried here; None when it can."""
    if kind.startswith(NEED_RECODE) and shutil.which("recode") is None:
        return "recode is not installed"
    return None


def damage(kind, text):
    """The bytes that arrive when text goes through `kind`; None when it cannot carry the text."""
    return DAMAGE[kind](text)
