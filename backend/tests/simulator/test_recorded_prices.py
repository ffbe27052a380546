"""Recorded candles: which file rules, what a coarse candle says of its minutes, what a gap does."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from backend.exchange.simulator.candle_files import CandleFileError
from backend.exchange.simulator.candles import Bar, bar_at
from backend.exchange.simulator.recorded import RecordedPrices
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, UNIT
from backend.tests.simulator.candle_writer import write_candles

T0 = 1_709_251_200_000  # 2024-03-01 00:00 UTC


def units(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * UNIT + int(rest.ljust(8, "0") or 0)


def bars(source: RecordedPrices, symbol: str, start: int, step: int, count: int) -> dict[int, Bar]:
    edges = start + step * np.arange(count + 1, dtype=np.int64)
    page = source.candles(symbol, edges[:-1], edges[1:])
    return {int(at): bar_at(page, index) for index, at in enumerate(page.start.tolist())}


@pytest.fixture
def hourly(tmp_path: Path) -> RecordedPrices:
    """Hours 0, 1 and 4: two are missing between."""
    write_candles(
        tmp_path / "deep" / "down",
        "MADEUSDT-1h",
        [
            (T0, "100", "130", "90", "110", "5.5"),
            (T0 + HOUR_MS, "111", "112", "109", "109.5", "2"),
            (T0 + 4 * HOUR_MS, "200", "210", "190", "205", "7"),
        ],
    )
    return RecordedPrices(tmp_path)


def test_an_hour_counts_as_minutes_flat_at_its_open_and_a_last_one_that_does_it_all(hourly: RecordedPrices) -> None:
    minutes = bars(hourly, "MADEUSDT", T0, MINUTE_MS, 60)
    assert all(minutes[T0 + n * MINUTE_MS] == Bar.flat(units("100")) for n in range(59))
    assert minutes[T0 + 59 * MINUTE_MS] == Bar(units("100"), units("130"), units("90"), units("110"), units("5.5"))


def test_the_price_changes_only_when_the_hour_has_ended(hourly: RecordedPrices) -> None:
    assert hourly.price_at("MADEUSDT", T0 + HOUR_MS - 1) == units("100")
    assert hourly.price_at("MADEUSDT", T0 + HOUR_MS) == units("110")
    assert hourly.price_at("MADEUSDT", T0 + HOUR_MS + MINUTE_MS) == units("111")


def test_in_a_gap_the_last_price_stands_and_klines_show_the_gap(hourly: RecordedPrices) -> None:
    assert hourly.price_at("MADEUSDT", T0 + 3 * HOUR_MS) == units("109.5")
    assert sorted(bars(hourly, "MADEUSDT", T0, HOUR_MS, 6)) == [T0, T0 + HOUR_MS, T0 + 4 * HOUR_MS]
    day = bars(hourly, "MADEUSDT", T0, DAY_MS, 1)[T0]
    assert day == Bar(units("100"), units("210"), units("90"), units("205"), units("14.5"))


def test_before_and_after_the_data_there_is_no_price(hourly: RecordedPrices) -> None:
    assert hourly.price_at("MADEUSDT", T0 + MINUTE_MS - 1) is None
    assert hourly.price_at("MADEUSDT", T0 + MINUTE_MS) == units("100")
    assert hourly.price_at("MADEUSDT", T0 + 5 * HOUR_MS) == units("205")
    assert hourly.price_at("MADEUSDT", T0 + 5 * HOUR_MS + 1) is None
    assert hourly.price_at("OTHERUSDT", T0) is None
    assert hourly.span("OTHERUSDT") is None


def test_an_hour_as_seconds_moves_in_its_very_last_one(hourly: RecordedPrices) -> None:
    seconds = hourly.seconds("MADEUSDT", T0 + HOUR_MS - 3000, T0 + HOUR_MS + 2000)
    assert seconds.close.tolist() == [units(text) for text in ("100", "100", "110", "111", "111")]
    assert seconds.high[2] == units("130")


@pytest.fixture
def layered(tmp_path: Path) -> RecordedPrices:
    """A day file over everything, an hour file 06:00-10:00, a minute file 07:30-07:34 with minute 07:32 missing."""
    write_candles(
        tmp_path,
        "MADEUSDT-1d",
        [(T0, "10", "99", "1", "20", "24"), (T0 + DAY_MS, "20", "40", "15", "30", "24")],
    )
    write_candles(
        tmp_path,
        "MADEUSDT-1h",
        [(T0 + (6 + n) * HOUR_MS, str(50 + n), str(60 + n), str(40 + n), str(55 + n), "1") for n in range(4)],
    )
    half_past_seven = T0 + 7 * HOUR_MS + 30 * MINUTE_MS
    write_candles(
        tmp_path,
        "MADEUSDT-1m-2024-03-01",
        [(half_past_seven + n * MINUTE_MS, "70", "72", "69", f"7{n}", "0.25") for n in (0, 1, 3, 4)],
    )
    return RecordedPrices(tmp_path)


@pytest.mark.parametrize(
    ("clock", "price"),
    [
        ("05:59", "10"),  # the day file: flat at its open
        ("06:00", "10"),
        ("06:01", "50"),  # the hour file rules from 06:00 on
        ("07:00", "55"),
        ("07:30", "51"),  # the hour that opened at 07:00 is flat
        ("07:31", "70"),  # the minute file rules from 07:30 on
        ("07:32", "71"),
        ("07:33", "71"),  # its gap is a gap: the hour file does not fill it
        ("07:34", "73"),
        ("07:35", "74"),
        ("07:36", "51"),  # past the minute file's range the hour file rules again
        ("08:00", "56"),
        ("10:01", "10"),  # past the hour file the day's minutes are flat at its open again
        ("23:59", "10"),
    ],
)
def test_the_finest_file_whose_own_range_covers_the_instant_rules(
    layered: RecordedPrices, clock: str, price: str
) -> None:
    hours, minutes = map(int, clock.split(":"))
    assert layered.price_at("MADEUSDT", T0 + hours * HOUR_MS + minutes * MINUTE_MS) == units(price)


def test_klines_tell_the_same_story_as_the_price(layered: RecordedPrices) -> None:
    minutes = bars(layered, "MADEUSDT", T0, MINUTE_MS, 1440)
    assert len(minutes) == 1439  # the one missing minute of the minute file
    for start, bar in minutes.items():
        assert layered.price_at("MADEUSDT", start + MINUTE_MS) == bar.close
    hour = bars(layered, "MADEUSDT", T0 + 7 * HOUR_MS, HOUR_MS, 1)[T0 + 7 * HOUR_MS]
    assert hour == Bar(units("51"), units("72"), units("41"), units("56"), units("2"))
    day = bars(layered, "MADEUSDT", T0, DAY_MS, 1)[T0]
    assert (day.open, day.close, day.high) == (units("10"), units("20"), units("99"))


def test_between_files_the_last_price_stands(tmp_path: Path) -> None:
    write_candles(tmp_path, "MADEUSDT-1h-first", [(T0, "1", "2", "1", "2", "1")])
    write_candles(tmp_path, "MADEUSDT-1h-second", [(T0 + DAY_MS, "9", "9", "8", "8", "1")])
    source = RecordedPrices(tmp_path)
    assert source.price_at("MADEUSDT", T0 + DAY_MS // 2) == units("2")
    assert sorted(bars(source, "MADEUSDT", T0, HOUR_MS, 48)) == [T0, T0 + DAY_MS]


def test_digits_come_out_as_the_file_has_them(tmp_path: Path) -> None:
    row = (T0, "0.00001412", "64882.43", "0.00000001", "7234.19", "95302311917668.12345678")
    write_candles(tmp_path, "MADEUSDT-1m", [row])
    bar = bars(RecordedPrices(tmp_path), "MADEUSDT", T0, MINUTE_MS, 1)[T0]
    assert (bar.open, bar.high, bar.low, bar.close, bar.volume) == tuple(map(units, row[1:]))


def test_columns_are_found_by_name_and_archives_without_header_are_read(tmp_path: Path) -> None:
    shuffled = f"close,open_time,volume,low,high,open\n5,{T0},1,4,6,5.5\n"
    (tmp_path / "AUSDT-1m.csv.gz").write_bytes(gzip.compress(shuffled.encode()))
    bare = f"{T0 * 1000},5.5,6,4,5,1,{T0 * 1000 + 59_999_999},5,1,0,0,0\n"
    (tmp_path / "BUSDT-1m.csv.gz").write_bytes(gzip.compress(bare.encode()))
    source = RecordedPrices(tmp_path)
    expected = {T0: Bar(units("5.5"), units("6"), units("4"), units("5"), units("1"))}
    assert bars(source, "AUSDT", T0, MINUTE_MS, 1) == expected
    assert bars(source, "BUSDT", T0, MINUTE_MS, 1) == expected


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(T0, "1", "1", "1", "x", "1")], "could not convert"),
        ([(T0, "1", "1", "0", "1", "1")], "not positive"),
        ([(T0, "1", "1", "1", "1", "1"), (T0, "1", "1", "1", "1", "1")], "do not ascend"),
        ([], "holds no candle"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, rows: list[tuple[int, str, str, str, str, str]], reason: str) -> None:
    write_candles(tmp_path, "MADEUSDT-1m", rows)
    with pytest.raises(CandleFileError, match=f"MADEUSDT-1m.csv.gz.*{reason}"):
        RecordedPrices(tmp_path).span("MADEUSDT")


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "anchors.csv.gz").write_bytes(b"not a candle")
    assert RecordedPrices(tmp_path).symbols == []
