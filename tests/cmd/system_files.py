#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What make install-system installs is what udev, modprobe and polkit understand, and the doctor's
commands come to the same. Output is TAP."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from script import run_all  # noqa: E402

TOP = pathlib.Path(os.environ["CCCD_TOP"])
SYSTEM = TOP / "scripts/system"
FILES = {"udev/rules.d/93-cccd-readers.rules", "modprobe.d/cccd-no-nfc.conf",
         "polkit-1/rules.d/50-cccd-readers.rules"}
MODULES = {"nfc", "pn533", "pn533_usb", "port100"}
PLAIN = {"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60,
                          check=False, env=PLAIN, **more)


def commands_of(code):
    """What the doctor proposes for a finding."""
    for line in run("cccd-chip", "--list-checks", "--lang", "en").stdout.splitlines():
        cells = line.split("\t")
        if cells[:2] == ["finding", code]:
            return "\n".join(cells[7:])
    raise AssertionError(f"there is no finding {code}")


def carried_out(code, account="nobody"):
    """{path below /etc: content} after the commands of that finding, where sudo only writes."""
    folder = pathlib.Path("as-if").absolute()
    shutil.rmtree(folder, ignore_errors=True)
    for name in FILES:
        (folder / "etc" / name).parent.mkdir(parents=True, exist_ok=True)
    script = 'sudo() { case $1 in tee) tee "$ROOT$2" >/dev/null ;; esac; }\n' + \
        commands_of(code).replace("{account}", account)
    done = subprocess.run(["sh", "-euc", script], env={**PLAIN, "ROOT": str(folder)}, check=False,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done
    return {str(p.relative_to(folder / "etc")): p.read_text()
            for p in (folder / "etc").rglob("*") if p.is_file()}


def installing():
    root = pathlib.Path("root").absolute()
    make = ["make", "-s", "-C", TOP, f"DESTDIR={root}", f"BUILD={os.environ['CCCD_BUILD']}"]
    for more, etc in (([], "etc"), (["SYSCONFDIR=/opt/etc", "PREFIX=/opt"], "opt/etc")):
        done = run(*make, *more, "install-system")
        assert done.returncode == 0, done.stderr
        there = {str(p.relative_to(root / etc)): p for p in root.rglob("*") if p.is_file()}
        assert set(there) == FILES, there
        for path in there.values():
            assert path.stat().st_mode & 0o7777 == 0o644, path
            assert path.read_text() == (SYSTEM / path.name).read_text()
        done = run(*make, *more, "uninstall-system")
        assert done.returncode == 0, done.stderr
        assert not [p for p in root.rglob("*") if p.is_file()]


# ---- udev ----

PAIR = re.compile(r'(\w+(?:\{[^}]*\})?)(==|!=|\+=|:=|=)"((?:[^"\\]|\\.)*)"\s*(?:,\s*|$)')


def fits(pattern, value):
    """udev's patterns: *, ? and alternatives."""
    parts = [re.escape(p).replace(r"\*", ".*").replace(r"\?", ".") for p in pattern.split("|")]
    return any(re.fullmatch(p, value) for p in parts)


def assigned(rules, device):
    """What udev would assign: enough of its language for these files."""
    found, goto = {}, None
    for line in rules.splitlines():
        pairs = PAIR.findall(line)
        if not pairs or line.startswith("#"):
            continue
        if goto is not None:
            if ("LABEL", "=", goto) in pairs:
                goto = None
            continue
        tests = [(k, op, v) for k, op, v in pairs if op in ("==", "!=")]
        if all(fits(v, device.get(k, "")) == (op == "==") for k, op, v in tests):
            for key, _, value in (p for p in pairs if p not in tests):
                if key == "GOTO":
                    goto = value
                elif key != "LABEL":
                    found[key] = value
    assert goto is None, f"there is no label {goto}"
    return found


READER = {"ACTION": "add", "SUBSYSTEM": "usb", "ENV{DEVTYPE}": "usb_device",
          "ENV{ID_USB_INTERFACES}": ":0b0000:", "ATTR{idVendor}": "04e6",
          "ATTR{idProduct}": "5790", "TEST": "power/control"}
GIVEN = {"GROUP": "pcscd", "MODE": "0660"}


def udev_meaning():
    rules = (SYSTEM / "93-cccd-readers.rules").read_text()
    awake = {**GIVEN, "ATTR{power/control}": "on"}
    keyboard = {**READER, "ENV{ID_USB_INTERFACES}": ":030101:", "ATTR{idVendor}": "046d"}
    assert assigned(rules, READER) == awake
    assert assigned(rules, {**READER, "ENV{ID_USB_INTERFACES}": ":030101:0b0000:"}) == awake
    assert assigned(rules, {**READER, "ACTION": "change"}) == awake
    assert assigned(rules, {**keyboard, "ATTR{idVendor}": "072f",
                            "ATTR{idProduct}": "2200"}) == awake
    assert assigned(rules, {**READER, "TEST": ""}) == GIVEN
    assert assigned(rules, keyboard) == {}
    assert assigned(rules, {**READER, "ACTION": "remove"}) == {}
    assert assigned(rules, {**READER, "ENV{DEVTYPE}": "usb_interface"}) == {}
    assert assigned(rules, {**READER, "SUBSYSTEM": "block"}) == {}
    by_hand = carried_out("device_node_forbidden")
    assert set(by_hand) == {"udev/rules.d/93-cccd-readers.rules"}, by_hand
    by_hand = by_hand.popitem()[1]
    assert assigned(by_hand, READER) == GIVEN
    assert assigned(by_hand, keyboard) == {}


def udev_says(rules):
    """udevadm's words about a rules file, from a namespace where it is the only one of ours."""
    pathlib.Path("93-test.rules").write_text(rules)
    done = run("unshare", "-Urm", "sh", "-c",
               "mount -t tmpfs none /run && mkdir -p /run/udev/rules.d && "
               "cp 93-test.rules /run/udev/rules.d && udevadm test /sys/class/mem/null")
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if "93-test.rules" in line]


