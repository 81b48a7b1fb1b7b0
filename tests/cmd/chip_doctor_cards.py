#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip doctor with the real pcscd, readers on a USB of the test's own (tests/lib/stage.py) and
cards on them: each trouble of a reader or a card is found and named, and sound ones are not accused.
Output is TAP."""
import contextlib
import json
import pathlib
import stat
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
from chip import Desk, make, run  # noqa: E402
from machine import ACR122U, ACR1252U, Machine  # noqa: E402
from pcscd import ATR, Card, wait_until  # noqa: E402
from script import run_all  # noqa: E402
from stage import Stage, StagedReader  # noqa: E402

SMALL = ("vietnam", "--picture-bytes", "3000")
MEMORY_CARD = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
CONTACT_CARD = bytes.fromhex("3BD518FF8191FE1FC38073C8211309")
SERIAL = "S-0001-PRIVATE"
ACR1252U_IDS, UTRUST_IDS = (0x072F, 0x223B), (0x04E6, 0x5790)
desk = None


def start():
    return Desk(stage=Stage([
        StagedReader("ACS ACR1252 Reader", ACR1252U_IDS, vendor="ACS", serial=SERIAL,
                     version=(1, 4, 0)),
        StagedReader("Identiv uTrust 3700 F", UTRUST_IDS, plugged=False)]))


def reader(n=0):
    return desk.service.stage[n]


def rows(*options, **more):
    done = run("doctor", "--format", "ndjson", *options, **more)
    assert done.stderr == "", done.stderr
    return [dict(line["doctor"], source=line["source"]) for line in done.lines], done.status


def findings(all_rows, states):
    return [row["code"] for row in all_rows if row["state"] in states]


def expect(*codes, notes=(), options=("-r", "1")):
    """What is to be mended, in this order; of the notes, at least these."""
    found, status = rows(*options)
    assert findings(found, ("warning", "trouble")) == list(codes), \
        f"{findings(found, ('warning', 'trouble'))}, not {list(codes)}"
    assert set(notes) <= set(findings(found, ("note",))), findings(found, ("note",))
    assert status == (1 if codes else 0), f"exit status {status}"
    return found


def row_of(found, check):
    return next(row for row in found if row["check"] == check)


def lay(*options, folder=None, n=0):
    desk.lay_surely(n, folder or make(*SMALL), *options,
                    seen=lambda: chip.card_on(n) == "contactless")


@contextlib.contextmanager
def card(answer=lambda n, apdu: b"\x6D\x00", atr=ATR):
    """One whose answers a function gives. The virtual driver has been seen to take a connection and
    not to see a card in it, for as long as it is there: then it is laid down once more."""
    for tries in (3, 2, 1):
        laid = Card(reader().port, answer, atr)
        try:
            wait_until(lambda: chip.card_on(0) not in (None, "none"), "card on the reader", 5)
            break
        except AssertionError:
            laid.remove()
            if tries == 1:
                raise
    try:
        yield laid
    finally:
        laid.remove()
        wait_until(lambda: chip.card_on(0) == "none", "reader without a card")


# ---- sound ----

def sound():
    lay()
    found = expect()
    assert findings(found, ("note",)) == [], findings(found, ("note",))
    facts = row_of(found, "card_access")["facts"]
    assert facts["pace"] == facts["bac"] == facts["card_access"] == "yes", facts
    assert row_of(found, "extended_length")["state"] == "good"
    assert row_of(found, "reader_model")["facts"]["model"] == "ACS ACR1252U"
    assert row_of(found, "field")["facts"]["failures"] == "0"
    assert float(row_of(found, "speed")["facts"]["round_trip_ms"]) > 0


def sound_profiles():
    for profile, pace, bac in (("bac-only", "no", "yes"), ("dh", "yes", None),
                               ("passport", None, "yes")):
        lay(folder=make(profile, "--picture-bytes", "3000"))
        facts = row_of(expect(), "card_access")["facts"]
        assert pace in (None, facts["pace"]) and bac in (None, facts["bac"]), (profile, facts)
        desk.take(0)


def nothing_there():
    found = expect(notes=["card_absent"])
    assert row_of(found, "speed")["state"] == "skipped"


# ---- readers ----

def short_only():
    reader().tells(longest=0, vendor_id=ACR1252U_IDS[0], product_id=ACR1252U_IDS[1]).short()
    lay()
    expect(notes=["reader_short_only", "extended_length_none"])


def extended_is_a_lie():
    reader().tells(longest=65535, vendor_id=ACR1252U_IDS[0], product_id=ACR1252U_IDS[1]).short()
    lay()
    expect("extended_length_fails")


def a_card_for_short_commands():
    lay(folder=make("no-extended", "--picture-bytes", "3000"))
    found, _ = rows("-r", "1")
    assert row_of(found, "extended_length")["code"] in ("extended_length_fails",
                                                        "extended_length_none")


def old_firmware():
    """By the machine's own look at USB."""
    tree = Machine()
    tree.driver("ifd-ccid.bundle", "1.5.2", ({"idVendor": "04e6", "idProduct": "5291"}, ACR1252U))
    tree.plug({"idVendor": "04e6", "idProduct": "5291", "bcdDevice": "0110", "product": "SCL010"})
    reader().tells(vendor_id=0x04E6, product_id=0x5291)
    try:
        found = expect("firmware_faulty", options=("-r", "1", "--sysroot", tree.top))
        facts = row_of(found, "reader_model")["facts"]
        assert facts["firmware"] == "1.10" and facts["sound_from"] == "1.12", facts
    finally:
        tree.close()


