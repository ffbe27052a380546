"""A stored chain of snapshots beside the same figures made again: of one account, or of all together."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from backend.core.model.amounts import ZERO
from backend.verify.benchmark_line import BenchmarkLine
from backend.verify.charts import Charts, Point
from backend.verify.days import Days, Valued
from backend.verify.differences import EXACT, Report, Row, same_money
from backend.verify.doubts import GAIN_WITHOUT_CAPITAL, Doubts
from backend.verify.hold_line import HoldPass
from backend.verify.packed import PackedLines
from backend.verify.slots import Slots

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy import Row as SqlRow

    from backend.verify.flows import Moved
    from backend.verify.price_book import PriceBook, Told

NEGATIVE_VALUE: Final = "negative_value"
NEGATIVE_BASE: Final = "negative_base"
# A loss of everything leaves this of the index, from which the next capital starts; nothing below the smallest.
LEFT_OF_ALL: Final = Decimal("1e-30")
SMALLEST: Final = Decimal("1e-270")
Composition = dict[str, tuple[Decimal, Decimal | None]]


@dataclass(slots=True)
class Chain:
    """The running figures of the rows so far."""

    seq: int = 0
    index: Decimal | None = Decimal(1)
    value: Decimal = ZERO
    flow: Decimal = ZERO
    flows: Decimal = ZERO
    deposits: Decimal = ZERO
    first: Decimal = ZERO
    # Why there is no index any more, and why the last link is doubtful.
    broken: str | None = None
    warning: str | None = None

    def take(self, value: Decimal, flow: Decimal, holds_nothing: bool) -> None:
        """Go on to the next row."""
        if self.seq == 0:
            self.first = value
            self.broken = NEGATIVE_VALUE if value < 0 else None
            self.index = None if value < 0 else Decimal(1)
        else:
            self.flows = EXACT.add(self.flows, self.flow)
            self.deposits = EXACT.add(self.deposits, max(self.flow, ZERO))
            self.index = self._linked(value, holds_nothing)
        self.seq += 1
        self.value, self.flow = value, flow

    def _linked(self, value: Decimal, holds_nothing: bool) -> Decimal | None:
        base = EXACT.add(self.value, self.flow)
        self.warning = None
        if self.index is None:
            return None
        if holds_nothing and value == 0 and self.flow < 0 < base < self.value:
            # Everything was withdrawn; what stayed behind was the fee, a cost of the capital before.
            return EXACT.multiply(self.index, EXACT.divide(EXACT.subtract(self.value, base), self.value))
        if value < 0 or base < 0:
            self.broken = NEGATIVE_VALUE if value < 0 else NEGATIVE_BASE
            return None
        if base == 0:
            self.warning = GAIN_WITHOUT_CAPITAL if value > 0 else None
            return self.index
        index = EXACT.multiply(self.index, EXACT.divide(value, base) if value > 0 else LEFT_OF_ALL)
        return index if index >= SMALLEST else ZERO


@dataclass(frozen=True, slots=True)
class Link:
    """What a row is recomputed to before the chain: value, net flow, what is held, the flows, and the value's doubt.

    `stored`: the composition of the stored row, whose prices are the hints for prices of several routes. `asked`: what
    is doubtful about the flows where each of them by itself is not.
    """

    value: Decimal
    flow: Decimal
    owned: Composition
    flows: Sequence[Moved]
    doubt: str | None
    stored: Composition
    asked: str | None = None


class ChainFigures:
    """Takes links in the order of time, and compares everything that follows from them."""

    def __init__(
        self,
        connection: Connection,
        account: int,
        prices: PriceBook,
        plan: str | None,
        days: Days,
        report: Report,
        interval_ms: int,
        doubts: Doubts,
    ) -> None:
        self._prices = prices
        self._days = days
        self._doubts = doubts
        self._chain = Chain()
        self._line = BenchmarkLine(plan)
        self._slots = Slots(interval_ms)
        self._hold = HoldPass(connection, account, report)
        self._packed = PackedLines(connection, account, report)
        self._charts = Charts(connection, account, report)

    @property
    def seq(self) -> int:
        """How many rows were taken."""
        return self._chain.seq

    def load(self, from_ms: int, until_ms: int) -> None:
        """Read the rows beside the snapshots with from <= instant <= until."""
        self._hold.load(from_ms, until_ms)

    def finish(self) -> None:
        """Compare what is told of the whole chain."""
        self._charts.finish()

    def take(self, told: Row, row: SqlRow[Any], link: Link) -> None:
        """Go on to the next row, and compare its figures with the stored ones."""
        at_ms, value, flow = row.timestamp, link.value, link.flow
        chain = self._chain
        chain.take(value, flow, not link.owned)
        flow_doubts = [doubt for doubt in (*(one.doubt for one in link.flows), link.asked) if doubt is not None]
        flow_doubt = next(iter(flow_doubts), None)
        reason = chain.broken or link.doubt or chain.warning or flow_doubt
        doubts = self._doubts.link(reason, flow, flow_doubts, chain.warning is not None)
        index, line = self._line.at(at_ms, value, flow, self._prices.told, reason, flow_doubt)
        self._days.take(Valued(at_ms, value, chain.index, index, line, reason, doubts))
        self._packed.take(at_ms, value, chain.index, index)
        self._charts.take(at_ms, Point(value, EXACT.add(chain.first, chain.flows), chain.index, index))
        held = {coin: quantity for coin, (quantity, _) in link.owned.items()}
        self._hold.at(at_ms, value, held, link.flows, self._hinted(link.stored))
        pnl = EXACT.subtract(EXACT.subtract(value, chain.first), chain.flows)
        capital = EXACT.add(chain.first, chain.deposits)
        told.money("total_value_usd", row.total_value_usd, value)
        told.money("flow_usd", row.flow_usd, flow)
        told.money("deposits_usd", row.deposits_usd, max(flow, ZERO))
        told.money("cum_flows_usd", row.cum_flows_usd, chain.flows)
        told.money("cum_deposits_usd", row.cum_deposits_usd, chain.deposits)
        told.money("first_value_usd", row.first_value_usd, chain.first)
        told.money("pnl", row.pnl, pnl)
        told.statistic("pnl_percent", row.pnl_percent, EXACT.divide(pnl * 100, capital) if capital > 0 else None)
        told.statistic("growth_index", row.growth_index, chain.index)
        told.statistic("twr", row.twr, None if chain.index is None else (chain.index - 1) * 100)
        told.statistic("benchmark_index", row.benchmark_index, index)
        told.money("benchmark_value_usd", row.benchmark_value_usd, line)
        told.exactly("seq", row.seq, chain.seq)
        told.exactly("reason", row.reason, reason)
        told.exactly("status", row.status, "exact" if reason is None else "estimated")
        told.exactly("doubts", row.doubts, doubts)
        self._slots.take(at_ms)
        if self._slots.known:
            told.exactly("slots", row.slots, self._slots.taken)
            told.exactly("slots_expected", row.slots_expected, self._slots.expected)
        self._line.compare(told, row.benchmark_state)

    def _hinted(self, stored: Composition) -> Callable[[str, int], Told]:
        return lambda coin, at_ms: self._prices.told(coin, at_ms, stored.get(coin, (ZERO, None))[1])


def compare_held(told: Row, stored: Composition, owned: Composition) -> None:
    """Compare what is held and its prices, whatever the order."""
    words = _words_of(stored)
    told.exactly("composition", words, words if _same_composition(stored, owned) else _words_of(owned))


def composition_of(text: str) -> Composition:
    return {
        asset: (Decimal(quantity), None if price is None else Decimal(price))
        for asset, (quantity, price) in json.loads(text).items()
    }


def _same_composition(one: Composition, other: Composition) -> bool:
    return one.keys() == other.keys() and all(
        same_money(one[asset][0], other[asset][0]) and same_money(one[asset][1], other[asset][1]) for asset in one
    )


def _words_of(owned: Composition) -> str:
    return ", ".join(f"{quantity:f} {asset} at {price}" for asset, (quantity, price) in sorted(owned.items()))
