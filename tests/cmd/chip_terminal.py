#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# timeout: 240
"""cccd-chip and fingerprints, through the real pcscd: with certificates and a key they are read, and
without, or with wrong ones, they are not asked for. Output is TAP."""
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

TESTS_FOLDER = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS_FOLDER / "lib"), str(TESTS_FOLDER / "tools")]

import chip  # noqa: E402
import make_cv  # noqa: E402
from chip import CAN, NUMBER, ZONE, Desk, key_file, make, run, without  # noqa: E402
from make_cv import CVCA, DG3, DG4, DV, IS, Holder, issue  # noqa: E402
from pcscd import wait_until  # noqa: E402
from script import run_all  # noqa: E402

CARD = ("vietnam", "--picture-bytes", "3000", "--terminal-authentication", "ecdsa-sha256")
GUARDED = {"DG3": 0x83, "DG4": 0x84}  # P1 of READ BINARY by short identifier
SETTLE = 0.6
desk = None


def new_folder():
    return pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path.cwd()))


def lay(folder=None, *options):
    """Counts what the card is asked."""
    counts = new_folder() / "counts"
    desk.lay(0, folder or make(*CARD), f"--counts={counts}", *options)
    return counts


def take():
    time.sleep(SETTLE)
    desk.take(0)


def counted(counts):
    """So far; DG3 and DG4 are `guarded`."""
    counts.unlink(missing_ok=True)
    desk.cards[0].send_signal(signal.SIGUSR1)
    wait_until(counts.exists, "counts")
    return {k: int(v) for k, v in (line.split("=") for line in counts.read_text().splitlines())}


def terminal(folder):
    return ("--ta-chain", folder / "chain.cvcert", "--ta-key", folder / "VNTERM00001.key")


def own():
    return terminal(make(*CARD) / "ta")


def chain_of(*certificates, key):
    """In a file, for a key of one's own."""
    path = new_folder() / "chain"
    path.write_bytes(b"".join(certificates))
    return ("--ta-chain", path, "--ta-key", key)


def holders():
    """Of the authority that the card trusts, with the keys that make_chip.py left there."""
    folder = make(*CARD) / "ta"
    return [Holder(folder, name, key=folder / f"{name}.key")
            for name in ("VNCVCA00001", "VNDV00001", "VNTERM00001")]


def read(*args, key=CAN, **more):
    return run("read", "--lang", "en", "-k", key_file(key), *args, **more)


def files_of(line):
    return {f["file"]: f for f in line["files"]}


def proof_of(line):
    found = [p for p in line["proofs"] if p["proof"] == "terminal_authentication"]
    assert len(found) == 1, line["proofs"]
    return found[0]


def expect_fingers(out, line, names=("DG3", "DG4"), folder=None):
    for name in names:
        path = out / f"{name}.bin"
        content = ((folder or make(*CARD)) / name).read_bytes()
        assert path.read_bytes() == content, f"{name} is not the card's"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, oct(path.stat().st_mode)
        assert files_of(line)[name]["bytes"] == len(content), files_of(line)[name]


def expect_failure(done, code, detail=None):
    """All but fingers and eyes is there, and the person sees why."""
    done.expect(1, code)
    told = proof_of(done.chip)
    assert (told["result"], told.get("detail")) == (code, detail), told
    assert done.chip["record"]["id"] == NUMBER, done.chip
    for name in GUARDED:
        f = files_of(done.chip).get(name, {"error": "file_refused"})
        assert f["error"] == "file_refused" and "sha256" not in f, f
    others = [p["result"] for p in done.chip["proofs"]]
    assert others == ["ok"] * (len(others) - 1) + [code], done.chip["proofs"]
    hold_against_schema(done)
    assert done.stderr != "" and (detail is None or detail in done.stderr), done.stderr
    return done


# ---- success ----

def hold_against_schema(done):
    try:
        import jsonschema
    except ImportError:
        return
    schema = json.loads((chip.TOP / "lib/wire/cccd-record.schema.json").read_text())
    found = [error.message for line in done.lines
             for error in jsonschema.Draft202012Validator(schema).iter_errors(line)]
    assert not found, found


def manifest_proof(out):
    manifest = json.loads((out / "manifest.json").read_text())
    return proof_of(manifest), manifest


