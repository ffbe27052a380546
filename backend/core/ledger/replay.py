"""Quantities at any instant, replayed from the ledger's events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import LedgerEvent


def quantities_before(
    events: Sequence[LedgerEvent], instants_ms: Sequence[int]
) -> Iterator[tuple[int, dict[str, Decimal]]]:
    """Quantities just before each instant.

    Args:
        events: in booking order.
        instants_ms: rising.

    Yields:
        (instant, quantities other than zero by asset); an event at the very instant is not in them yet.
    """
    held: dict[str, Decimal] = {}
    position = 0
    with localcontext(MONEY):
        for at_ms in instants_ms:
            while position < len(events) and events[position].at_ms < at_ms:
                _apply(held, events[position])
                position += 1
            yield at_ms, {asset: quantity for asset, quantity in held.items() if quantity != ZERO}


def final_quantities(events: Iterable[LedgerEvent]) -> dict[str, Decimal]:
    """Quantities after all events, zeros left out."""
    held: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for event in events:
            _apply(held, event)
    return {asset: quantity for asset, quantity in held.items() if quantity != ZERO}


def lowest_quantities(events: Iterable[LedgerEvent]) -> Mapping[str, Decimal]:
    """The lowest quantity each asset ever had; below zero, something that came in is missing from the ledger.

    Events of one instant count together: a deposit and the sale of it may share a millisecond.
    """
    held: dict[str, Decimal] = {}
    lowest: dict[str, Decimal] = {}
    touched: set[str] = set()
    previous: int | None = None
    with localcontext(MONEY):
        for event in events:
            if event.at_ms != previous:
                _note_lowest(lowest, held, touched)
                touched.clear()
            previous = event.at_ms
            touched.update(leg.asset for leg in event.legs)
            _apply(held, event)
        _note_lowest(lowest, held, touched)
    return lowest


def _note_lowest(lowest: dict[str, Decimal], held: Mapping[str, Decimal], touched: Iterable[str]) -> None:
    for asset in touched:
        lowest[asset] = min(lowest.get(asset, ZERO), held[asset])


def _apply(held: dict[str, Decimal], event: LedgerEvent) -> None:
    for leg in event.legs:
        held[leg.asset] = held.get(leg.asset, ZERO) + leg.amount
