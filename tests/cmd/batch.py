#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 300
"""Many lines at once: every letter of the language, a million mixed lines in little memory, outputs
that break off, and what must never be said. Output is TAP."""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import threading
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from script import run_all  # noqa: E402

PROGRAM = shutil.which("cccd-parse")
SANITIZED = bool(os.environ.get("CCCD_SANITIZED")) or (
    PROGRAM is not None and b"__asan_init" in pathlib.Path(PROGRAM).read_bytes())
FORMATS = ("ndjson", "json", "csv", "tsv", "table", "text")
COLUMNS = ("path,line,part,id,old_id,name,birth_date,sex,residence,issue_date,expiry_date,card,"
           "extra,expiry,issuer,area,area_name,number_sex,number_birth_year,mrz_number,can,"
           "age_at_issue,name_ascii,repair,severity,problems,error,remarks")

# Twelve vowels, each without tone, then grave, hook, tilde, acute, dot.
VOWELS = ("aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
          "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ")
LETTERS = [c for row in VOWELS for c in row + row.upper() if ord(c) > 127] + ["đ", "Đ"]
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLES = ("Văn", "Thị", "Hữu", "Đức", "Thanh", "Minh", "Ngọc", "Quang")
GIVEN = ("An", "Bình", "Dũng", "Hạnh", "Khôi", "Lý", "Ngọc", "Phượng", "Quỳnh", "Thảo", "Vỹ")
PLACES = ("Phường Mẫu", "Xã Thử", "Quận Thí Dụ", "Thôn Đoài", "Tổ 5", "Ngõ 12/3", "Khu phố 7")
PROVINCES = ("Hà Nội", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Đắk Lắk", "Nghệ An")


def run(args, stdin=b"", **more):
    return subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, timeout=250,
                          check=False, **more)


def person(rng, number, name=None, residence=None):
    """A sound person as (payload fields, is it a card of 2024)."""
    new = rng.random() < 0.5
    female = rng.random() < 0.5
    birth_year = rng.randint(1940, 2005)
    century = (0 if birth_year < 2000 else 2) + female
    area = rng.choice(("001", "048", "079", "092", "066", "040"))
    name = name or f"{rng.choice(SURNAMES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"
    residence = residence or (f"Số {rng.randint(1, 400)}, {rng.choice(PLACES)}, "
                              f"{rng.choice(PROVINCES)}")
    fields = [f"{area}{century}{birth_year % 100:02d}{number % 1000000:06d}",
              f"{rng.randint(10**8, 10**9 - 1)}" if rng.random() < 0.7 else "",
              name, f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{birth_year}",
              "Nữ" if female else "Nam", residence,
              f"{rng.randint(1, 28):02d}0{rng.randint(7, 9)}{2024 if new else 2022}"]
    return fields + [""] * 4 if new else fields


# ---- every letter ----
def words_with(letter):
    """The letter at the start, in the middle and at the end of a word, in the case it has."""
    if letter in "đĐ":
        words = (f"{letter}an", f"{letter}oan", f"{letter}ê")
    else:
        words = (f"{letter}n", f"l{letter}n", f"h{letter}")
    return [w.upper() if letter.isupper() and not w.startswith(letter) else w for w in words]


def letter_payloads(count):
    rng = random.Random(134)
    cases = [(letter, word, new, nfd) for letter in LETTERS for word in words_with(letter)
             for new in (False, True) for nfd in (False, True)]
    for number in range(count):
        letter, word, new, nfd = cases[number % len(cases)]
        loud = letter.isupper() and not word.startswith(letter)
        name = f"{rng.choice(SURNAMES)} {word if loud else word[0].upper() + word[1:]} " \
               f"{rng.choice(GIVEN)}"
        if not letter.isupper():
            name += f" {word}"
        residence = f"{rng.choice(PLACES)} {word}, Thôn {word}, {rng.choice(PROVINCES)}"
        fields = person(rng, number, name, residence)
        if loud:
            fields[2], fields[5] = fields[2].upper(), fields[5].upper()
        fields = fields[:7] + [""] * 4 if new else fields[:7]
        fields[6] = fields[6][:4] + ("2024" if new else "2022")
        yield fields, nfd