def verify_by_openssl(out, key, algorithm="ecdsa-sha256", half=32):
    """What was signed, put together from the transcript, and the signature as openssl takes it."""
    proof, _ = manifest_proof(out)
    items = {k: bytes.fromhex(v) for k, v in proof["transcript"].items()}
    signature = items["signature"]
    if algorithm.startswith("ecdsa"):
        assert len(signature) == 2 * half, len(signature)
        numbers = [b"\0" + signature[:half], b"\0" + signature[half:]]
        numbers = [n.lstrip(b"\0") for n in numbers]
        signature = make_cv.tlv(0x30, *(make_cv.tlv(0x02, b"\0" + n if n[0] & 0x80 else n)
                                        for n in numbers))
    folder = new_folder()
    (folder / "signature").write_bytes(signature)
    (folder / "public").write_bytes(make_cv.openssl("pkey", "-in", key, "-pubout"))
    words = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"] \
        if "-pss-" in algorithm else []
    said = make_cv.openssl("dgst", f"-{algorithm.split('-')[-1]}", *words, "-verify",
                           folder / "public", "-signature", folder / "signature",
                           data=items["chip_id"] + items["challenge"] + items["terminal_key"])
    assert b"Verified OK" in said, said
    return items


def fingerprints():
    counts, out = lay(), new_folder()
    done = read(*own(), "-o", out).expect(0)
    assert done.stderr == "", done.stderr
    hold_against_schema(done)
    expect_fingers(out, done.chip)
    proof = proof_of(done.chip)
    assert proof == {"proof": "terminal_authentication", "algorithm": "id-TA-ECDSA-SHA-256",
                     "result": "ok"}, proof
    assert counted(counts)["ta_runs"] == 1, counted(counts)
    take()
    items = verify_by_openssl(out, own()[3])
    assert items["certificates"] == own()[1].read_bytes()
    _, manifest = manifest_proof(out)
    chip_auth = [p for p in manifest["proofs"] if p["proof"] == "chip_authentication"][0]
    point = bytes.fromhex(chip_auth["transcript"]["terminal_key"])
    assert items["terminal_key"] == point[1:33] and len(items["chip_id"]) == 32, items
    dumped = run("dump", out)
    assert (dumped.status, dumped.chip) == (0, done.chip), dumped.chip


def by_every_way():
    """After BAC the document number is signed; short commands go in chains."""
    lay()
    for words, key in ((("-a", "bac"), ZONE), (("--short",), CAN), (("-a", "bac", "--short"), ZONE),
                       (("-f", "DG4"), CAN)):
        out = new_folder()
        done = read(*own(), *words, "-o", out, key=key).expect(0)
        names = ("DG4",) if "-f" in words else tuple(GUARDED)
        expect_fingers(out, done.chip, names)
        assert (out / "DG3.bin").exists() == ("DG3" in names), os.listdir(out)
        items = verify_by_openssl(out, own()[3])
        if "bac" in words:
            assert items["chip_id"] == b"0900000018", items["chip_id"]
    take()


def other_cards():
    for profile, words in (("no-extended", ()), ("dh", ()), ("3des", ()), ("passport", ())):
        folder, out = make(profile, *CARD[3:]), new_folder()
        lay(folder)
        done = read(*terminal(folder / "ta"), *words, "-o", out).expect(0)
        expect_fingers(out, done.chip, folder=folder)
        verify_by_openssl(out, folder / "ta/VNTERM00001.key")
        take()


def rsa():
    for algorithm, name in (("rsa-v1-5-sha256", "id-TA-RSA-v1-5-SHA-256"),
                            ("rsa-pss-sha512", "id-TA-RSA-PSS-SHA-512")):
        folder, out = make(*CARD[:4], algorithm), new_folder()
        lay(folder)
        for words in ((), ("--short",)):
            out = new_folder()
            done = read(*terminal(folder / "ta"), *words, "-o", out).expect(0)
            expect_fingers(out, done.chip, folder=folder)
            assert proof_of(done.chip)["algorithm"] == name, proof_of(done.chip)
            verify_by_openssl(out, folder / "ta/VNTERM00001.key", algorithm)
        take()


