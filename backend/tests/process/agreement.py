"""Does every figure of the API agree with the reference, to the last digit shown?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any, Final

from backend.tests.process.harness import Product
from backend.tests.process.reference import (
    DAY,
    HOUR,
    PRECISE,
    Flow,
    Movement,
    PriceBook,
    Row,
    Window,
    flows,
    iso,
    quantities,
    snapshots,
    window,
)

WINDOWS: Final = {
    "7d": 7, "14d": 14, "30d": 30, "60d": 60, "90d": 90, "180d": 180, "1y": 365, "2y": 730, "total": 0,
}  # fmt: skip
SHOWN: Final = Decimal("1e-8")
# Percent figures go through float64, whose rounding adds up over a chain of thousands of links to less than this. A
# figure that close to the middle between two last digits may be shown as either.
FLOAT_NOISE: Final = Decimal("1e-11")
# An internal rate is found by iteration.
SOLVER_NOISE: Final = Decimal("1e-9")


def same_percent(shown: Any, ratio: Decimal | None, what: str) -> None:
    """A percent figure is the exact one, rounded to the digits shown."""
    if ratio is None:
        assert shown is None, f"{what}: {shown} where nothing is defined"
        return
    assert shown is not None, f"{what}: nothing shown for {ratio * 100:f}"
    exact = ratio * 100
    noise = FLOAT_NOISE * max(Decimal(1), abs(exact))
    assert abs(Decimal(shown) - exact) <= SHOWN / 2 + noise, f"{what}: {shown}, computed {exact:.14f}"


def same_money(shown: Any, exact: Decimal, what: str) -> None:
    """Sums and products have all their digits."""
    assert shown is not None, f"{what}: nothing shown for {exact}"
    assert Decimal(shown) == exact, f"{what}: {shown}, computed {exact:f}"


def same_quotient(shown: Any, exact: Decimal, what: str) -> None:
    """Money that rests on divisions has no last digit: as many decimals as are shown must be right."""
    assert shown is not None, f"{what}: nothing shown for {exact}"
    assert Decimal(shown) == round(exact, max(-int(Decimal(shown).as_tuple().exponent), 0)), (
        f"{what}: {shown}, computed {exact:f}"
    )


def _sum(lines: Sequence[Any], name: str) -> Decimal:
    return sum((Decimal(line[name]) for line in lines), Decimal(0))


class Agreement:
    """Compares a product that stands still with what the reference makes of ledger and candles."""

    def __init__(self, product: Product, moves: Sequence[Movement], prices: PriceBook, now: int) -> None:
        self._product = product
        self._moves = moves
        self._prices = prices
        self._now = now
        self.flows: list[Flow] = flows(moves, prices)
        self.rows: list[Row] = snapshots(moves, prices, now)
        self._by_instant = {iso(row.at): row for row in self.rows}

    @property
    def kinds(self) -> set[str]:
        """What happened, in the words of the exchange's ledger."""
        return {move.kind for move in self._moves}

    def lacking(self) -> list[str]:
        """What the product has not read yet of all up to the instant the exchange stands at, or has not told."""
        held = self._get("/api/portfolio/balances")
        tracking = self._get("/api/performance/stats")["tracking"]
        overview = self._get("/api/portfolio/overview")
        told = {
            "as_of": (held["as_of"], iso(self._now)),
            "cash flows": (tracking["cash_flows"], len(self.flows)),
            "last snapshot": (tracking["last"], iso(self.rows[-1].at)),
            "snapshots": (tracking["snapshots"], len(self.rows)),
            "import": (overview["sync"]["import_progress"], None),
        }
        found = [f"{name}: {shown}, not {wanted}" for name, (shown, wanted) in told.items() if shown != wanted]
        kinds = [item["kind"] for item in overview["attention"]]
        return found + [kind for kind in kinds if kind in ("recomputing", "unreconciled")]

    def check(self) -> None:
        """Compare every figure; raises AssertionError with the first that differs."""
        with localcontext(PRECISE):
            self._check_balances()
            self._check_flows()
            self._check_snapshots()
            self._check_stats()
            for days in (0, 1, 7, 10, 30, 45, 60, 90, 180, 365, 500, 730):
                self._check_window(days)
            for days, points in ((0, 500), (30, 1000), (90, 60)):
                self._check_chart(days, points)

    def _check_balances(self) -> None:
        answer = self._fresh("/api/portfolio/balances")
        assert answer["complete"] is True
        assert answer["unpriced"] == []
        self._exact(answer, "balances")
        held = quantities(self._moves, self._now + 1)
        lines: dict[str, list[Any]] = {}
        for line in answer["balances"]:
            lines.setdefault(line["asset"], []).append(line)
        assert lines.keys() == held.keys()
        value = sum((held[asset] * self._prices.of_coin(asset, self._now) for asset in held), Decimal(0))
        for asset, quantity in held.items():
            price = self._prices.of_coin(asset, self._now)
            # One line a wallet.
            for line in lines[asset]:
                self._exact(line, asset)
                same_money(line["price_usd"], price, f"price of {asset}")
                same_percent(line["percentage"], Decimal(line["total"]) * price / value, f"share of {asset}")
            same_money(_sum(lines[asset], "total"), quantity, f"quantity of {asset}")
            same_money(_sum(lines[asset], "usd_value"), quantity * price, f"value of {asset}")
        same_money(answer["total_value_usd"], value, "total value")
        overview = self._fresh("/api/portfolio/overview")
        net = sum((flow.amount for flow in self.flows), Decimal(0))
        same_money(overview["total_value_usd"], value, "total value of the overview")
        same_money(overview["net_deposits_usd"], net, "net deposits")
        same_money(overview["total_pnl_usd"], value - net, "total profit")
        flows_told = "estimated" if any(self._untraded(flow) for flow in self.flows) else "exact"
        expected = {"status": "exact", "change_today_status": "exact"}
        expected |= {"net_deposits_status": flows_told, "pnl_status": flows_told}
        assert {name: overview[name] for name in expected} == expected

    def _check_flows(self) -> None:
        shown = self._product.all_items("/api/performance/cashflows")
        # The exchange tells withdrawals to the second.
        told = sorted(self.flows, key=lambda flow: (flow.at, flow.asset))
        shown = sorted(shown, key=lambda item: (item["timestamp"], item["asset"]))
        assert [(item["timestamp"], item["asset"]) for item in shown] == [(iso(flow.at), flow.asset) for flow in told]
        for item, flow in zip(shown, told, strict=True):
            what = f"flow of {item['timestamp']}"
            self._told(item, "old_price" if self._untraded(flow) else None, what)
            assert item["source"] == "exchange", what
            assert item["type"] == ("DEPOSIT" if flow.quantity > 0 else "WITHDRAW"), what
            same_money(item["quantity"], abs(flow.quantity), what)
            same_money(item["price_usd"], flow.price, what)
            same_money(item["amount_usd"], flow.amount, what)
            same_money(item["value_before_usd"], self._by_instant[item["timestamp"]].value, what)

    def _check_snapshots(self) -> None:
        shown = self._product.all_items("/api/performance/snapshots")[::-1]
        assert [item["timestamp"] for item in shown] == [iso(row.at) for row in self.rows]
        net = deposits = Decimal(0)
        for item, row in zip(shown, self.rows, strict=True):
            what = f"snapshot of {item['timestamp']}"
            self._told(item, "old_price" if row.untraded else None, what)
            same_money(item["total_value_usd"], row.value, f"{what}, value")
            same_money(item["flow_usd"], row.flow, f"{what}, flow")
            same_money(item["net_deposits_usd"], self.rows[0].value + net, f"{what}, net deposits")
            profit = row.value - self.rows[0].value - net
            same_money(item["pnl"], profit, f"{what}, profit")
            same_percent(item["pnl_percent"], profit / deposits if deposits else None, f"{what}, profit")
            same_percent(item["twr"], row.growth - 1, f"{what}, twr")
            same_percent(item["benchmark_twr_percent"], row.benchmark - 1, f"{what}, benchmark")
            same_quotient(item["benchmark_value_usd"], row.line, f"{what}, benchmark line")
            held = {line["asset"]: line for line in item["composition"]}
            assert held.keys() == row.held.keys(), what
            for asset, quantity in row.held.items():
                same_money(held[asset]["quantity"], quantity, f"{what}, {asset}")
                same_money(held[asset]["price_usd"], row.prices[asset], f"{what}, price of {asset}")
            net, deposits = net + row.flow, deposits + max(row.flow, Decimal(0))

    def _check_stats(self) -> None:
        answer = self._fresh("/api/performance/stats")
        tracking = answer["tracking"]
        assert tracking["first"] == iso(self.rows[0].at)
        slots = sum(1 for row in self.rows if row.at % HOUR == 0)
        due = self.rows[-1].at // HOUR - (self.rows[0].at - 1) // HOUR
        assert (tracking["expected"], tracking["missing"]) == (due, due - slots)
        assert answer["periods"].keys() == WINDOWS.keys()
        for name, days in WINDOWS.items():
            period, expected = answer["periods"][name], window(self.rows, days)
            if not self._defined(period, expected, days):
                continue
            assert expected is not None
            self._check_returns(period, expected, f"stats {name}")
            same_money(period["pnl_usd"], expected.profit, f"stats {name}, profit")
            same_percent(period["pnl_percent"], expected.profit_ratio, f"stats {name}, profit")
            same_percent(period["max_drawdown_percent"], expected.max_drawdown, f"stats {name}, drawdown")
            self._check_rate(period["xirr_percent"], expected, f"stats {name}, money-weighted")

    def _check_window(self, days: int) -> None:
        expected = window(self.rows, days)
        twr = self._fresh(f"/api/performance/twr/{days}")
        pnl = self._fresh(f"/api/performance/pnl/{days}")
        if not (self._defined(twr, expected, days) and self._defined(pnl, expected, days)):
            return
        assert expected is not None
        what = f"{days} days"
        self._check_returns(twr, expected, what)
        same_money(pnl["start_value_usd"], expected.opening.value, f"{what}, start")
        same_money(pnl["end_value_usd"], expected.closing.value, f"{what}, end")
        same_money(pnl["net_flows_usd"], expected.net_flows, f"{what}, flows")
        same_money(pnl["pnl_usd"], expected.profit, f"{what}, profit")
        same_percent(pnl["pnl_percent"], expected.profit_ratio, f"{what}, profit")

    def _check_returns(self, shown: Any, expected: Window, what: str) -> None:
        assert (shown["start"], shown["end"]) == (iso(expected.opening.at), iso(expected.closing.at)), what
        same_percent(shown["twr_percent"], expected.twr, f"{what}, twr")
        same_percent(shown["benchmark_twr_percent"], expected.benchmark, f"{what}, benchmark")
        same_percent(shown["excess_percent"], expected.twr - expected.benchmark, f"{what}, excess")
        same_percent(shown["twr_annualized_percent"], expected.twr_annualized, f"{what}, annual twr")

    def _check_rate(self, shown: Any, expected: Window, what: str) -> None:
        """All payments close to zero at a growth within the last digit shown: the sum changes its sign there."""
        assert shown is not None, what
        growth, slack = 1 + Decimal(shown) / 100, (SHOWN / 2 + SOLVER_NOISE) / 100
        around = [expected.closes_at_rate(growth - slack), expected.closes_at_rate(growth + slack)]
        assert min(around) <= 0 <= max(around), f"{what}: {shown} leaves {around}"

    def _check_chart(self, days: int, points: int) -> None:
        answer = self._fresh(f"/api/performance/twr-history?days={days}&points={points}")
        expected = window(self.rows, days)
        if not self._defined(answer, expected, days, with_available_from=False):
            return
        assert expected is not None
        opening, series = expected.opening, answer["series"]
        assert answer["gaps"] == self._gaps(opening, expected.closing)
        assert (series[0]["t"], series[-1]["t"]) == (iso(opening.at), iso(expected.closing.at))
        assert len(series) <= points
        net = {}
        running = self.rows[0].value
        for row in self.rows:
            net[iso(row.at)] = running
            running += row.flow
        for point in series:
            row, what = self._by_instant[point["t"]], f"chart of {days} days at {point['t']}"
            same_percent(point["twr_percent"], row.growth / opening.growth - 1, f"{what}, twr")
            same_percent(point["benchmark_percent"], row.benchmark / opening.benchmark - 1, f"{what}, benchmark")
            same_money(point["value_usd"], row.value, f"{what}, value")
            same_money(point["net_deposits_usd"], net[point["t"]], f"{what}, net deposits")
        shown = sorted((flow["t"], Decimal(flow["amount_usd"])) for flow in answer["flows"])
        inside = [flow for flow in self.flows if opening.at <= flow.at <= expected.closing.at]
        assert shown == sorted((iso(flow.at), flow.amount) for flow in inside)

    def _defined(self, shown: Any, expected: Window | None, days: int, with_available_from: bool = True) -> bool:
        """A window longer than the history says when it will be there; any other is exact."""
        if expected is not None:
            self._told(shown, "old_price" if expected.estimated else None, f"{days} days")
            return True
        assert (shown["status"], shown["reason"]) == ("unavailable", "history_too_short"), f"{days} days"
        if with_available_from:
            assert shown["available_from"] == iso(self.rows[0].at + days * DAY), f"{days} days"
        return False

    def _untraded(self, flow: Flow) -> bool:
        return self._prices.untraded(flow.asset, flow.at)

    def _gaps(self, opening: Row, closing: Row) -> list[dict[str, str]]:
        """Where hours are missing between two rows, from the last row on the grid to the next."""
        hours = [row.at for row in self.rows if opening.at <= row.at <= closing.at and row.at % HOUR == 0]
        marks = [opening.at, *(at for at in hours if at != opening.at)]
        return [{"from": iso(before), "to": iso(after)} for before, after in pairwise(marks) if after - before > HOUR]

    @staticmethod
    def _told(shown: Any, reason: str | None, what: str) -> None:
        """Exact without a reason, or an estimate for this one; a reason may name the coin behind a colon."""
        told = shown["reason"] and shown["reason"].partition(":")[0]
        expected = ("estimated" if reason else "exact", reason)
        assert (shown["status"], told) == expected, f"{what}: {shown['status']}, {shown['reason']}"

    def _exact(self, shown: Any, what: str) -> None:
        self._told(shown, None, what)

    def _fresh(self, path: str) -> Any:
        answer = self._get(path)
        assert answer["stale"] is False, f"{path} is stale"
        assert (answer["environment"], answer["reporting_currency"]) == ("simulator", "USDT")
        return answer

    def _get(self, path: str) -> Any:
        return self._product.get(path)
