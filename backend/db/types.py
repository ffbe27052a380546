"""Column types: decimals exact on both engines, and their sums."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Dialect, Numeric, Text, TypeDecorator, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from backend.core.model.amounts import plain
from backend.db.dialect import POSTGRESQL

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine


class ExactDecimal(TypeDecorator[Decimal]):
    """Text on SQLite (which has no exact decimal), NUMERIC on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric() if dialect.name == POSTGRESQL else Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        # Without trailing zeros on both: what is read back is written the same.
        return Decimal(plain(value)) if dialect.name == POSTGRESQL else plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


# As connections to SQLite know it (`db/engine.py`).
EXACT_SUM: Final = "exact_sum"


class _ExactSum(GenericFunction[Decimal]):
    name = EXACT_SUM
    type = ExactDecimal()
    inherit_cache = True


@compiles(_ExactSum, POSTGRESQL)
def _plus(element: _ExactSum, compiler: SQLCompiler, **options: Any) -> str:
    one, other = (compiler.process(part, **options) for part in element.clauses)
    return f"trim_scale({one} + {other})"


def exact_sum(column: ColumnElement[Decimal], amount: Decimal) -> ColumnElement[Decimal]:
    """A column of decimals and an amount, added inside the database without a digit lost."""
    return _ExactSum(column, literal(amount, ExactDecimal()))
