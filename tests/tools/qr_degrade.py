#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Photos and office scans of invented cards, degraded in many ways: DIR/photo and DIR/scan, each with
expected.tsv and meta.tsv.

Rays are followed from a camera to a card that may be tilted and bent; light, lens, hand, sensor and
compression come after it in the order of nature. difficulty is not what was meant but what was
measured on the finished file: each module is sampled at its true place and held against the mean
around it. errors is the share of modules that are then wrong, load how much of the error correction
they take up, contrast and span how far dark is from light, in standard deviations and grey levels.
A load over 1 is made again, milder: so that one who knew where the modules are could read them all.
"""
import argparse
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import numpy  # noqa: E402

import qr_card  # noqa: E402
import qr_image  # noqa: E402
import qr_photo  # noqa: E402
import qr_scan  # noqa: E402

COLUMNS = ["main", "tags", "px_per_module", "version", "ecc", "size", "card", "errors", "load",
           "contrast", "span", "quads"]


# Of each class: most load, least contrast, pixels a module, grey levels, narrowness.
BOUNDS = {"easy": (0, 8, 3, 60, 0.75), "medium": (0.3, 4, 2.3, 25, 0.55), "hard": (0.7, 2.6, 1.8, 10, 0.35)}


def difficulty(found):
    """Of one symbol, by what was measured."""
    for name, (load, contrast, px, span, narrow) in BOUNDS.items():
        if (found["load"] <= load and found["contrast"] >= contrast and found["px"] >= px and
                abs(found["span"]) >= span and found["narrow"] >= narrow):
            return "medium" if name == "easy" and found["span"] < 0 else name
    return "extreme"


def made(kind, recipes, main, blanks, seed):
    """Tries again, milder each time, until each symbol is within what its correction can bear."""
    rng = random.Random(seed)
    strength = rng.random() ** 0.8
    for _ in range(12):
        noise = numpy.random.default_rng(rng.getrandbits(64))
        result = kind(rng, noise, blanks, main, strength)
        if all(found["load"] <= 1 for _, found in result[2]):
            return result
        strength *= 0.8
    return None


def write_set(folder, kind, recipes, count, seed, blanks):
    """Recipes take turns."""
    sheet, names = qr_image.Sheet(folder, COLUMNS), list(recipes)
    classes = ["easy", "medium", "hard", "extreme"]
    for number in range(count):
        main = names[number % len(names)]
        result = made(kind, recipes, main, blanks, f"{seed} {folder.name} {number}")
        if result is None:
            print(f"{folder.name} {number}: no readable {main}", file=sys.stderr)
            continue
        body, suffix, found, tags, size = result
        name = f"{folder.name}-{number:04}.{suffix}"
        (folder / name).write_bytes(body)
        worst = max((difficulty(f) for _, f in found), key=classes.index)
        sheet.add(name, [card.payload for card, _ in found], worst, main=main, tags=tags,
                  px_per_module=f"{min(f['px'] for _, f in found):.2f}",
                  version=max(card.version for card, _ in found), ecc="".join(c.level for c, _ in found),
                  size=size, card=found[0][0].generation,
                  errors=f"{max(f['errors'] for _, f in found):.4f}",
                  load=f"{max(f['load'] for _, f in found):.2f}",
                  contrast=f"{min(f['contrast'] for _, f in found):.1f}",
                  span=f"{min(f['span'] for _, f in found):.0f}", quads=[f["quad"] for _, f in found])
    sheet.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--scans", type=int, default=150)
    parser.add_argument("--large", type=int, default=0, help="photos of 12 megapixels, in DIR/large")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    blanks = [qr_card.Blank(number) for number in range(6)]
    for name, kind, recipes, count in (("photo", qr_photo.photo, qr_photo.RECIPES, options.photos),
                                       ("scan", qr_scan.scan, qr_scan.RECIPES, options.scans),
                                       ("large", qr_photo.photo, qr_photo.SPEED, options.large)):
        if count:
            write_set(options.folder / name, kind, recipes, count, options.seed, blanks)


main()
