"""What is said of each wallet: right to the last digit, or by how much it is not and why."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.ledger.certificate import (
    Certificate,
    CertifiedAsset,
    WalletQuantity,
    decode_certificate,
    encode_certificate,
)
from backend.core.ledger.certify import certify
from backend.core.ledger.wallet_sums import wallet_of
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.wallet_moves import WalletMove
from backend.tests.builders import T0, deposit, trade

END = T0 + 1_000_000


def move(amount: str, source: str, target: str, at_ms: int = T0 + 10) -> WalletMove:
    return WalletMove("transfer", f"{source} {target} {at_ms}", at_ms, "USDT", Decimal(amount), source, target)


def judged(moves: list[WalletMove], moves_read: bool = True, **held: str) -> Certificate:
    reported = [WalletQuantity(wallet, "USDT", Decimal(quantity)) for wallet, quantity in held.items()]
    return certify([deposit("USDT", "100", T0)], reported, END, {}, moves, moves_read)


def said(found: Certificate) -> dict[str, tuple[str, str]]:
    (row,) = found.assets
    return {line.wallet: (line.state, str(line.difference)) for line in row.lines(found.moves_read)}


def test_a_wallet_is_its_events_and_its_moves() -> None:
    moves = [move("40", "spot", "funding"), move("15.5", "funding", "earn_flexible", T0 + 20)]
    found = judged(moves, spot="60", funding="24.5", earn_flexible="15.5")
    assert found.complete
    assert said(found) == {name: ("agrees", said(found)[name][1]) for name in ("spot", "funding", "earn_flexible")}
    assert {Decimal(amount) for _, amount in said(found).values()} == {Decimal(0)}


def test_the_last_digit_of_a_wallet_counts() -> None:
    off = "0.000000000000000001"
    found = judged([move("40", "spot", "funding")], spot=str(Decimal(60) - Decimal(off)), funding=f"40{off[1:]}")
    assert found.complete
    assert {(state, abs(Decimal(amount))) for state, amount in said(found).values()} == {
        ("moves_not_told", Decimal(off))
    }


@pytest.mark.parametrize("moves_read", [True, False])
def test_what_cancels_out_is_a_move_that_was_not_told_or_not_read(moves_read: bool) -> None:
    found = judged([], moves_read, spot="60", funding="40")
    assert found.complete
    state = "moves_not_told" if moves_read else "moves_not_read"
    assert said(found) == {"spot": (state, "-40"), "funding": (state, "40")}


def test_the_difference_of_a_coin_is_said_of_the_wallet_that_has_all_of_it() -> None:
    found = judged([move("40", "spot", "funding")], spot="60", funding="47")
    assert not found.complete
    assert {name: state for name, (state, _) in said(found).items()} == {"spot": "agrees", "funding": "differs"}
    # Beside it a move that nobody told.
    found = judged([], spot="67", funding="10", margin_cross="30")
    assert said(found) == {
        "spot": ("unclear", "-33"), "funding": ("unclear", "10"), "margin_cross": ("unclear", "30")
    }  # fmt: skip
    found = judged([move("40", "spot", "funding")], spot="30", funding="47", margin_cross="30")
    assert said(found) == {
        "spot": ("moves_not_told", "-30"), "funding": ("differs", "7"), "margin_cross": ("moves_not_told", "30")
    }  # fmt: skip


def test_moves_after_the_balances_are_left_out() -> None:
    late = move("40", "spot", "funding", END + 1)
    assert said(judged([late], spot="100")) == {"spot": ("agrees", "0")}


def test_moves_decide_nothing_of_a_coin() -> None:
    both = [judged([], spot="55", funding="44"), judged([move("44", "spot", "funding")], spot="55", funding="44")]
    assert [(one.reason, [(row.replayed, row.difference) for row in one.assets]) for one in both] == [
        ("differences", [(Decimal(100), Decimal(-1))])
    ] * 2


def test_a_certificate_is_stored_with_its_wallets_and_one_of_before_says_that_nobody_replayed_them() -> None:
    found = judged([move("40", "spot", "funding")], spot="60", earn_locked="40")
    stored = encode_certificate(found)
    assert said(decode_certificate(stored)) == said(found) == {
        "spot": ("agrees", "0"), "earn_locked": ("moves_not_told", "40"), "funding": ("moves_not_told", "-40")
    }  # fmt: skip
    old = json.loads(stored)
    old["assets"][0][2] = {"spot": "60", "earn_locked": "40"}
    del old["moves_read"]
    assert said(decode_certificate(json.dumps(old))) == {
        "spot": ("moves_not_read", "None"), "earn_locked": ("moves_not_read", "None")
    }  # fmt: skip
    before = CertifiedAsset("USDT", Decimal(1), {"spot": Decimal(1)})
    once = Certificate(END, (before,), None)
    assert decode_certificate(encode_certificate(once)) == once


def test_an_event_happened_where_its_list_says_or_else_where_its_kind_does() -> None:
    def at(source: str, note: str = "", symbol: str | None = None, wallet: str = "") -> str:
        legs = (Leg("USDT", Decimal(1), "in"),)
        return wallet_of(LedgerEvent(source, "1", EventKind.REWARD, T0, legs, symbol, note=note, wallet=wallet))

    assert (at("deposit"), at("deposit", wallet="funding")) == ("spot", "funding")
    assert (at("p2p"), at("pay"), at("convert"), at("dust", wallet="margin_cross")) == (
        "funding", "funding", "spot", "margin_cross"
    )  # fmt: skip
    assert (at("earn_flexible", "REALTIME"), at("earn_flexible", "BONUS"), at("earn_locked")) == (
        "earn_flexible", "spot", "earn_locked"
    )  # fmt: skip
    assert (at("margin_interest"), at("margin_interest", symbol="BTCUSDT")) == ("margin_cross", "margin_isolated")
    assert (at("futures_usdm"), at("futures_coinm")) == ("futures_usdm", "futures_coinm")
    bought = trade("BUY", "BTC", "1", "USDT", "5", T0)
    sources = ("trade", "margin_trade", "isolated_trade")
    assert [wallet_of(replace(bought, source=source)) for source in sources] == [
        "spot", "margin_cross", "margin_isolated"
    ]  # fmt: skip
