"""What went to own addresses outside and came back: by the addresses, the user's word, and never more than is there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.ledger.closing import ClosingBook
from backend.core.ledger.outside import kept_outside, outside_of
from backend.core.ledger.replay import final_quantities
from backend.core.model.addresses import Outside, OwnAddress, Treatment
from backend.core.model.holdings import LedgerEvent
from backend.tests.builders import T0, deposit, trade, withdrawal

VAULT, SAFE = 1, 2


def own(
    number: int = VAULT, address: str = "bc1vault", network: str = "", treatment: Treatment = "outside_holdings"
) -> OwnAddress:
    return OwnAddress(number, address, network, "vault", treatment, T0)


def sent(amount: str, at_ms: int = T0, address: str = "bc1vault", network: str = "BTC", name: str = "w") -> LedgerEvent:
    return replace(withdrawal("BTC", amount, at_ms, name, fee="0.1"), address=address, note=network)


def seen(events: list[LedgerEvent], addresses: list[OwnAddress], said: dict[str, int | None] | None = None) -> Outside:
    return outside_of(events, addresses, {("deposit", name): word for name, word in (said or {}).items()}, frozenset())


def states(found: Outside) -> dict[str, str]:
    return {key[1]: move.state for key, move in found.moves.items()}


def test_a_withdrawal_to_an_own_address_is_held_there() -> None:
    found = seen([sent("2"), sent("1", name="elsewhere", address="bc1other")], [own()])
    assert (states(found), found.held) == ({"w": "kept"}, {(VAULT, "BTC"): Decimal(2)})


@pytest.mark.parametrize(
    ("told", "listed", "same"),
    [
        ("0xABCD", "0xabcd", True),
        ("bc1QX", "bc1qx", True),
        ("1Abc", "1abc", False),
        ("rShared:7", "rShared:7", True),
        ("rShared:7", "rShared:8", False),
        ("rShared", "rShared:8", False),
    ],
)
def test_an_address_is_its_letters_and_its_tag(told: str, listed: str, same: bool) -> None:
    assert own(address=told).takes(listed, "") is same


def test_a_network_that_is_told_must_agree_with_one_that_is_listed() -> None:
    assert states(seen([sent("2", network="ETH")], [own(network="BTC")])) == {}
    assert states(seen([sent("2", network="btc")], [own(network="BTC")])) == {"w": "kept"}
    assert states(seen([sent("2", network="")], [own(network="BTC")])) == {"w": "kept"}


def test_what_goes_to_an_address_of_flows_is_a_flow() -> None:
    assert seen([sent("2")], [own(treatment="flow")]) == seen([], [])


def test_a_deposit_is_asked_about_and_comes_back_only_by_the_users_word() -> None:
    events = [sent("2"), deposit("BTC", "1.5", T0 + 1, "d")]
    assert states(seen(events, [own()])) == {"w": "kept", "d": "suggested"}
    assert seen(events, [own()]).keys == {("withdrawal", "w")}
    back = seen(events, [own()], {"d": VAULT})
    assert (states(back), back.held) == ({"w": "kept", "d": "returned"}, {(VAULT, "BTC"): Decimal("0.5")})
    assert states(seen(events, [own()], {"d": None})) == {"w": "kept"}


def test_no_more_comes_back_than_is_there_at_that_time() -> None:
    early = [deposit("BTC", "1", T0 - 1, "d"), sent("2")]
    assert states(seen(early, [own()], {"d": VAULT})) == {"w": "kept"}
    twice = [sent("2"), deposit("BTC", "2", T0 + 1, "d1"), deposit("BTC", "2", T0 + 2, "d2")]
    assert states(seen(twice, [own()], {"d1": VAULT, "d2": VAULT})) == {"w": "kept", "d1": "returned"}
    assert states(seen([sent("2"), deposit("ETH", "1", T0 + 1, "d")], [own()])) == {"w": "kept"}


def test_the_fullest_guess_is_the_address_that_holds_least_of_enough() -> None:
    addresses = [own(), own(SAFE, "bc1safe")]
    events = [sent("5"), sent("2", address="bc1safe", name="s"), deposit("BTC", "1", T0 + 1, "d")]
    assert seen(events, addresses).moves["deposit", "d"].address_id == SAFE


def test_a_side_of_a_move_to_a_tracked_account_is_told_there() -> None:
    found = outside_of([sent("2")], [own()], {}, {("withdrawal", "w")})
    assert states(found) == {}


def test_kept_coins_stay_in_the_quantities_and_only_the_fee_leaves() -> None:
    events = [deposit("BTC", "5", T0 - 1), sent("2"), deposit("BTC", "1.5", T0 + 1, "d")]
    whole = kept_outside(events, seen(events, [own()], {"d": VAULT}).keys)
    assert final_quantities(whole) == {"BTC": Decimal("4.9")}
    assert [event.flow_legs() for event in whole[1:]] == [(), ()]
    assert kept_outside(events, frozenset()) is events


def test_nothing_is_realised_by_coins_that_change_their_place() -> None:
    """Bought at 10, worth 50 when they went: the gain stays open."""
    events = [deposit("USDT", "30", T0 - 2), trade("BUY", "BTC", "3", "USDT", "30", T0 - 1), sent("2")]
    book = ClosingBook("USDT")
    for event in kept_outside(events, {("withdrawal", "w")}):
        book.book(event, {"BTC": Decimal(50)}.get)
    closing = book.mark(T0 + 1, {}).closing({"BTC": Decimal(50), "USDT": Decimal(1)})
    # The fee, 0.1 of a coin, was taken at its worth: 5, of which 4 were gained.
    assert (closing.flows, closing.realized, closing.fees) == (Decimal(30), Decimal(4), Decimal(5))
    assert closing.unrealized == Decimal("2.9") * 40
