"""What each sample about futures, orders and prices says, by the names of its own fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from backend.core.model.wallets import Wallet
from backend.exchange.binance import futures_parse, market_parse, orders_parse, rules_parse
from backend.tests.unit.exchange.wallets.samples import DOCS, NAUTILUS, NET, Family, attribute, part, whole
from backend.tests.unit.exchange.wallets.wallet_families import SPOT_ACCOUNTS

USDM, COINM = Wallet.FUTURES_USDM, Wallet.FUTURES_COINM
CASH: Final = {
    "asset": "asset", "wallet_balance": "balance", "cross_balance": "crossWalletBalance",
    "cross_unrealized": "crossUnPnl", "available": "availableBalance", "updated_ms": "updateTime",
}  # fmt: skip
FUTURES_ASSET: Final = {
    "asset": "asset", "wallet_balance": "walletBalance", "unrealized": "unrealizedProfit",
    "margin_balance": "marginBalance", "available": "availableBalance", "updated_ms": "updateTime",
}  # fmt: skip
ACCOUNT_POSITION: Final = {
    "symbol": "symbol", "side": "positionSide", "quantity": "positionAmt", "unrealized": "unrealizedProfit",
    "entry_price": "entryPrice", "break_even_price": "breakEvenPrice", "updated_ms": "updateTime",
}  # fmt: skip
POSITION: Final = {
    **ACCOUNT_POSITION, "unrealized": "unRealizedProfit", "mark_price": "markPrice", "notional": "notional",
    "liquidation_price": "liquidationPrice", "margin_asset": "marginAsset",
}  # fmt: skip
FUTURES_TRADE: Final = {
    "symbol": "symbol", "trade_id": "id", "order_id": "orderId", "side": "side", "position_side": "positionSide",
    "price": "price", "quantity": "qty", "quote_quantity": "quoteQty", "realized": "realizedPnl",
    "commission": "commission", "commission_asset": "commissionAsset", "maker": "maker", "at_ms": "time",
}  # fmt: skip
FUTURES_ORDER: Final = {
    "symbol": "symbol", "order_id": "orderId", "client_id": "clientOrderId", "status": "status", "kind": "type",
    "side": "side", "position_side": "positionSide", "time_in_force": "timeInForce", "price": "price",
    "quantity": "origQty", "executed": "executedQty", "executed_quote": "cumQuote", "average_price": "avgPrice",
    "stop_price": "stopPrice", "reduce_only": "reduceOnly", "updated_ms": "updateTime",
}  # fmt: skip
ORDER: Final = {
    "symbol": "symbol", "order_id": "orderId", "client_id": "clientOrderId", "status": "status", "kind": "type",
    "side": "side", "time_in_force": "timeInForce", "price": "price", "quantity": "origQty", "executed": "executedQty",
    "executed_quote": "cummulativeQuoteQty", "quote_ordered": "origQuoteOrderQty", "stop_price": "stopPrice",
    "placed_ms": "time", "updated_ms": "updateTime", "expiry_reason": "expiryReason",
}  # fmt: skip
ANSWERED: Final = {**ORDER, "updated_ms": "transactTime"}
CANCELLED: Final = {**ANSWERED, "client_id": "origClientOrderId"}
FILL: Final = {
    "price": "price", "quantity": "qty", "commission": "commission", "commission_asset": "commissionAsset",
    "trade_id": "tradeId",
}  # fmt: skip
MARK: Final = {
    "symbol": "symbol", "mark_price": "markPrice", "index_price": "indexPrice", "funding_rate": "lastFundingRate",
    "next_funding_ms": "nextFundingTime", "at_ms": "time",
}  # fmt: skip
RATE_LIMIT: Final = {"kind": "rateLimitType", "interval": "interval", "intervals": "intervalNum", "limit": "limit"}
OFFERS: Final = {
    "symbol": "symbol", "bid": "bidPrice", "bid_quantity": "bidQty", "ask": "askPrice", "ask_quantity": "askQty",
}  # fmt: skip
INCOME: Final = {
    "kind": "incomeType", "asset": "asset", "amount": "income", "at_ms": "time", "transaction_id": "tranId",
    "symbol": "symbol", "trade_id": "tradeId", "note": "info",
}  # fmt: skip

V2 = (DOCS + "get_fapi_v2_account", NET + "usdfutures-GetAccountInfo", NAUTILUS + "futures-account_info_v2")
V3 = (DOCS + "get_fapi_v3_account", NET + "usdfutures-GetAccountInfoV3")
COIN_ACCOUNTS = (DOCS + "get_dapi_v1_account", NET + "coinfutures-GetAccountInfo")
CANCELS = (
    DOCS + "delete_api_v3_order", NET + "spot-CancelOrder", NAUTILUS + "spot-cancel_order_response",
)  # fmt: skip
PLACED = (NET + "spot-PlaceOrder", NAUTILUS + "spot-new_order_full_response")

TRADING: Final[Mapping[str, Family]] = {
    "account rates": Family(
        lambda answer: [orders_parse.account_rates(answer)],
        part("commissionRates"),
        {"maker": "maker", "taker": "taker", "buyer": "buyer", "seller": "seller"},
        SPOT_ACCOUNTS,
    ),
    "USD-M assets": Family(
        attribute(partial(futures_parse.account, wallet=USDM), "assets"),
        part("assets"),
        {**FUTURES_ASSET, "wallet": "=futures_usdm"},
        V2 + V3,
    ),
    "COIN-M assets": Family(
        attribute(partial(futures_parse.account, wallet=COINM), "assets"),
        part("assets"),
        {**FUTURES_ASSET, "wallet": "=futures_coinm"},
        COIN_ACCOUNTS,
    ),
    "USD-M positions of the account": Family(
        attribute(partial(futures_parse.account, wallet=USDM), "positions"),
        part("positions"),
        {**ACCOUNT_POSITION, "notional": "notional"},
        V2 + V3,
    ),
    "COIN-M positions of the account": Family(
        attribute(partial(futures_parse.account, wallet=COINM), "positions"),
        part("positions"),
        {**ACCOUNT_POSITION, "notional": "notionalValue"},
        COIN_ACCOUNTS,
    ),
    "USD-M balances": Family(
        partial(futures_parse.balances, wallet=USDM),
        whole,
        {**CASH, "wallet": "=futures_usdm"},
        (
            DOCS + "get_fapi_v2_balance",
            DOCS + "get_fapi_v3_balance",
            NET + "usdfutures-GetBalances",
            NAUTILUS + "futures-balance",
        ),
    ),
    "COIN-M balances": Family(
        partial(futures_parse.balances, wallet=COINM),
        whole,
        {**CASH, "wallet": "=futures_coinm"},
        (DOCS + "get_dapi_v1_balance", NET + "coinfutures-GetBalances"),
    ),
    "positions": Family(
        partial(futures_parse.positions, wallet=USDM),
        whole,
        POSITION,
        (
            DOCS + "get_fapi_v3_positionRisk",
            NET + "usdfutures-GetPositionInformation",
            NET + "usdfutures-GetPositions",
            NAUTILUS + "futures-position_risk",
        ),
    ),
    "income": Family(
        futures_parse.income, whole, INCOME, (DOCS + "get_fapi_v1_income", NET + "usdfutures-GetIncomeHistory")
    ),
    "futures trades": Family(
        futures_parse.trades,
        whole,
        FUTURES_TRADE,
        (
            DOCS + "get_fapi_v1_userTrades",
            DOCS + "get_dapi_v1_userTrades",
            NET + "usdfutures-GetUserTrades",
            NET + "coinfutures-GetUserTrades",
        ),
    ),
    "futures order": Family(
        lambda answer: [futures_parse.order(answer)],
        whole,
        FUTURES_ORDER,
        (
            DOCS + "post_fapi_v1_order",
            DOCS + "get_fapi_v1_order",
            DOCS + "delete_fapi_v1_order",
            NET + "usdfutures-PlaceOrder",
            NET + "usdfutures-GetOrder",
            NAUTILUS + "futures-order_response",
        ),
    ),
    "mark price": Family(
        futures_parse.mark_prices, whole, MARK, (DOCS + "get_fapi_v1_premiumIndex", NET + "usdfutures-GetMarkPrice")
    ),
    "price": Family(
        market_parse.prices,
        whole,
        {"symbol": "symbol", "price": "price", "at_ms": "time"},
        (
            DOCS + "get_fapi_v1_ticker_price",
            DOCS + "get_fapi_v2_ticker_price",
            NET + "usdfutures-GetPrice",
            NET + "spot-GetPrice",
            NAUTILUS + "spot-ticker_price_response",
        ),
    ),
    "best offers": Family(
        market_parse.best_offers,
        whole,
        OFFERS,
        (NET + "spot-GetBookPrice", NAUTILUS + "spot-book_ticker_response"),
    ),
    "orders": Family(
        orders_parse.orders,
        whole,
        ORDER,
        (
            DOCS + "get_api_v3_openOrders",
            NET + "spot-GetOpenOrders",
            NAUTILUS + "spot-open_orders_response",
            NAUTILUS + "spot-all_orders_response",
        ),
    ),
    "order": Family(
        lambda answer: [orders_parse.order(answer)],
        whole,
        ORDER,
        (DOCS + "get_api_v3_order", NET + "spot-GetOrder", NAUTILUS + "spot-order_response"),
    ),
    "cancelled order": Family(lambda answer: [orders_parse.order(answer)], whole, CANCELLED, CANCELS),
    "cancelled orders": Family(
        orders_parse.orders,
        lambda answer: [one for row in answer for one in row.get("orderReports", [row])],
        CANCELLED,
        (DOCS + "delete_api_v3_openOrders", NAUTILUS + "spot-cancel_open_orders_response"),
    ),
    "placed order": Family(lambda answer: [orders_parse.order(answer)], whole, ANSWERED, PLACED),
    "fills of a placed order": Family(attribute(orders_parse.order, "fills"), part("fills"), FILL, PLACED),
    "account trades": Family(
        orders_parse.account_trades,
        whole,
        {"order_id": "orderId", "quote_quantity": "quoteQty", "buyer": "isBuyer", "maker": "isMaker", "at_ms": "time"},
        (
            DOCS + "get_api_v3_myTrades",
            NET + "spot-GetUserTrades",
            NAUTILUS + "spot-account_trades_response",
        ),
    ),
    "fills of account trades": Family(
        lambda answer: [trade.fill for trade in orders_parse.account_trades(answer)],
        whole,
        {**FILL, "trade_id": "id", "symbol": "symbol"},
        (
            DOCS + "get_api_v3_myTrades",
            NET + "spot-GetUserTrades",
            NAUTILUS + "spot-account_trades_response",
        ),
    ),
    "trade fees": Family(
        orders_parse.trade_fees,
        whole,
        {"symbol": "symbol"},
        (DOCS + "get_sapi_v1_asset_tradeFee", NET + "spot-GetTradeFee"),
    ),
    "rates of trade fees": Family(
        lambda answer: [fee.standard for fee in orders_parse.trade_fees(answer)],
        whole,
        {"maker": "makerCommission", "taker": "takerCommission"},
        (DOCS + "get_sapi_v1_asset_tradeFee", NET + "spot-GetTradeFee"),
    ),
    "discount of a test order": Family(
        lambda answer: [orders_parse.commission_of_test(answer).discount],
        part("discount"),
        {
            "for_account": "enabledForAccount",
            "for_symbol": "enabledForSymbol",
            "asset": "discountAsset",
            "factor": "discount",
        },
        (DOCS + "post_api_v3_order_test", NET + "spot-PlaceTestOrder"),
    ),
    "order counts": Family(
        orders_parse.order_counts,
        whole,
        {"interval": "interval", "intervals": "intervalNum", "limit": "limit", "count": "count"},
        (DOCS + "get_api_v3_rateLimit_order", NET + "spot-GetOrderRateLimitStatus"),
    ),
    "rate limits": Family(
        rules_parse.rate_limits,
        part("rateLimits"),
        RATE_LIMIT,
        (
            DOCS + "get_fapi_v1_exchangeInfo",
            NET + "usdfutures-GetExchangeInfo",
            NET + "coinfutures-GetExchangeInfo",
            "exchange-info/spot-mainnet-2023-04-10.json.gz",
            "exchange-info/spot-testnet-2024-09-08.json.gz",
            "exchange-info/usdm-2026-03-31.json.gz",
        ),
    ),
}
