#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""secrets_check.py SAID LINES: looks for secrets in what the programs of a whole run of the tests said.

SAID is what tests/lib/said.py, tests/lib/cases.py and card_emulator have kept: messages (*.err),
traces (*.trace), recordings (*.record), core files (*.core), the emulated cards' files (cards/) and
the keys that the cards derived (keys). LINES are the programs' lines of output: of these, what they
tell of errors. Fails when a secret is found, and when there was nothing to look at."""
import json
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "lib"), str(TESTS / "tools")]

import make_chip  # noqa: E402
from disclosed import Search, numbers_in  # noqa: E402

SHOWN = 20
WRONG_KEYS = ("471982", "999999")
# Of whom tests ask for the card, besides.
OTHERS = (("001090000002", "Trần Thị C"), ("001090000009", make_chip.NAME),
          (make_chip.NUMBER, "NGUYEN VAN A"))
# Of a payload these columns tell who somebody is; shorter texts than this stand anywhere.
TELLING, SHORTEST = (0, 1, 2, 5), 6


def files_of(said, kind):
    return sorted(said.glob(f"*.{kind}"))


def samples():
    """(number, name) and all telling texts of the payloads in samples and command tests."""
    people, words = set(), set()
    paths = [TESTS / "data/samples/payloads.txt", *sorted((TESTS / "cmd").glob("*.t"))]
    for path in paths:
        for line in path.read_text("utf-8", "replace").splitlines():
            fields = [field.strip() for field in line.split("|")]
            if len(fields) >= 6 and re.fullmatch(r"\d{12}", fields[0]):
                people.add((fields[0], fields[2]))
                words |= {fields[i] for i in TELLING if len(fields[i]) >= SHORTEST}
    return people, words


def errors_in(path):
    """What the lines of a file say of errors, those of files and of proofs as well."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if b'"error"' not in line:
            continue
        value = json.loads(line)
        chip = value.get("chip", {})
        told = [value.get("error"), chip.get("error")]
        told += [{k: v for k, v in part.items() if k in ("error", "reason", "offset")}
                 for kind in ("files", "proofs") for part in chip.get(kind, ())]
        yield number, json.dumps([t for t in told if t], ensure_ascii=False).encode()


def look(path, pieces, find, found):
    for number, piece in pieces:
        if secrets := find(piece):
            found.append(f"{path.name}:{number}: tells {', '.join(secrets[:3])}")


def lines_of(path, seen):
    """Each line once: most programs say the same again and again."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line not in seen:
            seen.add(line)
            yield number, line


class Check:
    def __init__(self, said, lines):
        self.said, self.lines = said, lines
        cards = [path for path in said.glob("cards/*/*") if path.is_file()]
        common = b"".join(p.read_bytes() for p in cards if p.name == "EF.CardAccess")
        contents = {p.read_bytes() for p in cards if p.name.startswith("DG") or p.name == "EF.SOD"}
        self.people, words = samples()
        self.people |= {(make_chip.NUMBER, make_chip.NAME), *OTHERS}
        self.of_cards = Search((*make_chip.person_words(), *WRONG_KEYS,
                                *(word for person in OTHERS for word in person)), contents, common)
        self.of_samples = Search(words)
        self.keys = Search(())
        path = said / "keys"
        for key in set(path.read_text().split()) if path.exists() else ():
            self.keys.add(bytes.fromhex(key))
        # Who asks for a card names the person, in this form only.
        self.prompts = [f": {name} {number}\n".encode() for number, name in self.people]
        self.found, self.count = [], {}

    def of_message(self, data):
        for prompt in self.prompts:
            data = (data + b"\n").replace(prompt, b"\n").removesuffix(b"\n")
        return self.of_text(data) + self.of_samples.told_in(data)

    def of_text(self, data):
        return self.of_cards.told_in(data) + self.of_keys(data) + numbers_in(data)

    def of_keys(self, data):
        """All that may not be in a recording, which has what the card said."""
        return self.keys.told_in(data) + self.keys.bytes_in(data)

    def of_core(self, data):
        return self.of_text(data) + self.of_cards.bytes_in(data)

    def run(self):
        for kind, find in (("err", self.of_message), ("trace", self.of_text),
                           ("record", self.of_keys), ("core", self.of_core)):
            seen = set()
            paths = files_of(self.said, kind)
            for path in paths:
                look(path, lines_of(path, seen), find, self.found)
            self.count[kind] = (len(paths), len(seen))
        told = {}
        for path in sorted(self.lines.iterdir()):
            for number, text in errors_in(path):
                told.setdefault(text, (path, number))
        for text, (path, number) in told.items():
            look(path, [(number, text)], self.of_message, self.found)
        self.count["errors"] = (len(list(self.lines.iterdir())), len(told))


def main():
    check = Check(*map(pathlib.Path, sys.argv[1:3]))
    check.run()
    for text in check.found[:SHOWN]:
        print(text)
    looked = ", ".join(f"{kind} {files} ({lines})" for kind, (files, lines) in check.count.items())
    print(f"looked at, in files (and different lines): {looked}; for {len(check.keys.pieces)} "
          f"pieces of keys and {len(check.of_cards.pieces)} of cards: {len(check.found)} found")
    sys.exit(1 if check.found or check.count["err"][1] == 0 else 0)


main()
