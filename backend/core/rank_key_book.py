"""RankKeyBook: the user's key of CoinMarketCap. The one entered on the page wins over the one of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.core.errors import BadInputError, NotAllowedError, SealBroken
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.keys import ending_of
from backend.core.model.rank_keys import (
    COINMARKETCAP,
    LONGEST_KEY,
    PURPOSE,
    SHORTEST_KEY,
    RankKey,
    RankTold,
    StoredRankKey,
)

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork
    from backend.core.secret_ports import Sealer

DEMO: Final = "demo"
# What stands beside the key: in the demo none can be set, without a vault none can be kept; key_lost: the one that is
# kept does not open with the master key that is here, and must be entered again.
Blocked = Literal["demo", "no_vault", "key_lost"]
SUBJECT: Final = "CoinMarketCap"


@dataclass(frozen=True, slots=True)
class RankKeyView:
    """The key as it may be shown. `source`: who ranks coins; None: nobody can be asked."""

    source: Literal["demo", "coinmarketcap"] | None
    set_by: Literal["page", "settings"] | None = None
    ending: str | None = None
    added_ms: int | None = None
    told: RankTold | None = None
    blocked: Blocked | None = None


class RankKeyBook:
    """Over a store and a vault; an installation has one key, whatever its environment."""

    def __init__(
        self, store: Store, environment: str, sealer: Sealer | None, given: str, now_ms: Callable[[], int]
    ) -> None:
        """
        Args:
            sealer: None: there is no vault, and no key can be kept.
            given: the key of the settings; empty: there is none.
            now_ms: this machine's clock.
        """
        self._store = store
        self._environment = environment
        self._sealer = sealer
        self._given = given
        self._now_ms = now_ms

    def view(self) -> RankKeyView:
        """What there is to be shown."""
        with self._store.read() as unit:
            return self._view(unit)

    def set(self, key: str) -> RankKeyView:
        """Keep a key, sealed, in the place of the one there is; it is used from now on.

        Raises:
            BadInputError: this is no key (field `key`).
            NotAllowedError: none can be kept here.
        """
        sealer = self._usable()
        _refuse_shape(key)
        with self._store.write() as unit:
            unit.rank_keys.put(COINMARKETCAP, StoredRankKey(sealer.seal(key, PURPOSE), ending_of(key), self._now_ms()))
            unit.audit.record("rank_key.set", subject=SUBJECT, details={"ending": ending_of(key)})
            _announce(unit)
            return self._view(unit)

    def drop(self) -> RankKeyView:
        """Forget the key that was entered; the one of the settings, where there is one, counts again.

        Raises:
            NotAllowedError: in the demo there is none.
        """
        self._refuse_demo()
        with self._store.write() as unit:
            stored = unit.rank_keys.find(COINMARKETCAP)
            if stored is not None and stored.sealed is not None:
                unit.rank_keys.drop(COINMARKETCAP)
                unit.audit.record("rank_key.remove", subject=SUBJECT, details={"ending": stored.ending})
                _announce(unit)
            return self._view(unit)

    def has_ranks(self, unit: UnitOfWork) -> bool:
        """Whether ranks can be asked for: by the demo's own, or with a key."""
        return self._environment == DEMO or self._opened(unit.rank_keys.find(COINMARKETCAP)) is not None

    def present(self) -> RankKey | None:
        """The key that counts now; None: there is none, or it does not open."""
        with self._store.read() as unit:
            return self._opened(unit.rank_keys.find(COINMARKETCAP))

    def to_ask(self) -> RankKey | None:
        """The key whose use was not told for a day, or that was refused an hour ago; None: there is none such."""
        with self._store.read() as unit:
            stored = unit.rank_keys.find(COINMARKETCAP)
        told = None if stored is None else self._told(stored)
        if told is not None and 0 <= self._now_ms() - told.at_ms < (HOUR_MS if told.refusal else DAY_MS):
            return None
        return self._opened(stored)

    def note(self, unit: UnitOfWork, key: RankKey, told: RankTold) -> None:
        """Write down what was told of a key, if it counts still."""
        if unit.rank_keys.note(COINMARKETCAP, key.sealed, key.ending, told):
            _announce(unit)

    def _view(self, unit: UnitOfWork) -> RankKeyView:
        if self._environment == DEMO:
            return RankKeyView("demo", blocked="demo")
        blocked: Blocked | None = "no_vault" if self._sealer is None else None
        stored = unit.rank_keys.find(COINMARKETCAP)
        key = self._opened(stored)
        if stored is not None and stored.sealed is not None:
            if key is None:
                return RankKeyView(None, "page", stored.ending, stored.added_ms, blocked=blocked or "key_lost")
            return RankKeyView(COINMARKETCAP, "page", stored.ending, stored.added_ms, stored.told)
        if key is None:
            return RankKeyView(None, blocked=blocked)
        told = None if stored is None else self._told(stored)
        return RankKeyView(COINMARKETCAP, "settings", key.ending, told=told, blocked=blocked)

    def _opened(self, stored: StoredRankKey | None) -> RankKey | None:
        """One that was entered and does not open gives no way to that of the settings: nobody chose that one."""
        if self._environment == DEMO:
            return None
        if stored is None or stored.sealed is None:
            return RankKey(self._given, None) if self._given else None
        if self._sealer is None:
            return None
        try:
            return RankKey(self._sealer.unseal(stored.sealed, PURPOSE), stored.sealed)
        except SealBroken:
            return None

    def _told(self, stored: StoredRankKey) -> RankTold | None:
        """What was told of the key that counts; not of another one that stood in the settings before."""
        return stored.told if stored.sealed is not None or stored.ending == ending_of(self._given) else None

    def _usable(self) -> Sealer:
        self._refuse_demo()
        if self._sealer is None:
            raise NotAllowedError("There is no vault to keep the key in")
        return self._sealer

    def _refuse_demo(self) -> None:
        if self._environment == DEMO:
            raise NotAllowedError("The demo ranks coins by itself and takes no key")


def _refuse_shape(key: str) -> None:
    """What no key looks like is kept nowhere, and not told."""
    if not key.isascii() or not key.isprintable() or " " in key:
        raise BadInputError("This is no key: it holds what no key has, such as a blank", "key")
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise BadInputError(f"A key has {SHORTEST_KEY} to {LONGEST_KEY} characters", "key")


def _announce(unit: UnitOfWork) -> None:
    """What is shown of rebalancing is read anew."""
    unit.events.emit("run", None, {"by": "rank-key"})
