"""What the rows of all accounts together offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from backend.core.model.valuation import FLOW_PRICE_DOUBTS, Holding

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent


@dataclass(frozen=True, slots=True)
class MemberEnds:
    """The first and the newest row of an account; `dirty_ms`: from when on they are computed anew."""

    first_ms: int
    last_ms: int
    dirty_ms: int | None

    @property
    def settled_ms(self) -> int:
        """Up to when its rows are what they are going to be."""
        return self.last_ms if self.dirty_ms is None else min(self.last_ms, self.dirty_ms - 1)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """What a whole needs of a snapshot of one of its accounts."""

    account_id: int
    at_ms: int
    kind: str
    value: Decimal
    reason: str | None
    composition: Mapping[str, Holding]

    @property
    def value_doubt(self) -> str | None:
        """Why the value is an estimate."""
        return None if self.reason in FLOW_PRICE_DOUBTS else self.reason


class Wholes(Protocol):
    def of(self, environment: str) -> int | None: ...
    def ensure(self, environment: str) -> int: ...
    def members(self, whole_id: int) -> frozenset[int]: ...
    def set_members(self, whole_id: int, account_ids: Sequence[int], from_ms: int) -> None: ...
    def version(self, whole_id: int) -> int: ...
    def marked_from(self, whole_id: int) -> int | None: ...
    def ends(self, account_ids: Sequence[int]) -> Mapping[int, MemberEnds]: ...
    def next_ms(self, account_ids: Sequence[int], after_ms: int) -> int | None: ...
    def rows(self, account_ids: Sequence[int], after_ms: int, until_ms: int) -> Sequence[MemberRow]: ...
    def events(self, account_id: int, from_ms: int, until_ms: int) -> Sequence[LedgerEvent]: ...
