# SPDX-License-Identifier: MIT
"""What the programs under test say besides their output is kept in the folder CCCD_SAID, where
tests/tools/secrets_check.py looks for secrets after the run. To import this is enough: whatever a
script then starts is listened to."""
import contextlib
import io
import os
import pathlib
import shutil
import subprocess
import sys

FILES = {"--trace": "trace", "--record": "record"}  # of cccd-chip; plain traces are not kept


def folder():
    name = os.environ.get("CCCD_SAID")
    return pathlib.Path(name) if name else None


def keep(data, kind="err"):
    if folder() and data:
        name = f"{pathlib.Path(sys.argv[0]).name}.{os.getpid()}.{kind}"
        with open(folder() / name, "ab", buffering=0) as file:
            file.write(data)


def keep_card(card):
    """The files of an emulated card: what no one may tell."""
    if folder():
        kept = folder() / "cards" / f"{os.getpid()}.{card.name}"
        kept.mkdir(parents=True, exist_ok=True)
        for path in card.iterdir():
            if path.name.startswith(("DG", "EF.")):
                shutil.copyfile(path, kept / path.name)


def keep_line(line):
    """For tests/tools/schema_check.py."""
    name = os.environ.get("CCCD_NDJSON")
    if name:
        path = pathlib.Path(name) / f"{pathlib.Path(sys.argv[0]).name}.{os.getpid()}.ndjson"
        with open(path, "ab", buffering=0) as file:
            file.write(line.rstrip(b"\n") + b"\n")


def keep_core(where):
    for path in pathlib.Path(where).rglob("core*"):
        with contextlib.suppress(OSError):
            data = path.read_bytes() if path.is_file() else b""
            if data.startswith(b"\x7fELF"):
                keep(data, "core")


class Heard(io.FileIO):
    """Keeps what is read."""

    def readinto(self, buffer):
        count = super().readinto(buffer)
        keep(bytes(memoryview(buffer)[:count or 0]))
        return count

    def readall(self):
        data = super().readall()
        keep(data)
        return data


class Popen(subprocess.Popen):
    def __init__(self, args, *more, **options):
        super().__init__(args, *more, **options)
        words = [os.fsdecode(word) for word in args] if isinstance(args, (list, tuple)) else []
        self.where = pathlib.Path(options.get("cwd") or os.getcwd())
        self.files = {} if "--trace-plain" in words else {
            kind: words[words.index(option) + 1] for option, kind in FILES.items()
            if option in words[:-1]}
        if folder() and isinstance(self.stderr, io.BufferedReader):
            raw = self.stderr.detach()
            self.stderr = io.BufferedReader(Heard(os.dup(raw.fileno())))
            raw.close()

    def communicate(self, *args, **options):
        out, said = super().communicate(*args, **options)
        keep(said.encode() if isinstance(said, str) else said)
        return out, said

    def wait(self, *args, **options):
        status = super().wait(*args, **options)
        for kind, name in self.files.items():
            with contextlib.suppress(OSError):
                if (self.where / name).is_file():
                    keep((self.where / name).read_bytes(), kind)
        self.files = {}
        if status < 0:
            keep_core(self.where)
        return status


subprocess.Popen = Popen
