"""Control calls: what they make happen, what they refuse, and with which words."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.exchange.simulator.messages import Request
from backend.tests.simulator.world import KEY, Received, World

AT = "2026-05-01T10:00:00Z"


def funded(world: World, amount: str = "1000", at: str = AT) -> World:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": amount, "at": at})
    return world


def refused(world: World, path: str, body: Any) -> str:
    return str(world.control(path, body, status=400)["error"])


def test_opening_balances_are_deposits_at_the_accounts_birth(tmp_path: Path) -> None:
    world = World(tmp_path / "simulator")
    balances = {"spot": {"USDT": "1000", "BTC": 0.5, "ETH": "0"}, "funding": {"BNB": "3"}, "usdm": {"USDT": "7"}}
    world.open_account(balances=balances, created_at="2026-05-01T00:00:00Z")
    rows = world.signed("GET", "/sapi/v1/capital/deposit/hisrec").json()
    assert {(row["coin"], row["amount"], row["walletType"]) for row in rows} == {
        ("USDT", "1000", 0),
        ("BTC", "0.5", 0),
        ("BNB", "3", 1),
    }
    assert len({row["id"] for row in rows}) == 3
    assert {row["insertTime"] for row in rows} == {int(datetime(2026, 5, 1, tzinfo=UTC).timestamp() * 1000)}
    assert (world.free("USDT"), world.free("BNB")) == (Decimal(1000), Decimal(0))
    world.close()


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/sim/deposit", {"amount": "1"}, "asset is missing"),
        ("/sim/deposit", {"asset": "BTC", "amount": "0"}, "amount must be positive"),
        ("/sim/deposit", {"asset": "BTC", "amount": "NaN"}, "amount must be a decimal number"),
        ("/sim/deposit", {"asset": "BTC", "amount": "0.123456789"}, "more than eight decimals"),
        ("/sim/deposit", {"asset": "BTC", "amount": "1", "colour": "red"}, "unknown field: colour"),
        ("/sim/deposit", {"asset": "BTC", "amount": "1", "at": "2030-01-01"}, "future"),
        ("/sim/deposit", {"asset": "BTC", "amount": "1", "at": "noon"}, "ISO 8601"),
        ("/sim/deposit", {"asset": "BTC", "amount": "1", "status": 5}, "status must be one of"),
        ("/sim/deposit", {"asset": "BTC", "amount": "1", "fee": "1"}, "no fee"),
        ("/sim/withdraw", {"asset": "BTC", "amount": "1"}, "not enough BTC"),
        ("/sim/trade", {"symbol": "NOPE", "side": "BUY", "quantity": "1"}, "Invalid symbol"),
        ("/sim/trade", {"symbol": "BTCUSDT", "side": "buy", "quantity": "1"}, "side must be one of"),
        ("/sim/trade", {"symbol": "BTCUSDT", "side": "BUY", "quantity": "1"}, "insufficient balance"),
        ("/sim/trade", {"symbol": "BTCUSDT", "side": "BUY", "quantity": "0.000001"}, "LOT_SIZE"),
        ("/sim/transfer", {"from": "spot", "to": "moon", "asset": "BTC", "amount": "1"}, "to must be one of"),
        ("/sim/transfer", {"from": "spot", "to": "spot", "asset": "BTC", "amount": "1"}, "same wallet"),
        ("/sim/reward", {"asset": "BTC", "amount": "1"}, "kind is missing"),
        ("/sim/history", {"days": 0, "seed": 1, "trades": 1, "flows": 1}, "days must be"),
        ("/sim/history", {"days": 9, "seed": 1, "trades": 1, "flows": 1, "symbols": ["NOPE"]}, "unknown symbol"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(
    world: World, path: str, fields: dict[str, Any], words: str
) -> None:
    assert words in refused(world, path, {"api_key": KEY} | fields)
    assert world.control(f"/sim/ledger?api_key={KEY}") == []


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/sim/prices", {}, "at least one symbol"),
        ("/sim/prices", {"NOPE": "1"}, "unknown symbol"),
        ("/sim/prices", {"BTCUSDT": "-1"}, "must be positive"),
        ("/sim/prices", {"BTCUSDT": "1e30"}, "must be at most"),
        ("/sim/event", {"api_key": KEY, "kind": "dance"}, "kind must be one of"),
        ("/sim/event", {"api_key": KEY, "kind": "dust", "assets": {"BNB": "1"}}, "not name BNB"),
        ("/sim/depth", {"BTCUSDT": "-1"}, "at least 0"),
        ("/sim/streams", {}, "shutdown must be true"),
        ("/sim/symbols", {"symbol": "BTCUSDT", "status": "ASLEEP"}, "status must be one of"),
        ("/sim/clock", {"set": "2020-01-01T00:00:00Z"}, "never goes back"),
        ("/sim/clock", {"advance_s": -1}, "at least 0"),
        ("/sim/faults", {"p": 2, "kinds": ["http_500"]}, "from 0 to 1"),
        ("/sim/faults", {"kinds": ["earthquake"]}, "unknown kind: earthquake"),
        ("/sim/faults", {"kinds": ["http_500"], "match": "("}, "regular expression"),
        ("/sim/accounts", {"name": "x", "api_key": KEY, "api_secret": "s"}, "exists already"),
        ("/sim/accounts", {"name": "x", "api_key": "n", "api_secret": "s", "balances": {"sock": {}}}, "unknown wallet"),
        (
            "/sim/accounts",
            {"name": "x", "api_key": "n", "api_secret": "s", "permissions": {"fly": True}},
            "unknown fly",
        ),
        ("/sim/accounts", ["x"], "JSON object"),
    ],
)
def test_other_bad_input_is_refused_with_a_sentence(world: World, path: str, body: Any, words: str) -> None:
    assert words in refused(world, path, body)


def test_an_unknown_key_or_call_is_not_found(world: World) -> None:
    world.control("/sim/deposit", {"api_key": "nobody", "asset": "BTC", "amount": "1"}, status=404)
    assert world.send("GET", "/sim/ledger", "api_key=nobody").status == 404
    assert world.send("GET", "/sim/nothing").status == 404
    assert world.send("POST", "/sim/deposit", body="{").status == 400


def test_control_is_for_loopback_only(world: World) -> None:
    received = Received()
    world.simulator.handle(Request("GET", "/sim/clock", b"", b"", {}, "192.0.2.7"), received)
    assert received.status == 403


def test_events_may_be_told_in_any_order_and_balances_are_their_sum(world: World) -> None:
    funded(world, "500", "2026-05-10T00:00:00Z")
    funded(world, "300", "2026-05-01T00:00:00Z")
    world.control("/sim/withdraw", {"api_key": KEY, "asset": "USDT", "amount": "200", "at": "2026-05-05T00:00:00Z"})
    rows = world.control(f"/sim/ledger?api_key={KEY}")
    assert [(row["at"][:10], row["change"], row["balance"]) for row in rows] == [
        ("2026-05-01", "300", "300"),
        ("2026-05-05", "-200", "100"),
        ("2026-05-10", "500", "600"),
    ]
    assert sorted(row["seq"] for row in rows) == [1, 2, 3]
    assert world.free("USDT") == 600


def test_nothing_may_make_a_balance_negative_then_or_later(world: World) -> None:
    funded(world, "300", "2026-05-01T00:00:00Z")
    world.control("/sim/withdraw", {"api_key": KEY, "asset": "USDT", "amount": "250", "at": "2026-05-09T00:00:00Z"})
    funded(world, "1000", "2026-05-10T00:00:00Z")
    early = {"api_key": KEY, "asset": "USDT", "amount": "100", "at": "2026-05-03T00:00:00Z"}
    assert "50 free" in refused(world, "/sim/withdraw", early)
    trade = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.001", "at": "2026-05-03T00:00:00Z"}
    assert "insufficient balance" in refused(world, "/sim/trade", trade)
    world.control("/sim/withdraw", early | {"amount": "50"})
    before = {"api_key": KEY, "asset": "USDT", "amount": "1", "at": "2026-04-30T00:00:00Z"}
    assert "0 free" in refused(world, "/sim/withdraw", before)


def test_a_trade_by_hand_fills_at_the_price_of_its_past_instant(world: World) -> None:
    funded(world)
    done = world.control(
        "/sim/trade",
        {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.005", "at": "2026-05-02T03:04:05Z"},
    )
    at = int(datetime(2026, 5, 2, 3, 3, tzinfo=UTC).timestamp() * 1000)
    (minute,) = world.get("/api/v3/klines", symbol="BTCUSDT", interval="1m", startTime=at, limit=1).json()
    (fill,) = done["fills"]
    assert fill["price"] == minute[4]
    (order,) = world.control(f"/sim/orders?api_key={KEY}")
    assert order["order_id"] == done["order_id"]
    assert (order["at"], order["received_at"]) == ("2026-05-02T03:04:05.000Z", "2026-06-01T12:00:30.000Z")
    kinds = [row["kind"] for row in world.control(f"/sim/ledger?api_key={KEY}")]
    assert kinds == ["deposit", "trade", "trade", "commission"]


def test_rewards_and_transfers_move_balances_and_are_no_deposits(world: World) -> None:
    funded(world)
    world.control("/sim/reward", {"api_key": KEY, "asset": "BNB", "amount": "0.01", "kind": "airdrop"})
    world.control("/sim/transfer", {"api_key": KEY, "from": "spot", "to": "funding", "asset": "USDT", "amount": "400"})
    assert (world.free("BNB"), world.free("USDT")) == (Decimal("0.01"), Decimal(600))
    assert len(world.signed("GET", "/sapi/v1/capital/deposit/hisrec").json()) == 1
    wallets = {(row["wallet"], row["change"]) for row in world.control(f"/sim/ledger?api_key={KEY}")}
    assert wallets == {("spot", "1000"), ("spot", "0.01"), ("spot", "-400"), ("funding", "400")}


def test_the_clock_is_read_and_set(world: World) -> None:
    assert world.control("/sim/clock") == {"now": "2026-06-01T12:00:30.000Z", "speed": "0"}
    assert world.control("/sim/clock", {"advance_s": 90}) == {"now": "2026-06-01T12:02:00.000Z", "speed": "0"}
    assert world.control("/sim/clock", {"set": "2026-07-01T00:00:00Z"})["now"] == "2026-07-01T00:00:00.000Z"
    assert world.get("/api/v3/time").json()["serverTime"] == int(datetime(2026, 7, 1, tzinfo=UTC).timestamp() * 1000)
    assert world.control("/sim/clock", {"speed": "2.5"})["speed"] == "2.5"


def test_requests_are_counted_without_the_control_calls(world: World) -> None:
    world.get("/api/v3/ping")
    world.get("/api/v3/ping")
    world.signed("GET", "/api/v3/account", timestamp=1)
    log = world.control("/sim/requests")
    rows = {(row["method"], row["path"]): row for row in log["requests"]}
    assert rows[("GET", "/api/v3/ping")]["count"] == 2
    assert rows[("GET", "/api/v3/account")]["status"] == {"400": 1}
    assert rows[("GET", "/api/v3/account")]["weight"] == 20
    assert not any(path.startswith("/sim") for _, path in rows)
    assert log["ban_until"] is None
