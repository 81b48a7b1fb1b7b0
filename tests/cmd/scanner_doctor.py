#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cccd-parse doctor: every kind of damage to the codes of the test sheet is named, sound scans are
not accused, and what is learnt of a scanner repairs what it sends. Output is TAP."""
import json
import os
import pathlib
import pty
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(os.environ["CCCD_TOP"])
sys.path.insert(0, str(TOP / "tests/lib"))
sys.path.insert(0, str(TOP / "tests/tools"))

import scanner  # noqa: E402
import vn  # noqa: E402
from script import run_all  # noqa: E402

# timeout: 300
PROGRAM = shutil.which("cccd-parse")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="cccd-doctor."))
KEPT = os.environ.get("CCCD_NDJSON")
LINES = []  # for the schema
ENDS = (b"\n", b"\r\n", b"\r")
SOUND_SCANS, SESSION = 10000, 20


def sheet():
    """The texts of the codes, read off the sheet itself."""
    subprocess.run(["cccd-scan", "testcard", "--out", "sheet.png"], cwd=FOLDER, check=True)
    done = subprocess.run(["cccd-scan", "sheet.png"], cwd=FOLDER, capture_output=True, check=True)
    return sorted(json.loads(line)["symbol"]["text"] for line in done.stdout.splitlines())


def examine(data, *options, status=None):
    """{code: finding}"""
    done = subprocess.run([PROGRAM, "doctor", "--format", "ndjson", *options], input=data,
                          capture_output=True, check=False)
    assert done.returncode in (0, 1, 3), f"{done.returncode} {done.stderr}"
    if status is not None:
        assert done.returncode == status, f"{done.returncode} for {status}: {done.stdout.decode()}"
    LINES.extend(done.stdout.splitlines())
    return {f["code"]: f for f in (json.loads(line)["finding"] for line in done.stdout.splitlines())}


def grave(findings):
    return {code for code, f in findings.items() if f["severity"] != "note"}


def joined(parts, end=b"\r\n"):
    return b"".join(part + end for part in parts)


def expect(data, *codes, options=(), also=()):
    """These findings, and no others but those of `also` and notes."""
    found = examine(data, *options)
    wanted = {code for code in codes if code not in ("sound", "decomposed", "frame", "blank_lines")}
    assert set(codes) <= set(found), f"{codes} wanted, came {sorted(found)}"
    assert grave(found) - set(also) == wanted, f"{codes} wanted, came {sorted(found)}"
    return found


def expect_form(code, change):
    expect(joined(map(change, SHEET)), code)
    for text in SHEET:  # one scan alone tells as much
        try:
            expect(joined([change(text)]), code)
        except AssertionError as error:
            raise AssertionError(f"{text[:12]}: {error}") from None


def forms():
    for name, (code, change) in scanner.FORMS.items():
        yield f"{name}: {code}", lambda code=code, change=change: expect_form(code, change)


def layout_test(layout):
    keys = scanner.layout_keys(layout)
    for form, code in (("H", "letters_lost"), ("A", "utf8_decimal")):
        change = scanner.FORMS[form][1]
        data = [scanner.typed_on(keys, change(text).decode()).encode() for text in SHEET]
        found = expect(joined(data), "keyboard_layout", code)
        for one in data:
            expect(joined([one]), "keyboard_layout", code)
        assert found["keyboard_layout"]["detail"]


def layouts():
    if not scanner.HAS_LAYOUTS:
        yield "J, keyboards # SKIP ckbcomp (console-setup) is not installed", lambda: None
        return
    for layout in scanner.LAYOUTS:
        yield f"J, keyboard {layout}: keyboard_layout", lambda layout=layout: layout_test(layout)


def method_test(method, form):
    change = scanner.FORMS[form][1]
    press = scanner.METHODS[method]
    data = [scanner.through_method(press, change(text).decode()).encode() for text in SHEET]
    # The codes with all letters have few words that a method could take for Vietnamese.
    also = {"letters_lost", "marks_lost", "utf8_decimal", "code_point_decimal", "unexplained"}
    found = expect(joined(data), "input_method", also=also)
    assert "unexplained" not in found, sorted(found)
    assert found["input_method"]["detail"] == method, found["input_method"]


def methods():
    for method in scanner.METHODS:
        for form in ("sound", "H", "marks lost"):
            yield (f"I, {method} on {form}: input_method",
                   lambda method=method, form=form: method_test(method, form))
    for form in ("A", "B"):
        yield f"I, VNI on {form}: input_method", lambda form=form: method_test("VNI", form)


def separators():
    for sign in (";", "#", "\t", "¦", "│", "^"):
        found = expect(joined(text.replace("|", sign).encode() for text in SHEET), "separator_replaced")
        assert found["separator_replaced"]["detail"]
    expect(joined(text.replace("|", "\n").encode() for text in SHEET), "separator_replaced")
    expect(joined(text.replace("|", "\r\n").encode() for text in SHEET), "separator_replaced")
    expect(joined(text.replace("|", "").encode() for text in SHEET), "separator_lost")


def frames():
    texts = [text.encode() for text in SHEET]
    expect(joined(b"\x02" + text + b"\x03" for text in texts), "sound", "frame")
    expect(joined(b"]Q1" + text for text in texts), "sound", "frame")
    expect(joined(texts, b" \r\n"), "sound", "frame")
    expect(joined(b"QR:" + text for text in texts), "prefix")
    expect(joined(text + b"#END" for text in texts), "suffix")
    expect(joined(texts, b"\r\n\r\n"), "sound", "blank_lines")
    found = expect(joined((b"<<" + text for text in texts), b""), "prefix", "no_line_end")
    assert found["prefix"]["detail"] == "<<", found


def line_ends():
    texts = [text.encode() for text in SHEET]
    expect(joined(texts, b""), "no_line_end")
    found = expect(joined(texts, b"\t"), "no_line_end")
    assert found["no_line_end"]["detail"] == "Tab"
    expect(joined(texts[:4]) + joined(texts[4:], b""), "no_line_end")
    expect(joined(texts, b"\r\n").rstrip(), "sound")


def lossy(rng, text, share, change):
    return "".join(change(c) if rng.random() < share else c for c in text).encode()


def losses():
    rng = random.Random(7)
    for _ in range(20):
        text = rng.choice(SHEET)
        share = rng.choice((0.01, 0.03, 0.06))
        data = lossy(rng, text, share, lambda c: "")
        if data != text.encode():
            found = examine(data + b"\r\n")
            assert grave(found) & {"characters_lost", "cut", "separator_lost"}, (data, sorted(found))
        data = lossy(rng, text[:-4], share, lambda c: c * 2) + text[-4:].encode()
        if data != text.encode():
            expect(data + b"\r\n", "characters_doubled")
    dropped = lossy(rng, SHEET[0], 0.04, lambda c: "").decode()
    found = examine(b"\r\n".join(scanner.FORMS["A"][1](dropped) for _ in range(3)))
    assert {"characters_lost", "utf8_decimal"} <= set(found), sorted(found)


def cuts():
    for length in (30, 64, 100, 140):
        found = expect(joined(text[:length].encode() for text in SHEET), "cut", also=())
        assert found["cut"]["detail"].startswith(f"{length}/"), found["cut"]
    expect(joined(text.rstrip("|").encode() for text in SHEET if text.endswith("|")), "cut")


def sizes():
    larger = joined(text.encode() for text in SHEET if "1111" not in text[6:12] and "99" not in text[6:12])
    assert "small_unseen" in expect(larger, "sound")
    expect(larger, "small_unread", options=("--tried", "11"))
    assert "small_unseen" not in expect(joined(text.encode() for text in SHEET), "sound",
                                        options=("--tried", "11"))


def strangers():
    other = "001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Hà Nội|15032022".encode()
    found = examine(joined([other]), status=3)
    assert set(found) == {"nothing", "foreign"}, sorted(found)
    found = examine(joined([SHEET[0].encode(), other, SHEET[1].encode()]), status=0)
    assert set(found) == {"sound", "foreign"} and found["foreign"]["scans"] == 1, found
    assert not any(b"Nguy\xe1\xbb\x85n V\xc4\x83n A" in line for line in LINES[-2:])
    # Nor where it has run together with a code of the sheet.
    for data in (other + SHEET[0].encode(), SHEET[0].encode() + other):
        found = examine(data + b"\r\n")
        assert "foreign" in found and "Nguy" not in json.dumps(found, ensure_ascii=False), found
    assert set(examine(b"", status=3)) == {"nothing"}
    assert "nothing" in examine(random.Random(1).randbytes(5000), status=3)
    rng = random.Random(2)
    garbled = SHEET[0][:12] + "".join(chr(rng.randrange(33, 127)) for _ in range(150))
    assert set(examine(garbled.encode() + b"\n", status=3)) == {"unexplained"}


def fonts_of_old():
    """No scanner sends them: it says that it does not know, and names nothing else."""
    for kind in ("tcvn3-raw", "tcvn3-shown", "vni-raw", "vni-shown", "vps-raw", "mojibake-twice"):
        data = [vn.damage(kind, text) for text in SHEET]
        assert grave(examine(joined(data), status=3)) == {"unexplained"}, kind


def sound_sessions():
    rng = random.Random(20)
    for session in range(SOUND_SCANS // SESSION):
        texts = [rng.choice(SHEET).encode() for _ in range(SESSION)]
        data = joined(texts, rng.choice(ENDS))
        if rng.random() < 0.3:
            data = data.rstrip()
        if rng.random() < 0.1:
            data = b"\xef\xbb\xbf" + data
        found = examine(data, status=0)
        assert not grave(found) and found["sound"]["scans"] == SESSION, (session, sorted(found))


def every_finding():
    """The table has no row that nothing can bring about."""
    out = subprocess.run([PROGRAM, "--list-codes"], capture_output=True, check=True, text=True).stdout
    listed = {line.split("\t")[0] for line in out.splitlines() if line.split("\t")[1] == "finding"}
    came = {json.loads(line)["finding"]["code"] for line in LINES}
    assert came == listed, f"never came: {sorted(listed - came)}"


# ---- a device ----

def on_device(write, *options):
    """The findings, and what was said, of a pseudo-terminal that `write` speaks on."""
    master, slave = pty.openpty()
    command = [PROGRAM, "doctor", os.ttyname(slave), "--format", "ndjson", "--wait", "2", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(0.5)
        thread = threading.Thread(target=write, args=(master,))
        thread.start()
        out, err = process.communicate(timeout=60)
        thread.join()
    os.close(master)
    os.close(slave)
    LINES.extend(out.splitlines())
    return {f["code"]: f for f in (json.loads(line)["finding"] for line in out.splitlines())}, \
        err.decode(), process.returncode


def slowly(data):
    def write(master):
        for byte in data:
            os.write(master, bytes([byte]))
            time.sleep(0.002)
    return write


def device_sound():
    data = joined((text.encode() for text in SHEET[:4]), b"\r")
    found, said, status = on_device(slowly(data), "--baud", "9600")
    assert status == 0 and found["sound"]["scans"] == 4, (status, found)
    assert "test sheet" in said, said


def device_no_line_end():
    found, _, status = on_device(slowly(SHEET[0].encode()))
    assert status == 1 and grave(found) == {"no_line_end"}, found


def device_control_codes():
    change = scanner.FORMS["C, control codes as they are"][1]
    found, _, status = on_device(slowly(joined([change(SHEET[-1])])))
    assert status == 1 and grave(found) == {"code_page_437"}, found


def device_silent():
    found, _, status = on_device(lambda master: None)
    assert status == 3 and set(found) == {"nothing"}, found


def terminal():
    """Standard input is a terminal: Ctrl-D alone ends it, and its settings come back."""
    master, slave = pty.openpty()
    import termios
    before = termios.tcgetattr(slave)
    with subprocess.Popen([PROGRAM, "doctor", "--format", "ndjson"], stdin=slave,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        os.write(master, SHEET[0].encode() + b"\r")
        time.sleep(0.3)
        os.write(master, b"\x04")
        out, _ = process.communicate(timeout=30)
    assert termios.tcgetattr(slave) == before
    assert json.loads(out.splitlines()[-1])["finding"]["code"] in ("sound", "small_unseen"), out
    assert process.returncode == 0


# ---- profiles ----

def learnt(data, name="profile"):
    path = FOLDER / name
    path.unlink(missing_ok=True)
    examine(data, "--learn", str(path))
    return path


def records(data, *options):
    done = subprocess.run([PROGRAM, *options], input=data, capture_output=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def stated(record):
    return {key: value for key, value in record["record"].items() if key not in ("problems", "repair")}


def expect_undone(name, change, noted=True):
    data = joined(change(text) for text in SHEET)
    path = learnt(data)
    expected = [stated(r) for r in records(joined(text.encode() for text in SHEET))]
    came = records(data, "--scanner", str(path))
    assert len(came) == len(expected), f"{name}: {len(came)} records"
    for want, have in zip(expected, came):
        assert "record" in have, f"{name}: {have}"
        assert stated(have) == want, f"{name}: {have['record']} for {want}"
        codes = [problem["code"] for problem in have["record"]["problems"]]
        assert codes == (["scanner_profile"] if noted else []), f"{name}: {codes}"


def invertible():
    for name in ("A", "D, CP1252", "D, Latin-1", "D, CP437", "windows-1258"):
        expect_undone(name, scanner.FORMS[name][1])
    for sign in (";", "#", "¦", "│", "^"):
        expect_undone(sign, lambda text, sign=sign: text.replace("|", sign).encode())
    expect_undone("prefix", lambda text: b"QR:" + text.encode())
    expect_undone("suffix", lambda text: text.encode() + b"#END")
    expect_undone("sound", str.encode, noted=False)


def invertible_layouts():
    for layout in scanner.LAYOUTS if scanner.HAS_LAYOUTS else ():
        keys = scanner.layout_keys(layout)
        expect_undone(layout, lambda text, keys=keys: scanner.typed_on(
            keys, scanner.FORMS["A"][1](text).decode()).encode())


def never_invented():
    """What is lost stays lost, and house numbers stay numbers."""
    for name in ("H", "marks lost", "H, ? for a letter", "Latin-1, ?"):
        data = joined(scanner.FORMS[name][1](text) for text in SHEET[:2])
        path = learnt(data)
        assert records(data, "--scanner", str(path)) == records(data), name
    path = learnt(joined(scanner.FORMS["A"][1](text) for text in SHEET))
    line = b"019501610123||Nguy0225 A|01011990|Nam|01950161 Ph0 0225, 0195 0161|15032022\n"
    one, = records(line, "--scanner", str(path))
    assert one["record"]["id"] == "019501610123"
    assert one["record"]["residence"].startswith("01950161 Ph0 0225, 0195 0161"), one
    path = learnt(joined(text.replace("|", ",").encode() for text in SHEET))
    data = joined([SHEET[0].replace("|", ",").encode()])
    assert records(data, "--scanner", str(path)) == records(data)


def not_learnt():
    path = FOLDER / "unsteady"
    for data in (b"", joined([SHEET[0].encode(), scanner.FORMS["A"][1](SHEET[1])])):
        examine(data, "--learn", str(path), status=3)
        assert not path.exists()


def broken_profiles():
    head = "version 1\n"
    cases = [("", 1), ("version 2\n", 1), (head + "form nothing\n", 2), (head + "colour red\n", 2),
             (head + "form sound\nform sound\n", 3), (head + 'prefix "\\x"\n', 2),
             (head + "prefix x\n", 2), (head + 'prefix "' + "a" * 65 + '"\n', 2),
             (head + "layout xx\n", 2), (head + 'separator "123456789"\n', 2), ("\0" * 100, 1),
             (head + "#" * 20000, 1)]
    for text, line in cases:
        path = FOLDER / "broken"
        path.write_text(text)
        done = subprocess.run([PROGRAM, "--scanner", str(path), "--lang", "en"], input=b"",
                              capture_output=True, check=False)
        assert done.returncode == 2, (text[:40], done.returncode)
        assert f"broken:{line}: ".encode() in done.stderr, (text[:40], done.stderr)
    done = subprocess.run([PROGRAM, "--scanner", "/no/such"], input=b"", capture_output=True, check=False)
    assert done.returncode == 4, done


def refusals():
    for arguments in (["doctor", "a", "b"], ["doctor", "--mask"], ["--learn", "x"], ["--tried", "11"],
                      ["doctor", "--format", "csv"], ["doctor", "--wait", "0"], ["--wait", "5"],
                      ["doctor", "--scanner", "x"], ["doctor", "--tried", "12"]):
        done = subprocess.run([PROGRAM, *arguments], input=b"", capture_output=True, check=False)
        assert done.returncode == 2 and done.stderr, (arguments, done)
    done = subprocess.run([PROGRAM, "doctor", "/no/such"], capture_output=True, check=False)
    assert done.returncode == 4 and done.stderr, done
    done = subprocess.run([PROGRAM, "doctor", "/dev"], capture_output=True, check=False)
    assert done.returncode == 4, done


def for_people():
    data = joined(scanner.FORMS["H"][1](text) for text in SHEET)
    for language, words in (("en", "What to do: Set the scanner"), ("vi", "Cách khắc phục: ")):
        done = subprocess.run([PROGRAM, "doctor", "--lang", language], input=data,
                              capture_output=True, check=False)
        assert done.returncode == 1 and words in done.stdout.decode(), done.stdout.decode()
        assert "[letters_lost]" in done.stdout.decode()


def table():
    """(code, severity, looks, cause, fix) of each finding, as the source has them."""
    text = (TOP / "lib/reader/scanner_finding.h").read_text().replace("\\\n", "\n")
    for row in re.findall(r'X\(SCANNER_\w+, ("\w+", SCANNER_\w+.*?)(?=\n\s*X\(|\n\s*\n)', text, re.DOTALL):
        code, severity = re.match(r'"(\w+)", SCANNER_(\w+)', row).groups()
        sentences = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for part in row.split("N_(")[1:]]
        yield code, severity.lower(), *sentences


def in_manual():
    page = (TOP / "man/cccd-parse.1").read_text()
    words = " ".join(page.split())
    rows = list(table())
    assert len(rows) > 35 and all(len(row) == 5 for row in rows), len(rows)
    for code, severity, *sentences in rows:
        assert f".It Cm {code} Pq {severity} {' '.join(sentences)} .It" in words.replace(".El", ".It"), code


def keep_lines():
    if KEPT:
        pathlib.Path(KEPT, "scanner_doctor").write_bytes(b"\n".join(LINES) + b"\n")


try:
    SHEET = sheet()
    TESTS = [*forms(), *layouts(), *methods(),
             ("another sign, or none, for the separator", separators),
             ("prefixes and suffixes", frames), ("line ends", line_ends),
             ("characters lost and doubled", losses), ("cut texts", cuts),
             ("sizes that do not come", sizes), ("other codes, and nothing", strangers),
             ("what is not known is not named", fonts_of_old),
             ("10,000 sound scans: no false alarm", sound_sessions),
             ("a serial device, byte by byte", device_sound),
             ("a serial device without line ends", device_no_line_end),
             ("a serial device that sends control codes", device_control_codes),
             ("a serial device that is silent", device_silent), ("a terminal", terminal),
             ("every finding of the table came", every_finding),
             ("the manual has the table of findings", in_manual),
             ("what can be undone is undone: the exact record", invertible),
             ("keyboard layouts are undone", invertible_layouts),
             ("nothing is invented", never_invented),
             ("nothing steady, nothing learnt", not_learnt),
             ("broken profiles are refused with their line", broken_profiles),
             ("what makes no sense is refused", refusals), ("words for people", for_people)]
    STATUS = run_all(TESTS, PROGRAM, "cccd-parse")
    keep_lines()
finally:
    shutil.rmtree(FOLDER)
sys.exit(STATUS)
