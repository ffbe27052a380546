"""Random texts that let somebody in, and what is kept of them: a digest, never the text.

A digest without salt or stretching is enough here: the texts hold 100 bits and more of chance, so nobody finds them by
trying. Passwords are another matter (`PasswordHashes`).
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Final

from backend.core.redaction import remember

# Starts every token of a program, so that one that leaked is recognised.
TOKEN_PREFIX: Final = "bpm_"
ENDING: Final = 4
# Letters and digits that are not taken for one another.
CLEAR: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 5


def session_token() -> str:
    """256 bits. No log line of this process has it."""
    token = secrets.token_urlsafe(32)
    remember(token)
    return token


def program_token() -> str:
    """256 bits behind a prefix."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def typed_code() -> str:
    """Four groups of five for a person to type: 98 bits."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(GROUP)) for _ in range(GROUPS))


def digest(text: str) -> str:
    """What the database keeps of a token or a code."""
    return sha256(text.encode()).hexdigest()


def code_digest(text: str) -> str:
    """The same of a code as a person types it."""
    return digest("".join(text.upper().replace("-", "").split()))


def csrf_of(token: str) -> str:
    """What writes of a session must send back. Whoever knows it does not know the session's token."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
