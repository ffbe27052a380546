"""PortfolioManager: from what an account holds and what is wanted of it to the plan that is stored and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import BadInputError
from backend.core.model.amounts import MONEY, ZERO, plain
from backend.core.model.wallets import Wallet
from backend.core.rebalancing.conversion import ConversionWish, conversion_plan
from backend.core.rebalancing.eligibility import Position, Rules, spendable
from backend.core.rebalancing.errors import (
    BaseAssetError,
    CashTooShortError,
    NoTargetsError,
    UnpricedAssetError,
    WithdrawalTooLargeError,
)
from backend.core.rebalancing.plan_body import inputs_body, plan_body
from backend.core.rebalancing.planner import Plan, PlanInputs, make_plan
from backend.core.rebalancing.ranks import RankFilter
from backend.core.rebalancing.settings_text import settings_values
from backend.core.rebalancing.standing import positions_of
from backend.core.rebalancing.trade_terms import BNB, TradeReadings, market_of
from backend.core.rebalancing.wishes import Sizes

if TYPE_CHECKING:
    from backend.core.model.accounts import Account, SyncState
    from backend.core.model.rebalancing import Mode, RebalancingSettings
    from backend.core.model.valuation import PricedBalance, Valuation
    from backend.core.rebalancing.market import Market
    from backend.core.views import CostView

FORMAT: Final = 1
HUNDRED: Final = Decimal(100)
# Fees are planned in BNB only where more of it is free than they come to: prices move until the last order.
BNB_RESERVE: Final = Decimal("1.2")


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """All that a plan is made of. `percents`: target weights in percent; `amount`: in the reporting currency.

    `costs`: by asset. `blocked`: why the plan may not be executed, as (code, words). Instants: the exchange's clock.
    `conversion`: of one asset into another, in the place of targets.
    """

    account: Account
    reporting_currency: str
    settings: RebalancingSettings
    percents: Mapping[str, Decimal]
    mode: Mode
    amount: Decimal | None
    valuation: Valuation
    costs: Mapping[str, CostView]
    readings: TradeReadings
    priced_ms: int
    rank_filter: RankFilter = field(default_factory=RankFilter)
    blocked: Sequence[tuple[str, str]] = ()
    conversion: ConversionWish | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan before it is stored, and the symbols that it trades."""

    body: Mapping[str, Any]
    symbols: frozenset[str] = field(default_factory=frozenset)


