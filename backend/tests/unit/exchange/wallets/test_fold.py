"""Flexible Earn is counted once, whatever the names begin with and whichever of the two answers could be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.wallets import EarnPosition, Wallet, WalletBalance
from backend.core.wallet_fold import fold_flexible

LISTED: Final = frozenset({"BTC", "USDT", "BNB", "LDO", "O"})
Row = tuple[str, str, Decimal]


def spot(asset: str, free: str, locked: str = "0") -> WalletBalance:
    return WalletBalance(Wallet.SPOT, asset, Decimal(free), Decimal(locked))


def earning(asset: str, amount: str) -> EarnPosition:
    return EarnPosition(Wallet.EARN_FLEXIBLE, asset, Decimal(amount), f"{asset}001")


def folded(
    rows: list[WalletBalance], positions: list[EarnPosition] | None, listed: frozenset[str] = LISTED
) -> list[Row]:
    return [(one.wallet.value, one.asset, one.net) for one in fold_flexible(rows, positions, listed)]


def test_a_shadow_and_its_position_count_once() -> None:
    rows = [spot("USDT", "10"), spot("LDUSDT", "75.46")]
    assert folded(rows, [earning("USDT", "75.47")]) == [
        ("spot", "USDT", Decimal(10)),
        ("earn_flexible", "USDT", Decimal("75.47")),
    ]


def test_a_real_coin_that_begins_with_the_letters_stays() -> None:
    assert folded([spot("LDO", "5")], []) == [("spot", "LDO", Decimal(5))]
    assert folded([spot("LDO", "5")], None) == [("spot", "LDO", Decimal(5))]


def test_a_real_coin_stays_even_where_the_coin_behind_the_letters_earns() -> None:
    assert folded([spot("LDO", "5")], [earning("O", "7")]) == [
        ("spot", "LDO", Decimal(5)),
        ("earn_flexible", "O", Decimal(7)),
    ]


def test_the_shadow_of_a_real_coin_is_told_from_it() -> None:
    rows = [spot("LDO", "5"), spot("LDLDO", "3")]
    assert folded(rows, [earning("LDO", "3")]) == [
        ("spot", "LDO", Decimal(5)),
        ("earn_flexible", "LDO", Decimal(3)),
    ]


def test_shadows_stand_in_for_positions_that_could_not_be_read() -> None:
    assert folded([spot("LDBNB", "1.5", "0.5")], None) == [("earn_flexible", "BNB", Decimal(2))]


def test_a_shadow_without_its_position_counts_because_the_answers_are_of_different_instants() -> None:
    rows = [spot("LDBNB", "1.5"), spot("LDUSDT", "9")]
    assert folded(rows, [earning("USDT", "9")]) == [
        ("earn_flexible", "USDT", Decimal(9)),
        ("earn_flexible", "BNB", Decimal("1.5")),
    ]


def test_a_position_without_a_shadow_counts() -> None:
    assert folded([], [earning("BTC", "0.1")]) == [("earn_flexible", "BTC", Decimal("0.1"))]


def test_several_products_of_one_coin_are_one_row() -> None:
    positions = [earning("USDT", "1"), earning("USDT", "2.50")]
    assert folded([spot("LDUSDT", "3.5")], positions) == [("earn_flexible", "USDT", Decimal("3.50"))]


def test_an_unlisted_coin_that_earns_is_known_by_its_position() -> None:
    assert folded([spot("LDNEW", "4")], [earning("NEW", "4")]) == [("earn_flexible", "NEW", Decimal(4))]


def test_a_row_that_nothing_explains_stays_what_it_is() -> None:
    assert folded([spot("LDXYZ", "4"), spot("LD", "1")], []) == [
        ("spot", "LDXYZ", Decimal(4)),
        ("spot", "LD", Decimal(1)),
    ]


def test_nothing_earned_is_no_row() -> None:
    assert folded([spot("LDUSDT", "0")], [earning("BTC", "0")]) == []


QUANTITIES = st.decimals(min_value=0, max_value=1000, places=8)


@given(
    held=st.dictionaries(st.sampled_from(sorted(LISTED)), QUANTITIES),
    earned=st.dictionaries(st.sampled_from(sorted(LISTED)), QUANTITIES),
    readable=st.booleans(),
)
def test_folding_neither_loses_nor_doubles_a_coin(
    held: dict[str, Decimal], earned: dict[str, Decimal], readable: bool
) -> None:
    # LD + O is LDO itself: such a shadow cannot be told from the coin.
    earned.pop("O", None)
    rows = [WalletBalance(Wallet.SPOT, asset, amount) for asset, amount in held.items()]
    rows += [WalletBalance(Wallet.SPOT, f"LD{asset}", amount) for asset, amount in earned.items()]
    positions = [EarnPosition(Wallet.EARN_FLEXIBLE, asset, amount, "p") for asset, amount in earned.items()]
    found = fold_flexible(rows, positions if readable else None, LISTED)
    for asset in LISTED:
        owned = sum((one.net for one in found if one.asset == asset), Decimal(0))
        assert owned == held.get(asset, Decimal(0)) + earned.get(asset, Decimal(0))
    assert {one.asset for one in found} <= LISTED
