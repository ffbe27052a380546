"""Runner of the family `twr`."""

from __future__ import annotations

from typing import Any

from backend.core.model.instants import iso
from backend.core.performance.annualize import annualize
from backend.core.performance.twr import Flow, ValuePoint, linked_return, modified_dietz
from backend.tests.vectors.cases import Inputs, OneOf, instant


def _valuation(inputs: Inputs) -> ValuePoint:
    return ValuePoint(instant(inputs.text("at")), inputs.money("value"))


def _flows(inputs: Inputs) -> list[Flow]:
    return [Flow(instant(flow.text("at")), flow.money("amount")) for flow in inputs.rows("flows")]


def linked(inputs: Inputs) -> dict[str, Any]:
    result = linked_return([_valuation(row) for row in inputs.rows("valuations")], _flows(inputs))
    return {
        "twr": result.twr,
        "cumulative": result.cumulative,
        "pnl": result.pnl,
        "warnings": OneOf(
            [warning.code for warning in result.warnings],
            [{"code": warning.code, "at": iso(warning.at)} for warning in result.warnings],
        ),
    }


def dietz(inputs: Inputs) -> dict[str, Any]:
    with Inputs(inputs.raw("start")) as start, Inputs(inputs.raw("end")) as end:
        result = modified_dietz(_valuation(start), _valuation(end), _flows(inputs))
    return {"return": result.value, "average_capital": result.average_capital, "pnl": result.pnl}


def annual(inputs: Inputs) -> dict[str, Any]:
    # The raw formula of the cases has no shortest period; the product's own is the default of the function.
    shortest = float(inputs.money("min_days", "0"))
    total, days = inputs.money("total_return"), float(inputs.money("days"))
    return {"annualized": annualize(total, days, float(inputs.money("year_days", "365")), shortest)}


RUNNERS = {"twr.linked": linked, "twr.modified_dietz": dietz, "return.annualize": annual}
