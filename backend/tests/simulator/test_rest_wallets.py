"""The wallets beside spot: what each shows, the moves between them and the income they bring."""

from decimal import Decimal
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

DAY = 86_400_000
TRANSFER = "/sapi/v1/asset/transfer"


@pytest.fixture
def rich(world: World) -> World:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000", "at": "2026-01-02T00:00:00Z"})
    return world


def move(world: World, source: str, target: str, amount: str = "100", asset: str = "USDT", **fields: Any) -> int:
    body = {"api_key": KEY, "from": source, "to": target, "asset": asset, "amount": amount} | fields
    return int(world.control("/sim/transfer", body)["id"])


def test_flexible_earn_shows_twice_and_locked_earn_once(rich: World) -> None:
    move(rich, "spot", "earn_flexible", "300")
    move(rich, "spot", "earn_locked", "200")
    assert (rich.free("USDT"), rich.free("LDUSDT")) == (Decimal(9500), Decimal(300))
    flexible = rich.signed("GET", "/sapi/v1/simple-earn/flexible/position").json()
    assert [(row["asset"], row["totalAmount"]) for row in flexible["rows"]] == [("USDT", "300.00000000")]
    locked = rich.signed("GET", "/sapi/v1/simple-earn/locked/position").json()
    assert [(row["asset"], row["amount"]) for row in locked["rows"]] == [("USDT", "200.00000000")]
    totals = rich.signed("GET", "/sapi/v1/simple-earn/account").json()
    assert (totals["totalAmountInUSDT"], totals["totalLockedInUSDT"]) == ("500.00000000", "200.00000000")


def test_each_wallet_shows_its_own_balance(rich: World) -> None:
    for wallet in ("funding", "margin", "isolated_margin"):
        move(rich, "spot", wallet)
    (funding,) = rich.signed("POST", "/sapi/v1/asset/get-funding-asset", needBtcValuation="true").json()
    assert (funding["asset"], funding["free"]) == ("USDT", "100")
    assert Decimal(funding["btcValuation"]) > 0
    (spot,) = rich.signed("POST", "/sapi/v3/asset/getUserAsset").json()
    assert (spot["free"], spot["btcValuation"]) == ("9700", "0")
    (margin,) = rich.signed("GET", "/sapi/v1/margin/account").json()["userAssets"]
    assert margin["netAsset"] == "100.00000000"
    (pair,) = rich.signed("GET", "/sapi/v1/margin/isolated/account").json()["assets"]
    assert pair["quoteAsset"]["netAsset"] == "100.00000000"


def test_the_totals_of_all_wallets_add_up_to_what_came_in(rich: World) -> None:
    for wallet in ("funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm"):
        move(rich, "spot", wallet)
    rows = rich.signed("GET", "/sapi/v1/asset/wallet/balance", quoteAsset="USDT").json()
    assert sum(Decimal(row["balance"]) for row in rows) == Decimal(10_000)
    assert {row["walletName"]: row["balance"] for row in rows}["Earn"] == "200.00000000"


def test_transfers_are_asked_for_one_direction_at_a_time(rich: World) -> None:
    there = move(rich, "spot", "usdm", at="2026-05-30T00:00:00Z")
    back = move(rich, "usdm", "spot", "40", at="2026-05-31T00:00:00Z")
    assert rich.signed("GET", TRANSFER).error[0] == -1102
    for kind, number in (("MAIN_UMFUTURE", there), ("UMFUTURE_MAIN", back)):
        answer = rich.signed("GET", TRANSFER, type=kind).json()
        assert (answer["total"], answer["rows"][0]["tranId"], answer["rows"][0]["type"]) == (1, number, kind)
    assert rich.signed("GET", TRANSFER, type="MAIN_MOON").error[0] == -1130


