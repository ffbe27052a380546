"""One test a case, named after its id: `pytest -m vectors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.errors import DomainError
from backend.core.model.instants import iso
from backend.tests.vectors import run_benchmark, run_cost_basis, run_mwr, run_rebalancing, run_risk, run_twr
from backend.tests.vectors.cases import Inputs, as_number, differences, load_cases, plain

RUNNERS: Final[Mapping[str, Callable[[Inputs], dict[str, Any]]]] = {
    **run_twr.RUNNERS,
    **run_mwr.RUNNERS,
    **run_risk.RUNNERS,
    **run_rebalancing.RUNNERS,
    **run_cost_basis.RUNNERS,
    **run_benchmark.RUNNERS,
}


CASES: Final = load_cases()

# Without a single case there is no test, rather than one that is skipped.
if CASES:

    @pytest.mark.vectors
    @pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
    def test_case(case: dict[str, Any]) -> None:
        found = problems(case)
        assert not found, "\n".join(found)


def problems(case: Mapping[str, Any]) -> list[str]:
    """Everything in which the product differs from the case, in words."""
    run = RUNNERS.get(case["function"])
    if run is None:
        return [f"no runner knows the function {case['function']}"]
    try:
        with Inputs(case["inputs"]) as inputs:
            got = plain(run(inputs))
    except DomainError as error:
        at = getattr(error, "at", None)
        got = {"error": error.code} | ({"at": iso(at)} if at else {})
    expected = dict(case["expected"])
    found = outside_bounds(got, expected) + none_of(got, expected)
    found += differences(got, expected, Decimal(str(case["tolerance"]["abs"])), "expected")
    return found + differences(got, case.get("rederived") or {}, None, "rederived")


def outside_bounds(got: Mapping[str, Any], expected: dict[str, Any]) -> list[str]:
    """Judge and remove every `<field>_between: [low, high]` (open bounds)."""
    found = []
    for field in [name for name in expected if name.endswith("_between")]:
        low, high = (Decimal(bound) for bound in expected.pop(field))
        number = as_number(got.get(field.removesuffix("_between")))
        if number is None or not low < number < high:
            found.append(f"{field}: got {number}, want between {low} and {high}")
    return found


def none_of(got: Mapping[str, Any], expected: dict[str, Any]) -> list[str]:
    """Judge and remove every `<field>_any_of: [...]`: within 1e-9 of one of the list."""
    found = []
    for field in [name for name in expected if name.endswith("_any_of")]:
        allowed = expected.pop(field)
        mine = got.get(field.removesuffix("_any_of"))
        if all(differences(mine, one, None) for one in allowed):
            found.append(f"{field}: got {mine}, want one of {allowed}")
    return found
