#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""How many bytes it takes at least to read a chip, computed from the standards.

minimum() counts what goes over the air, status words included, for a reader that knows everything
beforehand but the keys: which files there are and how long each one is, so that
  - EF.CardAccess is one plain READ BINARY by its short identifier (ISO/IEC 7816-4, 11.3.3);
  - PACE with generic mapping over an elliptic curve is its five commands (ICAO Doc 9303-11, 4.4.4),
    without a reference to domain parameters that is not needed;
  - the application is selected once, without asking for anything back (Doc 9303-10, 3.6.1);
  - EF.COM is not read at all;
  - each file is read by its short identifier in the largest blocks that the length of answers lets
    through protected: for a short one 223 bytes with AES, for an extended one 65503;
  - Chip Authentication is two commands (Doc 9303-11, 6.2.4.2), Active Authentication one (6.1.2),
    and its signature, where it has no room in a short answer, one GET RESPONSE more.
Protection is that of Doc 9303-11, 9.8: AES, whose blocks are 16 bytes, and a MAC of 8. The time is
that of tests/emulator/faults.c: ISO/IEC 14443 with blocks of 256 bytes, and a card that computes
nothing."""

BLOCK, MAC = 16, 8
SHORT, EXTENDED = 256, 65536
OID, NONCE, POINT, CHALLENGE, NAME = 10, 16, 65, 8, 7
STATUS = 2


def tlv(length):
    """Of an object with a tag of one byte."""
    return length + (2 if length < 0x80 else 3 if length < 0x100 else 4 if length < 0x10000 else 5)


def padded(length):
    return (length // BLOCK + 1) * BLOCK


def encrypted(length):
    """DO87 with its padding indicator; none for nothing."""
    return tlv(1 + padded(length)) if length else 0


def protected_answer(length):
    return encrypted(length) + tlv(STATUS) + tlv(MAC)


def largest_block(limit):
    """The most that an answer of that length carries protected."""
    return next(n for n in range(limit, 0, -1) if protected_answer(n) <= limit)


def frames_seconds(length, bitrate):
    frames = length // 253 + 1
    return (length + 3 * frames) * 9 / bitrate + frames * 87e-6


class Wire:
    """What was said so far."""

    def __init__(self, limit):
        self.limit, self.apdus, self.sent, self.received, self.pairs = limit, 0, 0, 0, []

    def add(self, sent, received):
        self.apdus += 1
        self.sent += sent
        self.received += received
        self.pairs.append((sent, received))

    def seconds(self, bitrate):
        return sum(frames_seconds(n, bitrate) for pair in self.pairs for n in pair)

    def plain(self, data, answer):
        """A short command; Le only where there is an answer."""
        self.add(4 + (1 + data if data else 0) + (1 if answer else 0), answer + STATUS)

    def protected(self, data, answer):
        """An extended command only where the protected answer has no room in a short one."""
        whole = protected_answer(answer)
        extended = whole > SHORT and self.limit > SHORT
        ne = (4 if extended and answer >= SHORT else 3) if answer else 0
        inside = encrypted(data) + ne + tlv(MAC)
        self.add(4 + (3 + inside + 2 if extended else 1 + inside + 1), min(whole, self.limit) + STATUS)
        for at in range(self.limit, whole, self.limit):  # GET RESPONSE
            self.add(5, min(whole - at, self.limit) + STATUS)

    def file(self, length):
        block = largest_block(self.limit)
        for at in range(0, length, block):
            self.protected(0, min(block, length - at))


def pace(wire):
    def general(inside):
        return tlv(tlv(inside) if inside else 0)

    wire.plain(tlv(OID) + tlv(1), 0)
    wire.plain(general(0), general(NONCE))
    wire.plain(general(POINT), general(POINT))
    wire.plain(general(POINT), general(POINT))
    wire.plain(general(MAC), general(MAC))


def minimum(card_access, files, short=False, chip_authentication=False, signature=0):
    """Lengths of files, and of the signature of Active Authentication; 0 for none."""
    wire = Wire(SHORT if short else EXTENDED)
    wire.plain(0, card_access)
    pace(wire)
    wire.protected(NAME, 0)
    for length in files:
        wire.file(length)
    if chip_authentication:
        wire.protected(tlv(OID), 0)
        wire.protected(tlv(tlv(POINT)), tlv(0))
    if signature:
        wire.protected(CHALLENGE, signature)
    return wire
