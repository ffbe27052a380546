"""The chain of the audit trail: whatever is done to any of 1,000 rows is found, and where it was done."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.core.audit_chain import HEAD_LOST, MOST_TOLD, ChainCheck, entry_hash
from backend.core.audit_details import HIDDEN, LONGEST_TEXT, canonical, short
from backend.core.model.audit import GENESIS, AuditEntry, AuditHead, ChainBreak, ChainReport

ROWS = 1_000
NOW = 1_800_000_000_000
COLUMNS = tuple(name for name in AuditEntry.__dataclass_fields__ if name != "id")


def linked(entry: AuditEntry) -> AuditEntry:
    return replace(entry, hash=entry_hash(entry))


def chain_of(count: int, seed: int = 7) -> list[AuditEntry]:
    chance, rows, before = random.Random(seed), list[AuditEntry](), GENESIS
    for number in range(1, count + 1):
        row = AuditEntry(
            id=number,
            at_ms=NOW + number,
            actor=chance.choice(["user:admin", "program", "command line"]),
            origin=chance.choice(["", "192.0.2.10"]),
            action=chance.choice(["run.start", "cashflow.update", "settings.hidden_coins"]),
            environment=chance.choice([None, "live"]),
            account_id=chance.choice([None, 1, 2]),
            subject=f"flow {number}",
            details=canonical({"amount_usd": number}),
            previous_hash=before,
            hash="",
        )
        rows.append(linked(row))
        before = rows[-1].hash
    return rows


CHAIN = chain_of(ROWS)
HEAD = AuditHead(ROWS, CHAIN[-1].hash)


def checked(
    rows: Sequence[AuditEntry], head: AuditHead | None = HEAD, anchors: Sequence[AuditHead] = ()
) -> ChainReport:
    check = ChainCheck(anchors)
    for row in sorted(rows, key=lambda row: row.id):
        check.take(row)
    return check.finish(head, NOW)


def anchor(row: AuditEntry) -> AuditHead:
    return AuditHead(row.id, row.hash)


def other(value: Any) -> Any:
    """Something else of the same kind, as small a change as can be."""
    if value is None:
        return 3
    if isinstance(value, int):
        return value + 1
    return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}"


def places(report: ChainReport) -> list[tuple[str, int, int]]:
    return [(one.kind, one.first_id, one.last_id) for one in report.breaks]


def test_a_chain_that_nobody_touched_is_whole() -> None:
    report = checked(CHAIN, anchors=[anchor(CHAIN[0]), anchor(CHAIN[499]), anchor(CHAIN[-1])])
    assert (report.intact, report.rows, report.head) == (True, ROWS, HEAD)


def test_an_empty_chain_is_whole() -> None:
    assert checked([], AuditHead(0, GENESIS)).intact


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_of_any_row_is_found_in_its_place(column: str) -> None:
    """A hundred rows at a time, every tenth: each is named, and no other."""
    for start in range(10):
        rows = list(CHAIN)
        for place in range(start, ROWS, 10):
            rows[place] = replace(rows[place], **{column: other(getattr(rows[place], column))})
        wanted = [("changed", place + 1, place + 1) for place in range(start, ROWS, 10)]
        assert places(checked(rows)) == wanted[:MOST_TOLD]


def misplaced(place: int, chance: random.Random) -> list[str]:
    """A sentence for each way to spoil this one row that is not found, or found elsewhere: edit, delete, exchange."""
    row, number, column = CHAIN[place], place + 1, chance.choice(COLUMNS)
    far = chance.choice([one for one in range(ROWS) if one != place])
    edited, moved = list(CHAIN), list(CHAIN)
    edited[place] = replace(row, **{column: other(getattr(row, column))})
    moved[place], moved[far] = replace(CHAIN[far], id=number), replace(row, id=far + 1)
    spoiled = {
        f"{column} of row {number}": (edited, [("changed", number, number)]),
        f"row {number} gone": (CHAIN[:place] + CHAIN[place + 1 :], [("missing", number, number)]),
        f"rows {number} and {far + 1} exchanged": (moved, [("changed", n, n) for n in sorted((number, far + 1))]),
    }
    return [name for name, (rows, wanted) in spoiled.items() if places(checked(rows)) != wanted]


def test_one_row_alone_is_found_where_it_stands_and_no_other_is_named() -> None:
    """Every fiftieth and both ends; each of the 1,000 by `python -m soak audit`."""
    chance = random.Random(11)
    assert [misplaced(place, chance) for place in (*range(0, ROWS, 50), ROWS - 1)] == [[]] * 21


def test_any_row_that_is_gone_is_missed_in_its_place() -> None:
    for start in range(10):
        rows = [row for place, row in enumerate(CHAIN) if place % 10 != start]
        wanted = [("missing", place + 1, place + 1) for place in range(start, ROWS, 10)]
        assert places(checked(rows)) == wanted


@pytest.mark.parametrize("seed", range(25))
def test_a_stretch_of_rows_that_is_gone_is_named_whole(seed: int) -> None:
    chance = random.Random(seed)
    first = chance.randrange(ROWS)
    last = min(ROWS - 1, first + chance.randrange(200))
    assert places(checked(CHAIN[:first] + CHAIN[last + 1 :])) == [("missing", first + 1, last + 1)]


@pytest.mark.parametrize("gone", [1, 2, 17, 999, 1000])
def test_the_last_rows_are_missed_by_the_head_and_where_that_is_set_back_by_an_anchor(gone: int) -> None:
    left = CHAIN[: ROWS - gone]
    missing = [("missing", ROWS - gone + 1, ROWS)]
    assert places(checked(left)) == missing
    last = left[-1] if left else None
    set_back = AuditHead(0, GENESIS) if last is None else anchor(last)
    assert places(checked(left, set_back, anchors=[HEAD])) == missing
    # Without an anchor nothing is left that could tell: this is what a copy outside of the database is for.
    assert checked(left, set_back).intact


@pytest.mark.parametrize("seed", range(50))
def test_two_rows_that_changed_places_are_both_found(seed: int) -> None:
    one, two = sorted(random.Random(seed).sample(range(ROWS), 2))
    rows = list(CHAIN)
    rows[one], rows[two] = replace(CHAIN[two], id=one + 1), replace(CHAIN[one], id=two + 1)
    assert places(checked(rows)) == [("changed", one + 1, one + 1), ("changed", two + 1, two + 1)]


@pytest.mark.parametrize("seed", range(25))
def test_a_row_put_in_between_is_found_where_it_stands(seed: int) -> None:
    place = random.Random(seed).randrange(1, ROWS)
    moved = [replace(row, id=row.id + 1) for row in CHAIN[place:]]
    new = linked(replace(CHAIN[place], previous_hash=CHAIN[place - 1].hash, subject="invented"))
    found = checked([*CHAIN[:place], new, *moved], AuditHead(ROWS + 1, CHAIN[-1].hash))
    # It fits what stands before it; all rows behind it have numbers that they were not hashed with.
    assert found.breaks[0] == ChainBreak("changed", place + 2, place + 2)
    assert found.found == ROWS - place


@pytest.mark.parametrize("number", [0, -1, -500])
def test_a_row_before_the_first_was_never_written(number: int) -> None:
    assert places(checked([linked(replace(CHAIN[0], id=number)), *CHAIN])) == [("added", number, number)]


def test_a_row_behind_the_head_was_never_written() -> None:
    new = linked(replace(CHAIN[-1], id=ROWS + 1, previous_hash=CHAIN[-1].hash))
    assert places(checked([*CHAIN, new])) == [("added", ROWS + 1, ROWS + 1)]


@pytest.mark.parametrize("seed", range(25))
def test_a_row_written_anew_with_a_hash_that_fits_does_not_fit_the_next_one(seed: int) -> None:
    place = random.Random(seed).randrange(ROWS)
    rows = list(CHAIN)
    rows[place] = linked(replace(rows[place], actor="somebody else"))
    wanted = ("rewritten", ROWS, ROWS) if place == ROWS - 1 else ("rewritten", place + 1, place + 2)
    assert places(checked(rows)) == [wanted]


@pytest.mark.parametrize("seed", range(25))
def test_a_chain_written_anew_to_its_end_is_found_by_the_next_anchor(seed: int) -> None:
    place = random.Random(seed).randrange(ROWS - 100)
    rows = list(CHAIN)
    rows[place] = replace(rows[place], actor="somebody else")
    for later in range(place, ROWS):
        before = rows[later - 1].hash if later else GENESIS
        rows[later] = linked(replace(rows[later], previous_hash=before))
    anchors = [anchor(row) for row in CHAIN[99::100]]
    found = checked(rows, anchor(rows[-1]), anchors)
    assert places(found) == [("rewritten", place // 100 * 100 + 1, (place // 100 + 1) * 100)]
    # By the chain alone nobody could tell.
    assert checked(rows, anchor(rows[-1])).intact


def test_a_head_that_is_gone_is_told_and_so_is_one_that_was_made_anew() -> None:
    assert places(checked(CHAIN, None)) == [("head", ROWS, ROWS)]
    lost = linked(replace(CHAIN[-1], id=ROWS + 1, previous_hash=CHAIN[-1].hash, action=HEAD_LOST))
    assert places(checked([*CHAIN, lost], anchor(lost))) == [("head", ROWS + 1, ROWS + 1)]


def test_more_breaks_than_are_told_are_counted() -> None:
    report = checked([replace(row, subject="x") for row in CHAIN])
    assert (len(report.breaks), report.found) == (MOST_TOLD, ROWS)


def test_details_are_the_same_text_for_the_same_act() -> None:
    assert canonical({"b": Decimal("1.50"), "a": {"z", "y"}}) == canonical({"a": {"y", "z"}, "b": Decimal("1.50")})
    assert canonical(None) == "{}"
    assert canonical({"amount": Decimal("1E+3")}) == '{"amount":"1000"}'


@pytest.mark.parametrize("name", ["api_key", "apiKey", "secret", "new_password", "token", "cookie", "totp"])
def test_what_is_named_like_a_secret_is_not_written(name: str) -> None:
    told = canonical({name: "canary-1234", "inner": {name: ["canary-1234"]}})
    assert "canary" not in told
    assert HIDDEN in told


def test_text_is_one_short_line() -> None:
    assert short("a\0b\nc") == "a b c"
    assert len(short("x" * 10_000)) == LONGEST_TEXT
