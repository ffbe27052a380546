"""One payment told by two histories is one: the exchange lists some Earn rewards among the dividends as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import MINUTE_MS

# Both lists are written by one batch of the exchange.
APART_MS: Final = 5 * MINUTE_MS


def without_twins(found: Sequence[LedgerEvent], known: Iterable[LedgerEvent]) -> Sequence[LedgerEvent]:
    """Events less the rewards that another source told already: same coin, same amount, minutes apart at most."""
    told: dict[tuple[str, Decimal], list[LedgerEvent]] = {}
    for event in known:
        if event.kind is EventKind.REWARD:
            told.setdefault(_payment(event), []).append(event)
    return [event for event in found if not _has_twin(event, told)]


def _has_twin(event: LedgerEvent, told: dict[tuple[str, Decimal], list[LedgerEvent]]) -> bool:
    if event.kind is not EventKind.REWARD:
        return False
    others = told.get(_payment(event), ())
    return any(other.source != event.source and abs(other.at_ms - event.at_ms) <= APART_MS for other in others)


def _payment(event: LedgerEvent) -> tuple[str, Decimal]:
    return event.legs[0].asset, event.legs[0].amount
