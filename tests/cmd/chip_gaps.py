#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 120
"""cccd-chip with cards that lack something, count wrong keys or make one wait: it is told, and the
exit status is the one of the manual. Output is TAP."""
import errno
import json
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
import said  # noqa: E402
from chip import NUMBER, SMALL, key_file, lay, make, run, take  # noqa: E402

PROOFS = {"DG14": "chip_authentication", "DG15": "active_authentication"}


def read(*words, key=None):
    return run("read", "--lang", "en", "-k", key or key_file(), *words)


def card_with(**files):
    """A copy of the small card's folder in which these files are others."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path.cwd())) / "card"
    shutil.copytree(make(*SMALL), folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def altered(name, at, byte):
    content = bytearray((make(*SMALL) / name).read_bytes())
    content[at] = byte
    return bytes(content)


def content_cut(name):
    return (make(*SMALL) / name).read_bytes()[:100]


def malformed_keys_of_proofs():
    """Not silently without a proof. The bytes are kept: they are what the card said."""
    for name, proof in PROOFS.items():
        content = altered(name, 4, 0x05)  # in the place of SET's tag, or SEQUENCE's
        lay(card_with(**{name: content}))
        out = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path.cwd()))
        done = read("-o", out).expect(3, "file_malformed")
        take()
        file = {f["file"]: f for f in done.chip["files"]}[name]
        assert (file["error"], file["fault"], file["offset"]) == ("file_malformed",
                                                                 "tag_unexpected", 4), file
        assert (out / f"{name}.bin").read_bytes() == content and done.chip["error"]["step"] == name
        results = {p["proof"]: p["result"] for p in done.chip["proofs"]}
        other = (set(PROOFS.values()) - {proof}).pop()
        assert results == {proof: "file_malformed", other: "ok"}, results
        assert f"{name}, byte 4: another tag" in done.stderr, done.stderr
        assert done.chip["record"]["id"] == NUMBER, done.chip
        dumped = run("dump", out).expect(3, "file_malformed").chip
        assert dumped["files"] == done.chip["files"] and dumped["proofs"] == done.chip["proofs"]


def keys_of_proofs_that_are_no_file():
    """What is not even one element is not read: its bytes do not tell how many there are."""
    for name, proof in PROOFS.items():
        for content, code in ((content_cut(name), "file_short"), (b"\0\0\0\0", "file_malformed")):
            lay(card_with(**{name: content}))
            done = read().expect(3, code)
            take()
            results = {p["proof"]: p["result"] for p in done.chip["proofs"]}
            assert results[proof] == code, (name, results)
            assert f"cccd-chip: {name}: the file" in done.stderr, done.stderr


def nothing_on_it():
    """A card that opens and has none of its files is no card that was read."""
    names = ",".join(["EF.COM", "EF.SOD", *(f"DG{n}" for n in range(1, 17))])
    lay(None, f"--absent={names}")
    done = read().expect(3, "no_files")
    assert done.chip["access"]["key"] == "can" and "record" not in done.chip, done.chip
    assert "none of the files" in done.stderr, done.stderr
    read("-f", "DG11").expect(3, "no_files")
    take()
    lay(None, "--absent=DG11")
    read("-f", "DG11").expect(0)
    take()


def not_asked_for():
    """Every code that stands in a line is in the list of codes."""
    lay()
    done = read("-f", "DG1").expect(0)
    take()
    told = {f.get("error") for f in done.chip["files"]} - {None}
    assert told == {"not_read"}, done.chip["files"]
    listed = subprocess.run([chip.PROGRAM, "--list-codes"], capture_output=True, check=True,
                            text=True).stdout
    codes = {line.split("\t")[0]: line.split("\t")[2] for line in listed.splitlines()}
    assert codes["not_read"] == codes["file_absent"] == "none", codes


def tries():
    """Where a card counts wrong keys, it is told how many are left."""
    lay(None, "--tries=5")
    for left in (4, 3):
        done = read(key=key_file("999999")).expect(1, "key_wrong")
        assert done.chip["error"]["tries_left"] == left, done.chip
        assert f"tries that the card still allows: {left}\n" in done.stderr, done.stderr
    take()
    lay(None, "--can=999999", "--mrz=none")
    done = read().expect(1, "key_wrong")
    assert "tries_left" not in done.chip["error"] and "tries" not in done.stderr, done.chip
    take()


def on_a_terminal(*words):
    """Exit status, output and what a terminal on standard error shows."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen([chip.PROGRAM, *words], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError as error:  # how Linux tells that nobody holds the other side
            assert error.errno == errno.EIO, error
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(terminal)
    said.keep(shown)
    out = process.communicate(timeout=60)[0]
    return process.returncode, json.loads(out), shown.decode()


def a_card_that_makes_one_wait():
    for lang, words in (("en", "the card makes one wait"), ("vi", "thẻ bắt chờ")):
        lay(None, "--wrong-delay-ms=2600", "--can=999999")
        status, line, shown = on_a_terminal("read", "--lang", lang, "-k", key_file())
        take()
        assert (status, line["chip"]["error"]["code"]) == (1, "key_wrong"), line
        assert shown.count(words) == 1, shown
    lay()
    status, _, shown = on_a_terminal("read", "--lang", "en", "-k", key_file())
    take()
    assert status == 0 and "PACE" in shown and "wait" not in shown, shown


TESTS = (
    ("malformed keys of proofs are told", malformed_keys_of_proofs),
    ("and so are those that cannot be read", keys_of_proofs_that_are_no_file),
    ("a card without files", nothing_on_it),
    ("a file that was not asked for", not_asked_for),
    ("tries that are left", tries),
    ("a card that makes one wait says so on a terminal", a_card_that_makes_one_wait),
)


if __name__ == "__main__":
    sys.exit(chip.run_tests(TESTS))
