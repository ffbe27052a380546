"""Why a plan cannot be made; `code` is the reason the API shows."""

from __future__ import annotations

from backend.core.errors import DomainError


class PlanError(DomainError):
    """Base of everything that stops a plan."""

    code = "plan_impossible"


class UnpricedAssetError(PlanError):
    """An asset of the plan has no positive price."""

    code = "unpriced_asset"


class EmptyPortfolioError(PlanError):
    """There is nothing to take weights of."""

    code = "empty_portfolio"


class CapTooLowError(PlanError):
    """So many assets under so low a cap cannot add up to the whole."""

    code = "cap_too_low"


class WithdrawalTooLargeError(PlanError):
    """More is to be taken out than the positions are worth."""

    code = "withdrawal_too_large"
