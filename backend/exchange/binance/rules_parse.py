"""exchangeInfo of spot and futures as trading rules. Filters of unknown types are ignored, all filters are optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from backend.core.model.market import Symbol
from backend.core.model.trading_rules import (
    LotRule,
    NotionalRule,
    PercentRule,
    PriceRule,
    RateLimit,
    SymbolRules,
)
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    flag,
    mapping,
    optional,
    refuse_twice,
    rows,
    text,
    unexpected,
    values,
    whole,
    yes_or_no,
)

TRADING: Final = "TRADING"


def symbol_rules(answer: object) -> Sequence[SymbolRules]:
    """GET /api/v3/exchangeInfo, /fapi/v1/exchangeInfo, /dapi/v1/exchangeInfo."""
    found = [_symbol(row) for row in rows(mapping(body(answer)).get("symbols"))]
    if not found:
        raise unexpected("an empty list of symbols")
    refuse_twice([rules.symbol.name for rules in found], "a symbol")
    return found


def rate_limits(answer: object) -> Sequence[RateLimit]:
    """The limits of the host, from the same answers."""
    return [
        RateLimit(
            kind=text(row, "rateLimitType"),
            interval=text(row, "interval"),
            intervals=_positive(row, "intervalNum"),
            limit=_positive(row, "limit"),
        )
        for row in rows(mapping(body(answer)).get("rateLimits"))
    ]


def _symbol(row: Row) -> SymbolRules:
    # COIN-M calls it otherwise.
    status = text(row, "contractStatus" if "contractStatus" in row else "status")
    by_type = _filters(row)
    older = by_type.get("MIN_NOTIONAL")
    return SymbolRules(
        symbol=Symbol(text(row, "symbol"), text(row, "baseAsset"), text(row, "quoteAsset"), status == TRADING),
        status=status,
        permission_sets=_permission_sets(row),
        order_types=_names(row.get("orderTypes", [])),
        market_by_quote=flag(row, "quoteOrderQtyMarketAllowed") or False,
        lot=_lot(by_type.get("LOT_SIZE")),
        market_lot=_lot(by_type.get("MARKET_LOT_SIZE")),
        price=_price(by_type.get("PRICE_FILTER")),
        notional=_notional(by_type.get("NOTIONAL")),
        min_notional=None if older is None else _min_notional(older),
        percent_price=_percent(by_type),
        contract_size=optional(amount, row, "contractSize"),
        max_position=amount(by_type["MAX_POSITION"], "maxPosition") if "MAX_POSITION" in by_type else None,
    )


def _filters(row: Row) -> Mapping[str, Row]:
    found = rows(row.get("filters", []))
    names = [text(one, "filterType") for one in found]
    refuse_twice(names, "a filter")
    return dict(zip(names, found, strict=True))


def _permission_sets(row: Row) -> tuple[frozenset[str], ...]:
    sets = [_names(one) for one in values(row.get("permissionSets", []))]
    # Older copies have one flat list.
    sets = sets or [_names(row.get("permissions", []))]
    return tuple(one for one in sets if one)


def _names(listed: object) -> frozenset[str]:
    found = values(listed)
    if any(not isinstance(name, str) or not name for name in found):
        raise unexpected("a list of something else than names")
    return frozenset(str(name) for name in found)


def _lot(row: Row | None) -> LotRule | None:
    return None if row is None else LotRule(amount(row, "minQty"), amount(row, "maxQty"), amount(row, "stepSize"))


def _price(row: Row | None) -> PriceRule | None:
    return None if row is None else PriceRule(amount(row, "minPrice"), amount(row, "maxPrice"), amount(row, "tickSize"))


def _notional(row: Row | None) -> NotionalRule | None:
    if row is None:
        return None
    return NotionalRule(
        minimum=amount(row, "minNotional"),
        minimum_for_market=yes_or_no(row, "applyMinToMarket"),
        maximum=amount(row, "maxNotional"),
        maximum_for_market=yes_or_no(row, "applyMaxToMarket"),
        average_minutes=whole(row, "avgPriceMins"),
    )


def _min_notional(row: Row) -> NotionalRule:
    # Futures call it otherwise, and mean every order.
    of_futures = row.get("minNotional") is None
    return NotionalRule(
        minimum=amount(row, "notional" if of_futures else "minNotional"),
        minimum_for_market=True if of_futures else yes_or_no(row, "applyToMarket"),
        maximum=None,
        maximum_for_market=False,
        average_minutes=optional(whole, row, "avgPriceMins"),
    )


def _percent(by_type: Mapping[str, Row]) -> PercentRule | None:
    by_side = by_type.get("PERCENT_PRICE_BY_SIDE")
    if by_side is not None:
        return PercentRule(
            bid_up=amount(by_side, "bidMultiplierUp"),
            bid_down=amount(by_side, "bidMultiplierDown"),
            ask_up=amount(by_side, "askMultiplierUp"),
            ask_down=amount(by_side, "askMultiplierDown"),
            average_minutes=whole(by_side, "avgPriceMins"),
        )
    one = by_type.get("PERCENT_PRICE")
    if one is None:
        return None
    up, down = amount(one, "multiplierUp"), amount(one, "multiplierDown")
    return PercentRule(up, down, up, down, average_minutes=optional(whole, one, "avgPriceMins"))


def _positive(row: Row, name: str) -> int:
    found = whole(row, name)
    if found <= 0:
        raise unexpected(f"no usable {name}")
    return found
