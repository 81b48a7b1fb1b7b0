# SPDX-License-Identifier: MIT
"""Small writers of PNG, TIFF, PDF and HEIF, for what Pillow cannot write."""
import ctypes
import ctypes.util
import hashlib
import pathlib
import struct
import tempfile
import zlib


# ---- JPEG ----

def jpeg_without(data, marker):
    """Without the segments of that marker."""
    out, at = bytearray(data[:2]), 2
    while data[at + 1] != 0xDA:
        size = 2 + struct.unpack_from(">H", data, at + 2)[0]
        if data[at + 1] != marker:
            out += data[at:at + size]
        at += size
    return bytes(out + data[at:])


# ---- PNG ----

PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width, height, bits, colour_type, interlaced=False):
    return b"\x89PNG\r\n\x1a\n" + png_chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, int(interlaced)))


def png(width, height, bits, colour_type, rows, interlaced=False, level=9, chunks=()):
    """rows: samples of whole bytes, without filters."""
    pixel = bits // 8 * {0: 1, 2: 3, 4: 2, 6: 4}[colour_type]
    raw = bytearray()
    for x0, y0, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        for y in range(y0, height, dy):
            at = [(y * width + x) * pixel for x in range(x0, width, dx)]
            if at:
                raw += b"\0" + b"".join(rows[i:i + pixel] for i in at)
    return png_header(width, height, bits, colour_type, interlaced) \
        + b"".join(png_chunk(*chunk) for chunk in chunks) \
        + png_chunk(b"IDAT", zlib.compress(bytes(raw), level)) + png_chunk(b"IEND", b"")


def png_split(data, size):
    """The same picture with its data in chunks of that size."""
    at = data.index(b"IDAT") - 4
    length = struct.unpack_from(">I", data, at)[0]
    body = data[at + 8:at + 8 + length]
    return data[:at] + b"".join(png_chunk(b"IDAT", body[i:i + size]) for i in range(0, length, size)) \
        + png_chunk(b"IEND", b"")


# ---- TIFF ----

