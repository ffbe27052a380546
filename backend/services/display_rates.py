"""Keeps the prices that figures in other currencies need: at every snapshot, and about now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import structlog
from numpy.typing import NDArray

from backend.core.display_rates import DISPLAY_CURRENCIES
from backend.core.errors import ExchangeError
from backend.core.model.instants import MINUTE_MS
from backend.core.ports import Store
from backend.core.valuation import PriceRoutes, RouteBook
from backend.services.past_prices import PastPrices
from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# The present value moves with the prices in it; that of a currency which is not held follows this often.
NOW_EVERY_MS: Final = 5 * MINUTE_MS


@dataclass(slots=True)
class _Covered:
    """The snapshots of an account whose prices are kept: their instants, and of which rebuild they are."""

    instants: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    rebuilds: int = -1

    @property
    def until_ms(self) -> int:
        return int(self.instants[-1]) if self.instants.size else -1


class DisplayRates:
    """Run after a refresh. What is stored is never asked for twice, and prices are shared by all accounts."""

    def __init__(self, store: Store, reporting: str) -> None:
        self._store = store
        self._routes = RouteBook(reporting)
        self._currencies = [currency for currency in DISPLAY_CURRENCIES if currency != reporting]
        self._covered: dict[int, _Covered] = {}

    def update(self, session: Session, epoch: int, at_ms: int) -> None:
        """Store what is missing for a valuation at `at_ms` and the snapshots so far. A failure is made good next time.

        Raises:
            LeaseLostError: another collector works now.
        """
        exchange, account = session.exchange, session.account.id
        covered = self._covered.setdefault(account, _Covered())
        with self._store.read() as unit:
            rebuilds = unit.accounts.sync_state(account).rebuilds
            rebuilt = rebuilds != covered.rebuilds
            rows = unit.snapshots.series_after(account, -1 if rebuilt else covered.until_ms).at_ms
        # A rebuild leaves nearly every instant where it was.
        fresh = np.setdiff1d(rows, covered.instants, assume_unique=True) if rebuilt else rows
        instants = [*fresh.tolist(), at_ms - at_ms % NOW_EVERY_MS]
        exchange.set_purpose("import")
        try:
            routes = self._routes.routes(exchange.symbols())
            prices = PastPrices(self._store, exchange, epoch, routes)
            prices.of_all({one: instants for one in self._currencies if _direct(routes, one)})
        except ExchangeError as error:
            log.debug("prices of display currencies not read", account=session.account.name, code=error.code)
            return
        finally:
            exchange.set_purpose("live")
        self._covered[account] = _Covered(rows if rebuilt else np.concatenate([covered.instants, rows]), rebuilds)


def _direct(routes: PriceRoutes, currency: str) -> bool:
    """Whether one pair tells the price: figures are read by its name."""
    return any(len(route.hops) == 1 for route in routes.of(currency))
