#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""man_doctor.py BUILD [--write]: cccd-chip(1) tells of the doctor's questions and findings what the
program tells; with --write it is made to.

What stands between the two comments in the page is made of cccd-chip --list-checks.
"""
import difflib
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = TOP / "man/cccd-chip.1"
BEGIN = '.\\" What follows is made by tests/tools/man_doctor.py --write.\n'
END = '.\\" So far what is made.\n'


def roff(text):
    """Text of a line of its own: nothing in it is a request or an escape."""
    text = text.replace("\\", "\\e")
    return "\\&" + text if text[:1] in (".", "'") else text


def sentences(text):
    """A sentence a line, as manuals have them."""
    return "".join(f"{roff(part)}\n" for part in text.replace(". ", ".\n").split("\n"))


def made(table):
    rows = [line.split("\t") for line in table.splitlines()]
    out = [".Bl -tag -width Ds\n"]
    for check in (row for row in rows if row[0] == "check"):
        out.append(f".It Cm {check[1]}\n{sentences(check[2])}")
        found = [row for row in rows if row[0] == "finding" and row[2] == check[1]]
        if found:
            out.append(".Bl -tag -width Ds\n")
        for row in found:
            out.append(f".It Cm {row[1]} Pq {row[3]}\n{sentences(row[4])}{sentences('Cause: ' + row[5])}"
                       f"{sentences('Fix: ' + row[6])}")
            if row[7:]:
                out.append(".Bd -literal -compact\n")
                out += [f"{roff(line)}\n" for line in row[7:]]
                out.append(".Ed\n")
        if found:
            out.append(".El\n")
    out.append(".El\n")
    return "".join(out)


def main():
    program = pathlib.Path(sys.argv[1]).resolve() / "cccd-chip"
    table = subprocess.run([program, "--list-checks", "--lang", "en"], check=True, text=True,
                           capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    there, _, after = rest.partition(END)
    if not after:
        sys.exit(f"{PAGE.name} has no place for the doctor's questions")
    wanted = made(table)
    if "--write" in sys.argv:
        PAGE.write_text(before + BEGIN + wanted + END + after)
    elif there != wanted:
        sys.stdout.writelines(difflib.unified_diff(there.splitlines(True), wanted.splitlines(True),
                                                   PAGE.name, "the program"))
        sys.exit("the manual is not what the program says: tests/tools/man_doctor.py BUILD --write")
    print(f"{wanted.count('.It ')} entries")


main()
