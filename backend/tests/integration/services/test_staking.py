"""Staking is principal that goes on as its token: no flow, no sale, and nothing unexplained."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from backend.core.ledger.account_book import AccountBook
from backend.core.model.holdings import EventKind
from backend.core.model.valuation import Valuation
from backend.tests.integration.services.conftest import Bourse, Rig

PRICES = {"ETH": Decimal(3000), "WBETH": Decimal(3600), "BETH": Decimal(3000)}


def swap(bourse: Bourse, kind: str, at: str | None, given: tuple[str, str], got: tuple[str, str], **more: str) -> str:
    when = {} if at is None else {"at": at}
    both = {"from_asset": given[0], "from_amount": given[1], "to_asset": got[0], "to_amount": got[1]}
    return str(bourse.do("event", kind=kind, **both, **when, **more)["id"])


def owned(valuation: Valuation) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in valuation.lines:
        found[line.balance.asset] = found.get(line.balance.asset, Decimal(0)) + line.balance.total
    return found


def explained(rig: Rig) -> bool:
    kinds = {event.kind for event in rig.events()}
    return rig.sync().unreconciled == () and EventKind.UNEXPLAINED not in kinds


def test_staked_ether_keeps_its_cost_and_comes_back_with_it(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000")
    bourse.do("trade", symbol="ETHUSDT", side="BUY", quantity="2", at="2026-05-26T10:00:00Z")
    swap(bourse, "stake", "2026-05-27T10:00:00Z", ("ETH", "1.5"), ("WBETH", "1.4"))
    swap(bourse, "stake", "2026-05-28T10:00:00Z", ("ETH", "0.2"), ("BETH", "0.2"))
    swap(bourse, "wrap", "2026-05-29T10:00:00Z", ("BETH", "0.2"), ("WBETH", "0.19"))
    rig = make_rig(bourse)
    rig.step()
    assert rig.sync().unreconciled == ()
    rig.agree()
    # On their way the tokens stand in no account, and are owned all the same.
    before = owned(rig.step())
    number = swap(bourse, "unstake", None, ("WBETH", "0.5"), ("ETH", "0.55"), status="PENDING")
    assert owned(rig.step()) == before
    assert explained(rig)
    bourse.do("settle", id=number, status="SUCCESS")
    after = owned(rig.step())
    assert after == {**before, "WBETH": before["WBETH"] - Decimal("0.5"), "ETH": before["ETH"] + Decimal("0.55")}
    assert explained(rig)
    rig.agree()
    told = {event.source: event.kind for event in rig.events()}
    assert {name: told[name] for name in ("eth_staking", "beth_wrap", "eth_redemption")} == dict.fromkeys(
        ("eth_staking", "beth_wrap", "eth_redemption"), EventKind.RENAME
    )
    book = AccountBook("USDT")
    for event in rig.events():
        book.book(event, PRICES)
    positions = book.positions()
    assert positions.realized == 0
    paid = next(-leg.amount for event in rig.events() if event.kind is EventKind.TRADE for leg in event.legs[1:2])
    assert sum(one.cost or 0 for asset, one in positions.open.items() if asset in PRICES) == paid
