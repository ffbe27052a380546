"""PlanMaker: reads what a plan needs while nothing else is read for the account, and stores what comes of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import StaleDataError
from backend.core.model.instants import DAY_MS
from backend.core.model.rebalancing import PLAN_LIFE_MS, StoredPlan, body_hash
from backend.core.portfolio_manager import PlanDraft, PlanQuestion, PortfolioManager, why_blocked
from backend.core.rebalancing.chosen import settings_of, targets_of
from backend.core.rebalancing.conversion import ConversionWish
from backend.core.rebalancing.errors import AccountWithoutKeyError
from backend.core.rebalancing.standing import positions_of
from backend.core.rebalancing.trade_terms import TradeReadings
from backend.core.views import AccountHoldings, CostView
from backend.core.wallet_view import costs_of

if TYPE_CHECKING:
    from backend.core.model.orders import Commission
    from backend.core.ports import Store
    from backend.services.rank_book import RankBook
    from backend.services.session_manager import Session

# What a symbol costs hardly ever changes; each question is dear.
COMMISSION_LIFE_S: Final = 600.0
# A plan made with commissions that were not known before may trade other pairs; it settles at once, or is left so.
ROUNDS: Final = 4
FORGET_AFTER_MS: Final = DAY_MS
NO_RANKS: Final = ("ranks-unavailable", "CoinMarketCap gave no ranks: plan again later, or take the rank filter off")


class PlanMaker:
    """Makes plans in the collector, which alone talks to the exchange."""

    def __init__(
        self,
        store: Store,
        reporting_currency: str,
        ranks: RankBook,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._reporting = reporting_currency
        self._ranks = ranks
        self._monotonic_s = monotonic_s
        self._manager = PortfolioManager()
        self._commissions: dict[tuple[int, str], tuple[float, Commission]] = {}

    def make(
        self, session: Session, epoch: int, payload: Mapping[str, Any], refresh: Callable[[], int]
    ) -> Mapping[str, Any]:
        """Make a plan on balances and prices read now, and store it.

        Args:
            payload: `mode`, `amount_usd`, `allocations` (percent as text), each None where the settings say; or
                `convert` (`from`, `to`, `amount`) for one asset into another. `request`: names the write that asks;
                the same one gets the same plan.
            refresh: reads the account anew.

        Raises:
            BadInputError: an amount or a target that cannot be.
            PlanError: there is nothing to plan.
            ExchangeError: the exchange did not answer; nothing is planned on old data.
        """
        if session.account.keyless:
            raise AccountWithoutKeyError("This account has no key: it lives from its statements and cannot trade")
        request = payload.get("request")
        if request is not None:
            with self._store.read() as unit:
                made = unit.plans.of_request(request)
            if made is not None:
                return {"plan_id": made.plan_id}
        refresh()
        question, created_ms = self._question(session, epoch, payload)
        draft = self._settled(session, question)
        plan = StoredPlan(
            plan_id=secrets.token_hex(8),
            account_id=session.account.id,
            environment=session.account.environment,
            created_ms=created_ms,
            expires_ms=created_ms + PLAN_LIFE_MS,
            hash=body_hash(draft.body),
            body=draft.body,
            request=request,
        )
        with self._store.write(epoch) as unit:
            unit.plans.forget_old(created_ms - FORGET_AFTER_MS)
            unit.plans.add(plan)
            told = {"hash": plan.hash, "orders": len(plan.orders()), "mode": plan.body["mode"]}
            convert = payload.get("convert")
            if convert is not None:
                told |= {"from": convert["from"], "to": convert["to"]}
            unit.audit.record("plan.make", account_id=plan.account_id, subject=f"plan {plan.plan_id}", details=told)
        return {"plan_id": plan.plan_id}

    def _question(self, session: Session, epoch: int, payload: Mapping[str, Any]) -> tuple[PlanQuestion, int]:
        """What is to be planned, and from when on the plan lives: its prices are no older than that."""
        account, exchange = session.account, session.exchange
        exchange.set_for_user(True)
        with self._store.read() as unit:
            valuation = unit.balances.latest(account.id)
            sync = unit.accounts.sync_state(account.id)
            settings = settings_of(unit, account.environment, account.id)
            percents = targets_of(unit, account.environment, account.id)
        if valuation is None:
            raise StaleDataError("Nothing was read of this account yet: try again in a moment")
        asked, amount, convert = payload.get("allocations"), payload.get("amount_usd"), payload.get("convert")
        if convert is not None:
            # Targets, and which coins are ranked for them, have no part in it.
            percents, settings = {}, replace(settings, max_rank=None, mode="full")
        if asked is not None:
            percents = {asset: Decimal(share) for asset, share in asked.items()}
        created_ms = exchange.server_time_ms()
        readings = TradeReadings(exchange.trading_rules(), exchange.best_offers(), exchange.trading_rights(), {})
        wanted = {*percents, *positions_of(valuation.lines)}
        ranks = self._ranks.rank_filter(epoch, settings, wanted, exchange)
        blocked = [*why_blocked(sync, valuation), *([NO_RANKS] if ranks.state == "unavailable" else [])]
        question = PlanQuestion(
            account=account,
            reporting_currency=self._reporting,
            settings=settings,
            percents=percents,
            mode=payload.get("mode") or settings.mode,
            amount=None if amount is None else Decimal(amount),
            valuation=valuation,
            costs=self._costs(AccountHoldings(account, sync, valuation, "fresh")),
            readings=readings,
            priced_ms=created_ms,
            rank_filter=ranks,
            blocked=blocked,
            conversion=None if convert is None else ConversionWish.of(convert),
        )
        return question, created_ms

    def _costs(self, holdings: AccountHoldings) -> Mapping[str, CostView]:
        return {asset: cost for (_, asset), cost in costs_of(holdings, self._reporting).items()}

    def _settled(self, session: Session, question: PlanQuestion) -> PlanDraft:
        """The plan once the commission of every pair that it trades is known."""
        known: dict[str, Commission] = {}
        for _ in range(ROUNDS):
            question = replace(question, readings=replace(question.readings, commissions=known))
            draft = self._manager.plan(question)
            missing = draft.symbols - known.keys()
            if not missing:
                break
            known = known | {symbol: self._commission(session, symbol) for symbol in sorted(missing)}
        return draft

    def _commission(self, session: Session, symbol: str) -> Commission:
        key = (session.account.id, symbol)
        kept = self._commissions.get(key)
        if kept is None or self._monotonic_s() - kept[0] > COMMISSION_LIFE_S:
            kept = self._commissions[key] = self._monotonic_s(), session.exchange.commission(symbol)
        return kept[1]
