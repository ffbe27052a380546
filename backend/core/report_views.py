"""What the report book answers: values, not JSON and not rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkView
    from backend.core.calendar_periods import CalendarPeriod
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.position_views import RoundTrips, SymbolsView
    from backend.core.proof_view import AttributionView, CertificateView
    from backend.core.risk_views import DayView, DrawdownsView, RiskView
    from backend.core.views import Basis, FlowRow, HistoryPoint, MonthView, NetDeposits, PeriodView, Status


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The period in one line. `begun_ms` and `ended_ms`: the snapshots that its figures lie between.

    `figures` are of an account, or of all together; values of several add up, and `values_status` says how far they can
    be trusted.
    """

    begun_ms: int | None
    ended_ms: int | None
    start_value: Decimal | None
    end_value: Decimal | None
    values_status: Status
    values_reason: str | None
    figures: PeriodView
    complete: bool


@dataclass(frozen=True, slots=True)
class HeldCoin:
    """A coin at an instant, over the accounts shown; `share` is of the value, without unit.

    `price` is None where there was none, and where accounts had different ones; `reason` says that there was none.
    """

    asset: str
    quantity: Decimal
    price: Decimal | None
    value: Decimal | None
    share: Decimal | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class HoldingsAt:
    """What was held at an instant, the largest value first. `at_ms` is None where accounts have different ones."""

    at_ms: int | None
    value: Decimal | None
    coins: Sequence[HeldCoin]
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class KindSum:
    """What was earned, or paid, of one kind. `count` is None of what is left of a sum; `unpriced`: not in the value."""

    kind: str
    count: int | None
    value: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class KindSums:
    """All kinds, the largest first; they add up to `value`, which is None where the books cannot tell."""

    kinds: Sequence[KindSum]
    value: Decimal | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the period is known. `doubtful`: links of the return that rest on an estimate. `replayed_until_ms`: what
    lies before was seen by nobody, ledger and candles make it.
    """

    expected: int
    missing: int
    doubtful: int
    replayed_until_ms: int | None


@dataclass(frozen=True, slots=True)
class ReportFlow:
    """A cash flow of the period. `in_figures`: the net flows count it."""

    row: FlowRow
    in_figures: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """A month or a year of one account, or of all."""

    basis: Basis
    period: CalendarPeriod
    running: bool
    accounts: Sequence[Account]
    method: Method
    in_reporting: bool
    summary: ReportSummary
    months: Sequence[MonthView]
    line: Sequence[HistoryPoint]
    days: Sequence[DayView]
    risk: RiskView
    trips: RoundTrips
    falls: DrawdownsView
    benchmark: BenchmarkView | None
    attribution: AttributionView
    flows: Sequence[ReportFlow]
    flows_total: NetDeposits
    opening: HoldingsAt
    closing: HoldingsAt
    profit: SymbolsView
    fees: KindSums
    income: KindSums
    quality: Quality
    certificate: CertificateView
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """A period that a report can be made of; `running`: it is not over."""

    period: CalendarPeriod
    running: bool


@dataclass(frozen=True, slots=True)
class PeriodsView:
    """Years, then months, the newest of each first; empty with a reason where there is no history."""

    basis: Basis
    periods: Sequence[ToldPeriod]
    status: Status
    reason: str | None
