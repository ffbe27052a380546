"""Converts, dust, fiat, Pay, P2P, margin loans, sub-accounts and daily snapshots: rows, windows, pages, horizons."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

DAY = 86_400_000
CONVERT = "/sapi/v1/convert/tradeFlow"


@pytest.fixture
def rich(world: World) -> World:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000", "at": "2026-01-02T00:00:00Z"})
    return world


def event(world: World, kind: str, **fields: Any) -> str:
    return str(world.control("/sim/event", {"api_key": KEY, "kind": kind} | fields)["id"])


def last_days(world: World, days: int) -> dict[str, Any]:
    return {"startTime": world.now - days * DAY + 1, "endTime": world.now}


def test_a_convert_moves_both_coins_and_has_an_id_beyond_what_a_float_holds(rich: World) -> None:
    event(rich, "convert", from_asset="USDT", from_amount="100", to_asset="BTC", to_amount="0.001")
    assert (rich.free("USDT"), rich.free("BTC")) == (Decimal(9900), Decimal("0.001"))
    (row,) = rich.signed("GET", CONVERT, **last_days(rich, 30)).json()["list"]
    assert (row["fromAmount"], row["toAmount"], row["ratio"]) == ("100", "0.001", "0.00001")
    assert row["orderId"] > 2**53


def test_converts_need_both_bounds_of_thirty_days_at_most_and_tell_when_there_is_more(rich: World) -> None:
    for _ in range(3):
        event(rich, "convert", from_asset="USDT", from_amount="10", to_asset="BTC")
    assert rich.signed("GET", CONVERT).error[0] == -1102
    assert rich.signed("GET", CONVERT, **last_days(rich, 31)).error[0] == -1127
    answers = [rich.signed("GET", CONVERT, limit=limit, **last_days(rich, 30)).json() for limit in (2, 3)]
    assert [(len(answer["list"]), answer["moreData"]) for answer in answers] == [(2, True), (3, False)]


def test_dust_becomes_bnb_less_two_percent(rich: World) -> None:
    rich.control("/sim/prices", {"BNBUSDT": "500"})
    event(rich, "dust", assets={"USDT": "5"})
    assert rich.free("BNB") == Decimal("0.0098")
    (row,) = rich.signed("GET", "/sapi/v1/asset/dribblet").json()["userAssetDribblets"]
    assert (row["totalTransferedAmount"], row["totalServiceChargeAmount"]) == ("0.0098", "0.0002")
    assert row["userAssetDribbletDetails"][0]["fromAsset"] == "USDT"


def test_dust_of_the_margin_wallet_is_listed_apart(rich: World) -> None:
    rich.control("/sim/transfer", {"api_key": KEY, "from": "spot", "to": "margin", "asset": "USDT", "amount": "5"})
    event(rich, "dust", assets={"USDT": "5"}, wallet="margin")
    totals = {word: rich.signed("GET", "/sapi/v1/asset/dribblet", accountType=word) for word in ("SPOT", "MARGIN")}
    assert {word: answer.json()["total"] for word, answer in totals.items()} == {"SPOT": 0, "MARGIN": 1}


@pytest.mark.parametrize(("status", "credited"), [("Successful", 95), ("Processing", 0), ("Failed", 0), ("Expired", 0)])
def test_fiat_orders_are_all_listed_and_only_successful_ones_credited(world: World, status: str, credited: int) -> None:
    event(world, "fiat_deposit", fiat="EUR", amount="95", fee="5", status=status)
    assert world.free("EUR") == credited
    answer = world.signed("GET", "/sapi/v1/fiat/orders", transactionType="0").json()
    (row,) = answer["data"]
    assert (row["indicatedAmount"], row["amount"], row["status"]) == ("100.00", "95.00", status)
    assert (answer["code"], answer["success"], answer["total"]) == ("000000", True, 1)
    assert world.signed("GET", "/sapi/v1/fiat/orders", transactionType="1").json()["data"] == []


def test_a_bank_is_done_later_and_its_order_stands_where_it_was_asked_for(world: World) -> None:
    asked = world.now - 3 * DAY
    order = {"fiat": "EUR", "amount": "95", "settled_s": 2 * 86_400, "at": "2026-05-29T12:00:30Z"}
    event(world, "fiat_deposit", **order)
    event(world, "fiat_withdraw", **order | {"amount": "5", "at": "2026-05-31T12:00:30Z", "settled_s": 3600})
    window: dict[str, Any] = {"beginTime": asked - DAY, "endTime": asked + DAY}
    (row,) = world.signed("GET", "/sapi/v1/fiat/orders", transactionType="0", **window).json()["data"]
    assert (row["createTime"], row["updateTime"]) == (asked, asked + 2 * DAY)
    (row,) = world.signed("GET", "/sapi/v1/fiat/orders", transactionType="1").json()["data"]
    assert row["updateTime"] - row["createTime"] == 3_600_000
    changes = [(entry["change"], entry["at"]) for entry in world.control(f"/sim/ledger?api_key={KEY}")]
    assert changes == [("95", "2026-05-31T12:00:30.000Z"), ("-5", "2026-05-31T12:00:30.000Z")]
    late = order | {"api_key": KEY, "kind": "fiat_deposit", "settled_s": 30 * 86_400}
    assert "future" in world.control("/sim/event", late, status=400)["error"]


def test_fiat_orders_can_be_asked_for_four_times_a_minute(world: World) -> None:
    codes = [world.signed("GET", "/sapi/v1/fiat/orders", transactionType="0").status for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]


def test_a_card_payment_credits_the_coin_directly(world: World) -> None:
    event(world, "fiat_buy", asset="BTC", amount="0.01", fiat="EUR", paid="900", fee="9", method="Credit Card")
    assert (world.free("BTC"), world.free("EUR")) == (Decimal("0.01"), Decimal(0))
    (row,) = world.signed("GET", "/sapi/v1/fiat/payments", transactionType="0").json()["data"]
    assert (row["sourceAmount"], row["obtainAmount"], row["price"]) == ("900.00", "0.01", "90000.00000000")


def test_a_purchase_from_the_cash_balance_and_a_sale_to_it_move_the_money_too(world: World) -> None:
    event(world, "fiat_deposit", fiat="EUR", amount="100")
    event(world, "fiat_buy", asset="BTC", amount="0.01", fiat="EUR", paid="90", method="Cash Balance")
    assert (world.free("BTC"), world.free("EUR")) == (Decimal("0.01"), Decimal(10))
    event(world, "fiat_sell", asset="BTC", amount="0.004", fiat="EUR", paid="40", method="Cash Balance")
    assert (world.free("BTC"), world.free("EUR")) == (Decimal("0.006"), Decimal(50))


def test_pay_and_p2p_move_the_funding_wallet(world: World) -> None:
    event(world, "p2p", side="BUY", asset="USDT", amount="200", fiat="EUR", price="0.9")
    event(world, "pay", asset="USDT", amount="50", direction="out")
    (funding,) = world.signed("POST", "/sapi/v1/asset/get-funding-asset").json()
    assert funding["free"] == "150"
    (peer,) = world.signed("GET", "/sapi/v1/c2c/orderMatch/listUserOrderHistory", tradeType="BUY").json()["data"]
    assert (peer["totalPrice"], peer["orderStatus"]) == ("180.00000000", "COMPLETED")
    (paid,) = world.signed("GET", "/sapi/v1/pay/transactions").json()["data"]
    assert (paid["amount"], paid["currency"]) == ("-50", "USDT")


def test_a_loan_and_its_interest_are_owed_until_paid_back_interest_first(world: World) -> None:
    event(world, "borrow", asset="USDT", amount="100")
    event(world, "interest", asset="USDT", amount="2")
    account = world.signed("GET", "/sapi/v1/margin/account").json()
    (row,) = account["userAssets"]
    assert (row["free"], row["borrowed"], row["interest"], row["netAsset"]) == (
        *("100.00000000", "100.00000000", "2.00000000", "-2.00000000"),
    )
    assert Decimal(account["totalNetAssetOfBtc"]) < 0
    event(world, "repay", asset="USDT", amount="52")
    (row,) = world.signed("GET", "/sapi/v1/margin/account").json()["userAssets"]
    assert (row["free"], row["borrowed"], row["interest"]) == ("48.00000000", "50.00000000", "0.00000000")
    (interest,) = world.signed("GET", "/sapi/v1/margin/interestHistory").json()["rows"]
    assert (interest["interest"], interest["principal"]) == ("2.00000000", "100.00000000")
    (loan,) = world.signed("GET", "/sapi/v1/margin/borrow-repay", type="REPAY").json()["rows"]
    assert (loan["amount"], loan["interest"], loan["principal"]) == ("52.00000000", "2.00000000", "50.00000000")


def test_a_loan_in_an_isolated_pair_is_told_of_that_pair_alone(world: World) -> None:
    pair = {"asset": "USDT", "pair": "ETHUSDT"}
    event(world, "borrow", amount="100", **pair)
    event(world, "interest", amount="2", **pair)
    event(world, "repay", amount="12", **pair)
    (row,) = world.signed("GET", "/sapi/v1/margin/isolated/account").json()["assets"]
    owed = row["quoteAsset"]
    assert (owed["free"], owed["borrowed"], owed["interest"], owed["netAsset"]) == (
        *("88.00000000", "90.00000000", "0.00000000", "-2.00000000"),
    )
    asked = {"interestHistory": {}, "borrow-repay": {"type": "REPAY"}}
    for path, more in asked.items():
        told = [
            world.signed("GET", f"/sapi/v1/margin/{path}", **more, **named).json()["rows"]
            for named in ({}, {"isolatedSymbol": "BTCUSDT"}, {"isolatedSymbol": "ETHUSDT"})
        ]
        assert [[one["isolatedSymbol"] for one in rows] for rows in told] == [[], [], ["ETHUSDT"]]
    body = {"api_key": KEY, "kind": "borrow", "asset": "USDT", "amount": "1", "pair": "NOPE"}
    assert "NOPE" in world.control("/sim/event", body, status=400)["error"]


def test_interest_older_than_six_months_is_told_as_archived_only(rich: World) -> None:
    days = (200, 170)
    rich.control("/sim/clock", {"advance_s": str(210 * 86_400)})
    for ago in days:
        at = datetime.fromtimestamp((rich.now - ago * DAY) / 1000, UTC).isoformat()
        event(rich, "interest", asset="USDT", amount=str(ago), at=at)
    found = {}
    for archived in ("false", "true"):
        for ago in days:
            window: dict[str, Any] = {"startTime": rich.now - (ago + 5) * DAY, "endTime": rich.now - (ago - 5) * DAY}
            rows = rich.signed("GET", "/sapi/v1/margin/interestHistory", archived=archived, **window).json()["rows"]
            found[archived, ago] = len(rows)
    assert found == {("false", 200): 0, ("false", 170): 1, ("true", 200): 1, ("true", 170): 0}


def test_loans_are_told_a_week_at_a_time_and_those_of_one_asset_a_month(rich: World) -> None:
    rich.control("/sim/clock", {"advance_s": str(30 * 86_400)})
    at = datetime.fromtimestamp((rich.now - 10 * DAY) / 1000, UTC).isoformat()
    event(rich, "borrow", asset="USDT", amount="5", at=at)
    path, window = "/sapi/v1/margin/borrow-repay", last_days(rich, 20)
    told = [
        len(rich.signed("GET", path, type="BORROW", **(window | more)).json()["rows"])
        for more in ({}, {"asset": "USDT"}, {"endTime": rich.now - 5 * DAY})
    ]
    assert told == [0, 1, 1]


def test_more_than_is_owed_cannot_be_paid_back(world: World) -> None:
    event(world, "borrow", asset="USDT", amount="100")
    body = {"api_key": KEY, "kind": "repay", "asset": "USDT", "amount": "101"}
    assert "not enough" in world.control("/sim/event", body, status=400)["error"]


def test_a_move_between_accounts_of_one_owner_shows_on_both_sides(rich: World) -> None:
    rich.open_account(api_key="sub", name="child", master=KEY)
    number = int(event(rich, "sub_transfer", to_key="sub", asset="USDT", amount="40"))
    (row,) = rich.signed("GET", "/sapi/v1/sub-account/universalTransfer").json()["result"]
    assert (row["tranId"], row["toEmail"], row["fromAccountType"]) == (number, "child@example.test", "SPOT")
    path = "/sapi/v1/sub-account/sub/transfer/history"
    assert rich.signed("GET", path, fromEmail="child@example.test").json() == []
    (row,) = rich.signed("GET", path).json()
    assert (row["tranId"], row["qty"]) == (number, "40")
    own = "/sapi/v1/sub-account/transfer/subUserHistory"
    assert rich.signed("GET", own, key="sub").json() == []
    (row,) = rich.signed("GET", own, key="sub", type=1).json()
    assert (row["tranId"], row["counterParty"]) == (number, "master")
    assert rich.signed("GET", "/sapi/v1/sub-account/universalTransfer", key="sub").error[0] == -1002
    (child,) = rich.signed("GET", "/sapi/v1/sub-account/list").json()["subAccounts"]
    assert child["email"] == "child@example.test"


def test_strangers_cannot_move_money_between_them(rich: World) -> None:
    rich.open_account(api_key="stranger", name="other")
    body = {"api_key": KEY, "kind": "sub_transfer", "to_key": "stranger", "asset": "USDT", "amount": "1"}
    assert "not a master" in rich.control("/sim/event", body, status=400)["error"]


def test_snapshots_show_the_end_of_each_finished_day(rich: World) -> None:
    rich.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5", "at": "2026-05-31T23:59:59.500Z"})
    rows = rich.signed("GET", "/sapi/v1/accountSnapshot", type="SPOT").json()["snapshotVos"]
    assert len(rows) == 7
    assert rows[-1]["updateTime"] == rich.now - 12 * 3_600_000 - 31_000  # 23:59:59 of the day before
    assert rows[-1]["data"]["balances"][0]["free"] == "10000.00000000"


def test_no_snapshot_is_from_the_future(rich: World) -> None:
    span: dict[str, Any] = {"startTime": rich.now - DAY, "endTime": rich.now + 20 * DAY}
    rows = rich.signed("GET", "/sapi/v1/accountSnapshot", type="SPOT", **span).json()["snapshotVos"]
    assert [row["updateTime"] < rich.now for row in rows] == [True]


def test_snapshots_are_dear_and_reach_one_month_back(rich: World) -> None:
    path = "/sapi/v1/accountSnapshot"
    assert len(rich.signed("GET", path, type="MARGIN", limit=30).json()["snapshotVos"]) == 30
    assert rich.signed("GET", path, type="SPOT", limit=6).error[0] == -1102
    old: dict[str, Any] = {"startTime": rich.now - 90 * DAY, "endTime": rich.now - 62 * DAY}
    assert rich.signed("GET", path, type="SPOT", **old).json()["snapshotVos"] == []
    for _ in range(2):
        assert rich.signed("GET", path, type="SPOT").status == 200
    assert rich.signed("GET", path, type="SPOT").status == 429


def test_a_past_has_other_kinds_only_when_asked_for(tmp_path: Path) -> None:
    wish: dict[str, Any] = {"api_key": KEY, "days": 200, "seed": 3, "trades": 20, "flows": 8}
    kinds: list[set[str]] = []
    for others in ({}, {"others": {"convert": 5, "reward": 5, "dust": 5, "transfer": 5}}):
        world = World(tmp_path / str(len(kinds)))
        world.open_account()
        world.control("/sim/history", wish | others)
        rows = world.control(f"/sim/ledger?api_key={KEY}")
        assert min(Decimal(row["balance"]) for row in rows) >= 0
        kinds.append({row["kind"] for row in rows})
        world.close()
    assert kinds[0] == {"deposit", "withdrawal", "withdrawal_fee", "trade", "commission"}
    assert kinds[1] - kinds[0] == {"convert", "reward", "dust", "transfer"}


def test_what_happened_survives_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.open_account()
    event(world, "borrow", asset="USDT", amount="100")
    event(world, "p2p", side="BUY", asset="BTC", amount="1", fiat="EUR", price="90000")
    order = event(world, "fiat_deposit", fiat="EUR", amount="40", status="Processing")
    world.control("/sim/settle", {"api_key": KEY, "id": order, "status": "Successful"})
    refused = world.control("/sim/settle", {"api_key": KEY, "id": order, "status": "6"}, status=400)
    assert refused["error"] == "status is none of this kind"
    before = world.control(f"/sim/ledger?api_key={KEY}")
    world.close()
    again = World(tmp_path)
    assert again.control(f"/sim/ledger?api_key={KEY}") == before
    (row,) = again.signed("GET", "/sapi/v1/fiat/orders", transactionType="0").json()["data"]
    assert (row["status"], again.free("EUR")) == ("Successful", Decimal(40))
    again.close()
