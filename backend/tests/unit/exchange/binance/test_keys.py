"""Types of keys: found out from the secret whatever its line breaks are, refused in words that tell nothing of it."""

from __future__ import annotations

import pytest
from Crypto.PublicKey import ECC, RSA

from backend.core.errors import CredentialsRefusedError
from backend.exchange.binance.keys import signing_key

HMAC_SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
ED25519_PEM = ECC.generate(curve="Ed25519").export_key(format="PEM")
RSA_PEM = RSA.generate(2048).export_key(pkcs=8).decode()


@pytest.mark.parametrize(("secret", "kind"), [(HMAC_SECRET, "hmac"), (ED25519_PEM, "ed25519"), (RSA_PEM, "rsa")])
def test_the_type_is_found_out_and_may_be_told(secret: str, kind: str) -> None:
    assert signing_key(secret)[0] == kind
    assert signing_key(secret, kind)[0] == kind


@pytest.mark.parametrize("pem", [ED25519_PEM, RSA_PEM])
def test_line_breaks_of_any_system_and_written_ones_are_the_same_key(pem: str) -> None:
    key = signing_key(pem)[1]
    for written in (pem.replace("\n", "\r\n"), pem.replace("\n", "\\n"), f"\n  {pem}\n\n", pem.replace("\n", "\n   ")):
        assert signing_key(written)[1] == key


def bad() -> dict[str, tuple[str, str, str]]:
    body = RSA_PEM.splitlines()
    return {
        "cut off": ("\n".join(body[:-4]), "", "cut off or damaged"),
        "damaged": (RSA_PEM.replace(body[3], body[3][::-1]), "", "damaged"),
        "public": (RSA.import_key(RSA_PEM).public_key().export_key().decode(), "", "public half"),
        "public curve": (ECC.import_key(ED25519_PEM).public_key().export_key(format="PEM"), "", "public half"),
        "locked": (RSA.import_key(RSA_PEM).export_key(pkcs=8, passphrase="x").decode(), "", "password"),
        "another curve": (ECC.generate(curve="P-256").export_key(format="PEM"), "", "Ed25519"),
        "short": (RSA.generate(1024).export_key(pkcs=8).decode(), "", "shorter than 2048"),
        "told wrongly": (ED25519_PEM, "rsa", "of type ed25519, not rsa"),
        "not PEM": (HMAC_SECRET, "ed25519", "no private key in PEM"),
        "empty": ("", "", "empty"),
        "two words": ("two words", "", "spaces"),
    }


@pytest.mark.parametrize("case", list(bad()))
def test_what_cannot_sign_is_refused_in_words_that_tell_nothing_of_it(case: str) -> None:
    secret, told, words = bad()[case]
    with pytest.raises(CredentialsRefusedError, match=words) as refusal:
        signing_key(secret, told)
    shown = f"{refusal.value} {refusal.value.args} {refusal.value.__cause__}"
    assert not any(line in shown for line in secret.splitlines() if len(line) > 10 and "KEY" not in line)
