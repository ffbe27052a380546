"""`python -m backend backtest`: rules tried on prices of the past, from a folder of candles or the stored ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import numpy as np

from backend.api.shapes import backtests as shape
from backend.core.backtest_book import BacktestView
from backend.core.backtest_ports import StoredBacktest
from backend.core.errors import BadInputError, DomainError
from backend.core.model.instants import MINUTE_MS, iso_ms, to_ms
from backend.core.rebalancing.backtest_assumptions import assumptions
from backend.core.rebalancing.backtest_inputs import Flow, PriceTable, Rule
from backend.core.rebalancing.backtest_request import INTERVALS_MS, BacktestRequest, checked
from backend.core.rebalancing.backtest_setup import Money, grid, prepared, traded_pairs
from backend.core.rebalancing.triggers import interval_ms
from backend.exchange.binance.rules_parse import symbol_rules
from backend.exchange.candle_folder import CandleFolder
from backend.exchange.simulator.listing import entry, own_listing
from backend.services.backtest_prices import stored_table
from backend.services.backtest_workers import computed

if TYPE_CHECKING:
    from backend.bootstrap import Container
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.rebalancing.backtest_figures import BacktestFigures

DEFAULT_RULES: Final = ("hold", "periodic:168", "periodic:672", "threshold:5")
POINTS: Final = 400


class _Number(click.ParamType[Decimal]):
    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is no number", param, ctx)
        if not found.is_finite():
            self.fail(f"{value!r} is no number", param, ctx)
        return found


class _Instant(click.ParamType[int]):
    name = "iso"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no instant in ISO 8601, such as 2024-01-31 or 2024-01-31T12:00Z", param, ctx)
        return to_ms(at if at.tzinfo else at.replace(tzinfo=UTC))


class _Named(click.ParamType[tuple[str, Decimal]]):
    """`NAME=NUMBER`."""

    name = "name=number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Decimal]:
        name, sign, number = str(value).partition("=")
        if not sign or not name.strip():
            self.fail(f"{value!r} is not of the form BTC=60", param, ctx)
        return name.strip(), _Number().convert(number, param, ctx)


class _RuleName(click.ParamType[Rule]):
    """`hold`, `periodic:HOURS`, `threshold:POINTS`, `threshold:POINTS@HOURS`."""

    name = "rule"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Rule:
        if isinstance(value, Rule):
            return value
        kind, _, rest = str(value).partition(":")
        points, _, hours = rest.partition("@") if kind == "threshold" else ("", "", rest)
        number = _Number()
        every = interval_ms(number.convert(hours, param, ctx)) if hours else None
        if kind == "hold" and not rest:
            return Rule("hold")
        if kind == "periodic" and every is not None and every > 0:
            return Rule("periodic", every)
        if kind == "threshold" and points and (every is None or every > 0):
            return Rule("threshold", every, number.convert(points, param, ctx) / 100)
        raise click.BadParameter(f"{value!r} is none of hold, periodic:24, threshold:5 and threshold:5@24", ctx, param)


def backtest_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over a database of the newest schema."""

    @click.command(name="backtest")
    @click.option(
        "--target", "targets", multiple=True, required=True, type=_Named(), help="BTC=60: percent of an asset."
    )
    @click.option("--rule", "rules", multiple=True, type=_RuleName(), help=_RuleName.__doc__)
    @click.option("--heat-map", is_flag=True, help="Also all presets, intervals by thresholds.")
    @click.option("--from", "from_ms", required=True, type=_Instant(), help="ISO 8601; UTC unless it says otherwise.")
    @click.option("--to", "to_ms", required=True, type=_Instant())
    @click.option(
        "--interval", type=click.Choice(list(INTERVALS_MS)), default="1h", show_default=True, help="Of candles."
    )
    @click.option("--start-value", type=_Number(), default="10000", show_default=True, help="Money at the start.")
    @click.option("--flow", "flows", multiple=True, type=_Named(), help="2024-05-01=500: money in, negative: out.")
    @click.option("--base", default="USDT", show_default=True, help="The asset that everything is traded against.")
    @click.option("--fee-percent", type=_Number(), default="0.1", show_default=True)
    @click.option("--bnb-discount", is_flag=True, help="Pay fees in BNB, a quarter less, while there is enough of it.")
    @click.option("--spread-percent", type=_Number(), default="0", show_default=True)
    @click.option("--min-trade", type=_Number(), default="0", show_default=True, help="In the base asset.")
    @click.option("--min-trade-percent", type=_Number(), default="0.5", show_default=True, help="Of the portfolio.")
    @click.option("--max-turnover-percent", type=_Number(), help="Of the portfolio, for each run.")
    @click.option("--cooldown-hours", type=_Number(), default="0", show_default=True, help="Pause after a run.")
    @click.option("--settle-minutes", type=int, default=0, show_default=True, help="Pause after money came in.")
    @click.option("--market-data", type=click.Path(path_type=Path), help="Folder of candles; else the stored ones.")
    @click.option(
        "--exchange-info", type=click.Path(path_type=Path), help="exchangeInfo of the exchange (json, json.gz)."
    )
    @click.option("--json", "as_json", is_flag=True, help="Everything as JSON, as the API answers it.")
    def command(**given: Any) -> None:
        """Try rebalancing rules on prices of the past: what would have come of them after fees. Asks no exchange.

        Without --exchange-info orders keep to the rules of the built-in exchange. Progress goes to stderr.
        """
        try:
            view = _done(given, opened)
        except (DomainError, OSError) as error:
            click.echo(f"Error: {error}", err=True)
            raise SystemExit(2) from error
        click.echo(_document(view) if given["as_json"] else _text(view))

    return command


