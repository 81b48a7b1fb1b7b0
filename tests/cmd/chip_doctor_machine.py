#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip doctor on machines with one trouble each: a tree that stands for the machine, and the
real pcscd without readers, nobody, or a service that answers all calls alike. Each trouble must be
found, named first, and nothing else be found. Output is TAP."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chip  # noqa: E402
import machine  # noqa: E402
from machine import ACR122U, ACR1252U, ACS, RC_S380, TOO_NEW, Machine  # noqa: E402
from pcscd import Pcscd  # noqa: E402
from script import run_all  # noqa: E402

SECURITY_VIOLATION, SERVICE_STOPPED, INTERNAL_ERROR = 0x8010006A, 0x8010001E, 0x80100001
FOREIGN = 65534  # the account of nobody
UNLISTED = "reader_unlisted"  # what follows where the service has no reader, and nothing else is wrong
service = None  # the real one
tree = None


def ask(*options, env=None, **more):
    """The rows, and the exit status."""
    done = chip.run("doctor", "--sysroot", tree.top, "--format", "ndjson", *options,
                    env=dict(os.environ, **(env or {})), **more)
    rows = [line["doctor"] for line in done.lines]
    assert done.stderr == "" and len(rows) > 10, done.stderr
    return rows, done.status


def findings(rows, states=("warning", "trouble")):
    return [row["code"] for row in rows if row["state"] in states]


def expect(*codes, notes=(), env=None, **more):
    """These are found, in this order; each says what is wrong, why, and what to do."""
    rows, status = ask(env=env, **more)
    assert findings(rows) == list(codes), f"{findings(rows)}, not {list(codes)}"
    assert findings(rows, ("note",)) == list(notes), f"notes: {findings(rows, ('note',))}"
    assert status == (1 if codes else 0), f"exit status {status}"
    for row in rows:
        if row["state"] in ("note", "warning", "trouble"):
            for sentence in ("looks", "cause", "fix"):
                assert len(row[sentence]) > 8 and "0x8" not in row[sentence], row
        if row["state"] == "skipped":
            assert row.get("because") or row.get("reason"), row
    checks = list(dict.fromkeys(row["check"] for row in rows))
    assert checks == all_checks(), f"questions {checks}"
    return rows


def all_checks():
    listed = subprocess.run([chip.PROGRAM, "doctor", "--list-checks"], capture_output=True,
                            check=True, text=True).stdout
    return [line.split("\t")[1] for line in listed.splitlines() if line.startswith("check\t")]


def row_of(rows, code):
    return next(row for row in rows if row.get("code") == code)


# ---- the machine ----

def no_usb():
    tree.remove("sys/bus/usb")
    expect("usb_absent")


def no_usb_in(change, code, name):
    def test():
        tree.remove("sys/bus/usb")
        change()
        rows = expect(code)
        assert row_of(rows, code)["facts"].get("inside_of") == name, row_of(rows, code)
    return test


def no_reader():
    expect("reader_absent")


def foreign_reader():
    tree.plug(RC_S380, smart_card=False, kernel_driver="port100")
    expect("reader_without_driver", "kernel_holds_reader")


# ---- the kernel ----

def held_by_kernel():
    tree.plug(ACR122U, kernel_driver="pn533_usb")
    tree.write("proc/modules", "pn533_usb 20480 0 - Live 0x0\npn533 36864 1 pn533_usb, Live 0x0\n"
               "nfc 131072 1 pn533, Live 0x0\n")
    rows = expect("kernel_holds_reader")
    assert "modprobe -r" in " ".join(row_of(rows, "kernel_holds_reader")["commands"])


def may_be_held():
    tree.plug(ACR122U)
    tree.write("proc/modules", "pn533_usb 20480 0 - Live 0x0\n")
    expect("kernel_may_hold_reader", UNLISTED)


def forbidden_by(name, text):
    def test():
        tree.plug(ACR122U)
        tree.write("proc/modules", "pn533_usb 20480 0 - Live 0x0\n")
        tree.write(name, text)
        expect(UNLISTED)
    return test


