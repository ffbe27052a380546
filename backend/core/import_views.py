"""What is told of a file of the user's: where its import stands, and before the commit what it would write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.imports.answers import Answers, Question
    from backend.core.imports.judged import JudgedLine, LineState
    from backend.core.imports.refused import Refusals
    from backend.core.imports.table import Column
    from backend.core.model.imports import FileImport
    from backend.core.views import Basis


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file and where its import stands; `from_ms`: from when on returns must be computed anew (None: not at all)."""

    basis: Basis
    file: FileImport
    account_name: str
    from_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a commit would write, as far as the questions are answered; of what is written the lines it refused."""

    view: ImportView
    columns: Sequence[Column]
    answers: Answers
    questions: Sequence[Question]
    lines: Sequence[JudgedLine]
    refused: Refusals | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return all(question.answer is not None for question in self.questions)

    @property
    def counts(self) -> Counter[str]:
        """Lines by state."""
        return Counter(judged.state for judged in self.lines)

    def page(self, state: LineState | None, limit: int, after: int) -> tuple[list[JudgedLine], int | None]:
        """Lines after a position, and the position to go on after (None: that was all)."""
        wanted = (one for one in self.lines if one.position > after and (state is None or one.state == state))
        found = list(islice(wanted, limit + 1))
        return found[:limit], found[limit - 1].position if len(found) > limit else None
