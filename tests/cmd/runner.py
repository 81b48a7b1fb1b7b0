#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The runner itself: what must fail fails, for the reason that it should. Output is TAP."""
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(os.environ["CCCD_TOP"])

# name: (status that tests/run must give the test, what it must say, the test)
CASES = {
    "exact": ("ok", "", "--- command\necho a\n--- stdout\na\n"),
    "other-line": ("FAIL", "+b", "--- command\necho b\n--- stdout\na\n"),
    "no-final-newline": ("FAIL", "b'a'", "--- command\nprintf a\n--- stdout\na\n"),
    "escaped": ("ok", "", "--- command\nprintf 'a\\0\\tb'\n--- stdout escaped\n\\x61\\0\\\n\\tb\n"),
    "stdin-and-file": ("ok", "", "--- command\ncat - f\n--- stdin\na\n--- file f escaped\nb\n"
                       "--- stdout escaped\na\\nb\n"),
    "environment": ("ok", "", "--- command\necho $A $LC_ALL\n--- env\nA=b=c\n"
                    "--- stdout\nb=c C.UTF-8\n"),
    "unwanted-stderr": ("FAIL", "+a", "--- command\necho a >&2\n"),
    "wanted-stderr": ("ok", "", "--- command\necho abc >&2\n--- stderr contains\nb\n"),
    "status": ("ok", "", "--- command\nexit 3\n--- status\n3\n"),
    "other-status": ("FAIL", "0 expected, 3 came", "--- command\nexit 3\n"),
    "killed": ("FAIL", "-9 came", "--- command\nkill -9 $$\n"),
    "contains-not": ("FAIL", "lacks: b", "--- command\necho a\n--- stdout contains\nb\n"),
    "matches": ("ok", "", "--- command\necho abc\n--- stdout matches\na.c\n"),
    "matches-part": ("FAIL", "line 1 does not match", "--- command\necho abc\n"
                     "--- stdout matches\nab\n"),
    "matches-more": ("FAIL", "1 lines expected, 2 came", "--- command\necho a; echo b\n"
                     "--- stdout matches\na\n"),
    "json": ("ok", "", "--- command\necho '{\"a\":{\"b\":[1,{\"c\":2}],\"d\":3}}'\n"
             "--- stdout json\n{\"a\":{\"b\":[1,{}]},\"!e\":0}\n"),
    "json-value": ("FAIL", "$.a[0]: expected '1', is 1", "--- command\necho '{\"a\":[1]}'\n"
                   "--- stdout json\n{\"a\":[\"1\"]}\n"),
    "json-absent": ("FAIL", "must be absent", "--- command\necho '{\"a\":1}'\n"
                    "--- stdout json\n{\"!a\":0}\n"),
    "json-lines": ("FAIL", "1 lines expected, 2 came", "--- command\necho 1; echo 2\n"
                   "--- stdout json\n1\n"),
    "slow": ("FAIL", "took longer", "--- command\nsleep 100 & sleep 100\n--- timeout\n0.1\n"),
    "skipped": ("skip", "needs: false", "--- skip-unless false\n--- command\ntrue\n"),
    "misspelled": ("FAIL", "unknown section", "--- command\ntrue\n--- stdot\n"),
    "twice": ("FAIL", "two sections", "--- command\ntrue\n--- command\ntrue\n"),
    "empty": ("FAIL", "no --- command", "# nothing\n"),
}
SCRIPTS = {
    "tap": ("ok", "cmd/tap.py: first", "print('ok 1 - first')"),
    "tap-failing": ("FAIL", "because", "print('not ok 1 - a'); print('# because')"),
    "tap-skipping": ("skip", "no device", "print('ok 1 - a # SKIP no device')"),
    "tap-short": ("FAIL", "2 tests were planned", "print('1..2'); print('ok 1 - a')"),
    "tap-dying": ("FAIL", "exit status 7", "print('ok 1 - a', flush=True); import os; os._exit(7)"),
    "tap-silent": ("FAIL", "ran no test", "pass"),
}


def write_all(folder):
    for name, (_, _, text) in CASES.items():
        (folder / f"{name}.t").write_text(text)
    for name, (_, _, text) in SCRIPTS.items():
        script = folder / f"{name}.py"
        script.write_text(f"#!/usr/bin/python3\n{text}\n")
        script.chmod(0o755)


def section(output, name):
    """The lines about one test: its titles and what is indented below."""
    found, ours = [], False
    for line in output.splitlines():
        if not line.startswith("      "):
            ours = line[6:].split(":")[0] == f"cmd/{name}"
        if ours:
            found.append(line)
    return found


def main():
    folder = pathlib.Path.cwd() / "cases"
    folder.mkdir()
    write_all(folder)
    build = pathlib.Path.cwd() / "build"
    build.mkdir()
    (build / "flags").write_text("")
    done = subprocess.run([TOP / "tests/run", "--build", build, "--cases", folder, "-v"],
                          capture_output=True, text=True, check=False)

    expected = {**CASES, **{f"{name}.py": case for name, case in SCRIPTS.items()}}
    good = True
    for number, (name, (status, said, _)) in enumerate(expected.items(), 1):
        lines = section(done.stdout, name)
        right = any(line.startswith(status) for line in lines) and said in "\n".join(lines)
        good = good and right
        print(f"{'' if right else 'not '}ok {number} - {name}")
        if not right:
            print("\n".join(f"# {line}" for line in lines))
    counted = done.stdout.splitlines()[-1].endswith("2 skipped") and done.returncode == 1
    print(f"{'' if counted else 'not '}ok {len(expected) + 1} - the count and the exit status")
    print(f"1..{len(expected) + 1}")
    sys.exit(0 if good and counted else 1)


main()
