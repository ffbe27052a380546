"""The true figures of a history, and what the program says of them: what it calls exact must be the true figure.

The truth is the exchange's ledger times its candles, in decimals, by the definition: the value just before each flow
over what was there after the flow before it. No line of the program is in it.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.instants import to_ms
from backend.core.model.valuation import SnapshotRow
from backend.tests.histories.judge import LAST_DIGIT, RELATIVE, Played
from backend.tests.histories.price_paths import Stretch, Withheld
from backend.tests.process.reference import DAY, PRECISE, iso, movements, quantities

ONE: Final = Decimal(1)
ZERO: Final = Decimal(0)
SPANS: Final = (0, 1, 2, 3, 5, 7)


class Truth:
    """True values, flows and returns at any instants; None where the exchange never told a price that it takes."""

    def __init__(self, one: Played, stretch: Stretch | None) -> None:
        self._prices = one.prices
        self._stretch = stretch
        self._moves = movements(one.exchange.ledger())
        self._values: dict[int, Decimal | None] = {}
        self._flows: dict[int, Decimal | None] = {}
        for crossing in one.script.crossings:
            if crossing.at <= one.exchange.now:
                price, before = self._price(crossing.asset, crossing.at), self._flows.get(crossing.at, ZERO)
                known = None if price is None or before is None else before + crossing.quantity * price
                self._flows[crossing.at] = known

    def value(self, at: int) -> Decimal | None:
        """Just before the flow of an instant."""
        if at not in self._values:
            self._values[at] = self._worth(at, at)
        return self._values[at]

    def flow(self, at: int) -> Decimal | None:
        return self._flows.get(at, ZERO)

    def total(self, now: int) -> Decimal | None:
        """What is held at an instant, whatever happened at it included."""
        return self._worth(now + 1, now)

    def growth(self, start: int, end: int) -> Decimal | None:
        """1 + the time-weighted return between two instants."""
        if start == end:
            return ONE
        growth, base = ONE, self._base(start)
        for at in sorted(at for at in self._flows if start < at < end):
            value, after = self.value(at), self._base(at)
            if value is None or base is None:
                return None
            growth, base = growth * (value / base if base else ONE), after
        value = self.value(end)
        if value is None or base is None:
            return None
        return growth * (value / base if base else ONE)

    def profit(self, start: int, end: int) -> Decimal | None:
        first, last = self.value(start), self.value(end)
        flows = [flow for at, flow in self._flows.items() if start <= at < end]
        if first is None or last is None or None in flows:
            return None
        return last - first - sum((flow for flow in flows if flow is not None), ZERO)

    def drawdown(self, start: int, end: int) -> Decimal | None:
        """The deepest fall over the midnights of a stretch, its beginning counted as a peak."""
        peak, deepest = ONE, ZERO
        for at in range(start // DAY * DAY + DAY, end + 1, DAY):
            level = self.growth(start, at)
            if level is None:
                return None
            peak = max(peak, level)
            deepest = min(deepest, level / peak - 1)
        return deepest

    def _base(self, at: int) -> Decimal | None:
        value, flow = self.value(at), self.flow(at)
        return None if value is None or flow is None else value + flow

    def _worth(self, before: int, at: int) -> Decimal | None:
        """What was there before an instant, at the prices of another one."""
        value = ZERO
        for asset, quantity in quantities(self._moves, before).items():
            price = self._price(asset, at)
            if price is None:
                return None
            value += quantity * price
        return value

    def _price(self, asset: str, at: int) -> Decimal | None:
        told = at if self._stretch is None else self._stretch.last_told(asset, at)
        return None if told is None else self._prices.of_coin(asset, told)


class PathJudge:
    """Compares what the program says after each look with the truth; `wrong` are sentences, `told` counts statuses."""

    def __init__(self, withheld: Withheld) -> None:
        self._stretch = withheld.stretch
        # Without a wallet or a trade the exchange still told what the truth takes: the program may doubt all the same.
        self._must_be_exact = withheld.pair is None and withheld.path is None
        self.wrong: list[str] = []
        self.told: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.left_out = 0

    def __call__(self, one: Played) -> None:
        with localcontext(PRECISE):
            truth = Truth(one, self._stretch)
            rows = one.home.rows()
            for row in rows:
                self._row(row, rows[0], truth)
            self._total(one)
            for days in SPANS:
                self._window(one, days, truth)
            self._statistics(one, truth)
            self.left_out = rows[-1].slots_expected - rows[-1].slots if rows else 0

    def _total(self, one: Played) -> None:
        """Its prices are the tickers of now, which no candle of before takes away."""
        view, now, stretch = one.home.portfolio.balances(None), one.exchange.now, self._stretch
        what, value = f"total at {iso(now)}", Truth(one, None).total(now)
        if stretch is not None and stretch.begin <= now < stretch.end:
            value = None if stretch.coin in {line.balance.asset for _, _, line in view.lines} else value
        if self._status(what, view.status, view.reason, known=value is not None):
            self._same(what, view.total, value)

    def _row(self, row: SnapshotRow, first: SnapshotRow, truth: Truth) -> None:
        what = f"snapshot of {iso(row.at_ms)}"
        value, flow = truth.value(row.at_ms), truth.flow(row.at_ms)
        known = value is not None and flow is not None
        if self._status(what, row.status, row.reason, known=known):
            self._same(f"{what}, value", row.value, value)
            self._same(f"{what}, flow", row.flow, flow)
            if row.doubts == 0 and first.status == "exact":
                self._close(f"{what}, growth", row.growth_index, truth.growth(first.at_ms, row.at_ms))

    def _window(self, one: Played, days: int, truth: Truth) -> None:
        view = one.home.tracker.window(days, one.home.account)
        if view.figures is None:
            self.told["unavailable"] += 1
            if not view.reason:
                self.wrong.append(f"{days} days: no figures, and no reason")
            return
        figures = view.figures
        if figures.start is None:
            self._status(f"{days} days", figures.status, figures.reason, known=False)
            return
        start, end = to_ms(figures.start), to_ms(figures.end)
        growth, profit = truth.growth(start, end), truth.profit(start, end)
        what = f"{days} days at {iso(one.exchange.now)}"
        known = growth is not None and profit is not None
        if figures.status == "unavailable":
            self._status(what, figures.status, figures.reason, known=False)
            if figures.twr is not None:
                self.wrong.append(f"{what}: unavailable, and {figures.twr}")
        elif self._status(what, figures.status, figures.reason, known=known):
            self._close(f"{what}, return", figures.twr, None if growth is None else growth - 1)
            self._same(f"{what}, profit", figures.pnl, profit)

    def _statistics(self, one: Played, truth: Truth) -> None:
        for name, period in one.home.tracker.statistics(one.home.account).periods.items():
            figures = period.figures
            if figures is None or figures.start is None or period.max_drawdown is None:
                continue
            what, doubt = f"{name} at {iso(one.exchange.now)}, drawdown", period.drawdown_doubt
            fall = truth.drawdown(to_ms(figures.start), to_ms(figures.end))
            # What is doubtful about a window, if only behind its last midnight, is told of its drawdown too.
            known = fall is not None and (doubt is None or figures.status == "exact")
            if self._status(what, "estimated" if doubt else "exact", doubt, known=known):
                self._close(what, period.max_drawdown, fall)

    def _status(self, what: str, status: str, reason: str | None, *, known: bool) -> bool:
        """Whether it is called exact."""
        self.told[status] += 1
        if status == "exact":
            if not known:
                self.wrong.append(f"{what}: called exact, and nobody told what it takes")
            return known
        self.reasons[(reason or "").partition(":")[0]] += 1
        if not reason:
            self.wrong.append(f"{what}: {status} without a reason")
        if known and self._must_be_exact:
            self.wrong.append(f"{what}: {status}, {reason}, and everything was told")
        return False

    def _same(self, what: str, shown: Decimal | None, true: Decimal | None) -> None:
        if shown is None or true is None or abs(shown - true) > LAST_DIGIT * max(ONE, abs(true)):
            self.wrong.append(f"{what}: {shown} instead of {true}")

    def _close(self, what: str, shown: float | None, true: Decimal | None) -> None:
        if shown is None or true is None or not abs(Decimal(shown) - true) <= RELATIVE * max(ONE, abs(true)):
            self.wrong.append(f"{what}: {shown} instead of {true}")
