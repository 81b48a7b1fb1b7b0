#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-scan, with the options it has by itself, on small files that would take much memory or time:
each is refused or limited with a code of its own, and what stands beside it is read. How much CPU
time each took is shown, not judged. Output is TAP."""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys

TOP = pathlib.Path(os.environ["CCCD_TOP"])
sys.dont_write_bytecode = True
sys.path[:0] = [str(TOP / "tests/lib"), str(TOP / "tests/tools")]

from image_bombs import bombs  # noqa: E402
from script import run_all  # noqa: E402

PROGRAM = shutil.which("cccd-scan")
LIMIT = 120  # seconds, where milliseconds are expected: a bomb that goes off takes far longer
AGAIN = 4
GOOD = "good.png"


class Made:
    """name: the codes that its lines have; None for a page that is read and has no symbol."""

    codes = {}


def make():
    for name, _, data, pages in bombs():
        pathlib.Path(name).write_bytes(data)
        Made.codes[name] = [page.get("error", "no_symbol") for page in pages]
    shutil.copyfile(TOP / "tests/data/scan/menu.png", GOOD)


def scan(names):
    """The output, and the milliseconds of CPU that the program and its processes took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([PROGRAM, "-j1", "--lang", "en", *names], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stderr == b"", done.stderr[:300]
    took = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return [json.loads(line) for line in done.stdout.splitlines()], took * 1000, done.returncode


def each_in_its_place():
    make()
    names = [name for bomb in Made.codes for name in (bomb, GOOD)]
    lines, took, status = scan(names)
    assert status == 3, f"exit status {status}"
    got = {name: [] for name in names}
    for line in lines:
        got[line["source"]["path"]].append(line.get("error", {}).get("code"))
    for name, codes in Made.codes.items():
        assert got[name] == codes, f"{name}: {got[name]}"
    assert got[GOOD] == [None] * len(Made.codes), got[GOOD]
    print(f"# all of them: {took:.0f} ms of CPU")


def how_long_each_takes():
    """What a run takes that meets it some times more often."""
    for name, codes in Made.codes.items():
        once, more = (min(scan([name] * times)[1] for _ in range(2)) for times in (1, 1 + AGAIN))
        print(f"# {name:<28} {','.join(sorted(set(codes))):<16} {max(more - once, 0) / AGAIN:6.1f} ms")


def says_how_many_pages():
    def message(*arguments):
        lines, _, status = scan(arguments)
        assert status == 3 and len(lines) == 1 and "page" not in lines[0]["source"], lines
        assert lines[0]["error"]["code"] == "too_many_pages", lines
        return lines[0]["image"].get("pages"), lines[0]["error"]["message"]

    pages, text = message("bomb-pdf-pages.pdf")
    assert pages == 10000 and text.endswith("--max-pages allows: 10000"), text
    pages, text = message("bomb-tiff-pages.tif")
    assert pages is None and text.endswith("--max-pages allows: more than 2000"), text
    pages, text = message("bomb-heif-pages.heic")
    assert pages is None and text.endswith("--max-pages allows: more than 2000"), text
    pages, text = message("--max-pages", "99999", "bomb-tiff-pages.tif")
    assert text.endswith("--max-pages allows: more than 99999"), text
    pages, text = message("--max-pages", "29", "bomb-tiff-circle.tif")
    assert text.endswith("--max-pages allows: more than 29"), text


TESTS = (
    ("each has its code, and what stands beside it is read", each_in_its_place),
    ("the CPU time of each", how_long_each_takes),
    ("how many pages are too many is told", says_how_many_pages),
)

if __name__ == "__main__":
    sys.exit(run_all(TESTS, PROGRAM, "cccd-scan"))
