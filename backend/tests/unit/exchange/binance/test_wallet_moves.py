"""Moves between own wallets: what was done becomes one move each, what was not becomes none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from backend.core.model.instants import DAY_MS
from backend.core.model.wallet_moves import WalletMove
from backend.core.model.wallets import Wallet
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.wallet_moves import WalletMoveHistories
from backend.tests.unit.exchange.binance.test_income import EVERYWHERE, Calls
from backend.tests.unit.exchange.binance.test_movements import Library

BASE = 1_780_000_000_000
Row = dict[str, Any]
TRANSFER = "asset/transfer"
FLEXIBLE, LOCKED = "simple-earn/flexible/history/{}Record", "simple-earn/locked/history/{}Record"


def histories(
    rows: Mapping[str, Sequence[Row]], endpoints: Endpoints = EVERYWHERE
) -> tuple[WalletMoveHistories, Library]:
    def answer(found: Sequence[Row]) -> Any:
        def paged(asked: Mapping[str, Any]) -> Row:
            start = (asked["current"] - 1) * asked["size"]
            return {"rows": list(found[start : start + asked["size"]]), "total": len(found)}

        return paged

    library = Library({path: answer(found) for path, found in rows.items()})
    return WalletMoveHistories(cast(ApiClient, Calls(library, endpoints))), library


def told(move: WalletMove) -> tuple[str, str, str, str, str]:
    return move.external_id, move.asset, str(move.amount), move.from_wallet, move.to_wallet


def transfer(number: int, status: str = "CONFIRMED") -> Row:
    return {
        "asset": "USDT", "amount": "12.5", "type": "MAIN_UMFUTURE", "status": status, "tranId": number,
        "timestamp": BASE + number,
    }  # fmt: skip


def test_a_testnet_tells_none() -> None:
    assert histories({}, Endpoints("http://x/api"))[0].sources() == []


def test_each_direction_between_two_wallets_is_a_history_of_half_a_year() -> None:
    found, library = histories({TRANSFER: [transfer(number) for number in range(250)]})
    sources = [source for source in found.sources() if source.name.startswith("transfer_")]
    assert len(sources) == 30
    assert {source.horizon_ms for source in sources} == {source.window_ms for source in sources} == {180 * DAY_MS}
    assert all(len(source.wallets) == 2 and not source.dear for source in sources)
    moves = found.read("transfer_spot_futures_usdm", BASE, BASE + 1000)
    assert [asked["type"] for _, asked in library.asked] == ["MAIN_UMFUTURE"] * 3
    assert len({move.external_id for move in moves}) == len(moves) == 250
    assert told(moves[7]) == ("7", "USDT", "12.5", "spot", "futures_usdm")


def test_a_transfer_that_failed_or_waits_is_no_move() -> None:
    found, _ = histories({TRANSFER: [transfer(1), transfer(2, "FAILED"), transfer(3, "PENDING")]})
    assert [move.external_id for move in found.read("transfer_spot_futures_usdm", BASE, BASE + 1000)] == ["1"]


def test_a_subscription_comes_from_one_wallet_or_from_two() -> None:
    row = {"amount": "100.00000000", "asset": "USDT", "time": BASE, "status": "SUCCESS", "productId": "USDT001"}
    rows = [
        row | {"purchaseId": 40607, "sourceAccount": "SPOT", "amtFromSpot": "30", "amtFromFunding": "70"},
        row | {"purchaseId": 40608, "status": "FAILED"},
        row | {"purchaseId": 40609, "status": "PURCHASING"},
        row | {"purchaseId": 40610},
    ]
    found, _ = histories({FLEXIBLE.format("subscription"): rows})
    assert [told(move) for move in found.read("earn_flexible_in", BASE, BASE)] == [
        ("40607:spot", "USDT", "30", "spot", "earn_flexible"),
        ("40607:funding", "USDT", "70", "funding", "earn_flexible"),
        ("40610:spot", "USDT", "100.00000000", "spot", "earn_flexible"),
    ]


def test_a_redemption_goes_where_it_says_and_else_to_spot() -> None:
    row = {"amount": "5", "asset": "BNB", "time": BASE, "redeemId": 1}
    flexible = [
        row | {"destAccount": word, "status": "SUCCESS", "redeemId": number}
        for number, word in enumerate(("SPOT", "FUNDING"))
    ]
    locked = [
        row | {"redeemId": number, "positionId": 7, "type": word, "status": status}
        for number, (word, status) in enumerate(
            (("MATURE", "PAID"), ("NEW_TRANSFERRED", "PAID"), ("AHEAD", "PAID"), ("MATURE", "CREATED"))
        )
    ]
    found, _ = histories({FLEXIBLE.format("redemption"): flexible, LOCKED.format("redemption"): locked})
    assert [told(move)[3:] for move in found.read("earn_flexible_out", BASE, BASE)] == [
        ("earn_flexible", "spot"), ("earn_flexible", "funding")
    ]  # fmt: skip
    assert [told(move)[3:] for move in found.read("earn_locked_out", BASE, BASE)] == [
        ("earn_locked", "spot"), ("earn_locked", "earn_flexible"), ("earn_locked", "spot")
    ]  # fmt: skip


def test_histories_of_earn_are_dear_and_of_earn_alone() -> None:
    earn = [source for source in histories({})[0].sources() if source.dear]
    assert {source.name: source.wallets for source in earn} == {
        f"{wallet}_{way}": frozenset({wallet})
        for wallet in (Wallet.EARN_FLEXIBLE, Wallet.EARN_LOCKED)
        for way in ("in", "out")
    }
