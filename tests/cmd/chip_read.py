#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip with whole cards through the real pcscd: list, read, watch, dump and recordings; what is
kept is what the card holds, byte for byte. Output is TAP."""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
from chip import CAN, NAME, NUMBER, OPEN_FILES, PAYLOAD, SETTLE, SMALL, ZONE, Done, key_file, \
    lay, make, run, strict, take, without  # noqa: E402

A0, A1 = "Virtual Reader A 00 00", "Virtual Reader A 00 01"
PROFILES = ("bac-only", "no-extended", "pace-im", "pace-cam", "dh", "3des", "passport")


def new_folder():
    return pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path.cwd()))


def read(*args, key=CAN, **more):
    return run("read", "--lang", "en", "-k", key_file(key), *args, **more)


def files_of(line):
    return {f["file"]: f for f in line["files"]}


def on_card(folder):
    """The emulator's files by their standard names."""
    return {OPEN_FILES.get(path.name, path.name): path.read_bytes()
            for path in folder.iterdir() if path.name.startswith(("DG", "EF."))}


# ---- without a card ----

def readers():
    done = run("list")
    assert done.status == 0 and done.stderr == "", done.stderr
    assert [(line["source"]["reader"], line["reader"]["number"], line["reader"]["card"])
            for line in done.lines] == [(A0, 1, "none"), (A1, 2, "none")], done.lines
    lay(port=1)
    done = run("list")
    assert done.lines[1]["reader"]["card"] == "contactless", done.lines
    assert done.lines[1]["reader"]["atr"] == "3b80800101", done.lines
    take(port=1)


def no_card():
    for arguments, least in (((), 0), (("--wait=2",), 2)):
        began = time.monotonic()
        read(*arguments).expect(4, "no_card")
        took = time.monotonic() - began
        assert least <= took < least + 2, f"{arguments}: {took:.1f} seconds"
    done = read("-r", "Nothing").expect(4, "reader_unknown")
    assert "Nothing" in done.stderr, done.stderr
    read("-r", "3").expect(4, "reader_unknown")


# ---- keys ----

def keys():
    lay()
    whole = read().expect(0).chip
    assert whole["record"]["id"] == NUMBER and whole["record"]["name"] == NAME, whole
    assert whole["access"]["key"] == "can", whole
    for key, kind in ((NUMBER, "can"), (f"{CAN}\n", "can"), (ZONE, "can"),
                      (ZONE.replace("\n", ""), "can"), ("090000001/900101/300101", "mrz")):
        line = read(key=key).expect(0).chip
        assert line["access"]["key"] == kind, f"{key}: {line['access']}"
        assert without(line, "access") == without(whole, "access"), key
    for words in (("--can", CAN), ("--mrz", "090000001/900101/300101"), ("--mrz", ZONE)):
        done = run("read", *words).expect(0)
        assert words[0] in done.stderr and CAN not in done.stderr, done.stderr
    assert run("read", "-k", "-", stdin=CAN.encode()).expect(0).stderr == ""
    with open(key_file(), "rb") as file:
        run("read", "--key-fd", file.fileno(), pass_fds=[file.fileno()]).expect(0)
    take()


def wrong_keys():
    lay()
    for key in ("999999", "001090000009", "090000001/900101/310101"):
        folder = new_folder()
        done = read("-o", folder, key=key).expect(1, "key_wrong")
        assert set(done.chip) == {"error"} and not os.listdir(folder), done.chip
        assert key not in done.stderr and key not in done.stdout.decode(), done.stderr
    take()


def protocols():
    lay()
    with_bac = read("-a", "bac", key=ZONE).expect(0).chip
    assert with_bac["access"] == {"protocol": "BAC", "key": "mrz"}, with_bac["access"]
    with_pace = read("-a", "pace", key=ZONE).expect(0).chip
    assert with_pace["access"]["protocol"] == "id-PACE-ECDH-GM-AES-CBC-CMAC-128", with_pace
    assert without(with_bac, "access", "files") == without(with_pace, "access", "files")
    read("-a", "bac").expect(1, "no_key")
    take()


