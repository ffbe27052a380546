"""Why a snapshot is an estimate: a stored `exact` that should be `estimated` is a wrong figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.verify.differences import EXACT

# What only the readings of open futures positions, or the end of an account's statements, tell: taken as it is stored.
WATCHED: Final = ("unrealized_unknown", "unrealized_late", "from_statements")
GAIN_WITHOUT_CAPITAL: Final = "gain_without_capital"
UNTOLD: Final = "unexplained_change"


def untold_stretches(events: Iterable[LedgerEvent]) -> list[tuple[int, int]]:
    """From when the sums were right last to the entry of each change that nobody explained; where it stands for coins
    of before the first event, from there to when the last of them were short.
    """
    ends = (
        sorted((event.since_ms, event.at_ms))
        for event in events
        if event.kind is EventKind.UNEXPLAINED and event.since_ms is not None
    )
    return [(since, until) for since, until in ends]


@dataclass(slots=True)
class Doubts:
    """Coins as they are there, what is owed left out, and how many links so far were estimates.

    `untold`: stretches, both ends outside, in which something happened that nobody told.
    """

    untold: Sequence[tuple[int, int]] = ()
    count: int = 0
    _coins: dict[str, Decimal] = field(default_factory=dict)

    def take(self, event: LedgerEvent) -> None:
        """Take in an event: loans bring coins, and interest takes none until it is paid."""
        if event.kind is EventKind.INTEREST:
            return
        for leg in event.legs:
            if event.kind is not EventKind.LOAN or leg.role == "in":
                self._coins[leg.asset] = EXACT.add(self._coins.get(leg.asset, ZERO), leg.amount)

    def of_value(self, at_ms: int, prices: Mapping[str, str | None], stored: str | None) -> str | None:
        """The first doubt about a value.

        Args:
            prices: what is doubtful about the price of each coin held, in the order of the row.
            stored: the reason of the stored row.
        """
        doubtful = next((f"{doubt}:{asset}" for asset, doubt in prices.items() if doubt is not None), None)
        if doubtful is not None:
            return doubtful
        short = next((f"negative_quantity:{asset}" for asset, held in self._coins.items() if held < 0), None)
        untold = UNTOLD if any(since < at_ms < until for since, until in self.untold) else None
        return short or untold or (stored if stored in WATCHED else None)

    def link(self, reason: str | None, flow: Decimal, flow_doubts: Sequence[str], from_nothing: bool) -> int:
        """Go on to the next row; a value counts where it is a link: at a flow, and where nothing was before it."""
        self.count += int(reason is not None and (flow != 0 or bool(flow_doubts) or from_nothing))
        return self.count
