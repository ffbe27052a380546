"""Check signatures on the bytes as sent: query and body joined, without the signature itself."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Final


def signed_payload(query: bytes, body: bytes) -> tuple[bytes, bytes | None]:
    """What was signed, and the signature (still percent-encoded); None when none was sent.

    The signature is cut out wherever it stands; everything else stays byte for byte, query before body, joined
    without a separator.
    """
    found: bytes | None = None
    kept: list[bytes] = []
    for raw in (query, body):
        parts = []
        for part in raw.split(b"&") if raw else ():
            if part.startswith(b"signature="):
                found = found if found is not None else part.removeprefix(b"signature=")
            else:
                parts.append(part)
        kept.append(b"&".join(parts))
    return kept[0] + kept[1], found


def _hmac_sha256(secret: str, payload: bytes, signature: str) -> bool:
    expected = hmac.new(secret.encode(), payload, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.lower().encode())


# What only keys of these two types need is imported when one comes: most exchanges see none.
def _rsa_sha256(public_key: str, payload: bytes, signature: str) -> bool:
    from Crypto.Hash import SHA256
    from Crypto.PublicKey import RSA
    from Crypto.Signature import pkcs1_15

    pkcs1_15.new(RSA.import_key(public_key)).verify(SHA256.new(payload), _from_base64(signature))
    return True


def _ed25519(public_key: str, payload: bytes, signature: str) -> bool:
    from Crypto.PublicKey import ECC
    from Crypto.Signature import eddsa

    eddsa.new(ECC.import_key(public_key), "rfc8032").verify(payload, _from_base64(signature))
    return True


def _from_base64(signature: str) -> bytes:
    return base64.b64decode(signature, validate=True)


VERIFIERS: Final[dict[str, Callable[[str, bytes, str], bool]]] = {
    "HMAC": _hmac_sha256,
    "RSA": _rsa_sha256,
    "ED25519": _ed25519,
}


def verified(key_type: str, secret: str, payload: bytes, signature: str) -> bool:
    """Whether the signature fits; `secret` is the shared secret (HMAC) or the public key in PEM (RSA, ED25519)."""
    try:
        return VERIFIERS[key_type](secret, payload, signature)
    except ValueError:  # no base64, or a signature that does not fit: the library says both so
        return False


def is_public_key(key_type: str, text: str) -> bool:
    """Whether the text is a public key of the type; a shared secret may be anything."""
    try:
        if key_type == "RSA":
            from Crypto.PublicKey import RSA

            return not RSA.import_key(text).has_private()
        if key_type == "ED25519":
            from Crypto.PublicKey import ECC

            key = ECC.import_key(text)
            return key.curve == "Ed25519" and not key.has_private()
    except (ValueError, IndexError, TypeError):
        return False
    return True
