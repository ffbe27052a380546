"""Automatic runs over a real account: due once, whatever happens in between, and never without a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.core.errors import ExchangeUnavailableError, LeaseLostError
from backend.core.model.instants import HOUR_MS, MINUTE_MS
from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.runs import Run
from backend.core.model.strategies import StrategyDue
from backend.core.strategy_book import StrategyBook
from backend.core.trade_ports import ArmingRule, TradingExchange
from backend.core.trading_rights import TradingRights
from backend.db.request_budgets import SqlRequestBudgets
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.services.plan_maker import PlanMaker
from backend.services.rank_book import RankBook
from backend.services.run_start import RunStarter
from backend.services.session_manager import Session
from backend.services.strategy_runner import StrategyRunner
from backend.tests.integration.services.conftest import Bourse, Rig

D = Decimal
HALVES = {"BTC": D(50), "USDT": D(50)}
DAILY = RebalancingSettings(strategy="periodic", interval_hours=D(24), cooldown_hours=D(0), settle_minutes=0)


def no_client(_reference: str) -> TradingExchange:
    raise AssertionError("a dry run builds no client that could trade")


@dataclass
class Desk:
    """Counts plans; fails where it is told to."""

    maker: PlanMaker
    made: int = 0
    failure: Exception | None = None
    after: Callable[[], None] = lambda: None

    def make(
        self, session: Session, epoch: int, payload: Mapping[str, Any], refresh: Callable[[], int]
    ) -> Mapping[str, Any]:
        self.made += 1
        if self.failure is not None:
            raise self.failure
        told = self.maker.make(session, epoch, payload, refresh)
        self.after()
        return told


@dataclass
class Automatic:
    """The automatic runs of a rig."""

    rig: Rig
    rule: ArmingRule = "always"
    trading: Callable[[str], TradingExchange] = no_client
    desk: Desk = field(init=False)
    switch_file: bool = False

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """As after a kill: nothing is remembered but what is in the database."""
        rig, now = self.rig, self.now
        self.desk = Desk(
            PlanMaker(rig.store, "USDT", RankBook(rig.store, lambda: None, now), lambda: rig.machine.monotonic_s)
        )
        self.rights = TradingRights(
            rig.store, "simulator", self.rule, lambda: self.switch_file, now, own_time=True, tells_rights=False
        )
        starter = RunStarter(rig.store, "simulator", self.trading, self.rights, self.as_measured, 60.0)
        self.runner = StrategyRunner(rig.store, "simulator", self.desk, starter, self.rights, now)
        self.book = StrategyBook(rig.store, "simulator", now)

    def now(self) -> int:
        return self.rig.machine.wall_ms

    def as_measured(self) -> int:
        """What this machine's clock is by the offset that was measured: the exchange's is not moved with it here."""
        return self.rig.bourse.now_ms() - (self.rig.sync().clock_offset_ms or 0)

    def set(self, settings: RebalancingSettings, targets: Mapping[str, Decimal] = HALVES) -> None:
        with self.rig.store.write() as unit:
            unit.rebalancing_settings.replace("simulator", None, settings)
            unit.allocations.replace("simulator", None, targets)

    def look(self, hours: float = 0.0) -> bool:
        """Let time pass, refresh, and ask whether anything is due."""
        self.rig.machine.pass_s(hours * 3600)
        valuation = self.rig.step()
        return self.runner.step(self.rig.session(), self.rig.lease.acquire() or 0, valuation.at_ms)

    def runs(self) -> list[Run]:
        with self.rig.store.read() as unit:
            return list(unit.runs.page([self.rig.account], 100, None))[::-1]

    def dues(self) -> list[StrategyDue]:
        return list(self.book.dues(None, 100, None))[::-1]

    def told(self) -> list[tuple[str, str | None]]:
        return [(one.outcome, one.reason) for one in self.dues()]


@pytest.fixture
def automatic(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Automatic:
    """Half in BTC and half in USDT is wanted; it is nearly all BTC."""
    rig = make_rig(open_bourse(USDT="1000", BTC="0.2"))
    rig.step()
    return Automatic(rig)


def test_saving_fires_nothing_and_a_day_later_one_dry_run_begins(automatic: Automatic) -> None:
    automatic.set(DAILY)
    assert [automatic.look() for _ in range(3)] == [False] * 3
    assert automatic.look(23.5) is False
    assert (automatic.runs(), automatic.desk.made) == ([], 0)
    assert automatic.look(0.5) is True
    (run,) = automatic.runs()
    assert (run.dry_run, run.source, run.state) == (True, "strategy", "complete")
    assert [automatic.look() for _ in range(3)] == [False] * 3
    (due,) = automatic.dues()
    assert (due.outcome, due.run_id, due.strategy) == ("run", run.id, "periodic")


def test_what_was_missed_while_nothing_ran_is_one_run_and_the_next_one_keeps_its_time(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    (account,) = automatic.book.automatic(None).items
    started = account[1].clock.started_ms
    automatic.restart()
    assert automatic.look(24 * 5 + 3) is True
    automatic.restart()
    assert automatic.look() is False
    assert automatic.look(20) is False
    assert automatic.look(1) is True
    assert [(due.due_ms - started) / HOUR_MS for due in automatic.dues()] == [24 * 5, 24 * 6]


def test_saving_anything_again_starts_the_clock_at_now(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    automatic.look(23.9)
    automatic.set(DAILY, {"BTC": D(40), "USDT": D(60)})
    assert automatic.look(0.2) is False
    automatic.set(replace(DAILY, min_trade_usd=D(5)), {"BTC": D(40), "USDT": D(60)})
    assert automatic.look(23.9) is False
    assert automatic.look(24) is True


def test_a_pause_holds_all_runs_and_letting_go_on_fires_nothing_at_once(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    automatic.book.set_pause(True)
    assert automatic.look(100) is False
    view = automatic.book.automatic(None)
    assert (view.paused, view.items[0][1].decision.hold) == (True, "paused")
    automatic.book.set_pause(False)
    assert automatic.look() is False
    assert automatic.look(23) is False
    assert automatic.look(1.1) is True


def test_the_threshold_strategy_acts_on_drift_alone(automatic: Automatic) -> None:
    hourly = replace(DAILY, strategy="threshold", interval_hours=D(1), threshold_percent=D(50))
    automatic.set(hourly)
    automatic.look()
    assert automatic.look(1) is False
    assert (automatic.desk.made, automatic.told()) == (1, [("inside_band", None)])
    (checked,) = automatic.dues()
    # 0.2 BTC are nearly all there is: BTC is as much too heavy as USDT is too light.
    assert checked.drift_asset in ("BTC", "USDT")
    assert D("0.2") < abs(checked.drift or D(0)) < D("0.5")
    # Checked once an interval, not at every refresh.
    assert automatic.look() is False
    assert automatic.desk.made == 1
    automatic.set(replace(hourly, threshold_percent=D(20)))
    automatic.look()
    assert automatic.look(1) is True
    assert automatic.told() == [("inside_band", None), ("run", None)]
    assert automatic.dues()[1].drift == checked.drift


def test_what_did_nothing_is_forgotten_after_a_season_and_a_run_is_not(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    assert automatic.look(24) is True
    automatic.set(DAILY, {"BTC": D(100)})
    automatic.look()
    assert automatic.look(24) is False
    assert automatic.told() == [("run", None), ("nothing_to_do", "plan-empty")]
    assert automatic.look(91 * 24) is False
    assert automatic.told() == [("run", None), ("nothing_to_do", "plan-empty")]
    assert automatic.now() - automatic.dues()[1].due_ms < 24 * HOUR_MS


def test_on_target_there_is_nothing_to_do_and_no_run(automatic: Automatic) -> None:
    automatic.set(DAILY, {"BTC": D(100)})
    automatic.look()
    assert automatic.look(24) is False
    assert automatic.told() == [("nothing_to_do", "plan-empty")]
    assert automatic.runs() == []


def test_a_disarmed_account_and_the_kill_switch_are_told_as_the_reason(automatic: Automatic) -> None:
    automatic.rule = "by_hand"
    automatic.restart()
    automatic.set(replace(DAILY, dry_run=False))
    automatic.look()
    assert automatic.look(24) is False
    automatic.switch_file = True
    assert automatic.look(24) is False
    automatic.set(DAILY)
    automatic.look()
    assert automatic.look(24) is False
    assert automatic.told() == [
        ("not_started", "trading-disarmed"),
        ("not_started", "kill-switch"),
        ("not_started", "kill-switch"),
    ]
    assert automatic.runs() == []
    assert [due.dry_run for due in automatic.dues()] == [False, False, True]


def test_a_real_run_waits_for_its_orders_and_no_other_begins_meanwhile(automatic: Automatic, tmp_path: Path) -> None:
    bourse = automatic.rig.bourse
    keys = [AccountKeys("simulator", bourse.key, "secret")]
    budgets = SqlRequestBudgets(automatic.rig.engine, automatic.rig.engine)
    place = ExchangeSettings("simulator", keys, bourse.simulator.url, 10.0, tmp_path, "calm")
    automatic.trading = ExchangeAccess(place, budgets).trading
    automatic.restart()
    automatic.set(replace(DAILY, dry_run=False))
    automatic.look()
    assert automatic.look(24) is True
    (run,) = automatic.runs()
    assert (run.dry_run, run.source, run.state) == (False, "strategy", "queued")
    assert automatic.look(24) is False
    assert automatic.book.automatic(None).items[0][1].decision.hold == "running"
    assert automatic.told() == [("run", None), ("put_off", "running")]
    with automatic.rig.store.write() as unit:
        unit.runs.end(run.id, "stopped", None, "", run.created_ms)
    # The one that was due meanwhile is not lost.
    assert automatic.look() is True
    assert automatic.told() == [("run", None), ("run", None)]
    assert [due.put_off for due in automatic.dues()] == [None, "running"]


def test_a_cooldown_and_a_deposit_put_a_run_off(automatic: Automatic) -> None:
    automatic.set(replace(DAILY, interval_hours=D(1), cooldown_hours=D(3), settle_minutes=120))
    automatic.look()
    assert automatic.look(1) is True
    assert [automatic.look(1), automatic.look(1)] == [False, False]
    automatic.rig.bourse.do("deposit", asset="USDT", amount="50")
    automatic.rig.bourse.pass_s(30)
    assert automatic.look(0.5) is False
    assert automatic.book.automatic(None).items[0][1].clock.deposit_seen_ms == automatic.now()
    assert automatic.look(1.5) is False
    assert automatic.book.automatic(None).items[0][1].decision.hold == "settling"
    assert automatic.look(0.5) is True
    # Due at 1 h: a run; at 2 h and 3 h: in its cooldown; nobody looked at 4 h; at 5 h a deposit settled first.
    assert automatic.told() == [("run", None), ("put_off", "cooldown"), ("put_off", "cooldown"), ("run", None)]
    assert [due.put_off for due in automatic.dues()] == [None, "cooldown", "cooldown", "settling"]


def test_what_fails_is_told_before_the_next_one_takes_its_place(automatic: Automatic) -> None:
    automatic.set(replace(DAILY, interval_hours=D("0.5")))
    automatic.look()
    automatic.desk.failure = ExchangeUnavailableError("down")
    for _ in range(12):
        automatic.look(0.125)
    told = ("not_started", "exchange-unavailable")
    assert automatic.told() == [told, told]


def test_a_failure_that_passes_is_tried_again_and_one_that_stays_is_told_once(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    automatic.desk.failure = ExchangeUnavailableError("down")
    assert automatic.look(24) is False
    assert automatic.book.automatic(None).items[0][1].clock.failing == "exchange-unavailable"
    automatic.desk.failure = None
    assert automatic.look() is True
    assert automatic.book.automatic(None).items[0][1].clock.failing is None
    automatic.desk.failure = ExchangeUnavailableError("down")
    assert [automatic.look(24), automatic.look(), automatic.look(1), automatic.look()] == [False] * 4
    assert automatic.told() == [("run", None), ("not_started", "exchange-unavailable")]


def test_killed_between_the_plan_and_the_run_it_begins_once(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()

    def killed() -> None:
        raise KeyboardInterrupt

    automatic.desk.after = killed
    with pytest.raises(KeyboardInterrupt):
        automatic.look(24)
    automatic.restart()
    assert [automatic.look(), automatic.look()] == [True, False]
    assert len(automatic.runs()) == 1


def test_a_pause_or_a_save_while_the_plan_is_made_comes_in_time(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    automatic.desk.after = lambda: automatic.book.set_pause(True)
    assert automatic.look(24) is False
    automatic.desk.after = lambda: None
    automatic.book.set_pause(False)
    assert automatic.look() is False
    automatic.desk.after = lambda: automatic.set(DAILY, {"BTC": D(40), "USDT": D(60)})
    assert automatic.look(24) is False
    assert automatic.desk.made == 2
    assert (automatic.runs(), automatic.told()) == ([], [])


def test_of_two_collectors_one_begins_the_run(
    automatic: Automatic, make_rig: Callable[..., Rig], database: Path
) -> None:
    automatic.set(DAILY)
    automatic.look()
    first = automatic.rig
    old_epoch = first.lease.acquire() or 0
    session = first.session()
    first.machine.pass_s(24 * 3600)
    valuation = first.step()
    first.lease.release()
    second = Automatic(make_rig(first.bourse, file=database, owner="second", machine=first.machine))
    second.rig.lease.acquire()
    with pytest.raises(LeaseLostError):
        automatic.runner.step(session, old_epoch, valuation.at_ms)
    assert second.look() is True
    assert len(second.runs()) == 1


def test_a_due_instant_that_has_a_row_leaves_no_run_behind(automatic: Automatic) -> None:
    automatic.set(DAILY)
    automatic.look()
    automatic.look(24)
    with automatic.rig.store.write() as unit:
        clock = unit.strategies.clock(automatic.rig.account)
        assert clock is not None
        # As if the clock's row were older than the due row: the row alone must be enough.
        unit.strategies.keep_clock(replace(clock, last_due_ms=None))
    assert automatic.look() is False
    assert len(automatic.runs()) == len(automatic.dues()) == 1


def test_a_minute_is_a_minute_whatever_the_exchanges_clock_says(automatic: Automatic) -> None:
    automatic.set(replace(DAILY, interval_hours=D("0.5")))
    automatic.look()
    automatic.rig.bourse.pass_s(3 * 3600)
    assert automatic.look(0.4) is False
    assert automatic.look(0.1) is True
    (due,) = automatic.dues()
    assert automatic.now() - due.due_ms < 2 * MINUTE_MS + MINUTE_MS
