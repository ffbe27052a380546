"""What the market gives: inverse and cross pairs, coins without a price, halted and delisted ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from backend.core.model.valuation import PricedBalance
from backend.tests.integration.services.conftest import Bourse, Rig


def lines(rig: Rig) -> dict[str, PricedBalance]:
    return {line.balance.asset: line for line in rig.step().lines}


def test_every_kind_of_pair_is_valued_as_the_market_says(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(
        USDT="10", BTC="0.1", TRY="100000", BRL="5000", EUR="200", USDC="50", WBETH="0.5", SHIB="9000000"
    )
    rig = make_rig(bourse)
    found = lines(rig)
    ticker = {row["symbol"]: Decimal(row["lastPrice"]) for row in bourse.simulator.get("/api/v3/ticker/24hr").json()}
    for asset in ("BTC", "EUR", "USDC", "WBETH", "SHIB"):
        assert found[asset].value == found[asset].balance.total * ticker[asset + "USDT"]
    for asset in ("TRY", "BRL"):
        exact = found[asset].balance.total / ticker["USDT" + asset]
        assert found[asset].value == pytest.approx(exact, rel=Decimal("1e-24"))
    assert found["USDT"].value == 10
    assert all(line.reason is None for line in found.values())
    # The snapshots of the past follow the same routes.
    last = rig.rows()[-1]
    for asset in ("TRY", "BRL"):
        price = last.composition[asset].price
        assert price == pytest.approx(bourse.price(asset, last.at_ms), rel=Decimal("1e-24"))
    assert last.value == pytest.approx(bourse.value_before(last.at_ms), rel=Decimal("1e-24"))


def test_in_another_reporting_currency_the_total_is_the_same_money(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.1", EUR="200")
    rig = make_rig(bourse, reporting="EUR")
    found = lines(rig)
    ticker = {row["symbol"]: Decimal(row["lastPrice"]) for row in bourse.simulator.get("/api/v3/ticker/24hr").json()}
    assert found["EUR"].value == 200
    assert found["BTC"].value == Decimal("0.1") * ticker["BTCEUR"]
    assert found["USDT"].value == pytest.approx(1000 / ticker["EURUSDT"], rel=Decimal("1e-24"))
    assert {row.status for row in rig.rows()} == {"exact"}


def test_a_coin_without_any_pair_is_listed_and_never_zero(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", GHOST="5")
    rig = make_rig(bourse)
    found = lines(rig)
    assert (found["GHOST"].price, found["GHOST"].value, found["GHOST"].reason) == (None, None, "no_price")
    view = rig.portfolio.balances(None)
    assert view.total == 1000
    assert (view.complete, view.status, list(view.unpriced)) == (False, "estimated", ["GHOST"])
    (flow,) = (flow for flow in rig.flows() if flow.asset == "GHOST")
    assert (flow.amount, flow.price, flow.status, flow.reason) == (None, None, "unavailable", "no_price")
    last = rig.rows()[-1]
    assert last.composition["GHOST"].price is None
    assert last.value == 1000
    assert (last.status, last.reason) == ("estimated", "no_price:GHOST")
    window = rig.tracker.window(0, None)
    assert window.figures is not None
    assert window.figures.status == "estimated"


def test_a_halted_pair_keeps_the_last_price_and_says_so(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", DOT="10", LTC="2")
    rig = make_rig(bourse)
    bourse.set_status("DOTUSDT", "BREAK")
    bourse.set_status("LTCUSDT", "BREAK")
    found = lines(rig)
    assert found["DOT"].value is not None
    assert found["DOT"].reason == "not_trading"
    # Litecoin still trades against bitcoin.
    assert found["LTC"].reason is None
    ticker = {row["symbol"]: Decimal(row["lastPrice"]) for row in bourse.simulator.get("/api/v3/ticker/24hr").json()}
    assert found["LTC"].price == ticker["LTCBTC"] * ticker["BTCUSDT"]
    view = rig.portfolio.balances(None)
    assert (view.status, view.reason) == ("estimated", "old_price")


def test_a_coin_delisted_between_two_looks_keeps_its_last_price_and_is_marked(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", DOT="10", BTC="0.1")
    rig = make_rig(bourse)
    rig.step()
    last_price = rig.rows()[-1].composition["DOT"].price
    # The list of symbols is kept for ten minutes: the program does not know yet.
    bourse.set_status("DOTUSDT", "DELISTED")
    found = lines(rig)
    assert (found["DOT"].price, found["DOT"].reason) == (last_price, "not_trading")
    assert found["BTC"].reason is None
    assert rig.portfolio.balances(None).status == "estimated"
    before = rig.rows()
    bourse.pass_s(3600)
    rig.step()
    last = rig.rows()[-1]
    assert rig.rows()[: len(before)] == before
    assert (last.composition["DOT"].price, last.reason) == (last_price, "old_price:DOT")


def test_the_past_of_a_delisted_coin_survives_a_recomputation(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", DOT="10")
    rig = make_rig(bourse)
    rig.step()
    before = {row.at_ms: row for row in rig.rows()}
    bourse.set_status("DOTUSDT", "DELISTED")
    bourse.do("deposit", asset="USDT", amount="100", at="2026-05-28T12:30:00Z")
    rig.step()
    for row in rig.rows():
        known = before.get(row.at_ms)
        if known is not None:
            assert row.composition.get("DOT") == known.composition.get("DOT")
            assert row.status == "exact"
    late = next(row for row in rig.rows() if row.flow == 100)
    assert (late.status, late.reason) == ("estimated", "old_price:DOT")


def test_a_price_that_vanishes_and_returns_is_unknown_in_between(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", ATOM="10")
    rig = make_rig(bourse)
    rig.step()
    bourse.simulator.control("/sim/prices", {"ATOMUSDT": None})
    try:
        assert lines(rig)["ATOM"].value is None
    finally:
        bourse.simulator.control("/sim/prices", {"ATOMUSDT": "free"})
    assert lines(rig)["ATOM"].value is not None
    assert rig.sync().unpriced == ()


def test_a_pinned_price_moves_the_value_by_exactly_its_move(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", ATOM="10")
    rig = make_rig(bourse)
    try:
        for price in ("3", "3.5"):
            bourse.simulator.control("/sim/prices", {"ATOMUSDT": price})
            assert rig.step().total == 1000 + 10 * Decimal(price)
    finally:
        bourse.simulator.control("/sim/prices", {"ATOMUSDT": "free"})
