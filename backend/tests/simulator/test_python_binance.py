"""The unmodified python-binance client works against the simulator."""

import time
from decimal import Decimal
from typing import Any, Final

import pytest
from binance.client import Client
from binance.exceptions import BinanceAPIException

from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def client(simulator: SimulatorProcess) -> Client:
    class SimulatorClient(Client):  # type: ignore[misc]  # python-binance carries no types
        API_URL = simulator.url + "/api"
        MARGIN_API_URL = simulator.url + "/sapi"
        FUTURES_URL = simulator.url + "/fapi"
        FUTURES_COIN_URL = simulator.url + "/dapi"

    made = SimulatorClient("key", "secret", ping=False)
    made.session.trust_env = False
    exchange_ms = simulator.get("/api/v3/time").json()["serverTime"]
    made.timestamp_offset = exchange_ms - int(time.time() * 1000)
    return made


def test_ping_and_time_answer(client: Client) -> None:
    assert client.ping() == {}
    assert client.get_server_time()["serverTime"] >= 1780315230000  # 2026-06-01T12:00:30Z


def test_exchange_info_lists_at_least_sixty_symbols(client: Client) -> None:
    listed = {row["symbol"] for row in client.get_exchange_info()["symbols"]}
    assert len(listed) >= 60
    assert {"BTCUSDT", "ETHUSDT", "ETHBTC", "BNBBTC", "BNBUSDT", "USDCUSDT", "EURUSDT", "USDTTRY"} <= listed
    assert client.get_symbol_info("BTCUSDT")["baseAsset"] == "BTC"


def test_klines_of_every_interval_end_with_the_running_candle(client: Client) -> None:
    now = client.get_server_time()["serverTime"]
    for interval in ("1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"):
        rows = client.get_klines(symbol="BTCUSDT", interval=interval, limit=3)
        assert len(rows) == 3
        assert rows[-1][0] <= client.get_server_time()["serverTime"]
        assert rows[-1][6] >= now, interval
        assert all(len(row) == 12 for row in rows)


def test_a_market_order_moves_the_balances_and_shows_in_orders_and_trades(client: Client) -> None:
    before = Decimal(client.get_asset_balance("BTC")["free"])
    order = client.create_order(
        symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.01000", newClientOrderId="mine-1"
    )
    assert (order["status"], order["clientOrderId"]) == ("FILLED", "mine-1")
    (fill,) = order["fills"]
    assert fill["commissionAsset"] == "BNB"
    assert Decimal(client.get_asset_balance("BTC")["free"]) == before + Decimal("0.01")
    found = client.get_order(symbol="BTCUSDT", origClientOrderId="mine-1")
    assert found["orderId"] == order["orderId"]
    assert found["cummulativeQuoteQty"] == order["cummulativeQuoteQty"]
    trades = client.get_my_trades(symbol="BTCUSDT", orderId=order["orderId"])
    assert [(row["id"], row["price"]) for row in trades] == [(fill["tradeId"], fill["price"])]
    assert client.get_all_orders(symbol="BTCUSDT")[-1]["orderId"] == order["orderId"]
    assert client.get_open_orders() == []


