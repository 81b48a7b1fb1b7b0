#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip bench and list, and what the doctor asks of readers and cards, through the real pcscd.
What Debian's virtual driver cannot do itself (attributes, control codes, readers of short length)
the stand-in of tests/lib/stage.py does between pcscd and it. Output is TAP."""
import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
import pcscd  # noqa: E402
from chip import Desk, make, run  # noqa: E402
from pcscd import MUTE, Card, wait_until  # noqa: E402
from script import run_all  # noqa: E402
from stage import Stage, StagedReader  # noqa: E402

LOOK = chip.BUILD / "tests/chip_desk"
ACR122, ACR1252 = (0x072F, 0x2200), (0x072F, 0x223B)
BLINK_ACR122 = bytes.fromhex("FF0040500403030500")
STORAGE_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
HOLDER = """
import ctypes, sys
library = ctypes.CDLL("libpcsclite.so.1")
context, card, protocol = ctypes.c_long(), ctypes.c_long(), ctypes.c_ulong()
assert library.SCardEstablishContext(ctypes.c_ulong(2), None, None, ctypes.byref(context)) == 0
assert library.SCardConnect(context, sys.argv[1].encode(), ctypes.c_ulong(1), ctypes.c_ulong(3),
                            ctypes.byref(card), ctypes.byref(protocol)) == 0
print("held", flush=True)
sys.stdin.read()
"""
desk = one = other = None


def text(*args, **more):
    """A run whose output is for people."""
    return subprocess.run([chip.PROGRAM, *map(str, args)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False, timeout=120, **more)


def keep(line):
    """For the schema's check."""
    folder = os.environ.get("CCCD_NDJSON")
    if folder:
        with open(pathlib.Path(folder) / "chip_bench.ndjson", "a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")


def bench(*args, status=0):
    done = run("bench", *args)
    assert done.status == status, f"{done.status}: {done.stderr}"
    assert len(done.lines) == 1, done.lines
    keep(done.lines[0])
    return done.lines[0]


def look(*args):
    """The service's line and the readers', each as a dictionary; the name stands last."""
    done = subprocess.run([LOOK, *map(str, args)], capture_output=True, text=True, check=True,
                          timeout=200)
    lines = []
    for line in done.stdout.splitlines():
        names = re.findall(r"(?:^| )(\w+)=", line)
        values = re.split(r"(?:^| )\w+=", line)[1:]
        lines.append(dict(zip(names, values)))
    return lines[0], lines[1:]


