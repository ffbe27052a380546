"""Which symbols the exchange lists, their filters and their status."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.exchange.simulator.listing import entry, own_listing, split_symbol
from backend.exchange.simulator.messages import dumps
from backend.exchange.simulator.seeded import Pair
from backend.exchange.simulator.wire import units_of

ZERO: Final = Decimal(0)
STATUSES: Final = ("TRADING", "HALT", "BREAK", "END_OF_DAY", "CANCEL_ONLY")
DELISTED: Final = "DELISTED"  # a control word: the symbol leaves the listing altogether
RATE_LIMITS: Final[list[dict[str, Any]]] = [
    {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000},
    {"rateLimitType": "ORDERS", "interval": "SECOND", "intervalNum": 10, "limit": 100},
    {"rateLimitType": "ORDERS", "interval": "DAY", "intervalNum": 1, "limit": 200000},
    {"rateLimitType": "RAW_REQUESTS", "interval": "MINUTE", "intervalNum": 5, "limit": 300000},
]


class ListingError(ValueError):
    """The exchangeInfo file cannot be used; the text says why."""


@dataclass(frozen=True)
class LotRule:
    """Bounds of a quantity; a zero step or bound means that there is no such rule."""

    smallest: Decimal = ZERO
    largest: Decimal = ZERO
    step: Decimal = ZERO

    def admits(self, quantity: Decimal) -> bool:
        if quantity < self.smallest or (self.largest and quantity > self.largest):
            return False
        return not self.step or quantity % self.step == 0


@dataclass(frozen=True)
class NotionalRule:
    """Bounds of price x quantity for market orders; None where there is none."""

    name: str
    smallest: Decimal | None
    largest: Decimal | None

    def admits(self, notional: Decimal) -> bool:
        if self.smallest is not None and notional < self.smallest:
            return False
        return self.largest is None or notional <= self.largest


@dataclass(frozen=True)
class Listed:
    """A symbol as the matching needs it."""

    symbol: str
    base: str
    quote: str
    tick: Decimal
    lot: LotRule
    market_lot: LotRule
    notionals: tuple[NotionalRule, ...]
    quote_quantity_allowed: bool
    raw: dict[str, Any]

    def permits(self, account_permissions: Sequence[str]) -> bool:
        """Whether an account with these permissions may trade it: one of each set is enough."""
        sets = self.raw.get("permissionSets") or [self.raw.get("permissions") or account_permissions]
        return all(set(one) & set(account_permissions) for one in sets)

    @property
    def step(self) -> Decimal:
        """The step a quantity is cut to."""
        return self.lot.step or Decimal("0.00000001")


class SymbolBook:
    """The listing, in its order. A status set by control overrides the entry's own."""

    def __init__(self, entries: Iterable[dict[str, Any]], with_candles: Sequence[str] = ()) -> None:
        self._listed = {raw["symbol"]: _listed(raw) for raw in entries}
        for symbol in with_candles:
            if symbol not in self._listed:
                self._listed[symbol] = _listed(_candle_entry(symbol))
        self._status: dict[str, str] = {}
        self._texts: dict[tuple[str, str], bytes] = {}
        self._first: dict[str, Listed] = {}  # symbols whose filters were changed, as they were before

    def get(self, symbol: str) -> Listed | None:
        """The symbol, unless it is unknown or was delisted."""
        return None if self._status.get(symbol) == DELISTED else self._listed.get(symbol)

    def ever(self, symbol: str) -> Listed | None:
        """The symbol even when it was delisted since: its past remains."""
        return self._listed.get(symbol)

    def names(self) -> list[str]:
        return [name for name in self._listed if self._status.get(name) != DELISTED]

    def status(self, symbol: str) -> str:
        return self._status.get(symbol) or str(self._listed[symbol].raw.get("status", "TRADING"))

    def set_status(self, symbol: str, status: str) -> None:
        self._status[symbol] = status

    def set_filters(self, symbol: str, filters: list[dict[str, Any]]) -> None:
        """Replace the filters of a symbol, which can be read as such."""
        before = self._listed[symbol]
        self._listed[symbol] = _listed(before.raw | {"filters": filters})
        self._first.setdefault(symbol, before)
        self._texts = {key: text for key, text in self._texts.items() if key[0] != symbol}

    def rename(self, old: str, new: str) -> dict[str, str]:
        """Delist the symbols of a coin and list them anew under its new name; new symbol -> old symbol.

        A symbol that is listed under the new name already stays what it is.
        """
        followed: dict[str, str] = {}
        for listed in [one for one in self._listed.values() if old in (one.base, one.quote)]:
            if self._status.get(listed.symbol) == DELISTED:
                continue
            base, quote = (new if coin == old else coin for coin in (listed.base, listed.quote))
            self._status[listed.symbol] = DELISTED
            if base + quote not in self._listed:
                raw = listed.raw | {"symbol": base + quote, "baseAsset": base, "quoteAsset": quote}
                self._listed[base + quote] = _listed(raw)
                followed[base + quote] = listed.symbol
        return followed

    def entry_text(self, symbol: str) -> bytes:
        """The entry as exchangeInfo shows it now, as finished JSON: it hardly ever changes and is asked for often."""
        key = (symbol, self.status(symbol))
        if key not in self._texts:
            self._texts[key] = dumps(self._listed[symbol].raw | {"status": key[1]})
        return self._texts[key]

    def pair(self, symbol: str) -> Pair | None:
        """What the seeded process needs of the symbol; later filters change no price of the past."""
        listed = self._first.get(symbol) or self._listed.get(symbol)
        if listed is None:
            return None
        return Pair(symbol, listed.base, listed.quote, max(units_of(listed.tick), 1), max(units_of(listed.step), 1))

    def assets(self) -> list[str]:
        """Every coin of the listing, in order of first appearance."""
        return list(dict.fromkeys(coin for one in self._listed.values() for coin in (one.base, one.quote)))


