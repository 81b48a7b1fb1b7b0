# SPDX-License-Identifier: MIT
"""USB readers that are plugged in and out, for a Pcscd of one's own (pcscd.py): the real pcscd and
the real libudev see a /sys of ours and the events of ours, load build/tests/ifd_stage.so for each
reader, and behind that one Debian's libifdvpcd.so waits for a card. Nothing of it is seen outside
of the test's namespaces.

    stage = Stage([StagedReader(), StagedReader(vendor="ACS", ids=(0x072F, 0x2200))])
    service = Pcscd(stage=stage)
    one = stage[0]                      # one.name as PC/SC tells it; one.port for Card, start_card
    one.short().tells_longest(0)        # what it does from now on; each gives the reader back
    one.unplug(); one.plug()            # with the event that the kernel would send
    one.obey()                          # as in the beginning: an ordinary reader

Before the first Pcscd with a stage, /sys and /usr/lib/pcsc/drivers are covered with empty folders;
a test may put more into both (SYS, DRIVERS)."""
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time

from pcscd import listens, wait_until

DRIVERS = pathlib.Path("/usr/lib/pcsc/drivers")
SYS = pathlib.Path("/sys")
BUNDLE = DRIVERS / "cccd-stage.bundle"
BUS = SYS / "devices/pci0000:00/0000:00:14.0/usb1"
FIRST_PORT = 0x9C7B

# ifdhandler.h
COMMUNICATION_ERROR, RESPONSE_TIMEOUT, NOT_PRESENT, NO_SUCH_DEVICE = 612, 613, 616, 617
# reader.h: attributes, features, properties
VENDOR_NAME, VENDOR_VERSION, VENDOR_SERIAL = 0x10100, 0x10102, 0x10103
GET_TLV_PROPERTIES, CCID_ESC_COMMAND = 0x12, 0x13
PROPERTIES_CODE, ESCAPE_CODE = 0x42330012, 0x42000001  # control codes, as libccid has them
LONGEST, VENDOR_ID, PRODUCT_ID = 10, 11, 12

PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key>
<string>ifd_stage.so</string>
<key>ifdVendorID</key>
<array>{}
</array>
<key>ifdProductID</key>
<array>{}
</array>
<key>ifdFriendlyName</key>
<array>{}
</array>
</dict></plist>
"""


def strings(values):
    return "".join(f"\n<string>{value}</string>" for value in values)


# ---- what libudev is told ----

def murmur(text):
    """MurmurHash2 with the seed 0: by it, the listeners' filters know subsystem and type."""
    data, m = text.encode(), 0x5BD1E995
    h = len(data)
    for at in range(0, len(data) & ~3, 4):
        k = struct.unpack_from("<I", data, at)[0] * m & 0xFFFFFFFF
        h = h * m & 0xFFFFFFFF ^ (k ^ k >> 24) * m & 0xFFFFFFFF
    rest = data[len(data) & ~3:]
    if rest:
        h = (h ^ int.from_bytes(rest, "little")) * m & 0xFFFFFFFF
    h = (h ^ h >> 13) * m & 0xFFFFFFFF
    return h ^ h >> 15


def send_event(action, path, kind, number):
    """As systemd-udevd tells it on: systemd, src/libsystemd/sd-device/device-monitor.c."""
    body = "".join(f"{key}={value}\0" for key, value in (
        ("ACTION", action), ("DEVPATH", f"/{path.relative_to(SYS)}"), ("SUBSYSTEM", "usb"),
        ("DEVTYPE", kind), ("SEQNUM", number), ("USEC_INITIALIZED", 1))).encode()
    head = struct.pack("=8s", b"libudev") + struct.pack(">I", 0xFEEDCAFE) + struct.pack(
        "=III", 40, 40, len(body)) + struct.pack(">IIII", murmur("usb"), murmur(kind), 0, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15) as out:  # KOBJECT_UEVENT
        out.sendto(head + body, (0, 2))  # the group of udev's listeners


