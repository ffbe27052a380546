"""Coins in wallets of the user's own outside the exchange (docs/decisions/0016-own-addresses.md).

A withdrawal there and a deposit from there change no quantity and are no flows: readers of the ledger see them as
events that cost the network fee and nothing else. The stored events stay as the exchange told them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from backend.core.model.addresses import NOTHING_OUTSIDE, EventKey, Outside, OutsideMove, OwnAddress
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import EventKind, LedgerEvent, Leg

# What the user says of a deposit: the address that it came from, or None: from nowhere of one's own.
Said = Mapping[EventKey, int | None]


def outside_of(
    crossings: Iterable[LedgerEvent], addresses: Sequence[OwnAddress], said: Said, paired: Collection[EventKey]
) -> Outside:
    """What went to own addresses that keep their coins, and what came back.

    Args:
        crossings: deposits and withdrawals of one account in booking order.
        paired: those that are a move to or from another tracked account; they are told there.
    """
    keeping = [one for one in addresses if one.treatment == "outside_holdings"]
    if not keeping:
        return NOTHING_OUTSIDE
    known = {one.id for one in keeping}
    held: dict[tuple[int, str], Decimal] = {}
    moves: dict[EventKey, OutsideMove] = {}
    with localcontext(MONEY):
        for event in crossings:
            key = event.source, event.external_id
            leg = _crossing(event)
            if leg is None or key in paired:
                continue
            if leg.amount < ZERO:
                target = next((one for one in keeping if one.takes(event.address, event.note)), None)
                if target is not None and event.address:
                    place = target.id, leg.asset
                    held[place] = held.get(place, ZERO) - leg.amount
                    moves[key] = OutsideMove(key, event.at_ms, target.id, leg.asset, -leg.amount, "kept")
                continue
            source = said.get(key)
            if source in known and held.get((source, leg.asset), ZERO) >= leg.amount:
                # More than is there cannot have come from there: then it is a flow, as any other deposit.
                held[source, leg.asset] -= leg.amount
                moves[key] = OutsideMove(key, event.at_ms, source, leg.asset, leg.amount, "returned")
            elif key not in said and (near := _enough(keeping, held, leg)) is not None:
                moves[key] = OutsideMove(key, event.at_ms, near, leg.asset, leg.amount, "suggested")
    return Outside(moves, {place: quantity for place, quantity in held.items() if quantity != ZERO})


def kept_outside(events: Sequence[LedgerEvent], keys: Collection[EventKey]) -> Sequence[LedgerEvent]:
    """The events as the account sees them that counts its coins outside as its own."""
    if not keys:
        return events
    return [_kept(event) if (event.source, event.external_id) in keys else event for event in events]


def _kept(event: LedgerEvent) -> LedgerEvent:
    leg = _crossing(event)
    if leg is None:
        return event
    back = Leg(leg.asset, -leg.amount, "in" if leg.role == "out" else "out")
    fees = tuple(one for one in event.legs if one.role == "fee")
    return replace(event, kind=EventKind.KEPT_OUTSIDE, legs=(leg, back, *fees))


def _crossing(event: LedgerEvent) -> Leg | None:
    """The one leg that crossed the border of the exchange."""
    if event.kind not in (EventKind.DEPOSIT, EventKind.WITHDRAWAL):
        return None
    legs = event.flow_legs()
    return legs[0] if len(legs) == 1 else None


def _enough(addresses: Sequence[OwnAddress], held: Mapping[tuple[int, str], Decimal], leg: Leg) -> int | None:
    """An address that holds what came, the one that holds least of it."""
    places = [(held.get((one.id, leg.asset), ZERO), one.id) for one in addresses]
    return min(((quantity, number) for quantity, number in places if quantity >= leg.amount), default=(ZERO, None))[1]
