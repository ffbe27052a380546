"""RebalancingBook: targets with how far off they are, settings, and plans as they were made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from backend.core.errors import BadInputError, ExchangeError, NotFoundError
from backend.core.model.amounts import plain
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.rebalancing.chosen import settings_of, targets_of
from backend.core.rebalancing.standing import AssetStanding, standing
from backend.core.rebalancing.targets import check_percents

if TYPE_CHECKING:
    from backend.core.model.rebalancing import RebalancingSettings, Scope, StoredPlan
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import BalancesView, Basis, Status

RankFilter = Literal["off", "on", "no_key"]
PACE: Final = frozenset({"strategy", "interval_hours", "cooldown_hours"})


@dataclass(frozen=True, slots=True)
class AllocationView:
    """Targets in percent, and every asset held or targeted."""

    basis: Basis
    scope: Scope
    own: bool
    targets: Mapping[str, Decimal]
    total: Decimal | None
    threshold: Decimal
    lines: Sequence[AssetStanding]
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Settings that count for a scope; `own`: they were set for this account alone."""

    scope: Scope
    own: bool
    settings: RebalancingSettings
    rank_filter: RankFilter


class RebalancingBook:
    """Reads and writes what the user wants, over a store."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        settings: ViewSettings,
        unpriced: Callable[[Sequence[str]], Sequence[str]],
        has_ranks: Callable[[UnitOfWork], bool],
        now_ms: Callable[[], int],
    ) -> None:
        """
        Args:
            now_ms: this machine's clock.
            unpriced: asks the exchange which of some coins have no price.
            has_ranks: whether there is a key for ranks now, or the demo's own.
        """
        self._store = store
        self._portfolio = portfolio
        self._environment = settings.environment
        self._reporting = settings.reporting_currency
        self._unpriced = unpriced
        self._has_ranks = has_ranks
        self._now_ms = now_ms

    def allocation(self, account_id: int | None) -> AllocationView:
        """Targets and drift, over all wallets of one account or of all.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            scope = self._scope(unit, account_id)
            return self._allocation(unit, scope, self._portfolio.balances_in(unit, account_id))

    def allocation_of(self, view: BalancesView, account_id: int | None) -> AllocationView:
        """The same beside balances that were read already."""
        with self._store.read() as unit:
            return self._allocation(unit, self._scope(unit, account_id), view)

    def set_allocation(self, account_id: int | None, percents: Mapping[str, Decimal]) -> AllocationView:
        """Put targets in the place of those there are.

        Raises:
            BadInputError: they do not add up to 100, or a coin is none of this exchange.
            NotFoundError: no such account in this environment.
        """
        check_percents(percents)
        with self._store.read() as unit:
            scope = self._scope(unit, account_id)
            known = {line.balance.asset for _, _, line in self._portfolio.balances_in(unit, account_id).lines}
            known |= {*targets_of(unit, self._environment, scope), self._reporting}
        self._refuse_unknown([asset for asset in percents if asset not in known])
        with self._store.write() as unit:
            before = targets_of(unit, self._environment, scope)
            unit.allocations.replace(self._environment, scope, percents)
            unit.audit.record("targets.set", account_id=scope, details={"percents": percents, "before": before})
            unit.events.emit("balances", scope, {"by": "targets"})
            return self._allocation(unit, scope, self._portfolio.balances_in(unit, account_id))

    def forget_allocation(self, account_id: int | None) -> AllocationView:
        """Take an account's own targets away: those of all accounts count for it again.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.write() as unit:
            scope = self._scope(unit, account_id)
            unit.allocations.replace(self._environment, scope, {})
            unit.audit.record("targets.clear", account_id=scope)
            unit.events.emit("balances", scope, {"by": "targets"})
            return self._allocation(unit, scope, self._portfolio.balances_in(unit, account_id))

    def settings(self, account_id: int | None) -> SettingsView:
        """
        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            return self._settings(unit, self._scope(unit, account_id))

    def change_settings(
        self, account_id: int | None, changes: Mapping[str, Any], limits: Mapping[str, Any]
    ) -> SettingsView:
        """Change fields of the settings, and of their limits; the others stay as they are.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: an automatic strategy that could never run, or never as often as it says.
        """
        with self._store.write() as unit:
            scope = self._scope(unit, account_id)
            before = settings_of(unit, self._environment, scope)
            after = replace(before, **changes, limits=replace(before.limits, **limits))
            _refuse_useless(after, changes)
            unit.rebalancing_settings.replace(self._environment, scope, after)
            told = {**changes, **({"limits": limits} if limits else {})}
            unit.audit.record("settings.rebalancing", account_id=scope, details=told)
            unit.events.emit("balances", scope, {"by": "settings"})
            return self._settings(unit, scope)

    def plan(self, plan_id: str) -> StoredPlan:
        """A plan as it was made.

        Raises:
            NotFoundError: there is none, it is forgotten, or it is of another environment.
        """
        with self._store.read() as unit:
            found = unit.plans.find(plan_id)
        if found is None or found.environment != self._environment:
            raise NotFoundError("There is no such plan: it is too old, or was never made. Make a new one")
        return found

    def expired(self, plan: StoredPlan) -> bool:
        """Whether it is too old to be executed: by the exchange's clock, as this machine knows it."""
        with self._store.read() as unit:
            offset_ms = unit.accounts.sync_state(plan.account_id).clock_offset_ms or 0
        return self._now_ms() + offset_ms >= plan.expires_ms

    def account_to_plan(self, account_id: int | None) -> int:
        """The account a plan is for.

        Raises:
            BadInputError: there are several and none is named.
            NotFoundError: there is no such account in this environment, or none at all.
        """
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._environment, account_id)
        if len(accounts) > 1:
            raise BadInputError("A plan is for one account: say which", "account")
        if not accounts:
            raise NotFoundError("There is no account yet")
        return accounts[0].id

    def _scope(self, unit: UnitOfWork, account_id: int | None) -> Scope:
        """Where there is one account only, to name it or not is the same."""
        accounts = wanted_accounts(unit, self._environment, account_id)
        return accounts[0].id if len(accounts) == 1 else None

    def _settings(self, unit: UnitOfWork, scope: Scope) -> SettingsView:
        own = scope is not None and unit.rebalancing_settings.of(self._environment, scope) is not None
        found = settings_of(unit, self._environment, scope)
        ranked: RankFilter = "off" if found.max_rank is None else "on" if self._has_ranks(unit) else "no_key"
        return SettingsView(scope, own, replace(found, base_asset=found.base_asset or self._reporting), ranked)

    def _allocation(self, unit: UnitOfWork, scope: Scope, view: BalancesView) -> AllocationView:
        targets = targets_of(unit, self._environment, scope)
        settings = settings_of(unit, self._environment, scope)
        return AllocationView(
            basis=view.basis,
            scope=scope,
            own=scope is not None and unit.allocations.of(self._environment, scope) is not None,
            targets=targets,
            total=view.total,
            threshold=settings.threshold_percent,
            lines=standing([line for _, _, line in view.lines], targets, settings, self._reporting),
            status=view.status,
            reason=view.reason,
        )

    def _refuse_unknown(self, added: Sequence[str]) -> None:
        if not added:
            return
        try:
            unknown = self._unpriced(added)
        except ExchangeError:
            # Saved all the same: a plan asks again and refuses.
            return
        if unknown:
            names = ", ".join(unknown)
            raise BadInputError(
                f"{names} has no price on this exchange: check the name, or leave it out", "allocations"
            )


def _refuse_useless(after: RebalancingSettings, changed: Collection[str]) -> None:
    """What an automatic strategy cannot do; its pace is looked at where it is changed: old settings take others.

    Raises:
        BadInputError: says what to change.
    """
    if after.strategy != "manual" and after.mode != "full":
        words = "Automatic runs rebalance in full: money to put in or to raise is named by hand for each plan"
        raise BadInputError(f"{words}. Set the mode to full, or the strategy to manual", "mode")
    # A threshold may be looked at more often than it is acted on; of a periodic strategy each look is a run.
    if after.strategy == "periodic" and after.interval_hours < after.cooldown_hours and PACE & set(changed):
        every, pause = plain(after.interval_hours), plain(after.cooldown_hours)
        raise BadInputError(
            f"A run every {every} h cannot be while the pause after each is {pause} h: set interval_hours to at least "
            f"{pause}, or cooldown_hours to at most {every}",
            "interval_hours",
        )