# ---- what is read ----

def every_profile():
    for profile in PROFILES:
        options = SMALL[1:] if profile != "passport" else ()
        folder, out = make(profile, *options), new_folder()
        lay(folder)
        line = read("-o", out, key=ZONE if profile == "bac-only" else CAN).expect(0).chip
        assert "BAC" in line["access"]["protocol"] or "PACE" in line["access"]["protocol"], line
        check_evidence(out, line, folder)
        assert all(p["result"] == "ok" for p in line["proofs"]), f"{profile}: {line['proofs']}"
        names = [p["proof"] for p in line["proofs"]]
        setting = (folder / "profile.txt").read_text()
        assert ("active_authentication" in names) == ("aa=none" not in setting), (profile, names)
        assert ("chip_authentication" in names) == ("ca=none" not in setting), (profile, names)
        assert ("pace_chip_authentication_mapping" in names) == (profile == "pace-cam"), names
        if profile == "passport":
            assert line["zone"]["document_number"].rstrip("<") == "C0000001", line["zone"]
            assert line["details"]["full_name"] == NAME, line["details"]
            assert line["document"]["date_of_issue"] == "20250101", line["document"]
            assert line["zone"]["size"] == "TD3" and line["zone"]["check_digits"] is True, line
            assert (out / "face-1.jp2").exists(), os.listdir(out)
        else:
            assert line["record"]["id"] == NUMBER, line["record"]
        take()


def check_evidence(out, line, folder):
    """The folder is the card, and the manifest and the line are the folder."""
    cards, told = on_card(folder), files_of(line)
    manifest = json.loads((out / "manifest.json").read_text())
    assert stat.S_IMODE(out.stat().st_mode) == 0o700, oct(out.stat().st_mode)
    for path in out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, f"{path}: {oct(path.stat().st_mode)}"
    listed = {f["path"] for f in manifest["files"] if "path" in f}
    listed |= {i["path"] for i in manifest["images"]} | {"manifest.json"}
    assert listed == set(os.listdir(out)), (listed, os.listdir(out))
    for name, content in cards.items():
        if name in ("DG3", "EF.DIR", "EF.ATR_INFO"):  # never asked for
            continue
        assert (out / f"{name}.bin").read_bytes() == content, f"{name} is not the card's"
        assert told[name]["bytes"] == len(content), told[name]
    for f in manifest["files"]:
        if "path" in f:
            content = (out / f["path"]).read_bytes()
            assert f["sha256"] == hashlib.sha256(content).hexdigest(), f
            assert told[f["file"]]["sha256"] == f["sha256"], f
            assert told[f["file"]]["path"] == str(out / f["path"]), f
    assert "DG3" not in listed and not (out / "DG3.bin").exists()
    for image in manifest["images"]:
        content = (out / image["path"]).read_bytes()
        assert image["sha256"] == hashlib.sha256(content).hexdigest(), image
        assert content in cards["DG2"] and content[:3] in (b"\xff\xd8\xff", b"\0\0\0"), image
    done = run("dump", out)
    assert (done.status, done.chip) == (0, line), f"dump tells otherwise: {done.chip}"


def evidence():
    folder, out = make(*SMALL), new_folder() / "kept"
    lay(folder)
    line = read("-o", out).expect(0).chip
    check_evidence(out, line, folder)
    assert (out / "face-1.jpg").read_bytes()[-2:] == b"\xff\xd9"
    again = read("-o", out)
    assert again.status == 4 and again.lines == [] and "not empty" in again.stderr, again.stderr
    take()
    altered = bytearray((out / "DG1.bin").read_bytes())
    altered[20] ^= 1
    (out / "DG1.bin").write_bytes(altered)
    done = run("dump", out).expect(1, "evidence_altered")
    assert "DG1.bin" in done.stderr, done.stderr
    (out / "DG1.bin").unlink()
    run("dump", out).expect(3, "evidence_unreadable")


