"""Begins runs: everything that must hold before the first order, and the one transaction that makes a run of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import (
    BadInputError,
    CredentialsRefusedError,
    ExchangeUnavailableError,
    NotFoundError,
    RunRefusedError,
)
from backend.core.model.amounts import ZERO
from backend.core.model.rebalancing import RebalancingSettings, StoredPlan, body_hash
from backend.core.model.runs import NewRun, RunSource
from backend.core.model.task_log import run_begun_line, run_ended_line
from backend.core.rebalancing.chosen import settings_of
from backend.core.rebalancing.limits import DAY_MS, Proposal, Sent, money_breach, price_breach, strictest
from backend.core.rebalancing.plan_facts import conversion_of, free_of, kept_since, portfolio_of, touches, worth_of
from backend.core.trading_rights import TradingRights, key_missing

if TYPE_CHECKING:
    from backend.core.model.accounts import AccountRecord, SyncState
    from backend.core.ports import Store, UnitOfWork
    from backend.core.trade_ports import TradingExchange

# Data older than this many refresh intervals are no ground to trade on.
FRESH_INTERVALS: Final = 2
PLAN_CHANGED: Final = "plan-changed"


def nothing_else(_unit: UnitOfWork, _run_id: int) -> None:
    """A run has no other rows."""


@dataclass(frozen=True, slots=True)
class StartOrder:
    """Who wants which plan executed. `confirmation`: the account's name.

    `request`: names the write that asks for it. `until_machine_ms`: after this instant of this machine's clock nobody
    waits for it any more.
    """

    plan_id: str
    hash: str
    dry_run: bool
    confirmation: str | None
    source: RunSource
    request: str | None = None
    until_machine_ms: int | None = None

    def is_meant_for(self, name: str) -> bool:
        """Whether the account was named; a dry run and the program's own wish need no word."""
        if self.confirmation is None:
            return self.dry_run or self.source == "strategy"
        return self.confirmation.strip() == name

    @staticmethod
    def of(payload: Mapping[str, Any]) -> StartOrder:
        """From the payload of a job."""
        return StartOrder(
            plan_id=str(payload["plan_id"]),
            hash=str(payload["hash"]),
            dry_run=payload["dry_run"] is not False,
            confirmation=payload["confirmation"],
            source=payload["source"],
            request=payload.get("request"),
            until_machine_ms=payload.get("until_machine_ms"),
        )


