"""Accounts, the state of their synchronisation, and the rights of their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.core.model.wallets import WalletState

LONGEST_NAME: Final = 60
# The error of an account whose key is not here any more.
KEY_GONE: Final = "key-gone"
KEY_IS_GONE: Final = "Its key is not here any more: enter it again, or keep or delete the account"


def is_whole(account_id: int) -> bool:
    """Whether a number stands for all accounts of an environment together, which nobody lists as an account."""
    return account_id < 0


def tidy_name(text: str) -> str:
    """The name of an account as it is kept: without spaces around and double ones. Two that differ in case are one."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Account:
    """One set of wallets on one exchange environment. `keyless`: nobody can ask for it, it lives from statements."""

    id: int
    name: str
    environment: str
    keyless: bool = False


@dataclass(frozen=True, slots=True)
class LastReading:
    """What the key of an account read last, over all wallets, before the account gave it up."""

    at_ms: int
    owned: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account with where it comes from: `reference` tells its key apart without telling it."""

    account: Account
    reference: str
    created_ms: int


@dataclass(frozen=True, slots=True)
class KeyPermissions:
    """What the exchange says a key may do; None where it does not say."""

    can_read: bool | None
    can_trade: bool | None
    can_withdraw: bool | None
    ip_restricted: bool | None


@dataclass(frozen=True, slots=True)
class SubAccount:
    """One sub-account, as its master sees it."""

    email: str
    frozen: bool
    created_ms: int


@dataclass(frozen=True, slots=True)
class WeightUse:
    """Request weight used in the running minute, as the exchange counted it, and its limit."""

    used: int
    limit: int


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the last refreshes of an account went; `*_machine_ms` are on this machine's clock, others on the exchange's.

    `dirty_from_ms`: figures from there on wait for recomputation, `flows_only`: for no more than what cash flows are
    worth; `rebuilt_to_ms`: how far one that takes several steps
    has come. `rebuilds` counts replacements of past rows.
    `unreconciled`: assets whose replayed quantity differs from the reported one. `prices_at_ms`: instant of prices that
    came by stream since. `moved_at_ms`: when balances changed by the word of a stream, until a refresh has seen it.
    """

    account_id: int
    as_of_ms: int | None
    refreshed_machine_ms: int | None
    attempted_machine_ms: int | None
    failures: int
    error_code: str | None
    error: str | None
    latency_ms: int | None
    clock_offset_ms: int | None
    weight_used: int | None
    weight_limit: int | None
    import_done: int
    import_total: int
    import_detail: str
    import_complete: bool
    dirty_from_ms: int | None
    flows_only: bool
    rebuilt_to_ms: int | None
    rebuilds: int
    unreconciled: tuple[str, ...]
    unpriced: tuple[str, ...]
    wallets: tuple[WalletState, ...]
    depegged: bool
    positions: str | None
    prices_at_ms: int | None
    moved_at_ms: int | None
    permissions: KeyPermissions | None

    @property
    def settling(self) -> bool:
        """Whether flows and profit wait for figures that are known to be missing."""
        return self.dirty_from_ms is not None or self.moved_at_ms is not None
