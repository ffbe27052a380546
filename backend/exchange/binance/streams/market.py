"""`!miniTicker@arr`: each second the last price of every symbol that traded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.errors import ExchangeError
from backend.exchange.binance.fields import unexpected
from backend.exchange.binance.stream_parse import is_shutdown, mini_tickers
from backend.exchange.binance.streams.connection import StreamOver

if TYPE_CHECKING:
    from backend.core.live_ports import LiveListener
    from backend.exchange.binance.streams.link import Link
    from backend.exchange.binance.streams.toll import Toll

log = structlog.get_logger(__name__)

STREAM: Final = "!miniTicker@arr"


class MarketConversation:
    """The prices of all symbols, of which only those wanted are told."""

    name = "market"
    ceaseless = True
    connect_weight = 0

    def __init__(self, base: Callable[[], str], listener: LiveListener, toll: Toll) -> None:
        """`base()` is the address of the streams without a path; it may raise `ExchangeError`."""
        self.toll = toll
        self._base = base
        self._listener = listener
        self.wanted: Set[str] = frozenset()

    def address(self) -> str:
        return f"{self._base()}/stream?streams={STREAM}"

    def greet(self, link: Link) -> None:
        answer = link.ask(self.probe())
        if STREAM not in (answer.get("result") or ()):
            raise unexpected("The stream of prices was not granted")

    def probe(self) -> Mapping[str, Any]:
        return {"method": "LIST_SUBSCRIPTIONS"}

    def hear(self, message: Any) -> None:
        if is_shutdown(message):
            raise StreamOver
        try:
            tickers = mini_tickers(message, self.wanted)
        except ExchangeError as error:
            # The next ones come in a second; the refresh reads prices in any case.
            log.warning("prices not readable", detail=str(error))
            return
        if tickers:
            self._listener.prices(tickers)

    def lost(self) -> None:
        self._listener.prices_lost()