class Holder:
    def __init__(self, reader):
        self.process = subprocess.Popen([sys.executable, "-c", HOLDER, reader], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "held\n"

    def close(self):
        self.process.communicate("")


def lay(number, folder, *options):
    desk.lay_surely(number, folder, *options, seen=lambda: card_on(number) == "contactless")


def lay_made_up(answer, atr=pcscd.ATR):
    """A Card on the first reader. The virtual driver has been seen to take the connection of one and
    not to see a card in it, for as long as it is there: then it is laid down once more."""
    for _ in range(3):
        card = Card(one.port, answer, atr)
        try:
            wait_until(lambda: card_on(0) not in ("none", None), "card on the reader", 5)
            return card
        except AssertionError:
            card.remove()
    raise AssertionError("no card on the reader, three times")


def card_on(number):
    lines = {line["source"].get("reader"): line.get("reader") for line in run("list").lines}
    return (lines.get(desk.service.stage[number].name) or {}).get("card")


def clear():
    if desk.service.process is None:
        return
    for number in list(desk.cards):
        desk.kill(number)
        wait_until(lambda n=number: card_on(n) == "none", "card gone from the reader")
    for reader in desk.service.stage:
        reader.obey()


def expect(line, **wanted):
    for key, value in wanted.items():
        assert line[key] == value, f"{key}: {line[key]!r}, not {value!r}: {line}"


# ---- bench ----

def a_card_that_is_fine():
    lay(0, make())
    line = bench("--seconds", 1)
    b = line["bench"]
    assert line["source"] == {"reader": one.name}
    expect(b, failures=0, resets=0, errors=[], document=True, pace=True, bac=True,
           extended_length=True)
    assert "error" not in b and b["commands"] > 20 and b["ms"] >= 1000
    times = b["round_trip_us"]
    assert 0 < times["least"] <= times["median"] <= times["p90"] <= times["p99"]
    assert times["p99"] <= times["most"] * 1.01
    # Half of the commands are the short one, whose times these are.
    assert abs(2 * sum(bar["count"] for bar in b["histogram"]) - b["commands"]) <= 1
    assert b["picture_us"] <= b["picture_short_us"]


def a_slow_card():
    """The emulator waits 20 ms and sends as a field of 106 kbit/s does: a READ BINARY of one byte
    is 8 bytes with its answer. 18,000 bytes are then 9 commands or 81, and at least 1.36 s."""
    lay(0, make(), "--delay_us=20000", "--bitrate=106000")
    b = bench("-s", 4)["bench"]
    assert 20000 < b["round_trip_us"]["least"] < b["round_trip_us"]["median"] < 40000, b
    per_byte = 8e6 / 106000
    for key, commands in (("picture_us", 9), ("picture_short_us", 81)):
        expected = 18000 * per_byte + commands * (20000 + 57 * per_byte)
        assert 0.8 * expected < b[key] < 1.7 * expected, f"{key}: {b[key]}, not {expected}"
    assert abs(b["bytes_per_second"] - 18000e6 / b["picture_us"]) < 2, b


def a_card_without_long_commands():
    lay(0, make("no-extended"))
    b = bench("-s", 1)["bench"]
    expect(b, extended_length=False, failures=0)
    assert b["picture_us"] == b["picture_short_us"]


def a_reader_that_promises_long_commands():
    """It says that it stands 65,535 bytes, and refuses them: what is tried counts."""
    one.short().tells(longest=65535)
    lay(0, make())
    expect(bench("-s", 1)["bench"], extended_length=False, failures=0, errors=[])


def a_reader_that_cuts_answers():
    one.longest(280).tells(longest=65535)
    lay(0, make())
    expect(bench("-s", 1)["bench"], extended_length=False, failures=0)


def a_card_that_is_lost_now_and_then():
    lay(0, make(), "--fault=60:lost:always", "--lost_ms=300")
    b = bench("-s", 4, status=1)["bench"]
    assert b["failures"] == b["resets"] > 0
    assert sum(error["count"] for error in b["errors"]) == b["failures"]
    assert "error" not in b and b["round_trip_us"]["median"] > 0


def a_card_that_is_taken_away():
    lay(0, make())
    timer = threading.Timer(1.5, desk.kill, [0])
    timer.start()
    began = time.monotonic()
    b = bench("-s", 60, status=1)["bench"]
    timer.join()
    assert time.monotonic() - began < 30, b
    assert b["error"]["code"] == "card_gone" and b["failures"] == 1, b
    # The driver knows of it a moment later than of the command that failed.
    assert [error["code"] for error in b["errors"]] in (["card_gone"], ["transmit_failed"]), b
    assert b["commands"] > 20, b


def interrupted():
    """What there is until then is told."""
    lay(0, make())
    process = subprocess.Popen([chip.PROGRAM, "bench", "-s", "600"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    done = chip.Done(process.returncode, out, said)
    assert done.status == 0, said
    b = done.lines[0]["bench"]
    assert "error" not in b and b["commands"] > 20 and 1000 < b["ms"] < 20000


def for_people():
    lay(0, make())
    done = text("bench", "-s", 1, "--format", "text", "--lang", "en")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    for wanted in (f"Reader: {one.name}\n", "PACE: yes; BAC: yes\n", "Errors: 0\n",
                   "The face (DG2, 18,000 bytes), about: "):
        assert wanted in done.stdout, done.stdout
    assert re.search(r"(?m)^ *[\d.]+ ms #+ +\d+$", done.stdout), done.stdout
    vietnamese = text("bench", "-s", 1, "--format", "text", "--lang", "vi").stdout
    assert not set(done.stdout.splitlines()) & set(vietnamese.splitlines()) - {
        line for line in vietnamese.splitlines() if "#" in line or ": 0" in line}, vietnamese


def nothing_to_measure():
    for args, code in ((["-s", 1], "no_card"), (["-r", "2"], "no_card"),
                       (["-r", "nowhere"], "reader_unknown")):
        line = bench(*args, status=4)
        assert line["source"] == {} and line["error"]["code"] == code, line
    done = text("bench", "--format", "text")
    assert done.returncode == 4 and done.stdout == "" and done.stderr != ""


def held_by_another():
    lay(0, make())
    holder = Holder(one.name)
    try:
        assert bench(status=4)["error"]["code"] == "reader_busy"
        _, readers = look()
        expect(readers[0], card="chip", held="1", tried="0")
        shown = text("list", "--format", "table", "--lang", "en").stdout
        assert "contactless chip card, held by another program" in shown, shown
    finally:
        holder.close()


# ---- list ----

def a_table():
    one.tells(longest=261)
    other.tells(longest=0)
    shown = text("list", "--format", "table", "--lang", "en")
    assert shown.returncode == 0 and shown.stderr == ""
    heading, first, second = shown.stdout.splitlines()
    for line, words in ((first, ("1", one.name, "none", "S-0001", "261")),
                        (second, ("2", other.name, "none", "-", "short ones only"))):
        assert re.split("  +", line) == list(words), line
        assert line.index(words[2]) == heading.index("Card"), "aligned"


def a_table_on_a_terminal():
    outside, inside = pty.openpty()
    done = subprocess.run([chip.PROGRAM, "list", "--lang", "en"], stdout=inside, check=False)
    shown = os.read(outside, 4096).decode()
    os.close(inside)
    os.close(outside)
    assert done.returncode == 0 and shown.startswith("#  Reader"), shown


def a_light_that_blinks_by_escape():
    """The real command, as the maker's API has it, and without a card."""
    one.tells(vendor_id=ACR122[0], product_id=ACR122[1])
    one.escape({BLINK_ACR122: b"\x90\x02"})
    done = run("list", "--blink", "--reader", one.name)
    assert done.status == 0 and done.stderr == "" and len(done.lines) == 2, done.stderr


def a_light_that_blinks_by_command():
    """The driver lets no escape command through, and a card lies there."""
    seen = []

    def answer(_, apdu):
        seen.append(apdu)
        return b"\x90\x03"

    one.tells(vendor_id=ACR122[0], product_id=ACR122[1])
    card = lay_made_up(answer)
    try:
        assert run("list", "--blink", "--reader", one.name).status == 0
        assert seen == [BLINK_ACR122]
        # What refuses it is not believed to have blinked.
        card.answer = lambda n, apdu: b"\x63\x00"
        assert run("list", "--blink", "--reader", one.name).status == 4
    finally:
        card.remove()
        wait_until(lambda: card_on(0) == "none", "card gone from the reader")


def a_light_that_is_switched():
    """Read, switched on and off, and left as it was."""
    other.tells(vendor_id=ACR1252[0], product_id=ACR1252[1])
    good = bytes.fromhex("E100000001")
    other.escape({bytes.fromhex("E000002900"): good + b"\x02",
                  bytes.fromhex("E00000290101"): good + b"\x01",
                  bytes.fromhex("E00000290100"): good + b"\x00",
                  bytes.fromhex("E00000290102"): good + b"\x02"})
    assert run("list", "--blink", "--reader", "2").status == 0
    other.obey()
    other.tells(vendor_id=ACR1252[0], product_id=ACR1252[1])
    other.escape({bytes.fromhex("E000002900"): b"\x63\x00"})
    assert run("list", "--blink", "--reader", "2").status == 4


def a_light_that_cannot_be_driven():
    for told in ({}, {"vendor_id": 0x076B, "product_id": 0x5022},
                 {"vendor_id": ACR1252[0], "product_id": ACR1252[1]}):
        one.obey()
        one.tells(**told)
        done = run("list", "--blink", "--reader", "1", "--lang", "en")
        assert done.status == 4 and len(done.lines) == 2
        assert "this reader's light cannot be driven" in done.stderr, done.stderr
    assert run("list", "--blink", "--reader", "nowhere").status == 4


# ---- what the doctor asks ----

def a_desk_in_order():
    one.tells(longest=65535, vendor_id=0x1209, product_id=0xCCCD)
    lay(0, make())
    service, readers = look()
    expect(service, look="ok", service="answers", native="00000000", readers="2")
    expect(readers[0], name=one.name, card="chip", held="0", tried="1", serial="S-0001",
           usb="1209:cccd", longest="65535", atr=pcscd.ATR.hex(), document="yes",
           card_access="yes", pace="yes", bac="yes", extended="yes", commands="20", failures="0",
           card_lost="0", reader_lost="0", timed="1", error="",
           protocols="id-PACE-ECDH-GM-AES-CBC-CMAC-128 (brainpoolP256r1)")
    expect(readers[1], name=other.name, card="none", tried="0", longest="-1")


def cards_of_all_kinds():
    for profile, options, wanted in (
            ("bac-only", (), {"pace": "no", "bac": "yes", "card_access": "no", "protocols": ""}),
            ("vietnam", ("--card_access=refused",), {"pace": "yes", "card_access": "no"}),
            ("vietnam", ("--access=pace",), {"pace": "yes", "bac": "no"}),
            ("no-extended", (), {"extended": "no"}),
            ("passport", (), {"document": "yes", "error": ""})):
        lay(0, make(profile), *options)
        expect(look()[1][0], tried="1", failures="0", **wanted)
        clear()


def cards_that_are_none():
    for atr, answer, wanted in (
            (STORAGE_ATR, b"\x90\x00", {"card": "memory", "tried": "0"}),
            (bytes.fromhex("3B02AABB"), b"\x6D\x00", {"card": "contact", "tried": "0"}),
            (pcscd.ATR, b"\x6A\x82", {"card": "chip", "tried": "1", "document": "no",
                                      "bac": "?", "pace": "?"})):
        card = lay_made_up(lambda n, apdu, sw=answer: sw, atr)
        try:
            expect(look()[1][0], **wanted)
        finally:
            card.remove()
            wait_until(lambda: card_on(0) == "none", "card gone from the reader")


def a_uid_that_is_drawn_anew():
    """The reader answers it itself; here the card does, in its place."""
    uids = iter(range(1, 100))

    def answer(_, apdu):
        if apdu == bytes.fromhex("FFCA000000"):
            return b"\x08" + bytes([next(uids), 2, 3]) + b"\x90\x00"
        return b"\x6A\x82"

    card = lay_made_up(answer)
    try:
        expect(look()[1][0], uid_fixed="no", uid="08010203")
        uids = iter([7] * 100)
        expect(look()[1][0], uid_fixed="yes", uid="08070203")
    finally:
        card.remove()
        wait_until(lambda: card_on(0) == "none", "card gone from the reader")


def a_card_that_goes_while_it_is_tried():
    lay(0, make(), "--fault=15:lost:always", "--lost_ms=20000")
    expect(look()[1][0], tried="1", card_lost="1", reader_lost="0", error="card_gone")


def a_reader_that_goes_while_a_card_is_tried():
    lay(0, make())
    thread = one.unplug_at(25)
    _, readers = look(60, one.name)
    thread.join()
    mine = [line for line in readers if line["name"] == one.name]
    expect(mine[0], tried="1", reader_lost="1")
    desk.kill(0)
    one.plug()


def a_card_that_never_answers():
    """Each command costs its time-out, and all of them no more than a minute or so."""
    card = lay_made_up(lambda n, apdu: MUTE)
    try:
        began = time.monotonic()
        _, readers = look()
        assert time.monotonic() - began < 100
        expect(readers[0], tried="1", commands="0")
        assert readers[0]["error"] in ("timeout", "reader_busy"), readers[0]
    finally:
        card.remove()


def one_reader_of_two():
    lay(0, make())
    lay(1, make("bac-only"))
    _, readers = look(10, other.name)
    expect(readers[0], tried="0")
    expect(readers[1], tried="1", commands="10", pace="no")
    service, readers = look(10, "nowhere")
    expect(service, look="reader_unknown", service="answers")
    assert [line["tried"] for line in readers] == ["0", "0"]
    assert [line["tried"] for line in look(0)[1]] == ["0", "0"]


def services_that_do_not_answer():
    """Absent, and one that hangs; there is no command for polkit and other releases here: their
    codes are told apart in tests/unit/test_desk_look.c."""
    desk.service.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    service, readers = look()
    desk.service.process.send_signal(signal.SIGCONT)
    expect(service, look="ok", service="silent", readers="0")
    assert readers == [] and time.monotonic() - began < 60
    desk.service.stop()
    service, _ = look()
    expect(service, service="unreachable", native="8010001D", name="SCARD_E_NO_SERVICE")
    line = bench(status=4)
    assert line["error"]["code"] == "no_service" and line["error"]["pcsc"] == "8010001D"


TESTS = [a_card_that_is_fine, a_slow_card, a_card_without_long_commands,
         a_reader_that_promises_long_commands, a_reader_that_cuts_answers,
         a_card_that_is_lost_now_and_then, a_card_that_is_taken_away, interrupted, for_people,
         nothing_to_measure, held_by_another, a_table, a_table_on_a_terminal,
         a_light_that_blinks_by_escape, a_light_that_blinks_by_command, a_light_that_is_switched,
         a_light_that_cannot_be_driven, a_desk_in_order, cards_of_all_kinds, cards_that_are_none,
         a_uid_that_is_drawn_anew, a_card_that_goes_while_it_is_tried,
         a_reader_that_goes_while_a_card_is_tried, a_card_that_never_answers, one_reader_of_two,
         services_that_do_not_answer]


def main():
    global desk, one, other
    chip.enter()
    desk = Desk(stage=Stage([StagedReader(serial="S-0001"),
                             StagedReader("Other Reader", (0x1209, 0xCCCE))]))
    one, other = desk.service.stage

    only = sys.argv[1:]
    tests = [(t.__name__.replace("_", " "), t) for t in TESTS if not only or t.__name__ in only]
    try:
        status = run_all(tests, chip.PROGRAM, "cccd-chip", clear)
    finally:
        desk.close()
    sys.exit(status)


if __name__ == "__main__":
    main()
