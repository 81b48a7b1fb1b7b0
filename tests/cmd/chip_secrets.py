#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 120
"""What cccd-chip must not tell: after readings that succeed and that fail, no key and nothing of the
person stands in messages, traces or names; every file is its owner's alone. Output is TAP."""
import contextlib
import os
import pathlib
import resource
import stat
import subprocess
import sys
import tempfile
import time
import unicodedata

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "lib"), str(TESTS / "tools")]

import chip  # noqa: E402
import make_chip  # noqa: E402
from chip import CAN, NAME, NUMBER, SETTLE, SMALL, ZONE, key_file, make, run, take  # noqa: E402
from disclosed import Search  # noqa: E402

WRONG = "471982"
PARTS = "090000001/900101/300101"
searched = []


def told_in(text, allowed=()):
    """What of the card, of the person and of the wrong key stands in it."""
    if not searched:
        folder = make(*SMALL)
        contents = [path.read_bytes() for path in folder.iterdir()
                    if path.name.startswith("DG") or path.name == "EF.SOD"]
        # EF.CardAccess is the same on all cards, and DG14 says it again; EF.COM tells which files
        # there are.
        searched.append(Search((*make_chip.person_words(), WRONG), contents,
                               (folder / "EF.CardAccess").read_bytes()))
    return searched[0].told_in(text if isinstance(text, bytes) else text.encode(), allowed)


def silent(where, text, allowed=()):
    found = told_in(text, allowed)
    assert not found, f"{where} tells {found[:5]}"


def new_folder():
    return pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path.cwd()))


def lay(*options):
    chip.lay(None, *options)


def the_search_finds():
    """Each of the ways in which something could be told is seen."""
    content = (make(*SMALL) / "DG1").read_bytes()
    for text in (f"x {NAME} x", unicodedata.normalize("NFD", NAME), NUMBER, f"00{CAN}00",
                 content.hex(), content.hex().upper(), f"00 {content[20:40].hex()}", ZONE,
                 ZONE.encode().hex()):
        assert told_in(text), f"not seen: {text}"
    assert not told_in("cccd-chip: Virtual Reader A 00 00: the key does not belong to this card")


def messages():
    lay()
    for key in (CAN, NUMBER, ZONE, PARTS, WRONG, f"090000001/900101/{WRONG}"):
        for words in ((), ("--lang", "vi"), ("-a", "bac"), ("-f", "DG1"), ("-r", "2")):
            done = run("read", *words, "-k", key_file(key))
            silent(f"{words}: stderr", done.stderr)
            if done.status != 0:
                silent(f"{words}: the line of an error", done.stdout)
    take()


def keys_that_are_none():
    for key in (f"{CAN}x", f"{NUMBER}1 {WRONG}", ZONE[:60], f"{PARTS}/1", "x" * 5000 + CAN):
        done = run("read", "-k", key_file(key))
        assert (done.status, done.lines) == (2, []), (done.status, key)
        silent("a key that is none", done.stderr)
        done = run("read", "-k", "-", stdin=key.encode())
        assert done.status == 2, done.stderr
        silent("a key that is none", done.stderr)
        for option in ("--can", "--mrz"):
            silent(option, run("read", option, key[:100]).stderr)


def traces():
    # What a plain answer tells is not protected: nobody but the trace hides it.
    plain = [f"--fault={n}:plain-answer" for n in range(17, 23)]
    for options in ((), ("--fault=20:lost",), plain, ("--can=999999",)):
        lay(*options)
        for key, words in ((CAN, ()), (PARTS, ("-a", "bac")), (CAN, ("--short",))):
            done = run("read", "-k", key_file(key), "--trace", "trace", "--retries", 9, *words)
            text = pathlib.Path("trace").read_bytes()
            assert text.count(b"\n") > 10, text
            silent(f"{options} {words}: the trace", text)
            silent(f"{options} {words}: stderr", done.stderr)
        take()


def a_plain_trace():
    """It holds what is sent and answered; without the option that is not there."""
    lay()
    run("read", "-k", key_file(), "--trace", "plain", "--trace-plain").expect(0)
    run("read", "-k", key_file(), "--trace", "trace").expect(0)
    take()
    answered = (make(*SMALL) / "EF.CardAccess").read_bytes()[4:].hex().encode()
    for name, there in (("plain", True), ("trace", False)):
        assert stat.S_IMODE(os.stat(name).st_mode) == 0o600
        assert (answered in pathlib.Path(name).read_bytes().lower()) == there, name


