"""Files of the user's: how they are read, what a commit would write, and what was written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Answer, Instant, Money, PageQuery, Quantity, Query
from backend.core.import_book import MOST_LINES

MAX_BYTES = 16 * 1024 * 1024
LineState = Literal["new", "known", "error", "ignored"]
ColumnIndex = Annotated[int | None, Field(ge=0, le=9999)]
REASONS = (
    "Why a line is refused: date_missing, date_unreadable, date_order_needed, time_zone_needed, time_skipped, too_old, "
    "before_history, future, amount_missing, number_unreadable, decimal_mark_needed, number_too_long, zero, "
    "other_currency, asset_missing, asset_unreadable, units_differ, type_unknown, sign_against_type, note_too_long, "
    "quote_not_closed, quote_misplaced, cell_too_long; of a statement also operation_unknown, status_unknown, "
    "form_unknown, counterpart_missing, legs_ambiguous, pair_unreadable, cells_missing, direction_needed. Why it is "
    "ignored: own_move, moves_nothing, not_completed"
)


class ImportColumns(BaseModel):
    """Which column holds what, counted from 0. A date and an amount (or a quantity of an asset) are needed."""

    model_config = ConfigDict(extra="forbid")

    date: ColumnIndex = None
    time: ColumnIndex = None
    type: ColumnIndex = Field(default=None, description="Deposit or withdrawal; without it the sign tells")
    amount: ColumnIndex = Field(default=None, description="In the reporting currency")
    asset: ColumnIndex = None
    quantity: ColumnIndex = Field(default=None, description="Of the asset, valued at the price of its minute")
    note: ColumnIndex = None


class ImportAnswers(BaseModel):
    """How to read a file. What is left out is found out from the file, or asked where it can mean two things."""

    model_config = ConfigDict(extra="forbid")

    delimiter: Literal[",", ";", "\t", "|"] | None = None
    header: bool | None = Field(default=None, description="Whether the first line names the columns")
    columns: ImportColumns | None = None
    decimal_mark: Literal[".", ","] | None = None
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    time_zone: str | None = Field(
        default=None, max_length=64, description="IANA name, UTC or an offset", examples=["Europe/Paris", "+02:00"]
    )
    direction: Literal["deposit", "withdrawal"] | None = Field(
        default=None, description="Which of the two a statement lists, where neither its heading nor its name tells"
    )


class ImportIn(BaseModel):
    """A file, decoded to text, or as it is; a zip may hold several exports of the exchange."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=255, examples=["deposits.csv"])
    content: str = Field(default="", max_length=MAX_BYTES, description=f"CSV, at most {MOST_LINES:,} lines")
    content_base64: str = Field(
        default="",
        max_length=MAX_BYTES,
        pattern=r"^[A-Za-z0-9+/]*={0,2}$",
        description="A CSV or a zip of several, base64; instead of `content`",
    )
    account: int | None = Field(default=None, ge=1, le=2**31 - 1)
    answers: ImportAnswers = ImportAnswers()


class ImportAnswersIn(BaseModel):
    """All answers; those given before are replaced."""

    model_config = ConfigDict(extra="forbid")

    answers: ImportAnswers


class ImportsQuery(PageQuery):
    """Newest first."""


class ImportLinesQuery(Query):
    """Lines of a draft in the order of the file."""

    state: LineState | None = None
    limit: int = Field(default=50, ge=1, le=1000)
    cursor: str | None = Field(default=None, max_length=64, pattern=r"^[0-9]{1,15}-[0-9]{1,18}$")


class CommitQuery(Query):
    """What the user was shown."""

    expected: int | None = Field(default=None, ge=0, le=MOST_LINES, description="New lines in the preview; 409 if not")


