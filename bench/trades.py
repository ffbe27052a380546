"""Whether pages answer as quickly, and one more trade is booked as quickly, when there are 100,000 trades; and what
FIFO costs beside a plain loop over scaled integers.
"""

from __future__ import annotations

import gc
import itertools
import random
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, insert

from backend.core.ledger.cost_basis import CostBasis
from backend.core.ledger.cost_events import Buy, MoneyFee, Sell
from backend.core.ledger.lots import Method
from backend.db.models import ledger_events
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.services.past_prices import PastPrice
from bench.fixture import ACCOUNT, BLOCK_ROWS, HOUR_MS, LEASE_EPOCH, NEWEST_MS, History, make_database
from bench.history import application, asking, machine_ms
from bench.report import Result
from bench.timing import ratio, side_by_side

FEW, MANY = 1_000, 100_000
GOAL_PAGES, GOAL_BOOKING, GOAL_FIFO = 1.2, 1.5, 2.0
COINS = tuple(f"C{number:02d}" for number in range(40))
PAGES = (
    "/api/portfolio/overview",
    "/api/portfolio/balances",
    "/api/portfolio/positions?status=open",
    "/api/portfolio/positions?status=closed",
    "/api/portfolio/metrics?period=total",
    "/api/portfolio/metrics?period=30d",
    "/api/portfolio/pnl-by-symbol",
    "/api/portfolio/pnl-by-symbol?period=30d",
    "/api/portfolio/trade-history",
    # As many rows as either has of one coin: another length of the page would be measured, not of the history.
    "/api/portfolio/trade-history?symbol=C07USDT&side=SELL&limit=5",
    "/api/portfolio/lots?status=all",
    "/api/portfolio/nav",
    "/api/performance/cashflows",
    "/api/performance/stats",
    "/api/performance/risk",
    "/api/performance/drawdowns",
    "/api/performance/monthly",
    "/api/performance/daily",
    "/api/performance/attribution?days=30",
    "/api/performance/benchmark",
    "/api/performance/snapshots",
    "/api/performance/twr-history?days=30",
    "/api/imports",
    "/api/imports/progress",
    "/api/imports/coverage",
    "/api/imports/certificate",
    "/api/reports/periods",
    "/api/accounts",
)
ROWS_AT_ONCE = 5_000


def measure_pages() -> list[Result]:
    """Return the slowest page's ratio at 100,000 trades to 1,000, and the ratio of booking one more trade.

    Answers are built anew at every call, as after each refresh; asked twice they would come from memory.
    """
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        engines: dict[str, Engine] = {}
        keepers: dict[str, BookKeeper] = {}
        for name, count in (("few", FEW), ("many", MANY)):
            engine = make_database(Path(folder) / f"{name}.db", History(BLOCK_ROWS, HOUR_MS))
            stack.callback(engine.dispose)
            engines[name], keepers[name] = engine, _booked(engine, count)
        found = {path: _page(engines, path) for path in PAGES}
        path = max(found, key=lambda one: found[one].value)
        # The worst of many is often the one that the machine disturbed: the median of three measurements counts.
        again = [found[path], _page(engines, path), _page(engines, path)]
        worst = sorted(again, key=lambda one: one.value)[1]
        booking = side_by_side(
            {name: _one_more(engines[name], keepers[name]) for name in engines}, turns=20, per_turn=10
        )
    many_ms, few_ms = booking["many"].p50_s * 1000, booking["few"].p50_s * 1000
    return [
        worst,
        Result(
            "booking one more trade, 100,000 / 1,000",
            ratio(booking["many"], booking["few"]),
            GOAL_BOOKING,
            "x",
            f"{many_ms:.2f} ms against {few_ms:.2f} ms",
        ),
    ]


def measure_fifo() -> list[Result]:
    """Return the ratio of booking 100,000 trades by FIFO to a plain loop that reads the same trades, scales them to
    integers and matches them: both from the same objects, both to the same realised result.
    """
    trades = list(_fills(MANY))
    plain = sum(result for result in _plain(trades))
    ours = _fifo(trades)
    if abs(Decimal(plain).scaleb(-16) - ours) > Decimal("0.01"):
        raise RuntimeError(f"the loops disagree: {plain} and {ours}")
    gc.collect()
    calls: dict[str, Callable[[], object]] = {"ours": lambda: _fifo(trades), "plain": lambda: sum(_plain(trades))}
    timings = side_by_side(calls, turns=5, per_turn=1)
    ours_us, plain_us = timings["ours"].p50_s / MANY * 1e6, timings["plain"].p50_s / MANY * 1e6
    return [
        Result(
            "FIFO of 100,000 trades / plain loop",
            ratio(timings["ours"], timings["plain"]),
            GOAL_FIFO,
            "x",
            f"{ours_us:.2f} us a trade against {plain_us:.2f} us",
        )
    ]


