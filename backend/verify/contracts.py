"""Positions in futures contracts, made again of all fills and of the ledger's lines of funding.

They are folded by the code that made them, in one go from the first fill on; what the exchange says is held is raw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row as SqlRow
from sqlalchemy import select

from backend.core.ledger.contract_rounds import Funding, rounds
from backend.core.model.amounts import ZERO
from backend.core.model.contracts import BOTH_SIDES, DIFFERS, Contract, ContractState, Round
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.db.contract_models import futures_contracts, futures_positions
from backend.verify.differences import EXACT, Report, Row

if TYPE_CHECKING:
    from backend.db.unit_of_work import SqlUnitOfWork
    from backend.verify.price_book import PriceBook

AMOUNTS: Final = ("held", "came", "gone", "entry", "entry_mean", "exit_mean")
FROM_FIRST: Final = 0


def verify_contracts(
    unit: SqlUnitOfWork, account: int, events: Sequence[LedgerEvent], prices: PriceBook, report: Report
) -> None:
    """Compare every position of every contract; one that the exchange contradicts is marked, and left to it."""
    states = unit.contracts.states(account)
    both = {one.contract.symbol for one in states for two in states if _other_side(one, two)}
    for state in states:
        contract = state.contract
        fills = unit.contracts.fills(account, contract, FROM_FIRST)
        funding = _funding(events, contract)
        prices.load_instants([*(fill.at_ms for fill in fills), *(line.at_ms for line in funding)])
        margin = state.margin_asset or contract.margin_asset
        made = rounds(contract, margin, state.start, fills, funding, prices.told)
        _compare(unit, account, contract, made, contract.symbol in both, report)
        counted = Row(report, futures_contracts.name, account, None, None, _name(contract))
        held = EXACT.add(state.start, sum((fill.quantity for fill in fills), ZERO))
        if held == state.held:
            counted.exactly("positions", _positions(unit, account, contract), len(made))


def _other_side(one: ContractState, two: ContractState) -> bool:
    same = one.contract.symbol == two.contract.symbol and one.contract.wallet == two.contract.wallet
    return same and one.contract.side != two.contract.side


def _funding(events: Iterable[LedgerEvent], contract: Contract) -> list[Funding]:
    return [
        Funding(event.at_ms, leg.asset, leg.amount)
        for event in events
        if event.kind is EventKind.FUNDING and event.symbol == contract.symbol
        for leg in event.legs
    ]


def _own(unit: SqlUnitOfWork, account: int, contract: Contract) -> dict[int, SqlRow[Any]]:
    table = futures_positions.c
    query = select(futures_positions).where(
        table.account_id == account,
        table.wallet == contract.wallet.value,
        table.symbol == contract.symbol,
        table.side == contract.side,
    )
    return {row.number: row for row in unit.connection.execute(query)}


def _positions(unit: SqlUnitOfWork, account: int, contract: Contract) -> int | None:
    table = futures_contracts.c
    query = select(table.positions).where(
        table.account_id == account,
        table.wallet == contract.wallet.value,
        table.symbol == contract.symbol,
        table.side == contract.side,
    )
    found: int | None = unit.connection.execute(query).scalar()
    return found


def _compare(
    unit: SqlUnitOfWork, account: int, contract: Contract, made: Sequence[Round], both: bool, report: Report
) -> None:
    stored = _own(unit, account, contract)
    own = {one.number: one for one in made}
    for number in sorted({*stored, *own}):
        row, one = stored.get(number), own.get(number)
        if row is not None and row.reason == DIFFERS:
            # The exchange says otherwise, and its word stands.
            continue
        told = Row(
            report,
            futures_positions.name,
            account,
            None if row is None else row.id,
            None if row is None else row.opened_at,
            f"{_name(contract)} {number}",
        )
        told.exactly("row", row is not None, one is not None)
        if row is None or one is None:
            continue
        for name in AMOUNTS:
            told.money(name, getattr(row, name), getattr(one, name))
        told.money("cost_usd", row.cost_usd, one.cost_value)
        told.money("realized_usd", row.realized_usd, one.realized_value)
        told.money("fees_usd", row.fees_usd, one.fees_value)
        told.exactly("short", row.short, one.short)
        told.exactly("opened_at", row.opened_at, one.opened_ms)
        told.exactly("closed_at", row.closed_at, one.closed_ms)
        told.exactly("trades", row.trades, one.trades)
        # Once both sides were open nobody knows whose funding it was; what was closed by then stays as it was.
        unsure = both and row.reason == BOTH_SIDES
        told.money("funding_usd", row.funding_usd, None if unsure else one.funding_value)
        told.exactly("reason", row.reason, (one.reason or BOTH_SIDES) if unsure else one.reason)


def _name(contract: Contract) -> str:
    return f"{contract.wallet.value} {contract.symbol} {contract.side}"
