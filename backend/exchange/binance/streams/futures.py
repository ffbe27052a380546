"""The user stream of a USD-M wallet: one connection an account, opened by a listen key that others renew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import structlog

from backend.core.errors import ExchangeError
from backend.core.model.stream_events import StreamEnded
from backend.exchange.binance.stream_parse import user_message
from backend.exchange.binance.streams.connection import StreamOver

if TYPE_CHECKING:
    from backend.core.live_ports import LiveListener
    from backend.exchange.binance.streams.link import Link
    from backend.exchange.binance.streams.toll import Toll

log = structlog.get_logger(__name__)


class FuturesConversation:
    """Tells what happens to one account's futures. There is no balance to show: each event asks for a refresh."""

    ceaseless = False
    connect_weight = 0

    def __init__(self, account_id: int, base: Callable[[], str], listener: LiveListener, toll: Toll) -> None:
        """`base()` is the address of the private streams; it may raise `ExchangeError`."""
        self.name = f"futures:{account_id}"
        self.listen_key = ""
        self.toll = toll
        self._account_id = account_id
        self._base = base
        self._listener = listener

    def address(self) -> str:
        return f"{self._base()}/ws?listenKey={self.listen_key}"

    def greet(self, link: Link) -> None:
        link.ask(self.probe())
        # What happened before is not told.
        self._listener.account_event(self._account_id, None)

    def probe(self) -> Mapping[str, Any]:
        return {"method": "LIST_SUBSCRIPTIONS"}

    def hear(self, message: Any) -> None:
        try:
            event = user_message(message).event
        except ExchangeError as error:
            log.warning("event not readable", detail=str(error))
            event = None
        self._listener.account_event(self._account_id, event)
        if isinstance(event, StreamEnded):
            raise StreamOver

    def lost(self) -> None:
        """Prices and spot balances go on without it; the next connection asks for a look."""