def test_a_test_order_checks_the_filters_and_moves_nothing(client: Client) -> None:
    before = client.get_account()["balances"]
    assert client.create_test_order(symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.01") == {}
    with pytest.raises(BinanceAPIException) as refused:
        client.create_test_order(symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.000001")
    assert (refused.value.code, refused.value.message) == (-1013, "Filter failure: LOT_SIZE")
    assert client.get_account()["balances"] == before


def test_deposits_withdrawals_permissions_and_coins_answer(client: Client, simulator: SimulatorProcess) -> None:
    simulator.control("/sim/deposit", {"api_key": "key", "asset": "ETH", "amount": "1.5", "at": "2026-05-01T10:00:00Z"})
    simulator.control(
        "/sim/withdraw",
        {"api_key": "key", "asset": "ETH", "amount": "0.5", "fee": "0.001", "at": "2026-05-02T11:12:13Z"},
    )
    (deposit,) = client.get_deposit_history(coin="ETH")
    assert (deposit["amount"], deposit["insertTime"], deposit["status"]) == ("1.5", 1777629600000, 1)
    (withdrawal,) = client.get_withdraw_history(coin="ETH")
    assert (withdrawal["amount"], withdrawal["transactionFee"]) == ("0.5", "0.001")
    assert withdrawal["applyTime"] == "2026-05-02 11:12:13"
    assert client.get_account_api_permissions()["enableReading"] is True
    assert {"BTC", "ETH", "USDT"} <= {row["coin"] for row in client.get_all_coins_info()}
    assert client.get_trade_fee(symbol="BTCUSDT")[0]["takerCommission"] == "0.001"
    assert client.get_system_status()["status"] == 0


def test_a_wrong_secret_is_refused_with_the_exchanges_code(simulator: SimulatorProcess, client: Client) -> None:
    stranger = type(client)("key", "wrong", ping=False)
    stranger.session.trust_env = False
    stranger.timestamp_offset = client.timestamp_offset
    with pytest.raises(BinanceAPIException) as refused:
        stranger.get_account()
    assert refused.value.code == -1022


READS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    *((name, {}) for name in ("funding_wallet", "get_user_asset", "get_margin_account", "get_isolated_margin_account")),
    *((name, {}) for name in ("get_simple_earn_account", "get_simple_earn_flexible_product_position")),
    *((name, {}) for name in ("get_simple_earn_locked_product_position", "margin_v1_get_asset_wallet_balance")),
    ("get_account_snapshot", {"type": "SPOT"}),
    *((name, {}) for name in ("get_asset_dividend_history", "get_dust_log", "get_pay_trade_history")),
    *((name, {}) for name in ("get_c2c_trade_history", "get_sub_account_list", "get_sub_account_transfer_history")),
    ("get_convert_trade_history", {"startTime": 1_780_000_000_000, "endTime": 1_780_000_000_001}),
    ("get_fiat_deposit_withdraw_history", {"transactionType": 0}),
    ("get_fiat_payments_history", {"transactionType": 1}),
    ("query_universal_transfer_history", {"type": "MAIN_UMFUTURE"}),
    ("margin_get_borrow_repay_records", {"type": "BORROW"}),
    *((name, {}) for name in ("futures_account", "futures_account_balance", "futures_position_information")),
    *((name, {}) for name in ("futures_income_history", "futures_mark_price", "futures_exchange_info")),
    *((name, {}) for name in ("futures_symbol_ticker", "futures_get_multi_assets_mode", "futures_get_position_mode")),
    ("futures_account_trades", {"symbol": "BTCUSDT"}),
    ("futures_klines", {"symbol": "BTCUSDT", "interval": "1h"}),
    *((name, {}) for name in ("futures_coin_account", "futures_coin_account_balance", "futures_coin_income_history")),
    *((name, {}) for name in ("futures_coin_position_information", "futures_coin_mark_price")),
    *((name, {}) for name in ("get_open_orders", "get_current_order_count", "get_account_status", "get_trade_fee")),
    *((name, {}) for name in ("get_account_api_permissions", "get_system_status", "get_asset_details")),
)


@pytest.mark.parametrize(("name", "params"), READS, ids=[name for name, _ in READS])
def test_every_wallet_and_history_can_be_read(client: Client, name: str, params: dict[str, Any]) -> None:
    assert isinstance(getattr(client, name)(**params), dict | list)


def test_a_limit_order_rests_and_is_cancelled(client: Client) -> None:
    order = client.order_limit_buy(symbol="BTCUSDT", quantity="0.001", price="40000.00")
    assert [row["orderId"] for row in client.get_open_orders(symbol="BTCUSDT")] == [order["orderId"]]
    assert client.cancel_order(symbol="BTCUSDT", orderId=order["orderId"])["status"] == "CANCELED"
    assert client.get_open_orders() == []


def test_a_listen_key_is_kept_alive_and_closed(client: Client) -> None:
    key = client.futures_stream_get_listen_key()
    client.futures_stream_keepalive(key)
    client.futures_stream_close(key)
    assert client.futures_stream_get_listen_key() != key