def forms_of_the_files():
    """The key as others write it, the certificates in any order, in lines of base64."""
    chain, key = own()[1].read_bytes(), own()[3]
    certificates = [make_cv.tlv(0x7F21, value) for value in elements(chain)]
    lay()
    folder = new_folder()
    for name, words in (("pkcs8", ("pkcs8", "-topk8", "-nocrypt")),
                        ("sec1", ("ec",))):
        (folder / name).write_bytes(make_cv.openssl(*words, "-in", key, "-outform", "DER"))
        (folder / name).chmod(0o600)
        read("--ta-chain", own()[1], "--ta-key", folder / name, "-f", "DG4").expect(0)
    read(*chain_of(*reversed(certificates), key=key), "-f", "DG4").expect(0)
    pem = b"".join(b"-----BEGIN CARD VERIFIABLE CERTIFICATE-----\n" +
                   make_cv.openssl("base64", data=c) +
                   b"-----END CARD VERIFIABLE CERTIFICATE-----\n" for c in certificates)
    read(*chain_of(pem, key=key), "-f", "DG4").expect(0)
    take()


def elements(chain):
    while chain:
        size, at = chain[2], 3
        if size & 0x80:
            at = 3 + (size & 0x7F)
            size = int.from_bytes(chain[3:at], "big")
        yield chain[at:at + size]
        chain = chain[at + size:]


def by_link_certificates():
    """The card learns of the new authority, and needs the link no more."""
    old, _, _ = holders()
    folder = new_folder()
    new, dv, one = (Holder(folder, n) for n in ("VNCVCA00002", "VNDV00002", "VNTERM00002"))
    self_signed, link = issue(new, new, CVCA), issue(old, new, CVCA)
    rest = [issue(new, dv, DV), issue(dv, one, IS)]
    lay()
    expect_failure(read(*chain_of(self_signed, *rest, key=one.key)), "ta_no_path", "VNCVCA00001")
    for links in ((self_signed, link), ()):
        out = new_folder()
        done = read(*chain_of(*links, *rest, key=one.key), "-o", out).expect(0)
        expect_fingers(out, done.chip)
    take()


def as_far_as_the_certificates_allow():
    cvca, dv, one = holders()
    for rights, allowed, refused in ((DG3, "DG3", "DG4"), (DG4, "DG4", "DG3")):
        counts, out = lay(), new_folder()
        chain = chain_of(issue(cvca, dv, DV), issue(dv, one, IS, rights), key=one.key)
        done = read(*chain, "-o", out, "--trace", "trace").expect(0)
        expect_fingers(out, done.chip, (allowed,))
        assert files_of(done.chip)[refused]["error"] == "file_refused", done.chip["files"]
        assert not (out / f"{refused}.bin").exists()
        assert counted(counts)["guarded"] > 0
        assert asked_for("trace") == {allowed}, asked_for("trace")
        take()


def asked_for(trace):
    """By the header, which is not encrypted."""
    heads = re.findall(r"^> 0CB0(..)", pathlib.Path(trace).read_text(), re.MULTILINE)
    return {name for name, p1 in GUARDED.items() if f"{p1:02X}" in [h.upper() for h in heads]}


# ---- nothing without ----

def never_without():
    counts = lay()
    for words in ((), ("-f", "DG3,DG4"), ("--short",), ("-a", "bac"), ("--no-proofs",)):
        done = read(*words, "--trace", "trace", key=ZONE).expect(0)
        assert asked_for("trace") == set(), words
        for name in GUARDED:
            assert "sha256" not in files_of(done.chip).get(name, {}), done.chip["files"]
    told = counted(counts)
    assert (told["guarded"], told["ta_runs"], told["ta_certificates"]) == (0, 0, 0), told
    take()