class StagedReader:
    """One reader. `name` as its driver's Info.plist has it; `attributes`, what it tells at first."""

    def __init__(self, name="Staged Reader", ids=(0x1209, 0xCCCD), vendor=None, serial=None,
                 version=None, plugged=True):
        self.friendly, self.ids, self.plugged = name, ids, plugged
        self.told = (vendor, serial, version)
        self.number = self.folder = self.port = None
        self.lines, self.lock = [], threading.Lock()
        self.awaited = None  # the command at which it will be unplugged

    def place(self, folder, number):
        """Its folder, before the service begins."""
        self.number, self.port = number, FIRST_PORT + 2 * number  # the driver knows two slots
        self.folder = folder / f"{number + 1:03}"
        self.folder.mkdir()
        shutil.copy(DRIVERS / "serial/libifdvpcd.so", self.folder / "driver.so")
        self.obey()
        if self.plugged:
            self.appear()

    @property
    def name(self):
        """As the service lists it while all that were plugged in at first are there."""
        return f"{self.friendly} {self.number:02X} 00"

    # ---- its script: see ifd_stage.c ----

    def write(self):
        text = "".join(f"{line}\n" for line in (f"port {self.port}", *self.lines))
        new = self.folder / "script.new"
        new.write_text(text)
        new.rename(self.folder / "script")  # never half of it
        return self

    def line(self, *words):
        with self.lock:
            self.lines.append(" ".join(map(str, words)))
            return self.write()

    def drop(self, word):
        with self.lock:
            self.lines = [line for line in self.lines if line.split()[0] != word]
            return self.write()

    def obey(self):
        """An ordinary reader again, which tells what it was made with; no unplug_at() is left."""
        with self.lock:
            self.lines, self.awaited = [], None
            self.write()
        vendor, serial, version = self.told
        for tag, text in ((VENDOR_NAME, vendor), (VENDOR_SERIAL, serial)):
            if text is not None:
                self.says(tag, text)
        return self.says(VENDOR_VERSION, version) if version else self

    def says(self, tag, value):
        """An attribute: text, bytes, or (major, minor, build); b"" is one that it does not have."""
        if isinstance(value, tuple):
            value = struct.pack("<HBB", value[2], value[1], value[0])
        data = value.encode() + b"\0" if isinstance(value, str) else value
        return self.line("attribute", hex(tag), data.hex())

    def tells(self, **properties):
        """FEATURE_GET_TLV_PROPERTIES: longest (dwMaxAPDUDataSize), vendor_id, product_id."""
        known = {"longest": (LONGEST, "<I"), "vendor_id": (VENDOR_ID, "<H"),
                 "product_id": (PRODUCT_ID, "<H")}
        data = b""
        for name, value in properties.items():
            tag, form = known[name]
            packed = struct.pack(form, value)
            data += bytes([tag, len(packed)]) + packed
        self.line("feature", hex(GET_TLV_PROPERTIES), hex(PROPERTIES_CODE))
        return self.control(PROPERTIES_CODE, data)

    def escape(self, answers):
        """FEATURE_CCID_ESC_COMMAND: {command: answer}, both bytes; None as command: any."""
        self.line("feature", hex(CCID_ESC_COMMAND), hex(ESCAPE_CODE))
        for command, answer in answers.items():
            self.control(ESCAPE_CODE, answer, command)
        return self

    def control(self, code, answer, command=None):
        """SCardControl(); of several that fit the first holds."""
        return self.line("control", hex(code), "*" if command is None else command.hex(),
                         answer.hex())

    def mute(self, on=True):
        """The card that lies there gets no power."""
        return self.line("mute") if on else self.drop("mute")

    def short(self):
        """Refuses commands of extended length."""
        return self.line("short")

    def longest(self, n):
        """Refuses commands and answers of more bytes."""
        return self.line("longest", n)

    def fail(self, n, code=COMMUNICATION_ERROR):
        """The n-th command from now on (from 1) is answered with this code of ifdhandler.h."""
        return self.line("fail", self.commands() + n, code)

    def slow(self, ms, n=None):
        """The n-th command from now on, or every one."""
        return self.line("slow", 0 if n is None else self.commands() + n, ms)

    # ---- what it did ----

    def log(self):
        """[(number, bytes, code, bytes of the answer)] of the commands since it was plugged in."""
        path = self.folder / "log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [tuple(map(int, line.split())) for line in lines]

    def commands(self):
        log = self.log()
        return log[-1][0] if log else 0

    # ---- the cable ----

    @property
    def device(self):
        return BUS / f"1-{self.number + 1}"

    def interface(self):
        return self.device / f"{self.device.name}:1.0"

    def appear(self):
        """In /sys."""
        vendor, product = self.ids
        at = f"{self.number + 1:03}"
        make_device(self.device, {
            "uevent": f"MAJOR=189\nMINOR={self.number}\nDEVNAME=bus/usb/001/{at}\n"
                      f"DEVTYPE=usb_device\nPRODUCT={vendor:x}/{product:x}/100\n",
            "idVendor": f"{vendor:04x}", "idProduct": f"{product:04x}", "bcdDevice": "0100",
            "busnum": "1", "devnum": str(self.number + 1), "manufacturer": self.told[0] or "Stage",
            "product": self.friendly, "bDeviceClass": "00", "power/control": "on"})
        make_device(self.interface(), {
            "uevent": "DEVTYPE=usb_interface\n", "bInterfaceNumber": "00", "bInterfaceClass": "0b"})

    def disappear(self):
        for path in (self.interface(), self.device):
            (SYS / "bus/usb/devices" / path.name).unlink(missing_ok=True)
        shutil.rmtree(self.device, ignore_errors=True)

    def tell_udev(self, action):
        send_event(action, self.interface(), "usb_interface", time.monotonic_ns())

    def unplug(self, notice=0.1):
        """Its driver finds that it is gone; `notice` seconds later the kernel tells of it. None:
        never does, as with a reader that hangs."""
        self.line("unplugged")
        self.plugged = False
        if notice is not None:
            time.sleep(notice)
            self.disappear()
            self.tell_udev("remove")
        return self

    def unplug_at(self, n, notice=0.1):
        """In the n-th command from now on, which finds it gone. Gives the thread that tells the
        kernel; join() it."""
        at = self.awaited = self.commands() + n
        self.line("unplugged_from", at)

        def follow():
            while self.awaited == at and self.commands() < at:
                time.sleep(0.01)
            if self.awaited == at:
                self.unplug(notice)

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        return thread

    def plug(self):
        """In again: counted from 1, and as it was scripted otherwise. The card has to be laid on it
        again, since the connection to it is a new one.

        The service (1.9.9) takes up to two seconds until it has let go of a reader that was in use,
        and one that comes back before is a "Duplicate reader" and lost to it; so that is awaited."""
        wait_until(lambda: not listens(self.port), f"end of {self.name}")
        (self.folder / "log").unlink(missing_ok=True)
        self.awaited = None
        self.drop("unplugged_from").drop("unplugged")
        self.plugged = True
        self.appear()
        self.tell_udev("add")
        wait_until(lambda: listens(self.port), f"{self.name} in the service")
        return self


