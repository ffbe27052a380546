"""Positions as they are stored with the account: read back they are the same, to the last digit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from backend.core.ledger.positions import Position, PositionBook, decode_positions, encode_positions

amounts = st.decimals("-1e20", "1e20", places=18)


@given(
    realized=amounts,
    held=st.dictionaries(
        st.sampled_from(["BTC", "ETH", "1000SATS"]), st.builds(Position, amounts, amounts, st.booleans())
    ),
    reason=st.sampled_from([None, "no_price", "missing_coins"]),
    unknown=st.sampled_from([(), ("BTC",), ("BTC", "SHIB")]),
)
def test_what_was_stored_reads_back_the_same(
    realized: Decimal, held: dict[str, Position], reason: str | None, unknown: tuple[str, ...]
) -> None:
    book = PositionBook(realized, held, complete=reason is None, reason=reason, unknown=unknown)
    assert decode_positions(encode_positions(book)) == book


def test_nothing_stored_is_nothing_known() -> None:
    assert decode_positions(None) is None
