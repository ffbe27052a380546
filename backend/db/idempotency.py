"""What writes with an Idempotency-Key answered. The key is taken before the write: two at once act once."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import Engine, delete, select, update

from backend.core.errors import DomainError, IdempotencyMismatchError
from backend.core.request_ports import Remembered
from backend.db.dialect import upsert
from backend.db.transactions import transaction
from backend.db.work_models import idempotency_keys as keys

KEEP_MS = 24 * 3_600_000


class SqlIdempotency:
    """`now_ms`: this machine's clock. `longest_ms`: no write is under way for longer, if its process lives."""

    def __init__(self, engine: Engine, now_ms: Callable[[], int], longest_ms: int) -> None:
        self._writer = engine.execution_options(writing=True)
        self._now_ms = now_ms
        self._longest_ms = longest_ms

    def recall(self, key: str, scope: str, body_hash: str) -> Remembered | str:
        """The remembered answer, or the token of the write after taking the key for this request.

        The token is the same as before where the first request was cut off, or ended with nobody knowing what it did.

        Raises:
            IdempotencyMismatchError: the key came with another body.
            DomainError: the first request with this key is still running.
        """
        now, own = self._now_ms(), (keys.c.key == key, keys.c.scope == scope)
        with transaction(self._writer) as connection:
            connection.execute(delete(keys).where(keys.c.created_machine < now - KEEP_MS))
            row = connection.execute(select(keys).where(*own)).first()
            if row is None:
                token = secrets.token_hex(16)
                values = {"key": key, "scope": scope, "body_hash": body_hash, "created_machine": now}
                held = {"token": token, "held_until_machine": now + self._longest_ms}
                connection.execute(upsert(connection)(keys).values(values | held))
                return token
            if row.body_hash != body_hash:
                raise IdempotencyMismatchError("This Idempotency-Key came with another request before: use a new one")
            if row.status is not None:
                return Remembered(row.status, row.body.encode())
            if now < row.held_until_machine:
                raise DomainError("The first request with this Idempotency-Key is still running")
            connection.execute(update(keys).where(*own).values(held_until_machine=now + self._longest_ms))
            return str(row.token)

    def remember(self, key: str, scope: str, body_hash: str, status: int, body: bytes) -> None:
        with transaction(self._writer) as connection:
            connection.execute(
                update(keys).where(keys.c.key == key, keys.c.scope == scope).values(status=status, body=body.decode())
            )

    def forget(self, key: str, scope: str) -> None:
        """The write was refused: the same key may be used again, for a new one."""
        with transaction(self._writer) as connection:
            connection.execute(delete(keys).where(keys.c.key == key, keys.c.scope == scope))

    def release(self, key: str, scope: str) -> None:
        """Nobody can say what the write did: whoever sends it again goes on with it."""
        with transaction(self._writer) as connection:
            own = (keys.c.key == key, keys.c.scope == scope)
            connection.execute(update(keys).where(*own).values(held_until_machine=0))
