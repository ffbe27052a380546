"""Charts that are ready to be sent: one stored body for each account and range, found by its key.

The collector makes them when data change (services/chart_keeper.py). What a body depends on is stored beside it, and
one whose ground has changed is not found: the chart is then made from its rows, as for a range that is not stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Protocol

from backend import __version__
from backend.core.freshness import freshness
from backend.core.packed_json import packed, unpacked
from backend.core.views import Basis

if TYPE_CHECKING:
    from backend.core.portfolio_view import ViewSettings
    from backend.core.ports import Store

# What the dashboard asks for (frontend/src/composables/useRange.ts and useTwrHistory.ts).
STORED_DAYS: Final = (365, 0, 730, 180, 90, 60, 30, 14, 7)
STORED_POINTS: Final = 500
# Nothing is stored of these: to ask for them is only to ask.
NO_ACCOUNT: Final = 0
NO_DAYS: Final = -1
# Counted up where the same rows make another body.
METHOD: Final = 2


@dataclass(frozen=True, slots=True)
class ChartBody:
    """A chart as JSON but for what every answer begins with (`api.shapes.common.base`), compressed, and a digest of it.

    `kept` is what `packed_json.packed` made of the object behind its first brace.
    """

    kept: bytes
    digest: str

    @classmethod
    def of(cls, content: bytes) -> ChartBody:
        """Keep a JSON object."""
        return cls(packed(content[1:]), blake2b(content, digest_size=12).hexdigest())

    @property
    def content(self) -> bytes:
        """The JSON object."""
        return b"{" + unpacked(self.kept)


@dataclass(frozen=True, slots=True)
class ChartGround:
    """What the charts of an account rest on besides the range; two that are equal make the same bodies.

    `until_ms`: the newest snapshot. `rebuilds` and `flow_changes` count what was done to earlier rows and to cash
    flows. `hold` and `hold_until_ms`: which hold-only rows there are. `watched_ms`: since when somebody looks.
    """

    rebuilds: int
    until_ms: int | None
    flow_changes: int
    dirty_from_ms: int | None
    hold: str | None
    hold_until_ms: int | None
    watched_ms: int | None


@dataclass(frozen=True, slots=True)
class StoredChart:
    """A body with what it was made by, and of: the rows from `start_ms` on, which a finding `doubted` or did not."""

    days: int
    made_by: str
    ground: ChartGround
    start_ms: int
    doubted: bool
    body: ChartBody


@dataclass(frozen=True, slots=True)
class FoundChart:
    """A body that stands, and the state of its account now."""

    body: ChartBody
    until_ms: int
    refreshed_machine_ms: int | None
    depegged: bool


class StoredCharts(Protocol):
    """Bodies of charts, and what they rest on."""

    def ground(self, account_id: int) -> ChartGround: ...
    def standing(self, account_id: int, made_by: str) -> set[int]: ...
    def find(self, environment: str, account_id: int | None, days: int, made_by: str) -> FoundChart | None: ...
    def put(self, account_id: int, chart: StoredChart) -> None: ...


def made_by(settings: ViewSettings) -> str:
    """The program and the settings that a body is made by: under others it is another one."""
    return f"{__version__}/{METHOD}/{STORED_POINTS}/{settings.reporting_currency}/{settings.snapshot_interval_s}"


class ReadyCharts:
    """Finds what is stored. `now_ms` is this machine's clock: ages are measured on it."""

    def __init__(self, store: Store, settings: ViewSettings, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._settings = settings
        self._now_ms = now_ms
        self._made_by = made_by(settings)

    def prepare(self) -> None:
        """Have the statements put together: else the first question to a process would wait for it."""
        with self._store.read() as unit:
            for account_id in (None, NO_ACCOUNT):
                unit.charts.find(self._settings.environment, account_id, NO_DAYS, self._made_by)

    def find(
        self, days: int, points: int, account_id: int | None, currency: str | None
    ) -> tuple[Basis, ChartBody] | None:
        """A chart as `PerformanceTracker.history` would tell it now; None where none such is stored."""
        settings = self._settings
        if points != STORED_POINTS or currency not in (None, settings.reporting_currency) or days not in STORED_DAYS:
            return None
        with self._store.read() as unit:
            found = unit.charts.find(settings.environment, account_id, days, self._made_by)
        if found is None:
            return None
        refreshed = found.refreshed_machine_ms
        age_s = None if refreshed is None else max(self._now_ms() - refreshed, 0) / 1000
        state, expires_s = freshness(age_s, settings.interval_s)
        basis = Basis(
            environment=settings.environment,
            reporting_currency=settings.reporting_currency,
            as_of_ms=found.until_ms,
            refreshed_machine_ms=refreshed,
            freshness=state,
            expires_s=expires_s,
            depegged=found.depegged,
        )
        return basis, found.body
