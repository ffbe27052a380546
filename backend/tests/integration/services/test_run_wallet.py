"""What comes into the spot wallet while a run is under way: the exchange's own payments, and what somebody moves."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from backend.core.model.orders import Order
from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.runs import Run
from backend.core.trade_ports import OrderToSend, TradingExchange
from backend.core.trading_rights import TradingRights
from backend.db.request_budgets import SqlRequestBudgets
from backend.exchange.binance.trading import BinanceTrading
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.services.plan_maker import PlanMaker
from backend.services.rank_book import RankBook
from backend.services.run_journal import RunJournal
from backend.services.run_pace import RunPace
from backend.services.run_start import RunStarter, StartOrder
from backend.services.run_walk import RunWalk
from backend.tests.integration.services.conftest import Bourse, Rig

TARGETS = {"BTC": Decimal(40), "ETH": Decimal(30), "USDT": Decimal(30)}
AS_SET = {"mode": None, "amount_usd": None, "allocations": None}


class Meanwhile:
    """An account at which something happens right after its first order."""

    def __init__(self, trading: BinanceTrading, happens: Callable[[], object]) -> None:
        self._trading = trading
        self._happens: list[Callable[[], object]] = [happens]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._trading, name)

    def place(self, order: OrderToSend) -> Order:
        placed = self._trading.place(order)
        while self._happens:
            self._happens.pop()()
        return placed


@dataclass
class Waits:
    """Whoever waits lets the exchange's time pass."""

    bourse: Bourse

    def wait(self, seconds: float) -> bool:
        self.bourse.pass_s(math.ceil(seconds))
        return False

    def is_set(self) -> bool:
        return False


@dataclass
class Scene:
    """An account with a run of two orders or more: one sale, then purchases."""

    rig: Rig
    folder: Path

    def run_with(self, happens: Callable[[], object]) -> Run:
        rig, bourse = self.rig, self.rig.bourse
        keys = [AccountKeys("simulator", bourse.key, "secret")]
        place = ExchangeSettings("simulator", keys, bourse.simulator.url, 10.0, self.folder, "calm")
        access = ExchangeAccess(place, SqlRequestBudgets(rig.engine, rig.engine))

        def now_ms() -> int:
            return rig.machine.wall_ms

        with rig.store.write() as unit:
            unit.rebalancing_settings.replace("simulator", None, RebalancingSettings(dry_run=False))
            unit.allocations.replace("simulator", None, TARGETS)
        valuation, epoch = rig.step(), rig.lease.acquire() or 0
        maker = PlanMaker(rig.store, "USDT", RankBook(rig.store, lambda: None, now_ms), lambda: rig.machine.monotonic_s)
        made = maker.make(rig.session(), epoch, AS_SET, lambda: valuation.at_ms)
        with rig.store.read() as unit:
            plan = unit.plans.find(str(made["plan_id"]))
        assert plan is not None
        assert len(plan.orders()) > 1
        rights = TradingRights(
            rig.store, "simulator", "always", lambda: False, now_ms, own_time=True, tells_rights=False
        )
        starter = RunStarter(rig.store, "simulator", access.trading, rights, now_ms, 60.0)
        order = StartOrder(plan.plan_id, plan.hash, False, None, "strategy")
        run_id = starter.start(order, epoch)
        with rig.store.read() as unit:
            (record,) = unit.accounts.records("simulator")
        trading = cast(TradingExchange, Meanwhile(access.trading(record.reference), happens))
        pace = RunPace(cast(Any, Waits(bourse)))
        RunWalk(RunJournal(rig.store, epoch, run_id), plan, trading, rights, pace, now_ms).go()
        with rig.store.read() as unit:
            run = unit.runs.find(run_id)
        assert run is not None
        return run


@pytest.fixture
def scene(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], tmp_path: Path) -> Scene:
    rig = make_rig(open_bourse(USDT="1000", BTC="0.2"))
    rig.step()
    return Scene(rig, tmp_path)


@pytest.mark.parametrize(("asset", "amount"), [("SOL", "0.5"), ("USDT", "0.00000017"), ("BTC", "0.0001")])
def test_a_reward_in_mid_run_is_no_foreign_move(scene: Scene, asset: str, amount: str) -> None:
    run = scene.run_with(lambda: scene.rig.bourse.do("reward", asset=asset, amount=amount, kind="Earn reward"))
    assert (run.state, run.reason) == ("complete", None)


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("deposit", {"asset": "USDT", "amount": "50"}),
        ("withdraw", {"asset": "USDT", "amount": "50"}),
        ("transfer", {"asset": "USDT", "amount": "50", "from": "spot", "to": "funding"}),
        ("trade", {"symbol": "BTCUSDT", "side": "SELL", "quantity": "0.01"}),
    ],
)
def test_what_somebody_moves_in_mid_run_stops_it(scene: Scene, what: str, fields: dict[str, str]) -> None:
    run = scene.run_with(lambda: scene.rig.bourse.do(what, **fields))
    assert (run.state, run.reason) == ("stopped", "foreign-move")
    with scene.rig.store.read() as unit:
        sent = unit.runs.attempts(run.id)
    assert len(sent) == 1


def test_a_reward_does_not_hide_what_somebody_moves(scene: Scene) -> None:
    def both() -> None:
        scene.rig.bourse.do("reward", asset="USDT", amount="50", kind="Airdrop")
        scene.rig.bourse.do("withdraw", asset="USDT", amount="20")

    assert scene.run_with(both).reason == "foreign-move"
