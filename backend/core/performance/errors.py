"""Why a figure has no value: one class per reason, `code` is the reason the API shows."""

from __future__ import annotations

from datetime import datetime

from backend.core.errors import DomainError


class UndefinedFigureError(DomainError):
    """Base of every "not defined" of the calculations; `at` is the instant it rests on, where there is one."""

    code = "undefined_figure"

    def __init__(self, message: str, at: datetime | None = None) -> None:
        super().__init__(message)
        self.at = at


class NoHistoryError(UndefinedFigureError):
    """There is no valuation at all."""

    code = "no_history"


class UnorderedHistoryError(UndefinedFigureError):
    """Valuations must come in strictly rising time order."""

    code = "unordered_history"


class NegativeValueError(UndefinedFigureError):
    """The portfolio was worth less than nothing at `at`."""

    code = "negative_value"


class NegativeBaseError(UndefinedFigureError):
    """More left at `at` than the portfolio was worth."""

    code = "negative_base"


class FlowWithoutValuationError(UndefinedFigureError):
    """A flow at `at` has no valuation of the same instant: exact linking is impossible."""

    code = "flow_without_valuation"


class NonPositiveAverageCapitalError(UndefinedFigureError):
    """Modified Dietz would divide by zero or by a negative capital."""

    code = "non_positive_average_capital"


class FlowOutsidePeriodError(UndefinedFigureError):
    """A flow at `at` lies before the start or after the end of the interval."""

    code = "flow_outside_period"


class NeedsBothSignsError(UndefinedFigureError):
    """A money-weighted return needs at least one payment in and one payment out."""

    code = "needs_both_signs"


class NoSolutionError(UndefinedFigureError):
    """No rate between -100 % and 100,000,000 % a year brings the payments to zero."""

    code = "no_solution"


class PeriodTooShortError(UndefinedFigureError):
    """Less than a day between the first payment and the last."""

    code = "period_too_short"


class InvalidWeightsError(UndefinedFigureError):
    """Weights or prices of a benchmark that cannot be bought: zero, negative, or missing."""

    code = "invalid_weights"
