"""What a refresh, a snapshot, an import and a cut stream leave in the log: real services on the real simulator."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from backend.core.errors import ExchangeLimitedError, ExchangeUnavailableError
from backend.core.model.instants import HOUR_MS
from backend.core.model.stream_state import StreamState
from backend.core.model.task_log import LEVELS, LogLevel, TaskLine, TaskName, failure_line, told_again
from backend.core.task_book import TaskBook
from backend.services.live_updates import LiveUpdates
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.tests.integration.services.test_live_updates import HandFeed


@pytest.fixture
def rig(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Rig:
    return make_rig(open_bourse(USDT="1000", BTC="0.1"))


def lines(rig: Rig, task: TaskName | None = None, levels: Sequence[LogLevel] = LEVELS) -> list[TaskLine]:
    """Oldest first."""
    with rig.store.read() as unit:
        return [stored.line for stored in unit.task_log.page("simulator", levels, task, None, 1000, None)][::-1]


def refreshes(rig: Rig) -> tuple[int, int]:
    with rig.store.read() as unit:
        found = unit.task_log.refreshes("simulator", 24)
    return found.worked, found.failed


def test_a_refresh_that_worked_is_one_line_and_one_count(rig: Rig) -> None:
    rig.step()
    rig.step()
    told = lines(rig, "balances")
    assert [(line.level, line.account_id, line.code) for line in told] == [("ok", rig.account, None)] * 2
    assert all(line.numbers == {"assets": 2} and line.duration_ms is not None for line in told)
    assert all(line.answer_ms is not None for line in told)
    assert refreshes(rig) == (2, 0)


def test_the_first_import_and_its_snapshots_are_told_once(rig: Rig) -> None:
    rig.step()
    rig.step()
    (history,) = lines(rig, "history")
    assert (history.level, history.numbers) == ("ok", {"entries": len(rig.events())})
    (snapshot,) = lines(rig, "snapshot")
    assert snapshot.numbers == {"number": rig.rows()[-1].seq, "rows": len(rig.rows())}


def test_what_was_booked_is_told_when_there_was_something_to_book(rig: Rig) -> None:
    rig.step()
    rig.step()
    (books,) = lines(rig, "books")
    assert (books.level, books.numbers) == ("ok", {"entries": len(rig.events())})
    assert books.duration_ms is not None
    rig.bourse.do("deposit", asset="BTC", amount="1")
    rig.machine.pass_s(60)
    rig.step()
    assert [line.numbers["entries"] for line in lines(rig, "books")] == [len(rig.events()) - 1, 1]


def test_an_exchange_that_fails_is_counted_each_time_and_told_in_its_own_words_ever_more_rarely(rig: Rig) -> None:
    rig.step()
    rig.bourse.break_answers("http_500")
    for _ in range(9):
        assert not rig.try_step()
    told = lines(rig, "balances", ("retry", "warning"))
    assert [line.numbers.get("tries", 1) for line in told] == [1, 2, 4, 8]
    sync = rig.sync()
    assert {line.code for line in told} == {"exchange-unavailable"} == {sync.error_code}
    assert told[-1].detail == sync.error
    assert refreshes(rig) == (1, 9)
    rig.bourse.calm_down()
    rig.machine.pass_s(600)
    assert rig.try_step()
    assert lines(rig, "balances")[-1].level == "ok"
    share = TaskBook(rig.store, "simulator", lambda: rig.machine.wall_ms + HOUR_MS).refreshes()
    assert share.ratio == 2 / 11


def test_no_line_holds_a_key_or_a_signed_address(rig: Rig) -> None:
    rig.step()
    for fault in ("http_500", "reset_before", "garbage"):
        rig.bourse.break_answers(fault)
        rig.try_step()
        rig.bourse.calm_down()
    told = repr(lines(rig))
    assert len(lines(rig, levels=("retry", "warning"))) >= 1
    for secret in (rig.bourse.key, "signature", "timestamp=", "http://", "recvWindow"):
        assert secret not in told


def test_a_line_is_written_with_the_work_or_not_at_all(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: what undoes the balances undoes the line and the count too."""
    rig.step()

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("backend.db.events.SqlEvents.emit", full)
    with pytest.raises(OSError, match="disk full"):
        rig.step()
    assert len(lines(rig, "balances")) == 1
    assert refreshes(rig) == (1, 0)


def test_a_database_that_was_there_before_the_log_counts_from_its_first_refresh_on(rig: Rig) -> None:
    book = TaskBook(rig.store, "simulator", lambda: rig.machine.wall_ms)
    assert book.refreshes().count.since_ms is None
    rig.step()
    assert book.refreshes().count.since_ms == rig.machine.wall_ms


def test_what_only_somebody_else_can_mend_is_a_warning() -> None:
    assert failure_line("balances", 1, ExchangeUnavailableError("no answer")).level == "retry"
    assert failure_line("balances", 1, ExchangeLimitedError("wait", 5.0, banned=False)).level == "retry"
    assert failure_line("balances", 1, ExchangeLimitedError("banned", 500.0, banned=True)).level == "warning"


def test_a_failure_that_goes_on_for_a_day_is_told_about_fifteen_times() -> None:
    assert sum(told_again(tries) for tries in range(1, 17_280 + 1)) == 15


def test_a_stream_that_is_cut_is_told_once_and_once_more_when_it_stands_again(rig: Rig) -> None:
    feed = HandFeed()
    live = LiveUpdates(rig.store, lambda listener, changed: feed, "USDT", lambda: rig.machine.monotonic_s)
    session, epoch = rig.session(), rig.lease.acquire() or 0

    def tell(state: StreamState) -> None:
        feed.now = [state]
        rig.machine.pass_s(60)
        live.step()

    at_ms = rig.machine.wall_ms
    live.watch([session], epoch)
    tell(StreamState("user", "reconnecting", at_ms, None, 0, ""))  # connecting for the first time
    for cuts, detail in ((0, ""), (1, "The connection was cut"), (1, "The connection was refused"), (1, "")):
        tell(StreamState("user", "reconnecting" if detail else "live", at_ms, None, cuts, detail))
    told = lines(rig, "streams")
    assert [(line.level, line.detail, line.numbers["cuts"]) for line in told] == [
        ("ok", "", 0),
        ("retry", "The connection was cut", 1),
        ("ok", "", 1),
    ]
