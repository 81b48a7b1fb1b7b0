# SPDX-License-Identifier: MIT
"""Grey images as files, and modules as grey images: area sampling, so that a module may begin
anywhere between two pixels and have any size."""
import struct
import zlib

import numpy


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(grey):
    height, width = grey.shape
    rows = numpy.zeros((height, width + 1), numpy.uint8)
    rows[:, 1:] = grey
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
            chunk(b"IDAT", zlib.compress(rows.tobytes(), 1)) + chunk(b"IEND", b""))


def pgm(grey):
    height, width = grey.shape
    return b"P5\n%d %d\n255\n" % (width, height) + numpy.ascontiguousarray(grey).tobytes()


def write(path, grey):
    path.write_bytes(pgm(grey) if path.suffix == ".pgm" else png(grey))


def to_bytes(plane):
    return numpy.clip(numpy.rint(plane), 0, 255).astype(numpy.uint8)


def stretched(cells, pitch, start, length):
    """Rows of that pitch, the first of which begins at `start`, as `length` pixel rows: each is the
    mean of what it covers, nothing beyond the cells."""
    edges = numpy.clip((numpy.arange(length + 1) - start) / pitch, 0, len(cells))
    whole = numpy.minimum(edges.astype(int), len(cells) - 1)
    below = numpy.concatenate([numpy.zeros((1, cells.shape[1])), numpy.cumsum(cells, axis=0)])
    reached = below[whole] + (edges - whole)[:, None] * cells[whole]
    return numpy.diff(reached, axis=0) * pitch


def sample(cells, pitch, x, y, width, height):
    """Cells (0 light, 1 dark) at their place in a plane of that size: how dark each pixel is."""
    rows = stretched(cells, pitch, y, height)
    return stretched(rows.T, pitch, x, width).T.astype(numpy.float32)


def shades(darkness, black=0, white=255):
    return to_bytes(white - (white - black) * darkness)


def put(page, cells, pitch, x, y):
    """Draws cells over what is there, cut at the page's edge."""
    side_y, side_x = (int(numpy.ceil(n * pitch)) + 1 for n in cells.shape)
    left, top = int(x), int(y)
    patch = sample(cells, pitch, x - left, y - top, side_x, side_y)
    part = page[max(top, 0):max(top + side_y, 0), max(left, 0):max(left + side_x, 0)]
    cut = patch[max(-top, 0):, max(-left, 0):][:part.shape[0], :part.shape[1]]
    part[:] = cut


def smooth_noise(noise, width, height, cell):
    """Noise that changes over some `cell` pixels, from 0 to 1."""
    rows, columns = int(height / cell) + 2, int(width / cell) + 2
    coarse = noise.random((rows, columns), dtype=numpy.float32)
    y, x = (numpy.arange(n, dtype=numpy.float32) / cell for n in (height, width))
    row, column = y.astype(int), x.astype(int)
    fy, fx = (y - row)[:, None], x - column
    upper, lower = coarse[row], coarse[row + 1]
    left = upper[:, column] * (1 - fy) + lower[:, column] * fy
    right = upper[:, column + 1] * (1 - fy) + lower[:, column + 1] * fy
    return left * (1 - fx) + right * fx


class Sheet:
    """expected.tsv and meta.tsv of a folder, a row an image."""

    def __init__(self, folder, columns):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.columns = folder, ["file", "difficulty", *columns]
        self.expected, self.meta = [], []

    def add(self, name, payloads, difficulty, **cells):
        self.expected.append("\t".join([name, *payloads]))
        row = [name, difficulty] + [str(cells[column]) for column in self.columns[2:]]
        self.meta.append("\t".join(row))

    def save(self):
        for name, rows in (("expected.tsv", self.expected),
                           ("meta.tsv", ["\t".join(self.columns), *self.meta])):
            (self.folder / name).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
