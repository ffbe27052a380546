"""Futures contracts: fills, positions, and what is open now. Every read is bounded by an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, or_, select

from backend.core.model.amounts import ZERO
from backend.core.model.contracts import Contract, ContractFill, ContractState, Round, StoredRound
from backend.core.model.wallets import Wallet
from backend.db.contract_models import futures_contracts, futures_fills, futures_positions
from backend.db.dialect import upsert

if TYPE_CHECKING:
    from backend.core.book_ports import Key

CHUNK: Final = 500
KEY: Final = ("account_id", "wallet", "symbol", "side")
FIGURES: Final = {"cost_usd": "cost_value", "realized_usd": "realized_value", "fees_usd": "fees_value"}
PLAIN: Final = (
    *("short", "held", "came", "gone", "entry", "entry_mean", "exit_mean", "trades"),
    *("last_trade_id", "turned", "reason"),
)


class SqlContracts:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_fills(self, account_id: int, contract: Contract, fills: Sequence[ContractFill]) -> None:
        """Keep fills, each once."""
        rows = [_key(account_id, contract) | _fill_values(one) for one in fills]
        for start in range(0, len(rows), CHUNK):
            statement = upsert(self._connection)(futures_fills).values(rows[start : start + CHUNK])
            self._connection.execute(statement.on_conflict_do_nothing())

    def fills(self, account_id: int, contract: Contract, after_id: int) -> Sequence[ContractFill]:
        """Those with a higher id, in the order of their ids."""
        table = futures_fills.c
        wanted = _is(futures_fills, account_id, contract)
        query = select(futures_fills).where(wanted, table.trade_id > after_id).order_by(table.trade_id)
        return [
            ContractFill(
                row.trade_id,
                row.at,
                row.quantity,
                row.price,
                row.notional,
                row.realized,
                row.commission,
                row.commission_asset,
            )
            for row in self._connection.execute(query)
        ]

    def states(self, account_id: int) -> Sequence[ContractState]:
        """What the exchange said last of every contract that the account ever had."""
        query = select(futures_contracts).where(futures_contracts.c.account_id == account_id)
        return [_state(row) for row in self._connection.execute(query.order_by(futures_contracts.c.symbol))]

    def put_state(self, account_id: int, state: ContractState, positions: int | None) -> None:
        """Keep what was said of a contract; `positions`: how many it ever had, None: as many as before."""
        values = {
            "held": state.held,
            "start": state.start,
            "entry_price": state.entry_price,
            "mark_price": state.mark_price,
            "unrealized": state.unrealized,
            "notional": state.notional,
            "margin_asset": state.margin_asset,
            "read_at": state.read_ms,
        } | ({} if positions is None else {"positions": positions})
        key = _key(account_id, state.contract)
        statement = upsert(self._connection)(futures_contracts).values({"positions": 0} | key | values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(KEY), set_=values))

    def last_closed(self, account_id: int, contract: Contract, before_ms: int) -> Round | None:
        """The last position closed before an instant by a fill that opened no other."""
        table = futures_positions.c
        query = select(futures_positions).where(
            _is(futures_positions, account_id, contract), table.closed_at < before_ms, table.turned.is_(False)
        )
        row = self._connection.execute(query.order_by(table.number.desc()).limit(1)).first()
        return None if row is None else _round(row)

    def put_rounds(self, account_id: int, contract: Contract, first_number: int, found: Sequence[Round]) -> None:
        """Put positions in the place of those from a number on."""
        kept = first_number + len(found)
        self._connection.execute(
            delete(futures_positions).where(
                _is(futures_positions, account_id, contract), futures_positions.c.number >= kept
            )
        )
        for one in found:
            values = _round_values(one)
            statement = upsert(self._connection)(futures_positions).values(
                **_key(account_id, contract), number=one.number, **values
            )
            self._connection.execute(statement.on_conflict_do_update(index_elements=[*KEY, "number"], set_=values))

    def open_rounds(self, account_id: int, after_id: int, limit: int) -> Sequence[StoredRound]:
        """In the order in which they were first seen, with what the exchange said of them last."""
        table = futures_positions.c
        query = (
            select(futures_positions)
            .where(table.account_id == account_id, table.closed_at.is_(None), table.id > after_id)
            .order_by(table.id)
            .limit(limit)
        )
        states = {state.contract: state for state in self.states(account_id)}
        rows = self._connection.execute(query).all()
        return [StoredRound(row.id, account_id, one := _round(row), states.get(one.contract)) for row in rows]

    def closed_rounds(self, account_id: int, after: Key | None, limit: int) -> Sequence[StoredRound]:
        """Those closed last first; `after` is the (instant, id) of the last row before."""
        table = futures_positions.c
        query = select(futures_positions).where(table.account_id == account_id, table.closed_at.is_not(None))
        if after is not None:
            earlier = and_(table.closed_at == after[0], table.id < after[1])
            query = query.where(table.closed_at <= after[0], or_(table.closed_at < after[0], earlier))
        query = query.order_by(table.closed_at.desc(), table.id.desc()).limit(limit)
        return [StoredRound(row.id, account_id, _round(row), None) for row in self._connection.execute(query)]

    def counts(self, account_id: int) -> tuple[int, int]:
        """How many positions are open, and how many were closed."""
        table = futures_contracts.c
        query = select(table.held, table.positions).where(table.account_id == account_id)
        rows = self._connection.execute(query).all()
        still_open = sum(1 for row in rows if row.held != ZERO)
        return still_open, sum(row.positions for row in rows) - still_open


def _key(account_id: int, contract: Contract) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "wallet": contract.wallet.value,
        "symbol": contract.symbol,
        "side": contract.side,
    }


def _is(table: Table, account_id: int, contract: Contract) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _key(account_id, contract).items()))


def _contract(row: Row[Any]) -> Contract:
    return Contract(Wallet(row.wallet), row.symbol, row.side)


def _fill_values(one: ContractFill) -> dict[str, Any]:
    return {
        "trade_id": one.trade_id,
        "at": one.at_ms,
        "quantity": one.quantity,
        "price": one.price,
        "notional": one.notional,
        "realized": one.realized,
        "commission": one.commission,
        "commission_asset": one.commission_asset,
    }


def _state(row: Row[Any]) -> ContractState:
    return ContractState(
        contract=_contract(row),
        held=row.held,
        start=row.start,
        entry_price=row.entry_price,
        mark_price=row.mark_price,
        unrealized=row.unrealized,
        notional=row.notional,
        margin_asset=row.margin_asset,
        read_ms=row.read_at,
    )


def _round_values(one: Round) -> dict[str, Any]:
    return {
        "opened_at": one.opened_ms,
        "closed_at": one.closed_ms,
        "funding_usd": one.funding_value,
        **{column: getattr(one, name) for column, name in FIGURES.items()},
        **{name: getattr(one, name) for name in PLAIN},
    }


def _round(row: Row[Any]) -> Round:
    figures = {name: getattr(row, column) for column, name in FIGURES.items()}
    return Round(
        contract=_contract(row),
        number=row.number,
        opened_ms=row.opened_at,
        closed_ms=row.closed_at,
        funding_value=row.funding_usd,
        **figures,
        **{name: getattr(row, name) for name in PLAIN},
    )
