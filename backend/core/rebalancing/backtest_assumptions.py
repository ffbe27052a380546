"""What a backtest takes for granted, said beside its results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.core.model.amounts import ZERO, plain
from backend.core.model.instants import HOUR_MS, MINUTE_MS, iso_ms

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest_request import BacktestRequest
    from backend.core.rebalancing.backtest_text import BacktestFacts


@dataclass(frozen=True, slots=True)
class Assumption:
    """A stable code, its numbers as text, and the sentence in English."""

    code: str
    text: str
    values: dict[str, str] = field(default_factory=dict)


def assumptions(request: BacktestRequest, facts: BacktestFacts | None) -> list[Assumption]:
    """What results rest on; what only prices tell is left out until they are there."""
    found = [*_orders(request), *_rules(request)]
    if request.account_id is not None:
        found.append(
            Assumption(
                "account_value",
                "The start is the account's value at the first candle, as if all of it were money then; its deposits "
                "and withdrawals since are the flows",
            )
        )
    if facts is not None:
        found += _facts(request, facts)
    found.append(Assumption("past_only", "Prices of the past: a rule that did well here can do badly next"))
    return found


def _orders(request: BacktestRequest) -> list[Assumption]:
    fee, base = plain(request.fee_percent), request.base_asset
    found = [
        Assumption(
            "fill_at_close",
            f"Each order is filled whole at the close of its candle of {request.interval}; no order moves the price",
            {"interval": request.interval},
        ),
        Assumption("straight_pairs", f"Each order goes straight against {base}, over no other coin", {"asset": base}),
        Assumption("fee", f"A fee of {fee} % of what is received", {"percent": fee}),
    ]
    if request.bnb_discount:
        found.append(Assumption("bnb_discount", "A quarter less in BNB, while there is as much of it as the fee"))
    spread = plain(request.spread_percent)
    if request.spread_percent > ZERO:
        found.append(Assumption("half_spread", f"Each order pays half of a spread of {spread} %", {"percent": spread}))
    else:
        found.append(Assumption("no_spread", "No spread: bid and ask are the close"))
    return found


def _rules(request: BacktestRequest) -> list[Assumption]:
    percent, money = plain(request.min_trade_percent), plain(request.min_trade)
    found = [
        Assumption(
            "looks_at_candle_ends",
            "Rules look at the ends of candles only, the last one left out: a shorter interval is one candle",
        ),
        _pauses(request),
        Assumption(
            "minimum_trade",
            f"A run leaves out trades below {percent} % of the portfolio or {money} {request.base_asset}",
            {"percent": percent, "amount": money, "asset": request.base_asset},
        ),
        Assumption(
            "flows_at_once",
            "The first purchase, deposits and withdrawals are traded at once, however small: holding only buys by the "
            "targets and sells a share of each coin, the other rules go towards the targets",
        ),
    ]
    if request.max_turnover_percent is not None:
        cap = plain(request.max_turnover_percent)
        found.append(Assumption("max_turnover", f"A run trades at most {cap} % of the portfolio", {"percent": cap}))
    return found


def _pauses(request: BacktestRequest) -> Assumption:
    if not request.cooldown_ms and not request.settle_ms:
        return Assumption("no_pause", "There is no pause after a run or a deposit")
    hours, minutes = f"{request.cooldown_ms / HOUR_MS:g}", f"{request.settle_ms / MINUTE_MS:g}"
    words = f"After a run {hours} h pass before the next one, after a deposit {minutes} minutes, as with real runs"
    return Assumption("pauses", words, {"hours": hours, "minutes": minutes})


def _facts(request: BacktestRequest, facts: BacktestFacts) -> list[Assumption]:
    found: list[Assumption] = []
    if facts.rules_ms is None:
        found.append(Assumption("filters_of_file", "Orders keep to the exchange's rules as they were given"))
    else:
        at = iso_ms(facts.rules_ms)
        found.append(
            Assumption(
                "filters_of_today", f"Orders keep to the exchange's rules of {at}, in the past as well", {"at": at}
            )
        )
    step = request.step_ms
    if facts.start_ms >= request.from_ms + step:
        start = iso_ms(facts.start_ms)
        found.append(Assumption("starts_later", f"Before {start} not all prices are known", {"at": start}))
    if facts.end_ms <= request.to_ms - step:
        end = iso_ms(facts.end_ms)
        found.append(Assumption("ends_earlier", f"After {end} not all prices are known", {"at": end}))
    if facts.gaps_total:
        count = str(facts.gaps_total)
        found.append(
            Assumption(
                "prices_missing",
                f"Candles are missing {count} times: nothing is traded then, and what was due is done at the next one",
                {"count": count},
            )
        )
    return found
