"""Sealing with AES-256-GCM under a ring of master keys: the newest seals, all of them open.

A sealed text is `v1.<id of the master key>.<purpose>.<nonce and ciphertext>`; id and purpose are authenticated with it.
So a sealed text that is changed, or put where something else belongs, does not open.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from backend.core.errors import SealBroken
from backend.core.redaction import remember

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = "v1"
NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
ID_LETTERS: Final = 12


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key: text with all the chance of 32 random bytes in it."""

    text: str = field(repr=False)

    @property
    def id(self) -> str:
        """Tells master keys apart without telling them: derived by another way than what seals."""
        return sha256(self._derived(b"portfolio vault: name of a key")).hexdigest()[:ID_LETTERS]

    def cipher(self) -> AESGCM:
        return self._cipher(b"portfolio vault: sealing")

    def passing_cipher(self) -> AESGCM:
        """Of what is sealed often and for a moment: by another key, so that neither opens as the other."""
        return self._cipher(b"portfolio vault: passing")

    def _cipher(self, use: bytes) -> AESGCM:
        # A start without keys seals and opens nothing before its first figures.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._derived(use))

    def _derived(self, use: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use).derive(self.text.encode())


class KeyRing:
    """Seals and opens. `keys()`: the master keys, newest first; `sealing()`: the newest of them, made where none is."""

    def __init__(self, keys: Callable[[], Sequence[MasterKey]], sealing: Callable[[], MasterKey]) -> None:
        self._keys = keys
        self._sealing = sealing

    def seal(self, plain: str, purpose: str) -> str:
        """Seal a secret for a purpose with the newest key. From now on no log line has it."""
        remember(plain)
        key, nonce = self._sealing(), os.urandom(NONCE_BYTES)
        head = f"{VERSION}.{key.id}.{_text(purpose.encode())}"
        return f"{head}.{_text(nonce + key.cipher().encrypt(nonce, plain.encode(), head.encode()))}"

    def unseal(self, sealed: str, purpose: str) -> str:
        """The secret again; no log line has it.

        Raises:
            SealBroken: it was changed, was sealed for something else, or the key that opens it is lost.
        """
        head, told, box = _parts(sealed)
        if told != purpose:
            raise SealBroken("The sealed text belongs to something else")
        key = next((one for one in self._keys() if one.id == key_of(sealed)), None)
        if key is None:
            raise SealBroken("The master key that this was sealed with is not here")
        content = _decrypted(key.cipher(), box, head)
        if content is None:
            raise SealBroken("The sealed text was changed")
        plain = content.decode()
        remember(plain)
        return plain

    def closed(self, content: bytes, purpose: str) -> bytes | None:
        """Something that is no secret of its own, sealed for a while; None where there is no key yet."""
        key = next(iter(self._keys()), None)
        if key is None:
            return None
        nonce = os.urandom(NONCE_BYTES)
        return nonce + key.passing_cipher().encrypt(nonce, content, purpose.encode())

    def opened(self, box: bytes, purpose: str) -> bytes | None:
        """What `closed` was given; None where it was not closed for that purpose by the newest key."""
        key = next(iter(self._keys()), None)
        if key is None:
            return None
        return _decrypted(key.passing_cipher(), box, purpose)

    def is_newest(self, sealed: str) -> bool:
        """Whether it is sealed with the newest key."""
        return key_of(sealed) == self._sealing().id

    def resealed(self, sealed: str) -> str:
        """The same secret for the same purpose, sealed with the newest key.

        Raises:
            SealBroken: it does not open.
        """
        _, purpose, _ = _parts(sealed)
        return self.seal(self.unseal(sealed, purpose), purpose)


def key_of(sealed: str) -> str:
    """The id of the master key that something was sealed with; empty where it is no sealed text."""
    parts = sealed.split(".")
    return parts[1] if len(parts) == 4 and parts[0] == VERSION else ""


def _parts(sealed: str) -> tuple[str, str, bytes]:
    head, _, box = sealed.rpartition(".")
    try:
        purpose = urlsafe_b64decode(head.split(".")[2]).decode()
        return head, purpose, urlsafe_b64decode(box)
    except (ValueError, IndexError):
        raise SealBroken("This is no sealed text") from None


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def _decrypted(cipher: AESGCM, box: bytes, about: str) -> bytes | None:
    """What nonce and ciphertext hold; None where they, or what they are about, were changed."""
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError):
        return None
