"""What the simulator answers passes the same border as what Binance answers, with the money that was put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest

from backend.core.model.wallets import Wallet
from backend.core.wallet_fold import fold_flexible
from backend.exchange.binance import (
    futures_parse,
    history_parse,
    market_parse,
    orders_parse,
    rules_parse,
    wallets_parse,
)
from backend.tests.simulator.world import KEY, World

DAY: Final = 86_400_000
USDM, COINM = Wallet.FUTURES_USDM, Wallet.FUTURES_COINM
MOVES: Final = ("funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An account with money in every wallet and something in every history."""
    made = World(tmp_path_factory.mktemp("simulator"))
    made.open_account(created_at="2026-01-01T00:00:00Z")
    made.control("/sim/prices", {"BTCUSDT": "50000", "BNBUSDT": "500"})
    made.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000", "at": "2026-01-02T00:00:00Z"})
    for wallet in MOVES:
        body = {"api_key": KEY, "from": "spot", "to": wallet, "asset": "USDT", "amount": "100"}
        made.control("/sim/transfer", body)
    made.control("/sim/trade", {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.01"})
    futures = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.001", "market": "usdm"}
    made.control("/sim/trade", futures)
    made.open_account(api_key="sub", name="child", master=KEY)
    events: list[dict[str, Any]] = [
        {"kind": "convert", "from_asset": "USDT", "from_amount": "100", "to_asset": "BTC", "to_amount": "0.002"},
        {"kind": "dust", "assets": {"USDT": "5"}},
        {"kind": "fiat_deposit", "fiat": "EUR", "amount": "95", "fee": "5", "status": "Successful"},
        {"kind": "fiat_buy", "asset": "BTC", "amount": "0.01", "fiat": "EUR", "paid": "900", "fee": "9",
         "method": "Credit Card"},
        {"kind": "p2p", "side": "BUY", "asset": "USDT", "amount": "200", "fiat": "EUR", "price": "0.9"},
        {"kind": "pay", "asset": "USDT", "amount": "50", "direction": "out"},
        {"kind": "borrow", "asset": "USDT", "amount": "100"},
        {"kind": "interest", "asset": "USDT", "amount": "2"},
        {"kind": "sub_transfer", "to_key": "sub", "asset": "USDT", "amount": "40"},
    ]  # fmt: skip
    for event in events:
        made.control("/sim/event", {"api_key": KEY, **event})
    made.control("/sim/reward", {"api_key": KEY, "asset": "BNB", "amount": "0.01", "kind": "airdrop"})
    yield made
    made.close()


def asked(world: World, path: str, method: str = "GET", **params: Any) -> Any:
    answer = world.signed(method, path, **params)
    assert answer.status == 200, answer.answer.body
    return answer.json()


SIGNED: Final[tuple[tuple[str, dict[str, Any], Callable[[Any], Any]], ...]] = (
    ("/sapi/v1/capital/config/getall", {}, wallets_parse.coins),
    ("/sapi/v1/asset/wallet/balance", {"quoteAsset": "USDT"}, wallets_parse.wallet_totals),
    ("/sapi/v1/accountSnapshot", {"type": "SPOT"}, wallets_parse.day_snapshots),
    ("/sapi/v1/account/status", {}, market_parse.account_status),
    ("/sapi/v1/sub-account/list", {}, market_parse.sub_accounts),
    ("/api/v3/account/commission", {"symbol": "BTCUSDT"}, orders_parse.commission),
    ("/sapi/v1/asset/tradeFee", {}, orders_parse.trade_fees),
    ("/api/v3/rateLimit/order", {}, orders_parse.order_counts),
    ("/api/v3/allOrders", {"symbol": "BTCUSDT"}, orders_parse.orders),
    ("/api/v3/myTrades", {"symbol": "BTCUSDT"}, orders_parse.account_trades),
    ("/sapi/v2/eth-staking/account", {}, wallets_parse.eth_staking),
    ("/sapi/v1/sol-staking/account", {}, wallets_parse.sol_staking),
    ("/sapi/v1/simple-earn/account", {}, wallets_parse.earn_totals),
    ("/fapi/v2/account", {}, partial(futures_parse.account, wallet=USDM)),
    ("/fapi/v3/balance", {}, partial(futures_parse.balances, wallet=USDM)),
    ("/fapi/v3/positionRisk", {}, partial(futures_parse.positions, wallet=USDM)),
    ("/fapi/v1/userTrades", {"symbol": "BTCUSDT"}, futures_parse.trades),
    ("/fapi/v1/income", {}, futures_parse.income),
    ("/dapi/v1/account", {}, partial(futures_parse.account, wallet=COINM)),
    ("/dapi/v1/balance", {}, partial(futures_parse.balances, wallet=COINM)),
    ("/sapi/v1/sub-account/sub/transfer/history", {}, history_parse.sub_account_transfers),
    ("/sapi/v1/pay/transactions", {}, history_parse.pay_transactions),
)
PAGES: Final[tuple[tuple[str, dict[str, Any], Callable[[Any], Any]], ...]] = (
    ("/sapi/v1/asset/transfer", {"type": "MAIN_UMFUTURE"}, history_parse.wallet_transfers),
    ("/sapi/v1/asset/dribblet", {}, history_parse.dust),
    ("/sapi/v1/asset/assetDividend", {}, history_parse.dividends),
    ("/sapi/v1/fiat/orders", {"transactionType": "0"}, history_parse.fiat_orders),
    ("/sapi/v1/fiat/payments", {"transactionType": "0"}, history_parse.fiat_payments),
    ("/sapi/v1/c2c/orderMatch/listUserOrderHistory", {"tradeType": "BUY"}, history_parse.p2p_orders),
    ("/sapi/v1/margin/interestHistory", {}, history_parse.margin_interest),
    ("/sapi/v1/margin/borrow-repay", {"type": "BORROW"}, history_parse.margin_loans),
    ("/sapi/v1/sub-account/universalTransfer", {}, history_parse.universal_transfers),
    ("/sapi/v1/simple-earn/flexible/position", {}, wallets_parse.flexible_positions),
    ("/sapi/v1/simple-earn/locked/position", {}, wallets_parse.locked_positions),
    ("/sapi/v1/simple-earn/flexible/history/subscriptionRecord", {}, history_parse.flexible_subscriptions),
    ("/sapi/v1/simple-earn/locked/history/subscriptionRecord", {}, history_parse.locked_subscriptions),
)
PUBLIC: Final[tuple[tuple[str, Callable[[Any], Any]], ...]] = (
    ("/api/v3/exchangeInfo", rules_parse.symbol_rules),
    ("/api/v3/exchangeInfo", rules_parse.rate_limits),
    ("/fapi/v1/exchangeInfo", rules_parse.symbol_rules),
    ("/dapi/v1/exchangeInfo", rules_parse.symbol_rules),
    ("/api/v3/ticker/price", market_parse.prices),
    ("/api/v3/ticker/bookTicker", market_parse.best_offers),
    ("/fapi/v1/premiumIndex", futures_parse.mark_prices),
    ("/fapi/v1/assetIndex", futures_parse.asset_indices),
    ("/fapi/v2/ticker/price", market_parse.prices),
)


@pytest.mark.parametrize(("path", "params", "read"), SIGNED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_signed_answer_is_read(world: World, path: str, params: dict[str, Any], read: Callable[[Any], Any]) -> None:
    assert read(asked(world, path, **params))


@pytest.mark.parametrize(("path", "params", "read"), PAGES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_page_of_a_history_is_read(
    world: World, path: str, params: dict[str, Any], read: Callable[[Any], Any]
) -> None:
    assert read(asked(world, path, **params)).rows


@pytest.mark.parametrize(("path", "read"), PUBLIC, ids=lambda value: value if isinstance(value, str) else "")
def test_a_public_answer_is_read(world: World, path: str, read: Callable[[Any], Any]) -> None:
    assert read(world.get(path).json())


def test_converts_are_read(world: World) -> None:
    bounds: dict[str, Any] = {"startTime": world.now - 30 * DAY + 1, "endTime": world.now}
    (found,) = history_parse.conversions(asked(world, "/sapi/v1/convert/tradeFlow", **bounds)).rows
    assert (found.from_asset, found.from_amount, found.to_amount) == ("USDT", Decimal(100), Decimal("0.002"))


def test_a_sub_accounts_own_view_is_read(world: World) -> None:
    answer = world.signed("GET", "/sapi/v1/sub-account/transfer/subUserHistory", key="sub", type=1).json()
    (found,) = history_parse.own_sub_account_transfers(answer)
    assert (found.towards, found.amount) == ("in", Decimal(40))


def test_each_wallet_holds_what_was_moved_there(world: World) -> None:
    (held,) = wallets_parse.funding(asked(world, "/sapi/v1/asset/get-funding-asset", "POST"))
    assert held.net == Decimal(100 + 200 - 50)
    (margin,) = [row for row in wallets_parse.cross_margin(asked(world, "/sapi/v1/margin/account")) if row.net]
    assert (margin.borrowed, margin.interest, margin.net) == (Decimal(100), Decimal(2), Decimal(98))
    isolated = wallets_parse.isolated_margin(asked(world, "/sapi/v1/margin/isolated/account"))
    assert [row.net for row in isolated if row.net] == [Decimal(100)]
    account = futures_parse.account(asked(world, "/fapi/v3/account"), USDM)
    (position,) = account.positions
    assert (position.symbol, position.quantity) == ("BTCUSDT", Decimal("0.001"))


def test_flexible_earn_is_counted_once(world: World) -> None:
    spot = wallets_parse.spot_account(asked(world, "/api/v3/account"))
    positions = wallets_parse.flexible_positions(asked(world, "/sapi/v1/simple-earn/flexible/position")).rows
    listed = {coin.asset for coin in wallets_parse.coins(asked(world, "/sapi/v1/capital/config/getall"))}
    assert "LDUSDT" in {row.asset for row in spot}
    for known in (positions, None):
        found = fold_flexible(spot, known, listed)
        flexible = [row for row in found if row.wallet is Wallet.EARN_FLEXIBLE]
        assert [(row.asset, row.net) for row in flexible] == [("USDT", Decimal(100))]
        assert "LDUSDT" not in {row.asset for row in found}
