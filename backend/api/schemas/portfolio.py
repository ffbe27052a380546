"""Answers about what is held and what it is worth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.api.schemas.common import (
    AccountQuery,
    Answer,
    FigureStatus,
    Instant,
    Money,
    Percent,
    Price,
    Quantity,
    Reason,
)

WalletName = Literal[
    "spot",
    "funding",
    "earn_flexible",
    "earn_locked",
    "staking",
    "margin_cross",
    "margin_isolated",
    "futures_usdm",
    "futures_coinm",
    "outside",
    "statements",
]


class BalanceOut(BaseModel):
    """One asset in one wallet of one account."""

    account: int
    wallet: WalletName
    asset: str = Field(examples=["BTC"])
    name: str = Field(examples=["Bitcoin"])
    free: Quantity
    locked: Quantity
    borrowed: Quantity
    interest: Quantity
    total: Quantity = Field(description="Owned less owed; negative where more is owed")
    unrealized: Quantity = Field(description="Profit of open futures positions in this asset: in the value, not owned")
    price_usd: Price | None
    usd_value: Money | None
    percentage: Percent | None = Field(description="Share of the total value")
    change_24h_percent: Percent | None
    cost_usd: Money | None = Field(description="What the holding cost, at average cost")
    unrealized_pnl_usd: Money | None
    unrealized_pnl_status: FigureStatus = Field(description="estimated: what part of it had cost, nobody told")
    unrealized_pnl_reason: Reason
    status: FigureStatus
    reason: Reason
    timestamp: Instant = Field(description="When the exchange said so, on its clock")
    target_percent: Percent | None = Field(description="Target weight of the asset; null: it has none")
    drift_percent: Percent | None = Field(
        description="Of the asset over all wallets: weight in what takes part in rebalancing less target, in points"
    )
    hidden: Literal["named", "no_price", "small"] | None = Field(
        description="Why lists leave the coin out, by the rule of /api/settings; it is in the total all the same"
    )


class HiddenOut(BaseModel):
    """Coins that lists leave out for the eye; they are in the total."""

    minimum_usd: Money = Field(
        description="What is worth less is hidden: in the server's own currency, whatever is shown"
    )
    count: int
    value_usd: Money = Field(description="Of those with a price, together")
    unpriced: int = Field(description="How many of them have no price")


class BalancesOut(Answer):
    """Everything held, valued."""

    total_value_usd: Money | None
    complete: bool = Field(description="Every wallet was read and every coin has a price")
    status: FigureStatus
    reason: Reason
    unpriced: list[str]
    unknown_wallets: list[WalletName] = Field(description="Could not be read: they count with what they held last")
    refreshed_at: Instant | None = Field(description="When it was read, on this machine's clock")
    hidden: HiddenOut
    drift_band_percent: Percent = Field(description="From this drift on an asset is off its target, in points")
    balances: list[BalanceOut]


class RefreshQuery(AccountQuery):
    """Whether to wait for the exchange."""

    force: bool = Field(default=False, description="Wait for the exchange; at most once in five seconds")


class RefreshOut(BalancesOut):
    """The balances at hand, and the refresh that was started or awaited."""

    job_id: int
    refreshed: bool = Field(description="Whether the exchange has answered this very request")


class ConnectionOut(BaseModel):
    """What a call to the exchange with the account's key showed."""

    ok: bool
    environment: str
    server_time: Instant | None
    clock_offset_ms: int | None
    latency_ms: int | None
    can_read: bool | None
    can_trade: bool | None
    can_withdraw: bool | None
    ip_restricted: bool | None
    code: str | None
    detail: str


class WalletOut(BaseModel):
    """Value of one wallet of one account."""

    account: int
    wallet: WalletName
    value_usd: Money | None = Field(description="Null while it was never read")
    complete: bool = Field(description="It was read, and all of it has a price")
    as_of: Instant | None = Field(description="When it was read, on the exchange's clock")
    reason: Reason


class AccountShareOut(BaseModel):
    """One account's part of the whole."""

    id: int
    name: str
    has_key: bool = Field(description="False: nobody can ask for it, it lives from statements")
    value_usd: Money | None
    percentage: Percent | None
    complete: bool
    refreshed_at: Instant | None
    as_of: Instant | None