def tiff_page(width, height, data, bits=8, samples=1, photometric=1, planar=1, rows=None, tile=None,
              deflate=False, orientation=None, compression=1):
    """A page as (tags, pieces of data); the samples are bytes in the file's order."""
    line = (width * samples * bits + 7) // 8 if planar == 1 else (width * bits + 7) // 8
    tags = {256: width, 257: height, 258: [bits] * samples, 259: 8 if deflate else compression,
            262: photometric, 277: samples, 284: planar}
    if orientation:
        tags[274] = orientation
    if tile:
        tags.update({322: tile[0], 323: tile[1]})
        pieces = tiles_of(width, height, data, samples * bits // 8, tile)
    elif planar == 2:
        tags[278] = height
        pieces = [data[i * line * height:(i + 1) * line * height] for i in range(samples)]
    else:
        tags[278] = rows or height
        step = line * tags[278]
        pieces = [data[i:i + step] for i in range(0, max(line * height, 1), step)]
    return tags, [zlib.compress(piece) for piece in pieces] if deflate else pieces


def tiles_of(width, height, data, pixel, tile):
    for y0 in range(0, height, tile[1]):
        for x0 in range(0, width, tile[0]):
            piece = bytearray()
            for y in range(y0, y0 + tile[1]):
                row = data[(y * width + x0) * pixel:(y * width + min(x0 + tile[0], width)) * pixel]
                piece += (row if y < height else b"").ljust(tile[0] * pixel, b"\0")
            yield bytes(piece)


def tiff(pages, big_endian=False, big=False, data_last=False, last_points_to=None):
    """last_points_to: the number of the page that the last one names as the next."""
    order = ">" if big_endian else "<"
    word, count, size = ("Q", "Q", 20) if big else ("I", "H", 12)
    head = (b"MM" if big_endian else b"II") + struct.pack(order + "H", 43 if big else 42) \
        + (struct.pack(order + "HH", 8, 0) if big else b"")
    at = len(head) + struct.calcsize(word)
    files, starts = [], []  # what is written at which offset
    end = at
    for tags, pieces in pages:
        pieces, tiled = list(pieces), 322 in tags
        entries = dict(tags)
        offsets, lengths = (324, 325) if tiled else (273, 279)
        entries[lengths] = [len(piece) for piece in pieces]
        entries[offsets] = [0] * len(pieces)
        body = struct.calcsize(order + count) + size * len(entries) + struct.calcsize(word)
        arrays = sum(4 * len(v) for v in entries.values() if isinstance(v, list)) + 16
        data_at = end + body + arrays if data_last else end
        entries[offsets] = [data_at + sum(map(len, pieces[:i])) for i in range(len(pieces))]
        start = end if data_last else end + sum(map(len, pieces))
        starts.append(start)
        files.append((start, entries, data_at, b"".join(pieces)))
        end = max(start + body + arrays, data_at + sum(map(len, pieces)))
    out = bytearray(end)
    out[:at] = head + struct.pack(order + word, starts[0])
    following = starts[1:] + [starts[last_points_to] if last_points_to is not None else 0]
    for (start, entries, data_at, data), after in zip(files, following):
        out[data_at:data_at + len(data)] = data
        directory = tiff_directory(order, word, count, entries, start, size, after)
        out[start:start + len(directory)] = directory
    return bytes(out)


def tiff_directory(order, word, count, entries, start, size, after):
    room = struct.calcsize(word)
    extra_at = start + struct.calcsize(order + count) + size * len(entries) + room
    out, extra = struct.pack(order + count, len(entries)), b""
    for tag in sorted(entries):
        values = entries[tag] if isinstance(entries[tag], list) else [entries[tag]]
        long = tag in (273, 279, 324, 325, 256, 257, 278) or max(values) > 65535
        kind, code = (4, "I") if long else (3, "H")
        packed = struct.pack(f"{order}{len(values)}{code}", *values)
        out += struct.pack(order + "HH" + word, tag, kind, len(values))
        if len(packed) <= room:
            out += packed.ljust(room, b"\0")
        else:
            out += struct.pack(order + word, extra_at + len(extra))
            extra += packed
    return out + struct.pack(order + word, after) + extra


# ---- PDF ----

def pdf_page(width, height, draw=None, image=None, box=None, more=""):
    """A page of that many points, with a drawing or with an image that fills the box."""
    return {"width": width, "height": height, "draw": draw, "image": image,
            "box": box or (0, 0, width, height), "more": more}


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTITY = b"0123456789abcdef"


class Cipher:
    """ISO 32000-1, 7.6.3, revision 2: RC4 with forty bits."""

    def __init__(self, password):
        padded = (password + PADDING)[:32]
        self.owner = rc4(hashlib.md5((b"owner" + PADDING)[:32]).digest()[:5], padded)
        self.key = hashlib.md5(padded + self.owner + struct.pack("<i", -4) + IDENTITY).digest()[:5]
        self.user = rc4(self.key, PADDING)

    def stream(self, number, data):
        salted = self.key + struct.pack("<I", number)[:3] + b"\0\0"
        return rc4(hashlib.md5(salted).digest()[:10], data)

    def dictionary(self):
        return b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
            self.owner.hex().encode(), self.user.hex().encode())


