"""Quantities at any instant, replayed from the ledger's events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import EventKind, LedgerEvent

DEBT_KINDS: Final = frozenset({EventKind.LOAN, EventKind.INTEREST})


class Replay:
    """Quantities just before rising instants, in as many goes as the caller likes.

    Args:
        events: in booking order.
    """

    def __init__(self, events: Sequence[LedgerEvent]) -> None:
        self._events = events
        self._position = 0
        self._held: dict[str, Decimal] = {}

    def before(self, instants_ms: Sequence[int]) -> list[tuple[int, dict[str, Decimal]]]:
        """(instant, quantities other than zero by asset); an event at the very instant is not in them yet.

        Args:
            instants_ms: rising, and later than those of the go before.
        """
        found: list[tuple[int, dict[str, Decimal]]] = []
        with localcontext(MONEY):
            for at_ms in instants_ms:
                while self._position < len(self._events) and self._events[self._position].at_ms < at_ms:
                    _apply(self._held, self._events[self._position])
                    self._position += 1
                found.append((at_ms, {asset: quantity for asset, quantity in self._held.items() if quantity != ZERO}))
        return found


def coins_alone(events: Sequence[LedgerEvent]) -> Sequence[LedgerEvent]:
    """The events without what is owed: loans bring coins, interest takes none until it is paid.

    A quantity of coins is never below zero. What is owned, the coins less the debt, may be.
    """
    if not any(event.kind in DEBT_KINDS for event in events):
        return events
    return [_coins_of(event) for event in events]


def final_quantities(events: Iterable[LedgerEvent]) -> dict[str, Decimal]:
    """Quantities after all events, zeros left out."""
    held: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for event in events:
            _apply(held, event)
    return {asset: quantity for asset, quantity in held.items() if quantity != ZERO}


def lowest_quantities(events: Sequence[LedgerEvent]) -> Mapping[str, Decimal]:
    """The lowest quantity of coins of each asset ever; below zero, something that came in is not in the ledger."""
    return {asset: lowest for asset, (lowest, _) in lowest_points(events).items()}


def lowest_points(events: Sequence[LedgerEvent]) -> Mapping[str, tuple[Decimal, int]]:
    """The lowest quantity of coins of each asset ever, zero at the most, and the instant that first left so few.

    Events of one instant count together: a deposit and the sale of it may share a millisecond.
    """
    held: dict[str, Decimal] = {}
    lowest: dict[str, tuple[Decimal, int]] = {}
    touched: set[str] = set()
    previous: int | None = None
    with localcontext(MONEY):
        for event in coins_alone(events):
            if previous is not None and event.at_ms != previous:
                _note_lowest(lowest, held, touched, previous)
                touched.clear()
            previous = event.at_ms
            touched.update(leg.asset for leg in event.legs)
            _apply(held, event)
        if previous is not None:
            _note_lowest(lowest, held, touched, previous)
    return lowest


def _note_lowest(
    lowest: dict[str, tuple[Decimal, int]], held: Mapping[str, Decimal], touched: Iterable[str], at_ms: int
) -> None:
    for asset in touched:
        known = lowest.get(asset)
        if known is None or held[asset] < known[0]:
            lowest[asset] = min(ZERO, held[asset]), at_ms


def _coins_of(event: LedgerEvent) -> LedgerEvent:
    if event.kind is EventKind.LOAN:
        return replace(event, legs=tuple(leg for leg in event.legs if leg.role == "in"))
    return replace(event, legs=()) if event.kind is EventKind.INTEREST else event


def _apply(held: dict[str, Decimal], event: LedgerEvent) -> None:
    for leg in event.legs:
        held[leg.asset] = held.get(leg.asset, ZERO) + leg.amount
