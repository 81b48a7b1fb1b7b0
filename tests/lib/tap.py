# SPDX-License-Identifier: MIT
"""Reads the Test Anything Protocol: of cmocka, and of the scripts in tests/cmd."""
import re

from outcome import FAIL, PASS, SKIP, Outcome, printable

LINE = re.compile(r"(?P<not>not )?ok\b *(?P<number>\d+)?(?: *- *| *)(?P<text>.*)")
SKIPPED = re.compile(r"(?P<text>.*?) *# *skip\S* *(?P<reason>.*)", re.IGNORECASE)
PLAN = re.compile(r"1\.\.(\d+)(?: *# *skip\S* *(.*))?", re.IGNORECASE)


def outcome_of_line(name, match, said_before):
    text, skipped = match["text"].strip(), SKIPPED.fullmatch(match["text"])
    if skipped and match["not"]:
        # cmocka: "not ok 3 # SKIP name"; the reason, if any, was printed before.
        return Outcome(f"{name}: {skipped['reason']}", SKIP, said_before or "no reason given")
    if skipped:
        return Outcome(f"{name}: {skipped['text'] or match['number']}", SKIP,
                       skipped["reason"] or "no reason given")
    return Outcome(f"{name}: {text or match['number']}", FAIL if match["not"] else PASS)


def outcomes_of_tap(name, done):
    outcomes, planned, said = [], None, ""
    for line in printable(done.stdout).splitlines():
        match, plan = LINE.fullmatch(line), PLAN.fullmatch(line)
        if match:
            outcomes.append(outcome_of_line(name, match, said))
            said = ""
        elif plan and plan[1] == "0":
            return [Outcome(name, SKIP, plan[2] or "no reason given")]
        elif plan:
            planned = int(plan[1])
        elif outcomes and outcomes[-1].status == FAIL:
            outcomes[-1].detail += line.removeprefix("#").strip() + "\n"
        else:
            said = line.removeprefix("#").strip()

    failed = [outcome for outcome in outcomes if outcome.status == FAIL]
    wrong = whole_run_wrong(done, outcomes, planned, failed)
    if wrong:
        outcomes.append(Outcome(name, FAIL, f"{wrong}\n{printable(done.stderr)[-6000:]}"))
    elif failed:
        failed[-1].detail += printable(done.stderr)[-6000:]
    return outcomes


def whole_run_wrong(done, outcomes, planned, failed):
    """Why the run cannot be trusted, whatever its lines say."""
    if not outcomes:
        return f"it ran no test (exit status {done.status})\n{printable(done.stdout)[-3000:]}"
    if planned is not None and planned != len(outcomes):
        return f"{planned} tests were planned, {len(outcomes)} ran (exit status {done.status})"
    if done.status != 0 and not failed:
        return f"exit status {done.status}, though no test failed"
    return None
