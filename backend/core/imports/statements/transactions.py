"""The transaction history: single rows of every wallet, put together to the events that made them.

Rows of one instant and account belong together, in any order. Moves between own wallets change no sum and become no
event, they are told apart. What cannot be put together is reported, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from itertools import pairwise
from sys import intern
from typing import Final, Literal

from backend.core.imports.statements.cells import QUOTES
from backend.core.imports.statements.entries import (
    AMBIGUOUS,
    NO_COUNTERPART,
    NO_MOVE,
    OWN_MOVE,
    UNKNOWN_OPERATION,
    Entry,
    StatementLine,
    Told,
    leg,
    source_of,
)
from backend.core.imports.statements.operations import SWAPS, Class, class_of
from backend.core.imports.statements.own_moves import MoveRow, moves_of
from backend.core.imports.statements.wallet_names import wallet_named
from backend.core.model.amounts import MONEY, ZERO, total
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet

SOURCE: Final = source_of("transactions")
# The legs of one movement may be booked on either side of the turn of a second.
APART_MS: Final = 2_000
# The tokens of staking come when it is done, or before the coins are taken.
STAKED_APART_MS: Final = DAY_MS
_PRICE_DIGITS: Final = 12
_SINGLE: Final = {
    Class.INCOME: EventKind.REWARD,
    Class.WRITE_OFF: EventKind.REWARD,
    Class.FUTURES_RESULT: EventKind.FUTURES_RESULT,
    Class.FUTURES_FEE: EventKind.FUTURES_FEE,
    Class.FUNDING: EventKind.FUNDING,
}
# Principal of staking is no sale: it goes on as the token that stands for it.
_SWAP_KINDS: Final = {
    Class.TRADE: EventKind.TRADE,
    Class.TOKEN_SWAP: EventKind.RENAME,
    Class.STAKING_SWAP: EventKind.RENAME,
}
_PLAIN_FLOWS: Final = ("deposit", "withdraw")


@dataclass(slots=True)
class Row:
    """One row: what it is, and the signed change of one coin."""

    line: StatementLine
    account: str
    which: Class
    coin: str
    change: Decimal
    remark: str


@dataclass(slots=True)
class _Group:
    """Rows of one instant, account and class of swap."""

    at_ms: int
    rows: list[Row] = field(default_factory=list)

    @property
    def ins(self) -> list[Row]:
        return [row for row in self.rows if row.which is not Class.TRADE_FEE and row.change > ZERO]

    @property
    def outs(self) -> list[Row]:
        return [row for row in self.rows if row.which is not Class.TRADE_FEE and row.change < ZERO]

    @property
    def fees(self) -> list[Row]:
        return [row for row in self.rows if row.which is Class.TRADE_FEE]

    @property
    def whole(self) -> bool:
        return bool(self.ins) and bool(self.outs)


@dataclass(slots=True)
class _Swap:
    """One trade or conversion: rows that came in, rows that went out, and the fees of it."""

    ins: list[Row]
    outs: list[Row]
    fees: list[Row] = field(default_factory=list)


def put_together(rows: Iterable[Row], told: Told) -> None:
    """Make events of rows; each row's line says what became of it."""
    groups: dict[tuple[str, Class], dict[int, _Group]] = {}
    paid_ms: list[int] = []
    elsewhere: dict[int, Wallet] = {}
    moved: list[MoveRow] = []
    for row in rows:
        wallet = wallet_named(row.account, row.line.words)
        if wallet is not None and wallet is not Wallet.SPOT:
            elsewhere[row.line.n] = wallet
        at_ms = row.line.at_ms
        if at_ms is None or row.change == ZERO:
            row.line.reason, row.line.ignored = NO_MOVE, True
        elif row.which is Class.OWN_MOVE:
            row.line.reason, row.line.ignored = OWN_MOVE, True
            moved.append(MoveRow(at_ms, row.line.words, wallet, row.coin, row.change))
        elif row.which in SWAPS or row.which is Class.PURCHASE:
            which: Class = Class.TRADE if row.which is Class.TRADE_FEE else row.which
            chain = groups.setdefault((row.account.lower(), which), {})
            chain.setdefault(at_ms, _Group(at_ms)).rows.append(row)
        else:
            if row.which is Class.PAYMENT:
                paid_ms.append(at_ms)
            told.entries.append(_single_entry(row, at_ms))
    for (_, which), chain in groups.items():
        apart_ms = STAKED_APART_MS if which is Class.STAKING_SWAP else APART_MS
        for group in _joined([chain[at_ms] for at_ms in sorted(chain)], apart_ms):
            if which is Class.PURCHASE and not _of_own_money(group, paid_ms):
                told.entries.extend(_single_entry(row, group.at_ms) for row in group.rows)
            else:
                told.entries.extend(_swaps(group, which))
    told.moves = moves_of(moved)
    for place, entry in enumerate(told.entries):
        if (wallet := elsewhere.get(entry.lines[0])) is not None:
            told.entries[place] = replace(entry, event=replace(entry.event, wallet=wallet.value))


