"""What an act is described with, as canonical JSON: short, without secrets, the same for the same act."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import Any, Final

from backend.core.model.amounts import plain

LONGEST_TEXT: Final = 300
MOST_PARTS: Final = 60
DEEPEST: Final = 4
HIDDEN: Final = "[hidden]"
# Whoever writes an act down has no business to hand such a thing over; should it happen, it is not written.
SECRET: Final = re.compile(r"secret|password|passphrase|token|api_?key|private|credential|cookie|totp|otp_code", re.I)


def canonical(details: Mapping[str, object] | None) -> str:
    """JSON with sorted keys and without spaces; decimals are text, what is named like a secret is hidden."""
    return json.dumps(_told(details or {}, 0), sort_keys=True, separators=(",", ":"))


def short(text: str) -> str:
    """One line of text that any database takes."""
    line = " ".join(text.replace("\0", " ").split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def _told(value: object, depth: int) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping) and depth < DEEPEST:
        parts = list(value.items())[:MOST_PARTS]
        return {str(name): HIDDEN if SECRET.search(str(name)) else _told(part, depth + 1) for name, part in parts}
    if isinstance(value, Set) and depth < DEEPEST:
        return [_told(part, depth + 1) for part in sorted(value, key=str)[:MOST_PARTS]]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes) and depth < DEEPEST:
        return [_told(part, depth + 1) for part in value[:MOST_PARTS]]
    return short(str(value))
