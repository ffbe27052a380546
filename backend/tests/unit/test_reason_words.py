"""Every reason that the page of rebalancing may be told has words in both languages.

The codes are read out of the code that gives them: one that is added without words fails here.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import pytest

from backend.api.schemas.accounts import TradingOut
from backend.core.errors import RUN_REFUSALS, DomainError
from backend.core.rebalancing.errors import PlanError
from backend.core.rebalancing.limits import LimitCode

ROOT: Final = Path(__file__).resolve().parents[3]
BACKEND: Final = ROOT / "backend"
# What plans, sends, looks for and ends orders by itself.
SOURCES: Final = (
    *sorted((BACKEND / "services").glob("run_*.py")),
    BACKEND / "services/order_search.py",
    BACKEND / "services/strategy_runner.py",
    BACKEND / "services/plan_maker.py",
    BACKEND / "services/job_run.py",
    BACKEND / "core/trading_rights.py",
    BACKEND / "core/portfolio_manager.py",
    BACKEND / "core/run_book.py",
    *sorted((BACKEND / "core/rebalancing").glob("*.py")),
)
CODE: Final = re.compile(r"[a-z]+(-[a-z]+)+")
# Of one word, or with an underscore: nothing in their form tells them from other text.
PLAIN: Final = frozenset({"stopped", "reviewed", "min_qty", "min_notional"})
# What an exchange, the database or a job may answer while the page is used.
ELSEWHERE: Final = frozenset(
    {
        "credentials-refused",
        "database-unavailable",
        "exchange-error",
        "exchange-limited",
        "exchange-unavailable",
        "idempotency-mismatch",
        "not-allowed",
        "not-supported-here",
        "order-limit",
        "outcome-unknown",
        "request-budget",
        "request-refused",
        "stale-data",
        "too-many-requests",
    }
)
# Told beside the field that is wrong, in words that name its numbers; or shown as a page that is gone.
BY_FIELD: Final = frozenset({"bad-input", "not-found", "backtest-impossible"})
# Of an account, not of a run: they stand under Trading.
OF_ACCOUNT: Final = frozenset({"no-key", "key-gone", "key-reads-only"})
# Names of classes that are never raised themselves, and what only the library of the planner refuses.
NEVER_TOLD: Final = frozenset({"plan-impossible", "cap-too-low"})


def codes_in(source: Path) -> set[str]:
    """The constants of a file that look like a code."""
    found = (one.value for one in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(one, ast.Constant))
    return {one for one in found if isinstance(one, str) and CODE.fullmatch(one)}


def kinds(base: type[DomainError]) -> Iterator[type[DomainError]]:
    yield base
    for one in base.__subclasses__():
        yield from kinds(one)


def told() -> set[str]:
    """All codes that the page may be told of a plan, an order or a run."""
    found = {code for source in SOURCES for code in codes_in(source)}
    found |= RUN_REFUSALS | PLAIN | ELSEWHERE | set(get_args(LimitCode)) | {one.code for one in kinds(PlanError)}
    return found - BY_FIELD - OF_ACCOUNT - NEVER_TOLD


def words(language: str) -> dict[str, dict[str, dict[str, str]]]:
    found = json.loads((ROOT / f"frontend/src/locales/{language}/rebalance.json").read_text("utf-8"))
    return {"problems": found["problems"], "arming": found["arming"]}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reason_has_words(language: str) -> None:
    known = words(language)["problems"]
    assert {code for code in told() if not known.get(code.replace("-", "_"))} == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_bar_of_an_account_has_words(language: str) -> None:
    known = words(language)["arming"]["reasons"]
    bars = [one for part in get_args(TradingOut.model_fields["reason"].annotation) for one in get_args(part)]
    assert len(bars) > 4
    assert {code for code in bars if not known.get(code.replace("-", "_"))} == set()


def test_no_words_are_kept_for_a_reason_that_nobody_gives() -> None:
    """`silent` is the page's own; the last two stand for codes of which the exchange makes many."""
    given = {code.replace("-", "_") for code in told()} | {"silent", "filter", "ended_early"}
    assert set(words("en")["problems"]) - given == set()
