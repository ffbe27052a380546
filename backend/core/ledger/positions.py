"""Open positions and realised profit, stored with the account so that no reader has to replay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from backend.core.model.amounts import plain


@dataclass(frozen=True, slots=True)
class Position:
    """Quantity held and what it cost, fees included, in the reporting currency."""

    quantity: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class PositionBook:
    """Average-cost positions of one account.

    `complete` is False where a cost is not known: profit is then not split.
    """

    realized: Decimal
    open: Mapping[str, Position]
    complete: bool
    reason: str | None = None


def encode_positions(book: PositionBook) -> str:
    """As JSON text."""
    return json.dumps(
        {
            "realized": plain(book.realized),
            "open": {asset: [plain(held.quantity), plain(held.cost)] for asset, held in book.open.items()},
            "complete": book.complete,
            "reason": book.reason,
        }
    )


def decode_positions(text: str | None) -> PositionBook | None:
    """What `encode_positions` wrote; None where nothing was stored."""
    if text is None:
        return None
    stored = json.loads(text)
    held = {asset: Position(Decimal(quantity), Decimal(cost)) for asset, (quantity, cost) in stored["open"].items()}
    return PositionBook(Decimal(stored["realized"]), held, stored["complete"], stored["reason"])
