"""BinanceTrader: an account's wallets and what they are worth, over `ports.Exchange`.

Conversions and order steps join it with rebalancing; until then nothing here can send an order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.errors import ExchangeError
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import Balance
from backend.core.model.valuation import (
    FROM_STATEMENTS,
    LATER_BALANCE,
    LATER_PRICE,
    WALLET_UNKNOWN,
    PricedBalance,
    Valuation,
)
from backend.core.model.wallets import Unrealized, Wallet, WalletBalance, WalletsReading, WalletState
from backend.core.valuation import PriceRoutes, RouteBook, depegged, value_balances

if TYPE_CHECKING:
    from backend.core.ports import Exchange

# Balances are read before their prices. What is at most this much older is told with the instant of the prices; beyond,
# the value has the instant of the balances, and prices are marked as later ones.
APART_MS: Final = 2_000
LOOKS: Final = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What the account held; everything that had happened by `at_ms` is in the wallets that are always asked."""

    at_ms: int
    reading: WalletsReading


class BinanceTrader:
    """One account on one exchange, valued in a reporting currency."""

    def __init__(
        self,
        exchange: Exchange,
        reporting: str,
        last_known: Callable[[str], Decimal | None] = lambda symbol: None,
        previous: Valuation | None = None,
        routes: RouteBook | None = None,
        apart_ms: int = 0,
    ) -> None:
        """What the account is valued with beside the exchange.

        Args:
            last_known: the last price we stored of a pair, for coins that left the listing.
            previous: the last valuation: what it holds of a wallet stands for it while it cannot be read.
            routes: shared by the accounts of an exchange.
            apart_ms: how far apart balances and prices were at the last refresh; afterwards, at this one.
        """
        self.apart_ms = apart_ms
        self._exchange = exchange
        self._last_known = last_known
        self._previous = previous
        self._routes = routes or RouteBook(reporting)

    def held(self, fresh: bool = False) -> Held:
        """What the account holds now; `fresh` asks the wallets with slow clocks too.

        Raises:
            ExchangeError: the exchange gave no usable answer about the spot wallet.
        """
        lines = () if self._previous is None else self._previous.lines
        seen = {Wallet(line.balance.wallet) for line in lines if line.balance.valued != ZERO}
        reading = self._exchange.wallets(fresh).missing(seen)
        return Held(reading.at_ms, reading)

    def held_and_valued(self) -> tuple[Held, Valuation]:
        """Balances and their value, read close together: a pause between them is made good by reading both again.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        usual_ms = self.apart_ms
        # Where answers were slow the last time they are so again: another look would not help.
        usually_slow = self._previous is not None and LATER_BALANCE in self._previous.doubts
        for look in range(LOOKS):
            held = self.held()
            valuation, prices_at_ms = self._valued(held)
            self.apart_ms = prices_at_ms - held.at_ms
            # As far apart as ever is no pause: it is the pace of the exchange's clock, or of a slow network.
            paused = bool(held.reading.slow) and not usually_slow and look == 0
            if not paused and self.apart_ms <= max(APART_MS, 2 * usual_ms):
                break
            usual_ms = self.apart_ms
        return held, valuation

    def valuation(self, held: Held) -> Valuation:
        """Balances at the last prices.

        Returns:
            A valuation at the instant of the newest price used, or at that of the balances where prices are older (told
            to another account a moment ago) or much newer: it never claims to know what happened after they were read,
            and all that is in them has happened by then. Coins without a price are named, never zero. A
            wallet that could not be read has the lines of the previous valuation, with their instant.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        return self._valued(held)[0]

    def _valued(self, held: Held) -> tuple[Valuation, int]:
        """The valuation, and the instant of its newest price."""
        balances = by_wallet(held.reading)
        routes = self._routes.routes(self._exchange.symbols())
        peg = routes.peg()
        wanted = routes.symbols_of({balance.asset for balance in balances})
        tickers = self._exchange.tickers(wanted | {hop.symbol for hop in (peg.hops if peg else ())})
        # The list is read anew when a pair turns out to have left it.
        routes = self._routes.routes(self._exchange.symbols())
        prices_at_ms = max((ticker.at_ms for ticker in tickers if ticker.symbol in wanted), default=held.at_ms)
        # Never before the balances either: a deposit that is in them would be missing among the flows until then.
        at_ms = prices_at_ms if 0 <= prices_at_ms - held.at_ms <= APART_MS else held.at_ms
        prices = {ticker.symbol: ticker for ticker in tickers}
        indexed = self._indexed(balances, routes)
        delisted = self._delisted(balances, routes)
        priced = value_balances(balances, routes, prices, at_ms, delisted, indexed).lines
        if prices_at_ms - at_ms > APART_MS:
            # Nobody can vouch for these prices at the instant of the quantities. The reporting currency has no other.
            priced = tuple(
                replace(line, reason=line.reason or LATER_PRICE)
                if line.price is not None and line.balance.asset != routes.reporting
                else line
                for line in priced
            )
        known = (_dated(_doubted(line, held.reading), held) for line in priced)
        lines = (*known, *self._kept(held.reading))
        states = self._states(held.reading)
        return Valuation.of(at_ms, lines, wallets=states, depegged=depegged(routes, prices)), prices_at_ms

    def _indexed(self, balances: Sequence[Balance], routes: PriceRoutes) -> Mapping[str, Decimal]:
        """Prices of coins that only the futures know (BNFCR, BFUSD), by their own index of margin assets."""
        futures = {balance.asset for balance in balances if balance.wallet == Wallet.FUTURES_USDM}
        unlisted = {asset for asset in futures if not routes.of(asset)}
        if not unlisted:
            return {}
        try:
            index = self._exchange.margin_index()
        except ExchangeError:
            # They are named as coins without a price then.
            return {}
        unit = index.get(routes.reporting, ZERO)
        return {} if unit <= ZERO else {asset: index[asset] / unit for asset in unlisted & set(index)}

    def _delisted(self, balances: Sequence[Balance], routes: PriceRoutes) -> Mapping[str, Decimal]:
        unlisted = {balance.asset for balance in balances if not routes.of(balance.asset)}
        last_known = {asset: self._last_known(routes.direct_name(asset)) for asset in unlisted}
        return {asset: price for asset, price in last_known.items() if price is not None}

    def _kept(self, reading: WalletsReading) -> list[PricedBalance]:
        """What was known last of the wallets that could not be read now."""
        unknown = {one.wallet for one in reading.unknown}
        if self._previous is None:
            return []
        kept = [line for line in self._previous.lines if line.balance.wallet in unknown]
        read_ms = {state.wallet: state.as_of_ms for state in self._previous.wallets}
        return [
            replace(line, reason=WALLET_UNKNOWN, read_ms=read_ms.get(line.balance.wallet) or self._previous.at_ms)
            for line in kept
        ]

    def _states(self, reading: WalletsReading) -> tuple[WalletState, ...]:
        before = () if self._previous is None else self._previous.wallets
        last_ms = {state.wallet: state.as_of_ms for state in before}
        states = [WalletState(wallet.value, "read", at_ms) for wallet, at_ms in reading.read_ms.items()]
        states += [
            WalletState(one.wallet.value, "unknown", last_ms.get(one.wallet), one.code) for one in reading.unknown
        ]
        states += [WalletState(one.wallet.value, "absent", None, one.reason) for one in reading.absent]
        order = list(Wallet)
        return tuple(sorted(states, key=lambda state: order.index(Wallet(state.wallet))))


