"""The certificate: what the ledger gives against what is held, coin by coin, and where to look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.ledger.certificate import (
    DIFFERENCES,
    WALLET_UNKNOWN,
    Certificate,
    WalletQuantity,
    decode_certificate,
    encode_certificate,
    refused,
)
from backend.core.ledger.certify import certify
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, deposit, income, trade, unexplained, withdrawal

HOUR = 3_600_000
PRICES = {"USDT": Decimal(1), "BTC": Decimal(50000), "ETH": Decimal(2500), "ADA": Decimal("0.5")}
BOUGHT = [deposit("USDT", "1000", T0), trade("BUY", "BTC", "0.01", "USDT", "500", T0 + 1, fee=("BTC", "0.00001"))]


def held(*rows: tuple[str, str, str]) -> list[WalletQuantity]:
    return [WalletQuantity(wallet, asset, Decimal(quantity)) for wallet, asset, quantity in rows]


def judged(events: Sequence[LedgerEvent], *rows: tuple[str, str, str]) -> Certificate:
    return certify(events, held(*rows), T0 + 9 * HOUR, PRICES)


def differences(found: Certificate) -> dict[str, tuple[Decimal, str | None]]:
    return {row.asset: (row.difference, row.cause) for row in found.assets if row.difference}


def test_a_ledger_that_gives_what_all_wallets_hold_together_is_complete() -> None:
    found = judged(BOUGHT, ("spot", "USDT", "200"), ("funding", "USDT", "300"), ("earn_flexible", "BTC", "0.00999"))
    assert found.complete
    assert [(row.asset, row.replayed, row.reported) for row in found.assets] == [
        ("BTC", Decimal("0.00999"), Decimal("0.00999")),
        ("USDT", Decimal(500), Decimal(500)),
    ]
    assert found.assets[1].wallets == {"spot": Decimal(200), "funding": Decimal(300)}


def test_the_last_digit_counts() -> None:
    found = judged(BOUGHT, ("spot", "USDT", "500.000000000000000001"), ("spot", "BTC", "0.00999"))
    assert found.reason == DIFFERENCES
    assert {asset: amount for asset, (amount, _) in differences(found).items()} == {"USDT": Decimal("1e-18")}


def test_what_stands_in_for_events_certifies_nothing_whatever_the_user_said_of_it() -> None:
    entry = unexplained("ADA", "25", T0 + HOUR)
    for one in (entry, replace(entry, kind=EventKind.ADJUSTMENT_INCOME)):
        found = judged([deposit("ADA", "100", T0), one], ("spot", "ADA", "125"))
        assert differences(found) == {"ADA": (Decimal(25), "missed_deposit")}
        assert found.assets[0].decided == (0 if one is entry else 25)


def test_events_after_the_balances_are_left_out() -> None:
    later = deposit("ADA", "5", T0 + 10 * HOUR)
    assert judged([deposit("ADA", "100", T0), later], ("spot", "ADA", "100")).complete


def test_a_coin_that_is_gone_on_both_sides_is_not_listed() -> None:
    found = judged([deposit("ADA", "5", T0), withdrawal("ADA", "5", T0 + 1)])
    assert (found.complete, found.assets) == (True, ())


@pytest.mark.parametrize(
    ("events", "rows", "expected"),
    [
        pytest.param([], [("spot", "ETH", "0.5")], {"ETH": ("0.5", "missed_deposit")}, id="missed deposit"),
        pytest.param(
            [deposit("ETH", "2", T0)], [("spot", "ETH", "1.5")], {"ETH": ("-0.5", "missed_withdrawal")}, id="withdrawal"
        ),
        pytest.param(
            [deposit("USDT", "1000", T0)],
            [("spot", "USDT", "499.5"), ("spot", "BTC", "0.01")],
            {"USDT": ("-500.5", "missing_trade"), "BTC": ("0.01", "missing_trade")},
            id="missing trade",
        ),
        pytest.param(
            [*BOUGHT, replace(BOUGHT[1], external_id="BTCUSDT:csv", source="csv")],
            [("spot", "USDT", "500"), ("spot", "BTC", "0.00999")],
            {"USDT": ("500", "counted_twice"), "BTC": ("-0.00999", "counted_twice")},
            id="trade counted twice",
        ),
        pytest.param(
            [deposit("ETH", "2", T0), deposit("ETH", "2", T0 + 1, "again")],
            [("spot", "ETH", "2")],
            {"ETH": ("-2", "counted_twice")},
            id="deposit counted twice",
        ),
        pytest.param(
            [deposit("ETH", "2", T0)], [], {"ETH": ("-2", "missed_withdrawal")}, id="one deposit is no twin of itself"
        ),
        pytest.param(
            [deposit("USDT", "90", T0), withdrawal("USDT", "30", T0 + 1)],
            [("spot", "USDT", "60"), ("funding", "USDT", "30")],
            {"USDT": ("30", "own_transfer")},
            id="transfer counted as withdrawal",
        ),
        pytest.param(
            [deposit("ADA", "400", T0)],
            [("earn_flexible", "ADA", "400.5")],
            {"ADA": ("0.5", "unseen_earn_interest")},
            id="interest of Earn",
        ),
        pytest.param(
            [deposit("USDT", "400", T0), income(EventKind.FUTURES_FEE, "USDT", "-1", T0 + 1, "BTCUSDT")],
            [("futures_usdm", "USDT", "398.5")],
            {"USDT": ("-0.5", "missing_futures_line")},
            id="funding",
        ),
        pytest.param(
            BOUGHT,
            [("spot", "USDT", "500"), ("spot", "BTC", "0.009995")],
            {"BTC": ("0.000005", "wrong_fee")},
            id="fee",
        ),
    ],
)
def test_a_difference_names_the_likely_cause(
    events: list[LedgerEvent], rows: list[tuple[str, str, str]], expected: dict[str, tuple[str, str]]
) -> None:
    assert differences(judged(events, *rows)) == {asset: (Decimal(n), cause) for asset, (n, cause) in expected.items()}


def test_while_a_wallet_is_unknown_nothing_is_certified() -> None:
    found = refused(WALLET_UNKNOWN, ["funding"])
    assert (found.complete, found.reason, found.unknown_wallets) == (False, "wallet_unknown", ("funding",))


def test_a_certificate_is_read_as_it_was_written() -> None:
    found = certify(
        [*BOUGHT, unexplained("ADA", "1", T0 + 2)],
        held(("spot", "USDT", "500"), ("spot", "ADA", "2"), ("funding", "BTC", "1")),
        T0 + HOUR,
        PRICES,
    )
    assert decode_certificate(encode_certificate(found)) == found
    unknown = refused(WALLET_UNKNOWN, ["funding"])
    assert decode_certificate(encode_certificate(unknown)) == unknown
