"""GET /api/v3/exchangeInfo: entries as they are listed, kept as finished JSON text until a status changes."""

from backend.exchange.simulator.messages import Answer, ExchangeError, dumps
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.rest.routes import Call
from backend.exchange.simulator.symbols import RATE_LIMITS, Listed, SymbolBook

INVALID_SYMBOL = "Invalid symbol."


def invalid_symbol() -> ExchangeError:
    return ExchangeError(-1121, INVALID_SYMBOL)


class ExchangeInfo:
    """The handler, with the serialised entries it keeps."""

    def __init__(self) -> None:
        self._kept: tuple[int, dict[str, bytes]] = (-1, {})  # of one revision of the listing

    def __call__(self, call: Call) -> Answer:
        book = call.exchange.book
        names = self._chosen(call.params, book)
        revision, texts = self._kept
        if revision != book.revision:
            revision, texts = self._kept = (book.revision, {})
        for name in names:
            if name not in texts:
                texts[name] = dumps(book.raw_entry(name))
        head = {"timezone": "UTC", "serverTime": call.now, "rateLimits": RATE_LIMITS, "exchangeFilters": []}
        body = dumps(head)[:-1] + b',"symbols":[' + b",".join(texts[name] for name in names) + b"]}"
        return Answer(200, body)

    def _chosen(self, params: Params, book: SymbolBook) -> list[str]:
        given = [name for name in ("symbol", "symbols", "permissions", "symbolStatus") if params.has(name)]
        symbol, symbols = params.text("symbol"), params.names("symbols")
        if len(given) > 1 and ("symbol" in given or "symbols" in given):
            raise ExchangeError(-1128, "Combination of optional parameters invalid.")
        if symbol is not None or symbols is not None:
            names = [symbol] if symbol is not None else symbols or []
            if any(book.get(name) is None for name in names):
                raise invalid_symbol()
            return names
        status = params.text("symbolStatus")
        wanted = _permissions(params)
        return [
            name
            for name in book.names()
            if (status is None or book.status(name) == status) and (wanted is None or wanted & _granted(book.get(name)))
        ]


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
