# SPDX-License-Identifier: MIT
"""QR symbols of invented card payloads, encoded by libqrencode: what the tools beside this draw."""
import ctypes

import numpy

import vn

LEVELS = "LMQH"
# Bytes that a symbol of each version takes in byte mode, by level (ISO/IEC 18004, table 7).
CAPACITY = {5: (106, 84, 60, 44), 6: (134, 106, 74, 58), 7: (154, 122, 86, 64), 8: (192, 152, 108, 84),
            9: (230, 180, 130, 98), 10: (271, 213, 151, 119), 11: (321, 251, 177, 137),
            12: (367, 287, 203, 155), 13: (425, 331, 241, 177), 14: (458, 362, 258, 194)}
# Of the same versions and levels, correction codewords a block and blocks (table 9).
BLOCKS = {5: ((26, 1), (24, 2), (18, 4), (22, 4)), 6: ((18, 2), (16, 4), (24, 4), (28, 4)),
          7: ((20, 2), (18, 4), (18, 6), (26, 5)), 8: ((24, 2), (22, 4), (22, 6), (26, 6)),
          9: ((30, 2), (22, 5), (20, 8), (24, 8)), 10: ((18, 4), (26, 5), (24, 8), (28, 8)),
          11: ((20, 4), (30, 5), (28, 8), (24, 11)), 12: ((24, 4), (22, 8), (26, 10), (28, 11)),
          13: ((26, 4), (22, 9), (24, 12), (22, 16)), 14: ((30, 4), (24, 9), (20, 16), (24, 16))}
NUMERIC, BYTES = 0, 2  # QRencodeMode
ECI_UTF8 = 26
IS_DARK, IS_FUNCTION = 1, 128  # bits of each module of a QRcode


class QRcode(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("width", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_ubyte))]


def load():
    """libqrencode; None where it is not installed."""
    try:
        library = ctypes.CDLL("libqrencode.so.4")
    except OSError:
        return None
    library.QRinput_new2.restype = ctypes.c_void_p
    library.QRinput_free.argtypes = [ctypes.c_void_p]
    library.QRinput_append.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_char_p]
    library.QRinput_appendECIheader.argtypes = [ctypes.c_void_p, ctypes.c_uint]
    library.QRcode_encodeInput.argtypes = [ctypes.c_void_p]
    library.QRcode_encodeInput.restype = ctypes.POINTER(QRcode)
    library.QRcode_free.argtypes = [ctypes.POINTER(QRcode)]
    return library


LIBRARY = load()


def segments_of(payload, form):
    """`bytes` is what cards have; `mixed` has the number as digits; `eci` names its encoding."""
    raw = payload.encode()
    if form == "mixed" and raw[:12].isdigit():
        return [(NUMERIC, raw[:12]), (BYTES, raw[12:])]
    return [(BYTES, raw)]


def modules(payload, version, level, form="bytes"):
    """The modules as libqrencode has them, with their bits; of that version, or a larger one."""
    if LIBRARY is None:
        raise OSError("libqrencode (package libqrencode4) is not installed")
    source = LIBRARY.QRinput_new2(version, LEVELS.index(level))
    try:
        if form == "eci":
            LIBRARY.QRinput_appendECIheader(source, ECI_UTF8)
        for mode, raw in segments_of(payload, form):
            LIBRARY.QRinput_append(source, mode, len(raw), raw)
        code = LIBRARY.QRcode_encodeInput(source)
    finally:
        LIBRARY.QRinput_free(source)
    if not code:
        raise ValueError(f"{len(payload.encode())} bytes do not fit version {version}-{level}")
    side = code.contents.width
    matrix = numpy.ctypeslib.as_array(code.contents.data, (side, side)).copy()
    LIBRARY.QRcode_free(code)
    return matrix


def dark(matrix):
    return (matrix & IS_DARK).astype(numpy.float32)


def version_of(matrix):
    return (len(matrix) - 17) // 4


def data_modules(matrix):
    """Places of the modules that hold codewords, in the order of their bits: up and down in columns
    of two, from the right; the timing pattern's column is left out (7.7.3)."""
    side, places = len(matrix), []
    for right in range(side - 1, 0, -2):
        right -= right <= 6
        rows = range(side) if (right + 1) & 2 else range(side - 1, -1, -1)
        places += [(y, x) for y in rows for x in (right, right - 1) if not matrix[y, x] & IS_FUNCTION]
    return places


def blocks_of_codewords(count, parity, blocks):
    """The block of each codeword in the order in which they are placed (7.6): the first of every
    block, the second ...; the last blocks may have one data codeword more."""
    short = blocks - count % blocks
    data = count // blocks - parity
    order = list(range(blocks)) * data + list(range(short, blocks)) * (short < blocks)
    return order + list(range(blocks)) * parity


def load(matrix, level, wrong):
    """How much of the error correction these wrong modules take up, in the block that has the most:
    beyond 1 it cannot be read."""
    parity, blocks = BLOCKS[version_of(matrix)][LEVELS.index(level)]
    places = data_modules(matrix)
    count = len(places) // 8
    spoilt = [0] * blocks
    for number, block in enumerate(blocks_of_codewords(count, parity, blocks)):
        spoilt[block] += any(wrong[place] for place in places[8 * number:8 * number + 8])
    return max(spoilt) / (parity // 2)


def smallest_version(payload, level):
    size = len(payload.encode())
    return next(v for v, room in CAPACITY.items() if size <= room[LEVELS.index(level)])


def short_payload(rng, room):
    """A payload for the smallest symbols; its fields get emptier as the room does."""
    fields = vn.payload(rng)
    name = rng.choice([w for w in vn.FAMILY + vn.GIVEN if len(w.encode()) <= 6])
    place = rng.choice(("Hà Nam", "Cà Mau", "Hà Nội", "Lai Châu", "Sơn La"))
    text = "|".join([fields["id"], "", name, fields["birth"], "Nam", place, fields["issued"]])
    if len(text.encode()) > room:
        text = "|".join([fields["id"], "", name[:2], fields["birth"], "Nam", "", fields["issued"]])
    return text


def payload_with(rng, letter):
    """A sound payload with a word that has this letter in it."""
    text = vn.payload(rng, rng.choice((2021, 2024)))["text"]
    parts = text.split("|")
    parts[2] += " " + (letter + "n" if letter.isupper() else "Th" + letter)
    return "|".join(parts)


def payload_within(rng, room, letter=None):
    """An invented payload of at most `room` bytes, with that letter where it can be had."""
    for attempt in range(40):
        text = (payload_with(rng, letter) if letter and attempt < 30
                else vn.payload(rng, rng.choice((2021, 2024)))["text"])
        if len(text.encode()) <= room:
            return text
    return short_payload(rng, room)
