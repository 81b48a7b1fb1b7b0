#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip with a card that is moved, lies or falls silent, and a service that dies, through the
real pcscd: what can be read is read, what cannot is told, and nothing hangs. Output is TAP.

The sweep over all commands is done by some processes side by side, each with a service of its own:
the driver serves one reader at a time."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
import pcscd  # noqa: E402
from chip import SETTLE, SMALL, Desk, key_file, make, run, without  # noqa: E402
from script import run_all  # noqa: E402

SELF = pathlib.Path(__file__).resolve()
WORKERS = 6
MOVED = "--lost-ms=600"  # so long that the service notices
desk = None


def start(*options, folder=None):
    """Reads with --wait: nobody else asks the service, so that what it sees is what the card does."""
    desk.start(0, folder or make(*SMALL), *options)


def read(*args, **more):
    return run("read", "--wait=20", "--lang", "en", "-k", key_file(), *args, **more)


def end():
    time.sleep(SETTLE)
    desk.take(0)


sent = []


def places(what):
    """Which commands of an undisturbed reading these are, from 1, by their remarks in a trace."""
    if not sent:
        trace = tempfile.mkstemp(dir=pathlib.Path.cwd())[1]
        start()
        read("--trace", trace).expect(0)
        end()
        lines = pathlib.Path(trace).read_text().splitlines()
        sent.extend(line.partition("  # ")[2] for line in lines if line.startswith("> "))
    found = [n for n, remark in enumerate(sent, 1) if remark == what]
    assert found, f"no {what} in {sent}"
    return found


