"""Figures of positions: the lots that came, with their costs, and the disposals that took them, as they were booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError, NotFoundError
from backend.core.explain.instants import rest
from backend.core.explain.model import Explained, Input, summed
from backend.core.explain.wording import WORDS, amount
from backend.core.ledger.book_sums import METHODS, BookedStep, SubjectRun, Sums
from backend.core.model.amounts import MONEY, ZERO
from backend.core.trade_book import open_gain

if TYPE_CHECKING:
    from backend.core.ledger.lots import Method
    from backend.core.model.booked import BookedPosition
    from backend.core.ports import UnitOfWork
    from backend.core.views import BalancesView, Status

POSITIONS: Final = ("position_cost", "position_average_price", "position_realized", "position_unrealized")
NOT_HELD: Final = "not_held"
BEFORE_ALL: Final = -(2**62)
NOTHING: Final = SubjectRun(Sums())
MOST_OPEN: Final = 100_000


@dataclass(frozen=True, slots=True)
class Held:
    """What is asked about: a position of an account, or with `row` None all that a coin ever brought there."""

    account: int
    name: str
    asset: str
    row: BookedPosition | None


def explain_position(
    unit: UnitOfWork, view: BalancesView, metric: str, asset: str | None, positions: Sequence[str], method: Method
) -> Explained:
    """A figure of positions that are named by their ids, or of a coin over all accounts shown.

    Raises:
        BadInputError: neither a position nor a coin was named, or an id is none.
        NotFoundError: there is no such position.
    """
    asked = _named(unit, view, positions) if positions else _of_coin(unit, view, asset, metric)
    place = METHODS.index(method)
    reason: str | None = None if asked else NOT_HELD
    result: Decimal | None = None
    inputs: list[Input] = []
    with localcontext(MONEY):
        if metric == "position_realized":
            result, inputs = _realized(unit, asked, place)
        elif metric == "position_unrealized":
            result, inputs, reason = _unrealized(unit, view, asked, place)
        elif asked:
            result, inputs = _cost(unit, asked, place)
    told = asset or (asked[0].asset if asked else "")
    total, formula = result, f"{told}: sum of {len(inputs)} rows = {amount(result)}"
    if metric == "position_average_price" and result is not None:
        quantity = summed([_counted(one.row) for one in asked])
        with localcontext(MONEY):
            total = None if not quantity else result / quantity
        formula = f"{told}: cost {amount(result)} / quantity {quantity:f} = {amount(total)}"
    doubt = reason or next((one.reason for one in inputs if one.reason is not None), None)
    status: Status = "unavailable" if total is None else "exact" if doubt is None else "estimated"
    return Explained(
        unit="money",
        result=total,
        status=status,
        reason=doubt or (NOT_HELD if total is None else None),
        method=metric,
        words=WORDS[metric],
        formula=formula,
        inputs=inputs,
        end_ms=view.basis.as_of_ms,
    )


def _named(unit: UnitOfWork, view: BalancesView, ids: Sequence[str]) -> list[Held]:
    """Positions by their ids, `account-coin-number`."""
    names = {holding.account.id: holding.account.name for holding in view.accounts}
    found = []
    for one in ids:
        account, _, rest_of = one.partition("-")
        asset, _, number = rest_of.rpartition("-")
        if not (account.isdecimal() and asset and number.isdecimal()):
            raise BadInputError("A position is named as in the list of positions, such as 1-BTC-1", "position")
        row = unit.books.position(int(account), asset, int(number)) if int(account) in names else None
        if row is None:
            raise NotFoundError(f"There is no position {one}")
        found.append(Held(row.account_id, names[row.account_id], asset, row))
    return found


def _of_coin(unit: UnitOfWork, view: BalancesView, asset: str | None, metric: str) -> list[Held]:
    if asset is None:
        raise BadInputError("Name the coin of the position, such as asset=BTC", "asset")
    found = []
    for holding in view.accounts:
        account, name = holding.account.id, holding.account.name
        if metric == "position_realized":
            if (asset, False) in unit.books.sums(account):
                found.append(Held(account, name, asset, None))
            continue
        rows = unit.books.open_positions(account, 0, MOST_OPEN)
        found += [Held(account, name, asset, row) for row in rows if row.asset == asset]
    return found


def _counted(row: BookedPosition | None) -> Decimal | None:
    """The coins that a cost is of: those held, or all that ever came of a closed position."""
    return None if row is None else row.held if row.closed_ms is None else row.came


def _steps(unit: UnitOfWork, held: Held) -> Iterable[tuple[SubjectRun, BookedStep]]:
    """What was booked of the coin, each with what there was before."""
    row = held.row
    first, last = (BEFORE_ALL, None) if row is None else (row.opened_ms, row.closed_ms)
    steps = unit.books.steps(held.account, held.asset, first, last)
    before = [NOTHING, *(step.run for step in steps)]
    if row is not None and steps and steps[0].at_ms < first:
        return [(earlier.run, later) for earlier, later in pairwise(steps)]
    return list(zip(before, steps, strict=False))


def _line(held: Held, step: BookedStep, kind: str, value: Decimal, quantity: Decimal) -> Input:
    names = sorted(set(step.kinds))
    return Input(
        kind=kind,
        label=" ".join([*names, held.name]),
        value=value,
        at_ms=step.at_ms,
        table="ledger_events",
        id=step.ids[0] if len(step.ids) == 1 else None,
        ids=step.ids,
        quantity=quantity,
        price=value / quantity if quantity and kind != "income" else None,
        part=value,
    )


def _cost(unit: UnitOfWork, asked: Sequence[Held], place: int, sign: int = 1) -> tuple[Decimal, list[Input]]:
    """What came and what left, each with its cost; of a closed position what came."""
    inputs: list[Input] = []
    wanted = ZERO
    for held in asked:
        row = held.row
        assert row is not None, "the cost of no position"
        closed = row.closed_ms is not None
        own: list[Input] = []
        for was, step in _steps(unit, held):
            cost = step.run.held_cost[place] - was.held_cost[place]
            quantity = step.run.held - was.held
            if (cost or quantity) and not (closed and quantity <= ZERO):
                own.append(_line(held, step, "lot" if quantity > ZERO else "disposal", cost * sign, quantity))
        target = (row.cost if closed else row.held_cost[place]) * sign
        inputs += _rest(target, own)
        wanted += target
    return wanted, inputs


def _realized(unit: UnitOfWork, asked: Sequence[Held], place: int) -> tuple[Decimal | None, list[Input]]:
    """What each disposal brought over the cost of what left, and all income."""
    inputs: list[Input] = []
    wanted = ZERO
    for held in asked:
        own: list[Input] = []
        booked = ZERO
        for was, step in _steps(unit, held):
            result = step.run.sums.realized[place] - was.sums.realized[place]
            income = step.run.sums.income - was.sums.income
            quantity = step.run.held - was.held
            own += [
                _line(held, step, kind, one, quantity)
                for kind, one in (("disposal", result), ("income", income))
                if one
            ]
            booked += result + income
        row = held.row
        target = booked if row is None else row.realized[place] + row.income
        inputs += _rest(target, own)
        wanted += target
    return (wanted if asked else None), inputs


def _unrealized(
    unit: UnitOfWork, view: BalancesView, asked: Sequence[Held], place: int
) -> tuple[Decimal | None, list[Input], str | None]:
    """Market value less cost: the value of now, and each lot with its cost taken off."""
    inputs: list[Input] = []
    wanted = ZERO
    reason: str | None = None if asked else NOT_HELD
    for held in asked:
        row = held.row
        known = view.costs.get((held.account, held.asset))
        assert row is not None, "the gain of no position"
        gain, doubt = (None, NOT_HELD) if row.closed_ms is not None else open_gain(view, held.account, row, place)
        if gain is None or known is None or known.cost is None or known.unrealized is None:
            return None, [], doubt or NOT_HELD
        value = known.cost + known.unrealized
        inputs.append(
            Input(
                kind="position",
                label=f"market_value {held.name}",
                value=value,
                at_ms=view.basis.as_of_ms,
                quantity=known.quantity,
                price=value / known.quantity if known.quantity else None,
                status=known.status,
                reason=known.reason,
                part=value,
            )
        )
        inputs += _cost(unit, [held], place, sign=-1)[1]
        reason = reason or doubt
        wanted += gain
    return (wanted if asked else None), inputs, reason


def _rest(target: Decimal, own: list[Input]) -> list[Input]:
    """The rows with what they leave of a figure: the coin paid for contracts, or the books go on meanwhile."""
    found = rest(target, own)
    if len(found) == len(own):
        return own
    last = found[-1]
    return [*own, Input(last.kind, last.label, last.value, part=last.value, status=last.status, reason=last.reason)]