def every_letter():
    assert len(LETTERS) == 134
    count = 10_000 if not SANITIZED else 3_216
    payloads = list(letter_payloads(count))
    lines = ["|".join(fields) for fields, _ in payloads]
    lines = [unicodedata.normalize("NFD" if nfd else "NFC", line)
             for line, (_, nfd) in zip(lines, payloads)]
    done = run([], "\n".join(lines).encode())
    records = [json.loads(line)["record"] for line in done.stdout.splitlines()]
    assert len(records) == count, f"{len(records)} records of {count}"
    wrong = []
    for line, (fields, nfd), record in zip(lines, payloads, records):
        codes = {p["code"] for p in record["problems"]} - {"name_upper_case"}
        expected = {"text_decomposed"} if nfd and not line.isascii() else set()
        right = (record["name"] == fields[2] and record["residence"] == fields[5]
                 and record["sex"] == ("male" if fields[4] == "Nam" else "female")
                 and "repair" not in record and codes <= expected
                 and (not nfd or codes == expected))
        if not right:
            wrong.append(f"{line} -> {record['name']} | {record['residence']} | {sorted(codes)}"
                         f" | {record.get('repair')}")
    assert not wrong, f"{len(wrong)} of {count} wrong, as\n" + "\n".join(wrong[:8])
    assert done.returncode == 0, f"exit status {done.returncode}"


# ---- a million lines ----
def garbage(rng, sound):
    """One line of no use, without its end; no twelve digits alone, which may begin a payload."""
    kind = rng.randrange(9)
    if kind == 0:
        text = rng.randbytes(rng.randint(1, 300))
    elif kind == 1:
        text = "".join(chr(rng.choice((rng.randint(0x20, 0x24F), rng.randint(0x1E00, 0xD7FF),
                                       rng.randint(0x10000, 0x10FFFF))))
                       for _ in range(rng.randint(1, 80))).encode()
    elif kind == 2:
        text = sound[:rng.choice([n for n in range(1, len(sound)) if n != 12])]
    elif kind == 3:
        text = rng.choice((b"", b" ", b"\t \t", b"\0"))
    elif kind == 4:
        text = rng.choice((b"{", b'{"a":1}', b'{"v":1,"record":{}}', b"[]", b'{"symbol":{"text":7}}',
                           b'{"error":[]}', b"null", b'{"a":"\xff"}', b"{" * 3000))
    elif kind == 5:
        text = b"|" * rng.randint(1, 40)
    elif kind == 6:
        text = sound.replace(b"|", rng.choice((b"", b"||", b" ", b"\x1f")))
    elif kind == 7:
        at = rng.randrange(len(sound))
        text = sound[:at] + rng.randbytes(3) + sound[at:]
    else:
        text = rng.randbytes(2) * rng.randint(1, 2000 if rng.random() < 0.99 else 700_000)
    text = text.translate(None, b"\n\r")
    return b"x" + text if len(text.strip(b" \t\0")) == 12 else text


