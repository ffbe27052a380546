"""Histories beside the chain: what moved becomes one event each, what did not happen has no legs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import pytest

from backend.core.errors import RequestRefusedError
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.movements import MovementHistories
from backend.tests.unit.exchange.binance.test_income import EVERYWHERE, Calls

BASE = 1_780_000_000_000
Row = dict[str, Any]
Answer = Callable[[Mapping[str, Any]], Row | list[Row]]


class Library:
    """Stands for python-binance: answers each path by a function of what was asked."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def _request_margin_api(self, method: str, path: str, signed: bool, data: Mapping[str, Any]) -> Any:
        self.asked.append((path, data))
        return self._answers[path](data)


def histories(endpoints: Endpoints = EVERYWHERE, **answers: Answer) -> tuple[MovementHistories, Library]:
    library = Library({path.replace("__", "-").replace("_", "/"): answer for path, answer in answers.items()})
    return MovementHistories(cast(ApiClient, Calls(library, endpoints))), library


def always(rows: Sequence[Row], name: str = "data") -> Answer:
    return lambda asked: {name: list(rows), "total": len(rows), "success": True}


def legs(event: LedgerEvent) -> list[tuple[str, str, str]]:
    return sorted((leg.role, leg.asset, str(leg.amount)) for leg in event.legs)


def fiat(status: str = "Successful", **fields: Any) -> Row:
    return {
        "orderNo": "f1", "fiatCurrency": "EUR", "indicatedAmount": "102", "amount": "100", "totalFee": "2",
        "method": "BankAccount", "status": status, "createTime": BASE, "updateTime": BASE + DAY_MS,
    } | fields  # fmt: skip


def card(**fields: Any) -> Row:
    return {
        "orderNo": "c1", "sourceAmount": "20", "fiatCurrency": "EUR", "obtainAmount": "4.5", "cryptoCurrency": "SOL",
        "totalFee": "0.2", "price": "4.4", "status": "Completed", "paymentMethod": "Credit Card",
        "createTime": BASE, "updateTime": BASE,
    } | fields  # fmt: skip


def p2p(**fields: Any) -> Row:
    return {
        "orderNumber": "p1", "tradeType": "SELL", "asset": "USDT", "fiat": "CNY", "amount": "50", "totalPrice": "334",
        "unitPrice": "6.68", "orderStatus": "COMPLETED", "createTime": BASE, "commission": "0",
    } | fields  # fmt: skip


def pay(amount: str, *parts: tuple[str, str]) -> Row:
    return {
        "orderType": "C2C", "transactionId": "M_1", "transactionTime": BASE, "amount": amount, "currency": "BNB",
        "fundsDetail": [{"currency": asset, "amount": part} for asset, part in parts],
    }  # fmt: skip


def test_a_testnet_tells_none() -> None:
    assert histories(Endpoints("http://x/api"))[0].sources() == []


def test_no_window_is_longer_than_the_exchange_allows() -> None:
    longest = {"p2p": 30, "convert": 30, "sub_account_in": 30, "sub_account_out": 30}
    told = {source.name: source for source in histories()[0].sources()}
    assert {"fiat_deposit", "fiat_withdrawal", "card_purchase", "card_sale", "pay", "dust"} <= set(told)
    for name in ("fiat_deposit", "fiat_withdrawal", "card_purchase", "card_sale", "pay", "dust", *longest):
        assert told[name].window_ms < longest.get(name, 90) * DAY_MS


def test_dear_histories_come_last_and_tell_how_few_calls_fit_in_a_minute() -> None:
    told = histories()[0].sources()
    assert [source.name for source in told][-2:] == ["fiat_deposit", "fiat_withdrawal"]
    # 45,000 of 180,000, of which an import may use 70 %.
    assert {source.a_minute for source in told if source.rare} == {2}


@pytest.mark.parametrize(("source", "role", "kind"), [
    ("fiat_deposit", [("in", "EUR", "100")], EventKind.DEPOSIT),
    ("fiat_withdrawal", [("fee", "EUR", "-2"), ("out", "EUR", "-100")], EventKind.WITHDRAWAL),
])  # fmt: skip
def test_a_fiat_order_is_a_flow_of_what_reached_the_other_side(source: str, role: object, kind: EventKind) -> None:
    reader, _ = histories(fiat_orders=always([fiat()]))
    (found,) = reader.read(source, BASE, BASE)
    assert (legs(found), found.kind) == (role, kind)


