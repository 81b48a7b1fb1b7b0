# SPDX-License-Identifier: MIT
"""Office scans of invented cards: A4 at 150 to 300 dots an inch, grey or bilevel, a card or several."""
import io
import math

import numpy
from PIL import Image

import qr_card
import qr_files
import qr_image
import qr_photo
import qr_scene

PAGE = (210, 297)


class Job:
    """What a scanner and its settings do to a page."""

    def __init__(self, rng):
        self.rng = rng
        self.dpi = rng.choice((200, 240, 300, 300, 300))
        self.quarter, self.skew = rng.choice((0, 0, 0, 0, 1, 2, 3)), rng.gauss(0, 0.02)
        self.stretch = rng.uniform(0.995, 1.005)
        self.softness, self.noise, self.gamma = rng.uniform(0.35, 0.6), rng.uniform(0.002, 0.012), 2.2
        self.quality, self.shade, self.streaks, self.cards = rng.randint(65, 90), 0.0, 0, 1
        self.level, self.black, self.white = None, 0.02, 1.02
        self.faults = []


# ---- recipes: (job, strength)

def plain(job, s):
    pass


def skewed(job, s):
    job.skew = job.rng.choice((-1, 1)) * (0.03 + 0.09 * s)


def low_dpi(job, s):
    job.dpi = 200 if s < 0.3 else 150


def soft(job, s):
    job.softness = 0.7 + 0.8 * s


def squeezed(job, s):
    job.quality = round(45 - 35 * s)


def grainy(job, s):
    job.noise = 0.03 + 0.1 * s


def pale(job, s):
    """Toner saved, or contrast set too low."""
    job.black, job.white = -0.1 - 0.9 * s, 1.1 + 0.3 * s


def otsu(job, s):
    job.level, job.softness = "otsu", 0.4 + 0.4 * s


def adaptive(job, s):
    job.level, job.softness = "adaptive", 0.4 + 0.5 * s


def fixed(job, s):
    job.level = 128 + job.rng.choice((-1, 1)) * (10 + 55 * s)


def dithered(job, s):
    job.level, job.dpi = "dither", 300


def copied(job, s):
    job.faults.append((qr_card.photocopied, s))
    job.level = job.rng.choice((None, "otsu"))


def screened(job, s):
    job.faults.append((qr_card.halftoned, s))


def worn(job, s):
    job.faults.append((job.rng.choice((qr_card.scratches, qr_card.rubbed, qr_card.dirt)), s))


def streaky(job, s):
    """Dust on the glass of the feeder: lines down the page, and an uneven lamp."""
    job.streaks, job.shade = 10 + round(60 * s), 0.1 + 0.3 * s


def many(job, s):
    job.cards = 2 + round(4 * s)


def faxed(job, s):
    job.dpi, job.stretch, job.level = 204, 196 / 204, "otsu"


RECIPES = {"grey": plain, "skew": skewed, "low-dpi": low_dpi, "soft": soft, "jpeg": squeezed, "grain": grainy,
           "pale": pale, "otsu": otsu, "adaptive": adaptive, "fixed": fixed, "dither": dithered,
           "copy": copied, "halftone": screened, "worn": worn, "streaks": streaky, "many": many, "fax": faxed}
MILD = ["skew", "soft", "jpeg", "grain", "pale", "worn", "streaks"]


# ---- the page

def cells(job):
    """Middles of the places for a card, in millimetres; the card stands upright where it is turned."""
    wide, tall = (74, 105) if job.quarter % 2 else (105, 74)
    columns, rows = PAGE[0] // wide, PAGE[1] // tall
    return [((column + 0.5) * PAGE[0] / columns, (row + 0.5) * PAGE[1] / rows, PAGE[1] / rows)
            for row in range(rows) for column in range(columns)]


def paper(job, noise, taken):
    """White, with lines of text where no card lies."""
    width, height = (round(n * job.dpi / 25.4) for n in PAGE)
    page = numpy.full((height, width), 0.9, numpy.float32)
    grain, y = job.dpi / 25.4, 18
    tall = job.rng.choice((2.4, 2.8, 3.5))
    while y < PAGE[1] - 20:
        if not any(abs(y - cell[1]) < cell[2] / 2 + tall for cell in taken):
            letters = job.rng.randint(20, 70)
            qr_card.print_line(page, qr_card.text_line(noise, letters, tall, 170, grain), 20, y, 0.08, grain)
        y += tall * 1.8
    return page


