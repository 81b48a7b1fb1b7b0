# SPDX-License-Identifier: MIT
"""Grey or bilevel planes as the files that phones and office scanners make."""
import io
import zlib

import numpy
from PIL import Image, ImageChops, TiffImagePlugin

ORIENTATION = 0x0112
STRIP_OFFSETS, STRIP_LENGTHS = 273, 279


def to_image(plane):
    """Two values only: a bilevel image."""
    if plane.dtype == bool:
        return Image.fromarray(numpy.where(plane, 255, 0).astype(numpy.uint8)).convert("1")
    return Image.fromarray(plane)


def tinted(plane, gains):
    """In colour, each channel by its gain, as a white balance that is a little off."""
    tables = [[min(255, round(v * gain)) for v in range(256)] for gain in gains]
    grey = Image.fromarray(plane)
    return Image.merge("RGB", [grey.point(table) for table in tables])


def encode(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(image, quality, orientation=1, dpi=None):
    options = {"quality": quality}
    if orientation != 1:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        options["exif"] = exif.tobytes()
    if dpi:
        options["dpi"] = (dpi, dpi)
    return encode(image, "JPEG", **options)


def tiff(pages, compression, dpi):
    first, *rest = pages
    return encode(first, "TIFF", compression=compression, dpi=(dpi, dpi), save_all=True,
                  append_images=rest)


def g4_strip(image):
    """The bare CCITT stream of a bilevel image, for which the TIFF must have it in one strip. Ones are
    black in fax and PDF, white in Pillow."""
    usual, TiffImagePlugin.STRIP_SIZE = TiffImagePlugin.STRIP_SIZE, 1 << 30
    try:
        body = encode(ImageChops.invert(image), "TIFF", compression="group4")
    finally:
        TiffImagePlugin.STRIP_SIZE = usual
    with Image.open(io.BytesIO(body)) as again:
        (start,), (length,) = again.tag_v2[STRIP_OFFSETS], again.tag_v2[STRIP_LENGTHS]
    return body[start:start + length]


def image_object(image, quality):
    """Dictionary and stream of the image that fills a page."""
    common = f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
    if image.mode == "1":
        stream = g4_strip(image)
        return (f"{common} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "
                f"/DecodeParms << /K -1 /Columns {image.width} /Rows {image.height} >>"), stream
    if quality:
        return (f"{common} /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode",
                encode(image, "JPEG", quality=quality))
    return (f"{common} /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode",
            zlib.compress(image.tobytes(), 6))


def pdf(pages, dpi, quality=None):
    """Each page is one scan, as scanners make PDF; with a quality JPEG, else Flate or Group 4."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {len(pages)} /Kids ["
               f"{' '.join(f'{3 + 3 * n} 0 R' for n in range(len(pages)))}] >>"]
    for number, image in enumerate(pages):
        wide, tall = (round(n * 72 / dpi, 2) for n in image.size)
        own = 3 + 3 * number
        dictionary, stream = image_object(image, quality)
        content = f"q {wide} 0 0 {tall} 0 0 cm /Im Do Q"
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {tall}] /Contents {own + 1} 0 R "
                    f"/Resources << /XObject << /Im {own + 2} 0 R >> >> >>",
                    (f"<< /Length {len(content)} >>", content.encode()),
                    (f"<< {dictionary} /Length {len(stream)} >>", stream)]
    return assemble(objects)


def assemble(objects):
    out, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        head, stream = item if isinstance(item, tuple) else (item, None)
        body = head.encode() + (b"\nstream\n" + stream + b"\nendstream" if stream is not None else b"")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
                  f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode()
