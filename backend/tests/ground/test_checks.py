"""The runner of checks: it runs all of them, fails when one fails, and says what it left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts import checks
from scripts.checks import Step


def python_step(name: str, code: str) -> Step:
    return Step(name, (sys.executable, "-c", code))


def test_a_failing_step_does_not_keep_the_others_from_running(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [python_step("one", "raise SystemExit(1)"), python_step("two", "pass")]
    assert checks.run_all(steps) == ["one"]
    assert "--- two: ok" in capsys.readouterr().out


def test_steps_side_by_side_all_run_and_those_that_failed_are_named(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    steps = [python_step(name, code) for name, code in {"one": "", "two": "exit('why')", "three": "exit(3)"}.items()]
    assert checks.run_together(steps) == ["two", "three"]
    said = capfdbinary.readouterr().out
    assert said.count(b"--- ") == 3
    assert b"FAILED" in said.partition(b"--- two: ")[2].splitlines()[0]
    assert said.partition(b"--- two: ")[2].splitlines()[1] == b"why"


def test_a_failing_step_shows_what_it_printed(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert not checks.run_step(python_step("one", "print('the reason'); raise SystemExit(1)"))
    assert b"the reason" in capfdbinary.readouterr().out


def test_a_program_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    assert not checks.run_step(Step("one", (str(tmp_path / "absent"),)))


def test_a_failed_step_gives_exit_code_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checks, "lint_steps", lambda: [python_step("one", "raise SystemExit(1)")])
    assert checks.main(["lint"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: one"


def test_without_a_browser_the_run_says_which_tests_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "find_chromium", lambda: None)
    monkeypatch.setattr(checks, "install_chromium", lambda: None)
    monkeypatch.setattr(checks, "why_no_server", lambda: "initdb is not installed")
    monkeypatch.setattr(checks, "why_no_redis", lambda: "no redis-server is here")
    monkeypatch.setattr("scripts.images.missing", lambda: "buildah not installed")
    monkeypatch.setattr(checks, "run_all", lambda steps: [])
    monkeypatch.setattr(checks, "run_together", lambda steps: [])
    assert checks.main(["test"]) == 0
    said = capsys.readouterr().out
    assert "Left out: the browser tests (Playwright)." in said
    assert "Left out: the tests on PostgreSQL: initdb is not installed." in said
    assert "Left out: the tests on Redis: no redis-server is here." in said
    assert "Left out: building and starting the images: buildah not installed." in said


def test_the_browser_tests_are_left_out_only_without_a_browser() -> None:
    assert "Playwright" not in [step.name for step in checks.test_steps(None, False, False)]
    assert "Playwright" in [step.name for step in checks.test_steps("/usr/bin/chromium", False, False)]


def test_what_is_run_on_postgresql_is_left_out_only_without_a_server() -> None:
    assert "pytest on PostgreSQL" not in [step.name for step in checks.test_steps(None, False, False)]
    assert "pytest on PostgreSQL" in [step.name for step in checks.test_steps(None, True, False)]


def test_images_are_built_where_they_can_be() -> None:
    assert "images" not in [step.name for step in checks.test_steps(None, False, False)]
    assert "images" in [step.name for step in checks.test_steps(None, False, True)]


def test_wrong_use_gives_exit_code_2() -> None:
    assert checks.main(["everything"]) == 2
