"""Moves between accounts that are tracked here, the user's word on them, and the lots that went with the coins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, delete, func, insert, select, text

from backend.core.model.amounts import ZERO
from backend.core.model.moves import FlowLeg, LegKey, Move, MoveDecision
from backend.db.dialect import upsert, whole_sum
from backend.db.models import CROSSING, ledger_events
from backend.db.move_models import carried_lots, move_decisions, own_moves
from backend.db.wholes import mark_wholes

NAMES: Final = ("account_id", "source", "external_id")


class SqlMoves:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fingerprint(self, account_ids: Sequence[int]) -> tuple[int, ...]:
        """Another one when deposits, withdrawals, or what is told of them, are others."""
        table = ledger_events.c
        query = select(
            func.count(),
            func.coalesce(whole_sum(table.at), 0),
            func.coalesce(whole_sum(table.id), 0),
            func.coalesce(whole_sum(func.length(table.transaction_id)), 0),
        ).where(table.account_id.in_(account_ids), text(CROSSING), ~table.superseded)
        return tuple(self._connection.execute(query).one())

    def legs(self, account_ids: Sequence[int]) -> Sequence[FlowLeg]:
        """Every deposit and withdrawal that counts."""
        table = ledger_events.c
        query = select(ledger_events).where(table.account_id.in_(account_ids), text(CROSSING), ~table.superseded)
        found = (_leg(row) for row in self._connection.execute(query.order_by(table.at, table.id)))
        return [leg for leg in found if leg is not None]

    def all(self, account_ids: Sequence[int]) -> Sequence[Move]:
        """Moves and suggestions with both sides in these accounts."""
        table = own_moves.c
        query = select(own_moves).where(
            table.sent_account_id.in_(account_ids), table.received_account_id.in_(account_ids)
        )
        return [_move(row) for row in self._connection.execute(query.order_by(table.sent_at, table.id))]

    def replace(self, gone: Iterable[Move], new: Iterable[Move]) -> None:
        """Take moves back, with the lots that they carried, and write others."""
        gone, new = list(gone), list(new)
        for account in {move.sent[0] for move in (*gone, *new)}:
            own = [move for move in (*gone, *new) if move.sent[0] == account]
            mark_wholes(self._connection, account, min(min(move.sent_ms, move.received_ms) for move in own))
        for move in gone:
            self._connection.execute(delete(own_moves).where(*_is(own_moves, "sent_", move.sent)))
            self._connection.execute(delete(carried_lots).where(*_is(carried_lots, "", move.sent)))
        for move in new:
            self._connection.execute(insert(own_moves).values(_values(move)))

    def sent_by(self, account_id: int) -> Mapping[tuple[str, str], Move]:
        """Moves that carry lots away from an account, by source and external id of the withdrawal."""
        query = select(own_moves).where(own_moves.c.sent_account_id == account_id, own_moves.c.carries)
        moves = (_move(row) for row in self._connection.execute(query))
        return {move.sent[1:]: move for move in moves}

    def received_by(self, account_id: int) -> Mapping[tuple[str, str], tuple[Move, str | None]]:
        """Moves that carry lots to an account, by source and external id of the deposit; None: not booked yet."""
        table, lots = own_moves.c, carried_lots.c
        same = [lots[name] == table[f"sent_{name}"] for name in NAMES]
        query = (
            select(own_moves, lots.lots)
            .select_from(own_moves.outerjoin(carried_lots, same[0] & same[1] & same[2]))
            .where(table.received_account_id == account_id, table.carries)
        )
        rows = self._connection.execute(query).all()
        return {(row.received_source, row.received_external_id): (_move(row), row.lots) for row in rows}

    def carry(self, sent: LegKey, lots: str) -> bool:
        """Write down what left with a withdrawal; whether it is news."""
        table = carried_lots.c
        known = self._connection.execute(select(table.lots).where(*_is(carried_lots, "", sent))).scalar()
        if known == lots:
            return False
        statement = upsert(self._connection)(carried_lots).values(**dict(zip(NAMES, sent, strict=True)), lots=lots)
        self._connection.execute(statement.on_conflict_do_update(index_elements=NAMES, set_={"lots": lots}))
        return True

    def said(self, account_ids: Sequence[int]) -> Mapping[tuple[LegKey, LegKey], MoveDecision]:
        """What the user said of two sides."""
        table = move_decisions.c
        rows = self._connection.execute(select(move_decisions).where(table.sent_account_id.in_(account_ids)))
        return {(_key(row, "sent_"), _key(row, "received_")): cast(MoveDecision, row.decision) for row in rows}

    def say(self, sent: LegKey, received: LegKey, decision: MoveDecision | None) -> None:
        """Keep the user's word, or take it back."""
        same = [*_is(move_decisions, "sent_", sent), *_is(move_decisions, "received_", received)]
        self._connection.execute(delete(move_decisions).where(*same))
        if decision is not None:
            values = {**_named("sent_", sent), **_named("received_", received), "decision": decision}
            self._connection.execute(insert(move_decisions).values(values))


def _is(table: Any, prefix: str, key: LegKey) -> list[Any]:
    return [table.c[name] == value for name, value in _named(prefix, key).items()]


def _named(prefix: str, key: LegKey) -> dict[str, Any]:
    return {f"{prefix}{name}": value for name, value in zip(NAMES, key, strict=True)}


def _key(row: Row[Any], prefix: str) -> LegKey:
    found = row._mapping
    return found[f"{prefix}account_id"], found[f"{prefix}source"], found[f"{prefix}external_id"]


def _values(move: Move) -> dict[str, Any]:
    return {
        **_named("sent_", move.sent),
        "sent_at": move.sent_ms,
        **_named("received_", move.received),
        "received_at": move.received_ms,
        "asset": move.asset,
        "quantity": move.quantity,
        "basis": move.basis,
        "state": move.state,
        "carries": move.carries,
    }


def _move(row: Row[Any]) -> Move:
    return Move(
        sent=_key(row, "sent_"),
        sent_ms=row.sent_at,
        received=_key(row, "received_"),
        received_ms=row.received_at,
        asset=row.asset,
        quantity=row.quantity,
        basis=row.basis,
        state=row.state,
        carries=row.carries,
    )


def _leg(row: Row[Any]) -> FlowLeg | None:
    """None of a row that moves nothing by itself, or two coins."""
    sides = [(row.asset_in, row.amount_in), (row.asset_out, row.amount_out)]
    moved = [(asset, amount) for asset, amount in sides if asset is not None and amount != ZERO]
    if len(moved) != 1:
        return None
    asset, amount = moved[0]
    return FlowLeg(
        account_id=row.account_id,
        source=row.source,
        external_id=row.external_id,
        at_ms=row.at,
        asset=asset,
        amount=amount,
        fee=-row.fee_amount if row.fee_asset == asset else ZERO,
        transaction=row.transaction_id,
        address=row.address,
    )
