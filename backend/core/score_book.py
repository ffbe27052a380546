"""ScoreBook: what runs made beside not having traded, opened to their proof. Reads prepared rows only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.errors import NotFoundError
from backend.core.model.amounts import ONE, minus, total
from backend.core.model.instants import MINUTE_MS
from backend.core.model.valuation import FROM_STATEMENTS, LATER_BALANCE, LATER_PRICE
from backend.core.rebalancing.score import ScoreLine, score
from backend.core.valuation import NO_PRICE

if TYPE_CHECKING:
    from backend.core.model.runs import Run
    from backend.core.portfolio_view import PortfolioView
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis, Status

DRY_RUN: Final = "dry_run"
NOT_BOOKED: Final = "not_booked_yet"
OLD_PRICE: Final = "old_price"
OLD_AFTER_MS: Final = 15 * MINUTE_MS
# These doubt a quantity, or its price beside it: the price itself is one of now.
PRICED_NOW: Final = frozenset({None, LATER_PRICE, LATER_BALANCE, FROM_STATEMENTS})


@dataclass(frozen=True, slots=True)
class RunScore:
    """`value` in the reporting currency is the sum of the lines; None with a reason where it is not known."""

    value: Decimal | None
    status: Status
    reason: str | None
    lines: Sequence[ScoreLine] = ()


@dataclass(frozen=True, slots=True)
class AccountScore:
    """All runs of an account together: `score.value = actual - hold`."""

    account_id: int
    actual: Decimal
    hold: Decimal | None
    score: RunScore


@dataclass(frozen=True, slots=True)
class ScoresView:
    """The scores of accounts and their sum."""

    basis: Basis
    items: Sequence[AccountScore]
    whole: RunScore


@dataclass(frozen=True, slots=True)
class RunScoreView:
    """The score of one run: `score.value = actual - hold`.

    `actual`: what its account is worth; `hold`: what it would be worth had this run not traded, all others had.
    """

    basis: Basis
    run_id: int
    actual: Decimal | None
    hold: Decimal | None
    score: RunScore


@dataclass(frozen=True, slots=True)
class _Price:
    price: Decimal | None
    doubt: str | None


class ScoreBook:
    """Scores over a store, at the prices of the newest refresh."""

    def __init__(self, store: Store, portfolio: PortfolioView) -> None:
        self._store = store
        self._portfolio = portfolio

    def accounts(self, account_id: int | None) -> ScoresView:
        """All runs of one account, or of each account of the environment.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            items: list[AccountScore] = []
            for holding in view.accounts:
                if holding.valuation is None:
                    continue
                account, actual = holding.account.id, holding.valuation.total
                found = _valued(unit.scores.sums(account), prices_in(unit, account, view.basis.reporting_currency))
                items.append(AccountScore(account, actual, _hold(actual, found), found))
        return ScoresView(view.basis, items, _together(items))

    def run(self, run_id: int) -> RunScoreView:
        """One run, asset by asset.

        Raises:
            NotFoundError: no such run in this environment.
        """
        with self._store.read() as unit:
            run = unit.runs.find(run_id)
            view = self._portfolio.balances_in(unit, None)
            basis = view.basis
            if run is None or run.environment != basis.environment:
                raise NotFoundError(f"There is no run {run_id} in the {basis.environment} environment")
            found = scores_in(unit, [run], basis.reporting_currency)[run_id]
            worth = [one.valuation.total for one in view.accounts if one.account.id == run.account_id and one.valuation]
            actual = worth[0] if worth else None
            return RunScoreView(basis, run_id, actual, _hold(actual, found), found)


def scores_in(unit: UnitOfWork, runs: Sequence[Run], reporting: str) -> Mapping[int, RunScore]:
    """The score of each run, inside a caller's transaction."""
    changes = unit.scores.changes([run.id for run in runs if not run.dry_run])
    prices: dict[int, Mapping[str, _Price]] = {}
    found: dict[int, RunScore] = {}
    for run in runs:
        if run.dry_run:
            found[run.id] = RunScore(None, "unavailable", DRY_RUN)
        elif run.id not in changes:
            found[run.id] = RunScore(None, "unavailable", NOT_BOOKED)
        else:
            if run.account_id not in prices:
                prices[run.account_id] = prices_in(unit, run.account_id, reporting)
            found[run.id] = _valued(changes[run.id], prices[run.account_id])
    return found


def prices_in(unit: UnitOfWork, account_id: int, reporting: str) -> Mapping[str, _Price]:
    """Prices of what is held, those that the dashboard shows, and beside them those kept for scores."""
    valuation = unit.balances.latest(account_id)
    prices: dict[str, _Price] = {}
    for asset, kept in unit.scores.prices(account_id).items():
        old = valuation is not None and valuation.at_ms - kept.at_ms > OLD_AFTER_MS
        prices[asset] = _Price(kept.price, kept.reason or (OLD_PRICE if old else None))
    for line in valuation.lines if valuation is not None else ():
        doubt = None if line.reason in PRICED_NOW else line.reason
        known = prices.get(line.balance.asset)
        if line.price is not None and (known is None or known.price is None or known.doubt or doubt is None):
            prices[line.balance.asset] = _Price(line.price, doubt)
    return prices | {reporting: _Price(ONE, None)}


def _valued(change: Mapping[str, Decimal], prices: Mapping[str, _Price]) -> RunScore:
    found = score(change, {asset: one.price for asset, one in prices.items() if one.price is not None})
    if found.value is None:
        return RunScore(None, "unavailable", f"{NO_PRICE}:{found.missing[0]}", found.lines)
    doubts = [f"{doubt}:{line.asset}" for line in found.lines if (doubt := prices[line.asset].doubt) is not None]
    return RunScore(found.value, "estimated" if doubts else "exact", doubts[0] if doubts else None, found.lines)


def _hold(actual: Decimal | None, found: RunScore) -> Decimal | None:
    return None if actual is None or found.value is None else minus(actual, found.value)


def _together(items: Sequence[AccountScore]) -> RunScore:
    scores = [item.score for item in items]
    if not scores:
        return RunScore(None, "unavailable", "no_balances")
    unknown = next((one for one in scores if one.value is None), None)
    if unknown is not None:
        return RunScore(None, "unavailable", unknown.reason)
    doubt = next((one.reason for one in scores if one.reason is not None), None)
    value = total([one.value for one in scores if one.value is not None])
    return RunScore(value, "estimated" if doubt else "exact", doubt)
