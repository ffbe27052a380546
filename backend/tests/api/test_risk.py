"""Risk figures, drawdowns and days: what the snapshots say of them, recomputed here in plain loops."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from backend.core.model.instants import DAY_MS, HOUR_MS, iso_ms
from backend.core.model.valuation import SnapshotRow
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation
from backend.tests.builders import ms

CLOSE = 1e-9
AGAINST = ("beta", "alpha", "tracking_error", "information_ratio")
ALONE = (
    *("volatility", "sharpe", "sortino", "calmar", "max_drawdown", "max_drawdown_hourly"),
    *("var_95", "cvar_95", "best_day", "worst_day", "positive_days"),
)


@pytest.fixture(scope="module")
def rows(installation: Installation) -> list[SnapshotRow]:
    """All snapshots of the account, oldest first."""
    with installation.container.store.read() as unit:
        (account,) = unit.accounts.in_environment("simulator")
        return list(unit.snapshots.page([account.id], None, None, 10**6))[::-1]


@pytest.fixture
def no_rate(api: Api) -> Iterator[None]:
    yield
    api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": 0}})


def daily(rows: list[SnapshotRow], benchmark: bool = False) -> list[tuple[str, float]]:
    """Date and return of each day between two neighbouring midnights."""
    index = {row.at_ms: row.benchmark_index if benchmark else row.growth_index for row in rows}
    found = []
    for at_ms in sorted(at for at in index if at % DAY_MS == 0 and at + DAY_MS in index):
        before, after = index[at_ms], index[at_ms + DAY_MS]
        assert before is not None
        assert after is not None
        found.append((iso_ms(at_ms)[:10], after / before - 1))
    return found


def deepest(values: list[float]) -> float:
    return min(low / high - 1 for place, high in enumerate(values) for low in values[place:])


def test_the_figures_of_everything_are_those_of_the_daily_returns(api: Api, rows: list[SnapshotRow]) -> None:
    body = api.read("/api/performance/risk", days=0)
    for benchmark in (False, True):
        days = daily(rows, benchmark)
        r = [value for _, value in days]
        told = {name: body[name]["benchmark"] if benchmark else body[name] for name in ALONE}
        mean, deviation = statistics.fmean(r), statistics.stdev(r)
        down = math.sqrt(statistics.fmean(min(value, 0.0) ** 2 for value in r))
        tail = sorted(r)[: (len(r) - 1) * 5 // 100 + 1]
        wanted = {
            "volatility": deviation * math.sqrt(365),
            "sharpe": mean / deviation * math.sqrt(365),
            "sortino": mean / down * math.sqrt(365),
            "var_95": statistics.quantiles(r, n=20, method="inclusive")[0],
            "cvar_95": statistics.fmean(tail),
            "best_day": max(r),
            "worst_day": min(r),
            "positive_days": sum(1 for value in r if value > 0) / len(r),
        }
        for name, value in wanted.items():
            assert told[name]["value"] == pytest.approx(value, rel=CLOSE), name
            assert (told[name]["status"], told[name]["reason"], told[name]["count"]) == ("exact", None, len(r)), name
        assert told["best_day"]["date"] == max(days, key=lambda day: day[1])[0]
        assert told["worst_day"]["date"] == min(days, key=lambda day: day[1])[0]
    assert len(daily(rows)) >= 40
    assert body["daily_returns"]["count"] == len(daily(rows))
    assert body["daily_returns"]["missing"] == 0
    assert body["daily_returns"]["first_day"] == daily(rows)[0][0]


def test_figures_against_the_benchmark_are_of_the_days_of_both(api: Api, rows: list[SnapshotRow]) -> None:
    body = api.read("/api/performance/risk", days=0)
    r, b = ([value for _, value in daily(rows, benchmark)] for benchmark in (False, True))
    slope = statistics.covariance(r, b) / statistics.variance(b)
    difference = [mine - other for mine, other in zip(r, b, strict=True)]
    wanted = {
        "beta": slope,
        "alpha": (1 + statistics.fmean(r) - slope * statistics.fmean(b)) ** 365 - 1,
        "tracking_error": statistics.stdev(difference) * math.sqrt(365),
        "information_ratio": statistics.fmean(difference) / statistics.stdev(difference) * math.sqrt(365),
    }
    for name, value in wanted.items():
        assert body[name]["value"] == pytest.approx(value, rel=CLOSE), name
        assert body[name]["benchmark"] is None


def test_the_drawdown_counts_the_starting_capital_and_its_hours_fall_deeper(api: Api, rows: list[SnapshotRow]) -> None:
    body = api.read("/api/performance/risk", days=0)
    days = [row.growth_index for row in rows if row is rows[0] or row.at_ms % DAY_MS == 0]
    hours = [row.growth_index for row in rows if row is rows[0] or row.at_ms % HOUR_MS == 0]
    assert body["max_drawdown"]["value"] == pytest.approx(deepest(days), rel=CLOSE)
    assert body["max_drawdown_hourly"]["value"] == pytest.approx(deepest(hours), rel=CLOSE)
    assert body["max_drawdown_hourly"]["value"] < body["max_drawdown"]["value"] < 0
    period = api.read("/api/performance/stats")["periods"]["total"]
    assert body["max_drawdown"]["value"] * 100 == pytest.approx(period["max_drawdown_percent"], abs=1e-7)
    theirs = body["max_drawdown"]["benchmark"]["value"] * 100
    assert theirs == pytest.approx(period["benchmark_max_drawdown_percent"], abs=1e-7)
    index = {iso_ms(row.at_ms): row.growth_index for row in rows}
    told = body["max_drawdown"]
    assert index[told["trough"]] / index[told["peak"]] - 1 == pytest.approx(told["value"], rel=CLOSE)
    end = told["recovered"] or body["end"]
    assert told["days_under_water"] == (ms(end) - ms(told["peak"])) / DAY_MS


def test_the_table_begins_with_the_maximum_drawdown_and_its_falls_do_not_overlap(api: Api) -> None:
    body, risk = api.read("/api/performance/drawdowns"), api.read("/api/performance/risk", days=0)
    falls = body["items"]
    assert falls[0]["depth_percent"] == pytest.approx(risk["max_drawdown"]["value"] * 100, abs=1e-7)
    assert [falls[0][name] for name in ("peak", "trough", "recovered")] == [
        risk["max_drawdown"][name] for name in ("peak", "trough", "recovered")
    ]
    assert [fall["depth_percent"] for fall in falls] == sorted(fall["depth_percent"] for fall in falls)
    in_time = sorted(falls, key=lambda fall: str(fall["peak"]))
    for earlier, later in pairwise(in_time):
        assert earlier["peak"] < earlier["trough"] < earlier["recovered"] <= later["peak"]
    assert len(falls) > 2
    assert api.read("/api/performance/drawdowns", limit=2)["items"] == falls[:2]


def test_thirty_days_are_enough_and_fewer_say_how_many_there_are(api: Api) -> None:
    enough = api.read("/api/performance/risk", days=30)
    assert (enough["volatility"]["status"], enough["volatility"]["count"]) == ("exact", 30)
    few = api.read("/api/performance/risk", days=29)
    for name in (*ALONE, *AGAINST):
        told = few[name]
        assert (told["value"], told["status"], told["reason"], told["count"]) == (
            None,
            "unavailable",
            "too_few_days",
            29,
        ), name
    too_long = api.read("/api/performance/risk", days=365)
    assert (too_long["status"], too_long["reason"]) == ("unavailable", "history_too_short")
    told = too_long["volatility"]
    assert (told["reason"], told["available_from"]) == ("too_few_days", too_long["available_from"])
    assert told["count"] == api.read("/api/performance/risk", days=0)["volatility"]["count"]
    calmar = api.read("/api/performance/risk", days=0)["calmar"]
    assert (calmar["value"], calmar["reason"]) == (None, "period_too_short")
    assert calmar["available_from"] > "2027-"


def test_metrics_and_risk_tell_the_same_figure(api: Api) -> None:
    metrics, risk = api.read("/api/portfolio/metrics", period="30d"), api.read("/api/performance/risk", days=30)
    assert metrics["sharpe_ratio"] == risk["sharpe"]["value"]
    assert metrics["sortino_ratio"] == risk["sortino"]["value"]
    assert metrics["volatility_percent"] == pytest.approx(risk["volatility"]["value"] * 100, abs=1e-7)
    assert metrics["max_drawdown_percent"] == pytest.approx(risk["max_drawdown"]["value"] * 100, abs=1e-7)
    assert metrics["win_rate"] == pytest.approx(risk["win_rate"]["value"], abs=1e-7)
    assert metrics["profit_factor"] == pytest.approx(risk["profit_factor"]["value"], abs=1e-7)


def test_round_trips_are_those_of_the_trades(api: Api) -> None:
    risk = api.read("/api/performance/risk", days=0)
    trades = api.read("/api/portfolio/trade-history", limit=1000)["items"]
    results = [Decimal(item["realized_pnl"]) for item in trades if item["realized_pnl"] is not None]
    assert risk["win_rate"]["value"] == pytest.approx(sum(result > 0 for result in results) / len(results))
    assert abs(Decimal(risk["expectancy"]["value"]) - statistics.mean(results)) < Decimal("1e-15")
    losses = -sum((result for result in results if result < 0), Decimal(0))
    assert risk["profit_factor"]["value"] == pytest.approx(
        float(sum((r for r in results if r > 0), Decimal(0)) / losses)
    )
    # Coins came whose cost nobody has told.
    assert (risk["expectancy"]["status"], risk["expectancy"]["reason"]) == ("estimated", "unknown_cost")
    assert risk["expectancy"]["count"] == len(results)


@pytest.mark.usefixtures("no_rate")
def test_the_risk_free_rate_is_a_setting(api: Api, rows: list[SnapshotRow]) -> None:
    before = api.read("/api/performance/risk", days=0)
    hidden = api.read("/api/settings")["hidden_coins"]
    answer = api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": 4.5}})
    told: Any = answer.json
    assert (answer.status_code, told["hidden_coins"]) == (200, hidden)
    after = api.read("/api/performance/risk", days=0)
    free = 1.045 ** (1 / 365) - 1
    excess = [value - free for _, value in daily(rows)]
    assert after["sharpe"]["value"] == pytest.approx(
        statistics.fmean(excess) / statistics.stdev(excess) * math.sqrt(365), rel=CLOSE
    )
    assert after["risk_free_rate_percent"] == 4.5
    assert after["volatility"] == before["volatility"]
    assert after["beta"]["value"] == pytest.approx(before["beta"]["value"])
    assert after["alpha"]["value"] != before["alpha"]["value"]


@pytest.mark.parametrize("rate", [100.01, -50.01, "4", None])
def test_a_rate_that_cannot_be_is_refused(api: Api, rate: Any) -> None:
    answer = api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": rate}})
    assert answer.status_code == 422
    assert api.read("/api/settings")["risk"] == {"risk_free_rate_percent": 0}


@pytest.mark.usefixtures("no_rate")
@pytest.mark.parametrize(("sent", "kept"), [(-9.1e-300, 0), (5e-324, 0), (1.23456789, 1.234568), (-49.99999999, -50)])
def test_a_rate_of_many_digits_is_rounded_and_can_be_read_again(api: Api, sent: float, kept: float) -> None:
    answer = api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": sent}})
    told: Any = answer.json
    assert (answer.status_code, told["risk"]["risk_free_rate_percent"]) == (200, pytest.approx(kept, abs=1e-4))
    assert api.get("/api/performance/risk").status_code == 200


def test_nothing_to_set_is_refused(api: Api) -> None:
    assert api.send("PUT", "/api/settings", json={}).status_code == 422


def test_a_day_is_the_mean_of_its_hours_and_closes_at_midnight(api: Api, rows: list[SnapshotRow]) -> None:
    body = api.read("/api/performance/daily", days=3660)
    at = {row.at_ms: row for row in rows}
    running = body["items"][-1]["date"]
    returns = dict(daily(rows))
    for item in body["items"]:
        day_ms = ms(f"{item['date']}T00:00:00Z")
        hours = [row for row in rows if day_ms <= row.at_ms < day_ms + DAY_MS and row.at_ms % HOUR_MS == 0]
        assert item["hours"] == len(hours)
        assert abs(Decimal(item["nav_avg_usd"]) - statistics.mean(row.value for row in hours)) < Decimal("1e-15")
        marks = [row.benchmark_value or Decimal("NaN") for row in hours]
        assert abs(Decimal(item["benchmark_avg_usd"]) - statistics.mean(marks)) < Decimal("1e-15")
        close = rows[-1] if item["date"] == running else at[day_ms + DAY_MS]
        assert Decimal(item["nav_close_usd"]) == close.value
        assert item["status"] == "exact"
        assert item["complete"] == (item["hours"] == 24)
        if item["date"] in returns:
            assert item["return_percent"] == pytest.approx(returns[item["date"]] * 100, abs=1e-7)
    dates = [date.fromisoformat(item["date"]) for item in body["items"]]
    assert dates == [dates[0] + timedelta(days=place) for place in range(len(dates))]
    assert dates[0].isoformat() == iso_ms(rows[0].at_ms)[:10]
    assert api.read("/api/performance/daily", days=3)["items"] == body["items"][-3:]
    growth = math.prod(1 + item["return_percent"] / 100 for item in body["items"])
    assert growth == pytest.approx(rows[-1].growth_index, rel=1e-6)


def test_the_comparison_is_value_less_benchmark(api: Api, rows: list[SnapshotRow]) -> None:
    body = api.read("/api/performance/daily")
    latest, last = body["latest"], rows[-1]
    assert last.benchmark_value is not None
    assert (latest["timestamp"], Decimal(latest["nav_usd"])) == (iso_ms(last.at_ms), last.value)
    assert abs(Decimal(latest["difference"]) - (last.value - last.benchmark_value)) < Decimal("1e-20")
    share = float((last.value - last.benchmark_value) / last.benchmark_value) * 100
    assert latest["outperformance_pct"] == pytest.approx(share, abs=1e-7)
    hours = body["last_24_hours"]
    assert len(hours) == 24
    assert {ms(one["timestamp"]) % HOUR_MS for one in hours} == {0}


def test_another_currency_takes_every_price_of_its_day(api: Api, rows: list[SnapshotRow]) -> None:
    body, risk = (
        api.read("/api/performance/daily", days=40, display="BTC"),
        api.read("/api/performance/risk", days=30, display="BTC"),
    )
    assert (body["reporting_currency"], risk["reporting_currency"]) == ("BTC", "BTC")
    returns = [item["return_percent"] / 100 for item in body["items"] if item["complete"]][-30:]
    assert risk["volatility"]["value"] == pytest.approx(statistics.stdev(returns) * math.sqrt(365), rel=1e-6)
    plain = api.read("/api/performance/daily", days=40)["items"]
    assert [item["nav_close_usd"] for item in body["items"]] != [item["nav_close_usd"] for item in plain]
    assert {item["nav_avg_usd"] for item in body["items"]} == {None}
    assert (risk["win_rate"]["value"], risk["win_rate"]["reason"]) == (None, "other_currency")
    assert (risk["max_drawdown_hourly"]["value"], risk["max_drawdown_hourly"]["reason"]) == (None, "other_currency")
    assert api.read("/api/performance/risk", days=30, display="USDT") == api.read("/api/performance/risk", days=30)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/performance/risk?days=-1", "days"),
        ("/api/performance/risk?method=best", "method"),
        ("/api/performance/drawdowns?limit=51", "limit"),
        ("/api/performance/daily?days=0", "days"),
    ],
)
def test_a_question_that_cannot_be_is_refused(api: Api, path: str, field: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 422
    assert field in field_errors(answer)