def test_a_banks_deposit_counts_when_it_was_credited_and_a_withdrawal_when_it_left() -> None:
    reader, _ = histories(fiat_orders=always([fiat()]))
    assert [event.at_ms for event in reader.read("fiat_deposit", BASE, BASE)] == [BASE + DAY_MS]
    assert [event.at_ms for event in reader.read("fiat_withdrawal", BASE, BASE)] == [BASE]


@pytest.mark.parametrize("status", ["Processing", "Failed", "Expired", "Refunded", "Something new"])
def test_a_fiat_order_that_is_not_done_has_no_legs(status: str) -> None:
    reader, _ = histories(fiat_orders=always([fiat(status)]))
    assert [event.legs for event in reader.read("fiat_deposit", BASE, BASE)] == [()]


def test_a_coin_bought_by_card_comes_in_and_one_sold_goes_out() -> None:
    reader, _ = histories(fiat_payments=always([card()]))
    (bought,) = reader.read("card_purchase", BASE, BASE)
    assert (legs(bought), bought.note) == ([("in", "SOL", "4.5")], "20 EUR, Credit Card")
    reader, _ = histories(fiat_payments=always([card(sourceAmount="4.5", obtainAmount="19")]))
    (sold,) = reader.read("card_sale", BASE, BASE)
    assert (legs(sold), sold.kind) == ([("out", "SOL", "-4.5")], EventKind.WITHDRAWAL)


def test_a_coin_paid_from_the_accounts_own_money_is_a_swap_and_no_flow() -> None:
    reader, _ = histories(fiat_payments=always([card(paymentMethod="Cash Balance")]))
    (found,) = reader.read("card_purchase", BASE, BASE)
    assert (found.kind, found.flow_legs()) == (EventKind.CONVERT, ())
    assert legs(found) == [("in", "SOL", "4.5"), ("out", "EUR", "-20")]


def test_a_coin_sold_to_the_accounts_own_money_is_a_swap_and_one_sold_to_a_card_leaves() -> None:
    sale = card(sourceAmount="4.5", obtainAmount="19")
    reader, _ = histories(fiat_payments=always([sale | {"paymentMethod": "Cash Balance"}]))
    (found,) = reader.read("card_sale", BASE, BASE)
    assert (found.kind, legs(found)) == (EventKind.CONVERT, [("in", "EUR", "19"), ("out", "SOL", "-4.5")])
    untold = {key: value for key, value in sale.items() if key != "paymentMethod"}
    reader, _ = histories(fiat_payments=always([untold]))
    (found,) = reader.read("card_sale", BASE, BASE)
    assert (found.kind, legs(found), found.note) == (EventKind.WITHDRAWAL, [("out", "SOL", "-4.5")], "19 EUR")


def test_only_completed_trades_between_people_moved_anything() -> None:
    rows = [p2p(), p2p(orderNumber="p2", tradeType="BUY", commission="0.1"), p2p(orderNumber="p3", orderStatus="X")]
    reader, _ = histories(c2c_orderMatch_listUserOrderHistory=always(rows))
    sold, bought, never = reader.read("p2p", BASE, BASE)
    assert legs(sold) == [("out", "USDT", "-50")]
    assert legs(bought) == [("fee", "USDT", "-0.1"), ("in", "USDT", "50")]
    assert never.legs == ()


def test_a_payment_is_a_flow_of_each_coin_it_was_made_with() -> None:
    reader, _ = histories(pay_transactions=always([pay("-3", ("USDT", "1.2"), ("ETH", "0.5"), ("USDT", "0.3"))]))
    found = reader.read("pay", BASE, BASE)
    assert [legs(event) for event in found] == [[("out", "USDT", "-1.5")], [("out", "ETH", "-0.5")]]
    reader, _ = histories(pay_transactions=always([pay("3", ("USDT", "1.2"))]))
    (received,) = reader.read("pay", BASE, BASE)
    assert (legs(received), received.kind) == ([("in", "BNB", "3")], EventKind.DEPOSIT)


