"""Dates and times: every common form, asked about where day and month or the zone are open."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.imports.instants import (
    DateOrder,
    InstantFault,
    date_order,
    needs_zone,
    read_when,
    zone_in_label,
    zone_named,
)
from backend.core.model.instants import DAY_MS, from_ms, iso_ms

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "instant", "precision_ms"),
    [
        ("2024-03-05", "2024-03-05T00:00:00Z", DAY_MS),
        ("2024-03-05 10:30", "2024-03-05T10:30:00Z", 60_000),
        ("2024-03-05T10:30:15Z", "2024-03-05T10:30:15Z", 1000),
        ("2024-03-05T10:30:15.123+02:00", "2024-03-05T08:30:15.123Z", 1),
        ("2024/3/5 1:05 PM", "2024-03-05T13:05:00Z", 60_000),
        ("2024.03.05 12:00 am", "2024-03-05T00:00:00Z", 60_000),
        ("25/03/2024 10:00", "2024-03-25T10:00:00Z", 60_000),
        ("03/25/2024", "2024-03-25T00:00:00Z", DAY_MS),
        ("5.3.2024", "2024-03-05T00:00:00Z", DAY_MS),
        ("5 Mar 2024, 10:00", "2024-03-05T10:00:00Z", 60_000),
        ("Mar 5, 2024", "2024-03-05T00:00:00Z", DAY_MS),
        ("05-Mar-24", "2024-03-05T00:00:00Z", DAY_MS),
        ("1er août 2024", "2024-08-01T00:00:00Z", DAY_MS),
        ("20 nov. 2024, 14:32", "2024-11-20T14:32:00Z", 60_000),
        ("20240305", "2024-03-05T00:00:00Z", DAY_MS),
        ("202403051030", "2024-03-05T10:30:00Z", 60_000),
        ("20240305103015", "2024-03-05T10:30:15Z", 1000),
        ("1709634600", "2024-03-05T10:30:00Z", 1000),
        ("1709634600123", "2024-03-05T10:30:00.123Z", 1),
        ("2024-03-05 10:30 UTC", "2024-03-05T10:30:00Z", 60_000),
        ("2024-03-05 10:30 UTC+2", "2024-03-05T08:30:00Z", 60_000),
    ],
)
def test_a_date_of_one_meaning_is_read(text: str, instant: str, precision_ms: int) -> None:
    when = read_when(text, "", None, UTC)
    assert (iso_ms(when.at_ms), when.precision_ms) == (instant, precision_ms)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "2024-02-30", "2024-13-01", "32/01/2024", "2024-03-05 25:00", "2024-03-05 10:61", "05-Foo-2024"),
        *(
            "123",
            "99999999",
            "2024-03-05 13:00 PM",
            "10:30",
            "2024-03-05 10:30 +99:00",
            "29.02.2023",
            "1234567890123456",
        ),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InstantFault, match="date_unreadable"):
        read_when(text, "", "dmy", UTC)


@pytest.mark.parametrize(("order", "day"), [("dmy", "2024-04-03"), ("mdy", "2024-03-04")])
def test_day_and_month_in_doubt_need_their_order(order: DateOrder, day: str) -> None:
    with pytest.raises(InstantFault, match="date_order_needed"):
        read_when("03/04/2024", "", None, UTC)
    assert iso_ms(read_when("03/04/2024", "", order, UTC).at_ms).startswith(day)
    assert read_when("04/04/2024", "", None, UTC) == read_when("04/04/2024", "", order, UTC)


@pytest.mark.parametrize(("order", "day"), [("ymd", "2023-12-11"), ("dmy", "2011-12-23"), ("mdy", None)])
def test_years_of_two_digits_can_stand_first_or_last(order: DateOrder, day: str | None) -> None:
    if day is None:
        with pytest.raises(InstantFault):
            read_when("23-12-11 10:00:00", "", order, UTC)
    else:
        assert iso_ms(read_when("23-12-11 10:00:00", "", order, UTC).at_ms).startswith(day)


def test_the_order_is_known_from_any_date_that_proves_it() -> None:
    assert date_order(["03/04/2024", "25/04/2024"]).order == "dmy"
    assert date_order(["03/04/2024", "04/25/2024"]).order == "mdy"
    assert not date_order(["2024-04-03", "2024-05-04"]).must_ask
    assert not date_order(["04/04/2024", "junk"]).must_ask


def test_the_order_is_asked_where_nothing_or_too_much_proves_it() -> None:
    for dates in (["03/04/2024"], ["03/04/2024", "25/04/2024", "04/25/2024"]):
        evidence = date_order(dates)
        assert (evidence.must_ask, evidence.example, evidence.options) == (True, "03/04/2024", ("dmy", "mdy"))


@pytest.mark.parametrize(
    ("text", "clock", "needed"),
    [
        ("2024-03-05 10:00", "", True),
        ("2024-03-05", "", True),
        ("03/04/2024 10:00", "", True),
        ("03/04/2024", "10:00Z", False),
        ("2024-03-05", "10:00", True),
        ("2024-03-05T10:00Z", "", False),
        ("1709634600", "", False),
        ("202403051030", "", False),
        ("junk", "", False),
    ],
)
def test_a_zone_is_needed_where_none_is_written(text: str, clock: str, needed: bool) -> None:
    assert needs_zone(text, clock) is needed


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(InstantFault, match="time_zone_needed"):
        read_when("2024-03-05 10:00", "", None, None)


def test_an_hour_that_the_clock_skips_is_no_instant_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(InstantFault, match="time_skipped"):
        read_when("2024-03-31 02:30", "", None, PARIS)
    assert iso_ms(read_when("2024-10-27 02:30", "", None, PARIS).at_ms) == "2024-10-27T00:30:00Z"


def test_a_time_of_its_own_column_joins_the_date() -> None:
    assert iso_ms(read_when("2024-03-05", "10:30:15", None, PARIS).at_ms) == "2024-03-05T09:30:15Z"
    with pytest.raises(InstantFault, match="date_unreadable"):
        read_when("2024-03-05 10:00", "10:30", None, PARIS)


@pytest.mark.parametrize(
    ("label", "zone"),
    [
        ("Date(UTC)", "UTC"),
        ("UTC_Time", "UTC"),
        ("Date(UTC+0)", "UTC"),
        ("time (UTC)", "UTC"),
        ("Export(UTC+7).csv", "+07:00"),
        ("Binance-Spot-Trade-History-202603230406(UTC--6).csv", "-06:00"),
        ("Time", None),
        ("outcome", None),
    ],
)
def test_a_heading_or_a_file_name_may_state_the_zone(label: str, zone: str | None) -> None:
    assert zone_in_label(label) == zone


@pytest.mark.parametrize("name", ["", "Mars", "../UTC", "/etc/passwd", "+25:00", "Europe", "a\\b", "\0"])
def test_a_zone_that_there_is_not_is_none(name: str) -> None:
    assert zone_named(name) is None


ZONES: tuple[tzinfo, ...] = (UTC, PARIS, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"))
FORMS = {"ymd": "%Y-%m-%d %H:%M:%S", "dmy": "%d/%m/%Y %H:%M:%S", "mdy": "%m/%d/%Y %H:%M:%S"}


@given(st.integers(1_300_000_000, 2_000_000_000), st.sampled_from(ZONES), st.sampled_from(sorted(FORMS)))
def test_any_instant_is_read_back_in_any_form_and_zone(at_s: int, zone: tzinfo, order: DateOrder) -> None:
    local = from_ms(at_s * 1000).astimezone(zone)
    when = read_when(local.strftime(FORMS[order]), "", order, zone)
    # An hour that comes twice is told apart by nothing in the text.
    assert when.at_ms == int(local.replace(fold=0).timestamp()) * 1000
    assert datetime.fromtimestamp(when.at_ms / 1000, zone).replace(tzinfo=None) == local.replace(tzinfo=None)


@given(st.text(max_size=20), st.text(max_size=8))
def test_no_text_breaks_the_reader(text: str, clock: str) -> None:
    orders: tuple[DateOrder | None, ...] = (None, "dmy")
    for order in orders:
        with suppress(InstantFault):
            assert read_when(text, clock, order, PARIS).precision_ms > 0
    needs_zone(text, clock)
    date_order([text])
    zone_in_label(text)
    zone_named(text)
