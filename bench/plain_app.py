"""The yardstick of a cold start: a plain Flask and SQLAlchemy app over the same database, under waitress."""

from __future__ import annotations

import sys
from decimal import Decimal

import waitress
from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """What the tables of the app are made of."""


class Balance(Base):
    """A row of what is held."""

    __tablename__ = "last_balance"
    account_id: Mapped[int] = mapped_column(primary_key=True)
    wallet: Mapped[str] = mapped_column(primary_key=True)
    asset: Mapped[str] = mapped_column(primary_key=True)
    balance: Mapped[str]
    usd_value: Mapped[str | None]


def plain_app(database: str) -> Flask:
    """Return an app whose `/figures` answers with the total and the rows that it is the sum of."""
    app, engine = Flask("plain"), create_engine(f"sqlite:///{database}")

    @app.get("/figures")
    def figures() -> ResponseReturnValue:
        with Session(engine) as session:
            rows = session.scalars(select(Balance)).all()
            total = sum((Decimal(row.usd_value or 0) for row in rows), Decimal(0))
            held = [{"asset": row.asset, "balance": row.balance, "usd": row.usd_value} for row in rows]
            return jsonify(total_value_usd=str(total), balances=held)

    return app


if __name__ == "__main__":
    port_text, database_file = sys.argv[1:]
    waitress.serve(plain_app(database_file), host="127.0.0.1", port=int(port_text), _quiet=True)
