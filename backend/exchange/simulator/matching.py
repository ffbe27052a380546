"""Orders: filters, quantity, fill price, fee. Pure: prices and balances are handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from typing import Final

from backend.exchange.simulator.symbols import Listed
from backend.exchange.simulator.wire import cut

FEE: Final = Decimal("0.001")
BNB_FEE: Final = Decimal("0.00075")
FEE_COIN: Final = "BNB"


class Refused(Exception):
    """The order cannot be taken; `code` and text are what the exchange answers."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True)
class Wanted:
    """A market order before matching: exactly one of the two quantities is given."""

    side: str
    quantity: Decimal | None
    quote_quantity: Decimal | None


@dataclass(frozen=True)
class Execution:
    """One fill at one price, and its fee; `asked` is what would have been filled in a deep book."""

    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    commission: Decimal
    commission_asset: str
    asked: Decimal


def executed_quantity(listed: Listed, wanted: Wanted, price: Decimal) -> Decimal:
    """The base quantity the order buys or sells at `price`.

    Raises:
        Refused: -1013 with the name of the filter that the order fails.
    """
    if wanted.quantity is not None:
        quantity = wanted.quantity
    else:
        assert wanted.quote_quantity is not None  # exactly one of the two is given
        steps = (wanted.quote_quantity / price / listed.step).to_integral_value(ROUND_DOWN)
        quantity = steps * listed.step
        largest = min((rule.largest for rule in (listed.lot, listed.market_lot) if rule.largest), default=quantity)
        quantity = min(quantity, largest)
    if not listed.lot.admits(quantity):
        raise Refused(-1013, "Filter failure: LOT_SIZE")
    if not listed.market_lot.admits(quantity):
        raise Refused(-1013, "Filter failure: MARKET_LOT_SIZE")
    for rule in listed.notionals:
        if not rule.admits(quantity * price):
            raise Refused(-1013, f"Filter failure: {rule.name}")
    return quantity


@dataclass(frozen=True)
class Purse:
    """What a trade needs to know of the account: what is free of an asset, and an amount of one counted in BNB."""

    free: Callable[[str], Decimal]
    in_fee_coin: Callable[[str, Decimal], Decimal | None]


def execute(listed: Listed, wanted: Wanted, price: Decimal, purse: Purse, depth: Decimal | None = None) -> Execution:
    """Fill the order at one price, whole unless the book's `depth` is less.

    Raises:
        Refused: a filter is broken, or -2010 when the balance does not suffice.
    """
    quantity = executed_quantity(listed, wanted, price)
    buying = wanted.side == "BUY"
    spent, spent_asset = (cut(quantity * price), listed.quote) if buying else (quantity, listed.base)
    if purse.free(spent_asset) < spent:
        raise insufficient()
    found = quantity if depth is None else min(quantity, depth)
    return replace(fill_at(listed, wanted.side, found, price, purse), asked=quantity)


def split(execution: Execution, offers: Sequence[Decimal]) -> list[Execution]:
    """One execution for each offer it takes, together exactly the whole; without offers it is one."""
    parts: list[Execution] = []
    left = execution
    for offer in offers:
        if offer >= left.quantity:
            break
        share = offer / execution.quantity
        part = replace(
            execution,
            quantity=offer,
            quote_quantity=cut(offer * execution.price),
            commission=cut(execution.commission * share),
        )
        parts.append(part)
        left = replace(
            left,
            quantity=left.quantity - part.quantity,
            quote_quantity=left.quote_quantity - part.quote_quantity,
            commission=left.commission - part.commission,
        )
    return [*parts, left] if left.quantity else parts


def insufficient() -> Refused:
    return Refused(-2010, "Account has insufficient balance for requested action.")


def fill_at(listed: Listed, side: str, quantity: Decimal, price: Decimal, purse: Purse) -> Execution:
    """One fill and its fee: 0.075 % in BNB when the account holds at least that much BNB after the trade itself, else
    0.1 % of what was received.
    """
    cost = cut(quantity * price)
    buying = side == "BUY"
    spent, spent_asset = (cost, listed.quote) if buying else (quantity, listed.base)
    received, received_asset = (quantity, listed.base) if buying else (cost, listed.quote)
    free = purse.free
    bnb_after = (
        free(FEE_COIN) - (spent if spent_asset == FEE_COIN else 0) + (received if received_asset == FEE_COIN else 0)
    )
    discounted = purse.in_fee_coin(listed.quote, cost * BNB_FEE) if free(FEE_COIN) > 0 else None
    if discounted is not None and bnb_after >= cut(discounted):
        return Execution(price, quantity, cost, cut(discounted), FEE_COIN, quantity)
    return Execution(price, quantity, cost, cut(received * FEE), received_asset, quantity)
