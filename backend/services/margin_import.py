"""Reads trades on margin into the ledger. Idempotent and resumable, like those of spot.

Trades are told pair by pair, so what asks for them is a sign that a margin wallet is or was used, or a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import RequestRefusedError
from backend.core.import_coverage import REFUSED, SINCE, UNTIL
from backend.core.import_status import OPENED_MS
from backend.core.model.history import MARGIN_TRADES
from backend.services.account_import import AccountImport
from backend.services.refused_names import RefusedNames

if TYPE_CHECKING:
    from backend.core.model.wallets import Wallet, WalletsReading
    from backend.core.ports import UnitOfWork

log = structlog.get_logger(__name__)

PAGE: Final = 1000
# Pairs of a margin wallet whose trades were all read once.
SCANNED: Final = "scan:"
# Told of both margin wallets: a loan or its interest does not say that anything was traded in which of them.
SIGNS: Final = frozenset({"margin_interest", "margin_loan", "margin_repayment"})


class MarginImport(AccountImport):
    """Imports one account's trades on margin."""

    def used(self, reading: WalletsReading) -> Sequence[Wallet]:
        """The margin wallets with a sign of use: something in it, a loan, interest, or a trade told before."""
        held = {one.wallet for one in reading.balances}
        told = {event.source for event in self._ledger.events}
        return [
            one for one in _there(reading) if one in held or MARGIN_TRADES[one] in told or not told.isdisjoint(SIGNS)
        ]

    def scan(self, reading: WalletsReading, names: Sequence[str], suspected: bool = False) -> None:
        """The first import: all trades of some pairs in the wallets used or, `suspected`, in any. Resumes where it was
        cut off.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        for wallet in _there(reading) if suspected else self.used(reading):
            source = MARGIN_TRADES[wallet]
            with self._store.read() as unit:
                scanned = unit.ledger.cursors(self._account, SCANNED + source)
            refused = self._refused(wallet).all()
            left = [name for name in names if name not in scanned and name not in refused]
            for position, name in enumerate(left):
                self._progress.expect(source, len(left) - position, self._exchange.import_pace[source])
                self._progress.reading(position, len(left), f"reading margin trades of {name}")
                if self._read_pair(wallet, name, 0):
                    with self._store.write(self._epoch) as unit:
                        unit.ledger.set_cursor(self._account, SCANNED + source, name, 1)
                self._progress.read(source)

    def read(
        self, reading: WalletsReading, names: Sequence[str], suspected: bool = False, from_start: bool = False
    ) -> None:
        """New trades of some pairs; `from_start` reads again what was read.

        Raises:
            ExchangeError: as `scan`.
        """
        for wallet in _there(reading) if suspected else self.used(reading):
            known = {} if from_start else self._known(wallet)
            for name in names:
                self._read_pair(wallet, name, known.get(name, 0))

    def read_refused_pairs(self, now_ms: int) -> None:
        """Ask again for the trades of pairs that the exchange refused an hour ago or longer.

        Raises:
            ExchangeError: as `scan`.
        """
        for wallet in MARGIN_TRADES:
            for name in self._refused(wallet).due(now_ms):
                self._read_pair(wallet, name, self._known(wallet).get(name, 0))

    def note_read(self, unit: UnitOfWork, reading: WalletsReading, now_ms: int) -> None:
        """Every pair was asked for what could explain the balances, and they are explained up to an instant: in the
        wallets of which no pair was refused.
        """
        for source in map(MARGIN_TRADES.__getitem__, self.used(reading)):
            if not unit.ledger.cursor(self._account, source, REFUSED):
                unit.ledger.set_cursor(self._account, source, SINCE, OPENED_MS)
                unit.ledger.set_cursor(self._account, source, UNTIL, now_ms)

    def _known(self, wallet: Wallet) -> Mapping[str, int]:
        """By pair, the number of the first trade that was not read."""
        with self._store.read() as unit:
            return unit.ledger.cursors(self._account, MARGIN_TRADES[wallet])

    def _refused(self, wallet: Wallet) -> RefusedNames:
        return RefusedNames(self._store, self._account, self._epoch, MARGIN_TRADES[wallet])

    def _read_pair(self, wallet: Wallet, name: str, from_id: int) -> bool:
        """Read the trades of a pair from an id on; False where the exchange refuses to tell them."""
        source, refused = MARGIN_TRADES[wallet], self._refused(wallet)
        was_refused = name in refused.all()
        while True:
            self._progress.go_on()
            try:
                page = self._exchange.margin_trades(wallet, name, from_id)
            except RequestRefusedError as error:
                # A pair that this account may not see: not a reason to stop the others.
                log.warning("pair not readable on margin", symbol=name, code=error.exchange_code)
                refused.note(name, self._exchange.server_time_ms())
                return False
            if was_refused:
                refused.note(name, 0)
            if not page:
                return True
            from_id = int(page[-1].external_id.rsplit(":", 1)[1]) + 1
            with self._store.write(self._epoch) as unit:
                earliest = self._ledger.write(unit, page)
                known = unit.ledger.cursor(self._account, source, name) or 0
                unit.ledger.set_cursor(self._account, source, name, max(from_id, known))
            self._ledger.note(earliest)
            if len(page) < PAGE:
                return True


def _there(reading: WalletsReading) -> Sequence[Wallet]:
    """The margin wallets that could be read."""
    return [wallet for wallet in MARGIN_TRADES if wallet in reading.read_ms]
