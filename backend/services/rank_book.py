"""Ranks of coins: asked for once a day, kept in the database, matched to the coins of the exchange."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeError
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.rebalancing.errors import RanksUnavailableError
from backend.core.rebalancing.ranks import RankFilter, Ranking, rank_assets

if TYPE_CHECKING:
    from backend.core.model.rebalancing import RebalancingSettings
    from backend.core.ports import Store
    from backend.core.rebalancing_ports import CoinNames, RankSource

log = structlog.get_logger(__name__)

# Ranks move slowly: those of a few days ago are better than none.
USABLE_MS: Final = 7 * DAY_MS
# Credits are counted: after a failure it is not asked again at every plan.
AGAIN_MS: Final = HOUR_MS


class RankBook:
    """Over one source; without one the filter is off, and says so.

    `source()`: who ranks coins now; the same object as long as it is the same one with the same key.
    """

    def __init__(self, store: Store, source: Callable[[], RankSource | None], now_ms: Callable[[], int]) -> None:
        self._store = store
        self._source = source
        self._now_ms = now_ms
        self._failed: tuple[RankSource, int] | None = None

    def rank_filter(
        self, epoch: int | None, settings: RebalancingSettings, assets: Collection[str], names: CoinNames
    ) -> RankFilter:
        """The filter that the settings ask for, on some assets."""
        if settings.max_rank is None:
            return RankFilter()
        source = self._source()
        if source is None:
            return RankFilter("no_key", settings.max_rank)
        ranking = self._ranking(epoch, source)
        if ranking is None:
            return RankFilter("unavailable", settings.max_rank)
        try:
            listed = names.coin_list()
        except ExchangeError as error:
            # Names of our own and contracts nobody told: what stays ambiguous is named.
            log.warning("names of coins not read", code=error.code)
            listed = ()
        ranks, ambiguous = rank_assets(assets, ranking.coins, listed, settings.coin_ids)
        return RankFilter("on", settings.max_rank, ranks, ranking.read_machine_ms, ambiguous)

    def _ranking(self, epoch: int | None, source: RankSource) -> Ranking | None:
        now = self._now_ms()
        with self._store.read() as unit:
            kept = unit.coin_ranks.latest(source.name)
        if kept is not None and now - kept.read_machine_ms < DAY_MS:
            return kept
        failed = self._failed
        if failed is None or failed[0] is not source or now - failed[1] >= AGAIN_MS:
            try:
                fresh = Ranking(now, source.coins())
            except RanksUnavailableError as error:
                log.warning("ranks not read", detail=str(error))
                self._failed = source, now
            else:
                with self._store.write(epoch) as unit:
                    unit.coin_ranks.replace(source.name, fresh)
                return fresh
        return kept if kept is not None and now - kept.read_machine_ms < USABLE_MS else None
