"""GET /api/v3/exchangeInfo: entries as they are listed, whole or chosen."""

import json

from backend.exchange.simulator.messages import Answer, ExchangeError, dumps
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.rest.routes import Call
from backend.exchange.simulator.symbols import RATE_LIMITS, STATUSES, Listed, SymbolBook

INVALID_SYMBOL = "Invalid symbol."


def invalid_symbol() -> ExchangeError:
    return ExchangeError(-1121, INVALID_SYMBOL)


def exchange_info(call: Call) -> Answer:
    book = call.exchange.book
    names = _chosen(call.params, book)
    entries = [book.entry_text(name) for name in names]
    if not call.params.flag("showPermissionSets", default=True):
        entries = [dumps(json.loads(text) | {"permissionSets": []}) for text in entries]
    head = {"timezone": "UTC", "serverTime": call.now, "rateLimits": RATE_LIMITS, "exchangeFilters": []}
    return Answer(200, dumps(head)[:-1] + b',"symbols":[' + b",".join(entries) + b"]}")


def _chosen(params: Params, book: SymbolBook) -> list[str]:
    given = [name for name in ("symbol", "symbols", "permissions", "symbolStatus") if params.has(name)]
    symbol, symbols = params.text("symbol"), params.names("symbols")
    if len(given) > 1 and ("symbol" in given or "symbols" in given):
        raise ExchangeError(-1128, "Combination of optional parameters invalid.")
    if symbol is not None or symbols is not None:
        names = [symbol] if symbol is not None else symbols or []
        if any(book.get(name) is None for name in names):
            raise invalid_symbol()
        return names
    status = symbol_status(params)
    wanted = _permissions(params)
    return [
        name
        for name in book.names()
        if (status is None or book.status(name) == status) and (wanted is None or wanted & _granted(book.get(name)))
    ]


def symbol_status(params: Params) -> str | None:
    """The status that symbols must have to be shown. Raises ExchangeError -1122 for a word that is none."""
    status = params.text("symbolStatus")
    if status is not None and status not in STATUSES:
        raise ExchangeError(-1122, "Invalid symbolStatus.")
    return status


def _permissions(params: Params) -> set[str] | None:
    value = params.text("permissions")
    if value is None:
        return None
    return set(params.names("permissions") or ()) if value.startswith("[") else {value}


def _granted(listed: Listed | None) -> set[str]:
    if listed is None:
        return set()
    sets = listed.raw.get("permissionSets") or []
    return {name for one in sets for name in one} | set(listed.raw.get("permissions") or ())
