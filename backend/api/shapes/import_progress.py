"""Imports under way, and their coverage, as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backend.api.answers import Draft
from backend.api.shapes.common import base, instant

if TYPE_CHECKING:
    from backend.core.import_coverage import SourceCoverage
    from backend.core.import_status import ImportState
    from backend.core.model.accounts import Account
    from backend.core.views import Basis

# An import that tells nothing new for a while is asked about anew: its forecast is no event.
EXPIRES_S: Final = 2.0


def progress(found: tuple[Basis, Sequence[ImportState]]) -> dict[str, Any]:
    basis, states = found
    return base(basis) | {"items": [_state(one) for one in states]}


def coverage(found: tuple[Basis, Sequence[tuple[Account, SourceCoverage]]]) -> Draft:
    basis, sources = found
    return Draft(base(basis) | {"items": [_source(account, one) for account, one in sources]}, basis.expires_s)


def _state(one: ImportState) -> dict[str, Any]:
    return {
        "account_id": one.account.id,
        "account_name": one.account.name,
        "state": one.state,
        "reading": one.reading,
        "done": one.done,
        "total": one.total,
        "symbols_left": one.symbols_left,
        "windows_left": one.windows_left,
        "seconds_left": one.seconds_left,
        "paused_at": instant(one.paused_at_ms),
    }


def _source(account: Account, one: SourceCoverage) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "account_name": account.name,
        "source": one.source,
        "from": instant(one.from_ms),
        "until": instant(one.until_ms),
        "complete": one.complete,
        "horizon": instant(one.horizon_ms),
        "gaps": [{"from": instant(gap.from_ms), "to": instant(gap.until_ms), "reason": gap.reason} for gap in one.gaps],
        "files": [{"from": instant(start), "to": instant(stop)} for start, stop in one.files],
        "reason": one.reason,
    }
