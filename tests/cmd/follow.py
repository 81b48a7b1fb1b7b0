#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cccd-parse --follow over real pseudo-terminals, FIFOs and growing files. Output is TAP."""
import json
import os
import pathlib
import pty
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from script import run_all  # noqa: E402

PROGRAM = shutil.which("cccd-parse")
AT_ONCE = 2.0  # seconds; the slowest machine that runs this test counts
IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)


def person(number):
    return f"001090{number:06d}"


def payload(number):
    return (f"{person(number)}|012345678|Nguyễn Văn A|01011990|Nam|"
            "Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022").encode()


class Follower:
    """The program at work; its lines are read as they come."""

    started = []

    def __init__(self, path, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "--lang", "en", "--follow", path, *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.Queue()
        self.said = []
        self.threads = [threading.Thread(target=self._read_out, daemon=True),
                        threading.Thread(target=self._read_err, daemon=True)]
        for thread in self.threads:
            thread.start()
        self.started.append(self)

    def _read_out(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _read_err(self):
        for line in self.process.stderr:
            self.said.append(line.decode(errors="replace").strip())

    def line(self, within=AT_ONCE):
        try:
            line = self.lines.get(timeout=within)
        except queue.Empty:
            raise AssertionError(f"no line within {within} s; stderr: {self.said}") from None
        if line is None:
            raise AssertionError(f"ended with {self.process.wait()}; stderr: {self.said}")
        return json.loads(line)

    def expect(self, *numbers, within=AT_ONCE):
        for number in numbers:
            got = self.line(within).get("record", {}).get("id")
            assert got == person(number), f"{got} came in place of {person(number)}"

    def expect_nothing(self, during=0.6):
        try:
            line = self.lines.get(timeout=during)
        except queue.Empty:
            return
        raise AssertionError(f"unexpected: {line}")

    def end(self, number=signal.SIGINT, status=0, rest=()):
        """Asks it to stop; what is left of its output must be the persons of `rest`."""
        self.process.send_signal(number)
        start = time.monotonic()
        try:
            got = self.process.wait(timeout=AT_ONCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"alive {time.monotonic() - start:.1f} s after {number}") from None
        for thread in self.threads:
            thread.join(AT_ONCE)
        self.expect(*rest)
        last = self.lines.get(timeout=AT_ONCE)
        assert last is None, f"more than expected: {last}"
        assert got == status, f"exit status {got}, not {status}; stderr: {self.said}"

    def seconds_of_work(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def expect_rest(self):
        before = self.seconds_of_work()
        time.sleep(1)
        used = self.seconds_of_work() - before
        assert used < 0.1, f"{used} s of work in a second of silence"

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Scanner:
    """A pseudo-terminal; the scanner sits at the master's side."""

    def __init__(self):
        self.master, self.slave = pty.openpty()
        self.path = os.ttyname(self.slave)
        self.before = termios.tcgetattr(self.slave)

    def settings(self):
        return termios.tcgetattr(self.slave)

    def wait_raw(self):
        end = time.monotonic() + AT_ONCE
        while self.settings()[LFLAG] & (termios.ICANON | termios.ECHO):
            assert time.monotonic() < end, "raw mode was not set"
            time.sleep(0.01)

    def send(self, data, piece=0, pause=0.0):
        for i in range(0, len(data), piece or len(data)):
            os.write(self.master, data[i:i + (piece or len(data))])
            time.sleep(pause)

    def echoed(self):
        os.set_blocking(self.master, False)
        try:
            return os.read(self.master, 4096)
        except BlockingIOError:
            return b""
        finally:
            os.set_blocking(self.master, True)

    def pull_out(self):
        for fd in (self.master, self.slave):
            if fd >= 0:
                os.close(fd)
        self.master = self.slave = -1


def follow_scanner(*options):
    scanner = Scanner()
    follower = Follower(scanner.path, *options)
    scanner.wait_raw()
    return scanner, follower


def write_fifo(path, data):
    # Without O_NONBLOCK it would wait for ever if nobody read.
    end = time.monotonic() + AT_ONCE
    while True:
        try:
            fd = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert time.monotonic() < end, "nobody reads the FIFO"
            time.sleep(0.02)
    os.set_blocking(fd, True)
    os.write(fd, data)
    return fd


def append(path, data):
    with open(path, "ab") as f:
        f.write(data)


def each_end(end):
    def test(_):
        scanner, follower = follow_scanner()
        for number in range(1, 5):
            scanner.send(payload(number) + end)
            follower.expect(number)
        follower.expect_nothing(0.5)
        follower.end()
    return test


def in_pieces(end):
    def test(_):
        scanner, follower = follow_scanner()
        for number, piece in ((1, 1), (2, 7), (3, 64)):
            scanner.send(payload(number) + end, piece, 0.002)
            follower.expect(number)
        follower.end()
    return test


def burst(_):
    scanner, follower = follow_scanner()
    numbers = range(1, 301)
    scanner.send(b"".join(payload(n) + b"\r" for n in numbers), 500)
    follower.expect(*numbers)
    follower.end()


def raw_mode(_):
    scanner, follower = follow_scanner()
    now = scanner.settings()
    assert not now[LFLAG] & (termios.ISIG | termios.IEXTEN), "signals by control characters"
    assert not now[IFLAG] & (termios.ICRNL | termios.IXON | termios.ISTRIP), "input is changed"
    assert now[CFLAG] & termios.CSIZE == termios.CS8, "not 8 bits"
    assert not now[CFLAG] & (termios.PARENB | termios.CSTOPB), "not N1"
    scanner.send(payload(1) + b"\r\n")
    follower.expect(1)
    assert scanner.echoed() == b"", "the scanner's bytes were sent back to it"
    follower.end()
    assert scanner.settings()[:4] == scanner.before[:4], "old settings were not put back"


def control_characters(_):
    scanner, follower = follow_scanner()
    scanner.send(b"\x03\x04\x11\x13\x1a\x1c\x7f\r")
    assert "record" not in follower.line(), "control characters made a record"
    scanner.send(payload(1) + b"\r")
    follower.expect(1)
    follower.end(status=1)


def speed(_):
    for baud, constant in (("9600", termios.B9600), ("115200", termios.B115200)):
        scanner, follower = follow_scanner("--baud", baud)
        assert scanner.settings()[ISPEED:CC] == [constant, constant], "the speed was not set"
        scanner.send(payload(1) + b"\r", 9, 0.001)
        follower.expect(1)
        follower.end()
        scanner.pull_out()


def wrong_speed(folder):
    for baud in ("12345", "-1", "fast", "4294976896"):
        done = subprocess.run([PROGRAM, "--follow", os.path.join(folder, "none"), "--baud", baud],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=False)
        assert done.returncode == 2, f"--baud {baud}: exit status {done.returncode}, not 2"


def device_comes_and_goes(folder):
    link = os.path.join(folder, "scanner")
    follower = Follower(link)
    follower.expect_nothing(0.3)
    for number in range(1, 4):
        scanner = Scanner()
        os.symlink(scanner.path, link)
        scanner.wait_raw()
        scanner.send(payload(number) + b"\r")
        follower.expect(number)
        os.unlink(link)
        os.close(scanner.slave)
        scanner.slave = -1
        scanner.pull_out()
    follower.expect_rest()
    assert follower.said, "nobody was told that the scanner is away"
    follower.end()


def device_pulled_within_a_line(folder):
    link = os.path.join(folder, "scanner")
    first, second = Scanner(), Scanner()
    os.symlink(first.path, link)
    follower = Follower(link)
    first.wait_raw()
    first.send(payload(1)[:40])
    time.sleep(0.05)
    first.pull_out()
    os.unlink(link)
    os.symlink(second.path, link)
    follower.line()
    second.wait_raw()
    second.send(payload(2) + b"\r")
    follower.expect(2)
    follower.kill()
    second.pull_out()


def fifo(folder):
    path = os.path.join(folder, "fifo")
    os.mkfifo(path)
    follower = Follower(path)
    for number, end in enumerate((b"\n", b"", b"\r\n", b"", b"\r", b"\n"), 1):
        os.close(write_fifo(path, payload(number) + end))
        follower.expect(number)
    follower.expect_rest()
    for number in range(100, 400):
        os.close(write_fifo(path, payload(number) + b"\n"))
    follower.expect(*range(100, 400))
    two = [write_fifo(path, b""), write_fifo(path, payload(7) + b"\n")]
    follower.expect(7)
    os.close(two[1])
    os.write(two[0], payload(8))  # and no end: silence is enough
    follower.expect(8)
    os.close(two[0])
    follower.end()


def fifo_made_anew(folder):
    path = os.path.join(folder, "fifo")
    follower = Follower(path)
    for number in range(1, 4):
        os.mkfifo(path)
        os.close(write_fifo(path, payload(number) + b"\n"))
        follower.expect(number)
        os.unlink(path)
    follower.end()


def file_grows(folder):
    path = os.path.join(folder, "log")
    append(path, payload(1) + b"\n" + payload(2) + b"\n")
    follower = Follower(path)
    follower.expect(1, 2)
    append(path, payload(3) + b"\n")
    follower.expect(3)
    append(path, payload(4)[:50])
    follower.expect_nothing()
    append(path, payload(4)[50:] + b"\n")
    follower.expect(4)
    follower.expect_rest()
    for number in range(100, 400):
        append(path, payload(number) + b"\n")
    follower.expect(*range(100, 400))
    follower.end()


def file_truncated(folder):
    path = os.path.join(folder, "log")
    append(path, b"".join(payload(n) + b"\n" for n in (1, 2)) + payload(3))
    follower = Follower(path)
    follower.expect(1, 2)
    os.truncate(path, 0)
    follower.expect(3)
    append(path, payload(4) + b"\n")
    follower.expect(4)
    follower.end()


def file_replaced(folder):
    path, other = os.path.join(folder, "log"), os.path.join(folder, "new")
    append(path, payload(1) + b"\n")
    follower = Follower(path)
    follower.expect(1)
    append(other, payload(2) + b"\n")
    os.rename(other, path)
    follower.expect(2)
    with open(path, "ab", buffering=0) as old:
        append(other, payload(4) + b"\n")
        old.write(payload(3))
        os.rename(other, path)
    follower.expect(3, 4)
    os.unlink(path)
    follower.expect_nothing(0.3)
    append(path, payload(5) + b"\n")
    follower.expect(5)
    follower.end()


def file_appears(folder):
    path = os.path.join(folder, "log")
    follower = Follower(path)
    follower.expect_nothing(0.3)
    append(path, payload(1) + b"\n")
    follower.expect(1)
    follower.expect_rest()
    follower.end()


def directory(folder):
    done = subprocess.run([PROGRAM, "--follow", folder], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=5, check=False)
    assert done.returncode == 3, f"exit status {done.returncode}, not 3"


def stopped_by(number):
    def test(folder):
        scanner, follower = follow_scanner()
        scanner.send(payload(1) + b"\r" + payload(2))
        follower.expect(1)
        follower.end(number, rest=[2])
        path = os.path.join(folder, "log")
        append(path, payload(3) + b"\n" + payload(4))
        follower = Follower(path)
        follower.expect(3)
        follower.end(number, rest=[4])
        follower = Follower(os.path.join(folder, "none"))
        time.sleep(0.3)
        follower.end(number)
    return test


def stopped_with_much_to_read(folder):
    path = os.path.join(folder, "fifo")
    os.mkfifo(path)
    follower = Follower(path)
    fd = write_fifo(path, payload(1) + b"\n")
    follower.expect(1)
    follower.process.send_signal(signal.SIGSTOP)
    numbers = range(2, 402)
    os.write(fd, b"".join(payload(n) + b"\n" for n in numbers))
    follower.process.send_signal(signal.SIGINT)
    follower.process.send_signal(signal.SIGCONT)
    follower.end(rest=numbers)
    os.close(fd)


TESTS = (
    ("a line that ends with CR comes at once", each_end(b"\r")),
    ("a line that ends with LF comes at once", each_end(b"\n")),
    ("a line that ends with CR LF comes at once", each_end(b"\r\n")),
    ("a line without end comes after a short silence", each_end(b"")),
    ("a line in pieces, CR", in_pieces(b"\r")),
    ("a line in pieces, no end", in_pieces(b"")),
    ("300 cards in one go", burst),
    ("raw mode, no echo, settings put back", raw_mode),
    ("control characters are data", control_characters),
    ("--baud sets the speed", speed),
    ("a wrong --baud is a usage error", wrong_speed),
    ("the scanner comes, goes and comes back", device_comes_and_goes),
    ("a scanner pulled out within a line", device_pulled_within_a_line),
    ("writers of a FIFO come and go", fifo),
    ("a FIFO is made anew", fifo_made_anew),
    ("a file grows", file_grows),
    ("a file is truncated", file_truncated),
    ("a file is replaced", file_replaced),
    ("a file appears later", file_appears),
    ("a folder cannot be followed", directory),
    ("SIGINT ends it, the last line complete", stopped_by(signal.SIGINT)),
    ("SIGTERM ends it, the last line complete", stopped_by(signal.SIGTERM)),
    ("what had arrived before SIGINT comes out", stopped_with_much_to_read),
)


def in_a_folder(test):
    def run():
        with tempfile.TemporaryDirectory(prefix="cccd-follow-") as folder:
            test(folder)
    return run


def kill_all():
    while Follower.started:
        Follower.started.pop().kill()


if __name__ == "__main__":
    sys.exit(run_all([(title, in_a_folder(test)) for title, test in TESTS], PROGRAM, "cccd-parse",
                     kill_all))
