"""Answers of the futures: accounts, balances, positions, income, trades, orders, prices."""

from __future__ import annotations

from collections.abc import Sequence

from backend.core.model.futures import (
    AssetIndex,
    FuturesAccount,
    FuturesAsset,
    FuturesCash,
    FuturesIncome,
    FuturesPosition,
    FuturesPrice,
    FuturesTrade,
)
from backend.core.model.orders import FuturesOrder
from backend.core.model.wallets import Wallet
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    identity,
    instant,
    mapping,
    moment,
    note,
    one_or_many,
    optional,
    refuse_twice,
    rows,
    side,
    signed,
    text,
    unexpected,
    yes_or_no,
)

POSITION_SIDES = frozenset({"BOTH", "LONG", "SHORT"})


def account(answer: object, wallet: Wallet) -> FuturesAccount:
    """GET /fapi/v2/account, /fapi/v3/account, /dapi/v1/account."""
    whole_answer = mapping(body(answer))
    assets = tuple(_asset(row, wallet) for row in rows(whole_answer.get("assets")))
    positions = tuple(_account_position(row, wallet) for row in rows(whole_answer.get("positions")))
    refuse_twice([asset.asset for asset in assets], "an asset")
    _once_each(positions)
    return FuturesAccount(assets, positions)


def balances(answer: object, wallet: Wallet) -> Sequence[FuturesCash]:
    """GET /fapi/v2/balance, /fapi/v3/balance, /dapi/v1/balance."""
    found = [
        FuturesCash(
            wallet,
            asset=text(row, "asset"),
            wallet_balance=signed(row, "balance"),
            cross_balance=signed(row, "crossWalletBalance"),
            cross_unrealized=signed(row, "crossUnPnl"),
            available=signed(row, "availableBalance"),
            updated_ms=moment(row, "updateTime"),
        )
        for row in rows(body(answer))
    ]
    refuse_twice([balance.asset for balance in found], "an asset")
    return found


def positions(answer: object, wallet: Wallet) -> Sequence[FuturesPosition]:
    """GET /fapi/v2/positionRisk, /fapi/v3/positionRisk, /dapi/v1/positionRisk."""
    found = [_position(row, wallet) for row in rows(body(answer))]
    _once_each(found)
    return found


def income(answer: object) -> Sequence[FuturesIncome]:
    """GET /fapi/v1/income, /dapi/v1/income."""
    return [
        FuturesIncome(
            kind=text(row, "incomeType"),
            asset=text(row, "asset"),
            amount=signed(row, "income"),
            at_ms=instant(row, "time"),
            transaction_id=identity(row, "tranId"),
            symbol=optional(text, row, "symbol"),
            trade_id=optional(identity, row, "tradeId"),
            note=note(row, "info"),
        )
        for row in rows(body(answer))
    ]


def trades(answer: object) -> Sequence[FuturesTrade]:
    """GET /fapi/v1/userTrades, /dapi/v1/userTrades, in the order of their numbers."""
    found = [
        FuturesTrade(
            symbol=text(row, "symbol"),
            trade_id=identity(row, "id"),
            order_id=identity(row, "orderId"),
            side=side(row, "side"),
            position_side=position_side(row, "positionSide"),
            price=amount(row, "price"),
            quantity=amount(row, "qty"),
            quote_quantity=optional(amount, row, "quoteQty"),
            realized=signed(row, "realizedPnl"),
            commission=signed(row, "commission"),
            commission_asset=text(row, "commissionAsset"),
            maker=yes_or_no(row, "maker"),
            at_ms=instant(row, "time"),
            base_quantity=optional(amount, row, "baseQty"),
        )
        for row in rows(body(answer))
    ]
    refuse_twice([(trade.symbol, trade.trade_id) for trade in found], "a trade")
    return found


