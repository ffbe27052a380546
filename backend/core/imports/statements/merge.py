"""One movement told by several sources is one: exports overlap each other and what the API told.

Everything that was told is kept, and which of it counts is a function of all of it: no order of imports matters, and
an import can be taken back whole. The API tells best, then the exports of one kind, then the transaction history,
whose rows lack pairs and network fees. Equal events of one source are never doubles of each other: they are counted.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import groupby
from typing import Final

from backend.core.imports.statements.entries import PREFIX, WHOLE_ORDER, View, source_of
from backend.core.imports.statements.ways import same_way
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS

Key = tuple[str, str]
_RANKED: Final[tuple[View, ...]] = (
    *("trades", "converts", "deposits", "withdrawals", "fiat", "fiat_buys", "p2p"),
    *("futures_income", "futures_trades", "staking", "auto_invest", "transactions", "orders", "earn", "tax_report"),
)
_RANKS: Final = {source_of(view): rank for rank, view in enumerate(_RANKED, start=1)}
# Exports write whole seconds, the API milliseconds.
EXACT_MS: Final = 2_000
# A flow is listed when it was asked for or when it was credited; a conversion when it was asked for or done.
NEAR_MS: Final = {
    "flow": 6 * HOUR_MS,
    "income": 5 * MINUTE_MS,
    "loan": MINUTE_MS,
    "swap": EXACT_MS,
    "futures": EXACT_MS,
}
# A bank takes days: an order is dated when it was asked for, when it was credited, or when it was last told anew.
BANK_MS: Final = 7 * DAY_MS
FARTHEST_MS: Final = 2 * BANK_MS
_LATE: Final = frozenset({EventKind.CONVERT, EventKind.RENAME, EventKind.FUNDING})
_FAMILIES: Final = {
    EventKind.DEPOSIT: "flow",
    EventKind.WITHDRAWAL: "flow",
    EventKind.TRADE: "swap",
    EventKind.CONVERT: "swap",
    EventKind.RENAME: "swap",
    EventKind.REWARD: "income",
    EventKind.INTEREST: "income",
    EventKind.FUNDING: "futures",
    EventKind.FUTURES_RESULT: "futures",
    EventKind.FUTURES_FEE: "futures",
    EventKind.LOAN: "loan",
}
# Some exports round quantities to this many places.
_PLACES: Final = Decimal(1).scaleb(-8)
# Rows of which the file tells the day alone, or the minute.
_SPANS_MS: Final = {source_of("earn"): DAY_MS, source_of("tax_report"): MINUTE_MS}
_ORDERS, _TAXED = source_of("orders"), source_of("tax_report")
_SUMMED: Final = frozenset({"swap", "futures"})
# Exports that name an order by the number that the API names it by, and what the API calls that history.
_NUMBERED: Final[Mapping[str, View]] = {
    "fiat_deposit": "fiat",
    "fiat_withdrawal": "fiat",
    "card_purchase": "fiat_buys",
    "card_sale": "fiat_buys",
    "p2p": "p2p",
}
_NUMBERED_VIEWS: Final = {**_NUMBERED, **{source_of(view): view for view in _NUMBERED.values()}}
_BANK: Final = frozenset(source for source, view in _NUMBERED_VIEWS.items() if view == "fiat")
_TELLS_OF_BANKS: Final = frozenset({source_of("fiat"), source_of("transactions")})
Net = tuple[tuple[str, Decimal], ...]


@dataclass(slots=True)
class _Record:
    """An event that counts so far; `taken`: the sources that have told it again."""

    event: LedgerEvent
    net: Net
    taken: frozenset[str] = frozenset()

    def __lt__(self, other: _Record) -> bool:
        return self.event.at_ms < other.event.at_ms


def is_statement(event: LedgerEvent) -> bool:
    return event.source.startswith(PREFIX)


def key_of(event: LedgerEvent) -> Key:
    return event.source, event.external_id


def doubles(events: Iterable[LedgerEvent]) -> dict[Key, tuple[Key, ...]]:
    """Events that another source tells better, each with the events that stand for it."""
    by_rank: dict[int, list[LedgerEvent]] = defaultdict(list)
    for event in events:
        if event.kind in _FAMILIES:
            by_rank[_RANKS.get(event.source, 0)].append(event)
    if len(by_rank) < 2:
        return {}
    shelf: dict[tuple[str, Net], list[_Record]] = defaultdict(list)
    proven: dict[Hashable, list[_Record]] = defaultdict(list)
    found: dict[Key, tuple[Key, ...]] = {}
    with localcontext(MONEY):
        for rank in sorted(by_rank):
            told = [_Record(event, _net(event)) for event in sorted(by_rank[rank], key=lambda one: one.at_ms)]
            if rank and shelf:
                told = _without_doubles(_without_proven(told, proven, found), shelf, found)
            for record in told:
                insort(shelf[_FAMILIES[record.event.kind], record.net], record)
                if (proof := _proof(record)) is not None:
                    proven[proof].append(record)
    return found


def told_again(told: Sequence[LedgerEvent], stored: Iterable[LedgerEvent]) -> list[LedgerEvent | None]:
    """For each event of a file the one that its account has from the same kind of file: by the exchange's id, else each
    stands for one; None where there is none.
    """
    sources = {event.source for event in told}
    ids: dict[Key, LedgerEvent] = {}
    stock: dict[tuple[object, ...], deque[LedgerEvent]] = {}
    for event in stored:
        if event.source in sources:
            ids[key_of(event)] = event
            stock.setdefault(_content(event), deque()).append(event)
    answers: list[LedgerEvent | None] = []
    for event in told:
        if event.external_id:
            answers.append(ids.get(key_of(event)))
            ids.setdefault(key_of(event), event)
        else:
            equals = stock.get(_content(event)) if stock else None
            answers.append(equals.popleft() if equals else None)
    return answers


def _proof(record: _Record) -> Hashable | None:
    """What no two movements of one source have in common: the number of an order, or a transaction and its amount."""
    event = record.event
    if event.transaction:
        return event.kind, record.net, event.transaction.casefold()
    view = _NUMBERED_VIEWS.get(event.source)
    return (view, event.external_id) if view is not None and event.external_id else None


def _without_proven(
    told: list[_Record], proven: Mapping[Hashable, list[_Record]], found: dict[Key, tuple[Key, ...]]
) -> list[_Record]:
    left = []
    for record in told:
        source, proof = record.event.source, _proof(record)
        others = () if proof is None else proven.get(proof, ())
        other = next((one for one in others if source not in one.taken and _within(record, one, FARTHEST_MS)), None)
        if other is None:
            left.append(record)
        else:
            _stand_in(other, record, found)
    return left


def _stand_in(other: _Record, record: _Record, found: dict[Key, tuple[Key, ...]]) -> None:
    other.taken |= {record.event.source}
    found[key_of(record.event)] = (key_of(other.event),)


def _within(one: _Record, other: _Record, reach_ms: int) -> bool:
    return abs(one.event.at_ms - other.event.at_ms) <= reach_ms


def _without_doubles(
    told: list[_Record], shelf: Mapping[tuple[str, Net], list[_Record]], found: dict[Key, tuple[Key, ...]]
) -> list[_Record]:
    """What is left of a source's events when those that are on the shelf already are taken away."""
    for exact in (True, False):
        left = []
        for record in told:
            other = _nearest(record, _like(record, shelf), exact)
            if other is None:
                left.append(record)
            else:
                _stand_in(other, record, found)
        told = left
    return _without_whole_orders(_without_sums(_without_late_orders(told, shelf, found), shelf, found), shelf, found)


