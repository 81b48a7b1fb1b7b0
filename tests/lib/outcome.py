# SPDX-License-Identifier: MIT
"""What became of a test, and how its commands are run."""
import dataclasses
import os
import signal
import subprocess

PASS, FAIL, SKIP = "ok  ", "FAIL", "skip"


@dataclasses.dataclass
class Outcome:
    name: str
    status: str
    detail: str = ""


@dataclasses.dataclass
class Done:
    status: int
    stdout: bytes
    stderr: bytes
    timed_out: bool


def environment(top, build):
    """Nothing of the caller's environment but the PATH: a test says itself what else it needs."""
    return {
        "PATH": f"{build}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "CCCD_TOP": str(top),
        "CCCD_BUILD": str(build),
        "CCCD_SHARED": os.environ.get("CCCD_SHARED", str(top.parent / "shared")),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ASAN_OPTIONS": "detect_leaks=1:exitcode=99",
        "UBSAN_OPTIONS": "print_stacktrace=1",
    }


def run_command(command, folder, env, seconds, stdin=b""):
    """Runs a command to its end, or kills it with everything it started when time is up."""
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True)
    try:
        stdout, stderr = process.communicate(stdin, timeout=seconds)
        timed_out = False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        stdout, stderr = process.communicate()
        timed_out = True
    return Done(process.returncode, stdout, stderr, timed_out)


def printable(data):
    """Bytes for a person's terminal: valid UTF-8 as it is, all else escaped."""
    text = data.decode("utf-8", "backslashreplace")
    return "".join(c if c in "\n" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)
