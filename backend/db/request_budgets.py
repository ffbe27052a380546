"""The request budget of each host: one row a pool, shared by every process and account of the installation.

Every call of the exchange is booked and settled here, each in a transaction of its own that touches two rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from backend.core.model.request_budget import HostBudget, PoolUse, Silence
from backend.db.dialect import upsert
from backend.db.engine import ROWS
from backend.db.transactions import transaction
from backend.db.work_models import request_hosts, request_pools

NOTHING_SENT: Final = PoolUse(-1, 0, 0)
NEVER: Final = Silence(0, banned=False)
HOST_ROW: Final = (
    select(request_hosts.c.silent_until_machine, request_hosts.c.banned)
    .where(request_hosts.c.host == bindparam("named"))
    .with_for_update()
)
POOL_ROW: Final = select(request_pools.c.window, request_pools.c.counted, request_pools.c.in_flight).where(
    request_pools.c.host == bindparam("named"), request_pools.c.pool == bindparam("drawn")
)

CHANGE_POOL: Final = (
    update(request_pools)
    .where(request_pools.c.host == bindparam("named"), request_pools.c.pool == bindparam("drawn"))
    .values(window=bindparam("window"), counted=bindparam("counted"), in_flight=bindparam("in_flight"))
)


class SqlRequestBudgets:
    """Rows of the budgets. Thread-safe, and safe between processes: the first statement takes the lock."""

    def __init__(self, engine: Engine, quick: Engine) -> None:
        """`quick`: the same database without waiting for the disk. What a power cut takes back then is the count of
        one minute, which the next answer tells anew. The end of a ban goes through `engine`.
        """
        self._reader = engine
        self._writer = engine.execution_options(writing=ROWS)
        self._quick = quick.execution_options(writing=ROWS)
        # Threads of this process queue here, which is faster than meeting at the file.
        self._lock = threading.Lock()

    def change(self, host: str, pool: str, step: Callable[[PoolUse, Silence], PoolUse]) -> None:
        """Replace what is known of a pool by what `step` makes of it; when that raises, nothing changes.

        Raises:
            DatabaseUnavailableError: nothing may be sent, since nobody would count it.
        """
        with self._lock, transaction(self._quick) as connection:
            silence = _lock_host(connection, host)
            before = _pool(connection, host, pool)
            after = step(before, silence)
            values = {"window": after.window, "counted": after.counted, "in_flight": after.in_flight}
            if connection.execute(CHANGE_POOL, {"named": host, "drawn": pool} | values).rowcount == 0:
                connection.execute(insert(request_pools).values({"host": host, "pool": pool} | values))

    def use(self, host: str, pool: str) -> PoolUse:
        with transaction(self._reader) as connection:
            return _pool(connection, host, pool)

    def all(self) -> Sequence[HostBudget]:
        """Every host that was ever asked, by name."""
        with transaction(self._reader) as connection:
            hosts = connection.execute(select(request_hosts).order_by(request_hosts.c.host)).all()
            rows = connection.execute(select(request_pools).order_by(request_pools.c.pool)).all()
        return [
            HostBudget(
                row.host,
                Silence(row.silent_until_machine, row.banned),
                {one.pool: PoolUse(one.window, one.counted, one.in_flight) for one in rows if one.host == row.host},
            )
            for row in hosts
        ]

    def silent(self, host: str) -> Silence:
        """What a host asked for last."""
        with transaction(self._reader) as connection:
            row = connection.execute(HOST_ROW, {"named": host}).first()
        return NEVER if row is None else Silence(row.silent_until_machine, row.banned)

    def silence(self, host: str, until_ms: int, banned: bool) -> None:
        """Send nothing to a host until an instant of the machine's clock; a later end that is known stays."""
        with self._lock, transaction(self._writer) as connection:
            _lock_host(connection, host)
            connection.execute(
                update(request_hosts)
                .where(request_hosts.c.host == host, request_hosts.c.silent_until_machine <= until_ms)
                .values(silent_until_machine=until_ms, banned=banned)
            )


def _lock_host(connection: Connection, host: str) -> Silence:
    row = connection.execute(HOST_ROW, {"named": host}).first()
    if row is None:
        values = {"host": host, "silent_until_machine": NEVER.until_ms, "banned": NEVER.banned}
        connection.execute(upsert(connection)(request_hosts).values(values).on_conflict_do_nothing())
        row = connection.execute(HOST_ROW, {"named": host}).one()
    return Silence(row.silent_until_machine, row.banned)


def _pool(connection: Connection, host: str, pool: str) -> PoolUse:
    row = connection.execute(POOL_ROW, {"named": host, "drawn": pool}).first()
    return NOTHING_SENT if row is None else PoolUse(row.window, row.counted, row.in_flight)
