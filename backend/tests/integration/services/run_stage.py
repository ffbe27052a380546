"""A plan that may be executed, for tests of what must hold before it becomes a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from backend.core.errors import (
    RunRefusedError,
)
from backend.core.model.rebalancing import PLAN_LIFE_MS, Limits, RebalancingSettings, StoredPlan
from backend.core.trade_ports import ArmingRule, TradingExchange
from backend.core.trading_rights import TradingRights
from backend.services.run_start import RunStarter, StartOrder
from backend.tests.process.order_exchange import MemoryExchange
from backend.tests.process.order_walks import ENVIRONMENT, WIDE, Bench, bench, case, exchange_of

NAME = "mine"
INTERVAL_S = 30.0


@dataclass
class Stage:
    """A plan that may be executed, and everything that may come between."""

    on: Bench
    plan: StoredPlan
    exchange: MemoryExchange
    rights: TradingRights
    file: Path
    account_id: int
    asked: list[str]

    def starter(self) -> RunStarter:
        def trading(reference: str) -> TradingExchange:
            self.asked.append(reference)
            return self.exchange

        return RunStarter(self.on.store, ENVIRONMENT, trading, self.rights, self.on.now_ms, INTERVAL_S)

    def start(self, dry_run: bool = False, **changes: Any) -> int:
        order = StartOrder(self.plan.plan_id, self.plan.hash, dry_run, NAME, "user")
        return self.starter().start(replace(order, **changes), self.on.epoch)

    def refused(self, **changes: Any) -> str:
        with pytest.raises(RunRefusedError) as refusal:
            self.start(**changes)
        assert self.runs() == 0
        return refusal.value.code

    def runs(self) -> int:
        with self.on.store.read() as unit:
            return len(unit.runs.page([self.account_id], 100, None))

    def sync(self, **changes: Any) -> None:
        with self.on.store.write() as unit:
            unit.accounts.update_sync(self.account_id, **changes)

    def limit(self, limits: Limits) -> None:
        self.settings(limits=limits)

    def settings(self, **changes: Any) -> None:
        with self.on.store.write() as unit:
            settings = RebalancingSettings(**{"limits": WIDE} | changes)
            unit.rebalancing_settings.replace(ENVIRONMENT, self.account_id, settings)

    def plan_again(self, plan_id: str, **changes: Any) -> StoredPlan:
        made = replace(self.plan, plan_id=plan_id, **changes)
        with self.on.store.write() as unit:
            unit.plans.add(made)
        return made


@contextmanager
def stages(folder: Path) -> Iterator[Callable[[ArmingRule], Stage]]:
    """Makes stages of one bench, each under a rule of arming."""
    with bench(folder) as on:

        def made(rule: ArmingRule) -> Stage:
            given, plan = case(3, orders=3)
            exchange = exchange_of(given)
            file = folder / "KILL_SWITCH"
            with on.store.write() as unit:
                account = unit.accounts.ensure(ENVIRONMENT, NAME, "reference")
                offset_ms = exchange.clock.now_ms - on.now_ms()
                unit.accounts.update_sync(account.id, refreshed_machine=on.now_ms(), clock_offset_ms=offset_ms)
            now = exchange.clock.now_ms
            plan = replace(plan, account_id=account.id, created_ms=now, expires_ms=now + PLAN_LIFE_MS)
            rights = TradingRights(
                on.store, ENVIRONMENT, rule, file.exists, on.now_ms, own_time=True, tells_rights=False
            )
            stage = Stage(on, plan, exchange, rights, file, account.id, [])
            stage.limit(WIDE)
            with on.store.write() as unit:
                unit.plans.add(plan)
            return stage

        yield made
