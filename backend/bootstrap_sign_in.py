"""The part of the composition root that says who may use the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from backend.config import Settings
from backend.core.secret_ports import Sealer
from backend.core.sign_in.auth import Auth
from backend.core.sign_in.passwords import Passwords
from backend.core.sign_in.ports import PasswordHashes
from backend.core.sign_in.second_factor import SecondFactor
from backend.core.sign_in.sessions import Sessions
from backend.db.unit_of_work import SqlStore
from backend.services.one_time_codes import TotpCodes
from backend.services.password_hashes import Argon2Passwords

# In the data folder: where web processes take turns at hashing passwords.
HASHING: Final = "hashing"


def auth(
    settings: Settings, store: SqlStore, sealer: Sealer, hashes: PasswordHashes | None, now_ms: Callable[[], int]
) -> Auth:
    """Sessions, passwords and second factors; without `hashes` those of Argon2."""
    factor = SecondFactor(store, TotpCodes(), sealer, now_ms)
    hashed = hashes or Argon2Passwords(folder=settings.data_dir / HASHING)
    return Auth(
        sessions=Sessions(store, settings.sign_in, now_ms),
        passwords=Passwords(store, hashed, factor, now_ms, settings.set_up_code),
        second_factor=factor,
        local=settings.loopback,
    )
