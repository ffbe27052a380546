"""Keeps the proofs of each account: the certificate of every comparison, and the closing equation of every snapshot.

What was booked stays in memory between the steps of a collector: one more snapshot costs what happened since the last
one. When the past changes it is booked anew from its first event, as the costs are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.errors import ExchangeError
from backend.core.flows import ENTERED
from backend.core.ledger.certificate import HISTORY_UNKNOWN, WALLET_UNKNOWN, Certificate, WalletQuantity, refused
from backend.core.ledger.certify import certify
from backend.core.ledger.closing import Closing, ClosingBook, Mark
from backend.core.ledger.cost_translation import wanted_prices
from backend.core.ledger.likely_cause import Evidence
from backend.core.ledger.residuals import Finding, Look, Unexplained, finding
from backend.core.model.amounts import ONE, ZERO, plain, product
from backend.core.model.holdings import CashFlow, EventKind, LedgerEvent
from backend.core.model.instants import iso_ms
from backend.core.model.wallet_moves import MOVES_READ, WALLET_MOVES
from backend.core.valuation import PriceRoutes
from backend.services.past_prices import PastPrices
from backend.services.turns import always
from backend.services.watch import Watched

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow, Valuation
    from backend.core.ports import Exchange, Store
    from backend.services.ledger_update import Changes

log = structlog.get_logger(__name__)

CHUNK_ROWS: Final = 1_000
# More findings of one chunk than this are told together: a page of alarms says no more than one.
MOST_ALERTS: Final = 20
EventPrices = Mapping[str, Mapping[int, Decimal | None]]


@dataclass(slots=True)
class _Booked:
    """A book and how far it has come: the first so many events and flows, all that was before `at_ms`."""

    book: ClosingBook
    at_ms: int = 0
    events: Sequence[LedgerEvent] = ()
    events_done: int = 0
    flows: Sequence[CashFlow] = ()
    flows_done: int = 0

    def holds(self, start_ms: int, events: Sequence[LedgerEvent], flows: Sequence[CashFlow]) -> bool:
        """Whether it can go on from an instant: nothing before it has changed since."""
        return (
            self.at_ms <= start_ms
            and self.events[: self.events_done] == events[: self.events_done]
            and self.flows[: self.flows_done] == flows[: self.flows_done]
        )


@dataclass(slots=True)
class _Interval:
    """What of one interval between two snapshots is not explained by itself."""

    unexplained: list[Unexplained] = field(default_factory=list)
    entered: list[Decimal] = field(default_factory=list)


@dataclass(slots=True)
class ProofLog:
    """One for all accounts of a collector; outlives its steps."""

    reporting: str
    _booked: dict[int, _Booked] = field(default_factory=dict)
    _compared: dict[int, Any] = field(default_factory=dict)

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._booked.pop(account_id, None)
        self._compared.pop(account_id, None)

    def close(
        self,
        store: Store,
        exchange: Exchange,
        epoch: int,
        account_id: int,
        events: Sequence[LedgerEvent],
        valuation: Valuation,
        go_on: Callable[[], bool] = always,
    ) -> None:
        """Close the snapshots that have no closing yet; one alert each for what is found anew.

        `go_on` is asked between chunks: where it says no, the next call goes on after the last one.
        """
        run = _Run(store, exchange, epoch, account_id, self.reporting, events, valuation)
        try:
            booked = run.close(self._booked.get(account_id), go_on)
        except ExchangeError as error:
            # A price could not be read: the next step goes on.
            log.warning("snapshots not closed yet", account=account_id, code=error.code)
        else:
            if booked is not None:
                self._booked[account_id] = booked

    def certify(
        self, store: Store, epoch: int, account_id: int, changed: Changes, valuation: Valuation, anew: bool = False
    ) -> None:
        """Record what a step has compared; `anew`: also where neither balances nor ledger have changed since."""
        reading = changed.held.reading
        with store.read() as unit:
            of_files = unit.wallet_moves.of_files(account_id)
        seen = (reading.balances, reading.unknown, changed.complete, len(changed.events), of_files)
        if not anew and changed.from_ms is None and self._compared.get(account_id) == seen:
            return
        certificate: Certificate
        if reading.unknown:
            certificate = refused(WALLET_UNKNOWN, [one.wallet.value for one in reading.unknown])
        elif not changed.complete:
            certificate = refused(HISTORY_UNKNOWN)
        else:
            reported = [WalletQuantity(one.wallet.value, one.asset, one.net) for one in reading.balances]
            newest_ms = changed.events[-1].at_ms if changed.events else 0
            prices = {line.balance.asset: line.price for line in valuation.lines if line.price is not None}
            # What was told of the moments after the reading is in both: the comparison waited for it.
            until_ms = max(changed.held.at_ms, newest_ms)
            with store.read() as unit:
                moves = unit.wallet_moves.all(account_id)
                moves_read = bool(unit.ledger.cursor(account_id, WALLET_MOVES, MOVES_READ))
            certificate = certify(changed.events, reported, until_ms, prices, moves, moves_read)
        with store.write(epoch) as unit:
            if unit.proofs.set_certificate(account_id, certificate) or anew:
                unit.events.emit("proof", account_id, {"complete": certificate.complete})
        self._compared[account_id] = seen


class _Run:
    """Closes the snapshots of one account that have no closing yet."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        epoch: int,
        account_id: int,
        reporting: str,
        events: Sequence[LedgerEvent],
        valuation: Valuation,
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._epoch = epoch
        self._account = account_id
        self._reporting = reporting
        self._events = events
        wallets: dict[str, dict[str, Decimal]] = {}
        for line in valuation.lines:
            wallets.setdefault(line.balance.asset, {})[line.balance.wallet] = line.balance.total
        # It reads the whole ledger, but only when it is asked.
        self._evidence = Evidence(events, wallets)

    def close(self, booked: _Booked | None, go_on: Callable[[], bool]) -> _Booked | None:
        """Go on from a book as far as it still holds; returns how far it came, None where nothing was to be done.

        Raises:
            ExchangeError: a price could not be read; what was written stays.
        """
        with self._store.read() as unit:
            first, newest = unit.snapshots.first(self._account), unit.snapshots.last(self._account)
            closed_ms = unit.proofs.last_closing_ms(self._account)
            if first is None or newest is None or newest.at_ms == closed_ms:
                return None
            flows = [
                flow
                for flow in unit.cash_flows.all(self._account)
                if flow.source in ENTERED and flow.amount is not None and flow.at_ms >= first.at_ms
            ]
            watched = Watched.since(unit, self._exchange, self._account, self._events, closed_ms)
        start_ms = first.at_ms if closed_ms is None else closed_ms
        if booked is None or not booked.holds(start_ms, self._events, flows):
            booked = _Booked(ClosingBook(self._reporting))
        booked.events, booked.flows = self._events, flows
        prices = PastPrices(
            self._store, self._exchange, self._epoch, PriceRoutes(self._exchange.symbols(), self._reporting)
        )
        while True:
            with self._store.read() as unit:
                # The row before the first new one is looked at again: what it is wrong by is no part of what follows.
                rows = unit.snapshots.from_instant(self._account, start_ms, CHUNK_ROWS)
                known = unit.proofs.closing(self._account, start_ms)
            marks, intervals = [], []
            at_events = self._event_prices(prices, booked, rows[-1].at_ms)
            for row in rows:
                intervals.append(self._advance(booked, row.at_ms, at_events))
                marks.append(booked.book.mark(row.at_ms, watched.profit.at(row.at_ms).amounts))
            looks = _looks(rows, marks, prices)
            if closed_ms is not None and looks[0].closing != known:
                # What was booked of the past is not what is stored of it: all of it is judged anew.
                with self._store.write(self._epoch) as unit:
                    unit.proofs.forget_closings(self._account)
                return self.close(None, go_on)
            fresh = [
                (row.id, look.closing)
                for row, look in zip(rows, looks, strict=True)
                if row.id is not None and (closed_ms is None or row.at_ms > closed_ms)
            ]
            found = [
                one
                for before, after, interval in zip(looks, looks[1:], intervals[1:], strict=False)
                if (one := self._finding(before, after, interval)) is not None
            ]
            last = len(rows) < CHUNK_ROWS
            self._write(fresh, found, start_ms, None if last else rows[-1].at_ms)
            if last or not go_on():
                return booked
            closed_ms = start_ms = rows[-1].at_ms

    def _event_prices(self, prices: PastPrices, booked: _Booked, until_ms: int) -> EventPrices:
        wanted: dict[str, set[int]] = {}
        for event in islice(self._events, booked.events_done, None):
            if event.at_ms >= until_ms:
                break
            for asset in wanted_prices(event, self._reporting):
                wanted.setdefault(asset, set()).add(event.at_ms)
        known = prices.of_all(wanted)
        return {asset: {at_ms: found.price for at_ms, found in told.items()} for asset, told in known.items()}

    def _advance(self, booked: _Booked, until_ms: int, at_events: EventPrices) -> _Interval:
        """Book what happened before an instant."""
        interval = _Interval()
        while booked.events_done < len(booked.events) and booked.events[booked.events_done].at_ms < until_ms:
            event = booked.events[booked.events_done]
            known: dict[str, Decimal | None] = {self._reporting: ONE}
            known |= {leg.asset: at_events.get(leg.asset, {}).get(event.at_ms) for leg in event.legs}
            known[self._reporting] = ONE
            booked.book.book(event, known.get)
            booked.events_done += 1
            if event.kind is EventKind.UNEXPLAINED:
                interval.unexplained += [
                    Unexplained(leg.asset, leg.amount, product(leg.amount, known[leg.asset] or ZERO))
                    for leg in event.legs
                ]
        while booked.flows_done < len(booked.flows) and booked.flows[booked.flows_done].at_ms < until_ms:
            amount = booked.flows[booked.flows_done].amount
            booked.flows_done += 1
            if amount is not None:
                booked.book.enter(amount)
                interval.entered.append(amount)
        booked.at_ms = until_ms
        return interval

    def _finding(self, before: Look, after: Look, interval: _Interval) -> Finding | None:
        return finding(before, after, interval.unexplained, interval.entered, self._evidence.causes)

    def _write(
        self, closings: Sequence[tuple[int, Closing]], found: Sequence[Finding], after_ms: int, until_ms: int | None
    ) -> None:
        with self._store.write(self._epoch) as unit:
            unit.proofs.add_closings(self._account, closings)
            news = unit.proofs.replace_findings(self._account, after_ms, until_ms, found)
            for one in news[:MOST_ALERTS]:
                unit.events.emit("alert", self._account, _alert(one))
            if len(news) > MOST_ALERTS:
                unit.events.emit("alert", self._account, {"kind": "residuals", "more": len(news) - MOST_ALERTS})
            unit.events.emit("proof", self._account, {"closed": len(closings)})


def _looks(rows: Sequence[SnapshotRow], marks: Sequence[Mark], prices: PastPrices) -> list[Look]:
    """Stored rows beside what they should be, at the prices of their instants."""
    wanted: dict[str, set[int]] = {}
    for row, mark in zip(rows, marks, strict=True):
        for asset in mark.held:
            wanted.setdefault(asset, set()).add(row.at_ms)
    known = prices.of_all(wanted)
    looks = []
    for row, mark in zip(rows, marks, strict=True):
        own = {asset: known[asset][row.at_ms].price for asset in mark.held}
        looks.append(Look(mark.closing(own), row.value, row.composition, mark.held, own))
    return looks


def _alert(found: Finding) -> dict[str, Any]:
    return {
        "kind": "residual",
        "after": iso_ms(found.after_ms),
        "until": iso_ms(found.until_ms),
        "residual_usd": plain(found.residual),
        "cause": found.cause,
        "coins": [
            {"asset": one.asset, "quantity": None if one.quantity is None else plain(one.quantity), "cause": one.cause}
            for one in found.coins
        ],
    }
