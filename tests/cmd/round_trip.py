#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Records written as tables and read back are the same records. Output is TAP."""
import json
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import said  # noqa: E402, F401  (listens to what is started)

COLUMNS = "id,old_id,name,birth_date,sex,residence,issue_date,card,extra"

NAMES = ("Nguyễn Văn A", "Trần Thị Bích Ngọc", "Y K'Nia Byă", "H’Bia Êban", "NGUYỄN VĂN Ổ", "Ý",
         'Lê "Tí" Mẫu', "=1+1", "+84", "-Đ", "@Ê", "Nguyễn, Văn; Bê", "Võ Tab", "'Ơ")
RESIDENCES = ("Số 1, Phố Thử, Phường Mẫu, Hà Nội", 'Nhà "Mẫu"; số 1, Hà Nội', "=Hà Nội", "-",
              "12/3/4 Đường Mẫu", "001", "0912345678", "\"Hà Nội", "Hà Nội\"", "'=Thôn Ổ", "A=\"B\"")
EXTRAS = ("", "||||", "||||", "|001218000999|Nguyễn Văn Cha|Trần Thị Mẹ|", "||||x y")
BIRTHS = ("01011990", "29022000", "00001960", "00071985", "05062018")


def payloads():
    rng = random.Random(9)
    for number in range(400):
        extra = rng.choice(EXTRAS)
        yield "|".join((f"0010900{number:05d}", rng.choice(("", "012345678", "001090000009")),
                        NAMES[number % len(NAMES)], rng.choice(BIRTHS),
                        rng.choice(("Nam", "Nữ")), RESIDENCES[number % len(RESIDENCES)],
                        "20082024" if extra else "15032022")) + extra


def records(data, *options):
    done = subprocess.run(["cccd-parse", *options], input=data, capture_output=True, check=False)
    return [json.loads(line)["record"] for line in done.stdout.splitlines()]


def table(data, *options):
    return subprocess.run(["cccd-parse", *options], input=data, capture_output=True,
                          check=False).stdout


def comparable(record):
    """A cell cannot tell four empty further fields from none."""
    record = dict(record)
    if not any(record.get("extra", ())):
        record.pop("extra", None)
    return record


def differences(first, second):
    if len(first) != len(second):
        return [f"{len(first)} records, {len(second)} read back"]
    found = []
    for a, b in zip(map(comparable, first), map(comparable, second)):
        for key in sorted({*a, *b} - {"problems"}):
            if a.get(key) != b.get(key):
                found.append(f"{a['id']} {key}: {a.get(key)!r} came back as {b.get(key)!r}")
        # a table has no payload whose count of fields could be wrong
        codes = [{p["code"] for p in r["problems"]} for r in (a, b)]
        if codes[0] != codes[1]:
            found.append(f"{a['id']} problems: {codes[0]} came back as {codes[1]}")
    return found


WAYS = (
    ("csv", "--format", "csv"),
    ("tsv", "--format", "tsv"),
    ("csv for spreadsheets", "--format", "csv", "--bom"),
    ("tsv for spreadsheets", "--format", "tsv", "--bom"),
    ("English headings and words", "--lang", "en", "--format", "csv", "--headings", "en"),
    ("English words under Vietnamese headings", "--lang", "en", "--format", "tsv", "--headings",
     "vi"),
    ("Vietnamese headings and words", "--lang", "vi", "--format", "csv", "--headings", "vi"),
    ("Vietnamese, for spreadsheets", "--lang", "vi", "--format", "csv", "--headings", "vi",
     "--bom"),
)


def main():
    data = "\n".join(payloads()).encode()
    first = records(data)
    failed = len(first) != 400
    print(f"1..{len(WAYS) + 1}")
    for number, (name, *options) in enumerate(WAYS, 1):
        found = differences(first, records(table(data, *options, "--fields", COLUMNS)))
        failed = failed or bool(found)
        print(f"{'not ' if found else ''}ok {number} - {name}")
        for text in found[:6]:
            print(f"# {text}")
    order = ",".join(reversed(COLUMNS.split(",")))
    found = differences(first, records(table(data, "--format", "csv", "--fields", order)))
    print(f"{'not ' if found else ''}ok {len(WAYS) + 1} - columns in another order")
    for text in found[:6]:
        print(f"# {text}")
    sys.exit(1 if failed or found else 0)


main()
