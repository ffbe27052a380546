"""Any CSV as cash flows: each line judged by what the account has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.core.flows import CSV
from backend.core.imports.judged import Judged, JudgedLine
from backend.core.imports.matching import known_lines
from backend.core.model.holdings import CashFlow

if TYPE_CHECKING:
    from backend.core.flow_rules import FlowLimits
    from backend.core.imports.answers import Answers, Question
    from backend.core.imports.cash_flow_file import CashFlowFile, FlowLine
    from backend.core.imports.table import Column
    from backend.core.model.imports import FileImport
    from backend.core.ports import UnitOfWork


class FlowReading:
    """The lines of a file of cash flows."""

    def __init__(self, read: CashFlowFile, lines: Sequence[FlowLine]) -> None:
        self.columns: Sequence[Column] = read.columns
        self.answers: Answers = read.answers
        self.questions: Sequence[Question] = read.questions
        self._lines = lines

    def judged(self, unit: UnitOfWork, file: FileImport, limits: FlowLimits) -> Judged:
        known = known_lines(self._lines, unit.cash_flows.all(file.account_id))
        judged = [_judge(line, known, limits) for line in self._lines]
        new = [line for one, line in zip(judged, self._lines, strict=True) if one.state == "new"]
        return Judged(judged, flows=[_flow(file, line) for line in new])


def _judge(line: FlowLine, known: set[int], limits: FlowLimits) -> JudgedLine:
    if line.fault is not None or line.when is None:
        return JudgedLine(line, "error", line.fault, line.n)
    if line.n in known:
        return JudgedLine(line, "known", None, line.n)
    refusal = limits.refusal(line.when.at_ms)
    if refusal is not None:
        return JudgedLine(line, "error", refusal.code, line.n)
    return JudgedLine(line, "new", None, line.n)


def _flow(file: FileImport, line: FlowLine) -> CashFlow:
    if line.when is None:
        raise ValueError("a line without an instant is no flow")
    return CashFlow(
        id=None,
        account_id=file.account_id,
        at_ms=line.when.at_ms,
        amount=line.amount,
        asset=line.asset,
        quantity=line.quantity,
        price=None,
        description=line.note,
        source=CSV,
        external_id=f"{file.id}:{line.n}",
        status="pending",
        import_id=file.id,
    )