class AttentionOut(BaseModel):
    """Something that waits for the user; `kind` names the text, `params` fill it."""

    kind: str
    severity: Literal["danger", "warn", "info"]
    params: dict[str, str | int | float | bool | list[str] | None]
    href: str


class ImportProgressOut(BaseModel):
    """How far the history has been read."""

    done: int
    total: int
    detail: str


class StreamsOut(BaseModel):
    """The exchange's streams, all as one. Instants are on this machine's clock."""

    state: Literal["live", "reconnecting", "off"]
    since: Instant | None = Field(description="In this state since (machine)")
    last_message_at: Instant | None = Field(description="Last word of the exchange (machine)")
    reconnects: int
    detail: str = Field(description="Why they are not live")


class SyncOut(BaseModel):
    """How fresh everything is. Instants `*_at` marked (machine) are on this machine's clock, for ages."""

    status: Literal["healthy", "degraded", "failing", "starting"]
    refreshed_at: Instant | None = Field(description="Last good refresh (machine)")
    balances_at: Instant | None = Field(description="As of (exchange)")
    prices_at: Instant | None = Field(description="As of (exchange)")
    streams: StreamsOut
    interval_s: int
    snapshot_interval_s: int
    last_snapshot_at: Instant | None
    next_snapshot_at: Instant | None
    api_response_time_ms: int | None
    weight_used: int | None
    weight_limit: int | None
    accounts_ok: int
    accounts_total: int
    error: str | None
    import_progress: ImportProgressOut | None


class OverviewOut(Answer):
    """How much there is, and whether it works."""

    total_value_usd: Money | None
    complete: bool
    status: FigureStatus
    reason: Reason
    unpriced: list[str]
    unknown_wallets: list[WalletName]
    wallets: list[WalletOut]
    freshness: Literal["fresh", "stale", "unknown"] = Field(description="stale after 2, unknown after 10 intervals")
    refreshed_at: Instant | None
    change_today_usd: Money | None
    change_today_percent: Percent | None
    change_today_since: Instant | None
    change_today_status: FigureStatus
    change_today_reason: Reason
    net_flow_today_usd: Money | None
    net_deposits_usd: Money | None
    net_deposits_status: FigureStatus
    net_deposits_reason: Reason
    total_pnl_usd: Money | None
    realized_pnl_usd: Money | None
    unrealized_pnl_usd: Money | None
    pnl_status: FigureStatus
    pnl_reason: Reason
    pnl_parts_status: FigureStatus = Field(description="Of realised and unrealised profit; their sum may be exact")
    pnl_parts_reason: Annotated[
        str | None, Field(description="Why realised or unrealised profit is not known, or an estimate")
    ]
    unknown_cost_assets: list[str] = Field(
        description="Coins that came from outside at a cost that nobody told: the parts of the profit rest on their "
        "market value of then"
    )
    open_positions: int | None
    assets: int
    first_flow_at: Instant | None
    benchmark_value_usd: Money | None = Field(description="The same money in the benchmark")
    accounts: list[AccountShareOut]
    attention: list[AttentionOut]
    alerts_unread: int = Field(description="Alerts of this environment that nobody has read yet")
    sync: SyncOut
    display_time_zone: str = Field(description='The zone whose midnight starts "today"', examples=["Europe/Paris"])
    display_time_zone_chosen: bool = Field(
        description="It was chosen under Settings: times are shown in it on every device, not by each one's own clock"
    )
    version: str


class AbsentWalletOut(BaseModel):
    """A wallet that holds nothing as far as the account's key can see. That is no failure."""

    account: int
    wallet: WalletName
    reason: Literal["not_here", "no_right", "not_opened"]


class NavOut(Answer):
    """Net asset value, and the older formula spot + futures beside it."""

    nav: Money | None
    nav_spot_futures: Money | None
    status: FigureStatus
    reason: Reason
    unknown_wallets: list[WalletName]
    wallets: list[WalletOut]
    absent_wallets: list[AbsentWalletOut]