def _like(record: _Record, shelf: Mapping[tuple[str, Net], list[_Record]]) -> Sequence[_Record]:
    """What changed the same coins by as much. A tax report calls what was earned received, as it does what was sent."""
    if record.event.source != _TAXED:
        return shelf.get((_FAMILIES[record.event.kind], record.net), ())
    families = dict.fromkeys(_FAMILIES.values())
    return sorted(one for family in families for one in shelf.get((family, record.net), ()))


def _without_whole_orders(
    told: list[_Record], shelf: Mapping[tuple[str, Net], list[_Record]], found: dict[Key, tuple[Key, ...]]
) -> list[_Record]:
    """An order told as a whole, without fees, gives way to fills of its pair that come to it."""
    whole = [record for record in told if record.event.source == _ORDERS and record.event.note == WHOLE_ORDER]
    if not whole:
        return told
    fills: dict[tuple[object, object], list[_Record]] = defaultdict(list)
    for records in shelf.values():
        for record in records:
            if record.event.kind is EventKind.TRADE and _ORDERS not in record.taken:
                fills[record.event.symbol, record.event.side].append(record)
    gone: set[Key] = set()
    for record in whole:
        event = record.event
        there = sorted(
            one
            for one in fills[event.symbol, event.side]
            if _ORDERS not in one.taken and -EXACT_MS <= one.event.at_ms - event.at_ms <= FARTHEST_MS
        )
        if run := _run_of(there, _traded(event)):
            for one in run:
                one.taken |= {_ORDERS}
            found[key_of(event)] = tuple(key_of(one.event) for one in run)
            gone.add(key_of(event))
    return [record for record in told if key_of(record.event) not in gone]


