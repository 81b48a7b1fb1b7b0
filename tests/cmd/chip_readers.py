#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""lib/chip/pcsc*.c through the real pcscd: what can go wrong with a service, a reader and a card is
told apart, and nothing hangs. Output is TAP."""
import ctypes
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import pcscd  # noqa: E402
from pcscd import ATR, GONE, MUTE, Card, Pcscd, wait_until  # noqa: E402
from script import run_all  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("CCCD_BUILD", "build")) / "tests/chip_transport"
A0, A1 = "Virtual Reader A 00 00", "Virtual Reader A 00 01"
STORAGE_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
SLACK = 3000  # milliseconds that a busy machine may add
started = []


class Driver:
    """The program under test, a command and its answer at a time."""

    def __init__(self, **more):
        self.process = subprocess.Popen([str(PROGRAM)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, **more)
        self.lines = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        started.append(self)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.decode().rsplit("\r", 1)[-1].rstrip("\n"))

    def tell(self, command):
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()

    def line(self, seconds=40):
        try:
            return self.lines.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"no answer in {seconds} seconds") from None

    def __call__(self, command, code="ok", native="", most_ms=None):
        """The answer; checked for its error, the code of PC/SC and the time it took."""
        self.tell(command)
        line = self.line()
        words = line.split()
        assert code in words, f"{command}: {line!r}, not {code!r}"
        assert native in line, f"{command}: {line!r}, not {native!r}"
        assert most_ms is None or int(words[-1]) <= most_ms + SLACK, f"{command}: {line!r} is late"
        return line

    def end(self):
        """It must end by itself when there is no more input, whatever it has begun."""
        self.process.stdin.close()
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("it did not end") from None
        self.thread.join(5)
        self.process.stdout.close()
        assert status == 0, f"exit status {status}"


class Other:
    """Another program that uses the same reader."""

    SHARED, EXCLUSIVE, RESET = 2, 1, 1

    def __init__(self, reader, share):
        self.library = ctypes.CDLL("libpcsclite.so.1")
        self.context, self.card = ctypes.c_long(), ctypes.c_long()
        protocol = ctypes.c_ulong()
        assert self.library.SCardEstablishContext(
            ctypes.c_ulong(2), None, None, ctypes.byref(self.context)) == 0
        code = self.library.SCardConnect(
            self.context, reader.encode(), ctypes.c_ulong(share), ctypes.c_ulong(3),
            ctypes.byref(self.card), ctypes.byref(protocol))
        assert code == 0, f"SCardConnect: {code & 0xFFFFFFFF:08X}"

    def begin(self):
        assert self.library.SCardBeginTransaction(self.card) == 0

    def close(self, leaving=0):
        self.library.SCardDisconnect(self.card, ctypes.c_ulong(leaving))
        self.library.SCardReleaseContext(self.context)


service = None


def lay(port=0, *args, **more):
    """A card, once the service has seen it."""
    card = Card(service.ports[port], *args, **more)
    started.append(card)
    wait_until(lambda: card.powered, "power for the card")
    return card


def opened(*args, timeout=5000, reset_wait=0, reader=A0, **more):
    card, driver = lay(0, *args, **more), Driver()
    driver("new")
    driver(f"open 5000 {reset_wait} {timeout} {reader}")
    return card, driver


def clean_up():
    for one in started[::-1]:
        if isinstance(one, Driver):
            if one.process.poll() is None:
                one.process.kill()
                one.process.wait()
        elif isinstance(one, Card):
            one.remove()
    started.clear()
    global service
    if service is not None:
        service.close()
    service = None


def test(function):
    def run():
        global service
        service = Pcscd()
        function()
    return function.__name__.replace("_", " "), run


# ---- the service ----

def no_service():
    service.stop()
    driver = Driver()
    driver("new", "no_service", "SCARD_E_NO_SERVICE", 0)
    service.start()
    driver("new")
    driver("list")
    driver.end()


def a_socket_nobody_listens_on():
    service.stop(signal.SIGKILL)
    assert pcscd.SOCKET.exists()
    driver = Driver()
    driver("new", "no_service", "SCARD_E_NO_SERVICE", 0)
    driver.end()


def a_socket_for_others():
    copied = shutil.copy(PROGRAM, "/run/chip_transport")
    pcscd.SOCKET.chmod(0o600)
    process = subprocess.run([copied], input=b"new\n", stdout=subprocess.PIPE, check=True,
                             user=65534, extra_groups=[])
    assert process.stdout.startswith(b"no_access SCARD_E_NO_SERVICE"), process.stdout


def other_users_exist():
    """In a user namespace of one's own there are none."""
    return pathlib.Path("/proc/self/uid_map").read_text().split()[2] != "1"


