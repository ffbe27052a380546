"""AccountsBook: the accounts of one environment. Makes those without a key, and lets accounts go.

Keys are stored beside their accounts (`KeyBook`). One that still stands in the settings alone, as the demo's, cannot be
parted from its account here: it would come back at the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from backend.core.errors import BadInputError, DomainError, NotFoundError, RunRefusedError
from backend.core.model.accounts import (
    KEY_GONE,
    LONGEST_NAME,
    Account,
    AccountRecord,
    KeyPermissions,
    LastReading,
    tidy_name,
)
from backend.core.model.amounts import ZERO, total
from backend.core.model.keys import KEY_LOST, READ, StoredKey
from backend.core.model.runs import PENDING
from backend.core.model.wallets import Wallet
from backend.core.own_addresses import recompute_changed, seen_before
from backend.core.own_moves import book_anew

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork

# `stored`: sealed beside it; `lost`: so, but it cannot be opened; `settings`: it stands there, or is the demo's;
# `gone`: the key that it was made for is not here any more; `none`: it never had one, or gave it up.
KeyState = Literal["stored", "lost", "settings", "gone", "none"]


class KeyInSettingsError(DomainError):
    """The account's key stands in the settings: it would come back at the next start."""

    code = "key-in-settings"


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with what its ledger holds. `last_statement_ms`: without a key its quantities are as of then.

    `keys`: those that are stored; `rights`: what the exchange said last that its read key may do.
    """

    account: Account
    key: KeyState
    keys: Sequence[StoredKey]
    rights: KeyPermissions | None
    created_ms: int
    first_event_ms: int | None
    last_event_ms: int | None
    last_statement_ms: int | None
    events: int


class AccountsBook:
    """The accounts of one environment.

    `in_settings`: the references of the keys that stand in the settings and are not stored yet, or are the demo's;
    `named_there`: the names beside them.
    """

    def __init__(
        self,
        store: Store,
        environment: str,
        in_settings: Callable[[], Collection[str]],
        named_there: Callable[[], Collection[str]],
    ) -> None:
        self._store = store
        self._environment = environment
        self._in_settings = in_settings
        self._named_there = named_there

    def all(self) -> list[AccountView]:
        """Every account in the order in which they were made."""
        known = self._in_settings()
        with self._store.read() as unit:
            return [_view(unit, record, known) for record in unit.accounts.records(self._environment)]

    def create(self, name: str, environment: str | None) -> AccountView:
        """Make an account that lives from statements.

        Raises:
            BadInputError: the name cannot be, or is taken; the environment is not this installation's.
        """
        self.refuse_environment(environment)
        with self._store.write() as unit:
            made = unit.accounts.create(self._environment, self.free_name(unit, name))
            # Nothing is to be read of it: whoever waits for its import would wait for ever.
            unit.accounts.update_sync(made.id, import_complete=True)
            unit.audit.record("account.create", account_id=made.id, subject=made.name)
            announce(unit)
            return self.found(unit, made.id)

    def rename(self, account_id: int, name: str) -> AccountView:
        """Call an account otherwise.

        Raises:
            NotFoundError: there is no such account.
            BadInputError: the name cannot be, or is taken.
            KeyInSettingsError: its name stands in the settings, or is the demo's.
        """
        with self._store.write() as unit:
            view = self.found(unit, account_id)
            if view.key == "settings":
                raise KeyInSettingsError(f"The name of {view.account.name} is the demo's, or of the settings")
            if tidy_name(name).casefold() != view.account.name.casefold():
                name = self.free_name(unit, name)
            unit.accounts.rename(account_id, tidy_name(name))
            unit.audit.record(
                "account.rename", account_id=account_id, subject=view.account.name, details={"to": tidy_name(name)}
            )
            unit.events.emit("sync", account_id)
            announce(unit)
            return self.found(unit, account_id)

    def refuse_environment(self, environment: str | None) -> None:
        """Raises BadInputError where it is another than this installation's."""
        if environment not in (None, self._environment):
            words = f"This installation works on {self._environment}: accounts of several environments never meet"
            raise BadInputError(words, "environment")

    def free_name(self, unit: UnitOfWork, name: str) -> str:
        """A name for a new account, as it is kept.

        Raises:
            BadInputError: it cannot be, or is taken.
        """
        name = tidy_name(name)
        if not name or len(name) > LONGEST_NAME:
            raise BadInputError(f"The name is empty or longer than {LONGEST_NAME} letters", "name")
        if name.casefold() in {one.account.name.casefold() for one in unit.accounts.records(self._environment)}:
            raise BadInputError(f"There is an account {name} already", "name")
        if name.casefold() in {one.casefold() for one in self._named_there()}:
            # It is not made before its key was used first.
            raise BadInputError(f"The settings have a key for an account {name}: take another name", "name")
        return name

    def release(self, account_id: int, name: str) -> bool:
        """Forget the stored keys of an account that is to go; returns whether there were any.

        Raises:
            NotFoundError, BadInputError, KeyInSettingsError, RunRefusedError: as `keep`.
        """
        with self._store.write() as unit:
            view = self._let_go(unit, account_id, name)
            if view.keys:
                forget_keys(unit, account_id)
                unit.audit.record("key.remove", account_id=account_id, subject=view.account.name)
            return bool(view.keys)

    def keep(self, account_id: int, name: str) -> AccountView:
        """Let an account live on without its key, from its ledger and what the key read last.

        Raises:
            NotFoundError: there is no such account.
            BadInputError: the name is another.
            KeyInSettingsError: its key stands in the settings.
            RunRefusedError: an order of its may have been placed, and only with the key can that be found out.
            DomainError: it has none.
        """
        with self._store.write() as unit:
            view = self._let_go(unit, account_id, name)
            if view.key == "none":
                raise DomainError(f"{view.account.name} has no key: it is kept as it is")
            last = _last_reading(unit, account_id)
            unit.accounts.give_up_key(account_id, last)
            unit.audit.record("account.keep", account_id=account_id, subject=view.account.name)
            unit.accounts.update_sync(
                account_id,
                permissions=None,
                failures=0,
                error=None,
                error_code=None,
                moved_at=None,
                import_detail="",
                import_complete=True,
            )
            unit.events.emit("sync", account_id)
            announce(unit)
            return self.found(unit, account_id)

    def delete(self, account_id: int, name: str) -> dict[int, int]:
        """Delete an account with all its data; from when on which other account is computed anew.

        What was a move between it and another account is a cash flow of that one again.

        Raises:
            NotFoundError, BadInputError, KeyInSettingsError, RunRefusedError: as `keep`.
        """
        with self._store.write() as unit:
            view = self._let_go(unit, account_id, name)
            told = {"events": view.events}
            unit.audit.record("account.delete", account_id=account_id, subject=view.account.name, details=told)
            accounts = [one.id for one in unit.accounts.in_environment(self._environment)]
            outside = seen_before(unit, self._environment)
            pairs = [move for move in unit.moves.all(accounts) if account_id in (move.sent[0], move.received[0])]
            unit.accounts.remove(account_id)
            outside.pop(account_id, None)
            changed = recompute_changed(unit, outside)
            for move in pairs:
                sent = move.received[0] == account_id
                other, at_ms = (move.sent[0], move.sent_ms) if sent else (move.received[0], move.received_ms)
                unit.accounts.mark_dirty(other, at_ms)
                book_anew(unit, other, at_ms)
                unit.events.emit("cashflow", other)
                changed[other] = min(at_ms, changed.get(other, at_ms))
            for topic in ("cashflow", "snapshot", "import"):
                unit.events.emit(topic, None)
            announce(unit)
            return changed

    def _let_go(self, unit: UnitOfWork, account_id: int, name: str) -> AccountView:
        view = self.found(unit, account_id)
        if name.strip() != view.account.name:
            raise BadInputError(f"This is not the name of the account, {view.account.name}", "name")
        if view.key != "settings":
            refuse_with_orders(unit, account_id, at_work=bool(view.keys))
            return view
        if self._environment == "demo":
            raise KeyInSettingsError("The demo's account belongs to the demo: it ends when DEMO_MODE or its data do")
        words = "stands in .env or the accounts file and is taken over once the collector runs: try again then"
        raise KeyInSettingsError(f"The key of {view.account.name} {words}")

    def found(self, unit: UnitOfWork, account_id: int) -> AccountView:
        """One account.

        Raises:
            NotFoundError: there is no such account.
        """
        records = unit.accounts.records(self._environment)
        record = next((one for one in records if one.account.id == account_id), None)
        if record is None:
            raise NotFoundError(f"There is no account {account_id} in the {self._environment} environment")
        return _view(unit, record, self._in_settings())


