"""Own addresses outside the exchange, and what the user said of deposits that came from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text, update

from backend.core.model.addresses import EventKey, OwnAddress
from backend.db.dialect import upsert
from backend.db.ledger import event_of
from backend.db.models import CROSSING, accounts, ledger_events
from backend.db.move_models import address_returns, own_addresses, own_moves

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent


class SqlAddresses:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def all(self, environment: str) -> Sequence[OwnAddress]:
        """In the order in which they were told."""
        return self._told(own_addresses.c.environment == environment)

    def known_to(self, account_id: int) -> Sequence[OwnAddress]:
        """Those of the environment of an account."""
        environment = select(accounts.c.environment).where(accounts.c.id == account_id).scalar_subquery()
        return self._told(own_addresses.c.environment == environment)

    def _told(self, wanted: ColumnElement[bool]) -> Sequence[OwnAddress]:
        rows = self._connection.execute(select(own_addresses).where(wanted).order_by(own_addresses.c.id))
        return [
            OwnAddress(row.id, row.address, row.network, row.label, row.treatment, row.created_machine) for row in rows
        ]

    def add(self, environment: str, address: OwnAddress) -> int:
        """Keep an address; returns its id."""
        values = {"environment": environment, "address": address.address, "created_machine": self._now_ms()}
        statement = insert(own_addresses).values(**values, **_changing(address)).returning(own_addresses.c.id)
        return int(self._connection.execute(statement).scalar_one())

    def change(self, address: OwnAddress) -> None:
        """Everything but the address itself."""
        self._connection.execute(
            update(own_addresses).where(own_addresses.c.id == address.id).values(**_changing(address))
        )

    def delete(self, address_id: int) -> None:
        """With what was said of deposits from there."""
        self._connection.execute(delete(own_addresses).where(own_addresses.c.id == address_id))

    def crossings(self, account_id: int) -> Sequence[LedgerEvent]:
        """Deposits and withdrawals that count, in booking order."""
        table = ledger_events.c
        own = (table.account_id == account_id, text(CROSSING), ~table.superseded)
        order = (table.at, table.source, func.length(table.external_id), table.external_id)
        return [event_of(row) for row in self._connection.execute(select(ledger_events).where(*own).order_by(*order))]

    def paired(self, account_id: int) -> frozenset[EventKey]:
        """Events that are one side of a move to or from another tracked account."""
        found: set[EventKey] = set()
        for side in ("sent", "received"):
            account, source, external = (
                own_moves.c[f"{side}_{name}"] for name in ("account_id", "source", "external_id")
            )
            query = select(source, external).where(account == account_id, own_moves.c.state == "paired")
            found |= {(row[0], row[1]) for row in self._connection.execute(query)}
        return frozenset(found)

    def said(self, account_id: int) -> Mapping[EventKey, int | None]:
        """The address that a deposit came from by the user's word; None: from none of them."""
        query = select(address_returns).where(address_returns.c.account_id == account_id)
        return {(row.source, row.external_id): row.address_id for row in self._connection.execute(query)}

    def say(self, account_id: int, key: EventKey, address_id: int | None) -> None:
        values = {"account_id": account_id, "source": key[0], "external_id": key[1]}
        statement = upsert(self._connection)(address_returns).values(**values, address_id=address_id)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(values), set_={"address_id": address_id})
        )

    def unsay(self, account_id: int, key: EventKey) -> None:
        table = address_returns.c
        own = (table.account_id == account_id, table.source == key[0], table.external_id == key[1])
        self._connection.execute(delete(address_returns).where(*own))


def _changing(address: OwnAddress) -> dict[str, str]:
    return {"network": address.network, "label": address.label, "treatment": address.treatment}
