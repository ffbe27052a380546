"""`python -m backend import`: files into the ledger, with the number and the reason of every line that is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from backend.core.errors import DomainError
from backend.core.imports.answers import Answers
from backend.core.imports.archive import texts
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.model.accounts import tidy_name

if TYPE_CHECKING:
    from backend.core.import_book import ImportBook
    from backend.core.import_views import ImportPreview
    from backend.core.imports.judged import JudgedLine
    from backend.core.imports.statements.reading import NamedText

MOST_NAMED: Final = 200
# Exit codes: lines were left out, or a question is open; nothing can be done with what was given.
DIFFERENCES: Final = 1
WRONG_USE: Final = 2
# What a user can say here of what a file leaves open.
_SAY: Final = {"time_zone": "say --timezone", "direction": "name the file deposit or withdraw"}


def run(book: ImportBook, paths: Sequence[Path], account: str | None, zone: str | None, dry_run: bool) -> bool:
    """Import files; returns whether every line was taken.

    Exports of the exchange are one import, since they overlap; any other file is one of its own.

    Raises:
        DomainError: a file or an answer cannot be used, or there is no such account.
        OSError: a file cannot be read.
    """
    answers = Answers(time_zone=zone)
    account_id = None if account is None else book.account_named(account)
    statements: list[NamedText] = []
    others: list[NamedText] = []
    for path in paths:
        for file in texts(path.name, path.read_bytes()):
            read = StatementFile.recognised(file.name, file.text, answers)
            # One that leaves something open must not hold up the others.
            ready = read is not None and all(question.answer is not None for question in read.questions)
            (statements if ready else others).append(file)
    groups = [*([statements] if statements else []), *([file] for file in others)]
    clean = True
    for group in groups:
        name = group[0].name if len(group) == 1 else f"{len(group)} exports"
        if dry_run:
            clean &= _report(book.look(name, group, account_id, answers))
            continue
        preview = book.open(name, group, account_id, answers)
        clean &= _report(preview)
        if preview.complete:
            book.commit(preview.view.file.id, None)
    return clean


def _report(preview: ImportPreview) -> bool:
    """Say what became of the lines; returns whether all were taken."""
    for question in preview.questions:
        if question.answer is None:
            advice = _SAY.get(question.about, "import it on the page Cash flows, which asks")
            example = "" if question.example is None else f" of {question.example}"
            click.echo(f"{preview.view.file.name}: open is the {question.about}{example}: {advice}")
    by_file: dict[str, list[JudgedLine]] = {}
    for one in preview.lines:
        by_file.setdefault(one.file or preview.view.file.name, []).append(one)
    for name, lines in by_file.items():
        counts = Counter(one.state for one in lines)
        click.echo(
            f"{name}: {counts['new']} new, {counts['known']} already there, {counts['ignored']} that move nothing, "
            f"{counts['error']} refused"
        )
        refused = [one for one in lines if one.state == "error"]
        for one in refused[:MOST_NAMED]:
            detail = f": {one.line.detail}" if one.line.detail else ""
            click.echo(f"  line {one.line.n}: {one.reason}{detail}")
        if len(refused) > MOST_NAMED:
            click.echo(f"  and {len(refused) - MOST_NAMED} more")
    return preview.complete and not preview.counts["error"]


def import_command(book: Callable[[], ImportBook], new_account: Callable[[str], object]) -> click.Command:
    """The command; `book` opens the database when it is run, `new_account` makes one without a key by its name."""

    @click.command("import")
    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--account", help="The account that the files are of, where there are several.")
    @click.option("--new-account", "made", help="Make this account first: one without a key, which lives from files.")
    @click.option("--timezone", "zone", help="Where the clock of the files hangs, where they do not say: +02:00.")
    @click.option("--dry-run", is_flag=True, help="Only say what would be written.")
    def command(
        files: tuple[Path, ...], account: str | None, made: str | None, zone: str | None, dry_run: bool
    ) -> None:
        """Import exports of Binance, zipped or not, or files of cash flows.

        Exits with 0 where every line was taken, 1 where some were left out, 2 where the files or options are no good.
        """
        if made is not None and (account is not None or dry_run):
            raise click.UsageError("--new-account goes with neither --account nor --dry-run")
        try:
            opened = book()
            if made is not None:
                new_account(made)
                account = tidy_name(made)
            clean = run(opened, files, account, zone, dry_run)
        except (DomainError, OSError) as error:
            click.echo(f"Error: {error}", err=True)
            raise SystemExit(WRONG_USE) from error
        raise SystemExit(0 if clean else DIFFERENCES)

    return command