def other_authorities():
    folder = new_folder()
    make_cv.make(folder / "same", "ecdsa-sha256")  # the same names, other keys
    other = [Holder(folder, n) for n in ("XXCVCA00001", "XXDV00001", "XXTERM00001")]
    strangers = chain_of(issue(other[0], other[1], DV), issue(other[1], other[2], IS),
                         key=other[2].key)
    counts = lay()
    done = read(*strangers, "--trace", "trace", "-o", folder / "out")
    expect_failure(done, "ta_no_path", "VNCVCA00001")
    dumped = run("dump", "--lang", "en", folder / "out")
    assert (dumped.status, dumped.chip) == (1, done.chip), dumped.chip
    expect_failure(read(*terminal(folder / "same")), "ta_refused", "VNDV00001")
    assert asked_for("trace") == set()
    cvca, dv, one = holders()
    forged = bytearray(issue(dv, one, IS))
    forged[-1] ^= 1
    expect_failure(read(*chain_of(issue(cvca, dv, DV), bytes(forged), key=one.key)), "ta_refused",
                   "VNTERM00001")
    # An inspection system cannot make another one.
    more = Holder(folder, "VNMORE00001")
    expect_failure(read(*chain_of(issue(cvca, dv, DV), issue(dv, one, IS), issue(one, more, IS),
                                  key=more.key)), "ta_refused", "VNMORE00001")
    told = counted(counts)
    assert (told["guarded"], told["ta_runs"]) == (0, 0), told
    take()


def expired():
    cvca, dv, one = holders()
    good = issue(cvca, dv, DV)
    past = {"effective": "240101", "expiry": "250101"}
    lay(None, "--date=260101")
    expect_failure(read(*chain_of(issue(cvca, dv, DV, **past), issue(dv, one, IS), key=one.key)),
                   "ta_expired", "VNDV00001")
    expect_failure(read(*chain_of(good, issue(dv, one, IS, **past), key=one.key)), "ta_expired",
                   "VNTERM00001")
    read(*own()).expect(0)
    take()
    lay(None, "--date=600101")  # a card that believes to be far ahead
    expect_failure(read(*own()), "ta_refused", "VNDV00001")
    take()
    lay(None, "--date=230101")  # one that has not heard of the date
    read(*chain_of(issue(cvca, dv, DV, **past), issue(dv, one, IS, **past), key=one.key)).expect(0)
    take()


def cards_that_do_not_offer_it():
    lay(make("vietnam", "--picture-bytes", "3000"))
    expect_failure(read(*own()), "ta_impossible")
    take()
    counts = lay(None, "--absent=EF.CVCA")
    expect_failure(read(*own()), "ta_impossible")
    assert counted(counts)["guarded"] == 0
    take()
    lay(None, "--absent=DG14")
    expect_failure(read(*own()), "ta_impossible")
    take()


def a_copy_is_proven_nothing():
    folder = new_folder() / "copy"
    shutil.copytree(make(*CARD), folder)
    shutil.copy(make("vietnam", "--picture-bytes", "3000") / "ca.pem", folder / "ca.pem")
    counts = lay(folder)
    done = read(*own()).expect(1, "not_genuine")
    assert proof_of(done.chip)["result"] == "ta_impossible", done.chip["proofs"]
    told = counted(counts)
    assert (told["guarded"], told["ta_certificates"]) == (0, 0), told
    take()


# ---- files that are wrong: before any card ----

def wrong_files():
    chain, key = own()[1], own()[3]
    other = Holder(new_folder(), "VNOTHER00001").key
    nothing = new_folder() / "nothing"
    nothing.write_bytes(b"nothing\n")
    cut = new_folder() / "cut"
    cut.write_bytes(chain.read_bytes()[:-1])
    long = new_folder() / "long"
    long.write_bytes(chain.read_bytes() * 300)
    many = new_folder() / "many"
    many.write_bytes(chain.read_bytes() * 9)
    secret = new_folder() / "secret"
    secret.write_bytes(make_cv.openssl("pkcs8", "-topk8", "-passout", "pass:word", "-in", key))
    for words, said in (((chain, other), "belongs to no terminal"), ((nothing, key), "certificate"),
                        ((cut, key), "certificate"), ((many, key), "more certificates"),
                        ((long, key), "File too large"), ((chain, nothing), "private key"),
                        ((chain, secret), "encrypted"), ((chain, "nosuch"), "No such file"),
                        (("nosuch", key), "No such file"), ((key, key), "certificate")):
        done = run("read", "--lang", "en", "-k", key_file(), "--ta-chain", words[0], "--ta-key",
                   words[1])
        assert (done.status, done.stdout) == (2, b""), (words, done.status)
        assert said in done.stderr, done.stderr


