# SPDX-License-Identifier: MIT
"""What the tests of cccd-chip have in common: cards of an invented person in the readers of a real
service, and the program's lines."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pcscd
import said
from pcscd import Pcscd, start_card, wait_until
from script import run_all

TOP = pathlib.Path(os.environ.get("CCCD_TOP", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("CCCD_BUILD", TOP / "build")).resolve()
PROGRAM = os.path.abspath(shutil.which("cccd-chip") or BUILD / "cccd-chip")
EMULATOR = BUILD / "tests/card_emulator"
MAKER = TOP / "tests/tools/make_chip.py"

# The invented person of make_chip.py.
NUMBER, CAN, NAME = "001090000001", "000001", "Nguyễn Văn A"
ZONE = ("IDVNM0900000018001090000001<<9\n9001011M3001019VNM<<<<<<<<<<<6\n"
        "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<\n")
PAYLOAD = f"{NUMBER}|010000001|{NAME}|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|01012025"
OPEN_FILES = {"EF.COM": "COM", "EF.SOD": "SOD", "EF.CardAccess": "CardAccess",
              "EF.CardSecurity": "CardSecurity"}  # the emulator's names for what has no number

SMALL = ("vietnam", "--picture-bytes", "3000")
SETTLE = 0.6  # until the service has looked at what comes and goes
COUNTED = ("time", "ms", "commands", "bytes_sent", "bytes_received", "restarts", "reader")


def is_slow():
    return bool(os.environ.get("CCCD_SANITIZED")) or (
        b"__asan_init" in pathlib.Path(PROGRAM).read_bytes())


def enter():
    """As pcscd.enter(), and what else is needed."""
    for needed in (PROGRAM, EMULATOR):
        if not os.access(needed, os.X_OK):
            pcscd.skip(f"{pathlib.Path(needed).name} is not built")
    if not shutil.which("openssl"):
        pcscd.skip("openssl is not in PATH")
    pcscd.enter()
    work_apart()


workplace = None


def work_apart():
    """In a folder of one's own, wherever one was started."""
    global workplace
    workplace = tempfile.TemporaryDirectory(prefix="cccd-chip.")
    os.chdir(workplace.name)


made = {}
home = None


def make(profile="vietnam", *options):
    """The folder of a card's files."""
    global home
    if home is None:
        home = tempfile.TemporaryDirectory(prefix="cccd-chip-cards.")
    folder = pathlib.Path(home.name) / " ".join((profile, *options)).replace("/", "_")
    if (profile, *options) not in made:
        subprocess.run([sys.executable, str(MAKER), str(folder), "--profile", profile, *options],
                       check=True, stdout=subprocess.PIPE)
        said.keep_card(folder)
        made[(profile, *options)] = folder
    return made[(profile, *options)]


def key_file(text=CAN):
    fd, path = tempfile.mkstemp(prefix="key.", dir=pathlib.Path.cwd())
    os.write(fd, text.encode())
    os.close(fd)
    return path


class Done:
    """A run that is over: every line of what it wrote is a JSON object."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr.decode()
        assert "Sanitizer" not in self.stderr, self.stderr
        assert stdout == b"" or stdout.endswith(b"\n"), f"cut short: {stdout[-200:]!r}"
        self.lines = [strict(line) for line in stdout.splitlines()]

    @property
    def chip(self):
        assert len(self.lines) == 1, f"{len(self.lines)} lines; {self.stderr}"
        return self.lines[0]["chip"]

    @property
    def code(self):
        return self.chip.get("error", {}).get("code")

    def expect(self, status, code=None):
        assert (self.status, self.code) == (status, code), \
            f"{self.status} {self.code}, not {status} {code}: {self.stderr}"
        return self


def strict(line):
    def no_twins(pairs):
        assert len({key for key, _ in pairs}) == len(pairs), f"a key twice: {pairs}"
        return dict(pairs)

    value = json.loads(line, object_pairs_hook=no_twins)
    said.keep_line(line)
    assert isinstance(value, dict) and value["v"] == 1, line
    return value


def run(*args, stdin=b"", seconds=60, **more):
    done = subprocess.run([PROGRAM, *map(str, args)], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=seconds * (8 if is_slow() else 1),
                          check=False, **more)
    return Done(done.returncode, done.stdout, done.stderr)


def without(chip, *more):
    """What two readings of one card have in common."""
    return {key: value for key, value in chip.items() if key not in COUNTED + more}


def reader_name(port):
    return f"Virtual Reader {'ABCDEFGH'[port // 2]} 00 0{port % 2}"


def card_on(port):
    done = run("list")
    return done.lines[port].get("reader", {}).get("card") if len(done.lines) > port else None


class Desk:
    """The service, with cards on its readers."""

    def __init__(self, slots=2, stage=None):
        self.service = Pcscd(slots, stage)
        self.cards = {}

    def start(self, port, folder, *options):
        self.cards[port] = start_card([str(EMULATOR), *options, str(folder)],
                                      self.service.ports[port])
        return self.cards[port]

    def lay(self, port, folder, *options):
        """A card, and whoever asks sees it."""
        self.start(port, folder, *options)
        wait_until(lambda: card_on(port) == "contactless", "card on the reader")
        return self.cards[port]

    def lay_surely(self, port, folder, *options, seen):
        """The same on a staged reader; seen() tells when. On a busy machine the service (1.9.9) and
        the virtual driver have been seen to lose a reader or its card for as long as both are there:
        then both begin anew, once."""
        self.start(port, folder, *options)
        try:
            wait_until(seen, "card on the reader", 8)
        except AssertionError:
            self.kill(port)
            self.service.stop()
            self.service.start()
            self.start(port, folder, *options)
            wait_until(seen, "card on the reader")
        return self.cards[port]

    def take(self, port):
        self.kill(port)
        wait_until(lambda: card_on(port) == "none", "card gone from the reader")

    def kill(self, port):
        card = self.cards.pop(port)
        card.kill()
        card.wait()

    def clear(self):
        for port in list(self.cards):
            self.take(port)

    def close(self):
        for port in list(self.cards):
            self.kill(port)
        self.service.close()


desk = None


def lay(folder=None, *options, port=0):
    """A card on the desk of run_tests()."""
    desk.lay(port, folder or make(*SMALL), *options)


def take(port=0):
    time.sleep(SETTLE)
    desk.take(port)


def clean_up():
    for port in list(desk.cards):
        time.sleep(SETTLE)
        desk.kill(port)
        wait_until(lambda p=port: card_on(p) == "none", "card gone")


def run_tests(tests):
    """All of a script, with a desk; returns the exit status."""
    global desk
    enter()
    desk = Desk()
    try:
        return run_all(tests, PROGRAM, "cccd-chip", clean_up)
    finally:
        clean_up()
        desk.close()
