"""The web side of keys: hands what it is given to the collector, sealed, and waits for what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from backend.core.model.accounts import KeyPermissions
from backend.core.model.keys import CHECK_KEYS, LET_KEY_GO, LOOK_AT_KEY, USE_KEY, KeyLook, KeyPair
from backend.services.key_looks import ON_THE_WAY

if TYPE_CHECKING:
    from backend.core.secret_ports import Sealer
    from backend.services.job_queue import JobQueue

# A removal is not held up for longer: what comes later finds no account.
LET_GO_S: Final = 10.0


class JobKeyDesk:
    """Asks the collector through the job queue; `timeout_s`: how long it has for an answer of the exchange."""

    def __init__(self, jobs: JobQueue, sealer: Sealer, timeout_s: float) -> None:
        self._jobs = jobs
        self._sealer = sealer
        self._timeout_s = timeout_s

    def look(self, pair: KeyPair) -> KeyLook:
        """What the exchange says of a key that is not stored yet."""
        sealed = self._sealer.seal(pair.written(), ON_THE_WAY)
        job = self._jobs.submit(LOOK_AT_KEY, None, {"sealed": sealed})
        return _look(self._jobs.wait(job, self._timeout_s).result["look"])

    def check(self, account_id: int) -> None:
        """Have what it says of the keys of an account noted with them."""
        self._jobs.wait(self._jobs.submit(CHECK_KEYS, account_id, {}), self._timeout_s)

    def changed(self, account_id: int) -> None:
        """Have the account read with the key that it has now; nobody waits for it."""
        self._jobs.submit(USE_KEY, account_id, {})

    def let_go(self, account_id: int) -> None:
        """Wait, for a while, until nobody works with the key that it had."""
        self._jobs.try_wait(self._jobs.submit(LET_KEY_GO, account_id, {}), LET_GO_S)


def _look(told: Mapping[str, Any]) -> KeyLook:
    rights = told["rights"]
    return KeyLook(None if rights is None else KeyPermissions(**rights), told["type"], told["owner"])
