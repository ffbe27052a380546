"""`snapshots.json` of older programs: each line judged by what the account has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.flow_rules import FlowLimits
from backend.core.imports.judged import Judged, JudgedLine
from backend.core.model.amounts import ZERO
from backend.core.model.imported import ImportedValue

if TYPE_CHECKING:
    from backend.core.imports.answers import Answers, Question
    from backend.core.imports.cash_flow_file import CashFlowFile, FlowLine
    from backend.core.imports.table import Column
    from backend.core.model.imports import FileImport
    from backend.core.ports import UnitOfWork

NEGATIVE: Final = "value_negative"
ANOTHER_VALUE: Final = "another_value"
# The account has snapshots of its own from then on: they say more.
SEEN: Final = "seen_by_itself"


class ValueReading:
    """The lines of a file of values: a date and an amount each."""

    def __init__(self, read: CashFlowFile, lines: Sequence[FlowLine]) -> None:
        self.columns: Sequence[Column] = read.columns
        self.answers: Answers = read.answers
        self.questions: Sequence[Question] = read.questions
        self._lines = lines

    def judged(self, unit: UnitOfWork, file: FileImport, limits: FlowLimits) -> Judged:
        known = {one.at_ms: one.value for one in unit.imported_values.before(file.account_id, None)}
        judged: list[JudgedLine] = []
        new: list[ImportedValue] = []
        for line in self._lines:
            one = _judge(line, known, limits)
            judged.append(one)
            if one.state == "new" and line.when is not None and line.amount is not None:
                known[line.when.at_ms] = line.amount
                new.append(ImportedValue(file.account_id, line.when.at_ms, line.amount, file.id))
        return Judged(judged, values=new)


def _judge(line: FlowLine, known: Mapping[int, Decimal], limits: FlowLimits) -> JudgedLine:
    if line.fault is not None or line.when is None or line.amount is None:
        return JudgedLine(line, "error", line.fault, line.n)
    at_ms = line.when.at_ms
    if line.amount < ZERO:
        return JudgedLine(line, "error", NEGATIVE, line.n)
    if at_ms in known:
        same = known[at_ms] == line.amount
        return JudgedLine(line, "known" if same else "error", None if same else ANOTHER_VALUE, line.n)
    refusal = FlowLimits(None, limits.present_ms).refusal(at_ms)
    if refusal is not None:
        return JudgedLine(line, "error", refusal.code, line.n)
    if limits.first_ms is not None and at_ms >= limits.first_ms:
        return JudgedLine(line, "ignored", SEEN, line.n)
    return JudgedLine(line, "new", None, line.n)
