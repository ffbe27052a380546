"""The connection test: whether the exchange answers an account, and what its key may do; says what failed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.errors import ExchangeError
from backend.core.model.instants import iso_ms

if TYPE_CHECKING:
    from backend.services.session_manager import Session


def _prices_tested(session: Session) -> dict[str, Any]:
    """Of an account without a key only the prices can be asked for."""
    exchange = session.exchange
    found: dict[str, Any] = dict.fromkeys(("can_read", "can_trade", "can_withdraw", "ip_restricted"))
    found |= {"ok": False, "environment": session.account.environment, "server_time": None, "code": None}
    try:
        found["server_time"] = iso_ms(exchange.server_time_ms())
    except ExchangeError as error:
        found |= {"code": error.code, "detail": str(error)}
    else:
        found |= {"ok": True, "detail": "This account has no key: it lives from its statements. Prices are answered"}
    return found | {"clock_offset_ms": exchange.clock_offset_ms, "latency_ms": exchange.latency_ms}


def connection_test(session: Session) -> dict[str, Any]:
    """Ask the exchange for its clock, the balances and the key's rights; says what failed in words."""
    exchange = session.exchange
    if session.account.keyless:
        return _prices_tested(session)
    found: dict[str, Any] = {
        "ok": False,
        "environment": session.account.environment,
        "server_time": None,
        "clock_offset_ms": None,
        "latency_ms": None,
        "can_read": None,
        "can_trade": None,
        "can_withdraw": None,
        "ip_restricted": None,
        "code": None,
        "detail": "",
    }
    try:
        found["server_time"] = iso_ms(exchange.server_time_ms())
        found |= {"clock_offset_ms": exchange.clock_offset_ms, "latency_ms": exchange.latency_ms}
        exchange.balances()
        rights = exchange.permissions()
    except ExchangeError as error:
        refused = error.code == "credentials-refused"
        return found | {"can_read": False if refused else None, "code": error.code, "detail": str(error)}
    return found | {
        "ok": True,
        "can_read": True,
        "can_trade": rights.can_trade,
        "can_withdraw": rights.can_withdraw,
        "ip_restricted": rights.ip_restricted,
        "detail": "The key may withdraw: make one that cannot" if rights.can_withdraw else "The key works",
    }
