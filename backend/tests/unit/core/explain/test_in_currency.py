"""Pieces in another currency: their product is the return in it, whichever prices are missing in between."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from backend.core.display_rates import Rates
from backend.core.explain.in_currency import pieces_in
from backend.core.explain.model import EXACTLY, Piece, linked, ratio

HOUR = 3_600_000
CLOSE = Decimal("1e-35")


def random_pieces(dice: random.Random, count: int) -> list[Piece]:
    """A chain with flows: each piece begins with what the one before it ended with, and its flow."""
    pieces, value = [], Decimal(dice.randint(1, 10**9)).scaleb(-2)
    for place in range(count):
        end = value * Decimal(dice.randint(1, 4000)).scaleb(-3)
        flow = Decimal(dice.randint(0, 10**8)).scaleb(-2)
        last = place == count - 1
        pieces.append(
            Piece(
                start_ms=place * 10 * HOUR,
                end_ms=(place + 1) * 10 * HOUR,
                start_value=value,
                end_value=end,
                factor=ratio(end, value),
                flow=None if last else flow,
                start_id=place,
                end_id=place + 1,
            )
        )
        value = end + flow
    return pieces


@pytest.mark.parametrize("seed", range(200))
def test_the_product_is_the_return_times_the_move_of_the_currency(seed: int) -> None:
    dice = random.Random(seed)
    pieces = random_pieces(dice, dice.randint(1, 12))
    prices = {one.end_ms: Decimal(dice.randint(1, 10**7)).scaleb(-2) for one in pieces if dice.random() < 0.7}
    first, last = (Decimal(dice.randint(1, 10**7)).scaleb(-2) for _ in range(2))
    prices |= {pieces[0].start_ms: first, pieces[-1].end_ms: last}
    shown = pieces_in(pieces, Rates("BTC", None, prices))
    wanted = EXACTLY.divide(EXACTLY.multiply(linked(pieces), first), last)
    assert abs(linked(shown) - wanted) <= CLOSE * max(wanted, Decimal(1))
    assert [one.end_ms for one in shown] == [one.end_ms for one in pieces if one.end_ms in prices]
    assert (shown[0].start_id, shown[-1].end_id) == (pieces[0].start_id, pieces[-1].end_id)
    for one in shown:
        if one.start_value is not None and one.end_value is not None:
            assert ratio(one.end_value, one.start_value) - one.factor < CLOSE
    if len(shown) == len(pieces):
        money = sum(((one.profit or Decimal(0)) for one in shown), Decimal(0))
        flows = sum(((one.flow or Decimal(0)) for one in shown), Decimal(0))
        start, end = shown[0].start_value, shown[-1].end_value
        assert start is not None
        assert end is not None
        assert abs(end - start - flows - money) < Decimal("1e-15")


def test_without_a_price_at_an_end_there_is_nothing_to_tell() -> None:
    pieces = random_pieces(random.Random(1), 3)
    inner = {pieces[0].end_ms: Decimal(2)}
    assert pieces_in(pieces, Rates("BTC", None, inner)) == []
    assert pieces_in(pieces, Rates("BTC", None, inner | {pieces[0].start_ms: Decimal(3)})) == []
