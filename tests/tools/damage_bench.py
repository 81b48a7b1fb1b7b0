#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""How well damaged payloads are repaired, and that sound ones are left alone.

The first table's payloads have the names of people and places; those after it have invented ones,
of syllables that spelling allows or of any letters in a row, and show that no repair is a guess.

Runs a program that reads payload lines and writes one JSON object a line. Exit status 1 when any
repair was wrong, or sound text was repaired or reported as damaged. Of the lines of letters in a
row the share in LUCKY may be wrong: their only misspelt words are some that damage, by chance, made
look like syllables.
"""
import argparse
import json
import random
import subprocess
import sys
import unicodedata

import vn

FIELDS = ("name", "sex", "residence")
REPORTED = ("text_ambiguous", "text_damaged")
LUCKY = {"letters": 0.003}


def run(program, lines):
    result = subprocess.run(program, input=b"\n".join(lines) + b"\n", capture_output=True, check=False)
    out = result.stdout.decode("utf-8", "surrogatepass").split("\n")[:-1]
    if len(out) != len(lines):
        sys.exit("%s: %d lines in, %d out\n%s" % (program[0], len(lines), len(out), result.stderr.decode()[-500:]))
    return [json.loads(line) for line in out]


def comparable(text):
    """As far as a program may tidy up what it leaves alone: NFC, no controls, no bad bytes."""
    text = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text or "")
    text = "".join(c for c in text if unicodedata.category(c) != "Cc")
    return " ".join(unicodedata.normalize("NFC", text).split())


def field_of(record, field):
    """A record's field as a card has it; a program may say the sex in words of its own."""
    value = record.get(field)
    return {"male": "Nam", "female": "Nữ", "Nu": "Nữ"}.get(value, value) if field == "sex" else value


def fields_of(line):
    parts = line.decode("utf-8", "surrogateescape").split("|")
    return dict(zip(FIELDS, (parts[2], parts[4], parts[5]))) if len(parts) >= 7 else {}


def reported(record):
    return any(p.get("code") in REPORTED for p in record.get("problems") or [])


def judge(fields, line, record):
    """recovered, left (and reported), unnoticed, or wrong."""
    came = fields_of(line)
    whole = True
    for field in FIELDS:
        got, true = comparable(field_of(record, field)), comparable(fields[field])
        if got == true:
            continue
        whole = False
        if not got:  # given up
            continue
        if not came or got != comparable(came[field]):
            return "wrong"
    return "recovered" if whole else "left" if reported(record) else "unnoticed"


def spoiled(rng, kind, invented):
    """A payload and its damaged line, which differs from it."""
    while True:
        fields = vn.payload(rng, rng.choice((2021, 2024)), invented)
        text = vn.nfc(fields["text"])
        line = vn.damage(kind, text)
        if line is not None and line != text.encode() and b"\n" not in line and b"\r" not in line:
            return fields, line


def sound_lines(rng, n, invented):
    for i in range(n):
        fields = vn.payload(rng, rng.choice((2021, 2024)), invented)
        yield (fields["text"] if i % 5 else vn.strange_but_sound(rng, fields)).encode()


def bench_kind(args, kind, n, invented):
    rng = random.Random("%d %s%s" % (args.seed, kind, " " + invented if invented else ""))
    cases = [spoiled(rng, kind, invented) for _ in range(n)]
    count = {"recovered": 0, "left": 0, "unnoticed": 0, "wrong": 0}
    shown = 0
    for (fields, line), out in zip(cases, run(args.program, [line for _, line in cases])):
        record = out.get("record") or {}
        verdict = judge(fields, line, record)
        count[verdict] += 1
        if (verdict == "wrong" or verdict == args.show) and shown < args.examples:
            shown += 1
            print("  %s: %s\n    came %r\n    got  %s" % (verdict, fields["text"], line,
                  json.dumps(record, ensure_ascii=False)), file=sys.stderr)
    print("%-24s %6d %9.2f%% %6d %9d %6d" % (kind, n, 100 * count["recovered"] / n, count["left"], count["unnoticed"],
                                             count["wrong"]))
    return count["wrong"]


def bench_sound(args, n, invented):
    rng = random.Random("%d %s" % (args.seed, invented) if invented else args.seed)
    lines = list(sound_lines(rng, n, invented))
    touched = 0
    for line, out in zip(lines, run(args.program, lines)):
        record = out.get("record") or {}
        came = fields_of(line)
        same = all(comparable(field_of(record, f)) == comparable(field_of(came, f)) for f in FIELDS)
        if record.get("repair") or reported(record) or not same:
            touched += 1
            if touched <= args.examples:
                print("  sound: %r\n    got %s" % (line, json.dumps(record, ensure_ascii=False)), file=sys.stderr)
    print("%-24s %6d sound payloads, %d repaired or reported" % ("sound", len(lines), touched))
    return touched


def bench_table(args, damaged, sound, invented=None):
    """One table; how many of its cases were wrong, above what chance allows."""
    kinds = args.kind or list(vn.DAMAGE)
    bad = -int(damaged * LUCKY.get(invented, 0))
    if damaged:
        print("%-24s %6s %10s %6s %9s %6s" % ("class", "n", "recovered", "left", "unnoticed", "WRONG"))
    for kind in kinds if damaged else ():
        if vn.skip_reason(kind):
            print("%-24s SKIPPED: %s" % (kind, vn.skip_reason(kind)))
            continue
        bad += bench_kind(args, kind, max(1, damaged // len(kinds)), invented)
    return max(bad, 0) + (bench_sound(args, sound, invented) if sound else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/cccd-parse", help="program and options, parted by spaces")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", type=int, default=10000, help="how many damaged payloads")
    parser.add_argument("--sound", type=int, default=100000, help="how many sound payloads")
    parser.add_argument("--invented", type=int, default=3000, help="how many damaged payloads of invented words, each way")
    parser.add_argument("--invented-sound", type=int, default=5000, help="how many sound ones of these, each way")
    parser.add_argument("--kind", action="append", help="only these kinds of damage")
    parser.add_argument("--show", choices=("left", "unnoticed"), help="print such cases as well")
    parser.add_argument("--examples", type=int, default=5)
    args = parser.parse_args()
    args.program = args.program.split()

    bad = bench_table(args, args.damaged, args.sound)
    for invented in vn.WORDS:
        if args.invented or args.invented_sound:
            print("\ninvented %s" % invented)
            bad += bench_table(args, args.invented, args.invented_sound, invented)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
