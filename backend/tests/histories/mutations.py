"""One row of an account's data is changed: which figures must `verify` name, and no others?

What is expected is told by the writers: over a copy with the changed row they make everything anew, and what differs
from what is stored is what the row stood behind. Of a stored figure it is the figure itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select, update

from backend.core.series import BEFORE_EVERYTHING
from backend.db.book_models import (
    booked_subject_runs,
)
from backend.db.engine import make_engine
from backend.db.models import cash_flows, ledger_events, prices, snapshots
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.services.proofs import ProofLog
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.snapshot_builder import SnapshotBuilder
from backend.tests.database_places import copy_database, copy_open_database, url_of
from backend.tests.histories.judge import Played
from backend.tests.histories.stored_figures import ABSENT, COLUMNS, Figure, figures, key_of, row_numbers, same_figure
from backend.verify.differences import Difference
from backend.verify.run import verify

USDT: Final = "USDT"


@dataclass(frozen=True)
class Bench:
    """A played history whose database is copied for each change."""

    played: Played
    folder: Path
    database: Path

    @contextmanager
    def copy(self) -> Iterator[SqlStore]:
        """A store over a fresh copy."""
        file = self.folder / "changed.db"
        copy_database(self.database, file)
        engine = make_engine(url_of(file), durable=False)
        try:
            yield SqlStore(engine, lambda: 0)
        finally:
            engine.dispose()
            file.unlink(missing_ok=True)

    @property
    def account(self) -> int:
        return self.played.home.account

    def make_anew(self, store: SqlStore) -> None:
        """Let the writers make everything that follows from the ledger, the flows told by hand, and the prices."""
        home, account = self.played.home, self.account
        epoch = home.lease.acquire()
        assert epoch is not None
        (session,) = home.sessions.sessions(epoch)
        with store.write() as unit:
            unit.accounts.mark_dirty(account, 0)
            unit.books.mark(account, 0)
        with store.read() as unit:
            events = unit.ledger.all(account)
            last, valuation = unit.snapshots.last(account), unit.balances.latest(account)
        assert last is not None
        assert valuation is not None
        builder = SnapshotBuilder(store, session.exchange, account, epoch, USDT, 3600)
        builder.update(events, events[0].at_ms, last.at_ms)
        BookKeeper(store, USDT).update(account, epoch, builder.price_of)
        ProofLog(USDT).close(store, session.exchange, epoch, account, events, valuation)
        shadows = ShadowKeeper(store, USDT, lambda: 0.0)
        shadows.update(session, epoch)
        with store.write() as unit:
            # It packs long histories alone.
            rebuilds = unit.accounts.sync_state(account).rebuilds
            unit.packed.put(account, rebuilds, unit.snapshots.series_after(account, BEFORE_EVERYTHING))


@contextmanager
def bench(one: Played, folder: Path) -> Iterator[Bench]:
    """The database of a played history with flows told by hand in it."""
    folder.mkdir()
    home = one.home
    rows = home.rows()
    middle, late = rows[len(rows) // 3].at_ms + 1, rows[2 * len(rows) // 3].at_ms + 60_001
    with home.store.write() as unit:
        for at_ms, amount in ((middle, "120.5"), (late, "-33.25")):
            unit.connection.execute(insert(cash_flows).values(_told_by_hand(home.account, at_ms, amount)))
    database = folder / "before.db"
    found = Bench(one, folder, database)
    found.make_anew(home.store)
    home.dispose()
    copy_open_database(home.database, database)
    yield found


def _told_by_hand(account: int, at_ms: int, amount: str) -> dict[str, Any]:
    return {
        "account_id": account,
        "timestamp": at_ms,
        "type": "DEPOSIT" if Decimal(amount) > 0 else "WITHDRAW",
        "amount_usd": Decimal(amount),
        "source": "manual",
        "external_id": f"by hand {at_ms}",
        "status": "exact",
    }


def wrong_after(bench: Bench, dice: random.Random) -> tuple[str, list[str], int]:
    """Change one row; returns what was changed, what `verify` named wrongly or not, and how many figures it named."""
    with bench.copy() as store:
        with store.write() as unit:
            what, itself = _changed(unit.connection, bench.account, dice)
        named = _named(store)
        if itself is not None:
            expected = itself
        else:
            with store.read() as unit:
                before = figures(unit.connection, bench.account)
            bench.make_anew(store)
            with store.read() as unit:
                after = figures(unit.connection, bench.account)
            expected = {
                figure
                for figure in {*before, *after}
                if not same_figure(figure[2], before.get(figure, ABSENT), after.get(figure, ABSENT))
            }
            expected = _by_rows(expected, before, after)
    wrong = [f"not named: {figure}" for figure in sorted(expected - named)]
    wrong += [f"named: {figure}" for figure in sorted(named - expected)]
    return what, wrong, len(named)


def _named(store: SqlStore) -> set[Figure]:
    """What `verify` names; the certificate compares with balances, which the writers here do not ask for."""
    report = verify(store, "simulator", USDT, None, lambda _line: None)
    assert report.skipped == []
    with store.read() as unit:
        numbers = row_numbers(unit.connection)
        return {_natural(one, numbers) for one in report.differences if one.table != "certificates"}


def _natural(one: Difference, numbers: dict[tuple[str, int], str]) -> Figure:
    key = numbers.get((one.table, one.id or 0)) or one.key or str(one.id if one.at_ms is None else one.at_ms)
    if one.table == booked_subject_runs.name:
        key = f"{one.at_ms} {one.key}"
    if one.table in ("booked_trades", "booked_lots", "cash_flows"):
        key = str(one.id)
    return one.table, key, "row" if one.figure == "rows" else one.figure


def _by_rows(expected: set[Figure], before: dict[Figure, Any], after: dict[Figure, Any]) -> set[Figure]:
    """Of a row that is there on one side alone the row is named, not each of its figures."""
    one_sided = {
        (table, key) for table, key, figure in expected if figure == "row" and ((table, key, figure) in before) !=
        ((table, key, figure) in after)
    }  # fmt: skip
    kept = {one for one in expected if (one[0], one[1]) not in one_sided}
    # Rows of one event are counted together.
    grouped = {"booked_disposals", "booked_income"}
    return kept | {(table, f"event {key.split()[0]}" if table in grouped else key, "row") for table, key in one_sided}


# -- what is changed ---------------------------------------------------------------------------------------------


def _changed(connection: Connection, account: int, dice: random.Random) -> tuple[str, set[Figure] | None]:
    """Change one row at random; returns what, and of a stored figure what must be named."""
    kind = dice.choice(("price", "event", "by hand", "snapshot", "stored"))
    factor = Decimal(1) + Decimal(dice.choice((-1, 1))) * Decimal(dice.randint(1, 400)) / 1000
    if kind == "price":
        return _price(connection, dice, factor), None
    if kind == "event":
        return _event(connection, account, dice, factor), None
    if kind == "by hand":
        own = (cash_flows.c.account_id == account) & (cash_flows.c.source == "manual")
        row = dice.choice(connection.execute(select(cash_flows).where(own)).all())
        connection.execute(
            update(cash_flows).where(cash_flows.c.id == row.id).values(amount_usd=row.amount_usd * factor)
        )
        return f"flow {row.id} told by hand x {factor}", None
    table = snapshots if kind == "snapshot" else dice.choice([table for table in COLUMNS if table is not snapshots])
    return _stored(connection, account, table, dice, factor)


def _price(connection: Connection, dice: random.Random, factor: Decimal) -> str:
    rows = connection.execute(select(prices).where(prices.c.price.is_not(None)).order_by(prices.c.symbol, prices.c.at))
    row = dice.choice(rows.all())
    place = (prices.c.symbol == row.symbol) & (prices.c.at == row.at)
    connection.execute(update(prices).where(place).values(price=row.price * factor))
    return f"price of {row.symbol} at {row.at} x {factor}"


def _event(connection: Connection, account: int, dice: random.Random, factor: Decimal) -> str:
    own = (ledger_events.c.account_id == account) & ~ledger_events.c.superseded
    rows = connection.execute(select(ledger_events).where(own).order_by(ledger_events.c.id)).all()
    row = dice.choice(rows)
    names = [name for name in ("amount_in", "amount_out", "fee_amount") if getattr(row, name)]
    if not names:
        return "nothing: an event without quantities"
    name = dice.choice(names)
    amount = round(getattr(row, name) * factor, 8)
    connection.execute(update(ledger_events).where(ledger_events.c.id == row.id).values({name: amount}))
    return f"{row.kind} {row.id}: {name} {getattr(row, name)} now {amount}"


def _stored(
    connection: Connection, account: int, table: Table, dice: random.Random, factor: Decimal
) -> tuple[str, set[Figure] | None]:
    wanted = table.c.account_id == account
    if table is cash_flows:
        wanted &= table.c.source != "manual"
    rows = connection.execute(select(table).where(wanted)).all()
    if not rows:
        return f"nothing: no row of {table.name}", set()
    row = dice.choice(rows)
    names = [name for name in COLUMNS[table] if getattr(row, name) not in (None, 0)]
    if not names:
        return f"nothing: no figure of {table.name}", set()
    name, key = dice.choice(names), key_of(table, row, row_numbers(connection))
    value = getattr(row, name)
    if name == "composition":
        owned = json.loads(value)
        asset = dice.choice(sorted(owned)) if owned else None
        if asset is None:
            return "nothing: nothing was held", set()
        owned[asset][0] = str(Decimal(owned[asset][0]) * factor)
        changed: Any = json.dumps(owned)
    elif isinstance(value, str):
        changed = "estimated" if value == "exact" else f"not {value}"
    elif isinstance(value, bool):
        changed = not value
    elif isinstance(value, int):
        changed = value + 1
    else:
        changed = value * (float(factor) if isinstance(value, float) else factor)
    own = [column == getattr(row, column.name) for column in table.primary_key.columns]
    connection.execute(update(table).where(*own).values({name: changed}))
    # What differs by less than a statistic can tell is the same.
    seen = set() if same_figure(name, value, changed) else {(table.name, key, name)}
    return f"{table.name} {key}: {name} {value} now {changed}", seen
