"""Accounts and the state of their synchronisation."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from backend.core.errors import NotFoundError
from backend.core.model.accounts import Account, KeyPermissions, SyncState
from backend.core.model.wallets import WalletState
from backend.db.books import SqlBooks
from backend.db.models import account_sync, accounts

JSON_COLUMNS = frozenset({"unreconciled", "unpriced", "wallets", "permissions"})


class SqlAccounts:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def ensure(self, environment: str, name: str, reference: str) -> Account:
        """The account made for these keys, created where there is none, under the name of the settings."""
        query = select(accounts.c.id, accounts.c.name).where(
            accounts.c.environment == environment, accounts.c.reference == reference
        )
        row = self._connection.execute(query).first()
        if row is not None:
            if row.name != name:
                self._connection.execute(update(accounts).where(accounts.c.id == row.id).values(name=name))
            return Account(row.id, name, environment)
        values = {"environment": environment, "name": name, "reference": reference, "created_at": self._now_ms()}
        created = self._connection.execute(insert(accounts).values(values).returning(accounts.c.id)).scalar_one()
        self._connection.execute(insert(account_sync).values(account_id=created))
        return Account(created, name, environment)

    def in_environment(self, environment: str) -> Sequence[Account]:
        query = select(accounts.c.id, accounts.c.name).where(accounts.c.environment == environment)
        rows = self._connection.execute(query.order_by(accounts.c.id))
        return [Account(row.id, row.name, environment) for row in rows]

    def sync_state(self, account_id: int) -> SyncState:
        """How the last refreshes went.

        Raises:
            NotFoundError: there is no such account.
        """
        row = self._connection.execute(select(account_sync).where(account_sync.c.account_id == account_id)).first()
        if row is None:
            raise NotFoundError(f"There is no account {account_id}")
        return _sync_state(row)

    def update_sync(self, account_id: int, **changes: Any) -> None:
        """Change columns of the synchronisation state; lists and permissions are stored as JSON."""
        stored = {name: _stored(name, value) for name, value in changes.items()}
        self._connection.execute(update(account_sync).where(account_sync.c.account_id == account_id).values(stored))

    def mark_dirty(self, account_id: int, from_ms: int) -> None:
        """Say that figures from an instant on wait for recomputation; an earlier mark stays."""
        SqlBooks(self._connection).mark(account_id, from_ms)
        self._connection.execute(
            update(account_sync)
            .where(account_sync.c.account_id == account_id)
            .where((account_sync.c.dirty_from.is_(None)) | (account_sync.c.dirty_from > from_ms))
            .values(dirty_from=from_ms)
        )

    def count_rebuild(self, account_id: int) -> None:
        """Tell readers that rows of the past were replaced."""
        self._connection.execute(
            update(account_sync)
            .where(account_sync.c.account_id == account_id)
            .values(rebuilds=account_sync.c.rebuilds + 1)
        )


def _stored(name: str, value: Any) -> Any:
    if name not in JSON_COLUMNS:
        return value
    if isinstance(value, KeyPermissions):
        return json.dumps(asdict(value))
    if name == "wallets":
        return json.dumps([asdict(state) for state in value])
    return None if value is None else json.dumps(list(value))


def wallet_states(stored: str) -> tuple[WalletState, ...]:
    """How each wallet was read, from its column."""
    return tuple(WalletState(**state) for state in json.loads(stored))


def _sync_state(row: Row[Any]) -> SyncState:
    permissions = None if row.permissions is None else KeyPermissions(**json.loads(row.permissions))
    return SyncState(
        account_id=row.account_id,
        as_of_ms=row.as_of,
        refreshed_machine_ms=row.refreshed_machine,
        attempted_machine_ms=row.attempted_machine,
        failures=row.failures,
        error_code=row.error_code,
        error=row.error,
        latency_ms=row.latency_ms,
        clock_offset_ms=row.clock_offset_ms,
        weight_used=row.weight_used,
        weight_limit=row.weight_limit,
        import_done=row.import_done,
        import_total=row.import_total,
        import_detail=row.import_detail,
        import_complete=row.import_complete,
        dirty_from_ms=row.dirty_from,
        rebuilds=row.rebuilds,
        unreconciled=tuple(json.loads(row.unreconciled)),
        unpriced=tuple(json.loads(row.unpriced)),
        wallets=wallet_states(row.wallets),
        depegged=row.depegged,
        positions=row.positions,
        prices_at_ms=row.prices_at,
        moved_at_ms=row.moved_at,
        permissions=permissions,
    )
