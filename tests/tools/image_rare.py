# SPDX-License-Identifier: MIT
"""Files as few programs write them: name, format, bytes, and what each page must be. What is seen
comes from Pillow, or from the samples that were put in."""
import io
import struct
import zlib

from PIL import Image

from image_bombs import full_box, heif_items
from image_formats import heif, png, png_chunk, tiff, tiff_page


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def reread(data, mode="L"):
    return Image.open(io.BytesIO(data)).convert(mode)


def on_white(picture):
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert("L")


def grey_of(size, values):
    picture = Image.new("L", size)
    picture.putdata(list(values))
    return picture


def alpha_of(size):
    """A gradient from clear to opaque."""
    width, height = size
    return grey_of(size, (x * 255 // (width - 1) for _ in range(height) for x in range(width)))


def error(code, page=1):
    return [{"error": code, "page": page}]


# ---- JPEG ----

def rare_jpeg(p):
    plain = saved(p.grey, "JPEG", quality=90)
    at = plain.index(b"\xff\xc0")
    yield "jpeg-12-bits.jpg", plain[:at + 4] + b"\x0c" + plain[at + 5:], error("format_unsupported")
    yield "jpeg-hierarchical.jpg", plain[:at] + b"\xff\xc5" + plain[at + 2:], \
        error("format_unsupported")
    tags = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x05\0\0\0\0\0\0"
    turned = b"\xff\xd8" + b"\xff" * 7 + b"\xe1" + struct.pack(">H", 2 + len(tags)) + tags + plain[2:]
    yield "jpeg-filled.jpg", turned, [{"truth": reread(plain), "orientation": 5, "worst": 3}]


# ---- PNG ----

def rare_png(p):
    width, height = p.size
    grey, colour = p.grey.tobytes(), p.colour.tobytes()
    key = p.colour.getpixel((0, 0))
    data = png(width, height, 8, 2, colour, chunks=[(b"tRNS", struct.pack(">3H", *key))])
    yield "png-rgb-key.png", data, [{"truth": on_white(reread(data, "RGBA"))}]
    first = grey[0]
    clear = [{"truth": p.grey.point(lambda v: 255 if v == first else v)}]
    wide = b"".join(struct.pack(">H", v * 257) for v in grey)
    yield "png-grey-16-key.png", \
        png(width, height, 16, 0, wide, chunks=[(b"tRNS", struct.pack(">H", first * 257))]), clear
    alpha = alpha_of(p.size)
    pairs = b"".join(struct.pack(">HH", v * 257, a * 257) for v, a in zip(grey, alpha.getdata()))
    yield "png-la-16.png", png(width, height, 16, 4, pairs), \
        [{"truth": on_white(Image.merge("LA", (p.grey, alpha)))}]
    for bits in (2, 4):
        rows = b"".join(b"\0" + packed(grey[y * width:(y + 1) * width], bits) for y in range(height))
        most = (1 << bits) - 1
        yield f"png-grey-{bits}.png", png(width, height, 8, 0, b"")[:8] + png_chunk(
            b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)) \
            + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b""), \
            [{"truth": p.grey.point(lambda v, b=bits, m=most: (v >> (8 - b)) * 255 // m)}]


def packed(values, bits):
    """Their upper bits, side by side."""
    text = "".join(format(v >> (8 - bits), f"0{bits}b") for v in values)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


# ---- TIFF ----

def rare_tiff(p):
    width, height = p.size
    grey, colour = p.grey.tobytes(), p.colour.tobytes()
    alpha = alpha_of(p.size)
    as_it_is = [{"truth": p.grey}]

    def page(data, tags=None, **more):
        made, pieces = tiff_page(width, height, data, **more)
        return made | (tags or {}), pieces

    yield "tiff-rows-beyond.tif", tiff([page(grey, {278: 4 * height})]), as_it_is
    wide = struct.pack(f"<{len(colour)}H", *(v * 257 for v in colour))
    yield "tiff-rgb-16.tif", tiff([page(wide, photometric=2, samples=3, bits=16)]), as_it_is
    pairs = b"".join(bytes(pair) for pair in zip(grey, alpha.getdata()))
    yield "tiff-grey-alpha.tif", tiff([page(pairs, {338: [2]}, samples=2)]), \
        [{"truth": on_white(Image.merge("LA", (p.grey, alpha)))}]
    # As it is on black, the alpha beside it: on white, what alpha leaves of the white is added.
    mixed = [tuple(c * a // 255 for c in pixel) + (a,)
             for pixel, a in zip(p.colour.getdata(), alpha.getdata())]
    clear = p.colour.convert("RGBA")
    clear.putalpha(alpha)
    yield "tiff-rgb-multiplied.tif", \
        tiff([page(b"".join(map(bytes, mixed)), {338: [1]}, photometric=2, samples=4)]), \
        [{"truth": on_white(clear), "worst": 3, "mean": 1.5}]
    yield from rare_palettes(p, page)
    yield "tiff-float.tif", \
        tiff([page(struct.pack(f"<{len(grey)}f", *grey), {339: [3]}, bits=32)]), \
        error("format_unsupported")
    yield "tiff-12-bits.tif", tiff([page(grey * 2, bits=12)]), error("format_unsupported")
    yield "tiff-wide-tiles.tif", tiff([page(grey, {322: 70016, 323: 16})]), error("too_large")
    yield "tiff-no-rows.tif", tiff([page(grey, {257: 0})]), error("image_damaged")
    # libtiff's screen is not Pillow's.
    yield "tiff-lab.tif", saved(p.colour.convert("LAB"), "TIFF"), \
        [{"truth": p.grey, "worst": 30, "mean": 6}]
    yield from damaged_tiles(p)


def rare_palettes(p, page):
    """Colours of eight bits where sixteen are asked for, and none at all."""
    indices, colours = p.palette.tobytes(), p.palette.getpalette()[:48]
    table = [colours[i * 3 + k] if i < 16 else 0 for k in range(3) for i in range(256)]
    truth = [{"truth": p.palette.convert("RGB").convert("L")}]
    yield "tiff-palette-short.tif", tiff([page(indices, {320: table}, photometric=3)]), truth
    wide = [v * 257 for v in table]
    yield "tiff-palette-big-endian.tif", \
        tiff([page(indices, {320: wide}, photometric=3)], big_endian=True, big=True), truth
    yield "tiff-palette-none.tif", tiff([page(indices, bits=4, photometric=3)]), \
        error("image_damaged")


def damaged_tiles(p):
    width, height = p.size
    tags, pieces = tiff_page(width, height, p.grey.tobytes(), tile=(64, 64), deflate=True)
    for name, lost, pages in (("few", 2, [{"truncated": True}]), ("many", 9, error("image_damaged"))):
        spoilt = [b"\0" * len(piece) if i < lost else piece for i, piece in enumerate(pieces)]
        yield f"tiff-tiles-lost-{name}.tif", tiff([(tags, spoilt)]), pages


# ---- BMP ----

def bmp(width, height, bits, data, compression=0, extra=b"", header=40):
    start = 14 + 40 + len(extra)
    return struct.pack("<2sIIIIiiHHIIiiII", b"BM", start + len(data), 0, start, header, width, height,
                       1, bits, compression, len(data), 0, 0, 0, 0) + extra + data


def rare_bmp(p):
    width, height = p.size
    deep = b"".join(struct.pack("<I", sum((v * 1023 // 255) << shift
                                          for v, shift in zip(pixel, (20, 10, 0))))
                    for pixel in p.colour.getdata())
    masks = struct.pack("<3I", 1023 << 20, 1023 << 10, 1023)
    yield "bmp-30.bmp", bmp(width, -height, 32, deep, 3, masks), [{"truth": p.grey, "worst": 2}]
    greys = b"".join(bytes((v, v, v, 0)) for v in (0, 85, 170, 255))
    rows = [packed(p.grey.crop((0, y, width, y + 1)).tobytes(), 2) for y in range(height)]
    yield "bmp-2.bmp", bmp(width, -height, 2, b"".join(r + bytes(-len(r) % 4) for r in rows), 0, greys), \
        [{"truth": p.grey.point(lambda v: (v >> 6) * 85)}]
    yield "bmp-in-jpeg.bmp", bmp(width, height, 24, b"", 4), error("format_unsupported")
    yield "bmp-cut-header.bmp", bmp(width, height, 24, b"")[:30], error("truncated")
    yield "bmp-no-side.bmp", bmp(0, height, 24, b""), error("image_damaged")
    yield from skipping_runs()


def skipping_runs():
    """A staircase with steps to the right and upward, and an end before the last row."""
    palette = b"".join(bytes((v, v, v, 0)) for v in range(256))
    step = b"\x03\x28" + b"\0\2\4\0" + b"\0\4\x50\x60\x70\x80" + b"\0\2\0\1" + b"\2\xc8" + b"\0\0"
    for name, steps in (("steps", 20), ("end", 15)):
        data = bmp(30, 40, 8, step * steps + b"\0\1", 1, palette)
        yield f"bmp-small-{name}.bmp", data, [{"truth": runs_as_seen(30, 40, steps)}]
    yield "bmp-small-soon.bmp", bmp(30, 40, 8, step * 3 + b"\0\1", 1, palette), error("truncated")


def runs_as_seen(width, rows, steps):
    """The same by hand, from the lowest row up."""
    picture = Image.new("L", (width, rows), 0)
    for i in range(steps):
        low = rows - 1 - 2 * i
        for x, value in ((0, 0x28), (1, 0x28), (2, 0x28), (7, 0x50), (8, 0x60), (9, 0x70), (10, 0x80)):
            picture.putpixel((x, low), value)
        for x in (11, 12):
            picture.putpixel((x, low - 1), 0xC8)
    return picture


# ---- the others ----

def rare_gif(p):
    data = bytearray(saved(p.palette, "GIF"))
    truth = reread(bytes(data), "RGB").convert("L")
    no_screen = bytes(data[:6]) + bytes(4) + bytes(data[10:])
    yield "gif-no-screen.gif", no_screen, [{"truth": truth}]
    at = data.index(b"\x2c") + 10
    assert data[at - 1] & 0x80 == 0 and data[at] in (4, 8), "no image where it was looked for"
    yield "gif-wide-codes.gif", bytes(data[:at]) + b"\x0c" + bytes(data[at + 1:]), \
        error("image_damaged")
    yield "gif-no-codes.gif", bytes(data[:at]), error("truncated")
    spoilt = bytes(data[:at + 2]) + b"\xff" * 40 + bytes(data[at + 42:])
    yield "gif-bad-codes.gif", spoilt, error("image_damaged")
    small = p.palette.crop((0, 0, 40, 30))
    inside = bytearray(saved(small, "GIF"))
    inside[6:10] = struct.pack("<HH", 60, 50)
    at = inside.index(b"\x2c")
    inside[at + 1:at + 5] = struct.pack("<HH", 7, 11)
    paper = Image.new("L", (60, 50), "white")
    paper.paste(small.convert("RGB").convert("L"), (7, 11))
    yield "gif-small-inside.gif", bytes(inside), [{"truth": paper}]


def rare_webp(p):
    data = saved(p.colour, "WEBP", lossless=True)
    at = data.index(b"VP8L") + 20
    yield "webp-damaged.webp", data[:at] + b"\xa5" * 60 + data[at + 60:], error("image_damaged")
    lossy = bytearray(saved(p.colour, "WEBP"))
    lossy[lossy.index(b"VP8 ") + 11] ^= 0xFF  # of the three bytes that every frame begins with
    yield "webp-no-frame.webp", bytes(lossy), error("image_damaged")


def pam(size, depth, samples, kind=b"", most=255):
    return b"P7\nWIDTH %d\n# a remark\nHEIGHT %d\nDEPTH %d\nMAXVAL %d\n%sENDHDR\n" % (
        *size, depth, most, kind) + samples


def rare_pnm(p):
    grey, colour = p.grey.tobytes(), p.colour.tobytes()
    alpha, size = alpha_of(p.size), b"%d %d\n" % p.size
    ones = bytes(v // 255 for v in p.bilevel.convert("L").tobytes())
    yield "pnm-7-two.pnm", pam(p.size, 1, ones, b"TUPLTYPE BLACKANDWHITE\n", 1), \
        [{"truth": p.bilevel}]
    yield "pnm-7-colour.pnm", pam(p.size, 3, colour), [{"truth": p.grey}]
    pairs = b"".join(bytes(pair) for pair in zip(grey, alpha.getdata()))
    yield "pnm-7-alpha.pnm", pam(p.size, 2, pairs, b"TUPLTYPE GRAYSCALE_ALPHA\n"), \
        [{"truth": on_white(Image.merge("LA", (p.grey, alpha)))}]
    wide = b"".join(struct.pack(">H", v * 257) for v in colour)
    yield "pnm-6-wide.pnm", b"P6 " + size + b"65535\n" + wide, [{"truth": p.grey}]
    yield "pnm-small-beyond.pnm", b"P2 2 1 9 9 12", [{"truth": grey_of((2, 1), (255, 255))}]
    one = b"P5 " + size + b"255\n" + grey
    yield "pnm-pages-apart.pnm", one + b"\n\n \n" + one, [{"truth": p.grey}, {"truth": p.grey}]
    for name, data in (("word", b"P7\nWIDTH 4\nCOLOUR 3\nENDHDR\n" + bytes(99)),
                       ("depth", pam((4, 4), 9, bytes(999))), ("most", pam((4, 4), 1, bytes(99), most=70000)),
                       ("none", b"P5 4 4 0\n" + bytes(99)), ("letters", b"P2 x y 255\n" + bytes(99))):
        yield f"pnm-bad-{name}.pnm", data, error("image_damaged")
    yield "pnm-small-bad-digit.pnm", b"P1 2 3\n01 2", error("truncated")


def rare_heif(p):
    for kind in ("heif", "avif"):
        data = heif(p.grey, kind, "L")
        if data is not None:
            yield f"{kind}-grey.{kind}", data, [{"truth": p.grey, "worst": 40, "mean": 2}]
    yield "heif-nothing.heif", heif_items(1), error("truncated")
    # Nothing that stands for itself; and a box that does not fit into the one around it.
    yield "heif-hidden.heif", heif_items(2, hidden=1), error("image_damaged", 0)
    yield "heif-boxes.heif", heif_items(1)[:24] + full_box(b"meta", 0, 0, b"\0\0\1\0hdlr"), \
        error("image_damaged", 0)


def rare(p):
    for kind, makers in (("jpeg", rare_jpeg), ("png", rare_png), ("tiff", rare_tiff), ("bmp", rare_bmp),
                         ("gif", rare_gif), ("webp", rare_webp), ("pnm", rare_pnm), ("heif", rare_heif)):
        for name, data, pages in makers(p):
            yield name, "avif" if name.endswith("avif") else kind, data, pages
