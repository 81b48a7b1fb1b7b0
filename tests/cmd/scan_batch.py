#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 600
"""cccd-scan on many inputs of all kinds: a line for every page, the same whatever the number of
processes, nothing lost or twice when it was killed; folders that fill, streams, signals and pipes.
With CCCD_TORTURE in the environment, more of everything. Output is TAP."""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from script import run_all  # noqa: E402

PROGRAM = shutil.which("cccd-scan")
SANITIZED = PROGRAM is not None and b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()
TORTURE = bool(os.environ.get("CCCD_TORTURE"))
FILES = 10_000 if TORTURE else 200 if SANITIZED else 2_000
KILLS = 50 if TORTURE else 6 if SANITIZED else 12
SAMPLES = pathlib.Path(os.environ["CCCD_TOP"]) / "tests/data/scan"
PARENT_KB = 32 * 1024
AT_ONCE = 60  # seconds: on a busy machine at once takes its time
LIMIT = 300

# How often each sample is used, so that a run takes seconds, and its errors.
GOOD = {"menu.png": 50, "front.jpg": 20, "turned.jpg": 14, "no-symbol.jpg": 2, "back.webp": 1,
        "two-cards.png": 1, "office.tif": 1, "archive.pdf": 1}
ERRORS = {"no-symbol.jpg": ["no_symbol"], "archive.pdf": ["no_symbol"]}
NAMES = (b"%d", b"%d.jpg", b"new\nline %d", b"b\xc1\xbad \xff\xfe %d", b"%d \\xFF", b"%d\\\xff",
         b"Th\xe1\xba\xbb c\xc4\x83n c\xc6\xb0\xe1\xbb\x9bc %d.png", b"'\"%d\t", b"%d {\"v\":1}")