class ImportOut(BaseModel):
    """A file and what was done with it. Counts of lines are null before it is written."""

    id: int
    account_id: int
    account_name: str
    kind: Literal["cash_flows", "statement", "values"] = Field(
        description="statement: exports of the exchange, for the ledger; values: snapshots of another program"
    )
    name: str
    state: Literal["preview", "committed", "undone"]
    created_at: Instant
    committed_at: Instant | None
    undone_at: Instant | None
    written: int | None
    known: int | None
    refused: int | None
    ignored: int | None = Field(description="Lines of a statement that move nothing")
    removed: int = Field(description="Cash flows, or lines of a statement, that the undo took back")
    kept: int = Field(description="Cash flows that the undo left, since their figures were changed by hand")
    first_at: Instant | None = Field(description="The earliest cash flow written")
    last_at: Instant | None


class ImportColumnOut(BaseModel):
    """A column of the file, its heading (empty without one) and its first values."""

    index: int
    name: str
    samples: list[str]


class ImportOptionOut(BaseModel):
    """An answer, and what the example means with it."""

    value: str
    reading: str


class ImportQuestionOut(BaseModel):
    """What the file does not tell; open while `answer` is null. Without options: any column or any zone."""

    field: Literal["columns", "decimal_mark", "date_order", "time_zone", "direction"]
    answer: str | None
    example: str | None
    options: list[ImportOptionOut]


class ImportMoveOut(BaseModel):
    """What a line of a statement changes of one asset; negative = out."""

    asset: str
    quantity: Quantity


class ImportLineOut(BaseModel):
    """A line of the file as read: what a commit would do with it."""

    position: int = Field(description="Numbers the lines of all files of the import")
    file: str = Field(description="The file it stands in; empty where there is only one")
    n: int = Field(description="Line of the file, from 1")
    state: LineState = Field(description="known: the account has as many equal cash flows already")
    reason: str | None = Field(description=REASONS)
    detail: str = Field(description="The text that is to blame")
    timestamp: Instant | None
    type: Literal["DEPOSIT", "WITHDRAW"] | None
    amount_usd: Money | None = Field(description="Negative = out; null where it follows from a price")
    asset: str | None
    quantity: Quantity | None
    description: str
    event: str | None = Field(description="Of a statement: the kind of event of the ledger that the line tells of")
    moves: list[ImportMoveOut] = Field(description="Of a statement: what it changes; empty of cash flows")


class ImportCountsOut(BaseModel):
    """Lines by state."""

    new: int
    known: int
    error: int
    ignored: int


class RefusedLineOut(BaseModel):
    """A line that was not recorded, as it stood in its file."""

    position: int
    file: str = Field(description="The file it stands in; empty where there is only one")
    n: int = Field(description="Line of the file, from 1")
    reason: str = Field(description=REASONS)
    detail: str = Field(description="The text that is to blame")
    text: str


class RefusedOut(BaseModel):
    """What a written import refused."""

    lines: list[RefusedLineOut] = Field(description="The first 1,000")
    not_understood: int = Field(description="Lines of a statement of which it is not known what they moved")
    dismissed: bool = Field(description="The user has seen to them")


class ImportPreviewOut(Answer):
    """What a commit would write. Of a finished import no lines but those that were refused are left."""

    import_id: int
    item: ImportOut
    columns: list[ImportColumnOut]
    answers: ImportAnswers = Field(description="As in use: given, or found out from the file")
    questions: list[ImportQuestionOut]
    complete: bool = Field(description="Every question is answered")
    counts: ImportCountsOut
    lines: list[ImportLineOut]
    refused: RefusedOut | None = Field(description="Null before the commit, and where nothing was refused")
    next_cursor: str | None


class ImportLinesOut(Answer):
    """A page of the lines of a draft."""

    items: list[ImportLineOut]
    next_cursor: str | None


class ImportsOut(Answer):
    """A page of imports, newest first."""

    items: list[ImportOut]
    next_cursor: str | None


class ImportChangedOut(Answer):
    """An import as it stands, and whether its effect on the returns is being computed."""

    item: ImportOut
    recomputing: bool
