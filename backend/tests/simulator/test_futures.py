"""Futures: what positions are worth, funding every eight hours, and income that explains the wallet."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.exchange.simulator.contracts import COINM, USDM, Contract, ContractTrade, Holding, funding_instants
from backend.tests.simulator.world import KEY, World

DAY = 86_400_000
ONE = Decimal(1)
LINEAR = Contract(USDM, "BTCUSDT", "BTCUSDT", "BTC", "USDT", "USDT", "BTCUSDT", ONE, ONE, Decimal("0.001"))
INVERSE = Contract(COINM, "BTCUSD_PERP", "BTCUSD", "BTC", "USD", "BTC", "BTCUSDT", Decimal(100), ONE, ONE)


@pytest.fixture
def trader(world: World) -> World:
    """A wallet of 1,000 USDT and 0.1 BTC for futures, BTC pinned at 50,000."""
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    balances = {"usdm": {"USDT": "1000"}, "coinm": {"BTC": "0.1"}}
    world.open_account(api_key="f", name="futures", balances=balances)
    return world


def trade(world: World, side: str, quantity: str, symbol: str = "BTCUSDT", market: str = "usdm", **more: Any) -> Any:
    body = {"api_key": "f", "symbol": symbol, "side": side, "quantity": quantity, "market": market}
    return world.control("/sim/trade", body | more)


def get(world: World, path: str, **params: Any) -> Any:
    answer = world.signed("GET", path, key="f", **params)
    assert answer.status == 200, answer.answer.body
    return answer.json()


def wallet(world: World) -> tuple[Decimal, Decimal]:
    """Wallet balance and unrealised profit in USDT."""
    row = next(row for row in get(world, "/fapi/v3/account")["assets"] if row["asset"] == "USDT")
    return Decimal(row["walletBalance"]), Decimal(row["unrealizedProfit"])


def test_a_position_earns_with_the_mark_price_and_makes_it_real_when_closed(trader: World) -> None:
    fill = trade(trader, "BUY", "0.1")["fills"][0]
    assert (fill["price"], fill["commission"]) == ("50000", "2.5")
    assert wallet(trader) == (Decimal("997.5"), Decimal(0))
    trader.control("/sim/prices", {"BTCUSDT": "51000"})
    assert wallet(trader) == (Decimal("997.5"), Decimal(100))
    (risk,) = get(trader, "/fapi/v3/positionRisk")
    assert (risk["positionAmt"], risk["entryPrice"], risk["markPrice"]) == ("0.1", "50000", "51000.00000000")
    assert risk["unRealizedProfit"] == "100.00000000"
    trade(trader, "SELL", "0.1")
    assert wallet(trader) == (Decimal("997.5") + 100 - Decimal("2.55"), Decimal(0))
    assert get(trader, "/fapi/v3/positionRisk") == []
    assert get(trader, "/fapi/v3/account")["positions"] == []


def test_an_inverse_position_earns_in_its_coin(trader: World) -> None:
    trade(trader, "SELL", "10", "BTCUSD_PERP", "coinm")
    trader.control("/sim/prices", {"BTCUSDT": "40000"})
    (row,) = [one for one in get(trader, "/dapi/v1/account")["assets"] if one["asset"] == "BTC"]
    assert row["walletBalance"] == "0.09999000"  # 0.05 % of 1,000 dollars at 50,000
    assert Decimal(row["unrealizedProfit"]) == Decimal(1000) / 40000 - Decimal(1000) / 50000
    balance = next(one for one in get(trader, "/dapi/v1/balance") if one["asset"] == "BTC")
    assert balance["crossUnPnl"] == row["unrealizedProfit"]


def test_funding_falls_due_every_eight_hours_and_is_explained_as_income(trader: World) -> None:
    trade(trader, "BUY", "0.1")
    trader.control("/sim/clock", {"advance_s": 86_400})
    rows = get(trader, "/fapi/v1/income", incomeType="FUNDING_FEE")
    assert len(rows) == 3
    assert all(row["time"] % (8 * 3_600_000) == 0 for row in rows)
    assert wallet(trader)[0] == Decimal("997.5") + sum(Decimal(row["income"]) for row in rows)
    assert get(trader, "/fapi/v1/income", incomeType="FUNDING_FEE") == rows


def test_the_income_adds_up_to_the_wallet(trader: World) -> None:
    trade(trader, "BUY", "0.2")
    trader.control("/sim/clock", {"advance_s": 100_000})
    trader.control("/sim/prices", {"BTCUSDT": "48000"})
    trade(trader, "SELL", "0.3")
    trader.control("/sim/transfer", {"api_key": "f", "from": "usdm", "to": "funding", "asset": "USDT", "amount": "7"})
    trader.control("/sim/clock", {"advance_s": 50_000})
    rows = get(trader, "/fapi/v1/income")
    assert sum(Decimal(row["income"]) for row in rows) == wallet(trader)[0]
    assert {row["incomeType"] for row in rows} == {"TRANSFER", "COMMISSION", "REALIZED_PNL", "FUNDING_FEE"}
    ledger = [row for row in trader.control("/sim/ledger?api_key=f") if row["wallet"] == "usdm"]
    assert Decimal(ledger[-1]["balance"]) == wallet(trader)[0]


def test_income_is_walked_by_time_for_page_is_no_longer_accepted(trader: World) -> None:
    assert trader.signed("GET", "/fapi/v1/income", page=2).error[0] == -1106


def test_income_reaches_a_week_back_unless_asked_and_never_beyond_three_months(trader: World) -> None:
    trade(trader, "BUY", "0.001")
    trader.control("/sim/clock", {"advance_s": 100 * 86_400})
    week = get(trader, "/fapi/v1/income")
    assert len(week) == 21
    everything = get(trader, "/fapi/v1/income", startTime=trader.now - 91 * DAY + 1, limit=1000)
    assert len(everything) == 270
    assert min(row["time"] for row in everything) >= trader.now - 90 * DAY
    assert len(get(trader, "/fapi/v1/income", startTime=trader.now - 91 * DAY + 1)) == 100


def test_trades_are_asked_for_by_symbol_within_a_week_or_from_an_id(trader: World) -> None:
    numbers = [trade(trader, "BUY", "0.001")["fills"][0]["trade_id"] for _ in range(3)]
    path = "/fapi/v1/userTrades"
    assert trader.signed("GET", path, key="f").error[0] == -1102
    assert [row["id"] for row in get(trader, path, symbol="BTCUSDT")] == numbers
    assert [row["id"] for row in get(trader, path, symbol="BTCUSDT", fromId=numbers[1])] == numbers[1:]
    wide: dict[str, Any] = {"symbol": "BTCUSDT", "startTime": trader.now - 8 * DAY, "endTime": trader.now}
    assert trader.signed("GET", path, key="f", **wide).error[0] == -1127
    mixed: dict[str, Any] = {"symbol": "BTCUSDT", "fromId": numbers[0], "startTime": trader.now - DAY}
    assert trader.signed("GET", path, key="f", **mixed).error[0] == -1128


def test_version_two_shows_every_contract_and_version_three_only_open_ones(trader: World) -> None:
    trade(trader, "SELL", "0.002")
    old, new = get(trader, "/fapi/v2/account"), get(trader, "/fapi/v3/account")
    assert len(old["positions"]) == len(trader.get("/fapi/v1/exchangeInfo").json()["symbols"])
    assert [(row["symbol"], row["positionAmt"]) for row in new["positions"]] == [("BTCUSDT", "-0.002")]


def test_markets_tell_mark_price_and_the_next_funding(trader: World) -> None:
    row = trader.get("/fapi/v1/premiumIndex", symbol="BTCUSDT").json()
    assert row["markPrice"] == "50000.00000000"
    assert row["nextFundingTime"] == trader.now - trader.now % (8 * 3_600_000) + 8 * 3_600_000
    assert trader.get("/fapi/v1/premiumIndex", symbol="NOPE").error[0] == -1121
    assert trader.get("/fapi/v1/assetIndex", symbol="BTCUSD").json()["index"] == "50000.00000000"
    assert isinstance(trader.get("/dapi/v1/premiumIndex", symbol="BTCUSD_PERP").json(), list)


def test_trades_cannot_be_told_behind_what_is_booked(trader: World) -> None:
    trader.control("/sim/clock", {"advance_s": 3600})
    trade(trader, "BUY", "0.001")
    body = {"api_key": "f", "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.001", "market": "usdm"}
    earlier = body | {"at": "2026-06-01T12:10:00Z"}
    assert "before what is booked" in trader.control("/sim/trade", earlier, status=400)["error"]
    assert "unknown contract" in trader.control("/sim/trade", body | {"symbol": "NOPE"}, status=400)["error"]


def test_a_snapshot_values_the_position_at_the_end_of_its_day(trader: World) -> None:
    trade(trader, "BUY", "0.1")
    trader.control("/sim/prices", {"BTCUSDT": "52000"})
    trader.control("/sim/clock", {"advance_s": 86_400})
    trader.control("/sim/prices", {"BTCUSDT": "40000"})
    (day,) = get(trader, "/sapi/v1/accountSnapshot", type="FUTURES")["snapshotVos"]
    (position,), (asset,) = day["data"]["position"], day["data"]["assets"]
    assert (position["positionAmt"], position["markPrice"]) == ("0.10000000", "52000.00000000")
    assert Decimal(asset["marginBalance"]) - Decimal(asset["walletBalance"]) == Decimal(200)


def test_spot_knows_nothing_of_futures(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10"})
    assert [row["asset"] for row in world.signed("GET", "/api/v3/account").json()["balances"]] == ["USDT"]


TRADES = st.lists(
    st.tuples(st.sampled_from(["BUY", "SELL"]), st.integers(1, 50), st.integers(1000, 90_000)), max_size=12
)


@given(TRADES, st.integers(1000, 90_000))
def test_profits_made_real_and_open_are_what_buying_low_and_selling_high_brings(
    trades: list[tuple[str, int, int]], mark: int
) -> None:
    for contract in (LINEAR, INVERSE):
        held, made, by_hand = Holding(), Decimal(0), Decimal(0)
        for side, quantity, price in trades:
            one = ContractTrade(0, side, Decimal(quantity), Decimal(price))
            held, realized = held.after(contract, one)
            made += realized
            sign = 1 if side == "BUY" else -1
            by_hand += contract.profit(sign * one.quantity, one.price, Decimal(mark))
        open_profit = contract.profit(held.quantity, held.entry, Decimal(mark))
        assert abs(made + open_profit - by_hand) < Decimal("0.000001")


@given(st.integers(0, 10**12), st.integers(0, 10**9))
def test_funding_instants_are_after_the_first_and_up_to_the_last(after: int, span: int) -> None:
    instants = list(funding_instants(after, after + span))
    assert all(at % (8 * 3_600_000) == 0 and after < at <= after + span for at in instants)
    assert len(instants) == (after + span) // (8 * 3_600_000) - after // (8 * 3_600_000)