def test_dust_is_a_swap_whose_fee_is_taken_from_what_was_obtained() -> None:
    part = {
        "transId": 7, "serviceChargeAmount": "0.02", "amount": "5", "operateTime": BASE, "transferedAmount": "0.98",
        "fromAsset": "ADA", "targetAsset": "BNB",
    }  # fmt: skip
    answer = {"total": 1, "userAssetDribblets": [{"transId": 7, "userAssetDribbletDetails": [part]}]}
    reader, _ = histories(asset_dribblet=lambda asked: answer)
    (found,) = reader.read("dust", BASE, BASE)
    assert legs(found) == [("fee", "BNB", "-0.02"), ("in", "BNB", "1.00"), ("out", "ADA", "-5")]
    assert (found.kind, found.flow_legs()) == (EventKind.CONVERT, ())


def test_dust_is_asked_for_in_both_wallets_and_a_conversion_that_both_list_is_one() -> None:
    part = {"transId": 7, "serviceChargeAmount": "0", "amount": "5", "operateTime": BASE, "transferedAmount": "1",
            "fromAsset": "ADA"}  # fmt: skip
    answer = {"total": 1, "userAssetDribblets": [{"transId": 7, "userAssetDribbletDetails": [part]}]}
    reader, library = histories(asset_dribblet=lambda asked: answer)
    (spot,), (margin,) = (reader.read(source, BASE, BASE) for source in ("dust", "dust_margin"))
    assert [asked["accountType"] for _, asked in library.asked] == ["SPOT", "MARGIN"]
    assert (spot.source, spot.external_id) == (margin.source, margin.external_id) == ("dust", "7:ADA")


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 2500])
def test_conversions_are_all_read_whatever_order_they_come_in(count: int) -> None:
    rows = [
        {
            "orderId": 10**18 + n, "quoteId": "q", "orderStatus": "SUCCESS", "fromAsset": "USDT", "fromAmount": "1",
            "toAsset": "BNB", "toAmount": "2", "createTime": BASE + n * 7,
        }
        for n in range(count)
    ]  # fmt: skip

    def newest_first(asked: Mapping[str, Any]) -> Row:
        found = [row for row in rows if asked["startTime"] <= row["createTime"] <= asked["endTime"]][::-1]
        return {"list": found[: asked["limit"]], "moreData": len(found) > asked["limit"]}

    reader, _ = histories(convert_tradeFlow=newest_first)
    found = reader.read("convert", BASE, BASE + DAY_MS)
    assert len({event.external_id for event in found}) == len(found) == count


def test_a_conversion_that_failed_has_no_legs() -> None:
    row = {
        "orderId": 1, "quoteId": "q", "orderStatus": "FAIL", "fromAsset": "USDT", "fromAmount": "1", "toAsset": "BNB",
        "toAmount": "2", "createTime": BASE,
    }  # fmt: skip
    reader, _ = histories(convert_tradeFlow=lambda asked: {"list": [row], "moreData": False})
    assert [event.legs for event in reader.read("convert", BASE, BASE)] == [()]


def family(
    subs: Sequence[str], moves: Sequence[tuple[str, str, str]], spot: Sequence[Row] = ()
) -> tuple[MovementHistories, Library]:
    """A master, its sub-accounts, moves of (from, to, amount), and rows of the list of those from spot to spot."""

    def transfers(asked: Mapping[str, Any]) -> Row:
        source = asked.get("fromEmail", "master@x")
        rows = [
            {
                "tranId": number, "fromEmail": giver, "toEmail": taker, "asset": "USDT", "amount": amount,
                "createTimeStamp": BASE, "status": "SUCCESS",
            }
            for number, (giver, taker, amount) in enumerate(moves)
            if giver == source and asked["startTime"] <= BASE <= asked["endTime"]
        ]  # fmt: skip
        assert asked["endTime"] - asked["startTime"] < 7 * DAY_MS
        return {"result": rows, "totalCount": len(rows)}

    return histories(
        sub__account_list=lambda asked: {"subAccounts": [{"email": one} for one in subs]},
        sub__account_universalTransfer=transfers,
        sub__account_sub_transfer_history=lambda asked: [
            row for row in spot if row["from"] == asked.get("fromEmail", "master@x")
        ],
    )


