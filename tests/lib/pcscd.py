#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A real pcscd with virtual readers, private to one test: in namespaces of its own, with nothing of
the machine's own service touched and no port open to others. Needs Debian's pcscd and
vsmartcard-vpcd.

In a script: enter() first of all, which runs the script once more inside; then Pcscd() and Card().
From a shell: pcscd.py [--card PROGRAM]... -- COMMAND [ARGUMENT]...
Each PROGRAM is started as a card, with its port in VPCD_PORT; then the command, whose exit status
is kept; everything is killed at the end."""
import argparse
import fcntl
import os
import pathlib
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

DAEMON = "/usr/sbin/pcscd"
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
SOCKET = pathlib.Path("/run/pcscd/pcscd.comm")
INSIDE = "CCCD_PCSCD_INSIDE"
FIRST_PORT, SLOTS = 0x8C7B, 2  # each entry of the driver has two slots, on ports that follow
SECONDS = 20  # for whatever should happen soon
ATR = bytes.fromhex("3B80800101")  # contactless, no historical bytes


def skip(reason):
    print(f"1..0 # SKIP {reason}", flush=True)
    sys.exit(0)


def namespaces():
    """The command that gives namespaces of one's own; None where they are not to be had."""
    private = ["-m", "-n", "-p", "-f", "--kill-child"]
    for options in (["--mount-proc"], [], ["-U", "-r", "--mount-proc"], ["-U", "-r"]):
        command = ["unshare", *options, *private]
        trial = "mount -t tmpfs tmpfs /run"
        if subprocess.run([*command, "sh", "-c", trial], capture_output=True,
                          check=False).returncode == 0:
            return command
    return None


def enter():
    """Returns inside of the namespaces; says SKIP and ends where that cannot be."""
    if os.environ.get(INSIDE):
        make_home()
        return
    for needed, package in ((DAEMON, "pcscd"), (DRIVER, "vsmartcard-vpcd")):
        if not os.access(needed, os.R_OK):
            skip(f"{package} is not installed")
    if not shutil.which("unshare"):
        skip("unshare (util-linux) is not in PATH")
    command = namespaces()
    if command is None:
        skip("no mount and network namespaces are to be had here")
    os.environ[INSIDE] = "1"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def make_home():
    """/run is empty and private, and the loopback device works."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        flags = struct.pack("16sh14x", b"lo", 0x41)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, flags)  # SIOCSIFFLAGS


def wait_until(condition, what, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} seconds: no {what}")
        time.sleep(0.01)


def listens(port):
    """Is a server on that port? Asked of the kernel: to connect would make a card of us."""
    lines = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
    lines += pathlib.Path("/proc/net/tcp6").read_text().splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
               for line in lines)


class Pcscd:
    """The service with `slots` readers (an even number); ports[i] is where the i-th one's card
    connects to. With a Stage (stage.py), its USB readers in their place."""

    def __init__(self, slots=2, stage=None):
        self.stage = stage
        self.environment = dict(os.environ, **(stage.set() if stage else {}))
        self.ports = [reader.port for reader in stage] if stage else [
            FIRST_PORT + i for i in range(slots)]
        self.folder = tempfile.TemporaryDirectory(prefix="pcscd.", dir="/run")
        for number, port in enumerate([] if stage else self.ports[::SLOTS]):
            (pathlib.Path(self.folder.name) / f"vpcd{number}").write_text(
                f'FRIENDLYNAME "Virtual Reader {"ABCDEFGH"[number]}"\n'
                f"DEVICENAME /dev/null:0x{port:X}\nLIBPATH {DRIVER}\nCHANNELID 0x{port:X}\n")
        self.process = None
        self.start()

    def start(self):
        SOCKET.parent.mkdir(exist_ok=True)
        self.log = open(pathlib.Path(self.folder.name).parent / "pcscd.log", "ab")
        self.process = subprocess.Popen([DAEMON, "-f", "-i", "-c", self.folder.name],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        env=self.environment)
        awaited = self.ports if self.stage is None else [
            reader.port for reader in self.stage if reader.plugged]
        wait_until(lambda: SOCKET.exists() and all(map(listens, awaited)),
                   "pcscd with its readers")

    def stop(self, how=signal.SIGTERM):
        """SIGKILL: as if it crashed, with its socket left behind."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:  # a driver that waits for its card
                self.process.kill()
                self.process.wait()
            self.log.close()
        self.process = None
        if how != signal.SIGKILL:
            for left in SOCKET.parent.glob("*"):
                left.unlink()

    def close(self):
        self.stop()
        self.folder.cleanup()
        if self.stage:
            self.stage.clear()


MUTE, GONE = object(), object()  # for Card: says nothing any more; is taken away


class Card:
    """A card with a fixed ATR whose answers a function gives: answer(n, apdu) of the n-th command
    since it was laid down gives bytes, MUTE or GONE."""

    def __init__(self, port, answer=lambda n, apdu: b"\x90\x00", atr=ATR):
        self.answer, self.atr = answer, atr
        self.commands, self.powered, self.resets = 0, 0, 0
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.settimeout(None)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _take(self, length):
        taken = b""
        while len(taken) < length:
            # Else the kernel waits 40 ms for something to send the acknowledgement with.
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = self.socket.recv(length - len(taken))
            if not piece:
                raise EOFError
            taken += piece
        return taken

    def _serve(self):
        try:
            while True:
                body = self._take(struct.unpack(">H", self._take(2))[0])
                answer = self._control(body[0]) if len(body) == 1 else self._command(body)
                if answer is GONE:
                    break
                if answer is not None:
                    self.socket.sendall(struct.pack(">H", len(answer)) + answer)
        except (EOFError, OSError):
            pass
        self.socket.close()

    def _control(self, code):
        self.powered += code == 1
        self.resets += code == 2
        return self.atr if code == 4 else None

    def _command(self, apdu):
        self.commands += 1
        answer = self.answer(self.commands, apdu)
        return None if answer is MUTE else answer

    def remove(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(SECONDS)


def start_card(command, port):
    """Any program as the card."""
    return subprocess.Popen(command, env=dict(os.environ, VPCD_PORT=str(port)),
                            stdin=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--card", action="append", default=[], metavar="PROGRAM",
                        help="with its arguments, as a shell would split them")
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    enter()
    service = Pcscd(max(2, len(args.card) + len(args.card) % 2))
    cards = [start_card(shlex.split(card), port) for card, port in zip(args.card, service.ports)]
    if cards:
        time.sleep(1.5)  # the service looks for cards now and then
    try:
        status = subprocess.run(args.command, check=False).returncode
    finally:
        for card in cards:
            card.kill()
        service.close()
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
