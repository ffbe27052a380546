"""The keys of accounts, sealed. A column of secrets is called `sealed` or ends so: rotation finds it by its name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    PrimaryKeyConstraint,
    Row,
    Select,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from backend.core.model.accounts import KeyPermissions
from backend.core.model.keys import TRADE, KeyKind, KeyLook, StoredKey
from backend.db.models import accounts, metadata

account_keys = Table(
    "account_keys",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    # The digest of the key, which tells it apart without telling it, and its last letters.
    Column("reference", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("key_type", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("added_machine", BigInteger, nullable=False),
    Column("checked_machine", BigInteger),
    # What the exchange said last that a trade key may do, JSON; of a read key `account_sync` has it.
    Column("rights", Text),
    Column("owner", Text),
    Column("ip_seen", Text),
    PrimaryKeyConstraint("account_id", "kind"),
)


class SqlAccountKeys:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account_id: int) -> Sequence[StoredKey]:
        """The keys of an account, the read key first."""
        return self._found(select(account_keys).where(account_keys.c.account_id == account_id))

    def find(self, account_id: int, kind: KeyKind) -> StoredKey | None:
        return next((one for one in self.of(account_id) if one.kind == kind), None)

    def by_reference(self, reference: str, environment: str) -> StoredKey | None:
        """The key of a digest, whatever it is for."""
        return next((one for one in self.in_environment(environment) if one.reference == reference), None)

    def in_environment(self, environment: str) -> Sequence[StoredKey]:
        """All keys of an environment in the order in which their accounts were made."""
        joined = account_keys.join(accounts, accounts.c.id == account_keys.c.account_id)
        return self._found(select(account_keys).select_from(joined).where(accounts.c.environment == environment))

    def put(self, key: StoredKey) -> None:
        """Store a key in the place of the one of its kind."""
        self.drop(key.account_id, key.kind)
        self._connection.execute(
            insert(account_keys).values(
                account_id=key.account_id,
                kind=key.kind,
                reference=key.reference,
                ending=key.ending,
                key_type=key.type,
                sealed=key.sealed,
                added_machine=key.added_ms,
                checked_machine=key.checked_ms,
                rights=_stored(key.rights),
                owner=key.owner,
                ip_seen=key.ip_seen,
            )
        )

    def note(self, account_id: int, kind: KeyKind, checked_ms: int, look: KeyLook) -> None:
        """Write down what the exchange said of a key; what it did not tell stays as it was known."""
        rights = _stored(look.rights) if kind == TRADE else None
        values = {"checked_machine": checked_ms, "rights": rights, "owner": look.owner, "key_type": look.type}
        told = {name: value for name, value in values.items() if value}
        self._connection.execute(update(account_keys).where(*_own(account_id, kind)).values(told))

    def note_address(self, account_id: int, kind: KeyKind, ip_seen: str) -> None:
        """Write down where the exchange saw us come from when it refused a key."""
        self._connection.execute(update(account_keys).where(*_own(account_id, kind)).values(ip_seen=ip_seen))

    def drop(self, account_id: int, kind: KeyKind | None = None) -> None:
        """Forget a key of an account, or all of them."""
        self._connection.execute(delete(account_keys).where(*_own(account_id, kind)))

    def _found(self, query: Select[Any]) -> Sequence[StoredKey]:
        ordered = query.order_by(account_keys.c.account_id, account_keys.c.kind)
        return [_key(row) for row in self._connection.execute(ordered)]


def _own(account_id: int, kind: KeyKind | None) -> list[ColumnElement[bool]]:
    own = [account_keys.c.account_id == account_id]
    return own if kind is None else [*own, account_keys.c.kind == kind]


def _stored(rights: KeyPermissions | None) -> str | None:
    return None if rights is None else json.dumps(asdict(rights))


def _key(row: Row[Any]) -> StoredKey:
    return StoredKey(
        account_id=row.account_id,
        kind=row.kind,
        reference=row.reference,
        ending=row.ending,
        type=row.key_type,
        sealed=row.sealed,
        added_ms=row.added_machine,
        checked_ms=row.checked_machine,
        rights=None if row.rights is None else KeyPermissions(**json.loads(row.rights)),
        owner=row.owner,
        ip_seen=row.ip_seen,
    )
