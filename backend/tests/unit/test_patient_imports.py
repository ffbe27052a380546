"""Imports that stand aside hold up nobody else who imports, and leave modules as they would be."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from backend.patient_imports import before_each_import

NAMES = ("patient_one", "patient_two", "patient_other")


@pytest.fixture(autouse=True)
def _modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "patient_one.py").write_text("import patient_two\nVALUE = patient_two.VALUE + 1\n", encoding="utf-8")
    (tmp_path / "patient_two.py").write_text("VALUE = 1\n", encoding="utf-8")
    (tmp_path / "patient_other.py").write_text("VALUE = 5\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


def test_another_thread_imports_what_it_needs_while_this_one_stands_aside() -> None:
    values: list[int] = []
    others: list[threading.Thread] = []

    def stand_aside() -> None:
        if not others:
            other = threading.Thread(
                target=lambda: values.append(importlib.import_module("patient_other").VALUE), daemon=True
            )
            others.append(other)
            other.start()
            other.join(10)
            values.append(0)

    with before_each_import(stand_aside):
        importlib.import_module("patient_one")
    assert values == [5, 0]


def test_each_module_waits_and_is_what_it_would_be(tmp_path: Path) -> None:
    asked: list[set[str]] = []
    with before_each_import(lambda: asked.append(set(NAMES) & set(sys.modules))):
        one = importlib.import_module("patient_one")
    # Of each only the name is there when it is asked for.
    assert asked == [{"patient_one"}, {"patient_one", "patient_two"}]
    assert (one.VALUE, one.__file__) == (2, str(tmp_path / "patient_one.py"))
    assert isinstance(one.__loader__, SourceFileLoader)
    before = len(asked)
    importlib.import_module("patient_other")
    assert len(asked) == before


def test_what_is_raised_ends_the_import_and_leaves_nothing_half_done() -> None:
    def stop() -> None:
        if "patient_two" in sys.modules:
            raise InterruptedError

    with pytest.raises(InterruptedError), before_each_import(stop):
        importlib.import_module("patient_one")
    assert not set(NAMES) & set(sys.modules)
    assert importlib.import_module("patient_one").VALUE == 2
