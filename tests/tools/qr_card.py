# SPDX-License-Identifier: MIT
"""An invented card as a plane of reflectances: background lines, portrait, emblem, lines of marks
that stand for text, and a symbol. Lengths are millimetres; GRAIN texels make one."""
import random

import numpy

import qr_image
import qr_symbol

WIDTH, HEIGHT, GRAIN = 85.6, 54.0, 32
SHAPE = (round(HEIGHT * GRAIN), round(WIDTH * GRAIN))


def millimetres(shape):
    y, x = (numpy.arange(n, dtype=numpy.float32) / GRAIN for n in shape)
    return x[None, :], y[:, None]


def glyphs(noise, count=48):
    """Shapes with strokes as letters have them, five cells wide and seven tall."""
    cells = numpy.zeros((count, 7, 6), numpy.float32)
    for cell in cells:
        cell[:, noise.integers(0, 4)] = 1
        for _ in range(noise.integers(1, 4)):
            cell[noise.integers(0, 7), :noise.integers(3, 6)] = 1
        cell[noise.integers(0, 5):, noise.integers(1, 5)] = 1
        cell[:, 5] = 0
    return cells


def text_line(noise, letters, tall, length, grain):
    """A line of words in a plane of its own: how dark."""
    shapes = glyphs(noise)[noise.integers(0, 48, letters)]
    shapes[noise.random(letters) < 0.17] = 0
    cells = numpy.concatenate(list(shapes), axis=1)
    pitch = tall * grain / 7
    width = min(int(length * grain), int(pitch * cells.shape[1]) + 1)
    return qr_image.sample(cells, pitch, 0, 0, width, int(tall * grain) + 1)


def print_line(plane, darkness, x, y, ink, grain=GRAIN):
    left, top = int(x * grain), int(y * grain)
    part = plane[top:top + darkness.shape[0], left:left + darkness.shape[1]]
    part *= 1 - (1 - ink) * darkness[:part.shape[0], :part.shape[1]]


class Blank:
    """A card without its symbol; making one is slow, so a few are made and used again."""

    def __init__(self, seed):
        self.rng, self.noise = random.Random(f"blank {seed}"), numpy.random.default_rng(seed)
        self.generation = 2021 if seed % 2 == 0 else 2024
        self.plane = self.background()
        if self.generation == 2021:
            self.emblem(10, 9.5)
            self.portrait(6, 18)
            self.lines(29, 25, 7, self.rng.uniform(1.6, 2.2), 78)
            self.lines(24, 5, 3, 2.0, 62)
        else:
            self.emblem(34, 9.5)
            self.lines(6, 17, 5, 1.8, 40)
            self.machine_lines()

    def background(self):
        x, y = millimetres(SHAPE)
        base = self.rng.uniform(0.68, 0.86) + 0.05 * numpy.cos(x / 30 + y / 22)
        for _ in range(3):
            wave = self.rng.uniform(1, 4) * numpy.sin(x / self.rng.uniform(3, 9) + self.rng.uniform(0, 6))
            phase = (y + wave) * 2 * numpy.pi / self.rng.uniform(0.7, 1.8)
            base = base - self.rng.uniform(0.03, 0.12) * (numpy.cos(phase) > 0.75)
        return base.astype(numpy.float32)

    def emblem(self, x0, y0):
        """Rings, one of them as wide and as far apart as those of a finder pattern."""
        x, y = millimetres(SHAPE)
        radius = numpy.hypot(x - x0, y - y0)
        ink = (radius < 1.7) | (abs(radius - 3.4) < 0.5) | (abs(radius - 5.5) < 0.3)
        spokes = (numpy.cos(numpy.arctan2(y - y0, x - x0) * 15) > 0.4) & (abs(radius - 4.5) < 0.5)
        self.plane[ink | spokes] *= self.rng.uniform(0.3, 0.6)

    def portrait(self, x0, y0):
        x, y = millimetres(SHAPE)
        inside = (x > x0) & (x < x0 + 20) & (y > y0) & (y < y0 + 28)
        self.plane[inside] = 0.7
        head = numpy.hypot((x - x0 - 10) / 5.2, (y - y0 - 11) / 7)
        body = numpy.hypot((x - x0 - 10) / 9, (y - y0 - 29) / 10)
        self.plane[inside & (body < 1)] = 0.2
        face = inside & (head < 1)
        self.plane[face] = (0.62 - 0.2 * head)[face]
        self.plane[face & (y + 0 * x < y0 + 7)] = 0.1
        for eye in (7.6, 12.4):
            self.plane[numpy.hypot(x - x0 - eye, y - y0 - 10.5) < 0.7] = 0.08

    def lines(self, x, y, count, tall, end):
        for number in range(count):
            letters = self.rng.randint(14, 34)
            line = text_line(self.noise, letters, tall, end - x, GRAIN)
            print_line(self.plane, line, x, y + number * tall * 1.6, 0.18)

    def machine_lines(self):
        for number in range(3):
            print_line(self.plane, text_line(self.noise, 30, 2.6, 78, GRAIN), 4, 38 + 4.6 * number, 0.12)


