"""Records of a CSV: whatever separates, quotes and ends its lines, each keeps the number of its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.imports.table import Table


def cells(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(record.n, record.cells) for record in Table(text).records()]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separator_line_end_and_byte_order_mark_are_found_out(mark: str, delimiter: str, end: str) -> None:
    lines = [delimiter.join(line) for line in (("date", "amount"), ("2026-01-02", "1"), ("2026-01-03", "2"))]
    table = Table(mark + end.join(lines))
    assert (table.delimiter, table.header, [column.name for column in table.columns]) == (
        delimiter,
        True,
        ["date", "amount"],
    )
    assert [(record.n, record.cells) for record in table.records()] == [
        (2, ("2026-01-02", "1")),
        (3, ("2026-01-03", "2")),
    ]


def test_decimal_commas_do_not_hide_the_semicolon() -> None:
    text = "date;montant;note\n2026-01-02;1,5;a\n2026-01-03;2,5;b\n"
    assert Table(text).delimiter == ";"
    assert cells(text)[0] == (2, ("2026-01-02", "1,5", "a"))


def test_mixed_line_ends_blank_lines_and_line_breaks_in_quotes_keep_the_numbers() -> None:
    text = 'a,b\r\n1,"x\r\ny"\n\n2,z\r3,w'
    assert cells(text) == [(2, ("1", "x\r\ny")), (5, ("2", "z")), (6, ("3", "w"))]


def test_a_line_that_names_the_separator_is_not_data() -> None:
    table = Table("sep=;\na;b\n1;2\n")
    assert (table.delimiter, [(record.n, record.cells) for record in table.records()]) == (";", [(3, ("1", "2"))])


def test_without_a_heading_the_first_line_is_data() -> None:
    table = Table("2026-01-02,5\n2026-01-03,6\n")
    assert (table.header, [column.name for column in table.columns]) == (False, ["", ""])
    assert len(list(table.records())) == 2
    assert len(list(Table("2026-01-02,5\n2026-01-03,6\n", header=True).records())) == 1


def test_a_quote_that_is_never_closed_is_one_fault_and_hides_nothing_silently() -> None:
    records = list(Table('a,b\n1,2\n3,"4\n5,6\n').records())
    assert [(record.n, record.fault) for record in records] == [(2, None), (3, "quote_not_closed")]


def test_a_misplaced_quote_is_a_fault_of_its_line_alone() -> None:
    records = list(Table('a,b\n"1"x,2\n3,4\n').records())
    assert [(record.n, record.fault) for record in records] == [(2, "quote_misplaced"), (3, None)]


def test_a_cell_of_a_megabyte_is_a_fault_of_its_line_alone() -> None:
    records = list(Table(f"a,b\n{'x' * 1_000_000},2\n3,4\n").records())
    assert [(record.n, record.fault) for record in records] == [(2, "cell_too_long"), (3, None)]


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(str.strip)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    found = [record.cells for record in Table(held.getvalue(), delimiter, header=True).records()]
    spaces = "  \t\u00a0\ufeff"
    written = [tuple(cell.strip(spaces) for cell in row) for row in rows]
    assert found == [row for row in written if any(row)]


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for record in Table(text).records():
        assert record.n >= 1
