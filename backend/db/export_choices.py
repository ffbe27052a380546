"""What an export of all data holds: every table of the schema is named here, as a list or with why it is none.

A list is what somebody who may read sees in the program, row by row; so it has no secret, no digest of one, nothing
that only an administrator sees, and nothing that can be made anew of what is in it. Rows are those of one environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from backend.core.ledger.book_sums import METHODS

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
REQUEST: Final = "names the request that asked for it"
RUNNING: Final = "a running count, made of the rows"
STATE: Final = "where a calculation goes on from"


@dataclass(frozen=True, slots=True)
class Choice:
    """A table as a list: its name in the export, what it tells, and which columns stay out, with why."""

    table: str
    name: str
    about: str
    without: Mapping[str, str] = field(default_factory=lambda: NOTHING)


CHOICES: Final = (
    Choice("accounts", "accounts", "The accounts", {"reference": "the digest of an API key"}),
    Choice("last_balance", "balances", "What each wallet holds, as it was read last"),
    Choice("ledger_events", "ledger", "Every movement: deposits, trades, fees, rewards ..."),
    Choice("cash_flows", "cash_flows", "What came from outside and went there"),
    Choice("imported_values", "imported_values", "Values of the past, as another program had written them down"),
    Choice(
        "imports",
        "imports",
        "Files that were read",
        {"content": "the text of the user's own file, or what of it was refused: as large as the file"},
    ),
    Choice("own_moves", "transfers_between_accounts", "Moves between accounts that are tracked here"),
    Choice("wallet_moves", "transfers_between_wallets", "Moves between the wallets of an account"),
    Choice("move_decisions", "transfer_decisions", "Whether two sides are one move, as the user said"),
    Choice("own_addresses", "addresses", "The user's own addresses outside the exchange"),
    Choice("address_returns", "address_returns", "From which of them deposits came, as the user said"),
    Choice(
        "booked_trades",
        "trades",
        "Trades with what each realized, by cost method",
        dict.fromkeys(("buys", "sells", "symbol_buys", "symbol_sells"), RUNNING),
    ),
    Choice("booked_positions", "positions", "Spot positions, open and closed, by cost method"),
    Choice("booked_lots", "lots", "Coins that came from outside, and what they had cost"),
    Choice("entered_costs", "entered_costs", "What coins from outside had cost, as the user said"),
    Choice("booked_disposals", "disposals", "Coins that were sold, swapped or paid as a fee, by cost method"),
    Choice("booked_income", "income", "What was earned or charged by what is held"),
    Choice("futures_fills", "futures_fills", "Fills of futures contracts"),
    Choice("futures_contracts", "futures_contracts", "Futures contracts as they were read last"),
    Choice("futures_positions", "futures_positions", "Positions in futures contracts, open and closed"),
    Choice("profit_readings", "futures_profit", "Open profit of futures by asset, as it was read"),
    Choice(
        "snapshots",
        "snapshots",
        "Value, net deposits, profit and growth, hour by hour",
        {"benchmark_state": STATE} | dict.fromkeys(("seq", "slots", "slots_expected"), RUNNING),
    ),
    Choice("snapshot_gaps", "snapshot_gaps", "When no snapshot could be taken: after, and up to and with until"),
    Choice("closings", "value_parts", "What the value of each snapshot is made of, as the ledger says: running sums"),
    Choice("closing_findings", "unexplained", "Changes of value that the ledger does not explain"),
    Choice("certificates", "certificates", "The last comparison of each ledger with the balances"),
    Choice("hold_rows", "hold_only", "What holding only would have made, hour by hour", {"state": STATE}),
    Choice("benchmark_plans", "benchmarks", "What the benchmark columns of the snapshots were made by"),
    Choice("prices", "prices", "Prices that values of the past were made with; shared by all environments"),
    Choice("allocation_settings", "targets", "Target weights; without an account: of all that have none of their own"),
    Choice("rebalancing_settings", "strategies", "How, when and within which limits each account is rebalanced"),
    Choice("rebalancing_plans", "plans", "Plans as they were shown", {"request": REQUEST}),
    Choice(
        "runs",
        "runs",
        "Runs, dry ones too",
        {"request": REQUEST, "epoch": "which process carried it out"},
    ),
    Choice("run_legs", "orders", "The orders of each run, as they were planned and what became of them"),
    Choice("run_attempts", "order_attempts", "Each try to place an order"),
    Choice("run_fills", "fills", "Fills of these orders"),
    Choice("run_changes", "run_changes", "What each run changed of an asset, fees taken off"),
    Choice("score_prices", "score_prices", "Prices of coins that runs traded and that are not held"),
    Choice("conversion_history", "conversions", "Single conversions as they were asked for"),
    Choice("strategy_dues", "automatic_runs", "When a strategy was due, and what was done then"),
    Choice("backtests", "backtests", "Backtests: what was asked, and what they rest on"),
    Choice("backtest_results", "backtest_results", "What each strategy of a backtest made"),
    Choice("alerts", "alerts", "Alerts that were told"),
    Choice("audit", "audit", "Who did what, from where and when, with the hashes of the chain"),
    Choice("task_log", "activity", "What the collector did last"),
    Choice("settings", "settings", "What was set for the whole installation"),
)

# Of the table `settings`, which also keeps what processes tell each other. `{}`: the environment.
SETTINGS: Final = (
    "alerts.plan.{}",
    "benchmark",
    "hidden_coins",
    "hold_only_since",
    "rebalancing.paused.{}",
    "risk_free_rate",
    "trading.kill_switch",
)

KEYS: Final = "keys and what is known of them: sealed, and never told"
SIGN_IN: Final = "who may sign in: for administrators, with digests of passwords and tokens"
MESSAGES: Final = "where messages go, for administrators, and how they got there"
WORK: Final = "what processes tell each other; of no use elsewhere"
MADE_ANEW: Final = "made anew of what is exported"

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("account_keys", "rank_keys"), KEYS)
    | dict.fromkeys(("api_tokens", "recovery_codes", "sessions", "sign_in_brakes", "users"), SIGN_IN)
    | dict.fromkeys(("alert_channels", "alert_outbox"), MESSAGES)
    | dict.fromkeys(
        (
            "account_arming",
            "account_sync",
            "account_turns",
            "alert_states",
            "backtest_turns",
            "events",
            "idempotency_keys",
            "import_cursors",
            "jobs",
            "lease",
            "refresh_hours",
            "request_hosts",
            "request_pools",
            "strategy_clocks",
            "streams",
            "told_again",
            "write_checks",
        ),
        WORK,
    )
    | dict.fromkeys(
        (
            "audit_anchors",
            "audit_head",
            "book_checkpoints",
            "booked_runs",
            "booked_subject_runs",
            "booked_sums",
            "books",
            "carried_lots",
            "daily_rows",
            "ledger_counts",
            "packed_series",
            "run_change_sums",
            "scored_runs",
            "snapshot_drafts",
            "stored_charts",
            "whole_members",
        ),
        MADE_ANEW,
    )
    | {
        "coin_ranks": "CoinMarketCap's list of today, read anew each day",
        "log_lines": "the log of the program, which has a download of its own: /api/logs/export",
    }
)

# Integers that are instants of UTC; so are all whose names end in one of the endings.
INSTANTS: Final = frozenset({
    "acquired_average", "acquired_fifo", "acquired_hifo", "acquired_last_average", "acquired_last_fifo",
    "acquired_last_hifo", "acquired_last_lifo", "acquired_lifo", "after", "at", "candle_end", "created", "due",
    "expires", "finished", "line_from", "since", "stamp", "timestamp", "until",
})  # fmt: skip
INSTANT_ENDINGS: Final = ("_at", "_machine")
# Integers that count or number something.
NUMBERS: Final = frozenset({
    "account", "answer_ms", "attempt", "doubts", "duration_ms", "hop", "hops", "ignored", "kept", "known", "line", "n",
    "number", "place", "positions", "recv_window", "refused", "removed", "trades", "written",
})  # fmt: skip

MONEY: Final = "reporting currency"
QUANTITY: Final = "quantity of the asset"
QUOTE: Final = "quote asset"
PERCENT: Final = "percent"
INDEX: Final = "1 at the first value"
CONTRACTS: Final = "contracts, or coins of the contract"
MARGIN: Final = "margin asset"
FRACTION: Final = "fraction of 1"

# What a decimal or a float is of: by its name, or by list and name where the name alone does not say.
UNITS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(
        (
            "amount", "amount_in", "amount_out", "balance", "borrowed", "came", "commission", "expected", "fee",
            "fee_amount", "free", "held", "interest", "locked", "quantity", "sold", "spent", "received",
            "min_received", "unrealized", "executed",
        ),
        QUANTITY,
    )
    | dict.fromkeys(("executed_quote", "notional", "price", "quote", "quote_quantity"), QUOTE)
    | dict.fromkeys(("benchmark_index", "growth_index", "hold_index"), INDEX)
    | dict.fromkeys(
        ("change_24h_percent", "drift", "percentage", "pnl_percent", "target_percentage", "twr"), PERCENT
    )
    | dict.fromkeys(
        (
            "cost", "fees", "income", "market_value", "pnl", "portfolio", "proceeds", "usd_value", "worth",
            *(f"{name}_{method}" for name in ("cost", "held_cost", "realized") for method in METHODS),
        ),
        MONEY,
    )
    | dict.fromkeys(
        (
            "futures_contracts.held", "futures_contracts.start", "futures_fills.quantity", "futures_positions.came",
            "futures_positions.gone", "futures_positions.held",
        ),
        CONTRACTS,
    )
    | dict.fromkeys(
        (
            "futures_contracts.notional", "futures_contracts.unrealized", "futures_fills.notional",
            "futures_fills.realized",
        ),
        MARGIN,
    )
    | dict.fromkeys(("entry", "entry_mean", "entry_price", "exit_mean", "mark_price"), QUOTE)
    | {"alerts.limit_value": "as the kind of the alert", "alerts.value": "as the kind of the alert"}
    | {"backtests.loaded": FRACTION, "score_prices.price": MONEY}
)  # fmt: skip
MONEY_ENDING: Final = "_usd"


def unit_of(name: str, column: str) -> str | None:
    """What a figure of a list is of, None where nobody has said it."""
    if column.endswith(MONEY_ENDING):
        return MONEY
    return UNITS.get(f"{name}.{column}", UNITS.get(column))


def is_instant(column: str) -> bool:
    """Whether an integer is an instant."""
    return column in INSTANTS or column.endswith(INSTANT_ENDINGS)