# ---- processes ----
def of_session(session):
    """The processes of a session, but those that are dead and not yet waited for."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] not in "ZX":
                found.append(int(entry.name))
    return found


class Run:
    """The program in a session of its own."""

    started = []

    def __init__(self, *arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE):
        self.process = subprocess.Popen([PROGRAM, "--lang", "en", *arguments], stdin=stdin,
                                        stdout=stdout, stderr=subprocess.PIPE,
                                        start_new_session=True)
        self.pid = self.process.pid
        self.started.append(self)

    def finish(self, *statuses, within=LIMIT):
        """Its output; with statuses, that it ended so and said nothing."""
        out, err = self.process.communicate(timeout=within)
        self.expect_alone()
        if statuses:
            assert self.process.returncode in statuses, f"{self.process.returncode}, {err[:300]}"
            assert err == b"", err[:300]
        return out

    def expect_alone(self):
        """No process is left of it, or will be in a moment."""
        end = time.monotonic() + AT_ONCE
        while (left := of_session(self.pid)) and time.monotonic() < end:
            time.sleep(0.02)
        assert not left, f"processes are left: {left}"

    def clean_up(self):
        for pid in of_session(self.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


def peak_kb(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found.group(1)) if found else 0


def watched_run(*arguments):
    """The output, and the most memory that the parent had."""
    with open("out.tmp", "wb") as out:
        run = Run(*arguments, stdout=out)
        peak = 0
        while run.process.poll() is None:
            peak = max(peak, peak_kb(run.pid))
            time.sleep(0.02)
        run.finish()
    return pathlib.Path("out.tmp").read_bytes(), peak, run.process.returncode


# ---- what goes in ----
def expected_texts():
    lines = (SAMPLES / "expected.tsv").read_text().splitlines()
    return {name: texts for name, *texts in (line.split("\t") for line in lines)}


def damaged(rng, name):
    """A picture with a part missing or wrong."""
    data = bytearray((SAMPLES / name).read_bytes())
    if rng.random() < 0.5:
        return bytes(data[:rng.randrange(len(data))])
    for _ in range(rng.randint(1, 40)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def make_broken(rng, path):
    """An input of no use; the codes that may be said about it, or None: anything."""
    kind = rng.randrange(8 if os.geteuid() != 0 else 7)
    if kind == 0:
        return ["file_unreadable"]
    if kind == 1:
        os.mkdir(path)
        return ["file_unreadable"]
    if kind == 2:
        os.mkfifo(path)
        return ["file_unreadable"]
    if kind == 7:
        os.link(b"base/menu.png", path)
        os.chmod(path, 0)
        return ["file_unreadable"]
    with open(path, "wb") as file:
        if kind == 3:
            return ["truncated", "format_unknown", "image_damaged"]
        file.write(rng.randbytes(rng.randint(1, 3000)) if kind == 4
                   else damaged(rng, rng.choice(("menu.png", "front.jpg", "office.tif"))))
    return None


class Batch:
    """Inputs, and what must be said of each: texts and codes; None, and anything will do."""

    def __init__(self, count, seed):
        rng = random.Random(seed)
        texts = expected_texts()
        self.inputs = []
        os.mkdir("base")
        os.mkdir("in")
        for name in GOOD:
            shutil.copyfile(SAMPLES / name, f"base/{name}")
        for number in range(count):
            path = b"in/" + rng.choice(NAMES).replace(b"%d", b"%d" % number)
            if rng.random() < 0.05:
                self.inputs.append((path, None, make_broken(rng, path)))
                continue
            name = rng.choices(list(GOOD), list(GOOD.values()))[0]
            os.link(f"base/{name}", path)
            self.inputs.append((path, sorted(texts[name]), ERRORS.get(name, [])))
        pathlib.Path("list").write_bytes(b"".join(path + b"\0" for path, _, _ in self.inputs))


BATCH = ["--files0-from", "list", "--budget", "600000"]


# ---- what comes out ----
def without_times(line):
    return re.sub(rb'"ms":[0-9.]+', b'"ms":0', line)


def path_of(line):
    source = json.loads(line)["source"]
    path = source["path"].encode()
    if source.get("path_escaped"):
        path = re.sub(rb"\\(?:x([0-9A-F]{2})|\\)",
                      lambda m: bytes([int(m[1], 16)]) if m[1] else b"\\", path)
    return path


def grouped(out):
    """The lines of each path, in the order in which they came; those of one stand together."""
    groups = []
    for line in out.splitlines():
        path = path_of(line)
        if not groups or groups[-1][0] != path:
            groups.append((path, []))
        groups[-1][1].append(json.loads(line))
    return groups


def check(batch, out):
    assert out.endswith(b"\n")
    groups = grouped(out)
    came = [path for path, _ in groups]
    wanted = [path for path, _, _ in batch.inputs]
    assert came == wanted, first_difference(came, wanted)
    for (path, texts, codes), (_, lines) in zip(batch.inputs, groups):
        said = sorted(line["error"]["code"] for line in lines if "error" in line)
        read = sorted(line["symbol"]["text"] for line in lines if "symbol" in line)
        if texts is not None:
            assert read == texts and said == codes, f"{path!r}: {read}, {said}"
        elif codes is not None:
            assert read == [] and len(said) == 1 and said[0] in codes, f"{path!r}: {read}, {said}"


def first_difference(one, other):
    for number, (a, b) in enumerate(zip(one, other)):
        if a != b:
            return f"{number}: {a!r} and {b!r}"
    return f"{len(one)} and {len(other)}"


def assert_same(one, other, what):
    a = [without_times(line) for line in one.splitlines()]
    b = [without_times(line) for line in other.splitlines()]
    assert a == b, f"{what}: {first_difference(a, b)}"


class Shared:
    """What one test leaves for the next."""

    batch = alone = None
    seconds = 0.0


def one_process():
    Shared.batch = Batch(FILES, 8)
    start = time.monotonic()
    Shared.alone, peak, status = watched_run("-j1", *BATCH)
    Shared.seconds = time.monotonic() - start
    assert status == 3, f"exit status {status}"
    check(Shared.batch, Shared.alone)
    assert SANITIZED or 0 < peak < PARENT_KB, f"the parent had {peak} KiB"
    print(f"# {FILES} inputs, {Shared.seconds:.1f} s, {peak} KiB in the parent")
    kept = os.environ.get("CCCD_NDJSON")
    if kept:
        pathlib.Path(kept, "scan_batch.ndjson").write_bytes(Shared.alone)


def several_processes():
    for jobs in ("-j2", "-j5"):
        out, peak, status = watched_run(jobs, *BATCH)
        assert status == 3, f"exit status {status}"
        assert_same(out, Shared.alone, jobs)
        assert SANITIZED or peak < PARENT_KB, f"the parent had {peak} KiB"


def unordered():
    out = Run("-j2", "--unordered", *BATCH).finish()
    paths = [path for path, _ in grouped(out)]
    assert len(paths) == len(set(paths)), "lines of one input do not stand together"
    assert_same(b"\n".join(sorted(map(without_times, out.splitlines()))),
                b"\n".join(sorted(map(without_times, Shared.alone.splitlines()))), "unordered")


def flat_memory():
    """Names alone: a hundred times as many take no more memory."""
    if SANITIZED:
        return
    count = 100_000
    pathlib.Path("many").write_bytes(b"".join(b"none/%d\0" % n for n in range(count)))
    out, peak, status = watched_run("--files0-from", "many")
    assert status == 3 and out.count(b"\n") == count, f"{status}, {out.count(bytes([10]))} lines"
    assert peak < PARENT_KB, f"the parent had {peak} KiB"
    print(f"# {count} inputs, {peak} KiB in the parent")
    # The same when most of them are done, and the output is larger than the memory allowed.
    folder = b"none" + b"/a long name of a folder" * 12
    pathlib.Path("many").write_bytes(b"".join(b"%s/%d\0" % (folder, n) for n in range(count)))
    for _ in range(2):
        _, peak, status = watched_run("--files0-from", "many", "--resume", "many.ndjson")
        size = os.stat("many.ndjson").st_size
        assert status == 3 and size > PARENT_KB * 1024, f"{status}, {size} bytes"
        assert peak < PARENT_KB, f"the parent had {peak} KiB when resumed"
    print(f"# {count} inputs that are done, {peak} KiB in the parent")


# ---- killed and resumed ----
def killed():
    rng = random.Random(50)
    out = pathlib.Path("resumed")
    step = Shared.seconds / 2 / (KILLS + 1)
    for number in range(KILLS):
        run = Run("-j2", "--resume", str(out), *BATCH)
        time.sleep(rng.uniform(0, 2 * step))
        if number % 3 == 0:  # the parent alone: the others must notice
            run.process.kill()
        else:
            os.killpg(run.pid, signal.SIGKILL)
        run.process.wait()
        if number % 2 == 0:  # else the next one begins at once
            run.expect_alone()
        lines = out.read_bytes().count(b"\n") if out.exists() else 0
        print(f"# killed with {lines} lines")
    Run("-j2", "--resume", str(out), *BATCH).finish(3)
    assert_same(out.read_bytes(), Shared.alone, "resumed")
    before = out.read_bytes()
    Run("-j2", "--resume", str(out), *BATCH).finish(3)
    assert_same(out.read_bytes(), before, "resumed when all was done")


def killed_unordered():
    out = pathlib.Path("resumed-unordered")
    options = ["-j2", "--unordered", "--resume", str(out), *BATCH]
    for part in (0.2, 0.3):
        run = Run(*options)
        time.sleep(part * Shared.seconds / 2)
        os.killpg(run.pid, signal.SIGKILL)
        run.process.wait()
    Run(*options).finish(3)
    assert_same(b"\n".join(sorted(map(without_times, out.read_bytes().splitlines()))),
                b"\n".join(sorted(map(without_times, Shared.alone.splitlines()))), "resumed")


def named_twice():
    """Cut off anywhere, with names that come several times, side by side and apart."""
    rng = random.Random(2)
    os.mkdir("none")
    names = ["base/menu.png", "base/two-cards.png", "base/office.tif", "none", "nowhere"]
    inputs = [name for name in rng.choices(names, k=12) for _ in range(rng.choice((1, 1, 2, 3)))]
    pathlib.Path("twice").write_bytes(b"".join(name.encode() + b"\0" for name in inputs))
    words = ["--files0-from", "twice", "--budget", "600000"]

    def by_line(out):
        return b"\n".join(sorted(map(without_times, out.splitlines())))

    for more, arranged in (([], lambda out: out), (["--unordered"], by_line)):
        whole = Run("-j2", *more, *words).finish(3)
        for at in sorted(rng.sample(range(len(whole)), 5 if SANITIZED else 20)):
            pathlib.Path("cut").write_bytes(whole[:at])
            Run("-j2", *more, "--resume", "cut", *words).finish(3)
            assert_same(arranged(pathlib.Path("cut").read_bytes()), arranged(whole), f"cut at {at}")


def two_at_once():
    """A second run on the same file is refused, and harms nothing."""
    out = pathlib.Path("held")
    run = Run("--resume", str(out), *BATCH)
    wait_for(lambda: out.exists() and out.stat().st_size > 0)
    run.process.send_signal(signal.SIGSTOP)  # so that it is at it until the other has ended
    other = Run("--resume", str(out), *BATCH)
    _, err = other.process.communicate(timeout=LIMIT)
    run.process.send_signal(signal.SIGCONT)
    assert other.process.returncode == 4 and err.count(b"\n") == 1, err
    run.finish(3)
    assert_same(out.read_bytes(), Shared.alone, "held")


# ---- signals and pipes ----
def wait_for(happened, within=AT_ONCE):
    end = time.monotonic() + within
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def stopped_by_signals():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        run = Run("-j2", "--unordered", *BATCH)
        run.process.stdout.readline()
        run.process.send_signal(number)
        run.process.communicate(timeout=AT_ONCE)
        assert run.process.returncode != 0
        run.expect_alone()


def reader_goes_away():
    for more in ([], ["--unordered"]):
        run = Run("-j2", *more, *BATCH)
        run.process.stdout.read(10)
        run.process.stdout.close()
        start = time.monotonic()
        err = run.process.stderr.read()
        status = run.process.wait(timeout=LIMIT)
        assert (status, err) == (4, b""), f"{status}, {err[:300]}"
        assert time.monotonic() - start < AT_ONCE, "it went on"
        run.expect_alone()


def full_disk():
    with open("/dev/full", "wb") as full:
        run = Run("-j2", *BATCH, stdout=full)
        _, err = run.process.communicate(timeout=LIMIT)
    assert run.process.returncode == 4 and err.count(b"\n") == 1, err
    run.expect_alone()


def standard_input():
    texts = expected_texts()
    data = (SAMPLES / "front.jpg").read_bytes()
    run = Run("-", stdin=subprocess.PIPE)

    def feed():
        for at in range(0, len(data), 5000):
            run.process.stdin.write(data[at:at + 5000])
            run.process.stdin.flush()
            time.sleep(0.02)
        run.process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    out = run.process.stdout.read()
    assert run.process.wait(timeout=LIMIT) == 0
    line = json.loads(out)
    assert line["source"] == {} and line["symbol"]["text"] == texts["front.jpg"][0]
    run = Run(str(SAMPLES / "menu.png"), "-", str(SAMPLES / "turned.jpg"), stdin=subprocess.PIPE)
    out, _ = run.process.communicate(data, timeout=LIMIT)
    got = [json.loads(line)["symbol"]["text"] for line in out.splitlines()]
    assert got == [texts[n][0] for n in ("menu.png", "front.jpg", "turned.jpg")]
    for nothing in (b"", b"\0", data[:1000]):
        run = Run("-", stdin=subprocess.PIPE)
        out, _ = run.process.communicate(nothing, timeout=LIMIT)
        assert run.process.returncode == 3 and out.count(b"\n") == 1, out


# ---- what never ends ----
class Live(Run):
    """Its lines are read as they come."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.lines = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def expect(self, count):
        wait_for(lambda: len(self.lines) >= count)
        time.sleep(0.1)
        assert len(self.lines) == count, self.lines[count:]
        return self.lines[-1]

    def stop(self, number, status):
        self.process.send_signal(number)
        assert self.process.wait(timeout=AT_ONCE) == status, self.process.stderr.read()
        self.expect_alone()


