"""Turns: how often the steps of an account were handed out. Only who has the newest one writes.

The lease keeps a collector that slept from writing; the turn keeps a worker from it, whose account was given to
another one meanwhile. Both are asked in the transaction that writes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, select

from backend.core.errors import LeaseLostError
from backend.db.dialect import upsert
from backend.db.unit_of_work import SqlStore, SqlUnitOfWork
from backend.db.work_models import account_turns


class SqlTurnStore:
    """The store of whoever does steps that are handed out: a thread writes within a turn, and nowhere else."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._within = threading.local()

    def read(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A consistent view of one moment."""
        return self._store.read()

    @contextmanager
    def write(self, epoch: int | None = None) -> Iterator[SqlUnitOfWork]:
        """A writing transaction.

        Raises:
            LeaseLostError: the lease, or the account whose step this is, was given to somebody else.
            DatabaseUnavailableError: as the store.
        """
        account_id, turn = getattr(self._within, "turn", (None, None))
        with self._store.write(epoch) as unit:
            if account_id is None or _turn(unit.connection, account_id) != turn:
                raise LeaseLostError("The account was handed to another worker")
            yield unit

    def next_turn(self, account_id: int, epoch: int) -> int:
        """Begin another turn: whoever had the last one writes no more.

        Raises:
            LeaseLostError: another collector works now.
        """
        with self._store.write(epoch) as unit:
            connection = unit.connection
            added = upsert(connection)(account_turns).values(account_id=account_id, turn=1)
            raised = added.on_conflict_do_update(index_elements=["account_id"], set_={"turn": account_turns.c.turn + 1})
            return int(connection.execute(raised.returning(account_turns.c.turn)).scalar_one())

    @contextmanager
    def turn(self, account_id: int, turn: int) -> Iterator[None]:
        """What this thread writes in the block belongs to a turn of an account."""
        self._within.turn = account_id, turn
        try:
            yield
        finally:
            del self._within.turn


def _turn(connection: Connection, account_id: int) -> int | None:
    # Locked where rows can be: who raises the turn waits until what was begun within it is written.
    query = select(account_turns.c.turn).where(account_turns.c.account_id == account_id).with_for_update(read=True)
    return connection.execute(query).scalar()
