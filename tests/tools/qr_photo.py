# SPDX-License-Identifier: MIT
"""Photos of invented cards. A Shot holds what light, lens, hand and sensor do, in units of modules
where that is what counts; a recipe changes one of these, strength 0 to 1."""
import io
import math

import numpy
from PIL import Image

import qr_card
import qr_files
import qr_image
import qr_scene
import qr_symbol

SIZES = [(1600, 1200)] * 4 + [(1280, 960)] * 4 + [(1200, 1600), (960, 1280), (1920, 1440), (1024, 768),
                                                  (2000, 1500), (1500, 1125)]


class Shot:
    def __init__(self, rng):
        self.rng = rng
        self.size = rng.choice(SIZES)
        self.px, self.tilt, self.roll = rng.uniform(3, 6.5), rng.uniform(0, 0.3), rng.uniform(0, 2 * math.pi)
        if rng.random() < 0.5:  # people hold a phone straight, more or less
            self.roll = rng.choice((0, 0, 0, 1, 2, 3)) * math.pi / 2 + rng.gauss(0, 0.1)
        self.bend, self.lens = 0.0, rng.uniform(-0.04, 0.04)
        self.defocus, self.motion, self.softness = rng.uniform(0, 0.22), rng.uniform(0, 0.2), 0.5
        self.electrons, self.read, self.denoise = rng.uniform(900, 6000), 8.0, 0.0
        self.exposure, self.slope, self.veil, self.gamma = rng.uniform(0.7, 1.0), 0.15, 0.0, 2.2
        self.shadow = self.glare = self.screen = None
        self.sharpen, self.zoom, self.quality, self.again = rng.uniform(0, 0.8), 1.0, rng.randint(72, 93), None
        self.cards = 1


# ---- recipes: (shot, strength)

def tilted(shot, s):
    shot.tilt, shot.px = math.radians(20 + 38 * s), shot.px + 1


def defocused(shot, s):
    shot.defocus = 0.3 + 0.75 * s


def shaken(shot, s):
    shot.motion = 0.4 + 1.6 * s


def noisy(shot, s):
    shot.electrons, shot.read = 150 * (1 - s) + 14, 3.0
    shot.denoise = shot.rng.choice((0, 0, 0.5, 0.8))


def dark(shot, s):
    shot.exposure, shot.electrons = 0.2 - 0.16 * s, 1500 - 1000 * s


def overexposed(shot, s):
    shot.exposure, shot.softness = 1.3 + 2.2 * s, 0.6 + 0.6 * s


def glaring(shot, s):
    rng = shot.rng
    shot.glare = (rng.uniform(-9, 9), rng.uniform(-9, 9), 1.5 + 4.5 * s, rng.uniform(1, 4), rng.uniform(0.6, 4))


def shadowed(shot, s):
    rng = shot.rng
    shot.slope = 0.2 + 0.5 * s
    shot.shadow = (rng.uniform(0, 2 * math.pi), rng.uniform(2, 60), 0.35 + 0.55 * s, rng.uniform(-80, 80))


def veiled(shot, s):
    shot.veil = 0.3 + 0.6 * s


def small(shot, s):
    shot.px = 2.9 - 1.3 * s
    shot.size = shot.rng.choice(((800, 600), (640, 480), (1024, 768), (1280, 960)))


def squeezed(shot, s):
    shot.quality, shot.px = round(42 - 34 * s), min(shot.px, 5)
    if shot.rng.random() < 0.5:
        shot.again = (shot.rng.uniform(0.6, 0.95), round(60 - 40 * s))


def curved(shot, s):
    shot.bend = shot.rng.choice((-1, 1)) / (170 - 125 * s)
    shot.tilt = shot.rng.uniform(0, 0.5)


def on_screen(shot, s):
    """Shown on a display whose lit dots are a good part of a module."""
    shot.screen = (shot.rng.uniform(0.16, 0.4), 0.25 + 0.7 * s, shot.rng.uniform(0, 0.2))


def zoomed(shot, s):
    shot.zoom = 1.4 + 1.6 * s
    shot.px = shot.rng.uniform(2, 3)
    shot.size = shot.rng.choice(((800, 600), (640, 480)))


def oversharp(shot, s):
    shot.sharpen, shot.defocus = 2 + 5 * s, 0.35


def large(shot, s):
    """All the pixels that a phone has."""
    shot.size, shot.px, shot.tilt = (4000, 3000), 9 + 3 * s, 0.1


def several(shot, s):
    shot.cards, shot.px, shot.size = 2 + round(2 * s), 3.6 - 0.9 * s, (2000, 1500)


def nothing(shot, s):
    pass


def on_card(change):
    """A recipe that works on the card, before there is a shot."""
    change.on_card = True
    return change


