"""The import: everything is found once, whatever order it comes in and wherever the program was cut off."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import delete

from backend.core.errors import ExchangeUnavailableError
from backend.core.ledger.replay import final_quantities
from backend.core.model.accounts import Account
from backend.core.model.holdings import Balance, LedgerEvent
from backend.core.model.instants import HOUR_MS, MINUTE_MS
from backend.core.ports import Exchange
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.models import ledger_events
from backend.db.unit_of_work import SqlStore
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.session_manager import Session
from backend.services.snapshot_builder import SnapshotBuilder
from backend.tests.builders import T0, deposit, pair, trade, withdrawal
from backend.tests.database_places import url_of
from backend.tests.fakes import CutExchange, FakeExchange, ForgetfulExchange
from backend.tests.integration.services.conftest import Bourse, Rig


def busy(bourse: Bourse) -> None:
    """A week of deposits, withdrawals and trades, with a coin bought and fully sold."""
    bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.05", at="2026-05-26T09:17:03Z")
    bourse.do("trade", symbol="SOLUSDT", side="BUY", quantity="10", at="2026-05-26T15:00:00Z")
    bourse.do("deposit", asset="ETH", amount="1.5", at="2026-05-27T08:31:45Z")
    bourse.do("trade", symbol="SOLUSDT", side="SELL", quantity="9.99", at="2026-05-28T01:02:03Z")
    bourse.do("withdraw", asset="USDT", amount="1000", fee="1.5", at="2026-05-29T23:59:59Z")
    bourse.do("trade", symbol="ETHBTC", side="SELL", quantity="0.5", at="2026-05-30T12:00:00Z")
    bourse.do("deposit", asset="USDT", amount="2500", at="2026-06-01T00:00:00Z")


def test_the_first_import_finds_everything_and_agrees_with_the_exchange(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000", BNB="1")
    busy(bourse)
    rig = make_rig(bourse)
    valuation = rig.step()
    assert {line.balance.asset: line.balance.total for line in valuation.lines} == bourse.held_before(2**60)
    rig.agree()
    state = rig.sync()
    assert (state.unreconciled, state.unpriced, state.import_complete, state.dirty_from_ms) == ((), (), True, None)
    assert {row.status for row in rig.rows()} == {"exact"}
    assert {flow.status for flow in rig.flows()} == {"exact"}
    hours = [row.at_ms for row in rig.rows() if row.at_ms % HOUR_MS == 0]
    assert hours == list(range(hours[0], hours[-1] + 1, HOUR_MS))
    # A withdrawal is worth what arrives; its network fee is a cost.
    assert next(flow.amount for flow in rig.flows() if flow.source == "withdrawal") == -1000


def test_a_second_step_finds_nothing_new(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> None:
    bourse = open_bourse(USDT="20000")
    rig = make_rig(bourse)
    rig.step()
    before = (rig.events(), rig.rows(), rig.sync().rebuilds)
    rig.step()
    assert (rig.events(), rig.rows(), rig.sync().rebuilds) == before


def test_coins_fully_sold_are_found_where_the_exchange_names_no_coins(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    # Bought and sold without rest: only the dollars do not add up.
    bourse = open_bourse(USDT="20000")
    bourse.do("trade", symbol="XLMUSDT", side="BUY", quantity="1000", at="2026-05-26T15:00:00Z")
    bourse.do("trade", symbol="XLMUSDT", side="SELL", quantity="999", at="2026-05-28T01:02:03Z")
    assert "XLM" not in bourse.held_before(2**60)
    rig = make_rig(bourse)
    rig.wrap = ForgetfulExchange
    rig.step()
    assert [event.symbol for event in rig.events() if event.source == "trade"] == ["XLMUSDT", "XLMUSDT"]
    assert rig.sync().unreconciled == ()
    rig.agree()


def test_an_import_cut_off_at_every_question_ends_where_an_uncut_one_does(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000", BNB="1")
    busy(bourse)
    rig = make_rig(bourse)
    cut = CutExchange(None, 0)
    calls = 0

    def cutting(exchange: Exchange) -> CutExchange:
        nonlocal cut
        cut = CutExchange(exchange, calls)
        return cut

    rig.wrap = cutting
    kills = 0
    while not rig.try_step():
        kills += 1
        calls = kills // 4
    assert kills >= 20
    rig.agree()
    with_cuts = [(event.source, event.external_id, event.at_ms, event.legs) for event in rig.events()]
    assert len(set(with_cuts)) == len(with_cuts) == len({row["ref"] for row in bourse.ledger()})


def test_a_deposit_found_late_counts_from_its_own_instant_and_leaves_what_was_before(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="5000", BTC="0.1")
    rig = make_rig(bourse)
    rig.step()
    before = {row.at_ms: row for row in rig.rows()}
    bourse.do("deposit", asset="ETH", amount="2", at="2026-05-28T10:10:10Z")
    late = next(row["at_ms"] for row in bourse.ledger() if row["asset"] == "ETH")
    rig.step()
    rig.agree()
    for row in rig.rows():
        known = before.get(row.at_ms)
        if known is None or row.at_ms < late:
            assert row.at_ms >= late or known is not None
            if known is not None:
                assert (row.value, row.growth_index.hex(), row.pnl) == (
                    known.value, known.growth_index.hex(), known.pnl,
                )  # fmt: skip
        else:
            assert row.value > known.value
    assert {row.status for row in rig.rows()} == {"exact"}
    assert rig.sync().rebuilds == 1


@pytest.fixture
def local(database: Path) -> tuple[SqlStore, int, int]:
    """A store, an account and an epoch, for an exchange in memory."""
    engine = make_engine(url_of(database))
    store = SqlStore(engine, lambda: 0)
    epoch = SqlLease(engine, "one", 10**12, lambda: 0).acquire()
    with store.write() as unit:
        account = unit.accounts.ensure("simulator", "test", "x").id
    assert epoch is not None
    return store, account, epoch


def test_two_thousand_trades_are_read_page_by_page_and_a_cut_between_pages_loses_none(
    local: tuple[SqlStore, int, int],
) -> None:
    store, account, epoch = local
    bought = [trade("BUY", "BTC", "0.001", "USDT", "50", T0 + number, number) for number in range(1, 2_205)]
    events = [deposit("USDT", "1000000", T0 - HOUR_MS), *bought]
    held = [Balance("spot", asset, amount, Decimal(0)) for asset, amount in final_quantities(events).items()]
    closes = {name: {T0 - 2 * HOUR_MS: "50000"} for name in ("BTCUSDT", "ETHUSDT")}
    exchange = FakeExchange(T0 + HOUR_MS, [pair("BTC", "USDT"), pair("ETH", "USDT")], closes, events, held)
    refresh = AutoRefresh(store, RefreshSettings("USDT", 3600), lambda: 0, lambda: 0.0)
    kills = 0
    while True:
        session = Session(Account(account, "test", "simulator"), cast(Exchange, CutExchange(exchange, kills // 2)))
        with suppress(ExchangeUnavailableError):
            refresh.step(session, epoch)
            break
        kills += 1
        with store.read() as unit:
            # A cursor never stands before a row that is not there.
            cursor = unit.ledger.cursor(account, "trade", "BTCUSDT") or 1
            stored = [event for event in unit.ledger.all(account) if event.source == "trade"]
            assert len(stored) == cursor - 1
    assert kills >= 12
    with store.read() as unit:
        assert final_quantities(unit.ledger.all(account)) == final_quantities(events)
        assert unit.accounts.sync_state(account).unreconciled == ()


def history(dice: random.Random) -> list[LedgerEvent]:
    """Twenty movements, several at one instant."""
    events: list[LedgerEvent] = [deposit("USDT", "10000", T0, "100"), deposit("BTC", "0.5", T0, "99")]
    for number in range(1, 19):
        at_ms = T0 + dice.randrange(1, 8) * HOUR_MS + dice.choice((0, 0, 61_007))
        kind = dice.choice("dwbs")
        if kind == "d":
            events.append(deposit("BTC", "0.01", at_ms, f"{number}"))
        elif kind == "w":
            events.append(withdrawal("USDT", "10", at_ms, f"{number}", fee="0.5"))
        else:
            events.append(trade("BUY" if kind == "b" else "SELL", "BTC", "0.001", "USDT", "50", at_ms, number))
    return events


def pages(dice: random.Random, events: Sequence[LedgerEvent]) -> list[list[LedgerEvent]]:
    """The events as pages: cut anywhere, overlapping, repeated and shuffled; together they hold everything."""
    shuffled = dice.sample(events, len(events))
    found = []
    start = 0
    while start < len(shuffled):
        stop = min(start + dice.randrange(1, 8), len(shuffled))
        found.append(shuffled[max(start - dice.randrange(0, 4), 0) : stop])
        start = stop
    found.extend(dice.sample(found, min(2, len(found))))
    return dice.sample(found, len(found))


def test_a_thousand_ways_to_read_the_same_pages_give_one_ledger(local: tuple[SqlStore, int, int]) -> None:
    store, account, _ = local
    events = history(random.Random(7))[:10]
    wanted = None
    with store.write() as unit:
        for seed in range(1_000):
            unit.connection.execute(delete(ledger_events))
            for page in pages(random.Random(seed), events):
                unit.ledger.add(account, page)
            found = unit.ledger.all(account)
            wanted = wanted or found
            assert found == wanted, f"seed {seed}"
    assert wanted is not None
    assert len(wanted) == len(events)


def test_shuffled_pages_with_rebuilds_in_between_give_one_return(local: tuple[SqlStore, int, int]) -> None:
    store, account, epoch = local
    events = history(random.Random(7))
    now = T0 + 10 * HOUR_MS
    closes = {
        "BTCUSDT": {T0 + minute * MINUTE_MS: str(50_000 + minute * 7 % 1000) for minute in range(-120, 720)},
        "ETHUSDT": {T0 + minute * MINUTE_MS: str(2_000 + minute * 3 % 100) for minute in range(-120, 720)},
    }
    exchange = FakeExchange(now, [pair("BTC", "USDT"), pair("ETH", "USDT")], closes)
    wanted: list[object] | None = None
    for seed in range(12):
        dice = random.Random(seed)
        with store.write() as unit:
            unit.connection.execute(delete(ledger_events))
            other = unit.accounts.ensure("simulator", "test", f"seed{seed}").id
        for page in pages(dice, events):
            with store.write() as unit:
                changed = unit.ledger.add(other, page)
                known = unit.ledger.all(other)
            builder = SnapshotBuilder(store, cast(Exchange, exchange), other, epoch, "USDT", 3600)
            builder.update(known, changed, now)
        with store.read() as unit:
            rows = unit.snapshots.page([other], None, None, 1_000)
        found: list[object] = [
            (row.at_ms, row.value, row.flow, row.pnl, row.growth_index.hex(), row.kind, row.status, row.seq, row.slots)
            for row in rows
        ]
        wanted = wanted or found
        assert found == wanted, f"seed {seed}"
    assert account
