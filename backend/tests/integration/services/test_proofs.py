"""Completeness: what is missing, doubled or wrong is found and named by coin and amount; with true data nothing is.

The judge is the simulator's own ledger: what a hidden movement changed is read there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from backend.core.ledger.certificate import Certificate
from backend.core.ledger.residuals import Finding
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import HOUR_MS
from backend.core.model.wallets import WalletsReading
from backend.core.portfolio_view import ViewSettings
from backend.core.proof_view import AttributionView, ProofView
from backend.services import proofs
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


@pytest.fixture
def case(open_bourse: OpenBourse, make_rig: MakeRig) -> Case:
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


def test_true_data_of_every_kind_leave_nothing_over(case: Case) -> None:
    bourse = case.bourse
    bourse.do("trade", symbol="ETHBTC", side="SELL", quantity="0.5")
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.05")
    case.hour()
    bourse.do("reward", asset="ADA", amount="0.125", kind="REALTIME", wallet="earn_flexible")
    bourse.do("reward", asset="BNB", amount="0.01", kind="airdrop")
    bourse.do("deposit", asset="ETH", amount="0.25")
    bourse.do("withdraw", asset="USDT", amount="500", fee="1")
    case.hour()
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="SELL", quantity="0.05")
    for _ in range(3):
        case.hour()
    case.closes()
    assert case.alerts() == []


def test_a_missed_deposit(case: Case) -> None:
    hide(case, EventKind.DEPOSIT)
    with case.changing() as change:
        case.bourse.do("deposit", asset="ETH", amount="0.75")
    case.hour()
    case.names(change)
    assert case.causes() == {"ETH": "missed_deposit"}


def test_a_missed_withdrawal(case: Case) -> None:
    hide(case, EventKind.WITHDRAWAL)
    with case.changing() as change:
        case.bourse.do("withdraw", asset="ETH", amount="0.5", fee="0.001")
    case.hour()
    case.names(change)
    assert change == {"ETH": Decimal("-0.501")}
    assert case.causes() == {"ETH": "missed_withdrawal"}


def test_hidden_interest_of_earn(case: Case) -> None:
    hide(case, EventKind.REWARD)
    with case.changing() as change:
        case.bourse.do("reward", asset="ADA", amount="0.375", kind="REALTIME", wallet="earn_flexible")
    case.hour()
    case.names(change)
    assert case.causes() == {"ADA": "unseen_earn_interest"}


def test_a_hidden_dividend(case: Case) -> None:
    hide(case, EventKind.REWARD)
    with case.changing() as change:
        case.bourse.do("reward", asset="BNB", amount="0.5", kind="airdrop")
    case.hour()
    case.names(change)


def test_a_fill_taken_out_of_the_answers(case: Case) -> None:
    hide(case, EventKind.TRADE)
    with case.changing() as change:
        case.bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.02")
    case.hour()
    case.names(change)
    assert {"BTC", "USDT"} <= set(change)
    assert {case.causes()[coin] for coin in ("BTC", "USDT")} == {"missing_trade"}


def test_a_missed_convert(case: Case) -> None:
    hide(case, EventKind.CONVERT)
    with case.changing() as change:
        case.bourse.do("event", kind="convert", from_asset="ETH", from_amount="0.5", to_asset="USDT")
    case.hour()
    case.names(change)
    assert set(case.causes().values()) == {"missing_trade"}


def test_missed_futures_funding(case: Case) -> None:
    case.bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.9")
    case.hour()
    case.closes()
    hide(case, EventKind.FUNDING)
    with case.changing() as change:
        # To the next instant of funding, also where one has just been.
        case.hour()
        while case.bourse.now_ms() // HOUR_MS % 8:
            case.hour()
    case.hour()
    assert change
    assert set(change) == {"USDT"}
    case.names(change)
    assert case.causes() == {"USDT": "missing_futures_line"}


def test_a_trade_counted_twice(case: Case) -> None:
    trade = next(event for event in case.rig.events() if event.kind is EventKind.TRADE)
    with case.rig.store.write() as unit:
        unit.ledger.add(case.rig.account, [replace(trade, source="other", external_id="twice")])
    case.hour()
    expected: dict[str, Decimal] = {}
    for leg in trade.legs:
        expected[leg.asset] = expected.get(leg.asset, Decimal(0)) - leg.amount
    assert case.differences() == case.differences(anew=True) == expected
    assert set(case.causes().values()) == {"counted_twice"}
    assert {one.asset for found in case.findings() for one in found.coins} >= set(expected)


def test_an_own_transfer_counted_as_a_withdrawal(case: Case) -> None:
    legs = (Leg("USDT", Decimal(-9000), "out"),)
    at_ms = case.bourse.now_ms() - HOUR_MS
    with case.rig.store.write() as unit:
        unit.ledger.add(case.rig.account, [LedgerEvent("other", "x", EventKind.WITHDRAWAL, at_ms, legs)])
    case.hour()
    assert case.differences() == {"USDT": Decimal(9000)}
    assert case.causes() == {"USDT": "own_transfer"}
    assert case.attribution().status == "estimated"


def test_a_wrong_fee(case: Case) -> None:
    trade = next(event for event in case.rig.events() if event.kind is EventKind.TRADE)
    fee = next(leg for leg in trade.legs if leg.role == "fee")
    case.sql(
        "UPDATE ledger_events SET fee_amount = :fee WHERE external_id = :id",
        fee=str(fee.amount * 2),
        id=trade.external_id,
    )
    case.hour()
    assert case.differences() == {fee.asset: -fee.amount}
    assert case.causes() == {fee.asset: "wrong_fee"}
    assert any(one.asset == fee.asset for found in case.findings() for one in found.coins)


def test_a_wrong_quantity_in_the_balances(case: Case) -> None:
    case.rig.wrap = lambda exchange: Misreading(exchange, lambda event: False)
    case.hour()
    wrong = {
        "ETH": Decimal("0.125") * sum(1 for row in case.certificate().assets if row.asset == "ETH" for _ in row.wallets)
    }
    case.names(wrong)


def test_a_wrong_quantity_in_a_stored_balance_is_found_by_the_command(case: Case) -> None:
    case.sql("UPDATE last_balance SET balance = '4', free = '4' WHERE asset = 'ETH' AND wallet = 'spot'")
    assert case.differences() == {}
    assert case.differences(anew=True) == {"ETH": Decimal(1)}


def damage_row(case: Case, change: Callable[[dict[str, list[str]]], None], more: Decimal = Decimal(0)) -> int:
    """Change what the newest snapshot holds before it is closed, and add to its sum; returns its instant."""
    row = case.rig.rows()[-1]
    stored = {asset: [str(one.quantity), str(one.price)] for asset, one in row.composition.items()}
    change(stored)
    total = sum((Decimal(quantity) * Decimal(price) for quantity, price in stored.values()), more)
    case.sql("DELETE FROM closings WHERE snapshot_id = :id", id=row.id)
    case.sql(
        "UPDATE snapshots SET composition = :held, total_value_usd = :value WHERE id = :id",
        held=json.dumps(stored),
        value=str(total),
        id=row.id,
    )
    case.hour()
    return row.at_ms


def test_a_wrong_price_at_the_end_of_an_interval(case: Case) -> None:
    def dearer(stored: dict[str, list[str]]) -> None:
        stored["ETH"][1] = str(Decimal(stored["ETH"][1]) + 100)

    at_ms = damage_row(case, dearer)
    assert case.differences() == {}
    after, before = case.findings()
    assert (before.until_ms, after.after_ms) == (at_ms, at_ms)
    assert [(one.asset, one.value, one.cause) for one in before.coins] == [("ETH", Decimal(400), "price")]
    assert after.residual == -400
    # The return of the window rests on it: it is no exact figure any more.
    window = case.rig.tracker.window(0, None)
    assert window.figures is not None
    assert (window.figures.status, window.figures.reason) == ("estimated", "residual")


def test_a_wrong_quantity_in_a_stored_snapshot(case: Case) -> None:
    def more(stored: dict[str, list[str]]) -> None:
        stored["ADA"][0] = str(Decimal(stored["ADA"][0]) + 1000)

    at_ms = damage_row(case, more)
    (coin,) = case.findings()[-1].coins
    assert (coin.asset, coin.quantity, coin.cause) == ("ADA", Decimal(1000), "quantity")
    assert case.findings()[-1].until_ms == at_ms


def test_a_stored_value_that_is_not_the_sum_of_its_coins(case: Case) -> None:
    damage_row(case, lambda stored: None, more=Decimal(500))
    after, before = case.findings()
    assert [(one.asset, one.value, one.cause) for one in before.coins] == [(None, Decimal(500), "value")]
    assert after.residual == -500


def test_an_alert_is_raised_once_a_finding_and_goes_when_its_cause_turns_up(case: Case) -> None:
    hide(case, EventKind.DEPOSIT)
    case.bourse.do("deposit", asset="ETH", amount="0.75")
    case.hour()
    case.hour()
    assert len(case.alerts()) == 1
    # The past is computed anew, and the finding is the same one.
    at = case.rig.rows()[0].at_ms
    with case.rig.store.write() as unit:
        unit.accounts.mark_dirty(case.rig.account, at)
    for _ in range(2):
        case.hour()
    assert len(case.alerts()) == 1
    case.rig.wrap = lambda exchange: exchange
    case.hour()
    case.hour()
    case.closes()
    assert len(case.alerts()) == 1


def closings(case: Case) -> list[Any]:
    with case.rig.engine.connect() as connection:
        return list(connection.execute(text("SELECT * FROM closings ORDER BY timestamp")))


@pytest.mark.parametrize("rows_a_time", [2, 7, 2_000])
def test_closing_row_by_row_gives_what_closing_all_at_once_gives(
    case: Case, monkeypatch: pytest.MonkeyPatch, rows_a_time: int
) -> None:
    case.bourse.do("trade", symbol="ETHBTC", side="SELL", quantity="0.5")
    case.bourse.do("deposit", asset="ETH", amount="0.25")
    for _ in range(2):
        case.hour()
    one_by_one = closings(case)
    with case.rig.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("DELETE FROM closings"))
    monkeypatch.setattr(proofs, "CHUNK_ROWS", rows_a_time)
    case.rig.step()
    assert closings(case) == one_by_one
    assert len(one_by_one) == len(case.rig.rows())


def test_a_new_collector_goes_on_where_the_last_one_was(case: Case, make_rig: MakeRig) -> None:
    known = closings(case)
    case.rig = make_rig(case.bourse, machine=case.rig.machine)
    case.bourse.do("trade", symbol="BTCUSDT", side="SELL", quantity="0.03")
    case.hour()
    case.hour()
    assert closings(case)[: len(known)] == known
    case.closes()


def test_while_a_wallet_is_unknown_nothing_is_certified_and_the_wallet_is_named(case: Case) -> None:
    case.bourse.break_answers("http_500", match="/sapi/v1/asset/get-funding-asset")
    case.hour()
    found = case.certificate()
    assert (found.complete, found.reason, found.unknown_wallets) == (False, "wallet_unknown", ("funding",))
    case.bourse.calm_down()
    case.bourse.pass_s(600)
    case.hour()
    case.closes()
