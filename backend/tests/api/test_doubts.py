"""Each figure says for itself how far it can be trusted: return, profit, benchmark, and what is between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from backend.core.model.holdings import CashFlow
from backend.core.model.instants import DAY_MS, HOUR_MS, iso_ms
from backend.core.performance.benchmark_plan import PLAN_SETTING, BenchmarkPlan, encode_plan
from backend.core.performance.hold_only import HoldRow, HoldState
from backend.core.performance.snapshot_chain import Grid, Reset, ValuedPoint, extend
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.api.test_explain import linked_percent
from backend.tests.builders import T0, point

D = Decimal
DAYS = 40
END = T0 + DAYS * DAY_MS
OLD = "old_price:ETH"
Account = Callable[..., Installation]


def hourly(changes: dict[int, ValuedPoint] | None = None, days: int = DAYS) -> list[ValuedPoint]:
    """A point an hour that gains a little; some are others."""
    points = {T0 + n * HOUR_MS: point(T0 + n * HOUR_MS, str(1000 + n)) for n in range(days * 24 + 1)}
    return [one for _, one in sorted((points | (changes or {})).items())]


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """An installation with one account of some points."""
    with ExitStack() as stack:

        def begin(points: Sequence[ValuedPoint], *resets: Reset) -> Installation:
            settings = simulator_settings("http://127.0.0.1:9", tmp_path)
            running = stack.enter_context(Installation(settings, tmp_path, collecting=False))
            with running.container.store.write() as unit:
                one = unit.accounts.ensure("simulator", "first", "one").id
                unit.snapshots.append(extend(one, None, points, resets, Grid(HOUR_MS)))
            return running

        yield begin


def told(api: Api, days: int = 30) -> dict[str, tuple[str, str | None]]:
    """Status and reason of each figure, by where it is told; the same figure is told the same everywhere."""
    twr = api.read(f"/api/performance/twr/{days}")
    stats = api.read("/api/performance/stats")["periods"]["30d"]
    compared = api.read("/api/performance/compare", days=days)["accounts"][0]
    benchmark = api.read("/api/performance/benchmark", days=days)
    for body in (stats, compared):
        for name in ("benchmark", "excess"):
            for of in ("status", "reason"):
                assert body[f"{name}_{of}"] == twr[f"{name}_{of}"]
    assert (benchmark["index_status"], benchmark["index_reason"]) == (twr["benchmark_status"], twr["benchmark_reason"])
    assert (benchmark["status"], benchmark["reason"]) == (twr["excess_status"], twr["excess_reason"])
    for metric, name in (("benchmark_twr", "benchmark"), ("excess", "excess")):
        opened = api.read("/api/performance/explain", metric=metric, days=days)
        assert (opened["status"], opened["reason"]) == (twr[f"{name}_status"], twr[f"{name}_reason"])
    return {
        "return": (twr["status"], twr["reason"]),
        "benchmark": (twr["benchmark_status"], twr["benchmark_reason"]),
        "excess": (twr["excess_status"], twr["excess_reason"]),
        "fall": (stats["benchmark_max_drawdown_status"], stats["benchmark_max_drawdown_reason"]),
    }


EXACT = ("exact", None)
DOUBTED = ("estimated", OLD)


def test_a_benchmark_at_an_old_price_is_an_estimate_beside_an_exact_return(account: Account) -> None:
    api = account(hourly({END: replace(point(END, "1900"), benchmark_doubt=OLD)})).api
    found = told(api)
    assert found == {"return": EXACT, "benchmark": DOUBTED, "excess": DOUBTED, "fall": DOUBTED}
    month = api.read("/api/performance/monthly")["items"][-1]
    assert (month["status"], month["benchmark_status"], month["benchmark_reason"]) == ("exact", *DOUBTED)
    days = api.read("/api/performance/daily", days=3)["items"]
    assert [(day["status"], day["benchmark_status"], day["benchmark_reason"]) for day in days] == [
        ("exact", *EXACT),
        ("exact", *DOUBTED),
        ("exact", *DOUBTED),
    ]


def test_an_old_price_inside_a_window_is_a_doubt_about_the_fall_alone(account: Account) -> None:
    at_ms = END - 5 * DAY_MS
    found = told(account(hourly({at_ms: replace(point(at_ms, "1900"), benchmark_doubt=OLD)})).api)
    assert found == {"return": EXACT, "benchmark": EXACT, "excess": EXACT, "fall": DOUBTED}


@pytest.mark.parametrize(("before_end", "doubted"), [(12, True), (33, True), (40, False)])
def test_a_reset_at_an_old_price_is_a_doubt_about_every_window_its_weights_are_in(
    account: Account, before_end: int, doubted: bool
) -> None:
    """A week apart: one from before the window was in force at its start, and the one before that was not."""
    prices = {"BTC": D(50_000), "ETH": D(2_000)}
    first = END - before_end * DAY_MS + HOUR_MS // 2
    resets = [Reset(at, prices, OLD if at == first else None) for at in range(first, END, 7 * DAY_MS)]
    own = account(hourly(), *resets)
    found = told(own.api)
    mark = DOUBTED if doubted else EXACT
    assert found == {"return": EXACT, "benchmark": mark, "excess": mark, "fall": mark}
    # The units are not those that exact prices would have bought, for good.
    benchmark = own.api.read("/api/performance/benchmark", days=30)
    assert (benchmark["comparison"]["status"], benchmark["comparison"]["reason"]) == DOUBTED
    assert benchmark["money_line"]["reason"] == OLD
    assert own.api.read("/api/performance/daily", days=3)["latest"]["reason"] == OLD


def test_a_deposit_mirrored_at_an_old_price_is_a_doubt_about_the_money_line_alone(account: Account) -> None:
    at_ms = T0 + 3 * DAY_MS
    own = account(hourly({at_ms: replace(point(at_ms, "1072", "500"), benchmark_doubt=OLD)}))
    assert told(own.api) == {"return": EXACT, "benchmark": EXACT, "excess": EXACT, "fall": EXACT}
    assert own.api.read("/api/performance/benchmark", days=30)["comparison"]["reason"] == OLD


@pytest.mark.parametrize("since", [None, OLD])
def test_holding_only_is_as_doubtful_as_its_start_and_the_difference_as_either(
    account: Account, since: str | None
) -> None:
    start = END - 30 * DAY_MS
    own = account(hourly())
    with own.container.store.write() as unit:
        rows = unit.snapshots.at_instants(1, [start, END])
        opening = HoldRow(start, D(1000), 1.0, since, HoldState(1.0, D(1000), {"USDT": D(1000)}))
        made = [opening, HoldRow(END, D(1000), 1.0, None, None)]
        unit.shadows.begin_hold(1, "[null, false]")
        unit.shadows.add_hold(1, [(row.id or 0, one) for row, one in zip(rows, made, strict=True)])
    hold = own.api.read("/api/performance/benchmark", days=30)["hold_only"]
    mark = EXACT if since is None else DOUBTED
    assert (hold["status"], hold["reason"]) == (hold["excess_status"], hold["excess_reason"]) == mark
    assert (hold["difference_status"], hold["difference_reason"]) == EXACT


def test_holding_only_is_exact_beside_a_doubtful_return(account: Account) -> None:
    own = account(hourly({END: point(END, "1960", doubt="old_price:SOL")}))
    with own.container.store.write() as unit:
        start, end = unit.snapshots.at_instants(1, [END - 30 * DAY_MS, END])
        opening = HoldRow(start.at_ms, D(1000), 1.0, None, HoldState(1.0, D(1000), {"USDT": D(1000)}))
        unit.shadows.begin_hold(1, "[null, false]")
        unit.shadows.add_hold(1, [(start.id or 0, opening), (end.id or 0, HoldRow(END, D(1000), 1.0, None, None))])
    hold = own.api.read("/api/performance/benchmark", days=30)["hold_only"]
    assert (hold["status"], hold["excess_status"], hold["excess_reason"]) == ("exact", "estimated", "old_price:SOL")
    assert hold["difference_status"] == "estimated"


def test_after_a_total_loss_the_index_starts_anew_and_says_what_was_made_since(account: Account) -> None:
    lost, back = T0 + 2 * DAY_MS, T0 + 3 * DAY_MS
    points = [
        point(T0, "1000"),
        point(lost, "0"),
        point(back, "0", "500"),
        *(point(back + n * HOUR_MS, str(500 + n)) for n in range(1, 24 * 37 + 1)),
    ]
    api = account(points).api
    pnl, twr = api.read("/api/performance/pnl/30"), api.read("/api/performance/twr/30")
    assert (pnl["pnl_usd"], pnl["status"], pnl["reason"]) == ("720", "exact", None)
    # The window begins after the loss: its return is that of what came since.
    opened = 500 + 24 * 7
    assert (twr["twr_percent"], twr["status"]) == (pytest.approx((720 / opened) * 100, rel=1e-8), "exact")
    assert (twr["excess_status"], twr["benchmark_status"]) == ("exact", "exact")
    periods = api.read("/api/performance/stats")["periods"]
    assert (periods["30d"]["pnl_usd"], periods["30d"]["restart"]) == ("720", None)
    whole = periods["total"]
    assert (whole["twr_percent"], whole["status"], whole["max_drawdown_percent"]) == (-100.0, "exact", -100.0)
    since = whole["restart"]
    assert (since["at"], since["status"], since["reason"]) == (iso_ms(lost), "exact", None)
    assert since["twr_percent"] == pytest.approx((500 + 24 * 37) / 500 * 100 - 100, rel=1e-8)
    proof = api.read("/api/performance/explain", metric="twr", **{"from": since["at"], "to": whole["end"]})
    assert linked_percent([one["return"] for one in proof["sub_periods"]]) == since["twr_percent"]
    proof = api.read("/api/performance/explain", metric="twr", days=0)
    assert linked_percent([one["return"] for one in proof["sub_periods"]]) == -100.0


def test_every_figure_that_is_not_there_says_why(account: Account) -> None:
    unpriced = [point(T0 + n * HOUR_MS, "0", benchmark=None) for n in range(24 * DAYS + 1)]
    api = account(unpriced).api
    stats = api.read("/api/performance/stats")["periods"]
    for period in stats.values():
        for name in ("twr_annualized", "excess", "xirr", "max_drawdown", "benchmark_max_drawdown"):
            assert period[f"{name}_percent"] is not None or period[f"{name}_reason"], (name, period["days"])
        assert period["pnl_percent"] is not None or period["pnl_percent_reason"]
        assert period["benchmark_twr_percent"] is not None or period["benchmark_reason"]
    assert stats["30d"]["twr_annualized_reason"] == "period_too_short"
    assert stats["30d"]["pnl_percent_reason"] == "no_capital"
    assert stats["30d"]["benchmark_reason"] == stats["30d"]["excess_reason"] == "no_price"
    assert stats["60d"]["benchmark_reason"] == "history_too_short"
    assert api.read("/api/performance/pnl/30")["pnl_percent_reason"] == "no_capital"


def test_several_rates_that_solve_the_payments_are_told(account: Account) -> None:
    """In, much more out, in again: -100 +230 -132 is nothing at 10 % and at 20 % a year."""
    year = 365 * DAY_MS
    points = [point(T0, "100"), point(T0 + year, "110", "-230"), point(T0 + 2 * year, "-132")]
    own = account(points)
    flow = CashFlow(None, 1, T0 + year, D(-230), None, None, None, "", "manual", "one", "exact", None)
    with own.container.store.write() as unit:
        unit.cash_flows.upsert([flow])
    api = own.api
    period = api.read("/api/performance/stats")["periods"]["total"]
    assert (period["xirr_percent"], period["xirr_several_roots"]) == (pytest.approx(10.0), True)
    assert "other rates solve it too" in api.read("/api/performance/explain", metric="xirr", days=0)["formula"]


@pytest.mark.parametrize(("days", "count"), [(60, 59), (30, 30), (0, 59)])
def test_a_window_as_long_as_the_history_begins_with_its_first_midnight(
    account: Account, days: int, count: int
) -> None:
    """The first snapshot is of 10:00 of day 0, the newest of 15:00 of day 60: no day between them is missing."""
    first = T0 + 10 * HOUR_MS
    points = [point(first + n * HOUR_MS, str(1000 + (n * 37) % 101)) for n in range(60 * 24 + 6)]
    risk = account(points).api.read("/api/performance/risk", days=days)
    figure = risk["volatility"]
    assert (figure["status"], figure["reason"], figure["count"]) == ("exact", None, count)
    assert risk["daily_returns"]["missing"] == 0


def test_a_window_one_day_too_short_says_when_there_will_be_figures(account: Account) -> None:
    first = T0 + 10 * HOUR_MS
    points = [point(first + n * HOUR_MS, str(1000 + (n * 37) % 101)) for n in range(30 * 24 + 6)]
    figure = account(points).api.read("/api/performance/risk", days=30)["volatility"]
    assert (figure["status"], figure["reason"], figure["count"]) == ("unavailable", "too_few_days", 29)
    assert figure["available_from"] == iso_ms(T0 + 31 * DAY_MS)


def test_while_another_mix_is_wanted_the_benchmark_of_before_is_an_estimate(account: Account) -> None:
    own = account(hourly())
    with own.container.store.write() as unit:
        unit.settings.set(PLAN_SETTING, encode_plan(BenchmarkPlan({"BTC": D(1)})))
    anew = ("estimated", "recomputing")
    assert told(own.api) == {"return": EXACT, "benchmark": anew, "excess": anew, "fall": anew}
    assert own.api.read("/api/performance/benchmark", days=30)["comparison"]["reason"] == "recomputing"
