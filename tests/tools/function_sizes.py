#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Measures the functions of lib/ and cmd/ in lines of body, and the files in lines.

Fails when the median is over 20 lines, the ninetieth percentile over 60, a function over 120 or a
file over 600. -v lists the twenty longest functions.
"""
import pathlib
import re
import statistics
import sys

MEDIAN, P90, LONGEST, FILE = 20, 60, 120, 600
NAME = re.compile(r"(\w+)\s*\(")


def functions(path):
    """(lines, file:line, name) of each; the house style puts a function's braces, and no others,
    alone into the first column."""
    lines = path.read_text().splitlines()
    opened = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            opened = number
        elif line == "}" and opened is not None:
            yield number - opened - 1, f"{path}:{opened}", function_name(lines, opened)
            opened = None


def function_name(lines, opened):
    """Of the function whose body opens on that line: the word before its parameters."""
    first = opened - 1
    while first > 0 and lines[first - 1] and lines[first - 1][-1] not in ";}/" \
            and not lines[first - 1].startswith(("#", "//")):
        first -= 1
    found = NAME.search(" ".join(lines[first:opened - 1]))
    return found.group(1) if found else "?"


def percentile(sizes, part):
    return sorted(sizes)[min(len(sizes) - 1, int(len(sizes) * part))]


def main():
    top = pathlib.Path(__file__).resolve().parent.parent.parent
    files = sorted([*top.glob("lib/**/*.[ch]"), *top.glob("cmd/**/*.[ch]")])
    found = sorted((f for path in files for f in functions(path)), reverse=True)
    if not found:
        sys.exit("function_sizes: no function found")
    sizes = [size for size, _, _ in found]
    median, p90 = statistics.median(sizes), percentile(sizes, 0.9)
    print(f"{len(sizes)} functions: median {median:g} lines, p90 {p90}, longest {sizes[0]}")
    for size, where, name in found[:20 if "-v" in sys.argv else 3]:
        print(f"  {size:4}  {name}  {where.removeprefix(str(top) + '/')}")

    long_files = [(len(path.read_text().splitlines()), path) for path in files]
    long_files = [(count, path) for count, path in long_files if count > FILE]
    for count, path in long_files:
        print(f"  {path.relative_to(top)} has {count} lines, more than {FILE}")
    sys.exit(median > MEDIAN or p90 > P90 or sizes[0] > LONGEST or bool(long_files))


main()
