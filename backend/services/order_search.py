"""From an order that may have been placed to certainty: asked by its id until it is found and ended, or proven absent.

Errors of the network are no answer and no verdict: it is asked again for as long as it takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import (
    CredentialsRefusedError,
    ExchangeError,
    OrderArchivedError,
    OrderNotFoundError,
    RequestRefusedError,
)
from backend.core.model.amounts import ZERO, total
from backend.core.rebalancing.orders import Look, Patience, Search, answered

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade
    from backend.core.model.runs import Attempt
    from backend.core.trade_ports import TradingExchange
    from backend.services.run_journal import RunJournal
    from backend.services.run_pace import RunPace
    from backend.services.run_wallet import RunWallet

log = structlog.get_logger(__name__)
# Clocks of one exchange differ by a little.
CLOCK_SLACK_MS: Final = 1_000
# A simulator whose clock runs fast takes orders for as long as an exchange would: by this machine's clock.
SLACK_S: Final = 1.0
REVIEW_WORDS: Final = "Nobody can say what became of this order: look at it on the exchange"


class OrderSearch:
    """Settles one attempt."""

    def __init__(
        self, journal: RunJournal, trading: TradingExchange, wallet: RunWallet, pace: RunPace, attempt: Attempt
    ) -> None:
        self._journal = journal
        self._trading = trading
        self._wallet = wallet
        self._pace = pace
        self._search = Search(attempt)
        self._told_ms = attempt.stamp_ms
        self._open = Patience()

    @property
    def _attempt(self) -> Attempt:
        return self._search.attempt

    def settle(self) -> None:
        """Ask until the journal can say what became of the attempt.

        Raises:
            Halted: the program ends; the journal says what is not known.
        """
        self._pace.restart()
        while not self._asked():
            self._pace.pause()

    def _asked(self) -> bool:
        """One look; whether it settled the attempt."""
        try:
            # Before the question: not found counts only where it was asked after the last moment.
            told_ms = self._trading.server_time_ms()
        except ExchangeError:
            return self._unanswered()
        # A clock that was told wrongly once must not end the wait: two looks vouch for an instant.
        at_ms, self._told_ms = min(told_ms, self._told_ms), told_ms
        late = self._late_enough(at_ms)
        try:
            return self._found(at_ms)
        except OrderNotFoundError:
            if self._attempt.order_id is not None:
                # An answer named it: that it is not shown is for the reads to make good.
                return self._seen(Look(at_ms, False))
            agrees = self._agrees() if late else None
            return self._seen(Look(at_ms, agrees))
        except OrderArchivedError:
            self._journal.told(replace(self._attempt, state="REJECTED", error="archived"), "REJECTED")
            return True
        except (RequestRefusedError, CredentialsRefusedError) as error:
            # The exchange answers, and not what was asked.
            log.warning("order cannot be looked for", code=error.code, detail=str(error))
            return self._seen(Look(at_ms, False))
        except ExchangeError:
            return self._unanswered()

    def _unanswered(self) -> bool:
        """Silence is no verdict, and the time that it takes is none either."""
        self._search, self._open = self._search.unanswered(), self._open.unanswered()
        return False

    def _late_enough(self, at_ms: int) -> bool:
        """Whether not found may count: by the exchange's clock, and by ours where that one runs fast."""
        window_s = self._attempt.recv_window_ms / 1000
        return at_ms > self._search.counts_from_ms and self._pace.waited_s > window_s + SLACK_S

    def _found(self, at_ms: int) -> bool:
        order = self._trading.find(self._attempt.symbol, self._attempt.client_order_id)
        told = answered(self._attempt, order)
        if told.state == "REJECTED":
            self._journal.told(told, "REJECTED", f"The exchange ended it with nothing filled: {told.error}")
            return True
        if told.state in ("FILLED", "ENDED"):
            trades = self._trades(told)
            if trades is not None:
                self._journal.told(told, "FILLED" if told.state == "FILLED" else "ENDED", trades=trades)
                return True
            told = replace(told, state="PARTIAL")
        if told.state == "UNKNOWN":
            return self._seen(Look(at_ms, False))
        self._write(told)
        # A market order ends at once, and its trades show up when reads have caught up.
        self._open = self._open.answered(at_ms)
        return self._open.over and self._review()

    def _trades(self, told: Attempt) -> list[AccountTrade] | None:
        """The trades of an order that ended, once they add up to what it says was filled."""
        trades = [
            one for one in self._trading.trades_of(told.symbol, told.order_id or "") if one.order_id == told.order_id
        ]
        return trades if total([one.fill.quantity for one in trades]) == (told.executed or ZERO) else None

    def _seen(self, look: Look) -> bool:
        self._search = self._search.after(look)
        match self._search.verdict:
            case "absent":
                self._journal.told(replace(self._attempt, state="ABSENT", error="not-placed"), "PLANNED")
                return True
            case "needs_review":
                return self._review()
            case _:
                if self._attempt.order_id is None:
                    self._write(replace(self._attempt, state="UNKNOWN"))
                return False

    def _review(self) -> bool:
        attempt = replace(self._attempt, state="NEEDS_REVIEW")
        self._journal.told(attempt, "NEEDS_REVIEW", REVIEW_WORDS, error="needs-review")
        return True

    def _write(self, told: Attempt) -> None:
        """Keep what is new of an attempt that has not ended."""
        if told == self._attempt:
            return
        state = told.state
        if state in ("UNKNOWN", "OPEN", "PARTIAL"):
            self._journal.told(told, state)
        self._search = replace(self._search, attempt=told)

    def _agrees(self) -> bool | None:
        """Whether open orders, trades and balances know nothing of it either; None: one of them did not answer."""
        attempt, facts = self._attempt, self._journal.facts()
        try:
            open_orders = self._trading.open_orders(attempt.symbol)
            trades = self._trading.trades_since(attempt.symbol, attempt.stamp_ms - CLOCK_SLACK_MS)
            balances_agree = self._wallet.agrees(facts, self._trading.held())
        except ExchangeError:
            return None
        known = {one.order_id for one in facts.attempts if one.order_id is not None}
        if any(one.client_id == attempt.client_order_id for one in open_orders):
            return False
        if any(one.order_id not in known for one in trades):
            return False
        return balances_agree
