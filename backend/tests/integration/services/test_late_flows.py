"""A late or corrected flow moves the rows behind it by one step, and gives what a rebuild from nothing gives."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from backend.core.flows import MANUAL
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.task_log import LEVELS
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.services import flow_repair
from backend.services.flow_repair import FlowRepair
from backend.services.proofs import ProofLog
from backend.tests.builders import T0, deposit
from backend.tests.integration.services.late_flows_case import (
    NOW,
    Bench,
    D,
    bench_over,
    change,
    columns,
    differences,
    from_nothing,
    ledger,
    unlike,
)
from backend.verify.run import verify

SEEDS = range(6)
CHANGES = 6


@pytest.fixture
def bench(database: Path) -> Iterator[Bench]:
    with bench_over(database) as one:
        yield one


@pytest.mark.parametrize("seed", SEEDS)
def test_repaired_is_what_a_rebuild_from_nothing_gives(
    bench: Bench, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    repairs: list[bool] = []
    run = FlowRepair.run

    def counted(self: FlowRepair, events: Sequence[LedgerEvent], now_ms: int) -> bool:
        repairs.append(run(self, events, now_ms))
        return repairs[-1]

    monkeypatch.setattr(FlowRepair, "run", counted)
    account = bench.account("own", ledger(dice))
    bench.build(account, 0)
    bench.shadows(account)
    for number in range(CHANGES):
        for _ in range(dice.randrange(1, 3)):
            change(bench, account, dice)
        if number == 2:
            # A block of the rows is there, and follows.
            with bench.store.write() as unit:
                rebuilds = unit.accounts.sync_state(account).rebuilds
                unit.packed.put(account, rebuilds, unit.snapshots.series_after(account, 0))
        bench.build(account)
        days = columns(bench, account, "daily_rows")
        with bench.store.write() as unit:
            unit.daily.refold(account, 0)
        assert unlike(days, columns(bench, account, "daily_rows")) == [], "days are those of their snapshots"
        bench.shadows(account)
        other = from_nothing(bench, account, f"other{number}")
        bench.shadows(other)
        assert differences(bench.rows(account), bench.rows(other)) == [], f"change {number}"
        for table in ("snapshots", "daily_rows", "hold_rows"):
            assert unlike(columns(bench, account, table), columns(bench, other, table)) == [], table
        with bench.store.read() as unit:
            block = unit.packed.series(account, unit.accounts.sync_state(account).rebuilds)
            rows = unit.snapshots.series_after(account, 0)
        if block is not None:
            assert block.at_ms.tolist() == rows.at_ms.tolist()
            np.testing.assert_allclose(block.growth, rows.growth, rtol=1e-14)
            np.testing.assert_array_equal(block.value, rows.value)
    assert sum(repairs) > CHANGES // 2, repairs
    report = verify(bench.store, "simulator", "USDT", "own", lambda _: None)
    assert report.differences == []
    assert report.compared["snapshots"] > 1_000


@pytest.fixture
def account(bench: Bench) -> int:
    """An account with two flows entered by hand, and everything made of it."""
    events = [deposit("USDT", "9000", T0 + 1), deposit("BTC", "0.5", T0 + 1), deposit("ETH", "2", T0 + 3 * DAY_MS)]
    number = bench.account("own", events)
    bench.build(number, 0)
    bench.add(number, T0 + 2 * DAY_MS + 61_000, "1000")
    bench.add(number, T0 + 5 * DAY_MS, "-400")
    bench.build(number)
    bench.shadows(number)
    return number


def edit(bench: Bench, account: int, amount: str) -> None:
    """Another amount for the first flow that was entered."""
    flow = next(flow for flow in bench.flows(account) if flow.source == MANUAL)
    bench.book.change_cash_flow(flow.id or 0, {"amount": D(amount)})


def test_an_edited_flow_writes_no_row_anew_and_is_announced(bench: Bench, account: int) -> None:
    before = bench.rows(account)
    with bench.store.read() as unit:
        rebuilds, told = unit.accounts.sync_state(account).rebuilds, unit.events.newest_id()
    edit(bench, account, "1700")
    assert bench.build(account) == 0
    after = bench.rows(account)
    assert [row.id for row in after] == [row.id for row in before]
    assert after[-1].growth_index != before[-1].growth_index
    assert after[-1].cum_flows == before[-1].cum_flows + 700
    with bench.store.read() as unit:
        sync = unit.accounts.sync_state(account)
        events = [payload for _, topic, _, payload in unit.events.after(told, 100) if topic == "snapshot"]
        lines = unit.task_log.page("simulator", LEVELS, "snapshot", account, 1, None)
    assert (sync.rebuilds, sync.dirty_from_ms) == (rebuilds + 1, None)
    moved_rows = len(after) - sum(row.at_ms < T0 + 2 * DAY_MS + 61_000 for row in after)
    assert events == [{"repaired": moved_rows, "from": "2026-03-04T00:01:01Z"}]
    assert lines[0].line.numbers == {"repaired": moved_rows}
    assert {flow.status for flow in bench.flows(account)} == {"exact"}


def test_until_the_shadows_have_followed_they_are_not_told_behind_the_flow(bench: Bench, account: int) -> None:
    at_ms = T0 + 2 * DAY_MS + 61_000
    whole = bench.rows(account)
    edit(bench, account, "1700")
    bench.exchange.now_ms = NOW + 2 * HOUR_MS
    bench.build(account)
    rows = bench.rows(account)
    assert len(rows) == len(whole) + 2, "rows that are added meanwhile"
    assert {row.benchmark_value for row in rows if row.at_ms > at_ms} == {None}
    assert [row.benchmark_value for row in rows if row.at_ms <= at_ms] == [
        row.benchmark_value for row in whole if row.at_ms <= at_ms
    ]
    assert rows[-1].benchmark is not None
    assert rows[-1].benchmark.missed == "recomputing"
    with bench.store.read() as unit:
        last = unit.shadows.hold_by(account, NOW)
    assert last is not None
    assert last.at_ms < at_ms
    report = verify(bench.store, "simulator", "USDT", None, lambda _: None)
    assert report.skipped
    assert report.differences == []
    bench.shadows(account)
    other = from_nothing(bench, account, "other")
    bench.shadows(other)
    assert differences(bench.rows(account), bench.rows(other)) == []
    assert unlike(columns(bench, account, "hold_rows"), columns(bench, other, "hold_rows")) == []


def test_a_rebuild_behind_a_line_that_waits_does_not_go_on_from_it(bench: Bench, account: int) -> None:
    edit(bench, account, "1700")
    bench.build(account)
    late = T0 + 7 * DAY_MS + 5
    with bench.store.write() as unit:
        unit.ledger.add(account, [deposit("BTC", "0.1", late)])
        unit.accounts.mark_dirty(account, late)
    bench.build(account, late)
    assert {row.benchmark_value for row in bench.rows(account)[-20:]} == {None}
    bench.shadows(account)
    other = from_nothing(bench, account, "other")
    assert differences(bench.rows(account), bench.rows(other)) == []


def test_what_is_no_step_is_left_to_a_rebuild(bench: Bench) -> None:
    number = bench.account("own", [deposit("USDT", "100", T0 + 1)])
    bench.build(number, 0)
    # More goes out than there is: the chain breaks behind it, and is whole again without it.
    bench.add(number, T0 + 3 * DAY_MS, "-500")
    assert bench.build(number) > 0
    assert math.isnan(bench.rows(number)[-1].growth_index)
    bench.book.delete_cash_flow(bench.flows(number)[-1].id or 0)
    assert bench.build(number) > 0
    assert bench.rows(number)[-1].growth_index == 1.0


def test_a_change_of_quantities_is_never_taken_for_one_of_flows(bench: Bench, account: int) -> None:
    edit(bench, account, "1700")
    with bench.store.write() as unit:
        # Behind all flows: none of their rows tells of it.
        unit.ledger.add(account, [deposit("BTC", "0.1", T0 + 6 * DAY_MS)])
        unit.accounts.mark_dirty(account, T0 + 6 * DAY_MS)
    assert bench.build(account) > 0
    other = from_nothing(bench, account, "other")
    assert differences(bench.rows(account), bench.rows(other)) == []


def test_a_flow_that_comes_in_the_middle_of_a_repair_is_in_the_next(
    bench: Bench, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = FlowRepair._write
    seen: list[bool] = []

    def overtaken(self: FlowRepair, *given: Any) -> bool:
        if not seen:
            bench.add(account, T0 + 6 * DAY_MS, "250")
        seen.append(write(self, *given))
        return seen[-1]

    monkeypatch.setattr(FlowRepair, "_write", overtaken)
    edit(bench, account, "1700")
    bench.build(account)
    assert seen == [False, True]
    bench.shadows(account)
    other = from_nothing(bench, account, "other")
    assert differences(bench.rows(account), bench.rows(other)) == []


def test_many_new_rows_go_piece_by_piece(bench: Bench, account: int) -> None:
    for number in range(flow_repair.NEW_ROWS + 1):
        bench.add(account, T0 + 4 * DAY_MS + number * HOUR_MS + 1_000, "10")
    assert bench.build(account) > 0


def test_closings_behind_a_changed_flow_are_made_anew(bench: Bench, account: int) -> None:
    def close() -> list[tuple[Any, ...]]:
        with bench.store.read() as unit:
            events = unit.ledger.all(account)
        ProofLog("USDT").close(
            bench.store, cast(Exchange, bench.exchange), bench.epoch, account, events, Valuation.of(NOW, ())
        )
        return columns(bench, account, "closings")

    whole = close()
    edit(bench, account, "1700")
    bench.build(account)
    kept = columns(bench, account, "closings")
    assert 0 < len(kept) < len(whole)
    assert kept == whole[: len(kept)]
    again = close()
    assert len(again) == len(whole)
    assert again[-1] != whole[-1]
