"""Answers about spot orders: their state, their fills, what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from backend.core.model.amounts import ZERO
from backend.core.model.orders import AccountTrade, Commission, Discount, Fill, Order, OrderCount, Rates, TradingRights
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    identity,
    instant,
    mapping,
    moment,
    optional,
    refuse_twice,
    rows,
    side,
    signed,
    text,
    unexpected,
    values,
    whole,
    yes_or_no,
)


def order(answer: object) -> Order:
    """POST (RESULT or FULL), GET and DELETE /api/v3/order."""
    return _order(mapping(body(answer)))


def orders(answer: object) -> Sequence[Order]:
    """GET /api/v3/openOrders and allOrders; DELETE /api/v3/openOrders, whose lists of orders are laid open."""
    found: list[Order] = []
    for row in rows(body(answer)):
        parts = rows(row["orderReports"]) if "orderReports" in row else [row]
        found.extend(_order(part) for part in parts)
    refuse_twice([(one.symbol, one.order_id) for one in found], "an order")
    return found


def account_trades(answer: object) -> Sequence[AccountTrade]:
    """GET /api/v3/myTrades."""
    found = [
        AccountTrade(
            fill=_fill(row, text(row, "symbol"), "id"),
            order_id=identity(row, "orderId"),
            quote_quantity=amount(row, "quoteQty"),
            buyer=yes_or_no(row, "isBuyer"),
            maker=yes_or_no(row, "isMaker"),
            at_ms=instant(row, "time"),
        )
        for row in rows(body(answer))
    ]
    refuse_twice([(trade.fill.symbol, trade.fill.trade_id) for trade in found], "a trade")
    return found


def account_rates(answer: object) -> Rates:
    """The `commissionRates` of GET /api/v3/account."""
    return _rates(mapping(mapping(body(answer)).get("commissionRates")))


def trading_rights(answer: object) -> TradingRights:
    """GET /api/v3/account."""
    row = mapping(body(answer))
    permissions = values(row.get("permissions", []))
    if any(not isinstance(name, str) for name in permissions):
        raise unexpected("permissions that are no names")
    names = frozenset(str(name) for name in permissions)
    return TradingRights(yes_or_no(row, "canTrade"), names, account_rates(answer))


def commission(answer: object) -> Commission:
    """GET /api/v3/account/commission."""
    return _commission(mapping(body(answer)), "Commission")


def commission_of_test(answer: object) -> Commission:
    """POST /api/v3/order/test with computeCommissionRates; empty without it."""
    return _commission(mapping(body(answer)), "CommissionForOrder")


def trade_fees(answer: object) -> Sequence[Commission]:
    """GET /sapi/v1/asset/tradeFee."""
    found = [
        Commission(
            symbol=text(row, "symbol"),
            standard=Rates(maker=signed(row, "makerCommission"), taker=signed(row, "takerCommission")),
            special=None,
            tax=None,
            discount=None,
        )
        for row in rows(body(answer))
    ]
    refuse_twice([fee.symbol for fee in found], "a fee")
    return found


def order_counts(answer: object) -> Sequence[OrderCount]:
    """GET /api/v3/rateLimit/order."""
    return [
        OrderCount(
            interval=text(row, "interval"),
            intervals=whole(row, "intervalNum"),
            limit=whole(row, "limit"),
            count=whole(row, "count"),
        )
        for row in rows(body(answer))
    ]


def average_price(answer: object) -> Decimal:
    """GET /api/v3/avgPrice: the price that market orders are measured with."""
    found = amount(mapping(body(answer)), "price")
    if found == ZERO:
        raise unexpected("no price")
    return found


def _order(row: Row) -> Order:
    symbol = text(row, "symbol")
    quote = signed(row, "cummulativeQuoteQty")
    # An answer to a cancel names the cancel; the order keeps the id it was placed under.
    client_id = optional(text, row, "origClientOrderId") or text(row, "clientOrderId")
    fills = tuple(_fill(fill, symbol, "tradeId") for fill in rows(row.get("fills", [])))
    refuse_twice([fill.trade_id for fill in fills], "a fill")
    return Order(
        symbol=symbol,
        order_id=identity(row, "orderId"),
        client_id=client_id,
        status=text(row, "status"),
        kind=text(row, "type"),
        side=side(row, "side"),
        time_in_force=text(row, "timeInForce"),
        price=amount(row, "price"),
        quantity=amount(row, "origQty"),
        executed=amount(row, "executedQty"),
        executed_quote=quote if quote >= ZERO else None,
        quote_ordered=optional(amount, row, "origQuoteOrderQty"),
        stop_price=optional(amount, row, "stopPrice"),
        placed_ms=moment(row, "time"),
        updated_ms=moment(row, "updateTime" if "updateTime" in row else "transactTime"),
        expiry_reason=optional(text, row, "expiryReason"),
        fills=fills,
    )


def _fill(row: Row, symbol: str, id_name: str) -> Fill:
    return Fill(
        symbol=symbol,
        trade_id=identity(row, id_name),
        price=amount(row, "price"),
        quantity=amount(row, "qty"),
        commission=amount(row, "commission"),
        commission_asset=text(row, "commissionAsset"),
    )


def _commission(row: Row, ending: str) -> Commission:
    parts = {name: row.get(name + ending) for name in ("standard", "special", "tax")}
    rates = {name: None if part is None else _rates(mapping(part)) for name, part in parts.items()}
    saving = row.get("discount")
    return Commission(
        symbol=optional(text, row, "symbol"),
        standard=rates["standard"],
        special=rates["special"],
        tax=rates["tax"],
        discount=None if saving is None else _discount(mapping(saving)),
    )


def _rates(row: Row) -> Rates:
    return Rates(
        maker=signed(row, "maker"),
        taker=signed(row, "taker"),
        buyer=optional(signed, row, "buyer"),
        seller=optional(signed, row, "seller"),
    )


def _discount(row: Row) -> Discount:
    return Discount(
        for_account=yes_or_no(row, "enabledForAccount"),
        for_symbol=yes_or_no(row, "enabledForSymbol"),
        asset=text(row, "discountAsset"),
        factor=optional(amount, row, "discount"),
    )
