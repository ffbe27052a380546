"""ProofView: whether anything is missing. Reads what the collector has prepared; the command compares anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.import_coverage import SourceCoverage, histories
from backend.core.imports.refused import Refusals
from backend.core.ledger.certificate import NO_KEY, NOT_COMPARED, Certificate, WalletQuantity, refused
from backend.core.ledger.certify import certify
from backend.core.ledger.closing import Closing, tolerance
from backend.core.model.amounts import minus
from backend.core.model.instants import to_ms
from backend.core.model.wallet_moves import tells_moves
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.whole import IMPORTING, RECOMPUTING
from backend.core.whole_closing import closing_at
from backend.core.window_doubts import RESIDUAL

if TYPE_CHECKING:
    from backend.core.ledger.residuals import Finding
    from backend.core.model.accounts import Account
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis, Status, WindowView

# Findings of a window that are listed, the newest; there may be more, and their number is told.
MOST_FINDINGS: Final = 100
UNKNOWN_OPERATIONS: Final = "unknown_operations"


@dataclass(frozen=True, slots=True)
class AccountCertificate:
    """One account's certificate; `compared_ms`: the balances that it is about, on the exchange's clock.

    `missing`: histories of which a stretch was not read. Where a coin differs it may be what they would have told.
    `not_understood`: lines of imported statements of which nobody knows what they moved, and that nobody dismissed.
    """

    account: Account
    certificate: Certificate
    compared_ms: int | None
    missing: Sequence[SourceCoverage]
    not_understood: int

    @property
    def status(self) -> Status:
        """exact, estimated where it is complete but for lines that were not understood, unavailable where it is not."""
        if not self.certificate.complete:
            return "unavailable"
        return "estimated" if self.not_understood else "exact"

    @property
    def reason(self) -> str | None:
        """Why it is not exact."""
        return UNKNOWN_OPERATIONS if self.status == "estimated" else self.certificate.reason


@dataclass(frozen=True, slots=True)
class CertificateView:
    """The certificates of all accounts shown."""

    basis: Basis
    accounts: Sequence[AccountCertificate]

    @property
    def complete(self) -> bool:
        """Whether every account that can be is certified; where none can, nothing is."""
        return bool(self._comparable) and all(one.certificate.complete for one in self._comparable)

    @property
    def _comparable(self) -> Sequence[AccountCertificate]:
        """Accounts whose balances somebody reports."""
        return [one for one in self.accounts if not one.account.keyless]

    @property
    def status(self) -> Status:
        """The worst of all accounts."""
        if not self.complete:
            return "unavailable"
        return "estimated" if any(one.status == "estimated" for one in self._comparable) else "exact"

    @property
    def reason(self) -> str | None:
        """Why not exact: what keeps an account from being complete first."""
        if not self.accounts:
            return NOT_COMPARED
        known = sorted(self._comparable or self.accounts, key=lambda one: one.certificate.complete)
        return next((one.reason for one in known if one.reason is not None), None)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The closing equation of a window: `change` = flows + realised + unrealised + income - fees + residual."""

    start_value: Decimal
    end_value: Decimal
    flows: Decimal
    realized: Decimal
    unrealized: Decimal
    income: Decimal
    fees: Decimal
    residual: Decimal
    tolerance: Decimal
    findings: Sequence[Finding]
    findings_total: int

    @property
    def change(self) -> Decimal:
        return minus(self.end_value, self.start_value)


@dataclass(frozen=True, slots=True)
class AttributionView:
    """The window as its return knows it; `attribution` is None where it cannot be told, and `reason` says why."""

    window: WindowView
    attribution: Attribution | None
    status: Status
    reason: str | None


