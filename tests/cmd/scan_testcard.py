#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The test sheet of cccd-scan testcard, as others see it: drawn by librsvg and by Poppler, read by
ZBar and by ZXing, and measured in their pictures. Output is TAP."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

TOP = pathlib.Path(os.environ["CCCD_TOP"])
sys.path.insert(0, str(TOP / "tests/lib"))
sys.path.insert(0, str(TOP / "tests/tools"))

import numpy  # noqa: E402
from PIL import Image  # noqa: E402

import vn  # noqa: E402
from script import run_all  # noqa: E402

# timeout: 300
Image.MAX_IMAGE_PIXELS = None
NEEDED = ("pdftoppm", "rsvg-convert", "zbarimg", "ZXingReader")
PROGRAM = shutil.which("cccd-scan")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="cccd-sheet."))
MM = 25.4
SIZES = {"211111": 11, "211515": 15, "211818": 18, "241111": 11, "241515": 15, "241818": 18}


def run(*command):
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, check=False)
    assert done.returncode == 0, f"{command}: {done.returncode} {done.stderr[-300:]}"
    return done.stdout


def drawn(form, dpi):
    """The sheet in that format as a grey picture of so many dots an inch."""
    picture = FOLDER / f"{form}-{dpi}.png"
    if picture.exists():
        return picture
    run(PROGRAM, "testcard", "--out", f"sheet.{form}")
    if form == "pdf":
        run("pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", "sheet.pdf", picture.stem)
    elif form == "svg":
        run("rsvg-convert", "-d", str(dpi), "-p", str(dpi), "-o", picture.name, "sheet.svg")
    else:
        assert dpi == 600
        shutil.copy(FOLDER / "sheet.png", picture)
    return picture


def by_zbar(picture):
    text = run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture.name).decode()
    return set(text.splitlines())


def by_zxing(picture):
    """{text: left, top, right, bottom}"""
    found = {}
    text = run("ZXingReader", "-format", "QRCode", picture.name).decode()
    for part in text.split("\n\n"):
        lines = dict(line.split(":", 1) for line in part.splitlines() if ":" in line)
        if "Bytes" not in lines:
            continue
        corners = [int(n) for n in re.findall(r"\d+", lines["Position"])]
        payload = bytes.fromhex(lines["Bytes"].replace(" ", "")).decode()
        found[payload] = min(corners[::2]), min(corners[1::2]), max(corners[::2]), max(corners[1::2])
    return found


def dark(picture):
    return numpy.asarray(Image.open(picture).convert("L")) < 128


def extent(flags):
    at = numpy.flatnonzero(flags)
    return int(at[-1] - at[0] + 1)


def size_of(pixels, box, dpi):
    """Width and height in dots of what is dark in the box and 2 mm around it."""
    room = round(0.8 * dpi / MM)
    left, top, right, bottom = box
    part = pixels[top - room:bottom + room, left - room:right + room]
    return extent(part.any(axis=0)), extent(part.any(axis=1))


def suffix(payload):
    return payload[6:12]


def expect_sizes(form, dpi):
    pixels = dark(drawn(form, dpi))
    found = by_zxing(drawn(form, dpi))
    assert len(found) == 8, f"{len(found)} codes of 8 were read"
    for payload, box in found.items():
        size = SIZES.get(suffix(payload))
        if size is None:
            continue
        for dots in size_of(pixels, box, dpi):
            wrong = abs(dots - size * dpi / MM)
            assert wrong <= 1, f"{suffix(payload)}: {dots} dots for {size} mm at {dpi} dpi"
    # The frame: its upper line is the longest run of dark dots on the sheet.
    rows = pixels[round(66 * dpi / MM):round(76 * dpi / MM)]
    longest = max(extent(row) if row.any() else 0 for row in rows[:, :round(117 * dpi / MM)])
    assert abs(longest - 100 * dpi / MM) <= 1, f"{longest} dots for 100 mm at {dpi} dpi"


def payloads():
    return sorted(by_zxing(drawn("svg", 600)))


def readers_agree():
    expected = set(payloads())
    for form, dpi in (("svg", 600), ("pdf", 600), ("png", 600)):
        assert set(by_zxing(drawn(form, dpi))) == expected, f"ZXing, {form}"
        assert by_zbar(drawn(form, dpi)) == expected, f"ZBar, {form}"


def contents():
    found = payloads()
    assert len({payload[:12] for payload in found}) == 8
    for payload in found:
        fields = payload.split("|")
        assert len(fields) == (7 if suffix(payload).startswith("21") else 11), payload
        assert payload.endswith("||||") == (len(fields) == 11)
        assert "Specimen" in fields[2] and "SPECIMEN" in fields[5], payload
        letters = set(payload) & set(vn.LETTERS)
        if suffix(payload) in SIZES:
            assert 110 <= len(payload.encode()) <= 190, len(payload.encode())
        else:
            assert len(letters) == 134, set(vn.LETTERS) - letters


