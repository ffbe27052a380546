"""Answers of /api/performance/explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from backend.api.answers import Draft
from backend.api.schemas.explain import ExplainQuery
from backend.api.shapes.common import PERCENT_DIGITS, base, instant, money, percent
from backend.core.explain.model import EXACTLY, Explained, Input, Piece, WhyDiffers, linked, summed
from backend.core.explain.wording import METHOD_VERSIONS
from backend.core.export_rows import Cell, Export
from backend.core.model.amounts import ONE, plain
from backend.core.model.instants import iso, iso_ms

MOST_INPUTS: Final = 500
MOST_GAPS: Final = 100
PIECE_COLUMNS: Final = (
    "number", "from", "to", "start_value", "end_value_before_flow", "return", "flow", "profit", "kind", "status",
    "reason", "start_snapshot_id", "end_snapshot_id", "flow_ids",
)  # fmt: skip
INPUT_COLUMNS: Final = (
    "number", "kind", "table", "id", "at", "label", "quantity", "price", "value", "factor", "returned", "benchmark",
    "weight", "part", "status", "reason", "pairs", "ids",
)  # fmt: skip


def explained(found: Explained, asked: ExplainQuery) -> Draft:
    assert found.basis is not None, "an explanation without its basis"
    seen = asked.cursor or 0
    shown = list(found.pieces)[seen : seen + asked.limit]
    reached = seen + len(shown)
    data = found.data
    body = base(found.basis) | {
        "metric": asked.metric,
        "days": asked.days,
        "asset": asked.asset,
        "unit": found.unit,
        "result": _result(found),
        "status": found.status,
        "reason": found.reason,
        "available_from": None if found.available_from is None else iso(found.available_from),
        "from": instant(found.start_ms),
        "to": instant(found.end_ms),
        "method": found.method,
        "method_version": METHOD_VERSIONS[asked.metric],
        "words": found.words,
        "formula": found.formula,
        "sub_periods": [_piece(number, piece) for number, piece in enumerate(shown, seen + 1)],
        "next_cursor": reached if reached < len(found.pieces) else None,
        "product": _product(found.pieces, shown, seen),
        "totals": _totals(found.pieces),
        "inputs": [_input(one) for one in found.inputs[:MOST_INPUTS]],
        "inputs_total": len(found.inputs),
        "parts_total": _plain(found.parts),
        "gaps": [{"from": iso_ms(start), "to": iso_ms(end)} for start, end in (data.gaps[-MOST_GAPS:] if data else ())],
        "data": None
        if data is None
        else {
            "snapshots": data.snapshots,
            "expected": data.expected,
            "missing": data.expected - data.snapshots,
            "flows": data.flows,
            "flows_valued": data.flows_valued,
            "largest_value_distance_s": _largest(found.pieces),
        },
        "why_differs": None if found.why is None else _why(found.why),
    }
    return Draft(body, found.basis.expires_s)


def explained_file(found: Explained, asked: ExplainQuery) -> Export:
    """All rows: the sub-periods where there are any, else what the figure was made of."""
    name = f"explain-{asked.metric}-{asked.month or asked.year or asked.date or asked.days}"
    note = f"{found.formula} ({found.status}{'' if found.reason is None else f': {found.reason}'})"
    if found.pieces:
        return Export(name, PIECE_COLUMNS, _piece_cells(found.pieces), note)
    return Export(name, INPUT_COLUMNS, _input_cells(found.inputs), note)


def _piece_cells(pieces: Sequence[Piece]) -> Iterator[Sequence[Cell]]:
    for number, piece in enumerate(pieces, 1):
        yield (
            number,
            iso_ms(piece.start_ms),
            iso_ms(piece.end_ms),
            piece.start_value,
            piece.end_value,
            # As text: a file must not cut what has to be multiplied.
            plain(_return(piece)),
            piece.flow,
            piece.profit,
            piece.kind,
            piece.status,
            piece.reason,
            piece.start_id,
            piece.end_id,
            " ".join(str(one) for one in piece.flow_ids),
        )


def _input_cells(inputs: Sequence[Input]) -> Iterator[Sequence[Cell]]:
    for number, one in enumerate(inputs, 1):
        told = _input(one)
        ids = " ".join(str(row) for row in one.ids)
        yield (number, *(ids if name == "ids" else told[name] for name in INPUT_COLUMNS[1:]))


def _piece(number: int, piece: Piece) -> dict[str, Any]:
    return {
        "number": number,
        "from": iso_ms(piece.start_ms),
        "to": iso_ms(piece.end_ms),
        "start_value": money(piece.start_value),
        "end_value_before_flow": money(piece.end_value),
        "return": plain(_return(piece)),
        "return_percent": percent(_return(piece)),
        "flow": money(piece.flow),
        "profit": money(piece.profit),
        "kind": piece.kind,
        "status": piece.status,
        "reason": piece.reason,
        "value_distance_s": None if piece.distance is None else piece.distance.seconds,
        "value_distance_reason": None if piece.distance is None else piece.distance.reason,
        "start_snapshot_id": piece.start_id,
        "end_snapshot_id": piece.end_id,
        "flow_ids": list(piece.flow_ids),
    }


def _largest(pieces: Sequence[Piece]) -> int | None:
    """Seconds; None where there is no flow, or one of which it is not known."""
    told = [piece.distance.seconds for piece in pieces if piece.distance is not None]
    known = [seconds for seconds in told if seconds is not None]
    return max(known) if known and len(known) == len(told) else None


def _return(piece: Piece) -> Decimal:
    return EXACTLY.subtract(piece.factor, ONE)


def _product(pieces: Sequence[Piece], shown: Sequence[Piece], seen: int) -> dict[str, str] | None:
    if not pieces:
        return None
    return {
        "page": plain(linked(shown)),
        "before": plain(linked(pieces[:seen])),
        "total": plain(linked(pieces)),
    }


def _totals(pieces: Sequence[Piece]) -> dict[str, str | None] | None:
    if not pieces or all(piece.start_value is None for piece in pieces):
        return None
    return {
        "flow": money(summed([piece.flow for piece in pieces])),
        "profit": money(summed([piece.profit for piece in pieces])),
    }


def _input(one: Input) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "table": one.table,
        "id": one.id,
        "at": instant(one.at_ms),
        "label": one.label,
        "quantity": money(one.quantity),
        "price": money(one.price),
        "value": money(one.value),
        "factor": _plain(one.factor),
        "returned": _plain(one.returned),
        "benchmark": _plain(one.benchmark),
        "weight": _plain(one.weight),
        "part": _plain(one.part),
        "pairs": one.pairs,
        "ids": list(one.ids),
        "status": one.status,
        "reason": one.reason,
    }


def _why(why: WhyDiffers) -> dict[str, Any]:
    return {
        "twr_percent": percent(why.twr),
        "pnl_usd": money(why.pnl),
        "pnl_percent": percent(why.pnl_ratio),
        "opposite_signs": why.opposite_signs,
        "reasons": list(why.reasons),
        "words": why.words,
    }


def _result(found: Explained) -> float | str | None:
    if found.unit == "money":
        assert not isinstance(found.result, float), "money is never a float"
        return money(found.result)
    if found.unit == "percent" or found.result is None:
        return percent(found.result)
    return round(float(found.result), PERCENT_DIGITS)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