def lay(job, page, card, cell):
    """Draws the card on the glass, with the shadow at its edge, and softens that part."""
    view = qr_scene.Platen(job.dpi, job.quarter * math.pi / 2 + job.skew, job.stretch)
    grain = job.dpi / 25.4
    place = [(at + job.rng.uniform(-4, 4)) * grain for at in cell[:2]]
    view.aim((qr_card.WIDTH / 2, qr_card.HEIGHT / 2), place)
    left, top, right, bottom = qr_scene.card_box(view, page.shape[1], page.shape[0])
    part = page[max(top - 4, 0):bottom + 4, max(left - 4, 0):right + 4]
    qr_scene.draw_card(page, card, view, grain)
    part[:] = qr_scene.blur(part, [qr_scene.gaussian(job.softness)])
    return view


def lit(job, page, noise):
    """Lamp, dust and noise, then grey values."""
    height, width = page.shape
    if job.shade:
        page *= 1 - job.shade * numpy.linspace(0, 1, width, dtype=numpy.float32)[None, :] ** 2
    for _ in range(job.streaks):
        at = job.rng.randrange(width)
        page[:, at:at + job.rng.choice((1, 1, 2, 3))] *= job.rng.uniform(0.5, 1.2)
    page += job.noise * noise.standard_normal(page.shape, dtype=numpy.float32)
    page -= job.black
    page /= job.white - job.black
    return qr_scene.develop(page, job.gamma)


def otsu_level(grey):
    """The level that parts the histogram best."""
    counts = numpy.bincount(grey.astype(numpy.uint8).ravel(), minlength=256).astype(float)
    below, values = numpy.cumsum(counts), numpy.arange(256)
    mass = numpy.cumsum(counts * values)
    above, total = below[-1] - below, mass[-1]
    with numpy.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (mass / below - (total - mass) / above) ** 2
    return float(numpy.nanargmax(between))


def bilevel(job, grey):
    """True where white."""
    if job.level == "adaptive":
        return grey > qr_card.box_blur(grey, round(job.dpi / 12)) * 0.88
    if job.level == "dither":
        order = numpy.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])
        height, width = grey.shape
        tiles = numpy.tile(order, (height // 4 + 1, width // 4 + 1))[:height, :width]
        return grey > 70 + tiles * 8
    return grey > (otsu_level(grey) if job.level == "otsu" else job.level)


def store(job, plane):
    """The file as an office device makes it."""
    image, rng = qr_files.to_image(plane), job.rng
    if image.mode == "1":
        kind = rng.choice(("tif", "tif", "pdf", "png"))
        body = {"tif": lambda: qr_files.tiff([image], "group4", job.dpi),
                "pdf": lambda: qr_files.pdf([image], job.dpi),
                "png": lambda: qr_files.encode(image, "PNG", dpi=(job.dpi, job.dpi))}[kind]()
    else:
        kind = rng.choice(("jpg", "jpg", "jpg", "pdf", "pdf", "tif"))
        body = {"tif": lambda: qr_files.tiff([image], rng.choice(("tiff_lzw", "jpeg")), job.dpi),
                "pdf": lambda: qr_files.pdf([image], job.dpi, job.quality),
                "jpg": lambda: qr_files.jpeg(image, job.quality, dpi=job.dpi)}[kind]()
    return body, kind


def as_stored(job, kind, plane):
    """What comes out of the file again; only JPEG loses anything worth measuring."""
    if plane.dtype == bool:
        return plane * numpy.float32(255)
    if kind == "tif":
        return plane
    return numpy.asarray(Image.open(io.BytesIO(qr_files.jpeg(Image.fromarray(plane), job.quality))))


def scan(rng, noise, blanks, main, strength):
    """File, kind, what was measured of each card on it, what was done, and the size."""
    job = Job(rng)
    chosen = {name: rng.uniform(0, 0.35) for name in rng.sample(MILD, rng.choice((0, 0, 1, 1)))}
    chosen[main] = strength
    for name, amount in chosen.items():
        RECIPES[name](job, amount)
    places = cells(job)
    taken = rng.sample(places, min(job.cards, len(places)))
    page = paper(job, noise, taken)
    cards = [qr_photo.new_card(rng, blanks) for _ in taken]
    for card in cards:
        for fault, amount in job.faults:
            fault(card, rng, noise, amount)
    views = [lay(job, page, card, cell) for card, cell in zip(cards, taken)]
    grey = lit(job, page, noise)
    plane = bilevel(job, grey) if job.level is not None else qr_image.to_bytes(grey)
    body, kind = store(job, plane)
    again = as_stored(job, kind, plane)
    found = [qr_scene.measure(again, card, view) for card, view in zip(cards, views)]
    tags = ",".join(f"{name}:{amount:.2f}" for name, amount in sorted(chosen.items())) + f",dpi:{job.dpi}"
    return body, kind, list(zip(cards, found)), tags, f"{plane.shape[1]}x{plane.shape[0]}"
