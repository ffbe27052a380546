"""Transactions. Repositories share the connection of one unit of work and never commit by themselves.

Each is imported when it is first asked for: the first page after a start needs five of forty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from backend.core.errors import LeaseLostError
from backend.db.lease import LEASE_NAME, holds_lease
from backend.db.transactions import transaction

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from backend.db.account_keys import SqlAccountKeys
    from backend.db.accounts import SqlAccounts
    from backend.db.addresses import SqlAddresses
    from backend.db.alert_outbox import SqlAlertChannels, SqlAlertOutbox
    from backend.db.alerts import SqlAlerts
    from backend.db.audit import SqlAudit
    from backend.db.backtests import SqlBacktests
    from backend.db.balances import SqlBalances
    from backend.db.books import SqlBooks
    from backend.db.cash_flows import SqlCashFlows
    from backend.db.charts import SqlCharts
    from backend.db.contracts import SqlContracts
    from backend.db.daily import SqlDaily
    from backend.db.drafts import SqlDrafts
    from backend.db.events import SqlEvents
    from backend.db.imported_values import SqlImportedValues
    from backend.db.imports import SqlImports
    from backend.db.jobs import SqlJobs
    from backend.db.ledger import SqlLedger
    from backend.db.moves import SqlMoves
    from backend.db.packed import SqlPacked
    from backend.db.plans import SqlPlans
    from backend.db.prices import SqlPrices
    from backend.db.proofs import SqlProofs
    from backend.db.rank_keys import SqlRankKeys
    from backend.db.rebalancing import SqlAllocations, SqlCoinRanks, SqlRebalancingSettings
    from backend.db.runs import SqlArming, SqlRuns
    from backend.db.scores import SqlScores
    from backend.db.settings import SqlSettings
    from backend.db.shadows import SqlShadows
    from backend.db.sign_ins import SqlSignIns
    from backend.db.snapshots import SqlSnapshots
    from backend.db.strategies import SqlConversions, SqlStrategies
    from backend.db.streams import SqlStreams
    from backend.db.task_log import SqlTaskLog
    from backend.db.wallet_moves import SqlWalletMoves
    from backend.db.watch import SqlWatch
    from backend.db.wholes import SqlWholes


class SqlUnitOfWork:
    """One transaction and the repositories in it."""

    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self.connection = connection
        self._now_ms = now_ms

    @cached_property
    def audit(self) -> SqlAudit:
        from backend.db.audit import SqlAudit

        return SqlAudit(self.connection, self._now_ms, self.events)

    def finish(self) -> None:
        """What is written last, before the commit."""
        self.audit.flush()

    @property
    def has_told(self) -> bool:
        """Whether it told of something."""
        return self.events.emitted

    @cached_property
    def accounts(self) -> SqlAccounts:
        from backend.db.accounts import SqlAccounts

        return SqlAccounts(self.connection, self._now_ms)

    @cached_property
    def account_keys(self) -> SqlAccountKeys:
        from backend.db.account_keys import SqlAccountKeys

        return SqlAccountKeys(self.connection)

    @cached_property
    def balances(self) -> SqlBalances:
        from backend.db.balances import SqlBalances

        return SqlBalances(self.connection)

    @cached_property
    def ledger(self) -> SqlLedger:
        from backend.db.ledger import SqlLedger

        return SqlLedger(self.connection)

    @cached_property
    def cash_flows(self) -> SqlCashFlows:
        from backend.db.cash_flows import SqlCashFlows

        return SqlCashFlows(self.connection)

    @cached_property
    def imports(self) -> SqlImports:
        from backend.db.imports import SqlImports

        return SqlImports(self.connection, self._now_ms)

    @cached_property
    def snapshots(self) -> SqlSnapshots:
        from backend.db.snapshots import SqlSnapshots

        return SqlSnapshots(self.connection)

    @cached_property
    def daily(self) -> SqlDaily:
        from backend.db.daily import SqlDaily

        return SqlDaily(self.connection)

    @cached_property
    def drafts(self) -> SqlDrafts:
        from backend.db.drafts import SqlDrafts

        return SqlDrafts(self.connection)

    @cached_property
    def shadows(self) -> SqlShadows:
        from backend.db.shadows import SqlShadows

        return SqlShadows(self.connection)

    @cached_property
    def packed(self) -> SqlPacked:
        from backend.db.packed import SqlPacked

        return SqlPacked(self.connection)

    @cached_property
    def charts(self) -> SqlCharts:
        from backend.db.charts import SqlCharts

        return SqlCharts(self.connection)

    @cached_property
    def imported_values(self) -> SqlImportedValues:
        from backend.db.imported_values import SqlImportedValues

        return SqlImportedValues(self.connection)

    @cached_property
    def watch(self) -> SqlWatch:
        from backend.db.watch import SqlWatch

        return SqlWatch(self.connection)

    @cached_property
    def proofs(self) -> SqlProofs:
        from backend.db.proofs import SqlProofs

        return SqlProofs(self.connection)

    @cached_property
    def books(self) -> SqlBooks:
        from backend.db.books import SqlBooks

        return SqlBooks(self.connection)

    @cached_property
    def addresses(self) -> SqlAddresses:
        from backend.db.addresses import SqlAddresses

        return SqlAddresses(self.connection, self._now_ms)

    @cached_property
    def moves(self) -> SqlMoves:
        from backend.db.moves import SqlMoves

        return SqlMoves(self.connection)

    @cached_property
    def wholes(self) -> SqlWholes:
        from backend.db.wholes import SqlWholes

        return SqlWholes(self.connection)

    @cached_property
    def wallet_moves(self) -> SqlWalletMoves:
        from backend.db.wallet_moves import SqlWalletMoves

        return SqlWalletMoves(self.connection)

    @cached_property
    def contracts(self) -> SqlContracts:
        from backend.db.contracts import SqlContracts

        return SqlContracts(self.connection)

    @cached_property
    def sign_ins(self) -> SqlSignIns:
        from backend.db.sign_ins import SqlSignIns

        return SqlSignIns(self.connection)

    @cached_property
    def settings(self) -> SqlSettings:
        from backend.db.settings import SqlSettings

        return SqlSettings(self.connection)

    @cached_property
    def allocations(self) -> SqlAllocations:
        from backend.db.rebalancing import SqlAllocations

        return SqlAllocations(self.connection)

    @cached_property
    def rebalancing_settings(self) -> SqlRebalancingSettings:
        from backend.db.rebalancing import SqlRebalancingSettings

        return SqlRebalancingSettings(self.connection)

    @cached_property
    def coin_ranks(self) -> SqlCoinRanks:
        from backend.db.rebalancing import SqlCoinRanks

        return SqlCoinRanks(self.connection)

    @cached_property
    def rank_keys(self) -> SqlRankKeys:
        from backend.db.rank_keys import SqlRankKeys

        return SqlRankKeys(self.connection)

    @cached_property
    def backtests(self) -> SqlBacktests:
        from backend.db.backtests import SqlBacktests

        return SqlBacktests(self.connection, self._now_ms)

    @cached_property
    def plans(self) -> SqlPlans:
        from backend.db.plans import SqlPlans

        return SqlPlans(self.connection)

    @cached_property
    def runs(self) -> SqlRuns:
        from backend.db.runs import SqlRuns

        return SqlRuns(self.connection, self._now_ms)

    @cached_property
    def arming(self) -> SqlArming:
        from backend.db.runs import SqlArming

        return SqlArming(self.connection)

    @cached_property
    def strategies(self) -> SqlStrategies:
        from backend.db.strategies import SqlStrategies

        return SqlStrategies(self.connection)

    @cached_property
    def scores(self) -> SqlScores:
        from backend.db.scores import SqlScores

        return SqlScores(self.connection)

    @cached_property
    def conversions(self) -> SqlConversions:
        from backend.db.strategies import SqlConversions

        return SqlConversions(self.connection)

    @cached_property
    def prices(self) -> SqlPrices:
        from backend.db.prices import SqlPrices

        return SqlPrices(self.connection)

    @cached_property
    def alerts(self) -> SqlAlerts:
        from backend.db.alerts import SqlAlerts

        return SqlAlerts(self.connection, self._now_ms)

    @cached_property
    def alert_outbox(self) -> SqlAlertOutbox:
        from backend.db.alert_outbox import SqlAlertOutbox

        return SqlAlertOutbox(self.connection)

    @cached_property
    def alert_channels(self) -> SqlAlertChannels:
        from backend.db.alert_outbox import SqlAlertChannels

        return SqlAlertChannels(self.connection)

    @cached_property
    def events(self) -> SqlEvents:
        from backend.db.events import SqlEvents

        return SqlEvents(self.connection, self._now_ms)

    @cached_property
    def streams(self) -> SqlStreams:
        from backend.db.streams import SqlStreams

        return SqlStreams(self.connection, self._now_ms)

    @cached_property
    def task_log(self) -> SqlTaskLog:
        from backend.db.task_log import SqlTaskLog

        return SqlTaskLog(self.connection, self._now_ms)

    @cached_property
    def jobs(self) -> SqlJobs:
        from backend.db.jobs import SqlJobs

        return SqlJobs(self.connection, self._now_ms)


class SqlStore:
    """Opens transactions on one engine. `now_ms` is this machine's clock."""

    def __init__(self, engine: Engine, now_ms: Callable[[], int], told: Callable[[], None] | None = None) -> None:
        """`told` is called after each commit that told of something (an event)."""
        self._told = told
        self._engine = engine
        self._writer = engine.execution_options(writing=True)
        self._now_ms = now_ms

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """A consistent view of one moment."""
        with self._transaction(self._engine) as unit:
            yield unit

    @contextmanager
    def write(self, epoch: int | None = None) -> Iterator[SqlUnitOfWork]:
        """A writing transaction; with `epoch` it is refused when the lease has passed to another collector.

        Raises:
            LeaseLostError: the lease is no longer ours.
            DatabaseUnavailableError: locked for too long, disk full, read-only.
        """
        with self._transaction(self._writer) as unit:
            if epoch is not None and not holds_lease(unit.connection, LEASE_NAME, epoch):
                raise LeaseLostError("Another collector has taken over")
            yield unit
            unit.finish()
        if self._told is not None and unit.has_told:
            self._told()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[SqlUnitOfWork]:
        with transaction(engine) as connection:
            yield SqlUnitOfWork(connection, self._now_ms)