RECIPES = {"none": nothing, "tilt": tilted, "defocus": defocused, "motion": shaken, "noise": noisy,
           "dark": dark, "overexposed": overexposed, "glare": glaring, "shadow": shadowed,
           "low-contrast": veiled, "small": small, "jpeg": squeezed, "curved": curved, "screen": on_screen,
           "zoom": zoomed, "sharpened": oversharp, "several": several,
           "scratches": on_card(qr_card.scratches), "rubbed": on_card(qr_card.rubbed),
           "dirt": on_card(qr_card.dirt), "faded": on_card(qr_card.faded),
           "ink": on_card(qr_card.ink_spread), "photocopy": on_card(qr_card.photocopied),
           "halftone": on_card(qr_card.halftoned), "folded": on_card(qr_card.folded),
           "inverted": on_card(qr_card.inverted)}
SPEED = {"large": large}
MILD = ["tilt", "defocus", "motion", "noise", "shadow", "low-contrast", "jpeg", "scratches", "dirt", "faded",
        "ink", "curved", "glare"]


# ---- the picture

def desk(noise, width, height):
    """Something to lie on: wood, cloth or a sheet with lines of text."""
    kind = noise.integers(0, 3)
    plane = 0.15 + 0.6 * noise.random() * qr_image.smooth_noise(noise, width, height, 60)
    if kind == 0:
        grain = qr_image.smooth_noise(noise, 64, height, 5)[:, :1]
        plane = plane * (0.7 + 0.5 * grain)
    elif kind == 1:
        plane = plane * (0.8 + 0.4 * qr_image.smooth_noise(noise, width, height, 3))
    else:
        plane = 0.75 + 0.15 * plane
        for top in range(30, height - 30, 34):
            line = qr_card.text_line(noise, int(noise.integers(20, 90)), 18, width - 60, 1)
            qr_card.print_line(plane, line, 30, top, 0.15, grain=1)
    return plane.astype(numpy.float32)


def aim_room(shot, side):
    """Half of what a symbol takes, turned any way, with its quiet zone; px gives way if need be."""
    most = 0.98 * min(shot.size) / ((side + 6) * 1.42)
    shot.px = min(shot.px, most)
    return shot.px * (side + 6) * 0.71


def camera_for(shot, card, pixel, roll):
    focal = shot.rng.uniform(0.75, 1.3) * max(shot.size)
    turn = qr_scene.rotation(shot.tilt, shot.rng.uniform(0, 2 * math.pi), roll)
    camera = qr_scene.Camera(focal, shot.size, turn, shot.bend, shot.rng.uniform(0, math.pi),
                             (shot.rng.uniform(20, 66), shot.rng.uniform(10, 44)), shot.lens)
    camera.aim(card.middle(), pixel, shot.px / card.module)
    return camera


def relief_of(shot, card):
    """Light that the card's surface adds, and the dots of a display, both fixed to the card."""
    if not shot.glare and not shot.screen:
        return None
    middle_x, middle_y = card.middle()

    def relief(x, y, value):
        if shot.screen:
            share, depth, angle = shot.screen
            period = card.module * share * 2
            u, v = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
            dots = (1 + numpy.cos(u * (2 * math.pi / period))) * (1 + numpy.cos(v * (2 * math.pi / period))) / 4
            value = value * (1 - depth + 2 * depth * dots)
        if shot.glare:
            dx, dy, radius, longer, amount = shot.glare
            distance = ((x - middle_x - dx) / longer) ** 2 + (y - middle_y - dy) ** 2
            value = value + amount * numpy.exp(-distance / (2 * radius * radius))
        return value

    return relief


def lighting(shot, width, height):
    """A lamp from one side, and the shadow of a hand or a phone."""
    x = numpy.linspace(-0.5, 0.5, width, dtype=numpy.float32)[None, :]
    y = numpy.linspace(-0.5, 0.5, height, dtype=numpy.float32)[:, None]
    angle = shot.rng.uniform(0, 2 * math.pi)
    light = 1 - shot.slope * (x * math.cos(angle) + y * math.sin(angle)) - 0.3 * (x * x + y * y)
    if shot.shadow:
        direction, softness, depth, offset = shot.shadow
        across = (x * width * math.cos(direction) + y * height * math.sin(direction) + offset) / softness
        light *= 1 - depth / (1 + numpy.exp(-numpy.clip(across, -30, 30)))
    return light


def places(shot, cards):
    """Where in the picture each symbol's middle lies."""
    if len(cards) == 1:
        room = aim_room(shot, cards[0].side)
        return [tuple(shot.rng.uniform(min(room, n / 2), max(n - room, n / 2)) for n in shot.size)]
    width, height = shot.size
    spots = [(0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)]
    shot.rng.shuffle(spots)
    return [(x * width, y * height) for x, y in spots[:len(cards)]]


