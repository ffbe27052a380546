"""What live updates need of the exchange's streams and tell of them, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.stream_events import MiniTicker, UserEvent
    from backend.core.model.stream_state import StreamState


class StreamLogin(Protocol):
    """Whoever can subscribe to the events of one account."""

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        """Signed parameters of a subscription, stamped with an instant of the exchange's clock. They hold a secret."""


class LiveListener(Protocol):
    """Hears the streams. Called on their threads: it must not wait."""

    def prices(self, tickers: Sequence[MiniTicker]) -> None:
        """Newer prices of symbols that were asked for."""

    def prices_lost(self) -> None:
        """From now on prices change unheard."""

    def account_live(self, account_id: int) -> None:
        """From now on everything that happens to the account is heard; what happened before is to be read."""

    def account_event(self, account_id: int, event: UserEvent | None) -> None:
        """Something happened to an account; None: what it was is not known."""

    def account_lost(self, account_id: int) -> None:
        """From now on the account changes unheard."""


class LiveFeed(Protocol):
    """The streams of one environment; each is connected once it is known what to hear. Thread-safe."""

    def stop(self) -> None:
        """End all connections at once."""

    def watch(self, accounts: Mapping[int, StreamLogin]) -> None:
        """Hear the events of these accounts, by id, and of no others."""

    def watch_futures(self, account_id: int, listen_key: str) -> None:
        """Hear the futures of an account through a listen key, new or renewed."""

    def want(self, symbols: Set[str]) -> None:
        """Hear the prices of these symbols, and of no others."""

    def states(self) -> Sequence[StreamState]:
        """How each connection is."""


class OpenFeed(Protocol):
    """Makes the feed of a listener; `changed` is called when the state of a connection changes."""

    def __call__(self, listener: LiveListener, changed: Callable[[], None]) -> LiveFeed: ...


class Streams(Protocol):
    """How each connection is, as the collector told it last."""

    def tell(self, states: Sequence[StreamState]) -> None: ...
    def last_told(self) -> tuple[Sequence[StreamState], int | None]: ...
