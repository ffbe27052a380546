"""What the rows of rebalancing offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.market import BestOffers
    from backend.core.model.orders import Commission, TradingRights
    from backend.core.model.rank_keys import RankTold, RankUsage, StoredRankKey
    from backend.core.model.rebalancing import RebalancingSettings, Scope, StoredPlan
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.model.wallets import CoinInfo
    from backend.core.rebalancing.ranks import RankedCoin, Ranking


class CoinNames(Protocol):
    """Whoever says what coins are called."""

    def coin_list(self) -> Sequence[CoinInfo]:
        """Names and contracts of coins; empty where the environment does not tell them."""


class TradeTerms(CoinNames, Protocol):
    """What the exchange says of trading, now. Each call may raise `ExchangeError`."""

    def trading_rules(self) -> Sequence[SymbolRules]:
        """The rules of every pair, whatever its status."""

    def best_offers(self) -> Sequence[BestOffers]:
        """Of every pair; zero where nobody offers."""

    def trading_rights(self) -> TradingRights:
        """What the account may trade, and what it costs where nothing else is said."""

    def commission(self, symbol: str) -> Commission:
        """What trading a symbol costs the account."""


class Allocations(Protocol):
    """Target weights in percent, by asset."""

    def of(self, environment: str, scope: Scope) -> Mapping[str, Decimal] | None:
        """None where that scope has none of its own; what counts for an account: `core/rebalancing/chosen.py`."""

    def replace(self, environment: str, scope: Scope, targets: Mapping[str, Decimal]) -> None: ...


class RebalancingSettingsStore(Protocol):
    def of(self, environment: str, scope: Scope) -> RebalancingSettings | None:
        """None where that scope has none of its own; what counts for an account: `core/rebalancing/chosen.py`."""

    def replace(self, environment: str, scope: Scope, settings: RebalancingSettings) -> None: ...


class Plans(Protocol):
    def add(self, plan: StoredPlan) -> None: ...
    def find(self, plan_id: str) -> StoredPlan | None: ...
    def of_request(self, request: str) -> StoredPlan | None:
        """The plan of the conversion that a write asked for."""

    def consume(self, plan_id: str) -> bool:
        """Mark a plan as executed; False where it was already, or there is none."""

    def forget_old(self, before_ms: int) -> None:
        """Delete plans that expired before an instant and were never executed."""


class CoinRanks(Protocol):
    """Coins as a source of ranks told them last."""

    def latest(self, source: str) -> Ranking | None: ...
    def replace(self, source: str, ranking: Ranking) -> None: ...


class RankSource(Protocol):
    """Who ranks coins. `name`: what its rows are kept under."""

    @property
    def name(self) -> str: ...
    def coins(self) -> Sequence[RankedCoin]:
        """All coins with a rank.

        Raises:
            RanksUnavailableError: no usable answer.
        """


class RankClient(RankSource, Protocol):
    """A source of ranks that counts what the user's key asks."""

    def usage(self) -> RankUsage:
        """How much of the key is used this month; the question costs nothing of it.

        Raises:
            RanksUnavailableError: no usable answer; RankKeyRefusedError: it refuses the key.
        """


class RankKeys(Protocol):
    """The user's keys of sources of ranks, sealed."""

    def find(self, source: str) -> StoredRankKey | None: ...
    def put(self, source: str, key: StoredRankKey) -> None:
        """Store a key in the place of the one there is."""

    def note(self, source: str, sealed: str | None, ending: str, told: RankTold) -> bool:
        """Write down what was told of a key; False: another one stands there by now."""

    def drop(self, source: str) -> None: ...


class RebalancingRows(Protocol):
    """What of a unit of work is about rebalancing."""

    @property
    def allocations(self) -> Allocations: ...
    @property
    def rebalancing_settings(self) -> RebalancingSettingsStore: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def coin_ranks(self) -> CoinRanks: ...
    @property
    def rank_keys(self) -> RankKeys: ...
