"""Lines of a file that were not recorded, kept with its import: what they tell of may be missing in the ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from backend.core.imports.statements.entries import UNKNOWN_FORM, StatementLine

if TYPE_CHECKING:
    from backend.core.imports.judged import JudgedLine

MOST_KEPT: Final = 1_000
LONGEST_TEXT: Final = 500
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line, `n` of its `file` (empty where there is only one), why it was refused, and its text as it stood there."""

    position: int
    file: str
    n: int
    reason: str
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """The first refused lines of an import, of how many nobody knows what they moved; `dismissed` by the user."""

    lines: Sequence[RefusedLine]
    not_understood: int
    dismissed: bool = False

    def encode(self) -> str:
        """As JSON text."""
        rows = [astuple(line) for line in self.lines]
        return json.dumps({"lines": rows, "not_understood": self.not_understood, "dismissed": self.dismissed})

    @classmethod
    def decode(cls, text: str) -> Self:
        """What `encode` wrote."""
        stored: dict[str, Any] = json.loads(text)
        rows = [RefusedLine(*row) for row in stored["lines"]]
        return cls(rows, stored["not_understood"], stored["dismissed"])


def refusals(judged: Iterable[JudgedLine], texts: Mapping[str, str]) -> Refusals | None:
    """What was refused; None where nothing was.

    Args:
        texts: the files by name, as the lines name them.
    """
    refused = [one for one in judged if one.state == "error"]
    if not refused:
        return None
    kept = refused[:MOST_KEPT]
    split = {name: _LINE_END.split(texts[name]) for name in {one.file for one in kept} & texts.keys()}
    found = []
    for one in kept:
        lines = split.get(one.file, [])
        text = lines[one.line.n - 1] if one.line.n <= len(lines) else ""
        found.append(
            RefusedLine(one.position, one.file, one.line.n, one.reason or "", one.line.detail, text[:LONGEST_TEXT])
        )
    # A file that is no export tells of nothing; whatever line of an export was refused may have moved something.
    unclear = sum(isinstance(one.line, StatementLine) and one.reason != UNKNOWN_FORM for one in refused)
    return Refusals(found, unclear)
