"""Scores of runs over a real account: what it is worth less what it would be worth without them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import pytest
from sqlalchemy import select, update

from backend.core.errors import NotFoundError
from backend.core.model.amounts import ZERO, minus, total
from backend.core.model.orders import AccountTrade, Fill
from backend.core.model.rebalancing import PlannedOrder
from backend.core.model.runs import NewRun
from backend.core.model.valuation import Valuation
from backend.core.score_book import ScoreBook
from backend.db.strategy_models import run_change_sums, run_changes
from backend.services.score_keeper import SETTLED_AFTER_MS, ScoreKeeper
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.verify.differences import Report
from backend.verify.run import verify

D = Decimal
SIDES: Final[dict[str, Literal["BUY", "SELL"]]] = {"BUY": "BUY", "SELL": "SELL"}
IDS = itertools.count(1)


def market_order(bourse: Bourse, side: str, symbol: str, quantity: str) -> Any:
    answer = bourse.simulator.signed(
        "POST", "/api/v3/order", bourse.key, "secret", symbol=symbol, side=side, type="MARKET", quantity=quantity
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def journal(rig: Rig, *orders: Any, dry_run: bool = False, ended: bool = True) -> int:
    """A run whose legs are these orders, with the fills that the exchange told."""
    epoch = rig.lease.acquire()
    legs = []
    for n, order in enumerate(orders, 1):
        base, quote = order["symbol"].removesuffix("USDT"), "USDT"
        given, taken = (base, quote) if order["side"] == "SELL" else (quote, base)
        amounts = (D(order["executedQty"]), ZERO, ZERO, ZERO, ZERO, ZERO)
        side = SIDES[order["side"]]
        terms = (order["symbol"], side, given, taken, *amounts)
        legs.append(PlannedOrder(*terms, n=n, line=n, hop=1, hops=1, action=side, asset=base, min_received=ZERO))
    plan = f"plan-{next(IDS)}"
    with rig.store.write(epoch) as unit:
        new = NewRun(rig.account, "simulator", plan, "0" * 64, dry_run, "user", ZERO, rig.bourse.now_ms())
        run = unit.runs.create(new, legs, epoch)
        for n, order in enumerate(orders, 1):
            told = [
                AccountTrade(
                    Fill(
                        order["symbol"],
                        str(fill["tradeId"]),
                        D(fill["price"]),
                        D(fill["qty"]),
                        D(fill["commission"]),
                        fill["commissionAsset"],
                    ),
                    str(order["orderId"]),
                    D(fill["price"]) * D(fill["qty"]),
                    order["side"] == "BUY",
                    False,
                    order["transactTime"],
                )
                for fill in order["fills"]
            ]
            unit.runs.add_fills(rig.account, run, n, told)
        if ended:
            unit.runs.end(run, "complete", None, "", rig.bourse.now_ms())
    return run


@dataclass
class Case:
    """An account that was read, with what keeps and tells its scores."""

    rig: Rig
    keeper: ScoreKeeper
    book: ScoreBook


@pytest.fixture
def opened(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Callable[..., Case]:
    """Opens an account with so much in its spot wallet."""

    def made(**balances: str) -> Case:
        rig = make_rig(open_bourse(**balances))
        rig.step()
        return Case(rig, ScoreKeeper(rig.store, "USDT"), ScoreBook(rig.store, rig.portfolio))

    return made


def scored(rig: Rig, keeper: ScoreKeeper) -> Valuation:
    valuation = rig.step()
    keeper.update(rig.session(), rig.lease.acquire() or 0, valuation)
    return valuation


def legs_of(order: Any) -> dict[str, Decimal]:
    """What an order did to the account, from the answer that placed it."""
    base = order["symbol"].removesuffix("USDT")
    sign = 1 if order["side"] == "BUY" else -1
    moved = {base: sign * D(order["executedQty"]), "USDT": -sign * D(order["cummulativeQuoteQty"])}
    for fill in order["fills"]:
        asset = fill["commissionAsset"]
        moved[asset] = moved.get(asset, ZERO) - D(fill["commission"])
    return moved


def test_the_scores_of_all_runs_are_what_the_account_is_worth_less_holding(opened: Callable[..., Case]) -> None:
    case = opened(USDT="1000", BTC="0.2")
    rig, keeper, book, bourse = case.rig, case.keeper, case.book, case.rig.bourse
    sale = market_order(bourse, "SELL", "BTCUSDT", "0.1")
    market_order(bourse, "BUY", "SOLUSDT", "1")
    runs = [journal(rig, sale)]
    # The second run spends what the first one brought.
    bought = [market_order(bourse, "BUY", "ETHUSDT", "1"), market_order(bourse, "SELL", "BTCUSDT", "0.01")]
    runs.append(journal(rig, *bought))
    bourse.do("deposit", asset="USDT", amount="300")
    bourse.pass_s(3600)
    valuation = scored(rig, keeper)
    (account,) = book.accounts(None).items
    assert account.actual == valuation.total
    prices = {line.balance.asset: line.price or ZERO for line in valuation.lines}
    without = {line.balance.asset: line.balance.total for line in valuation.lines}
    for order in (sale, *bought):
        for asset, moved in legs_of(order).items():
            without[asset] = minus(without[asset], moved)
    assert account.hold == total([quantity * prices[asset] for asset, quantity in without.items()])
    scores = [book.run(run).score for run in runs]
    assert minus(account.actual, account.hold or ZERO) == account.score.value
    assert account.score.value == total([one.value or ZERO for one in scores])
    assert {one.status for one in (account.score, *scores)} == {"exact"}
    assert book.accounts(rig.account).whole.value == account.score.value
    for run in runs:
        view = book.run(run)
        assert view.actual == account.actual
        assert minus(view.actual or ZERO, view.hold or ZERO) == view.score.value
    # Each is opened to lines that add up to it.
    for one in (account.score, *scores):
        assert total([line.value or ZERO for line in one.lines]) == one.value


def test_a_coin_that_was_sold_off_is_priced_for_ever(opened: Callable[..., Case]) -> None:
    case = opened(USDT="1000", BNB="1")
    rig, keeper, book, bourse = case.rig, case.keeper, case.book, case.rig.bourse
    sale = market_order(bourse, "SELL", "BNBUSDT", "1")
    run = journal(rig, sale)
    valuation = scored(rig, keeper)
    assert "BNB" not in {line.balance.asset for line in valuation.lines if line.balance.total}
    found = book.run(run).score
    price = D(bourse.simulator.get("/api/v3/ticker/price", symbol="BNBUSDT").json()["price"])
    assert found.status == "exact"
    assert found.value == total([amount * (price if coin == "BNB" else 1) for coin, amount in legs_of(sale).items()])
    # Without an answer the old price stays and grows old; a coin that left the list is an estimate.
    with rig.store.write() as unit:
        kept = unit.scores.prices(rig.account)["BNB"]
        unit.scores.keep_prices(rig.account, [type(kept)("BNB", kept.price, kept.at_ms - 16 * 60_000, None)])
    assert (book.run(run).score.status, book.run(run).score.reason) == ("estimated", "old_price:BNB")
    with rig.store.write() as unit:
        unit.scores.keep_prices(rig.account, [type(kept)("BNB", None, kept.at_ms, "no_price")])
    assert (book.run(run).score.value, book.run(run).score.reason) == (None, "no_price:BNB")
    assert book.accounts(None).items[0].hold is None
    assert book.accounts(None).whole.value is None


def test_fills_that_are_told_later_count_once_and_a_dry_run_has_no_score(opened: Callable[..., Case]) -> None:
    case = opened(USDT="1000", BTC="0.2")
    rig, keeper, book, bourse = case.rig, case.keeper, case.book, case.rig.bourse
    dry = journal(rig, dry_run=True)
    sale = market_order(bourse, "SELL", "BTCUSDT", "0.05")
    late = {**sale, "fills": []}
    run = journal(rig, late, ended=False)
    assert book.run(run).score.reason == "not_booked_yet"
    scored(rig, keeper)
    assert (book.run(run).score.value, book.run(dry).score.reason) == (ZERO, "dry_run")
    price, order = D(sale["fills"][0]["price"]), str(sale["orderId"])
    for number, quantity in enumerate((D("0.02"), D("0.03"))):
        with rig.store.write(rig.lease.acquire()) as unit:
            told = Fill("BTCUSDT", f"t{number}", price, quantity, D("0.01"), "USDT")
            trade = AccountTrade(told, order, price * quantity, False, False, sale["transactTime"])
            assert unit.runs.add_fills(rig.account, run, 1, [trade, trade]) == 1
            unit.runs.end(run, "complete", None, "", bourse.now_ms())
        scored(rig, keeper)
        scored(rig, keeper)
    once = book.accounts(None).items[0].score.lines
    assert [(line.asset, line.quantity) for line in once] == [
        ("BTC", D("-0.05")),
        ("USDT", minus(price * D("0.05"), D("0.02"))),
    ]
    bourse.pass_s(SETTLED_AFTER_MS // 1000 + 60)
    scored(rig, keeper)
    with rig.store.read() as unit:
        assert unit.scores.unsettled(rig.account) == []
    assert [line.quantity for line in book.accounts(None).items[0].score.lines] == [line.quantity for line in once]


def test_a_run_that_is_not_there_is_not_found(opened: Callable[..., Case]) -> None:
    with pytest.raises(NotFoundError):
        opened(USDT="1").book.run(4711)


def test_verify_finds_what_runs_changed_in_their_fills_and_names_what_was_altered(opened: Callable[..., Case]) -> None:
    case = opened(USDT="1000", BTC="0.2")
    rig, keeper, bourse = case.rig, case.keeper, case.rig.bourse
    run = journal(rig, market_order(bourse, "SELL", "BTCUSDT", "0.1"), market_order(bourse, "BUY", "ETHUSDT", "1"))
    journal(rig, market_order(bourse, "BUY", "BTCUSDT", "0.05"))
    scored(rig, keeper)
    assert any("still being read" in line for line in verified(rig).skipped)
    bourse.pass_s(SETTLED_AFTER_MS // 1000 + 60)
    scored(rig, keeper)
    told = verified(rig)
    assert (told.differences, told.compared["run_changes"], told.compared["run_change_sums"]) == ([], 5, 3)
    for table, own in ((run_changes, run_changes.c.run_id == run), (run_change_sums, run_change_sums.c.account_id > 0)):
        coin = table.c.asset == "ETH"
        with rig.store.write() as unit:
            before = unit.connection.execute(select(table.c.quantity).where(own, coin)).scalar_one()
            unit.connection.execute(update(table).where(own, coin).values(quantity=before + 1))
        (found,) = verified(rig).differences
        assert (found.table, found.key, found.figure) == (table.name, "ETH", "quantity")
        with rig.store.write() as unit:
            unit.connection.execute(update(table).where(own, coin).values(quantity=before))


def verified(rig: Rig) -> Report:
    return verify(rig.store, "simulator", "USDT", None, lambda _line: None)