def by_wallet(reading: WalletsReading) -> Sequence[Balance]:
    """One balance a wallet and asset: pairs of isolated margin and positions of Earn are added up."""
    rows: dict[tuple[Wallet, str], list[WalletBalance]] = {}
    for row in reading.balances:
        rows.setdefault((row.wallet, row.asset), []).append(row)
    profits: dict[tuple[Wallet, str], list[Unrealized]] = {}
    for profit in reading.unrealized:
        profits.setdefault((profit.wallet, profit.asset), []).append(profit)
    return [
        Balance(
            wallet.value,
            asset,
            free=total([row.free for row in rows.get((wallet, asset), ())]),
            locked=total([part for row in rows.get((wallet, asset), ()) for part in (row.locked, row.frozen)]),
            borrowed=total([row.borrowed for row in rows.get((wallet, asset), ())]),
            interest=total([row.interest for row in rows.get((wallet, asset), ())]),
            unrealized=total([profit.amount for profit in profits.get((wallet, asset), ())]),
        )
        for wallet, asset in dict.fromkeys([*rows, *profits])
    ]


def _doubted(line: PricedBalance, reading: WalletsReading) -> PricedBalance:
    """A line whose quantity nobody can vouch for at its instant says so."""
    if line.balance.wallet == Wallet.STATEMENTS:
        return replace(line, reason=line.reason or FROM_STATEMENTS)
    slow = Wallet(line.balance.wallet) in reading.slow
    return replace(line, reason=line.reason or LATER_BALANCE) if slow else line


def _dated(line: PricedBalance, held: Held) -> PricedBalance:
    """A line with the instant of its wallet, where that was read before the others."""
    read_ms = held.reading.read_ms.get(Wallet(line.balance.wallet), held.at_ms)
    return line if read_ms >= held.at_ms else replace(line, read_ms=read_ms)
