"""A PostgreSQL database with something of every kind in it, its backups, and where they are put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, text

from backend.core.model.instants import HOUR_MS
from backend.db.all_tables import metadata
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.models import cash_flows
from backend.db.postgres_copy import PostgresCopy
from backend.db.postgres_restore import PostgresRestore
from backend.db.restored import Restored
from backend.db.sqlite_copy import SqliteCopy
from backend.db.sqlite_restore import SqliteRestore
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit
from backend.tests.database_places import lay_nothing, url_of

NOW_MS: Final = 1_790_000_000_000
LONG: Final = Decimal("123456789012345678901234567890.123456789012345678901234567891")
WORDS: Final = '{"ключ": "值 🪙", "quoted": "\\"\\\\"}'
BYTES: Final = bytes(range(256))
FLOAT: Final = 0.1 + 0.2
FLOW: Final = {"timestamp": T0, "type": "DEPOSIT", "source": "manual", "status": "exact"}


def shelf_of(engine: Engine, folder: Path) -> FolderShelf:
    copy = SqliteCopy(engine) if engine.dialect.name == "sqlite" else PostgresCopy(engine)
    return FolderShelf(folder / "backups", copy, lambda: NOW_MS)


def backup_of(engine: Engine, folder: Path) -> Path:
    shelf = shelf_of(engine, folder)
    return shelf.folder / shelf.make("manual").name


def restore_of(database: Path) -> PostgresRestore:
    """What restores into the database that stands for a file."""
    return PostgresRestore(url_of(database), database.parent, lambda: NOW_MS + HOUR_MS, lambda owner: False)


def empty_place(name: str, folder: Path) -> tuple[str, SqliteRestore | PostgresRestore]:
    """The address of a place where nothing is, on an engine of that name, and what restores into it."""
    database = folder / "restored" / "portfolio.db"
    database.parent.mkdir(parents=True)
    if name == "postgresql":
        return url_of(database), restore_of(lay_nothing(database))
    return f"sqlite:///{database}", SqliteRestore(database, lambda: NOW_MS + HOUR_MS, lambda owner: False)


def restored(file: Path, name: str, folder: Path) -> tuple[Engine, Restored]:
    """A backup put back where nothing was, on an engine of that name."""
    url, restore = empty_place(name, folder)
    done = restore.restore(file, force=False)
    return make_engine(url), done


def fill(engine: Engine) -> int:
    """Something of every kind, and a flow that was deleted; returns the number of the account."""
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        account = unit.accounts.ensure("simulator", "né à l'été", "reference").id
        unit.ledger.add(account, [deposit("BTC", "0.123456789012345678", T0), deposit("ETH", "7", T0 + 1, "2")])
        unit.settings.set("word", WORDS)
        unit.audit.record("settings.change", account_id=account)
        for name in ("kept", "gone"):
            unit.connection.execute(insert(cash_flows).values(flow(account, name)))
        unit.connection.execute(text("DELETE FROM cash_flows WHERE external_id = 'gone'"))
        chart = {"account_id": account, "days": 7, "made_by": "", "ground": "", "start": T0, "doubted": True}
        _insert(unit.connection, "stored_charts", chart | {"digest": "d", "content": BYTES})
        line = {"at_machine": NOW_MS, "severity": 20, "component": "web", "event": "e", "fields": "{}"}
        _insert(unit.connection, "log_lines", line | {"duration_ms": FLOAT})
    return account


def flow(account: int, name: str) -> dict[str, object]:
    """A cash flow of the account, of an amount beyond any float."""
    return {"account_id": account, "external_id": name, "amount_usd": LONG, **FLOW}


def put(store: SqlStore, content: str) -> None:
    with store.write() as unit:
        unit.settings.set("word", content)
        unit.events.emit("settings", None)


def word(store: SqlStore) -> str | None:
    with store.read() as unit:
        return unit.settings.get("word")


def raw_rows(database: Path) -> dict[str, Sequence[Any]]:
    """Every row of every table of a SQLite database as the file has it, with values of SQLite's own types."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(repr(sorted(dict(row).items())) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for (name,) in names
            if not name.startswith("sqlite_")
        }


def _insert(connection: Connection, table: str, values: Mapping[str, object]) -> None:
    connection.execute(insert(metadata.tables[table]).values(values))