def can_ask_udev():
    return any("Reading rules file" in line for line in udev_says("# nothing\n"))


def udev_syntax():
    for rules in ((SYSTEM / "93-cccd-readers.rules").read_text(),
                  carried_out("device_node_forbidden").popitem()[1]):
        said = udev_says(rules)
        assert [line for line in said if "Reading rules file" in line], said
        # a machine where the service runs as root has no such group
        bad = [line for line in said
               if "Reading rules file" not in line and "Unknown group 'pcscd'" not in line]
        assert not bad, bad
    assert len(udev_says('SUBSYSTEM=="usb", GROPU="x"\n')) > 1  # it would complain


# ---- modprobe and polkit ----

def forbidden(path):
    done = run("modprobe", "-C", path, "--showconfig")
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"^blacklist (\S+)$", done.stdout, re.MULTILINE))


def modprobe():
    assert forbidden(SYSTEM / "cccd-no-nfc.conf") == MODULES
    for code in ("kernel_holds_reader", "kernel_may_hold_reader"):
        by_hand = carried_out(code)
        assert set(by_hand) == {"modprobe.d/cccd-no-nfc.conf"}, by_hand
        pathlib.Path("by-hand.conf").write_text(by_hand.popitem()[1])
        assert forbidden("by-hand.conf") == MODULES


ASK = """
const rules = [];
const polkit = { Result: { YES: "yes" }, addRule(rule) { rules.push(rule); } };
eval(require("fs").readFileSync(0, "utf8"));
const answers = [];
for (const id of ["org.debian.pcsc-lite.access_pcsc", "org.debian.pcsc-lite.access_card",
                  "org.freedesktop.login1.reboot", "x.org.debian.pcsc-lite.access_card"])
    for (const group of ["cccd", "users"])
        answers.push(rules[0]({ id }, { isInGroup: (g) => g === group }) ?? null);
console.log(JSON.stringify([rules.length, answers]));
"""


def polkit_answers(rule):
    done = run("node", "-e", ASK, input=rule)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def polkit():
    expected = [1, ["yes", None, "yes", None, None, None, None, None]]
    assert polkit_answers((SYSTEM / "50-cccd-readers.rules").read_text()) == expected
    for code in ("service_refuses", "service_refuses_remote"):
        by_hand = carried_out(code)
        assert set(by_hand) == {"polkit-1/rules.d/50-cccd-readers.rules"}, by_hand
        assert polkit_answers(by_hand.popitem()[1]) == expected


def when(there, name, test, what):
    return (name, test) if there else (f"{name} # SKIP {what}", lambda: None)


def have(tool):
    return shutil.which(tool, path=PLAIN["PATH"]) is not None


def main():
    tests = [("files are installed where they belong, and removed again", installing),
             ("the udev rule means readers and nothing else", udev_meaning),
             when(have("udevadm") and can_ask_udev(), "udev understands the rule", udev_syntax,
                  "udevadm cannot be asked here"),
             when(have("modprobe"), "modprobe understands the list", modprobe, "no modprobe"),
             when(have("node"), "the polkit rule allows the group and nobody else", polkit,
                  "no node to evaluate it")]
    sys.exit(run_all(tests, shutil.which("cccd-chip"), "cccd-chip"))


main()