def recordings():
    """They hold what came, protected; and belong to their owner."""
    lay()
    done = run("read", "-k", key_file(), "--record", "recording").expect(0)
    take()
    silent("stderr", done.stderr)
    assert stat.S_IMODE(os.stat("recording").st_mode) == 0o600
    silent("stderr of a replay", run("read", "-r", "replay:recording", "-k", key_file()).stderr)
    wrong = run("read", "-r", "replay:recording", "-k", key_file(WRONG))
    silent("a replay with another key", wrong.stderr + wrong.stdout.decode())


def faults():
    for n, fault in ((8, "garbage"), (12, "short-answer"), (18, "plain-answer"), (20, "lost"),
                     (20, "sw=6F00")):
        lay(f"--fault={n}:{fault}:always")
        done = run("read", "-k", key_file(), "--retries", "0")
        assert done.status in (1, 3), f"{fault}: {done.status}"
        silent(f"{fault}: stderr", done.stderr)
        silent(f"{fault}: the error", str(done.chip["error"]))
        take()


def a_records_card():
    """The name and the number of the record are what is asked for, and only these."""
    line = subprocess.run([str(chip.BUILD / "cccd-parse")], input=chip.PAYLOAD.encode(),
                          capture_output=True, check=True).stdout
    lay()
    done = run("read", stdin=line).expect(0)
    assert NAME in done.stderr and NUMBER in done.stderr, done.stderr
    silent("stderr", done.stderr, (f"{NAME} {NUMBER}",))
    take()
    lay("--can=999999", "--mrz=none")
    done = run("read", stdin=line)
    silent("stderr", done.stderr, (f"{NAME} {NUMBER}",))
    take()


def watching():
    for key in (CAN, WRONG):
        process = subprocess.Popen([chip.PROGRAM, "watch", "--read", "-k", key_file(key)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lay()
        time.sleep(SETTLE)
        take()
        process.terminate()
        out, said = process.communicate(timeout=20)
        silent("stderr of watch", said)
        events = [line for line in out.splitlines() if b'"event"' in line]
        assert len(events) >= 4, out
        silent("events", b"\n".join(events))
        if key == WRONG:
            silent("lines of watch", out)


def let_core():
    """As far as that is allowed, so that it is the program that forbids it."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))


def arguments_and_environment():
    """A key from a file does not show in the list of processes."""
    key = key_file()
    process = subprocess.Popen([chip.PROGRAM, "read", "--wait=20", "-k", key], preexec_fn=let_core,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.5)
    folder = pathlib.Path(f"/proc/{process.pid}")
    shown = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
    limits = (folder / "limits").read_text()
    assert process.poll() is None, "it does not wait for a card"
    process.terminate()
    process.communicate(timeout=20)
    silent("the list of processes", shown.replace(key.encode(), b""))
    core = [line.split() for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core[0][4:6] == ["0", "0"], f"a core file may be left: {core}"


def modes():
    """Whatever the umask; and a file that others could read before is shut first."""
    for umask in (0, 0o22, 0o777):
        folder = new_folder()
        (folder / "trace").write_text("")
        (folder / "trace").chmod(0o666)
        lay()
        done = run("read", "-k", key_file(), "-o", folder / "out", "--trace", folder / "trace",
                   "--record", folder / "recording", preexec_fn=lambda: os.umask(umask))
        take()
        done.expect(0)
        paths = [path for path in folder.rglob("*")]
        assert len(paths) > 10, paths
        for path in paths:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode & 0o077 == 0, f"umask {umask:o}: {path.name} has {mode:o}"
            silent("the names of files", str(path.relative_to(folder)))


def names_of_folders():
    """Only a record's folder has the number, as the manual tells."""
    folder = new_folder()
    lay()
    run("read", "-k", key_file(), "-o", folder / "out").expect(0)
    take()
    silent("names", " ".join(str(path.relative_to(folder)) for path in folder.rglob("*")))
    assert sorted(os.listdir(folder)) == ["out"], os.listdir(folder)


TESTS = (
    ("the search finds what is told", the_search_finds),
    ("messages, with right and wrong keys", messages),
    ("keys that are none are not repeated", keys_that_are_none),
    ("traces, of readings that succeed and that fail", traces),
    ("a plain trace is its owner's alone", a_plain_trace),
    ("recordings are their owner's alone", recordings),
    ("faults of the card", faults),
    ("the card of a record is asked for by name and number", a_records_card),
    ("watch tells of cards, not of persons", watching),
    ("no key in the list of processes, no core file", arguments_and_environment),
    ("files are their owner's alone, whatever the umask", modes),
    ("names of files", names_of_folders),
)


if __name__ == "__main__":
    sys.exit(chip.run_tests(TESTS))
