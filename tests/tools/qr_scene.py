# SPDX-License-Identifier: MIT
"""Cameras and scanners: where each point of a card comes to lie, what optics and sensor make of it,
and how well each module can still be told from the others where one knows where it is."""
import numpy

import qr_card
import qr_symbol


def rotation(tilt, direction, roll):
    """Tilted by that angle about an axis in the card's plane, then rolled; radians."""
    axis = numpy.array([numpy.cos(direction), numpy.sin(direction), 0])
    cross = numpy.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    tilted = numpy.eye(3) + numpy.sin(tilt) * cross + (1 - numpy.cos(tilt)) * cross @ cross
    c, s = numpy.cos(roll), numpy.sin(roll)
    return numpy.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ tilted


class Camera:
    """A pinhole with a little lens distortion before a card that may be bent about a line: its height
    over its plane is bend / 2 times the square of the distance from that line."""

    def __init__(self, focal, size, turn, bend=0.0, bend_direction=0.0, bend_at=(0, 0), lens=0.0):
        self.focal, self.size, self.turn = focal, size, turn
        self.bend, self.lens, self.bend_at = bend, lens, bend_at
        self.across = numpy.cos(bend_direction), numpy.sin(bend_direction)
        self.shift = numpy.zeros(3)

    def aim(self, point, pixel, scale):
        """Puts the card so that `point` of it is seen at `pixel`, a millimetre `scale` pixels long."""
        distance = self.focal / scale
        ray = numpy.array([*((p - s / 2) / self.focal for p, s in zip(pixel, self.size)), 1.0])
        solid = numpy.array([*point, float(self.height(*point))])
        self.shift = distance * ray - self.turn @ solid

    def height(self, x, y):
        along = (x - self.bend_at[0]) * self.across[0] + (y - self.bend_at[1]) * self.across[1]
        return self.bend / 2 * along ** 2

    def forward(self, x, y):
        solid = numpy.stack([x, y, self.height(x, y) + 0 * x])
        seen = numpy.tensordot(self.turn, solid, 1) + self.shift.reshape(3, *[1] * numpy.ndim(x))
        u, v = seen[0] / seen[2], seen[1] / seen[2]
        ideal_u, ideal_v = u, v
        for _ in range(6):
            stretch = 1 + self.lens * (u * u + v * v)
            u, v = ideal_u / stretch, ideal_v / stretch
        return u * self.focal + self.size[0] / 2, v * self.focal + self.size[1] / 2

    def inverse(self, x, y):
        """Where on the card each pixel looks."""
        u, v = (x - self.size[0] / 2) / self.focal, (y - self.size[1] / 2) / self.focal
        stretch = 1 + self.lens * (u * u + v * v)
        u, v = u * stretch, v * stretch
        back = self.turn.T.astype(numpy.float32)
        rx, ry, rz = (back[i, 0] * u + back[i, 1] * v + back[i, 2] for i in range(3))
        ox, oy, oz = (-(back @ self.shift)).astype(numpy.float32)
        if self.bend == 0:
            t = -oz / rz
        else:  # oz + t rz = bend / 2 (p + t q)^2, the root that a flat card would have had
            p = (ox - self.bend_at[0]) * self.across[0] + (oy - self.bend_at[1]) * self.across[1]
            q = rx * self.across[0] + ry * self.across[1]
            a, b, c = self.bend / 2 * q * q, self.bend * p * q - rz, self.bend / 2 * p * p - oz
            root = numpy.sqrt(numpy.maximum(b * b - 4 * a * c, 0))
            t = 2 * c / (-b + numpy.where(b < 0, root, -root))
        return ox + t * rx, oy + t * ry


class Platen:
    """A flatbed: turned, shifted, and drawn a little longer one way by the feed."""

    def __init__(self, dpi, angle, stretch=1.0):
        scale, c, s = dpi / 25.4, numpy.cos(angle), numpy.sin(angle)
        self.matrix = scale * numpy.array([[c, -s], [s * stretch, c * stretch]])
        self.shift = numpy.zeros(2)

    def aim(self, point, pixel):
        self.shift = numpy.array(pixel) - self.matrix @ numpy.array(point)

    def forward(self, x, y):
        m = self.matrix
        return (m[0, 0] * x + m[0, 1] * y + self.shift[0], m[1, 0] * x + m[1, 1] * y + self.shift[1])

    def inverse(self, x, y):
        m = numpy.linalg.inv(self.matrix).astype(numpy.float32)
        x, y = x - numpy.float32(self.shift[0]), y - numpy.float32(self.shift[1])
        return m[0, 0] * x + m[0, 1] * y, m[1, 0] * x + m[1, 1] * y


