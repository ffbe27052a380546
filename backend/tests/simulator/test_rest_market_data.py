"""Spot market data as the exchange shapes it: fields, ranges, refusals."""

import json
from decimal import Decimal
from typing import Any

import pytest

from backend.exchange.simulator.symbols import RATE_LIMITS
from backend.tests.simulator.world import World

DAY_FIELDS = {
    *("symbol", "priceChange", "priceChangePercent", "weightedAvgPrice", "prevClosePrice", "lastPrice", "lastQty"),
    *("bidPrice", "bidQty", "askPrice", "askQty", "openPrice", "highPrice", "lowPrice", "volume", "quoteVolume"),
    *("openTime", "closeTime", "firstId", "lastId", "count"),
}
BAD = "/api/v3/klines"


def test_the_time_is_the_exchanges_own(world: World) -> None:
    assert world.get("/api/v3/time").json() == {"serverTime": world.now}


def test_a_price_is_one_object_for_one_symbol_and_a_list_otherwise(world: World) -> None:
    one = world.get("/api/v3/ticker/price", symbol="BTCUSDT").json()
    assert set(one) == {"symbol", "price"}
    assert len(one["price"].partition(".")[2]) == 8
    pair = world.get("/api/v3/ticker/price", symbols='["ETHUSDT","BTCUSDT"]').json()
    assert [row["symbol"] for row in pair] == ["ETHUSDT", "BTCUSDT"]
    assert pair[1] == one
    assert len(world.get("/api/v3/ticker/price").json()) >= 60


def test_the_24_hour_ticker_closes_now_and_agrees_with_the_price(world: World) -> None:
    row = world.get("/api/v3/ticker/24hr", symbol="BTCUSDT").json()
    assert set(row) == DAY_FIELDS
    assert row["closeTime"] == world.now
    assert row["openTime"] == world.now - 86_400_000
    assert row["lastPrice"] == world.get("/api/v3/ticker/price", symbol="BTCUSDT").json()["price"]
    change = (Decimal(row["lastPrice"]) / Decimal(row["openPrice"]) - 1) * 100
    assert Decimal(row["priceChangePercent"]) == round(change, 3)
    assert Decimal(row["lowPrice"]) <= Decimal(row["lastPrice"]) <= Decimal(row["highPrice"])


def test_the_mini_ticker_has_fewer_fields(world: World) -> None:
    mini = world.get("/api/v3/ticker/24hr", symbol="BTCUSDT", type="MINI").json()
    assert set(mini) < DAY_FIELDS
    assert "lastPrice" in mini
    assert "priceChange" not in mini


def test_book_and_average_surround_the_price(world: World) -> None:
    price = world.get("/api/v3/ticker/price", symbol="ETHUSDT").json()["price"]
    book = world.get("/api/v3/ticker/bookTicker", symbol="ETHUSDT").json()
    assert (book["bidPrice"], book["askPrice"]) == (price, price)
    average = world.get("/api/v3/avgPrice", symbol="ETHUSDT").json()
    assert (average["mins"], average["closeTime"]) == (5, world.now)
    assert Decimal(average["price"]) == pytest.approx(Decimal(price), rel=Decimal("0.02"))


def test_klines_have_twelve_columns_of_the_right_kind(world: World) -> None:
    rows = world.get("/api/v3/klines", symbol="BTCUSDT", interval="1h", limit=3).json()
    for row in rows:
        assert [type(cell) for cell in row] == [int, *[str] * 5, int, str, int, str, str, str]
        assert row[6] == row[0] + 3_600_000 - 1
        assert row[11] == "0"
        low, high = Decimal(row[3]), Decimal(row[2])
        assert low <= Decimal(row[1]) <= high
        assert low <= Decimal(row[4]) <= high


def test_klines_stop_at_a_thousand_and_default_to_five_hundred(world: World) -> None:
    assert len(world.get("/api/v3/klines", symbol="BTCUSDT", interval="1m").json()) == 500
    assert len(world.get("/api/v3/klines", symbol="BTCUSDT", interval="1m", limit=5000).json()) == 1000


