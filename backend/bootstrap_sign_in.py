"""The part of the composition root that says who may use the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from backend.core.sign_in.auth import Auth
from backend.core.sign_in.passwords import Passwords
from backend.core.sign_in.second_factor import SecondFactor
from backend.services.one_time_codes import TotpCodes
from backend.services.password_hashes import Argon2Passwords

if TYPE_CHECKING:
    from backend.config import Settings
    from backend.core.heavy_work import Run
    from backend.core.secret_ports import Sealer
    from backend.core.sign_in.ports import PasswordHashes
    from backend.core.sign_in.sessions import Sessions
    from backend.db.unit_of_work import SqlStore

# In the data folder: where web processes take turns at hashing passwords.
HASHING: Final = "hashing"


def slow_hashes(settings: Settings, run: Run) -> PasswordHashes:
    """Those of Argon2, in turns with the other web processes of the installation. `run`: where they are computed."""
    return Argon2Passwords(folder=settings.data_dir / HASHING, run=run)


def auth(
    settings: Settings,
    store: SqlStore,
    sealer: Sealer,
    hashes: PasswordHashes,
    sessions: Sessions,
    now_ms: Callable[[], int],
) -> Auth:
    """Sessions, passwords and second factors."""
    factor = SecondFactor(store, TotpCodes(), sealer, now_ms)
    return Auth(
        sessions=sessions,
        passwords=Passwords(store, hashes, factor, now_ms, settings.set_up_code),
        second_factor=factor,
        local=settings.loopback,
    )
