"""Every wallet of one key, each asked by a clock of its own (docs/decisions/0007-wallets.md).

What is cheap and changes by itself is asked each time; Earn, staking and margin by slow clocks, or when told to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from backend.core.errors import CredentialsRefusedError, ExchangeError, RequestBudgetError, RequestRefusedError
from backend.core.model.amounts import ZERO
from backend.core.model.wallets import AbsentWallet, UnknownWallet, Unrealized, Wallet, WalletBalance, WalletsReading
from backend.core.wallet_fold import elsewhere, fold_flexible
from backend.exchange.binance.client import TRIES, ApiClient
from backend.exchange.binance.errors import NOT_OPENED
from backend.exchange.binance.wallet_sources import SOURCES, Found, Source

# A wallet that the key may not read, or that was never opened, is asked for again this often.
ABSENT_S: Final = 600.0
# Where our own budget has no room for a dear wallet, what was read stays good for this many of its clocks.
GRACE: Final = 3
# `fresh` asks again although nothing has moved since, but not more often than this.
ASKED_AGAIN_S: Final = 60.0
# How long all wallets together may keep a refresh waiting; what is left then is unknown.
PATIENCE_S: Final = 15.0
# An answer that comes this much later than the instant it is told with may tell of what happened meanwhile.
SLOW_S: Final = 2.0
# Dear wallets asked within this long share an instant: a clock that is not steady is asked for each.
SHARED_S: Final = 0.5
TOO_SLOW: Final = "exchange-unavailable"
NO_RIGHT: Final = -2015


class _Moment(NamedTuple):
    """When an instant was asked for (seconds of the steady counter), and the exchange's clock then."""

    asked_s: float
    at_ms: int


@dataclass(slots=True)
class _Last:
    """The last answer of a wallet, or why it has none; `cheap`: what stood in the cheap wallets beside it.

    `slow`: it came long after its instant; `slow_again`: so did the one before.
    """

    found: Found
    at_s: float
    at_ms: int
    absent: Literal["no_right", "not_opened"] | None = None
    cheap: tuple[WalletBalance, ...] = ()
    slow: bool = False
    slow_again: bool = False

    @property
    def told(self) -> Mapping[str, Decimal]:
        """Quantity by coin of flexible Earn as it was answered."""
        return _of_flexible(fold_flexible((), self.found.positions, ()))


