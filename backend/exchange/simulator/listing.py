"""The exchangeInfo entries that the exchange makes itself: its own listing, and symbols known from candles alone."""

import math
from typing import Any, Final

from backend.exchange.simulator.coins import coin_of

DOLLAR_COINS: Final = (
    *("BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "TRX", "AVAX", "LINK", "DOT", "LTC", "BCH", "XLM", "ETC"),
    *("UNI", "NEAR", "SHIB", "PEPE", "HBAR", "TON", "POL", "SUI", "ARB", "APT", "OP", "FIL", "ATOM", "ICP", "AAVE"),
    *("ALGO", "VET", "INJ", "RENDER", "SEI", "TIA", "FET", "GRT", "LDO", "CRV", "XTZ", "SAND", "ZEC", "PAXG", "WBETH"),
    *("USDC", "FDUSD", "EUR"),
)
CROSS_PAIRS: Final = (
    ("ETH", "BTC"),
    ("BNB", "BTC"),
    ("SOL", "BTC"),
    ("XRP", "BTC"),
    ("ADA", "BTC"),
    ("LTC", "BTC"),
    ("LINK", "BTC"),
    ("DOGE", "BTC"),
    ("WBETH", "ETH"),
    ("BNB", "ETH"),
    ("SOL", "BNB"),
    ("BTC", "USDC"),
    ("ETH", "USDC"),
    ("BNB", "USDC"),
    ("BTC", "FDUSD"),
    ("BTC", "EUR"),
    ("ETH", "EUR"),
    ("BTC", "TRY"),
    ("USDT", "TRY"),
    ("USDT", "BRL"),
)
SMALLEST_ORDER: Final = {"BTC": "0.00010000", "ETH": "0.00100000", "BNB": "0.01000000", "TRY": "10.00000000"}
BTC_LIKE_TICK, BTC_LIKE_STEP = "0.01000000", "0.00001000"
QUOTES: Final = ("FDUSD", "USDT", "USDC", "BUSD", "TUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "BRL", "DAI")


def own_listing() -> list[dict[str, Any]]:
    """At least 60 symbols, shaped as the exchange lists them since 2024."""
    pairs = [(coin, "USDT") for coin in DOLLAR_COINS] + list(CROSS_PAIRS)
    return [entry(base, quote, _tick(base, quote), _step(base)) for base, quote in pairs]


def split_symbol(symbol: str) -> tuple[str, str]:
    """Guess base and quote of a symbol that only its candles make known."""
    for quote in QUOTES:
        if symbol.endswith(quote) and symbol != quote:
            return symbol.removesuffix(quote), quote
    return symbol, "USDT"


def entry(base: str, quote: str, tick: str = BTC_LIKE_TICK, step: str = BTC_LIKE_STEP) -> dict[str, Any]:
    """One symbol of exchangeInfo with the usual filters."""
    return {
        "symbol": base + quote,
        "status": "TRADING",
        "baseAsset": base,
        "baseAssetPrecision": 8,
        "quoteAsset": quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT"],
        "icebergAllowed": True,
        "ocoAllowed": True,
        "otoAllowed": True,
        "opoAllowed": True,
        "quoteOrderQtyMarketAllowed": True,
        "allowTrailingStop": True,
        "cancelReplaceAllowed": True,
        "amendAllowed": True,
        "pegInstructionsAllowed": True,
        "isSpotTradingAllowed": True,
        "isMarginTradingAllowed": True,
        "filters": _filters(quote, tick, step),
        "permissions": [],
        "permissionSets": [["SPOT", "MARGIN"]],
        "defaultSelfTradePreventionMode": "EXPIRE_MAKER",
        "allowedSelfTradePreventionModes": ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER"],
    }


def _filters(quote: str, tick: str, step: str) -> list[dict[str, Any]]:
    largest = "9000.00000000" if float(step) < 0.001 else "90000000.00000000"
    return [
        {"filterType": "PRICE_FILTER", "minPrice": tick, "maxPrice": "1000000.00000000", "tickSize": tick},
        {"filterType": "LOT_SIZE", "minQty": step, "maxQty": largest, "stepSize": step},
        {"filterType": "ICEBERG_PARTS", "limit": 10},
        {"filterType": "MARKET_LOT_SIZE", "minQty": "0.00000000", "maxQty": largest, "stepSize": "0.00000000"},
        {
            "filterType": "TRAILING_DELTA",
            "minTrailingAboveDelta": 10,
            "maxTrailingAboveDelta": 2000,
            "minTrailingBelowDelta": 10,
            "maxTrailingBelowDelta": 2000,
        },
        {
            "filterType": "PERCENT_PRICE_BY_SIDE",
            "bidMultiplierUp": "5",
            "bidMultiplierDown": "0.2",
            "askMultiplierUp": "5",
            "askMultiplierDown": "0.2",
            "avgPriceMins": 5,
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": SMALLEST_ORDER.get(quote, "5.00000000"),
            "applyMinToMarket": True,
            "maxNotional": "9000000.00000000",
            "applyMaxToMarket": False,
            "avgPriceMins": 5,
        },
        {"filterType": "MAX_NUM_ORDERS", "maxNumOrders": 200},
        {"filterType": "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders": 5},
    ]


def _power(exponent: int) -> str:
    return f"{10.0**exponent:.8f}"


def _tick(base: str, quote: str) -> str:
    """About five significant digits."""
    price = coin_of(base).level / coin_of(quote).level if quote != "USDT" else coin_of(base).level
    if base == "USDT":
        price = 1 / coin_of(quote).level
    return _power(min(max(math.floor(math.log10(price)) - 4, -8), -2))


def _step(base: str) -> str:
    """A step worth about ten cents to a dollar, as on the exchange."""
    level = 1.0 if base == "USDT" else coin_of(base).level
    return _power(min(max(-math.floor(math.log10(level)) - 1, -5), 0))