def _of_own_money(group: _Group, paid_ms: Iterable[int]) -> bool:
    """Whether what a purchase cost left the account, and no card brought that money in the same moment."""
    return group.whole and not any(abs(at_ms - group.at_ms) <= APART_MS for at_ms in paid_ms)


def _single_entry(row: Row, at_ms: int) -> Entry:
    event = _single(row, at_ms)
    row.line.kind = event.kind
    return Entry(event, (row.line.n,))


def row_of(line: StatementLine, account: str, remark: str) -> Row | None:
    """A row of a known operation, of a line with its leg; of an unknown one the line says so and there is none."""
    which = class_of(line.words, account)
    if which is None:
        line.reason, line.detail = UNKNOWN_OPERATION, line.words[:80]
        return None
    return Row(line, account, which, line.legs[0].asset, line.legs[0].amount, remark)


def _single(row: Row, at_ms: int) -> LedgerEvent:
    note = "" if row.line.words.lower() in _PLAIN_FLOWS else row.line.words
    if row.which is Class.LOAN:
        # As loans of the API: the leg that comes in is the change of the debt, the other what it brought.
        legs = (Leg(row.coin, row.change, "in"), Leg(row.coin, -row.change, "out"))
        return LedgerEvent(SOURCE, "", EventKind.LOAN, at_ms, legs, note=note)
    flow = EventKind.DEPOSIT if row.change > ZERO else EventKind.WITHDRAWAL
    return LedgerEvent(SOURCE, "", _SINGLE.get(row.which, flow), at_ms, row.line.legs, note=note)


def _joined(groups: list[_Group], apart_ms: int) -> list[_Group]:
    """Halves of a movement that stand so far apart become one; fees join the trade beside them."""
    for earlier, later in pairwise(groups):
        near = later.at_ms - earlier.at_ms <= apart_ms
        if not near or not earlier.rows:
            continue
        halves = not earlier.whole and not later.whole and bool(earlier.ins) != bool(later.ins)
        if halves or not (earlier.ins or earlier.outs):
            later.rows = earlier.rows + later.rows
            earlier.rows = []
        elif earlier.whole and not (later.ins or later.outs):
            earlier.rows += later.rows
            later.rows = []
    return [group for group in groups if group.rows]


def _swaps(group: _Group, which: Class) -> list[Entry]:
    sides = [row for row in group.rows if row.which is not Class.TRADE_FEE]
    swaps: list[_Swap] = []
    for half in _halves(sides):
        pairs = _paired(half, which)
        if pairs is None:
            one_sided = len({row.change > ZERO for row in half}) == 1
            _refuse(half, NO_COUNTERPART if one_sided else AMBIGUOUS)
        else:
            swaps.extend(pairs)
    if not swaps:
        _refuse(group.fees, NO_COUNTERPART)
        return []
    extra = _share_fees(swaps, group.fees)
    kind = _SWAP_KINDS.get(which, EventKind.CONVERT)
    found = [_swap_entry(swap, kind, group.at_ms) for swap in swaps]
    # A second coin that paid fees in one trade is a cost beside it: an event has one fee.
    for row in extra:
        event = LedgerEvent(SOURCE, "", EventKind.REWARD, group.at_ms, row.line.legs, note=row.line.words)
        found.append(Entry(event, (row.line.n,)))
        row.line.kind = kind
    return found


def _halves(sides: Sequence[Row]) -> list[Sequence[Row]]:
    """Purchases and sales apart, where the exchange's words tell them apart."""
    halves = {word: [row for row in sides if _side(row) == word] for word in ("BUY", "SELL")}
    told = sum(len(half) for half in halves.values()) == len(sides)
    return [half for half in halves.values() if half] if told else [sides]


def _refuse(rows: Iterable[Row], reason: str) -> None:
    for row in rows:
        row.line.reason, row.line.detail = reason, row.line.words[:80]


