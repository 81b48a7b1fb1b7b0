# SPDX-License-Identifier: MIT
"""Finds a person's data and keys in what programs say: as text, as bytes and in hexadecimal."""
import re
import unicodedata

PIECE = 8  # bytes of a file or a key that are told apart from chance
HEX_RUN = re.compile(rb"[0-9a-f]{10,}")
SPACED = re.compile(rb"\b(?:[0-9a-f]{2}[ :]){4,}[0-9a-f]{2}\b")
SHORT = 10  # so many digits may stand in a dump by chance
NUMBER = re.compile(r"(?<![0-9a-z])\d{12}(?![0-9a-z])")  # what no one but a person has


def folded(text):
    return unicodedata.normalize("NFC", text).casefold()


def read_as_text(data):
    return folded(data.decode("utf-8", "replace"))


def hex_runs(lowered):
    """Bytes that are written in hexadecimal, with or without something between them."""
    joined = {re.sub(rb"[ :]", b"", match[0]) for match in SPACED.finditer(lowered)}
    return joined | {match[0] for match in HEX_RUN.finditer(lowered)}


class Search:
    """`words` of a person; `contents`, of which no piece may be told, unless it is in `common`."""

    def __init__(self, words, contents=(), common=b""):
        self.words = sorted({folded(word) for word in words})
        self.pieces, self.raw = {}, None
        for content in contents:
            self.add(content, PIECE // 2, common)
        for word in words:
            for form in ("NFC", "NFD"):
                text = unicodedata.normalize(form, word).encode()
                if len(text) >= PIECE:
                    self.add(text, 1)

    def add(self, content, step=1, common=b""):
        for at in range(0, len(content) - PIECE + 1, step):
            piece = content[at:at + PIECE]
            # Zeros and the like stand everywhere.
            if len(set(piece)) > PIECE // 2 and piece not in common:
                self.pieces[piece.hex().encode()] = piece
        self.raw = None

    def told_in(self, data, allowed=()):
        """What of the secrets stands in it."""
        text = read_as_text(data)
        for form in allowed:
            text = text.replace(folded(form), "")
        plain = re.sub(r"[0-9a-f]{%d,}" % (2 * PIECE), " ", text)
        found = {word for word in self.words
                 if word in (plain if word.isdigit() and len(word) <= SHORT else text)}
        runs = hex_runs(text.encode())
        hexed = {word.encode().hex().encode() for word in self.words}
        found |= {word.decode() for word in hexed for run in runs if word in run}
        return sorted(found | self.pieces_in(runs))

    def pieces_in(self, runs):
        size, found = 2 * PIECE, set()
        for run in runs:
            found |= {run[at:at + size].decode() for at in range(len(run) - size + 1)
                      if run[at:at + size] in self.pieces}
        return found

    def bytes_in(self, data):
        """What of the contents stands in it as it is, as in a core file."""
        if self.raw is None:
            self.raw = set(self.pieces.values())
        return sorted({data[at:at + PIECE].hex() for at in range(len(data) - PIECE + 1)
                       if data[at:at + PIECE] in self.raw})


def numbers_in(data):
    """Twelve digits that stand alone, whoever's they are."""
    return sorted(set(NUMBER.findall(read_as_text(data))))
