"""Answers about automatic runs and the scores of runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backend.api.shapes.common import base, instant, money, percent
from backend.core.model.amounts import plain
from backend.core.rebalancing.triggers import INTERVAL_PRESETS_H, THRESHOLD_PRESETS_PERCENT

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.strategies import StrategyDue
    from backend.core.rebalancing.score import ScoreLine
    from backend.core.score_book import AccountScore, RunScore, RunScoreView, ScoresView
    from backend.core.strategy_book import AutomaticView
    from backend.core.strategy_clock import Situation

FORMULA: Final = "score-of-a-run"


def automatic(view: AutomaticView, environment: str) -> dict[str, Any]:
    return {
        "environment": environment,
        "paused": view.paused,
        "items": [_account(account, found) for account, found in view.items],
        "interval_presets_hours": [float(hours) for hours in INTERVAL_PRESETS_H],
        "threshold_presets_percent": [float(points) for points in THRESHOLD_PRESETS_PERCENT],
    }


def dues(found: Sequence[StrategyDue], limit: int, environment: str) -> dict[str, Any]:
    """A page of due instants; one more than `limit` was asked for, to know whether there is another page."""
    shown = found[:limit]
    cursor = str(shown[-1].id) if len(found) > limit else None
    return {"environment": environment, "items": [_due(one) for one in shown], "next_cursor": cursor}


def run_score(view: RunScoreView) -> dict[str, Any]:
    sides = {"actual_usd": money(view.actual), "hold_usd": money(view.hold)}
    return base(view.basis) | {"run_id": view.run_id, "formula": FORMULA} | sides | _score(view.score)


def scores(view: ScoresView) -> dict[str, Any]:
    whole = _score(view.whole)
    del whole["lines"]
    return base(view.basis) | {"formula": FORMULA} | whole | {"items": [_of_account(one) for one in view.items]}


def _account(account: Account, found: Situation) -> dict[str, Any]:
    clock, decision = found.clock, found.decision
    manual = found.settings.strategy == "manual"
    return {
        "account": account.id,
        "name": account.name,
        "strategy": found.settings.strategy,
        "dry_run": found.settings.dry_run,
        "hold": decision.hold,
        "next_check": instant(decision.next_ms),
        "counting_since": None if manual else instant(clock.started_ms),
        "last_due": instant(clock.last_due_ms),
        "failing": clock.failing,
    }


def _due(one: StrategyDue) -> dict[str, Any]:
    return {
        "account": one.account_id,
        "due": instant(one.due_ms),
        "time": instant(one.at_ms),
        "strategy": one.strategy,
        "dry_run": one.dry_run,
        "outcome": one.outcome,
        "reason": one.reason,
        "detail": one.detail,
        "largest_drift_percent": percent(one.drift),
        "largest_drift_asset": one.drift_asset,
        "put_off": one.put_off,
        "run_id": one.run_id,
    }


def _of_account(one: AccountScore) -> dict[str, Any]:
    sides = {"account": one.account_id, "actual_usd": money(one.actual), "hold_usd": money(one.hold)}
    return sides | _score(one.score)


def _score(score: RunScore) -> dict[str, Any]:
    return {
        "score_usd": money(score.value),
        "status": score.status,
        "reason": score.reason,
        "lines": [_line(line) for line in score.lines],
    }


def _line(line: ScoreLine) -> dict[str, Any]:
    return {
        "asset": line.asset,
        "quantity": plain(line.quantity),
        "price_usd": money(line.price),
        "value_usd": money(line.value),
    }
