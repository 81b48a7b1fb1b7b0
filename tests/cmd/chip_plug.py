#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip with readers that are plugged in and out, refuse, fall silent and tell of themselves,
and with a service that hangs or comes later: through the real pcscd (tests/lib/stage.py). Output
is TAP.

Those who wait for a time to pass run side by side: each in a process and namespaces of its own."""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
import pcscd  # noqa: E402
import stage  # noqa: E402
from chip import Desk, key_file, make, run, without  # noqa: E402
from pcscd import Pcscd, wait_until  # noqa: E402
from script import run_all  # noqa: E402
from stage import Stage, StagedReader  # noqa: E402

SELF = pathlib.Path(__file__).resolve()
SMALL = ("vietnam", "--picture-bytes", "3000")
GONE = {"en": ("the reader was unplugged", "plug it in again, directly at the computer"),
        "vi": ("đầu đọc thẻ đã bị rút ra", "cắm lại, cắm thẳng vào máy tính")}
SILENT = {"en": "the smart card service does not answer",
          "vi": "dịch vụ thẻ thông minh không trả lời"}
desk = one = None
kept = {}


def readers():
    return Stage([StagedReader(vendor="Stage", serial="S-0001", version=(1, 2, 3)),
                  StagedReader("Other Reader", (0x1209, 0xCCCE), serial="S-0002", plugged=False)])


def read(*args, **more):
    return run("read", "-k", key_file(), *args, **more)


def begin(*args, **more):
    return subprocess.Popen([chip.PROGRAM, *map(str, args)], stdout=subprocess.PIPE,
                            **{"stderr": subprocess.PIPE, **more})


def ended(process, seconds=60):
    out, said = process.communicate(timeout=seconds * (8 if chip.is_slow() else 1))
    return chip.Done(process.returncode, out, said)


def state_of(reader):
    lines = {line["source"].get("reader"): line.get("reader") for line in run("list").lines}
    return lines.get(reader.name)


def lay(port=0):
    reader = desk.service.stage[port]
    desk.lay_surely(port, make(*SMALL),
                    seen=lambda: (state_of(reader) or {}).get("card") == "contactless")


def wait_empty(reader, seconds=pcscd.SECONDS):
    wait_until(lambda: (state_of(reader) or {}).get("card") == "none", "reader without a card",
               seconds)


def again(port=0):
    """In again, with a card on it, and as in the beginning."""
    reader = desk.service.stage[port]
    reader.obey()
    if not reader.plugged or state_of(reader) is None:
        reader.plug()
    if port in desk.cards:
        desk.kill(port)
    try:
        wait_empty(reader, 8)
    except AssertionError:
        # The service (1.9.9) has been seen to lose a reader that comes back while it lets go of it.
        desk.service.stop()
        desk.service.start()
        wait_empty(reader)
    lay(port)


def whole():
    """What an undisturbed reading tells."""
    if not kept:
        kept["whole"] = read().expect(0).chip
    return kept["whole"]


def same(done):
    assert without(done.chip, "atr") == without(whole(), "atr"), done.chip
    return done


# ---- unplugged ----

class Watcher:
    """cccd-chip watch, line by line."""

    def __init__(self, *args):
        self.process = begin("watch", *args)
        self.events = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            value = chip.strict(line)
            self.events.append((value.get("event", {}).get("kind") or value["error"]["code"],
                                value["source"].get("reader")))

    def sees(self, *events):
        wait_until(lambda: len(self.events) >= len(events), f"events: {self.events}")
        assert self.events[:len(events)] == list(events), self.events
        del self.events[:len(events)]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        self.process.stdout.close(), self.process.stderr.close()
        return status


def a_reader_comes_and_goes():
    other = desk.service.stage[1]
    watcher = Watcher()
    watcher.sees(("reader_added", one.name), ("card_inserted", one.name))
    other.plug()
    watcher.sees(("reader_added", other.name))
    assert [line["source"]["reader"] for line in run("list").lines] == [one.name, other.name]
    one.unplug()
    watcher.sees(("card_removed", one.name), ("reader_removed", one.name))
    assert [line["source"]["reader"] for line in run("list").lines] == [other.name]
    other.unplug()
    watcher.sees(("reader_removed", other.name))
    assert run("list").lines[0]["error"]["code"] == "no_reader"
    again()
    watcher.sees(("reader_added", one.name), ("card_inserted", one.name))
    assert watcher.end() == 0 and not watcher.events
    same(read().expect(0))


def a_reader_that_hangs():
    """Its driver does not find it, and the kernel says nothing: it stays in the list."""
    one.unplug(None)
    wait_until(lambda: state_of(one).get("unplugged"), "reader that is told to be gone")
    read("--lang", "en").expect(4, "reader_gone")
    one.disappear()
    one.tell_udev("remove")
    wait_until(lambda: state_of(one) is None, "reader gone from the list")
    again()
    assert "unplugged" not in state_of(one)


def unplugged_while_it_is_waited():
    for reader in ((), ("-r", one.name)):
        desk.take(0)
        process = begin("read", "--wait=40", "-k", key_file(), *reader)
        time.sleep(1)
        one.unplug()
        time.sleep(1)
        assert process.poll() is None, process.communicate()
        again()
        same(ended(process).expect(0))


def unplugged_while_it_is_waited_for_good():
    desk.service.stage[1].plug()
    wait_until(lambda: state_of(desk.service.stage[1]), "the other reader")
    desk.take(0)
    process = begin("read", "--wait=3", "-k", key_file(), "-r", one.name)
    time.sleep(1)
    one.unplug()
    ended(process, 10).expect(4, "reader_gone")
    desk.service.stage[1].unplug()
    again()


def check_kept(folder, done):
    """No folder that looks whole."""
    if "evidence" in done.chip or os.path.exists(folder):
        run("dump", folder).expect(4, done.code)
        manifest = json.loads((pathlib.Path(folder) / "manifest.json").read_text())
        assert manifest["error"] == done.code, manifest


def unplugged_at_a_command():
    commands = whole()["commands"]
    for i, n in enumerate(sorted({1, 2, commands // 3, commands // 2, commands - 1, commands})):
        lang = ("en", "vi")[i % 2]
        folder = tempfile.mkdtemp(dir=pathlib.Path.cwd()) + "/out"
        before = one.commands()
        follower = one.unplug_at(n)
        began = time.monotonic()
        done = read("--retries", 0, "-o", folder, "--lang", lang)
        assert done.chip["error"]["code"] == "reader_gone" and done.status == 4, (n, done.chip)
        assert time.monotonic() - began < 10, n
        assert all(text in done.stderr for text in GONE[lang]), done.stderr
        assert (done.chip["error"]["message"], done.chip["error"]["hint"]) == GONE[lang]
        assert one.commands() == before + n, (n, one.log())
        check_kept(folder, done)
        follower.join()
        again()


def unplugged_and_plugged_in_again():
    """In the middle of a reading, which goes on."""
    commands = whole()["commands"]
    for n in (2, commands // 2, commands):
        folder = tempfile.mkdtemp(dir=pathlib.Path.cwd()) + "/out"
        follower = one.unplug_at(n)
        process = begin("read", "-k", key_file(), "-o", folder)
        follower.join()
        time.sleep(0.5)
        again()
        done = ended(process).expect(0)
        assert done.chip["restarts"] >= 1 and done.chip["commands"] > commands, done.chip
        done.chip.pop("evidence")
        for listed in done.chip["files"]:
            listed.pop("path", None)
        same(Only(without(done.chip, "images")))
        run("dump", folder).expect(0)


class Only:
    """A line for same()."""

    def __init__(self, line):
        self.chip = dict(line, images=whole().get("images")) if "images" in whole() else line


def the_service_loses_the_reader_between_two_commands():
    """The driver never knew: the kernel tells the service alone, in the pause after a command."""
    n = whole()["commands"] // 2
    process = slow_at(n, 700, "--retries", 0)
    before = one.commands()
    one.disappear()
    one.tell_udev("remove")
    done = ended(process).expect(4, "reader_gone")
    assert one.commands() == before + 1, one.log()
    assert "pcsc" in done.chip["error"], done.chip
    wait_until(lambda: state_of(one) is None, "reader gone from the list")
    again()


def slow_at(n, ms, *args, **more):
    """A reading that is in its n-th command, which takes so long."""
    at = one.commands() + n
    one.slow(ms, n)
    process = begin("read", "-k", key_file(), *args, **more)
    wait_until(lambda: one.commands() == at - 1, "commands")
    time.sleep(0.2)
    return process


# ---- what a reader refuses ----

def a_reader_for_short_commands_only():
    commands = whole()["commands"]
    for told in ({}, {"longest": 65536}, {"longest": 0}):
        one.obey().short()
        if told:
            one.tells(**told)
        before = len(one.log())
        done = same(read("--retries", 1).expect(0))
        assert done.chip["commands"] > commands and done.chip["restarts"] == 0, done.chip
        refused = [line for line in one.log()[before:] if line[2] != 0]
        assert bool(refused) == (told != {"longest": 0}), refused
        assert len(refused) <= 4, refused
    again()


def a_reader_for_commands_of_some_length():
    """A little more than short ones, which CCID readers have: 271 bytes with their header."""
    one.longest(261)
    same(read("--retries", 1).expect(0))
    same(read("--retries", 0, "--short").expect(0))
    again()


def a_command_that_does_not_come_through():
    commands = whole()["commands"]
    for code in (stage.COMMUNICATION_ERROR, stage.RESPONSE_TIMEOUT):
        for n in {1, 2, commands // 3, commands - 1, commands}:
            one.fail(n, code)
            done = same(read().expect(0))
            assert done.chip["commands"] > commands, (n, done.chip)
        one.obey()


def no_command_comes_through():
    folder = tempfile.mkdtemp(dir=pathlib.Path.cwd()) + "/out"
    n = whole()["commands"] // 2
    for i in range(300):
        one.fail(n + i)
    done = read("-o", folder).expect(3, "transmit_failed")
    assert done.chip["restarts"] <= 3, done.chip
    check_kept_of_card(folder, done)
    again()


def check_kept_of_card(folder, done):
    if os.path.exists(folder):
        run("dump", folder).expect(3, done.code)


def a_slow_reader():
    one.slow(60)
    began = time.monotonic()
    done = same(read().expect(0))
    assert time.monotonic() - began > 0.06 * done.chip["commands"]
    one.obey()


def a_mute_card():
    desk.take(0)
    one.mute()
    desk.start(0, make(*SMALL))
    wait_until(lambda: state_of(one)["card"] == "mute", "mute card")
    began = time.monotonic()
    read().expect(4, "card_mute")
    assert time.monotonic() - began < 5
    process = begin("read", "--wait=30", "-k", key_file())
    time.sleep(1.5)
    assert process.poll() is None, process.communicate()
    one.obey()  # nobody lays it down again: it answers when it is given power once more
    same(ended(process).expect(0))
    again()


# ---- what a reader tells of itself ----

def readers_tell_of_themselves():
    other = desk.service.stage[1].plug()
    wait_until(lambda: state_of(other), "the other reader")
    told = state_of(one)
    assert {key: told.get(key) for key in ("number", "vendor", "serial", "version", "usb",
                                           "longest_command")} == {
        "number": 1, "vendor": "Stage", "serial": "S-0001", "version": "1.02.3", "usb": None,
        "longest_command": None}, told
    one.tells(longest=0, vendor_id=0x072F, product_id=0x2200)
    told = state_of(one)
    assert (told["usb"], told["longest_command"]) == ("072f:2200", 0), told
    one.says(stage.VENDOR_NAME, "\x1b[31mStage\n\u202e" + "x" * 300)  # hostile
    told = state_of(one)
    assert "vendor" not in told or "\x1b" not in told["vendor"], told
    one.obey().says(stage.VENDOR_NAME, "\x1b[31mStage")
    assert b"\x1b" not in run("list").stdout
    one.obey()
    read("-r", "S-0001").expect(0)
    assert read("-r", "S-0001").chip["reader"] == one.name
    assert read("-r", "S-0002").expect(4, "no_card")
    read("-r", "S-0003").expect(4, "reader_unknown")
    other.unplug()
    wait_until(lambda: state_of(other) is None, "the other reader gone")
    read("-r", "S-0002").expect(4, "reader_unknown")


# ---- a service that hangs, or comes later; these run by themselves ----

def hang():
    desk.service.process.send_signal(signal.SIGSTOP)


def go_on():
    desk.service.process.send_signal(signal.SIGCONT)


def told_in_time(process, least, most, lang="en"):
    began = time.monotonic()
    done = ended(process, 100)
    took = time.monotonic() - began
    line = done.lines[-1]
    error = line.get("error") or line["chip"]["error"]
    assert (done.status, error["code"]) == (4, "service_silent"), (done.status, error, done.stderr)
    assert SILENT[lang] in done.stderr, done.stderr
    assert least <= took < most * (3 if chip.is_slow() else 1), f"{took:.0f} seconds"


def a_service_that_hangs():
    watcher = begin("watch", "--lang", "vi")
    time.sleep(2)
    hang()
    waiting = begin("read", "--wait=5", "-k", key_file(), "--lang", "en")
    for process, lang in ((begin("list", "--lang", "en"), "en"), (watcher, "vi"),
                          (begin("read", "-k", key_file(), "--lang", "en"), "en"),
                          (waiting, "en")):
        told_in_time(process, 0, 25, lang)


def a_service_that_hangs_for_a_while():
    hang()
    watcher, reading = Watcher(), begin("read", "--wait", "-k", key_file())
    time.sleep(4)
    go_on()
    same(ended(reading).expect(0))
    watcher.sees(("reader_added", one.name), ("card_inserted", one.name))
    hang()
    began = time.monotonic()
    assert watcher.end() == 0
    assert time.monotonic() - began < 4
    waiting = begin("read", "--wait", "-k", key_file())
    time.sleep(14)  # longer than the service may be silent
    assert waiting.poll() is None
    go_on()
    same(ended(waiting).expect(0))


def a_service_that_hangs_within_a_command():
    process = slow_at(8, 2000, "--lang", "en")
    hang()
    told_in_time(process, 25, 45)


def a_service_that_comes_later():
    desk.service.stop()
    began = time.monotonic()
    read().expect(4, "no_service")
    read("--wait=2").expect(4, "no_service")
    assert 2 <= time.monotonic() - began < 8
    record = subprocess.run([str(chip.BUILD / "cccd-parse")], input=chip.PAYLOAD.encode(),
                            capture_output=True, check=True).stdout
    began = time.monotonic()  # records wait for their cards, but for no service
    run("read", stdin=record).expect(4, "no_service")
    assert time.monotonic() - began < 5
    process = begin("read", "--wait=60", "-k", key_file())
    time.sleep(2)
    desk.kill(0)
    desk.service.start()
    lay()
    same(ended(process).expect(0))


def absence_is_told_on_a_terminal():
    """... and waited for once, however often it begins again."""
    master, terminal = pty.openpty()
    process = slow_at(whole()["commands"] // 2, 1500, "--retries", 5, "--lang", "vi",
                      stderr=terminal)
    os.close(terminal)
    desk.kill(0)
    began = time.monotonic()
    shown = b""
    try:
        while piece := os.read(master, 4096):
            shown += piece
    except OSError:  # the other side is closed
        pass
    out = process.communicate()[0]
    took = time.monotonic() - began
    assert process.returncode == 3, out
    assert json.loads(out)["chip"]["error"]["code"] == "card_gone", out
    assert 25 < took < 45, f"{took:.0f} seconds"
    seen = shown.decode()
    assert "đang chờ (30 s): " in seen and "đang chờ (1 s): " in seen, seen
    assert "không có thẻ trên đầu đọc" in seen, seen


ALONE = {function.__name__: function for function in (
    a_service_that_hangs, a_service_that_hangs_for_a_while, a_service_that_hangs_within_a_command,
    a_service_that_comes_later, absence_is_told_on_a_terminal)}
apart = {}


def worker(name):
    """This program once more, in namespaces of its own."""
    environment = dict(os.environ, CHIP_TEST_CARD=str(make(*SMALL)))
    return subprocess.Popen([*pcscd.namespaces(), sys.executable, str(SELF), name],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)


def alone(name):
    def check():
        said = apart[name].communicate(timeout=200)[0].decode()
        assert apart[name].returncode == 0, said
    return name.replace("_", " "), check


TOGETHER = (
    a_reader_comes_and_goes, a_reader_that_hangs, unplugged_while_it_is_waited,
    unplugged_while_it_is_waited_for_good, unplugged_at_a_command, unplugged_and_plugged_in_again,
    the_service_loses_the_reader_between_two_commands, a_reader_for_short_commands_only,
    a_reader_for_commands_of_some_length, a_command_that_does_not_come_through,
    no_command_comes_through, a_slow_reader, a_mute_card, readers_tell_of_themselves)


def fresh(function):
    def check():
        whole()
        function()

    def run_it():
        try:
            check()
        except BaseException as error:
            print(f"# {error!r}", flush=True)  # whatever becomes of the rest
            if desk.service.stage[1].plugged:
                desk.service.stage[1].unplug()
            again()
            raise
    return function.__name__.replace("_", " "), run_it


def main():
    global desk, one
    working = len(sys.argv) > 1
    if working:
        pcscd.make_home()
        chip.work_apart()
        chip.made[SMALL] = pathlib.Path(os.environ["CHIP_TEST_CARD"])
    else:
        chip.enter()
        for name in ALONE:
            apart[name] = worker(name)
    desk = Desk(stage=readers())
    one = desk.service.stage[0]
    try:
        lay()
        whole()
        if working:
            ALONE[sys.argv[1]]()
            return 0
        tests = [fresh(function) for function in TOGETHER] + [alone(name) for name in ALONE]
        return run_all(tests, chip.PROGRAM, "cccd-chip")
    finally:
        if desk.service.process is not None:
            go_on()
        desk.close()
        for process in apart.values():
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
