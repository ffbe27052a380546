"""Runner of the family `mwr`."""

from __future__ import annotations

from typing import Any

from backend.core.performance.mwr import xirr
from backend.core.performance.twr import Flow
from backend.tests.vectors.cases import Inputs, instant


def rate(inputs: Inputs) -> dict[str, Any]:
    payments = [Flow(instant(flow.text("at")), flow.money("amount")) for flow in inputs.rows("flows")]
    result = xirr(payments, float(inputs.money("year_days", "365")))
    return {"rate": result.rate, "multiple": result.multiple, "roots": len(result.roots)}


RUNNERS = {"mwr.xirr": rate}