def make_device(path, files):
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text(text.rstrip("\n") + "\n")
    (path / "subsystem").symlink_to(SYS / "bus/usb")
    (SYS / "bus/usb/devices" / path.name).symlink_to(path)


class Stage:
    """The readers; Pcscd(stage=...) begins with them."""

    def __init__(self, readers=None, library=None):
        self.readers = readers or [StagedReader()]
        build = pathlib.Path(os.environ.get("CCCD_BUILD", "build"))
        self.library = pathlib.Path(library or build / "tests/ifd_stage.so").resolve()
        self.folder = None

    def __getitem__(self, i):
        return self.readers[i]

    def __iter__(self):
        return iter(self.readers)

    def set(self):
        """What the service needs, in the namespaces; gives its environment."""
        cover()
        self.folder = tempfile.TemporaryDirectory(prefix="stage.", dir="/run")
        (BUNDLE / "Contents/Linux").mkdir(parents=True, exist_ok=True)
        shutil.copy(self.library, BUNDLE / "Contents/Linux/ifd_stage.so")
        kinds = {reader.ids: reader.friendly for reader in self.readers}
        (BUNDLE / "Contents/Info.plist").write_text(PLIST.format(
            strings(f"0x{vendor:04X}" for vendor, _ in kinds),
            strings(f"0x{product:04X}" for _, product in kinds), strings(kinds.values())))
        for number, reader in enumerate(self.readers):
            reader.place(pathlib.Path(self.folder.name), number)
        return {"CCCD_STAGE": self.folder.name, "SYSTEMD_DEVICE_VERIFY_SYSFS": "0"}

    def clear(self):
        for reader in self.readers:
            reader.disappear()
        self.folder.cleanup()


def cover():
    """/sys and the drivers, once; Debian's virtual one stays."""
    if BUNDLE.parent.joinpath(".stage").exists():
        return
    virtual = (DRIVERS / "serial/libifdvpcd.so").read_bytes()
    for path in (DRIVERS, SYS):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(path)], check=True)
    (DRIVERS / "serial").mkdir()
    (DRIVERS / "serial/libifdvpcd.so").write_bytes(virtual)
    (DRIVERS / ".stage").touch()
    (SYS / "bus/usb/devices").mkdir(parents=True)
    BUS.mkdir(parents=True)