def modules_as_small():
    """The codes with all letters have modules of the size of the 11 mm ones."""
    sizes = {}
    pixels = dark(drawn("pdf", 1200))
    for payload, box in by_zxing(drawn("pdf", 1200)).items():
        left, top, right, bottom = box
        row = pixels[top + 4, left:right]  # through the upper edge of a finder: 7 modules
        sizes[suffix(payload)] = int(numpy.argmin(row[4:]) + 4)
    for long, short in (("219999", "211111"), ("249999", "241111")):
        assert abs(sizes[long] - sizes[short]) <= 3, sizes


def sound_for_parse():
    text = "".join(payload + "\n" for payload in payloads()).encode()
    done = subprocess.run(["cccd-parse"], input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    for line in done.stdout.splitlines():
        record = json.loads(line)["record"]
        assert not record["problems"] and "repair" not in record, record
        assert record["card"] == ("cccd-2021" if record["id"].startswith("00119") else "can-cuoc-2024")


def read_by_ourselves():
    done = subprocess.run([PROGRAM, "sheet.png"], cwd=FOLDER, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {json.loads(l)["symbol"]["text"] for l in done.stdout.splitlines()} == set(payloads())


def one_size():
    for size in (11, 15, 18):
        run(PROGRAM, "testcard", "--size", str(size), "--out", "one.png")
        found = {suffix(p) for p in by_zxing(FOLDER / "one.png")}
        assert found == {s for s, mm in SIZES.items() if mm == size} | {"219999", "249999"}, found


def svg_by_default():
    run(PROGRAM, "testcard", "--out", "sheet.svg")
    text = run(PROGRAM, "testcard")
    assert text == (FOLDER / "sheet.svg").read_bytes()
    root = xml.etree.ElementTree.fromstring(text)
    assert root.get("width") == "210mm" and root.get("height") == "297mm"


def png_tells_its_size():
    run(PROGRAM, "testcard", "--out", "sheet.PNG")
    picture = Image.open(FOLDER / "sheet.PNG")
    assert [round(x) for x in picture.info["dpi"]] == [600, 600], picture.info
    assert [round(n / 600 * MM, 1) for n in picture.size] == [210, 297]


def expect_status(status, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=FOLDER, capture_output=True, check=False)
    assert done.returncode == status, f"{arguments}: {done.returncode} {done.stderr}"
    assert done.stderr and not done.stdout


def refusals():
    expect_status(2, "testcard", "--out", "sheet.doc")
    expect_status(2, "testcard", "--size", "12")
    expect_status(2, "testcard", "sheet.png")
    expect_status(2, "testcard", "--all")
    expect_status(2, "sheet.png", "--size", "11")
    expect_status(4, "testcard", "--out", "no-folder/sheet.svg")
    (FOLDER / "full.svg").symlink_to("/dev/full")
    expect_status(4, "testcard", "--out", "full.svg")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "testcard"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4


def file_of_that_name():
    shutil.copy(FOLDER / "sheet.png", FOLDER / "testcard")
    done = subprocess.run([PROGRAM, "./testcard"], cwd=FOLDER, capture_output=True, check=False)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 8


TESTS = [
    ("a sheet in SVG is the default", svg_by_default),
    ("PNG tells how large it is printed", png_tells_its_size),
    ("ZBar and ZXing read the same from every format", readers_agree),
    ("true size: SVG at 600 dpi", lambda: expect_sizes("svg", 600)),
    ("true size: SVG at 1200 dpi", lambda: expect_sizes("svg", 1200)),
    ("true size: PDF at 600 dpi", lambda: expect_sizes("pdf", 600)),
    ("true size: PDF at 1200 dpi", lambda: expect_sizes("pdf", 1200)),
    ("true size: PNG", lambda: expect_sizes("png", 600)),
    ("numbers, fields, marks and all letters", contents),
    ("long codes have modules as small as short ones", modules_as_small),
    ("cccd-parse finds nothing wrong with any", sound_for_parse),
    ("cccd-scan reads its own sheet", read_by_ourselves),
    ("one size alone", one_size),
    ("what makes no sense is refused", refusals),
    ("a file of that name can still be scanned", file_of_that_name),
]

MISSING = [name for name in NEEDED if shutil.which(name) is None]
try:
    if MISSING:
        print(f"1..0 # SKIP {', '.join(MISSING)} not installed")
        status = 0
    else:
        status = run_all(TESTS, PROGRAM, "cccd-scan")
finally:
    shutil.rmtree(FOLDER)
sys.exit(status)
