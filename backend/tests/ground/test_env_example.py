"""`.env.example` and the settings are the same list, and copying the example changes nothing."""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values

from backend.config import SETTINGS_HELP, load_settings

EXAMPLE = Path(__file__).resolve().parents[3] / ".env.example"


def test_the_example_names_exactly_the_settings() -> None:
    assert set(dotenv_values(EXAMPLE)) == set(SETTINGS_HELP)


def test_a_copied_example_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(env={}, env_file=EXAMPLE) == load_settings(env={}, env_file=tmp_path / "absent")


def test_every_setting_of_the_example_is_explained_on_the_line_before() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [line for before, line in zip(["", *lines], lines, strict=False) if "=" in line[:25] and before[:1] != "#"]
    assert bare == []
