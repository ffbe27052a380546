"""What a route is, and what a handler gets to see."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.limits import SPOT_IP, Budget, Limits
from backend.exchange.simulator.messages import Answer
from backend.exchange.simulator.rest.params import Params


class Access(Enum):
    """Who may call: everybody, any holder of a key, or one whose key has a permission (then the call is signed)."""

    PUBLIC = "public"
    KEY = "key"
    READ = "enableReading"
    TRADE = "enableSpotAndMarginTrading"
    FUTURES = "enableFutures"
    TRANSFER = "permitsUniversalTransfer"
    BETWEEN_ACCOUNTS = "enableInternalTransfer"


@dataclass(frozen=True)
class Call:
    """A checked request: parameters, the exchange's instant of receipt, and the account behind the key."""

    exchange: Exchange
    params: Params
    now: int
    read_lag_s: float
    limits: Limits
    signed_by: Account | None = None

    @property
    def account(self) -> Account:
        assert self.signed_by is not None  # the gate admits signed routes only with an account
        return self.signed_by


Handler = Callable[[Call], Any | Answer]


@dataclass(frozen=True)
class Route:
    """`known` are the parameters a spot path reads; None: the path ignores what it does not know."""

    method: str
    path: str
    handler: Handler
    weight: Callable[[Params], int]
    budget: Budget = SPOT_IP
    access: Access = Access.PUBLIC
    known: frozenset[str] | None = None
    free_when_done: bool = False


def fixed_weight(weight: int) -> Callable[[Params], int]:
    return lambda _: weight
