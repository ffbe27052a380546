"""What writes with an Idempotency-Key answered. The key is taken before the write: two at once act once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, delete, select, update

from backend.core.errors import DomainError, IdempotencyMismatchError
from backend.db.ledger import upsert
from backend.db.transactions import transaction
from backend.db.work_models import idempotency_keys as keys

KEEP_MS = 24 * 3_600_000
# A write that was cut off leaves its key without an answer; after this long it may be tried anew.
ABANDONED_MS = 60_000


class SqlIdempotency:
    def __init__(self, engine: Engine, now_ms: Callable[[], int]) -> None:
        self._writer = engine.execution_options(writing=True)
        self._now_ms = now_ms

    def recall(self, key: str, scope: str, body_hash: str) -> tuple[int, bytes] | None:
        """The remembered answer, or None after taking the key for this request.

        Raises:
            IdempotencyMismatchError: the key came with another body.
            DomainError: the first request with this key is still running.
        """
        now = self._now_ms()
        with transaction(self._writer) as connection:
            connection.execute(delete(keys).where(keys.c.created_machine < now - KEEP_MS))
            row = connection.execute(select(keys).where(keys.c.key == key, keys.c.scope == scope)).first()
            if row is not None and row.status is None and row.created_machine < now - ABANDONED_MS:
                connection.execute(delete(keys).where(keys.c.key == key, keys.c.scope == scope))
                row = None
            if row is None:
                values = {"key": key, "scope": scope, "body_hash": body_hash, "created_machine": now}
                connection.execute(upsert(connection)(keys).values(values))
                return None
        if row.body_hash != body_hash:
            raise IdempotencyMismatchError("This Idempotency-Key came with another request before: use a new one")
        if row.status is None:
            raise DomainError("The first request with this Idempotency-Key is still running")
        return row.status, row.body.encode()

    def remember(self, key: str, scope: str, body_hash: str, status: int, body: bytes) -> None:
        with transaction(self._writer) as connection:
            connection.execute(
                update(keys).where(keys.c.key == key, keys.c.scope == scope).values(status=status, body=body.decode())
            )

    def forget(self, key: str, scope: str) -> None:
        """The write failed: the same key may be used again."""
        with transaction(self._writer) as connection:
            connection.execute(delete(keys).where(keys.c.key == key, keys.c.scope == scope))
