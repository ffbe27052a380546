"""Whether the spot wallet is what a run's own trades, and the exchange's payments, made of it; asked before each send.

Source: docs/decisions/0025-order-journal.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import CapabilityError, RequestRefusedError
from backend.core.rebalancing.order_money import Income, Verdict, compared
from backend.core.rebalancing.orders import SETTLE_MS
from backend.services.run_journal import RunOver

if TYPE_CHECKING:
    from backend.core.model.runs import Run
    from backend.core.rebalancing.run_facts import RunFacts
    from backend.core.trade_ports import Held, Payment, TradingExchange

log = structlog.get_logger(__name__)

# Balances that lag behind trades and payments, and payments that are told late, are waited for so long.
LAG_MS: Final = SETTLE_MS + 30_000
LOOKS_AT_STRANGE: Final = 2
# A payment bears the time at which it was due: it may have been booked later, after the run had begun.
BOOKED_LATE_MS: Final = 600_000
# One of so shortly after the beginning may have been in the balances that were read then.
START_SLACK_MS: Final = 2_000
WORDS: Final = "The balances changed by something that is not of this run: a trade, a deposit, a withdrawal"


class RunWallet:
    """The spot wallet of one run."""

    def __init__(self, trading: TradingExchange) -> None:
        self._trading = trading
        self._paid: Sequence[Payment] = ()
        self._strange_looks = 0
        self._more_since_ms: int | None = None

    def agrees(self, facts: RunFacts, held: Mapping[str, Held]) -> bool:
        """Whether balances that were read are what the run expects.

        Raises:
            ExchangeError: payments could not be read.
        """
        return self._verdict(facts, held) == "as_expected"

    def may_send(self, facts: RunFacts, held: Mapping[str, Held]) -> bool:
        """The same, before a send; False: the balances are to be read again.

        Raises:
            ExchangeError: the exchange could not be asked.
            RunOver: somebody else moves coins of this account.
        """
        found = self._verdict(facts, held)
        if found == "as_expected":
            self._strange_looks, self._more_since_ms = 0, None
            return True
        if found == "foreign":
            self._strange_looks += 1
            strange = self._strange_looks >= LOOKS_AT_STRANGE
        else:
            now_ms = self._trading.server_time_ms()
            strange = now_ms - self._since_ms(found, facts, now_ms) > LAG_MS
        if strange:
            raise RunOver("stopped", "foreign-move", WORDS)
        return False

    def _since_ms(self, found: Verdict, facts: RunFacts, now_ms: int) -> int:
        """From when on a read that lags, or a payment that is told late, is waited for."""
        if found == "behind":
            return max([*(one.at_ms for one in facts.fills), *(one.at_ms for one in self._paid)])
        if self._more_since_ms is None:
            self._more_since_ms = now_ms
        return self._more_since_ms

    def _verdict(self, facts: RunFacts, held: Mapping[str, Held]) -> Verdict:
        start, moved = facts.run.start, facts.own_changes()
        totals = {asset: one.total for asset, one in held.items()}
        found = compared(start, moved, totals, self._income(facts.run))
        if found in ("as_expected", "behind"):
            return found
        self._paid = self._payments(facts.run)
        return compared(start, moved, totals, self._income(facts.run))

    def _income(self, run: Run) -> Income:
        early = sum(one.at_ms <= run.created_ms + START_SLACK_MS for one in self._paid)
        return Income([{one.asset: one.amount} for one in self._paid], early)

    def _payments(self, run: Run) -> Sequence[Payment]:
        try:
            found = self._trading.payments_since(run.created_ms - BOOKED_LATE_MS)
        except (CapabilityError, RequestRefusedError) as error:
            # Then whatever comes in is somebody's.
            log.warning("payments cannot be read", run=run.id, code=error.code)
            return ()
        return sorted(found, key=lambda one: (one.at_ms, one.key))
