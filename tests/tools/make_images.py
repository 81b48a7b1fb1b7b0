#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The same pictures in every format, damaged files and bombs, for the tests of lib/image.

make_images.py FOLDER writes the files, what their pages must look like (PGM files of Pillow's
making) and manifest.tsv, a line a page: file, format, page, error code or "-", truth, the largest
and the mean difference allowed, orientation, whether rows are missing. Truth "-": any picture will
do; page 0: the file cannot be opened. With --corpus, small files only, as seeds for a fuzzer.
Exit status 77: Pillow is not installed.
"""
import argparse
import io
import pathlib
import struct
import sys
import zlib

try:
    from PIL import Image, ImageChops, ImageDraw
except ImportError:
    print("Pillow (python3-pil) is not installed")
    sys.exit(77)

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from image_bombs import bombs  # noqa: E402
from image_rare import on_white, rare, reread, saved  # noqa: E402
from image_formats import heif, jpeg_without, pdf, pdf_page, png, png_split, tiff, tiff_page  # noqa: E402


class Pictures:
    """What is seen: a colour picture, and what Pillow makes of it."""

    def __init__(self, width, height):
        self.size = width, height
        self.colour = self.draw(width, height)
        self.grey = self.colour.convert("L")
        self.bilevel = self.grey.point(lambda v: 255 if v > 140 else 0).convert("1")
        self.palette = self.colour.quantize(16, dither=0)

    @staticmethod
    def draw(width, height):
        """A gradient, patches of colour, and squares like those of a QR code."""
        picture = Image.new("RGB", (width, height))
        picture.putdata([(x * 255 // width, y * 255 // height, 255 - (x + y) * 255 // (width + height))
                         for y in range(height) for x in range(width)])
        draw = ImageDraw.Draw(picture)
        step = max(height // 8, 2)
        for i, colour in enumerate(("black", "white", "red", "lime", "blue", "yellow")):
            draw.rectangle((step * (i + 1), step, step * (i + 2) - 1, 2 * step - 1), fill=colour)
        draw.rectangle((step, 3 * step, 4 * step - 1, 6 * step - 1), fill="white")
        draw.rectangle((2 * step, 4 * step, 3 * step - 1, 5 * step - 1), fill="black")
        return picture


class Folder:
    """Where the files and the manifest go."""

    def __init__(self, path, corpus):
        self.path, self.corpus, self.lines, self.truths = path, corpus, [], 0
        path.mkdir(parents=True, exist_ok=True)

    def truth(self, picture):
        if picture is None:
            return "-"
        self.truths += 1
        name = f"truth-{self.truths}.pgm"
        if not self.corpus:
            picture.convert("L").save(self.path / name, "PPM")
        return name

    def add(self, name, kind, data, pages):
        """pages: a dictionary each of what differs from a page that is read as `truth`."""
        if self.corpus:
            if len(data) < 2048 and not name.startswith("jpeg-turned"):
                (self.path / name).write_bytes(data)
            return
        (self.path / name).write_bytes(data)
        for number, page in enumerate(pages, 1):
            self.lines.append("\t".join(str(field) for field in (
                name, kind, page.get("page", number), page.get("error", "-"),
                self.truth(page.get("truth")), page.get("worst", 1), page.get("mean", 0.6),
                page.get("orientation", 1), int(page.get("truncated", False)))))

    def close(self):
        if not self.corpus:
            (self.path / "manifest.tsv").write_text("\n".join(self.lines) + "\n")


def see_through(pictures):
    """The picture with a gradient of alpha."""
    width, height = pictures.size
    alpha = Image.new("L", pictures.size)
    alpha.putdata([x * 255 // (width - 1) for _ in range(height) for x in range(width)])
    picture = pictures.colour.convert("RGBA")
    picture.putalpha(alpha)
    return picture


def lost(code):
    return [{"error": code}]


def unopened(code):
    return [{"error": code, "page": 0}]


# ---- a function a format ----

def exif(orientation, big_endian):
    order = ">" if big_endian else "<"
    head = (b"MM\0*" if big_endian else b"II*\0") + struct.pack(order + "I", 8)
    value = struct.pack(order + "HH", orientation, 0)
    entries = struct.pack(order + "HHHI4s", 2, 0x0110, 2, 4, b"abc\0") \
        + struct.pack(order + "HHI", 0x0112, 3, 1) + value
    return b"Exif\0\0" + head + entries + struct.pack(order + "I", 0)


def add_jpeg(folder, p):
    near = {"worst": 3, "mean": 1}
    for name, picture, options in (
            ("420", p.colour, {"subsampling": 2}), ("444", p.colour, {"subsampling": 0}),
            ("422", p.colour, {"subsampling": 1}), ("grey", p.grey, {}),
            ("progressive", p.colour, {"progressive": True}),
            ("optimized", p.colour, {"optimize": True, "quality": 30})):
        data = saved(picture, "JPEG", **{"quality": 90, **options})
        truth = Image.open(io.BytesIO(data))
        truth.draft("L", truth.size)  # libjpeg's own luma
        folder.add(f"jpeg-{name}.jpg", "jpeg", data, [{"truth": truth.convert("L"), **near}])
    for turn in range(1, 9):
        data = saved(p.grey, "JPEG", quality=90, exif=exif(turn, turn % 2 == 0))
        folder.add(f"jpeg-turned-{turn}.jpg", "jpeg", data,
                   [{"truth": reread(data), "orientation": turn, **near}])
    ink = saved(p.colour.convert("CMYK"), "JPEG", quality=95)
    folder.add("jpeg-ink-adobe.jpg", "jpeg", ink,
               [{"truth": reread(ink, "RGB").convert("L"), "worst": 4, "mean": 1}])
    plain = jpeg_without(ink, 0xEE)
    folder.add("jpeg-ink-plain.jpg", "jpeg", plain,
               [{"truth": ImageChops.invert(reread(plain, "CMYK")).convert("RGB").convert("L"),
                 "worst": 4, "mean": 1}])
    add_cut_jpeg(folder, p)


def add_cut_jpeg(folder, p):
    data = saved(p.grey, "JPEG", quality=90)
    folder.add("jpeg-cut-late.jpg", "jpeg", data[:len(data) * 9 // 10], [{"truncated": True}])
    folder.add("jpeg-cut-early.jpg", "jpeg", data[:len(data) // 3], lost("truncated"))
    folder.add("jpeg-cut-header.jpg", "jpeg", data[:100], lost("truncated"))
    progressive = saved(p.grey, "JPEG", quality=90, progressive=True)
    folder.add("jpeg-cut-progressive.jpg", "jpeg", progressive[:len(progressive) * 2 // 3],
               [{"truncated": True}])
    folder.add("jpeg-nothing.jpg", "jpeg", data[:3] + b"\xe0" + bytes(200), lost("truncated"))


def add_png(folder, p):
    width, height = p.size
    exact = {"worst": 1}
    rgba = see_through(p)
    for name, picture, truth in (
            ("rgb", p.colour, p.grey), ("grey", p.grey, p.grey), ("bilevel", p.bilevel, p.bilevel),
            ("palette", p.palette, p.palette.convert("RGB").convert("L")),
            ("rgba", rgba, on_white(rgba)), ("la", rgba.convert("LA"), on_white(rgba.convert("LA")))):
        folder.add(f"png-{name}.png", "png", saved(picture, "PNG"), [{"truth": truth, **exact}])
    alphas = bytes(i * 17 for i in range(16))
    folder.add("png-palette-alpha.png", "png", saved(p.palette, "PNG", transparency=alphas),
               [{"truth": on_white(reread(saved(p.palette, "PNG", transparency=alphas), "RGBA")),
                 **exact}])
    key = p.grey.getpixel((0, 0))
    clear = p.grey.point(lambda v: 255 if v == key else v)
    folder.add("png-grey-key.png", "png", saved(p.grey, "PNG", transparency=key),
               [{"truth": clear, **exact}])
    pixels = [p.colour.getpixel((x, y)) for y in range(height) for x in range(width)]
    wide = b"".join(struct.pack(">3H", *(c * 257 for c in pixel)) for pixel in pixels)
    grey = p.grey.tobytes()
    wide_grey = b"".join(struct.pack(">H", v * 257) for v in grey)
    for interlaced in (False, True):
        name = "-interlaced" if interlaced else ""
        for kind, bits, colour_type, rows in (
                ("rgb-16", 16, 2, wide), ("grey-16", 16, 0, wide_grey), ("grey-8", 8, 0, grey)):
            folder.add(f"png-{kind}{name}.png", "png",
                       png(width, height, bits, colour_type, rows, interlaced=interlaced),
                       [{"truth": p.grey, **exact}])
    turned = png(width, height, 8, 0, grey, chunks=[(b"eXIf", exif(6, True)[6:])])
    folder.add("png-turned.png", "png", turned, [{"truth": p.grey, "orientation": 6, **exact}])
    add_cut_png(folder, width, height, grey)


def add_cut_png(folder, width, height, grey):
    whole = png(width, height, 8, 0, grey, level=0)
    folder.add("png-cut-late.png", "png", whole[:len(whole) * 3 // 4], [{"truncated": True}])
    folder.add("png-cut-early.png", "png", whole[:len(whole) // 3], lost("truncated"))
    folder.add("png-cut-header.png", "png", whole[:20], lost("truncated"))
    spoilt = bytearray(whole)
    spoilt[-14] ^= 255
    folder.add("png-checksum.png", "png", bytes(spoilt), [{}])
    interlaced = png(width, height, 8, 0, grey, level=0, interlaced=True)
    folder.add("png-cut-interlaced.png", "png", interlaced[:len(interlaced) * 3 // 4],
               [{"truncated": True}])
    folder.add("png-split.png", "png", png_split(whole, 7), [{}])


def add_tiff(folder, p):
    exact = {"worst": 1}
    for name, picture, truth, options in (
            ("g3", p.bilevel, p.bilevel, {"compression": "group3"}),
            ("g4", p.bilevel, p.bilevel, {"compression": "group4"}),
            ("packbits", p.bilevel, p.bilevel, {"compression": "packbits"}),
            ("lzw", p.colour, p.grey, {"compression": "tiff_lzw"}),
            ("lzw-grey", p.grey, p.grey, {"compression": "tiff_lzw"}),
            ("deflate", p.colour, p.grey, {"compression": "tiff_adobe_deflate"}),
            ("rgba", see_through(p), on_white(see_through(p)), {}),
            ("palette", p.palette, p.palette.convert("RGB").convert("L"), {}),
            ("ink", p.colour.convert("CMYK"), p.colour.convert("CMYK").convert("RGB").convert("L"),
             {}),
            ("raw", p.colour, p.grey, {})):
        folder.add(f"tiff-{name}.tif", "tiff", saved(picture, "TIFF", **options),
                   [{"truth": truth, **exact}])
    jpeg = saved(p.colour, "TIFF", compression="jpeg", quality=90)
    folder.add("tiff-jpeg.tif", "tiff", jpeg, [{"truth": reread(jpeg), "worst": 4, "mean": 1}])
    pages = saved(p.grey, "TIFF", save_all=True, append_images=[p.bilevel, p.colour])
    folder.add("tiff-pages.tif", "tiff", pages,
               [{"truth": t, **exact} for t in (p.grey, p.bilevel, p.grey)])
    add_own_tiff(folder, p)


def bits_of(values, width, bits):
    """Rows of samples of fewer than eight bits."""
    out = bytearray()
    for start in range(0, len(values), width):
        row = "".join(format(v, f"0{bits}b") for v in values[start:start + width])
        row += "0" * (-len(row) % 8)
        out += int(row, 2).to_bytes(len(row) // 8, "big")
    return bytes(out)


def add_own_tiff(folder, p):
    """What Pillow cannot write."""
    width, height = p.size
    grey, exact = p.grey.tobytes(), {"worst": 1}
    inverted = bytes(255 - v for v in grey)
    wide = {order: struct.pack(f"{order}{len(grey)}H", *(v * 257 for v in grey)) for order in "<>"}
    planes = [band.tobytes() for band in p.colour.split()]

    def add(name, pages, truth=p.grey, big_endian=False, big=False, **more):
        folder.add(f"tiff-{name}.tif", "tiff", tiff(pages, big_endian, big),
                   [{"truth": truth, **exact, **more}])

    add("min-is-white", [tiff_page(width, height, inverted, photometric=0)])
    for bits in (2, 4):
        coarse = [v >> (8 - bits) for v in grey]
        truth = Image.new("L", p.size)
        truth.putdata([v * 255 // ((1 << bits) - 1) for v in coarse])
        add(f"{bits}-bits", [tiff_page(width, height, bits_of(coarse, width, bits), bits=bits)], truth)
    add("16-bits", [tiff_page(width, height, wide["<"], bits=16)])
    add("16-bits-big-endian", [tiff_page(width, height, wide[">"], bits=16)], big_endian=True)
    add("16-bits-min-is-white", [tiff_page(width, height, struct.pack(
        f"<{len(grey)}H", *(65535 - v * 257 for v in grey)), bits=16, photometric=0)])
    add("tiled", [tiff_page(width, height, grey, tile=(64, 32))])
    add("tiled-deflate", [tiff_page(width, height, p.colour.tobytes(), photometric=2, samples=3,
                                    tile=(32, 48), deflate=True)])
    add("strips", [tiff_page(width, height, grey, rows=7, deflate=True)])
    add("planes", [tiff_page(width, height, b"".join(planes), photometric=2, samples=3, planar=2)])
    add("big", [tiff_page(width, height, grey)], big=True)
    add("turned", [tiff_page(width, height, grey, orientation=8)], orientation=8)
    bad = tiff_page(width, height, grey, bits=3)
    page = {"truth": p.grey, **exact}
    folder.add("tiff-bad-page.tif", "tiff", tiff([tiff_page(width, height, grey), bad,
                                                  tiff_page(width, height, grey)]),
               [page, {"error": "format_unsupported"}, page])
    folder.add("tiff-cut-strips.tif", "tiff",
               tiff([tiff_page(width, height, grey, rows=7)], data_last=True)[:-len(grey) // 4],
               [{"truncated": True}])
    folder.add("tiff-cut.tif", "tiff",
               tiff([tiff_page(width, height, grey, rows=7)], data_last=True)[:-len(grey) * 3 // 4],
               lost("truncated"))
    folder.add("tiff-cut-header.tif", "tiff", saved(p.grey, "TIFF")[:8], unopened("truncated"))


def add_webp(folder, p):
    rgba = see_through(p)
    for name, picture, truth, options in (
            ("lossy", p.colour, None, {"quality": 90}), ("lossless", p.colour, p.grey, {"lossless": True}),
            ("alpha", rgba, on_white(rgba), {"lossless": True, "exact": True})):
        data = saved(picture, "WEBP", **options)
        folder.add(f"webp-{name}.webp", "webp", data,
                   [{"truth": truth or reread(data, "RGB").convert("L"), "worst": 25, "mean": 2}])
    moving = saved(p.colour, "WEBP", save_all=True, append_images=[p.colour.rotate(90)], lossless=True)
    folder.add("webp-moving.webp", "webp", moving, [{"truth": p.grey, "worst": 25, "mean": 2}])
    folder.add("webp-turned.webp", "webp", saved(p.grey, "WEBP", quality=95, exif=exif(3, False)),
               [{"truth": p.grey, "worst": 30, "mean": 3, "orientation": 3}])
    folder.add("webp-cut.webp", "webp", saved(p.colour, "WEBP")[:200], lost("truncated"))


def add_heif(folder, p):
    for kind in ("heif", "avif"):
        data = heif(p.colour, kind)
        if data is None:
            continue
        near = {"worst": 60, "mean": 3}
        folder.add(f"{kind}-plain.{kind}", kind, data, [{"truth": p.grey, **near}])
        clear = see_through(p)
        folder.add(f"{kind}-alpha.{kind}", kind, heif(clear, kind, "RGBA"),
                   [{"truth": on_white(clear), **near}])
        if kind == "heif":
            folder.add("heif-wide.heif", kind, heif(p.colour, kind, "RGB10"),
                       [{"truth": p.grey, **near}])
        folder.add(f"{kind}-cut.{kind}", kind, data[:40], unopened("truncated"))
        folder.add(f"{kind}-cut-late.{kind}", kind, data[:-50], unopened("truncated"))


def add_netpbm(folder, p):
    width, height = p.size
    size = f"{width} {height}\n".encode()
    grey, colour = p.grey.tobytes(), p.colour.tobytes()
    ones = [0 if v else 1 for v in p.bilevel.convert("L").tobytes()]
    rgba = see_through(p)
    alpha = b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" % p.size
    wide = b"".join(struct.pack(">H", v * 1000 // 255) for v in grey)
    for name, data, truth in (
            ("1", b"P1\n# by hand\n" + size + "".join(map(str, ones)).encode(), p.bilevel),
            ("2", b"P2\n" + size + b"255\n" + " ".join(map(str, grey)).encode(), p.grey),
            ("3", b"P3 " + size + b"255 " + "\n".join(map(str, colour)).encode(), p.grey),
            ("4", saved(p.bilevel, "PPM"), p.bilevel), ("5", saved(p.grey, "PPM"), p.grey),
            ("6", saved(p.colour, "PPM"), p.grey), ("7", alpha + rgba.tobytes(), on_white(rgba)),
            ("wide", b"P5\n" + size + b"1000\n" + wide, p.grey)):
        folder.add(f"pnm-{name}.pnm", "pnm", data, [{"truth": truth, "worst": 2}])
    folder.add("pnm-pages.pnm", "pnm", saved(p.grey, "PPM") + saved(p.bilevel, "PPM"),
               [{"truth": p.grey}, {"truth": p.bilevel}])
    folder.add("pnm-cut-late.pnm", "pnm", saved(p.grey, "PPM")[:-width * 5], [{"truncated": True}])
    folder.add("pnm-cut.pnm", "pnm", saved(p.grey, "PPM")[:100], lost("truncated"))


def bmp(width, height, bits, data, compression=0, extra=b"", header=40):
    start = 54 + len(extra)
    return struct.pack("<2sIIIIiiHHIIiiII", b"BM", start + len(data), 0, start, header, width, height,
                       1, bits, compression, len(data), 0, 0, 0, 0) + extra + data


def bmp_rows(rows):
    return b"".join(row + bytes(-len(row) % 4) for row in rows)


def runs(rows, half):
    """Run-length coding: a run, literal bytes and a step on for each row."""
    out = bytearray()
    for row in rows:
        pairs = len(row) // 2 * 2
        for at in range(0, pairs, 250):
            part = row[at:at + 250][:pairs - at]
            if len(set(part)) == 1:
                out += bytes((len(part), part[0] * (17 if half else 1)))
            elif len(part) < 3:
                for value in part:
                    out += bytes((1, value << 4 if half else value))
            else:
                packed = bytes(a << 4 | b for a, b in zip(part[::2], part[1::2])) if half else part
                out += bytes((0, len(part))) + packed + bytes(len(packed) % 2)
        for value in row[pairs:]:
            out += bytes((1, value << 4 if half else value))
        out += b"\0\0"
    return bytes(out) + b"\0\1"


def add_bmp(folder, p):
    width, height = p.size
    for name, picture, truth in (
            ("24", p.colour, p.grey), ("1", p.bilevel, p.bilevel), ("8", p.grey, p.grey),
            ("32", see_through(p), p.grey)):
        folder.add(f"bmp-{name}.bmp", "bmp", saved(picture, "BMP"), [{"truth": truth}])
    whole = saved(p.colour, "BMP")
    rows = [p.colour.crop((0, y, width, y + 1)) for y in range(height)]
    bgr = bmp_rows(bytes(v for pixel in row.getdata() for v in pixel[::-1]) for row in rows)
    folder.add("bmp-top-down.bmp", "bmp", bmp(width, -height, 24, bgr), [{"truth": p.grey}])
    high = bmp_rows(b"".join(struct.pack("<H", r >> 3 << 11 | g >> 2 << 5 | b >> 3)
                             for r, g, b in row.getdata()) for row in rows)
    folder.add("bmp-565.bmp", "bmp",
               bmp(width, -height, 16, high, 3, struct.pack("<3I", 0xF800, 0x7E0, 0x1F)),
               [{"truth": p.grey, "worst": 9, "mean": 4}])
    fifteen = bmp_rows(b"".join(struct.pack("<H", r >> 3 << 10 | g >> 3 << 5 | b >> 3)
                                for r, g, b in row.getdata()) for row in rows)
    folder.add("bmp-555.bmp", "bmp", bmp(width, -height, 16, fifteen),
               [{"truth": p.grey, "worst": 9, "mean": 4}])
    colours = p.palette.getpalette()[:48]
    palette = b"".join(bytes(colours[i:i + 3][::-1]) + b"\0" for i in range(0, 48, 3))
    indices = p.palette.tobytes()
    upward = [indices[y * width:(y + 1) * width] for y in reversed(range(height))]
    truth = p.palette.convert("RGB").convert("L")
    folder.add("bmp-4.bmp", "bmp",
               bmp(width, height, 4, bmp_rows(bits_of(r, width, 4) for r in upward), 0, palette),
               [{"truth": truth}])
    folder.add("bmp-rle4.bmp", "bmp", bmp(width, height, 4, runs(upward, True), 2, palette),
               [{"truth": truth}])
    folder.add("bmp-rle8.bmp", "bmp",
               bmp(width, height, 8, runs(upward, False), 1, palette + bytes(240 * 4)),
               [{"truth": truth}])
    bgra = b"".join(bytes((b, g, r, a)) for r, g, b, a in see_through(p).getdata())
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    folder.add("bmp-alpha.bmp", "bmp", bmp(width, -height, 32, bgra, 3, masks + bytes(52), 108),
               [{"truth": on_white(see_through(p))}])
    os2 = struct.pack("<2sIIIIHHHH", b"BM", 0, 0, 26, 12, width, height, 1, 24)
    folder.add("bmp-os2.bmp", "bmp", os2 + whole[54:], [{"truth": p.grey}])
    folder.add("bmp-cut-late.bmp", "bmp", whole[:len(whole) * 3 // 4], [{"truncated": True}])
    folder.add("bmp-cut.bmp", "bmp", whole[:len(whole) // 3], lost("truncated"))


def add_gif(folder, p):
    truth = p.palette.convert("RGB").convert("L")
    data = saved(p.palette, "GIF")
    folder.add("gif-plain.gif", "gif", data, [{"truth": truth}])
    folder.add("gif-grey.gif", "gif", saved(p.grey, "GIF"), [{"truth": p.grey}])
    folder.add("gif-interlaced.gif", "gif", saved(p.palette, "GIF", interlace=True), [{"truth": truth}])
    folder.add("gif-bilevel.gif", "gif", saved(p.bilevel, "GIF"), [{"truth": p.bilevel}])
    clear = saved(p.palette, "GIF", transparency=3)
    folder.add("gif-clear.gif", "gif", clear, [{"truth": on_white(reread(clear, "RGBA"))}])
    folder.add("gif-moving.gif", "gif",
               saved(p.palette, "GIF", save_all=True, append_images=[p.palette.rotate(180)]),
               [{"truth": truth}])
    folder.add("gif-cut-late.gif", "gif", data[:len(data) * 9 // 10], [{"truncated": True}])
    folder.add("gif-cut.gif", "gif", data[:len(data) // 4], lost("truncated"))


def drawn(dots):
    """What pdf_page(draw=...) draws, at so many dots an inch: squares on four inches by two."""
    picture = Image.new("L", (4 * dots, 2 * dots), "white")
    draw = ImageDraw.Draw(picture)
    for x, y in SQUARES:
        draw.rectangle((x * dots // 10, y * dots // 10, (x + 1) * dots // 10 - 1,
                        (y + 1) * dots // 10 - 1), fill="black")
    return picture


SQUARES = [(x, y) for x in range(2, 30) for y in range(2, 18) if (x * y + x + y) % 3 == 0]
DRAWING = "".join(f"{x * 7.2:.2f} {144 - (y + 1) * 7.2:.2f} 7.2 7.2 re f\n" for x, y in SQUARES)


def add_pdf(folder, p):
    width, height = p.size
    jpeg = saved(p.colour, "JPEG", quality=90)
    scan = {"width": width, "height": height, "data": jpeg, "filter": "/DCTDecode",
            "space": "/DeviceRGB"}
    photo = {"truth": reread(jpeg), "worst": 20, "mean": 1.5}
    flate = {"width": width, "height": height, "data": zlib.compress(p.grey.tobytes()),
             "filter": "/FlateDecode", "space": "/DeviceGray"}
    fax = fax_of(p.bilevel)
    words = "BT /F1 6 Tf 20 2 Td (Some words) Tj ET"
    drawing = pdf_page(288, 144, draw=DRAWING + words)
    lines = {"truth": drawn(600), "worst": 255, "mean": 2}
    whole = pdf_page(300, 220, image=scan)
    for name, pages, truths in (
            ("photo", [whole], [photo]),
            ("grey", [pdf_page(300, 220, image=flate)], [{"truth": p.grey}]),
            ("fax", [pdf_page(300, 220, image=fax)], [{"truth": p.bilevel}]),
            ("fax-inverted", [pdf_page(300, 220, image=fax | {"more": fax["more"] + "/Decode [1 0]"})],
             [{"truth": ImageChops.invert(p.bilevel.convert("L"))}]),
            ("fax-black-is-1",
             [pdf_page(300, 220, image=fax | {"more": fax["more"].replace("/K", "/BlackIs1 true /K")})],
             [{"truth": ImageChops.invert(p.bilevel.convert("L"))}]),
            ("drawn", [drawing], [lines]),
            ("words", [pdf_page(288, 144, draw=words)], [{}]),
            ("pages", [whole, drawing, pdf_page(300, 220, image=flate)],
             [photo, lines, {"truth": p.grey}]),
            ("small-picture", [pdf_page(288, 144, image=scan, box=(10, 10, 60, 40))], [{}]),
            ("no-page", [whole, None, drawing], [photo, lines, {"error": "image_damaged"}]),
            ("bad-page", [whole, pdf_page(288, 144, draw="no data", more="/Filter /FlateDecode"),
                          drawing], [photo, {"error": "image_damaged"}, lines])):
        folder.add(f"pdf-{name}.pdf", "pdf", pdf(pages), truths)
    folder.add("pdf-encrypted.pdf", "pdf", pdf([drawing], password=b"secret"), unopened("encrypted"))
    folder.add("pdf-owner.pdf", "pdf", pdf([drawing], password=b""), [lines])
    folder.add("pdf-late.pdf", "pdf", b"\r\n" * 20 + pdf([drawing]), [lines])
    folder.add("pdf-huge-page.pdf", "pdf", pdf([pdf_page(60000, 60000, draw="")]), lost("too_large"))
    folder.add("pdf-nothing.pdf", "pdf", b"%PDF-1.4\n" + bytes(200), unopened("truncated"))


def fax_of(picture):
    # Pillow takes black for the first colour of a row, a fax takes white.
    turned = ImageChops.invert(picture.convert("L")).convert("1")
    data = saved(turned, "TIFF", compression="group4")
    tags = Image.open(io.BytesIO(data)).tag_v2
    assert len(tags[273]) == 1 and tags[262] == 1
    start, size = tags[273][0], tags[279][0]
    width, height = picture.size
    return {"width": width, "height": height, "data": data[start:start + size], "bits": 1,
            "filter": "/CCITTFaxDecode", "space": "/DeviceGray",
            "more": f"/DecodeParms << /K -1 /Columns {width} /Rows {height} >>"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--corpus", action="store_true")
    given = parser.parse_args()
    folder = Folder(given.folder, given.corpus)
    pictures = Pictures(*((23, 17) if given.corpus else (203, 151)))
    for add in (add_jpeg, add_png, add_tiff, add_webp, add_heif, add_netpbm, add_bmp, add_gif, add_pdf):
        add(folder, pictures)
    for name, kind, data, pages in rare(pictures):
        folder.add(name, kind, data, pages)
    if not given.corpus:
        for name, kind, data, pages in bombs():
            folder.add(name, kind, data, pages)
    folder.close()


if __name__ == "__main__":
    main()
