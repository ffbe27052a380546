"""Kinds of income are told in the exchange's own words, whatever source brought them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.ledger.income_words import income_word
from backend.core.model.holdings import EventKind


@pytest.mark.parametrize(
    ("source", "note", "word"),
    [
        ("earn_flexible", "REALTIME", "earn"),
        ("earn_locked", "", "earn"),
        ("dividend", "Simple Earn Flexible Interest", "earn"),
        ("dividend", "BNB Vault", "earn"),
        ("dividend", "Locked Staking", "staking"),
        ("dividend", "ETH 2.0 Staking Rewards", "staking"),
        ("statement:staking", "", "staking"),
        ("dividend", "BNB Launchpool", "airdrop"),
        ("statement:transactions", "Airdrop Assets", "airdrop"),
        ("futures_usdm", "REFERRAL_KICKBACK", "referral"),
        ("statement:transactions", "Commission Rebate", "referral"),
        ("futures_usdm", "WELCOME_BONUS", "bonus"),
        ("dividend", "Distribution", "dividend"),
        ("dividend", "", "dividend"),
    ],
)
def test_a_reward_is_called_what_the_exchange_calls_it(source: str, note: str, word: str) -> None:
    assert income_word(EventKind.REWARD, source, note, Decimal(1)) == word


def test_what_was_taken_back_is_no_income_of_a_kind() -> None:
    assert income_word(EventKind.REWARD, "earn_flexible", "", Decimal(-1)) == "charge"


@pytest.mark.parametrize(
    ("kind", "word"),
    [(EventKind.FUNDING, "funding"), (EventKind.INTEREST, "margin_interest"), (EventKind.FUTURES_FEE, "futures_fee")],
)
def test_futures_and_margin_have_words_of_their_own_also_where_they_are_costs(kind: EventKind, word: str) -> None:
    assert income_word(kind, "futures_usdm", "REFERRAL", Decimal(-1)) == word