def order(answer: object) -> FuturesOrder:
    """POST, GET and DELETE /fapi/v1/order."""
    row = mapping(body(answer))
    return FuturesOrder(
        symbol=text(row, "symbol"),
        order_id=identity(row, "orderId"),
        client_id=text(row, "clientOrderId"),
        status=text(row, "status"),
        kind=text(row, "type"),
        side=side(row, "side"),
        position_side=position_side(row, "positionSide"),
        time_in_force=text(row, "timeInForce"),
        price=amount(row, "price"),
        quantity=amount(row, "origQty"),
        executed=amount(row, "executedQty"),
        executed_quote=optional(amount, row, "cumQuote"),
        average_price=optional(amount, row, "avgPrice"),
        stop_price=optional(amount, row, "stopPrice"),
        reduce_only=yes_or_no(row, "reduceOnly"),
        updated_ms=instant(row, "updateTime"),
    )


def mark_prices(answer: object) -> Sequence[FuturesPrice]:
    """GET /fapi/v1/premiumIndex, of one symbol or of all."""
    found = [
        FuturesPrice(
            symbol=text(row, "symbol"),
            mark_price=amount(row, "markPrice"),
            index_price=amount(row, "indexPrice"),
            funding_rate=signed(row, "lastFundingRate"),
            next_funding_ms=moment(row, "nextFundingTime"),
            at_ms=instant(row, "time"),
        )
        for row in one_or_many(answer)
    ]
    refuse_twice([price.symbol for price in found], "a price")
    return found


def asset_indices(answer: object) -> Sequence[AssetIndex]:
    """GET /fapi/v1/assetIndex, of one asset pair or of all."""
    found = [
        AssetIndex(symbol=text(row, "symbol"), index=amount(row, "index"), at_ms=instant(row, "time"))
        for row in one_or_many(answer)
    ]
    refuse_twice([index.symbol for index in found], "a price")
    return found


def listen_key(answer: object) -> str:
    """POST /fapi/v1/listenKey. It opens the account's stream: never log it."""
    return text(mapping(body(answer)), "listenKey")


def multi_assets(answer: object) -> bool:
    """GET /fapi/v1/multiAssetsMargin: whether every asset is margin; totals are then in USD."""
    return yes_or_no(mapping(body(answer)), "multiAssetsMargin")


def position_side(row: Row, name: str) -> str:
    found = text(row, name)
    if found not in POSITION_SIDES:
        raise unexpected(f"no usable {name}")
    return found


def _asset(row: Row, wallet: Wallet) -> FuturesAsset:
    return FuturesAsset(
        wallet,
        asset=text(row, "asset"),
        wallet_balance=signed(row, "walletBalance"),
        unrealized=signed(row, "unrealizedProfit"),
        margin_balance=signed(row, "marginBalance"),
        available=signed(row, "availableBalance"),
        updated_ms=moment(row, "updateTime"),
    )


def _account_position(row: Row, wallet: Wallet) -> FuturesPosition:
    notional = "notionalValue" if wallet is Wallet.FUTURES_COINM else "notional"
    return FuturesPosition(
        wallet,
        symbol=text(row, "symbol"),
        side=position_side(row, "positionSide"),
        quantity=signed(row, "positionAmt"),
        unrealized=signed(row, "unrealizedProfit"),
        entry_price=optional(amount, row, "entryPrice"),
        break_even_price=optional(signed, row, "breakEvenPrice"),
        notional=optional(signed, row, notional),
        updated_ms=moment(row, "updateTime"),
    )


def _position(row: Row, wallet: Wallet) -> FuturesPosition:
    notional = "notionalValue" if wallet is Wallet.FUTURES_COINM else "notional"
    return FuturesPosition(
        wallet,
        symbol=text(row, "symbol"),
        side=position_side(row, "positionSide"),
        quantity=signed(row, "positionAmt"),
        # With a capital R here only.
        unrealized=signed(row, "unRealizedProfit"),
        entry_price=amount(row, "entryPrice"),
        break_even_price=optional(signed, row, "breakEvenPrice"),
        mark_price=amount(row, "markPrice"),
        liquidation_price=amount(row, "liquidationPrice"),
        notional=optional(signed, row, notional),
        margin_asset=optional(text, row, "marginAsset"),
        updated_ms=moment(row, "updateTime"),
    )


def _once_each(found: Sequence[FuturesPosition]) -> None:
    refuse_twice([(position.symbol, position.side) for position in found], "a position")
