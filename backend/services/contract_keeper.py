"""ContractKeeper: keeps the positions in futures contracts in step with what the exchange tells of fills and positions.

A fill changes no quantity of a coin: what it brings and costs stands in the ledger as lines of the futures wallet. So
nothing here is booked; fills say when a position began, at what price and how large it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import RequestRefusedError
from backend.core.import_coverage import EDGE, SINCE, UNTIL
from backend.core.ledger.contract_rounds import Funding, Rate, rounds
from backend.core.model.amounts import MONEY, ONE, ZERO, minus, total
from backend.core.model.contracts import BOTH_SIDES, DIFFERS, Contract, ContractFill, ContractState, Round
from backend.core.model.holdings import FUTURES_KINDS, EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.wallets import Wallet
from backend.services.refused_names import RefusedNames

if TYPE_CHECKING:
    from backend.core.model.futures import FuturesPosition, FuturesTrade
    from backend.core.ports import Exchange, Store
    from backend.services.book_keeper import PriceOf
    from backend.services.ledger_update import Changes

log = structlog.get_logger(__name__)

WALLETS: Final = (Wallet.FUTURES_USDM, Wallet.FUTURES_COINM)
# What is older is not told; the lines of the wallets reach back as far.
HORIZONS_MS: Final = {Wallet.FUTURES_USDM: 89 * DAY_MS, Wallet.FUTURES_COINM: 364 * DAY_MS}
# One question is about less than a week.
WINDOW_MS: Final = 7 * DAY_MS - 1
# A fill may be listed a moment after its lines.
OVERLAP_MS: Final = MINUTE_MS
# How often fills and positions are read until they agree: the account may trade between the two looks.
LOOKS: Final = 3
MOVED: Final = frozenset({EventKind.FUTURES_FEE, EventKind.FUTURES_RESULT})
# Names of the histories of fills, for the map of what was read.
HISTORIES: Final = {Wallet.FUTURES_USDM: "futures_trades_usdm", Wallet.FUTURES_COINM: "futures_trades_coinm"}


@dataclass(slots=True)
class _Lines:
    """The lines of one contract in the ledger: when the first came, when it traded last, and what funding it paid."""

    first_ms: int
    traded_ms: int = 0
    last_ms: int = 0
    funding: list[Funding] = field(default_factory=list)


@dataclass(slots=True)
class _Account:
    """What is kept of an account between two looks: its lines while the ledger does not change, and contracts whose
    fills did not add up.
    """

    lines: Mapping[str, _Lines] = field(default_factory=dict)
    doubtful: set[Contract] = field(default_factory=set)


class ContractKeeper:
    """Positions of any number of accounts; each is updated by one thread at a time."""

    def __init__(self, store: Store, reporting: str) -> None:
        self._store = store
        self._reporting = reporting
        self._kept: dict[int, _Account] = {}

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._kept.pop(account_id, None)

    def update(self, exchange: Exchange, account: int, epoch: int | None, changed: Changes, price_of: PriceOf) -> None:
        """Bring the positions up to what the exchange tells.

        Raises:
            ExchangeError: it gave no usable answer; what is there stays, and the next call goes on.
            LeaseLostError: another collector works now.
        """
        if changed.paused:
            return
        if changed.from_ms is not None or account not in self._kept:
            doubtful = self._kept[account].doubtful if account in self._kept else set()
            self._kept[account] = _Account(_lines_of(changed.events), doubtful=doubtful)
        kept = self._kept[account]
        reading = changed.held.reading
        for wallet in WALLETS:
            named = any(_belongs(symbol, wallet) for symbol in kept.lines)
            profit = any(one.wallet is wallet for one in reading.unrealized)
            if wallet in reading.read_ms and (named or profit):
                turn = _Turn(self._store, self._reporting, exchange, account, epoch, wallet, kept)
                turn.run(changed.from_ms, price_of)


class _Turn:
    """One look at one futures wallet."""

    def __init__(
        self,
        store: Store,
        reporting: str,
        exchange: Exchange,
        account: int,
        epoch: int | None,
        wallet: Wallet,
        kept: _Account,
    ) -> None:
        self._store = store
        self._reporting = reporting
        self._exchange = exchange
        self._account = account
        self._epoch = epoch
        self._wallet = wallet
        self._kept = kept
        self._lines = {symbol: lines for symbol, lines in kept.lines.items() if _belongs(symbol, wallet)}
        self._source = HISTORIES[wallet]
        with store.read() as unit:
            states = unit.contracts.states(account)
            self._covered = dict(unit.ledger.cursors(account, self._source))
            self._edge_ms = unit.ledger.cursor(account, EDGE, self._source) or 0
        self._refused = RefusedNames(store, account, epoch, self._source)
        self._states = {one.contract: one for one in states if one.contract.wallet is wallet}

    def run(self, from_ms: int | None, price_of: PriceOf) -> None:
        """Read what is new, and put right the positions from `from_ms` on: the earliest instant that the ledger
        changed, None where it did not.
        """
        found = self._positions()
        read: dict[Contract, int] = {}
        due = self._due(found)
        for _ in range(LOOKS):
            if not due:
                break
            for symbol in due:
                for contract, at_ms in self._read_fills(symbol).items():
                    read[contract] = min(at_ms, read.get(contract, at_ms))
            before, found = found, self._positions()
            # The account may have traded between the two looks: what is held now has fills that were not read.
            due = sorted({one.symbol for one in {*before, *found} if _held(before, one) != _held(found, one)})
        if from_ms is not None:
            for contract in {*self._states, *found}:
                if (lines := self._lines.get(contract.symbol)) is not None and lines.last_ms >= from_ms:
                    read[contract] = min(from_ms, read.get(contract, from_ms))
        for contract in found:
            if contract not in self._states:
                read.setdefault(contract, 0)
        made = {contract: self._made(contract, found, read, price_of) for contract in read}
        self._write(found, made)

    def _positions(self) -> dict[Contract, FuturesPosition]:
        self._read_ms = self._exchange.server_time_ms()
        told = self._exchange.futures_positions(self._wallet)
        return {Contract(self._wallet, one.symbol, one.side): one for one in told}

    def _due(self, found: Mapping[Contract, FuturesPosition]) -> list[str]:
        """Contracts whose fills are not all here: they traded since, or what is held is not what was held."""
        due = {symbol for symbol, lines in self._lines.items() if lines.traded_ms > self._covered.get(symbol, 0)}
        for contract in {*found, *self._states}:
            state = self._states.get(contract)
            if state is None or state.held != _held(found, contract):
                due.add(contract.symbol)
        due |= {contract.symbol for contract in self._kept.doubtful if contract.wallet is self._wallet}
        refused, again = self._refused.all(), self._refused.due(self._read_ms)
        return sorted((due - refused.keys()) | set(again))

    def _read_fills(self, symbol: str) -> Mapping[Contract, int]:
        """Read what is not here of a contract, window by window; returns the earliest fill of each of its sides."""
        now_ms, refused = self._exchange.server_time_ms(), self._refused.all()
        edge_ms = now_ms - HORIZONS_MS[self._wallet]
        if symbol in self._covered:
            start_ms = max(self._covered[symbol] - OVERLAP_MS, edge_ms)
        else:
            lines = self._lines.get(symbol)
            # Every fill leaves a line, and lines reach back as far as fills.
            start_ms = edge_ms if lines is None else max(edge_ms, lines.first_ms - OVERLAP_MS)
        earliest: dict[Contract, int] = {}
        for window_ms in range(start_ms, now_ms + 1, WINDOW_MS):
            stop_ms = min(window_ms + WINDOW_MS, now_ms)
            try:
                told = self._exchange.futures_trades(self._wallet, symbol, window_ms, stop_ms)
            except RequestRefusedError as error:
                # A contract that is gone: not a reason to stop the others.
                log.warning("contract not readable", symbol=symbol, code=error.exchange_code)
                self._refused.note(symbol, now_ms)
                return earliest
            if symbol in refused:
                self._refused.note(symbol, 0)
            sides: dict[Contract, list[ContractFill]] = {}
            for trade in told:
                contract = Contract(self._wallet, symbol, trade.position_side)
                sides.setdefault(contract, []).append(_fill(trade, contract))
            with self._store.write(self._epoch) as unit:
                for contract, fills in sides.items():
                    unit.contracts.add_fills(self._account, contract, fills)
                    earliest[contract] = min(fills[0].at_ms, earliest.get(contract, fills[0].at_ms))
                unit.ledger.set_cursor(self._account, self._source, symbol, stop_ms)
                if SINCE not in self._covered:
                    unit.ledger.set_cursor(self._account, self._source, SINCE, edge_ms)
            self._covered[symbol] = stop_ms
            self._covered.setdefault(SINCE, edge_ms)
        return earliest

    def _made(
        self,
        contract: Contract,
        found: Mapping[Contract, FuturesPosition],
        read: Mapping[Contract, int],
        price_of: PriceOf,
    ) -> tuple[Decimal, int, list[Round]]:
        """What was held before the first fill, the number of the first position that is put right, and those."""
        state, held = self._states.get(contract), _held(found, contract)
        with self._store.read() as unit:
            base = None if state is None else unit.contracts.last_closed(self._account, contract, read[contract])
            fills = unit.contracts.fills(self._account, contract, 0 if base is None else base.last_trade_id)
        if state is not None:
            start = state.start
        else:
            start = minus(held, total([one.quantity for one in fills]))
        position = found.get(contract)
        margin = (None if position is None else position.margin_asset) or contract.margin_asset
        lines = self._lines.get(contract.symbol)
        funding = [] if lines is None else lines.funding
        first, since_ms = (1, 0) if base is None else (base.number + 1, base.closed_ms or 0)
        made = rounds(
            contract,
            margin,
            start if base is None else ZERO,
            fills,
            funding,
            self._rates(margin, fills, [one for one in funding if base is None or one.at_ms >= since_ms], price_of),
            first,
        )
        if self._both_sides(contract, read):
            for one in made:
                one.funding_value, one.reason = None, one.reason or BOTH_SIDES
        self._judge(contract, made, held, first)
        return start, first, made

    def _judge(self, contract: Contract, made: list[Round], held: Decimal, first: int) -> None:
        """Mark positions that do not come to what the exchange says is held."""
        last = made[-1] if made and made[-1].closed_ms is None else None
        if (ZERO if last is None else -last.held if last.short else last.held) == held:
            self._kept.doubtful.discard(contract)
            return
        self._kept.doubtful.add(contract)
        if held == ZERO and last is not None:
            # It is gone: by now, and nobody knows since when.
            last.held, last.closed_ms, last.reason = ZERO, self._read_ms, DIFFERS
        elif last is not None and last.short is (held < ZERO):
            last.held, last.reason = abs(held), DIFFERS
        else:
            if last is not None:
                last.held, last.closed_ms, last.reason = ZERO, self._read_ms, DIFFERS
            number = first + len(made)
            made.append(Round(contract, number, held < ZERO, None, held=abs(held), came=abs(held), reason=DIFFERS))

    def _both_sides(self, contract: Contract, read: Iterable[Contract]) -> bool:
        known = {*self._states, *read}
        return any(one.symbol == contract.symbol and one.side != contract.side for one in known)

    def _rates(
        self, margin: str | None, fills: Sequence[ContractFill], funding: Sequence[Funding], price_of: PriceOf
    ) -> Rate:
        """Prices of everything that was paid or charged, each at its instant."""
        wanted: dict[str, set[int]] = {}
        for fill in fills:
            wanted.setdefault(fill.commission_asset, set()).add(fill.at_ms)
            if margin is not None:
                wanted.setdefault(margin, set()).add(fill.at_ms)
        for line in funding:
            wanted.setdefault(line.asset, set()).add(line.at_ms)
        prices = {asset: price_of(asset, instants) for asset, instants in wanted.items() if asset != self._reporting}

        def rate(asset: str, at_ms: int) -> tuple[Decimal | None, str | None]:
            if asset == self._reporting:
                return ONE, None
            found = prices[asset][at_ms]
            return found.price, found.doubt

        return rate

    def _write(
        self,
        found: Mapping[Contract, FuturesPosition],
        made: Mapping[Contract, tuple[Decimal, int, list[Round]]],
    ) -> None:
        told = []
        for contract in {*found, *self._states, *made}:
            before = self._states.get(contract)
            start = made[contract][0] if contract in made else ZERO if before is None else before.start
            now = _state(contract, found.get(contract), start, self._read_ms)
            if before is None or replace(now, read_ms=before.read_ms) != before or contract in found:
                told.append(now)
        spans = self._spans()
        edge_ms = spans.get((EDGE, self._source), self._edge_ms)
        if not told and not made and abs(edge_ms - self._edge_ms) < HOUR_MS:
            return
        with self._store.write(self._epoch) as unit:
            for contract, (_, first, positions) in made.items():
                unit.contracts.put_rounds(self._account, contract, first, positions)
            for one in told:
                count = _count(made[one.contract]) if one.contract in made else None
                unit.contracts.put_state(self._account, one, count)
            for (source, key), at_ms in spans.items():
                unit.ledger.set_cursor(self._account, source, key, at_ms)
            if told or made:
                unit.events.emit("positions", self._account)

    def _spans(self) -> Mapping[tuple[str, str], int]:
        """Cursors by source and key: from when on fills are told now, and what was read of them as one stretch."""
        edge_ms = self._read_ms - HORIZONS_MS[self._wallet]
        if self._refused.all():
            # What they would tell is missing from the last whole look on.
            return {(EDGE, self._source): edge_ms}
        if SINCE not in self._covered:
            return {}
        # Fills that came and went between two looks that lie further apart than the exchange remembers are lost.
        lost = self._covered.get(UNTIL, edge_ms) < edge_ms
        return {
            (EDGE, self._source): edge_ms,
            (self._source, SINCE): edge_ms if lost else self._covered[SINCE],
            (self._source, UNTIL): self._read_ms,
        }


def _count(made: tuple[Decimal, int, list[Round]]) -> int:
    """How many positions a contract ever had."""
    _, first, positions = made
    return first - 1 + len(positions)


def _lines_of(events: Iterable[LedgerEvent]) -> Mapping[str, _Lines]:
    found: dict[str, _Lines] = {}
    for event in events:
        if event.kind not in FUTURES_KINDS or event.symbol is None:
            continue
        lines = found.setdefault(event.symbol, _Lines(event.at_ms))
        lines.last_ms = event.at_ms
        if event.kind in MOVED:
            lines.traded_ms = event.at_ms
        elif event.kind is EventKind.FUNDING:
            lines.funding += [Funding(event.at_ms, leg.asset, leg.amount) for leg in event.legs]
    return found


def _belongs(symbol: str, wallet: Wallet) -> bool:
    """Coin-margined contracts are named by the dollar (BTCUSD_PERP), the others by a coin (BTCUSDT, BTCUSDT_260626)."""
    inverse = symbol.partition("_")[0].endswith("USD") and "_" in symbol
    return inverse is (wallet is Wallet.FUTURES_COINM)


def _held(found: Mapping[Contract, FuturesPosition], contract: Contract) -> Decimal:
    position = found.get(contract)
    return ZERO if position is None else position.quantity


def _fill(trade: FuturesTrade, contract: Contract) -> ContractFill:
    with localcontext(MONEY):
        linear = trade.quote_quantity if trade.quote_quantity is not None else trade.quantity * trade.price
    return ContractFill(
        trade_id=int(trade.trade_id),
        at_ms=trade.at_ms,
        quantity=trade.quantity if trade.side == "BUY" else -trade.quantity,
        price=trade.price,
        notional=trade.base_quantity if contract.inverse else linear,
        realized=trade.realized,
        commission=trade.commission,
        commission_asset=trade.commission_asset,
    )


def _state(contract: Contract, position: FuturesPosition | None, start: Decimal, read_ms: int) -> ContractState:
    if position is None:
        return ContractState(contract, ZERO, start, margin_asset=contract.margin_asset, read_ms=read_ms)
    return ContractState(
        contract,
        held=position.quantity,
        start=start,
        entry_price=position.entry_price,
        mark_price=position.mark_price,
        unrealized=position.unrealized,
        notional=position.notional,
        margin_asset=position.margin_asset or contract.margin_asset,
        read_ms=read_ms,
    )
