"""Turns: how often the steps of an account, or a backtest, were handed out. Only who has the newest one writes.

The lease keeps a collector that slept from writing; the turn keeps a worker from it, whose work was given to
another one meanwhile. Both are asked in the transaction that writes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, select

from backend.core.errors import LeaseLostError
from backend.db.dialect import upsert
from backend.db.work_models import account_turns

if TYPE_CHECKING:
    from backend.db.unit_of_work import SqlStore, SqlUnitOfWork


class SqlTurnStore:
    """The store of whoever does what is handed out: a thread writes within a turn, and nowhere else."""

    def __init__(self, store: SqlStore, turns: Table = account_turns) -> None:
        """`turns`: a row for each account, or backtest, whose number is its key."""
        self._store = store
        self._turns = turns
        (self._key,) = turns.primary_key
        self._within = threading.local()

    def read(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A consistent view of one moment."""
        return self._store.read()

    @contextmanager
    def write(self, epoch: int | None = None) -> Iterator[SqlUnitOfWork]:
        """A writing transaction.

        Raises:
            LeaseLostError: the lease, or what is being done, was given to somebody else.
            DatabaseUnavailableError: as the store.
        """
        number, turn = getattr(self._within, "turn", (None, None))
        with self._store.write(epoch) as unit:
            if number is None or self._newest(unit.connection, number) != turn:
                raise LeaseLostError("It was handed to another worker")
            yield unit

    def next_turn(self, number: int, epoch: int) -> int:
        """Begin another turn: whoever had the last one writes no more.

        Raises:
            LeaseLostError: another collector works now.
        """
        with self._store.write(epoch) as unit:
            connection = unit.connection
            turn = self._turns.c.turn
            added = upsert(connection)(self._turns).values({self._key: number, turn: 1})
            raised = added.on_conflict_do_update(index_elements=[self._key], set_={turn: turn + 1})
            return int(connection.execute(raised.returning(turn)).scalar_one())

    @contextmanager
    def turn(self, number: int, turn: int) -> Iterator[None]:
        """What this thread writes in the block belongs to a turn of an account, or a backtest."""
        self._within.turn = number, turn
        try:
            yield
        finally:
            del self._within.turn

    def _newest(self, connection: Connection, number: int) -> int | None:
        # Locked where rows can be: who raises the turn waits until what was begun within it is written.
        query = select(self._turns.c.turn).where(self._key == number).with_for_update(read=True)
        found: int | None = connection.execute(query).scalar()
        return found
