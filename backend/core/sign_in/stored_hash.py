"""What a password is kept as: hashes that may be brought from another program."""

from __future__ import annotations

import re
from typing import Final

# Version, cost of 4 to 31, 22 characters of salt and 31 of hash. Below 10 a good guesser is too quick.
BCRYPT: Final = re.compile(r"\$2[aby]\$(1[0-9]|2[0-9]|3[01])\$[./A-Za-z0-9]{53}")
ARGON2ID: Final = re.compile(
    r"\$argon2id\$v=19\$m=\d{1,8},t=\d{1,4},p=\d{1,3}\$[+/A-Za-z0-9]{11,128}\$[+/A-Za-z0-9]{16,128}"
)


def is_bcrypt(text: str) -> bool:
    """Whether this is a hash by bcrypt of a cost of at least 10."""
    return BCRYPT.fullmatch(text) is not None


def is_password_hash(text: str) -> bool:
    """Whether this is a hash and no password: by bcrypt or argon2id."""
    return is_bcrypt(text) or ARGON2ID.fullmatch(text) is not None


def is_meant_as_hash(text: str) -> bool:
    """Whether this begins like a hash: what is not one all the same was copied in part."""
    return re.match(r"\$(2[abxy]?|argon2\w*)\$", text) is not None