def test_minute_is_not_month(world: World) -> None:
    minute, month = (
        world.get("/api/v3/klines", symbol="BTCUSDT", interval=name, limit=1).json()[0] for name in ("1m", "1M")
    )
    assert minute[6] - minute[0] == 59_999
    assert month[6] - month[0] > 27 * 86_400_000


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("/api/v3/ticker/price", {"symbol": "NOPE"}, -1121),
        ("/api/v3/ticker/price", {"symbol": "btcusdt"}, -1121),
        ("/api/v3/ticker/price", {"symbols": '["BTCUSDT","NOPE"]'}, -1121),
        ("/api/v3/ticker/price", {"symbols": "BTCUSDT"}, -1100),
        ("/api/v3/ticker/price", {"symbols": '["BTCUSDT","BTCUSDT"]'}, -1101),
        ("/api/v3/ticker/price", {"symbol": ""}, -1105),
        ("/api/v3/ticker/price", {"symbol": "BTCUSDT", "symbols": '["ETHUSDT"]'}, -1128),
        ("/api/v3/ticker/price", {"symbol": "BTCUSDT", "symbolStatus": "HALT"}, -1220),
        ("/api/v3/ticker/price", {"symbol": "BTCUSDT", "nonsense": "1"}, -1104),
        ("/api/v3/ticker/24hr", {"symbol": "BTCUSDT", "type": "TINY"}, -1130),
        (BAD, {"interval": "1h"}, -1102),
        (BAD, {"symbol": "BTCUSDT"}, -1102),
        (BAD, {"symbol": "BTCUSDT", "interval": "7m"}, -1120),
        (BAD, {"symbol": "BTCUSDT", "interval": "1H"}, -1120),
        (BAD, {"symbol": "BTCUSDT", "interval": "1h", "startTime": "yesterday"}, -1100),
        (BAD, {"symbol": "BTCUSDT", "interval": "1h", "timeZone": "+15:00"}, -1102),
        (BAD, {"symbol": "BTCUSDT", "interval": "1h", "limit": "0"}, -1102),
    ],
)
def test_a_wrong_parameter_is_refused_with_its_code(world: World, path: str, params: dict[str, Any], code: int) -> None:
    answer = world.get(path, **params)
    assert (answer.status, answer.error[0]) == (400, code)


def test_a_doubled_parameter_is_refused(world: World) -> None:
    answer = world.send("GET", "/api/v3/ticker/price", "symbol=BTCUSDT&symbol=ETHUSDT")
    assert answer.error == (-1101, "Duplicate values for parameter 'symbol'.")


