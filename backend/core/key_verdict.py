"""Whether a key may be used: what it may do must be enough to read, and never enough to take coins away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.keys import TRADE, KeyKind

if TYPE_CHECKING:
    from backend.core.model.accounts import KeyPermissions

Verdict = Literal["good", "warned", "refused", "unknown"]
Finding = Literal["cannot-read", "may-withdraw", "cannot-trade", "no-ip-restriction", "not-told"]
WORST: Final[Sequence[Verdict]] = ("refused", "unknown", "warned", "good")
WORDS: Final = {
    "cannot-read": "it may not read: switch reading on",
    "may-withdraw": "it may withdraw or transfer coins: take these rights from it at the exchange, or make another key",
    "cannot-trade": "it may not trade: give it the right to trade spot, and no other",
    "no-ip-restriction": "it works from any address: restrict it to this machine's at the exchange",
    "not-told": "the exchange does not tell what it may do",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict and what it rests on, gravest first."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def words(self) -> str:
        return "; ".join(WORDS[one] for one in self.findings)


def judge(rights: KeyPermissions | None, kind: KeyKind, must_tell: bool) -> Judged:
    """Judge a key by its rights.

    Args:
        must_tell: the exchange tells rights, so one that is not told is not taken for harmless; elsewhere it is.
    """
    if rights is None:
        return Judged("unknown", ("not-told",))
    found: list[Finding] = []
    if rights.can_read is False:
        found.append("cannot-read")
    if rights.can_withdraw:
        found.append("may-withdraw")
    if kind == TRADE and rights.can_trade is False:
        found.append("cannot-trade")
    if found:
        return Judged("refused", tuple(found))
    if must_tell and (rights.can_withdraw is None or rights.can_trade is None):
        return Judged("unknown", ("not-told",))
    if rights.ip_restricted is False:
        return Judged("warned", ("no-ip-restriction",))
    return Judged("good", ())


def worst(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The gravest of several; None of none."""
    return next((one for one in WORST if one in verdicts), None)