def certified_by_openssl():
    """EF.SOD is a CMS object within tag 77; openssl finds it signed by the country's test key."""
    folder, out = make(*SMALL), new_folder()
    lay(folder)
    read("-o", out).expect(0)
    take()
    sod = (out / "SOD.bin").read_bytes()
    assert sod[0] == 0x77 and sod[1] == 0x82, sod[:4]
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-purpose", "any", "-CAfile",
         str(folder / "pki/csca.pem")], input=sod[4:], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in ("DG1", "DG2", "DG13", "DG14", "DG15"):
        hashed = hashlib.sha256((out / f"{name}.bin").read_bytes()).digest()
        assert hashed in done.stdout, f"{name} is not the one that was signed"


def parts():
    lay()
    whole = read().expect(0).chip
    some = read("-f", "DG1,SOD", "--no-proofs").expect(0).chip
    assert {"DG1", "SOD"} <= {n for n, f in files_of(some).items() if "sha256" in f}, some
    assert "sha256" not in files_of(some).get("DG2", {}), some
    assert some["proofs"] == [] and some["commands"] < whole["commands"], some
    none = read("--no-proofs").expect(0).chip
    assert none["proofs"] == [] and none["record"] == whole["record"], none
    short = read("--short").expect(0).chip
    assert without(short) == without(whole) and short["commands"] > whole["commands"], short
    absent = files_of(read("-f", "DG11,DG3").expect(0).chip)
    assert absent["DG11"]["error"] == "file_absent", absent
    assert absent["DG3"]["error"] == "file_refused", absent
    take()


# ---- records ----

def parsed(number=NUMBER, name=NAME):
    payload = PAYLOAD.replace(NUMBER, number).replace(NAME, name)
    done = subprocess.run([tool("cccd-parse")], input=payload.encode() + b"\n",
                          capture_output=True, check=True)
    return done.stdout


def tool(name):
    return shutil.which(name) or str(chip.BUILD / name)


def with_records():
    lay()
    record = parsed()
    out = new_folder()
    done = run("read", "-o", out, "--lang", "en", stdin=record).expect(0)
    asked = strict(record)
    assert done.lines[0] == dict(asked, chip=done.chip), "the members that asked are not the same"
    assert f"{NAME} {NUMBER}" in done.stderr, done.stderr
    assert (out / NUMBER / "manifest.json").exists(), os.listdir(out)
    pathlib.Path("records").write_bytes(record)
    from_file = run("read", "records").expect(0).chip
    assert from_file["record"] == done.chip["record"] and "evidence" not in from_file, from_file
    zone = subprocess.run([tool("cccd-parse")], input=ZONE.encode(), capture_output=True,
                          check=True).stdout
    run("read", stdin=zone).expect(0)
    take()


def whole_pipe():
    """From the picture of a card to its chip."""
    if not shutil.which("qrencode"):
        print("# qrencode is not in PATH: a picture of the repository's is used")
        return
    subprocess.run(["qrencode", "-o", "card.png", "-s", "6", PAYLOAD], check=True)
    lay()
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {tool('cccd-scan')} card.png | "
                           f"{tool('cccd-parse')} | {chip.PROGRAM} read --lang en"],
                          capture_output=True, check=False)
    done = Done(done.returncode, done.stdout, done.stderr).expect(0)
    assert done.lines[0]["source"]["path"] == "card.png", done.lines
    assert done.lines[0]["record"]["id"] == done.chip["record"]["id"] == NUMBER, done.lines
    take()


