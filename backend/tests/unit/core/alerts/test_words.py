"""What is sent says what happened, in both languages, whatever the kind."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from backend.core.alerts.kinds import TERMS
from backend.core.alerts.occurrences import changed_rights, occurrence, rights_mark
from backend.core.alerts.words import TEXTS, sentence, title
from backend.core.model.accounts import KeyPermissions
from backend.core.model.alerts import AlertKind, Language, Told

D = Decimal


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", TERMS)
def test_every_kind_has_a_sentence_without_gaps(kind: AlertKind, language: Language) -> None:
    told = Told(kind, "BTC", D("10.456"), D(8), "reason", "detail", 7)
    text = sentence(told, language, "USDT")
    assert text
    assert not {"{", "}", "None"} & set(text.split())
    assert set(TEXTS[language]) == {*TERMS, "test"}


def test_figures_are_written_in_their_unit() -> None:
    assert (
        sentence(Told("loss_1h", value=D("5.129"), limit=D(5)), "en", "USDT")
        == "Fell by 5.13 % within an hour (limit 5 %)"
    )
    assert sentence(Told("price_above", "BTC", D("100000.50"), D("1e5")), "en", "USDC") == (
        "BTC is at 100000.5 USDC (limit 100000 USDC)"
    )
    assert sentence(Told("sync_failing", value=D(3), limit=D(3)), "en", "USDT") == "Could not be read 3 times in a row."
    assert title("critical", "main", "fr") == "Critique: main"


def test_an_event_that_is_no_cause_tells_nothing() -> None:
    for topic, payload in (
        ("run", {"run": 1, "state": "failed"}),  # the alert beside it tells why
        ("run", {"run": 1, "leg": 2}),
        ("alert", {"alert": 5}),
        ("alert", {"read": True}),
        ("balances", {"kind": "run"}),
    ):
        assert occurrence(topic, payload) is None


def test_many_residuals_are_one() -> None:
    told = occurrence("alert", {"kind": "residuals", "more": 12})
    assert told is not None
    assert (told.value, told.reason, told.detail) == (None, "more", "12")


def test_of_many_places_the_first_are_told() -> None:
    some = occurrence("alert", {"kind": "audit_broken", "found": 2, "places": ["changed 2-2", "missing 5-7"]})
    many = occurrence("alert", {"kind": "audit_broken", "found": 9, "places": ["changed 2-2"]})
    assert (some, many) == (
        Told("audit_broken", detail="changed 2-2, missing 5-7"),
        Told("audit_broken", detail="changed 2-2, ..."),
    )


def test_rights_that_nobody_tells_are_no_change() -> None:
    known = rights_mark(KeyPermissions(True, False, False, None))
    assert rights_mark(KeyPermissions(True, None, False, True)) == ""
    assert changed_rights("", known) is None
    assert changed_rights(known, "") is None
    assert changed_rights(known, known) is None
    told = changed_rights(known, rights_mark(KeyPermissions(True, True, False, None)))
    assert told is not None
    assert (told.reason, told.detail) == ("changed", "can_trade: True")