class Feeder(threading.Thread):
    """Writes the lines; memory stays what one block needs."""

    def __init__(self, stdin, lines):
        super().__init__(daemon=True)
        self.stdin, self.lines, self.fed = stdin, lines, threading.Event()

    def run(self):
        rng = random.Random(1_000_000)
        pool = ["|".join(person(rng, n)).encode() for n in range(4000)]
        for _ in range(self.lines // 2000):
            block = rng.choices(pool, k=1900)
            block += [garbage(rng, rng.choice(pool)) for _ in range(100)]
            rng.shuffle(block)
            self.stdin.write(b"\n".join(block) + b"\n")
        self.stdin.flush()
        self.fed.set()


def resident_kb(pid):
    """The most memory the program ever had. (What wait4() tells would include this script's own,
    from between fork and exec.)"""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


def check_sample(chunk):
    """Whole lines inside the chunk are JSON objects with a record or an error."""
    for line in chunk.split(b"\n")[1:-1]:
        value = json.loads(line)
        assert ("record" in value) != ("error" in value), line


def million_lines():
    wanted = 20_000 if SANITIZED else 1_000_000
    process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    feeder = Feeder(process.stdin, wanted)
    feeder.start()
    count, chunks, closed, memory = 0, 0, False, 0
    while chunk := os.read(process.stdout.fileno(), 1 << 16):
        count += chunk.count(b"\n")
        chunks += 1
        if chunks % 100 == 1:
            check_sample(chunk)
            memory = resident_kb(process.pid)
        if feeder.fed.is_set() and not closed:
            memory = resident_kb(process.pid)
            process.stdin.close()
            closed = True
    said = process.stderr.read()
    status = process.wait()
    assert count == wanted, f"{wanted} lines in, {count} lines out"
    assert status == 3 and said == b"", f"exit status {status}, stderr {said[:200]!r}"
    assert SANITIZED or memory < 32 * 1024, f"{memory} KiB were resident"
    print(f"# {wanted} lines, {memory} KiB resident")


def long_line_memory():
    """Lines without end take no more memory than the longest that is allowed."""
    if SANITIZED:
        return
    process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    block = b"x" * (1 << 20)
    for _ in range(100):
        process.stdin.write(block)
    process.stdin.write(b"\n")
    process.stdin.flush()
    memory = resident_kb(process.pid)
    out, _ = process.communicate()
    assert json.loads(out)["error"]["code"] == "line_too_long"
    assert memory < 32 * 1024, f"{memory} KiB were resident"


# ---- several processes ----
ZONE = (b"IDVNM0900000018001090000001<<9", b"9001011M3001019VNM<<<<<<<<<<<6",
        b"NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<")


def tricky_lines(rng, pool, count):
    """Lines that belong together, in whole and in part, with ends of all kinds."""
    for number in range(count):
        sound = rng.choice(pool)
        kind = rng.randrange(14) if number else 13
        if kind == 0:
            lines = ZONE[:rng.choice((1, 2, 3, 3))]
        elif kind == 1:
            lines = sound.split(b"|")[:rng.choice((1, 4, 7, 11))]
        elif kind == 2:
            lines = (garbage(rng, sound),)
        elif kind == 3:
            lines = (b"id,name,residence", b'001090000001,Ng,"a', b'b"')
        elif kind == 4:
            lines = (b'{"v":1,"source":{"path":"x"},"symbol":{"text":"' + sound + b'"}}',)
        elif kind == 5:
            lines = (sound + rng.choice(pool),)
        else:
            lines = (sound,)
        yield from (line + rng.choice((b"\n", b"\n", b"\r\n", b"\r")) for line in lines)


def several_processes():
    rng = random.Random(16)
    pool = ["|".join(person(rng, n)).encode() for n in range(500)]
    for number, end in enumerate((b"", b"\n", pool[0], b"001090000001\n\nA B")):
        data = b"".join(tricky_lines(rng, pool, 6000 if SANITIZED else 40_000)) + end
        pathlib.Path("cards").write_bytes(data)
        for name in FORMATS[:4] if number == 0 else FORMATS[:1]:
            options = ["--format", name, "--stats", "--lang", "en", "cards", "-", "cards"]
            alone = run(["--jobs", "1", *options], pool[1])
            for jobs in (2, 5):
                shared = run(["--jobs", str(jobs), *options], pool[1])
                same = (alone.stdout, alone.stderr, alone.returncode) == (
                    shared.stdout, shared.stderr, shared.returncode)
                assert same, f"{name}, end {number}: {jobs} processes say something else " \
                             f"({first_difference(alone.stdout, shared.stdout)})"


def first_difference(one, other):
    for number, lines in enumerate(zip(one.split(b"\n"), other.split(b"\n")), 1):
        if lines[0] != lines[1]:
            return f"line {number}: {lines[0][:120]!r} and {lines[1][:120]!r}"
    return f"{len(one)} and {len(other)} bytes"


# ---- outputs that break off ----
def broken_pipe():
    lines = b"".join("|".join(person(random.Random(7), n)).encode() + b"\n" for n in range(20_000))
    for name in FORMATS:
        process = subprocess.Popen([PROGRAM, "--format", name], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        threading.Thread(target=feed_quietly, args=(process.stdin, lines), daemon=True).start()
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
        status = process.wait(timeout=60)
        assert (status, said) == (4, b""), f"{name}: exit status {status}, stderr {said[:200]!r}"


def feed_quietly(stdin, lines):
    try:
        stdin.write(lines)
        stdin.close()
    except BrokenPipeError:
        pass


def full_disk():
    lines = b"".join("|".join(person(random.Random(7), n)).encode() + b"\n" for n in range(3000))
    for name in FORMATS:
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "--lang", "en", "--format", name], input=lines,
                                  stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
        assert done.returncode == 4, f"{name}: exit status {done.returncode}"
        assert done.stderr.count(b"\n") == 1, f"{name}: {done.stderr!r}"


# ---- what must never be said ----
def secrets_of(fields):
    """Texts that tell who somebody is; at least six characters, so none occurs by chance."""
    yield fields[0]
    yield fields[0][3:]
    yield fields[1]
    yield fields[2]
    yield unicodedata.normalize("NFD", fields[2]).encode("ascii", "ignore").decode().upper()


def masked():
    rng = random.Random(1000)
    people = [person(rng, 100_000 + 797 * n) for n in range(1000)]
    for n, fields in enumerate(people):
        if n % 10 == 0:
            fields[4] = "X"  # values of problems
        if n % 10 == 1 and len(fields) == 11:
            fields[7:9] = [f"001{n:03d}987654", "Nguyễn Văn Khôi Bình"]
    lines = ["|".join(fields) for fields in people]
    lines += ["|".join(p) for p in zip(*[iter(lines[:40])] * 2)]  # split in wrong places
    symbols = [json.dumps({"v": 1, "source": {}, "symbol": {"text": line}}) for line in lines[:200]]
    table = run(["--format", "csv"], "\n".join(lines).encode()).stdout
    secrets = {s for fields in people for s in secrets_of(fields) if len(s) >= 6}
    secrets |= {f[7] for f in people if len(f) > 7 and f[7]} | {"Văn Khôi Bình"}
    cans = {fields[0][6:] for fields in people}
    for data in ("\n".join(lines + symbols).encode(), table):
        for name in FORMATS:
            choice = [] if name in ("ndjson", "json") else ["--fields", COLUMNS]
            out = run(["--mask", "--format", name, *choice], data).stdout.decode()
            assert out.count("***") >= 1000, f"{name}: nothing is masked"
            told = [s for s in secrets if s in out]
            told += [s for s in re.findall(r"(?<![\d*-])\d{6}(?![\d])", out) if s in cans]
            assert not told, f"{name}: {told[:5]}"


def silent_stderr():
    rng = random.Random(5)
    people = [person(rng, 100_000 + 797 * n) for n in range(60)]
    lines = ["|".join(fields) for fields in people]
    bad = [line[:rng.randint(30, len(line))] for line in lines]
    bad += [line.replace("|Nam|", "|X|").replace("|Nữ|", "|X|") for line in lines]
    bad += [line.replace("|", ",") for line in lines] + ['{"v":1,"name":"' + line for line in lines]
    bad += ['{"v":1,"symbol":{"text":"' + line + '"},"error":1}' for line in lines]
    bad += [unicodedata.normalize("NFD", line) for line in lines] + [line * 3 for line in lines]
    bad += ["IDVNM" + fields[0][3:] + "0" + fields[0] + "<<0" for fields in people]
    table = ["id,name,residence"] + [f'{f[0]},{f[2]},"{f[5]}' for f in people]
    secrets = {s for f in people for s in (*secrets_of(f), f[5]) if len(s) >= 6}
    secrets |= {f[2].split()[0] + " " + f[2].split()[1] for f in people}
    for data in ("\n".join(bad).encode(), "\n".join(table).encode(), "\n".join(lines).encode("utf-16")):
        for name in FORMATS:
            for more in ([], ["no-such-file", "-"], ["--mask", "--strict"]):
                done = run(["--format", name, "--stats", *more], data)
                said = done.stderr.decode()
                told = [s for s in secrets if s in said]
                assert not told, f"{name} {more}: {told[:5]}"
                assert said, "there was no summary"


TESTS = (
    ("10,000 payloads of all letters, NFC and NFD, both generations: 0 wrong", every_letter),
    ("a million mixed lines in, as many out, in constant memory", million_lines),
    ("a line of 100 MiB in constant memory", long_line_memory),
    ("several processes say what one says, to the byte", several_processes),
    ("a reader that goes away, in every format", broken_pipe),
    ("a full disk, in every format", full_disk),
    ("--mask tells nobody, in every format", masked),
    ("stderr never tells who it was", silent_stderr),
)


if __name__ == "__main__":
    sys.exit(run_all(TESTS, PROGRAM, "cccd-parse"))
