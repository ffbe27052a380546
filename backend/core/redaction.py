"""What must never be read in a log: by the name it goes by, by the look of it, and by being known.

Names catch what is passed as a field, looks catch what stands in the words of an error or an address, and known values
(`remember`) catch the program's own secrets wherever and however they turn up.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

REDACTED: Final = "[redacted]"
# Shorter ones are words: every text would be full of holes.
SHORTEST: Final = 8
DEEPEST: Final = 6
# Longer texts are cut: a page of HTML in an error says no more than its beginning.
LONGEST: Final = 16_000

_NAMES: Final = (
    r"(?:x[_-]?mbx[_-]?)?api[_-]?(?:key|secret)s?|secret(?:[_-]?key)?|signature|pass(?:word|wd|phrase)?|pwd|"
    r"[a-z]{0,30}(?:[_-][a-z]{1,20}){0,3}[_-]?(?:token|password|secret)|(?:proxy[_-]?)?authorization|(?:set[_-]?)?cookies?|"
    r"session(?:[_-]?(?:id|key))?|sid|csrf(?:[_-]?token)?|x[_-]?csrf[_-]?token|listen[_-]?key|private[_-]?key|"
    r"master[_-]?key|signing[_-]?key|x[_-]?cmc[_-]?pro[_-]?api[_-]?key|otp|totp|credentials?|bearer"
)
NAME: Final = re.compile(rf"(?:{_NAMES})", re.IGNORECASE)
# An address is cut at its query when that is signed or names a secret; what is left says where it went. Two steps and
# bounded repetitions: the words of an error are somebody else's, and no text may keep a line of the log busy.
_QUERY: Final = re.compile(r"\?[^\s'\"<>)\]]+")
_SIGNED: Final = re.compile(rf"[?&;](?:{_NAMES}|timestamp)=", re.IGNORECASE)
_ASSIGNED: Final = re.compile(
    rf"(?P<name>(?<![A-Za-z0-9_])(?:{_NAMES}))(?P<mark>\\?['\"]?\s*(?:=>|[=:])\s*)"
    r"(?P<value>(?:bearer|basic)\s+\S+|b?\\?\"[^\"]*\"|b?\\?'[^']*'|[^\s'\",;&)\]}]+)",
    re.IGNORECASE,
)
_LOOKS: Final = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL),
    re.compile(r"\b(?:bearer|basic)\s+[A-Za-z0-9._~+/-]{8,}=*", re.IGNORECASE),
    # What is before the @ of an address.
    re.compile(r"(?<=://)[^\s/@'\"]+(?=@)"),
    # A token of this program (core/sign_in/secret_texts.py).
    re.compile(r"\bbpm_[A-Za-z0-9_-]{20,}"),
    # The bot's token in an address of Telegram.
    re.compile(r"(?<=/bot)\d+:[A-Za-z0-9_-]{20,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    re.compile(r"\$argon2[a-z]*\$[^\s'\"]+|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}"),
    # Keys, secrets and signatures of the exchange have 64 characters.
    re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])"),
)


class Secrets:
    """The values that this process knows to be secret. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def remember(self, *values: str) -> None:
        """From now on these are written nowhere, in none of the forms that they travel in."""
        forms = {form for value in values if len(value) >= SHORTEST for form in _forms(value)}
        with self._lock:
            if forms <= self._forms:
                return
            self._forms |= forms
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def scrub(self, text: str) -> str:
        """The text without any of them."""
        return text if self._pattern is None else self._pattern.sub(REDACTED, text)


# Of this process. What is learned later (a key that is added, a token that is made) is told to it where it is learned.
KNOWN: Final = Secrets()


def remember(*values: str) -> None:
    """Have `KNOWN` keep these out of every log line of this process; what has less than eight characters is left."""
    KNOWN.remember(*values)


class Redactor:
    """Takes secrets out of what is logged. Without `known` it goes by names and looks alone."""

    def __init__(self, known: Secrets | None = KNOWN) -> None:
        self._known = known

    def text(self, text: str) -> str:
        """A text without what is known or looks like a secret, cut where it is very long."""
        if self._known is not None:
            text = self._known.scrub(text)
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]} [cut]"
        text = _QUERY.sub(lambda found: f"?{REDACTED}" if _SIGNED.search(found[0]) else found[0], text)
        text = _ASSIGNED.sub(lambda found: f"{found['name']}{found['mark']}{REDACTED}", text)
        for look in _LOOKS:
            text = look.sub(REDACTED, text)
        return text

    def fields(self, fields: Mapping[str, object]) -> dict[str, object]:
        """A copy in which only plain values are left (text, numbers, truth, None, lists, dictionaries), redacted."""
        return {self.text(str(name)): self._value(name, value, 0) for name, value in fields.items()}

    def _value(self, name: object, value: object, depth: int) -> object:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(name, str) and NAME.fullmatch(name):
            return REDACTED
        if isinstance(value, int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if depth >= DEEPEST:
            return "[deep]"
        if isinstance(value, Mapping):
            return {self.text(str(key)): self._value(key, part, depth + 1) for key, part in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(None, part, depth + 1) for part in value]
        return self.text(_shown(value))


def _shown(value: object) -> str:
    try:
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    except Exception as error:  # noqa: BLE001  # an object that cannot be shown must not take the line with it
        return f"[{type(value).__name__}: {type(error).__name__}]"


def _forms(value: str) -> Iterable[str]:
    """A secret as it stands in texts: itself, in an address, in JSON or `repr`, in base64 (Basic authorization)."""
    raw = value.encode()
    yield value
    yield from (quote(value), quote(value, safe=""), quote_plus(value))
    yield from (json.dumps(value)[1:-1], repr(value)[1:-1])
    yield from (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
