"""Executes one run, leg by leg, from whatever its journal says: after a crash it goes on as if nothing had happened.

Source: docs/decisions/0025-order-journal.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import (
    CredentialsRefusedError,
    DomainError,
    ExchangeError,
    OutcomeUnknownError,
    RequestRefusedError,
)
from backend.core.model.amounts import ZERO
from backend.core.model.runs import PENDING, Attempt, RunLeg
from backend.core.rebalancing.book_depth import price_through
from backend.core.rebalancing.chosen import settings_of
from backend.core.rebalancing.limits import DAY_MS, Proposal, Sent, breach, slipped, strictest
from backend.core.rebalancing.order_money import Sized, sized
from backend.core.rebalancing.orders import (
    MOST_REFUSALS,
    RECV_WINDOW_MS,
    SHORT,
    answered,
    client_order_id,
    refusal,
)
from backend.core.rebalancing.plan_facts import kept_since, portfolio_of, touches, worth_of
from backend.core.trade_ports import OrderToSend, Quote, TradingExchange
from backend.services.order_search import OrderSearch
from backend.services.run_journal import RunJournal, RunOver
from backend.services.run_wallet import RunWallet

if TYPE_CHECKING:
    from backend.core.model.rebalancing import PlannedOrder, StoredPlan
    from backend.core.ports import UnitOfWork
    from backend.core.rebalancing.run_facts import RunFacts
    from backend.core.trading_rights import TradingRights
    from backend.services.run_pace import RunPace

log = structlog.get_logger(__name__)

# A run that could not go on for so long is not what the person saw any more.
LONGEST_MS: Final = 3_600_000
# Attempts that came to nothing, one after the other, after which a leg is given up.
MOST_ABSENT: Final = 10
WITHDRAWN: Final = "withdrawn"
# How many prices of the book are read: the second time where an order goes through all of the first.
DEPTHS: Final = (100, 1000)


class _Skip(Exception):  # control flow inside this module
    """This leg is not sent; the run goes on."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class RunWalk:
    """One run on one thread. `now_ms` is this machine's clock."""

    def __init__(
        self,
        journal: RunJournal,
        plan: StoredPlan,
        trading: TradingExchange,
        rights: TradingRights,
        pace: RunPace,
        now_ms: Callable[[], int],
    ) -> None:
        self._journal = journal
        self._plan = plan
        self._trading = trading
        self._rights = rights
        self._pace = pace
        self._now_ms = now_ms
        self._wallet = RunWallet(trading)

    def go(self) -> None:
        """Take the run to its end.

        Raises:
            Halted: the program ends; the run goes on at the next start.
            LeaseLostError: another collector goes on with it.
            DatabaseUnavailableError: nothing can be written, so nothing is sent.
        """
        self._journal.begin()
        try:
            while (leg := self._next()) is not None:
                self._pace.halt_if_asked()
                self._step(leg)
            ended = self._journal.facts().outcome()
        except RunOver as over:
            ended = (over.state, over.code, over.detail)
        self._journal.end(*ended, self._ended_ms())

    def _next(self) -> RunLeg | None:
        facts = self._journal.facts()
        self._journal.allowed(self._refuse_slipped)
        # On a failed order the rest is not sent.
        failed = any(leg.state in ("REJECTED", "NEEDS_REVIEW") for leg in facts.legs)
        return None if failed else facts.next_leg()

    def _step(self, leg: RunLeg) -> None:
        facts = self._journal.facts()
        tries = facts.tries(leg.planned.n)
        if tries and tries[-1].state in PENDING:
            OrderSearch(self._journal, self._trading, self._wallet, self._pace, tries[-1]).settle()
            self._pace.restart()
            return
        try:
            self._send(facts, leg.planned)
        except _Skip as skip:
            self._journal.set_leg(leg.planned.n, "SKIPPED", skip.code, skip.detail)
        except CredentialsRefusedError as error:
            raise RunOver("failed", error.code, str(error)) from None
        except RequestRefusedError as error:
            self._journal.set_leg(leg.planned.n, "SKIPPED", "not-trading", str(error))
        except ExchangeError as error:
            # A read failed: nothing was sent, and it is asked again for as long as it takes.
            log.debug("run waits for the exchange", run=facts.run.id, code=error.code)
            self._journal.allowed(self._allowed)
            self._pace.pause()

    def _send(self, facts: RunFacts, order: PlannedOrder) -> None:
        """Size one leg by what is there now, write it down, send it once, write down what came of it."""
        self._journal.allowed(self._allowed)
        if self._given_up(facts, order):
            return
        held = self._trading.held()
        if not self._wallet.may_send(facts, held):
            self._pace.pause()
            return
        rules = self._trading.rules(order.symbol)
        if not rules.symbol.tradable or (rules.order_types and "MARKET" not in rules.order_types):
            raise _Skip("not-trading", f"{order.symbol} cannot be traded now: {rules.status}")
        quote = self._trading.quote(order.symbol)
        free = held[order.given].free if order.given in held else ZERO
        slippage = strictest(self._journal.settings().limits, order).max_slippage_percent
        found = sized(order, rules, quote, facts.budget().amount(order, free), slippage)
        if not isinstance(found, Sized):
            raise _Skip(found, f"What is left to trade is below the exchange's minimum ({found})")
        through = self._through(order, found)
        # Its instant is the last thing: it is good for a few seconds, and no read may use them up.
        attempt = self._attempt(facts, order, found)

        def allowed(unit: UnitOfWork, now: RunFacts) -> None:
            self._allowed(unit, now)
            self._refuse_beyond_limits(unit, now, order, attempt, quote, through)

        self._journal.sending(attempt, allowed)
        self._place(attempt)

    def _place(self, attempt: Attempt) -> None:
        try:
            # Between the write and the send the disk may have taken its time.
            self._journal.allowed(self._allowed)
            self._pace.halt_if_asked()
        except BaseException:
            self._journal.told(replace(attempt, state="REFUSED", error=WITHDRAWN), "PLANNED")
            raise
        try:
            told = answered(attempt, self._trading.place(_to_send(attempt)))
        except DomainError as error:
            self._refused(attempt, error)
            return
        # What was filled is told by trades: until they are read, the order counts as open.
        known = told.state in ("OPEN", "PARTIAL", "FILLED", "ENDED")
        self._journal.told(replace(told, state="OPEN" if known else "UNKNOWN"), "OPEN" if known else "UNKNOWN")

    def _refused(self, attempt: Attempt, error: DomainError) -> None:
        found = refusal(error)
        if not isinstance(error, OutcomeUnknownError):
            log.warning("order refused", symbol=attempt.symbol, code=found.code, state=found.state, detail=found.detail)
        told = replace(attempt, state=found.state, error=found.code)
        leg_state = "PLANNED" if found.state == "REFUSED" else found.state
        self._journal.told(told, leg_state, found.detail)
        if found.state != "REFUSED":
            return
        if found.code == "clock-skew":
            self._measure()
        self._wait(found.wait_s)

    def _wait(self, seconds: float) -> None:
        """Let the exchange have its time; whoever stops the run meanwhile is obeyed at once."""
        until_s = self._pace.waited_s + seconds
        self._pace.pause()
        while self._pace.waited_s < until_s:
            self._journal.allowed(self._allowed)
            self._pace.pause()

    def _measure(self) -> None:
        try:
            self._trading.measure_clock()
        except ExchangeError as error:
            log.debug("clock not measured", code=error.code)

    def _allowed(self, unit: UnitOfWork, facts: RunFacts) -> None:
        """Whether this run may send another order.

        Raises:
            RunOver: it may not.
        """
        if facts.run.stop_asked:
            raise RunOver("stopped", "stopped", "It was stopped by hand")
        refused = self._rights.refusal(unit, facts.run.account_id)
        if refused is not None:
            raise RunOver("stopped", refused.code, str(refused))
        if self._now_ms() - facts.run.created_machine_ms > LONGEST_MS:
            raise RunOver("stopped", "too-old", "The run could not go on for an hour: make a new plan")

    def _through(self, order: PlannedOrder, size: Sized) -> Decimal:
        """What an order of this size costs now, through the offers of the book."""
        for levels in DEPTHS:
            depth = self._trading.depth(order.symbol, levels)
            side = depth.asks if order.side == "BUY" else depth.bids
            money = size.quote_quantity
            found = price_through(side, size.hop.quantity if money is None else None, money)
            if found is not None:
                return found
            if len(side) < levels:
                break
        raise _Skip("limit-slippage", f"The book of {order.symbol} does not hold an order of this size")

    def _refuse_slipped(self, unit: UnitOfWork, facts: RunFacts) -> None:
        """End a run of which an order was filled beyond the slippage: the next one would be no better."""
        limits = settings_of(unit, facts.run.environment, facts.run.account_id).limits
        for leg in facts.legs:
            found = slipped(limits, leg.planned, [fill for fill in facts.fills if fill.n == leg.planned.n])
            if leg.state in ("FILLED", "ENDED") and found is not None:
                raise RunOver("stopped", found.code, found.detail)

    def _refuse_beyond_limits(
        self,
        unit: UnitOfWork,
        facts: RunFacts,
        order: PlannedOrder,
        attempt: Attempt,
        quote: Quote,
        through: Decimal,
    ) -> None:
        run = facts.run
        in_day = unit.runs.sent_since(run.account_id, attempt.stamp_ms - DAY_MS)
        settings = settings_of(unit, run.environment, run.account_id)
        if touches(order, kept_since(self._plan, settings)):
            words = f"{order.asset} was excluded or protected after the plan was made: it is left as it is"
            raise _Skip("plan-changed", words)
        limits = strictest(settings.limits, order)
        offer, planned = attempt.price, order.price
        proposal = Proposal(order.symbol, order.side, attempt.worth, offer, planned, quote.last, through)
        found = breach(limits, proposal, Sent(facts.worth_sent(), in_day, portfolio_of(self._plan)))
        if found is None:
            return
        if found.code == "price-moved":
            raise RunOver("stopped", found.code, found.detail)
        raise _Skip(found.code, found.detail)

    def _attempt(self, facts: RunFacts, order: PlannedOrder, found: Sized) -> Attempt:
        hop = found.hop
        run, number = facts.run, len(facts.tries(order.n)) + 1
        return Attempt(
            run_id=run.id,
            n=order.n,
            attempt=number,
            client_order_id=client_order_id(run.environment, run.account_id, run.plan_id, order.n, number),
            symbol=order.symbol,
            side=order.side,
            quantity=hop.quantity,
            price=hop.price,
            worth=worth_of(self._plan, order, hop.spent, hop.price),
            stamp_ms=self._trading.stamp_ms(),
            recv_window_ms=RECV_WINDOW_MS,
            state="SENDING",
            quote_quantity=found.quote_quantity,
        )

    def _given_up(self, facts: RunFacts, order: PlannedOrder) -> bool:
        """Whether the leg ended because the exchange refuses it, or nothing arrives, again and again."""
        tries = [one for one in facts.tries(order.n) if one.error != WITHDRAWN]
        last = (tries[-1].error or "") if tries else ""
        if sum((one.error or "").startswith("filter-") for one in tries) > 1:
            # Rules were read anew in between: it is not our knowledge of them that is old.
            raise _Skip(last, f"The exchange refuses an order of {order.symbol} by this filter, also as sized anew")
        if sum(one.error == SHORT for one in tries) > 1:
            words = f"The exchange says that there is too little {order.given}, also for an order that was sized anew"
            self._journal.set_leg(order.n, "REJECTED", SHORT, words)
            return True
        refused = [one for one in tries[-MOST_REFUSALS:] if one.state == "REFUSED"]
        if len(refused) == MOST_REFUSALS or len(tries) >= MOST_ABSENT:
            raise RunOver("stopped", last, f"{order.symbol} was refused {len(tries)} times: {last}")
        return False

    def _ended_ms(self) -> int:
        """The exchange's clock, or as near to it as can be known without it."""
        try:
            return self._trading.server_time_ms()
        except ExchangeError:
            run = self._journal.facts().run
            return run.created_ms + self._now_ms() - run.created_machine_ms


def _to_send(attempt: Attempt) -> OrderToSend:
    return OrderToSend(
        client_order_id=attempt.client_order_id,
        symbol=attempt.symbol,
        side=attempt.side,
        quantity=attempt.quantity if attempt.quote_quantity is None else None,
        quote_quantity=attempt.quote_quantity,
        stamp_ms=attempt.stamp_ms,
        recv_window_ms=attempt.recv_window_ms,
    )