def pdf(pages, password=None):
    """None for a page: it is a number instead."""
    cipher = Cipher(password) if password is not None else None
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>",
               3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    kids = []

    def add_stream(dictionary, data):
        number = max(objects) + 1
        data = cipher.stream(number, data) if cipher else data
        objects[number] = b"<< %s /Length %d >>\nstream\n%s\nendstream" % (
            dictionary.encode(), len(data), data)
        return number

    objects[2] = b""
    for page in pages:
        if page is None:
            objects[max(objects) + 1] = b"42"
            kids.append(max(objects))
            continue
        drawing, resources = page["draw"] or "", "/Font << /F1 3 0 R >>"
        if page["image"]:
            i = page["image"]
            image = add_stream(
                f"/Type /XObject /Subtype /Image /Width {i['width']} /Height {i['height']} "
                f"/BitsPerComponent {i.get('bits', 8)} /ColorSpace {i['space']} "
                f"/Filter {i['filter']} {i.get('more', '')}", i["data"])
            x, y, width, height = page["box"]
            drawing += f"q {width} 0 0 {height} {x} {y} cm /Im1 Do Q"
            resources += f" /XObject << /Im1 {image} 0 R >>"
        content = add_stream(page["more"], drawing.encode())
        objects[max(objects) + 1] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page['width']} {page['height']}] "
            f"/Contents {content} 0 R /Resources << {resources} >> >>").encode()
        kids.append(max(objects))
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids), " ".join(f"{kid} 0 R" for kid in kids).encode())
    return pdf_file(objects, cipher)


def pdf_file(objects, cipher=None):
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number in sorted(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    secret = b"/Encrypt %s" % cipher.dictionary() if cipher else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R /ID [<%s> <%s>] %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(offsets) + 1, IDENTITY.hex().encode(), IDENTITY.hex().encode(), secret, start)
    return bytes(out)


# ---- HEIF and AVIF, by libheif's encoders ----

class HeifError(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("subcode", ctypes.c_int), ("message", ctypes.c_char_p)]


FORMATS = {"heif": 1, "avif": 4}
COLOUR_RGB, CHANNEL_INTERLEAVED = 1, 10
MONOCHROME, CHANNEL_LUMA = 2, 0
# Of the samples: libheif's name for their arrangement, how many to a pixel, their bits.
SAMPLES = {"RGB": (10, 3, 8), "RGBA": (11, 4, 8), "RGB10": (14, 3, 10), "L": (0, 1, 8)}


def heif(picture, kind, samples="RGB"):
    """The file's bytes, or None where there is no encoder."""
    name = ctypes.util.find_library("heif")
    if name is None:
        return None
    lib = ctypes.CDLL(name)
    for function in ("heif_context_get_encoder_for_format", "heif_encoder_set_lossy_quality",
                     "heif_image_create", "heif_image_add_plane", "heif_context_encode_image",
                     "heif_context_write_to_file"):
        getattr(lib, function).restype = HeifError
    lib.heif_context_alloc.restype = lib.heif_image_get_plane.restype = ctypes.c_void_p
    context, encoder, image = ctypes.c_void_p(lib.heif_context_alloc()), ctypes.c_void_p(), ctypes.c_void_p()
    if lib.heif_context_get_encoder_for_format(context, FORMATS[kind], ctypes.byref(encoder)).code:
        return None
    lib.heif_encoder_set_lossy_quality(encoder, 95)
    width, height = picture.size
    arrangement, count, bits = SAMPLES[samples]
    space, channel = (MONOCHROME, CHANNEL_LUMA) if count == 1 else (COLOUR_RGB, CHANNEL_INTERLEAVED)
    lib.heif_image_create(width, height, space, arrangement, ctypes.byref(image))
    lib.heif_image_add_plane(image, channel, width, height, bits)
    stride = ctypes.c_int()
    plane = lib.heif_image_get_plane(image, channel, ctypes.byref(stride))
    data, size = picture.convert(samples[:count]).tobytes(), width * count
    for y in range(height):
        row = data[y * size:(y + 1) * size]
        if bits > 8:
            row = struct.pack(f"<{size}H", *(v << (bits - 8) | v >> (16 - bits) for v in row))
        ctypes.memmove(plane + y * stride.value, row, len(row))
    handle = ctypes.c_void_p()
    if lib.heif_context_encode_image(context, image, encoder, None, ctypes.byref(handle)).code:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "picture")
        if lib.heif_context_write_to_file(context, bytes(path)).code:
            return None
        return path.read_bytes()
