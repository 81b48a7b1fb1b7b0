#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Clean symbols in every size, and pages that have none.

qr_pages.py clean DIR: symbols of invented payloads over every Vietnamese letter, versions 5 to 14,
all levels of error correction, 2 to 8 pixels a module, not on the pixel grid.
qr_pages.py none DIR: pages without a symbol that could be read, many of them looking like one.
Either writes expected.tsv and meta.tsv, whose column difficulty is the size or the kind of page.
"""
import argparse
import collections
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import numpy  # noqa: E402

import qr_decoys  # noqa: E402
import qr_image  # noqa: E402
import qr_symbol  # noqa: E402
import vn  # noqa: E402


def pitch_of(rng, number):
    """A whole number of pixels a module in every fifth symbol, the very edges now and then."""
    if number % 5 == 0:
        return float(rng.randint(2, 8))
    return rng.choice((2.0, 8.0)) if number % 97 == 0 else rng.uniform(2, 8)


def form_of(number):
    return "eci" if number % 20 == 7 else "mixed" if number % 20 in (3, 13) else "bytes"


def clean_symbol(rng, number):
    """Payload, level, form and modules; versions and levels take turns."""
    version, level = 5 + number % 10, qr_symbol.LEVELS[number // 10 % 4]
    room = qr_symbol.CAPACITY[version][qr_symbol.LEVELS.index(level)]
    letter = vn.LETTERS[number // 3 % len(vn.LETTERS)]
    payload = qr_symbol.payload_within(rng, room, letter)
    form = form_of(number)
    if form == "eci" and len(payload.encode()) > room - 2:  # its header takes 12 bits
        form = "bytes"
    return payload, level, form, qr_symbol.modules(payload, version, level, form)


def clean_page(rng, matrix, pitch):
    """The symbol with its quiet zone on white paper, somewhere between the pixels, and where it is."""
    side = len(matrix)
    left, top = (pitch * rng.uniform(4, 9) for _ in range(2))
    width, height = (int(numpy.ceil(start + pitch * (side + rng.uniform(4, 9))))
                     for start in (left, top))
    darkness = qr_image.sample(qr_symbol.dark(matrix), pitch, left, top, width, height)
    right, bottom = left + pitch * side, top + pitch * side
    return darkness, [(left, top), (right, top), (right, bottom), (left, bottom)]


def turned(darkness, corners, turns):
    """Quarter turns to the left; the corners stay in the symbol's own order."""
    for _ in range(turns):
        width = darkness.shape[1]
        darkness, corners = numpy.rot90(darkness), [(y, width - x) for x, y in corners]
    return darkness, corners


def write_clean(folder, count, seed, suffix):
    sheet = qr_image.Sheet(folder, ["px_per_module", "version", "ecc", "form", "turns", "quads"])
    letters = collections.Counter()
    for number in range(count):
        rng = random.Random(f"{seed} clean {number}")
        payload, level, form, matrix = clean_symbol(rng, number)
        pitch, turns = pitch_of(rng, number), rng.choice((0, 0, 1, 2, 3))
        darkness, corners = turned(*clean_page(rng, matrix, pitch), turns)
        black, white = (0, 255) if number % 3 else (rng.randint(0, 50), rng.randint(205, 255))
        name = f"clean-{number:05}.{suffix}"
        qr_image.write(folder / name, qr_image.shades(darkness, black, white))
        sheet.add(name, [payload], f"{int(min(pitch, 7.99))}+ px", px_per_module=f"{pitch:.2f}",
                  version=qr_symbol.version_of(matrix), ecc=level, form=form, turns=turns,
                  quads=[[round(c, 2) for point in corners for c in point]])
        letters.update(set(payload))
    sheet.save()
    absent = [letter for letter in vn.LETTERS if not letters[letter]]
    print(f"{count} symbols; letters that occur: {len(vn.LETTERS) - len(absent)} of {len(vn.LETTERS)}, "
          f"the rarest in {min(letters[c] for c in vn.LETTERS)} payloads")


def write_none(folder, count, seed, suffix):
    sheet = qr_image.Sheet(folder, ["width", "height"])
    kinds = list(qr_decoys.KINDS)
    for number in range(count):
        rng = random.Random(f"{seed} none {number}")
        kind = kinds[number % len(kinds)]
        grey = qr_decoys.page(rng, kind)
        name = f"none-{number:05}.{suffix}"
        qr_image.write(folder / name, grey)
        sheet.add(name, [], kind, width=grey.shape[1], height=grey.shape[0])
    sheet.save()
    print(f"{count} pages without a symbol, {len(kinds)} kinds")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("clean", "none"))
    parser.add_argument("folder", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--count", type=int, help="10000 of clean, 5000 of none if not told")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--pgm", dest="suffix", action="store_const", const="pgm", default="png",
                        help="PGM files instead of PNG")
    options = parser.parse_args()
    if options.what == "clean":
        write_clean(options.folder, options.count or 10000, options.seed, options.suffix)
    else:
        write_none(options.folder, options.count or 5000, options.seed, options.suffix)


main()
