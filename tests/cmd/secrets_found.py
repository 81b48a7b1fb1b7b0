#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tests/tools/secrets_check.py itself: each secret that is planted in what the tests keep is found,
and what may be said is not. Output is TAP."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "lib"), str(TESTS / "tools")]

import make_chip  # noqa: E402
from make_chip import NAME, NUMBER  # noqa: E402
from script import run_all  # noqa: E402

CHECK = TESTS / "tools/secrets_check.py"
KEY = bytes.fromhex("8f1d20a5c3477be60912ab54dd3e7f61")
SECRET = bytes.fromhex("75c0ffee1b5a4493d2083e6f917a2bc45d")
CODE = {"code": "key_wrong", "message": "the key does not belong to this card"}


def checked(name="a.err", data=b"", lines=()):
    """The check's exit status and words about what would have been kept."""
    with tempfile.TemporaryDirectory(dir=pathlib.Path.cwd()) as where:
        said, output = pathlib.Path(where, "said"), pathlib.Path(where, "lines")
        (said / "cards/1").mkdir(parents=True)
        output.mkdir()
        (said / "cards/1/DG14").write_bytes(b"\x6e\x11" + SECRET)
        (said / "cards/1/EF.CardAccess").write_bytes(bytes.fromhex("310d300b0609040007000202040202"))
        (said / "keys").write_text(KEY.hex() + "\n")
        (said / "b.err").write_text("cccd-chip: no card lies on a reader\n")
        (said / name).write_bytes(data)
        (output / "c.ndjson").write_text("".join(json.dumps(l, ensure_ascii=False) + "\n"
                                                 for l in lines))
        done = subprocess.run([CHECK, said, output], capture_output=True, text=True, check=False,
                              timeout=30)
        return done.returncode, done.stdout + done.stderr


def found(name, text):
    data = text if isinstance(text, bytes) else text.encode()
    status, told = checked(name, b"cccd-chip: x " + data + b" y\n")
    assert status == 1 and f"{name}:1: tells" in told, f"{name}: {data!r}: {status} {told}"


def passed(name, text, lines=()):
    status, told = checked(name, text if isinstance(text, bytes) else text.encode(), lines)
    assert status == 0 and "0 found" in told, f"{name}: {text!r}: {told}"


def persons():
    for word in make_chip.person_words():
        found("a.err", word)
    for text in (f"00{make_chip.CAN}00", unicodedata.normalize("NFD", NAME), NAME.upper(),
                 NAME.encode().hex(), NUMBER.encode().hex().upper(), NUMBER.encode().hex(" "),
                 make_chip.mrz_td1(), "079300000002", "Trần Thị Bích Ngọc", "048185999999",
                 f"{NAME} {NUMBER}", f"asked for: {NAME} {NUMBER} again"):
        found("a.err", text)


def files_and_keys():
    for secret in (KEY, SECRET):
        for name in ("a.err", "a.trace", "a.core"):
            for text in (secret.hex(), secret.hex().upper(), secret.hex(" "), secret.hex(":"),
                         "00" + secret.hex()[3:27]):
                found(name, text)
        found("a.core", secret)
    for text in (KEY, KEY.hex(), KEY.hex().upper()):
        found("a.record", text)
        found("a.err", text)


def errors():
    for line in ({"v": 1, "error": dict(CODE, message=f"no {NUMBER}")},
                 {"v": 1, "chip": {"error": dict(CODE, message=NAME)}},
                 {"v": 1, "chip": {"proofs": [{"kind": "AA", "reason": KEY.hex()}], "error": CODE}},
                 {"v": 1, "chip": {"files": [{"file": "DG1", "error": NUMBER}]}}):
        status, told = checked("a.err", b"", [line])
        assert status == 1 and "c.ndjson:1: tells" in told, f"{line}: {told}"
    record = {"id": NUMBER, "name": NAME}
    passed("a.err", b"", [{"v": 1, "record": record, "chip": {"record": record, "error": CODE}}])


def what_may_be_said():
    passed("a.err", f"Lay this card on the reader: {NAME} {NUMBER}\n"
           f"Hãy đặt thẻ này lên đầu đọc: Trần Thị C 001090000002\n")
    passed("a.err", "cccd-scan: the option takes a number in this range: --max-bytes 1-4000000000\n")
    passed("a.trace", "> 0022C1A4 800A04007F00070202040202830102  # MSE:Set AT\n< 9000  # 12 ms\n")
    passed("a.record", f"< {SECRET.hex()}9000\n")


def nothing_kept():
    with tempfile.TemporaryDirectory(dir=pathlib.Path.cwd()) as where:
        done = subprocess.run([CHECK, where, where], capture_output=True, check=False, timeout=30)
        assert done.returncode == 1, done.stdout


def every_script_is_heard():
    """Whoever starts programs does it through tests/lib/said.py."""
    for path in (TESTS / "cmd").glob("*.py"):
        text = path.read_text()
        if re.search(r"^import subprocess", text, re.MULTILINE) and path.name != "runner.py":
            assert re.search(r"^(import (said|chip)|from script import)", text, re.MULTILINE), path


def all_ways_to_start():
    """What comes by each of the ways in which scripts read is kept."""
    import said
    with tempfile.TemporaryDirectory(dir=pathlib.Path.cwd()) as where:
        before, os.environ["CCCD_SAID"] = os.environ.get("CCCD_SAID"), where
        say = ["sh", "-c", "echo said $0 >&2"]
        try:
            subprocess.run([*say, "one"], capture_output=True, check=True)
            subprocess.run([*say, "two"], capture_output=True, check=True, text=True)
            with subprocess.Popen([*say, "three"], stderr=subprocess.PIPE) as process:
                assert process.stderr.readline() == b"said three\n"
            with subprocess.Popen([*say, "four"], stderr=subprocess.PIPE) as process:
                assert process.stderr.read() == b"said four\n"
            with subprocess.Popen(["sh", "-c", "echo five >t; kill -9 $$", "--trace", "t"]):
                pass
            kept = b"".join(path.read_bytes() for path in pathlib.Path(where).iterdir())
        finally:
            os.environ["CCCD_SAID"] = before or ""
        for word in ("said one", "said two", "said three", "said four", "five"):
            assert word.encode() in kept, f"{word} is not in {kept}"
        assert said.folder() is None or before, said.folder()


TESTS_ = (
    ("a person's data", persons),
    ("files of cards, and keys", files_and_keys),
    ("what lines tell of errors", errors),
    ("what may be said passes", what_may_be_said),
    ("to have nothing to look at is a failure", nothing_kept),
    ("every script is heard", every_script_is_heard),
    ("whatever way it reads", all_ways_to_start),
)


if __name__ == "__main__":
    sys.exit(run_all(TESTS_, CHECK, "secrets_check.py"))
