"""Reads the moves between an account's own wallets, behind everything else (docs/decisions/0023-wallet-moves.md).

They change no sum: the certificate's wallets alone are made of them. An account that uses one wallet asks nothing.
Where all wallets agree a look once a day saves what the exchange will forget. Where one differs from what was read of
it, the moves are asked for at once, among wallets in use first, then among all; older windows while it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeLimitedError
from backend.core.import_coverage import EDGE, EDGE_MOVES_MS, SINCE
from backend.core.model.amounts import ZERO, plain
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.core.model.wallet_moves import MOVES_READ, WALLET_MOVES
from backend.core.model.wallets import Wallet, WalletsReading
from backend.services.movement_import import MovementImport, Record

if TYPE_CHECKING:
    from backend.core.ledger.certificate import Certificate
    from backend.core.model.history import MovementSource
    from backend.core.model.valuation import Valuation
    from backend.core.ports import Exchange, Store, UnitOfWork
    from backend.services.ledger_update import Changes
    from backend.services.proofs import ProofLog

log = structlog.get_logger(__name__)

LOOK_EVERY_MS: Final = DAY_MS
# However often money moves between wallets, so long passes between two looks for it.
LOOK_AGAIN_MS: Final = 10 * MINUTE_MS
# Questions of one step: the next one goes on.
MOST_A_STEP: Final = 12
# Of each history that older windows are left of.
OLDER_A_STEP: Final = 3
# What differs: asset, wallet and by how much, as text.
Off = frozenset[tuple[str, str, str]]
EVERY_WALLET: Final = frozenset(wallet.value for wallet in Wallet)
OF_EARN: Final = frozenset({Wallet.EARN_FLEXIBLE.value, Wallet.EARN_LOCKED.value})


class WalletMoveImport(MovementImport):
    """Imports moves between the wallets of one account."""

    added = 0

    @classmethod
    def beside(cls, other: MovementImport) -> WalletMoveImport:
        """With the ledger and the progress of another import."""
        return cls(other._store, other._exchange, other._account, other._epoch, other._ledger, other._progress)

    @property
    def account(self) -> int:
        return self._account

    @property
    def epoch(self) -> int:
        return self._epoch

    @property
    def exchange(self) -> Exchange:
        return self._exchange

    @property
    def paused(self) -> bool:
        """Whether the user asked for a pause of what looks back."""
        return self._progress.paused

    def due(self, reading: WalletsReading, among: Collection[str], since_ms: int, now_ms: int) -> list[MovementSource]:
        """Histories of moves among some wallets that were not read since an instant."""
        return [
            source
            for source in self.sources(reading, among)
            if not self._read_since(source, since_ms) and not self._refused_since(source, now_ms - DAY_MS)
        ]

    def older(self, reading: WalletsReading, among: Collection[str], now_ms: int) -> list[MovementSource]:
        """Histories of moves among some wallets that older windows are left of, the one that was read least first."""
        left = [source for source in self.sources(reading, among) if self._older_left(source, now_ms)]
        return sorted(left, key=lambda one: -(self._cursor(one.name, SINCE) or 0))

    def read_newest(self, source: MovementSource, now_ms: int) -> bool:
        """The newest windows of a history; False where it did not answer.

        Raises:
            ExchangeLimitedError: the exchange asked for silence.
        """
        return self._try(source, lambda one: self._read_newest(one, now_ms))

    def read_window(self, source: MovementSource, now_ms: int) -> bool:
        """One older window of a history; False where it did not answer.

        Raises:
            ExchangeLimitedError: the exchange asked for silence.
        """
        return self._try(source, lambda one: self._read_older_window(one, now_ms))

    def note_edges(self, reading: WalletsReading, used: Collection[str], now_ms: int) -> None:
        """From when on the histories of moves among wallets in use tell anything, for the map of what was read."""
        edges = {source.name: self._told_from(source, now_ms) for source in self.sources(reading, used)}
        with self._store.read() as unit:
            known = unit.ledger.cursors(self._account, EDGE)
        moved = {name: at_ms for name, at_ms in edges.items() if abs(at_ms - known.get(name, 0)) >= EDGE_MOVES_MS}
        if moved:
            with self._store.write(self._epoch) as unit:
                for name, at_ms in moved.items():
                    unit.ledger.set_cursor(self._account, EDGE, name, at_ms)

    def sources(self, reading: WalletsReading, among: Collection[str]) -> Sequence[MovementSource]:
        """Histories of moves among some wallets of the account."""
        there = frozenset(among) - {one.wallet.value for one in reading.absent}
        return [source for source in self._exchange.wallet_move_sources() if source.wallets <= there]

    def _ask(self, source: MovementSource, start_ms: int, stop_ms: int, now_ms: int) -> Record:
        found = self._exchange.wallet_moves(source.name, start_ms, stop_ms)

        def record(unit: UnitOfWork) -> None:
            self.added += unit.wallet_moves.add(self._account, found)

        return record


@dataclass(slots=True)
class _Look:
    """`since_ms`: histories are to be read since then, for what was `sought` at that instant, less what was found.
    `left`: what differed still when all of them had been.
    """

    since_ms: int
    sought: Off
    left: Off | None = None


class WalletMoveKeeper:
    """Says when moves are read; one for all accounts of a collector, outlives its steps."""

    def __init__(self, store: Store, proofs: ProofLog) -> None:
        self._store = store
        self._proofs = proofs
        self._looks: dict[int, _Look] = {}

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._looks.pop(account_id, None)

    def update(
        self, importer: WalletMoveImport, changed: Changes, valuation: Valuation, go_on: Callable[[], bool]
    ) -> None:
        """Read what is due, a step's worth.

        Args:
            changed: what the step has compared, and `valuation` what it was worth: of them a certificate is made anew.
            go_on: whether another question may be asked in this step.
        """
        exchange, account, epoch = importer.exchange, importer.account, importer.epoch
        with self._store.read() as unit:
            certificate = unit.proofs.certificate(account)
            was_read = bool(unit.ledger.cursor(account, WALLET_MOVES, MOVES_READ))
        if not changed.complete or certificate is None or certificate.until_ms is None:
            return
        used, off = _used(certificate), _off(certificate)
        if len(used) < 2 or importer.paused:
            return
        now_ms = exchange.server_time_ms()
        importer.note_edges(changed.held.reading, used, now_ms)
        look = self._looks.setdefault(account, _Look(now_ms, off))
        news = bool(off) and off != look.left
        if news and off != look.sought and now_ms - look.since_ms >= LOOK_AGAIN_MS:
            look.since_ms, look.sought = now_ms, off
        since_ms = max(now_ms - LOOK_EVERY_MS, look.since_ms if news else 0)
        exchange.set_purpose("import")
        try:
            wanted = off if news else frozenset()
            done = _read(importer, changed.held.reading, used, wanted, since_ms, now_ms, go_on)
        except ExchangeLimitedError as error:
            log.info("moves between wallets wait", account=account, code=error.code)
            done = False
        finally:
            exchange.set_purpose("live")
        # What differs since a moment ago is sought in a few minutes.
        done = done and (not off or off == look.sought)
        if done:
            look.left = off
        is_read = done or (was_read and not news)
        if is_read != was_read:
            with self._store.write(epoch) as unit:
                unit.ledger.set_cursor(account, WALLET_MOVES, MOVES_READ, int(is_read))
        if importer.added or (is_read != certificate.moves_read and off):
            self._proofs.certify(self._store, epoch, account, changed, valuation, anew=True)
        if importer.added and off == look.sought:
            with self._store.read() as unit:
                found = unit.proofs.certificate(account)
            look.sought = off if found is None else _off(found)


def _read(
    importer: WalletMoveImport,
    reading: WalletsReading,
    used: Collection[str],
    off: Off,
    since_ms: int,
    now_ms: int,
    go_on: Callable[[], bool],
) -> bool:
    """One step: wallets in use first, all of them while something is `off`, then older windows of Earn; whether there
    was nothing to ask any more.
    """
    ask = importer.read_newest
    due = importer.due(reading, used, since_ms, now_ms)
    if not due and off:
        due = importer.due(reading, EVERY_WALLET, since_ms, now_ms)
        if not due:
            earn = OF_EARN & {wallet for _, wallet, _ in off}
            ask, due = importer.read_window, importer.older(reading, earn, now_ms) * OLDER_A_STEP
    for count, source in enumerate(due):
        if count == MOST_A_STEP or (count and not go_on()):
            break
        ask(source, now_ms)
    return not due


def _used(certificate: Certificate) -> frozenset[str]:
    """Wallets that hold anything, or where anything was."""
    found = set()
    for row in certificate.assets:
        found |= {wallet for wallet, quantity in row.wallets.items() if quantity != ZERO}
        found |= set(row.replayed_in or ())
    return frozenset(found)


def _off(certificate: Certificate) -> Off:
    """What moves may explain: what differs in one wallet and not, or not alone, in the coin."""
    return frozenset(
        (row.asset, line.wallet, "" if line.difference is None else plain(line.difference))
        for row in certificate.assets
        for line in row.lines(certificate.moves_read)
        if line.state not in ("agrees", "differs")
    )
