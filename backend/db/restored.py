"""A database that comes out of a backup, before it is used: what was under way when it was made is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, delete, select, text, update

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.core.model.runs import UNFINISHED_RUNS
from backend.db.dialect import upsert
from backend.db.engine import sqlite_module
from backend.db.lease import LEASE_NAME
from backend.db.migrate import knows, upgrade
from backend.db.run_models import account_arming, runs
from backend.db.sign_in_models import sessions
from backend.db.sqlite_copy import sound
from backend.db.unit_of_work import SqlStore
from backend.db.work_models import jobs, lease

OPEN_JOBS: Final = ("queued", "running")


@dataclass(frozen=True, slots=True)
class Before:
    """What the replaced database had come to. `event_id`: pages that are open have seen events up to it."""

    event_id: int = 0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    `made_ms`: of when it is (None: of the last moment that could be read); `kept`: where the replaced database is
    (None: there was none); `runs_stopped`: runs that were under way and send nothing more.
    """

    made_ms: int | None
    kept: str | None
    runs_stopped: int
    schema: str


def refuse_newer(schema: str) -> None:
    """
    Raises:
        BackupRefusedError: this version of the program does not know a schema.
    """
    if not knows(schema):
        raise BackupRefusedError(
            f"The backup has schema {schema}, which this version does not know: it was made by a newer version. "
            "Update the program first. Nothing was changed"
        )


def refuse_unsound(database: Path, rows: Mapping[str, int]) -> None:
    """
    Args:
        rows: how many each table must have.

    Raises:
        BackupRefusedError: what was taken out of a backup is not whole.
    """
    module = sqlite_module()
    try:
        with closing(module.connect(database, isolation_level=None)) as connection:
            found = sound(connection).rows
    except (module.Error, BackupFailedError) as error:
        raise BackupRefusedError(f"The database in the backup is not sound: {error}. Nothing was changed") from error
    if found != rows:
        raise BackupRefusedError("The database in the backup has not the rows that it says. Nothing was changed")


def settle(
    engine: Engine, now_ms: Callable[[], int], before: Before, subject: str, details: Mapping[str, object]
) -> tuple[int, str]:
    """Bring it to the newest schema, let nothing go on that was under way, and write down that it was restored.

    It is the SQLite database of the backup, before any other is touched, whichever engine it goes to.
    An order may have been sent since the backup that its journal does not know: no run sends anything more, and
    accounts are armed anew by hand. Sessions that were ended since must not stand again.

    Returns:
        Runs that were stopped, and the schema.
    """
    _, schema = upgrade(engine)
    with SqlStore(engine, now_ms).write() as unit:
        connection = unit.connection
        _raise_event_ids(connection, before.event_id)
        connection.execute(delete(sessions))
        connection.execute(delete(account_arming))
        connection.execute(delete(jobs).where(jobs.c.state.in_(OPEN_JOBS)))
        stopped = connection.execute(
            update(runs).where(runs.c.state.in_(UNFINISHED_RUNS)).values(stop_asked=True)
        ).rowcount
        epoch = connection.execute(select(lease.c.epoch).where(lease.c.name == LEASE_NAME)).scalar() or 0
        # Also where no collector had worked before the backup: one that slept since must not find its epoch again.
        values = {"epoch": max(epoch, before.epoch) + 1, "expires_machine": 0}
        statement = upsert(connection)(lease).values(name=LEASE_NAME, owner="", **values)
        connection.execute(statement.on_conflict_do_update(index_elements=[lease.c.name], set_=values))
        unit.audit.record("backup.restore", subject=subject, details={**details, "runs_stopped": stopped})
    return stopped, schema


def _raise_event_ids(connection: Connection, event_id: int) -> None:
    """Go on behind the ids that were told: a page that waits for newer ones would hear nothing otherwise."""
    if not event_id:
        return
    known = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'events'")).scalar()
    if known is None:
        statement = "INSERT INTO sqlite_sequence (name, seq) VALUES ('events', :seq)"
    else:
        statement = "UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = 'events'"
    connection.execute(text(statement), {"seq": event_id})
