"""Control of the market and the clock: prices, statuses, how thin the book is, and how time passes."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.control_fields import BadInput, Fields, amount, instant
from backend.exchange.simulator.exchange import Exchange, offer_of
from backend.exchange.simulator.limit_orders import RestingOrders, cancelled
from backend.exchange.simulator.movements import renamed
from backend.exchange.simulator.records import DepthSet, FiltersSet, MaintenanceSet, Pinned, Record, Renamed, StatusSet
from backend.exchange.simulator.symbols import DELISTED, STATUSES
from backend.exchange.simulator.wire import fixed, iso, plain

MOST_WORSE: Final = 100
LOT_FIELDS: Final = ("minQty", "maxQty", "stepSize")
FIELDS_READ: Final = {  # what the matching reads of a filter
    "LOT_SIZE": LOT_FIELDS,
    "MARKET_LOT_SIZE": LOT_FIELDS,
    "PRICE_FILTER": ("minPrice", "maxPrice", "tickSize"),
    "PERCENT_PRICE_BY_SIDE": ("bidMultiplierUp", "bidMultiplierDown", "askMultiplierUp", "askMultiplierDown"),
    "NOTIONAL": ("minNotional", "maxNotional"),
    "MIN_NOTIONAL": ("minNotional",),
}


class MarketCalls:
    """Answers its calls; Control holds the exchange's lock around each."""

    def __init__(self, exchange: Exchange, resting: RestingOrders) -> None:
        self._exchange, self._resting = exchange, resting
        self.calls: dict[str, Callable[[Fields], tuple[int, Any]]] = {
            "POST /sim/prices": self._prices,
            "POST /sim/symbols": self._symbols,
            "POST /sim/filters": self._filters,
            "POST /sim/rename": self._rename,
            "POST /sim/depth": self._depth,
            "POST /sim/maintenance": self._maintenance,
            "GET /sim/clock": self._clock,
            "POST /sim/clock": self._set_clock,
        }

    def _prices(self, fields: Fields) -> tuple[int, Any]:
        now = self._exchange.clock.now()
        records: list[Record] = []
        for symbol in fields.names():
            if self._exchange.book.ever(symbol) is None:
                raise BadInput(f"unknown symbol: {symbol}")
            price = fields.take(symbol)
            word = "gone" if price is None else "free" if price == "free" else fixed(amount(symbol, price))
            records.append(Pinned(now, symbol, word))
        if not records:
            raise BadInput("name at least one symbol")
        self._exchange.commit(records)
        return 200, {"at": iso(now), "prices": {one.symbol: one.price for one in records if isinstance(one, Pinned)}}

    def _symbols(self, fields: Fields) -> tuple[int, Any]:
        symbol, status = fields.text("symbol"), fields.choice("status", (*STATUSES, DELISTED))
        fields.done()
        if self._exchange.book.ever(symbol) is None:
            raise BadInput(f"unknown symbol: {symbol}")
        now = self._exchange.clock.now()
        records: list[Record] = [StatusSet(now, symbol, status)]
        for account in self._exchange.accounts.values():
            self._resting.work(account, now)
            gone = [one for one in account.open_orders.values() if one.symbol == symbol and status == DELISTED]
            records += [cancelled(one, now) for one in gone]
        self._exchange.commit(records)
        return 200, {"symbol": symbol, "status": status}

    def _filters(self, fields: Fields) -> tuple[int, Any]:
        """Change filters of a symbol: `{type: {field: value}}` lays fields over a filter, null takes it away."""
        symbol, changes = fields.text("symbol"), fields.take("filters")
        fields.done()
        listed = self._exchange.book.ever(symbol)
        if listed is None:
            raise BadInput(f"unknown symbol: {symbol}")
        if not isinstance(changes, dict) or not all(one is None or isinstance(one, dict) for one in changes.values()):
            raise BadInput("filters must be an object of filter types, each an object of fields or null")
        by_type = {one["filterType"]: one for one in listed.raw.get("filters", ())}
        for kind, change in changes.items():
            by_type[kind] = None if change is None else (by_type.get(kind) or {"filterType": kind}) | change
        filters = [one for one in by_type.values() if one is not None]
        for one in filters:
            for name in FIELDS_READ.get(one["filterType"], ()):
                amount(f"filters.{one['filterType']}.{name}", one.get(name), least=Decimal(0))
        self._exchange.commit([FiltersSet(self._exchange.clock.now(), symbol, json.dumps(filters))])
        return 200, {"symbol": symbol, "filters": filters}

    def _rename(self, fields: Fields) -> tuple[int, Any]:
        """A coin changes its name, one for one: balances and symbols follow, open orders of it are cancelled."""
        old, new = fields.text("from"), fields.text("to")
        fields.done()
        exchange, now = self._exchange, self._exchange.clock.now()
        if old == new or old not in exchange.book.assets():
            raise BadInput(f"{old} is no listed coin that could get the name {new}")
        records: list[Record] = [Renamed(now, old, new)]
        taken: list[int] = []
        for account in exchange.accounts.values():
            self._resting.work(account, now)
            open_orders = account.open_orders.values()
            records += [cancelled(one, now) for one in open_orders if old in (one.base, one.quote)]
            moved = renamed(exchange, account, now, (old, new), taken)
            records += [moved] if moved else []
        exchange.commit(records)
        return 200, {"from": old, "to": new, "at": iso(now)}

    def _depth(self, fields: Fields) -> tuple[int, Any]:
        """How much an order finds: `{symbol: quantity, list of them (a fill each), "free" (no end at the price)}`.

        In a list a quantity may stand at a worse price, `{"quantity", "worse_percent"}`; the best come first.
        """
        now = self._exchange.clock.now()
        records: list[Record] = []
        for symbol in fields.names():
            if self._exchange.book.ever(symbol) is None:
                raise BadInput(f"unknown symbol: {symbol}")
            found = fields.take(symbol)
            if found == "free":
                records.append(DepthSet(now, symbol, found))
                continue
            offers = found if isinstance(found, list) and found else [found]
            words = [_offer(symbol, one) for one in offers]
            worse = [offer_of(word).worse for word in words]
            if worse != sorted(worse):
                raise BadInput(f"{symbol}: the best offers come first")
            records.append(DepthSet(now, symbol, ",".join(words)))
        if not records:
            raise BadInput("name at least one symbol")
        self._exchange.commit(records)
        return 200, {one.symbol: one.quantity for one in records if isinstance(one, DepthSet)}

    def _maintenance(self, fields: Fields) -> tuple[int, Any]:
        """While it is on, signed spot and futures paths answer 503; market data and /sapi go on."""
        on = fields.flag("on", default=True)
        fields.done()
        self._exchange.commit([MaintenanceSet(self._exchange.clock.now(), on)])
        return 200, {"on": on}

    def _clock(self, fields: Fields) -> tuple[int, Any]:
        fields.done()
        clock = self._exchange.clock
        return 200, {"now": iso(clock.now()), "speed": plain(clock.speed)}

    def _set_clock(self, fields: Fields) -> tuple[int, Any]:
        speed = fields.decimal("speed", least=Decimal(0)) if fields.has("speed") else None
        advance_s = fields.decimal("advance_s", Decimal(0), least=Decimal(0))
        wanted = fields.take("set")
        fields.done()
        to_ms = None if wanted is None else instant("set", wanted)
        reading = self._exchange.change_clock(speed=speed, advance_ms=int(advance_s * 1000), to_ms=to_ms)
        return 200, {"now": iso(reading.exchange_ms), "speed": plain(reading.speed)}


def _offer(symbol: str, told: Any) -> str:
    """An offer as its record has it."""
    if not isinstance(told, dict):
        return plain(amount(symbol, told, least=Decimal(0)))
    if set(told) != {"quantity", "worse_percent"}:
        raise BadInput(f"{symbol}: an offer has a quantity and a worse_percent")
    percent = amount(f"{symbol}.worse_percent", told["worse_percent"], least=Decimal(0))
    if percent >= MOST_WORSE:
        raise BadInput(f"{symbol}: worse_percent must be below {MOST_WORSE}")
    return f"{plain(amount(symbol, told['quantity'], least=Decimal(0)))}@{plain(percent)}"
