# SPDX-License-Identifier: MIT
"""Command tests as data: tests/cmd/*.t, one command with all that goes in and comes out."""
import difflib
import json
import pathlib
import re
import tempfile

from outcome import FAIL, PASS, SKIP, Outcome, printable, run_command

ESCAPES = {"n": b"\n", "t": b"\t", "r": b"\r", "0": b"\0", "\\": b"\\", "e": b"\x1b", "\n": b""}
OUTPUT_KINDS = {"", "escaped", "contains", "matches", "json"}


class Malformed(Exception):
    """The test file itself is wrong."""


class Case:
    """A parsed .t file."""

    def __init__(self, text):
        self.sections = {}
        self.files = {}
        self.needs = []
        parts = re.split(r"^--- (.*)\n", text, flags=re.MULTILINE)
        for line in parts[0].splitlines():
            if line and not line.startswith("#"):
                raise Malformed(f"before the first section only # lines may stand: {line}")
        for head, body in zip(parts[1::2], parts[2::2]):
            self.take(head.split(), body)
        if "command" not in self.sections:
            raise Malformed("there is no --- command")

    def take(self, words, body):
        if words[0] == "skip-unless":
            self.needs.append(" ".join(words[1:]))
        elif words[0] == "file":
            if len(words) < 2 or words[2:] not in ([], ["escaped"]):
                raise Malformed("--- file NAME [escaped]")
            self.files[words[1]] = unescape(body) if words[2:] else body.encode()
        elif words[0] in ("command", "status", "env", "timeout") and len(words) == 1:
            self.add(words[0], body)
        elif words[0] == "stdin" and words[1:] in ([], ["escaped"]):
            self.add("stdin", unescape(body) if words[1:] else body.encode())
        elif words[0] in ("stdout", "stderr") and " ".join(words[1:]) in OUTPUT_KINDS:
            self.add(words[0], (" ".join(words[1:]), body))
        else:
            raise Malformed(f"unknown section: --- {' '.join(words)}")

    def add(self, name, value):
        if name in self.sections:
            raise Malformed(f"two sections --- {name}")
        self.sections[name] = value


def unescape(body):
    """\\xHH \\n \\t \\r \\0 \\e \\\\, a backslash at a line's end joins lines; the last newline of
    the section does not count."""
    def one(match):
        what = match.group(1)
        if len(what) == 3:
            return chr(int(what[1:], 16))
        if what not in ESCAPES:
            raise Malformed(f"unknown escape \\{what}")
        return ESCAPES[what].decode()

    text = body.removesuffix("\n").encode().decode("latin-1")
    return re.sub(r"\\(x[0-9A-Fa-f]{2}|.|\n)", one, text, flags=re.DOTALL).encode("latin-1")


def lines_of(text):
    """Not splitlines(): that cuts at characters which may stand inside a line."""
    return text.removesuffix("\n").split("\n") if text else []


def difference(expected, actual):
    lines = difflib.unified_diff(lines_of(expected), lines_of(actual), "expected", "came",
                                 lineterm="", n=2)
    return "\n".join(lines)


def compare_bytes(expected, actual):
    if expected == actual:
        return ""
    shown = difference(printable(expected), printable(actual))
    if shown:
        return shown
    # Equal to the eye: the ends of lines differ, or the form of the letters.
    return f"expected {expected!r}\ncame     {actual!r}"


def compare_contains(body, actual):
    text = actual.decode("utf-8", "surrogateescape")
    absent = [line for line in lines_of(body) if line not in text]
    if not absent:
        return ""
    return "".join(f"lacks: {line}\n" for line in absent) + "came:\n" + printable(actual)


def compare_matches(body, actual):
    expected, lines = lines_of(body), lines_of(actual.decode("utf-8", "surrogateescape"))
    wrong = [f"line {i} does not match {pattern}"
             for i, (pattern, line) in enumerate(zip(expected, lines), 1)
             if not re.fullmatch(pattern, line)]
    if wrong:
        wrong.append("came:\n" + printable(actual))
    if len(expected) != len(lines):
        wrong.append(f"{len(expected)} lines expected, {len(lines)} came:\n{printable(actual)}")
    return "\n".join(wrong)