def wrong_records():
    wrong = b'{"v":1,"source":{},"error":{"code":"not_a_card","message":"-"}}\n'
    done = run("read", stdin=wrong)
    assert done.status == 1 and done.stdout == wrong, done.stdout
    lay()
    done = run("read", stdin=parsed(number="001090000009")).expect(1, "key_wrong")
    assert done.lines[0]["record"]["id"] == "001090000009", done.lines
    done = run("read", "nosuchfile", "-", stdin=parsed())
    assert done.status == 3 and len(done.lines) == 1 and "nosuchfile" in done.stderr, done.stderr
    take()


def two_cards():
    """One after the other on one reader; each is asked for by name."""
    second = "001090000002"
    other = make("vietnam", "--picture-bytes", "3001")
    lay()
    process = subprocess.Popen([chip.PROGRAM, "read", "--lang", "en"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(parsed() + parsed(second, "Trần Thị C"))
    process.stdin.close()
    first = strict(process.stdout.readline())
    assert first["chip"]["record"]["id"] == NUMBER and "error" not in first["chip"], first
    said = [process.stderr.readline().decode() for _ in range(2)]
    assert f"{NAME} {NUMBER}" in said[0], said
    assert "Take the card away" in said[1], said
    take()
    said.append(process.stderr.readline().decode())
    assert f"Trần Thị C {second}" in said[2], said
    lay(other, "--can=000002")
    line = strict(process.stdout.readline())
    assert line["record"]["id"] == second and "error" not in line["chip"], line
    assert process.wait(30) == 0, process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    take()


# ---- watch ----

class Watch:
    def __init__(self, *args):
        self.process = subprocess.Popen([chip.PROGRAM, "watch", "--lang", "en", *args],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def line(self):
        return strict(self.process.stdout.readline())

    def expect(self, kind, reader=A0):
        line = self.line()
        assert (line["event"]["kind"], line["source"]["reader"]) == (kind, reader), line
        return line

    def end(self, number, status=0):
        began = time.monotonic()
        self.process.send_signal(number)
        out, said = self.process.communicate(timeout=20)
        assert (self.process.returncode, out) == (status, b""), (self.process.returncode, out, said)
        assert time.monotonic() - began < 3
        return said


def watching():
    watch = Watch()
    watch.expect("reader_added")
    watch.expect("reader_added", A1)
    for port, reader in ((0, A0), (1, A1), (0, A0)):
        chip.desk.start(port, make(*SMALL))
        assert watch.expect("card_inserted", reader)["event"]["atr"] == "3b80800101"
        time.sleep(SETTLE)
        chip.desk.kill(port)
        watch.expect("card_removed", reader)
    watch.end(signal.SIGINT)


def watching_and_reading():
    watch = Watch("--read", "-k", key_file())
    watch.expect("reader_added")
    watch.expect("reader_added", A1)
    for options, code in (((), None), (("--can=999999",), "key_wrong"), ((), None)):
        chip.desk.start(0, make(*SMALL), *options)
        watch.expect("card_inserted")
        line = watch.line()
        assert line["chip"].get("error", {}).get("code") == code, line
        assert code or line["chip"]["record"]["id"] == NUMBER, line
        time.sleep(SETTLE)
        chip.desk.kill(0)
        watch.expect("card_removed")
    watch.end(signal.SIGTERM, 1)


# ---- recordings, output, signals ----

def recordings():
    for words in ((), ("--short",), ("-a", "bac"), ("--no-proofs",)):
        lay()
        key = ZONE if words[:1] == ("-a",) else CAN
        done = read(*words, "--record", "recording", key=key).expect(0)
        take()
        assert stat.S_IMODE(os.stat("recording").st_mode) == 0o600
        again = read(*words, "-r", "replay:recording", key=key).expect(0)
        left, right = dict(done.chip, time="", ms=0), dict(again.chip, time="", ms=0)
        assert left == right, f"{words}: {right}"
    read("-r", "replay:recording", key="999999").expect(4, "recording_differs")
    content = pathlib.Path("recording").read_bytes()
    pathlib.Path("recording").write_bytes(content[:len(content) // 2])
    done = read("-r", "replay:recording")
    assert done.status != 0 and done.code, done.chip
    pathlib.Path("recording").write_bytes(b"nothing\n")
    read("-r", "replay:recording").expect(4, "recording_unreadable")


def a_recording_of_a_wrong_key():
    lay()
    read("--record", "recording", key="999999").expect(1, "key_wrong")
    take()
    read("-r", "replay:recording", key="999999").expect(1, "key_wrong")


def output_that_cannot_be_written():
    lay()
    key = key_file()
    for words in (("read", "-k", key), ("list",), ("--help",)):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([chip.PROGRAM, "--lang", "en", *words], stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        assert done.returncode == 4 and b"No space left" in done.stderr, (words, done)
        back, front = os.pipe()
        os.close(back)
        done = subprocess.run([chip.PROGRAM, *words], stdout=front, stderr=subprocess.PIPE,
                              check=False)
        os.close(front)
        assert (done.returncode, done.stderr) == (4, b""), (words, done)
    take()


def interrupted_while_it_waits():
    for number in (signal.SIGINT, signal.SIGTERM):
        folder = new_folder()
        process = subprocess.Popen([chip.PROGRAM, "read", "--wait", "-k", key_file(), "-o",
                                    str(folder / "out")], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        time.sleep(1)
        began = time.monotonic()
        process.send_signal(number)
        out, _ = process.communicate(timeout=20)
        assert process.returncode == 4 and time.monotonic() - began < 2, process.returncode
        assert json.loads(out)["chip"]["error"]["code"] == "stopped", out
        assert os.listdir(folder) == [], os.listdir(folder)


def a_card_laid_down_later():
    process = subprocess.Popen([chip.PROGRAM, "read", "--wait", "-k", key_file()],
                               stdout=subprocess.PIPE)
    time.sleep(1)
    assert process.poll() is None
    chip.desk.start(0, make(*SMALL))
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0 and json.loads(out)["chip"]["record"]["id"] == NUMBER, out
    take()


def two_readers():
    """Without --reader, the one on which a card lies; with it, that one."""
    lay(port=1)
    assert read().expect(0).lines[0]["source"]["reader"] == A1
    for words in (("-r", "2"), ("-r", A1), ("-r", "00 01")):
        read(*words).expect(0)
    read("-r", "1").expect(4, "no_card")
    take(port=1)


def never_asked_for():
    """DG3 is not asked for even by name, whatever the card would say."""
    lay(make(*SMALL), "--refused=none")
    line = read("-f", "DG3,DG4").expect(0).chip
    assert files_of(line)["DG3"]["error"] == "file_refused", line
    take()


TESTS = (
    ("list shows readers and cards", readers),
    ("no card, no such reader: 4, in time", no_card),
    ("keys of every kind", keys),
    ("wrong keys: 1, and nothing is kept", wrong_keys),
    ("PACE or BAC, as asked", protocols),
    ("every kind of card, byte for byte", every_profile),
    ("the evidence folder", evidence),
    ("openssl finds EF.SOD signed, and the files in it", certified_by_openssl),
    ("parts of a card, short commands, no proofs", parts),
    ("DG3 is not asked for", never_asked_for),
    ("a record from cccd-parse is the key", with_records),
    ("from a picture to the chip", whole_pipe),
    ("records that are wrong", wrong_records),
    ("two cards, one after the other", two_cards),
    ("two readers", two_readers),
    ("a card laid down later", a_card_laid_down_later),
    ("watch tells of cards", watching),
    ("watch --read reads them", watching_and_reading),
    ("a recording plays the same", recordings),
    ("a recording of a wrong key", a_recording_of_a_wrong_key),
    ("output that cannot be written", output_that_cannot_be_written),
    ("interrupted while it waits", interrupted_while_it_waits),
)


if __name__ == "__main__":
    sys.exit(chip.run_tests(TESTS))
