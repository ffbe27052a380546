"""docs/configuration.md against the code, in both directions: every name that is read, its default and its bounds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from dotenv import dotenv_values

from backend.config import SETTINGS_HELP, SettingsError, load_settings
from backend.setting_values import Reader
from backend.tests.docs.pages import ROOT, text_of

PAGE: Final = text_of("docs/configuration.md")
ROWS: Final = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.M)
OTHERS: Final = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.M)
# Read where the setting itself is empty.
OTHER_NAME: Final = "BINANCE_SECRET_KEY"
# A choice that is taken with another setting alone.
BESIDE: Final = {"WORKERS": {"REDIS_URL": "redis://127.0.0.1:6379/0"}}
ON_THE_EXCHANGE: Final = {"BINANCE_API_KEY": "key", "BINANCE_API_SECRET": "secret"}


def plain(cell: str) -> str:
    return "" if cell == "empty" else cell.strip("`")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """What the settings read, and what each is where nobody says anything."""
    found: dict[str, str] = {}
    text = Reader.text  # every way of reading a setting goes through it

    def noted(reader: Any, name: str, default: str = "") -> str:
        found[name] = default
        return text(reader, name, default)

    monkeypatch.setattr(Reader, "text", noted)
    load_settings({}, tmp_path / "absent.env")
    return found


def test_the_page_has_what_the_settings_read_and_nothing_else(read: dict[str, str]) -> None:
    names = [name for name, *_ in ROWS]
    assert len(names) == len(set(names))
    assert set(names) == set(read) == {*SETTINGS_HELP, OTHER_NAME}


def test_the_page_has_the_defaults_of_the_code_and_of_the_example(read: dict[str, str]) -> None:
    told = {name: plain(default) for name, default, *_ in ROWS}
    example = {**dotenv_values(ROOT / ".env.example"), OTHER_NAME: ""}
    assert told == example
    made_of_others = {"DATABASE_URL"}  # the default is a file whose place depends on where the program lies
    same = {name: default.lower().removesuffix(".0") for name, default in read.items() if name not in made_of_others}
    assert same == {name: default.lower() for name, default in told.items() if name not in made_of_others}


def bounds() -> list[tuple[str, str, str]]:
    return [(name, *found[-1]) for name, _, cell, _ in ROWS if (found := re.findall(r"([\d.]+) to ([\d.]+)", cell))]


@pytest.mark.parametrize(("name", "low", "high"), bounds())
def test_a_bound_of_the_page_is_the_last_that_is_taken(name: str, low: str, high: str, tmp_path: Path) -> None:
    step = 0.01 if "." in low else 1
    for value in (low, high):
        load_settings({name: value}, tmp_path / "absent.env")
    for beyond in (float(low) - step, float(high) + step):
        with pytest.raises(SettingsError, match=name):
            load_settings({name: f"{beyond:g}" if step < 1 else f"{beyond:.0f}"}, tmp_path / "absent.env")


def choices() -> list[tuple[str, list[str]]]:
    cells = [(name, re.findall(r"`([^`]+)`", cell), cell) for name, _, cell, _ in ROWS]
    return [
        (name, words) for name, words, cell in cells if len(words) > 1 and ", ".join(f"`{w}`" for w in words) == cell
    ]


@pytest.mark.parametrize(("name", "words"), [one for one in choices() if "://" not in one[1][0]])
def test_a_choice_of_the_page_is_taken_and_nothing_beside(name: str, words: list[str], tmp_path: Path) -> None:
    for word in words:
        load_settings({name: word} | BESIDE.get(name, {}), tmp_path / "absent.env")
    with pytest.raises(SettingsError, match=name):
        load_settings({name: "neither"}, tmp_path / "absent.env")


def test_every_number_and_choice_of_the_code_is_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bounded: set[str] = set()
    for kind in ("integer", "number", "choice", "boolean"):
        reads = getattr(Reader, kind)

        def noted(reader: Any, name: str, *more: Any, reads: Any = reads, **named: Any) -> Any:
            bounded.add(name)
            return reads(reader, name, *more, **named)

        monkeypatch.setattr(Reader, kind, noted)
    load_settings({}, tmp_path / "absent.env")
    assert bounded == {name for name, *_ in bounds()} | {name for name, words in choices() if "://" not in words[0]}


@pytest.mark.parametrize(("name", "least"), re.findall(r"`([A-Z_]+)` \|.*?; (\d+) or more with a real account", PAGE))
def test_a_real_account_is_not_asked_more_often(name: str, least: str, tmp_path: Path) -> None:
    load_settings({**ON_THE_EXCHANGE, name: least}, tmp_path / "absent.env")
    with pytest.raises(SettingsError, match=name):
        load_settings({**ON_THE_EXCHANGE, name: str(int(least) - 1)}, tmp_path / "absent.env")


@pytest.mark.parametrize(("name", "least"), re.findall(r"`([A-Z_]+)` \|[^|]+\| (\d+) characters or more", PAGE))
def test_a_secret_is_as_long_as_the_page_says(name: str, least: str, tmp_path: Path) -> None:
    text = "q7!mZ0rT+x4Wc9-bLk2Vn8sYp5Hd1Gf3Je6"[: int(least)]
    load_settings({name: text}, tmp_path / "absent.env")
    with pytest.raises(SettingsError, match=name):
        load_settings({name: text[:-1]}, tmp_path / "absent.env")


def test_what_compose_reads_is_on_the_page() -> None:
    read = dict(re.findall(r"\$\{([A-Z_]+)(?::-([^}]*))?\}", text_of("docker-compose.yml")))
    told = {name: plain(default) for name, default, _ in OTHERS}
    own = set(read) - {name for name, *_ in ROWS}
    assert own == set(told) - {"COMPOSE_PROFILES"} - {name for name, *_ in of_commands()}
    assert {name: read[name] for name in own} == {name: told[name] for name in own}


def of_commands() -> list[tuple[str, str, str]]:
    return re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE.partition("## Of commands")[2], re.M)
