"""Users, sessions, tokens and brakes of the sign-in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from backend.core.sign_in.model import Brake, Scope, Session, Token, User, Visitor
from backend.db.dialect import upsert
from backend.db.sign_in_models import api_tokens, recovery_codes, sessions, sign_in_brakes, users

if TYPE_CHECKING:
    from backend.core.sign_in.ports import BrakeKind

MOST_TOKENS = 1000


class SqlSignIns:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def user(self, name: str) -> User | None:
        row = self._connection.execute(select(users).where(users.c.name == name)).first()
        if row is None:
            return None
        return User(row.id, row.name, row.password_hash, row.secret, row.second_factor)

    def has_password(self) -> bool:
        return self._connection.execute(select(users.c.id).limit(1)).first() is not None

    def set_password(self, name: str, password_hash: str, now_ms: int) -> int:
        """Of a user who is made where there is none of that name; returns the id."""
        values = {"password_hash": password_hash, "changed_machine": now_ms}
        statement = upsert(self._connection)(users).values(name=name, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values)
        return int(self._connection.execute(statement.returning(users.c.id)).scalar_one())

    def set_second_factor(self, user_id: int, secret: str | None, on: bool) -> None:
        values = {"secret": secret, "second_factor": on}
        self._connection.execute(update(users).where(users.c.id == user_id).values(values))

    def take_step(self, user_id: int, step: int) -> bool:
        """False: a code of this time step or a later one was taken before."""
        free = (users.c.id == user_id, users.c.step < step)
        return self._connection.execute(update(users).where(*free).values(step=step)).rowcount == 1

    def set_codes(self, user_id: int, digests: Collection[str]) -> None:
        """In place of those before."""
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
        if digests:
            rows = [{"user_id": user_id, "digest": one} for one in digests]
            self._connection.execute(insert(recovery_codes), rows)

    def take_code(self, user_id: int, code_digest: str, now_ms: int) -> bool:
        """False: there is no such code, or it was used."""
        table = recovery_codes.c
        free = (table.user_id == user_id, table.digest == code_digest, table.used_machine.is_(None))
        return self._connection.execute(update(recovery_codes).where(*free).values(used_machine=now_ms)).rowcount == 1

    def codes_left(self, user_id: int) -> int:
        table = recovery_codes.c
        query = select(func.count()).where(table.user_id == user_id, table.used_machine.is_(None))
        return int(self._connection.execute(query).scalar_one())

    def open_session(
        self, user_id: int, token_digest: str, now_ms: int, idle_ms: int, longest_ms: int, visitor: Visitor
    ) -> Session:
        values = {
            "user_id": user_id,
            "digest": token_digest,
            "created_machine": now_ms,
            "seen_machine": now_ms,
            "idle_ms": idle_ms,
            "expires_machine": now_ms + longest_ms,
            "confirmed_machine": now_ms,
            "address": visitor.address,
            "agent": visitor.agent,
        }
        made = self._connection.execute(insert(sessions).values(values).returning(sessions.c.id)).scalar_one()
        return _session(self._connection.execute(_sessions().where(sessions.c.id == made)).one())

    def session_of(self, token_digest: str) -> Session | None:
        return self._one_session(_sessions().where(sessions.c.digest == token_digest))

    def session(self, session_id: int) -> Session | None:
        return self._one_session(_sessions().where(sessions.c.id == session_id))

    def sessions(self) -> Sequence[Session]:
        query = _sessions().order_by(sessions.c.id.desc()).limit(MOST_TOKENS)
        return [_session(row) for row in self._connection.execute(query)]

    def see(self, session_id: int, now_ms: int) -> None:
        self._connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen_machine=now_ms))

    def confirm(self, session_id: int, now_ms: int) -> None:
        self._connection.execute(update(sessions).where(sessions.c.id == session_id).values(confirmed_machine=now_ms))

    def end_session(self, session_id: int) -> bool:
        return self._connection.execute(delete(sessions).where(sessions.c.id == session_id)).rowcount == 1

    def end_sessions(self) -> int:
        return int(self._connection.execute(delete(sessions)).rowcount)

    def drop_old_sessions(self, now_ms: int) -> None:
        table = sessions.c
        over = (table.expires_machine <= now_ms) | (table.seen_machine + table.idle_ms <= now_ms)
        self._connection.execute(delete(sessions).where(over))

    def add_token(self, name: str, scopes: frozenset[Scope], token_digest: str, ending: str, now_ms: int) -> Token:
        values = {
            "name": name,
            "scopes": ",".join(sorted(scopes)),
            "digest": token_digest,
            "ending": ending,
            "created_machine": now_ms,
        }
        made = self._connection.execute(insert(api_tokens).values(values).returning(api_tokens.c.id)).scalar_one()
        return Token(int(made), name, scopes, ending, now_ms, None)

    def token_of(self, token_digest: str) -> Token | None:
        row = self._connection.execute(select(api_tokens).where(api_tokens.c.digest == token_digest)).first()
        return None if row is None else _token(row)

    def token(self, token_id: int) -> Token | None:
        row = self._connection.execute(select(api_tokens).where(api_tokens.c.id == token_id)).first()
        return None if row is None else _token(row)

    def tokens(self) -> Sequence[Token]:
        query = select(api_tokens).order_by(api_tokens.c.id.desc()).limit(MOST_TOKENS)
        return [_token(row) for row in self._connection.execute(query)]

    def use_token(self, token_id: int, now_ms: int) -> None:
        self._connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(used_machine=now_ms))

    def end_token(self, token_id: int) -> bool:
        return self._connection.execute(delete(api_tokens).where(api_tokens.c.id == token_id)).rowcount == 1

    def brake(self, kind: BrakeKind, key: str) -> Brake:
        table = sign_in_brakes.c
        row = self._connection.execute(select(sign_in_brakes).where(table.kind == kind, table.key == key)).first()
        return Brake() if row is None else Brake(row.failures, row.last_machine, row.blocked_until_machine)

    def set_brake(self, kind: BrakeKind, key: str, brake: Brake) -> None:
        values = {
            "failures": brake.failures,
            "last_machine": brake.last_ms,
            "blocked_until_machine": brake.blocked_until_ms,
        }
        statement = upsert(self._connection)(sign_in_brakes).values(kind=kind, key=key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], set_=values))

    def release(self, kind: BrakeKind, key: str) -> None:
        table = sign_in_brakes.c
        self._connection.execute(delete(sign_in_brakes).where(table.kind == kind, table.key == key))

    def release_all(self) -> None:
        self._connection.execute(delete(sign_in_brakes))

    def drop_old_brakes(self, before_ms: int) -> None:
        self._connection.execute(delete(sign_in_brakes).where(sign_in_brakes.c.last_machine < before_ms))

    def _one_session(self, query: Select[Any]) -> Session | None:
        row = self._connection.execute(query).first()
        return None if row is None else _session(row)


def _sessions() -> Select[Any]:
    return select(sessions, users.c.name).join(users, users.c.id == sessions.c.user_id)


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        user_name=row.name,
        created_ms=row.created_machine,
        seen_ms=row.seen_machine,
        idle_ms=row.idle_ms,
        expires_ms=row.expires_machine,
        confirmed_ms=row.confirmed_machine,
        address=row.address,
        agent=row.agent,
    )


def _token(row: Row[Any]) -> Token:
    scopes = frozenset(Scope(one) for one in row.scopes.split(","))
    return Token(row.id, row.name, scopes, row.ending, row.created_machine, row.used_machine)
