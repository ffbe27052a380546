"""Who may send orders: kill switch, arming, and the rights of the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from backend.core.errors import (
    BadInputError,
    CredentialsRefusedError,
    NotAllowedError,
    RunRefusedError,
)
from backend.core.model.accounts import KeyPermissions
from backend.core.trade_ports import ArmingRule
from backend.core.trading_rights import MINUTE_MS, TradingRights
from backend.services.kill_switch import KillSwitch
from backend.tests.integration.services.run_stage import NAME, Stage
from backend.tests.process.order_walks import ENVIRONMENT


def test_the_switch_and_the_file_each_stop_everything(stage: Stage) -> None:
    switch = KillSwitch(stage.on.store, ENVIRONMENT, stage.rights)
    assert switch.throw().state.on
    assert stage.refused() == "kill-switch"
    stage.file.touch()
    with pytest.raises(RunRefusedError, match="file"):
        switch.lift()
    assert stage.refused() == "kill-switch"
    assert switch.view().state.by_switch_ms is None
    stage.file.unlink()
    stage.start()


def test_an_account_trades_only_while_it_is_armed(make_stage: Callable[[ArmingRule], Stage]) -> None:
    stage = make_stage("by_hand")
    assert stage.refused() == "trading-disarmed"
    with pytest.raises(BadInputError):
        stage.rights.arm(stage.account_id, 10, "other")
    armed = stage.rights.arm(stage.account_id, 10, NAME)
    assert (armed.armed, armed.until_ms) == (True, stage.on.now_ms() + 10 * MINUTE_MS)
    stage.rights.disarm(stage.account_id)
    assert stage.refused() == "trading-disarmed"
    stage.rights.arm(stage.account_id, 10, NAME)
    stage.on.machine_ms[0] += 10 * MINUTE_MS
    stage.sync(refreshed_machine=stage.on.now_ms())
    assert stage.refused() == "arming-expired"
    stage.rights.arm(stage.account_id, 1, NAME)
    stage.start()


@pytest.mark.parametrize("restricted", [False, None])
def test_a_live_account_with_a_key_for_any_address_is_neither_armed_nor_trades(
    make_stage: Callable[[ArmingRule], Stage], restricted: bool | None
) -> None:
    stage = make_stage("by_hand")
    stage.rights = TradingRights(
        stage.on.store, ENVIRONMENT, "by_hand", stage.file.exists, stage.on.now_ms, own_time=True, tells_rights=True
    )
    good = KeyPermissions(can_read=True, can_trade=True, can_withdraw=False, ip_restricted=True)
    stage.sync(permissions=replace(good, ip_restricted=restricted))
    with pytest.raises(NotAllowedError, match="any address"):
        stage.rights.arm(stage.account_id, 10, NAME)
    stage.sync(permissions=good)
    stage.rights.arm(stage.account_id, 10, NAME)
    stage.sync(permissions=replace(good, ip_restricted=restricted))
    assert stage.refused() == "key-rights"
    assert stage.asked == []


def test_an_account_without_a_key_cannot_trade(stage: Stage) -> None:
    with stage.on.store.write() as unit:
        account = unit.accounts.create(ENVIRONMENT, "papers")
    plan = stage.plan_again("papers", account_id=account.id)
    with pytest.raises(CredentialsRefusedError):
        stage.start(plan_id=plan.plan_id, confirmation="papers")
    with pytest.raises(BadInputError):
        stage.rights.arm(account.id, 10, "papers")


@pytest.mark.parametrize("tells_rights", [True, False])
@pytest.mark.parametrize("can_trade", [True, False, None])
@pytest.mark.parametrize("can_withdraw", [True, False, None])
def test_only_a_key_that_may_trade_and_nothing_else_is_armed_begins_and_sends(
    make_stage: Callable[[ArmingRule], Stage], tells_rights: bool, can_trade: bool | None, can_withdraw: bool | None
) -> None:
    stage = make_stage("by_hand")
    on = stage.on
    stage.rights = TradingRights(
        on.store, ENVIRONMENT, "by_hand", stage.file.exists, on.now_ms, own_time=True, tells_rights=tells_rights
    )
    stage.sync(permissions=KeyPermissions(True, True, can_withdraw=False, ip_restricted=True))
    stage.rights.arm(stage.account_id, 10, NAME)
    rights = KeyPermissions(can_read=True, can_trade=can_trade, can_withdraw=can_withdraw, ip_restricted=True)
    stage.sync(permissions=rights)
    good = (can_trade, can_withdraw) == (True, False)
    if good or (not tells_rights and can_trade is not False and can_withdraw is not True):
        stage.rights.arm(stage.account_id, 10, NAME)
        stage.start()
        return
    with pytest.raises(NotAllowedError, match="key of mine"):
        stage.rights.arm(stage.account_id, 10, NAME)
    assert stage.refused() == "key-rights"
    assert stage.asked == []


def test_a_key_that_nobody_asked_about_yet_trades_only_where_no_exchange_could_tell(stage: Stage) -> None:
    on, told = stage.on, []
    for tells_rights in (True, False):
        rights = TradingRights(
            on.store, ENVIRONMENT, "always", stage.file.exists, on.now_ms, own_time=True, tells_rights=tells_rights
        )
        with on.store.read() as unit:
            refused = rights.refusal(unit, stage.account_id)
        told.append(None if refused is None else refused.code)
    assert told == ["key-rights", None]