def not_of_that_kind():
    tree.plug(ACR1252U)
    tree.write("proc/modules", "pn533_usb 20480 0 - Live 0x0\n")
    expect(UNLISTED)


def refused_by_the_driver():
    tree.plug(dict(ACR122U, bcdDevice="0203"))
    facts = row_of(expect(UNLISTED), UNLISTED)["facts"]
    assert facts["firmware"] == "2.03" and facts["sound_from"] == "2.06", facts


def sleeps():
    place = tree.plug(ACR1252U, power="auto")
    rows = expect(UNLISTED, notes=["usb_may_sleep"])
    assert row_of(rows, "usb_may_sleep")["commands"] == [
        f"echo on | sudo tee /{place}/power/control"], row_of(rows, "usb_may_sleep")


def no_node():
    tree.plug(ACR1252U)
    tree.remove("dev")
    expect("device_node_absent")


def service_of_its_own_account():
    tree.write("usr/lib/systemd/system/pcscd.service", "[Service]\nUser=pcscd\n")


def forbidden_node():
    tree.plug(ACR1252U, mode=0o644)
    service_of_its_own_account()
    expect("device_node_forbidden")


def node_for_all():
    tree.plug(ACR1252U, mode=0o666)
    service_of_its_own_account()
    expect(UNLISTED)


def node_for_its_group():
    tree.plug(ACR1252U, mode=0o660)
    service_of_its_own_account()
    try:
        os.chown(next(tree.path("dev/bus/usb/001").iterdir()), -1, 77)
    except OSError:  # one account only in this namespace
        tree.write("etc/group", "own:x:0:pcscd\n")
    expect(UNLISTED)


def running_account():
    """Whom it runs as counts more than what the unit says."""
    tree.plug(ACR1252U, mode=0o644)
    tree.write("proc/77/comm", "pcscd\n")
    tree.write("proc/77/stat", "77 (pcscd) S 1 77 77 0 -1")
    tree.write("proc/77/status", "Name:\tpcscd\nUid:\t990\t990\t990\t990\nGid:\t990\t990\t990\t990\n"
               "Groups:\t990\n")
    expect("device_node_forbidden")


# ---- drivers ----

def no_driver():
    tree.plug(ACR1252U)
    tree.remove("usr/lib/pcsc")
    rows = expect("driver_absent")
    assert any("libccid" in command for command in row_of(rows, "driver_absent")["commands"])


def another_driver_only():
    tree.plug(ACR1252U)
    tree.remove("usr/lib/pcsc")
    tree.driver(ACS, "1.1.8", (ACR122U,))
    expect("driver_absent")


def too_new():
    tree.plug(TOO_NEW)
    expect("driver_too_old")


def two_drivers():
    tree.plug(ACR122U)
    tree.driver(ACS, "1.1.8", (ACR122U,))
    rows = expect("driver_twice", UNLISTED)
    assert "1.5.2" in str(row_of(rows, "driver_twice")["facts"]), row_of(rows, "driver_twice")


def makers_driver():
    tree.plug(TOO_NEW)
    tree.driver(ACS, "1.1.8", (TOO_NEW,))
    expect(UNLISTED)


# ---- the service ----

def own_socket(name="run/pcscd/pcscd.comm"):
    return {"PCSCLITE_CSOCK_NAME": str(tree.path(name))}


def with_reader(code, *more, env=None, **options):
    tree.plug(ACR1252U)
    return expect(code, *more, env=env or own_socket(), **options)


def not_installed():
    tree.remove("usr/sbin/pcscd")
    with_reader("service_absent")


def masked():
    tree.link("etc/systemd/system/pcscd.socket", "/dev/null")
    with_reader("service_masked")


def masked_at_run_time():
    tree.link("run/systemd/system/pcscd.service", "/dev/null")
    with_reader("service_masked")


