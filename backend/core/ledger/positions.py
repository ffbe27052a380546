"""Open positions and realised profit, stored with the account so that no reader has to replay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from backend.core.model.amounts import plain


@dataclass(frozen=True, slots=True)
class Position:
    """Quantity held and what it cost, fees included, in the reporting currency.

    `unknown`: coins came from outside at a cost that nobody told, and stand in `cost` at their market value of then.
    """

    quantity: Decimal
    cost: Decimal
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class PositionBook:
    """Average-cost positions of one account.

    `complete` is False where profit cannot be split; `reason` says why, or why it is an estimate. `unknown`: coins,
    held or gone by now, that came from outside at a cost that nobody told: what was realised rests on their market
    value of then.
    """

    realized: Decimal
    open: Mapping[str, Position]
    complete: bool
    reason: str | None = None
    unknown: tuple[str, ...] = ()


def encode_positions(book: PositionBook) -> str:
    """As JSON text."""
    return json.dumps(
        {
            "realized": plain(book.realized),
            "open": {
                asset: [plain(held.quantity), plain(held.cost), held.unknown] for asset, held in book.open.items()
            },
            "complete": book.complete,
            "reason": book.reason,
            "unknown": list(book.unknown),
        }
    )


def decode_positions(text: str | None) -> PositionBook | None:
    """What `encode_positions` wrote; None where nothing was stored."""
    if text is None:
        return None
    stored = json.loads(text)
    held = {
        asset: Position(Decimal(quantity), Decimal(cost), unknown)
        for asset, (quantity, cost, unknown) in stored["open"].items()
    }
    realized, unknown_coins = Decimal(stored["realized"]), tuple(stored["unknown"])
    return PositionBook(realized, held, stored["complete"], stored["reason"], unknown_coins)