def json_difference(expected, actual, where="$"):
    """What of `expected` is not in `actual`. A key with "!" before it must be absent."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        found = []
        for key, value in expected.items():
            if key.startswith("!"):
                if key[1:] in actual:
                    found.append(f"{where}.{key[1:]}: must be absent, is {actual[key[1:]]!r}")
            elif key not in actual:
                found.append(f"{where}.{key}: missing, expected {value!r}")
            else:
                found += json_difference(value, actual[key], f"{where}.{key}")
        return found
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [text for i, pair in enumerate(zip(expected, actual))
                for text in json_difference(*pair, f"{where}[{i}]")]
    if type(expected) is type(actual) and expected == actual:
        return []
    return [f"{where}: expected {expected!r}, is {actual!r}"]


def compare_json(body, actual):
    expected = lines_of(body)
    try:
        lines = lines_of(actual.decode())
        values = [json.loads(line) for line in lines]
    except ValueError as error:
        return f"no NDJSON: {error}\n{printable(actual)}"
    wrong = []
    for i, (want, value) in enumerate(zip(expected, values), 1):
        found = json_difference(json.loads(want), value)
        if found:
            wrong += [f"line {i}: {text}" for text in found]
            wrong.append(f"line {i} came as {lines[i - 1]}")
    if len(expected) != len(values):
        wrong.append(f"{len(expected)} lines expected, {len(values)} came:\n{printable(actual)}")
    return "\n".join(wrong)


def compare(kind, body, actual):
    if kind == "contains":
        return compare_contains(body, actual)
    if kind == "matches":
        return compare_matches(body, actual)
    if kind == "json":
        return compare_json(body, actual)
    return compare_bytes(unescape(body) if kind == "escaped" else body.encode(), actual)


def judge(case, done):
    """Everything that is wrong, as one text."""
    wrong = []
    status = int(case.sections.get("status", "0"))
    if done.status != status:
        wrong.append(f"exit status {status} expected, {done.status} came")
    for name, actual in (("stdout", done.stdout), ("stderr", done.stderr)):
        if name in case.sections or name == "stderr":
            kind, body = case.sections.get(name, ("", ""))
            found = compare(kind, body, actual)
            if found:
                wrong.append(f"{name}:\n{found}")
    if wrong and "stdout" not in case.sections and "stderr" not in " ".join(wrong):
        wrong.append("stderr:\n" + printable(done.stderr))
    return "\n".join(wrong)


def keep_ndjson(name, stdout, folder):
    """What a program printed for other programs is held against the schema afterwards."""
    lines = [line for line in stdout.splitlines() if line.startswith(b'{"v":')]
    if lines:
        (folder / (name.replace("/", ".") + ".ndjson")).write_bytes(b"\n".join(lines) + b"\n")


def keep_said(name, stderr, folder, kept):
    """What a test's programs said, and core files that they left, for tests/tools/secrets_check.py."""
    name = name.replace("/", ".")
    if stderr:
        (kept / f"{name}.err").write_bytes(stderr)
    for number, path in enumerate(pathlib.Path(folder).rglob("core*")):
        data = path.read_bytes() if path.is_file() else b""
        if data.startswith(b"\x7fELF"):
            (kept / f"{name}.{number}.core").write_bytes(data)


def run_case(name, path, build):
    try:
        case = Case(path.read_bytes().decode())
    except (Malformed, UnicodeDecodeError) as error:
        return Outcome(name, FAIL, f"{path}: {error}")

    with tempfile.TemporaryDirectory(prefix="cccd-test.") as folder:
        env = dict(build.environment, HOME=folder, TMPDIR=folder)
        for line in case.sections.get("env", "").splitlines():
            key, _, value = line.partition("=")
            env[key] = value
        for need in case.needs:
            if run_command(["bash", "-c", need], folder, env, 30).status != 0:
                return Outcome(name, SKIP, f"needs: {need}")
        for file, content in case.files.items():
            target = pathlib.Path(folder) / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        seconds = build.seconds(float(case.sections.get("timeout", "60")))
        done = run_command(["bash", "-c", case.sections["command"]], folder, env, seconds,
                           case.sections.get("stdin", b""))
        keep_said(name, done.stderr, folder, build.said_folder)
    keep_ndjson(name, done.stdout, build.lines_folder)
    if done.timed_out:
        return Outcome(name, FAIL, f"took longer than {seconds:.0f} seconds\n"
                       + printable(done.stdout[-2000:] + done.stderr[-2000:]))
    wrong = judge(case, done)
    return Outcome(name, FAIL if wrong else PASS,
                   f"$ {case.sections['command'].strip()}\n{wrong}" if wrong else "")


def program_names(top):
    names = {path.stem for path in top.glob("cmd/*.c")}
    return sorted(names | {path.parent.name for path in top.glob("cmd/*/*.c")})