def sensor(shot, picture, noise):
    """Light to grey values: blur, noise, tone, sharpening."""
    kernels = [qr_scene.gaussian(shot.softness)]
    if shot.defocus * shot.px > 0.3:
        kernels.append(qr_scene.disc(shot.defocus * shot.px))
    if shot.motion * shot.px > 0.3:
        kernels.append(qr_scene.shake(shot.rng, shot.motion * shot.px))
    light = qr_scene.blur(picture, kernels)
    light = shot.exposure * (light * (1 - shot.veil) + shot.veil * 0.45)
    light = qr_scene.expose(light, noise, shot.electrons, shot.read)
    if shot.denoise:
        light += shot.denoise * (qr_card.box_blur(light, 1) - light)
    grey = qr_scene.develop(light, shot.gamma)
    if shot.sharpen > 0.2:
        grey = grey + shot.sharpen * (grey - qr_card.box_blur(grey, 1))
    return qr_image.to_bytes(grey)


def take(shot, cards, noise):
    """The grey picture and each card's view."""
    width, height = shot.size
    picture = desk(noise, width, height)
    views = []
    for number, (card, pixel) in enumerate(zip(cards, places(shot, cards))):
        roll = shot.roll if number == 0 else shot.rng.uniform(0, 2 * math.pi)
        view = camera_for(shot, card, pixel, roll)
        scale = shot.px / card.module
        qr_scene.draw_card(picture, card, view, scale, 2 if shot.px < 4.5 else 1, relief_of(shot, card))
        views.append(view)
    picture *= lighting(shot, width, height)
    return sensor(shot, picture, noise), views


def resized(grey, factor):
    width, height = (round(n * factor) for n in grey.shape[::-1])
    return numpy.asarray(Image.fromarray(grey).resize((width, height), Image.BICUBIC))


def store(shot, grey):
    """The file, the picture as it comes out of it again, and the factor of its size."""
    rng, factor = shot.rng, shot.zoom
    if shot.zoom != 1:
        grey = resized(grey, shot.zoom)
    if shot.again:  # a messenger makes it smaller and compresses again
        first = Image.open(io.BytesIO(qr_files.jpeg(Image.fromarray(grey), shot.quality)))
        grey, factor = resized(numpy.asarray(first), shot.again[0]), factor * shot.again[0]
        shot.quality = shot.again[1]
    gains = [rng.uniform(0.9, 1.0) for _ in range(3)]
    image = qr_files.tinted(grey, gains)
    kind = rng.choice(("jpg",) * 16 + ("png", "webp", "bmp"))
    if kind == "jpg":
        orientation = rng.choice((1, 1, 1, 1, 1, 3, 6, 8))
        body = qr_files.jpeg(image, shot.quality, orientation)
    elif kind == "webp":
        body = qr_files.encode(image, "WEBP", quality=shot.quality)
    else:
        body = qr_files.encode(image if kind == "png" else image.convert("L"), kind.upper())
    again = numpy.asarray(Image.open(io.BytesIO(body)).convert("L"))
    return body, kind, again, factor


def new_card(rng, blanks, versions=None):
    """A card with a symbol of a size and level that real cards may have."""
    level = rng.choice("LLMMMMQQQH")
    payload = qr_symbol.payload_within(rng, 190)
    least = qr_symbol.smallest_version(payload, level)
    version = min(least + rng.choice((0, 0, 0, 0, 1, 2)), 14)
    return qr_card.Card(rng.choice(blanks), payload, level, version, rng)


def photo(rng, noise, blanks, main, strength):
    """File, kind, what was measured of each card on it, what was done, and the size."""
    shot, recipes = Shot(rng), RECIPES | SPEED
    others = 0 if main in SPEED else rng.choice((0, 1, 1, 2))
    chosen = {name: rng.uniform(0, 0.35) for name in rng.sample(MILD, others)}
    chosen[main] = strength
    for name, amount in chosen.items():
        if not hasattr(recipes[name], "on_card"):
            recipes[name](shot, amount)
    cards = [new_card(rng, blanks) for _ in range(shot.cards)]
    for card in cards:
        for name, amount in chosen.items():
            if hasattr(recipes[name], "on_card"):
                recipes[name](card, rng, noise, amount)
    grey, views = take(shot, cards, noise)
    body, kind, again, factor = store(shot, grey)
    found = [qr_scene.measure(again, card, view, factor) for card, view in zip(cards, views)]
    tags = ",".join(f"{name}:{amount:.2f}" for name, amount in sorted(chosen.items()))
    return body, kind, list(zip(cards, found)), tags, f"{again.shape[1]}x{again.shape[0]}"
