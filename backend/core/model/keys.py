"""Keys of accounts: what signs, what is stored of it, and how a stored one is told apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from backend.core.redaction import remember

if TYPE_CHECKING:
    from backend.core.model.accounts import KeyPermissions

# What a key is for. Without a trade key the read key sends the orders, where it may.
KeyKind = Literal["read", "trade"]
READ: Final[KeyKind] = "read"
TRADE: Final[KeyKind] = "trade"
# The error of an account whose key is there and cannot be opened.
KEY_LOST: Final = "key-lost"
# Jobs of the collector, which alone asks the exchange with a key.
LOOK_AT_KEY: Final = "look_at_key"
CHECK_KEYS: Final = "check_keys"
LET_KEY_GO: Final = "let_key_go"
# A refresh with the key that there is now; a user who asks for one meanwhile is not told to wait.
USE_KEY: Final = "use_key"
# A job that was asked with no account: its turn is behind others like it.
NO_ACCOUNT: Final = 0
# As long as the longest private key in PEM that anybody has, and no longer.
LONGEST_KEY: Final = 256
LONGEST_SECRET: Final = 8192
SHOWN: Final = 4


def reference_of(key: str) -> str:
    """Tells keys apart without telling them."""
    return sha256(key.encode()).hexdigest()[:24]


def ending_of(key: str) -> str:
    """What may be shown of a key; nothing of one so short that it would be most of it."""
    return key[-SHOWN:] if len(key) > 2 * SHOWN else ""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What signs. `type`: hmac, rsa or ed25519; found out from the secret where empty."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    type: str = ""

    @property
    def reference(self) -> str:
        return reference_of(self.key)

    @property
    def ending(self) -> str:
        """What may be shown of it."""
        return ending_of(self.key)

    def written(self) -> str:
        """As it is sealed; from now on no log line has any of it."""
        remember(self.key, self.secret)
        return json.dumps([self.key, self.secret, self.type])


def read_pair(written: str) -> KeyPair:
    """The other way round; no log line has any of it."""
    pair = KeyPair(*json.loads(written))
    remember(pair.key, pair.secret)
    return pair


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it is kept. Instants are this machine's.

    `reference`: the digest of the key. `owner`: the exchange's own number of the account, where it told it. `ip_seen`:
    the address that the exchange saw us come from. `rights`: what it last said the key may do; of a read key that
    stands with the account's synchronisation.
    """

    account_id: int
    kind: KeyKind
    reference: str
    ending: str
    type: str
    sealed: str = field(repr=False)
    added_ms: int
    checked_ms: int | None = None
    rights: KeyPermissions | None = None
    owner: str | None = None
    ip_seen: str | None = None

    @property
    def purpose(self) -> str:
        return purpose_of(self.account_id, self.kind)


def purpose_of(account_id: int, kind: KeyKind) -> str:
    """What a key is sealed for: one that is put beside another account, or in another place, does not open."""
    return f"account-key:{account_id}:{kind}"


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key of the settings, under the name of its account."""

    name: str
    pair: KeyPair


@dataclass(frozen=True, slots=True)
class KeyLook:
    """What the exchange said of a key; `owner`: its own number of the account, where it tells it."""

    rights: KeyPermissions | None
    type: str = ""
    owner: str | None = None
