"""What balances are worth, for the totals that some wallets show."""

from collections.abc import Mapping
from decimal import Decimal

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.rest.routes import Call

BITCOIN = "BTC"


def worth(call: Call, asset: str, amount: Decimal, quote: str = BITCOIN, at: int | None = None) -> Decimal:
    """The amount in another coin; zero where the asset has no price, as the exchange counts it."""
    price = call.exchange.price_in(asset, quote, call.now if at is None else at) if amount else None
    return amount * price if price else ZERO


def total(call: Call, held: Mapping[str, Decimal], quote: str = BITCOIN, at: int | None = None) -> Decimal:
    return sum((worth(call, asset, amount, quote, at) for asset, amount in held.items()), ZERO)