def slow_while_empty():
    tree = Machine()
    tree.plug(ACR122U)
    reader().tells(vendor_id=0x072F, product_id=0x2200)
    try:
        expect(notes=["reader_slow_without_card", "card_absent"],
               options=("-r", "1", "--sysroot", tree.top))
    finally:
        tree.close()


def contact_reader():
    reader().tells(vendor_id=0x076B, product_id=0x3021)
    found, status = rows("-r", "1")
    assert "reader_contact_only" in findings(found, ("trouble",)) and status == 1, found


def driver_lost_it():
    """Plugged in, and the service's driver cannot have it."""
    tree = Machine()
    tree.plug(ACR122U)
    try:
        expect("reader_unlisted", options=("--sysroot", tree.top))
    finally:
        tree.close()


def several_readers():
    reader(1).plug()
    lay()
    found, status = rows()
    names = {row["source"].get("reader") for row in found} - {None}
    assert len(names) == 2 and status == 0, (names, status)


# ---- cards ----

def mute():
    reader().mute()
    desk.start(0, make(*SMALL))
    wait_until(lambda: chip.card_on(0) == "mute", "mute card")
    expect("card_mute")


def memory_card():
    with card(atr=MEMORY_CARD):
        found = expect("card_memory")
        assert row_of(found, "card_document")["because"] == "card_kind"


def contact_card():
    with card(atr=CONTACT_CARD):
        expect("card_contact")


def no_document():
    with card(lambda n, apdu: b"\x6A\x82"):
        expect("card_not_document")


def no_door():
    """The application is there, and neither PACE nor BAC."""
    def answer(_, apdu):
        if apdu[1] == 0xA4 and b"\xA0\x00\x00\x02\x47\x10\x01" in apdu:
            return b"\x90\x00"
        return b"\x6D\x00"
    with card(answer):
        found, status = rows("-r", "1")
        assert "card_access_unknown" in findings(found, ("trouble",)) and status == 1, found