def a_key_that_others_can_read():
    copy = new_folder() / "key"
    shutil.copy(own()[3], copy)
    lay()
    for mode, warned in ((0o600, False), (0o644, True), (0o640, True), (0o400, False)):
        copy.chmod(mode)
        done = read("--ta-chain", own()[1], "--ta-key", copy, "-f", "DG4").expect(0)
        assert (str(copy) in done.stderr) == warned, (oct(mode), done.stderr)
    take()


# ---- a card that is moved ----

def places(what):
    """Which commands of an undisturbed reading these are, from 1."""
    lines = pathlib.Path("whole").read_text().splitlines()
    sent = [line.partition("  # ")[2] for line in lines if line.startswith("> ")]
    found = [n for n, remark in enumerate(sent, 1) if remark == f"{what}, protected"]
    assert found, f"no {what} in {sent}"
    return found


def start(*options):
    counts = new_folder() / "counts"
    desk.start(0, make(*CARD), f"--counts={counts}", *options)
    return counts


def moved():
    """Rights are gone with the session: they are proven again before the file is gone on with."""
    start()
    whole = read("--wait=20", *own(), "--trace", "whole", "--short").expect(0).chip
    take()
    reads = places("READ BINARY")
    verify = places("PERFORM SECURITY OPERATION")
    for n, runs in ((verify[0], 1), (verify[-1], 1), (places("GET CHALLENGE")[0], 1),
                    (places("EXTERNAL AUTHENTICATE")[-1], 1), (reads[-1], 2), (reads[-20], 2),
                    (reads[-40], 2)):
        counts, out = start(f"--fault={n}:lost", "--lost-ms=600"), new_folder()
        done = read("--wait=20", *own(), "--short", "-o", out).expect(0)
        expect_fingers(out, done.chip)
        assert done.chip["restarts"] >= 1, (n, done.chip)
        left = {f["file"]: f.get("sha256") for f in done.chip["files"]}
        assert left == {f["file"]: f.get("sha256") for f in whole["files"]}, n
        assert counted(counts)["ta_runs"] == runs, (n, counted(counts))
        take()


def wrong_answers():
    """Noticed, and proven again."""
    for what, fault in (("PERFORM SECURITY OPERATION", "wrong-mac"),
                        ("GET CHALLENGE", "garbage"), ("GET CHALLENGE", "short-answer"),
                        ("EXTERNAL AUTHENTICATE", "plain-answer"),
                        ("EXTERNAL AUTHENTICATE", "sw=6F00")):
        start(f"--fault={places(what)[-1]}:{fault}")
        out = new_folder()
        done = read("--wait=20", *own(), "--short", "-o", out).expect(0)
        expect_fingers(out, done.chip)
        verify_by_openssl(out, own()[3])
        take()


def moved_and_left_at_that():
    n = places("EXTERNAL AUTHENTICATE")[-1]
    start(f"--fault={n}:lost:always", "--lost-ms=600")
    done = read("--wait=20", *own(), "--short", "--retries", "0")
    assert done.status == 3 and done.code in ("card_gone", "transmit_failed"), done.chip
    assert "sha256" not in files_of(done.chip).get("DG3", {}), done.chip
    take()


# ---- silence ----

