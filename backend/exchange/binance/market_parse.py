"""Answers about prices, about the exchange as a whole, and about what an account may do."""

from __future__ import annotations

from collections.abc import Sequence

from backend.core.model.accounts import SubAccount
from backend.core.model.amounts import ZERO
from backend.core.model.market import BestOffers, SymbolPrice
from backend.core.trade_ports import BookDepth, BookLevel
from backend.exchange.binance.fields import (
    amount,
    body,
    instant,
    mapping,
    moment,
    one_or_many,
    refuse_twice,
    rows,
    text,
    unexpected,
    values,
    whole,
    yes_or_no,
)


def prices(answer: object) -> Sequence[SymbolPrice]:
    """GET /api/v3/ticker/price, /fapi/v1/ticker/price: of one symbol or of many; those without a price are left out."""
    found = [SymbolPrice(text(row, "symbol"), amount(row, "price"), moment(row, "time")) for row in one_or_many(answer)]
    refuse_twice([price.symbol for price in found], "a price")
    return [price for price in found if price.price > ZERO]


def best_offers(answer: object) -> Sequence[BestOffers]:
    """GET /api/v3/ticker/bookTicker, of one symbol or of many."""
    found = [
        BestOffers(
            symbol=text(row, "symbol"),
            bid=amount(row, "bidPrice"),
            bid_quantity=amount(row, "bidQty"),
            ask=amount(row, "askPrice"),
            ask_quantity=amount(row, "askQty"),
        )
        for row in one_or_many(answer)
    ]
    refuse_twice([offers.symbol for offers in found], "a symbol")
    return found


def book_depth(answer: object) -> BookDepth:
    """GET /api/v3/depth: what is wanted and what is offered, the best first."""
    row = mapping(body(answer))
    bids, asks = ([_level(one) for one in values(row.get(side))] for side in ("bids", "asks"))
    if [level.price for level in bids] != sorted((level.price for level in bids), reverse=True):
        raise unexpected("bids in another order than by price")
    if [level.price for level in asks] != sorted(level.price for level in asks):
        raise unexpected("asks in another order than by price")
    return BookDepth([one for one in bids if one.quantity > ZERO], [one for one in asks if one.quantity > ZERO])


def _level(told: object) -> BookLevel:
    parts = values(told)
    if len(parts) != 2:
        raise unexpected("a level that is no price and quantity")
    row = dict(zip(("price", "quantity"), parts, strict=True))
    level = BookLevel(amount(row, "price"), amount(row, "quantity"))
    if level.price == ZERO:
        raise unexpected("a price of nothing")
    return level


def in_maintenance(answer: object) -> bool:
    """GET /sapi/v1/system/status."""
    return whole(mapping(body(answer)), "status") != 0


def account_status(answer: object) -> str:
    """GET /sapi/v1/account/status: "Normal", or what is wrong with the account."""
    return text(mapping(body(answer)), "data")


def sub_accounts(answer: object) -> Sequence[SubAccount]:
    """GET /sapi/v1/sub-account/list."""
    found = [
        SubAccount(text(row, "email"), yes_or_no(row, "isFreeze"), instant(row, "createTime"))
        for row in rows(mapping(body(answer)).get("subAccounts"))
    ]
    refuse_twice([account.email for account in found], "a sub-account")
    return found