def test_a_master_sees_what_it_sent_and_got_but_not_what_its_sub_accounts_moved_among_themselves() -> None:
    moves = [("master@x", "a@x", "5"), ("b@x", "master@x", "7"), ("a@x", "b@x", "9")]
    reader, _ = family(["a@x", "b@x"], moves)
    found = reader.read("sub_accounts", BASE - 20 * DAY_MS, BASE + DAY_MS)
    assert sorted((event.external_id, legs(event)) for event in found) == [
        ("0", [("out", "USDT", "-5")]),
        ("1", [("in", "USDT", "7")]),
    ]
    assert {event.note for event in found} == {"master@x -> a@x", "b@x -> master@x"}


def test_a_move_that_both_lists_of_the_master_tell_is_one_whatever_its_ids() -> None:
    def spot(number: int, giver: str, taker: str, amount: str, at_ms: int = BASE) -> Row:
        return {
            "from": giver, "to": taker, "asset": "USDT", "qty": amount, "status": "SUCCESS", "tranId": number,
            "time": at_ms,
        }  # fmt: skip

    rows = [
        spot(0, "master@x", "a@x", "5"),  # the same id
        spot(71, "a@x", "master@x", "7", BASE + 900),  # another one
        spot(72, "a@x", "master@x", "7", BASE + 901),  # as much once more
        spot(73, "b@x", "master@x", "3", BASE - 1),  # this list alone
        spot(74, "a@x", "b@x", "9"),
    ]
    reader, _ = family(["a@x", "b@x"], [("master@x", "a@x", "5"), ("a@x", "master@x", "7")], rows)
    found = reader.read("sub_accounts", BASE - DAY_MS, BASE + DAY_MS)
    assert sorted((event.external_id, legs(event)) for event in found) == [
        ("0", [("out", "USDT", "-5")]),
        ("1", [("in", "USDT", "7")]),
        ("72", [("in", "USDT", "7")]),
        ("73", [("in", "USDT", "3")]),
    ]


def test_a_move_that_both_lists_tell_is_one_where_a_window_ends_between_its_rows() -> None:
    row = {
        "from": "a@x",
        "to": "master@x",
        "asset": "USDT",
        "qty": "7",
        "status": "SUCCESS",
        "tranId": 71,
        "time": BASE + 2,
    }
    reader, _ = family(["a@x"], [("a@x", "master@x", "7")], [row])
    assert reader.read("sub_accounts", BASE + 1, BASE + DAY_MS) == []
    assert [event.external_id for event in reader.read("sub_accounts", BASE - DAY_MS, BASE)] == ["0"]


def test_who_has_no_sub_accounts_is_asked_nothing_more() -> None:
    reader, library = family([], [])
    for _ in range(3):
        assert reader.read("sub_accounts", BASE, BASE + DAY_MS) == []
    assert [path for path, _ in library.asked] == ["sub-account/list"]


def test_a_sub_account_that_may_not_list_is_refused_and_not_called_empty() -> None:
    def refuse(asked: Mapping[str, Any]) -> Row:
        raise RequestRefusedError("You are not authorized", -1002)

    reader, _ = histories(sub__account_list=refuse)
    with pytest.raises(RequestRefusedError):
        reader.read("sub_accounts", BASE, BASE + DAY_MS)


def test_both_sides_of_a_move_between_accounts_come_to_nothing_together() -> None:
    row = {"tranId": 0, "counterParty": "master", "email": "master@x", "asset": "USDT", "qty": "5", "time": BASE,
           "status": "SUCCESS", "type": 1}  # fmt: skip
    reader, _ = histories(sub__account_transfer_subUserHistory=lambda asked: [row | {"type": asked["type"]}])
    (received,) = reader.read("sub_account_in", BASE, BASE)
    sent = family(["a@x"], [("master@x", "a@x", "5")])[0].read("sub_accounts", BASE, BASE)[0]
    assert (received.source, received.external_id, received.at_ms) == (sent.source, sent.external_id, sent.at_ms)
    assert received.legs[0].amount + sent.legs[0].amount == Decimal(0)
