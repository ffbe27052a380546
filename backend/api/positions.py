"""/api/portfolio: positions, trades and what they brought."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.files import as_file, cells, exported
from backend.api.instants import instant_ms
from backend.api.recompute import still_recomputing
from backend.api.schemas import positions as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import positions as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import NotFoundError
from backend.core.export_book import COLUMNS
from backend.core.ledger.lots import Method
from backend.core.tax_lists import YEAR_COLUMNS

if TYPE_CHECKING:
    from flask import Response

    from backend.core.export_rows import Export

positions = APIBlueprint("positions", __name__, url_prefix="/api/portfolio", tag="Positions")
OF_LISTS: Final = cells(name for columns in (*COLUMNS.values(), *YEAR_COLUMNS.values()) for name in columns)
EXPORTED: Final = exported(OF_LISTS, "string", {"anyOf": [OF_LISTS, {"type": "null"}]})
EXPORTS: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {
        "description": "The list; a CSV begins with the names of its columns, JSON is "
        "{columns, note, items, totals}; lists of a year end with their totals and a note",
        "content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": EXPORTED}},
    },
    404: {"description": "There is no such account"},
    409: {"description": "The list of a year needs the books, and they are being made"},
    422: {"description": "A parameter cannot be used"},
}


@positions.get("/positions")
@positions.input(schemas.PositionsQuery, location="query")
@positions.output(schemas.PositionsOut)
@positions.doc(summary="Positions, open and closed", responses=[404, 422])
def get_positions(query_data: schemas.PositionsQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        method = Method(asked.method)
        return shape.positions(
            services().trades.positions(asked.status, method, asked.limit, asked.cursor, asked.account)
        )

    return send(services().cache.get(("positions", asked.model_dump_json()), draft))


@positions.get("/metrics")
@positions.input(schemas.MetricsQuery, location="query")
@positions.output(schemas.MetricsOut)
@positions.doc(summary="Profit and risk of a period", responses=[404, 422])
def get_metrics(query_data: schemas.MetricsQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        return shape.metrics(services().profits.metrics(asked.period, Method(asked.method), asked.account))

    return send(services().cache.get(("metrics", asked.model_dump_json()), draft, heavy=True))


@positions.get("/pnl-by-symbol")
@positions.input(schemas.PnlBySymbolQuery, location="query")
@positions.output(schemas.PnlBySymbolOut)
@positions.doc(summary="Profit of a period by coin and contract", responses=[404, 422])
def get_pnl_by_symbol(query_data: schemas.PnlBySymbolQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        return shape.symbols(services().profits.by_symbol(asked.period, Method(asked.method), asked.account))

    return send(services().cache.get(("pnl-by-symbol", asked.model_dump_json()), draft, heavy=True))


@positions.get("/trade-history")
@positions.input(schemas.TradeHistoryQuery, location="query")
@positions.output(schemas.TradeHistoryOut)
@positions.doc(summary="Trades, newest first", responses=[404, 422])
def get_trade_history(query_data: schemas.TradeHistoryQuery) -> Response:
    asked = query_data
    span = (instant_ms(asked.from_, "from"), instant_ms(asked.to, "to"))

    def draft() -> Draft:
        return shape.trades(
            services().trades.trades(
                asked.symbol, asked.side, span, Method(asked.method), asked.limit, asked.cursor, asked.account
            )
        )

    return send(services().cache.get(("trade-history", asked.model_dump_json()), draft))


@positions.get("/lots")
@positions.input(schemas.LotsQuery, location="query")
@positions.output(schemas.LotsOut)
@positions.doc(summary="Coins that came from outside, and what they had cost", responses=[404, 422])
def get_lots(query_data: schemas.LotsQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        return shape.lots(services().trades.lots(asked.status, asked.limit, asked.cursor, asked.account))

    return send(services().cache.get(("lots", asked.model_dump_json()), draft))


@positions.put("/lots/<int:lot_id>")
@positions.input(NoQuery, location="query")
@positions.input(schemas.LotCostIn)
@positions.output(schemas.LotChangedOut)
@positions.doc(summary="Say what coins from outside had cost", responses=[404, 409, 422, 503])
@idempotent
def put_lot(lot_id: int, query_data: NoQuery, json_data: schemas.LotCostIn) -> Response:
    if lot_id > MAX_ID:
        raise NotFoundError("There is no such lot")
    cost = None if json_data.cost_usd is None else Decimal(json_data.cost_usd)
    acquired_ms = instant_ms(json_data.acquired_at, "acquired_at")
    basis, lot = services().trades.enter_cost(lot_id, cost, acquired_ms)
    recomputing = still_recomputing(lot.account.id, lot.at_ms)
    return json_answer(shape.lot_changed(basis, lot, recomputing))


@positions.get("/export")
@positions.input(schemas.ExportQuery, location="query")
@positions.doc(summary="Lists as files: balances, trades, cash flows, disposals of a year ...", responses=EXPORTS)
def get_export(query_data: schemas.ExportQuery) -> Response:
    asked = query_data
    span = (instant_ms(asked.from_, "from"), instant_ms(asked.to, "to"))

    def export() -> Export:
        return services().exports.export(
            asked.what, Method(asked.method), asked.account, asked.year, asked.zone, span, asked.symbol, asked.side
        )

    return as_file(asked, asked.format, export)
