"""Any CSV as cash flows: columns found by their heading, and each line read or refused with its reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.imports.answers import Answers
from backend.core.imports.cash_flow_file import CashFlowFile, FlowLine
from backend.core.model.instants import iso_ms

UTC = Answers(time_zone="UTC")


def lines(text: str, answers: Answers = UTC) -> list[FlowLine]:
    return list(CashFlowFile(text, "flows.csv", answers, "USDT").lines())


def faults(text: str, answers: Answers = UTC) -> list[str | None]:
    return [line.fault for line in lines(text, answers)]


@pytest.mark.parametrize(
    "heading",
    [
        "Date,Type,Amount,Note",
        "Timestamp,Direction,Amount (USDT),Description",
        "Date (UTC),Side,Value,Comment",
        "Date,Sens,Montant,Libellé",
        "Horodatage,Opération,Montant (USDT),Commentaire",
    ],
)
def test_columns_are_found_by_their_heading(heading: str) -> None:
    (line,) = lines(f"{heading}\n2026-05-20 10:30,retrait,12.5,rent\n")
    assert (line.fault, line.amount, line.note) == (None, Decimal("-12.5"), "rent")


def test_what_this_program_exports_is_read_back() -> None:
    heading = "time (UTC),type,amount,asset,quantity,note,account,value before,source,status"
    french = "heure (UTC),type,montant,actif,quantité,note,compte,valeur avant,source,statut"
    row = "2026-05-20T10:30:00.123Z,WITHDRAW,-12.5,BTC,0.001,'=1+1,main,100,manual,exact"
    for names in (heading, french):
        read = CashFlowFile(f"\ufeff{names}\r\n{row}\r\n", "cash-flows.csv", Answers(), "USDT")
        assert read.complete
        (line,) = read.lines()
        assert line.when is not None
        assert iso_ms(line.when.at_ms) == "2026-05-20T10:30:00.123Z"
        assert (line.amount, line.asset, line.quantity, line.note) == (
            Decimal("-12.5"),
            "BTC",
            Decimal("-0.001"),
            "=1+1",
        )


def test_an_amount_beside_a_coin_is_an_amount_of_that_coin() -> None:
    coin, dollar = lines("date,coin,amount\n2026-05-20,BTC,0.5\n2026-05-20,usdt,-7\n")
    assert (coin.amount, coin.asset, coin.quantity) == (None, "BTC", Decimal("0.5"))
    assert (dollar.amount, dollar.asset, dollar.quantity) == (Decimal(-7), "USDT", Decimal(-7))


def test_a_unit_beside_the_number_names_the_coin() -> None:
    (line,) = lines("date,quantity\n2026-05-20,0.48SOL\n")
    assert (line.asset, line.quantity) == ("SOL", Decimal("0.48"))


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("deposit", "5", "5"),
        ("Withdrawal", "5", "-5"),
        ("Withdrawal", "-5", "-5"),
        ("WITHDRAW", "(5)", "-5"),
        ("Dépôt", "5", "5"),
        ("retrait", "5", "-5"),
        ("sent", "5", "-5"),
    ],
)
def test_the_type_says_the_direction_whatever_the_sign_of_money_that_left(
    kind: str, amount: str, expected: str
) -> None:
    (line,) = lines(f"date,type,amount\n2026-05-20,{kind},{amount}\n")
    assert (line.fault, line.amount) == (None, Decimal(expected))


def test_without_a_type_the_sign_says_the_direction() -> None:
    assert [line.amount for line in lines("date,amount\n2026-05-20,5\n2026-05-20,-5\n")] == [Decimal(5), Decimal(-5)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",deposit,5,,,", "date_missing"),
        ("soon,deposit,5,,,", "date_unreadable"),
        ("2026-05-20,deposit,,,,", "amount_missing"),
        ("2026-05-20,deposit,five,,,", "number_unreadable"),
        ("2026-05-20,deposit,0.00,,,", "zero"),
        ("2026-05-20,deposit,,BTC,0,", "zero"),
        ("2026-05-20,deposit,5 EUR,,,", "other_currency"),
        ("2026-05-20,deposit,,,0.5,", "asset_missing"),
        ("2026-05-20,deposit,,B T C,0.5,", "asset_unreadable"),
        ("2026-05-20,deposit,,BTC,0.5ETH,", "units_differ"),
        ("2026-05-20,trade,5,,,", "type_unknown"),
        ("2026-05-20,debit,5,,,", "type_unknown"),
        ("2026-05-20,,5,,,", "type_unknown"),
        ("2026-05-20,deposit,-5,,,", "sign_against_type"),
        (f"2026-05-20,deposit,5,,,{'n' * 501}", "note_too_long"),
        ('2026-05-20,deposit,5,,,"n', "quote_not_closed"),
        ("2026-05-20", "amount_missing"),
    ],
)
def test_a_line_that_cannot_be_recorded_says_why_and_stops_no_other(row: str, fault: str) -> None:
    text = f"date,type,amount,asset,quantity,note\n2026-05-19,deposit,1,,,\n{row}"
    assert faults(text) == [None, fault]


def test_a_fault_names_the_text_that_is_to_blame() -> None:
    (line,) = lines("date,amount\n2026-05-20,five\n")
    assert line.detail == "five"


def test_while_a_question_is_open_only_the_lines_it_is_about_wait() -> None:
    text = "date,amount\n2026-05-20,1.234\n2026-05-20,1500\n"
    assert faults(text) == ["decimal_mark_needed", None]
    assert faults(text, Answers(time_zone="UTC", decimal_mark=",")) == [None, None]


def test_an_answer_wins_over_what_the_heading_says() -> None:
    text = "date,amount,fee\n2026-05-20 10:00,5,7\n"
    answers = Answers(columns={"date": 0, "amount": 2}, time_zone="+02:00")
    (line,) = lines(text, answers)
    assert line.when is not None
    assert (iso_ms(line.when.at_ms), line.amount) == ("2026-05-20T08:00:00Z", Decimal(7))


def test_a_zone_stated_by_the_file_is_not_asked() -> None:
    text = "Time,Amount\n2026-05-20 10:00,5\n"
    asked = CashFlowFile(text, "flows.csv", Answers(), "USDT")
    assert [question.about for question in asked.questions] == ["time_zone"]
    for read in (
        CashFlowFile(text, "Export(UTC+7).csv", Answers(), "USDT"),
        CashFlowFile(text.replace("Time", "Time(UTC+7)"), "flows.csv", Answers(), "USDT"),
    ):
        assert (read.questions, read.answers.time_zone) == ([], "+07:00")


def test_an_answered_question_stays_to_be_seen() -> None:
    read = CashFlowFile("date,amount\n2026-05-20,1.234\n", "a.csv", Answers(time_zone="UTC", decimal_mark="."), "USDT")
    assert [(question.about, question.answer) for question in read.questions] == [
        ("decimal_mark", "."),
        ("time_zone", "UTC"),
    ]
    assert read.complete


def test_columns_beyond_the_file_are_no_columns() -> None:
    read = CashFlowFile("a,b\n1,2\n", "a.csv", Answers(columns={"date": 0, "amount": 7}), "USDT")
    assert [question.about for question in read.questions] == ["columns"]
    assert list(read.lines()) == []
