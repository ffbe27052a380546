"""The part of the composition root that keeps keys: vault, store, what of the settings goes into it, who has one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.key_store import KeyStore
from backend.core.model.keys import GivenKey, KeyPair
from backend.vault.key_file import NAME
from backend.vault.vault import Vault

if TYPE_CHECKING:
    from backend.config import Settings
    from backend.core.ports import Store
    from backend.core.secret_ports import Sealer

log = structlog.get_logger(__name__)

COLLECTOR_ENVIRONMENT: Final = "collector.environment"


class KeyParts:
    """Builds each part once, when it is first asked for. `now_ms`: this machine's clock."""

    def __init__(self, settings: Settings, store: Store, now_ms: Callable[[], int]) -> None:
        self._settings = settings
        self._rows = store
        self._now_ms = now_ms

    @cached_property
    def vault(self) -> Vault:
        """The master keys of the installation."""
        return Vault(self._settings.data_dir, NAME, self._settings.master_keys)

    @property
    def sealer(self) -> Sealer:
        """What seals secrets at rest."""
        return self.vault.ring

    @cached_property
    def store(self) -> KeyStore:
        """The keys of accounts, sealed."""
        return KeyStore(self._rows, self.sealer, self._settings.environment, self._now_ms)

    @cached_property
    def _given(self) -> Sequence[GivenKey]:
        pairs = [(one.name, KeyPair(one.api_key, one.api_secret, one.key_type)) for one in self._settings.accounts]
        return [GivenKey(name, pair) for name, pair in pairs]

    def any_stored(self) -> bool:
        """Whether accounts have keys here, whatever the settings hold; the schema must be the newest."""
        with self._rows.read() as unit:
            return bool(unit.account_keys.in_environment(self._settings.real_environment))

    def take_over(self, epoch: int) -> None:
        """Store the keys of the settings, once each.

        Raises:
            LeaseLostError: another collector works now.
        """
        for name in self.store.take_over(self._given, epoch):
            log.info("key of the settings sealed and stored: take it out of .env or the accounts file", account=name)

    def references(self, demo: str | None) -> Collection[str]:
        """Of the keys that stand in the settings alone, or are the demo's."""
        waiting = {one.pair.reference for one in self.store.waiting(self._given)}
        return waiting if demo is None else {*waiting, demo}

    def names(self) -> Collection[str]:
        """The names beside them."""
        if self._settings.environment == "demo":
            from backend.exchange.factory import DEMO_NAME

            return {DEMO_NAME}
        return {one.name for one in self.store.waiting(self._given)}

    def tell_environment(self) -> None:
        """Write down which environment the collector works in, for web processes that are given no keys."""
        told = self._settings.environment
        if self.collector_environment() != told:
            with self._rows.write() as unit:
                unit.settings.set(COLLECTOR_ENVIRONMENT, told)

    def collector_environment(self) -> str | None:
        """What a collector wrote last; None: none has run here by itself."""
        with self._rows.read() as unit:
            return unit.settings.get(COLLECTOR_ENVIRONMENT)