class PortfolioManager:
    """Plans what to buy and what to sell. Nothing is sent from here."""

    def plan(self, question: PlanQuestion) -> PlanDraft:
        """The same question gives the same draft.

        Raises:
            BadInputError: an amount or a target that cannot be; says what to change.
            PlanError: there is nothing to plan; the code says why.
        """
        positions = positions_of(question.valuation.lines)
        if question.conversion is None:
            _refuse_amount(question)
            _refuse_targets(question)
        inputs, plan = self._with_bnb(question, positions)
        body = {
            "format": FORMAT,
            "account": {"id": question.account.id, "name": question.account.name},
            "environment": question.account.environment,
            "reporting_currency": question.reporting_currency,
            "as_of_ms": question.valuation.at_ms,
            "priced_ms": question.priced_ms,
            "mode": question.mode,
            "amount": None if question.amount is None else plain(question.amount),
            "percents": {asset: plain(share) for asset, share in sorted(question.percents.items())},
            "settings": settings_values(question.settings),
            "portfolio": plain(question.valuation.total),
            "spot": _spot(question.valuation),
            "not_tradable": _not_tradable(question.valuation),
            "rank_filter": {
                "state": question.rank_filter.state,
                "max_rank": question.rank_filter.max_rank,
                "as_of": question.rank_filter.as_of_ms,
                "ambiguous": list(question.rank_filter.ambiguous),
            },
            "blocked": [{"code": code, "detail": detail} for code, detail in question.blocked],
        }
        if question.conversion is not None:
            body["conversion"] = question.conversion.body()
        body |= inputs_body(inputs)
        body |= plan_body(inputs, plan, question.settings.limits.max_slippage_percent / HUNDRED)
        _tell_costs(body, question)
        hops = [hop for line in plan.lines if line.route is not None for hop in line.route.hops]
        return PlanDraft(body, frozenset(hop.symbol for hop in hops))

    def _with_bnb(self, question: PlanQuestion, positions: Mapping[str, Position]) -> tuple[PlanInputs, Plan]:
        """With fees in BNB where the account pays them so and has enough of it; else without."""
        inputs = self._inputs(question, positions, bnb_pays=True)
        plan = _made(inputs, question)
        if not any(pair.fee_apart for pair in inputs.market.pairs) or _bnb_suffices(inputs, plan):
            return inputs, plan
        inputs = self._inputs(question, positions, bnb_pays=False)
        return inputs, _made(inputs, question)

    def _inputs(self, question: PlanQuestion, positions: Mapping[str, Position], bnb_pays: bool) -> PlanInputs:
        settings, reporting, wish = question.settings, question.reporting_currency, question.conversion
        base = settings.base_asset or reporting
        wanted = {asset for asset, share in question.percents.items() if share > ZERO}
        traded = {*wanted, *(positions if settings.sell_untargeted else ())}
        if wish is not None:
            base, traded = wish.taken, {wish.given}
        market = market_of(question.readings, traded, positions, base, reporting, bnb_pays)
        if wish is None:
            _refuse_unpriced(question, market, base, wanted)
        with localcontext(MONEY):
            turnover = settings.max_turnover_percent
            return PlanInputs(
                base_asset=base,
                positions=positions,
                targets={asset: share / HUNDRED for asset, share in question.percents.items()},
                market=market,
                rules=Rules(
                    protected=settings.protected,
                    excluded=settings.excluded,
                    only_held=settings.only_held,
                    sell_untargeted=settings.sell_untargeted,
                    ranks=question.rank_filter.ranks,
                    max_rank=question.rank_filter.max_rank or 0,
                ),
                sizes=Sizes(
                    mode=question.mode,
                    amount=question.amount or ZERO,
                    min_trade_value=settings.min_trade_usd,
                    min_trade_share=settings.min_trade_percent / HUNDRED,
                    max_turnover=None if turnover is None else turnover / HUNDRED,
                ),
                unit_costs=_unit_costs(question),
            )


def why_blocked(sync: SyncState, valuation: Valuation) -> Sequence[tuple[str, str]]:
    """Why what is known of an account is not good enough to trade on, as (code, words); empty where it is."""
    found: list[tuple[str, str]] = []
    if not sync.import_complete:
        found.append(("history-importing", "The history of this account is still being read: plan again when it is"))
    if sync.unreconciled:
        names = ", ".join(sync.unreconciled)
        found.append(("not-reconciled", f"The exchange reports other quantities than the history explains: {names}"))
    if valuation.unknown_wallets:
        names = ", ".join(valuation.unknown_wallets)
        found.append(("wallet-unknown", f"Wallets could not be read, so weights may be wrong: {names}. Plan again"))
    if sync.moved_at_ms is not None:
        found.append(("balances-moving", "Balances have changed since they were read: plan again in a moment"))
    return found


def _refuse_amount(question: PlanQuestion) -> None:
    if question.amount is not None and question.amount <= ZERO:
        raise BadInputError("The amount must be above 0", "amount_usd")
    if question.amount is None and question.mode != "full":
        what = "to be put in" if question.mode == "buy_only" else "to be raised"
        raise BadInputError(f"Say how much money is {what}", "amount_usd")


def _refuse_targets(question: PlanQuestion) -> None:
    if not question.percents:
        raise NoTargetsError("There are no targets yet: set target weights that add up to 100 %")
    ends = [(rules.symbol.base, rules.symbol.quote) for rules in question.readings.rules]
    listed = {question.reporting_currency, *(end for pair in ends for end in pair)}
    unknown = sorted(asset for asset, share in question.percents.items() if share > ZERO and asset not in listed)
    if unknown:
        names = ", ".join(unknown)
        raise BadInputError(
            f"Not on this exchange: {names}. Check the name, or take it out of the targets", "allocations"
        )


