"""What the collector does with keys: asks the exchange what one may do, notes it, and tells when that has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.errors import CredentialsRefusedError, DomainError, ExchangeError
from backend.core.model.accounts import KeyPermissions
from backend.core.model.keys import (
    LET_KEY_GO,
    LOOK_AT_KEY,
    READ,
    TRADE,
    KeyKind,
    KeyLook,
    KeyPair,
    StoredKey,
    read_pair,
)
from backend.core.model.task_log import TaskLine

if TYPE_CHECKING:
    from backend.core.key_store import KeyStore
    from backend.core.model.jobs import Job
    from backend.core.ports import Store, UnitOfWork
    from backend.core.secret_ports import Sealer

log = structlog.get_logger(__name__)

DAY_MS: Final = 86_400_000
# What a key that is only asked about is sealed for, on its way to the collector.
ON_THE_WAY: Final = "key-to-look-at"
RIGHTS_CHANGED: Final = "key-rights-changed"
RIGHTS: Final[Mapping[str, str]] = {
    "can_read": "read",
    "can_trade": "trade",
    "can_withdraw": "withdraw or transfer",
    "ip_restricted": "restricted to addresses",
}


class KeyLooks:
    """Looks at keys for one collector. `look(pair)` asks the exchange; `now_ms`: this machine's clock."""

    def __init__(
        self,
        store: Store,
        keys: KeyStore,
        sealer: Sealer,
        look: Callable[[KeyPair], KeyLook],
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._keys = keys
        self._sealer = sealer
        self._look = look
        self._now_ms = now_ms

    def do(self, job: Job, epoch: int) -> Mapping[str, Any]:
        """One of the jobs about keys.

        Raises:
            ExchangeError: what the exchange has against the key, or that it does not answer.
        """
        if job.kind == LET_KEY_GO:
            return {}  # behind everything that was done with the key
        if job.kind == LOOK_AT_KEY:
            look = self._look(read_pair(self._sealer.unseal(str(job.payload["sealed"]), ON_THE_WAY)))
            return {"look": asdict(look)}
        with self._store.read() as unit:
            stored = unit.account_keys.of(job.account_id or 0)
        for one in stored:
            self._look_again(one, epoch)
        return {}

    def daily(self, account_id: int, epoch: int) -> None:
        """Look at the trade key of an account once a day; its read key is looked at with its balances."""
        with self._store.read() as unit:
            stored = unit.account_keys.find(account_id, TRADE)
        if stored is None or self._now_ms() - (stored.checked_ms or 0) < DAY_MS:
            return
        try:
            self._look_again(stored, epoch)
        except ExchangeError as error:
            # Asked again with the next refresh. What it may do is not known until then, so it does not trade.
            log.warning("rights of a trade key unknown", account=account_id, code=error.code)

    def _look_again(self, stored: StoredKey, epoch: int) -> None:
        try:
            look = self._look(self._keys.opened(stored))
        except CredentialsRefusedError as error:
            with self._store.write(epoch) as unit:
                self._note_refusal(unit, stored, error)
            raise
        with self._store.write(epoch) as unit:
            if unit.account_keys.find(stored.account_id, stored.kind) == stored:
                note_look(unit, stored.account_id, stored.kind, look, self._now_ms())

    def _note_refusal(self, unit: UnitOfWork, stored: StoredKey, error: CredentialsRefusedError) -> None:
        note_address(unit, stored.account_id, stored.kind, error)
        if stored.kind == TRADE and stored.rights is not None:
            nothing = KeyLook(KeyPermissions(can_read=False, can_trade=False, can_withdraw=None, ip_restricted=None))
            note_look(unit, stored.account_id, TRADE, nothing, self._now_ms())


def note_address(unit: UnitOfWork, account_id: int, kind: KeyKind, error: DomainError) -> None:
    """Write down where the exchange saw us come from, where it told that as it refused a key."""
    if isinstance(error, CredentialsRefusedError) and error.seen_from is not None:
        unit.account_keys.note_address(account_id, kind, error.seen_from)


def note_look(unit: UnitOfWork, account_id: int, kind: KeyKind, look: KeyLook, now_ms: int) -> None:
    """Write down what the exchange said of a key, and tell what is otherwise than it was."""
    stored = unit.account_keys.find(account_id, kind)
    if kind == READ:
        before = unit.accounts.sync_state(account_id).permissions
        unit.accounts.update_sync(account_id, permissions=look.rights)
    else:
        before = None if stored is None else stored.rights
    if stored is not None:
        unit.account_keys.note(account_id, kind, now_ms, look)
    changes = _changes(before, look.rights)
    if changes:
        unit.audit.record("key.rights_changed", account_id=account_id, details={"kind": kind, "changes": changes})
        unit.task_log.note(TaskLine("warning", "keys", account_id, RIGHTS_CHANGED, f"{kind} key: {changes}"))
    # What the list of accounts shows of it is read anew.
    unit.events.emit("sync", account_id, {"code": RIGHTS_CHANGED, "key": kind} if changes else {"task": "keys"})


def _changes(before: KeyPermissions | None, now: KeyPermissions | None) -> str:
    """Which rights were given and taken, in words; empty where none was, or what there was is not known."""
    if before is None or now is None:
        return ""
    was, known = asdict(before), asdict(now)
    return ", ".join(
        f"{words} {'on' if known[name] else 'off' if known[name] is False else 'not told'}"
        for name, words in RIGHTS.items()
        if was[name] != known[name]
    )