def the_socket_that_the_environment_names():
    driver = Driver(env=dict(os.environ, PCSCLITE_CSOCK_NAME="/run/nothing"))
    driver("new", "no_service", "SCARD_E_NO_SERVICE", 0)
    driver.end()


def service_dies_within_a_session():
    _, driver = opened()
    driver("send 00B0000000")
    service.stop(signal.SIGKILL)
    driver("send 00B0000000", "no_service", "SCARD_E_NO_SERVICE", 0)
    driver("list", "no_service", "", 0)
    driver("reset", "no_service", "", 0)
    driver("close")
    service.start()
    lay()
    driver("list")
    driver(f"open 5000 0 5000 {A0}")
    driver("send 00B0000000")
    driver.end()


def service_dies_within_a_command():
    _, driver = opened(lambda n, apdu: MUTE, timeout=20000)
    driver.tell("send 00B0000000")
    time.sleep(0.5)
    service.stop(signal.SIGKILL)
    line = driver.line(5)
    assert line.startswith("no_service SCARD_"), line
    driver.end()


def service_restarted_while_a_reset_waits():
    _, driver = opened(reset_wait=15000)
    service.stop()
    driver.tell("reset")
    time.sleep(0.5)
    service.start()
    lay()
    line = driver.line(15)
    assert line.startswith("ok "), line
    driver("send 00B0000000")
    driver.end()


# ---- readers ----

def readers_are_listed():
    driver = Driver()
    driver("new")
    line = driver("list")
    assert line.startswith(f"[{A0}] none ; [{A1}] none ; ok"), line
    lay(1)
    line = driver("list")
    assert f"[{A1}] present contactless {ATR.hex().upper()};" in line, line
    driver(f"details {A0}", "ok")
    driver("details Nothing", "reader_unknown", "SCARD_E_UNKNOWN_READER")
    driver.end()


def readers_are_found():
    driver = Driver()
    driver("new")
    for wanted, found in (("2", A1), (A1, A1), ("00 01", A1), ("a 00 00", A0)):
        assert f"[{found}]" in driver(f"find {wanted}"), wanted
    for wanted in ("Virtual", "0"):
        driver(f"find {wanted}", "reader_ambiguous")
    for wanted in ("3", "Nothing", ""):
        driver(f"find {wanted}", "reader_unknown")
    driver("open 0 0 1000 Nothing", "reader_unknown", "", 0)
    driver("open 5000 0 1000 Nothing", "reader_unknown", "", 0)
    driver.end()


def no_reader():
    # The daemon without any driver: an empty folder of settings.
    for left in pathlib.Path(service.folder.name).iterdir():
        left.unlink()
    service.stop()
    service.ports = []
    service.start()
    driver = Driver()
    driver("new")
    assert driver("list").startswith("ok "), "a reader?"
    driver("open 0 0 1000", "no_reader", "", 0)
    driver("open 700 0 1000", "no_reader", "", 700)
    driver.end()


def a_reader_that_another_holds():
    lay()
    other, driver = Other(A0, Other.EXCLUSIVE), Driver()
    driver("new")
    driver(f"open 0 0 5000 {A0}", "reader_busy", "SCARD_E_SHARING_VIOLATION", 0)
    assert f"[{A0}] present exclusive" in driver("list")
    other.close()
    driver(f"open 0 0 5000 {A0}")
    driver.end()


def another_ones_transaction_without_end():
    lay()
    other, driver = Other(A0, Other.SHARED), Driver()
    other.begin()
    driver("new")
    driver(f"open 0 0 1000 {A0}", "reader_busy", "", 1000)
    other.close()
    driver(f"open 0 0 5000 {A0}")
    driver.end()


# ---- cards ----

def no_card():
    driver = Driver()
    driver("new")
    driver("open 0 0 1000", "no_card", "", 0)
    driver("open 700 0 1000", "no_card", "", 700)
    driver(f"open 0 0 1000 {A1}", "no_card", "", 0)
    driver.end()


def a_card_laid_down_later():
    driver = Driver()
    driver("new")
    driver.tell("open -1 0 5000")
    time.sleep(0.7)
    assert driver.lines.empty()
    lay(1)
    line = driver.line(5)
    assert line.startswith(f"[{A1}] contactless {ATR.hex().upper()} ok"), line
    driver("send 00A4040C00")
    driver.end()