class RunStarter:
    """Makes runs of plans; `trading` is asked for a client only where orders are to be sent."""

    def __init__(
        self,
        store: Store,
        environment: str,
        trading: Callable[[str], TradingExchange],
        rights: TradingRights,
        now_ms: Callable[[], int],
        interval_s: float,
    ) -> None:
        self._store = store
        self._environment = environment
        self._trading = trading
        self._rights = rights
        self._now_ms = now_ms
        self._interval_s = interval_s

    def start(self, order: StartOrder, epoch: int, also: Callable[[UnitOfWork, int], None] = nothing_else) -> int:
        """Check everything and write the run with all its legs; returns its id. A dry run is over with it.

        A write that is sent again gets the run that it has already.

        Args:
            also: writes what belongs to the run in its transaction; what it raises, leaves no run.

        Raises:
            NotFoundError: there is no such plan.
            BadInputError: the confirmation is not the account's name.
            RunRefusedError: the code says why not.
            ExchangeError: the exchange cannot be asked; nothing was begun.
        """
        with self._store.read() as unit:
            made = self._made(unit, order)
            if made is not None:
                return made
            plan, record = self._plan(unit, order)
            sync = unit.accounts.sync_state(plan.account_id)
            if not order.dry_run:
                self._refuse(unit, plan, record, sync, [worth_of(plan, one, one.spent) for one in plan.orders()])
        if order.dry_run:
            return self._write_dry(order, plan, self._now_ms() + (sync.clock_offset_ms or 0), epoch, also)
        trading = self._trading(record.reference)
        at_ms = trading.server_time_ms()
        _refuse_expired(plan, at_ms)
        spot = trading.held()
        traded = {asset for one in plan.orders() for asset in (one.given, one.taken)}
        if any((spot[asset].free if asset in spot else ZERO) != free_of(plan, asset) for asset in traded):
            raise RunRefusedError(PLAN_CHANGED, "The balances are not those of the plan any more: make a new plan")
        worths = self._worths_now(trading, plan)
        held = {asset: one.total for asset, one in spot.items()}
        with self._store.write(epoch) as unit:
            # All of it again, under the lock: somebody may have been quicker while the exchange was asked.
            made = self._made(unit, order)
            if made is not None:
                return made
            self._plan(unit, order)
            self._refuse(unit, plan, record, unit.accounts.sync_state(plan.account_id), worths)
            run_id = self._create(unit, order, plan, held, at_ms, epoch)
            unit.task_log.note(run_begun_line(plan.account_id, run_id, len(plan.orders())))
            also(unit, run_id)
            return run_id

    def _made(self, unit: UnitOfWork, order: StartOrder) -> int | None:
        """The run that this very write has begun before; None: it may be begun now, unless it is too late."""
        run = None if order.request is None else unit.runs.of_plan(order.plan_id)
        if run is not None and run.request == order.request:
            return run.id
        if order.until_machine_ms is not None and self._now_ms() > order.until_machine_ms:
            raise ExchangeUnavailableError("It was asked for too long ago, and nothing came of it: ask again")
        return None

    def _plan(self, unit: UnitOfWork, order: StartOrder) -> tuple[StoredPlan, AccountRecord]:
        plan = unit.plans.find(order.plan_id)
        if plan is None or plan.environment != self._environment:
            raise NotFoundError("There is no such plan")
        records = unit.accounts.records(self._environment)
        record = next((one for one in records if one.account.id == plan.account_id), None)
        if record is None:
            raise NotFoundError("The account of the plan is gone")
        if order.hash != plan.hash or body_hash(plan.body) != plan.hash:
            raise RunRefusedError(PLAN_CHANGED, "This is not the plan as it was made: make a new one")
        if not order.is_meant_for(record.account.name):
            raise BadInputError(f"Type the name of the account, {record.account.name}", "confirmation")
        if plan.consumed or unit.runs.of_plan(plan.plan_id) is not None:
            raise RunRefusedError("plan-used", "This plan was executed already: a plan is good for one run")
        if not plan.orders():
            raise RunRefusedError("plan-empty", "The plan has no orders: there is nothing to execute")
        return plan, record

    def _refuse(
        self,
        unit: UnitOfWork,
        plan: StoredPlan,
        record: AccountRecord,
        sync: SyncState,
        worths: Sequence[Decimal],
    ) -> None:
        """Refuse to send orders for an account; `worths` of the plan's orders, as far as they are known."""
        missing = key_missing(record.account, sync)
        if missing is not None:
            raise CredentialsRefusedError(missing.detail)
        refused = self._rights.refusal(unit, plan.account_id)
        if refused is not None:
            raise refused
        if not plan.executable:
            raise RunRefusedError("not-reconciled", "; ".join(str(one["detail"]) for one in plan.body["blocked"]))
        self._refuse_unsure(sync)
        active = unit.runs.blocking(plan.account_id)
        if active is not None and active.state == "needs_review":
            words = f"Run {active.id} needs review: look at its orders on the exchange, then end it"
            raise RunRefusedError("needs-review", words)
        if active is not None:
            raise RunRefusedError("run-active", f"Run {active.id} of this account is not over yet")
        settings = settings_of(unit, self._environment, plan.account_id)
        _refuse_kept(plan, settings)
        limits = settings.limits
        portfolio, in_run = portfolio_of(plan), ZERO
        in_day = unit.runs.sent_since(plan.account_id, plan.created_ms - DAY_MS)
        for one, worth in zip(plan.orders(), worths, strict=True):
            found = money_breach(limits, one.symbol, worth, Sent(in_run, in_day + in_run, portfolio))
            if found is not None:
                raise RunRefusedError(found.code, found.detail)
            in_run += worth

    def _refuse_unsure(self, sync: SyncState) -> None:
        """Nothing trades before what we know agrees with the exchange."""
        oldest_ms = self._now_ms() - FRESH_INTERVALS * self._interval_s * 1000
        if sync.failures > 0 or sync.refreshed_machine_ms is None or sync.refreshed_machine_ms < oldest_ms:
            raise RunRefusedError("not-reconciled", sync.error or "The balances were not read for a while")
        if sync.unreconciled:
            coins = ", ".join(sync.unreconciled)
            raise RunRefusedError("not-reconciled", f"The history does not explain the balances of {coins} yet")

    def _worths_now(self, trading: TradingExchange, plan: StoredPlan) -> Sequence[Decimal]:
        """What the orders are worth at the offers of now; refuses where those have moved beyond the slippage."""
        with self._store.read() as unit:
            limits = settings_of(unit, self._environment, plan.account_id).limits
        quotes = {symbol: trading.quote(symbol) for symbol in dict.fromkeys(one.symbol for one in plan.orders())}
        worths: list[Decimal] = []
        for one in plan.orders():
            quote = quotes[one.symbol]
            offer = quote.ask if one.side == "BUY" else quote.bid
            worths.append(worth_of(plan, one, one.spent, offer))
            found = price_breach(
                strictest(limits, one), Proposal(one.symbol, one.side, worths[-1], offer, one.price, quote.last)
            )
            if found is not None:
                raise RunRefusedError(found.code, found.detail)
        return worths

    def _write_dry(
        self, order: StartOrder, plan: StoredPlan, at_ms: int, epoch: int, also: Callable[[UnitOfWork, int], None]
    ) -> int:
        _refuse_expired(plan, at_ms)
        with self._store.write(epoch) as unit:
            made = self._made(unit, order)
            if made is not None:
                return made
            self._plan(unit, order)
            run_id = self._create(unit, order, plan, {}, at_ms, epoch)
            unit.runs.end(run_id, "complete", None, "", at_ms)
            run = unit.runs.find(run_id)
            if run is not None:
                unit.task_log.note(run_ended_line(run, 0, len(plan.orders()), at_ms, bad=False))
            also(unit, run_id)
            return run_id

    def _create(
        self,
        unit: UnitOfWork,
        order: StartOrder,
        plan: StoredPlan,
        start: Mapping[str, Decimal],
        at_ms: int,
        epoch: int,
    ) -> int:
        unit.plans.consume(plan.plan_id)
        new = NewRun(
            account_id=plan.account_id,
            environment=plan.environment,
            plan_id=plan.plan_id,
            plan_hash=plan.hash,
            dry_run=order.dry_run,
            source="conversion" if "conversion" in plan.body else order.source,
            portfolio=portfolio_of(plan),
            created_ms=at_ms,
            start=start,
            request=order.request,
        )
        run_id = unit.runs.create(new, plan.orders(), epoch)
        if "conversion" in plan.body:
            unit.conversions.add(conversion_of(plan, run_id, at_ms))
        told = {
            "plan": plan.plan_id,
            "hash": plan.hash,
            "dry_run": order.dry_run,
            "source": new.source,
            "orders": len(plan.orders()),
        }
        unit.audit.record("run.start", account_id=plan.account_id, subject=f"run {run_id}", details=told)
        unit.events.emit("run", plan.account_id, {"run": run_id, "state": "queued"})
        return run_id


def _refuse_expired(plan: StoredPlan, at_ms: int) -> None:
    if at_ms >= plan.expires_ms:
        raise RunRefusedError("plan-expired", "The plan is too old to be executed: make a new one")


def _refuse_kept(plan: StoredPlan, settings: RebalancingSettings) -> None:
    kept = kept_since(plan, settings)
    coins = sorted({one.asset for one in plan.orders() if touches(one, kept)})
    if coins:
        words = f"{', '.join(coins)}: what is excluded or protected of it was changed after the plan: make a new plan"
        raise RunRefusedError(PLAN_CHANGED, words)