def held_by_another():
    lay()
    holder = subprocess.Popen([str(chip.BUILD / "tests/chip_transport")], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    holder.stdin.write(f"new\nopen 5000 2000 9000 {reader().name}\n".encode())
    holder.stdin.flush()
    try:
        for done in (holder.stdout.readline(), holder.stdout.readline()):
            assert b"ok" in done, done
        found = expect("card_held")
        assert row_of(found, "card_document")["because"] == "card_free"
        assert str(holder.pid) in str(row_of(found, "card_free")["facts"]["program"])
    finally:
        holder.stdin.close()  # it lets go of the card
        holder.wait(20)


def unsteady():
    lay("--fault=30:lost", "--fault=45:lost")
    expect("field_unstable")


def taken_away():
    lay("--delay_us=20000")
    process = subprocess.Popen([chip.PROGRAM, "doctor", "--format", "ndjson", "-r", "1"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.6)
    desk.kill(0)
    out, _ = process.communicate(timeout=120)
    found = [json.loads(line)["doctor"] for line in out.splitlines()]
    assert "field_unstable" in findings(found, ("trouble",)) and process.returncode == 1, found


def unplugged_while_tried():
    lay("--delay_us=20000")
    thread = reader().unplug_at(20)
    found, status = rows("-r", "1")
    thread.join()
    assert "reader_lost" in findings(found, ("trouble",)) and status == 1, found


def slow():
    lay("--delay_us=200000")
    expect("card_slow")


# ---- what is written ----

def pages_and_scripts():
    lay()
    reader().mute()
    folder = pathlib.Path.cwd()
    for language, word in (("vi", "lang=\"vi\""), ("en", "lang=\"en\"")):
        page, script = folder / f"report-{language}.html", folder / f"fix-{language}.sh"
        done = run("doctor", "--format", "json", "--lang", language, "--report", page,
                   "--fix-script", script)
        assert done.lines[0]["doctor"]["rows"], done.stdout
        text = page.read_text()
        assert word in text and "<script" not in text and SERIAL not in text, text[:300]
        for path in (page, script):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        subprocess.run(["sh", "-n", script], check=True)
    assert run("doctor", "--format", "json", "--report", "/nonexistent/x").status == 4


def text_on_a_pipe():
    lay()
    done = subprocess.run([chip.PROGRAM, "doctor", "--lang", "vi"], capture_output=True, check=False)
    assert done.returncode == 0 and b"\x1b" not in done.stdout and "✓" in done.stdout.decode()


def wrong_reader():
    done = run("doctor", "-r", "nosuchreader")
    assert (done.status, done.stdout) == (4, b"") and "nosuchreader" in done.stderr, done.stderr
    assert "cccd-chip list" in done.stderr, done.stderr


TESTS = (
    ("a sound card on a sound reader", sound),
    ("sound cards of other kinds", sound_profiles),
    ("no card", nothing_there),
    ("a reader for short commands", short_only),
    ("a reader that says it takes long commands, and does not", extended_is_a_lie),
    ("a card for short commands", a_card_for_short_commands),
    ("old firmware", old_firmware),
    ("a reader that is slow while it is empty", slow_while_empty),
    ("a contact reader", contact_reader),
    ("a reader that the service does not list", driver_lost_it),
    ("several readers", several_readers),
    ("a mute card", mute),
    ("a memory card", memory_card),
    ("a contact card", contact_card),
    ("a card that is no document", no_document),
    ("a document that offers no protocol", no_door),
    ("a card that another program holds", held_by_another),
    ("a field at its edge", unsteady),
    ("a card taken away", taken_away),
    ("a reader unplugged", unplugged_while_tried),
    ("a slow card", slow),
    ("the page, and the script", pages_and_scripts),
    ("text for people", text_on_a_pipe),
    ("no such reader", wrong_reader),
)


def clean_up():
    for port in list(desk.cards):
        desk.kill(port)
    for one in desk.service.stage:
        if one.plugged:
            one.obey()
    if not reader().plugged:
        reader().plug()
    if reader(1).plugged:
        reader(1).unplug()
    wait_until(lambda: chip.card_on(0) == "none", "reader without a card")


def main():
    global desk
    chip.enter()
    desk = start()
    try:
        return run_all(TESTS, chip.PROGRAM, "cccd-chip", clean_up)
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(main())
