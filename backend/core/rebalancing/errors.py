"""Why a plan cannot be made; `code` is the reason the API shows."""

from __future__ import annotations

from typing import Final

from backend.core.errors import DomainError


class PlanError(DomainError):
    """Base of everything that stops a plan."""

    code = "plan-impossible"


class UnpricedAssetError(PlanError):
    """An asset of the plan has no positive price."""

    code = "unpriced-asset"


class EmptyPortfolioError(PlanError):
    """There is nothing to take weights of."""

    code = "empty-portfolio"


class CapTooLowError(PlanError):
    """So many assets under so low a cap cannot add up to the whole."""

    code = "cap-too-low"


class WithdrawalTooLargeError(PlanError):
    """More is to be taken out than the positions are worth."""

    code = "withdrawal-too-large"


class CashTooShortError(PlanError):
    """Less of the base asset is free than shall be put in."""

    code = "cash-too-short"


class NoTargetsError(PlanError):
    """No target weights were ever set."""

    code = "no-targets"


class BaseAssetError(PlanError):
    """What is to be traded against has no market that this account may use."""

    code = "base-asset-not-traded"


class AccountWithoutKeyError(PlanError):
    """The account lives from statements: nothing can be traded on it."""

    code = "account-without-key"


class RanksUnavailableError(PlanError):
    """The source of ranks gave no usable answer."""

    code = "ranks-unavailable"


class RankKeyRefusedError(RanksUnavailableError):
    """The source of ranks refused the user's key: asking again does not help."""


# What a plan is refused with when it is asked for.
WHY_NO_PLAN: Final = (
    PlanError,
    UnpricedAssetError,
    EmptyPortfolioError,
    NoTargetsError,
    BaseAssetError,
    AccountWithoutKeyError,
)