def _refuse_unpriced(question: PlanQuestion, market: Market, base: str, wanted: set[str]) -> None:
    if base not in market.prices or not any(base in (pair.base, pair.quote) for pair in market.pairs):
        raise BaseAssetError(f"{base} cannot be traded against anything here now: choose another base asset")
    unpriced = sorted(asset for asset in wanted - question.settings.excluded if asset not in market.prices)
    if unpriced:
        names = ", ".join(unpriced)
        raise UnpricedAssetError(
            f"No price now: {names}. Weights without it would be wrong: plan again later, exclude it, or take it out"
        )


def _made(inputs: PlanInputs, question: PlanQuestion) -> Plan:
    """
    Raises:
        BadInputError: more money is to be put in, or raised, than there is.
    """
    if question.conversion is not None:
        return conversion_plan(inputs, question.conversion)
    try:
        return make_plan(inputs)
    except CashTooShortError:
        base = inputs.base_asset
        held = inputs.positions.get(base, Position(ZERO, ZERO))
        free = inputs.market.value(base, spendable(held, inputs.rules.protected.get(base, ZERO)))
        words = f"Put in at most {free:.2f} {question.reporting_currency}: no more {base} is free in the spot wallet"
        raise BadInputError(words, "amount_usd") from None
    except WithdrawalTooLargeError:
        raise BadInputError(
            "More is to be raised than all that takes part is worth: raise less", "amount_usd"
        ) from None


def _bnb_suffices(inputs: PlanInputs, plan: Plan) -> bool:
    """Whether the BNB that stays free and is not protected pays all fees that are planned in it."""
    market = inputs.market
    apart = {pair.symbol for pair in market.pairs if pair.fee_apart}
    hops = [hop for line in plan.lines if line.route is not None for hop in line.route.hops]
    with localcontext(MONEY):
        due = sum((hop.fee for hop in hops if hop.symbol in apart), ZERO)
        sold = sum((hop.spent for hop in hops if hop.given == BNB), ZERO)
        held = inputs.positions.get(BNB, Position(ZERO, ZERO))
        free = spendable(held, inputs.rules.protected.get(BNB, ZERO)) - sold
        return due == ZERO or (BNB in market.prices and market.value(BNB, free) >= due * BNB_RESERVE)


def _unit_costs(question: PlanQuestion) -> Mapping[str, Decimal]:
    """What a coin cost on average, where that is known; money itself costs what it is."""
    found = {question.reporting_currency: Decimal(1)}
    for asset, cost in question.costs.items():
        if cost.cost is not None and cost.quantity > ZERO and asset != question.reporting_currency:
            with localcontext(MONEY):
                found[asset] = cost.cost / cost.quantity
    return found


def _tell_costs(body: dict[str, Any], question: PlanQuestion) -> None:
    """Say with each sale why its profit is unknown, or an estimate."""
    for line in body["lines"]:
        cost = question.costs.get(line["asset"])
        known = cost is not None and line["asset"] != question.reporting_currency
        line["realized_reason"] = cost.reason if known and cost is not None and line["action"] == "SELL" else None


def _not_tradable(valuation: Valuation) -> Sequence[Mapping[str, Any]]:
    """Coins that count and are never sold: in other wallets than spot, or held in open orders."""
    found: list[Mapping[str, Any]] = []
    for line in valuation.lines:
        balance = line.balance
        quantity = balance.locked if balance.wallet == Wallet.SPOT else balance.total
        if quantity == ZERO:
            continue
        worth = _worth(line, quantity)
        value = None if worth is None else plain(worth)
        told = {"asset": balance.asset, "wallet": balance.wallet, "quantity": plain(quantity), "value_usd": value}
        found.append(told)
    return sorted(found, key=lambda one: (str(one["asset"]), str(one["wallet"])))


def _spot(valuation: Valuation) -> Mapping[str, str]:
    """What lies in the spot wallet, open orders included: a run that finds anything else there stops."""
    lines = [line.balance for line in valuation.lines if line.balance.wallet == Wallet.SPOT]
    return {one.asset: plain(one.total) for one in sorted(lines, key=lambda one: one.asset) if one.total != ZERO}


def _worth(line: PricedBalance, quantity: Decimal) -> Decimal | None:
    if line.price is None:
        return None
    with localcontext(MONEY):
        return line.price * quantity
