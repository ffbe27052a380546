"""The account's orders: `core.trade_ports.TradingExchange` over python-binance's client. Built for real runs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.amounts import ZERO, plain
from backend.core.trade_ports import BookDepth, Held, OrderToSend, Payment, Quote
from backend.exchange.binance import income, market_parse, orders_parse, parse, rules_parse
from backend.exchange.binance.client import ApiClient, Stamp

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade, Order
    from backend.core.model.trading_rules import SymbolRules
    from backend.exchange.binance.library import Client

# A failed order costs weight, one that is taken does not.
ORDER_WEIGHT: Final = 1
FIND_WEIGHT: Final = 4
OPEN_ORDERS_WEIGHT: Final = 6
TRADES_WEIGHT: Final = 20
TRADES_OF_ORDER_WEIGHT: Final = 5
ACCOUNT_WEIGHT: Final = 20
OFFER_WEIGHT: Final = 2
# Up to so many levels, so much weight.
DEPTH_WEIGHTS: Final = ((100, 5), (500, 25), (1000, 50), (5000, 250))
RULES_WEIGHT: Final = 20
DIVIDENDS_WEIGHT: Final = 10
ROWS_A_PAGE: Final = 1000


class BinanceTrading:
    """One account, one thread at a time. `tells_income`: the environment has the history of income."""

    def __init__(self, client: ApiClient, tells_income: bool) -> None:
        self._client = client
        self._tells_income = tells_income
        # Orders go before whatever else the installation reads.
        client.for_user = True

    def stamp_ms(self) -> int:
        return self._client.stamp_ms()

    def measure_clock(self) -> None:
        self._client.measure_clock()

    def server_time_ms(self) -> int:
        return self._client.server_time_ms()

    def place(self, order: OrderToSend) -> Order:
        amount = {} if order.quantity is None else {"quantity": plain(order.quantity)}
        if order.quote_quantity is not None:
            amount["quoteOrderQty"] = plain(order.quote_quantity)

        def call(client: Client) -> object:
            return client.create_order(
                symbol=order.symbol,
                side=order.side,
                type="MARKET",
                **amount,
                newClientOrderId=order.client_order_id,
                newOrderRespType="RESULT",
            )

        stamp = Stamp(order.stamp_ms, order.recv_window_ms)
        return self._client.send_once("api", ORDER_WEIGHT, stamp, call, orders_parse.order)

    def find(self, symbol: str, client_order_id: str) -> Order:
        return self._client.signed(
            "api",
            FIND_WEIGHT,
            lambda client: client.get_order(symbol=symbol, origClientOrderId=client_order_id),
            orders_parse.order,
        )

    def open_orders(self, symbol: str) -> Sequence[Order]:
        return self._client.signed(
            "api", OPEN_ORDERS_WEIGHT, lambda client: client.get_open_orders(symbol=symbol), orders_parse.orders
        )

    def trades_of(self, symbol: str, order_id: str) -> Sequence[AccountTrade]:
        return self._client.signed(
            "api",
            TRADES_OF_ORDER_WEIGHT,
            lambda client: client.get_my_trades(symbol=symbol, orderId=order_id, limit=ROWS_A_PAGE),
            orders_parse.account_trades,
        )

    def trades_since(self, symbol: str, since_ms: int) -> Sequence[AccountTrade]:
        return self._client.signed(
            "api",
            TRADES_WEIGHT,
            lambda client: client.get_my_trades(symbol=symbol, startTime=since_ms, limit=ROWS_A_PAGE),
            orders_parse.account_trades,
        )

    def held(self) -> Mapping[str, Held]:
        found = self._client.signed(
            "api", ACCOUNT_WEIGHT, lambda client: client.get_account(omitZeroBalances="true"), parse.balances
        )
        return {one.asset: Held(one.free, one.locked) for one in found if one.total != ZERO}

    def payments_since(self, since_ms: int) -> Sequence[Payment]:
        if not self._tells_income:
            return []
        return self._client.signed(
            "sapi_ip",
            DIVIDENDS_WEIGHT,
            lambda client: client.get_asset_dividend_history(startTime=since_ms, limit=income.MOST_DIVIDENDS),
            income.payments,
        )

    def quote(self, symbol: str) -> Quote:
        offers = self._client.read(
            "api",
            OFFER_WEIGHT,
            lambda client: client.get_orderbook_ticker(symbol=symbol),
            market_parse.best_offers,
        )
        prices = self._client.read(
            "api", OFFER_WEIGHT, lambda client: client.get_symbol_ticker(symbol=symbol), market_parse.prices
        )
        ours = [one for one in offers if one.symbol == symbol]
        last = [one for one in prices if one.symbol == symbol]
        if not ours or not last or ours[0].bid <= ZERO or ours[0].ask <= ZERO:
            raise ExchangeUnavailableError(f"The exchange tells no price of {symbol}")
        return Quote(ours[0].bid, ours[0].ask, last[0].price)

    def depth(self, symbol: str, levels: int) -> BookDepth:
        weight = next((weight for most, weight in DEPTH_WEIGHTS if levels <= most), DEPTH_WEIGHTS[-1][1])
        return self._client.read(
            "api", weight, lambda client: client.get_order_book(symbol=symbol, limit=levels), market_parse.book_depth
        )

    def rules(self, symbol: str) -> SymbolRules:
        found = self._client.read(
            "api",
            RULES_WEIGHT,
            lambda client: client._get("exchangeInfo", data={"symbol": symbol}),
            rules_parse.symbol_rules,
        )
        ours = [one for one in found if one.symbol.name == symbol]
        if not ours:
            raise ExchangeUnavailableError(f"The exchange tells no rules of {symbol}")
        return ours[0]