def _paired(sides: Sequence[Row], which: Class) -> list[_Swap] | None:
    """Which rows are two sides of one movement; None where one is missing or they can be read in several ways."""
    ins = [row for row in sides if row.change > ZERO]
    outs = [row for row in sides if row.change < ZERO]
    if not ins or not outs:
        return None
    if len({row.coin for row in ins}) == 1 and len({row.coin for row in outs}) == 1:
        if len(ins) != len(outs):
            return [_Swap(ins, outs)]
        # Fills of one instant have about one price: the larger amount goes with the larger.
        ordered = (sorted(one, key=lambda row: abs(row.change)) for one in (ins, outs))
        return [_Swap([one], [other]) for one, other in zip(*ordered, strict=True)]
    if which is Class.DUST and len(ins) == len(outs):
        return _by_remark(ins, outs)
    return _neighbours(sides)


def _by_remark(ins: Sequence[Row], outs: Sequence[Row]) -> list[_Swap] | None:
    """`ADA to BNB` stands on both sides of one conversion; without it the sides stand in one order."""
    told = {row.remark for row in (*ins, *outs)}
    if len(told) != len(ins) or any(sum(row.remark == remark for row in outs) != 1 for remark in told):
        return [_Swap([one], [other]) for one, other in zip(ins, outs, strict=True)]
    by_remark = {row.remark: row for row in ins}
    if len(by_remark) != len(ins):
        return None
    return [_Swap([by_remark[row.remark]], [row]) for row in outs]


def _neighbours(sides: Sequence[Row]) -> list[_Swap] | None:
    """Several pairs in one instant: the two sides of each must stand beside each other in the file."""
    if len(sides) % 2:
        return None
    ordered = sorted(sides, key=lambda row: row.line.n)
    found = []
    for one, other in zip(ordered[::2], ordered[1::2], strict=True):
        if (one.change > ZERO) == (other.change > ZERO) or one.coin == other.coin:
            return None
        found.append(_Swap([one], [other]) if one.change > ZERO else _Swap([other], [one]))
    return found


def _side(row: Row) -> Literal["BUY", "SELL"] | None:
    words = row.line.words.lower()
    if words in ("transaction buy", "transaction spend"):
        return "BUY"
    return "SELL" if words in ("transaction sold", "transaction revenue") else None


def _share_fees(swaps: Sequence[_Swap], fees: Sequence[Row]) -> list[Row]:
    """Give each swap its fees; returns those of a further coin, which no swap has room for."""
    by_coin: dict[str, list[Row]] = {}
    for row in fees:
        by_coin.setdefault(row.coin, []).append(row)
    extra: list[Row] = []
    by_size = sorted(swaps, key=lambda swap: abs(swap.ins[0].change))
    for coin_fees in by_coin.values():
        free = [swap for swap in by_size if not swap.fees]
        if len(coin_fees) == len(free):
            for swap, row in zip(free, sorted(coin_fees, key=lambda row: abs(row.change)), strict=True):
                swap.fees.append(row)
        elif free:
            free[-1].fees.extend(coin_fees)
        else:
            extra.extend(coin_fees)
    return extra


def _swap_entry(swap: _Swap, kind: EventKind, at_ms: int) -> Entry:
    rows = [*swap.ins, *swap.outs, *swap.fees]
    for row in rows:
        row.line.kind = kind
    sums = [total([row.change for row in side]) for side in (swap.ins, swap.outs, swap.fees)]
    legs = [leg(side[0].coin, amount) for side, amount in zip((swap.ins, swap.outs), sums[:2], strict=True)]
    if swap.fees:
        legs.append(leg(swap.fees[0].coin, sums[2], fee=True))
    lines = tuple(row.line.n for row in rows)
    if kind is not EventKind.TRADE:
        return Entry(LedgerEvent(SOURCE, "", kind, at_ms, tuple(legs)), lines)
    side = _side(swap.ins[0]) or _direction(legs[0].asset, legs[1].asset)
    base, quote = (legs[0], legs[1]) if side == "BUY" else (legs[1], legs[0])
    event = LedgerEvent(
        SOURCE,
        "",
        kind,
        at_ms,
        tuple(legs),
        symbol=intern(f"{base.asset}{quote.asset}"),
        price=price_of(base.amount, quote.amount),
        side=side,
    )
    return Entry(event, lines)


def price_of(base: Decimal, quote: Decimal) -> Decimal:
    """The price that two amounts come to, as far as prices are written."""
    with localcontext(MONEY) as context:
        exact = abs(quote) / abs(base)
        context.prec = _PRICE_DIGITS
        return +exact


def _direction(bought: str, sold: str) -> Literal["BUY", "SELL"]:
    """Which of two coins prices the other: the one that more pairs are quoted in."""
    places = {coin: place for place, coin in enumerate(QUOTES)}
    return "BUY" if places.get(sold, len(places)) <= places.get(bought, len(places)) else "SELL"
