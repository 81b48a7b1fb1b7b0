#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The files of an invented person's card, with keys and a test PKI made fresh at each run.

    make_chip.py FOLDER [--profile NAME] [--KEY VALUE]...

What it makes is for card_emulator, which reads the folder, and for what verifies: FOLDER/pki has the
country's certificate, the document signer's and a revocation list. Nobody of that name and number
is known; the keys sign nothing real."""
import argparse
import hashlib
import os
import pathlib
import random
import subprocess
import sys

import chip_face
import make_cv

# The invented person: what the files are made of, and what no message of a program may tell.
NUMBER, NAME = "001090000001", "Nguyễn Văn A"
CAN = NUMBER[-6:]
PASSPORT, BIRTH, EXPIRY, NAMES_OF_ZONE = "C0000001", "900101", "300101", "NGUYEN<<VAN<A"
SEX, NATIONALITY, ETHNICITY, RELIGION = "Nam", "Việt Nam", "Kinh", "Không"
BORN, ISSUED, EXPIRES = "01/01/1990", "01/01/2025", "01/01/2030"
ORIGIN = "Phường Phúc Xá, Ba Đình, Hà Nội"
RESIDENCE = ("Số 1 Đường Không Có Thật, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội, "
             "nơi viết dài cho quá một trăm hai mươi bảy byte")
MARKS = "Nốt ruồi C: 1cm dưới mắt trái"
FATHER, MOTHER = "Nguyễn Văn B", "Trần Thị C"
OLD_NUMBER, CARD_FIELD = "010000001", "0123456789ABCDEF"


def person_words():
    """All of it by which somebody is known, whole and in the parts that could stand alone. Not the
    sex, the nationality and the religion: these are words that every program may say."""
    zone = mrz_td1(), mrz_td3()
    return (CAN, NUMBER, NUMBER[3:], NAME, PASSPORT, BIRTH, EXPIRY, *NAMES_OF_ZONE.split("<<")[:1],
            BORN, ISSUED, EXPIRES, "1990-01-01", "19900101", ETHNICITY, ORIGIN, RESIDENCE, MARKS,
            FATHER, MOTHER, OLD_NUMBER, CARD_FIELD, "Nguyễn", "Phúc Xá", "Không Có Thật",
            "Nốt ruồi", "IDVNM", "P<VNM", *(z[at:at + 30] for z in zone for at in (0, 30)))

PROFILES = {
    "vietnam": {},
    "no-extended": {"extended": "no", "max_answer": "256"},
    "bac-only": {"access": "bac", "mf": "yes", "ca": "none", "pace": "none", "refused": "none"},
    "pace-im": {"access": "pace", "mf": "yes", "card_access": "real",
                "pace": "ecdh-im-aes128:13"},
    "pace-cam": {"access": "pace", "mf": "yes", "card_access": "real", "aa": "none",
                 "pace": "ecdh-cam-aes128:13,ecdh-gm-aes128:13"},
    "dh": {"access": "pace", "mf": "yes", "card_access": "real", "pace": "dh-gm-aes128:2",
           "ca": "dh-aes128"},
    "3des": {"mf": "yes", "card_access": "real", "pace": "ecdh-gm-3des:12", "ca": "ecdh-3des"},
    "passport": {"mf": "yes", "card_access": "real", "aa": "ecdsa", "picture": "jp2",
                 "document": "td3", "sod": "pss", "pace": "ecdh-gm-aes256:16",
                 "ca": "ecdh-aes256"},
}
DEFAULTS = {
    "access": "pace,bac", "mf": "no", "extended": "yes", "max_answer": "65536",
    "card_access": "constant", "pace": "ecdh-gm-aes128:13", "ca": "ecdh-aes128",
    "ca_key_id": "none", "aa": "rsa", "aa_hash": "sha256", "refused": "DG3", "document": "td1",
    "picture": "jpeg", "picture_bytes": "18000", "sod": "ecdsa", "sod_hash": "sha256",
    "curve": "13", "params": "explicit", "terminal_authentication": "none",
}
OF_EMULATOR = ("access", "mf", "extended", "max_answer", "card_access", "pace", "ca", "aa",
               "aa_hash", "refused")

CURVES = {"8": "prime192v1", "9": "brainpoolP192r1", "10": "secp224r1", "11": "brainpoolP224r1",
          "12": "prime256v1", "13": "brainpoolP256r1", "14": "brainpoolP320r1",
          "15": "secp384r1", "16": "brainpoolP384r1", "17": "brainpoolP512r1", "18": "secp521r1"}
GROUPS = {"0": "dh_1024_160", "1": "dh_2048_224", "2": "dh_2048_256"}
CIPHERS = {"3des": 1, "aes128": 2, "aes192": 3, "aes256": 4}
MAPPINGS = {"dh-gm": 1, "ecdh-gm": 2, "dh-im": 3, "ecdh-im": 4, "ecdh-cam": 6}
TAGS = {1: 0x61, 2: 0x75, 3: 0x63, 4: 0x76, 11: 0x6B, 12: 0x6C, 13: 0x6D, 14: 0x6E, 15: 0x6F}
HASHES = {"sha1": "1.3.14.3.2.26", "sha224": "2.16.840.1.101.3.4.2.4",
          "sha256": "2.16.840.1.101.3.4.2.1", "sha384": "2.16.840.1.101.3.4.2.2",
          "sha512": "2.16.840.1.101.3.4.2.3"}
BSI = "0.4.0.127.0.7.2.2"  # BSI TR-03110-3, A.1


# ---- DER ----
def tlv(tag, *parts):
    value = b"".join(parts)
    head = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    if len(value) < 0x80:
        return head + bytes([len(value)]) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return head + bytes([0x80 | len(size)]) + size + value


def sequence(*parts):
    return tlv(0x30, *parts)


def set_of(parts):
    return tlv(0x31, *sorted(parts))


def integer(n):
    return tlv(0x02, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def oid(text):
    arcs = [int(a) for a in text.split(".")]
    out = b""
    for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:]:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        out += bytes(reversed(septets))
    return tlv(0x06, out)


def printable(text):
    return tlv(0x13, text.encode("ascii"))


def utf8(text):
    return tlv(0x0C, text.encode())


# ---- the person ----
def check_digit(text):
    values = [0 if c == "<" else int(c, 36) for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def mrz_td1():
    short = NUMBER[3:]
    first = "IDVNM" + short + check_digit(short) + NUMBER + "<<" + check_digit(NUMBER)
    second = BIRTH + check_digit(BIRTH) + "M" + EXPIRY + check_digit(EXPIRY) + "VNM" + "<" * 11
    second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return first + second + NAMES_OF_ZONE.ljust(30, "<")


def mrz_td3():
    number, personal = PASSPORT.ljust(9, "<"), NUMBER.ljust(14, "<")
    second = number + check_digit(number) + "VNM" + BIRTH + check_digit(BIRTH) + "M"
    second += EXPIRY + check_digit(EXPIRY) + personal + check_digit(personal)
    second += check_digit(second[0:10] + second[13:20] + second[21:43])
    return ("P<VNM" + NAMES_OF_ZONE).ljust(44, "<") + second


def picture(kind, size):
    """Grown to the size with what decoders pass over: comments, or a box of free space."""
    data = chip_face.JPEG if kind == "jpeg" else chip_face.JPEG_2000
    noise = random.Random("picture")
    missing = size - len(data)
    if kind != "jpeg":
        box = max(missing, 8)
        return data + box.to_bytes(4, "big") + b"free" + noise.randbytes(box - 8)
    comments = b""
    while missing - len(comments) > 4:
        n = min(missing - len(comments) - 4, 60000)
        comments += b"\xff\xfe" + (n + 2).to_bytes(2, "big") + noise.randbytes(n)
    return data[:2] + comments + data[2:]


def dg2(kind, size):
    """One face as ISO/IEC 19794-5:2005 has it, in the CBEFF template of Doc 9303-10, 4.7.2."""
    data = picture(kind, size)
    image = bytes([1, 0 if kind == "jpeg" else 1])
    image += chip_face.WIDTH.to_bytes(2, "big") + chip_face.HEIGHT.to_bytes(2, "big")
    image += bytes([1, 2, 0, 0, 0, 0]) + data
    face = (20 + len(image)).to_bytes(4, "big") + bytes([0, 0, 1, 0, 0]) + bytes(11) + image
    record = b"FAC\0" b"010\0" + (14 + len(face)).to_bytes(4, "big") + b"\0\1" + face
    header = tlv(0xA1, tlv(0x80, b"\1\1"), tlv(0x81, b"\2"), tlv(0x87, b"\1\1"),
                 tlv(0x88, b"\0\10"))
    return tlv(0x75, tlv(0x7F61, tlv(0x02, b"\1"), tlv(0x7F60, header, tlv(0x5F2E, record))))


def dg11():
    return tlv(0x6B, tlv(0x5C, bytes.fromhex("5F0E5F2B5F11")), tlv(0x5F0E, NAME.encode()),
               tlv(0x5F2B, b"19900101"), tlv(0x5F11, "Hà Nội".encode()))


def dg12():
    return tlv(0x6C, tlv(0x5C, bytes.fromhex("5F195F26")), tlv(0x5F19, "Bộ Công an".encode()),
               tlv(0x5F26, b"20250101"))


def dg13():
    values = [
        printable(NUMBER), utf8(NAME), printable(BORN), utf8(SEX), utf8(NATIONALITY),
        utf8(ETHNICITY), utf8(RELIGION), utf8(ORIGIN), utf8(RESIDENCE), utf8(MARKS),
        printable(ISSUED), utf8(EXPIRES), sequence(utf8(FATHER), utf8(MOTHER)), b"",
        printable(OLD_NUMBER), printable(CARD_FIELD),
    ]
    rows = [sequence(integer(n), value) for n, value in enumerate(values, 1)]
    return tlv(0x6D, sequence(integer(1), oid("1.0.10646.1.0.8"), tlv(0x31, *rows)))


# ---- keys and certificates ----
class Maker:
    def __init__(self, folder, setting):
        self.folder, self.pki, self.setting = folder, folder / "pki", setting
        self.pki.mkdir(parents=True, exist_ok=True)
        self.files = {}

    def openssl(self, *words, data=None):
        done = subprocess.run(["openssl", *[str(w) for w in words]], input=data,
                              capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"make_chip.py: openssl {words[0]}: {done.stderr.decode()}")
        return done.stdout

    def key_make(self, path, kind, *options):
        words = [w for option in options for w in ("-pkeyopt", option)]
        self.openssl("genpkey", "-algorithm", kind, *words, "-out", path)
        os.chmod(path, 0o600)
        return path

    def ec_key(self, path, curve):
        return self.key_make(path, "EC", f"ec_paramgen_curve:{curve}", "ec_param_enc:named_curve")

    def public(self, path):
        """SubjectPublicKeyInfo; of curves with explicit parameters, as documents have them."""
        words = []
        if self.setting["params"] == "explicit" and b"id-ecPublicKey" in self.openssl(
                "asn1parse", data=path.read_bytes()):
            words = ["-ec_param_enc", "explicit", "-ec_conv_form", "uncompressed"]
        return self.openssl("pkey", "-in", path, "-pubout", "-outform", "DER", *words)

    def protocols(self, key):
        value = self.setting[key]
        return [] if value == "none" else value.split(",")

    def ca_id(self):
        name = self.setting["ca_key_id"]
        return [] if name == "none" else [integer(int(name))]

    def common_infos(self):
        """What EF.CardAccess has, and EF.DG14 as well (Doc 9303-10, 3.11.3): TA, CA, PACE."""
        infos = [sequence(oid(f"{BSI}.2"), integer(1))]
        for name in self.protocols("ca"):
            kind, _, cipher = name.partition("-")
            arc = f"{BSI}.3.{2 if kind == 'ecdh' else 1}.{CIPHERS[cipher]}"
            infos.append(sequence(oid(arc), integer(1), *self.ca_id()))
        for name in self.protocols("pace"):
            kind, _, parameter = name.partition(":")
            mapping, _, cipher = kind.rpartition("-")
            arc = f"{BSI}.4.{MAPPINGS[mapping]}.{CIPHERS[cipher]}"
            infos.append(sequence(oid(arc), integer(2), integer(int(parameter or 13))))
        return infos

    def chip_key_info(self, path):
        """ChipAuthenticationPublicKeyInfo."""
        kind = 2 if b"id-ecPublicKey" in self.openssl("asn1parse", data=path.read_bytes()) else 1
        return sequence(oid(f"{BSI}.1.{kind}"), self.public(path), *self.ca_id())

    def dg14(self):
        infos = self.common_infos()
        names = self.protocols("ca")
        if names:
            path = self.folder / "ca.pem"
            if names[0].startswith("ecdh"):
                self.ec_key(path, CURVES[self.setting["curve"]])
            else:
                self.key_make(path, "DHX", f"group:{GROUPS['2']}")
            infos.append(self.chip_key_info(path))
        if self.setting["aa"] == "ecdsa":
            arc = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
            plain = f"0.4.0.127.0.7.1.1.4.1.{arc[self.setting['aa_hash']]}"
            infos.append(sequence(oid("2.23.136.1.1.5"), integer(1), oid(plain)))
        return tlv(0x6E, set_of(infos))

    def dg15(self):
        path = self.folder / "aa.pem"
        if self.setting["aa"] == "rsa":
            self.key_make(path, "RSA", "rsa_keygen_bits:2048")
        else:
            self.ec_key(path, CURVES[self.setting["curve"]])
        return tlv(0x6F, self.public(path))

    def certificates(self):
        """A country's authority, a document signer, a list that revokes a third certificate."""
        pki = self.pki
        (pki / "ca.cnf").write_text(CA_CONFIG.replace("PKI", str(pki.resolve())), "utf-8")
        (pki / "index.txt").write_text("")
        (pki / "serial").write_text("1001\n")
        (pki / "crlnumber").write_text("01\n")
        self.ec_key(pki / "csca.key", "secp384r1")
        if self.setting["sod"] == "ecdsa":
            self.ec_key(pki / "dsc.key", "brainpoolP256r1")
        else:
            self.key_make(pki / "dsc.key", "RSA", "rsa_keygen_bits:2048")
        self.ec_key(pki / "revoked.key", "prime256v1")
        self.openssl("req", "-x509", "-new", "-config", pki / "ca.cnf", "-extensions", "csca",
                     "-sha384", "-key", pki / "csca.key", "-days", "5000", "-out",
                     pki / "csca.pem", "-subj", "/C=VN/O=Invented/CN=Test CSCA")
        for name in ("dsc", "revoked"):
            self.openssl("req", "-new", "-config", pki / "ca.cnf", "-key", pki / f"{name}.key",
                         "-out", pki / f"{name}.csr", "-subj",
                         f"/C=VN/O=Invented/CN=Test document signer {name}")
            self.openssl("ca", "-batch", "-notext", "-config", pki / "ca.cnf", "-extensions",
                         "dsc", "-in", pki / f"{name}.csr", "-out", pki / f"{name}.pem")
        self.openssl("ca", "-config", pki / "ca.cnf", "-revoke", pki / "revoked.pem")
        self.openssl("ca", "-config", pki / "ca.cnf", "-gencrl", "-out", pki / "csca.crl.pem")
        self.openssl("crl", "-in", pki / "csca.crl.pem", "-outform", "DER", "-out",
                     pki / "csca.crl")
        for name in ("csca", "dsc", "revoked"):
            self.openssl("x509", "-in", pki / f"{name}.pem", "-outform", "DER", "-out",
                         pki / f"{name}.der")
        for path in pki.glob("*.key"):
            os.chmod(path, 0o600)

    def sign(self, content, content_type):
        """CMS SignedData by the document signer, its certificate within."""
        words = []
        if self.setting["sod"] == "pss":
            words = ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1"]
        return self.openssl("cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-outform",
                            "DER", "-econtent_type", content_type, "-md",
                            self.setting["sod_hash"], "-signer", self.pki / "dsc.pem", "-inkey",
                            self.pki / "dsc.key", *words, data=content)

    def sod(self, groups):
        """LDSSecurityObject (Doc 9303-10, 4.6.2.3)."""
        digest = self.setting["sod_hash"]
        hashes = [sequence(integer(n), tlv(0x04, hashlib.new(digest, data).digest()))
                  for n, data in sorted(groups.items())]
        content = sequence(integer(0), sequence(oid(HASHES[digest])), sequence(*hashes))
        return tlv(0x77, self.sign(content, "2.23.136.1.1.1"))

    def cardsecurity(self):
        path = self.ec_key(self.folder / "cam.pem", CURVES[self.setting["pace"].split(",")[0]
                                                           .partition(":")[2] or "13"])
        infos = self.common_infos() + [self.chip_key_info(path)]
        return self.sign(set_of(infos), "0.4.0.127.0.7.3.2.1")

    def make(self):
        setting = self.setting
        passport = setting["document"] == "td3"
        mrz = mrz_td3() if passport else mrz_td1()
        groups = {1: tlv(0x61, tlv(0x5F1F, mrz.encode())),
                  2: dg2(setting["picture"], int(setting["picture_bytes"]))}
        if name_refused(setting, "DG3"):
            groups[3] = tlv(0x63, tlv(0x7F61, tlv(0x02, b"\0"), os.urandom(400)))
        if setting["terminal_authentication"] != "none":
            groups[3] = tlv(0x63, tlv(0x7F61, tlv(0x02, b"\1"), os.urandom(12000)))
            groups[4] = tlv(0x76, tlv(0x7F61, tlv(0x02, b"\1"), os.urandom(900)))
            make_cv.make(self.folder / "ta", setting["terminal_authentication"])
        groups.update({11: dg11(), 12: dg12()} if passport else {13: dg13()})
        if setting["pace"] != "none" or setting["ca"] != "none" or setting["aa"] == "ecdsa":
            groups[14] = self.dg14()
        if setting["aa"] != "none":
            groups[15] = self.dg15()
        self.certificates()
        files = {f"DG{n}": data for n, data in groups.items()}
        files["EF.COM"] = tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"),
                              tlv(0x5C, bytes(TAGS[n] for n in sorted(groups))))
        files["EF.SOD"] = self.sod(groups)
        if setting["pace"] != "none":
            files["EF.CardAccess"] = tlv(0x31, *self.common_infos())
        if "-cam-" in setting["pace"]:
            files["EF.CardSecurity"] = self.cardsecurity()
        if setting["mf"] == "yes":
            files["EF.DIR"] = tlv(0x61, tlv(0x4F, bytes.fromhex("A0000002471001")))
            files["EF.ATR_INFO"] = tlv(0x7F66, tlv(0x02, bytes.fromhex("010000")),
                                       tlv(0x02, bytes.fromhex("010000")))
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        self.profile_write(mrz)

    def profile_write(self, mrz):
        lines = [f"{key}={self.setting[key]}" for key in OF_EMULATOR]
        if self.setting["ca_key_id"] != "none":
            lines.append(f"ca_key_id={self.setting['ca_key_id']}")
        if self.setting["terminal_authentication"] != "none":
            lines += ["trust=ta/cvca.cvcert", "refused=none"]
        lines += [f"can={CAN}", f"mrz={mrz}"]
        (self.folder / "profile.txt").write_text("\n".join(lines) + "\n", "utf-8")


def name_refused(setting, name):
    return name in setting["refused"].split(",")


CA_CONFIG = """
[ca]
default_ca = csca_ca
[csca_ca]
dir = PKI
database = $dir/index.txt
new_certs_dir = $dir
serial = $dir/serial
crlnumber = $dir/crlnumber
certificate = $dir/csca.pem
private_key = $dir/csca.key
default_days = 4000
default_crl_days = 90
default_md = sha384
policy = any
unique_subject = no
[any]
countryName = match
organizationName = optional
commonName = supplied
[req]
distinguished_name = dn
prompt = no
[dn]
[csca]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[dsc]
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
"""


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="vietnam")
    for key, value in DEFAULTS.items():
        parser.add_argument("--" + key.replace("_", "-"), help=f"default: {value}")
    options = vars(parser.parse_args(words))
    setting = dict(DEFAULTS, **PROFILES[options["profile"]])
    setting.update({k: options[k] for k in DEFAULTS if options[k] is not None})
    return options["folder"], setting


def main():
    os.umask(0o077)
    folder, setting = arguments(sys.argv[1:])
    Maker(folder, setting).make()


if __name__ == "__main__":
    main()
