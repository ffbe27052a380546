"""What was read of a history is one stretch without a hole, wherever an import was cut off, whatever came earlier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest

from backend.core.errors import ExchangeUnavailableError
from backend.core.import_coverage import SINCE, UNTIL
from backend.core.model.accounts import Account
from backend.core.model.history import MovementSource
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.core.ports import Exchange
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.history_import import HistoryImport, TradeSearch
from backend.services.import_progress import ImportProgress, Pace
from backend.services.session_manager import Session
from backend.tests.builders import deposit, ms, withdrawal
from backend.tests.database_places import url_of
from backend.tests.fakes import CutExchange, FakeExchange

NOW, FIRST, EARLIER = ms("2024-06-01T00:00:00Z"), ms("2023-06-01T00:00:00Z"), ms("2021-01-05T00:00:00Z")
REWARDS = MovementSource("reward", frozenset({Wallet.SPOT}), 30 * DAY_MS, a_minute=60)


class Remembering(FakeExchange):
    """Keeps the windows that it answered, by history."""

    def __init__(self, events: Sequence[LedgerEvent]) -> None:
        super().__init__(NOW, [], {}, events)
        self.answered: dict[str, list[tuple[int, int]]] = {}

    @property
    def import_pace(self) -> dict[str, int]:
        return {"deposit": 100, "withdrawal": 100, "trade": 100, REWARDS.name: 100}

    def movement_sources(self) -> Sequence[MovementSource]:
        return (REWARDS,)

    def _between(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self.answered.setdefault(source, []).append((start_ms, end_ms))
        return super()._between(source, start_ms, end_ms)

    def was_asked(self, source: str, start_ms: int, end_ms: int) -> bool:
        """Whether the windows leave nothing out between two instants."""
        for first, last in sorted(self.answered.get(source, ())):
            if first <= start_ms < last:
                start_ms = last
        return start_ms >= end_ms


class Account2021:
    """An account that is read by the API, and a file of whose first year comes in between."""

    def __init__(self, store: SqlStore, epoch: int) -> None:
        self.store, self.epoch = store, epoch
        with store.write() as unit:
            self.id = unit.accounts.ensure("simulator", "test", "x").id
        self.hidden = withdrawal("USDT", "10", ms("2022-02-02T00:00:00Z"))
        self.exchange = Remembering([deposit("USDT", "1000", FIRST), self.hidden])

    def history(self, calls: int) -> HistoryImport:
        """A start of the program that answers so many questions before it is killed."""
        session = Session(Account(self.id, "test", "simulator"), cast(Exchange, CutExchange(self.exchange, calls)))
        progress = ImportProgress(self.store, self.id, self.epoch, Pace(), lambda: 0.0)
        return HistoryImport(self.store, session, self.epoch, progress, TradeSearch())

    def import_a_file(self) -> None:
        with self.store.write(self.epoch) as unit:
            unit.ledger.add(self.id, [deposit("USDT", "50", EARLIER, "told by a file")])

    def spans(self) -> dict[str, tuple[int, int]]:
        with self.store.read() as unit:
            told = unit.ledger.cursors_of(self.id, (SINCE, UNTIL))
        return {source: (ends[SINCE], ends[UNTIL]) for source, ends in told.items()}

    def nothing_is_left_out(self) -> None:
        for source, (since, until) in self.spans().items():
            assert self.exchange.was_asked(source, since, until), source


@pytest.fixture
def account(database: Path) -> Iterator[Account2021]:
    engine = make_engine(url_of(database))
    epoch = SqlLease(engine, "one", 10**12, lambda: 0).acquire()
    assert epoch is not None
    yield Account2021(SqlStore(engine, lambda: 0), epoch)
    engine.dispose()


@pytest.mark.parametrize("cut", range(6))
def test_withdrawals_cut_off_after_the_first_event_moved_back_leave_no_hole(account: Account2021, cut: int) -> None:
    deposits = len(range(0, NOW - ms("2017-07-14T00:00:00Z"), 89 * DAY_MS))
    with suppress(ExchangeUnavailableError):
        account.history(deposits + 2).read_flows(NOW)
    assert account.spans()["withdrawal"][0] == FIRST
    account.import_a_file()
    kills = 0
    while True:
        # The newest window is asked again each time; with it `cut` more.
        with suppress(ExchangeUnavailableError):
            account.history(2 + cut).read_flows(NOW)
            break
        kills += 1
        account.nothing_is_left_out()
        assert kills < 30
    account.nothing_is_left_out()
    assert account.spans()["withdrawal"] == (EARLIER, NOW)
    assert account.hidden in account.history(0).events


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_search_cut_off_between_two_windows_leaves_no_hole(account: Account2021, cut: int) -> None:
    account.history(100).read_flows(NOW)
    account.import_a_file()
    with suppress(ExchangeUnavailableError):
        # Coins are asked for first, then the deposits.
        before = 1 + len(range(0, NOW - EARLIER + 89 * DAY_MS, 89 * DAY_MS))
        account.history(before + cut).explain({}, NOW)
    account.nothing_is_left_out()
    since, until = account.spans()["withdrawal"]
    assert until == NOW
    assert since < FIRST


@pytest.mark.parametrize("cut", range(1, 5))
def test_movements_cut_off_keep_what_was_read_of_them(account: Account2021, cut: int) -> None:
    reading = account.exchange.wallets()
    account.history(100).read_flows(NOW)
    account.history(100).movements.read_everything(reading, NOW)
    account.import_a_file()
    with suppress(ExchangeUnavailableError):
        account.history(cut).movements.read_everything(reading, NOW)
    account.nothing_is_left_out()
    since, until = account.spans()[REWARDS.name]
    assert until == NOW
    assert since < FIRST
