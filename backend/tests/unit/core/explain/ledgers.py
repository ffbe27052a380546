"""Random accounts as chains of snapshots: flows at any hour, total losses, withdrawals of everything, no capital."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.core.explain.model import EXACTLY, Piece, linked
from backend.core.explain.pieces import HUNDRED, SHOWN_DIGITS, rounded_to, window_pieces
from backend.core.explain.windows import shown_percent
from backend.core.model.amounts import ONE, ZERO
from backend.core.model.instants import HOUR_MS
from backend.core.model.valuation import Holding, SnapshotRow
from backend.core.performance.snapshot_chain import Grid, ValuedPoint, extend
from backend.tests.builders import T0

NOTHING: Final[dict[str, Holding]] = {}
SOMETHING: Final = {"BTC": Holding(ONE, ONE)}


def random_rows(dice: random.Random, length: int, wild: int = 250) -> list[SnapshotRow]:
    """A chain of so many hours; what happens in each is drawn. `wild`: the largest move of an hour, in thousandths."""
    points: list[ValuedPoint] = []
    capital, fee, price_known = ZERO, ZERO, True
    for hour in range(length):
        value = capital * Decimal(1_000 + dice.randint(-wild * 4 // 5, wild)) / 1_000
        if dice.random() < 0.0005:
            price_known = not price_known
        if capital == fee == ZERO and dice.random() < 0.2:
            # Somebody gave something: a value without capital.
            value = Decimal(dice.randint(1, 10**6)) / 1_000
        flow, fee = ZERO, ZERO
        happens = dice.random()
        if happens < 0.08 or hour == 0:
            flow = Decimal(dice.randint(1, 10**9)) / 1_000
        elif happens < 0.12 and value > 0:
            flow = -value * Decimal(dice.randint(1, 99)) / 100
        elif happens < 0.13 and value > 1:
            fee = Decimal("0.000001")
            flow = -(value - fee)
        elif happens < 0.14 and value > 0:
            flow = -value
        elif happens < 0.1405:
            value = ZERO
        shown = value if price_known else ZERO
        points.append(_point(hour, shown, flow, held=capital > 0 or value > 0))
        capital = value + flow - fee
    return extend(1, None, points, [], Grid(HOUR_MS))


def _point(hour: int, value: Decimal, flow: Decimal, *, held: bool) -> ValuedPoint:
    return ValuedPoint(
        at_ms=T0 + hour * HOUR_MS,
        kind="flow" if flow else "slot",
        value=value,
        flow=flow,
        deposits=max(flow, ZERO),
        composition=SOMETHING if held else NOTHING,
        doubt=None,
        flow_doubt=None,
        benchmark=None,
    )


def explained(rows: Sequence[SnapshotRow], start: int, end: int) -> tuple[float | None, list[Piece]]:
    """The figure that is shown of a window, in percent, and its pieces; None where the window has none."""
    opening, closing = rows[start], rows[end]
    if not opening.growth_index > 0 or not closing.growth_index >= 0:
        return None, []

    def between(from_ms: int, until_ms: int) -> list[SnapshotRow]:
        return [row for row in rows if from_ms <= row.at_ms <= until_ms]

    flows = [row for row in rows[start + 1 : end] if row.flow != ZERO]
    shown = shown_percent(closing.growth_index / opening.growth_index - 1.0)
    assert shown is not None
    return shown, rounded_to(window_pieces(opening, flows, closing, between, {}), shown)


def product_percent(pieces: Sequence[Piece]) -> float:
    """The product of the pieces, less 1, in percent at the digits that are shown."""
    percent = EXACTLY.multiply(EXACTLY.subtract(linked(pieces), ONE), HUNDRED)
    return float(percent.quantize(SHOWN_DIGITS, context=EXACTLY))
