"""The judge judged: the reference on cases worked out by hand, and the comparison on figures one digit off."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from backend.tests.process.agreement import same_money, same_percent, same_quotient
from backend.tests.process.reference import (
    DAY,
    HOUR,
    MINUTE,
    Movement,
    PriceBook,
    milliseconds,
    snapshots,
    window,
)
from backend.tests.simulator.candle_writer import write_candles

MONDAY = milliseconds("2024-03-04")


def price_book(folder: Path) -> PriceBook:
    """BTC by the hour with hour 2 missing, minutes of the first three in hour 4; ETH one day at 10, then at 20."""
    hours = [
        (0, "100", "110"),
        (1, "110", "121"),
        (3, "150", "160"),
        (4, "160", "170"),
        *((number, "170", "170") for number in range(5, 48)),
    ]
    write_candles(folder, "BTCUSDT-1h", [(MONDAY + n * HOUR, a, "999", "1", b, "1") for n, a, b in hours])
    minutes = [(0, "160", "161"), (1, "161", "162"), (2, "162", "163")]
    first = MONDAY + 4 * HOUR
    write_candles(folder, "BTCUSDT-1m-x", [(first + n * MINUTE, a, "999", "1", b, "1") for n, a, b in minutes])
    days = [(0, "10", "20"), (1, "20", "20")]
    write_candles(folder, "ETHUSDT-1d", [(MONDAY + n * DAY, a, "999", "1", b, "1") for n, a, b in days])
    return PriceBook(folder)


@pytest.mark.parametrize(
    ("after", "price"),
    [
        (MINUTE, "100"),
        (HOUR - 1, "100"),
        (HOUR, "110"),
        (HOUR + MINUTE - 1, "110"),
        (2 * HOUR, "121"),
        (3 * HOUR, "121"),
        (3 * HOUR + MINUTE, "150"),
        (4 * HOUR, "160"),
        (4 * HOUR + MINUTE, "161"),
        (4 * HOUR + 3 * MINUTE, "163"),
        (4 * HOUR + 4 * MINUTE, "160"),
        (5 * HOUR, "170"),
    ],
)
def test_the_price_is_the_close_of_the_last_minute_ended(tmp_path: Path, after: int, price: str) -> None:
    assert price_book(tmp_path).price("BTCUSDT", MONDAY + after) == Decimal(price)


def test_there_is_no_price_before_the_first_minute_ended_and_after_the_last(tmp_path: Path) -> None:
    book = price_book(tmp_path)
    for at in (MONDAY + MINUTE - 1, MONDAY + 48 * HOUR + 1):
        with pytest.raises(LookupError):
            book.price("BTCUSDT", at)


def moved(after: int, asset: str, change: str, kind: str) -> Movement:
    return Movement(MONDAY + after, asset, Decimal(change), kind)


def test_returns_are_linked_at_every_flow_and_a_network_fee_is_a_cost(tmp_path: Path) -> None:
    """1 BTC at 100; at 121 one more comes; 0.5 leaves at 170 with a fee of 0.1."""
    rows = snapshots(
        [
            moved(HOUR - MINUTE, "BTC", "1", "deposit"),
            moved(2 * HOUR, "BTC", "1", "deposit"),
            moved(6 * HOUR, "BTC", "-0.5", "withdrawal"),
            moved(6 * HOUR, "BTC", "-0.1", "withdrawal_fee"),
        ],
        price_book(tmp_path),
        MONDAY + 7 * HOUR,
    )
    total = window(rows, 0)
    assert total is not None
    assert rows[-1].value == Decimal("1.4") * 170
    assert total.net_flows == 100 + 121 - 85
    assert total.profit == Decimal("1.4") * 170 - 100 - 121 + 85
    assert round(total.profit_ratio or 0, 20) == round(total.profit / 221, 20)
    # 121/100 to the second deposit, 340/242 to the withdrawal, then 238 of the 255 that stayed.
    exact = Decimal(121) / 100 * Decimal(340) / 242 * Decimal(238) / 255 - 1
    assert abs(total.twr - exact) < Decimal("1e-25")


def test_the_benchmark_is_reset_on_monday_noon_and_takes_half_of_each_deposit(tmp_path: Path) -> None:
    """BTC 110 to 170 until noon, ETH 10; both stand still until ETH doubles at midnight."""
    rows = snapshots(
        [moved(HOUR, "USDT", "1000", "deposit"), moved(13 * HOUR, "USDT", "-500", "withdrawal")],
        price_book(tmp_path),
        MONDAY + 24 * HOUR,
    )
    total = window(rows, 0)
    assert total is not None
    at_noon = (Decimal(170) / 110 + 1) / 2
    assert abs(total.benchmark - (at_noon * Decimal("1.5") - 1)) < Decimal("1e-25")
    assert abs(rows[-1].line - (1000 * at_noon - 500) * Decimal("1.5")) < Decimal("1e-20")


def test_a_window_longer_than_the_history_is_none(tmp_path: Path) -> None:
    rows = snapshots([moved(HOUR, "USDT", "5", "deposit")], price_book(tmp_path), MONDAY + 24 * HOUR)
    assert window(rows, 1) is None


@pytest.mark.parametrize("shown", ["12.34567890", "12.3456788", "12.345678"])
def test_a_percent_figure_one_digit_off_is_found(shown: str) -> None:
    same_percent(Decimal("12.34567889"), Decimal("0.12345678891"), "as it is")
    with pytest.raises(AssertionError):
        same_percent(Decimal(shown), Decimal("0.12345678891"), "one off")


def test_money_one_digit_off_is_found() -> None:
    same_money("1.10", Decimal("1.1"), "as it is")
    with pytest.raises(AssertionError):
        same_money("1.1000000000000001", Decimal("1.1"), "one off")
    same_quotient("0.3333", Decimal(1) / 3, "as it is")
    with pytest.raises(AssertionError):
        same_quotient("0.3334", Decimal(1) / 3, "one off")