def refuse_with_orders(unit: UnitOfWork, account_id: int, at_work: bool) -> None:
    """The journal is the only word of an order whose end is not known: it does not go with its account.

    `at_work`: there is a key, so a run that has begun goes on sending.

    Raises:
        RunRefusedError: it must end, or be reviewed, first.
    """
    run = unit.runs.blocking(account_id)
    if run is None:
        return
    if at_work and run.state != "needs_review":
        raise RunRefusedError("run-active", f"Run {run.id} is under way: stop it, or wait until it has ended")
    if run.state == "needs_review":
        words = f"Run {run.id} needs review: look at its orders on the exchange, then end it"
        raise RunRefusedError("needs-review", words)
    if any(attempt.state in PENDING for attempt in unit.runs.attempts(run.id)):
        words = f"Run {run.id} has an order whose end is not known: put the key back, so that it can be looked for"
        raise RunRefusedError("run-active", words)


def _view(unit: UnitOfWork, record: AccountRecord, in_settings: Collection[str]) -> AccountView:
    account = record.account
    keys, sync = unit.account_keys.of(account.id), unit.accounts.sync_state(account.id)
    key: KeyState = "none" if account.keyless else "settings" if record.reference in in_settings else "gone"
    if any(one.kind == READ for one in keys):
        key = "lost" if sync.error_code == KEY_LOST else "stored"
    first_ms, last_ms = unit.ledger.ends(account.id)
    last = unit.accounts.last_reading(account.id) if account.keyless else None
    told = [at_ms for at_ms in (last_ms, None if last is None else last.at_ms) if at_ms is not None]
    return AccountView(
        account=account,
        key=key,
        keys=keys,
        rights=sync.permissions,
        created_ms=record.created_ms,
        first_event_ms=first_ms,
        last_event_ms=last_ms,
        last_statement_ms=max(told, default=None) if account.keyless else None,
        events=unit.ledger.count(account.id),
    )


def _last_reading(unit: UnitOfWork, account_id: int) -> LastReading | None:
    """What the key read last; None where it read nothing."""
    valuation = unit.balances.latest(account_id)
    if valuation is None:
        return None
    parts: dict[str, list[Decimal]] = {}
    for line in valuation.lines:
        # What is outside the exchange is known from the ledger, and added to any reading.
        if line.balance.wallet != Wallet.OUTSIDE:
            parts.setdefault(line.balance.asset, []).append(line.balance.total)
    sums = {asset: total(amounts) for asset, amounts in parts.items()}
    return LastReading(valuation.at_ms, {asset: amount for asset, amount in sums.items() if amount != ZERO})


def forget_keys(unit: UnitOfWork, account_id: int) -> None:
    """Forget every key of an account, and let it trade no more."""
    unit.account_keys.drop(account_id)
    unit.arming.set(account_id, None)
    unit.events.emit("sync", account_id, {"code": KEY_GONE})


def announce(unit: UnitOfWork) -> None:
    """Open pages read the accounts, and every sum over them, anew."""
    unit.events.emit("balances", None)
