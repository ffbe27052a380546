"""Plays a made-up history through the program, and says what of it came out wrong."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext
from pathlib import Path
from typing import Final

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.valuation import SnapshotRow
from backend.core.risk_book import RiskBook
from backend.tests.database_places import copy_database
from backend.tests.empty_database import lay_database
from backend.tests.histories.in_process import (
    KEY,
    USUAL,
    CandlePrices,
    Clock,
    Course,
    House,
    OwnExchange,
    house,
)
from backend.tests.histories.maker import COINS, EIGHT, WALLETS, open_family, places_of
from backend.tests.histories.script import Call, Crossing, Pass, Script
from backend.tests.process.reference import HOUR, PRECISE, Flow, Row, iso, movements, snapshots, window

# What a division leaves: of coins that are quoted the other way round.
LAST_DIGIT: Final = Decimal("1e-25")
RELATIVE: Final = Decimal("1e-12")
SPANS: Final = (0, 7, 30, 90)
Told = tuple[int, str | None, Decimal | None]
Between = Callable[[OwnExchange, int], None]


@dataclass
class Played:
    """A history behind it: what the program made of it, and the exchange's own account of it."""

    script: Script
    exchange: OwnExchange
    home: House
    prices: CandlePrices
    doubted: list[str]


def empty_database(folder: Path) -> Path:
    """A database of the newest schema without a row."""
    return lay_database(folder / "empty.db")


@contextmanager
def played(
    script: Script,
    folder: Path,
    database: Path,
    between: Between | None = None,
    *,
    course: Course = USUAL,
    seen: Callable[[Played], None] | None = None,
) -> Iterator[Played]:
    """Play a script on an exchange of its own, before the services over a copy of an empty database.

    Args:
        folder: made for it, and taken away again.
        between: called before each look of the program with the exchange and the instant of the look before.
        seen: called after each look.
    """
    clock = Clock()
    folder.mkdir(parents=True)
    exchange = OwnExchange(folder, clock, course)
    home = house(exchange, clock, copy_database(database, folder / "portfolio.db"))
    looked, doubted = script.opened, list[str]()
    one = Played(script, exchange, home, CandlePrices(exchange, clock), doubted)
    try:
        open_family(exchange, script)
        for step in script.steps:
            match step:
                case Call(what, body):
                    exchange.control(what, body)
                case Pass(to):
                    clock.now_s += (to - exchange.now) / 1000
                    exchange.set_clock(to)
                case _:
                    if between is not None:
                        between(exchange, looked)
                    home.step()
                    looked = exchange.now
                    doubted += [
                        f"at {iso(looked)} {event}" for event in home.events() if event.source == RECONCILIATION
                    ]
                    if seen is not None:
                        seen(one)
        yield one
    finally:
        home.dispose()
        shutil.rmtree(folder)


# -- flows ------------------------------------------------------------------------------------------------------


def wrong_flows(one: Played) -> list[str]:
    """Flows that were invented, missed, or told with another amount or instant; and what any look left unexplained."""
    expected: Counter[Told] = Counter(
        (crossing.at, crossing.asset, crossing.quantity) for crossing in one.script.crossings
    )
    shown = one.home.flows()
    told: Counter[Told] = Counter((flow.at_ms, flow.asset, flow.quantity) for flow in shown)
    wrong = [f"invented: {_words(*key)}" for key in (told - expected).elements()]
    wrong += [f"missed: {_words(*key)}" for key in (expected - told).elements()]
    for flow in shown:
        assert flow.asset is not None
        assert flow.quantity is not None
        price = one.prices.of_coin(flow.asset, flow.at_ms)
        with localcontext(PRECISE):
            amount = flow.quantity * price
            close = flow.amount is not None and abs(flow.amount - amount) <= abs(amount) * LAST_DIGIT
        if not close or flow.status != "exact":
            wrong.append(f"worth {amount:f}: {flow}")
    if one.home.sync().unreconciled:
        wrong.append(f"unreconciled: {one.home.sync().unreconciled}")
    return wrong + [f"unexplained {event}" for event in one.doubted]


def _words(at: int, asset: str | None, quantity: Decimal | None) -> str:
    return f"{quantity} {asset} at {iso(at)}"


# -- returns ----------------------------------------------------------------------------------------------------


def truth_of(one: Played) -> list[Row]:
    """Every snapshot by the exchange's ledger times its candles; the flows are the maker's."""
    crossed = [_flow(one, crossing) for crossing in one.script.crossings]
    return snapshots(movements(one.exchange.ledger()), one.prices, one.home.rows()[-1].at_ms, given=crossed)


