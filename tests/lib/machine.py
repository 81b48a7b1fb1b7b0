# SPDX-License-Identifier: MIT
"""Made-up trees of /sys, /proc, /etc and /usr that stand for machines with card readers, and a
service that answers every call alike. A tree is sound until something is changed in it."""
import os
import pathlib
import shutil
import socket
import struct
import tempfile
import threading

CCID, ACS = "ifd-ccid.bundle", "ifd-acsccid.bundle"
ACR122U = {"idVendor": "072f", "idProduct": "2200", "bcdDevice": "0214",
           "manufacturer": "ACS", "product": "ACR122U PICC Interface"}
ACR1252U = {"idVendor": "072f", "idProduct": "223b", "bcdDevice": "0104",
            "manufacturer": "ACS", "product": "ACR1252 Dual Reader", "serial": "RR552-027519"}
TOO_NEW = {"idVendor": "1234", "idProduct": "abcd", "bcdDevice": "0100",
           "manufacturer": "Invented", "product": "Contactless 9000"}
RC_S380 = {"idVendor": "054c", "idProduct": "06c3", "bcdDevice": "0111",
           "manufacturer": "SONY", "product": "RC-S380/P"}
PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
  <key>CFBundleShortVersionString</key> <string>{version}</string>
  <key>ifdVendorID</key> <array>{vendors}</array>
  <key>ifdProductID</key> <array>{products}</array>
</dict></plist>
"""


class Machine:
    """A plain computer with pcscd and libccid, and no reader yet. It lies in /run, which is the
    test's own (pcscd.py)."""

    def __init__(self):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="machine.", dir="/run"))
        self.devices = 0
        self.listener = None
        self.write("sys/bus/usb/devices/usb1/idVendor", "1d6b")
        self.write("usr/sbin/pcscd", "")
        self.write("proc/modules", "usbcore 290816 3 xhci_hcd,xhci_pci, Live 0x0000000000000000\n")
        self.write("proc/cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro quiet\n")
        self.write("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n")
        self.write("sys/class/dmi/id/sys_vendor", "Dell Inc.\n")
        self.write("sys/class/dmi/id/product_name", "OptiPlex 3080\n")
        self.write("var/lib/dpkg/status", "Package: pcsc-tools\nVersion: 1.6.2-1\n\n"
                   "Package: pcscd\nStatus: install ok installed\nVersion: 1.9.9-2\n\n"
                   "Package: zstd\nVersion: 1.5.4\n")
        self.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"
                   "pcscd:x:990:990::/nonexistent:/usr/sbin/nologin\n")
        self.write("etc/group", "root:x:0:\nplugdev:x:46:clerk\npcscd:x:990:\nusb:x:77:pcscd\n")
        self.folder("run/systemd/system")
        self.write("usr/lib/systemd/system/pcscd.socket", "[Socket]\n")
        self.write("usr/lib/systemd/system/pcscd.service", "[Service]\nExecStart=/usr/sbin/pcscd\n")
        self.link("etc/systemd/system/sockets.target.wants/pcscd.socket",
                  "/usr/lib/systemd/system/pcscd.socket")
        self.driver(CCID, "1.5.2", (ACR122U, ACR1252U))

    def path(self, name):
        return self.top / name

    def folder(self, name):
        self.path(name).mkdir(parents=True, exist_ok=True)

    def write(self, name, text):
        self.folder(pathlib.Path(name).parent)
        self.path(name).write_text(text)

    def link(self, name, target):
        self.folder(pathlib.Path(name).parent)
        if self.path(name).is_symlink() or self.path(name).exists():
            self.remove(name)
        self.path(name).symlink_to(target)

    def remove(self, name):
        path = self.path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

    def driver(self, bundle, version, devices):
        def strings(key):
            return "".join(f"<string>0x{d[key].upper()}</string>\n" for d in devices)
        self.write(f"usr/lib/pcsc/drivers/{bundle}/Contents/Info.plist",
                   PLIST.format(version=version, vendors=strings("idVendor"),
                                products=strings("idProduct")))

    def plug(self, device, smart_card=True, kernel_driver="usbfs", power="on", mode=0o664):
        """A reader on USB; its place in sysfs."""
        self.devices += 1
        number = self.devices + 4
        place = f"sys/bus/usb/devices/1-{self.devices}"
        for name, value in dict(device, busnum="1", devnum=str(number)).items():
            self.write(f"{place}/{name}", value + "\n")
        self.write(f"{place}/power/control", power + "\n")
        self.write(f"{place}/power/runtime_status", "active\n")
        interface = f"{place}:1.0"
        self.write(f"{interface}/bInterfaceClass", "0b\n" if smart_card else "ff\n")
        if kernel_driver:
            self.folder(f"sys/bus/usb/drivers/{kernel_driver}")
            self.link(f"{interface}/driver", f"../../../../bus/usb/drivers/{kernel_driver}")
        node = f"dev/bus/usb/001/{number:03}"
        self.write(node, "")
        self.path(node).chmod(mode)
        return place

    def listen(self):
        """As if the service were reachable."""
        self.folder("run/pcscd")
        self.listener = socket.socket(socket.AF_UNIX)
        here = os.getcwd()
        os.chdir(self.path("run/pcscd"))  # the name of a socket may not be long
        try:
            self.listener.bind("pcscd.comm")
            os.chmod("pcscd.comm", 0o666)
        finally:
            os.chdir(here)
        self.listener.listen()

    def leave_socket(self):
        """As if the service had ended without a word."""
        self.listen()
        self.listener.close()

    def close(self):
        if self.listener is not None:
            self.listener.close()
        shutil.rmtree(self.top, ignore_errors=True)


VERSION, ESTABLISH = 0x11, 0x01  # commands of pcsc-lite's own protocol
OK = 0


class Service:
    """In the place of pcscd: greets every client with `version`, and answers its wish for a context
    with `context`, both codes of PC/SC. None: says nothing at all."""

    def __init__(self, path, version=OK, context=OK):
        self.answers = {VERSION: version, ESTABLISH: context}
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        os.chmod(path, 0o666)
        self.path = pathlib.Path(path)
        self.socket.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with client:
            while True:
                header = client.recv(8, socket.MSG_WAITALL)
                if len(header) < 8:
                    return
                size, command = struct.unpack("=II", header)
                body = client.recv(size, socket.MSG_WAITALL)
                answer = self.answers.get(command, OK)
                if answer is not None:  # the last four bytes are for the code
                    client.sendall(body[:-4] + struct.pack("=I", answer))

    def close(self):
        self.socket.close()
        self.path.unlink(missing_ok=True)
