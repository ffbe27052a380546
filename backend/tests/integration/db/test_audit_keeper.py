"""The check that the program makes by itself: where the chain ends is told outside of the database too."""

from __future__ import annotations

from sqlalchemy import Engine, text
from structlog.testing import capture_logs

from backend.audit_command import read_anchor
from backend.core.audit_book import AuditBook
from backend.core.redaction import Redactor
from backend.db.unit_of_work import SqlStore
from backend.services.audit_keeper import AuditKeeper
from backend.tests.integration.db.conftest import MachineClock


def test_each_check_tells_the_log_where_the_chain_ends_and_a_broken_one_where(
    store: SqlStore, engine: Engine, clock: MachineClock
) -> None:
    book = AuditBook(store, "simulator", clock)
    keeper = AuditKeeper(book)
    for number in range(3):
        with store.write() as unit:
            unit.audit.record("test.act", subject=f"thing {number}")
    with capture_logs() as lines:
        keeper.step()
    with store.read() as unit:
        head = unit.audit.head()
        assert unit.audit.anchors() == [head]
    assert head is not None
    (line,) = lines
    assert (line["log_level"], line["rows"]) == ("info", 3)
    # What stands in the log after nothing secret was taken out of it is what the command takes.
    assert read_anchor(str(Redactor().fields(line)["anchor"])) == head
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE id = 2"))
    with capture_logs() as lines:
        keeper.step()
    (line,) = lines
    assert (line["log_level"], line["found"], line["places"]) == ("error", 1, ["changed 2-2"])
    found = book.last_check()
    assert found is not None
    assert not found.intact
