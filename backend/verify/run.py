"""Verifies the accounts of an environment, one after the other, each in one consistent view of the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from backend.core.errors import NotFoundError
from backend.core.ledger.outside import kept_outside
from backend.core.model.instants import iso_ms
from backend.core.own_addresses import outside_in
from backend.db.shadows import benchmark_plans
from backend.verify.balances import verify_balances, verify_certificate
from backend.verify.books import BooksPass
from backend.verify.contracts import verify_contracts
from backend.verify.days import Days
from backend.verify.differences import Report
from backend.verify.price_book import PriceBook
from backend.verify.run_changes import verify_run_changes
from backend.verify.snapshot_pass import SnapshotPass
from backend.verify.whole_pass import WholePass

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.db.unit_of_work import SqlStore, SqlUnitOfWork

HOUR_S: Final = 3600
BEFORE_ALL: Final = -(2**62)
ALL_ACCOUNTS: Final = "All accounts together"
Progress = Callable[[str], None]


def verify(
    store: SqlStore,
    environment: str,
    reporting: str,
    name: str | None,
    progress: Progress,
    snapshot_interval_s: int = HOUR_S,
) -> Report:
    """Recompute everything that is stored of one account, or of all of an environment.

    Args:
        snapshot_interval_s: how far apart snapshots are meant to be.

    Raises:
        NotFoundError: no account of that name.
    """
    report = Report()
    with store.read() as unit:
        accounts = wanted(unit.accounts.in_environment(environment), name)
    for account in accounts:
        with store.read() as unit:
            _account(unit, account, reporting, report, progress, snapshot_interval_s)
    if name is None:
        with store.read() as unit:
            _together(unit, environment, reporting, report, progress, snapshot_interval_s)
    return report


def wanted(accounts: Sequence[Account], name: str | None) -> Sequence[Account]:
    """All accounts, or the one of a name.

    Raises:
        NotFoundError: there is none.
    """
    if name is None:
        return accounts
    found = [account for account in accounts if account.name.casefold() == name.strip().casefold()]
    if not found:
        raise NotFoundError(f"There is no account {name} in this environment")
    return found


def _together(
    unit: SqlUnitOfWork, environment: str, reporting: str, report: Report, progress: Progress, snapshot_interval_s: int
) -> None:
    """What stands for all accounts of an environment, where there are several."""
    whole = unit.wholes.of(environment)
    if whole is None or unit.snapshots.first(whole) is None:
        return
    waiting = [unit.accounts.sync_state(one).dirty_from_ms for one in (whole, *unit.wholes.members(whole))]
    dirty_ms = min((at_ms for at_ms in waiting if at_ms is not None), default=None)
    if dirty_ms is not None:
        report.skipped.append(f"{ALL_ACCOUNTS}: figures from {iso_ms(dirty_ms)} on are being computed anew")
    plan = unit.shadows.plan(whole)
    every = WholePass(unit, whole, PriceBook(unit.connection, reporting), plan, report, snapshot_interval_s * 1000)
    for seen in every.run(dirty_ms):
        progress(f"{ALL_ACCOUNTS}: {seen} snapshots")


def _account(
    unit: SqlUnitOfWork,
    account: Account,
    reporting: str,
    report: Report,
    progress: Progress,
    snapshot_interval_s: int,
) -> None:
    number, connection = account.id, unit.connection
    sync = unit.accounts.sync_state(number)
    # Behind a changed flow the benchmark's line waits for the shadows' turn.
    waiting = (sync.dirty_from_ms, unit.shadows.line_from_ms(number))
    dirty_ms = min((at_ms for at_ms in waiting if at_ms is not None), default=None)
    if dirty_ms is not None:
        report.skipped.append(f"{account.name}: figures from {iso_ms(dirty_ms)} on are being computed anew")
    stored = unit.ledger.identified(number, BEFORE_ALL)
    events = kept_outside([event for _, event in stored], outside_in(unit, number).keys)
    prices = PriceBook(connection, reporting)
    days = Days(connection, number, report)
    plan = select(benchmark_plans.c.plan).where(benchmark_plans.c.account_id == number)
    made_by = connection.execute(plan).scalar()
    interval_ms = snapshot_interval_s * 1000
    chain = SnapshotPass(connection, number, events, prices, made_by, days, report, dirty_ms, interval_ms)
    for seen in chain.run():
        progress(f"{account.name}: {seen} snapshots")
    days.finish(whole=dirty_ms is None)
    state = unit.books.state(number)
    if state is None or not state.settled or state.dirty_from_ms is not None:
        report.skipped.append(f"{account.name}: the books are being made")
    else:
        BooksPass(unit, number, prices, report).run(
            [(row[0], event) for row, event in zip(stored, events, strict=True)]
        )
        progress(f"{account.name}: {len(events)} events booked")
    verify_contracts(unit, number, events, prices, report)
    verify_balances(connection, number, report)
    verify_run_changes(connection, number, report)
    if dirty_ms is None:
        # What came since the last comparison is not in it yet.
        verify_certificate(connection, number, events, report)
