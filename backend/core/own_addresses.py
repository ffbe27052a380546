"""Own addresses outside the exchange, of one environment: told, named, and what they hold of each account.

What goes there and comes back is a function of the ledger, of the addresses and of the user's word; when one of them
changes, the accounts concerned are computed anew from the first event that is now seen otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from backend.core.errors import BadInputError, DomainError, NotFoundError
from backend.core.ledger.outside import outside_of
from backend.core.model.addresses import (
    NOTHING_OUTSIDE,
    AtAddress,
    EventKey,
    Outside,
    OwnAddress,
    Treatment,
    same_address,
)
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import CashFlow, EventKind, LedgerEvent

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork

ReturnWord = Literal["returned", "flow"]
NEW: Final = 0


class AddressExistsError(DomainError):
    """The address is told already."""

    code = "address-exists"


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address with how many withdrawals went there and what it holds by asset; nothing where they are flows."""

    address: OwnAddress
    withdrawals: int
    held: Mapping[str, Decimal]


def outside_in(unit: UnitOfWork, account_id: int) -> Outside:
    """What of an account is held outside."""
    addresses = unit.addresses.known_to(account_id)
    if not any(one.treatment == "outside_holdings" for one in addresses):
        return NOTHING_OUTSIDE
    return outside_of(
        unit.addresses.crossings(account_id),
        addresses,
        unit.addresses.said(account_id),
        unit.addresses.paired(account_id),
    )


def seen_before(unit: UnitOfWork, environment: str) -> dict[int, Outside]:
    """What is held outside by account, to be compared with after a change."""
    accounts = unit.accounts.in_environment(environment)
    return {account.id: outside_in(unit, account.id) for account in accounts}


def recompute_changed(unit: UnitOfWork, before: Mapping[int, Outside]) -> dict[int, int]:
    """Have figures computed anew where events are seen otherwise than before; the earliest instant by account."""
    changed: dict[int, int] = {}
    for account, was in before.items():
        now = outside_in(unit, account)
        moves = {**was.moves, **now.moves}
        instants = [moves[key].at_ms for key in was.keys ^ now.keys]
        if instants:
            changed[account] = min(instants)
            unit.accounts.mark_dirty(account, min(instants))
            # Profit is not split by costs that are not these any more.
            unit.accounts.update_sync(account, positions=None)
        if was != now:
            unit.events.emit("cashflow", account)
    return changed


def addresses_of(unit: UnitOfWork, account_id: int) -> dict[EventKey, AtAddress]:
    """The own address of each deposit and withdrawal of an account that has one."""
    known = {one.id: one for one in unit.addresses.known_to(account_id)}
    if not known:
        return {}
    found: dict[EventKey, AtAddress] = {}
    for event in unit.addresses.crossings(account_id):
        target = _target(event, known.values())
        if target is not None:
            found[event.source, event.external_id] = AtAddress(target, "flow")
    for key, move in outside_in(unit, account_id).moves.items():
        found[key] = AtAddress(known[move.address_id], move.state)
    return found