def waiting_is_broken_off():
    driver = Driver()
    driver("new")
    driver.tell("open -1 0 5000")
    time.sleep(0.5)
    began = time.monotonic()
    driver.tell("list")
    line = driver.line(5)
    assert line.startswith("stopped "), line
    assert time.monotonic() - began < 1.5
    assert driver.line(5).startswith(f"[{A0}]")
    driver.end()


def a_command_is_broken_off():
    _, driver = opened(lambda n, apdu: MUTE, timeout=20000)
    driver.tell("send 00B0000000")
    time.sleep(0.5)
    driver.tell("list")
    line = driver.line(4)
    assert line.startswith("timeout "), line
    driver.line(4)
    driver.end()


def answers_of_any_length():
    answers = {1: b"\x01\x02\x90\x00", 2: b"\x6a\x82", 3: b"x" * 256 + b"\x90\x00",
               4: b"y" * 32768 + b"\x90\x00"}
    card, driver = opened(lambda n, apdu: answers[n])
    assert "0102 (2) 9000" in driver("send 00B0000000")
    assert " (0) 6A82" in driver("send 00A4000002AABB")
    assert "(256) 9000" in driver("send 00B0000000")
    assert "(32768) 9000" in driver("send 00B0000000000000")
    assert card.commands == 4
    driver.end()


def answers_in_parts():
    answers = {1: b"\x61\x03", 2: b"abc\x61\x02", 3: b"de\x90\x00", 4: b"\x6c\x02",
               5: b"fg\x90\x00"}
    seen = []
    _, driver = opened(lambda n, apdu: seen.append(apdu.hex()) or answers[n])
    assert f"{b'abcde'.hex().upper()} (5) 9000" in driver("send 00B0000000")
    assert f"{b'fg'.hex().upper()} (2) 9000" in driver("send 00B0000000")
    assert seen == ["00b0000000", "00c0000003", "00c0000002", "00b0000000", "00b0000002"], seen
    driver.end()


def an_answer_of_one_byte():
    _, driver = opened(lambda n, apdu: b"\x90")
    driver("send 00B0000000", "answer_malformed", "READ BINARY")
    driver.end()


def an_answer_of_nothing():
    _, driver = opened(lambda n, apdu: b"", timeout=1000)  # the driver goes on waiting
    driver("send 00B0000000", "timeout", "READ BINARY", 1000)
    driver.end()


def a_card_that_never_answers():
    card, driver = opened(lambda n, apdu: MUTE, timeout=1500)
    line = driver("send 00B0000000", "timeout", "READ BINARY", 1500)
    assert int(line.split()[-1]) >= 1400, line
    driver("send 00B0000000", "timeout", "", 0)
    driver("reset", "timeout", "", 3000)
    card.remove()  # the call comes back after all
    driver("close", most_ms=2500)
    lay()
    driver(f"open 5000 0 5000 {A0}")
    driver("send 00B0000000")
    driver.end()


def a_silent_card_does_not_keep_the_program():
    _, driver = opened(lambda n, apdu: MUTE, timeout=1000)
    driver("send 00B0000000", "timeout", "", 1000)
    driver("close", most_ms=2500)
    driver.end()


def a_card_taken_away_within_a_command():
    card, driver = opened(lambda n, apdu: GONE if n == 3 else b"\x90\x00")
    driver("send 00B0000000")
    driver("send 00B0000000")
    driver("send 00B0000000", "card_gone", "SCARD_W_REMOVED_CARD READ BINARY", 1000)
    wait_until(lambda: "present" not in driver("list"), "card gone from the list")
    driver("send 00B0000000", "card_gone", "SCARD_W_REMOVED_CARD", 0)
    driver("reset", "card_gone", "", 0)
    driver("close")
    assert card.commands == 3
    driver.end()


def a_card_laid_down_again():
    card, driver = opened(reset_wait=10000)
    card.remove()
    wait_until(lambda: "present" not in driver("list"), "card gone from the list")
    driver("send 00B0000000", "card_gone")
    driver.tell("reset")
    time.sleep(0.5)
    lay()
    assert driver.line(10).startswith("ok ")
    driver("send 00B0000000")
    driver.end()


def another_card_laid_down():
    card, driver = opened(reset_wait=10000)
    card.remove()
    wait_until(lambda: "present" not in driver("list"), "card gone from the list")
    lay(atr=bytes.fromhex("3B8180010101"[:-2] + "80"))
    driver("reset", "card_changed", "ATR")
    driver.end()


