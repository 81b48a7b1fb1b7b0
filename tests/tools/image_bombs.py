# SPDX-License-Identifier: MIT
"""Small files that would take much memory or time: name, format, bytes, what is to come of each."""
import struct
import zlib

from image_formats import pdf, pdf_file, pdf_page, png_chunk, png_header, tiff, tiff_page


def squeezed(count):
    """So many zero bytes, compressed."""
    packer, out, chunk = zlib.compressobj(9), [], bytes(1 << 20)
    while count > 0:
        out.append(packer.compress(chunk[:count]))
        count -= len(chunk)
    return b"".join(out) + packer.flush()


def large_png(side):
    return png_header(side, side, 1, 0) + png_chunk(b"IDAT", squeezed(side * (side // 8 + 1))) \
        + png_chunk(b"IEND", b"")


def png_with_text(kind, head, count):
    """A small picture with a chunk that becomes large."""
    return png_header(8, 8, 8, 0) + png_chunk(kind, head + squeezed(count)) \
        + png_chunk(b"IDAT", zlib.compress(bytes(9 * 8))) + png_chunk(b"IEND", b"")


def jpeg_segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg_of_scans(side, scans):
    """Progressive and all grey: after the first scan, each says in a few bytes that all blocks are
    empty."""
    blocks = (side // 8) ** 2
    head = b"\xff\xd8" + jpeg_segment(0xDB, bytes(1) + bytes([1]) * 64) \
        + jpeg_segment(0xC2, struct.pack(">BHHBBBB", 8, side, side, 1, 1, 0x11, 0)) \
        + jpeg_segment(0xC4, b"\x00" + bytes([1] + [0] * 15) + b"\0") \
        + jpeg_segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\xe0")
    first = jpeg_segment(0xDA, b"\1\1\0\0\0\0") + bytes(blocks // 8 + 1)
    # The code for a run of 2^14 empty blocks and those that the next fourteen bits add.
    run = ("0" + "1" * 13 + "0") * (blocks // 24000 + 1)
    run += "1" * (-len(run) % 8)
    again = jpeg_segment(0xDA, b"\1\1\0\1\x3f\0") \
        + int(run, 2).to_bytes(len(run) // 8, "big").replace(b"\xff", b"\xff\0")
    return head + first + again * (scans - 1) + b"\xff\xd9"


def jpeg_header(width, height):
    return b"\xff\xd8" + jpeg_segment(
        0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)) \
        + jpeg_segment(0xDA, b"\1\1\0\0\x3f\0")


def many_pages(count):
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>",
               2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
                   count, b" ".join(b"%d 0 R" % (i + 3) for i in range(count)))}
    for i in range(count):
        objects[i + 3] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>"
    return pdf_file(objects)


def gif(width, height, blocks):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes((0, 0, 0, 255, 255, 255)) \
        + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2" + blocks


def tiff_chain(count, back_to=None):
    """Directories with next to nothing in them; the last one may point back to another."""
    size = 18
    following = [8 + size * (i + 1) for i in range(count - 1)]
    following.append(0 if back_to is None else 8 + size * back_to)
    return b"II*\0" + struct.pack("<I", 8) \
        + b"".join(struct.pack("<HHHIII", 1, 256, 3, 1, 1, after) for after in following)


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind, version, flags, *parts):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def heif_items(count, hidden=0):
    """So many pictures, all of them in the same sixteen bytes of nothing."""
    numbers = range(1, count + 1)
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + full_box(
        b"meta", 0, 0, full_box(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
        full_box(b"pitm", 0, 0, struct.pack(">H", 1)),
        full_box(b"iinf", 0, 0, struct.pack(">H", count), *(
            full_box(b"infe", 2, hidden, struct.pack(">HH4sB", i, 0, b"hvc1", 0)) for i in numbers)),
        full_box(b"iloc", 0, 0, struct.pack(">HH", 0x4400, count),
                 *(struct.pack(">HHHII", i, 0, 1, 0, 16) for i in numbers)),
        box(b"iprp", box(b"ipco", full_box(b"ispe", 0, 0, struct.pack(">II", 64, 64)),
                         box(b"hvcC", b"\1" + bytes(22))),
            full_box(b"ipma", 0, 0, struct.pack(">I", count),
                     *(struct.pack(">HBBB", i, 2, 1, 0x82) for i in numbers))))


def bombs():
    def page(code):
        return [{"error": code}]

    def fits(**more):
        return [{"worst": 255, "mean": 255, **more}]

    clear = b"\xff" + b"\x24\x49\x92" * 85  # nothing but the code that begins anew
    lies = tiff_page(20000, 9000, b"", deflate=True)
    small = tiff_page(4, 4, bytes(16))
    yield "bomb-png-16000.png", "png", large_png(16000), page("too_large")
    yield "bomb-png-30000.png", "png", large_png(30000), page("too_large")
    yield "bomb-png-text.png", "png", png_with_text(b"zTXt", b"a\0\0", 100 << 20), fits()
    yield "bomb-png-profile.png", "png", png_with_text(b"iCCP", b"a\0\0", 100 << 20), fits()
    yield "bomb-png-lies.png", "png", \
        png_header(13000, 13000, 8, 6) + png_chunk(b"IDAT", squeezed(1000)), page("image_damaged")
    yield "bomb-png-deflate.png", "png", png_header(8, 8, 8, 0) \
        + png_chunk(b"IDAT", squeezed(100 << 20)) + png_chunk(b"IEND", b""), fits(truncated=True)
    yield "bomb-jpeg-lies.jpg", "jpeg", jpeg_header(65000, 65000), page("too_large")
    yield "bomb-jpeg-empty.jpg", "jpeg", jpeg_header(13000, 13000), page("image_damaged")
    yield "bomb-jpeg-scans.jpg", "jpeg", jpeg_of_scans(8000, 1000), page("too_large")
    yield "bomb-tiff-loop.tif", "tiff", tiff([small, small, small], last_points_to=1), fits() * 3
    yield "bomb-tiff-itself.tif", "tiff", tiff([small], last_points_to=0), fits()
    yield "bomb-tiff-lies.tif", "tiff", tiff([tiff_page(60000, 60000, b"")]), page("too_large")
    yield "bomb-tiff-strips.tif", "tiff", tiff([lies]), page("image_damaged")
    yield "bomb-tiff-empty.tif", "tiff", tiff([tiff_page(13000, 13000, b"", deflate=True)]), \
        page("image_damaged")
    yield "bomb-tiff-deflate.tif", "tiff", \
        tiff([(tiff_page(8, 8, b"")[0] | {259: 8}, [squeezed(100 << 20)])]), fits()
    yield "bomb-tiff-lzw.tif", "tiff", \
        tiff([tiff_page(12000, 12000, b"\x80\x00" * 50000, compression=5)]), page("image_damaged")
    yield "bomb-gif-loop.gif", "gif", gif(12000, 12000, clear * 4000 + b"\0"), page("truncated")
    yield "bomb-gif-lies.gif", "gif", gif(60000, 60000, b"\1\0\0"), page("too_large")
    yield "bomb-bmp-lies.bmp", "bmp", struct.pack("<2sIIIIiiHHIIiiII", b"BM", 0, 0, 54, 40, 60000,
                                                  60000, 1, 24, 0, 0, 0, 0, 0, 0), page("too_large")
    yield "bomb-bmp-runs.bmp", "bmp", struct.pack("<2sIIIIiiHHIIiiII", b"BM", 0, 0, 54, 40, 12000,
                                                  12000, 1, 8, 1, 0, 0, 0, 0, 0), page("truncated")
    yield "bomb-pnm-lies.pnm", "pnm", b"P5 99999999 99999999 255\n", page("too_large")
    yield "bomb-pnm-empty.pnm", "pnm", b"P6 12000 12000 255\n", page("truncated")
    yield "bomb-pnm-number.pnm", "pnm", b"P5 4294967297 1 255\n\0", page("too_large")
    yield "bomb-webp-lies.webp", "webp", b"RIFF\x1c\0\0\0WEBPVP8L\x10\0\0\0\x2f\xff\xff\xff\x0f" \
        + bytes(20), page("too_large")
    picture = {"width": 30000, "height": 30000, "bits": 1, "data": squeezed(30000 * 3750),
               "filter": "/FlateDecode", "space": "/DeviceGray"}
    yield "bomb-pdf-picture.pdf", "pdf", pdf([pdf_page(300, 300, image=picture)]), page("too_large")
    yield "bomb-pdf-small-picture.pdf", "pdf", \
        pdf([pdf_page(300, 300, image=picture, box=(10, 10, 50, 50))]), page("too_large")
    yield "bomb-pdf-pages.pdf", "pdf", many_pages(10000), page("too_many_pages")
    yield "bomb-pdf-count.pdf", "pdf", many_pages(3).replace(b"/Count 3", b"/Count 1000000"), \
        [{"error": "image_damaged", "page": 0}]
    yield "bomb-tiff-pages.tif", "tiff", tiff_chain(100000), page("too_many_pages")
    yield "bomb-tiff-circle.tif", "tiff", tiff_chain(30, back_to=11), page("image_damaged") * 30
    yield "bomb-heif-pages.heic", "heif", heif_items(3000), page("too_many_pages")
    yield "bomb-heif-items.heic", "heif", heif_items(3000, hidden=1), \
        [{"error": "too_large", "page": 0}]
