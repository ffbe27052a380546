"""Deposits and withdrawals: windows below 90 days, pages, statuses and the times' two forms."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

DEPOSITS = "/sapi/v1/capital/deposit/hisrec"
WITHDRAWALS = "/sapi/v1/capital/withdraw/history"
DAY = 86_400_000


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def deposit(world: World, at: str, **fields: Any) -> str:
    body = {"api_key": KEY, "asset": "USDT", "amount": "100", "at": at + "Z"} | fields
    return str(world.control("/sim/deposit", body)["id"])


def test_only_the_last_ninety_days_come_by_default(world: World) -> None:
    deposit(world, "2026-03-03T12:00:00")  # more than 90 days before 2026-06-01 12:00:30
    late = deposit(world, "2026-03-04T12:00:00")
    assert [row["id"] for row in world.signed("GET", DEPOSITS).json()] == [late]


@pytest.mark.parametrize(("days", "extra_ms", "code"), [(90, -1, 0), (90, 0, -1127), (120, 0, -1127)])
def test_a_window_of_ninety_days_is_too_long(world: World, days: int, extra_ms: int, code: int) -> None:
    start = ms("2026-01-01T00:00:00")
    for path in (DEPOSITS, WITHDRAWALS):
        answer = world.signed("GET", path, startTime=start, endTime=start + days * DAY + extra_ms)
        assert (answer.error[0] if code else answer.status) == (code or 200)


def test_windows_chain_without_losing_or_doubling_a_row(world: World) -> None:
    edge = ms("2026-03-01T00:00:00")
    ids = {deposit(world, text) for text in ("2026-02-28T23:59:59.999", "2026-03-01T00:00:00", "2026-03-01T00:00:00")}
    before = world.signed("GET", DEPOSITS, startTime=edge - 30 * DAY, endTime=edge - 1).json()
    after = world.signed("GET", DEPOSITS, startTime=edge, endTime=edge + 30 * DAY).json()
    assert len(before) == 1
    assert {row["id"] for row in before + after} == ids


def test_a_deposit_is_listed_when_it_is_seen_and_in_the_balance_when_it_is_credited(world: World) -> None:
    deposit(world, "2026-05-01T10:00:00", credited_s=3600)
    edge = ms("2026-05-01T10:30:00")
    (row,) = world.signed("GET", DEPOSITS, startTime=edge - DAY, endTime=edge).json()
    assert (row["insertTime"], row["completeTime"]) == (edge - 1_800_000, edge + 1_800_000)
    assert world.signed("GET", DEPOSITS, startTime=edge, endTime=edge + DAY).json() == []
    (change,) = world.control(f"/sim/ledger?api_key={KEY}")
    assert change["at"] == "2026-05-01T11:00:00.000Z"


def test_rows_are_paged_by_offset_and_filtered_by_coin_and_status(world: World) -> None:
    ids = [deposit(world, f"2026-05-0{number}T10:00:00") for number in range(1, 6)]
    other = deposit(world, "2026-05-06T10:00:00", asset="BTC", amount="0.1", status=0)
    pages = [world.signed("GET", DEPOSITS, limit=2, offset=offset).json() for offset in (0, 2, 4)]
    assert sorted(row["id"] for page in pages for row in page) == sorted([*ids, other])
    assert [row["id"] for row in world.signed("GET", DEPOSITS, coin="BTC").json()] == [other]
    assert [row["id"] for row in world.signed("GET", DEPOSITS, status=0).json()] == [other]


@pytest.mark.parametrize(("status", "credited"), [(0, False), (1, True), (2, False), (6, True), (7, False), (8, False)])
def test_only_credited_deposits_reach_the_balance(world: World, status: int, credited: bool) -> None:
    deposit(world, "2026-05-01T10:00:00", status=status)
    assert world.free("USDT") == (Decimal(100) if credited else 0)


@pytest.mark.parametrize(("status", "left"), [(6, "49"), (4, "49"), (2, "49"), (3, "100"), (1, "100"), (5, "100")])
def test_a_withdrawal_takes_amount_and_fee_unless_it_was_turned_back(world: World, status: int, left: str) -> None:
    deposit(world, "2026-05-01T10:00:00")
    body = {"api_key": KEY, "asset": "USDT", "amount": "50", "fee": "1", "status": status, "at": "2026-05-02T08:09:10Z"}
    world.control("/sim/withdraw", body)
    assert world.free("USDT") == Decimal(left)
    (row,) = world.signed("GET", WITHDRAWALS).json()
    assert (row["amount"], row["transactionFee"], row["status"]) == ("50", "1", status)
    assert row["applyTime"] == "2026-05-02 08:09:10"
    assert ("completeTime" in row) == (status == 6)


def test_withdrawals_can_be_asked_for_by_id(world: World) -> None:
    deposit(world, "2026-05-01T10:00:00")
    body = {"api_key": KEY, "asset": "USDT", "amount": "10", "at": "2026-05-02T08:09:10Z"}
    ids = [world.control("/sim/withdraw", body)["id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert [row["id"] for row in world.signed("GET", WITHDRAWALS, idList=ids[0]).json()] == [ids[0]]
    assert world.signed("GET", WITHDRAWALS, idList=",".join(map(str, range(46)))).error[0] == -1130
    week: dict[str, Any] = {"startTime": world.now - 8 * DAY, "endTime": world.now, "withdrawOrderId": "mine"}
    assert world.signed("GET", WITHDRAWALS, **week).error[0] == -1127


def test_a_deposit_row_has_the_fields_of_the_real_one(world: World) -> None:
    deposit(world, "2026-05-01T10:00:00", network="TRX")
    (row,) = world.signed("GET", DEPOSITS).json()
    assert row["insertTime"] == ms("2026-05-01T10:00:00")
    assert set(row) == {
        *("id", "amount", "coin", "network", "status", "address", "addressTag", "txId", "insertTime", "completeTime"),
        *("transferType", "confirmTimes", "unlockConfirm", "walletType", "travelRuleStatus"),
    }
    assert row["network"] == "TRX"


def test_the_coin_list_names_every_coin_and_what_is_held(world: World) -> None:
    deposit(world, "2026-05-01T10:00:00", asset="XYZ")
    coins = {row["coin"]: row for row in world.signed("GET", "/sapi/v1/capital/config/getall").json()}
    assert coins["XYZ"]["free"] == "100"
    assert coins["BTC"]["networkList"][0]["network"] == "BTC"
