"""Lots on their way from one account to another: what left under each cost method, with its date and cost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.ledger.cost_events import CarriedLot, CostEvent, Deposit
from backend.core.model.amounts import MONEY, ZERO

if TYPE_CHECKING:
    from backend.core.ledger.cost_basis import CostBasis

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
# A list a method, in the order of `METHODS`.
CarriedLots = tuple[tuple[CarriedLot, ...], ...]


def written(left: Sequence[Sequence[CarriedLot]]) -> str:
    """What left, as text for `read`."""
    return json.dumps(
        [
            [
                [(lot.acquired_at - EPOCH) // MICROSECOND, str(lot.quantity), str(lot.cost), lot.estimated]
                for lot in lots
            ]
            for lots in left
        ],
        separators=(",", ":"),
    )


def read(text: str, quantity: Decimal) -> CarriedLots:
    """The lots that arrive: of more than `quantity` the first ones, the last of them in part."""
    return tuple(_first(lots, quantity) for lots in json.loads(text))


def arriving(bookings: Sequence[CostEvent], lots: tuple[CarriedLot, ...]) -> Sequence[CostEvent]:
    """The same bookings with the lots that come, in place of a deposit of unknown cost."""
    found: list[CostEvent] = []
    for one in bookings:
        if not isinstance(one, Deposit):
            found.append(one)
            continue
        found += [
            replace(one, quantity=lot.quantity, cost=lot.cost, acquired_at=lot.acquired_at, estimated=lot.estimated)
            for lot in lots
        ]
        rest = one.quantity - sum((lot.quantity for lot in lots), ZERO)
        if rest > ZERO:
            found.append(replace(one, quantity=rest))
    return found


def left_of(basis: CostBasis) -> tuple[CarriedLot, ...]:
    """What was withdrawn just now."""
    found = tuple(CarriedLot(*part[1:]) for part in basis.withdrawn)
    basis.withdrawn.clear()
    return found


def unsure(deposit: Deposit, carried: CarriedLots) -> bool:
    """Whether the cost of some of the coins that came from another account is not known there either."""
    lots = carried[0]
    return any(lot.estimated for lot in lots) or sum((lot.quantity for lot in lots), ZERO) < deposit.quantity


def _first(lots: Sequence[tuple[int, str, str, bool]], quantity: Decimal) -> tuple[CarriedLot, ...]:
    found: list[CarriedLot] = []
    left = quantity
    with localcontext(MONEY):
        for age, held, paid, estimated in lots:
            if left <= ZERO:
                break
            whole, cost = Decimal(held), Decimal(paid)
            part = min(whole, left)
            if part < whole:
                cost = cost * part / whole
            found.append(CarriedLot(EPOCH + age * MICROSECOND, part, cost, estimated))
            left -= part
    return tuple(found)
