"""The part of the composition root that opens accounts on the exchange."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backend.services.session_manager import SessionManager
from backend.services.statement_update import told_by_statements

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import Exchange, Store
    from backend.exchange.factory import ExchangeAccess


def session_manager(
    store: Store, access: ExchangeAccess, environment: str, take_over: Callable[[int], object] = lambda epoch: None
) -> SessionManager:
    """The accounts that there are keys for, and those of the database that live from statements."""

    def without_key(account: Account) -> Exchange:
        return access.without_key(lambda: told_by_statements(store, account.id))

    return SessionManager(store, environment, access.accounts, access.connect, access.address, without_key, take_over)