def _done(given: Mapping[str, Any], opened: Callable[[], Container]) -> BacktestView:
    request = checked(_request(given))
    rules = _rules(given["exchange_info"], request)
    pairs = traded_pairs(request, rules)
    symbols = {coin: pair.symbol for coin, pair in pairs.items()}
    table = _table(request, symbols, given["market_data"], opened)
    money = Money(request.start_value or Decimal(0), request.flows)
    inputs, facts = prepared(request, table, pairs, lambda start_ms, end_ms: money, None)
    own = len(request.rules)
    asked = [(place, rule, POINTS if place < own else 0) for place, rule in enumerate(request.all_rules)]
    found: dict[int, BacktestFigures] = {}
    for place, figures in computed(inputs, asked):
        found[place] = figures
        click.echo(f"{len(found)} of {len(asked)}", err=True)
    stored = StoredBacktest(0, "", 0, "done", request, 1.0, len(found), facts, None, None)
    return BacktestView(stored, found, assumptions(request, facts))


def _request(given: Mapping[str, Any]) -> BacktestRequest:
    rules = given["rules"] or [_RuleName().convert(name, None, None) for name in DEFAULT_RULES]
    instant = _Instant()
    return BacktestRequest(
        base_asset=given["base"],
        allocations=dict(given["targets"]),
        rules=tuple(rules),
        heat_map=given["heat_map"],
        from_ms=given["from_ms"],
        to_ms=given["to_ms"],
        interval=given["interval"],
        start_value=given["start_value"],
        account_id=None,
        flows=tuple(Flow(instant.convert(at, None, None), amount) for at, amount in given["flows"]),
        fee_percent=given["fee_percent"],
        bnb_discount=given["bnb_discount"],
        spread_percent=given["spread_percent"],
        min_trade=given["min_trade"],
        min_trade_percent=given["min_trade_percent"],
        max_turnover_percent=given["max_turnover_percent"],
        cooldown_ms=interval_ms(given["cooldown_hours"]),
        settle_ms=given["settle_minutes"] * MINUTE_MS,
    )


def _rules(file: Path | None, request: BacktestRequest) -> Mapping[str, SymbolRules]:
    """By symbol: of a file, or as the built-in exchange makes them.

    Raises:
        DomainError: the file is no exchangeInfo.
        OSError: it cannot be read.
    """
    if file is None:
        base, known = request.base_asset, {row["symbol"]: row for row in own_listing()}
        listed: object = {"symbols": [known.get(coin + base) or entry(coin, base) for coin in request.coins]}
    else:
        content = file.read_bytes()
        try:
            listed = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
        except (ValueError, EOFError, gzip.BadGzipFile) as error:
            raise BadInputError(f"{file} is no exchangeInfo in JSON", "exchange-info") from error
    return {rule.symbol.name: rule for rule in symbol_rules(listed)}


def _table(
    request: BacktestRequest, symbols: Mapping[str, str], folder: Path | None, opened: Callable[[], Container]
) -> PriceTable:
    at_ms = grid(request)
    if folder is None:
        container = opened()
        try:
            return stored_table(container.store, request, at_ms, symbols)
        finally:
            container.engine.dispose()
    files = CandleFolder(folder)
    units = {}
    for coin, symbol in symbols.items():
        closes = files.closes(symbol, request.step_ms)
        units[coin] = np.array([closes.get(at, 0) for at in at_ms.tolist()], dtype=np.int64)
    return PriceTable(at_ms, units)


def _document(view: BacktestView) -> str:
    body = shape.backtest(view, view.stored.request.base_asset)
    for name in ("job_id", "environment", "state", "progress", "code", "detail", "created_at", "account"):
        del body[name]
    return json.dumps(body, indent=1)


def _text(view: BacktestView) -> str:
    stored = view.stored
    request, facts = stored.request, stored.facts
    assert facts is not None  # it is done
    lines = [f"{iso_ms(facts.start_ms)} to {iso_ms(facts.end_ms)}, from {facts.start_value} {request.base_asset}", ""]
    head = ("rule", "return %", "deepest fall %", "Sharpe", "turnover %", "fees", "orders", "")
    lines += _aligned([head, *(_row(request.all_rules[place], view.results[place]) for place in sorted(view.results))])
    return "\n".join([*lines, "", *(f"- {one.text}" for one in view.assumptions)])


def _row(rule: Rule, found: BacktestFigures) -> tuple[str, ...]:
    hours = "" if rule.interval_ms is None else f" every {rule.interval_ms / 3_600_000:g} h"
    points = "" if rule.threshold is None else f" {float(rule.threshold) * 100:g} points"
    return (
        f"{rule.kind}{points}{hours}",
        f"{float(found.twr) * 100:.2f}",
        f"{found.max_drawdown * 100:.2f}",
        "-" if found.sharpe is None else f"{found.sharpe:.2f}",
        f"{float(found.turnover) * 100:.1f}",
        f"{found.fees:.2f}",
        str(found.orders),
        found.doubt or "",
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
