"""Backtests in the background: candles asked for once, results kept one by one, and what stops them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from backend.core.errors import ExchangeLimitedError, ExchangeUnavailableError
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.rebalancing.backtest import follow
from backend.core.rebalancing.backtest_figures import BacktestFigures, figures
from backend.core.rebalancing.backtest_inputs import Flow
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.models import cash_flows
from backend.db.unit_of_work import SqlStore
from backend.services import backtest_work, backtest_workers
from backend.services.backtest_work import POINTS, BacktestWork
from backend.services.backtest_workers import BacktestStoppedError
from backend.tests.database_places import url_of
from backend.tests.integration.services.backtest_desk import (
    HOURS,
    RULES,
    START_MS,
    Candles,
    Desk,
    Here,
    request,
    runner_over,
)
from backend.tests.integration.services.conftest import Bourse, Rig

D = Decimal


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    engine = make_engine(url_of(database))
    store = SqlStore(engine, lambda: START_MS)
    lease = SqlLease(engine, "here", 60_000, lambda: START_MS, lambda owner: False)
    source = Candles()
    yield Desk(store, lease, source, runner_over(store, lease, source))
    engine.dispose()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    return Here(monkeypatch)


def test_a_backtest_is_done_by_processes_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.ask(request())
    desk.runner.step()
    assert (desk.found(number).state, desk.found(number).progress) == ("done", 1.0)
    straight = Here(monkeypatch)
    again = desk.ask(request())
    desk.runner.step()
    assert desk.results(again) == desk.results(number)
    inputs = straight.inputs[0]
    assert desk.results(number) == {
        place: figures(inputs, follow(inputs, rule), POINTS) for place, rule in enumerate(RULES)
    }
    assert [inputs.prices.price("BTC", row) for row in (0, 40)] == [
        Candles.close("BTCUSDT", START_MS + row * HOUR_MS) for row in (0, 40)
    ]


def test_candles_are_asked_for_once_and_within_the_share_of_imports(desk: Desk, here: Here) -> None:
    desk.ask(request())
    desk.runner.step()
    assert len(desk.source.asked) == 2
    assert set(desk.source.purposes) == {"import"}
    desk.ask(request())
    desk.ask(request(from_ms=START_MS + 5 * HOUR_MS, to_ms=START_MS + 20 * HOUR_MS))
    desk.runner.step()
    desk.runner.step()
    assert len(desk.source.asked) == 2
    longer = desk.ask(request(to_ms=START_MS + (HOURS + 10) * HOUR_MS))
    desk.runner.step()
    assert [(ask.start_ms, ask.end_ms) for ask in desk.source.asked[2:]] == [
        (START_MS + HOURS * HOUR_MS, START_MS + (HOURS + 10) * HOUR_MS)
    ] * 2
    assert desk.found(longer).state == "done"


def test_after_a_restart_only_what_is_missing_is_computed(desk: Desk, here: Here) -> None:
    number = desk.ask(request(heat_map=True))
    here.after = desk.stopping_after(5)
    desk.runner.step()
    assert (desk.found(number).state, len(desk.results(number))) == ("computing", 5)
    before = desk.results(number)
    here.after = lambda done: None
    again = desk.restarted()
    again.runner.step()
    assert here.asked == [list(range(83)), list(range(5, 83))]
    assert desk.found(number).state == "done"
    assert {place: desk.results(number)[place] for place in before} == before
    assert len(desk.source.asked) == 2


def test_what_rests_on_other_rules_of_the_exchange_is_computed_anew(desk: Desk, here: Here) -> None:
    number = desk.ask(request())
    here.after = desk.stopping_after(2)
    desk.runner.step()
    assert len(desk.results(number)) == 2
    desk.source.step = "0.5"
    here.after = lambda done: None
    desk.restarted().runner.step()
    assert here.asked == [[0, 1, 2], [0, 1, 2]]


def test_one_that_is_called_off_stops_and_keeps_what_it_found(desk: Desk, here: Here) -> None:
    number = desk.ask(request())

    def cancel(done: int) -> None:
        if done == 1:
            with desk.store.write() as unit:
                assert unit.backtests.move(number, "cancelled")

    here.after = cancel
    desk.runner.step()
    desk.runner.step()
    assert (desk.found(number).state, list(desk.results(number)), len(here.asked)) == ("cancelled", [0], 1)


def test_one_that_is_called_off_while_prices_are_read_computes_nothing(desk: Desk, here: Here) -> None:
    number = desk.ask(request())
    with desk.store.write() as unit:
        unit.backtests.move(number, "cancelled")
    desk.runner.step()
    assert (here.asked, desk.source.asked) == ([], [])


@pytest.mark.parametrize(
    "failure", [ExchangeLimitedError("used up", 30.0, banned=False), ExchangeUnavailableError("no answer")]
)
def test_while_the_exchange_does_not_answer_it_waits(desk: Desk, here: Here, failure: Exception) -> None:
    number = desk.ask(request())
    desk.source.failures = [failure]
    desk.runner.step()
    assert (desk.found(number).state, desk.found(number).code) == ("prices", None)
    desk.runner.step()
    assert desk.found(number).state == "done"


def test_a_candle_that_is_missing_is_a_gap_and_no_price(desk: Desk, here: Here) -> None:
    gone = START_MS + 12 * HOUR_MS
    desk.source.missing = {("ETHUSDT", gone), ("ETHUSDT", gone + HOUR_MS)}
    number, again = desk.ask(request()), desk.ask(request())
    desk.runner.step()
    desk.runner.step()
    assert len(desk.source.asked) == 2
    for one in (number, again):
        facts = desk.found(one).facts
        assert facts is not None
        assert [(gap.asset, gap.candles, gap.from_ms) for gap in facts.gaps] == [("ETH", 2, gone - HOUR_MS)]
        assert {figure.doubt for figure in desk.results(one).values()} == {"prices_missing"}
    assert not here.inputs[0].prices.known[12]


def test_candles_of_a_day_are_told_by_its_hours(desk: Desk, here: Here) -> None:
    """A day without a trade in its last hours has a close all the same; one without any has none."""
    day, next_day = START_MS + DAY_MS, START_MS + 2 * DAY_MS
    desk.source.missing = {("ETHUSDT", day), ("ETHUSDT", day - HOUR_MS)}
    desk.source.missing |= {("BTCUSDT", next_day - hour * HOUR_MS) for hour in range(24)}
    desk.ask(request(interval="1d", to_ms=START_MS + 9 * DAY_MS))
    desk.runner.step()
    table = here.inputs[0].prices
    assert table.price("ETH", 1) == Candles.close("ETHUSDT", day - 2 * HOUR_MS)
    assert table.known.tolist() == [True, True, False] + [True] * 7


def test_it_begins_and_ends_where_all_prices_are_known(desk: Desk, here: Here) -> None:
    desk.source.missing = {("ETHUSDT", START_MS + row * HOUR_MS) for row in (0, 1, 2, HOURS - 1, HOURS)}
    number = desk.ask(request())
    desk.runner.step()
    facts = desk.found(number).facts
    assert facts is not None
    assert (facts.start_ms, facts.end_ms) == (START_MS + 3 * HOUR_MS, START_MS + (HOURS - 2) * HOUR_MS)


def test_candles_that_have_not_ended_are_not_asked_for(desk: Desk, here: Here) -> None:
    desk.source.now_ms = START_MS + 30 * HOUR_MS + 1
    number = desk.ask(request())
    desk.runner.step()
    facts = desk.found(number).facts
    assert facts is not None
    assert facts.end_ms == START_MS + 30 * HOUR_MS
    assert max(ask.end_ms for ask in desk.source.asked) == START_MS + 30 * HOUR_MS


def test_what_cannot_be_says_what_to_change(desk: Desk, here: Here) -> None:
    unlisted = desk.ask(request(allocations={"BTC": D(50), "FOO": D(50)}))
    desk.runner.step()
    assert desk.found(unlisted).state == "failed"
    assert desk.found(unlisted).detail == "Not traded against USDT here: FOO. Leave them out of the targets"
    desk.source.missing = {("ETHUSDT", START_MS + row * HOUR_MS) for row in range(HOURS + 1)}
    silent = desk.ask(request())
    desk.runner.step()
    assert "There are no candles of ETH" in (desk.found(silent).detail or "")


def test_only_those_of_the_own_environment_are_done(desk: Desk, here: Here) -> None:
    desk.ask(request(), environment="live")
    desk.runner.step()
    assert here.asked == []


def test_without_the_lease_nothing_is_done(desk: Desk, here: Here) -> None:
    number = desk.ask(request())
    desk.runner.lead(None)
    desk.runner.step()
    assert desk.found(number).state == "queued"
    desk.runner.lead(999)
    desk.runner.step()
    assert (desk.found(number).state, here.asked) == ("queued", [])


def test_processes_that_die_are_started_again_and_then_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(*_: object) -> Iterator[tuple[int, BacktestFigures]]:
        raise BacktestStoppedError("ended")

    number = desk.ask(request())
    monkeypatch.setattr(backtest_work, "computed", dying)
    states = []
    for _ in range(3):
        desk.runner.step()
        states.append(desk.found(number).state)
    assert states == ["computing", "computing", "failed"]


def test_a_process_that_is_killed_is_noticed(desk: Desk, here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask(request())
    desk.runner.step()
    started = backtest_workers._Worker.start

    def killed(worker: backtest_workers._Worker) -> None:
        worker._process.kill()
        worker._process.wait()
        started(worker)

    monkeypatch.setattr(backtest_workers._Worker, "start", killed)
    with pytest.raises(BacktestStoppedError):
        list(backtest_workers.computed(here.inputs[0], [(0, RULES[0], 0)]))


def test_the_newest_fifty_are_kept(desk: Desk, here: Here) -> None:
    for _ in range(53):
        desk.ask(request(rules=RULES[:1], to_ms=START_MS + 5 * HOUR_MS))
        desk.runner.step()
    with desk.store.read() as unit:
        assert [one.id for one in unit.backtests.newest("demo", 100)] == list(range(53, 3, -1))


def test_an_account_gives_its_value_and_its_flows(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    """The value of the last snapshot by the first candle, what came in since then, and the flows behind it."""
    rig = make_rig(open_bourse(USDT="1000", BTC="0.2"))
    rig.step()
    row = rig.rows()[-1]
    first = -(-(row.at_ms + 1) // HOUR_MS) * HOUR_MS
    between, later = row.at_ms + 1, first + 5 * HOUR_MS
    with rig.store.write() as unit:
        for at_ms, amount in ((between, "50"), (later, "-70")):
            unit.connection.execute(
                insert(cash_flows).values(
                    account_id=rig.account,
                    timestamp=at_ms,
                    amount_usd=D(amount),
                    type="DEPOSIT",
                    description="",
                    source="manual",
                    external_id=str(at_ms),
                    status="exact",
                )
            )
    source = Candles(now_ms=first + 100 * HOUR_MS)
    work = BacktestWork(rig.store, "simulator", lambda: source)
    asked = request(start_value=None, account_id=rig.account, from_ms=first, to_ms=first + 40 * HOUR_MS)
    money = work._money(asked, first, first + 40 * HOUR_MS)
    assert money.start == row.value + row.flow + 50
    assert money.flows == [Flow(later, D(-70))]
