#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""schema_check.py SCHEMA FILE-OR-FOLDER...: holds every NDJSON line against the schema.

Fails when a line breaks the schema, and when there was no line at all.
"""
import json
import pathlib
import sys

import jsonschema

SHOWN = 20


def files(names):
    for name in map(pathlib.Path, names):
        yield from sorted(name.iterdir()) if name.is_dir() else [name]


def complaints(validator, path, number, line):
    try:
        value = json.loads(line)
    except ValueError as error:
        yield f"{path.name}:{number}: no JSON: {error}"
        return
    for error in validator.iter_errors(value):
        yield f"{path.name}:{number}: {error.json_path}: {error.message}"


def main():
    path = pathlib.Path(sys.argv[1])
    if not path.exists():
        sys.exit(f"there is no {path}")
    schema = json.loads(path.read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=jsonschema.FormatChecker())
    checked, found = 0, []
    for path in files(sys.argv[2:]):
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if line:
                checked += 1
                found += complaints(validator, path, number, line)
    for text in found[:SHOWN]:
        print(text)
    print(f"{checked} lines checked, {len(found)} complaints")
    sys.exit(1 if found or checked == 0 else 0)


main()
