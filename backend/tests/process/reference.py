"""Value, flows and returns computed a second time, from candle files and the exchange's ledger alone.

Written from the definitions of the figures, sharing no line with the program under test: exact decimals with 80
digits where the program uses floats, one straightforward pass where it keeps running sums. Times are milliseconds
since the epoch, UTC.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Context, Decimal, localcontext
from pathlib import Path
from typing import Any, Final, Protocol

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
YEAR: Final = 365 * DAY
STEPS: Final = {"1m": MINUTE, "1h": HOUR, "1d": DAY}
FILE_NAME: Final = re.compile(r"([A-Z0-9]+)-(1m|1h|1d)(-.*)?\.csv\.gz")
PRECISE: Final = Context(prec=80)
NOTHING: Final = Decimal(0)
ONE: Final = Decimal(1)
HALF: Final = Decimal("0.5")
REPORTING: Final = "USDT"
OWED: Final = ("margin_borrowed", "margin_interest", "isolated_borrowed", "isolated_interest")
# A window opens at the last snapshot not later than its start, and at most this much older.
OLDEST_OPENING: Final = 2 * HOUR
# 1970-01-05, the first Monday, at noon: the benchmark is reset every week from there.
FIRST_RESET: Final = 4 * DAY + 12 * HOUR


def milliseconds(text: str) -> int:
    """Milliseconds since the epoch of an instant in ISO 8601; one without zone is UTC."""
    at = datetime.fromisoformat(text)
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)


def iso(at: int) -> str:
    """ISO 8601 with Z, milliseconds only where there are any."""
    text = datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{at % 1000:03d}Z" if at % 1000 else f"{text}Z"


@dataclass(frozen=True)
class _File:
    """One candle file: it rules from its first open to its last end, gaps included."""

    step: int
    starts: list[int]
    opens: list[str]
    closes: list[str]

    @property
    def first(self) -> int:
        return self.starts[0]

    @property
    def end(self) -> int:
        return self.starts[-1] + self.step


class Prices(Protocol):
    """What a coin costs at an instant, in the reporting currency."""

    def of_coin(self, coin: str, at: int) -> Decimal: ...
    def untraded(self, coin: str, at: int) -> bool: ...


class PriceBook:
    """Prices at any instant from a folder of candle files; a symbol's files are read on first use."""

    def __init__(self, folder: Path) -> None:
        self._paths: dict[str, list[tuple[int, Path]]] = {}
        self._files: dict[str, list[_File]] = {}
        for path in folder.rglob("*.csv.gz"):
            name = FILE_NAME.fullmatch(path.name)
            if name:
                self._paths.setdefault(name[1], []).append((STEPS[name[2]], path))

    def price(self, symbol: str, at: int) -> Decimal:
        """The close of the last one-minute candle ended by `at`.

        A coarser candle is minutes flat at its open, the last of which ends at its close. In a gap the last price
        stands. Where files overlap the finest rules.

        Raises:
            LookupError: before or after the data.
        """
        return self._last(symbol, at)[0]

    def age(self, symbol: str, at: int) -> int:
        """How long before `at` the candle ended whose close is the price."""
        return at - self._last(symbol, at)[1]

    def _last(self, symbol: str, at: int) -> tuple[Decimal, int]:
        """The price at an instant and the end of its minute."""
        files = self._of(symbol)
        if not files or at > max(file.end for file in files):
            raise LookupError(f"{symbol} has no price at {iso(at)}")
        minute = (at // MINUTE - 1) * MINUTE
        while True:
            ruling = next((file for file in files if file.first <= minute < file.end), None)
            if ruling is None:
                ended = [file.end for file in files if file.end <= minute]
                if not ended:
                    raise LookupError(f"{symbol} has no price at {iso(at)}")
                minute = max(ended) - MINUTE
                continue
            place = bisect_right(ruling.starts, minute) - 1
            last_minute = ruling.starts[place] + ruling.step - MINUTE
            if minute == last_minute:
                return Decimal(ruling.closes[place]), minute + MINUTE
            if minute < last_minute:
                return Decimal(ruling.opens[place]), minute + MINUTE
            minute = last_minute  # a gap: back to the last minute that had a price

    def of_coin(self, coin: str, at: int) -> Decimal:
        """Price of a coin in the reporting currency, by its direct pair."""
        return ONE if coin == REPORTING else self.price(coin + REPORTING, at)

    def untraded(self, coin: str, at: int) -> bool:
        """Whether nothing was traded in the hour before an instant."""
        return coin != REPORTING and self.age(coin + REPORTING, at) >= HOUR

    def _of(self, symbol: str) -> list[_File]:
        if symbol not in self._files:
            paths = sorted(self._paths.get(symbol, []), key=lambda one: (one[0], one[1].name))
            self._files[symbol] = [_read(step, path) for step, path in paths]
        return self._files[symbol]


def _read(step: int, path: Path) -> _File:
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    rows = [line.split(",", 5) for line in lines if line and line[0].isdigit()]
    scale = 1000 if int(rows[0][0]) >= 10**14 else 1
    return _File(step, [int(row[0]) // scale for row in rows], [row[1] for row in rows], [row[4] for row in rows])


@dataclass(frozen=True)
class Movement:
    """One change of what is owned in one wallet, from the exchange's ledger; what is owed counts as less."""

    at: int
    asset: str
    change: Decimal
    kind: str


def movements(ledger: Iterable[Mapping[str, Any]]) -> list[Movement]:
    """Read the answer of the ledger call, oldest first, all wallets together."""
    found = [
        Movement(
            milliseconds(row["at"]),
            row["asset"],
            Decimal(row["change"]) * (-1 if row["wallet"] in OWED else 1),
            row["kind"],
        )
        for row in ledger
    ]
    return sorted(found, key=lambda one: one.at)


def quantities(moves: Iterable[Movement], before: int) -> dict[str, Decimal]:
    """What was held just before an instant; nothing is left out but zeros."""
    held: dict[str, Decimal] = {}
    for move in moves:
        if move.at < before:
            held[move.asset] = held.get(move.asset, NOTHING) + move.change
    return {asset: quantity for asset, quantity in held.items() if quantity}


@dataclass(frozen=True)
class Flow:
    """A deposit (positive) or the part of a withdrawal that arrives outside (negative), at its own instant's price."""

    at: int
    asset: str
    quantity: Decimal
    price: Decimal

    @property
    def amount(self) -> Decimal:
        with localcontext(PRECISE):
            return self.quantity * self.price


def flows(moves: Iterable[Movement], prices: Prices) -> list[Flow]:
    """Every flow, oldest first. The network fee (`withdrawal_fee`) is a cost and no flow."""
    return [
        Flow(move.at, move.asset, move.change, prices.of_coin(move.asset, move.at))
        for move in moves
        if move.kind in ("deposit", "withdrawal")
    ]


@dataclass(frozen=True)
class Row:
    """A snapshot: everything just before the flow of its instant.

    `growth` and `benchmark` start at 1; `line` is the benchmark with the portfolio's own flows. `untraded`: coins whose
    price is older than an hour, of what is held and of what flows.
    """

    at: int
    held: Mapping[str, Decimal]
    prices: Mapping[str, Decimal]
    value: Decimal
    flow: Decimal
    growth: Decimal
    benchmark: Decimal
    line: Decimal
    untraded: frozenset[str] = frozenset()


@dataclass
class _Benchmark:
    """Half BTC and half ETH, as an index and as a line of money."""

    prices: Prices
    since: int
    index: Decimal = ONE
    units: dict[str, Decimal] = field(default_factory=lambda: {"BTC": NOTHING, "ETH": NOTHING})

    def index_at(self, at: int) -> Decimal:
        growth = [self.prices.of_coin(coin, at) / self.prices.of_coin(coin, self.since) for coin in self.units]
        return self.index * sum(growth, NOTHING) / len(growth)

    def line_at(self, at: int) -> Decimal:
        return sum((held * self.prices.of_coin(coin, at) for coin, held in self.units.items()), NOTHING)

    def reset(self, at: int) -> None:
        self.index, line = self.index_at(at), self.line_at(at)
        self.since = at
        self.units = {coin: line * HALF / self.prices.of_coin(coin, at) for coin in self.units}

    def move(self, at: int, amount: Decimal) -> None:
        if amount > 0:
            for coin in self.units:
                self.units[coin] += amount * HALF / self.prices.of_coin(coin, at)
        elif amount < 0:
            line = self.line_at(at)
            kept = max(ONE + amount / line, NOTHING) if line else NOTHING
            self.units = {coin: held * kept for coin, held in self.units.items()}


def snapshots(
    moves: Sequence[Movement],
    prices: Prices,
    until: int,
    interval: int = HOUR,
    given: Sequence[Flow] | None = None,
) -> list[Row]:
    """All snapshots from the first movement to `until`: one at each flow, one at each multiple of the interval.

    None at a multiple of it before which nothing that is held was traded for an hour.
    `given`: the flows, where more crossed the border than deposits and withdrawals.
    """
    amounts: dict[int, Decimal] = {}
    with localcontext(PRECISE):
        old: dict[int, set[str]] = {}
        for flow in flows(moves, prices) if given is None else given:
            amounts[flow.at] = amounts.get(flow.at, NOTHING) + flow.amount
            if prices.untraded(flow.asset, flow.at):
                old.setdefault(flow.at, set()).add(flow.asset)
        first = moves[0].at
        slots = range(-(-first // interval) * interval, until + 1, interval)
        instants = sorted({first, *amounts, *slots})
        benchmark = _Benchmark(prices, first)
        next_reset = FIRST_RESET + ((first - FIRST_RESET) // (7 * DAY) + 1) * 7 * DAY
        held: dict[str, Decimal] = {}
        rows: list[Row] = []
        place = 0
        for at in instants:
            while place < len(moves) and moves[place].at < at:
                move = moves[place]
                held[move.asset] = held.get(move.asset, NOTHING) + move.change
                place += 1
            while next_reset < at:
                benchmark.reset(next_reset)
                next_reset += 7 * DAY
            now = {asset: quantity for asset, quantity in held.items() if quantity}
            coins = now.keys() - {REPORTING}
            untraded = {coin for coin in coins if prices.untraded(coin, at)}
            if untraded and untraded == coins and at not in amounts and at != first:
                continue
            price = {asset: prices.of_coin(asset, at) for asset in now}
            value = sum((quantity * price[asset] for asset, quantity in now.items()), NOTHING)
            flow_now = amounts.get(at, NOTHING)
            growth = rows[-1].growth * _factor(rows[-1], value) if rows else ONE
            line = benchmark.line_at(at)
            old_here = frozenset(untraded | old.get(at, set()))
            rows.append(Row(at, now, price, value, flow_now, growth, benchmark.index_at(at), line, old_here))
            if len(rows) == 1:
                benchmark.move(at, value)
            benchmark.move(at, flow_now)
            if next_reset == at:
                benchmark.reset(at)
                next_reset += 7 * DAY
    return rows


def _factor(before: Row, value: Decimal) -> Decimal:
    base = before.value + before.flow
    if base < 0:
        raise ArithmeticError(f"more was taken out than was there at {iso(before.at)}")
    return value / base if base else ONE


@dataclass(frozen=True)
class Window:
    """What happened between two snapshots; ratios as fractions (0.1 is ten percent)."""

    opening: Row
    closing: Row
    net_flows: Decimal
    deposits: Decimal
    twr: Decimal
    benchmark: Decimal
    profit: Decimal
    profit_ratio: Decimal | None
    max_drawdown: Decimal
    payments: Sequence[tuple[int, Decimal]]
    estimated: bool = False

    @property
    def twr_annualized(self) -> Decimal | None:
        """A yearly figure only where there is a year, of 365 days, to speak of."""
        length = self.closing.at - self.opening.at
        return (ONE + self.twr) ** (Decimal(YEAR) / length) - 1 if length >= YEAR else None

    def closes_at_rate(self, growth: Decimal) -> Decimal:
        """What is left over of all payments when money grows by `growth`; 0 at 1 + the money-weighted return.

        From a year on that is the growth of a year, below the one from the first payment to the last.
        """
        paid = [(at, amount) for at, amount in self.payments if amount]
        first, last = paid[0][0], paid[-1][0]
        with localcontext(Context(prec=40)):
            unit = min(last - first, YEAR)
            shares = [(Decimal(last - at) / unit, amount) for at, amount in paid]
            return sum((amount * growth**share for share, amount in shares), NOTHING)


def window(rows: Sequence[Row], days: int) -> Window | None:
    """The last `days` x 24 h, 0 for everything; None where the history is too short for it."""
    closing = rows[-1]
    wanted = rows[0].at if days == 0 else closing.at - days * DAY
    if wanted < rows[0].at:
        return None
    place = bisect_right([row.at for row in rows], wanted) - 1
    opening = rows[place]
    if wanted - opening.at > OLDEST_OPENING:
        raise LookupError(f"no snapshot in the two hours before {iso(wanted)}")
    inside = rows[place:-1]
    with localcontext(PRECISE):
        net = sum((row.flow for row in inside), NOTHING)
        deposits = sum((row.flow for row in inside if row.flow > 0), NOTHING)
        profit = closing.value - opening.value - net
        capital = opening.value + deposits
        days_inside = [row.growth for row in rows[place + 1 :] if row.at % DAY == 0]
        return Window(
            opening=opening,
            closing=closing,
            net_flows=net,
            deposits=deposits,
            twr=closing.growth / opening.growth - 1,
            benchmark=closing.benchmark / opening.benchmark - 1,
            profit=profit,
            profit_ratio=profit / capital if capital > 0 else None,
            max_drawdown=_drawdown([opening.growth, *days_inside]),
            estimated=bool(opening.untraded or closing.untraded)
            or any(row.untraded and row.flow for row in rows[place + 1 :]),
            payments=[
                (opening.at, opening.value),
                *((row.at, row.flow) for row in inside),
                (closing.at, -closing.value),
            ],
        )


def _drawdown(index: Sequence[Decimal]) -> Decimal:
    peak, deepest = index[0], NOTHING
    for level in index:
        peak = max(peak, level)
        deepest = min(deepest, level / peak - 1)
    return deepest
