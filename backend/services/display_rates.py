"""Keeps the prices that figures in other currencies need: at every snapshot, and about now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import structlog

from backend.core.display_rates import DISPLAY_CURRENCIES
from backend.core.errors import ExchangeError
from backend.core.model.instants import MINUTE_MS
from backend.core.valuation import PriceRoutes, RouteBook
from backend.services.past_prices import PastPrices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.ports import Store
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# The present value moves with the prices in it; that of a currency which is not held follows this often.
NOW_EVERY_MS: Final = 5 * MINUTE_MS
# Instants looked up at a time.
STRETCH: Final = 4_000
NOWHERE: Final = np.empty(0, np.int64)


@dataclass(slots=True)
class _Covered:
    """Up to where an account's snapshots were looked at, of which rebuild these are, and those that have every price.

    What had none is asked for again at the next rebuild.
    """

    until_ms: int = -1
    rebuilds: int = -1
    priced: NDArray[np.int64] = field(default_factory=lambda: NOWHERE)
    # The currencies that these prices are of: one that is listed later is asked for everywhere.
    currencies: frozenset[str] = frozenset()


class DisplayRates:
    """Run after a refresh. What is stored is never asked for twice, and prices are shared by all accounts."""

    def __init__(self, store: Store, reporting: str) -> None:
        self._store = store
        self._routes = RouteBook(reporting)
        self._currencies = [currency for currency in DISPLAY_CURRENCIES if currency != reporting]
        self._covered: dict[int, _Covered] = {}

    def forget(self, account_id: int) -> None:
        """Look at all of the account's snapshots again: others may have changed them."""
        self._covered.pop(account_id, None)

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
        exchange.set_purpose("import")
        try:
            routes = self._routes.routes(exchange.symbols())
            currencies = frozenset(one for one in self._currencies if _direct(routes, one))
            # A rebuild leaves nearly every instant where it was.
            kept = covered.priced if currencies == covered.currencies else NOWHERE
            fresh = np.setdiff1d(rows, kept, assume_unique=True)
            prices = PastPrices(self._store, exchange, epoch, routes)
            instants = np.append(fresh, at_ms - at_ms % NOW_EVERY_MS)
            lacking = [_lacking(prices, currencies, some) for some in _stretches(instants)]
        except ExchangeError as error:
            log.debug("prices of display currencies not read", account=session.account.name, code=error.code)
            return
        finally:
            exchange.set_purpose("live")
        priced = np.setdiff1d(fresh, np.concatenate(lacking))
        until_ms = int(rows[-1]) if rows.size else covered.until_ms
        self._covered[account] = _Covered(until_ms, rebuilds, np.union1d(kept, priced), currencies)


def _stretches(instants: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """So many at a time that years of hours are no years of prices in memory."""
    return (instants[start : start + STRETCH] for start in range(0, len(instants), STRETCH))


def _lacking(prices: PastPrices, currencies: Iterable[str], instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """Store what there is, and tell the instants at which a currency has no price."""
    told = prices.of_all(dict.fromkeys(currencies, instants.tolist()))
    lacking = {at for known in told.values() for at, one in known.items() if one.price is None}
    return np.fromiter(sorted(lacking), np.int64, len(lacking))


def _direct(routes: PriceRoutes, currency: str) -> bool:
    """Whether one pair tells the price: figures are read by its name."""
    return any(len(route.hops) == 1 for route in routes.of(currency))
