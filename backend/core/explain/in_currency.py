"""A window and its rows in another currency, each amount by the price of its own instant.

Value and flow of an instant are divided by the same price, so that a piece's return is `factor x price at its start /
price at its end`: the product of the pieces stays the figure (docs/formulas.md#another-display-currency).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.display_windows import Course, figures_in_display
from backend.core.explain.model import EXACTLY, Input, Piece, linked, ratio
from backend.core.explain.pieces import rounded_to
from backend.core.explain.windows import Window, shown_percent
from backend.core.model.amounts import ZERO, total

if TYPE_CHECKING:
    from backend.core.display_rates import Rates
    from backend.core.model.holdings import CashFlow
    from backend.core.model.valuation import SnapshotRow


def pieces_in(pieces: Sequence[Piece], rates: Rates) -> list[Piece]:
    """The pieces in the currency. Those that meet at an instant without a price become one, without values; nothing
    where the ends have none.
    """
    found: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        waiting.append(piece)
        start, end = rates.at(waiting[0].start_ms), rates.at(piece.end_ms)
        if start is None:
            return []
        if end is not None:
            found.append(_joined(waiting, start, end))
            waiting = []
    return [] if waiting else found


def window_in(window: Window, course: Course) -> Window:
    """A window in the currency: its figures as the pages tell them, its ends, flows and pieces."""
    figures = figures_in_display(window.figures, course)
    flows = [flow_in(flow, course.rates) for flow in window.flows]
    deposits = total([flow.amount for flow in flows if flow.amount is not None and flow.amount > ZERO])
    end = replace(_row_in(window.end, course.rates), cum_deposits=deposits)
    # The last piece says what the digits shown of the other figure differ by.
    own = [piece for piece in window.pieces if piece.kind not in ("rounding", "not_explained")]
    shown = shown_percent(figures.twr)
    return replace(
        window,
        figures=figures,
        start=replace(_row_in(window.start, course.rates), cum_deposits=ZERO),
        end=end,
        at_flows=[_row_in(row, course.rates) for row in window.at_flows],
        flows=flows,
        pieces=[] if shown is None else rounded_to(pieces_in(own, course.rates), shown),
        rates=course.rates,
    )


def flow_in(flow: CashFlow, rates: Rates) -> CashFlow:
    """A cash flow at the price of its instant."""
    return replace(flow, amount=rates.then(flow.amount, flow.at_ms), price=rates.then(flow.price, flow.at_ms))


def inputs_in(inputs: Sequence[Input], rates: Rates) -> list[Input]:
    """Rows in the currency; one without an instant has no price, and is not known."""
    return [_input_in(one, rates) for one in inputs]


def _input_in(one: Input, rates: Rates) -> Input:
    if one.at_ms is None:
        return replace(one, value=None, price=None, part=None)
    value, price = rates.then(one.value, one.at_ms), rates.then(one.price, one.at_ms)
    return replace(one, value=value, price=price, part=rates.then(one.part, one.at_ms))


def _row_in(row: SnapshotRow, rates: Rates) -> SnapshotRow:
    value = rates.then(row.value, row.at_ms)
    # Without a price no figure rests on it: what is told is marked by the figure.
    return row if value is None else replace(row, value=value, flow=rates.then(row.flow, row.at_ms) or ZERO)


def _joined(pieces: Sequence[Piece], start: Decimal, end: Decimal) -> Piece:
    first, last = pieces[0], pieces[-1]
    factor = ratio(EXACTLY.multiply(linked(pieces), start), end)
    alone = len(pieces) == 1
    doubt = next((piece.reason for piece in pieces if piece.reason is not None), None)

    def shown(value: Decimal | None, rate: Decimal) -> Decimal | None:
        return None if value is None or not alone else EXACTLY.divide(value, rate)

    return replace(
        last,
        start_ms=first.start_ms,
        start_value=shown(last.start_value, start),
        end_value=shown(last.end_value, end),
        factor=factor,
        flow=None if last.flow is None else EXACTLY.divide(last.flow, end),
        status="exact" if doubt is None else "estimated",
        reason=doubt,
        start_id=first.start_id,
    )