class Card:
    """A blank with its symbol: plane, and where the symbol is on it."""

    def __init__(self, blank, payload, level, version, rng):
        self.payload, self.level, self.generation = payload, level, blank.generation
        self.matrix = qr_symbol.modules(payload, version, level)
        self.truth = qr_symbol.dark(self.matrix)
        self.side, self.version = len(self.truth), version
        self.module = rng.uniform(11, 17) / self.side
        length = self.side * self.module
        if blank.generation == 2021:
            self.x, self.y = WIDTH - length - rng.uniform(2.5, 6), rng.uniform(2.5, 5)
        else:
            self.x, self.y = rng.uniform(46, WIDTH - length - 4), rng.uniform(4, 14)
        self.plane = blank.plane.copy()
        self.black, self.white = rng.uniform(0.04, 0.12), rng.uniform(0.8, 0.92)
        self.draw(rng.uniform(2, 4) * self.module)

    def region(self, margin):
        """The symbol and so much around it, as a view of the plane; and where that begins."""
        left, top = (max(int((at - margin) * GRAIN), 0) for at in (self.x, self.y))
        right, bottom = (int((at + self.side * self.module + margin) * GRAIN) + 1
                         for at in (self.x, self.y))
        return self.plane[top:bottom, left:right], left, top

    def draw(self, quiet):
        part, left, top = self.region(quiet)
        darkness = qr_image.sample(self.truth, self.module * GRAIN, self.x * GRAIN - left,
                                   self.y * GRAIN - top, part.shape[1], part.shape[0])
        part[:] = self.white - (self.white - self.black) * darkness

    def middle(self):
        half = self.side * self.module / 2
        return self.x + half, self.y + half

    def corners(self):
        far_x, far_y = (at + self.side * self.module for at in (self.x, self.y))
        return numpy.array([(self.x, self.y), (far_x, self.y), (far_x, far_y), (self.x, far_y)])

    def centres(self):
        steps = (numpy.arange(self.side) + 0.5) * self.module
        y, x = numpy.meshgrid(self.y + steps, self.x + steps, indexing="ij")
        return x, y


# ---- what happens to a card before any camera sees it: (card, rng, noise, how much of it, 0 to 1)

def box_blur(plane, radius):
    """Mean over a square of 2 radius + 1."""
    size = 2 * radius + 1
    for _ in range(2):
        padded = numpy.pad(plane, ((radius + 1, radius), (0, 0)), mode="edge")
        total = numpy.cumsum(padded, axis=0, dtype=numpy.float64)
        plane = ((total[size:] - total[:-size]) / size).astype(numpy.float32).T
    return plane


def scratches(card, rng, noise, strength):
    part, _, _ = card.region(3)
    y, x = numpy.indices(part.shape, dtype=numpy.float32) / GRAIN
    for _ in range(int(2 + 22 * strength)):
        angle, offset = rng.uniform(0, numpy.pi), rng.uniform(-4, 22)
        along = x * numpy.cos(angle) + y * numpy.sin(angle)
        across = y * numpy.cos(angle) - x * numpy.sin(angle) + 0.6 * numpy.sin(along / 4)
        start, length = rng.uniform(-5, 18), rng.uniform(3, 20)
        line = (abs(across - offset + 8) < rng.uniform(0.02, 0.06 + 0.12 * strength))
        line &= (along > start) & (along < start + length)
        part[line] = rng.choice((0.55, 0.75, 0.9, 0.2))