def test_exchange_info_lists_everything_or_what_was_asked(world: World) -> None:
    whole = world.get("/api/v3/exchangeInfo").json()
    assert whole["serverTime"] == world.now
    assert whole["rateLimits"] == RATE_LIMITS
    assert len(whole["symbols"]) >= 60
    for row in whole["symbols"]:
        kinds = {one["filterType"] for one in row["filters"]}
        assert kinds >= {"PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "NOTIONAL"}
        assert row["permissionSets"] == [["SPOT", "MARGIN"]]
    asked = world.get("/api/v3/exchangeInfo", symbols='["ETHBTC"]').json()["symbols"]
    assert [row["symbol"] for row in asked] == ["ETHBTC"]
    assert world.get("/api/v3/exchangeInfo", symbol="NOPE").error[0] == -1121
    assert world.get("/api/v3/exchangeInfo", symbol="ETHBTC", permissions="SPOT").error[0] == -1128
    assert world.get("/api/v3/exchangeInfo", permissions="LEVERAGED").json()["symbols"] == []


def test_a_halted_symbol_shows_its_status_and_keeps_its_price(world: World) -> None:
    world.control("/sim/symbols", {"symbol": "SOLUSDT", "status": "HALT"})
    (row,) = world.get("/api/v3/exchangeInfo", symbol="SOLUSDT").json()["symbols"]
    assert row["status"] == "HALT"
    trading = world.get("/api/v3/exchangeInfo", symbolStatus="TRADING").json()["symbols"]
    assert "SOLUSDT" not in {one["symbol"] for one in trading}
    assert world.get("/api/v3/ticker/price", symbol="SOLUSDT").status == 200
    listed = world.get("/api/v3/ticker/price", symbolStatus="TRADING").json()
    assert "SOLUSDT" not in {one["symbol"] for one in listed}


def test_a_delisted_symbol_is_gone(world: World) -> None:
    world.control("/sim/symbols", {"symbol": "SOLUSDT", "status": "DELISTED"})
    assert world.get("/api/v3/ticker/price", symbol="SOLUSDT").error[0] == -1121
    assert "SOLUSDT" not in {row["symbol"] for row in world.get("/api/v3/exchangeInfo").json()["symbols"]}


def test_pins_show_everywhere_and_a_removed_price_drops_out(world: World) -> None:
    world.control("/sim/prices", {"BTCUSDT": "12345.67", "ETHUSDT": None})
    assert world.get("/api/v3/ticker/price", symbol="BTCUSDT").json()["price"] == "12345.67000000"
    assert world.get("/api/v3/ticker/24hr", symbol="BTCUSDT").json()["lastPrice"] == "12345.67000000"
    listed = {row["symbol"] for row in world.get("/api/v3/ticker/24hr").json()}
    assert "BTCUSDT" in listed
    assert "ETHUSDT" not in listed
    assert world.get("/api/v3/ticker/price", symbol="ETHUSDT").status == 400
    world.control("/sim/prices", {"BTCUSDT": "free", "ETHUSDT": "free"})
    assert world.get("/api/v3/ticker/price", symbol="ETHUSDT").status == 200


def test_every_answer_tells_the_weight_used(world: World) -> None:
    answer = world.get("/api/v3/ticker/24hr")
    assert answer.answer.headers["X-MBX-USED-WEIGHT-1M"] == "80"
    answer = world.get("/api/v3/ticker/24hr", symbols=json.dumps(["BTCUSDT"]))
    assert answer.answer.headers["X-MBX-USED-WEIGHT-1M"] == "82"
    assert "X-SAPI-USED-IP-WEIGHT-1M" in world.get("/sapi/v1/system/status").answer.headers


def test_retired_and_unknown_paths_say_so(world: World) -> None:
    assert world.send("POST", "/api/v3/userDataStream").status == 410
    assert world.get("/api/v3/nothing").status == 404


def test_a_word_that_is_no_status_is_refused_and_a_status_without_symbols_shows_none(world: World) -> None:
    for path in ("/api/v3/exchangeInfo", "/api/v3/ticker/price"):
        assert world.get(path, symbolStatus="SLEEPING").error == (-1122, "Invalid symbolStatus.")
    assert world.get("/api/v3/ticker/price", symbolStatus="HALT").json() == []


@pytest.mark.parametrize("value", ["1 OR 1=1", "x' UNION SELECT secret", "a;DROP TABLE orders"])
def test_what_looks_like_sql_is_stopped_by_the_firewall_with_a_page(world: World, value: str) -> None:
    answer = world.get("/api/v3/ticker/price", symbol=value)
    assert (answer.status, answer.answer.content_type) == (403, "text/html")


def test_names_that_merely_contain_such_words_pass(world: World) -> None:
    assert world.get("/api/v3/ticker/price", symbol="ORDERSELECT").error[0] == -1121


def test_the_book_has_one_level_on_each_side_and_is_as_deep_as_control_made_it(world: World) -> None:
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    world.control("/sim/depth", {"BTCUSDT": "0.5"})
    book = world.get("/api/v3/depth", symbol="BTCUSDT").json()
    assert book["bids"] == book["asks"] == [["50000.00000000", "0.50000000"]]
    assert world.get("/api/v3/depth", symbol="NOPE").error[0] == -1121


@pytest.mark.parametrize(("levels", "weight"), [(100, 5), (500, 25), (1000, 50), (5000, 250), (9999, 250)])
def test_a_deeper_book_costs_more(world: World, levels: int, weight: int) -> None:
    headers = world.get("/api/v3/depth", symbol="BTCUSDT", limit=levels).answer.headers
    assert headers["X-MBX-USED-WEIGHT-1M"] == str(weight)


def test_permission_sets_can_be_left_out(world: World) -> None:
    (shown,) = world.get("/api/v3/exchangeInfo", symbol="BTCUSDT").json()["symbols"]
    (bare,) = world.get("/api/v3/exchangeInfo", symbol="BTCUSDT", showPermissionSets="false").json()["symbols"]
    assert shown["permissionSets"] == [["SPOT", "MARGIN"]]
    assert bare == shown | {"permissionSets": []}
