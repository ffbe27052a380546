"""Docstrings name headings of docs/formulas.md: each of them must be there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[5]


def test_every_formula_a_docstring_refers_to_has_its_heading() -> None:
    text = (ROOT / "docs/formulas.md").read_text(encoding="utf-8")
    headings = {heading.lower().replace(" ", "-").replace("'", "") for heading in re.findall(r"^## (.+)$", text, re.M)}
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "backend/core").rglob("*.py")]
    named = {anchor for source in sources for anchor in re.findall(r"formulas\.md#([a-z0-9-]+)", source)}
    assert named
    assert named <= headings
