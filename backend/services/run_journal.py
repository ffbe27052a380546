"""The journal of one run: every step is one transaction under the lease epoch, on disk before anything follows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.errors import LeaseLostError
from backend.core.model.runs import FINAL_LEGS, Attempt, LegState, RunState
from backend.core.model.task_log import run_ended_line
from backend.core.rebalancing.chosen import settings_of
from backend.core.rebalancing.run_facts import RunFacts, facts_of
from backend.core.trading_rights import DISARMED, KILL_SWITCH

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade
    from backend.core.model.rebalancing import RebalancingSettings
    from backend.core.ports import Store, UnitOfWork

# Whoever ended a run so knows it.
BY_HAND: Final = frozenset({"stopped", KILL_SWITCH, DISARMED})


class RunOver(Exception):  # a run that ends is no error
    """The run ends here: what was not sent is not sent any more."""

    def __init__(self, state: RunState, code: str, detail: str) -> None:
        super().__init__(detail)
        self.state: RunState = state
        self.code = code
        self.detail = detail


class RunJournal:
    """Reads and writes one run. Any write raises `LeaseLostError` when another collector has taken over."""

    def __init__(self, store: Store, epoch: int, run_id: int) -> None:
        self._store = store
        self._epoch = epoch
        self._run_id = run_id

    def begin(self) -> None:
        """Say that this collector works on the run."""
        with self._store.write(self._epoch) as unit:
            unit.runs.begin(self._run_id, self._epoch)

    def facts(self) -> RunFacts:
        """Everything it has of the run now.

        Raises:
            LeaseLostError: the run is gone: its account was deleted.
        """
        with self._store.read() as unit:
            return self._facts(unit)

    def settings(self) -> RebalancingSettings:
        """What the user has set for the account by now."""
        with self._store.read() as unit:
            run = self._facts(unit).run
            return settings_of(unit, run.environment, run.account_id)

    def sending(self, attempt: Attempt, allowed: Callable[[UnitOfWork, RunFacts], None]) -> None:
        """Write an attempt that is about to be sent, in one step with the last word on whether it may be.

        Args:
            allowed: raises where it may not; nothing is written then.
        """
        with self._store.write(self._epoch) as unit:
            facts = self._facts(unit)
            allowed(unit, facts)
            unit.runs.add_attempt(attempt)
            self._record(unit, facts, attempt, "order.send")
            self._set_leg(unit, facts, attempt.n, "SENDING", None, "")

    def allowed(self, check: Callable[[UnitOfWork, RunFacts], None]) -> None:
        """Ask again, with nothing written."""
        with self._store.read() as unit:
            check(unit, self._facts(unit))

    def told(
        self,
        attempt: Attempt,
        leg_state: LegState,
        detail: str = "",
        trades: Sequence[AccountTrade] = (),
        error: str | None = None,
    ) -> None:
        """Write what became of an attempt, with its trades; one that is written already stays once."""
        with self._store.write(self._epoch) as unit:
            facts = self._facts(unit)
            before = next((one for one in facts.tries(attempt.n) if one.attempt == attempt.attempt), None)
            unit.runs.change_attempt(attempt)
            if before is None or before.state != attempt.state:
                self._record(unit, facts, attempt, f"order.{attempt.state.lower()}")
            unit.runs.add_fills(facts.run.account_id, self._run_id, attempt.n, trades)
            self._set_leg(unit, facts, attempt.n, leg_state, error or attempt.error, detail)

    def set_leg(self, n: int, state: LegState, error: str, detail: str) -> None:
        """Write that a leg is not sent at all."""
        with self._store.write(self._epoch) as unit:
            self._set_leg(unit, self._facts(unit), n, state, error, detail)

    def end(self, state: RunState, code: str | None, detail: str, at_ms: int) -> None:
        """End the run; legs that were not sent are stopped, those nobody can vouch for stay as they are."""
        with self._store.write(self._epoch) as unit:
            facts = self._facts(unit)
            for leg in facts.legs:
                if leg.state not in FINAL_LEGS:
                    unit.runs.set_leg(self._run_id, leg.planned.n, "STOPPED", code, detail)
            unit.runs.end(self._run_id, state, code, detail, at_ms)
            account_id = facts.run.account_id
            unit.events.emit("run", account_id, {"run": self._run_id, "state": state})
            filled = len({fill.n for fill in facts.fills})
            ended = {"state": state, "code": code, "detail": detail, "filled": filled, "orders": len(facts.legs)}
            unit.audit.record("run.end", account_id=account_id, subject=f"run {self._run_id}", details=ended)
            bad = state != "complete" and code not in BY_HAND
            unit.task_log.note(run_ended_line(facts.run, filled, len(facts.legs), at_ms, bad, code, detail))
            if bad:
                told = {"kind": "run", "run": self._run_id, "state": state, "code": code, "detail": detail}
                unit.events.emit("alert", account_id, told)

    def _facts(self, unit: UnitOfWork) -> RunFacts:
        run = unit.runs.find(self._run_id)
        if run is None:
            raise LeaseLostError("The run is gone")
        return facts_of(unit, run)

    def _record(self, unit: UnitOfWork, facts: RunFacts, attempt: Attempt, action: str) -> None:
        """Tell the audit trail of an order."""
        told = {
            "run": self._run_id,
            "n": attempt.n,
            "symbol": attempt.symbol,
            "side": attempt.side,
            "quantity": attempt.quantity,
            "quote_quantity": attempt.quote_quantity,
            "price": attempt.price,
            "executed": attempt.executed,
            "order_id": attempt.order_id,
            "error": attempt.error,
        }
        known = {name: value for name, value in told.items() if value is not None}
        unit.audit.record(action, account_id=facts.run.account_id, subject=attempt.client_order_id, details=known)

    def _set_leg(
        self, unit: UnitOfWork, facts: RunFacts, n: int, state: LegState, error: str | None, detail: str
    ) -> None:
        unit.runs.set_leg(self._run_id, n, state, error, detail)
        unit.events.emit("run", facts.run.account_id, {"run": self._run_id, "leg": n, "leg_state": state})