class ProofView:
    """Answers about completeness over a store."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, performance: PerformanceTracker, settings: ViewSettings
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._settings = settings

    def certificate(self, account_id: int | None) -> CertificateView:
        """The certificate as it was at the last comparison.

        Raises:
            NotFoundError: no such account in this environment.
        """
        return self._certificates(account_id, anew=False)

    def compared_anew(self, account_id: int | None) -> CertificateView:
        """The same, with every stored event replayed and compared with the stored balances now.

        Raises:
            NotFoundError: no such account in this environment.
        """
        return self._certificates(account_id, anew=True)

    def attribution(self, days: int, account_id: int | None) -> AttributionView:
        """Of the last `days` (0: all), between the snapshots that the return of the window rests on.

        Raises:
            NotFoundError: no such account in this environment.
        """
        window = self._performance.window(days, account_id)
        with self._store.read() as unit:
            return self.attribution_of(unit, window, account_id)

    def attribution_of(self, unit: UnitOfWork, window: WindowView, account_id: int | None) -> AttributionView:
        """Of a window of an account, between two of its snapshots."""
        figures = window.figures
        if figures is None or figures.start is None or window.start_value is None or window.end_value is None:
            return AttributionView(
                window, None, "unavailable", window.reason or (None if figures is None else figures.reason)
            )
        start_ms, end_ms = to_ms(figures.start), to_ms(figures.end)
        account = self._performance.chain(unit, account_id)
        rows = () if account is None else unit.snapshots.at_instants(account, [start_ms, end_ms])
        parts = [closing_at(unit, row) for row in rows]
        opening, closing = (parts[0], parts[-1]) if parts else (None, None)
        if account is None or opening is None or closing is None:
            return AttributionView(window, None, "unavailable", RECOMPUTING)
        findings, count = unit.proofs.findings(account, start_ms, end_ms, MOST_FINDINGS)
        found = _attribution(window.start_value, window.end_value, opening, closing, findings, count)
        if abs(found.residual) > found.tolerance or count:
            return AttributionView(window, found, "estimated", RESIDUAL)
        return AttributionView(window, found, figures.money.status, figures.money.reason)

    def certificate_in(self, unit: UnitOfWork, account_id: int | None, anew: bool = False) -> CertificateView:
        """`certificate`, or `compared_anew`, inside a caller's transaction."""
        accounts = wanted_accounts(unit, self._settings.environment, account_id)
        basis = self._portfolio.balances_in(unit, account_id).basis
        return CertificateView(basis, [_of(unit, account, anew) for account in accounts])

    def _certificates(self, account_id: int | None, anew: bool) -> CertificateView:
        with self._store.read() as unit:
            return self.certificate_in(unit, account_id, anew)


def _of(unit: UnitOfWork, account: Account, anew: bool) -> AccountCertificate:
    found, compared_ms = _certificate(unit, account, anew)
    missing = [one for one in histories(unit, account.id) if not one.complete and not tells_moves(one.source)]
    refused = [Refusals.decode(text) for text in unit.imports.all_refused(account.id)]
    unclear = sum(one.not_understood for one in refused if not one.dismissed)
    return AccountCertificate(account, found, compared_ms, missing, unclear)


def _certificate(unit: UnitOfWork, account: Account, anew: bool) -> tuple[Certificate, int | None]:
    """The certificate, and when its balances were read (None: nothing was compared)."""
    if account.keyless:
        return refused(NO_KEY), None
    sync = unit.accounts.sync_state(account.id)
    known = unit.proofs.certificate(account.id)
    if known is None:
        reason = NOT_COMPARED if sync.import_complete or sync.as_of_ms is None else IMPORTING
        return refused(reason), None
    if not anew or known.until_ms is None:
        return known, None if known.until_ms is None else sync.as_of_ms
    valuation = unit.balances.latest(account.id)
    if valuation is None or sync.moved_at_ms is not None:
        # A stream told of a change that no refresh has seen yet.
        return refused(RECOMPUTING), None
    held = [WalletQuantity(line.balance.wallet, line.balance.asset, line.balance.total) for line in valuation.lines]
    prices = {line.balance.asset: line.price for line in valuation.lines if line.price is not None}
    events, moves = unit.ledger.all(account.id), unit.wallet_moves.all(account.id)
    return certify(events, held, known.until_ms, prices, moves, known.moves_read), sync.as_of_ms


def _attribution(
    start_value: Decimal,
    end_value: Decimal,
    opening: Closing,
    closing: Closing,
    findings: Sequence[Finding],
    findings_total: int,
) -> Attribution:
    return Attribution(
        start_value=start_value,
        end_value=end_value,
        flows=minus(closing.flows, opening.flows),
        realized=minus(closing.realized, opening.realized),
        unrealized=minus(closing.unrealized, opening.unrealized),
        income=minus(closing.income, opening.income),
        fees=minus(closing.fees, opening.fees),
        residual=minus(closing.residual(end_value), opening.residual(start_value)),
        tolerance=tolerance(start_value, end_value),
        findings=findings,
        findings_total=findings_total,
    )
