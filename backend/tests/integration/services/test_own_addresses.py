"""Coins that went to an own wallet outside stay in the value, the returns and the costs, until they are a flow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from backend.core.ledger.positions import decode_positions
from backend.core.model.addresses import OwnAddress
from backend.core.model.valuation import Valuation
from backend.core.own_addresses import AddressBook
from backend.services import outside_sight
from backend.tests.integration.services.conftest import Bourse, Rig

SENT, FEE = Decimal("0.4"), Decimal("0.001")


@pytest.fixture
def rig(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Rig:
    """An account that has sent coins to one address."""
    bourse = open_bourse(USDT="1000", BTC="1")
    made: Rig = make_rig(bourse)
    made.step()
    bourse.pass_s(3600)
    bourse.do("withdraw", asset="BTC", amount=str(SENT), fee=str(FEE))
    bourse.pass_s(3600)
    made.step()
    return made


def book_of(rig: Rig) -> AddressBook:
    return AddressBook(rig.store, "simulator", lambda: rig.machine.wall_ms)


def vault(rig: Rig) -> OwnAddress:
    """The address that the withdrawal went to, told as an own one."""
    (address,) = {event.address for event in rig.events() if event.source == "withdrawal"}
    view, _ = book_of(rig).add(address, "", "vault", "outside_holdings")
    return view.address


def quantities(valuation: Valuation) -> dict[tuple[str, str], Decimal]:
    return {(line.balance.wallet, line.balance.asset): line.balance.total for line in valuation.lines}


def listed(rig: Rig) -> dict[str, tuple[str, str | None]]:
    page = rig.tracker.cash_flows(50, None, None, None, None)
    return {
        row.flow.source: (row.flow.status, row.flow.reason)
        for row in page.rows
        if row.flow.asset == "BTC" and abs(row.flow.quantity or 0) == SENT
    }


def booked(rig: Rig) -> Decimal:
    book = decode_positions(rig.sync().positions)
    assert book is not None
    return book.open["BTC"].quantity


def test_they_are_in_the_value_as_a_wallet_of_their_own(rig: Rig) -> None:
    before = rig.step()
    vault(rig)
    after = rig.step()
    held = quantities(after)
    assert (held["spot", "BTC"], held["outside", "BTC"]) == (1 - SENT - FEE, SENT)
    price = next(line.price for line in after.lines if line.balance.asset == "BTC")
    assert after.total == before.total + SENT * (price or 0)
    assert rig.sync().unreconciled == ()
    view = rig.portfolio.balances(None)
    assert {wallet.wallet for wallet in view.wallets} == {"spot", "outside"}
    assert view.complete


def test_what_went_there_is_no_flow_and_the_past_is_computed_anew(rig: Rig) -> None:
    flows = len(rig.flows())
    counted = rig.rows()[-1].cum_flows + rig.rows()[-1].flow
    vault(rig)
    assert rig.sync().dirty_from_ms is not None
    rig.step()
    assert rig.sync().dirty_from_ms is None
    assert len(rig.flows()) == flows - 1
    assert listed(rig) == {"withdrawal": ("not_flow", "kept_outside")}
    row = rig.rows()[-1]
    assert row.cum_flows + row.flow > counted
    assert row.composition["BTC"].quantity == 1 - FEE
    assert row.status == "exact"
    # What left is the fee: the return of all the account is that of its coins.
    first, last = rig.rows()[0], row
    assert last.growth_index == pytest.approx(float(last.value / (first.value + last.cum_flows + last.flow)), rel=1e-9)
    assert booked(rig) == 1 - FEE


def test_as_a_flow_it_is_what_it_was(rig: Rig) -> None:
    rows, flows = rig.rows(), rig.flows()
    address = vault(rig)
    rig.step()
    book_of(rig).change(address.id, None, "flow")
    rig.step()
    assert rig.flows() == flows
    assert [(row.value, row.growth_index) for row in rig.rows()][: len(rows)] == [
        (row.value, row.growth_index) for row in rows
    ]
    assert listed(rig)["withdrawal"][0] == "exact"
    assert booked(rig) == 1 - SENT - FEE


def test_what_comes_back_is_asked_about_and_no_flow_either(rig: Rig) -> None:
    address = vault(rig)
    rig.step()
    rig.bourse.do("deposit", asset="BTC", amount=str(SENT))
    rig.bourse.pass_s(60)
    value = rig.step().total
    (asked,) = rig.tracker.cash_flows(50, None, None, None, None, waiting=True).rows
    assert asked.at is not None
    assert (asked.flow.source, asked.at.state, asked.at.address) == ("deposit", "suggested", address)
    flows = len(rig.flows())
    book_of(rig).say_return(asked.flow.id or 0, "returned", address.id)
    after = rig.step()
    price = next(line.price for line in after.lines if line.balance.asset == "BTC")
    # Until then it counted twice: there, and as a deposit.
    assert after.total == value - SENT * (price or 0)
    assert ("outside", "BTC") not in quantities(after)
    assert len(rig.flows()) == flows - 1
    assert booked(rig) == 1 - FEE
    assert rig.tracker.cash_flows(50, None, None, None, None, waiting=True).rows == []


def test_a_deleted_address_leaves_flows(rig: Rig) -> None:
    flows = rig.flows()
    address = vault(rig)
    rig.step()
    book_of(rig).delete(address.id)
    rig.step()
    assert rig.flows() == flows
    assert booked(rig) == 1 - SENT - FEE


def test_what_is_said_while_a_step_is_at_work_is_in_the_next(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a step says that all is computed: not of what it has not seen."""
    real = outside_sight.OutsideSight.added_to

    def said_meanwhile(self: outside_sight.OutsideSight, held: object) -> object:
        monkeypatch.setattr(outside_sight.OutsideSight, "added_to", real)
        vault(rig)
        return real(self, held)  # type: ignore[arg-type]  # the one argument, passed on

    monkeypatch.setattr(outside_sight.OutsideSight, "added_to", said_meanwhile)
    rig.step()
    assert rig.sync().dirty_from_ms is not None
    rig.step()
    assert listed(rig) == {"withdrawal": ("not_flow", "kept_outside")}
