"""Lots on their way from one account to another, as text: what left under each cost method, with its date and cost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.cost_events import CarriedLot
from backend.core.model.amounts import MONEY, ZERO

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
# A list a method, in the order of `METHODS`.
CarriedLots = tuple[tuple[CarriedLot, ...], ...]


def written(left: Sequence[Sequence[CarriedLot]]) -> str:
    """What left, for `read`."""
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