def disabled():
    tree.remove("etc/systemd/system/sockets.target.wants/pcscd.socket")
    with_reader("service_disabled", "service_not_running")


def not_running():
    with_reader("service_not_running")


def stale():
    tree.leave_socket()
    with_reader("service_socket_stale")


def forbidden():
    """To an account that may not connect; root may always."""
    tree.listen()
    tree.path("run/pcscd/pcscd.comm").chmod(0o600)
    try:
        os.chown(tree.path("run/pcscd/pcscd.comm"), 0, 0)
        tree.top.chmod(0o755)
        subprocess.run(["setpriv", "--reuid", str(FOREIGN), "--clear-groups",
                        chip.PROGRAM, "--version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return  # one account only in this namespace: there is nobody whom a socket refuses
    with_reader("service_socket_forbidden", user=FOREIGN, group=FOREIGN, extra_groups=[])


def answering(code, version=machine.OK, context=machine.OK, env=None):
    tree.folder("run/pcscd")
    short = pathlib.Path("/run/s")  # the name of a socket may not be long
    stand_in = machine.Service(short, version, context)
    tree.listen()
    try:
        return with_reader(code, env=dict({"PCSCLITE_CSOCK_NAME": str(short)}, **(env or {})))
    finally:
        stand_in.close()


def refused():
    facts = row_of(answering("service_refuses", context=SECURITY_VIOLATION), "service_refuses")["facts"]
    assert facts["answer"] == "SCARD_W_SECURITY_VIOLATION" and facts["rule"] == "none", facts


def refused_with_a_rule():
    tree.write("etc/polkit-1/rules.d/50-other.rules", 'action.id == "org.debian.pcsc-lite.access_pcsc"')
    facts = row_of(answering("service_refuses", context=SECURITY_VIOLATION), "service_refuses")["facts"]
    assert facts["rule"] == "present", facts


def refused_from_afar():
    answering("service_refuses_remote", context=SECURITY_VIOLATION,
              env={"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"})


def other_release():
    answering("service_protocol", version=SERVICE_STOPPED)


def failing():
    facts = row_of(answering("service_failed", context=INTERNAL_ERROR), "service_failed")["facts"]
    assert facts["code"] == "0x80100001" and facts["answer"] == "SCARD_F_INTERNAL_ERROR", facts


def silent():
    answering("service_silent", version=None)


# ---- what is no trouble ----

def hostile_tree():
    """What comes from the machine is text, whatever it holds."""
    tree.plug(dict(ACR1252U, product="\x1b[31m<b>'; rm -rf /\x00\xff", serial="x" * 5000))
    tree.write("proc/modules", "\n \n" + "m" * 100000 + "\n")
    tree.write("usr/lib/pcsc/drivers/x.bundle/Contents/Info.plist", "<key>ifdVendorID</key><array>")
    tree.write("var/lib/dpkg/status", "Package: pcscd")
    tree.link("etc/passwd", "/etc/passwd")  # leads to itself: not to the machine's own
    tree.link("etc/group", "../../../../../../etc/group")
    tree.folder("etc/modprobe.d")
    os.mkfifo(tree.path("etc/modprobe.d/pipe.conf"))
    expect(UNLISTED)


def no_tree():
    for path in ("/nonexistent", "/etc/passwd"):
        done = chip.run("doctor", "--sysroot", path, "--format", "ndjson")
        assert (done.status, done.lines) == (4, []) and path in done.stderr, done.stderr


def nothing_is_changed():
    tree.plug(ACR122U, kernel_driver="pn533_usb", power="auto")
    def state():
        return sorted((str(p), os.lstat(p).st_mtime_ns, os.lstat(p).st_mode)
                      for p in tree.top.rglob("*"))
    before = state()
    ask()
    assert state() == before


MACHINES = (
    ("no USB", no_usb),
    ("no USB: docker", no_usb_in(lambda: tree.write(".dockerenv", ""), "usb_container", "docker")),
    ("no USB: podman", no_usb_in(lambda: tree.write("run/.containerenv", ""), "usb_container",
                                 "podman")),
    ("no USB: systemd's word", no_usb_in(lambda: tree.write("run/systemd/container", "lxc\n"),
                                         "usb_container", "lxc")),
    ("no USB: the first process", no_usb_in(
        lambda: tree.write("proc/1/environ", "HOME=/\0container=lxc-libvirt\0"), "usb_container",
        "lxc-libvirt")),
    ("no USB: QEMU", no_usb_in(lambda: tree.write("sys/class/dmi/id/sys_vendor", "QEMU\n"),
                               "usb_vm", "QEMU")),
    ("no USB: VMware", no_usb_in(
        lambda: tree.write("sys/class/dmi/id/product_name", "VMware Virtual Platform\n"), "usb_vm",
        "VMware")),
    ("no USB: some hypervisor", no_usb_in(
        lambda: tree.write("proc/cpuinfo", "flags\t\t: fpu hypervisor lahf_lm\n"), "usb_vm",
        "hypervisor")),
    ("no USB: WSL", no_usb_in(
        lambda: tree.write("proc/sys/kernel/osrelease", "5.15.90.1-microsoft-standard-WSL2\n"),
        "usb_wsl", None)),
    ("no reader", no_reader),
    ("a reader of its own language", foreign_reader),
    ("the kernel holds the reader", held_by_kernel),
    ("the kernel may hold it", may_be_held),
    ("not when it is blacklisted", forbidden_by("etc/modprobe.d/x.conf", "blacklist pn533_usb\n")),
    ("not when it is installed as /bin/false",
     forbidden_by("usr/lib/modprobe.d/x.conf", "# no NFC\ninstall pn533_usb /bin/false\n")),
    ("not when the command line forbids it",
     forbidden_by("proc/cmdline", "ro modprobe.blacklist=nouveau,pn533_usb quiet\n")),
    ("still, when a comment forbids it", lambda: (
        tree.plug(ACR122U), tree.write("proc/modules", "pn533_usb 1 0 - Live\n"),
        tree.write("etc/modprobe.d/x.conf", "#blacklist pn533_usb\n"),
        expect("kernel_may_hold_reader", UNLISTED))),
    ("the kernel does not take every reader", not_of_that_kind),
    ("firmware that the driver refuses", refused_by_the_driver),
    ("autosuspend", sleeps),
    ("no device node", no_node),
    ("a device node that the service may not open", forbidden_node),
    ("a device node for all", node_for_all),
    ("a device node for the service's group", node_for_its_group),
    ("a device node, and the running service's account", running_account),
    ("no driver", no_driver),
    ("only a driver of another kind", another_driver_only),
    ("a reader newer than the driver", too_new),
    ("two drivers", two_drivers),
    ("the maker's driver", makers_driver),
    ("a tree of nonsense", hostile_tree),
    ("no tree", no_tree),
    ("nothing is changed", nothing_is_changed),
)

SERVICES = (
    ("no pcscd", not_installed),
    ("masked", masked),
    ("masked until the next start", masked_at_run_time),
    ("disabled", disabled),
    ("not running", not_running),
    ("a stale socket", stale),
    ("a forbidden socket", forbidden),
    ("polkit refuses", refused),
    ("polkit refuses, though there is a rule", refused_with_a_rule),
    ("polkit refuses one from afar", refused_from_afar),
    ("another release's protocol", other_release),
    ("the service fails", failing),
    ("the service is silent", silent),
)


def with_tree(test):
    def run():
        global tree
        tree = Machine()
        try:
            test()
        finally:
            tree.close()
    return run


def main():
    global service
    chip.enter()
    for name in ("SSH_CONNECTION", "SSH_TTY", "SNAP"):
        os.environ.pop(name, None)
    service = Pcscd(slots=0)
    try:
        return run_all([(title, with_tree(test)) for title, test in MACHINES + SERVICES],
                       chip.PROGRAM, "cccd-chip")
    finally:
        service.close()


if __name__ == "__main__":
    sys.exit(main())
