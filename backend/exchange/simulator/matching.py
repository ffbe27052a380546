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
    """What was filled, and its fee; `asked` is what would have been filled in a deep book.

    `levels`: quantities and prices where the book had more than one price; `price` is the best of them.
    """

    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    commission: Decimal
    commission_asset: str
    asked: Decimal
    levels: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True)
class Offer:
    """What stands in the book: so much of the base coin, at a price worse than the best by a ratio."""

    quantity: Decimal
    worse: Decimal = Decimal(0)

    def price(self, best: Decimal, side: str) -> Decimal:
        """What an order of a side pays for it."""
        return cut(best * (1 + self.worse if side == "BUY" else 1 - self.worse))


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


def execute(
    listed: Listed, wanted: Wanted, price: Decimal, purse: Purse, offers: Sequence[Offer] | None = None
) -> Execution:
    """Fill the order, whole unless the book holds less.

    Args:
        offers: the book, the best first; None: any quantity at the price.

    Raises:
        Refused: a filter is broken, or -2010 when the balance does not suffice.
    """
    quantity = executed_quantity(listed, wanted, price)
    if offers is not None and any(offer.worse for offer in offers):
        return _through(listed, wanted, price, purse, offers)
    depth = None if offers is None else sum((offer.quantity for offer in offers), Decimal(0))
    buying = wanted.side == "BUY"
    spent, spent_asset = (cut(quantity * price), listed.quote) if buying else (quantity, listed.base)
    if purse.free(spent_asset) < spent:
        raise insufficient()
    found = quantity if depth is None else min(quantity, depth)
    return replace(fill_at(listed, wanted.side, found, price, purse), asked=quantity)


def _through(listed: Listed, wanted: Wanted, price: Decimal, purse: Purse, offers: Sequence[Offer]) -> Execution:
    """Fill the order price by price; a purchase of an amount of money ends where that is spent."""
    asked = executed_quantity(listed, wanted, price)
    left, money = asked, wanted.quote_quantity
    levels: list[tuple[Decimal, Decimal]] = []
    for offer in offers:
        paid = offer.price(price, wanted.side)
        if money is not None:
            left = (money / paid / listed.step).to_integral_value(ROUND_DOWN) * listed.step
        taken = min(offer.quantity, left)
        if not taken:
            break
        levels.append((taken, paid))
        left -= taken
        money = None if money is None else money - cut(taken * paid)
    found = sum((quantity for quantity, _ in levels), Decimal(0))
    cost = sum((cut(quantity * paid) for quantity, paid in levels), Decimal(0))
    spent, spent_asset = (cost, listed.quote) if wanted.side == "BUY" else (found, listed.base)
    if purse.free(spent_asset) < spent:
        raise insufficient()
    filled = fill_at(listed, wanted.side, found, price, purse, cost)
    return replace(filled, asked=found + left, levels=tuple(levels))


def split(execution: Execution, offers: Sequence[Decimal]) -> list[Execution]:
    """One execution for each offer it takes, together exactly the whole; without offers it is one."""
    parts: list[Execution] = []
    if execution.levels:
        return _by_price(execution)
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


def _by_price(execution: Execution) -> list[Execution]:
    parts: list[Execution] = []
    left = execution.commission
    for place, (quantity, price) in enumerate(execution.levels, 1):
        fee = cut(execution.commission * quantity / execution.quantity) if place < len(execution.levels) else left
        money = cut(quantity * price)
        parts.append(replace(execution, quantity=quantity, price=price, quote_quantity=money, commission=fee))
        left -= fee
    return parts


def insufficient() -> Refused:
    return Refused(-2010, "Account has insufficient balance for requested action.")


def fill_at(
    listed: Listed, side: str, quantity: Decimal, price: Decimal, purse: Purse, cost: Decimal | None = None
) -> Execution:
    """One fill and its fee: 0.075 % in BNB when the account holds at least that much BNB after the trade itself, else
    0.1 % of what was received. `cost`: of the quote asset, where it is not all at one price.
    """
    cost = cut(quantity * price) if cost is None else cost
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
