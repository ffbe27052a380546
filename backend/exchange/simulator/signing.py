"""Check signatures on the bytes as sent: query and body joined, without the signature itself."""

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
    return hmac.compare_digest(expected, signature.lower())


VERIFIERS: Final[dict[str, Callable[[str, bytes, str], bool]]] = {"HMAC": _hmac_sha256}


def verified(key_type: str, secret: str, payload: bytes, signature: str) -> bool:
    """Whether the signature fits; `secret` is the shared secret (HMAC) or the public key of the key type."""
    return VERIFIERS[key_type](secret, payload, signature)
