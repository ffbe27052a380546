"""StrategyRunner: deals with due automatic runs, each once, whatever is killed and started again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, Protocol

import structlog

from backend.core.errors import DomainError, ExchangeError, LeaseLostError, Remedy, RunRefusedError
from backend.core.model.instants import MINUTE_MS
from backend.core.model.rebalancing import StoredPlan
from backend.core.model.strategies import DueOutcome, NewDue, StrategyClock
from backend.core.ports import Store, UnitOfWork
from backend.core.strategy_clock import Situation, drifted, situation
from backend.core.trading_rights import KILL_SWITCH, SWITCH_WORDS, TradingRights
from backend.services.run_start import RunStarter, StartOrder
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
        if found.decision.due_ms is None:
            return False
        try:
            return self._deal(session, epoch, found, found.decision.due_ms, at_ms)
        except LeaseLostError:
            raise
        except DomainError as error:
            self._failed(epoch, found, found.decision.due_ms, error)
            return False

    def _deal(self, session: Session, epoch: int, found: Situation, due_ms: int, at_ms: int) -> bool:
        made = self._plans.make(session, epoch, AS_SET, lambda: at_ms)
        with self._store.read() as unit:
            plan = unit.plans.find(str(made["plan_id"]))
        if plan is None:
            raise RunRefusedError("plan-expired", "The plan is gone")
        settings = found.settings
        if settings.strategy == "threshold" and not drifted(plan, settings.threshold_percent):
            # Nothing happened that is worth a line: it is checked at every interval.
            self._move_on(epoch, found, due_ms)
            return False
        if not plan.orders():
            self._note(epoch, found, due_ms, "nothing_to_do", EMPTY, "Every asset is at its target, or says why not")
            return False
        self._refuse_switched_off(settings.dry_run)
        self._starter.start(_order(plan, found), epoch, partial(self._began, found, due_ms))
        log.info("automatic run began", account=session.account.name, dry_run=settings.dry_run)
        return True

    def _refuse_switched_off(self, dry_run: bool) -> None:
        """The kill switch stops what begins by itself, dry runs too: who threw it wants quiet.

        Raises:
            RunRefusedError: it is on. What sends orders is refused by the starter.
        """
        with self._store.read() as unit:
            if dry_run and self._rights.switch(unit).on:
                raise RunRefusedError(KILL_SWITCH, SWITCH_WORDS)

    def _failed(self, epoch: int, found: Situation, due_ms: int, error: DomainError) -> None:
        passing = error.code in PASSING
        if isinstance(error, ExchangeError):
            passing = error.remedy is not Remedy.ASK_THE_USER
        if passing and self._now_ms() - due_ms < RETRY_MS:
            if found.clock.failing != error.code:
                with self._store.write(epoch) as unit:
                    unit.strategies.keep_clock(replace(found.clock, failing=error.code))
            return
        self._note(epoch, found, due_ms, "not_started", error.code, str(error))

    def _note(
        self, epoch: int, found: Situation, due_ms: int, outcome: DueOutcome, reason: str | None, detail: str
    ) -> None:
        with self._store.write(epoch) as unit:
            unit.strategies.add_due(self._due(found, due_ms, outcome, reason, detail))
            unit.strategies.keep_clock(_past(found, due_ms))
            unit.events.emit("run", found.clock.account_id, {"automatic": outcome})

    def _began(self, found: Situation, due_ms: int, unit: UnitOfWork, run_id: int) -> None:
        """In the transaction that makes the run: a due instant has one run at most.

        Raises:
            RunRefusedError: this due instant was dealt with already, or something was set, or paused, since the plan
                was made; the run is not made.
        """
        now = situation(unit, self._environment, found.clock.account_id, self._now_ms())
        if now.clock.chosen != found.clock.chosen:
            raise RunRefusedError(SET_ANEW, "Targets, settings or the pause have changed meanwhile")
        if not unit.strategies.add_due(replace(self._due(found, due_ms, "run"), run_id=run_id)):
            raise RunRefusedError(DONE_ALREADY, "This due instant was dealt with already")
        unit.strategies.keep_clock(_past(found, due_ms))

    def _move_on(self, epoch: int, found: Situation, due_ms: int) -> None:
        with self._store.write(epoch) as unit:
            unit.strategies.keep_clock(_past(found, due_ms))

    def _due(
        self, found: Situation, due_ms: int, outcome: DueOutcome, reason: str | None = None, detail: str = ""
    ) -> NewDue:
        settings, account = found.settings, found.clock.account_id
        return NewDue(account, due_ms, self._now_ms(), settings.strategy, settings.dry_run, outcome, reason, detail)


def _order(plan: StoredPlan, found: Situation) -> StartOrder:
    return StartOrder(plan.plan_id, plan.hash, found.settings.dry_run, None, "strategy")


def _past(found: Situation, due_ms: int) -> StrategyClock:
    return replace(found.clock, last_due_ms=due_ms, failing=None)
