#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the sample images in tests/data/scan: qr_samples.py DIR. The same ones every time."""
import io
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import numpy  # noqa: E402
from PIL import Image  # noqa: E402

import qr_card  # noqa: E402
import qr_files  # noqa: E402
import qr_image  # noqa: E402
import qr_photo  # noqa: E402
import qr_scan  # noqa: E402
import qr_scene  # noqa: E402
import qr_symbol  # noqa: E402
import vn  # noqa: E402

OTHER = "https://example.org/menu?table=12"
# The card that make_chip.py makes, so that what its QR code says opens its chip.
WITH_CHIP = ("001090000001|010000001|Nguyễn Văn A|01011990|Nam|Số 1 Đường Không Có Thật, Phường Phúc Xá, "
             "Quận Ba Đình, Thành phố Hà Nội, nơi viết dài cho quá một trăm hai mươi bảy byte|01012025||||")


class Maker:
    def __init__(self, folder):
        self.folder, self.expected = folder, []
        self.blanks = {2021: qr_card.Blank(0), 2024: qr_card.Blank(1)}
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name, body, payloads=()):
        (self.folder / name).write_bytes(body)
        self.expected.append("\t".join([name, *payloads]))

    def card(self, rng, generation, level="M"):
        payload = vn.payload(rng, generation)["text"]
        version = qr_symbol.smallest_version(payload, level)
        return qr_card.Card(self.blanks[generation], payload, level, version, rng)


def calm_shot(rng):
    """A good photo: little noise, so that the file is small."""
    shot = qr_photo.Shot(rng)
    shot.size, shot.px, shot.tilt, shot.roll = (880, 660), 2.5, 0.25, rng.uniform(-0.3, 0.3)
    shot.electrons, shot.defocus, shot.motion, shot.sharpen = 60000, 0.15, 0, 0
    return shot


def photo(maker, seed, generation, turns=0):
    """A photo and its payload, stored as a phone that is held `turns` quarter turns to the right."""
    for attempt in range(60):
        rng = random.Random(f"sample {seed} {attempt}")
        card, shot = maker.card(rng, generation), calm_shot(rng)
        grey, (view,) = qr_photo.take(shot, [card], numpy.random.default_rng(seed))
        if qr_scene.whole_card(view, *shot.size):
            break
    return numpy.rot90(grey, turns), card.payload


def scanned(maker, seed, generations, level="otsu", dpi=200):
    """A page with these cards, all upright."""
    rng, noise = random.Random(f"page {seed}"), numpy.random.default_rng(seed)
    job = qr_scan.Job(rng)
    job.dpi, job.quarter, job.skew, job.level, job.noise = dpi, 0, 0.02, level, 0.002
    taken = rng.sample(qr_scan.cells(job), len(generations))
    page = qr_scan.paper(job, noise, taken)
    cards = [maker.card(rng, generation, "L") for generation in generations]
    for card, cell in zip(cards, taken):
        qr_scan.lay(job, page, card, cell)
    grey = qr_scan.lit(job, page, noise)
    plane = qr_scan.bilevel(job, grey) if level else qr_image.to_bytes(grey)
    return qr_files.to_image(plane), [card.payload for card in cards]


def photos(maker):
    front, payload = photo(maker, 1, 2021)
    image = qr_files.tinted(front, (1.0, 0.98, 0.93))
    maker.put("front.jpg", qr_files.jpeg(image, 60), [payload])
    turned, payload = photo(maker, 2, 2024, 1)
    body = qr_files.jpeg(qr_files.tinted(turned, (0.97, 1.0, 0.95)), 60, orientation=6)
    maker.put("turned.jpg", body, [payload])
    back, payload = photo(maker, 3, 2024)
    maker.put("back.webp", qr_files.encode(Image.fromarray(back), "WEBP", quality=45), [payload])
    maker.put("cut-short.jpg", body[:len(body) // 3])


def code_alone(payload, version, pitch=4.5):
    modules = qr_symbol.dark(qr_symbol.modules(payload, version, "M"))
    side = round(pitch * (len(modules) + 8))
    darkness = qr_image.sample(modules, pitch, 18.3, 17.8, side, side)
    return qr_image.png(qr_image.shades(darkness))


def with_chip(maker):
    version = qr_symbol.smallest_version(WITH_CHIP, "M")
    maker.put("qr-only.png", code_alone(WITH_CHIP, version), [WITH_CHIP])


def no_card(maker):
    noise = numpy.random.default_rng(4)
    desk = qr_image.to_bytes(255 * qr_photo.desk(noise, 640, 480) ** 0.45)
    maker.put("no-symbol.jpg", qr_files.jpeg(Image.fromarray(desk), 50))
    maker.put("menu.png", code_alone(OTHER, 3), [OTHER])
    maker.put("no-image.jpg", b"This is no image, whatever its name says.\n")


def pages(maker):
    pair, payloads = scanned(maker, 5, (2021, 2024))
    out = io.BytesIO()
    pair.save(out, "PNG", dpi=(200, 200), optimize=True)
    maker.put("two-cards.png", out.getvalue(), payloads)
    first, one = scanned(maker, 6, (2021,))
    second, two = scanned(maker, 7, (2021, 2024))
    maker.put("office.tif", qr_files.tiff([first, second], "group4", 200), one + two)
    cards, payloads = scanned(maker, 8, (2024,))
    empty = qr_files.to_image(numpy.ones(cards.size[::-1], bool))
    maker.put("archive.pdf", qr_files.pdf([cards, empty], 200), payloads)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    maker = Maker(pathlib.Path(sys.argv[1]))
    photos(maker)
    with_chip(maker)
    no_card(maker)
    pages(maker)
    rows = "".join(f"{row}\n" for row in sorted(maker.expected))
    (maker.folder / "expected.tsv").write_text(rows, encoding="utf-8")


main()