def _run_of(fills: Sequence[_Record], wanted: Net) -> Sequence[_Record]:
    """Fills that follow each other and come to an order; none where there are no such."""
    for first in range(len(fills)):
        held: dict[str, Decimal] = {}
        for last in range(first, len(fills)):
            for asset, amount in _traded(fills[last].event):
                held[asset] = held.get(asset, ZERO) + amount
            if tuple(sorted(held.items())) == wanted:
                return fills[first : last + 1]
            if any(abs(held.get(asset, ZERO)) > abs(amount) for asset, amount in wanted):
                break
    return ()


def _traded(event: LedgerEvent) -> Net:
    """What was given for what, without the fee."""
    return _net(replace(event, legs=tuple(leg for leg in event.legs if leg.role != "fee")))


def _without_late_orders(
    told: list[_Record], shelf: Mapping[tuple[str, Net], list[_Record]], found: dict[Key, tuple[Key, ...]]
) -> list[_Record]:
    """Orders of a bank that two sources date days apart are one where neither tells another of that coin and amount
    within those days; else nothing says which is which, and they stay.
    """
    asked: dict[Net, list[_Record]] = defaultdict(list)
    for record in told:
        if record.event.source in _TELLS_OF_BANKS and _FAMILIES[record.event.kind] == "flow":
            asked[record.net].append(record)
    gone: set[Key] = set()
    for net, records in asked.items():
        orders = [one for one in shelf.get(("flow", net), ()) if one.event.source in _BANK]
        for record in records:
            source = record.event.source
            near = [one for one in orders if one.event.source != source and source not in one.taken]
            near = [one for one in near if _within(one, record, BANK_MS) and same_way(one.event, record.event)]
            if len(near) == 1 and sum(_within(near[0], one, BANK_MS) for one in records) == 1:
                _stand_in(near[0], record, found)
                gone.add(key_of(record.event))
    return [record for record in told if key_of(record.event) not in gone]


def _nearest(record: _Record, others: Sequence[_Record], exact: bool) -> _Record | None:
    event = record.event
    reach = EXACT_MS if exact else max(NEAR_MS[_FAMILIES[event.kind]], _reach(event, event), MINUTE_MS)
    span = _SPANS_MS.get(event.source, 0)
    start = bisect_left(others, event.at_ms - reach - DAY_MS, key=lambda one: one.event.at_ms)
    best: _Record | None = None
    best_ms = reach + 1
    for other in others[start:]:
        if other.event.at_ms > event.at_ms + span + reach:
            break
        if event.source in other.taken or other.event.source == event.source:
            continue
        if _FAMILIES[event.kind] == "flow" and not same_way(event, other.event):
            continue
        apart = _apart(event, other.event)
        if apart <= (reach if exact else _reach(event, other.event)) and apart < best_ms:
            best, best_ms = other, apart
    return best


