"""Every movement of an account becomes a ledger event; the judge is the exchange's own ledger."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from backend.core.ledger.account_book import AccountBook
from backend.core.model.holdings import EventKind
from backend.core.model.instants import DAY_MS
from backend.core.ports import Exchange
from backend.tests.database_places import copy_database
from backend.tests.fakes import CutExchange
from backend.tests.integration.services.conftest import Bourse, Rig

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
# What crosses the border of an account, in the words of the exchange's ledger; fees of withdrawals apart.
CROSSING = {
    "deposit", "withdrawal", "fiat_deposit", "fiat_withdraw", "fiat_buy", "fiat_sell", "pay", "p2p", "sub_transfer",
}  # fmt: skip
FIAT_FEE = Decimal("1.5")
Flows = dict[tuple[int, str], Decimal]


def day(number: int, hour: int = 0) -> str:
    return f"2026-05-{number:02}T{hour:02}:10:20Z"


def sub_account(bourse: Bourse) -> str:
    """Another account of the same owner, below this one."""
    key = f"sub-of-{bourse.key}"
    bourse.simulator.open_account(key, "secret", master=bourse.key, created_at=day(25, 11))
    return key


def one_of_each(bourse: Bourse, sub: str) -> None:
    """Whatever the exchange can make happen to an account, in the days before its present."""

    def event(kind: str, at: str, **fields: Any) -> None:
        bourse.do("event", kind=kind, at=at, **fields)

    event("fiat_deposit", day(26), fiat="EUR", amount="500", fee="2")
    event("fiat_deposit", day(26, 1), fiat="EUR", amount="70", status="Failed")
    event("fiat_buy", day(26, 2), asset="SOL", amount="3.5", fiat="EUR", paid="600", fee="4")
    event("fiat_buy", day(26, 3), asset="SOL", amount="9", fiat="EUR", paid="600", status="Expired")
    event("p2p", day(26, 4), side="BUY", asset="USDT", amount="250.75", fiat="CNY", price="7.1")
    event("pay", day(26, 5), asset="ADA", amount="33")
    bourse.do("transfer", **{"from": "funding", "to": "spot"}, asset="ADA", amount="20", at=day(26, 6))
    event("convert", day(27), from_asset="USDT", from_amount="400", to_asset="LINK")
    event("convert", day(27, 1), from_asset="EUR", from_amount="120", to_asset="USDT")
    event("dust", day(27, 2), assets={"ADA": "1.25", "SOL": "0.01"})
    event("sub_transfer", day(27, 3), to_key=sub, asset="USDT", amount="75")
    event("pay", day(28), asset="ADA", amount="3", direction="out")
    event("p2p", day(28, 1), side="SELL", asset="USDT", amount="50", fiat="CNY", price="7.2")
    event("fiat_sell", day(28, 2), asset="SOL", amount="0.5", fiat="EUR", paid="80")
    event("fiat_withdraw", day(28, 3), fiat="EUR", amount="40", fee=str(FIAT_FEE))
    back = {"kind": "sub_transfer", "to_key": bourse.key, "asset": "USDT", "amount": "5"}
    bourse.simulator.control("/sim/event", {"api_key": sub, "at": day(28, 4), **back})
    bourse.do("withdraw", asset="LINK", amount="2", fee="0.1", at=day(28, 5))
    bourse.do("trade", symbol="LINKUSDT", side="SELL", quantity="3", at=day(29))
    bourse.do("reward", asset="LINK", amount="0.02", kind="airdrop", at=day(29, 1))
    bourse.do("transfer", **{"from": "spot", "to": "margin"}, asset="USDT", amount="500", at=day(29, 2))
    event("borrow", day(29, 3), asset="ETH", amount="0.1")
    event("interest", day(29, 4), asset="ETH", amount="0.001")
    event("repay", day(29, 5), asset="ETH", amount="0.05")
    bourse.do("transfer", **{"from": "spot", "to": "earn_flexible"}, asset="USDT", amount="300", at=day(30))
    bourse.do("reward", asset="USDT", amount="0.5", kind="REALTIME", wallet="earn_flexible", at=day(30, 1))
    bourse.do("transfer", **{"from": "earn_flexible", "to": "funding"}, asset="USDT", amount="100", at=day(30, 2))


def real_flows(bourse: Bourse) -> Flows:
    found: Flows = {}
    for row in bourse.ledger():
        if row["kind"] in CROSSING:
            key = row["at_ms"], row["asset"]
            fee = FIAT_FEE if row["kind"] == "fiat_withdraw" else Decimal(0)
            found[key] = found.get(key, Decimal(0)) + Decimal(row["change"]) + fee
    return found


def told_flows(rig: Rig) -> Flows:
    found: Flows = {}
    for flow in rig.flows():
        assert flow.asset is not None
        assert flow.quantity is not None
        key = flow.at_ms, flow.asset
        found[key] = found.get(key, Decimal(0)) + flow.quantity
    return found


def nothing_is_missing(rig: Rig) -> None:
    assert rig.sync().unreconciled == ()
    assert {event.source for event in rig.events()}.isdisjoint({"reconciliation"})
    assert told_flows(rig) == real_flows(rig.bourse)
    last = rig.rows()[-1]
    held = {asset: holding.quantity for asset, holding in last.composition.items()}
    assert held == rig.bourse.held_before(last.at_ms)


def test_one_of_each_movement_is_imported_and_no_flow_is_invented_or_missed(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BNB="2")
    one_of_each(bourse, sub_account(bourse))
    rig = make_rig(bourse)
    rig.step()
    nothing_is_missing(rig)
    kinds = {event.source: event.kind for event in rig.events()}
    assert kinds["convert"] is kinds["dust"] is EventKind.CONVERT
    assert {"fiat_deposit", "fiat_withdrawal", "card_purchase", "card_sale", "p2p", "pay", "sub_account"} <= set(kinds)
    assert {flow.status for flow in rig.flows()} == {"exact"}
    events = rig.events()
    rig.step()
    assert rig.events() == events


def test_a_renamed_coin_is_no_sale_and_its_cost_goes_on(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="1000")
    bourse.do("trade", symbol="SANDUSDT", side="BUY", quantity="100", at=day(30))
    rig = make_rig(bourse)
    rig.step()
    bourse.simulator.control("/sim/rename", {"from": "SAND", "to": "DUNE"})
    rig.step()
    nothing_is_missing(rig)
    (renamed,) = (event for event in rig.events() if event.source == "dividend")
    assert renamed.kind is EventKind.RENAME
    book = AccountBook("USDT")
    for event in rig.events():
        book.book(event, {"SAND": Decimal("0.2")})
    paid = next(-leg.amount for event in rig.events() if event.kind is EventKind.TRADE for leg in event.legs[1:2])
    assert {asset: (one.quantity, one.cost) for asset, one in book.positions().open.items()} == {
        "DUNE": (renamed.legs[0].amount, paid)
    }
    assert book.positions().realized == 0


def test_movements_are_found_one_by_one_as_they_happen(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    for event in (
        {"kind": "fiat_deposit", "fiat": "EUR", "amount": "500"},
        {"kind": "convert", "from_asset": "EUR", "from_amount": "200", "to_asset": "BNB"},
        {"kind": "pay", "asset": "ADA", "amount": "25"},
        {"kind": "p2p", "side": "BUY", "asset": "USDT", "amount": "100", "fiat": "CNY", "price": "7"},
        {"kind": "dust", "assets": {"ADA": "1"}},
        {"kind": "fiat_buy", "asset": "SOL", "amount": "1", "fiat": "EUR", "paid": "150"},
        {"kind": "fiat_sell", "asset": "SOL", "amount": "0.4", "fiat": "EUR", "paid": "60"},
        {"kind": "pay", "asset": "ADA", "amount": "25", "direction": "out"},
    ):
        bourse.do("event", **event)
        bourse.pass_s(30)
        rig.step()
        assert rig.sync().unreconciled == (), event
        assert told_flows(rig) == real_flows(bourse), event


def test_what_came_in_and_went_out_between_two_looks_is_found_though_nothing_differs(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("event", kind="p2p", side="BUY", asset="USDT", amount="100", fiat="CNY", price="7")
    bourse.do("event", kind="pay", asset="USDT", amount="100", direction="out")
    rig.step()
    bourse.pass_s(3700)
    rig.step()
    assert {flow.source for flow in rig.flows()} == {"deposit", "p2p", "pay"}
    nothing_is_missing(rig)


def test_coins_known_from_a_conversion_alone_are_asked_for_trades(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000")
    swap = {"from_asset": "USDT", "from_amount": "400", "to_asset": "LINK", "to_amount": "30"}
    bourse.do("event", kind="convert", at=day(26), **swap)
    # Traded for as much as it cost and sold without rest: neither balance tells of it.
    bourse.do("trade", symbol="LINKUSDT", side="SELL", quantity="10", at=day(27))
    bourse.do("trade", symbol="LINKBTC", side="SELL", quantity="20", at=day(27, 1))
    rig = make_rig(bourse)
    rig.step()
    assert {event.symbol for event in rig.events() if event.source == "trade"} == {"LINKUSDT", "LINKBTC"}
    nothing_is_missing(rig)


def test_a_purchase_by_card_years_ago_is_found_where_no_deposit_ever_came(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse("2024-01-10T10:00:00Z")
    bourse.do("event", kind="fiat_buy", asset="BTC", amount="0.5", fiat="EUR", paid="20000", at="2024-02-01T10:00:00Z")
    bourse.do("trade", symbol="BTCUSDT", side="SELL", quantity="0.2", at="2026-05-29T10:00:00Z")
    rig = make_rig(bourse)
    rig.step()
    nothing_is_missing(rig)


def test_a_first_import_cut_off_at_any_question_tells_the_same_in_the_end(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BNB="2")
    one_of_each(bourse, sub_account(bourse))
    rig = make_rig(bourse)
    cuts = 0

    def cutting(exchange: Exchange) -> CutExchange:
        return CutExchange(exchange, 3 + 3 * cuts)

    rig.wrap = cutting
    while not rig.try_step():
        cuts += 1
    assert cuts >= 8
    rig.wrap = lambda exchange: exchange
    rig.step()
    nothing_is_missing(rig)


def test_a_move_between_two_own_accounts_is_a_flow_of_each_and_none_of_both(
    open_bourse: OpenBourse, make_rig: MakeRig, empty_database: Any, tmp_path: Any
) -> None:
    bourse = open_bourse(USDT="5000")
    sub = sub_account(bourse)
    bourse.do("event", kind="sub_transfer", to_key=sub, asset="USDT", amount="75", at=day(27))
    master = make_rig(bourse)
    master.step()
    other = tmp_path / "other.db"
    copy_database(empty_database, other)
    twin = object.__new__(Bourse)
    twin.__dict__.update(bourse.__dict__, key=sub)
    below = make_rig(twin, file=other)
    below.step()
    (sent,) = (event for event in master.events() if event.source == "sub_account")
    (received,) = (event for event in below.events() if event.source == "sub_account")
    assert (sent.external_id, sent.at_ms, sent.note) == (received.external_id, received.at_ms, sent.note)
    assert sent.flow_legs()[0].amount == -75 == -received.flow_legs()[0].amount
    nothing_is_missing(master)
    nothing_is_missing(below)


def test_a_history_that_fails_in_a_first_import_is_not_marked_as_read(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000")
    bourse.do("event", kind="p2p", side="BUY", asset="USDT", amount="100", fiat="CNY", price="7", at=day(27))
    rig = make_rig(bourse)
    bourse.break_answers("http_500", match="c2c/orderMatch")
    assert not rig.try_step()
    with rig.store.read() as unit:
        assert unit.ledger.cursors(rig.account, "p2p") == {}
        assert unit.ledger.cursors(rig.account, "dividend")
    assert (rig.sync().import_complete, rig.sync().unreconciled) == (False, ())
    bourse.calm_down()
    rig.step()
    nothing_is_missing(rig)


@pytest.mark.parametrize("kind", ["http_500", "http_503_unknown", "truncated", "garbage", "error_200"])
def test_broken_answers_never_mark_a_window_as_read(open_bourse: OpenBourse, make_rig: MakeRig, kind: str) -> None:
    bourse = open_bourse(USDT="5000")
    for number in (26, 27, 28):
        bourse.do("event", kind="pay", asset="ADA", amount="7", at=day(number))
    rig = make_rig(bourse, timeout_s=0.5)
    rig.step()
    before = bourse.now_ms()
    bourse.do("event", kind="pay", asset="ADA", amount="5")
    bourse.pass_s(7200)
    bourse.break_answers(kind, match="pay/transactions")
    rig.try_step()
    with rig.store.read() as unit:
        assert (unit.ledger.cursor(rig.account, "pay", "until") or 0) <= before + DAY_MS
    assert "pay" not in {event.source for event in rig.events() if event.at_ms >= before}
    bourse.calm_down()
    rig.step()
    nothing_is_missing(rig)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_history_is_imported_without_a_flow_invented_or_missed(
    open_bourse: OpenBourse, make_rig: MakeRig, seed: int
) -> None:
    """Forty random movements of all kinds in a week, many of the same size and hour; each may be refused for lack of
    coins, then it never was.
    """
    bourse = open_bourse(USDT="5000", BNB="5", ADA="500", EUR="300")
    sub = sub_account(bourse)
    chance = random.Random(seed)
    amount, coin = ("10", "25"), ("USDT", "ADA", "BNB")
    kinds: list[dict[str, Any]] = [
        {"kind": "fiat_deposit", "fiat": "EUR", "fee": "1"},
        {"kind": "fiat_withdraw", "fiat": "EUR", "fee": str(FIAT_FEE)},
        {"kind": "fiat_buy", "asset": "ADA", "fiat": "EUR", "paid": "20"},
        {"kind": "fiat_sell", "asset": "ADA", "fiat": "EUR", "paid": "20"},
        {"kind": "pay"},
        {"kind": "pay", "direction": "out"},
        {"kind": "p2p", "side": "BUY", "fiat": "CNY", "price": "7"},
        {"kind": "p2p", "side": "SELL", "fiat": "CNY", "price": "7"},
        {"kind": "sub_transfer", "to_key": sub},
        {"kind": "convert"},
        {"kind": "dust"},
        {"kind": "deposit"},
        {"kind": "withdraw"},
    ]
    for _ in range(40):
        event = dict(chance.choice(kinds))
        kind, at = event.pop("kind"), day(chance.randint(26, 30), chance.randint(0, 23))
        size, asset = chance.choice(amount), chance.choice(coin)
        match kind:
            case "convert":
                event |= {"from_asset": asset, "from_amount": size, "to_asset": chance.choice(("SOL", "EUR"))}
            case "dust":
                event |= {"assets": {"ADA": "1"}}
            case "fiat_deposit" | "fiat_withdraw" | "fiat_buy" | "fiat_sell":
                event |= {"amount": size}
            case _:
                event |= {"asset": asset, "amount": size}
        with suppress(AssertionError):
            if kind in ("deposit", "withdraw"):
                bourse.do(kind, at=at, **event)
            else:
                bourse.do("event", kind=kind, at=at, **event)
    rig = make_rig(bourse)
    rig.step()
    nothing_is_missing(rig)
