"""Any figure opens to its rows, and the rows give it again to its last digit."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

import pytest

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation

DIGIT = Decimal("1e-8")
HUNDRED = Decimal(100)
# Money is told to 24 decimals, each row by itself; products of prices are exact, shares of costs are not.
LAST_PLACES = Decimal("1e-22")


def opened(api: Api, metric: str, **query: Any) -> Any:
    return api.read("/api/performance/explain", metric=metric, **query)


def linked_percent(returns: list[str]) -> float:
    """The product of the rows, less 1, in percent at the digits that the API tells."""
    with localcontext() as context:
        context.prec = 100
        growth = Decimal(1)
        for one in returns:
            growth *= 1 + Decimal(one)
        return float(((growth - 1) * HUNDRED).quantize(DIGIT))


def file_rows(api: Api, metric: str, **query: Any) -> list[dict[str, str]]:
    answer = api.get("/api/performance/explain", query_string={"metric": metric, "format": "csv", **query})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    text = answer.data.decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["number"].isdigit()]


@pytest.mark.parametrize("days", [0, 1, 7, 14, 30])
def test_page_chart_end_file_and_product_of_the_pieces_tell_one_return(api: Api, days: int) -> None:
    shown = api.read(f"/api/performance/twr/{days}")
    found = opened(api, "twr", days=days, limit=500)
    periods = api.read("/api/performance/stats")["periods"]
    name = {0: "total", 7: "7d", 14: "14d", 30: "30d"}.get(days)
    assert found["result"] == shown["twr_percent"] == linked_percent([one["return"] for one in found["sub_periods"]])
    assert name is None or periods[name]["twr_percent"] == found["result"]
    chart = api.read("/api/performance/twr-history", days=days, points=50)
    assert chart["series"][-1]["twr_percent"] == found["result"]
    assert linked_percent([row["return"] for row in file_rows(api, "twr", days=days)]) == found["result"]
    assert (found["status"], found["reason"]) == (shown["status"], shown["reason"])
    assert (found["from"], found["to"]) == (shown["start"], shown["end"])


def test_pieces_meet_at_the_flows_and_their_profit_is_that_of_the_window(api: Api) -> None:
    found = opened(api, "pnl", limit=500)
    profit = api.read("/api/performance/pnl/0")
    pieces = found["sub_periods"]
    assert len(pieces) > 5
    assert [one["to"] for one in pieces[:-1]] == [one["from"] for one in pieces[1:]]
    for earlier, later in pairwise(pieces):
        assert Decimal(earlier["end_value_before_flow"]) + Decimal(earlier["flow"]) == Decimal(later["start_value"])
    assert pieces[-1]["flow"] is None
    assert found["result"] == profit["pnl_usd"] == found["totals"]["profit"]
    flows = {one["id"]: one for one in api.read("/api/performance/cashflows", limit=1000)["items"]}
    for one in pieces[:-1]:
        assert sum(Decimal(flows[number]["amount_usd"]) for number in one["flow_ids"]) == Decimal(one["flow"])
    assert found["why_differs"]["pnl_usd"] == profit["pnl_usd"]


def test_a_piece_tells_how_old_the_prices_at_its_flow_were(api: Api) -> None:
    found = opened(api, "twr", limit=500)
    flows = [one for one in found["sub_periods"] if one["flow"] is not None]
    ages = []
    for one in flows:
        at = datetime.fromisoformat(one["to"])
        # The last candle that ended by then is that of the minute before; of a coin that nothing was held of, none.
        assert one["value_distance_s"] in (0, at.second)
        assert one["value_distance_reason"] is None
        ages.append(one["value_distance_s"])
    assert len(flows) > 5
    assert found["data"]["largest_value_distance_s"] == max(ages) > 0
    assert {one["value_distance_s"] for one in found["sub_periods"] if one["flow"] is None} == {None}


def test_pages_of_pieces_give_the_whole_with_what_came_before(api: Api) -> None:
    whole = opened(api, "twr", limit=500)
    pieces, cursor, before = [], None, Decimal(1)
    while True:
        page = opened(api, "twr", limit=4, **({} if cursor is None else {"cursor": cursor}))
        assert abs(Decimal(page["product"]["before"]) - before) < LAST_PLACES
        pieces += page["sub_periods"]
        with localcontext() as context:
            context.prec = 100
            before = before * Decimal(page["product"]["page"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert pieces == whole["sub_periods"]
    assert abs(before - Decimal(whole["product"]["total"])) < LAST_PLACES


def test_a_benchmark_is_the_product_of_the_stretches_between_its_resets(api: Api) -> None:
    found = opened(api, "benchmark_twr", days=30)
    assert len(found["sub_periods"]) > 3
    assert found["result"] == linked_percent([one["return"] for one in found["sub_periods"]])
    assert found["result"] == api.read("/api/performance/twr/30")["benchmark_twr_percent"]


def test_payments_at_their_discount_add_up_to_nothing(api: Api) -> None:
    found = opened(api, "xirr")
    assert found["result"] == api.read("/api/performance/stats")["periods"]["total"]["xirr_percent"]
    values = [float(one["value"]) * float(one["factor"]) for one in found["inputs"]]
    assert abs(sum(values)) < 1e-6 * max(abs(value) for value in values)


def test_figures_of_overview_are_the_sums_of_their_rows(api: Api) -> None:
    overview = api.read("/api/portfolio/overview")
    shown = {
        "value": overview["total_value_usd"],
        "net_deposits": overview["net_deposits_usd"],
        "realized": overview["realized_pnl_usd"],
        "unrealized": overview["unrealized_pnl_usd"],
    }
    for metric, result in shown.items():
        found = opened(api, metric)
        assert found["result"] == result
        rows = [Decimal(one["value"]) for one in found["inputs"] if one["value"] is not None]
        assert found["inputs_total"] == len(found["inputs"]) > 0
        assert abs(sum(rows) - Decimal(result)) < LAST_PLACES
        assert "other" not in {one["label"] for one in found["inputs"]}
    for line in opened(api, "value")["inputs"]:
        coin = line["label"].split()[0]
        assert line["pairs"] == (None if coin == "USDT" else f"{coin}USDT")
        assert line["at"] is not None
        assert Decimal(line["quantity"]) * Decimal(line["price"]) == Decimal(line["value"])


def test_todays_change_is_value_less_opening_less_flows(api: Api) -> None:
    found = opened(api, "change_today")
    value, opening, *flows = found["inputs"]
    moved = sum(Decimal(one["value"]) for one in flows)
    assert Decimal(value["value"]) - Decimal(opening["value"]) - moved == Decimal(found["result"])
    assert found["result"] == api.read("/api/portfolio/overview")["change_today_usd"]


def test_the_gains_of_single_coins_add_up_to_that_of_all(api: Api) -> None:
    coins = {one["label"].split()[0] for one in opened(api, "unrealized")["inputs"]}
    gains = [Decimal(opened(api, "position_unrealized", asset=coin)["result"]) for coin in coins]
    assert abs(sum(gains) - Decimal(opened(api, "unrealized")["result"])) < LAST_PLACES
    assert opened(api, "position_realized", asset="NOSUCH")["status"] == "unavailable"


def test_a_window_longer_than_the_history_has_no_pieces_and_says_when_it_will(api: Api) -> None:
    found = opened(api, "twr", days=3650)
    assert (found["result"], found["status"], found["reason"]) == (None, "unavailable", "history_too_short")
    assert found["available_from"] is not None
    assert (found["sub_periods"], found["product"]) == ([], None)


def test_what_cannot_be_opened_is_refused(api: Api) -> None:
    answer = api.get("/api/performance/explain?metric=luck")
    assert answer.status_code == 422
    assert "metric" in field_errors(answer)
    assert api.get("/api/performance/explain?metric=position_realized").status_code == 422
    assert api.get("/api/performance/explain?metric=twr&account=999").status_code == 404


def test_before_anything_was_read_every_figure_says_that_there_is_none(empty: Installation) -> None:
    for metric in ("twr", "pnl", "xirr", "value", "change_today", "net_deposits", "profit", "realized", "unrealized"):
        found = opened(empty.api, metric)
        assert (found["result"], found["status"]) == (None, "unavailable")
        assert found["reason"] is not None
