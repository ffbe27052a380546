"""What the explanation of a figure is made of: values, not JSON and not rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Literal

from backend.core.model.amounts import ONE, ZERO

if TYPE_CHECKING:
    from backend.core.explain.distances import Distance
    from backend.core.views import Basis, Status

Unit = Literal["percent", "money", "ratio"]
# A quotient has no last digit: so many are told, and they are all there is to multiply.
RETURN_DIGITS = 40
EXACTLY = Context(prec=120)
CUT = Decimal(1).scaleb(-RETURN_DIGITS)


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A quotient with `RETURN_DIGITS` decimals."""
    return EXACTLY.divide(part, whole).quantize(CUT, context=EXACTLY)


@dataclass(frozen=True, slots=True)
class Piece:
    """One linked sub-period: `factor` is 1 + its return. Money in the reporting currency, None where it has none.

    `flow` is the one at its end, None where it does not end at one. `kind`: link; nothing_held (no capital, factor 1);
    emptied (what stayed behind after a withdrawal of everything was its fee); gain_without_capital (a value without
    capital: factor 1); reset (of the benchmark); index (from one value of an index to another); rounding (the figure
    shown is kept as float64: what its last digit differs by); not_explained (the stored index is not what its own rows
    give: `verify` names them). `distance`: how old the prices of the value at its end were, where it ends at a flow.
    """

    start_ms: int
    end_ms: int
    start_value: Decimal | None
    end_value: Decimal | None
    factor: Decimal
    flow: Decimal | None = None
    kind: str = "link"
    status: Status = "exact"
    reason: str | None = None
    start_id: int | None = None
    end_id: int | None = None
    flow_ids: Sequence[int] = ()
    distance: Distance | None = None

    @property
    def profit(self) -> Decimal | None:
        """End less start; None where the piece has no values."""
        if self.start_value is None or self.end_value is None:
            return None
        return EXACTLY.subtract(self.end_value, self.start_value)


@dataclass(frozen=True, slots=True)
class Input:
    """One row that a figure is made of; `table` and `id` name the stored row where there is one.

    `returned` and `benchmark`: what a day brought, ratios without unit. `part`: what the row has in the figure, in its
    unit (of percent: without unit); where rows have one their sum is the figure. `ids`: all stored rows, where one line
    is of several. `weight`: of a coin, its share (sum 1). `pairs`: the way from a coin to the reporting currency that
    its price came by, `1/` where it was divided by.
    """

    kind: str
    label: str
    value: Decimal | None
    at_ms: int | None = None
    table: str | None = None
    id: int | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    factor: Decimal | None = None
    status: Status = "exact"
    reason: str | None = None
    returned: Decimal | None = None
    benchmark: Decimal | None = None
    part: Decimal | None = None
    ids: Sequence[int] = ()
    pairs: str | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DataBehind:
    """How complete the rows of a window are. `gaps`: stretches without slots, (start, end) in ms."""

    snapshots: int
    expected: int
    flows: int
    flows_valued: int
    gaps: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class WhyDiffers:
    """Return and profit of one window side by side."""

    twr: float | None
    pnl: Decimal | None
    pnl_ratio: Decimal | None
    reasons: Sequence[str]
    words: str

    @property
    def opposite_signs(self) -> bool:
        return self.twr is not None and self.pnl is not None and (self.twr > 0 > self.pnl or self.twr < 0 < self.pnl)


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure and all it is made of. `result` of a percent figure is the ratio as it is shown elsewhere."""

    unit: Unit
    result: float | Decimal | None
    status: Status
    reason: str | None
    method: str
    words: str
    formula: str
    pieces: Sequence[Piece] = ()
    inputs: Sequence[Input] = ()
    start_ms: int | None = None
    end_ms: int | None = None
    available_from: datetime | None = None
    data: DataBehind | None = None
    why: WhyDiffers | None = None
    basis: Basis | None = field(default=None)

    @property
    def product(self) -> Decimal | None:
        """The growth factor of all pieces."""
        return linked(self.pieces) if self.pieces else None

    @property
    def parts(self) -> Decimal | None:
        """The sum of what the rows have in the figure; None where they are no sum."""
        known = [one.part for one in self.inputs if one.part is not None]
        return summed(known) if known else None


def linked(pieces: Sequence[Piece]) -> Decimal:
    """The product of the factors, every digit kept that shows."""
    factor = ONE
    for piece in pieces:
        factor = EXACTLY.multiply(factor, piece.factor)
    return factor


def summed(values: Sequence[Decimal | None]) -> Decimal:
    """The exact sum of what is known."""
    result = ZERO
    for value in values:
        if value is not None:
            result = EXACTLY.add(result, value)
    return result
