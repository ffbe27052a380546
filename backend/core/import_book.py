"""Files of the user's: preview, commit, undo. Nothing is written before the commit.

An export of the exchange becomes events of the ledger, `snapshots.json` values of the past; any other CSV, and
`cashflows.json`, becomes cash flows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import BadInputError, DomainError, NotFoundError
from backend.core.flow_book import read_cursor
from backend.core.flow_rules import flow_limits, one_account
from backend.core.import_coverage import file_key, note_covered
from backend.core.import_views import ImportPreview, ImportView
from backend.core.imports.answers import Answers
from backend.core.imports.cash_flow_file import CashFlowFile
from backend.core.imports.flow_reading import FlowReading
from backend.core.imports.instants import zone_named
from backend.core.imports.json_file import as_table, looks_like_json
from backend.core.imports.refused import Refusals, refusals
from backend.core.imports.statements.reading import NamedText, StatementReading
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.imports.value_reading import ValueReading
from backend.core.model.imports import STATEMENT, VALUES, FileImport, ImportOutcome
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts

if TYPE_CHECKING:
    from backend.core.imports.judged import FileReading, Judged
    from backend.core.model.holdings import LedgerEvent
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis

FLOWS: Final = "cash_flows"
MOST_LINES: Final = 200_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a draft keeps of a file."""

    account_id: int
    kind: str
    name: str
    files: Sequence[NamedText]

    def content(self) -> str:
        if self.kind != STATEMENT:
            return self.files[0].text
        return json.dumps([[file.name, file.text] for file in self.files])


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that can be read."""

    kept: _Kept
    read: FileReading


class ImportBook:
    """Imports of one environment. `now_ms` is this machine's clock, for accounts that were never read."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, settings: ViewSettings, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings
        self._now_ms = now_ms

    def open(self, name: str, files: Sequence[NamedText], account_id: int | None, answers: Answers) -> ImportPreview:
        """Keep a file, or the files of a zip, as a draft and read it.

        Raises:
            BadInputError: it is empty, no text, too long, or an answer cannot be.
            NotFoundError: no such account, or none at all yet.
        """
        opened = self._opened(name, files, account_id, answers)
        preview, kept = self._looked_at(opened), opened.kept
        del opened  # its events are as large as all the rest, and now the file is copied
        with self._store.write() as unit:
            unit.imports.forget_drafts()
            import_id = unit.imports.add_draft(kept.account_id, kept.kind, kept.name, kept.content(), _written(answers))
            unit.events.emit("import", kept.account_id, {"import": import_id})
            return replace(preview, view=self._view(unit, import_id))

    def look(self, name: str, files: Sequence[NamedText], account_id: int | None, answers: Answers) -> ImportPreview:
        """Like `open`, and nothing is kept.

        Raises:
            BadInputError, NotFoundError
        """
        return self._looked_at(self._opened(name, files, account_id, answers))

    def account_named(self, name: str) -> int:
        """The account of a name.

        Raises:
            NotFoundError: there is none of that name.
            BadInputError: there are several.
        """
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, None)
        found = [account.id for account in accounts if account.name == name]
        if not found:
            known = ", ".join(account.name for account in accounts) or "none yet"
            raise NotFoundError(f"There is no account {name}: there are {known}")
        if len(found) > 1:
            words = "change the name of one on the page Settings"
            raise BadInputError(f"There are {len(found)} accounts called {name}: {words}", "account")
        return found[0]

    def answer(self, import_id: int, answers: Answers) -> ImportPreview:
        """Read a draft with other answers.

        Raises:
            NotFoundError, BadInputError
            DomainError: it is finished.
        """
        file, files, _ = self._draft(import_id)
        read = self._read(file.kind, files, answers)
        with self._store.write() as unit:
            unit.imports.change_answers(import_id, _written(answers))
            unit.events.emit("import", self._find(unit, import_id).account_id, {"import": import_id})
            return self._preview(unit, self._view(unit, import_id), read)

    def preview(self, import_id: int) -> ImportPreview:
        """A draft as it would be written now; of a finished import the lines that were refused.

        Raises:
            NotFoundError: there is no such import.
        """
        with self._store.read() as unit:
            view, refused = self._view(unit, import_id), unit.imports.refused(import_id)
        if view.file.state != "preview":
            kept = None if refused is None else Refusals.decode(refused)
            return ImportPreview(view, (), Answers(), (), (), kept)
        file, files, answers = self._draft(import_id)
        read = self._read(file.kind, files, answers)
        with self._store.read() as unit:
            return self._preview(unit, self._view(unit, import_id), read)

    def commit(self, import_id: int, expected: int | None) -> ImportView:
        """Write the new lines of a draft; of one that is written already nothing more.

        Args:
            expected: how many lines the user was shown as new; None not to check.

        Raises:
            NotFoundError: there is no such import.
            DomainError: a question is open, it was undone, or the account has changed since the preview.
        """
        with self._store.read() as unit:
            if self._find(unit, import_id).state == "committed":
                return self._view(unit, import_id)
        draft, files, answers = self._draft(import_id)
        read = self._read(draft.kind, files, answers)
        open_ones = ", ".join(question.about for question in read.questions if question.answer is None)
        if open_ones:
            raise DomainError(f"Say first how to read the file: {open_ones}")
        with self._store.write() as unit:
            file = self._find(unit, import_id)
            if file.state == "committed":
                return self._view(unit, import_id)
            judged = self._judged(unit, file, read)
            counts = Counter(one.state for one in judged.lines)
            if expected is not None and counts["new"] != expected:
                raise DomainError(
                    f"The account has changed: {counts['new']} lines are new now. Look at the preview again"
                )
            events = judged.events()
            refused = refusals(judged.lines, _texts(files))
            instants = [
                *(flow.at_ms for flow in judged.flows),
                *(event.at_ms for event in events),
                *(one.at_ms for one in judged.values),
            ]
            unit.imports.finish(
                import_id,
                ImportOutcome(
                    written=counts["new"],
                    known=counts["known"],
                    refused=counts["error"],
                    first_ms=min(instants, default=None),
                    last_ms=max(instants, default=None),
                    ignored=counts["ignored"],
                ),
                None if refused is None else refused.encode(),
            )
            unit.imported_values.add(judged.values)
            from_ms = self._write(unit, file, judged, events)
            note_covered(unit, file.account_id, import_id, judged.covered)
            told = {name: counts[name] for name in ("new", "known", "ignored", "error")}
            _record(unit, "import.commit", file, {"kind": file.kind, "lines": told})
            self._announce(unit, file, from_ms)
            return self._view(unit, import_id, from_ms)

    def dismiss(self, import_id: int) -> ImportView:
        """Note that the user has seen to the refused lines of an import: no figure is doubtful for them any more.

        Raises:
            NotFoundError: there is no such import.
            DomainError: it refused none, or is not written.
        """
        with self._store.write() as unit:
            file = self._find(unit, import_id)
            refused = unit.imports.refused(import_id)
            if refused is None:
                raise DomainError("This import has no refused lines to dismiss")
            unit.imports.keep_refused(import_id, replace(Refusals.decode(refused), dismissed=True).encode())
            _record(unit, "import.dismiss", file, {})
            unit.events.emit("import", file.account_id, {"import": import_id})
            return self._view(unit, import_id)

    def undo(self, import_id: int) -> ImportView:
        """Take back what an import wrote. Rows whose figures were changed by hand since are the user's and stay, and so
        does what another file has told again.

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
            if file.kind == STATEMENT:
                first, left = unit.ledger.delete_import(file.account_id, import_id)
                written = file.outcome.written if file.outcome is not None else 0
                removed, kept = max(written - sum(one.lines for one in left), 0), 0
                for one in left:
                    unit.imports.inherit(one)
                unit.wallet_moves.delete_import(file.account_id, import_id)
                unit.ledger.drop_cursors(file.account_id, file_key(import_id))
            elif file.kind == VALUES:
                removed, kept = unit.imported_values.delete_import(file.account_id, import_id), 0
                first = None
            else:
                removed, kept = unit.cash_flows.count_import(import_id)
                first = unit.cash_flows.delete_import(import_id)
            unit.imports.undo(import_id, removed, kept)
            _record(unit, "import.undo", file, {"removed": removed, "kept": kept})
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

    def _read(self, kind: str, files: Sequence[NamedText], answers: Answers) -> FileReading:
        """Outside of any transaction: a long file takes seconds."""
        if answers.time_zone is not None and zone_named(answers.time_zone) is None:
            raise BadInputError(f"There is no time zone {answers.time_zone}", "answers.time_zone")
        if sum(file.text.count("\n") + file.text.count("\r") for file in files) > 2 * MOST_LINES:
            raise BadInputError(f"The file has more than {MOST_LINES:,} lines: split it", "content")
        if kind == STATEMENT:
            statement = StatementReading(files, answers)
            _check_length(statement.line_count)
            return statement
        read = CashFlowFile(files[0].text, files[0].name, answers, self._settings.reporting_currency)
        lines = list(islice(read.lines(), MOST_LINES + 1))
        _check_length(len(lines))
        return ValueReading(read, lines) if kind == VALUES else FlowReading(read, lines)

    def _opened(self, name: str, files: Sequence[NamedText], account_id: int | None, answers: Answers) -> _Opened:
        if any("\0" in file.text for file in files):
            raise BadInputError("This is not a text file: export it as CSV", "content")
        if not any(file.text.strip("\ufeff \t\r\n") for file in files):
            raise BadInputError("The file is empty", "content")
        with self._store.read() as unit:
            account = one_account(unit, self._settings.environment, account_id)
        kind, name = STATEMENT, files[0].name if len(files) == 1 else name
        if len(files) == 1 and StatementFile.recognised(name, files[0].text, answers) is None:
            text = files[0].text
            kind = FLOWS
            if looks_like_json(name, text):
                table = as_table(text)
                kind, text = table.kind, table.text
            files = [NamedText(name, text)]
        return _Opened(_Kept(account.id, kind, name, files), self._read(kind, files, answers))

    def _looked_at(self, opened: _Opened) -> ImportPreview:
        """What a commit would write of a file that is not kept."""
        kept = opened.kept
        file = FileImport(0, kept.account_id, kept.kind, kept.name, "preview", 0, None, None, None, 0, 0)
        with self._store.read() as unit:
            return self._preview(unit, self._view_of(unit, file), opened.read)

    def _preview(self, unit: UnitOfWork, view: ImportView, read: FileReading) -> ImportPreview:
        lines = self._judged(unit, view.file, read).lines
        return ImportPreview(view, read.columns, read.answers, read.questions, lines)

    def _judged(self, unit: UnitOfWork, file: FileImport, read: FileReading) -> Judged:
        return read.judged(unit, file, flow_limits(unit, file.account_id, self._now_ms))

    def _write(self, unit: UnitOfWork, file: FileImport, judged: Judged, events: Sequence[LedgerEvent]) -> int | None:
        """Record what a commit writes; returns the earliest instant that changed."""
        if judged.flows:
            unit.cash_flows.insert_all(judged.flows)
            return min(flow.at_ms for flow in judged.flows)
        if events:
            # Profit is not split by costs that lack what was just told.
            unit.accounts.update_sync(file.account_id, positions=None)
        unit.wallet_moves.add(file.account_id, judged.moves, file.id)
        return unit.ledger.add_import(file.account_id, file.id, events, judged.repeats)

    def _find(self, unit: UnitOfWork, import_id: int) -> FileImport:
        file = unit.imports.find(import_id)
        accounts = {account.id for account in wanted_accounts(unit, self._settings.environment, None)}
        if file is None or file.account_id not in accounts:
            raise NotFoundError(f"There is no import {import_id}")
        return file

    def _draft(self, import_id: int) -> tuple[FileImport, list[NamedText], Answers]:
        with self._store.read() as unit:
            file = self._find(unit, import_id)
            draft = unit.imports.draft(import_id)
        if draft is None:
            words = "was undone: choose the file again" if file.state == "undone" else "is written already"
            raise DomainError(f"This import {words}")
        stored: dict[str, Any] = json.loads(draft[1])
        content, whole = draft[0], file.kind != STATEMENT
        files = [NamedText(file.name, content)] if whole else [NamedText(*pair) for pair in json.loads(content)]
        return file, files, Answers(**stored)

    def _view(self, unit: UnitOfWork, import_id: int, from_ms: int | None = None) -> ImportView:
        return self._view_of(unit, self._find(unit, import_id), from_ms)

    def _view_of(self, unit: UnitOfWork, file: FileImport, from_ms: int | None = None) -> ImportView:
        names = {one.id: one.name for one in wanted_accounts(unit, self._settings.environment, None)}
        basis = self._portfolio.balances_in(unit, file.account_id).basis
        return ImportView(basis, file, names[file.account_id], from_ms)

    def _announce(self, unit: UnitOfWork, file: FileImport, from_ms: int | None) -> None:
        unit.events.emit("import", file.account_id, {"import": file.id})
        if from_ms is not None:
            unit.accounts.mark_dirty(file.account_id, from_ms, flows_only=file.kind == FLOWS)
            unit.events.emit("cashflow", file.account_id)


def _record(unit: UnitOfWork, action: str, file: FileImport, details: Mapping[str, object]) -> None:
    subject = f"import {file.id}: {file.name}"
    unit.audit.record(action, account_id=file.account_id, subject=subject, details=details)


def _check_length(lines: int) -> None:
    if lines > MOST_LINES:
        raise BadInputError(f"The file has more than {MOST_LINES:,} lines: split it", "content")


def _texts(files: Sequence[NamedText]) -> dict[str, str]:
    """The files by the names that lines give them."""
    return {file.name: file.text for file in files} if len(files) > 1 else {"": files[0].text}


def _written(answers: Answers) -> str:
    return json.dumps(asdict(answers))
