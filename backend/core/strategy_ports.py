"""What the rows of automatic runs, scores and conversions offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.strategies import Changes, Conversion, NewDue, ScorePrice, StrategyClock, StrategyDue


class Strategies(Protocol):
    """Clocks and due instants of automatic runs."""

    def clock(self, account_id: int) -> StrategyClock | None: ...
    def keep_clock(self, clock: StrategyClock) -> None: ...
    def newest_deposit(self, account_id: int) -> int | None:
        """Number of the newest deposit that is known; None: there is none."""

    def add_due(self, due: NewDue) -> bool:
        """Record what became of a due instant; False where it was dealt with already: nothing may be begun then.

        One that was put off until now is recorded as what it is, with what it waited for.
        """

    def knows_due(self, account_id: int, due_ms: int) -> bool:
        """Whether a due instant has a row, be it of one that waits."""

    def forget_quiet(self, account_id: int, before_ms: int) -> None:
        """Drop the rows of due instants before then at which nothing happened."""

    def page(self, account_ids: Sequence[int], limit: int, before: int | None) -> Sequence[StrategyDue]:
        """The newest first; `before`: the id of the last one that was told."""

    def last_automatic_ms(self, account_id: int) -> int | None:
        """When an automatic run began last, dry runs included."""

    def last_run_ms(self, account_id: int) -> int | None:
        """When a run that was no dry run and no conversion was begun or ended last, by this machine's clock."""


class Scores(Protocol):
    """What runs changed of each asset, and the prices of coins that are not held."""

    def unsettled(self, account_id: int) -> Sequence[int]:
        """Runs that sent orders and whose fills may not all be booked."""

    def book(self, run_id: int, account_id: int, change: Changes, settled: bool) -> bool:
        """Put what a run changed in the place of what was booked of it; whether that was anything else."""

    def changes(self, run_ids: Sequence[int]) -> Mapping[int, Changes]:
        """Of runs that are booked."""

    def sums(self, account_id: int) -> Changes:
        """Of all runs of an account together."""

    def assets(self, account_id: int) -> Sequence[str]:
        """Every asset that a run of the account changed."""

    def keep_prices(self, account_id: int, prices: Sequence[ScorePrice]) -> None: ...
    def prices(self, account_id: int) -> Mapping[str, ScorePrice]: ...


class Conversions(Protocol):
    """Single conversions, each by a run of its own."""

    def add(self, conversion: Conversion) -> None: ...
    def page(self, account_ids: Sequence[int], limit: int, before: int | None) -> Sequence[Conversion]:
        """The newest first; `before`: the run of the last one that was told."""


class StrategyRows(Protocol):
    """What of a unit of work is about strategies."""

    @property
    def strategies(self) -> Strategies: ...
    @property
    def scores(self) -> Scores: ...
    @property
    def conversions(self) -> Conversions: ...
