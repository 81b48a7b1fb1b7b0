# SPDX-License-Identifier: MIT
"""Pages without a symbol that can be read: each kind is a function of (rng, noise, width, height)
that returns how dark each pixel is, from 0 to 1; `noise` is numpy's generator."""
import numpy

import qr_image
import qr_symbol

FINDER = numpy.zeros((9, 9), numpy.float32)
FINDER[1:8, 1:8] = 1
FINDER[2:7, 2:7] = 0
FINDER[3:6, 3:6] = 1


def grid(width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    return x, y


def turned_grid(rng, width, height):
    x, y = grid(width, height)
    angle = rng.uniform(0, numpy.pi)
    return (x * numpy.cos(angle) + y * numpy.sin(angle), y * numpy.cos(angle) - x * numpy.sin(angle))


# ---- textures

def plain(rng, noise, width, height):
    return numpy.full((height, width), rng.random(), numpy.float32)


def white_noise(rng, noise, width, height):
    return noise.random((height, width), dtype=numpy.float32)


def clouds(rng, noise, width, height):
    total = sum(qr_image.smooth_noise(noise, width, height, cell) * cell ** 0.7 for cell in (96, 40, 16, 7, 3))
    total = (total - total.min()) / (total.max() - total.min())
    return (total > 0.5).astype(numpy.float32) if rng.random() < 0.5 else total


def blocks(rng, noise, width, height):
    """Square cells, dark or light by chance: the texture of a symbol, without its frame."""
    pitch = rng.uniform(2, 9)
    cells = (noise.random((int(height / pitch) + 1, int(width / pitch) + 1)) < 0.5)
    return qr_image.sample(cells.astype(numpy.float32), pitch, 0, 0, width, height)


def halftone(rng, noise, width, height):
    u, v = turned_grid(rng, width, height)
    period = rng.uniform(3, 14)
    tone = qr_image.smooth_noise(noise, width, height, rng.uniform(40, 160))
    screen = (numpy.cos(u * 2 * numpy.pi / period) + numpy.cos(v * 2 * numpy.pi / period)) / 4 + 0.5
    return numpy.clip((tone - screen) * rng.uniform(3, 12) + 0.5, 0, 1)


def checkers(rng, noise, width, height):
    u, v = turned_grid(rng, width, height)
    if rng.random() < 0.5:
        u, v = grid(width, height)
    tilt = 1 + (u / width - 0.5) * rng.uniform(0, 0.6)
    period = rng.uniform(4, 30)
    return ((numpy.floor(u * tilt / period) + numpy.floor(v * tilt / period)) % 2).astype(numpy.float32)


def guilloche(rng, noise, width, height):
    x, y = grid(width, height)
    total = numpy.zeros((height, width), numpy.float32)
    for _ in range(rng.randint(2, 6)):
        wave = rng.uniform(5, 60) * numpy.sin(x / rng.uniform(15, 80) + rng.uniform(0, 6))
        total += numpy.cos((y + wave + x * rng.uniform(-1, 1)) * 2 * numpy.pi / rng.uniform(5, 18)) > 0.8
    return numpy.clip(total * rng.uniform(0.4, 1), 0, 1)


def rings(rng, noise, width, height):
    x, y = grid(width, height)
    total = numpy.zeros((height, width), numpy.float32)
    for _ in range(rng.randint(1, 12)):
        dx, dy = x - rng.uniform(0, width), y - rng.uniform(0, height)
        square = rng.random() < 0.5
        distance = numpy.maximum(abs(dx), abs(dy)) if square else numpy.hypot(dx, dy)
        pitch = rng.uniform(2, 14)
        inside = distance < rng.choice((3.5, 4.5, 9.5)) * pitch
        steps = numpy.floor(distance / pitch + 0.5)
        total[inside] = ((steps < 2) | (steps % 2 == 1))[inside]
    return total


# ---- print

def barcode(rng, noise, width, height):
    if rng.random() < 0.3:
        return numpy.ascontiguousarray(bars_across(rng, noise, height, width).T)
    return bars_across(rng, noise, width, height)


def bars_across(rng, noise, width, height):
    page = numpy.zeros((height, width), numpy.float32)
    for _ in range(rng.randint(1, 5)):
        module, bars = rng.uniform(1, 4), noise.integers(1, 5, rng.randint(30, 70))
        cells = numpy.repeat(numpy.arange(len(bars)) % 2 == 0, bars).astype(numpy.float32)[None]
        line = qr_image.sample(cells, module, 0.3, 0, int(module * cells.shape[1]) + 2, 1)[0]
        x, y, tall = rng.randrange(width), rng.randrange(height), rng.randint(10, 90)
        part = page[y:y + tall, x:x + len(line)]
        part[:] = line[:part.shape[1]]
    return page


def stacked(rng, noise, width, height):
    """Rows of bars that differ from row to row, as PDF417 has them."""
    module, tall = rng.uniform(1.5, 4), rng.uniform(3, 10)
    rows, columns = int(height / tall) + 1, int(width / module) + 1
    cells = (noise.random((rows, columns)) < 0.5).astype(numpy.float32)
    cells[:, :8], cells[:, 8:12] = 1, numpy.array([0, 1, 0, 1])
    across = qr_image.stretched(cells.T, module, 0.4, width).T
    return qr_image.stretched(across, tall, 0.7, height)


def text(rng, noise, width, height):
    """Lines of marks as wide and as tall as letters, of strokes that are no letters."""
    size = rng.randint(6, 22)
    glyphs = noise.random((40, 7, 5)) < rng.uniform(0.35, 0.6)
    glyphs[:, :, 1] |= glyphs[:, :, 0]
    page, y = numpy.zeros((height, width), numpy.float32), size
    while y < height - 2 * size:
        x = size
        while x < width - size:
            if rng.random() < 0.82:
                qr_image.put(page, glyphs[rng.randrange(40)].astype(numpy.float32), size / 7, x, y)
            x += size * 0.85
        y += int(size * rng.uniform(1.4, 2.2))
    return page


# ---- what looks like a symbol

def finders(rng, noise, width, height):
    """Finder patterns anywhere, of many sizes."""
    page = blocks(rng, noise, width, height) if rng.random() < 0.4 else plain(rng, noise, width, height) * 0
    for _ in range(rng.randint(1, 40)):
        pitch = rng.uniform(1.5, 7)
        qr_image.put(page, FINDER, pitch, rng.uniform(-20, width), rng.uniform(-20, height))
    return page


def frame_only(rng, noise, width, height):
    """Three finder patterns and timing in their right places; between them chance."""
    page = plain(rng, noise, width, height) * 0
    version = rng.randint(1, 14)
    side = 17 + 4 * version
    cells = (noise.random((side, side)) < 0.5).astype(numpy.float32)
    cells[6, :] = cells[:, 6] = 1 - numpy.arange(side) % 2
    for top, left in ((-1, -1), (-1, side - 8), (side - 8, -1)):
        y, x = max(top, 0), max(left, 0)
        part = cells[y:top + 9, x:left + 9]
        part[:] = FINDER[y - top:, x - left:][:part.shape[0], :part.shape[1]]
    return place(rng, page, cells)


def place(rng, page, cells):
    side = len(cells)
    most = (min(page.shape) - 8) / (side + 8)
    pitch = rng.uniform(min(2, most), max(min(8, most), 2))
    x, y = (rng.uniform(4 * pitch, max(n - (side + 4) * pitch, 4 * pitch)) for n in page.shape[::-1])
    qr_image.put(page, cells, pitch, x, y)
    return page


def symbol(rng):
    level = rng.choice(qr_symbol.LEVELS)
    version = rng.randint(7, 14)
    room = qr_symbol.CAPACITY[version][qr_symbol.LEVELS.index(level)]
    return qr_symbol.modules(qr_symbol.payload_within(rng, room), version, level)


def data_by_chance(rng, noise, width, height):
    """A true symbol's patterns, format and version; its data and correction are chance."""
    matrix = symbol(rng)
    cells, is_data = qr_symbol.dark(matrix), (matrix & qr_symbol.IS_FUNCTION) == 0
    cells[is_data] = noise.random(is_data.sum()) < 0.5
    return place(rng, plain(rng, noise, width, height) * 0, cells)


def data_flipped(rng, noise, width, height):
    """A true symbol, so many modules of which are wrong that nothing can correct them."""
    matrix = symbol(rng)
    cells, is_data = qr_symbol.dark(matrix), (matrix & qr_symbol.IS_FUNCTION) == 0
    flip = is_data & (noise.random(cells.shape) < rng.uniform(0.2, 0.5))
    return place(rng, plain(rng, noise, width, height) * 0, numpy.where(flip, 1 - cells, cells))


def cut_off(rng, noise, width, height):
    """Half a symbol, one finder pattern or two."""
    cells = qr_symbol.dark(symbol(rng))
    side = len(cells)
    keep = rng.randint(side // 5, side // 2)
    cells[keep:] = 0
    return place(rng, plain(rng, noise, width, height) * 0, numpy.rot90(cells, rng.randrange(4)))


def other_codes(rng, noise, width, height):
    """Data Matrix has two solid edges and two of dots; Aztec a bull's eye in its middle."""
    side = rng.randint(10, 60)
    cells = (noise.random((side, side)) < 0.5).astype(numpy.float32)
    dots = numpy.arange(side) % 2
    if rng.random() < 0.5:
        cells[:, 0] = cells[-1] = 1
        cells[0], cells[:, -1] = 1 - dots, dots
    else:
        y, x = numpy.indices(cells.shape)
        ring = numpy.maximum(abs(x - side // 2), abs(y - side // 2))
        cells[ring < 6] = (1 - ring % 2)[ring < 6]
    return place(rng, plain(rng, noise, width, height) * 0, cells)


def one_finder(rng, noise, width, height):
    """What a Micro QR code looks like, with chance for data."""
    side = rng.choice((11, 13, 15, 17))
    cells = (noise.random((side, side)) < 0.5).astype(numpy.float32)
    cells[0] = cells[:, 0] = 1 - numpy.arange(side) % 2
    cells[:8, :8] = FINDER[1:, 1:]
    return place(rng, plain(rng, noise, width, height) * 0, cells)


def medley(rng, noise, width, height):
    """Four kinds on one page."""
    kinds = [k for k in KINDS if k != "medley"]
    page = numpy.zeros((height, width), numpy.float32)
    for y in (0, height // 2):
        for x in (0, width // 2):
            kind = KINDS[rng.choice(kinds)]
            page[y:y + height // 2, x:x + width // 2] = kind(rng, noise, width // 2, height // 2)
    return page


KINDS = {"plain": plain, "noise": white_noise, "clouds": clouds, "blocks": blocks, "halftone": halftone,
         "checkers": checkers, "guilloche": guilloche, "rings": rings, "barcode": barcode,
         "stacked": stacked, "text": text, "finders": finders, "frame": frame_only,
         "chance": data_by_chance, "flipped": data_flipped, "cut": cut_off, "other": other_codes,
         "micro": one_finder, "medley": medley}


def soften(darkness):
    """A 3 by 3 blur."""
    for axis in (0, 1):
        darkness = (numpy.roll(darkness, 1, axis) + 2 * darkness + numpy.roll(darkness, -1, axis)) / 4
    return darkness


def page(rng, kind):
    """A page of that kind as grey bytes: clean, or with the faults of paper and camera."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    width, height = (rng.randrange(280, 560) for _ in range(2))
    if rng.random() < 0.04:
        width, height = 1240, 1754
    darkness = KINDS[kind](rng, noise, width, height)
    if rng.random() < 0.3:
        darkness = soften(darkness)
    if rng.random() < 0.1:
        darkness = 1 - darkness
    black, white = rng.choice(((0, 255), (30, 225), (70, 180)))
    grey = white - (white - black) * darkness
    if rng.random() < 0.4:
        grey = grey + noise.standard_normal(grey.shape, dtype=numpy.float32) * rng.uniform(1, 15)
    return qr_image.to_bytes(grey)
