#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""man_check.py BUILD: holds the programs and their manual pages against each other.

Every option of --help is documented and every documented option exists; every code of --list-codes
has its entry; every example ("$ command" in a literal display) prints what the page says it prints,
where "..." stands for anything. Examples find tests/data/samples where they run, and the pictures
of tests/data/scan in a folder there, scans.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(sys.argv[1]).resolve()
OPTION = re.compile(r"(?<![\w-])(--[a-z0-9][a-z0-9-]*|-[A-Za-z0-9])(?![\w-])")
MDOC_ESCAPES = {r"\e": "\\", r"\-": "-", r"\&": "", r"\(aq": "'", r"\(dq": '"', r"\(ga": "`",
                r"\(ti": "~", r"\(ha": "^", r"\(rs": "\\", r"\ ": " ", r"\~": " ", r"\|": ""}


def environment(**more):
    return {"PATH": f"{BUILD}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "TERM": "dumb",
            "CCCD_TOP": str(TOP), **more}


def said(program, option):
    done = subprocess.run([BUILD / program, option], capture_output=True, text=True, check=False,
                          env=environment(), timeout=60)
    if done.returncode != 0:
        return None
    return done.stdout


def help_options(text):
    """Those at the beginning of a line: "  -f, --format FORMAT  what it does"."""
    options = set()
    for line in text.splitlines():
        if line.lstrip().startswith("-"):
            options |= set(OPTION.findall(re.split(r"\s{2,}", line.strip())[0]))
    return options


def page_options(source):
    """What .It and .Op lines show as flags."""
    options = set()
    for line in source.splitlines():
        if re.match(r"\.\s*(It|Op|Oo)\b", line):
            for flag in re.findall(r"\bFl\s+(\S+)", line.replace(r"\-", "-")):
                options.add("-" + flag)
    return options


def check_program(program):
    page = TOP / "man" / f"{program}.1"
    if not page.exists():
        yield f"{page.name} is missing"
        return
    source = page.read_text()
    help_text = said(program, "--help")
    if help_text is None:
        yield f"{program} --help fails"
        return
    shown, documented = help_options(help_text), page_options(source)
    if not shown:
        yield f"{program} --help shows no option"
    for option in sorted(shown - documented):
        yield f"{program} {option} is not in {page.name}"
    for option in sorted(documented - shown):
        yield f"{page.name} documents {option}, which {program} --help does not show"

    codes = said(program, "--list-codes")
    if codes is None:
        yield f"{program} --list-codes fails"
        return
    pages = source + "".join(p.read_text() for p in TOP.glob("man/cccd-record.5"))
    words = set(re.findall(r"[\w.-]+", pages.replace(r"\-", "-")))
    words |= {word.rstrip(".") for word in words}
    for code in codes.splitlines():
        if code.split()[0] not in words:
            yield f"the code {code.split()[0]} of {program} is neither in {page.name} nor in cccd-record.5"


def unescape(line):
    return re.sub(r"\\(?:\(..|.)", lambda m: MDOC_ESCAPES.get(m.group(0), m.group(0)), line)


def examples(source):
    """(line number, command, expected lines) of the literal displays."""
    command, expected, started, literal = None, [], 0, False
    for number, line in enumerate(source.splitlines() + [".Ed"], 1):
        begins = literal and line.startswith("$ ")
        if command is not None and (begins or line.startswith(".Ed")):
            yield started, command, expected
            command = None
        if re.match(r"\.\s*Bd\b.*-(literal|unfilled)", line):
            literal = True
        elif line.startswith(".Ed"):
            literal = False
        elif begins:
            command, expected, started = unescape(line[2:]), [], number
        elif command is not None and command.endswith("\\"):
            command += "\n" + unescape(line).removeprefix("> ")
        elif command is not None:
            expected.append(unescape(line))


def pattern_of(expected):
    """A line "..." is any number of lines, "..." inside one any text of that line."""
    parts = [r"(?:.*\n)*?" if line.strip() == "..." else
             r".*?".join(map(re.escape, line.split("..."))) + "\n" for line in expected]
    return "".join(parts)


def run_examples(page):
    with tempfile.TemporaryDirectory(prefix="cccd-man.") as folder:
        samples = TOP / "tests/data/samples"
        if samples.is_dir():
            shutil.copytree(samples, folder, dirs_exist_ok=True)
        pictures = TOP / "tests/data/scan"
        if pictures.is_dir():
            shutil.copytree(pictures, pathlib.Path(folder) / "scans",
                            ignore=shutil.ignore_patterns("*.md", "*.tsv"))
        for number, command, expected in examples(page.read_text()):
            done = subprocess.run(["bash", "-c", command], cwd=folder, check=False, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, env=environment(HOME=folder),
                                  timeout=60)
            came = done.stdout
            if came and not came.endswith("\n"):
                came += "\n"
            if done.returncode in (2, 4) or done.returncode > 125:
                yield f"{page.name}:{number}: exit status {done.returncode}\n$ {command}\n{came}"
            elif not re.fullmatch(pattern_of(expected), came):
                shown = "".join(f"{line}\n" for line in expected)
                yield f"{page.name}:{number}: the example prints something else\n$ {command}\n" \
                      f"--- the page says\n{shown}--- it printed\n{came}"
            else:
                examples_run.append(number)


def program_names():
    names = {path.stem for path in TOP.glob("cmd/*.c")}
    return sorted(names | {path.parent.name for path in TOP.glob("cmd/*/*.c")})


examples_run = []


def main():
    found = [text for program in program_names() for text in check_program(program)]
    pages = sorted(TOP.glob("man/*.[1-9]"))
    found += [text for page in pages for text in run_examples(page)]
    if not pages:
        found.append("there is no manual page")
    for text in found:
        print(text)
    print(f"{len(pages)} pages, {len(examples_run)} examples ran as shown, {len(found)} complaints")
    sys.exit(1 if found else 0)


main()
