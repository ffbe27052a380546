"""StrategyRunner: deals with due automatic runs, each once, whatever is killed and started again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog

from backend.core.errors import DomainError, ExchangeError, LeaseLostError, Remedy, RunRefusedError
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.core.model.strategies import DueOutcome, NewDue, StrategyClock
from backend.core.rebalancing.triggers import interval_ms
from backend.core.strategy_clock import Situation, drifted, largest_drift, situation
from backend.core.trading_rights import KILL_SWITCH, SWITCH_WORDS, TradingRights
from backend.services.run_start import RunStarter, StartOrder

if TYPE_CHECKING:
    from backend.core.model.rebalancing import StoredPlan
    from backend.core.ports import Store, UnitOfWork
    from backend.core.rebalancing.drift import AssetDrift
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# What may pass by itself is tried again at each refresh, for so long.
RETRY_MS: Final = 30 * MINUTE_MS
SET_ANEW: Final = "set-anew"
# Refusals that another plan, or a moment, may lift.
PASSING: Final = frozenset(
    {
        SET_ANEW,
        "plan-expired",
        "plan-changed",
        "price-moved",
        "limit-slippage",
        "not-reconciled",
        "run-active",
        "stale-data",
    }
)
EMPTY: Final = "plan-empty"
DONE_ALREADY: Final = "due-dealt-with"
AS_SET: Final[Mapping[str, Any]] = {"mode": None, "amount_usd": None, "allocations": None}


# A line of the log at which nothing happened is kept so long.
KEEP_QUIET_MS: Final = 90 * DAY_MS


@dataclass(frozen=True, slots=True)
class _Check:
    """A due instant that is looked at; `largest`: how far its plan saw the furthest asset from its target."""

    found: Situation
    due_ms: int
    largest: AssetDrift | None = None

    def dealt_with(self) -> StrategyClock:
        return replace(self.found.clock, last_due_ms=self.due_ms, failing=None)


class Plans(Protocol):
    """Whoever makes plans."""

    def make(
        self, session: Session, epoch: int, payload: Mapping[str, Any], refresh: Callable[[], int]
    ) -> Mapping[str, Any]: ...


class StrategyRunner:
    """Run after a refresh. `now_ms` is this machine's clock: due instants follow it."""

    def __init__(
        self,
        store: Store,
        environment: str,
        plans: Plans,
        starter: RunStarter,
        rights: TradingRights,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._environment = environment
        self._plans = plans
        self._starter = starter
        self._rights = rights
        self._now_ms = now_ms

    def step(self, session: Session, epoch: int, at_ms: int) -> bool:
        """Deal with what is due on an account that was just refreshed; returns whether a run began.

        Args:
            at_ms: the instant of the value that was read.

        Raises:
            LeaseLostError: another collector works now; nothing was begun.
        """
        if session.account.keyless:
            return False
        account = session.account.id
        with self._store.read() as unit:
            found = situation(unit, self._environment, account, self._now_ms())
        if found.clock != found.stored:
            with self._store.write(epoch) as unit:
                unit.strategies.keep_clock(found.clock)
        if found.decision.put_off_ms is not None:
            self._put_off(epoch, found, found.decision.put_off_ms)
        if found.decision.due_ms is None:
            return False
        check = _Check(found, found.decision.due_ms)
        try:
            plan = self._plan(session, epoch, at_ms)
            check = replace(check, largest=largest_drift(plan))
            return self._deal(epoch, check, plan)
        except LeaseLostError:
            raise
        except DomainError as error:
            self._failed(epoch, check, error)
            return False

    def _plan(self, session: Session, epoch: int, at_ms: int) -> StoredPlan:
        made = self._plans.make(session, epoch, AS_SET, lambda: at_ms)
        with self._store.read() as unit:
            plan = unit.plans.find(str(made["plan_id"]))
        if plan is None:
            raise RunRefusedError("plan-expired", "The plan is gone")
        return plan

    def _deal(self, epoch: int, check: _Check, plan: StoredPlan) -> bool:
        settings = check.found.settings
        if settings.strategy == "threshold" and not drifted(plan, settings.threshold_percent):
            self._note(epoch, check, "inside_band", None, "No asset is as far from its target as the threshold")
            return False
        if not plan.orders():
            self._note(epoch, check, "nothing_to_do", EMPTY, "Every asset is at its target, or says why not")
            return False
        self._refuse_switched_off(settings.dry_run)
        self._starter.start(_order(plan, check.found), epoch, partial(self._began, check))
        log.info("automatic run began", account=plan.account_id, dry_run=settings.dry_run)
        return True

    def _put_off(self, epoch: int, found: Situation, due_ms: int) -> None:
        """Tell once of a due instant that has to wait."""
        match found.decision.hold:
            case ("running" | "cooldown" | "settling") as hold:
                due = replace(self._due(_Check(found, due_ms), "put_off", hold), put_off=hold)
            case _:
                return
        account = due.account_id
        with self._store.read() as unit:
            if unit.strategies.knows_due(account, due_ms):
                return
        with self._store.write(epoch) as unit:
            unit.strategies.add_due(due)
            unit.events.emit("run", account, {"automatic": due.outcome})

    def _refuse_switched_off(self, dry_run: bool) -> None:
        """The kill switch stops what begins by itself, dry runs too: who threw it wants quiet.

        Raises:
            RunRefusedError: it is on. What sends orders is refused by the starter.
        """
        with self._store.read() as unit:
            if dry_run and self._rights.switch(unit).on:
                raise RunRefusedError(KILL_SWITCH, SWITCH_WORDS)

    def _failed(self, epoch: int, check: _Check, error: DomainError) -> None:
        found = check.found
        passing = error.code in PASSING
        if isinstance(error, ExchangeError):
            passing = error.remedy is not Remedy.ASK_THE_USER
        # Before the next one is due, which would take its place without a word.
        retry_ms = min(RETRY_MS, interval_ms(found.settings.interval_hours) // 2)
        if passing and self._now_ms() - check.due_ms < retry_ms:
            if found.clock.failing != error.code:
                with self._store.write(epoch) as unit:
                    unit.strategies.keep_clock(replace(found.clock, failing=error.code))
            return
        self._note(epoch, check, "not_started", error.code, str(error))

    def _note(self, epoch: int, check: _Check, outcome: DueOutcome, reason: str | None, detail: str) -> None:
        account = check.found.clock.account_id
        with self._store.write(epoch) as unit:
            unit.strategies.add_due(self._due(check, outcome, reason, detail))
            unit.strategies.keep_clock(check.dealt_with())
            unit.strategies.forget_quiet(account, self._now_ms() - KEEP_QUIET_MS)
            unit.events.emit("run", account, {"automatic": outcome})

    def _began(self, check: _Check, unit: UnitOfWork, run_id: int) -> None:
        """In the transaction that makes the run: a due instant has one run at most.

        Raises:
            RunRefusedError: this due instant was dealt with already, or something was set, or paused, since the plan
                was made; the run is not made.
        """
        now = situation(unit, self._environment, check.found.clock.account_id, self._now_ms())
        if now.clock.chosen != check.found.clock.chosen:
            raise RunRefusedError(SET_ANEW, "Targets, settings or the pause have changed meanwhile")
        if not unit.strategies.add_due(replace(self._due(check, "run"), run_id=run_id)):
            raise RunRefusedError(DONE_ALREADY, "This due instant was dealt with already")
        unit.strategies.keep_clock(check.dealt_with())

    def _due(self, check: _Check, outcome: DueOutcome, reason: str | None = None, detail: str = "") -> NewDue:
        settings, largest = check.found.settings, check.largest
        return NewDue(
            account_id=check.found.clock.account_id,
            due_ms=check.due_ms,
            at_ms=self._now_ms(),
            strategy=settings.strategy,
            dry_run=settings.dry_run,
            outcome=outcome,
            reason=reason,
            detail=detail,
            drift=None if largest is None else largest.drift,
            drift_asset=None if largest is None else largest.asset,
        )


def _order(plan: StoredPlan, found: Situation) -> StartOrder:
    return StartOrder(plan.plan_id, plan.hash, found.settings.dry_run, None, "strategy")