def _apart(one: LedgerEvent, other: LedgerEvent) -> int:
    """Milliseconds between two events; within a day or a minute where a file tells no more, none."""
    for row, at_ms in ((one, other.at_ms), (other, one.at_ms)):
        if row.at_ms <= at_ms < row.at_ms + _SPANS_MS.get(row.source, 0):
            return 0
    return abs(one.at_ms - other.at_ms)


def _reach(one: LedgerEvent, other: LedgerEvent) -> int:
    if one.kind is other.kind is EventKind.RENAME:
        # The two sides of staking may be booked hours apart.
        return DAY_MS
    late = one.kind in _LATE or other.kind in _LATE
    return MINUTE_MS if late else NEAR_MS[_FAMILIES[one.kind]]


def _without_sums(
    told: list[_Record], shelf: Mapping[tuple[str, Net], list[_Record]], found: dict[Key, tuple[Key, ...]]
) -> list[_Record]:
    """Fills of one second that one source puts together otherwise than another: their sums are compared."""
    asked = [record for record in told if _FAMILIES[record.event.kind] in _SUMMED]
    if not asked:
        return told
    places = {_place(record, step) for record in asked for step in (-1, 0, 1)}
    there: dict[tuple[str, tuple[str, ...], int], list[_Record]] = defaultdict(list)
    for records in shelf.values():
        for record in records:
            if _FAMILIES[record.event.kind] in _SUMMED and (place := _place(record)) in places:
                there[place].append(record)
    gone: set[Key] = set()
    for place, group in groupby(sorted(asked, key=_place), key=_place):
        mine = list(group)
        family, assets, second = place
        for at in (second, second - 1, second + 1):
            source = mine[0].event.source
            others = [one for one in there.get((family, assets, at), ()) if source not in one.taken]
            if others and _sum(others) == _sum(mine):
                for other in others:
                    other.taken |= {source}
                for record in mine:
                    found[key_of(record.event)] = tuple(key_of(other.event) for other in others)
                    gone.add(key_of(record.event))
                break
    return [record for record in told if key_of(record.event) not in gone]


def _place(record: _Record, step: int = 0) -> tuple[str, tuple[str, ...], int]:
    """Where events of one kind, coins and second stand together; a fee in a third coin is no coin of the pair."""
    coins = {leg.asset for leg in record.event.legs if leg.role != "fee"}
    return _FAMILIES[record.event.kind], tuple(sorted(coins)), record.event.at_ms // 1000 + step


def _sum(records: Sequence[_Record]) -> dict[str, Decimal]:
    held: dict[str, Decimal] = {}
    for record in records:
        for asset, amount in record.net:
            held[asset] = held.get(asset, ZERO) + amount
    return held


def _net(event: LedgerEvent) -> Net:
    """What an event changes, by coin: sources differ in what they call a fee. A loan changes nothing but a debt."""
    held: dict[str, Decimal] = {}
    for leg in event.legs:
        if event.kind is not EventKind.LOAN or leg.role == "in":
            held[leg.asset] = held.get(leg.asset, ZERO) + leg.amount
    return tuple(sorted((asset, amount.quantize(_PLACES, ROUND_HALF_EVEN)) for asset, amount in held.items()))


def _content(event: LedgerEvent) -> tuple[object, ...]:
    # Principal of staking was a conversion once, and may be stored as one.
    kind = EventKind.RENAME if event.kind is EventKind.CONVERT else event.kind
    return event.source, kind, event.at_ms, event.symbol, frozenset(event.legs)
