"""Each kind of alert fires once on its cause, is armed again when the cause is gone, and not by what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from backend.core.alerts.plan_text import PLAN, encode_plan
from backend.core.audit_book import AuditBook
from backend.core.ledger.certificate import DIFFERENCES, NOT_COMPARED, Certificate, CertifiedAsset, refused
from backend.core.model.accounts import KeyPermissions
from backend.core.model.alerts import AlertCounts, AlertKind, AlertPlan, AlertRule
from backend.core.model.holdings import EventKind
from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.valuation import BenchmarkTail
from backend.core.model.wallets import WalletState
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.audit_keeper import AuditKeeper
from backend.services.benchmark_alerts import tell_exhausted
from backend.tests.builders import T0
from backend.tests.database_places import copy_database, url_of
from backend.tests.integration.services.alert_case import AlertCase, alerts_of, keeper_of, priced
from backend.tests.integration.services.proof_case import Case, MakeRig, OpenBourse, hide, opened_case

D = Decimal
Step = Callable[[AlertCase], None]
UNKNOWN: Final = (WalletState("earn_flexible", "unknown", T0),)


@pytest.fixture
def case(empty_database: Path, tmp_path: Path) -> Iterator[AlertCase]:
    yield from opened(copy_database(empty_database, tmp_path / "portfolio.db"))


def opened(file: Path) -> Iterator[AlertCase]:
    engine = make_engine(url_of(file))
    wall = [1_800_000_000_000]
    store = SqlStore(engine, lambda: wall[0])
    with store.write() as unit:
        account = unit.accounts.ensure("simulator", "main", "digest")
    yield AlertCase(store, SqlLease(engine, "first", 10_000_000, lambda: wall[0]), account, wall)
    engine.dispose()


def worth(amount: str) -> Step:
    return lambda case: case.hold(priced("USDT", amount, "1"))


def failing(times: int) -> Step:
    return lambda case: case.sync(failures=times, error="No answer", error_code="exchange-unavailable")


def differing(replayed: str) -> Step:
    """The wallet has one BTC, worth 100."""

    def step(case: AlertCase) -> None:
        case.hold(priced("BTC", "1", "100"), priced("USDT", "900", "1"))
        certified = CertifiedAsset("BTC", D(replayed), {"spot": D(1)})
        reason = DIFFERENCES if certified.difference else None
        with case.store.write() as unit:
            unit.proofs.set_certificate(case.account.id, Certificate(case.now_ms, (certified,), reason))

    return step


def of_btc(quantity: str) -> Step:
    """BTC at 100 beside dollars, 1000 together."""
    rest = str(1000 - 100 * D(quantity))
    return lambda case: case.hold(priced("BTC", quantity, "100"), priced("USDT", rest, "1"))


def aimed(quantity: str) -> Step:
    """The same, half of it to be BTC within 5 points."""

    def step(case: AlertCase) -> None:
        of_btc(quantity)(case)
        with case.store.write() as unit:
            unit.allocations.replace("simulator", None, {"BTC": D(50), "USDT": D(50)})
            unit.rebalancing_settings.replace("simulator", None, RebalancingSettings(threshold_percent=D(5)))

    return step


def at_price(price: str) -> Step:
    return lambda case: case.market.update(BTCUSDT=price)


def dollars(usdc: str, fdusd: str = "1") -> Step:
    return lambda case: case.market.update(USDCUSDT=usdc, FDUSDUSDT=fdusd)


def unknown_wallet(case: AlertCase) -> None:
    case.hold(priced("USDT", "10", "1"), wallets=UNKNOWN)


def recomputing(case: AlertCase) -> None:
    case.sync(dirty_from=T0)


def uncompared(case: AlertCase) -> None:
    with case.store.write() as unit:
        unit.proofs.set_certificate(case.account.id, refused(NOT_COMPARED))


# The rule, what causes it, what keeps it, what is not known meanwhile, what ends it.
BTC_SHARE: Final = AlertRule("position_share", D(50))
BTC_ABOVE: Final = AlertRule("price_above", D(200), asset="BTC")
BTC_BELOW: Final = AlertRule("price_below", D(200), asset="BTC")
PEG: Final = AlertRule("depeg", D("0.5"))
LEVELS: Final[dict[str, tuple[AlertRule, Step, Step, Step, Step, str]]] = {
    "loss_1h": (AlertRule("loss_1h", D(5)), worth("949"), worth("955"), unknown_wallet, worth("990"), "5.1"),
    "loss_24h": (AlertRule("loss_24h", D(8)), worth("900"), worth("930"), recomputing, worth("980"), "10"),
    "loss_peak": (AlertRule("loss_peak", D(20)), worth("790"), worth("810"), unknown_wallet, worth("900"), "21"),
    "sync_failing": (AlertRule("sync_failing", D(3)), failing(3), failing(7), failing(1), failing(0), "3"),
    "balance_anomaly": (
        AlertRule("balance_anomaly", D(50)), differing("0.4"), differing("0.6"), uncompared, differing("1"), "60",
    ),
    "position_share": (BTC_SHARE, of_btc("6"), of_btc("4.9"), unknown_wallet, of_btc("4"), "60"),
    "drift_band": (AlertRule("drift_band"), aimed("6"), aimed("5.45"), unknown_wallet, aimed("5.1"), "10"),
    "price_above": (
        BTC_ABOVE, at_price("200"), at_price("199"), at_price("0"), at_price("190"), "200",
    ),
    "price_below": (
        BTC_BELOW, at_price("150"), at_price("201"), at_price("0"), at_price("203"), "150",
    ),
    "depeg": (PEG, dollars("0.98"), dollars("0.996"), dollars("0", "0"), dollars("0.999"), "2"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LEVELS)
def test_a_level_is_told_once_until_it_was_left(case: AlertCase, kind: AlertKind) -> None:
    rule, cause, still, unknown, end, value = LEVELS[kind]
    case.watch(rule)
    end(case)
    assert case.judge() == []
    # Of two coins that leave their targets both are told.
    count = 2 if kind == "drift_band" else 1
    for step in (cause, still, unknown, cause):
        step(case)
        if kind == "sync_failing":
            case.keeper.failed(case.account, case.epoch)
        alerts = case.judge()
        case.sync(dirty_from=None)
        assert [one.new.told.kind for one in alerts] == [kind] * count
    alert = alerts[0]
    told = alert.new.told
    assert told.value is not None
    assert round(told.value, 4) == D(value)
    assert alert.new.account_id == (None if rule.asset or kind == "depeg" else case.account.id)
    end(case)
    assert len(case.judge()) == count
    cause(case)
    assert [one.new.told.kind for one in case.judge()] == [kind] * 2 * count
    with case.store.read() as unit:
        assert unit.alerts.unread("simulator") == 2 * count


def test_without_the_exchange_only_the_sync_is_judged(case: AlertCase) -> None:
    case.watch(AlertRule("loss_24h", D(8)), AlertRule("sync_failing", D(2)))
    worth("100")(case)
    failing(2)(case)
    case.keeper.failed(case.account, case.epoch)
    (alert,) = case.alerts()
    told = alert.new.told
    assert (told.kind, told.reason, told.detail) == ("sync_failing", "exchange-unavailable", "No answer")


def test_a_coin_that_lost_its_price_is_no_loss(case: AlertCase) -> None:
    case.watch(AlertRule("loss_24h", D(8)), AlertRule("position_share", D(50)))
    case.hold(priced("USDT", "1000", None), priced("BTC", "1", "100"))
    assert case.judge() == []


def test_of_two_dollars_the_one_that_moved_is_named(case: AlertCase) -> None:
    case.watch(AlertRule("depeg", D("0.5")))
    dollars("1.05", "1.05")(case)
    assert [one.new.told.subject for one in case.judge()] == ["USDT"]
    dollars("1", "1")(case)
    case.judge()
    dollars("0.95")(case)
    assert [one.new.told.subject for one in case.judge()] == ["USDT", "USDC"]


def test_a_key_that_changes_is_told_each_time_and_one_that_may_withdraw_is_critical(case: AlertCase) -> None:
    case.watch(AlertRule("key_rights"))
    assert case.judge() == []
    case.sync(permissions=KeyPermissions(None, None, None, None))
    assert case.judge() == []
    case.sync(permissions=KeyPermissions(True, True, True, True))
    case.judge()
    (alert,) = case.judge()
    assert (alert.new.severity, alert.new.told.reason) == ("critical", "can_withdraw")
    case.sync(permissions=KeyPermissions(True, False, False, True))
    assert [one.new.severity for one in case.judge()] == ["critical", "warning"]


@pytest.mark.parametrize(
    ("state", "code", "kind"),
    [
        ("complete", None, "run_finished"),
        ("failed", "clock-apart", "run_failed"),
        ("stopped", "limit-slippage", "run_failed"),
        ("needs_review", "needs-review", "run_review"),
    ],
)
def test_a_run_is_told_once_as_it_ended(case: AlertCase, state: str, code: str | None, kind: str) -> None:
    case.watch(AlertRule("run_finished"), AlertRule("run_failed"), AlertRule("run_review"))
    first = case.run(state, code)  # type: ignore[arg-type]  # of the table above
    case.judge()
    assert [(one.new.told.kind, one.new.told.run_id) for one in case.judge()] == [(kind, first)]
    # While one waits to be looked at no other can begin.
    case.sql("UPDATE runs SET state = 'stopped' WHERE id = :id", id=first)
    second = case.run(state, code)  # type: ignore[arg-type]
    assert [one.new.told.run_id for one in case.judge()] == [first, second]


def test_a_dry_run_that_went_well_and_a_run_stopped_by_hand_are_not_told(case: AlertCase) -> None:
    case.watch(AlertRule("run_finished"), AlertRule("run_failed"))
    case.run("complete", dry_run=True)
    case.run("stopped", "stopped")
    assert case.judge() == []


def test_a_benchmark_that_runs_empty_is_told_when_it_does(case: AlertCase) -> None:
    case.watch(AlertRule("benchmark_exhausted"))
    tail = BenchmarkTail(T0, 1.0, (1.0,), {}, exhausted=True)
    with case.store.write() as unit:
        row = unit.snapshots.last(case.account.id)
        assert row is not None
        tell_exhausted(unit, case.account.id, row, replace(row, benchmark=tail))
    case.judge()
    assert [one.new.told.kind for one in case.judge()] == ["benchmark_exhausted"]


def test_a_broken_audit_trail_is_told_once_for_its_places_and_again_after_it_was_whole(case: AlertCase) -> None:
    """Whoever finds it: the check of the program, or one that the page asks for."""
    case.watch(AlertRule("audit_broken"))
    book = AuditBook(case.store, "simulator", lambda: case.wall[0])
    keeper = AuditKeeper(book)
    with case.store.write() as unit:
        for number in range(5):
            unit.audit.record("test.act", subject=f"thing {number}")
    keeper.step()
    assert case.judge() == []

    def told() -> list[str]:
        return [one.new.told.detail for one in case.judge()]

    case.sql("UPDATE audit SET actor = 'nobody' WHERE id = 2")
    keeper.step()
    (alert,) = case.judge()
    assert (alert.new.told.kind, alert.new.severity, alert.new.account_id) == ("audit_broken", "critical", None)
    with case.store.write() as unit:
        unit.audit.record("test.act", subject="one more, behind the place")
    keeper.step()
    book.check()
    assert told() == ["changed 2-2"]
    case.sql("UPDATE audit SET actor = 'nobody' WHERE id = 4")
    keeper.step()
    assert told() == ["changed 2-2", "changed 2-2, changed 4-4"]
    case.sql("UPDATE audit SET actor = 'program' WHERE id IN (2, 4)")
    keeper.step()
    assert book.check().intact
    case.sql("UPDATE audit SET actor = 'nobody' WHERE id = 2")
    book.check()
    assert told() == ["changed 2-2", "changed 2-2, changed 4-4", "changed 2-2"]


def test_alerts_are_counted_by_kind_unread_listed_and_firing(case: AlertCase) -> None:
    case.watch(AlertRule("loss_24h", D(8)), BTC_ABOVE, AlertRule("run_failed"))
    for step in (worth("900"), worth("1000"), worth("900"), at_price("300")):
        step(case)
        case.judge()
    case.run("failed", "clock-apart")
    first = case.judge()[0]
    with case.store.write() as unit:
        unit.alerts.mark_read("simulator", [first.id], None)
    with case.store.read() as unit:
        counts = unit.alerts.counts("simulator")
        assert unit.alerts.counts("demo") == AlertCounts({}, {}, {})
    assert counts.listed == {"loss_24h": 2, "price_above": 1, "run_failed": 1}
    assert counts.unread == {"loss_24h": 1, "price_above": 1, "run_failed": 1}
    assert counts.firing == {"loss_24h": 1, "price_above": 1}


def test_a_rule_that_is_off_tells_nothing_and_begins_armed_when_it_is_on_again(case: AlertCase) -> None:
    rule = AlertRule("loss_24h", D(8))
    case.watch(rule)
    worth("900")(case)
    assert len(case.judge()) == 1
    with case.store.write() as unit:
        unit.alerts.arm("simulator", [])
    assert len(case.judge()) == 2
    case.watch()
    worth("100")(case)
    assert len(case.judge()) == 2


def test_what_happened_before_the_first_look_is_not_told(case: AlertCase) -> None:
    case.watch(AlertRule("run_failed"))
    case.sql("DELETE FROM settings WHERE name = 'alerts.seen.simulator'")
    case.run("failed", "clock-apart")
    case.keeper = keeper_of(case.store, case.wall)
    assert case.judge() == []
    case.run("failed", "clock-apart")
    assert len(case.judge()) == 1


def test_a_collector_that_starts_again_tells_nothing_twice(case: AlertCase) -> None:
    """The events are looked through again; each cause has its key."""
    case.watch(AlertRule("run_failed"))
    case.run("failed", "clock-apart")
    assert len(case.judge()) == 1
    case.sql("UPDATE settings SET content = '0' WHERE name = 'alerts.seen.simulator'")
    case.keeper = keeper_of(case.store, case.wall)
    assert len(case.judge()) == 1


def test_money_that_nobody_told_of_is_told_by_both_who_find_it(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    """On the simulator: coins come, the exchange lists no deposit; the certificate and the closing equation say so."""
    found: Case = opened_case(open_bourse, make_rig)
    rig = found.rig
    keeper = keeper_of(rig.store, [rig.machine.wall_ms])
    with rig.store.write() as unit:
        rules = (AlertRule("balance_anomaly", D(50)), AlertRule("residual", D(0)))
        unit.settings.set(PLAN + "simulator", encode_plan(AlertPlan(rules)))
    epoch = rig.lease.acquire() or 0
    keeper.take(epoch)
    hide(found, EventKind.DEPOSIT)
    found.bourse.do("deposit", asset="ADA", amount="5000")
    for _ in range(3):
        found.hour()
        keeper.refreshed(rig.session(), epoch)
        keeper.take(epoch)
    kinds = [(one.new.told.kind, one.new.told.subject) for one in alerts_of(rig.store)]
    assert sorted(kinds) == [("balance_anomaly", "ADA"), ("residual", "ADA")]
