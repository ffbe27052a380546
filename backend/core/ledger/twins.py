"""One movement told by two histories is one, unless the balances say that it was two.

The exchange lists some Earn rewards among the dividends as well, and money that came by a bank, a card or Pay may stand
among the deposits too: never with a transaction of a network, which only coins that went over it have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from backend.core.imports.statements.merge import is_statement
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import MINUTE_MS

# Both lists are written by one batch of the exchange.
APART_MS: Final = 5 * MINUTE_MS
# Flows are compared across these only: two equal deposits are two, and so are two purchases of equal size.
CHAIN: Final = frozenset({"deposit", "withdrawal"})
BESIDE_THE_CHAIN: Final = frozenset({"fiat_deposit", "fiat_withdrawal", "card_purchase", "card_sale", "pay"})
FLOWS: Final = frozenset({EventKind.DEPOSIT, EventKind.WITHDRAWAL})
# Of so many that may have been two movements each, all selections are tried.
MOST_TRIED: Final = 10
Key = tuple[EventKind, str, Decimal]


def without_twins(found: Sequence[LedgerEvent], known: Iterable[LedgerEvent]) -> Sequence[LedgerEvent]:
    """Events less those that another source told already: same coin, same amount, minutes apart at most.

    One event stands for one other: of two equal ones, one told already, the second stays.
    """
    told: dict[Key, list[LedgerEvent]] = {}
    own: set[tuple[str, str]] = set()
    for event in known:
        own.add((event.source, event.external_id))
        if event.kind is EventKind.REWARD or event.kind in FLOWS:
            told.setdefault(_movement(event), []).append(event)
    kept: list[LedgerEvent] = []
    for event in found:
        twin = None if (event.source, event.external_id) in own or not event.legs else _twin(event, told)
        if twin is None:
            kept.append(event)
        else:
            told[_movement(event)].remove(twin)
    return kept


def two_after_all(left_out: Sequence[LedgerEvent], missing: Mapping[str, Decimal]) -> Sequence[LedgerEvent]:
    """Events that were left out as twins and whose amounts are just what the balances miss: two movements of one size.

    Args:
        left_out: each once.
        missing: reported minus replayed quantity of each asset that differs.
    """
    found: list[LedgerEvent] = []
    for asset, amount in missing.items():
        may_be = [event for event in left_out if _effect(event, asset) != ZERO][:MOST_TRIED]
        for count in range(1, len(may_be) + 1):
            chosen = next((some for some in combinations(may_be, count) if _sum(some, asset) == amount), None)
            if chosen is not None:
                found.extend(chosen)
                break
    return found


def one_after_all(known: Iterable[LedgerEvent], missing: Mapping[str, Decimal]) -> Sequence[LedgerEvent]:
    """Second tellings that are on record as movements of their own and whose amounts are just what the ledger has too
    much: one movement told twice.

    Args:
        known: the ledger, less what statements told.
        missing: reported minus replayed quantity of each asset that differs.
    """
    too_much = {asset: -amount for asset, amount in missing.items()}
    told: dict[str, list[LedgerEvent]] = {}
    for event in known:
        if event.legs and event.legs[0].asset in too_much and _may_have_a_twin(event):
            told.setdefault(event.source, []).append(event)
    first: list[LedgerEvent] = []
    second: list[LedgerEvent] = []
    for events in told.values():
        kept = without_twins(events, first)
        second.extend(event for event in events if event not in kept)
        first.extend(kept)
    return two_after_all(second, too_much)


def may_hide(event: LedgerEvent, missing: Mapping[str, Decimal]) -> bool:
    """Whether another movement, of just the size that is missing, may have been taken for this one told twice."""
    return bool(event.legs) and _may_have_a_twin(event) and missing.get(event.legs[0].asset) == event.legs[0].amount


def _may_have_a_twin(event: LedgerEvent) -> bool:
    if event.kind in FLOWS:
        return event.source in CHAIN | BESIDE_THE_CHAIN
    return event.kind is EventKind.REWARD and not is_statement(event)


def _sum(events: Iterable[LedgerEvent], asset: str) -> Decimal:
    return total([_effect(event, asset) for event in events])


def _effect(event: LedgerEvent, asset: str) -> Decimal:
    return total([leg.amount for leg in event.legs if leg.asset == asset])


def _twin(event: LedgerEvent, told: dict[Key, list[LedgerEvent]]) -> LedgerEvent | None:
    if event.kind is not EventKind.REWARD and event.kind not in FLOWS:
        return None
    near = (other for other in told.get(_movement(event), ()) if abs(other.at_ms - event.at_ms) <= APART_MS)
    return next((other for other in near if _may_tell_the_same(event, other)), None)


def _may_tell_the_same(event: LedgerEvent, other: LedgerEvent) -> bool:
    if event.kind is EventKind.REWARD:
        # What a statement told is kept beside what the exchange tells, so that the statement can be taken back.
        return other.source != event.source and not is_statement(other)
    pair = {event.source, other.source}
    beside = bool(pair & CHAIN) and bool(pair & BESIDE_THE_CHAIN)
    return beside and not _over_a_network(event) and not _over_a_network(other)


def _over_a_network(event: LedgerEvent) -> bool:
    """Of moves within the exchange words stand in the place of a transaction: `Internal transfer 123`."""
    return bool(event.transaction) and " " not in event.transaction


def _movement(event: LedgerEvent) -> Key:
    return event.kind, event.legs[0].asset, event.legs[0].amount