def rubbed(card, rng, noise, strength):
    """Ink worn off in patches, down to the paper's grain."""
    part, _, _ = card.region(2)
    height, width = part.shape
    patches = qr_image.smooth_noise(noise, width, height, rng.uniform(1.2, 4) * GRAIN)
    grain = qr_image.smooth_noise(noise, width, height, 0.09 * GRAIN)
    gone = numpy.clip((patches - (0.85 - 0.35 * strength)) * 5, 0, 1) * numpy.clip(grain * 2 - 0.2, 0, 1)
    part += (0.72 - part) * gone * rng.uniform(0.5, 0.95)


def dirt(card, rng, noise, strength):
    part, _, _ = card.region(2)
    y, x = numpy.indices(part.shape, dtype=numpy.float32) / GRAIN
    for _ in range(int(3 + 16 * strength)):
        spot = numpy.hypot(x - rng.uniform(0, 20), (y - rng.uniform(0, 20)) * rng.uniform(0.5, 1.5))
        part[spot < rng.uniform(0.1, 0.3 + 0.7 * strength)] *= rng.uniform(0.15, 0.6)


def faded(card, rng, noise, strength):
    floor = 0.15 + 0.5 * strength
    card.plane += (1 - card.plane) * floor * (1 - card.plane)


def ink_spread(card, rng, noise, strength):
    """Modules that grew, or shrank, by a part of their size."""
    part, _, _ = card.region(1)
    blurred = box_blur(part, max(int(card.module * GRAIN * 0.33), 1))
    level = card.black + (card.white - card.black) * (0.5 + rng.choice((-1, 1)) * 0.3 * strength)
    part[:] = numpy.where(blurred < level, card.black, card.white)


def photocopied(card, rng, noise, strength):
    """Toner: black or white, with specks, holes and ragged edges."""
    part, _, _ = card.region(4)
    height, width = part.shape
    ragged = qr_image.smooth_noise(noise, width, height, rng.uniform(0.05, 0.12) * GRAIN) - 0.5
    level = rng.uniform(0.38, 0.55)
    blurred = box_blur(part, int(card.module * GRAIN * 0.25 * (0.5 + strength)))
    toner = numpy.clip((level - blurred + ragged * 0.6 * strength) * 8 + 0.5, 0, 1)
    specks = qr_image.smooth_noise(noise, width, height, 0.1 * GRAIN)
    toner[specks > 0.97 - 0.06 * strength] = 1
    toner[specks < 0.02 + 0.05 * strength] = 0
    part[:] = 0.9 - 0.8 * toner


def halftoned(card, rng, noise, strength):
    """Printed again as dots of different sizes."""
    part, _, _ = card.region(4)
    y, x = numpy.indices(part.shape, dtype=numpy.float32) / GRAIN
    angle, period = rng.uniform(0, 1.5), card.module * rng.uniform(0.35, 0.5 + 0.35 * strength)
    u, v = x * numpy.cos(angle) + y * numpy.sin(angle), y * numpy.cos(angle) - x * numpy.sin(angle)
    screen = (numpy.cos(u * 2 * numpy.pi / period) + numpy.cos(v * 2 * numpy.pi / period)) / 4 + 0.5
    tone = 0.5 + (part - 0.5) * (1.05 - 0.5 * strength)
    part[:] = 0.1 + 0.78 * numpy.clip((tone - screen) * 6 + 0.5, 0, 1)


def folded(card, rng, noise, strength):
    """Creases of a paper copy: the print is broken there, and the light changes."""
    part, _, _ = card.region(4)
    y, x = numpy.indices(part.shape, dtype=numpy.float32) / GRAIN
    for _ in range(rng.randint(1, 2 + int(3 * strength))):
        angle = rng.uniform(0, numpy.pi)
        across = (x - rng.uniform(4, 20)) * numpy.sin(angle) - (y - rng.uniform(4, 20)) * numpy.cos(angle)
        part *= 1 - 0.25 * strength * (across > 0)
        broken = numpy.exp(-(across / (0.08 + 0.25 * strength)) ** 2) * rng.uniform(0.5, 1)
        part += (0.8 - part) * broken


def inverted(card, rng, noise, strength):
    card.plane[:] = 0.96 - card.plane