def _page(engines: Mapping[str, Engine], path: str) -> Result:
    calls = {name: asking(application(engine), path) for name, engine in engines.items()}
    timings = side_by_side(calls, turns=20, per_turn=8)
    many_ms, few_ms = timings["many"].p50_s * 1000, timings["few"].p50_s * 1000
    detail = f"{path}: {many_ms:.2f} ms against {few_ms:.2f} ms"
    return Result(
        "slowest page, 100,000 / 1,000 trades", ratio(timings["many"], timings["few"]), GOAL_PAGES, "x", detail
    )


def _booked(engine: Engine, count: int) -> BookKeeper:
    """A keeper that has booked `count` trades of forty coins, the last of them just before the newest snapshot."""
    rows = [_row(number, NEWEST_MS - (count - number) * 10_000) for number in range(count)]
    opening = {"asset_in": "USDT", "amount_in": Decimal(10**9), "kind": "deposit", "source": "deposit"}
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(
            insert(ledger_events),
            [{"account_id": ACCOUNT, "external_id": "d", "at": NEWEST_MS - (count + 1) * 10_000, **opening}],
        )
        for start in range(0, count, ROWS_AT_ONCE):
            connection.execute(insert(ledger_events), rows[start : start + ROWS_AT_ONCE])
    keeper = BookKeeper(SqlStore(engine, machine_ms), "USDT")
    keeper.update(ACCOUNT, LEASE_EPOCH, _no_prices)
    return keeper


def _one_more(engine: Engine, keeper: BookKeeper) -> Callable[[], object]:
    """Return a call that adds one trade and books it, to the commit on disk."""
    numbers = itertools.count(10**7)

    def book() -> None:
        number = next(numbers)
        with engine.execution_options(writing=True).begin() as connection:
            connection.execute(insert(ledger_events), [_row(number, NEWEST_MS + number)])
        if keeper.update(ACCOUNT, LEASE_EPOCH, _no_prices) != 1:
            raise RuntimeError("one trade was not one event")

    return book


def _row(number: int, at_ms: int) -> dict[str, object]:
    """Buys and sells by turns: every coin is bought twice and then sold, so that positions open and close."""
    coin = COINS[number % len(COINS)]
    price = Decimal(100 + number % 97)
    turn = number // len(COINS) % 3
    quantity, side = (Decimal(2), "SELL") if turn == 2 else (Decimal(1), "BUY")
    money = quantity * price
    legs = (coin, quantity, "USDT", -money) if side == "BUY" else ("USDT", money, coin, -quantity)
    return {
        "account_id": ACCOUNT,
        "source": "trade",
        "external_id": f"{coin}USDT:{number}",
        "kind": "trade",
        "at": at_ms,
        "asset_in": legs[0],
        "amount_in": legs[1],
        "asset_out": legs[2],
        "amount_out": legs[3],
        "fee_asset": "USDT",
        "fee_amount": -money / 1000,
        "symbol": f"{coin}USDT",
        "side": side,
        "price": price,
    }


def _no_prices(_asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
    return dict.fromkeys(instants_ms, PastPrice(Decimal(1), None))


@dataclass(frozen=True, slots=True)
class _Fill:
    """A trade as both loops read it."""

    event: Buy | Sell
    buys: bool
    quantity: Decimal
    price: Decimal
    fee: Decimal


def _fills(count: int) -> Iterator[_Fill]:
    dice, held = random.Random(1), 0
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        price = Decimal(dice.randrange(10**11, 10**13)).scaleb(-8)
        buys = held < 10**8 or dice.random() < 0.5
        size = dice.randrange(1, 10**9) if buys else dice.randrange(1, held // 2)
        held += size if buys else -size
        quantity = Decimal(size).scaleb(-8)
        fee = (quantity * price / 1000).quantize(Decimal("1e-8"))
        event = (Buy if buys else Sell)(start + timedelta(seconds=number), "BTC", quantity, price, MoneyFee(fee))
        yield _Fill(event, buys, quantity, price, fee)


def _fifo(trades: Sequence[_Fill]) -> Decimal:
    basis = CostBasis("USDT", Method.FIFO)
    basis.book_all(trade.event for trade in trades)
    return basis.realized_total


def _plain(trades: Sequence[_Fill]) -> Iterator[int]:
    """The shortest loop there is: integers of 1e-8, amounts of money of 1e-16; yields realised results."""
    lots: deque[list[int]] = deque()
    for trade in trades:
        quantity = int(trade.quantity.scaleb(8))
        money = quantity * int(trade.price.scaleb(8))
        fee = int(trade.fee.scaleb(8)) * 10**8
        if trade.buys:
            lots.append([quantity, money + fee])
            continue
        cost = 0
        while quantity:
            lot = lots[0]
            if lot[0] <= quantity:
                quantity -= lot[0]
                cost += lot[1]
                lots.popleft()
            else:
                part = lot[1] * quantity // lot[0]
                lot[0] -= quantity
                lot[1] -= part
                cost += part
                quantity = 0
        yield money - fee - cost
