"""The secret half of an API key: HMAC text, or an RSA or Ed25519 private key in PEM. No error here tells any of it."""

from __future__ import annotations

from typing import Any, Final

from Crypto.PublicKey import ECC, RSA

from backend.core.errors import CredentialsRefusedError

HMAC: Final = "hmac"
RSA_KEY: Final = "rsa"
ED25519: Final = "ed25519"
PEM: Final = "-----BEGIN"
SHORTEST_RSA: Final = 2048


def signing_key(secret: str, told: str = "") -> tuple[str, Any]:
    """What signs: the type of a secret, and the private key where it is not HMAC.

    Args:
        secret: as Binance gave it (HMAC) or as it was made (PEM; line breaks may be written as two characters).
        told: the type that the user says it is; found out where empty.

    Raises:
        CredentialsRefusedError: it cannot be used; says what would be right.
    """
    if PEM not in secret:
        if told and told != HMAC:
            raise CredentialsRefusedError(f"The secret is no private key in PEM, as an {told} key has")
        if not secret or any(letter.isspace() for letter in secret):
            raise CredentialsRefusedError("The secret is empty or has spaces in it")
        return HMAC, None
    kind, key = _parsed(secret.replace("\\n", "\n"))
    if told and told != kind:
        raise CredentialsRefusedError(f"The secret is a key of type {kind}, not {told}")
    return kind, key


def _parsed(pem: str) -> tuple[str, Any]:
    if "ENCRYPTED" in pem:
        raise CredentialsRefusedError("The private key is locked with a password: store it without one")
    if "PUBLIC KEY" in pem:
        raise CredentialsRefusedError("The secret is the public half of a key: the private half is needed")
    tidy = "\n".join(line.strip() for line in pem.strip().splitlines())
    try:
        curve = ECC.import_key(tidy)
    except (ValueError, IndexError, TypeError):
        return RSA_KEY, _rsa(tidy)
    if curve.curve != "Ed25519":
        raise CredentialsRefusedError("The private key is of a curve that Binance does not take: Ed25519 is")
    return ED25519, curve


def _rsa(pem: str) -> Any:
    try:
        key = RSA.import_key(pem)
    except (ValueError, IndexError, TypeError):
        # Without `from`: what the library says of it may quote it.
        raise CredentialsRefusedError("The private key in PEM cannot be read: it is cut off or damaged") from None
    if key.size_in_bits() < SHORTEST_RSA:
        raise CredentialsRefusedError(f"The RSA key is shorter than {SHORTEST_RSA} bits, which Binance does not take")
    return key