def watched_folder():
    os.mkdir("inbox")
    front, turned = (SAMPLES / n for n in ("front.jpg", "turned.jpg"))
    texts = expected_texts()
    shutil.copyfile(front, "inbox/present.jpg")
    run = Live("--watch", "inbox")
    assert run.expect(1)["source"]["path"] == "inbox/present.jpg"
    data = turned.read_bytes()
    with open("inbox/halves.jpg", "wb") as file:
        file.write(data[:len(data) // 2])
        file.flush()
        time.sleep(1)
        assert len(run.lines) == 1, "a half file was read"
        file.write(data[len(data) // 2:])
    line = run.expect(2)
    assert line["source"]["path"] == "inbox/halves.jpg", line
    assert line["symbol"]["text"] == texts["turned.jpg"][0]
    shutil.copyfile(front, "moved.jpg")
    os.rename("moved.jpg", "inbox/moved.jpg")
    assert run.expect(3)["source"]["path"] == "inbox/moved.jpg"
    shutil.copyfile(front, "inbox/removed.jpg")
    os.unlink("inbox/removed.jpg")
    shutil.copyfile(front, "inbox/.hidden.jpg")
    shutil.copyfile(turned, b"inbox/\n\xff.jpg")
    assert run.expect(4)["source"] == {"path": "inbox/\n\\xFF.jpg", "path_escaped": True}
    time.sleep(1)
    run.expect(4)
    run.stop(signal.SIGINT, 0)


def watched_and_resumed():
    """What was read before is not read again; what was not, is."""
    os.mkdir("inbox2")
    for number in range(3):
        shutil.copyfile(SAMPLES / "front.jpg", f"inbox2/{number}.jpg")
    for wanted in (3, 4, 5):
        run = Run("--watch", "inbox2", "--resume", "inbox2.ndjson", stdout=subprocess.DEVNULL)
        out = pathlib.Path("inbox2.ndjson")
        wait_for(lambda: out.exists() and out.read_bytes().count(b"\n") >= wanted)
        time.sleep(0.6)
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(timeout=AT_ONCE) == 0, run.process.stderr.read()
        paths = [path_of(line) for line in out.read_bytes().splitlines()]
        assert len(paths) == wanted and len(set(paths)) == min(wanted, 4), paths
        if wanted == 3:
            shutil.copyfile(SAMPLES / "front.jpg", "inbox2/3.jpg")
        else:  # a name used again, for a file that is older than the output
            shutil.copy2(SAMPLES / "front.jpg", "inbox2/new")
            os.rename("inbox2/new", "inbox2/1.jpg")


def folder_goes():
    os.mkdir("inbox3")
    run = Run("--watch", "inbox3")
    time.sleep(0.3)
    os.rmdir("inbox3")
    out, err = run.process.communicate(timeout=AT_ONCE)
    assert run.process.returncode == 4 and out == b"" and err.count(b"\n") == 1, err
    Run("--watch", "no-such-folder").process.wait(timeout=AT_ONCE)


def stream():
    texts = expected_texts()
    front, turned, empty = ((SAMPLES / n).read_bytes()
                            for n in ("front.jpg", "turned.jpg", "no-symbol.jpg"))
    run = Live("--stream", stdin=subprocess.PIPE)
    run.process.stdin.write(front * 5 + empty + turned * 5 + b"\r\n" + front)
    run.process.stdin.flush()
    run.expect(2)
    got = {line["symbol"]["text"] for line in run.lines}
    assert got == {texts["front.jpg"][0], texts["turned.jpg"][0]}, got
    assert all(line["source"].keys() == {"frame"} for line in run.lines), run.lines
    time.sleep(6.2)  # long enough away to be told again
    run.process.stdin.write(turned)
    run.process.stdin.flush()
    assert run.expect(3)["source"] == {"frame": 13}
    run.process.stdin.close()
    assert run.process.wait(timeout=AT_ONCE) == 0
    run.expect_alone()
    run = Live("--stream", stdin=subprocess.PIPE)
    run.process.stdin.write(front)
    run.process.stdin.flush()
    run.expect(1)
    run.stop(signal.SIGINT, 0)


def stream_from_file():
    frames = (SAMPLES / "front.jpg").read_bytes() * 3
    pathlib.Path("frames").write_bytes(b"garbage\xff\xd8P5" + frames + frames[:5000])
    with open("frames", "rb") as file:
        out = Run("--stream", stdin=file).finish(0)
    assert out.count(b"\n") == 1, out


def self_test():
    out = Run("--self-test").finish(0).splitlines()
    assert len(out) >= 15 and all(line.startswith(b"held") for line in out), out


TESTS = (
    ("mixed inputs, a line for every page, in order, in little memory", one_process),
    ("several processes say what one says", several_processes),
    ("unordered, the same lines", unordered),
    ("a hundred thousand names in constant memory", flat_memory),
    ("killed at any moment and resumed: the same file", killed),
    ("killed, unordered, resumed: the same lines", killed_unordered),
    ("names that come twice, resumed", named_twice),
    ("two runs on one file", two_at_once),
    ("signals end it, and all its processes", stopped_by_signals),
    ("a reader that goes away", reader_goes_away),
    ("a full disk", full_disk),
    ("a pipe as -", standard_input),
    ("--watch: halves, moved in, removed, hidden", watched_folder),
    ("--watch --resume: nothing twice", watched_and_resumed),
    ("--watch: the folder goes", folder_goes),
    ("--stream: each card once", stream),
    ("--stream from a file, with garbage", stream_from_file),
    ("--self-test: the cage bites", self_test),
)


def clean_up():
    while Run.started:
        Run.started.pop().clean_up()


if __name__ == "__main__":
    sys.exit(run_all(TESTS, PROGRAM, "cccd-scan", clean_up))
