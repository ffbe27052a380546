"""A plan is a contract: it says what it rests on, refuses what cannot be, and is the same for the same inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.errors import BadInputError
from backend.core.model.accounts import SyncState
from backend.core.model.orders import TradingRights
from backend.core.model.rebalancing import StoredPlan, body_hash
from backend.core.model.wallets import WalletState
from backend.core.portfolio_manager import PlanQuestion, PortfolioManager, why_blocked
from backend.core.rebalancing.errors import BaseAssetError, NoTargetsError, UnpricedAssetError
from backend.core.rebalancing.plan_body import inputs_of, plan_body
from backend.core.rebalancing.planner import make_plan
from backend.core.rebalancing.ranks import RankFilter
from backend.core.views import CostView
from backend.tests.unit.core.rebalancing.questions import PRICES, T0, line, offers, question, readings, rules

MANAGER = PortfolioManager()


def body(asked: PlanQuestion) -> dict[str, Any]:
    return dict(MANAGER.plan(asked).body)


def actions(asked: PlanQuestion) -> list[tuple[str, str, str | None]]:
    return [(one["action"], one["asset"], one["reason"]) for one in body(asked)["lines"]]


def stored(asked: PlanQuestion) -> StoredPlan:
    made = MANAGER.plan(asked).body
    return StoredPlan("p", 1, "simulator", T0, T0 + 60_000, body_hash(made), made)


@settings(deadline=None)  # a slow machine makes no other plan
@given(
    btc=st.integers(1, 400),
    eth=st.integers(0, 4000),
    usdt=st.integers(0, 900_000),
    share=st.integers(1, 99),
    seconds=st.integers(0, 2),
)
def test_the_same_inputs_give_the_same_plan_and_hash_and_an_edited_body_another(
    btc: int, eth: int, usdt: int, share: int, seconds: int
) -> None:
    lines = [line("USDT", str(usdt), "1"), line("BTC", str(btc), "50000"), line("ETH", str(eth), "2500")]
    percents = {"BTC": str(share), "ETH": str(100 - share)}
    asked = question(lines=lines, percents=percents, priced_ms=T0 + seconds)
    again = question(lines=lines[::-1], percents=dict(reversed(percents.items())), priced_ms=T0 + seconds)
    one, other = body(asked), body(again)
    assert one == other
    assert body_hash(one) == body_hash(other) == body_hash(json.loads(json.dumps(one)))
    for edited in ({"priced_ms": T0 + 3}, {"environment": "live"}, {"account": {"id": 2, "name": "main"}}):
        assert body_hash(one | edited) != body_hash(one)
    one["pairs"][0]["bid"] += "1"
    assert body_hash(one) != body_hash(other)


@settings(deadline=None)  # as above
@given(btc=st.integers(1, 400), eth=st.integers(0, 4000), usdt=st.integers(0, 900_000), share=st.integers(1, 99))
def test_a_stored_plan_can_be_made_again_from_its_body_alone(btc: int, eth: int, usdt: int, share: int) -> None:
    lines = [line("USDT", str(usdt), "1"), line("BTC", str(btc), "50000"), line("ETH", str(eth), "2500")]
    made = json.loads(json.dumps(body(question(lines=lines, percents={"BTC": str(share), "ETH": str(100 - share)}))))
    inputs = inputs_of(made)
    again = plan_body(inputs, make_plan(inputs), Decimal("0.005"))
    assert again["totals"] == made["totals"]
    told = [{name: one[name] for name in one if name != "realized_reason"} for one in made["lines"]]
    assert again["lines"] == told


def test_orders_stand_sells_first_with_what_each_may_bring_at_least() -> None:
    plan = stored(question(readings=readings({name: PRICES[name] for name in ("BTCUSDT", "ETHUSDT")})))
    sell, buy = plan.orders()
    assert (sell.n, sell.action, sell.symbol, sell.side, sell.quantity) == (1, "SELL", "BTCUSDT", "SELL", Decimal(1))
    assert (buy.n, buy.line, buy.action, buy.symbol, buy.side) == (2, 2, "BUY", "ETHUSDT", "BUY")
    assert sell.received == Decimal(49950)
    assert sell.min_received == Decimal(49950) * Decimal("0.995")
    assert buy.spent <= sell.received


def test_fees_are_planned_in_bnb_only_where_the_account_pays_so_and_has_enough() -> None:
    held = [line("BTC", "3", "50000"), line("ETH", "20", "2500")]
    enough, little = [*held, line("BNB", "1", "500")], [*held, line("BNB", "0.05", "500")]
    paid = {
        name: {hop["fee_in_bnb"] for one in body(asked)["lines"] for hop in one["hops"]}
        for name, asked in {
            "enough": question(lines=enough, readings=readings(discount=True)),
            "little": question(lines=little, readings=readings(discount=True)),
            "protected": question(
                lines=enough,
                readings=readings(discount=True),
                settings={"protected": {"BNB": Decimal("0.95")}},
            ),
            "not chosen": question(lines=enough),
        }.items()
    }
    assert paid == {"enough": {True}, "little": {False}, "protected": {False}, "not chosen": {False}}
    cheap = body(question(lines=enough, readings=readings(discount=True)))["totals"]["fees"]
    dear = body(question(lines=enough))["totals"]["fees"]
    assert Decimal(cheap) == Decimal(dear) * Decimal("0.75")


def test_the_profit_of_a_sale_is_told_where_the_cost_is_known_and_unknown_stays_unknown() -> None:
    known = {"BTC": CostView(Decimal(120_000), Decimal(30_000), None, Decimal(3))}
    sale = body(question(costs=known))["lines"][0]
    fee, spread = Decimal(sale["fee"]), Decimal(sale["spread"])
    assert Decimal(sale["realized"]) == Decimal(50_000) - 40_000 - fee - spread
    assert sale["realized_reason"] is None
    unknown = {"BTC": CostView(None, None, "unknown_cost", Decimal(3))}
    told = body(question(costs=unknown))
    assert told["lines"][0]["realized"] is None
    assert told["lines"][0]["realized_reason"] == "unknown_cost"
    assert told["totals"]["realized"] is None


def test_coins_outside_spot_count_in_the_weights_are_named_and_never_sold() -> None:
    lines = [line("BTC", "1", "50000"), line("BTC", "2", "50000", "earn_locked"), line("ETH", "20", "2500")]
    told = body(question(lines=lines, percents={"BTC": "10", "ETH": "90"}))
    sale = told["lines"][0]
    assert sale["asset"] == "BTC"
    assert Decimal(sale["quantity"]) == Decimal(1)
    assert Decimal(sale["weight_before"]) == Decimal("0.75")
    named = {"asset": "BTC", "wallet": "earn_locked", "quantity": "2", "value_usd": "100000"}
    assert told["not_tradable"] == [named]
    assert told["spot"] == {"BTC": "1", "ETH": "20"}


def test_coins_held_in_open_orders_are_named_and_not_sold() -> None:
    lines = [line("BTC", "1", "50000", locked="2"), line("ETH", "20", "2500")]
    told = body(question(lines=lines, percents={"BTC": "10", "ETH": "90"}))
    assert Decimal(told["lines"][0]["quantity"]) == Decimal(1)
    assert [one["quantity"] for one in told["not_tradable"]] == ["2"]
    assert told["spot"]["BTC"] == "3"


def test_coins_without_a_target_are_sold_only_when_the_user_says_so() -> None:
    lines = [line("BTC", "1", "50000"), line("ETH", "20", "2500"), line("SOL", "100", "100")]
    assert actions(question(lines=lines)) == [
        ("SKIP", "BTC", "on_target"),
        ("SKIP", "ETH", "on_target"),
        ("SKIP", "SOL", "no_target"),
    ]
    assert ("SELL", "SOL", None) in actions(question(lines=lines, settings={"sell_untargeted": True}))


def test_a_skipped_line_has_the_numbers_that_caused_it() -> None:
    lines = [line("BTC", "1.004", "50000"), line("ETH", "20", "2500")]
    skipped = body(question(lines=lines))["lines"][0]
    assert skipped["reason"] == "below_minimum"
    assert round(Decimal(skipped["reason_params"]["value"]), 20) == Decimal(100)
    assert Decimal(skipped["reason_params"]["minimum"]) == Decimal("0.005") * Decimal(100_200)


def test_a_rank_filter_keeps_coins_beyond_it_out_and_tells_the_rank() -> None:
    ranked = RankFilter("on", 10, {"BTC": 1, "ETH": 40}, T0)
    told = body(question(rank_filter=ranked))
    skipped = next(one for one in told["lines"] if one["asset"] == "ETH")
    assert skipped["reason"] == "not_ranked"
    assert skipped["reason_params"] == {"max_rank": "10", "rank": "40"}
    off = body(question(rank_filter=RankFilter("no_key", 10)))
    assert off["rank_filter"]["state"] == "no_key"
    assert {one["reason"] for one in off["lines"]} == {None}


def test_orders_go_over_coins_with_deep_markets_only() -> None:
    prices = {"BTCUSDT": "50000", "SOLUSDT": "100", "ETHSOL": "30", "ETHBTC": "0.05"}
    told = body(question(readings=readings(prices), lines=[line("BTC", "1", "50000"), line("SOL", "500", "100")]))
    symbols = {hop["symbol"] for one in told["lines"] for hop in one["hops"]}
    assert "ETHSOL" not in symbols


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"amount": Decimal(0)}, "amount_usd", "above 0"),
        ({"amount": Decimal(-5), "mode": "sell_only"}, "amount_usd", "above 0"),
        ({"mode": "buy_only"}, "amount_usd", "to be put in"),
        ({"mode": "sell_only"}, "amount_usd", "to be raised"),
        ({"mode": "buy_only", "amount": Decimal(1000)}, "amount_usd", "at most 0.00 USDT"),
        ({"mode": "sell_only", "amount": Decimal(10_000_000)}, "amount_usd", "raise less"),
        ({"percents": {"BTC": "50", "NOPE": "50"}}, "allocations", "Not on this exchange: NOPE"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_and_what_to_change(
    change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError, match=words) as refused:
        MANAGER.plan(question(**change))
    assert refused.value.field == field


def test_without_targets_there_is_no_plan() -> None:
    with pytest.raises(NoTargetsError, match="set target weights"):
        MANAGER.plan(question(percents={}))


def test_a_target_without_a_price_is_refused_unless_it_is_excluded() -> None:
    halted = readings(rules=[rules(name, status="BREAK" if name == "SOLUSDT" else "TRADING") for name in PRICES])
    percents = {"BTC": "50", "ETH": "40", "SOL": "10"}
    with pytest.raises(UnpricedAssetError, match="SOL"):
        MANAGER.plan(question(readings=halted, percents=percents))
    excluded = {"excluded": frozenset({"SOL"})}
    assert ("SKIP", "SOL", "excluded") in actions(question(readings=halted, percents=percents, settings=excluded))


def test_an_empty_book_gives_no_price() -> None:
    empty = [replace(offers(name, price), bid=Decimal(0)) for name, price in PRICES.items() if name.startswith("SOL")]
    others = [offers(name, price) for name, price in PRICES.items() if not name.startswith("SOL")]
    with pytest.raises(UnpricedAssetError, match="SOL"):
        MANAGER.plan(question(readings=readings(offers=[*others, *empty]), percents={"BTC": "90", "SOL": "10"}))


def test_a_base_asset_that_nothing_trades_against_is_refused() -> None:
    with pytest.raises(BaseAssetError, match="choose another"):
        MANAGER.plan(question(settings={"base_asset": "BUSD"}))


def test_pairs_that_the_account_may_not_trade_are_not_used_and_price_all_the_same() -> None:
    closed = [replace(one, permission_sets=(frozenset({"LEVERAGED"}),)) for one in readings().rules]
    with pytest.raises(BaseAssetError):
        MANAGER.plan(question(readings=readings(rules=closed)))
    rights = TradingRights(True, frozenset({"LEVERAGED"}), readings().rights.rates)
    assert body(question(readings=readings(rules=closed, rights=rights)))["lines"][0]["action"] == "SELL"


def test_an_order_stays_two_percent_clear_of_the_least_notional() -> None:
    pair = next(one for one in body(question())["pairs"] if one["symbol"] == "BTCUSDT")
    assert Decimal(pair["min_notional"]) == Decimal("5.1")


def sync(**more: Any) -> SyncState:
    names = SyncState.__dataclass_fields__
    quiet: dict[str, Any] = dict.fromkeys(names) | {"account_id": 1, "unreconciled": (), "unpriced": (), "wallets": ()}
    quiet |= {"import_complete": True, "flows_only": False, "depegged": False}
    return SyncState(**{**quiet, **more})


def test_a_plan_on_doubtful_data_says_why_it_may_not_be_executed() -> None:
    asked = question()
    unknown = replace(asked.valuation, wallets=(WalletState("funding", "unknown", T0, "exchange-unavailable"),))
    assert why_blocked(sync(), asked.valuation) == []
    found = [
        why_blocked(sync(import_complete=False), asked.valuation),
        why_blocked(sync(unreconciled=("BTC",)), asked.valuation),
        why_blocked(sync(), unknown),
        why_blocked(sync(moved_at_ms=T0), asked.valuation),
    ]
    codes = [[code for code, _ in one] for one in found]
    assert codes == [["history-importing"], ["not-reconciled"], ["wallet-unknown"], ["balances-moving"]]
    blocked = stored(question(blocked=found[1]))
    assert not blocked.executable
    assert "BTC" in blocked.body["blocked"][0]["detail"]
    assert stored(asked).executable
