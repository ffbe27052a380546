"""Keeps what the scores of runs rest on: what each run changed, and prices of coins that are not held any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeError
from backend.core.model.amounts import ONE, ZERO
from backend.core.model.holdings import Balance
from backend.core.model.instants import MINUTE_MS
from backend.core.model.runs import UNFINISHED_RUNS
from backend.core.model.strategies import ScorePrice
from backend.core.model.wallets import Wallet
from backend.core.rebalancing.score import net_change
from backend.core.valuation import RouteBook, value_balances

if TYPE_CHECKING:
    from backend.core.model.valuation import Valuation
    from backend.core.ports import Store, UnitOfWork
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# Trades are told late at times: until then after its end a run is looked at again.
SETTLED_AFTER_MS: Final = 10 * MINUTE_MS


class ScoreKeeper:
    """Run after a refresh. An account without runs costs two small questions to the database."""

    def __init__(self, store: Store, reporting: str) -> None:
        self._store = store
        self._routes = RouteBook(reporting)

    def update(self, session: Session, epoch: int, valuation: Valuation) -> None:
        """Book new fills, and price what the runs traded and `valuation` does not hold.

        Raises:
            LeaseLostError: another collector works now.
        """
        account = session.account.id
        with self._store.read() as unit:
            waiting = unit.scores.unsettled(account)
        if waiting:
            self._book(waiting, account, epoch, valuation.at_ms)
        with self._store.read() as unit:
            traded_assets = set(unit.scores.assets(account))
        missing = traded_assets - {line.balance.asset for line in valuation.lines if line.price is not None}
        if missing:
            self._price(session, epoch, missing, valuation.at_ms)

    def _book(self, run_ids: Sequence[int], account: int, epoch: int, now_ms: int) -> None:
        with self._store.write(epoch) as unit:
            for run_id in run_ids:
                orders = [leg.planned for leg in unit.runs.legs(run_id)]
                change = net_change(orders, unit.runs.fills(run_id))
                if unit.scores.book(run_id, account, change, _settled(unit, run_id, now_ms)):
                    unit.events.emit("run", account, {"run": run_id, "scored": True})

    def _price(self, session: Session, epoch: int, assets: Collection[str], at_ms: int) -> None:
        exchange = session.exchange
        try:
            routes = self._routes.routes(exchange.symbols())
            tickers = exchange.tickers(routes.symbols_of(assets))
        except ExchangeError as error:
            # The prices there are grow old, and say so.
            log.debug("prices for scores not read", account=session.account.name, code=error.code)
            return
        coins = [Balance(Wallet.SPOT.value, asset, ONE, ZERO) for asset in sorted(assets)]
        priced = value_balances(coins, routes, {ticker.symbol: ticker for ticker in tickers}, at_ms).lines
        prices = [ScorePrice(line.balance.asset, line.price, at_ms, line.reason) for line in priced]
        with self._store.write(epoch) as unit:
            unit.scores.keep_prices(session.account.id, prices)


def _settled(unit: UnitOfWork, run_id: int, now_ms: int) -> bool:
    run = unit.runs.find(run_id)
    if run is None or run.state in UNFINISHED_RUNS or run.state == "needs_review" or run.finished_ms is None:
        return False
    return now_ms - run.finished_ms >= SETTLED_AFTER_MS
