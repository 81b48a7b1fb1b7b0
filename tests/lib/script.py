# SPDX-License-Identifier: MIT
"""What the scripts in tests/cmd have in common: they run named functions and report by TAP."""
import subprocess

import said  # noqa: F401  (listens to what scripts start)

FAILURES = (AssertionError, OSError, ValueError, KeyError, TypeError, subprocess.SubprocessError)


def run_all(tests, program, name, clean_up=lambda: None):
    """Runs each of (title, function), and clean_up after each; returns the exit status."""
    if program is None:
        print(f"1..0 # SKIP {name} is not in PATH")
        return 0
    failed = 0
    print(f"1..{len(tests)}")
    for number, (title, test) in enumerate(tests, 1):
        error = None
        try:
            test()
        except FAILURES as caught:
            error = f"{type(caught).__name__}: {caught}"
        finally:
            clean_up()
        failed += error is not None
        print(f"{'not ok' if error else 'ok'} {number} - {title}", flush=True)
        for line in (error or "").splitlines():
            print(f"# {line}")
    return 1 if failed else 0