class AddressBook:
    """The addresses of one environment."""

    def __init__(self, store: Store, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._environment = environment
        self._now_ms = now_ms

    def all(self) -> list[AddressView]:
        """Every address with what is there, in the order in which they were told."""
        with self._store.read() as unit:
            return self._views(unit)

    def add(
        self, address: str, network: str, label: str, treatment: Treatment
    ) -> tuple[AddressView, Mapping[int, int]]:
        """Tell an address of one's own; returns it, and from when on which account is computed anew.

        Raises:
            AddressExistsError: it is told already, for this network or for any.
        """
        with self._store.write() as unit:
            for known in unit.addresses.all(self._environment):
                if same_address(known.address, address) and "" in (known.network, network, _other(known, network)):
                    raise AddressExistsError(f"This address is told already as {known.label or known.address}")
            before = seen_before(unit, self._environment)
            new = OwnAddress(NEW, address, network, label, treatment, self._now_ms())
            number = unit.addresses.add(self._environment, new)
            unit.audit.record("address.create", subject=label or address, details=_words(new))
            changed = self._told(unit, before)
            return self._view(unit, number), changed

    def change(
        self, address_id: int, label: str | None, treatment: Treatment | None
    ) -> tuple[AddressView, Mapping[int, int]]:
        """Name an address otherwise, or treat what went there otherwise: the past is computed anew.

        Raises:
            NotFoundError: there is no such address.
        """
        with self._store.write() as unit:
            known = self._find(unit, address_id)
            before = seen_before(unit, self._environment)
            changed_to = replace(
                known,
                label=known.label if label is None else label,
                treatment=known.treatment if treatment is None else treatment,
            )
            unit.addresses.change(changed_to)
            unit.audit.record("address.update", subject=known.label or known.address, details=_words(changed_to))
            changed = self._told(unit, before)
            return self._view(unit, address_id), changed

    def delete(self, address_id: int) -> Mapping[int, int]:
        """Forget an address: what went there is a withdrawal again, what came from there a deposit.

        Raises:
            NotFoundError: there is no such address.
        """
        with self._store.write() as unit:
            known = self._find(unit, address_id)
            before = seen_before(unit, self._environment)
            unit.addresses.delete(address_id)
            unit.audit.record("address.delete", subject=known.label or known.address, details=_words(known))
            return self._told(unit, before)

    def say_return(
        self, flow_id: int, word: ReturnWord | None, address_id: int | None
    ) -> tuple[CashFlow, Mapping[int, int]]:
        """Say whether a deposit came from an own address; None takes the answer back.

        Raises:
            NotFoundError: there is no such address, or no such cash flow.
            BadInputError: it is no deposit of the exchange, or the address does not hold so much of the coin.
        """
        with self._store.write() as unit:
            flow = unit.cash_flows.find(flow_id)
            if flow is None or flow.account_id not in {
                one.id for one in unit.accounts.in_environment(self._environment)
            }:
                raise NotFoundError(f"There is no cash flow {flow_id}")
            key: EventKey = (flow.source, flow.external_id)
            before = seen_before(unit, self._environment)
            deposits = {(one.source, one.external_id) for one in unit.addresses.crossings(flow.account_id)}
            if key not in deposits or (flow.quantity or ZERO) <= ZERO:
                raise BadInputError(
                    "Only a deposit that the exchange told can have come from an own address", "decision"
                )
            if word is None:
                unit.addresses.unsay(flow.account_id, key)
            elif word == "flow":
                unit.addresses.say(flow.account_id, key, None)
            else:
                if address_id is None:
                    raise BadInputError("Name the address that it came from", "address")
                address = self._find(unit, address_id)
                unit.addresses.say(flow.account_id, key, address.id)
                if key not in outside_in(unit, flow.account_id).keys:
                    words = f"{address.label or address.address} did not hold so much of it at that time"
                    raise BadInputError(f"{words}, as far as this account sent it there", "address")
            told = {"word": word, "address": address_id}
            unit.audit.record("cashflow.return", account_id=flow.account_id, subject=f"flow {flow_id}", details=told)
            return flow, recompute_changed(unit, before)

    def _told(self, unit: UnitOfWork, before: Mapping[int, Outside]) -> Mapping[int, int]:
        """Say that addresses are others: flows are shown with their names, whatever else changes."""
        unit.events.emit("cashflow", None)
        return recompute_changed(unit, before)

    def _find(self, unit: UnitOfWork, address_id: int) -> OwnAddress:
        found = next((one for one in unit.addresses.all(self._environment) if one.id == address_id), None)
        if found is None:
            raise NotFoundError(f"There is no address {address_id}")
        return found

    def _view(self, unit: UnitOfWork, address_id: int) -> AddressView:
        return next(view for view in self._views(unit) if view.address.id == address_id)

    def _views(self, unit: UnitOfWork) -> list[AddressView]:
        addresses = unit.addresses.all(self._environment)
        sent = dict.fromkeys((one.id for one in addresses), 0)
        held: dict[int, dict[str, list[Decimal]]] = {one.id: {} for one in addresses}
        for account in unit.accounts.in_environment(self._environment) if addresses else ():
            for event in unit.addresses.crossings(account.id):
                target = next(
                    (one for one in addresses if event.address and one.takes(event.address, event.note)), None
                )
                if target is not None and any(leg.amount < ZERO for leg in event.flow_legs()):
                    sent[target.id] += 1
            for (number, asset), quantity in outside_in(unit, account.id).held.items():
                held[number].setdefault(asset, []).append(quantity)
        return [
            AddressView(one, sent[one.id], {asset: total(parts) for asset, parts in sorted(held[one.id].items())})
            for one in addresses
        ]


def _target(event: LedgerEvent, addresses: Iterable[OwnAddress]) -> OwnAddress | None:
    """The own address that a withdrawal went to. That of a deposit is one of the exchange's."""
    if not event.address or event.kind is not EventKind.WITHDRAWAL:
        return None
    return next((one for one in addresses if one.takes(event.address, event.note)), None)


def _words(one: OwnAddress) -> dict[str, object]:
    """What the audit trail says of an address."""
    return {"address": one.address, "network": one.network, "label": one.label, "treatment": one.treatment}


def _other(known: OwnAddress, network: str) -> str:
    """Empty where both name one network."""
    return "" if known.network.casefold() == network.casefold() else network
