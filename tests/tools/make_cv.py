# SPDX-License-Identifier: MIT
"""Card verifiable certificates (BSI TR-03110-3, C and D) with fresh keys, by the openssl program:
an authority (CVCA), a document verifier (DV), an inspection system (IS). They certify nothing
real."""
import os
import subprocess

CURVE = "brainpoolP256r1"
ID_TA, ID_IS = "04007F0007020202", "04007F000703010201"
CVCA, DV, DV_FOREIGN, IS = 0xC0, 0x80, 0x40, 0x00
DG3, DG4 = 1, 2
# By their last two arcs below id-TA (A.6.4).
ALGORITHMS = {
    "rsa-v1-5-sha1": (1, 1), "rsa-v1-5-sha256": (1, 2), "rsa-pss-sha1": (1, 3),
    "rsa-pss-sha256": (1, 4), "rsa-v1-5-sha512": (1, 5), "rsa-pss-sha512": (1, 6),
    "ecdsa-sha1": (2, 1), "ecdsa-sha224": (2, 2), "ecdsa-sha256": (2, 3), "ecdsa-sha384": (2, 4),
    "ecdsa-sha512": (2, 5),
}


def tlv(tag, *parts):
    value = b"".join(parts)
    head = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    if len(value) < 0x80:
        return head + bytes([len(value)]) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return head + bytes([0x80 | len(size)]) + size + value


def elements(data):
    """The values on one level of DER."""
    while data:
        size, at = data[1], 2
        if size & 0x80:
            at = 2 + (size & 0x7F)
            size = int.from_bytes(data[2:at], "big")
        yield data[at:at + size]
        data = data[at + size:]


def openssl(*words, data=None):
    return subprocess.run(["openssl", *map(str, words)], input=data, capture_output=True,
                          check=True).stdout


def unsigned(value):
    return value.lstrip(b"\0")


class Holder:
    """A name, a key and the algorithm that its certificates are for."""

    def __init__(self, folder, name, algorithm="ecdsa-sha256", curve=CURVE, bits=2048, key=None):
        self.name, self.algorithm, self.curve = name.encode("latin-1"), algorithm, curve
        self.is_rsa = algorithm.startswith("rsa")
        self.key = key or folder / f"{name}.key"
        if key is None:
            words = ["RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}"] if self.is_rsa else \
                ["EC", "-pkeyopt", f"ec_paramgen_curve:{curve}"]
            openssl("genpkey", "-algorithm", *words, "-out", self.key)
            os.chmod(self.key, 0o600)

    def public(self, with_curve):
        info = openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER")
        bits = list(elements(next(elements(info))))[1][1:]
        oid = tlv(0x06, bytes.fromhex(ID_TA), bytes(ALGORITHMS[self.algorithm]))
        if self.is_rsa:
            n, e = elements(next(elements(bits)))
            return tlv(0x7F49, oid, tlv(0x81, unsigned(n)), tlv(0x82, unsigned(e)))
        if not with_curve:
            return tlv(0x7F49, oid, tlv(0x86, bits))
        _, field, curve, base, order, cofactor = elements(next(elements(openssl(
            "ecparam", "-name", self.curve, "-param_enc", "explicit", "-outform", "DER"))))
        a, b = list(elements(curve))[:2]
        prime = list(elements(field))[1]
        return tlv(0x7F49, oid, tlv(0x81, unsigned(prime)), tlv(0x82, a), tlv(0x83, b),
                   tlv(0x84, base), tlv(0x85, unsigned(order)), tlv(0x86, bits),
                   tlv(0x87, cofactor))

    def sign(self, message):
        *_, digest = self.algorithm.split("-")
        words = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"] \
            if "-pss-" in self.algorithm else []
        signature = openssl("dgst", f"-{digest}", *words, "-sign", self.key, data=message)
        if self.is_rsa:
            return signature
        return b"".join(unsigned(n).rjust(self.half(), b"\0")
                        for n in elements(next(elements(signature))))

    def half(self):
        """The length of the curve's order."""
        parameters = openssl("ecparam", "-name", self.curve, "-param_enc", "explicit", "-outform",
                             "DER")
        return len(unsigned(list(elements(next(elements(parameters))))[4]))


def date(text):
    return bytes(int(digit) for digit in text)


def issue(issuer, holder, role, rights=DG3 | DG4, effective="260101", expiry="491231",
          with_curve=None):
    """The certificate. Dates are yymmdd."""
    body = tlv(0x7F4E, tlv(0x5F29, b"\0"), tlv(0x42, issuer.name),
               holder.public(role == CVCA if with_curve is None else with_curve),
               tlv(0x5F20, holder.name),
               tlv(0x7F4C, tlv(0x06, bytes.fromhex(ID_IS)), tlv(0x53, bytes([role | rights]))),
               tlv(0x5F25, date(effective)), tlv(0x5F24, date(expiry)))
    return tlv(0x7F21, body, tlv(0x5F37, issuer.sign(body)))


def make(folder, algorithm, curve=CURVE):
    """What a card and a terminal need: cvca.cvcert; chain.cvcert and is.key."""
    folder.mkdir(parents=True, exist_ok=True)
    cvca, dv, terminal = (Holder(folder, name, algorithm, curve)
                          for name in ("VNCVCA00001", "VNDV00001", "VNTERM00001"))
    (folder / "cvca.cvcert").write_bytes(issue(cvca, cvca, CVCA))
    chain = [issue(cvca, dv, DV), issue(dv, terminal, IS)]
    (folder / "chain.cvcert").write_bytes(b"".join(chain))
    return cvca, dv, terminal
