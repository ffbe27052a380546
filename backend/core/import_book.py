"""Files of the user's as cash flows: preview, commit, undo. Nothing is written before the commit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Final, Literal

from backend.core.errors import BadInputError, DomainError, NotFoundError
from backend.core.flow_book import read_cursor
from backend.core.flow_rules import FlowLimits, flow_limits, one_account
from backend.core.flows import CSV
from backend.core.imports.answers import Answers, Question
from backend.core.imports.cash_flow_file import CashFlowFile, FlowLine
from backend.core.imports.instants import zone_named
from backend.core.imports.matching import known_lines
from backend.core.imports.table import Column
from backend.core.model.holdings import CashFlow
from backend.core.model.imports import FileImport, ImportOutcome
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.ports import Store, UnitOfWork
from backend.core.views import Basis

KIND: Final = "cash_flows"
MOST_LINES: Final = 200_000
LineState = Literal["new", "known", "error"]


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line and what a commit would do with it; `reason` says why it cannot be recorded."""

    line: FlowLine
    state: LineState
    reason: str | None


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file and where its import stands; `from_ms`: from when on returns must be computed anew (None: not at all)."""

    basis: Basis
    file: FileImport
    account_name: str
    from_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a commit would write, as far as the questions are answered."""

    view: ImportView
    columns: Sequence[Column]
    answers: Answers
    questions: Sequence[Question]
    lines: Sequence[JudgedLine]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return all(question.answer is not None for question in self.questions)

    @property
    def counts(self) -> Counter[str]:
        """Lines by state."""
        return Counter(judged.state for judged in self.lines)

    def page(self, state: LineState | None, limit: int, after: int) -> tuple[list[JudgedLine], int | None]:
        """Lines after a line number, and the number to go on after (None: that was all)."""
        wanted = (judged for judged in self.lines if judged.line.n > after and (state is None or judged.state == state))
        found = list(islice(wanted, limit + 1))
        return found[:limit], found[limit - 1].line.n if len(found) > limit else None


