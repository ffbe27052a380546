"""The lease: any number of collectors may run, the one that holds this row works.

A new holder raises the epoch; every write of a collector names its epoch, so that one that slept through its
expiry cannot write any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Engine, select, update

from backend.db.dialect import upsert
from backend.db.transactions import transaction
from backend.db.work_models import lease

LEASE_NAME: Final = "collector"


def holds_lease(connection: Connection, name: str, epoch: int) -> bool:
    """Whether `epoch` is still the holder's."""
    return connection.execute(select(lease.c.epoch).where(lease.c.name == name)).scalar() == epoch


class SqlLease:
    """Takes and renews the lease for one owner."""

    def __init__(
        self,
        engine: Engine,
        owner: str,
        duration_ms: int,
        now_ms: Callable[[], int],
        is_gone: Callable[[str], bool] = lambda owner: False,
    ) -> None:
        """`is_gone(owner)`: whether an owner is known to have died; its lease need not be waited out."""
        self._writer = engine.execution_options(writing=True)
        self._owner = owner
        self._duration_ms = duration_ms
        self._now_ms = now_ms
        self._is_gone = is_gone

    def acquire(self) -> int | None:
        """Take or renew the lease; returns its epoch, or None while another holds it."""
        with transaction(self._writer) as connection:
            # Not before: who waited for the database would take a lease that has passed already.
            now = self._now_ms()
            row = connection.execute(select(lease).where(lease.c.name == LEASE_NAME)).first()
            expires = now + self._duration_ms
            if row is None:
                values = {"name": LEASE_NAME, "owner": self._owner, "epoch": 1, "expires_machine": expires}
                connection.execute(upsert(connection)(lease).values(values))
                return 1
            if row.owner == self._owner and row.expires_machine > 0:
                connection.execute(update(lease).where(lease.c.name == LEASE_NAME).values(expires_machine=expires))
                return int(row.epoch)
            if row.expires_machine > now and not self._is_gone(row.owner):
                return None
            epoch = int(row.epoch) + 1
            connection.execute(
                update(lease)
                .where(lease.c.name == LEASE_NAME, lease.c.epoch == row.epoch)
                .values(owner=self._owner, epoch=epoch, expires_machine=expires)
            )
            return epoch

    def release(self) -> None:
        """Let the next collector in at once."""
        with transaction(self._writer) as connection:
            connection.execute(
                update(lease).where(lease.c.name == LEASE_NAME, lease.c.owner == self._owner).values(expires_machine=0)
            )