def test_transfers_reach_seven_days_back_unless_asked_and_never_beyond_six_months(rich: World) -> None:
    old = move(rich, "spot", "funding", at="2026-05-01T00:00:00Z")
    world_now = rich.now
    assert rich.signed("GET", TRANSFER, type="MAIN_FUNDING").json()["total"] == 0
    span: dict[str, Any] = {"type": "MAIN_FUNDING", "startTime": world_now - 60 * DAY, "endTime": world_now}
    assert rich.signed("GET", TRANSFER, **span).json()["rows"][0]["tranId"] == old
    rich.control("/sim/clock", {"advance_s": 170 * 86_400})
    span = {"type": "MAIN_FUNDING", "startTime": rich.now - 182 * DAY - 60 * DAY, "endTime": rich.now - 100 * DAY}
    assert rich.signed("GET", TRANSFER, **span).json()["total"] == 0


def test_a_transfer_by_a_key_needs_the_right_and_the_money(world: World) -> None:
    ask = {"type": "MAIN_FUNDING", "asset": "USDT", "amount": "5"}
    assert world.signed("POST", TRANSFER, **ask).error[0] == -2015
    permissions = {"permitsUniversalTransfer": True}
    world.open_account(api_key="mover", permissions=permissions, balances={"spot": {"USDT": "7"}})
    assert world.signed("POST", TRANSFER, key="mover", **ask).json()["tranId"] > 0
    assert world.signed("POST", TRANSFER, key="mover", **ask).error == (-5002, "You have insufficient balance.")


def test_subscriptions_redemptions_and_rewards_are_recorded(rich: World) -> None:
    inward = move(rich, "spot", "earn_flexible", at="2026-05-20T00:00:00Z")
    outward = move(rich, "earn_flexible", "spot", "30", at="2026-05-21T00:00:00Z")
    reward = {"api_key": KEY, "asset": "USDT", "amount": "0.5", "kind": "REALTIME", "wallet": "earn_flexible"}
    rich.control("/sim/reward", reward)
    base = "/sapi/v1/simple-earn/flexible/history/"
    assert rich.signed("GET", base + "subscriptionRecord").json()["rows"][0]["purchaseId"] == inward
    assert rich.signed("GET", base + "redemptionRecord").json()["rows"][0]["redeemId"] == outward
    (row,) = rich.signed("GET", base + "rewardsRecord").json()["rows"]
    assert (row["rewards"], row["type"]) == ("0.50000000", "REALTIME")
    assert rich.free("LDUSDT") == Decimal("70.5")
    month: dict[str, Any] = {"startTime": rich.now - 31 * DAY, "endTime": rich.now}
    assert rich.signed("GET", base + "rewardsRecord", **month).error[0] == -1127


def test_a_reward_is_a_dividend_and_no_deposit(world: World) -> None:
    for number in range(25):
        body = {"api_key": KEY, "asset": "BNB", "amount": "0.1", "kind": f"Airdrop {number}"}
        world.control("/sim/reward", body)
    answer = world.signed("GET", "/sapi/v1/asset/assetDividend").json()
    assert (answer["total"], len(answer["rows"])) == (25, 20)
    assert {"amount": "0.10000000", "asset": "BNB", "direction": 1}.items() <= answer["rows"][0].items()
    assert world.signed("GET", "/sapi/v1/capital/deposit/hisrec").json() == []


def test_pages_hold_every_row_once(rich: World) -> None:
    ids = {move(rich, "spot", "funding", "1", at=f"2026-05-30T00:00:{second:02d}Z") for second in range(25)}
    pages = [rich.signed("GET", TRANSFER, type="MAIN_FUNDING", current=number).json()["rows"] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert {row["tranId"] for page in pages for row in page} == ids


def test_staked_coins_show_in_spot_and_in_staking(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "WBETH", "amount": "2"})
    assert world.signed("GET", "/sapi/v2/eth-staking/account").json()["holdings"]["wbethAmount"] == "2.00000000"
    assert world.free("WBETH") == 2
