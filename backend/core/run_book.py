"""RunBook: runs with their orders, planned beside filled, and the wish to stop one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from backend.core.errors import NotFoundError, RunRefusedError
from backend.core.model.amounts import MONEY, ZERO, total
from backend.core.model.runs import UNFINISHED_RUNS, Attempt, Run, RunFill, RunLeg
from backend.core.portfolio_view import wanted_accounts
from backend.core.rebalancing.limits import worse
from backend.core.rebalancing.run_facts import facts_of
from backend.core.score_book import RunScore, scores_in

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class LegView:
    """One order: planned, tried, filled. `price`: average, None where nothing was filled; slippage in percent."""

    leg: RunLeg
    tries: Sequence[Attempt]
    quantity: Decimal
    quote: Decimal
    price: Decimal | None
    fees: Mapping[str, Decimal]
    slippage_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run, how many of its orders were filled, and what it made beside not having traded."""

    run: Run
    orders: int
    filled: int
    score: RunScore


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with its orders."""

    summary: RunSummary
    legs: Sequence[LegView]


class RunBook:
    """Reads runs of one environment over a store. `now_ms`: this machine's clock."""

    def __init__(self, store: Store, environment: str, reporting_currency: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._environment = environment
        self._reporting = reporting_currency
        self._now_ms = now_ms

    def page(
        self, account_id: int | None, limit: int, before: int | None, is_open: bool = False
    ) -> tuple[Sequence[RunSummary], int | None]:
        """Runs, the newest first, and the cursor of the page behind them (None: it was the last).

        Args:
            is_open: those alone that go on or wait for a review, whatever their age.

        Raises:
            NotFoundError: there is no such account.
        """
        with self._store.read() as unit:
            accounts = [one.id for one in wanted_accounts(unit, self._environment, account_id)]
            found = unit.runs.page(accounts, limit + 1, before, is_open)
            summaries = self._summaries(unit, found[:limit])
        return summaries, found[limit - 1].id if len(found) > limit else None

    def run(self, run_id: int) -> RunView:
        """One run.

        Raises:
            NotFoundError: there is none.
        """
        with self._store.read() as unit:
            return self._view(unit, self._found(unit, run_id))

    def stop(self, run_id: int) -> RunView:
        """Send nothing more after the order under way; a run that needs review is called reviewed and ends.

        Raises:
            NotFoundError: there is no such run.
            RunRefusedError: it is over.
        """
        with self._store.write() as unit:
            run = self._found(unit, run_id)
            if run.state == "needs_review":
                ended_ms = run.created_ms + self._now_ms() - run.created_machine_ms
                unit.runs.end(run.id, "stopped", "reviewed", "It was reviewed by hand", run.finished_ms or ended_ms)
                unit.audit.record("run.review", account_id=run.account_id, subject=f"run {run.id}")
            elif run.state in UNFINISHED_RUNS:
                unit.runs.ask_stop(run.id)
                unit.audit.record("run.stop", account_id=run.account_id, subject=f"run {run.id}")
            else:
                raise RunRefusedError("run-over", f"Run {run.id} is over")
            unit.events.emit("run", run.account_id, {"run": run.id, "stop_asked": True})
            return self._view(unit, self._found(unit, run_id))

    def _summaries(self, unit: UnitOfWork, runs: Sequence[Run]) -> list[RunSummary]:
        scores = scores_in(unit, runs, self._reporting)
        counts = unit.runs.progress([run.id for run in runs])
        return [RunSummary(run, *counts.get(run.id, (0, 0)), scores[run.id]) for run in runs]

    def _view(self, unit: UnitOfWork, run: Run) -> RunView:
        facts = facts_of(unit, run)
        fills: dict[int, list[RunFill]] = {}
        for fill in facts.fills:
            fills.setdefault(fill.n, []).append(fill)
        legs = [_leg(leg, facts.tries(leg.planned.n), fills.get(leg.planned.n, [])) for leg in facts.legs]
        return RunView(self._summaries(unit, [run])[0], legs)

    def _found(self, unit: UnitOfWork, run_id: int) -> Run:
        run = unit.runs.find(run_id)
        if run is None or run.environment != self._environment:
            raise NotFoundError(f"There is no run {run_id}")
        return run


def _leg(leg: RunLeg, tries: Sequence[Attempt], fills: Sequence[RunFill]) -> LegView:
    quantity = total([fill.quantity for fill in fills])
    quote = total([fill.quote for fill in fills])
    fees: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for fill in fills:
            fees[fill.commission_asset] = fees.get(fill.commission_asset, ZERO) + fill.commission
        price = quote / quantity if quantity > ZERO else None
    slippage = None if price is None else worse(leg.planned.side, price, leg.planned.price)
    return LegView(leg, tries, quantity, quote, price, fees, slippage)
