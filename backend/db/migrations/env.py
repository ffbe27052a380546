"""Alembic runs inside the transaction that `backend.db.migrate` opened: a killed upgrade leaves the old schema."""

from __future__ import annotations

from alembic import context

from backend.db.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
