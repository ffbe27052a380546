"""What the rows of backtests offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest_figures import BacktestFigures
    from backend.core.rebalancing.backtest_request import BacktestRequest
    from backend.core.rebalancing.backtest_text import BacktestFacts

BacktestState = Literal["queued", "prices", "computing", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class StoredBacktest:
    """`created_ms`: this machine's clock. `loaded`: of the prices, a ratio. `facts`: None until prices are there."""

    id: int
    environment: str
    created_ms: int
    state: BacktestState
    request: BacktestRequest
    loaded: float
    computed: int
    facts: BacktestFacts | None
    code: str | None
    detail: str | None

    @property
    def progress(self) -> float:
        """A ratio: prices are a quarter of the way."""
        if self.state == "done":
            return 1.0
        return 0.25 * self.loaded + 0.75 * self.computed / len(self.request.all_rules)

    @property
    def final(self) -> bool:
        return self.state in ("done", "failed", "cancelled")


class Backtests(Protocol):
    """Backtests of every environment; results by the place of their rule in `BacktestRequest.all_rules`."""

    def add(self, environment: str, request: BacktestRequest) -> int: ...
    def find(self, environment: str, number: int) -> StoredBacktest | None: ...
    def newest(self, environment: str, limit: int) -> Sequence[StoredBacktest]: ...
    def unfinished(self, environment: str) -> StoredBacktest | None:
        """The oldest that is not final."""

    def move(self, number: int, state: BacktestState, code: str | None = None, detail: str | None = None) -> bool:
        """Change the state of one that is not final; False where it is, or is gone."""

    def note_loaded(self, number: int, loaded: float) -> None: ...
    def note_facts(self, number: int, facts: BacktestFacts) -> None:
        """What results rest on; where that is something else than before, the results so far are taken away."""

    def put(self, number: int, place: int, figures: BacktestFigures) -> None: ...
    def results(self, number: int) -> Mapping[int, BacktestFigures]: ...
    def forget_old(self, environment: str, keep: int) -> None:
        """Delete all final ones but the newest."""


class BacktestRows(Protocol):
    """What of a unit of work is about backtests."""

    @property
    def backtests(self) -> Backtests: ...
