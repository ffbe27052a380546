"""Accounts and the state of their synchronisation."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, case, delete, false, func, insert, or_, select, true, update

from backend.core.errors import NotFoundError
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.accounts import Account, AccountRecord, KeyPermissions, LastReading, SyncState
from backend.core.model.amounts import plain
from backend.core.model.wallets import WalletState
from backend.db.account_keys import account_keys
from backend.db.books import SqlBooks
from backend.db.models import account_sync, accounts, ledger_events
from backend.db.months import ends_of
from backend.db.settings import SqlSettings
from backend.db.wholes import mark_wholes

# What the reference of an account without a key begins with.
NO_KEY: Final = "none:"
# The highest number that a removed account had: what is kept in memory by number must never meet another account.
HIGHEST: Final = "accounts.highest_removed"
JSON_COLUMNS = frozenset({"unreconciled", "unpriced", "wallets", "permissions"})


class SqlAccounts:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def ensure(self, environment: str, name: str, reference: str) -> Account:
        """The account made for these keys, created where there is none.

        It is called `name`, that of the settings, unless its key is kept here: then the user names it, and who asks
        may have read a name that was changed since. One that gave up this very key has it again: its history is read
        from where it was left.
        """
        table = accounts.c
        query = select(table.id, table.name, table.reference).where(
            table.environment == environment, table.reference.in_([reference, NO_KEY + reference])
        )
        row = self._connection.execute(query).first()
        if row is None:
            return self._created(environment, name, reference)
        named_here = self._has_stored_key(row.id)
        if row.name != name and not named_here:
            self.rename(row.id, name)
        if row.reference != reference:
            self.attach(row.id, reference)
        return Account(row.id, row.name if named_here else name, environment)

    def create(self, environment: str, name: str) -> Account:
        """An account without a key."""
        return self._created(environment, name, NO_KEY + secrets.token_hex(12))

    def rename(self, account_id: int, name: str) -> None:
        """Call an account otherwise."""
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(name=name))

    def attach(self, account_id: int, reference: str) -> None:
        """Have a key read an account from now on: its first, another one, or the one that it gave up."""
        values = {"reference": reference, "last_read_at": None, "last_read": None}
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(values))

    def give_up_key(self, account_id: int, last: LastReading | None) -> None:
        """Have an account live from its ledger from now on, and from what its key read last."""
        owned = None if last is None else json.dumps({asset: plain(amount) for asset, amount in last.owned.items()})
        self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                reference=NO_KEY + accounts.c.reference,
                last_read_at=None if last is None else last.at_ms,
                last_read=owned,
            )
        )

    def keyless(self, account_id: int) -> bool:
        """Whether an account lives from statements."""
        found = self._connection.execute(select(accounts.c.reference).where(accounts.c.id == account_id)).scalar()
        return found is not None and found.startswith(NO_KEY)

    def last_reading(self, account_id: int) -> LastReading | None:
        """What the key that an account gave up read last; None where there never was one."""
        query = select(accounts.c.last_read_at, accounts.c.last_read).where(accounts.c.id == account_id)
        row = self._connection.execute(query).first()
        if row is None or row.last_read_at is None:
            return None
        stored: dict[str, str] = json.loads(row.last_read)
        return LastReading(row.last_read_at, {asset: Decimal(amount) for asset, amount in stored.items()})

    def untold(self, account_ids: Sequence[int]) -> frozenset[int]:
        """Those of some accounts of which no report told an event and no key read anything before it was given up."""
        told = select(ledger_events.c.id).where(
            ledger_events.c.account_id == accounts.c.id,
            ~ledger_events.c.superseded,
            ledger_events.c.source != RECONCILIATION,
        )
        query = select(accounts.c.id).where(
            accounts.c.id.in_(account_ids), accounts.c.last_read_at.is_(None), ~told.exists()
        )
        return frozenset(self._connection.execute(query).scalars())

    def remove(self, account_id: int) -> None:
        """Delete an account with every row of it, in every table. Prices are shared and stay."""
        from backend.db.all_tables import all_tables

        kept = SqlSettings(self._connection)
        kept.set(HIGHEST, str(max(account_id, int(kept.get(HIGHEST) or 0))))
        mark_wholes(self._connection, account_id, ends_of(self._connection, [account_id]).get(account_id, 0))
        # Rows that hang on others first: most go with the account by themselves, a few are not tied to it.
        for table in reversed(all_tables()):
            own = [column for column in table.c if column.name == "account_id" or column.name.endswith("_account_id")]
            if own:
                self._connection.execute(delete(table).where(or_(*(column == account_id for column in own))))
        self._connection.execute(delete(accounts).where(accounts.c.id == account_id))

    def in_environment(self, environment: str) -> Sequence[Account]:
        return [record.account for record in self.records(environment)]

    def records(self, environment: str) -> Sequence[AccountRecord]:
        """The accounts of an environment in the order in which they were made; what stands for all of them is none."""
        query = select(accounts).where(accounts.c.environment == environment, accounts.c.id > 0).order_by(accounts.c.id)
        return [
            AccountRecord(
                Account(row.id, row.name, environment, row.reference.startswith(NO_KEY)), row.reference, row.created_at
            )
            for row in self._connection.execute(query)
        ]

    def _has_stored_key(self, account_id: int) -> bool:
        stored = select(account_keys.c.account_id).where(account_keys.c.account_id == account_id)
        return self._connection.execute(stored).first() is not None

    def _created(self, environment: str, name: str, reference: str) -> Account:
        highest = self._connection.execute(select(func.max(accounts.c.id))).scalar() or 0
        number = max(highest, int(SqlSettings(self._connection).get(HIGHEST) or 0)) + 1
        values = {"environment": environment, "name": name, "reference": reference, "created_at": self._now_ms()}
        self._connection.execute(insert(accounts).values(id=number, **values))
        self._connection.execute(insert(account_sync).values(account_id=number))
        return Account(number, name, environment, reference.startswith(NO_KEY))

    def sync_state(self, account_id: int) -> SyncState:
        """How the last refreshes went.

        Raises:
            NotFoundError: there is no such account.
        """
        found = self.sync_states([account_id]).get(account_id)
        if found is None:
            raise NotFoundError(f"There is no account {account_id}")
        return found

    def sync_states(self, account_ids: Collection[int]) -> dict[int, SyncState]:
        """The same of several at once; without those that are not there."""
        query = select(account_sync).where(account_sync.c.account_id.in_(account_ids))
        return {row.account_id: _sync_state(row) for row in self._connection.execute(query)}

    def update_sync(self, account_id: int, **changes: Any) -> None:
        """Change columns of the synchronisation state; lists and permissions are stored as JSON."""
        stored = {name: _stored(name, value) for name, value in changes.items()}
        self._connection.execute(update(account_sync).where(account_sync.c.account_id == account_id).values(stored))

    def mark_dirty(self, account_id: int, from_ms: int, flows_only: bool = False) -> None:
        """Say that figures from an instant on wait for recomputation; an earlier mark stays.

        A recomputation under way goes back to there, if it has come further. `flows_only`: what was held at any instant
        is what it was.
        """
        SqlBooks(self._connection).mark(account_id, from_ms)
        own = account_sync.c.account_id == account_id
        alone = case((account_sync.c.dirty_from.is_(None), true()), else_=account_sync.c.flows_only)
        self._connection.execute(update(account_sync).where(own).values(flows_only=alone if flows_only else false()))
        self._connection.execute(
            update(account_sync).where(own, account_sync.c.rebuilt_to > from_ms).values(rebuilt_to=from_ms)
        )
        self._connection.execute(
            update(account_sync)
            .where(account_sync.c.account_id == account_id)
            .where((account_sync.c.dirty_from.is_(None)) | (account_sync.c.dirty_from > from_ms))
            .values(dirty_from=from_ms)
        )

    def note_flows_only(self, account_id: int) -> None:
        """Say of what waits for recomputation that it was proven to be no more than what cash flows are."""
        own = (account_sync.c.account_id == account_id) & account_sync.c.dirty_from.is_not(None)
        self._connection.execute(update(account_sync).where(own).values(flows_only=true()))

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
        flows_only=row.flows_only,
        rebuilt_to_ms=row.rebuilt_to,
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
