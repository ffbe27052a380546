"""All accounts together have a chain of their own: what moves between them is no flow of it and no loss of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event, update

from backend.core.accounts_book import AccountsBook
from backend.core.ledger.unrealized import ProfitReading
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.valuation import PricedBalance, Valuation
from backend.core.performance.snapshot_chain import Gap
from backend.core.portfolio_view import PortfolioView
from backend.core.ports import Exchange
from backend.core.whole_closing import closing_at
from backend.db.models import snapshots
from backend.services import whole_keeper
from backend.services.proofs import ProofLog
from backend.tests.builders import T0, deposit, held, pair, withdrawal
from backend.tests.fakes import FakeExchange
from backend.tests.integration.services.late_flows_case import NOW, SETTINGS, Bench, bench_over, change, differences
from backend.tests.integration.services.whole_case import ENVIRONMENT, Together, alone, moved, split, without_names
from backend.verify.run import ALL_ACCOUNTS, verify

SEEDS = range(8)
CHANGES = 4
D = Decimal


@pytest.fixture
def together(database: Path) -> Iterator[Together]:
    with bench_over(database) as bench:
        yield Together(bench)


def spread(bench: Bench, seed: int) -> tuple[int, int, int]:
    """One history in an account of its own, and over two."""
    one, two = split(random.Random(seed))
    lone, first, second = alone(bench, f"one{seed}", one), *(bench.account(name, two[name]) for name in ("a", "b"))
    return lone, first, second


def steps(together: Together, hours: dict[int, str]) -> None:
    """Let BTC cost so much from an hour of the first day on."""
    closes, price = {}, "0"
    for minute in range(-180, 3 * 1440):
        price = hours.get(minute // 60, price) if minute % 60 == 0 or price == "0" else price
        closes[T0 + minute * MINUTE_MS] = price
    listed = [pair("BTC", "USDT"), pair("ETH", "USDT")]
    together.bench.exchange = FakeExchange(T0 + 2 * DAY_MS, listed, {"BTCUSDT": closes, "ETHUSDT": closes})


def wrong(together: Together) -> list[str]:
    """What `verify` names of the whole."""
    report = verify(together.bench.store, ENVIRONMENT, "USDT", None, lambda _: None)
    assert not [told for told in report.skipped if told.startswith(ALL_ACCOUNTS)]
    return [f"{one.table} {one.figure}" for one in report.differences if one.account == together.whole]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_spread_over_two_accounts_has_the_rows_of_one(together: Together, seed: int) -> None:
    lone, *two = spread(together.bench, seed)
    together.bring_up(*two)
    assert without_names(together.rows()) == without_names(together.bench.rows(lone))
    assert wrong(together) == []


def test_the_return_of_two_accounts_by_hand(together: Together) -> None:
    steps(together, {-3: "100", 3: "200", 6: "150", 12: "300"})
    got = T0 + 7 * HOUR_MS
    sent = moved("BTC", "1", T0 + 2 * HOUR_MS + 60_000, got, "m")
    first = together.bench.account("a", [deposit("BTC", "2", T0 + MINUTE_MS), sent[0]])
    second = together.bench.account("b", [sent[1], deposit("USDT", "250", T0 + 9 * HOUR_MS + 60_000)])
    together.bring_up(first, second)
    rows = {row.at_ms: row for row in together.rows()}
    # Two coins of 100, 200 and 150 each, whoever has them and while one is on its way; 250 came to 300, and at last
    # two coins of 300 beside them.
    values = {at_ms // HOUR_MS: row.value for at_ms, row in rows.items() if at_ms % HOUR_MS == 0}
    hours = [values[(T0 // HOUR_MS) + hour] for hour in (1, 3, 4, 6, 7, 8, 10, 13)]
    assert hours == [200, 200, 400, 400, 300, 300, 550, 850]
    window = together.tracker().window(0, None).figures
    assert window is not None
    assert window.twr == pytest.approx(300 / 200 * 850 / 550 - 1, rel=1e-12)
    assert (window.net_flows, window.pnl, window.status) == (D(450), D(400), "exact")


@pytest.mark.parametrize("seed", range(4))
def test_what_changes_in_a_member_gives_the_rows_of_a_whole_made_from_nothing(together: Together, seed: int) -> None:
    bench, dice = together.bench, random.Random(seed)
    _, *two = spread(bench, seed)
    together.bring_up(*two)
    for _ in range(CHANGES):
        changed = dice.choice(two)
        change(bench, changed, dice)
        bench.build(changed)
        together.follow(two[0])
        rows = together.rows()
        with bench.store.write() as unit:
            assert unit.accounts.sync_state(together.whole).dirty_from_ms is None
            unit.wholes.set_members(together.whole, two, 0)
        together.follow(two[0])
        assert differences(rows, together.rows()) == []
    assert wrong(together) == []


def test_an_account_that_comes_later_brings_its_whole_past(together: Together) -> None:
    bench = together.bench
    _, *two = spread(bench, 1)
    together.bring_up(*two)
    before = together.rows()
    third = bench.account("c", [deposit("BTC", "0.5", T0 - HOUR_MS), withdrawal("BTC", "0.1", T0 + DAY_MS + 61_000)])
    figures = together.tracker().window(0, None).figures
    assert figures is not None
    assert (figures.status, figures.reason) == ("estimated", "history_importing")
    together.bring_up(third, *two)
    after = {row.at_ms: row for row in together.rows()}
    own = {row.at_ms: row for row in bench.rows(third)}
    assert min(after) == T0 - HOUR_MS
    assert all(after[row.at_ms].value == row.value + own[row.at_ms].value for row in before if row.at_ms in own)
    assert after[T0 + DAY_MS + 61_000].flow == own[T0 + DAY_MS + 61_000].flow
    assert wrong(together) == []


def test_an_account_that_is_deleted_leaves_no_trace_and_its_moves_are_flows(together: Together) -> None:
    bench = together.bench
    _, *two = spread(bench, 2)
    third = bench.account("c", [deposit("BTC", "0.5", T0 + DAY_MS)])
    together.bring_up(*two, third)
    AccountsBook(bench.store, ENVIRONMENT, lambda: (), lambda: ()).delete(two[1], "b")
    figures = together.tracker().window(0, None).figures
    assert figures is not None
    assert (figures.status, figures.reason) == ("estimated", "recomputing")
    bench.build(two[0])
    together.follow(two[0])
    rows = {row.at_ms: row for row in together.rows()}
    own = {row.at_ms: row for row in bench.rows(two[0])}
    other = {row.at_ms: row for row in bench.rows(third)}
    assert all(row.flow == own[at_ms].flow for at_ms, row in rows.items() if at_ms in own and at_ms not in other)
    assert all(rows[at_ms].value == own[at_ms].value + other[at_ms].value for at_ms in own.keys() & other.keys())
    assert wrong(together) == []
    AccountsBook(bench.store, ENVIRONMENT, lambda: (), lambda: ()).delete(third, "c")
    together.follow(two[0])
    assert together.rows() == []


def test_a_move_that_nobody_confirmed_counts_on_both_sides_and_says_so(together: Together) -> None:
    bench = together.bench
    sent, got = moved("BTC", "0.25", T0 + 3 * HOUR_MS + 61_000, T0 + 5 * HOUR_MS + 61_000, "m")
    first = bench.account("a", [deposit("BTC", "2", T0 + 1), replace(sent, transaction="")])
    second = bench.account("b", [deposit("USDT", "50", T0 + 2), replace(got, transaction="")])
    together.bring_up(first, second)
    rows = {row.at_ms: row for row in together.rows()}
    assert rows[sent.at_ms].flow < 0 < rows[got.at_ms].flow
    assert {rows[at_ms].reason for at_ms in (sent.at_ms, got.at_ms)} == {"move_suggested"}
    assert wrong(together) == []
    with bench.store.read() as unit:
        ids = unit.cash_flows.ids_of([(first, sent.source, sent.external_id), (second, got.source, got.external_id)])
    one, other = ids.values()
    bench.book.decide_move(one, other, "move")
    together.follow(first)
    rows = {row.at_ms: row for row in together.rows()}
    assert sent.at_ms not in rows
    assert got.at_ms not in rows
    assert {row.reason for row in rows.values()} == {None}
    assert wrong(together) == []


def test_a_slot_that_a_member_has_no_row_of_is_a_gap_and_never_a_smaller_sum(together: Together) -> None:
    bench = together.bench
    first = bench.account("a", [deposit("BTC", "2", T0 + 1), deposit("USDT", "70", T0 + DAY_MS + 90 * MINUTE_MS)])
    second = bench.account("b", [deposit("BTC", "1", T0 + 2)])
    with bench.store.write() as unit:
        unit.watch.add_gap(second, Gap(T0 + DAY_MS, T0 + DAY_MS + 3 * HOUR_MS))
        unit.watch.add_reading(second, ProfitReading(T0 + 2 * DAY_MS, {"USDT": D(5)}))
    together.bring_up(first, second)
    rows = {row.at_ms: row for row in together.rows()}
    gone = [T0 + DAY_MS + hour * HOUR_MS for hour in (1, 2, 3)]
    assert not rows.keys() & set(gone)
    assert rows.keys() >= {gone[0] - HOUR_MS, gone[-1] + HOUR_MS}
    inside = rows[T0 + DAY_MS + 90 * MINUTE_MS]
    assert sum(holding.quantity for asset, holding in inside.composition.items() if asset == "BTC") == 3
    newest = together.rows()[-1]
    assert newest.slots_expected - newest.slots == len(gone)
    assert wrong(together) == []


def test_pieces_give_the_rows_that_one_pass_gives(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    _, *two = spread(together.bench, 3)
    together.bring_up(*two)
    whole = together.rows()
    with together.bench.store.write() as unit:
        unit.wholes.set_members(together.whole, two, 0)
    monkeypatch.setattr(whole_keeper, "PIECE_ROWS", 1)
    for _ in range(3):
        together.follow(two[0], lambda: False)
        with together.bench.store.read() as unit:
            assert unit.accounts.sync_state(together.whole).rebuilt_to_ms is not None
        # What was there is shown until all of it is made.
        assert together.rows() == whole
    together.follow(two[0])
    assert differences(whole, together.rows()) == []


def test_verify_names_the_row_of_the_whole_behind_a_changed_row_of_a_member(together: Together) -> None:
    _, *two = spread(together.bench, 4)
    together.bring_up(*two)
    row = together.bench.rows(two[0])[100]
    with together.bench.engine.execution_options(writing=True).begin() as connection:
        own = (snapshots.c.account_id == two[0]) & (snapshots.c.timestamp == row.at_ms)
        connection.execute(update(snapshots).where(own).values(total_value_usd=row.value + 1))
    assert "snapshots total_value_usd" in wrong(together)


def test_one_account_alone_is_stored_once(together: Together) -> None:
    lone = together.bench.account("a", split(random.Random(0))[0])
    together.bring_up(lone)
    with together.bench.store.read() as unit:
        assert unit.wholes.of(ENVIRONMENT) is None


def test_the_questions_of_a_refresh_do_not_grow_with_the_accounts(together: Together) -> None:
    bench, asked = together.bench, list[str]()
    event.listen(bench.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    members: list[int] = []
    for wanted in (3, 30):
        with bench.store.write() as unit:
            new = [unit.accounts.ensure(ENVIRONMENT, f"m{number}", f"m{number}").id for number in range(wanted)]
            for account in set(new) - set(members):
                unit.ledger.add(account, [deposit("BTC", "1", T0 + 6 * DAY_MS)])
        bench.exchange.now_ms = NOW
        for account in new:
            bench.build(account)
        together.follow(new[0])
        bench.exchange.now_ms = NOW + HOUR_MS
        for account in new:
            bench.build(account)
        asked.clear()
        together.follow(new[0])
        of_slot = len(asked)
        asked.clear()
        together.follow(new[0])
        counts.append((of_slot, len(asked)))
        members = new
    assert together.rows()[-1].at_ms == NOW + HOUR_MS
    assert counts[0] == counts[1]


def test_the_change_of_today_knows_what_came_since_the_newest_row_of_all(together: Together) -> None:
    steps(together, {-3: "100", 30: "110"})
    bench, end = together.bench, T0 + 2 * DAY_MS
    left = moved("BTC", "1", end + 62_000, end + 400_000, "m")
    first = bench.account("a", [deposit("BTC", "3", T0 + 1), deposit("USDT", "40", end + 61_000), left[0]])
    second = bench.account("b", [deposit("BTC", "1", T0 + 2)])
    together.bring_up(first, second)
    bench.exchange.now_ms = end + 63_000
    bench.build(first)
    worth(bench, first, end + 63_000, {"BTC": "2", "USDT": "40"})
    worth(bench, second, end + 63_000, {"BTC": "1"})
    together.follow(first)
    overview = PortfolioView(bench.store, SETTINGS, lambda: NOW).overview(None)
    # What is on its way is a withdrawal as long as nobody knows where it went; 40 came, and nothing was earned.
    found = overview.change_today
    assert together.rows()[-1].at_ms == end
    assert (found.amount, found.net_flow, found.status) == (D(0), D(40 - 110), "estimated")
    with bench.store.write() as unit:
        unit.ledger.add(second, [left[1]])
    bench.exchange.now_ms = end + 401_000
    for account, coins in ((first, {"BTC": "2", "USDT": "40"}), (second, {"BTC": "2"})):
        bench.build(account)
        worth(bench, account, end + 401_000, coins)
    together.settle()
    together.follow(first)
    found = PortfolioView(bench.store, SETTINGS, lambda: NOW).overview(None).change_today
    assert (found.amount, found.net_flow) == (D(0), D(40))


def worth(bench: Bench, account: int, at_ms: int, coins: dict[str, str]) -> None:
    """What the newest refresh of an account showed."""
    prices = {"BTC": D(110), "USDT": D(1)}
    lines = tuple(
        PricedBalance(held(asset, amount), prices[asset], prices[asset] * D(amount), None, None)
        for asset, amount in coins.items()
    )
    with bench.store.write() as unit:
        unit.balances.replace(account, Valuation.of(at_ms, lines))
        unit.accounts.update_sync(account, as_of=at_ms, import_complete=True)


def test_the_closing_equation_of_all_holds_while_coins_are_on_their_way(together: Together) -> None:
    steps(together, {-3: "100", 3: "200", 6: "150", 12: "300"})
    bench = together.bench
    sent, got = moved("BTC", "1", T0 + 2 * HOUR_MS + 60_000, T0 + 7 * HOUR_MS, "m")
    first = bench.account("a", [deposit("BTC", "2", T0 + MINUTE_MS), sent])
    second = bench.account("b", [got])
    together.bring_up(first, second)
    for account in (first, second):
        with bench.store.read() as unit:
            events = unit.ledger.all(account)
        valuation = Valuation.of(bench.exchange.now_ms, ())
        ProofLog("USDT").close(
            bench.store, cast(Exchange, bench.exchange), bench.epoch, account, events, valuation, lambda: True
        )
    rows = [row for row in together.rows() if row.at_ms % HOUR_MS == 0 and row.at_ms > T0 + 2 * HOUR_MS]
    with bench.store.read() as unit:
        parts = {row.at_ms: closing_at(unit, row) for row in rows}
    for row in rows:
        found = parts[row.at_ms]
        assert found is not None
        assert found.residual(row.value) == 0
        assert found.flows == D(200)


def test_an_account_that_is_read_while_the_whole_is_at_work_is_looked_at_again(
    together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first, second = spread(together.bench, 3)
    for account in (first, second):
        together.bench.build(account)
    together.settle()
    came: list[bool] = []
    follow = whole_keeper.WholeKeeper._follow

    def follow_while_another_comes(*arguments: Any) -> bool:
        if not came:
            came.append(together.follow(second))
        return follow(*arguments)

    monkeypatch.setattr(whole_keeper.WholeKeeper, "_follow", follow_while_another_comes)
    assert together.follow(first)
    assert came == [False]
    assert not together.follow(first)
