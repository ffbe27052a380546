"""Files of the user's and the flows they wrote."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from backend.core.model.accounts import Account
from backend.core.model.holdings import CashFlow, EventKind
from backend.core.model.imports import ImportOutcome
from backend.db.imports import DRAFT_MS, MOST_DRAFTS
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit, unexplained
from backend.tests.integration.db.conftest import MachineClock

OUTCOME = ImportOutcome(written=2, known=1, refused=3, first_ms=T0, last_ms=T0 + 5)


def flow(account: Account, number: int, **changes: object) -> CashFlow:
    made = CashFlow(
        None, account.id, T0 + number, Decimal(5), None, None, None, "", "csv", f"1:{number}", "pending", import_id=1
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names of the fields


def test_a_draft_keeps_its_content_until_it_is_written(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        number = unit.imports.add_draft(account.id, "cash_flows", "a.csv", "date,amount", "{}")
        unit.imports.change_answers(number, '{"a": 1}')
        assert unit.imports.draft(number) == ("date,amount", '{"a": 1}')
    with store.write() as unit:
        unit.imports.finish(number, OUTCOME)
        assert unit.imports.draft(number) is None
        file = unit.imports.find(number)
        assert file is not None
        assert (file.state, file.outcome) == ("committed", OUTCOME)
        unit.imports.undo(number, 1, 1)
        file = unit.imports.find(number)
        assert file is not None
        assert (file.state, file.removed, file.kept, file.outcome) == ("undone", 1, 1, OUTCOME)
        assert unit.imports.find(number + 1) is None


def test_drafts_are_forgotten_when_old_or_many_and_what_was_written_never(
    store: SqlStore, clock: MachineClock, account: Account
) -> None:
    with store.write() as unit:
        done = unit.imports.add_draft(account.id, "cash_flows", "done.csv", "x", "{}")
        unit.imports.finish(done, OUTCOME)
        drafts = [unit.imports.add_draft(account.id, "cash_flows", "a.csv", "x", "{}") for _ in range(MOST_DRAFTS + 2)]
        unit.imports.forget_drafts()
        assert [file.id for file in unit.imports.page([account.id], 50, None)] == [*drafts[:1:-1], done]
        clock.now += DRAFT_MS
        unit.imports.forget_drafts()
        assert len(unit.imports.page([account.id], 50, None)) == MOST_DRAFTS + 1
        clock.now += 1
        unit.imports.forget_drafts()
        assert [file.id for file in unit.imports.page([account.id], 50, None)] == [done]
        assert unit.imports.page([account.id], 50, done) == []
        assert unit.imports.page([account.id + 1], 50, None) == []


def test_an_import_is_taken_back_but_for_rows_that_were_edited(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        rows = [flow(account, 1), flow(account, 2), flow(account, 3, edited=True), flow(account, 4, import_id=2)]
        unit.cash_flows.insert_all(rows)
        assert unit.cash_flows.count_import(1) == (2, 1)
        assert unit.cash_flows.delete_import(1) == T0 + 1
        assert [one.at_ms for one in unit.cash_flows.all(account.id)] == [T0 + 3, T0 + 4]
        assert unit.cash_flows.delete_import(1) is None


def test_what_the_user_said_is_no_flow_is_listed_and_counts_nowhere(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.cash_flows.insert_all([flow(account, 1), flow(account, 2, status="not_flow")])
        assert len(unit.cash_flows.page([account.id], 50, None, None, None)) == 2
        assert [one.at_ms for one in unit.cash_flows.all(account.id)] == [T0 + 1]
        assert len(unit.cash_flows.between(account.id, T0, T0 + 9)) == 1
        assert unit.cash_flows.count(account.id) == 1


def test_a_flow_without_a_value_is_not_settled(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.cash_flows.insert_all([flow(account, 1), flow(account, 2, amount=None, quantity=Decimal(1), asset="BTC")])
        unit.cash_flows.settle_pending(account.id, 0)
        assert [one.status for one in unit.cash_flows.all(account.id)] == ["exact", "pending"]


def test_an_event_gets_another_kind_and_keeps_the_rest(store: SqlStore, account: Account) -> None:
    event = unexplained("ADA", "25", T0)
    with store.write() as unit:
        unit.ledger.add(account.id, [deposit("ADA", "1", T0 - 1), event])
        assert unit.ledger.reclassify(account.id, event.source, event.external_id, EventKind.ADJUSTMENT_INCOME)
        assert not unit.ledger.reclassify(account.id, event.source, "other", EventKind.ADJUSTMENT_INCOME)
        assert list(unit.ledger.of_source(account.id, event.source)) == [
            replace(event, kind=EventKind.ADJUSTMENT_INCOME)
        ]


def test_flows_of_events_that_count_no_more_are_dropped_and_others_stay(store: SqlStore, account: Account) -> None:
    told = replace(deposit("ADA", "5", T0), source="statement:deposits", external_id="1:0:0")
    with store.write() as unit:
        assert unit.ledger.add_import(account.id, 1, [told]) == T0
        assert unit.ledger.count(account.id) == 1
        rows = [
            flow(account, 1, source=told.source, external_id=told.external_id),
            flow(account, 2, source=told.source, external_id="1:0:1"),
            flow(account, 3),
        ]
        unit.cash_flows.insert_all(rows)
        unit.ledger.forget_flows(account.id)
        assert [one.at_ms for one in unit.cash_flows.all(account.id)] == [T0 + 1, T0 + 3]
        # The exchange tells of the same deposit: that one counts, and the flow of the other goes.
        assert unit.ledger.add(account.id, [deposit("ADA", "5", T0 + 1000)]) == T0
        assert unit.ledger.count(account.id) == 1
        assert [one.at_ms for one in unit.cash_flows.all(account.id)] == [T0 + 3]
        assert [one.source for one in unit.ledger.told(account.id, T0, T0)] == [told.source]
        assert unit.ledger.delete_import(account.id, 1) == (T0, [])
        assert unit.ledger.told(account.id, T0, T0) == []
