"""An account with money of every kind whose data can be falsified, and what the proofs say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from backend.core.ledger.certificate import Certificate
from backend.core.ledger.residuals import Finding
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import HOUR_MS
from backend.core.model.wallets import WalletsReading
from backend.core.portfolio_view import ViewSettings
from backend.core.proof_view import AttributionView, ProofView
from backend.tests.integration.services.conftest import Bourse, Rig

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
EXACT = Decimal("1e-18")
TOLD = frozenset({"deposits", "withdrawals", "trades", "movements"})


class Hiding:
    """Passes everything on, but tells no event that `hidden` knows, and names no coin touched."""

    def __init__(self, inner: Any, hidden: Callable[[LedgerEvent], bool]) -> None:
        self._inner = inner
        self._hidden = hidden

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in TOLD:
            return found
        return lambda *args: [event for event in found(*args) if not self._hidden(event)]

    def touched_assets(self) -> tuple[str, ...]:
        return ()


class Misreading(Hiding):
    """Tells one balance too high."""

    def wallets(self, fresh: bool = False) -> WalletsReading:
        found: WalletsReading = self._inner.wallets(fresh)
        wrong = [
            replace(one, free=one.free + Decimal("0.125")) if one.asset == "ETH" else one for one in found.balances
        ]
        return replace(found, balances=tuple(wrong))


@dataclass
class Case:
    """A rig that has read a plain history, and what is asked of it."""

    bourse: Bourse
    rig: Rig
    proofs: ProofView

    def hour(self) -> None:
        """Let the next full hour pass, and refresh."""
        now = self.bourse.now_ms()
        self.bourse.pass_s((now // HOUR_MS + 1) * HOUR_MS // 1000 - now // 1000 + 5)
        self.rig.step()

    def certificate(self, anew: bool = False) -> Certificate:
        view = self.proofs.compared_anew(None) if anew else self.proofs.certificate(None)
        (one,) = view.accounts
        assert view.complete is one.certificate.complete
        return one.certificate

    def differences(self, anew: bool = False) -> dict[str, Decimal]:
        return {row.asset: row.difference for row in self.certificate(anew).assets if row.difference}

    def causes(self) -> dict[str, str | None]:
        return {row.asset: row.cause for row in self.certificate().assets if row.difference}

    def attribution(self) -> AttributionView:
        return self.proofs.attribution(0, None)

    def findings(self) -> list[Finding]:
        found = self.attribution().attribution
        assert found is not None
        assert found.findings_total == len(found.findings)
        return list(found.findings)

    def alerts(self) -> list[Mapping[str, Any]]:
        with self.rig.store.read() as unit:
            return [detail for _, topic, _, detail in unit.events.after(0, 10_000) if topic == "alert"]

    def closes(self) -> None:
        """Everything is certified and the equation leaves nothing over."""
        assert self.differences() == self.differences(anew=True) == {}
        assert self.certificate().complete
        view = self.attribution()
        found = view.attribution
        assert found is not None
        assert (view.status, view.reason, found.findings) == ("exact", None, [])
        assert abs(found.residual) < EXACT
        parts = found.flows + found.realized + found.unrealized + found.income - found.fees + found.residual
        assert abs(found.end_value - found.start_value - parts) < EXACT

    @contextmanager
    def changing(self) -> Iterator[dict[str, Decimal]]:
        """What the exchange's own ledger booked inside the block, by coin."""
        before = len(self.bourse.ledger())
        change: dict[str, Decimal] = {}
        yield change
        for row in self.bourse.ledger()[before:]:
            change[row["asset"]] = change.get(row["asset"], Decimal(0)) + Decimal(row["change"])
        for asset in [asset for asset, amount in change.items() if not amount]:
            del change[asset]

    def sql(self, statement: str, **values: Any) -> None:
        """Damage a stored row."""
        with self.rig.engine.execution_options(writing=True).begin() as connection:
            assert connection.execute(text(statement), values).rowcount == 1

    def names(self, change: Mapping[str, Decimal]) -> None:
        """The certificate names these coins and amounts at once, the closing equation with the next snapshot."""
        assert self.differences() == change
        self.hour()
        assert self.differences() == change
        told = {one.asset: one.quantity for found in self.findings() for one in found.coins}
        assert told == change
        (found,) = self.findings()
        assert abs(sum(one.value for one in found.coins) - found.residual) < EXACT
        assert {one["cause"] for one in self.alerts()} == {found.cause}


def opened_case(open_bourse: OpenBourse, make_rig: MakeRig) -> Case:
    """Money in, coins bought, some in Earn, on margin and in futures: everything read, nothing missing."""
    bourse = open_bourse(USDT="50000", ADA="2000", ETH="4", BNB="2")
    bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.1", at="2026-05-30T03:04:05Z")
    bourse.do("withdraw", asset="ADA", amount="100", fee="0.8", at="2026-05-30T10:00:00Z")
    for target, asset, amount in (("earn_flexible", "ADA", "900"), ("usdm", "USDT", "9000"), ("funding", "ETH", "1")):
        at = "2026-05-31T00:00:00Z"
        bourse.do("transfer", **{"from": "spot", "to": target}, asset=asset, amount=amount, at=at)
    rig = make_rig(bourse)
    rig.step()
    settings = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
    made = Case(bourse, rig, ProofView(rig.store, rig.portfolio, rig.tracker, settings))
    made.hour()
    made.closes()
    return made


def hide(case: Case, *kinds: EventKind) -> None:
    """From now on nothing of some kinds is told."""
    known = {(event.source, event.external_id) for event in case.rig.events()}
    case.rig.wrap = lambda exchange: Hiding(
        exchange, lambda event: event.kind in kinds and (event.source, event.external_id) not in known
    )
