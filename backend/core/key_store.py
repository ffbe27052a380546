"""Stored keys: put away sealed, opened for whoever signs, and taken over from the settings once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.errors import CredentialsRefusedError, KeyLostError, SealBroken
from backend.core.model.keys import READ, TRADE, GivenKey, KeyKind, KeyLook, KeyPair, StoredKey, purpose_of, read_pair

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork
    from backend.core.secret_ports import Sealer

LOST_WORDS: Final = "Its key cannot be opened with the master key that is here: it must be entered again"
# The digests of keys of the settings that were taken over: one that is removed here must not come back from there.
TAKEN: Final = "keys.taken_over"


class KeyStore:
    """The keys of one environment. `now_ms`: this machine's clock."""

    def __init__(self, store: Store, sealer: Sealer, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._sealer = sealer
        self._environment = environment
        self._now_ms = now_ms

    def put(self, unit: UnitOfWork, account_id: int, kind: KeyKind, pair: KeyPair, look: KeyLook | None) -> None:
        """Seal a key beside its account; a read key reads it from now on. `look`: what was found of it."""
        known = look or KeyLook(None)
        now = self._now_ms()
        unit.account_keys.put(
            StoredKey(
                account_id=account_id,
                kind=kind,
                reference=pair.reference,
                ending=pair.ending,
                type=known.type or pair.type,
                sealed=self._sealer.seal(pair.written(), purpose_of(account_id, kind)),
                added_ms=now,
                checked_ms=None if look is None else now,
                rights=known.rights if kind == TRADE else None,
                owner=known.owner,
            )
        )
        if kind == READ:
            unit.accounts.attach(account_id, pair.reference)
            if look is not None:
                unit.accounts.update_sync(account_id, permissions=known.rights)

    def listed(self) -> Sequence[tuple[str, str, int]]:
        """Name, reference and instant of entry of every account with a read key; none is opened."""
        with self._store.read() as unit:
            names = {one.id: one.name for one in unit.accounts.in_environment(self._environment)}
            found = unit.account_keys.in_environment(self._environment)
        return [(names[one.account_id], one.reference, one.added_ms) for one in found if one.kind == READ]

    def read_key(self, reference: str) -> KeyPair:
        """The key that reads the account of a reference.

        Raises:
            CredentialsRefusedError: it has none, or (KeyLostError) it cannot be opened.
        """
        return self.opened(self._stored(reference))

    def trade_key(self, reference: str) -> KeyPair:
        """The key that sends orders for the account of a reference: its trade key, else its read key.

        Raises:
            CredentialsRefusedError: as `read_key`.
        """
        stored = self._stored(reference)
        with self._store.read() as unit:
            return self.opened(unit.account_keys.find(stored.account_id, TRADE) or stored)

    def opened(self, stored: StoredKey) -> KeyPair:
        """What a stored key signs with.

        Raises:
            KeyLostError: it cannot be opened.
        """
        try:
            return read_pair(self._sealer.unseal(stored.sealed, stored.purpose))
        except SealBroken:
            raise KeyLostError(LOST_WORDS) from None

    def waiting(self, given: Sequence[GivenKey]) -> Sequence[GivenKey]:
        """The keys of the settings that were not taken over yet."""
        with self._store.read() as unit:
            taken = self._taken(unit)
        return [one for one in given if one.pair.reference not in taken]

    def take_over(self, given: Sequence[GivenKey], epoch: int | None = None) -> Sequence[str]:
        """Store the keys of the settings, once each; returns the names of their accounts.

        Raises:
            LeaseLostError: another collector works now.
        """
        if not self.waiting(given):
            return ()
        names: list[str] = []
        with self._store.write(epoch) as unit:
            taken = self._taken(unit)
            for one in given:
                reference = one.pair.reference
                if reference in taken:
                    continue
                taken.append(reference)
                if unit.account_keys.by_reference(reference, self._environment) is None:
                    account = unit.accounts.ensure(self._environment, self._free_name(unit, one), reference)
                    self.put(unit, account.id, READ, one.pair, None)
                    unit.audit.record("key.take_over", account_id=account.id, subject=account.name)
                    names.append(one.name)
            unit.settings.set(self._marker, json.dumps(taken))
            unit.events.emit("sync", None)
        return names

    def _free_name(self, unit: UnitOfWork, given: GivenKey) -> str:
        """The name beside a key, with a number where another account has it: nobody could tell the two apart."""
        known = (given.pair.reference, f":{given.pair.reference}")
        others = unit.accounts.records(self._environment)
        taken = {one.account.name.casefold() for one in others if not one.reference.endswith(known)}
        names = (given.name, *(f"{given.name} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    @property
    def _marker(self) -> str:
        return f"{TAKEN}.{self._environment}"

    def _taken(self, unit: UnitOfWork) -> list[str]:
        found: list[str] = json.loads(unit.settings.get(self._marker) or "[]")
        return found

    def _stored(self, reference: str) -> StoredKey:
        with self._store.read() as unit:
            found = unit.account_keys.by_reference(reference, self._environment)
        if found is None:
            raise CredentialsRefusedError("This account has no key that can be used")
        return found