def load_book(file: Path | None, with_candles: Sequence[str] = ()) -> SymbolBook:
    """Build the listing from an exchangeInfo file (json or json.gz), else the exchange's own.

    Raises:
        ListingError: the file is absent or no exchangeInfo.
    """
    if file is None:
        return SymbolBook(own_listing(), with_candles)
    try:
        content = file.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        return SymbolBook(json.loads(content)["symbols"], with_candles)
    except (OSError, EOFError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise ListingError(f"{file}: not an exchangeInfo file ({type(error).__name__}: {error})") from error


def _candle_entry(symbol: str) -> dict[str, Any]:
    base, quote = split_symbol(symbol)
    return entry(base, quote)


def _listed(raw: dict[str, Any]) -> Listed:
    filters = {one["filterType"]: one for one in raw.get("filters", ())}
    return Listed(
        symbol=raw["symbol"],
        base=raw["baseAsset"],
        quote=raw["quoteAsset"],
        tick=Decimal(filters.get("PRICE_FILTER", {}).get("tickSize", "0.00000001")),
        lot=_lot(filters.get("LOT_SIZE")),
        market_lot=_lot(filters.get("MARKET_LOT_SIZE")),
        notionals=tuple(_notionals(filters)),
        quote_quantity_allowed=bool(raw.get("quoteOrderQtyMarketAllowed", True)),
        raw=raw,
    )


def _lot(rule: dict[str, Any] | None) -> LotRule:
    if rule is None:
        return LotRule()
    return LotRule(Decimal(rule["minQty"]), Decimal(rule["maxQty"]), Decimal(rule["stepSize"]))


def _notionals(filters: dict[str, dict[str, Any]]) -> Iterable[NotionalRule]:
    rule = filters.get("NOTIONAL")
    if rule is not None:
        smallest = Decimal(rule["minNotional"]) if rule.get("applyMinToMarket") else None
        largest = Decimal(rule["maxNotional"]) if rule.get("applyMaxToMarket") else None
        yield NotionalRule("NOTIONAL", smallest, largest)
    rule = filters.get("MIN_NOTIONAL")
    if rule is not None and rule.get("applyToMarket"):
        yield NotionalRule("MIN_NOTIONAL", Decimal(rule["minNotional"]), None)
