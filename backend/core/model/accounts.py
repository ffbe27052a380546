"""Accounts, the state of their synchronisation, and the rights of their keys."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.model.wallets import WalletState


@dataclass(frozen=True, slots=True)
class Account:
    """One set of wallets on one exchange environment."""

    id: int
    name: str
    environment: str


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

    `dirty_from_ms`: figures from there on wait for recomputation. `rebuilds` counts replacements of past rows.
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