def a_reset_takes_the_power():
    card, driver = opened()
    powered = card.powered
    driver("reset")
    assert card.powered > powered or card.resets > 0, (card.powered, card.resets)
    driver("send 00B0000000")
    driver.end()


def the_card_is_left_without_power():
    card, driver = opened()
    driver("send 00B0000000")
    powered = card.powered
    driver("close")
    other = Other(A0, Other.SHARED)
    other.begin()  # no transaction is left over
    assert card.powered > powered or card.resets > 0, (card.powered, card.resets)
    other.close()
    driver.end()


def a_program_that_is_killed_leaves_no_session():
    card, driver = opened()
    driver("send 00B0000000")
    before = card.powered + card.resets
    driver.process.kill()
    driver.process.wait()
    other = Other(A0, Other.SHARED)
    other.begin()
    wait_until(lambda: card.powered + card.resets > before, "power taken from the card")
    other.close()


def a_card_without_atr():
    started.append(Card(service.ports[0], atr=b""))
    time.sleep(1.5)
    driver = Driver()
    driver("new")
    driver(f"open 500 0 1000 {A0}", "no_card", "", 500)
    driver.end()


def a_nonsense_atr():
    lay(atr=bytes.fromhex("FF00FF00"))
    driver = Driver()
    driver("new")
    driver(f"open 0 0 5000 {A0}", "card_mute", "SCARD_E_PROTO_MISMATCH", 0)
    driver.end()


def a_memory_card():
    lay(atr=STORAGE_ATR)
    driver = Driver()
    driver("new")
    assert "storage" in driver("list")
    driver(f"open 0 0 5000 {A0}", "no_document", "ATR", 0)
    driver.end()


# ---- watching ----

def comings_and_goings():
    driver = Driver()
    driver("new")
    driver.tell("watch")
    assert driver.line(5).startswith(f"event reader_added [{A0}]")
    assert driver.line(5).startswith(f"event reader_added [{A1}]")
    card = lay()
    line = driver.line(5)
    assert line.startswith(f"event card_inserted [{A0}] present"), line
    assert ATR.hex().upper() in line, line
    card.remove()
    assert driver.line(5).startswith(f"event card_removed [{A0}]")
    began = time.monotonic()
    driver.tell("list")
    assert driver.line(5).startswith("ok ")
    assert time.monotonic() - began < 1.5
    driver.line(5)
    driver.end()


def the_service_goes_while_it_watches():
    driver = Driver()
    driver("new")
    driver.tell("watch")
    driver.line(5), driver.line(5)
    service.stop()
    line = driver.line(5)
    assert line.startswith("no_service "), line
    service.start()
    events = []

    def watches():
        """A service that has just begun may not know its readers yet."""
        driver.tell("watch")
        events.append(driver.line(20))
        return events[-1].startswith("event reader_added")

    wait_until(watches, "event of a reader")
    assert events[-1].startswith(f"event reader_added [{A0}]"), events
    driver.line(20)
    driver.end()


TESTS = [test(function) for function in (
    no_service, a_socket_nobody_listens_on, a_socket_for_others,
    the_socket_that_the_environment_names, service_dies_within_a_session,
    service_dies_within_a_command, service_restarted_while_a_reset_waits, readers_are_listed,
    readers_are_found, no_reader, a_reader_that_another_holds,
    another_ones_transaction_without_end, no_card, a_card_laid_down_later, waiting_is_broken_off,
    a_command_is_broken_off, answers_of_any_length, answers_in_parts, an_answer_of_one_byte,
    an_answer_of_nothing, a_card_that_never_answers, a_silent_card_does_not_keep_the_program,
    a_card_taken_away_within_a_command, a_card_laid_down_again, another_card_laid_down,
    a_reset_takes_the_power, the_card_is_left_without_power,
    a_program_that_is_killed_leaves_no_session, a_card_without_atr, a_nonsense_atr, a_memory_card,
    comings_and_goings, the_service_goes_while_it_watches)]

if __name__ == "__main__":
    if not PROGRAM.exists():
        pcscd.skip(f"{PROGRAM} is not built")
    pcscd.enter()
    TESTS = [one for one in TESTS if other_users_exist() or one[0] != "a socket for others"]
    sys.exit(run_all(TESTS, str(PROGRAM), "chip_transport", clean_up))