class WalletReader:
    """The wallets of one account. Used by one thread at a time."""

    def __init__(self, client: ApiClient, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._monotonic_s = monotonic_s
        self._here = [source for source in SOURCES if getattr(client.endpoints, source.host) is not None]
        self._last: dict[Wallet, _Last] = {}
        self._unknown: dict[Wallet, str] = {}
        self._cheap: tuple[WalletBalance, ...] = ()

    def read(
        self, spot: Callable[[], Sequence[WalletBalance]], listed: Callable[[], Collection[str]], fresh: bool
    ) -> WalletsReading:
        """Ask what is due: the dear wallets first, so that spot and the other cheap ones are read close to the prices.

        Args:
            spot: asks for the spot wallet.
            listed: the coins that the exchange lists, which tells LDO from the shadow of a coin in Earn.

        Raises:
            ExchangeError: the spot wallet cannot be read; all other failures are in the reading.
        """
        until_s = self._monotonic_s() + PATIENCE_S
        # Those that failed last may hang: the others go first.
        due = sorted((one for one in self._here if self._due(one, fresh)), key=lambda one: one.wallet in self._unknown)
        dear = [source for source in due if source.clock_s]
        new = self._ask(dear, until_s) if dear else ()
        moment = self._moment()
        at_ms = moment.at_ms
        rows = tuple(row for row in spot() if row.net != ZERO)
        slow = self._slow(moment)
        self._ask([source for source in due if not source.clock_s], until_s, moment)
        known = [one for one in self._here if one.wallet in self._last and one.wallet not in self._unknown]
        self._cheap = (
            *rows,
            *(row for one in known if not one.clock_s for row in self._last[one.wallet].found.balances),
        )
        for wallet in new:
            self._settle(wallet)
        return self._reading(at_ms, rows, listed(), slow)

    def _moment(self) -> _Moment:
        return _Moment(self._monotonic_s(), self._client.server_time_ms())

    def _slow(self, moment: _Moment) -> bool:
        """Whether an answer that came now may say more than what had happened by an instant."""
        return self._monotonic_s() - moment.asked_s > SLOW_S

    def _due(self, source: Source, fresh: bool) -> bool:
        last = self._last.get(source.wallet)
        if last is None or source.wallet in self._unknown:
            return True
        age_s = self._monotonic_s() - last.at_s
        if last.absent is not None:
            return age_s >= ABSENT_S
        if last.slow and not last.slow_again:
            # A pause of this machine or of the network; where answers are always slow, its clock is kept.
            return True
        return age_s >= source.clock_s or (fresh and (age_s >= ASKED_AGAIN_S or last.cheap != self._cheap))

    def _ask(self, sources: Sequence[Source], until_s: float, together: _Moment | None = None) -> Sequence[Wallet]:
        """Ask wallets, all of them at one instant or each at one of its own; returns those that answered."""
        answered = []
        moment = together or self._moment()
        for source in sources:
            if self._monotonic_s() >= until_s:
                self._unknown[source.wallet] = TOO_SLOW
                continue
            if together is None and self._monotonic_s() - moment.asked_s > SHARED_S:
                moment = self._moment()
            # One that failed before is tried, not waited for.
            self._client.tries = 1 if source.wallet in self._unknown else TRIES
            try:
                found = source.read(self._client)
            except ExchangeError as error:
                self._failed(source, error, moment.at_ms)
            else:
                slow, before = self._slow(moment), self._last.get(source.wallet)
                again = slow and before is not None and before.slow
                self._note(
                    source.wallet, _Last(_held(found), self._monotonic_s(), moment.at_ms, slow=slow, slow_again=again)
                )
                answered.append(source.wallet)
            finally:
                self._client.tries = TRIES
        return answered

    def _note(self, wallet: Wallet, last: _Last) -> None:
        self._last[wallet] = last
        self._unknown.pop(wallet, None)

    def _failed(self, source: Source, error: ExchangeError, at_ms: int) -> None:
        now_s, last = self._monotonic_s(), self._last.get(source.wallet)
        reason = _why_absent(error)
        # A refusal of what was readable, with money in it, is a failure: the money is still there.
        if reason is not None and (last is None or last.found == Found()):
            self._note(source.wallet, _Last(Found(), now_s, at_ms, reason))
        elif last is None or not _stands(last, source, error, now_s) or source.wallet in self._unknown:
            self._unknown[source.wallet] = error.code

    def _settle(self, wallet: Wallet) -> None:
        """Note what stood beside an answer, and count the tokens of staking that stand there once only."""
        last = self._last[wallet]
        last.cheap = self._cheap
        if wallet is Wallet.STAKING:
            last.found = Found(elsewhere(last.found.balances, self._cheap))

    def _reading(
        self, at_ms: int, spot: Sequence[WalletBalance], listed: Collection[str], spot_slow: bool
    ) -> WalletsReading:
        flexible = self._last.get(Wallet.EARN_FLEXIBLE)
        if flexible is None or flexible.absent is not None:
            rows = list(fold_flexible(spot, None, listed))
        else:
            rows = list(fold_flexible(spot, flexible.found.positions, listed, flexible.cheap))
        if Wallet.EARN_FLEXIBLE in self._unknown:
            rows = [row for row in rows if row.wallet is not Wallet.EARN_FLEXIBLE]
        read_ms = {Wallet.SPOT: at_ms}
        slow = {Wallet.SPOT} if spot_slow else set()
        absent = [AbsentWallet(one.wallet, "not_here") for one in SOURCES if one not in self._here]
        unrealized: list[Unrealized] = []
        for wallet, last in self._last.items():
            if wallet in self._unknown:
                continue
            if last.absent is not None:
                absent.append(AbsentWallet(wallet, last.absent))
                continue
            read_ms[wallet] = last.at_ms
            slow |= {wallet} if last.slow else set()
            rows.extend(last.found.balances)
            unrealized.extend(last.found.unrealized)
        if Wallet.EARN_FLEXIBLE in read_ms and flexible is not None and _of_flexible(rows) != flexible.told:
            # What follows the shadows has their instant.
            read_ms[Wallet.EARN_FLEXIBLE] = at_ms
            slow |= {Wallet.EARN_FLEXIBLE} if spot_slow else set()
        return WalletsReading(
            at_ms,
            tuple(rows),
            tuple(unrealized),
            tuple(UnknownWallet(wallet, code) for wallet, code in self._unknown.items()),
            tuple(absent),
            read_ms,
            frozenset(slow),
        )


def _of_flexible(rows: Iterable[WalletBalance]) -> dict[str, Decimal]:
    return {row.asset: row.net for row in rows if row.wallet is Wallet.EARN_FLEXIBLE}


def _stands(last: _Last, source: Source, error: ExchangeError, now_s: float) -> bool:
    """Whether what was known of a wallet holds although it could not be asked again now."""
    no_room = isinstance(error, RequestBudgetError) and now_s - last.at_s < GRACE * source.clock_s
    return no_room or last.absent is not None


def _held(found: Found) -> Found:
    """An answer without the assets that are listed and not held. What is borrowed and held in full is not nothing."""
    return replace(found, balances=tuple(row for row in found.balances if row.net != ZERO or row.borrowed != ZERO))


def _why_absent(error: ExchangeError) -> Literal["no_right", "not_opened"] | None:
    if isinstance(error, CredentialsRefusedError) and error.exchange_code == NO_RIGHT:
        return "no_right"
    if isinstance(error, RequestRefusedError) and error.exchange_code in NOT_OPENED:
        return "not_opened"
    return None
