#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every code that the program can say is in the schema and expected by some command test, and the
other way round. Output is TAP."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import said  # noqa: E402, F401  (listens to what is started)

TOP = pathlib.Path(os.environ["CCCD_TOP"])
# What only another program of the family says.
ELSEWHERE = {"no_symbol"}
# What no command brings about at will: unit tests of the pool and of pictures do.
MADE_IN_UNITS = {"crashed", "timeout", "no_memory", "format_unsupported"}

# What tests/cmd/scanner_doctor.py brings about, with a profile that was learnt before.
MADE_IN_SCRIPTS = {"scanner_profile"}


def listed():
    """{kind: {code: grade}} as the program tells it."""
    out = subprocess.run(["cccd-parse", "--list-codes"], capture_output=True, check=True,
                         text=True).stdout
    codes = {"error": {}, "problem": {}, "repair": {}, "finding": {}}
    for line in out.splitlines():
        code, kind, grade, _ = line.split("\t")
        codes[kind][code] = grade
    return codes


def schema_problems():
    definitions = json.loads((TOP / "lib/wire/cccd-record.schema.json").read_text())["$defs"]
    grades = {}
    for row in definitions["problem"]["oneOf"]:
        for code in row["properties"]["code"]["enum"]:
            grades[code] = row["properties"]["severity"]["const"]
    return grades, definitions["repair"]["properties"]["kind"]["enum"]


def schema_findings():
    rows = json.loads((TOP / "lib/wire/cccd-record.schema.json").read_text())["$defs"]["finding"]["oneOf"]
    return {code: row["properties"]["severity"]["const"] for row in rows
            for code in row["properties"]["code"]["enum"]}


def expected_by_tests():
    """Codes in what the command tests expect, not in what they put in."""
    found = set()
    for path in (TOP / "tests/cmd").glob("*.t"):
        parts = re.split(r"^--- (.*)\n", path.read_text(), flags=re.MULTILINE)
        for head, body in zip(parts[1::2], parts[2::2]):
            if head.startswith("stdout"):
                found |= set(re.findall(r'"(?:code|kind)": ?"([a-z0-9_-]+)"', body))
                found |= set(re.findall(r"(?<=,)[a-z_]+$", body, flags=re.MULTILINE))
    return found


def main():
    codes = listed()
    problems, kinds = schema_problems()
    expected = expected_by_tests()
    # The legacy fonts and code pages are tested where their damage is made.
    made_elsewhere = {"cp437", "windows-1258", "vni", "vps"}
    results = (
        ("the schema knows the problems and their severities", codes["problem"] == problems),
        ("the schema knows the kinds of repair", set(codes["repair"]) == set(kinds)),
        ("the schema knows the findings and their severities",
         codes["finding"] == schema_findings()),
        ("every problem is expected by a test", sorted(set(codes["problem"]) - expected - MADE_IN_SCRIPTS) or True),
        ("every error is expected by a test",
         sorted(set(codes["error"]) - ELSEWHERE - MADE_IN_UNITS - expected - {"read_failed"}) or True),
        ("every kind of repair is expected by a test",
         sorted(set(codes["repair"]) - made_elsewhere - expected) or True),
    )
    print(f"1..{len(results)}")
    for number, (name, result) in enumerate(results, 1):
        print(f"{'' if result is True else 'not '}ok {number} - {name}")
        if result is not True:
            print(f"# {result}")
    sys.exit(0 if all(result is True for _, result in results) else 1)


main()
