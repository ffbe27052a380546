"""Runner of the family `cost_basis`."""

from __future__ import annotations

from typing import Any, cast

from backend.core.ledger.cost_basis import CostBasis, FeeMode, Oversell, UnknownCost
from backend.core.ledger.cost_events import Buy, CoinFee, CostEvent, Deposit, Fee, MoneyFee, Sell, Swap, Transfer
from backend.core.ledger.lots import Method
from backend.core.performance.futures import futures_profit
from backend.tests.vectors.cases import Inputs, OneOf, UnknownFieldError, instant


def _choice(inputs: Inputs, name: str, *choices: str) -> str:
    value = inputs.text(name, choices[0])
    if value not in choices:
        raise UnknownFieldError(f"{name} is {value!r}, not one of {choices}")
    return value


def _fee(event: Inputs) -> Fee | None:
    if event.raw("fee") is None:
        return None
    with Inputs(event.raw("fee")) as fee:
        if fee.has("value"):
            return MoneyFee(fee.money("value"))
        price = fee.money("price") if fee.has("price") else None
        return CoinFee(fee.text("asset"), fee.money("qty"), price)


def _event(event: Inputs, asset: str | None) -> CostEvent:
    kind, at = event.text("type"), instant(event.text("at", "2000-01-01T00:00:00Z"))
    if kind == "swap":
        with Inputs(event.raw("sell")) as sold, Inputs(event.raw("buy")) as bought:
            return Swap(
                at,
                sold.text("asset"),
                sold.money("qty"),
                bought.text("asset"),
                bought.money("qty"),
                event.money("value"),
                _fee(event),
                event.text("account", ""),
            )
    coin, quantity = event.text("asset", asset), event.money("qty")
    if kind == "transfer":
        return Transfer(at, coin, quantity, event.text("from"), event.text("to"))
    account = event.text("account", "")
    if kind == "deposit":
        market = event.money("market_price") if event.has("market_price") else None
        cost = event.money("cost") if event.has("cost") else None
        return Deposit(at, coin, quantity, market, cost, account=account)
    if kind in ("buy", "sell"):
        trade = Buy if kind == "buy" else Sell
        return trade(at, coin, quantity, event.money("price"), _fee(event), account)
    raise UnknownFieldError(f"event type {kind}")


def run(inputs: Inputs) -> dict[str, Any]:
    book = CostBasis(
        inputs.text("quote"),
        Method(inputs.text("method")),
        cast(FeeMode, _choice(inputs, "fee_mode", "capitalise", "expense")),
        cast(UnknownCost, _choice(inputs, "unknown_cost", "market", "zero")),
        cast(Oversell, _choice(inputs, "oversell", "error", "report")),
    )
    asset = inputs.text("asset") if inputs.has("asset") else None
    marks = inputs.money_map("mark")
    for event in inputs.rows("events"):
        book.book(_event(event, asset))
    names = {(held.account, held.asset): _name(held.account, held.asset) for held in book.positions()}
    return {
        "realized_total": book.realized_total,
        "realized_by_disposal": [sale.realized for sale in book.disposals],
        "realized_by_asset": book.realized_by_asset,
        "positions": {
            names[held.account, held.asset]: {"qty": held.quantity, "cost": held.cost} for held in book.positions()
        },
        "lots": {
            name: [{"qty": lot.quantity, "unit_cost": lot.unit_cost} for lot in book.lots(*key)]
            for key, name in names.items()
        },
        "matches": [[{"lot": part.ordinal, "qty": part.quantity} for part in sale.matches] for sale in book.disposals],
        "cost_of_disposals": [sale.cost for sale in book.disposals],
        "fees_expensed": book.fees_expensed,
        "missing": _missing(book),
        "unrealized": book.unrealized(marks).value,
        "total_pnl": book.total(marks),
    }


def _name(account: str, asset: str) -> str:
    return f"{account}:{asset}" if account else asset


def _missing(book: CostBasis) -> OneOf:
    """The cases do not say how missing coins are written down: one record each, or one sum for a position."""
    sums: dict[str, Any] = {}
    for gap in book.missing:
        name = _name(gap.account, gap.asset)
        sums[name] = sums.get(name, 0) + gap.quantity
    records = [{"asset": gap.asset, "account": gap.account, "qty": gap.quantity} for gap in book.missing]
    return OneOf(records, sums, [gap.quantity for gap in book.missing])


def futures(inputs: Inputs) -> dict[str, Any]:
    side, contract = _choice(inputs, "side", "long", "short"), _choice(inputs, "contract", "linear", "inverse")
    result = futures_profit(
        "long" if side == "long" else "short",
        inputs.money("qty"),
        inputs.money("entry"),
        inputs.money("exit"),
        inputs.money("fees", "0"),
        inputs.money("funding", "0"),
        "linear" if contract == "linear" else "inverse",
        inputs.money("contract_size", "1"),
    )
    return {"gross": result.gross, "pnl": result.pnl}


RUNNERS = {"cost_basis.run": run, "futures.pnl": futures}
