"""What keys need of the edges: who seals them, where they lie, who asks the exchange with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.keys import KeyKind, KeyLook, KeyPair, StoredKey


class AccountKeyRows(Protocol):
    """The keys of accounts, sealed."""

    def of(self, account_id: int) -> Sequence[StoredKey]: ...
    def find(self, account_id: int, kind: KeyKind) -> StoredKey | None: ...
    def by_reference(self, reference: str, environment: str) -> StoredKey | None: ...
    def in_environment(self, environment: str) -> Sequence[StoredKey]: ...
    def put(self, key: StoredKey) -> None: ...
    def note(self, account_id: int, kind: KeyKind, checked_ms: int, look: KeyLook) -> None: ...
    def note_address(self, account_id: int, kind: KeyKind, ip_seen: str) -> None: ...
    def drop(self, account_id: int, kind: KeyKind | None = None) -> None: ...


class HoldsKeys(Protocol):
    """A unit of work with the keys in it."""

    @property
    def account_keys(self) -> AccountKeyRows: ...


class KeyDesk(Protocol):
    """Whoever asks the exchange with a key, and follows a change of it."""

    def look(self, pair: KeyPair) -> KeyLook:
        """What the exchange says of a key that is not stored yet.

        Raises:
            CredentialsRefusedError: it refuses the key.
            ExchangeError: it cannot be asked now, or nobody asked it in time.
        """

    def check(self, account_id: int) -> None:
        """Have what it says of the keys of an account noted with them.

        Raises:
            CredentialsRefusedError, ExchangeError: as `look`.
        """

    def changed(self, account_id: int) -> None:
        """Have the account read with the key that it has now."""

    def let_go(self, account_id: int) -> None:
        """Wait, for a while, until nobody works with the key that it had."""