# ---- sampling

def bilinear(plane, x, y):
    """The plane's values between its cells' centres; beyond the edge, the edge's."""
    height, width = plane.shape
    x, y = numpy.clip(x - 0.5, 0, width - 1.001), numpy.clip(y - 0.5, 0, height - 1.001)
    left, top = x.astype(numpy.int32), y.astype(numpy.int32)
    fx, fy = (x - left).astype(numpy.float32), (y - top).astype(numpy.float32)
    flat, at = plane.ravel(), top.astype(numpy.intp) * width + left
    upper, lower = flat.take(at), flat.take(at + width)
    upper += fx * (flat.take(at + 1) - upper)
    lower += fx * (flat.take(at + width + 1) - lower)
    return upper + fy * (lower - upper)


def halved(plane):
    height, width = (n // 2 * 2 for n in plane.shape)
    p = plane[:height, :width]
    return (p[0::2, 0::2] + p[1::2, 0::2] + p[0::2, 1::2] + p[1::2, 1::2]) / 4


def whole_card(view, width, height):
    """Whether all of the card is in the picture."""
    x, y = view.forward(*(numpy.array(c) for c in ((0, 0, qr_card.WIDTH, qr_card.WIDTH),
                                                   (0, qr_card.HEIGHT, 0, qr_card.HEIGHT))))
    return x.min() > 0 and y.min() > 0 and x.max() < width and y.max() < height


def card_box(view, width, height):
    """The part of the picture that the card may touch."""
    along = numpy.linspace(0, 1, 9)
    edge_x = numpy.concatenate([along, along, 0 * along, 0 * along + 1]) * qr_card.WIDTH
    edge_y = numpy.concatenate([0 * along, 0 * along + 1, along, along]) * qr_card.HEIGHT
    x, y = view.forward(edge_x, edge_y)
    left, top = max(int(x.min()) - 2, 0), max(int(y.min()) - 2, 0)
    return left, top, min(int(x.max()) + 3, width), min(int(y.max()) + 3, height)


def draw_card(picture, card, view, scale, over=2, relief=None):
    """Draws the card as `view` sees it; `scale` pixels a millimetre, `over` samples a pixel and
    axis. `relief(x, y, value)` may change what is seen at points of the card."""
    left, top, right, bottom = card_box(view, picture.shape[1], picture.shape[0])
    if left >= right or top >= bottom:
        return
    plane, grain = card.plane, float(qr_card.GRAIN)
    while grain / 2 >= 1.2 * scale * over:
        plane, grain = halved(plane), grain / 2
    steps = (numpy.arange(n, dtype=numpy.float32) / over + 0.5 / over
             for n in ((right - left) * over, (bottom - top) * over))
    x, y = next(steps)[None, :] + left, next(steps)[:, None] + top
    u, v = view.inverse(x, y)
    inside = (u > 0) & (u < qr_card.WIDTH) & (v > 0) & (v < qr_card.HEIGHT)
    value = bilinear(plane, u * numpy.float32(grain), v * numpy.float32(grain))
    if relief:
        value = relief(u, v, value)
    value, share = (value * inside).astype(numpy.float32), inside.astype(numpy.float32)
    if over == 2:
        value, share = halved(value), halved(share)
    part = picture[top:bottom, left:right]
    part *= 1 - share
    part += value


# ---- optics and sensor

def disc(radius):
    """A defocused lens: a disc of that radius, its edge cut fairly."""
    reach = int(numpy.ceil(radius))
    fine = (numpy.arange((2 * reach + 1) * 8) + 0.5) / 8 - reach - 0.5
    inside = (fine[:, None] ** 2 + fine[None, :] ** 2 <= max(radius, 0.3) ** 2).astype(float)
    return inside.reshape(2 * reach + 1, 8, 2 * reach + 1, 8).sum(axis=(1, 3))


def shake(rng, length):
    """The path of an unsteady hand, mostly one way."""
    angle, turn = rng.uniform(0, 2 * numpy.pi), rng.uniform(-1.2, 1.2)
    reach = int(numpy.ceil(length)) + 1
    kernel = numpy.zeros((2 * reach + 1, 2 * reach + 1))
    headings = angle + turn * numpy.linspace(-0.5, 0.5, 200)
    x, y = (numpy.cumsum(f(headings)) * length / 200 for f in (numpy.cos, numpy.sin))
    x, y = x - x.mean() + reach, y - y.mean() + reach
    for px, py in zip(x, y):
        i, j = int(py), int(px)
        fy, fx = py - i, px - j
        kernel[i:i + 2, j:j + 2] += numpy.outer((1 - fy, fy), (1 - fx, fx))
    return kernel


def gaussian(sigma):
    reach = int(numpy.ceil(3 * sigma))
    line = numpy.exp(-(numpy.arange(-reach, reach + 1) / sigma) ** 2 / 2)
    return numpy.outer(line, line)


def fast_length(n):
    """The next length that the Fourier transform likes."""
    while True:
        rest = n
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return n
        n += 1


def blur(picture, kernels):
    """All the kernels one after another, in one multiplication of spectra."""
    reach = sum(k.shape[0] // 2 for k in kernels)
    if not kernels or reach == 0:
        return picture
    padded = numpy.pad(picture, reach, mode="edge")
    shape = tuple(fast_length(n) for n in padded.shape)
    spectrum = numpy.fft.rfft2(padded, shape)
    for kernel in kernels:
        spectrum *= numpy.fft.rfft2(kernel / kernel.sum(), shape)
    out = numpy.fft.irfft2(spectrum, shape)
    height, width = picture.shape
    return out[2 * reach:2 * reach + height, 2 * reach:2 * reach + width].astype(numpy.float32)


def expose(light, noise, electrons, read):
    """Photons counted: `electrons` at full white, `read` more or less at any."""
    deviation = numpy.sqrt(numpy.clip(light, 0, 1.2) / electrons + (read / electrons) ** 2)
    return light + deviation * noise.standard_normal(light.shape, dtype=numpy.float32)


def develop(light, gamma=2.2):
    """Linear light to grey values."""
    curve = 255 * (numpy.arange(4096) / 4095) ** (1 / gamma)
    return curve.astype(numpy.float32)[numpy.clip(light * 4095, 0, 4095).astype(numpy.int32)]


# ---- what can still be told

def thinnest(x, y):
    """The smaller height of a quadrangle over its longest edge."""
    area = abs(numpy.sum(x * numpy.roll(y, -1) - y * numpy.roll(x, -1))) / 2
    return float(area), float(area / numpy.hypot(x - numpy.roll(x, 1), y - numpy.roll(y, 1)).max())


def measure(grey, card, view, zoom=1.0):
    """Samples each module's centre: the share of modules on the wrong side of the mean around them,
    how much of the error correction they take up, the distance of dark from light in standard
    deviations and in grey levels (below 0: inverted), pixels a module, and how much fewer they are
    the narrowest way."""
    x, y = view.forward(*card.centres())
    values = bilinear(grey.astype(numpy.float32), x * zoom, y * zoom).astype(numpy.float32)
    rest, is_dark = values - qr_card.box_blur(values, 5), card.truth > 0
    dark, light = rest[is_dark], rest[~is_dark]
    span = float(light.mean() - dark.mean())
    wrong = (rest * numpy.sign(span) < 0) != is_dark
    spread = (dark.std() + light.std()) / 2 + 1e-6
    corner_x, corner_y = (c * zoom for c in view.forward(*card.corners().T))
    area, narrow = thinnest(corner_x, corner_y)
    quad = [round(float(c), 1) for point in zip(corner_x, corner_y) for c in point]
    return {"errors": float(wrong.mean()), "load": qr_symbol.load(card.matrix, card.level, wrong),
            "contrast": float(abs(span) / spread), "span": span, "px": area ** 0.5 / card.side,
            "narrow": narrow / area ** 0.5, "quad": quad}
