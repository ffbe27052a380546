"""What both futures hosts answer: markets, funding, and the histories of income and trades."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.contracts import (
    COINM,
    FUNDING_MS,
    LEVERAGE,
    MAINTENANCE,
    USDM,
    Contract,
    contract_of,
    contracts,
    funding_rate,
)
from backend.exchange.simulator.futures_desk import COMMISSION, FUNDING_FEE, REALIZED, TRADE, fills_of, settle
from backend.exchange.simulator.limits import COINM_IP, USDM_IP
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.movements import SUB_TRANSFER
from backend.exchange.simulator.records import Movement
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.market_data import klines
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.rest.routes import Access, Call, Handler, Route, fixed_weight
from backend.exchange.simulator.rest.windows import window
from backend.exchange.simulator.wire import DAY_MS, fixed, floor_to, plain

FAR_FUTURE_MS: Final = 4_133_404_800_000
ONBOARD_MS: Final = 1_569_398_400_000
WEEK_DAYS: Final = 7
HORIZON_DAYS: Final = {USDM: 90, COINM: 365}
INCOME_WORDS: Final = {COMMISSION: "COMMISSION", REALIZED: "REALIZED_PNL", FUNDING_FEE: "FUNDING_FEE"}


def server_time(call: Call) -> Any:
    return {"serverTime": call.now}


def ping(_: Call) -> Any:
    return {}


def needed_contract(call: Call, market: str, name: str | None = None) -> Contract:
    contract = contract_of(call.exchange.book, market, name or call.params.needed("symbol"))
    if contract is None:
        raise invalid_symbol()
    return contract


def _info(market: str) -> Handler:
    def handler(call: Call) -> Any:
        listed = contracts(call.exchange.book, market)
        assets = dict.fromkeys([*(one.margin_asset for one in listed), "BTC", "BNB"])
        mine = {
            "futuresType": "U_MARGINED",
            "assets": [{"asset": name, "marginAvailable": True, "autoAssetExchange": "-10000"} for name in assets],
        }
        return {
            "timezone": "UTC",
            "serverTime": call.now,
            "rateLimits": [
                {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 2400},
                {"rateLimitType": "ORDERS", "interval": "MINUTE", "intervalNum": 1, "limit": 1200},
                {"rateLimitType": "ORDERS", "interval": "SECOND", "intervalNum": 10, "limit": 300},
            ],
            "exchangeFilters": [],
            "symbols": [_symbol_row(call, one) for one in listed],
        } | (mine if market == USDM else {})

    return handler


def _symbol_row(call: Call, one: Contract) -> dict[str, Any]:
    status = call.exchange.book.status(one.spot)
    filters = _filters(one)
    row = {
        "symbol": one.symbol,
        "pair": one.pair,
        "contractType": "PERPETUAL",
        "deliveryDate": FAR_FUTURE_MS,
        "onboardDate": ONBOARD_MS,
        "maintMarginPercent": "2.5000",
        "requiredMarginPercent": "5.0000",
        "baseAsset": one.base,
        "quoteAsset": one.quote,
        "marginAsset": one.margin_asset,
        "pricePrecision": max(0, -one.tick.normalize().as_tuple().exponent),  # type: ignore[operator]  # finite numbers have an integer exponent
        "quantityPrecision": max(0, -one.step.normalize().as_tuple().exponent),  # type: ignore[operator]  # as above
        "baseAssetPrecision": 8,
        "quotePrecision": 8,
        "underlyingType": "COIN",
        "underlyingSubType": [],
        "triggerProtect": "0.0500",
        "liquidationFee": "0.010000",
        "marketTakeBound": "0.30",
        "filters": filters,
        "orderTypes": ["LIMIT", "MARKET"],
        "timeInForce": ["GTC", "IOC", "FOK"],
    }
    if one.market == COINM:
        return row | {"contractStatus": status, "contractSize": int(one.piece), "equalQtyPrecision": 4}
    smallest = {"filterType": "MIN_NOTIONAL", "notional": "5"}
    return row | {"status": status, "settlePlan": 0, "filters": [*filters, smallest]}


def _filters(one: Contract) -> list[dict[str, Any]]:
    return [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": plain(one.tick),
            "maxPrice": "1000000",
            "tickSize": plain(one.tick),
        },
        {"filterType": "LOT_SIZE", "minQty": plain(one.step), "maxQty": "1000000", "stepSize": plain(one.step)},
        {
            "filterType": "MARKET_LOT_SIZE",
            "minQty": plain(one.step),
            "maxQty": "1000000",
            "stepSize": plain(one.step),
        },
        {"filterType": "MAX_NUM_ORDERS", "limit": 200},
        {
            "filterType": "PERCENT_PRICE",
            "multiplierUp": "1.0500",
            "multiplierDown": "0.9500",
            "multiplierDecimal": "4",
        },
    ]


def _many(call: Call, market: str) -> tuple[list[Contract], bool]:
    if call.params.has("symbol"):
        return [needed_contract(call, market)], True
    return contracts(call.exchange.book, market), False


def _premium(market: str) -> Handler:
    def handler(call: Call) -> Any:
        chosen, single = _many(call, market)
        last = floor_to(call.now, FUNDING_MS)
        rows = []
        for one in chosen:
            mark = call.exchange.market.price_at(one.spot, call.now)
            if mark is not None:
                rows.append(
                    {
                        "symbol": one.symbol,
                        "markPrice": fixed(mark),
                        "indexPrice": fixed(mark),
                        "estimatedSettlePrice": fixed(mark),
                        "lastFundingRate": fixed(funding_rate(one.symbol, last)),
                        "interestRate": "0.00010000",
                        "nextFundingTime": last + FUNDING_MS,
                        "time": call.now,
                    }
                    | ({"pair": one.pair} if market == COINM else {})
                )
        return _one_or_all(rows, single=single and market == USDM)

    return handler


def _one_or_all(rows: list[dict[str, Any]], *, single: bool) -> Any:
    if not single:
        return rows
    if not rows:
        raise invalid_symbol()
    return rows[0]


def _prices(market: str) -> Handler:
    def handler(call: Call) -> Any:
        chosen, single = _many(call, market)
        rows = []
        for one in chosen:
            price = call.exchange.market.price_at(one.spot, call.now)
            if price is not None:
                pair = {"ps": one.pair} if market == COINM else {}
                rows.append({"symbol": one.symbol, **pair, "price": plain(price), "time": call.now})
        return _one_or_all(rows, single=single and market == USDM)

    return handler


def margins(notional: Decimal) -> tuple[Decimal, Decimal]:
    """Initial and maintenance margin of a position."""
    size = abs(notional)
    return size / LEVERAGE, size * MAINTENANCE


def _income(market: str) -> Handler:
    def handler(call: Call) -> Any:
        """Oldest from `startTime`, else the newest; both in rising order. Raises ExchangeError -1106 for `page`."""
        if call.params.has("page"):
            raise ExchangeError(-1106, "Parameter 'page' sent when not required.")
        settle(call.exchange, call.account, call.now)
        horizon = HORIZON_DAYS[market]
        start, end = window(call, horizon + 1, default_days=WEEK_DAYS, horizon_days=horizon)
        limit = call.params.limit(100, 1000)
        symbol, kind = call.params.text("symbol"), call.params.text("incomeType")
        rows = [
            row
            for row in _income_rows(call, market)
            if start <= row["time"] <= end and symbol in (None, row["symbol"]) and kind in (None, row["incomeType"])
        ]
        return rows[:limit] if call.params.has("startTime") else rows[-limit:]

    return handler


def _income_rows(call: Call, market: str) -> list[dict[str, Any]]:
    """Everything that changed the wallet; opening balances count as transfers."""
    account = call.account
    rows = []
    for fill in (*account.movements.get(TRADE, ()), *account.movements.get(FUNDING_FEE, ())):
        for leg in fill.legs:
            if leg.wallet == market:
                word = INCOME_WORDS[leg.kind or fill.kind]
                trade_id = fill.id if fill.kind == TRADE else ""
                rows.append(
                    _income_row(word, fill.details["symbol"], leg.asset, leg.amount, fill.at, fill.id, trade_id)
                )
    moved = [
        (one.asset, one.amount if one.target == market else -one.amount, one.at, one.id)
        for one in account.transfers
        if market in (one.source, one.target)
    ]
    moved += [(one.asset, one.amount, one.at, one.id) for one in account.deposits if one.wallet == market]
    moved += [
        (leg.asset, leg.amount, one.at, one.id)
        for one in account.movements.get(SUB_TRANSFER, ())
        for leg in one.legs
        if leg.wallet == market
    ]
    rows += [_income_row("TRANSFER", "", asset, amount, at, number, "") for asset, amount, at, number in moved]
    rows += [
        _income_row("WELCOME_BONUS", "", one.asset, one.amount, one.at, one.id, "")
        for one in account.rewards
        if one.wallet == market
    ]
    return sorted(rows, key=lambda row: (row["time"], row["tranId"]))


def _income_row(
    word: str, symbol: str, asset: str, amount: Decimal, at: int, number: str, trade_id: str
) -> dict[str, Any]:
    return {
        "symbol": symbol,
        "incomeType": word,
        "income": fixed(amount),
        "asset": asset,
        "info": word,
        "time": at,
        "tranId": int(number),
        "tradeId": trade_id,
    }


def _trades(market: str) -> Handler:
    def handler(call: Call) -> Any:
        contract = _trade_contract(call, market)
        from_id, limit = call.params.integer("fromId"), call.params.limit(500 if market == USDM else 50, 1000)
        bounded = call.params.has("startTime") or call.params.has("endTime")
        if from_id is not None and bounded:
            raise ExchangeError(-1128, "Combination of optional parameters invalid.")
        oldest = call.now - HORIZON_DAYS[market] * DAY_MS
        start, end = (oldest, call.now) if from_id is not None else window(call, WEEK_DAYS)
        rows = [
            _trade_row(contract, one)
            for one in fills_of(call.account, market, contract.symbol)
            if max(start, oldest) <= one.at <= end and (from_id is None or int(one.id) >= from_id)
        ]
        return rows[:limit] if from_id is not None or call.params.has("startTime") else rows[-limit:]

    return handler


def _trade_contract(call: Call, market: str) -> Contract:
    pair = call.params.text("pair")
    return needed_contract(call, market, f"{pair}_PERP" if market == COINM and pair else None)


def _trade_row(contract: Contract, one: Movement) -> dict[str, Any]:
    details = one.details
    quantity, price = Decimal(details["quantity"]), Decimal(details["price"])
    base = contract.notional(quantity, price) if contract.inverse else quantity
    quote = quantity * contract.piece if contract.inverse else contract.notional(quantity, price)
    return {
        "symbol": contract.symbol,
        "id": int(one.id),
        "orderId": int(details["order_id"]),
        "pair": contract.pair,
        "side": details["side"],
        "positionSide": "BOTH",
        "price": details["price"],
        "qty": details["quantity"],
        "quoteQty": plain(quote),
        "baseQty": plain(base),
        "realizedPnl": fixed(Decimal(details["realized"])),
        "marginAsset": contract.margin_asset,
        "commission": fixed(Decimal(details["commission"])),
        "commissionAsset": contract.margin_asset,
        "buyer": details["side"] == "BUY",
        "maker": False,
        "time": one.at,
    }


def _asset_index(call: Call) -> Any:
    """The price in dollars of every coin that can be margin."""
    names = [one.base for one in contracts(call.exchange.book, USDM) if one.quote == "USDT"]
    wanted = call.params.text("symbol")
    rows = []
    for asset in (*names, "USDT", "USDC"):
        price = call.exchange.price_in(asset, "USDT", call.now)
        if price is not None and wanted in (None, f"{asset}USD"):
            rows.append(
                {
                    "symbol": f"{asset}USD",
                    "time": call.now,
                    "index": fixed(price),
                    "bidBuffer": "0.05000000",
                    "askBuffer": "0.05000000",
                    "bidRate": fixed(price),
                    "askRate": fixed(price),
                    "autoExchangeBidBuffer": "0.05000000",
                    "autoExchangeAskBuffer": "0.05000000",
                    "autoExchangeBidRate": fixed(price),
                    "autoExchangeAskRate": fixed(price),
                }
            )
    return _one_or_all(rows, single=wanted is not None)


def _one_or_ten(params: Params) -> int:
    return 1 if params.has("symbol") else 10


def _one_or_two(params: Params) -> int:
    return 1 if params.has("symbol") else 2


ROUTES: Final = (
    *(
        Route("GET", f"{host}/{path}", handler, weight, budget)
        for host, budget, market in (("/fapi/v1", USDM_IP, USDM), ("/dapi/v1", COINM_IP, COINM))
        for path, handler, weight in (
            ("ping", ping, fixed_weight(1)),
            ("time", server_time, fixed_weight(1)),
            ("exchangeInfo", _info(market), fixed_weight(1)),
            ("premiumIndex", _premium(market), _one_or_ten),
            ("ticker/price", _prices(market), _one_or_two),
        )
    ),
    Route("GET", "/fapi/v1/klines", klines, fixed_weight(5), USDM_IP),
    Route("GET", "/fapi/v2/ticker/price", _prices(USDM), _one_or_two, USDM_IP),
    Route("GET", "/fapi/v1/assetIndex", _asset_index, _one_or_ten, USDM_IP),
    Route("GET", "/fapi/v1/income", _income(USDM), fixed_weight(30), USDM_IP, Access.READ),
    Route("GET", "/dapi/v1/income", _income(COINM), fixed_weight(20), COINM_IP, Access.READ),
    Route("GET", "/fapi/v1/userTrades", _trades(USDM), fixed_weight(5), USDM_IP, Access.READ),
    Route("GET", "/dapi/v1/userTrades", _trades(COINM), fixed_weight(20), COINM_IP, Access.READ),
)