class ImportBook:
    """Imports of one environment. `now_ms` is this machine's clock, for accounts that were never read."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, settings: ViewSettings, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings
        self._now_ms = now_ms

    def open(self, name: str, content: str, account_id: int | None, answers: Answers) -> ImportPreview:
        """Keep a file as a draft and read it.

        Raises:
            BadInputError: it is empty, no text, too long, or an answer cannot be.
            NotFoundError: no such account, or none at all yet.
        """
        if "\0" in content:
            raise BadInputError("This is not a text file: export it as CSV", "content")
        if not content.strip("\ufeff \t\r\n"):
            raise BadInputError("The file is empty", "content")
        with self._store.read() as unit:
            account = one_account(unit, self._settings.environment, account_id)
        lines, read = self._read(content, name, answers)
        with self._store.write() as unit:
            unit.imports.forget_drafts()
            import_id = unit.imports.add_draft(account.id, KIND, name, content, _written(answers))
            unit.events.emit("import", account.id, {"import": import_id})
            return self._preview(unit, import_id, read, lines)

    def answer(self, import_id: int, answers: Answers) -> ImportPreview:
        """Read a draft with other answers.

        Raises:
            NotFoundError, BadInputError
            DomainError: it is finished.
        """
        name, content, _ = self._draft(import_id)
        lines, read = self._read(content, name, answers)
        with self._store.write() as unit:
            unit.imports.change_answers(import_id, _written(answers))
            unit.events.emit("import", self._find(unit, import_id).account_id, {"import": import_id})
            return self._preview(unit, import_id, read, lines)

    def preview(self, import_id: int) -> ImportPreview:
        """A draft as it would be written now; of a finished import no lines.

        Raises:
            NotFoundError: there is no such import.
        """
        with self._store.read() as unit:
            view = self._view(unit, import_id)
        if view.file.state != "preview":
            return ImportPreview(view, (), Answers(), (), ())
        name, content, answers = self._draft(import_id)
        lines, read = self._read(content, name, answers)
        with self._store.read() as unit:
            return self._preview(unit, import_id, read, lines)

    def commit(self, import_id: int, expected: int | None) -> ImportView:
        """Write the new lines of a draft as cash flows; of one that is written already nothing more.

        Args:
            expected: how many lines the user was shown as new; None not to check.

        Raises:
            NotFoundError: there is no such import.
            DomainError: a question is open, it was undone, or the account has changed since the preview.
        """
        with self._store.read() as unit:
            if self._find(unit, import_id).state == "committed":
                return self._view(unit, import_id)
        name, content, answers = self._draft(import_id)
        lines, read = self._read(content, name, answers)
        if not read.complete:
            open_ones = ", ".join(question.about for question in read.questions if question.answer is None)
            raise DomainError(f"Say first how to read the file: {open_ones}")
        with self._store.write() as unit:
            file = self._find(unit, import_id)
            if file.state == "committed":
                return self._view(unit, import_id)
            judged = self._judged(unit, file.account_id, lines)
            flows = [_flow(file, one.line) for one in judged if one.state == "new"]
            if expected is not None and len(flows) != expected:
                raise DomainError(f"The account has changed: {len(flows)} lines are new now. Look at the preview again")
            counts = Counter(one.state for one in judged)
            instants = [flow.at_ms for flow in flows]
            first = min(instants, default=None)
            outcome = ImportOutcome(len(flows), counts["known"], counts["error"], first, max(instants, default=None))
            if flows:
                unit.cash_flows.insert_all(flows)
            unit.imports.finish(import_id, outcome)
            self._announce(unit, file, first)
            return self._view(unit, import_id, first)

    def undo(self, import_id: int) -> ImportView:
        """Take back what an import wrote. Rows whose figures were changed by hand since are the user's and stay.

        Raises:
            NotFoundError: there is no such import.
            DomainError: it was never written.
        """
        with self._store.write() as unit:
            file = self._find(unit, import_id)
            if file.state == "undone":
                return self._view(unit, import_id)
            if file.state == "preview":
                raise DomainError("This import was never written: there is nothing to undo")
            removed, kept = unit.cash_flows.count_import(import_id)
            first = unit.cash_flows.delete_import(import_id)
            unit.imports.undo(import_id, removed, kept)
            self._announce(unit, file, first)
            return self._view(unit, import_id, first)

    def history(
        self, limit: int, cursor: str | None, account_id: int | None
    ) -> tuple[Basis, list[ImportView], str | None]:
        """Imports, newest first, and the cursor of the next page."""
        with self._store.read() as unit:
            accounts = {one.id: one.name for one in wanted_accounts(unit, self._settings.environment, account_id)}
            basis = self._portfolio.balances_in(unit, account_id).basis
            files = unit.imports.page(list(accounts), limit + 1, None if cursor is None else read_cursor(cursor)[0])
            views = [ImportView(basis, file, accounts[file.account_id]) for file in files[:limit]]
            return basis, views, None if len(files) <= limit else f"{files[limit - 1].id}-0"

    def _read(self, content: str, name: str, answers: Answers) -> tuple[list[FlowLine], CashFlowFile]:
        """Outside of any transaction: a long file takes seconds."""
        if answers.time_zone is not None and zone_named(answers.time_zone) is None:
            raise BadInputError(f"There is no time zone {answers.time_zone}", "answers.time_zone")
        if content.count("\n") + content.count("\r") > 2 * MOST_LINES:
            raise BadInputError(f"The file has more than {MOST_LINES:,} lines: split it", "content")
        read = CashFlowFile(content, name, answers, self._settings.reporting_currency)
        lines = list(islice(read.lines(), MOST_LINES + 1))
        if len(lines) > MOST_LINES:
            raise BadInputError(f"The file has more than {MOST_LINES:,} lines: split it", "content")
        return lines, read

    def _preview(
        self, unit: UnitOfWork, import_id: int, read: CashFlowFile, lines: Sequence[FlowLine]
    ) -> ImportPreview:
        view = self._view(unit, import_id)
        judged = self._judged(unit, view.file.account_id, lines)
        return ImportPreview(view, read.columns, read.answers, read.questions, judged)

    def _judged(self, unit: UnitOfWork, account: int, lines: Sequence[FlowLine]) -> list[JudgedLine]:
        known = known_lines(lines, unit.cash_flows.all(account))
        limits = flow_limits(unit, account, self._now_ms)
        return [_judge(line, known, limits) for line in lines]

    def _find(self, unit: UnitOfWork, import_id: int) -> FileImport:
        file = unit.imports.find(import_id)
        accounts = {account.id for account in wanted_accounts(unit, self._settings.environment, None)}
        if file is None or file.account_id not in accounts:
            raise NotFoundError(f"There is no import {import_id}")
        return file

    def _draft(self, import_id: int) -> tuple[str, str, Answers]:
        with self._store.read() as unit:
            file = self._find(unit, import_id)
            draft = unit.imports.draft(import_id)
        if draft is None:
            words = "was undone: choose the file again" if file.state == "undone" else "is written already"
            raise DomainError(f"This import {words}")
        stored: dict[str, Any] = json.loads(draft[1])
        return file.name, draft[0], Answers(**stored)

    def _view(self, unit: UnitOfWork, import_id: int, from_ms: int | None = None) -> ImportView:
        file = self._find(unit, import_id)
        names = {one.id: one.name for one in wanted_accounts(unit, self._settings.environment, None)}
        basis = self._portfolio.balances_in(unit, file.account_id).basis
        return ImportView(basis, file, names[file.account_id], from_ms)

    def _announce(self, unit: UnitOfWork, file: FileImport, from_ms: int | None) -> None:
        unit.events.emit("import", file.account_id, {"import": file.id})
        if from_ms is not None:
            unit.accounts.mark_dirty(file.account_id, from_ms)
            unit.events.emit("cashflow", file.account_id)


def _judge(line: FlowLine, known: set[int], limits: FlowLimits) -> JudgedLine:
    if line.fault is not None or line.when is None:
        return JudgedLine(line, "error", line.fault)
    if line.n in known:
        return JudgedLine(line, "known", None)
    refusal = limits.refusal(line.when.at_ms)
    return JudgedLine(line, "new", None) if refusal is None else JudgedLine(line, "error", refusal.code)


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


def _written(answers: Answers) -> str:
    return json.dumps(asdict(answers))
