"""KeyBook: keys given to accounts, looked at and taken away. None is kept before the exchange was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.accounts_book import AccountsBook, AccountView, announce, forget_keys, refuse_with_orders
from backend.core.errors import BadInputError, CredentialsRefusedError, DomainError, NotFoundError
from backend.core.key_verdict import Judged, judge
from backend.core.model.accounts import KEY_GONE, KEY_IS_GONE
from backend.core.model.keys import LONGEST_KEY, LONGEST_SECRET, READ, TRADE, KeyKind, KeyLook, KeyPair

if TYPE_CHECKING:
    from backend.core.key_ports import KeyDesk
    from backend.core.key_store import KeyStore
    from backend.core.ports import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """An account after its keys were looked at. `code`, `detail`: why the exchange refused one; None: it answered."""

    view: AccountView
    code: str | None = None
    detail: str = ""


class KeyBook:
    """The keys of one environment. `tells_rights`: the exchange says what a key may do."""

    def __init__(
        self,
        store: Store,
        keys: KeyStore,
        accounts: AccountsBook,
        desk: KeyDesk,
        environment: str,
        tells_rights: bool,
    ) -> None:
        self._store = store
        self._keys = keys
        self._accounts = accounts
        self._desk = desk
        self._environment = environment
        self._tells_rights = tells_rights

    def judged(self, view: AccountView, kind: KeyKind) -> Judged:
        """What is to be thought of a key of an account."""
        told = [view.rights] if kind == READ else [one.rights for one in view.keys if one.kind == kind]
        return judge(told[0] if told else None, kind, self._tells_rights)

    def add(self, name: str, environment: str | None, pair: KeyPair) -> AccountView:
        """Make an account that a key reads.

        Raises:
            BadInputError: the name or the key cannot be, or the exchange refuses the key, or it may do too much.
            ExchangeError: the exchange cannot be asked now; nothing was kept.
        """
        self._accounts.refuse_environment(environment)
        _refuse_shape(pair)
        with self._store.read() as unit:
            self._accounts.free_name(unit, name)
            self._refuse_known(unit, pair, None)
        look = self._looked_at(pair, READ)
        with self._store.write() as unit:
            free = self._accounts.free_name(unit, name)
            self._refuse_known(unit, pair, None)
            self._refuse_owner(unit, look, None)
            account = unit.accounts.create(self._environment, free)
            self._keys.put(unit, account.id, READ, pair, look)
            unit.audit.record("account.add", account_id=account.id, subject=account.name)
            unit.audit.record("key.set", account_id=account.id, subject=account.name, details=_told(READ, pair))
            announce(unit)
        self._desk.changed(account.id)
        return self._view(account.id)

    def give(self, account_id: int, kind: KeyKind, pair: KeyPair) -> AccountView:
        """Give an account a key, or another one; it trades no more until it is armed again.

        Raises:
            NotFoundError: there is no such account.
            BadInputError: as `add`; or the key belongs to another account of the exchange.
            RunRefusedError: orders are under way.
            ExchangeError: the exchange cannot be asked now; nothing was kept.
        """
        _refuse_shape(pair)
        with self._store.read() as unit:
            self._refuse_change(unit, account_id, kind)
            self._refuse_known(unit, pair, account_id)
        look = self._looked_at(pair, kind)
        with self._store.write() as unit:
            view = self._refuse_change(unit, account_id, kind)
            self._refuse_known(unit, pair, account_id)
            self._refuse_owner(unit, look, account_id)
            self._keys.put(unit, account_id, kind, pair, look)
            unit.audit.record("key.set", account_id=account_id, subject=view.account.name, details=_told(kind, pair))
            unit.arming.set(account_id, None)
            if kind == READ:
                changes = {"failures": 0, "error": None, "error_code": None}
                # What the key tells is to be read first, where only statements were known.
                more = {"import_complete": False} if view.account.keyless else {}
                unit.accounts.update_sync(account_id, **changes, **more)
            unit.events.emit("sync", account_id)
            unit.events.emit("run", account_id, {"armed": False})
            announce(unit)
        self._desk.changed(account_id)
        return self._view(account_id)

    def take(self, account_id: int, kind: KeyKind) -> AccountView:
        """Forget a key of an account; with its read key goes its trade key.

        Raises:
            NotFoundError: there is no such account, or no such key.
            RunRefusedError: orders are under way.
        """
        with self._store.write() as unit:
            view = self._refuse_change(unit, account_id, kind)
            if all(one.kind != kind for one in view.keys):
                raise NotFoundError(f"{view.account.name} has no {kind} key")
            if kind == READ:
                forget_keys(unit, account_id)
            else:
                unit.account_keys.drop(account_id, TRADE)
                unit.arming.set(account_id, None)
            unit.audit.record("key.remove", account_id=account_id, subject=view.account.name, details={"kind": kind})
            unit.events.emit("run", account_id, {"armed": False})
            announce(unit)
        self.part(account_id)
        return self._view(account_id)

    def part(self, account_id: int) -> None:
        """Wait until nobody works with a key that was forgotten, and say with its account that it is gone."""
        self._desk.let_go(account_id)
        with self._store.write() as unit:
            # Behind a refresh that was under way, which ends with no error.
            if not unit.account_keys.of(account_id):
                unit.accounts.update_sync(account_id, error=KEY_IS_GONE, error_code=KEY_GONE)

    def check(self, account_id: int) -> KeyCheck:
        """Ask the exchange what the keys of an account may do.

        Raises:
            NotFoundError: there is no such account.
            BadInputError: it has no key here.
            ExchangeError: the exchange cannot be asked now.
        """
        view = self._view(account_id)
        if not view.keys:
            raise BadInputError(f"{view.account.name} has no key that is kept here", "account_id")
        try:
            self._desk.check(account_id)
        except CredentialsRefusedError as error:
            return KeyCheck(self._view(account_id), error.code, str(error))
        return KeyCheck(self._view(account_id))

    def _view(self, account_id: int) -> AccountView:
        with self._store.read() as unit:
            return self._accounts.found(unit, account_id)

    def _looked_at(self, pair: KeyPair, kind: KeyKind) -> KeyLook:
        """What the exchange says of a key that may be kept."""
        try:
            look = self._desk.look(pair)
        except CredentialsRefusedError as error:
            raise BadInputError(str(error), "api_key") from None
        judged = judge(look.rights, kind, self._tells_rights)
        if judged.verdict in ("refused", "unknown"):
            raise BadInputError(f"This key is not taken: {judged.words}", "api_key")
        return look

    def _refuse_change(self, unit: UnitOfWork, account_id: int, kind: KeyKind) -> AccountView:
        view = self._accounts.found(unit, account_id)
        if view.key == "settings":
            raise DomainError(f"The key of {view.account.name} is not kept here: it is the demo's, or of the settings")
        if kind == TRADE and all(one.kind != READ for one in view.keys):
            raise BadInputError(f"{view.account.name} needs a key that reads it first", "kind")
        refuse_with_orders(unit, account_id, at_work=bool(view.keys))
        return view

    def _refuse_known(self, unit: UnitOfWork, pair: KeyPair, account_id: int | None) -> None:
        """One key read by two accounts would count its money twice."""
        if self._environment == "demo":
            raise DomainError("The demo takes no key: start with WITHOUT_KEY=true in .env, and enter it then")
        reference = pair.reference
        for record in unit.accounts.records(self._environment):
            # An account that gave its key up knows it still.
            mine = record.reference == reference or record.reference.endswith(f":{reference}")
            if mine and record.account.id != account_id:
                raise BadInputError(f"This is the key of {record.account.name}: enter it there", "api_key")
        stored = unit.account_keys.by_reference(reference, self._environment)
        if stored is not None and stored.account_id != account_id:
            raise BadInputError("This key is used by another account", "api_key")

    def _refuse_owner(self, unit: UnitOfWork, look: KeyLook, account_id: int | None) -> None:
        """An account of the exchange is one account here, whatever key reads it."""
        if look.owner is None:
            return
        stored = [one for one in unit.account_keys.in_environment(self._environment) if one.owner is not None]
        if any(one.account_id == account_id and one.owner != look.owner for one in stored):
            raise BadInputError("This key is of another account of the exchange: add it as an account", "api_key")
        if any(one.account_id != account_id and one.owner == look.owner for one in stored):
            raise BadInputError("Another account here reads the same account of the exchange already", "api_key")


def _told(kind: KeyKind, pair: KeyPair) -> dict[str, object]:
    return {"kind": kind, "ending": pair.ending}


def _refuse_shape(pair: KeyPair) -> None:
    """What no key looks like is not sent anywhere, and not told."""
    if not pair.key or not pair.key.isascii() or not pair.key.isprintable() or " " in pair.key:
        raise BadInputError("This is no API key: it is empty, or holds what no key has", "api_key")
    if len(pair.key) > LONGEST_KEY:
        raise BadInputError(f"An API key has no more than {LONGEST_KEY} letters", "api_key")
    if not pair.secret or not pair.secret.isascii() or len(pair.secret) > LONGEST_SECRET:
        raise BadInputError(f"A secret has 1 to {LONGEST_SECRET} plain letters", "api_secret")
