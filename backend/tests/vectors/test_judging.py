"""The judge itself: a wrong answer, an unknown function or an unknown field must never pass."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from backend.tests.vectors.cases import FAMILIES, UnknownFieldError, load_cases
from backend.tests.vectors.test_vectors import problems

CASE: dict[str, Any] = {
    "id": "two-steps",
    "function": "twr.linked",
    "inputs": {
        "valuations": [
            {"at": "2025-01-01T00:00:00Z", "value": "100"},
            {"at": "2025-01-02T00:00:00Z", "value": "110"},
        ],
        "flows": [],
    },
    "expected": {"twr": "0.1", "pnl": "10"},
    "tolerance": {"abs": "0.001"},
    "rederived": {"twr": "0.1", "cumulative": ["0", "0.1"], "warnings": []},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    case = copy.deepcopy(CASE)
    *parents, last = path.split(".")
    place = case
    for name in parents:
        place = place[name]
    place[last] = value
    return case


def test_a_right_answer_has_no_problems() -> None:
    assert problems(CASE) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("function", "twr.unheard_of"),
        ("expected.twr", "0.1011"),
        ("expected.twr", None),
        ("expected.sharpe", "1"),
        ("expected.error", "negative_value"),
        ("expected.twr_between", ["0.1", "0.2"]),
        ("expected.twr_any_of", ["0.2", "0.3"]),
        ("rederived.twr", "0.1000000002"),
        ("rederived.cumulative", ["0"]),
        ("rederived.warnings", ["gain_without_capital"]),
        ("rederived.sharpe", "1"),
        ("tolerance.abs", "-1"),
    ],
)
def test_whatever_differs_or_is_unknown_is_a_problem(path: str, value: Any) -> None:
    assert problems(changed(path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("expected.twr", "0.1009"),
        ("expected.twr_between", ["0.09", "0.11"]),
        ("expected.twr_any_of", ["0.2", "0.1"]),
        ("rederived.twr", "0.10000000001"),
    ],
)
def test_what_is_within_its_tolerance_is_no_problem(path: str, value: Any) -> None:
    assert problems(changed(path, value)) == []


def test_an_input_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownFieldError, match="currency"):
        problems(changed("inputs.currency", "EUR"))
    with pytest.raises(UnknownFieldError, match="note"):
        problems(changed("inputs.flows", [{"at": "2025-01-02T00:00:00Z", "amount": "1", "note": "x"}]))


def test_an_expected_error_is_compared_by_its_code() -> None:
    case = changed("inputs.flows", [{"at": "2025-01-01T12:00:00Z", "amount": "1"}])
    case |= {"expected": {"error": "flow_without_valuation"}, "rederived": None}
    assert problems(case) == []
    assert problems(case | {"expected": {"error": "negative_value"}})


def test_the_cases_are_those_of_the_folder_named_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VECTORS_DIR", str(tmp_path))
    assert load_cases() == []
    (tmp_path / "anything.json").write_text(json.dumps({"schema": 1, "family": "twr", "cases": [CASE]}))
    (tmp_path / "other.json").write_text(json.dumps({"schema": 1, "family": "weather", "cases": [CASE]}))
    assert load_cases() == [CASE]
    monkeypatch.setenv("VECTORS_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(NotADirectoryError):
        load_cases()


def test_all_six_families_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VECTORS_DIR", raising=False)
    assert {case["family"] for case in load_cases()} == set(FAMILIES)


def test_the_cases_are_the_published_ones() -> None:
    source = Path(__file__).parents[4] / "shared/cases"
    if not source.is_dir():
        pytest.skip("the folder with the published cases is not beside this checkout")
    for path in source.glob("*.json"):
        assert json.loads((Path(__file__).parent / path.name).read_text()) == json.loads(path.read_text())