def of_files():
    """A file's length and its rest, early and late."""
    reads = places("READ BINARY, protected")
    return reads[1], reads[len(reads) // 2], reads[-1]


# ---- a card that is moved at each command ----

def moved_at(n, again):
    """What two readings tell of a card that is lost at the n-th command."""
    start(f"--fault={n}:lost", MOVED)
    folder = tempfile.mkdtemp(dir=pathlib.Path.cwd())
    done = read("--retries", "3" if again else "0", "-o", folder)
    told = {"n": n, "again": again, "status": done.status, "chip": done.chip, "folder": folder}
    dumped = run("dump", folder)
    told["dumped"] = [dumped.status, dumped.chip]
    end()
    return told


def work(share, workers):
    """A worker's part of the sweep, a JSON object a line."""
    start()
    commands = read().chip["commands"]
    end()
    step = 3 if chip.is_slow() else 1
    jobs = [(n, again) for again in (True, False) for n in range(1, commands + 1, step)]
    print(json.dumps({"commands": commands}))
    for n, again in jobs[share::workers]:
        print(json.dumps(moved_at(n, again)), flush=True)


def worker(*words):
    """This program once more, in namespaces of its own."""
    os.environ["CHIP_TEST_CARD"] = str(make(*SMALL))
    return subprocess.Popen([*pcscd.namespaces(), sys.executable, str(SELF), *map(str, words)],
                            stdout=subprocess.PIPE)


def lines_of(process):
    text = process.communicate(timeout=200 * (4 if chip.is_slow() else 1))[0]
    assert process.returncode == 0, f"a worker ended with {process.returncode}"
    return [json.loads(line) for line in text.splitlines()]


def sweep():
    workers = [worker(i, WORKERS) for i in range(WORKERS)]
    return [line for process in workers for line in lines_of(process)]


swept = {}


def undisturbed():
    if not swept:
        start()
        swept["whole"] = read().expect(0).chip
        end()
        swept["lines"] = sweep()
    return swept["whole"], [line for line in swept["lines"] if "n" in line]


def kept(chip_line):
    """Without the names of the folder."""
    line = without(chip_line, "evidence", "images")
    line["files"] = [{k: v for k, v in f.items() if k != "path"} for f in line["files"]]
    return line


def moved_and_resumed():
    whole, lines = undisturbed()
    lines = [line for line in lines if line["again"]]
    assert len(lines) >= whole["commands"] // 3, f"{len(lines)} of {whole['commands']}"
    for line in lines:
        where = f"lost at command {line['n']}"
        assert line["status"] == 0, f"{where}: {line['status']} {line['chip'].get('error')}"
        assert kept(line["chip"]) == kept(whole), f"{where}: {line['chip']}"
        assert line["chip"]["restarts"] <= 3, where
        assert line["chip"]["commands"] > whole["commands"] or line["n"] == 1, where
        assert line["dumped"] == [0, line["chip"]], f"{where}: {line['dumped']}"


def moved_and_left_at_that():
    _, lines = undisturbed()
    for line in [line for line in lines if not line["again"]]:
        where = f"lost at command {line['n']}"
        code = line["chip"].get("error", {}).get("code")
        assert line["status"] == 3 and code in ("card_gone", "transmit_failed"), \
            f"{where}: {line['status']} {code}"
        status, dumped = line["dumped"]
        dumped_code = dumped["error"]["code"]
        if "evidence" in line["chip"]:
            manifest = json.loads((pathlib.Path(line["folder"]) / "manifest.json").read_text())
            assert manifest["error"] == code, f"{where}: {manifest}"
            assert (status, dumped_code) == (3, code), f"{where}: {status} {dumped_code}"
        else:
            assert (status, dumped_code) == (3, "evidence_unreadable"), f"{where}: {dumped}"
            assert not os.listdir(line["folder"]), where


def lost_for_a_moment():
    """So short that the service may not notice."""
    whole, _ = undisturbed()
    for n in (2, *of_files()):
        start(f"--fault={n}:lost")
        done = read().expect(0)
        assert kept(done.chip) == kept(whole), f"lost at command {n}: {done.chip}"
        end()


# ---- a card that answers what it must not ----

WRONG = {"wrong-mac": "sm_mac_wrong", "plain-answer": "sm_malformed", "garbage": "sm_malformed",
         "short-answer": "answer_malformed", "sw=6F00": "sm_unprotected"}


def wrong_answers_once():
    whole, _ = undisturbed()
    for fault in WRONG:
        for n in of_files()[::2]:
            start(f"--fault={n}:{fault}")
            done = read().expect(0)
            assert kept(done.chip) == kept(whole), f"{fault} at {n}: {done.chip}"
            assert done.chip["commands"] > whole["commands"], f"{fault} at {n} was not noticed"
            end()


def wrong_answers_always():
    n = of_files()[1]
    for fault, code in WRONG.items():
        start(f"--fault={n}:{fault}:always")
        done = read("--retries", "0").expect(3, code)
        assert "record" not in done.chip, f"{fault}: {done.chip}"
        hit = [f for f in done.chip["files"] if f.get("error") == code]
        assert len(hit) == 1 and "sha256" not in hit[0], done.chip
        done = read("--retries", "2")  # not without end
        assert done.status in (0, 3) and done.chip["restarts"] <= 2, done.chip
        end()


def wrong_answers_while_access_is_opened():
    for fault in ("garbage", "short-answer", "sw=6F00"):
        for n in places("GENERAL AUTHENTICATE")[::3]:
            start(f"--fault={n}:{fault}:always")
            done = read("--retries", "1")
            assert done.status in (1, 3), f"{fault} at {n}: {done.status} {done.chip}"
            assert done.code not in (None, "not_genuine"), f"{fault} at {n}: {done.chip}"
            assert "record" not in done.chip, f"{fault} at {n}: {done.chip}"
            end()


def a_moved_card_is_no_copy():
    """The command that follows on Chip Authentication is the first with its keys."""
    n = places("GENERAL AUTHENTICATE, protected")[-1] + 1
    start(f"--fault={n}:wrong-mac")
    done = read().expect(0)
    assert done.chip["commands"] > len(sent), "the fault was not met"
    end()


def a_copy():
    """Its keys are not those of DG14 and DG15."""
    other = make("vietnam", "--picture-bytes", "3000", "--sod-hash", "sha512")
    genuine = make(*SMALL)
    for name, proof in (("ca.pem", "chip_authentication"), ("aa.pem", "active_authentication")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cp", "-r", f"{genuine}/.", folder], check=True)
            subprocess.run(["cp", str(other / name), f"{folder}/{name}"], check=True)
            start(folder=folder)
            for retries in (3, 0):
                done = read("--retries", retries).expect(1, "not_genuine")
                results = {p["proof"]: p["result"] for p in done.chip["proofs"]}
                assert [p for p, r in results.items() if r == "not_genuine"] == [proof], results
                assert len(results) == 2 and done.chip["record"]["id"] == chip.NUMBER, done.chip
            end()


# ---- silence ----

def begun(*args):
    """A reading that waits for a slow answer."""
    start(f"--fault={of_files()[1]}:slow=3000")
    process = subprocess.Popen([chip.PROGRAM, "read", "--wait=20", "-k", key_file(), *args],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    return process


def silence():
    """A worker's: a command that is never answered, and a card that is gone for good."""
    start(f"--fault={of_files()[0]}:slow=300000")
    began = time.monotonic()
    done = read("--retries", "0", seconds=45)
    print(json.dumps([done.status, done.chip, time.monotonic() - began]))
    desk.kill(0)


def absence():
    process = begun("--retries", "1")
    desk.kill(0)
    began = time.monotonic()
    out = process.communicate(timeout=100)[0]
    print(json.dumps([process.returncode, json.loads(out)["chip"], time.monotonic() - began]))


def patience():
    """Longer than any other command may take."""
    start(f"--fault={places('GENERAL AUTHENTICATE')[1]}:slow=38000")
    began = time.monotonic()
    done = read("--retries", "0", seconds=90)
    print(json.dumps([done.status, done.chip, time.monotonic() - began]))
    end()


slow = {}  # what takes its time is begun first


def a_card_that_falls_silent():
    """The time that a command may take is the program's own: half a minute."""
    status, line, took = lines_of(slow["silence"])[0]
    assert (status, line["error"]["code"]) == (3, "timeout"), line
    assert 25 < took < 40, f"{took:.0f} seconds"


def a_card_that_makes_one_wait():
    """While access is opened, that is no fault of it."""
    status, line, took = lines_of(slow["patience"])[0]
    assert (status, line["restarts"]) == (0, 0) and took > 38, (status, line, took)


def a_card_that_answers_nothing():
    start(f"--fault={of_files()[0]}:mute:always")
    began = time.monotonic()
    done = read("--retries", "0")
    assert done.status == 3 and done.code in ("card_gone", "transmit_failed", "timeout"), done.chip
    assert time.monotonic() - began < 40
    end()


def a_card_taken_away_for_good():
    status, line, took = lines_of(slow["absence"])[0]
    assert (status, line["error"]["code"]) == (3, "card_gone"), line
    assert took < 40, f"{took:.0f} seconds"


def another_card_is_laid_down():
    process = begun()
    desk.take(0)
    start("--atr=3B8180018080")
    out, said = process.communicate(timeout=60)
    assert process.returncode == 3, (process.returncode, said)
    assert json.loads(out)["chip"]["error"]["code"] == "card_changed", out
    end()


# ---- the service ----

def the_service_dies():
    process = begun()
    desk.service.stop(signal.SIGKILL)
    out, said = process.communicate(timeout=60)
    assert process.returncode == 4, (process.returncode, said)
    assert json.loads(out)["chip"]["error"]["code"] == "no_service", out
    desk.kill(0)
    desk.service.start()
    start()
    read().expect(0)
    end()


def the_service_is_stopped_in_order():
    process = begun()
    desk.service.stop()
    out, said = process.communicate(timeout=60)
    assert process.returncode in (3, 4), (process.returncode, said)
    assert json.loads(out)["chip"]["error"]["code"] in ("no_service", "reader_gone", "card_gone"), \
        out
    desk.kill(0)
    desk.service.start()
    start()
    read().expect(0)
    end()


def stopped_by_the_person():
    for number in (signal.SIGINT, signal.SIGTERM):
        folder = tempfile.mkdtemp(dir=pathlib.Path.cwd())
        process = begun("-o", f"{folder}/out")
        began = time.monotonic()
        process.send_signal(number)
        out, said = process.communicate(timeout=60)
        assert process.returncode == 4, (process.returncode, said)
        assert time.monotonic() - began < 5
        assert json.loads(out)["chip"]["error"]["code"] == "stopped", out
        assert os.listdir(folder) in ([], ["out"]), os.listdir(folder)
        if os.listdir(folder):
            run("dump", f"{folder}/out").expect(4, "stopped")
        end()


TESTS = (
    ("a card that is moved at any command is read all the same", moved_and_resumed),
    ("without further tries it is told, and no folder looks whole", moved_and_left_at_that),
    ("a card that is lost for a moment", lost_for_a_moment),
    ("wrong answers, once: they are noticed and the card is read", wrong_answers_once),
    ("wrong answers, always: told, and nothing of them kept", wrong_answers_always),
    ("wrong answers while access is opened", wrong_answers_while_access_is_opened),
    ("a card that was moved is no copy", a_moved_card_is_no_copy),
    ("a copy is no genuine card", a_copy),
    ("another card laid down in between", another_card_is_laid_down),
    ("SIGINT and SIGTERM", stopped_by_the_person),
    ("the service dies within a command, and is started again", the_service_dies),
    ("the service is stopped in order", the_service_is_stopped_in_order),
    ("a card that answers with nothing", a_card_that_answers_nothing),
    ("a card taken away for good", a_card_taken_away_for_good),
    ("a card that falls silent", a_card_that_falls_silent),
    ("a card that makes one wait", a_card_that_makes_one_wait),
)


def main():
    global desk
    working = len(sys.argv) > 1
    if working:
        pcscd.make_home()
        chip.made[SMALL] = pathlib.Path(os.environ["CHIP_TEST_CARD"])
    else:
        chip.enter()
    desk = Desk()

    def clean_up():
        for port in list(desk.cards):
            desk.kill(port)
            time.sleep(SETTLE)

    try:
        if working:
            part = {"silence": silence, "absence": absence, "patience": patience}.get(sys.argv[1])
            part() if part else work(int(sys.argv[1]), int(sys.argv[2]))
            return 0
        for name in ("silence", "absence", "patience"):
            slow[name] = worker(name)
        return run_all(TESTS, chip.PROGRAM, "cccd-chip", clean_up)
    finally:
        clean_up()
        desk.close()
        for process in slow.values():
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
