"""The pieces of a window give the figure that is shown, to its last digit, whatever happened in between."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from backend.core.explain.model import linked
from backend.core.explain.pieces import rounded_to
from backend.core.model.amounts import ONE, ZERO
from backend.core.model.instants import HOUR_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.performance.snapshot_chain import Grid, extend
from backend.tests.unit.core.explain.ledgers import _point, explained, product_percent, random_rows

LEDGERS = 50


def rows_of(*hours: tuple[str, str, bool]) -> list[SnapshotRow]:
    """(value, flow, whether something is held) hour by hour."""
    points = [_point(hour, Decimal(value), Decimal(flow), held=held) for hour, (value, flow, held) in enumerate(hours)]
    return extend(1, None, points, [], Grid(HOUR_MS))


@pytest.mark.parametrize("seed", range(LEDGERS))
def test_the_product_of_the_pieces_is_the_figure_shown_to_its_last_digit(seed: int) -> None:
    dice = random.Random(seed)
    rows = random_rows(dice, dice.randint(3, 400))
    for _ in range(5):
        start, end = sorted(dice.sample(range(len(rows)), 2))
        shown, pieces = explained(rows, start, end)
        if shown is None:
            continue
        assert product_percent(pieces) == shown
        assert "not_explained" not in {piece.kind for piece in pieces}
        told = [piece for piece in pieces if piece.kind != "rounding"]
        assert all(earlier.end_ms == later.start_ms for earlier, later in pairwise(told))
        assert (told[0].start_ms, told[-1].end_ms) == (rows[start].at_ms, rows[end].at_ms)
        profit = sum((piece.profit or ZERO for piece in told), ZERO)
        moved = sum((row.flow for row in rows[start:end]), ZERO)
        assert abs(profit - (rows[end].value - rows[start].value - moved)) < Decimal("1e-12")


def test_where_returns_are_those_of_markets_hardly_any_figure_needs_a_piece_for_its_last_digit() -> None:
    kinds = Counter(
        piece.kind
        for seed in range(LEDGERS)
        for piece in explained(random_rows(random.Random(seed), 400, wild=10), 0, 399)[1][-1:]
    )
    assert kinds["rounding"] <= 1


def test_random_accounts_meet_every_kind_of_piece() -> None:
    met: Counter[str] = Counter()
    for seed in range(LEDGERS):
        rows = random_rows(random.Random(seed), 300)
        met.update(piece.kind for piece in explained(rows, 0, len(rows) - 1)[1])
    assert {"link", "nothing_held", "emptied", "gain_without_capital"} <= set(met)


def test_a_piece_ends_at_each_flow_and_begins_with_the_capital_after_it() -> None:
    rows = rows_of(("100", "0", True), ("110", "40", True), ("165", "-15", True), ("135", "7", True))
    shown, pieces = explained(rows, 0, 3)
    assert [(piece.start_value, piece.end_value, piece.flow) for piece in pieces] == [
        (Decimal(100), Decimal(110), Decimal(40)),
        (Decimal(150), Decimal(165), Decimal(-15)),
        (Decimal(150), Decimal(135), None),
    ]
    assert shown == 8.9


def test_a_withdrawal_of_everything_costs_its_fee_and_the_chain_goes_on() -> None:
    rows = rows_of(("100", "0", True), ("100", "-99", True), ("0", "0", False), ("0", "50", False), ("60", "0", True))
    shown, pieces = explained(rows, 0, 4)
    assert [piece.kind for piece in pieces] == ["link", "emptied", "link"]
    assert shown == product_percent(pieces) == pytest.approx(18.8)


def test_after_a_total_loss_the_product_stays_nothing() -> None:
    rows = rows_of(("100", "0", True), ("0", "0", True), ("0", "50", True), ("60", "0", True))
    shown, pieces = explained(rows, 0, 3)
    assert shown == product_percent(pieces) == -100.0
    shown, pieces = explained(rows, 1, 3)
    assert shown == product_percent(pieces) == pytest.approx(20.0)


def test_a_stored_index_that_its_rows_do_not_give_is_not_passed_off_as_rounding() -> None:
    rows = rows_of(("100", "0", True), ("110", "0", True))
    shown, pieces = explained(rows, 0, 1)
    assert shown == 10.0
    (*_, last) = rounded_to(pieces, 10.5)
    assert (last.kind, last.status, last.reason) == ("not_explained", "estimated", "index_differs")
    assert product_percent([*pieces, last]) == 10.5


def test_what_the_last_digit_differs_by_is_a_piece_of_its_own() -> None:
    _, pieces = explained(rows_of(("3", "0", True), ("4", "0", True)), 0, 1)
    told = rounded_to(pieces, 33.33333334)
    assert [piece.kind for piece in told] == ["link", "rounding"]
    assert product_percent(told) == 33.33333334
    assert abs(linked(told[-1:]) - ONE) < Decimal("1e-9")
