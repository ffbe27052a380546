"""What happens on the exchange, as frozen records: the lines of the ledger file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

WALLETS: Final = ("spot", "funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")
SPOT: Final = "spot"
EARN_FLEXIBLE: Final = "earn_flexible"
MARGIN_BORROWED: Final = "margin_borrowed"  # debts, counted as positive balances of wallets of their own
MARGIN_INTEREST: Final = "margin_interest"
ISOLATED_BORROWED: Final = "isolated_borrowed"
ISOLATED_INTEREST: Final = "isolated_interest"
OPEN_STATUSES: Final = ("NEW", "PARTIALLY_FILLED")
CREDITED_DEPOSITS: Final = (1, 6)
RETURNED_WITHDRAWALS: Final = (1, 3, 5)


class LedgerFormatError(ValueError):
    """A line of the ledger is not a record of this program."""


@dataclass(frozen=True)
class Genesis:
    """The first record: what the seeded prices follow. `anchor_ms` is midnight UTC of the first start."""

    seed: int
    scenario: str
    anchor_ms: int


@dataclass(frozen=True)
class ClockSet:
    machine_ms: int
    exchange_ms: int
    speed: Decimal


@dataclass(frozen=True)
class Pinned:
    """`price` is a number, "free" or "gone"."""

    at: int
    symbol: str
    price: str


@dataclass(frozen=True)
class StatusSet:
    at: int
    symbol: str
    status: str


@dataclass(frozen=True)
class AccountOpened:
    name: str
    api_key: str
    api_secret: str
    key_type: str
    uid: int
    created_at: int
    permissions: dict[str, bool]
    email: str = ""
    master: str = ""  # the api_key of the account that this one is a sub-account of
    trusted_ips: str = ""  # joined by commas; counts when the permission `ipRestrict` is set, empty: every address


@dataclass(frozen=True)
class RightsSet:
    """What a key may do from now on; a revoked one is unknown to the exchange."""

    at: int
    api_key: str
    permissions: dict[str, bool]
    trusted_ips: str
    revoked: bool


@dataclass(frozen=True)
class Renamed:
    """From now on the coin `old` is `new`, one for one; its symbols follow."""

    at: int
    old: str
    new: str


@dataclass(frozen=True)
class MaintenanceSet:
    at: int
    on: bool


@dataclass(frozen=True)
class Deposit:
    account: str
    id: str
    at: int
    wallet: str
    asset: str
    amount: Decimal
    network: str
    status: int
    address: str
    tx_id: str
    seen_at: int = 0  # when it was listed, where that was before it was credited

    @property
    def listed_at(self) -> int:
        return self.seen_at or self.at


@dataclass(frozen=True)
class Withdrawal:
    """`amount` is without `fee`; what left the account is the sum."""

    account: str
    id: str
    at: int
    asset: str
    amount: Decimal
    fee: Decimal
    network: str
    status: int
    address: str
    tx_id: str


@dataclass(frozen=True)
class Reward:
    account: str
    id: str
    at: int
    asset: str
    amount: Decimal
    kind: str
    wallet: str = SPOT


@dataclass(frozen=True)
class Transfer:
    account: str
    id: str
    at: int
    source: str
    target: str
    asset: str
    amount: Decimal


@dataclass(frozen=True)
class Leg:
    """One balance that a movement changes; `kind` is the ledger's word when it differs from the movement's."""

    wallet: str
    asset: str
    amount: Decimal
    kind: str = ""


@dataclass(frozen=True)
class Movement:
    """Anything else that changes balances: converts, dust, fiat, margin loans, sub-account moves, futures income.

    `details` holds what the histories show beside the legs, as text.
    """

    account: str
    id: str
    at: int
    kind: str
    legs: tuple[Leg, ...]
    details: dict[str, str]


@dataclass(frozen=True)
class Settled:
    """A deposit, a withdrawal or a bank's order, known by its `id`, has another status from now on.

    `legs`: what that changes now.
    """

    account: str
    id: str
    at: int
    status: str
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Fill:
    trade_id: int
    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    commission: Decimal
    commission_asset: str
    at: int = 0  # 0: the instant of the order itself
    maker: bool = False


@dataclass(frozen=True)
class Order:
    """An order as it was taken. `received_at` is the exchange's instant at which the request arrived.

    `price` is the limit, zero for market orders; `updated_at` 0 means never since `at`.
    """

    account: str
    order_id: int
    client_order_id: str
    symbol: str
    base: str
    quote: str
    side: str
    at: int
    received_at: int
    quantity: Decimal
    quote_order_quantity: Decimal
    executed: Decimal
    cumulative_quote: Decimal
    status: str
    fills: tuple[Fill, ...]
    type: str = "MARKET"
    price: Decimal = Decimal(0)
    time_in_force: str = "GTC"
    expiry_reason: str = ""
    updated_at: int = 0

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def locked(self) -> tuple[str, Decimal]:
        """What the rest of an open order keeps from being used: asset and amount."""
        rest = self.quantity - self.executed
        return (self.quote, rest * self.price) if self.side == "BUY" else (self.base, rest)


@dataclass(frozen=True)
class OrderUpdate:
    """What became of a resting order: filled in part or whole, cancelled, or expired. `fills` are the new ones."""

    account: str
    order_id: int
    symbol: str
    base: str
    quote: str
    side: str
    at: int
    status: str
    fills: tuple[Fill, ...]
    cancel_id: str = ""


@dataclass(frozen=True)
class DepthSet:
    """How much of the base coin an order finds: offers, one fill each, with commas; or "free".

    An offer is a quantity at the price, or `quantity@percent` by which its price is worse.
    """

    at: int
    symbol: str
    quantity: str


@dataclass(frozen=True)
class FiltersSet:
    """The filters of a symbol from now on, as JSON text: the list that exchangeInfo shows."""

    at: int
    symbol: str
    filters: str


@dataclass(frozen=True)
class Change:
    """One change of one balance."""

    wallet: str
    asset: str
    amount: Decimal
    kind: str
    ref: str


AccountRecord = Deposit | Withdrawal | Reward | Transfer | Order | OrderUpdate | Movement | Settled
Record = (
    Genesis
    | ClockSet
    | Pinned
    | StatusSet
    | DepthSet
    | FiltersSet
    | RightsSet
    | Renamed
    | MaintenanceSet
    | AccountOpened
    | AccountRecord
)
_KINDS: Final[dict[str, type[Any]]] = {kind.__name__: kind for kind in get_args(Record)}


def changes_of(record: AccountRecord) -> Iterator[Change]:
    """The balance changes that a record stands for: derived, never stored beside it."""
    match record:
        case Deposit():
            if record.status in CREDITED_DEPOSITS:
                yield Change(record.wallet, record.asset, record.amount, "deposit", record.id)
        case Withdrawal():
            if record.status not in RETURNED_WITHDRAWALS:
                yield Change(SPOT, record.asset, -record.amount, "withdrawal", record.id)
                if record.fee:
                    yield Change(SPOT, record.asset, -record.fee, "withdrawal_fee", record.id)
        case Reward():
            yield Change(record.wallet, record.asset, record.amount, "reward", record.id)
        case Transfer():
            yield Change(record.source, record.asset, -record.amount, "transfer", record.id)
            yield Change(record.target, record.asset, record.amount, "transfer", record.id)
        case Movement():
            for leg in record.legs:
                yield Change(leg.wallet, leg.asset, leg.amount, leg.kind or record.kind, record.id)
        case Settled():
            for leg in record.legs:
                yield Change(leg.wallet, leg.asset, leg.amount, leg.kind, record.id)
        case Order() | OrderUpdate():
            sign = 1 if record.side == "BUY" else -1
            for fill in record.fills:
                ref = str(fill.trade_id)
                yield Change(SPOT, record.base, sign * fill.quantity, "trade", ref)
                yield Change(SPOT, record.quote, -sign * fill.quote_quantity, "trade", ref)
                if fill.commission:
                    yield Change(SPOT, fill.commission_asset, -fill.commission, "commission", ref)


def encode(record: Record) -> dict[str, Any]:
    """The record as JSON values; decimals as text."""
    return {"record": type(record).__name__} | {one.name: _plain(getattr(record, one.name)) for one in fields(record)}


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [{one.name: _plain(getattr(part, one.name)) for one in fields(part)} for part in value]
    return value


def decode(data: dict[str, Any]) -> Record:
    """Read a record back. Raises LedgerFormatError when it is none of ours."""
    try:
        return _built(_KINDS[data["record"]], data)  # type: ignore[no-any-return]  # the kinds are exactly the members of Record
    except (KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise LedgerFormatError(f"unreadable record {json.dumps(data)[:80]}") from error


def _built(kind: type[Any], data: dict[str, Any]) -> Any:
    """Build the record; a field that older ledgers lack takes its default, and without one the record is refused."""
    return kind(**{name: _typed(hint, data[name]) for name, hint in _hints(kind.__name__).items() if name in data})


@cache
def _hints(kind_name: str) -> dict[str, Any]:
    return get_type_hints(globals()[kind_name])


def _typed(hint: Any, value: Any) -> Any:
    if hint is Decimal:
        return Decimal(value)
    if get_origin(hint) is tuple:
        return tuple(_built(get_args(hint)[0], part) for part in value)
    return value
