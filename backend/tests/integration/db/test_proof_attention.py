"""What the proofs found waits in the user's list, with the place it is shown at; what was answered does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.import_coverage import EDGE, FIRST, IMPORT, SINCE, UNTIL
from backend.core.imports.refused import Refusals
from backend.core.ledger.certificate import ALL_WALLETS, DIFFERENCES, Certificate, CertifiedAsset, refused
from backend.core.ledger.residuals import CoinResidual, Finding
from backend.core.model.accounts import Account
from backend.core.model.imports import ImportOutcome
from backend.core.proof_attention import unproved
from backend.core.views import AccountHoldings, Attention
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0

D = Decimal


@pytest.fixture(autouse=True)
def read_whole(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.accounts.update_sync(account.id, import_complete=True)


def found(store: SqlStore, account: Account) -> list[Attention]:
    with store.read() as unit:
        return unproved(unit, AccountHoldings(account, unit.accounts.sync_state(account.id), None, "fresh"))


def certify(store: SqlStore, account: Account, *assets: CertifiedAsset) -> None:
    differing = any(one.difference for one in assets)
    with store.write() as unit:
        unit.proofs.set_certificate(account.id, Certificate(T0, assets, DIFFERENCES if differing else None))


def asset(name: str, replayed: str, held: str, decided: str = "0") -> CertifiedAsset:
    return CertifiedAsset(name, D(replayed), {ALL_WALLETS: D(held)}, D(decided))


def test_coins_that_differ_are_named_unless_they_were_decided_or_are_asked_about(
    store: SqlStore, account: Account
) -> None:
    certify(store, account, asset("BTC", "1", "1"), asset("ETH", "1", "1.5"), asset("ADA", "1", "2", "1"))
    (line,) = found(store, account)
    assert (line.kind, line.severity, line.href) == ("coins_differ", "warn", "/imports#certificate")
    assert line.params["assets"] == ["ETH"]
    with store.write() as unit:
        unit.accounts.update_sync(account.id, unreconciled=["ETH"])
    assert found(store, account) == []


def test_while_all_is_there_no_history_is_missed(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.ledger.set_cursor(account.id, IMPORT, FIRST, T0 - 1000)
        for source, edge in (("trade", T0 - 1000), ("dividend", T0 - 500)):
            unit.ledger.set_cursor(account.id, EDGE, source, edge)
            unit.ledger.set_cursor(account.id, source, SINCE, edge)
            unit.ledger.set_cursor(account.id, source, UNTIL, T0)
    certify(store, account, asset("BTC", "1", "1"))
    assert found(store, account) == []
    certify(store, account, asset("BTC", "1", "2"))
    coins, gaps = found(store, account)
    assert coins.kind == "coins_differ"
    assert (gaps.kind, gaps.params["sources"], gaps.href) == ("history_gaps", ["dividend"], "/imports#coverage")


def test_residuals_are_counted_with_the_cause_of_the_newest(store: SqlStore, account: Account) -> None:
    coin = CoinResidual("BTC", D(1), D(100), "missed_deposit")
    with store.write() as unit:
        findings = [Finding(T0 + n, T0 + n + 1, D(100), "missed_deposit", (coin,)) for n in range(3)]
        unit.proofs.replace_findings(account.id, 0, None, findings)
    (line,) = found(store, account)
    assert (line.kind, line.href) == ("residuals", "/imports#closing")
    assert (line.params["residuals"], line.params["cause"]) == (3, "missed_deposit")


def test_lines_that_were_not_understood_wait_until_they_are_dismissed(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        number = unit.imports.add_draft(account.id, "statement", "x.csv", "[]", "{}")
        kept = Refusals((), 4)
        unit.imports.finish(number, ImportOutcome(1, 0, 4, None, None), kept.encode())
    (line,) = found(store, account)
    assert (line.kind, line.params["lines"], line.href) == ("lines_refused", 4, "/imports#files")
    with store.write() as unit:
        unit.imports.keep_refused(number, Refusals((), 4, dismissed=True).encode())
    assert found(store, account) == []


def test_nothing_is_found_while_the_history_is_read_or_computed_anew(store: SqlStore, account: Account) -> None:
    certify(store, account, asset("ETH", "1", "1.5"))
    with store.write() as unit:
        unit.accounts.mark_dirty(account.id, T0)
    assert found(store, account) == []
    with store.write() as unit:
        unit.accounts.update_sync(account.id, dirty_from=None, import_complete=False)
    assert found(store, account) == []


def test_what_was_not_compared_is_no_difference(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.proofs.set_certificate(account.id, refused("wallet_unknown", ["funding"]))
    assert found(store, account) == []
