"""What streams tell, merged with what was read: the newest wins, by the exchange's own instants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO, product
from backend.core.model.holdings import Balance
from backend.core.model.market import Ticker
from backend.core.model.valuation import FROM_STATEMENTS, WALLET_UNKNOWN, PricedBalance, Valuation
from backend.core.model.wallets import Wallet
from backend.core.valuation import DIVISION, HUNDRED, PriceRoutes, value_balances

if TYPE_CHECKING:
    from backend.core.model.stream_events import MiniTicker

# What is told with an instant so far ahead of what was read just now is a clock gone wrong: it never wins.
AHEAD_MS: Final = 60_000
SPOT: Final = "spot"


@dataclass(frozen=True, slots=True)
class SpotChange:
    """New quantities of spot assets, all true at `at_ms`."""

    at_ms: int
    quantities: Mapping[str, tuple[Decimal, Decimal]]


def overtaken(moved_at_ms: int | None, read_at_ms: int) -> bool:
    """Whether balances read at an instant may lack a change that a stream told of."""
    return moved_at_ms is not None and 0 < moved_at_ms - read_at_ms <= AHEAD_MS


def as_ticker(told: MiniTicker) -> Ticker:
    """The last price and its change since 24 hours ago, in percent."""
    change = None
    if told.open > ZERO:
        with localcontext(DIVISION):
            change = ((told.close / told.open - 1) * HUNDRED).quantize(Decimal("0.001"))
    return Ticker(told.symbol, told.close, change, told.at_ms)


def repriced(valuation: Valuation, routes: PriceRoutes, tickers: Mapping[str, Ticker]) -> Valuation:
    """A valuation at newer prices, where some are newer.

    Args:
        tickers: every price of their symbols since an instant before the valuation was made.
    """
    lines: list[PricedBalance] = []
    newest_ms = valuation.shown_at_ms
    for line in valuation.lines:
        # What is shown of a wallet that cannot be read is its last value, as it was.
        found = None if line.reason == WALLET_UNKNOWN else _live(line.balance, routes, tickers)
        read_ms = _read_ms(line, valuation)
        if found is None or found[1] <= valuation.shown_at_ms:
            lines.append(replace(line, read_ms=read_ms))
        else:
            # A newer price makes no quantity newer.
            statement = FROM_STATEMENTS if line.balance.wallet == Wallet.STATEMENTS else None
            lines.append(replace(found[0], read_ms=read_ms, reason=found[0].reason or statement))
            newest_ms = max(newest_ms, found[1])
    if newest_ms == valuation.shown_at_ms:
        return valuation
    return valuation.with_lines(tuple(lines), valuation.at_ms, newest_ms)


def moved(
    valuation: Valuation, change: SpotChange, routes: PriceRoutes, tickers: Mapping[str, Ticker]
) -> Valuation | None:
    """A valuation with new quantities; None where it is newer, or where a changed asset cannot be priced.

    Half a trade must not be shown: either all of a change is, or none.
    """
    if change.at_ms <= valuation.at_ms:
        return None
    # The spot line last: its price is the one that stands.
    in_order = sorted(valuation.lines, key=lambda line: line.balance.wallet == SPOT)
    by_asset = {line.balance.asset: line for line in in_order if line.reason != WALLET_UNKNOWN}
    lines = {
        (line.balance.wallet, line.balance.asset): replace(line, read_ms=_read_ms(line, valuation))
        for line in valuation.lines
    }
    for asset, (free, locked) in change.quantities.items():
        balance = Balance(SPOT, asset, free, locked)
        if balance.total == ZERO:
            lines.pop((SPOT, asset), None)
            continue
        known, found = by_asset.get(asset), _live(balance, routes, tickers)
        if known is not None and known.price is not None:
            value = product(balance.total, known.price)
            lines[SPOT, asset] = replace(known, balance=balance, value=value, read_ms=None)
        elif found is not None:
            lines[SPOT, asset] = found[0]
        else:
            return None
    return valuation.with_lines(tuple(lines.values()), change.at_ms, valuation.prices_at_ms)


def _read_ms(line: PricedBalance, valuation: Valuation) -> int | None:
    """When a quantity was read, beside newer prices or changes: the stream vouches for the spot wallet alone."""
    if line.read_ms is None and line.balance.wallet != SPOT:
        return valuation.at_ms
    return line.read_ms


def merged(changes: Sequence[SpotChange]) -> SpotChange:
    """Several changes as one: of each asset the newest, in the order in which they came where instants are equal."""
    quantities: dict[str, tuple[Decimal, Decimal]] = {}
    for change in sorted(changes, key=lambda one: one.at_ms):
        quantities.update(change.quantities)
    return SpotChange(max(change.at_ms for change in changes), quantities)


def _live(balance: Balance, routes: PriceRoutes, tickers: Mapping[str, Ticker]) -> tuple[PricedBalance, int] | None:
    """A balance at prices of the stream and their newest instant; None where its best route has one that is not known.

    Another route is not taken: the value would jump between the two.
    """
    best = next(iter(routes.of(balance.asset)), None)
    if best is None or not best.tradable or any(hop.symbol not in tickers for hop in best.hops):
        return None
    on_route = {hop.symbol: tickers[hop.symbol] for hop in best.hops}
    at_ms = max((ticker.at_ms for ticker in on_route.values()), default=0)
    return value_balances([balance], routes, on_route, at_ms).lines[0], at_ms