def wrong_returns(one: Played, truth: Sequence[Row]) -> list[str]:
    """Snapshots and windows that differ from the truth."""
    rows = one.home.rows()
    if [row.at_ms for row in rows] != [row.at for row in truth]:
        extra = {row.at_ms for row in rows} ^ {row.at for row in truth}
        return [f"snapshots of other instants: {[iso(at) for at in sorted(extra)][:5]}"]
    wrong = [sentence for row, true in zip(rows, truth, strict=True) for sentence in _row(row, true)]
    return wrong or [sentence for days in SPANS for sentence in _window(one, truth, days)]


def _flow(one: Played, crossing: Crossing) -> Flow:
    price = one.prices.of_coin(crossing.asset, crossing.at)
    return Flow(crossing.at, crossing.asset, crossing.quantity, price)


def _row(row: SnapshotRow, true: Row) -> Iterator[str]:
    held = {asset: holding.quantity for asset, holding in row.composition.items()}
    with localcontext(PRECISE):
        growth = Decimal(row.growth_index)
        if held != true.held:
            yield f"{iso(true.at)}: holds {held} instead of {true.held}"
        if abs(row.value - true.value) > abs(true.value) * LAST_DIGIT:
            yield f"{iso(true.at)}: worth {row.value} instead of {true.value}"
        if abs(row.flow - true.flow) > abs(true.flow) * LAST_DIGIT:
            yield f"{iso(true.at)}: a flow of {row.flow} instead of {true.flow}"
        if not abs(growth - true.growth) <= true.growth * RELATIVE:
            yield f"{iso(true.at)}: grown to {growth} instead of {true.growth}"
        # Whether a contract was held between two trades that cancel out, futures wallets do not tell for a while.
        if row.status != "exact" and row.reason != "unrealized_unknown":
            yield f"{iso(true.at)}: {row.status}, {row.reason}"


def _window(one: Played, truth: Sequence[Row], days: int) -> Iterator[str]:
    figures = one.home.tracker.window(days, one.home.account).figures
    expected = window(truth, days)
    shown = None if figures is None else figures.twr
    if expected is None or shown is None:
        if (expected is None) != (shown is None):
            yield f"{days} days: {shown} instead of {expected}"
        return
    with localcontext(PRECISE):
        if abs(Decimal(shown) - expected.twr) > RELATIVE * (1 + expected.twr):
            yield f"{days} days: {shown} instead of {expected.twr}"


# -- moves ------------------------------------------------------------------------------------------------------


def chain(one: Played) -> list[tuple[object, ...]]:
    """Every snapshot with all that a return rests on."""
    return [
        (
            *(row.at_ms, row.kind, row.value, row.flow, row.growth_index, row.benchmark_index, row.benchmark_value),
            *(row.status, row.reason, sorted((asset, held.quantity) for asset, held in row.composition.items())),
        )
        for row in one.home.rows()
    ]


def figures(one: Played) -> tuple[object, object]:
    """All windows, and all risk figures of the whole history."""
    account, tracker = one.home.account, one.home.tracker
    risk = RiskBook(one.home.store, tracker, HOUR // 1000).risk(0, account)
    return tracker.statistics(account).periods, (risk.lines, risk.count, risk.missing, risk.figures)


class Mover:
    """Moves money between own wallets at random instants and back again, so that nothing else that happens fails."""

    def __init__(self, name: str, most: int) -> None:
        self._dice = random.Random(name)
        self._most = most
        self.moves = 0

    def __call__(self, exchange: OwnExchange, since: int) -> None:
        for _ in range(self._dice.randint(1, self._most)):
            asset, wallet = self._dice.choice(COINS), self._dice.choice(WALLETS)
            begin, end = sorted(self._dice.randint(since, exchange.now) for _ in range(2))
            free = exchange.spendable(asset, wallet, begin)
            amount = (free * Decimal(self._dice.choice(("0.01", "0.3", "1")))).quantize(EIGHT, ROUND_DOWN)
            if amount <= 0 or wallet not in places_of(asset):
                continue
            way = [wallet]
            for _ in range(self._dice.randint(1, 3)):
                way.append(self._dice.choice([one for one in places_of(asset) if one != way[-1]]))
            if way[-1] == wallet:
                way.pop()
            instants = sorted([begin, end, *(self._dice.randint(begin, end) for _ in range(len(way) - 2))])
            for at, source, target in zip(instants, way, [*way[1:], wallet], strict=True):
                body = {"api_key": KEY, "at": iso(at), "from": source, "to": target, "asset": asset}
                exchange.control("transfer", body | {"amount": f"{amount:f}"})
                self.moves += 1