def pieces(content, n=8):
    return {content[at:at + n] for at in range(0, len(content) - n, n // 2)}


def silent():
    """No piece of a fingerprint, of the private key or of the number anywhere but in the folder."""
    scalar = make_cv.openssl("ec", "-in", own()[3], "-outform", "DER")[7:39]
    numbers = {NUMBER.encode(), b"0900000018"}
    words = numbers | {b"0900000018".hex().encode(), scalar, scalar.hex().encode()}
    for name in GUARDED:
        found = pieces((make(*CARD) / name).read_bytes())
        words |= found | {piece.hex().encode() for piece in found}
    lay()
    for args, key in ((own(), CAN), ((*own(), "-a", "bac"), ZONE),
                      ((*own(), "-f", "DG3"), CAN), ((*own(), "-f", "DG3", "--lang", "vi"), CAN)):
        done = run("read", "-k", key_file(key), *args, "--trace", "trace").expect(0)
        text = done.stderr.encode() + pathlib.Path("trace").read_bytes().lower()
        told = [word for word in words if word in text]
        assert not told, told
        # On standard output stands the person's text, and of the files only the sums.
        told = [word for word in words - numbers if word in done.stdout]
        assert not told, told
    take()


def watching():
    process = subprocess.Popen([chip.PROGRAM, "watch", "--read", "--lang", "en", "-k", key_file(),
                                *map(str, own())], stdout=subprocess.PIPE)
    start()
    while "chip" not in (line := json.loads(process.stdout.readline())):
        pass
    assert proof_of(line["chip"])["result"] == "ok", line["chip"]["proofs"]
    assert "sha256" in files_of(line["chip"])["DG3"], line["chip"]["files"]
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()
    take()


# ---- strangers' certificates ----

def of_cvc_create():
    """Certificates and keys that OpenPACE's cvc-create has made."""
    if not shutil.which("cvc-create"):
        print("# cvc-create (openpace) is not in PATH")
        return
    folder = new_folder()

    def create(role, name, scheme, signer=None, issuer=None):
        words = ["--role", role, "--chr", name, "--scheme", scheme, "--issued", "260101",
                 "--expires", "301231", "--read-finger", "--read-iris", "--type", "is",
                 "--out-cert", f"{name}.cvcert", "--sign-with", signer]
        words += ["--sign-as", f"{issuer}.cvcert", "--out-key", f"{name}.pkcs8"] if issuer else \
            ["--key", signer]
        done = subprocess.run(["cvc-create", *words], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0 and (folder / f"{name}.cvcert").exists(), done.stderr
        return folder / f"{name}.cvcert"

    (folder / "cvca.pkcs8").write_bytes(make_cv.openssl("pkcs8", "-topk8", "-nocrypt", "-in",
                                                        own()[1].parent / "VNCVCA00001.key",
                                                        "-outform", "DER"))
    create("cvca", "VNCVCA00001", "ECDSA_SHA_256", "cvca.pkcs8")
    dv = create("dv_domestic", "VNCREATE00001", "ECDSA_SHA_256", "cvca.pkcs8", "VNCVCA00001")
    _, _, one = holders()
    maker = Holder(folder, "VNCREATE00001", key=folder / "dv.pem")
    (folder / "dv.pem").write_bytes(make_cv.openssl("ec", "-inform", "DER", "-in",
                                                    folder / "VNCREATE00001.pkcs8"))
    lay()
    out = new_folder()
    done = read(*chain_of(dv.read_bytes(), issue(maker, one, IS), key=one.key), "-o", out).expect(0)
    expect_fingers(out, done.chip)
    take()


TESTS = (
    ("fingerprints and irises, byte for byte; openssl finds the signature right", fingerprints),
    ("after BAC, in short commands, of a list", by_every_way),
    ("other kinds of cards", other_cards),
    ("RSA", rsa),
    ("certificates and keys as others write them", forms_of_the_files),
    ("cvc-create's certificates", of_cvc_create),
    ("link certificates", by_link_certificates),
    ("only what all certificates allow is asked for", as_far_as_the_certificates_allow),
    ("without Terminal Authentication nothing is asked for", never_without),
    ("other authorities, forged certificates", other_authorities),
    ("certificates that have expired", expired),
    ("cards that do not offer it", cards_that_do_not_offer_it),
    ("to a copy nothing is proven", a_copy_is_proven_nothing),
    ("wrong files are told before any card is asked for", wrong_files),
    ("a key that others can read", a_key_that_others_can_read),
    ("a card that is moved: rights are proven again", moved),
    ("wrong answers in the midst of it", wrong_answers),
    ("without further tries it is left at that", moved_and_left_at_that),
    ("nothing of fingers, keys and numbers in messages and traces", silent),
    ("watch --read", watching),
)


def main():
    global desk
    chip.enter()
    desk = Desk()

    def clean_up():
        for port in list(desk.cards):
            time.sleep(SETTLE)
            desk.kill(port)
            wait_until(lambda p=port: chip.card_on(p) == "none", "card gone")

    try:
        return run_all(TESTS, chip.PROGRAM, "cccd-chip", clean_up)
    finally:
        clean_up()
        desk.close()


if __name__ == "__main__":
    sys.exit(main())
