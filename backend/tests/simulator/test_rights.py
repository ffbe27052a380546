"""Keys of every type and what they may do; maintenance and bans."""

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from Crypto.Hash import SHA256
from Crypto.PublicKey import ECC, RSA
from Crypto.Signature import eddsa, pkcs1_15

from backend.exchange.simulator.limits import SPOT_IP, Limits
from backend.exchange.simulator.messages import ExchangeError
from backend.tests.simulator.world import KEY, World

ACCOUNT = "/api/v3/account"
RSA_KEY = RSA.generate(2048)
ED_KEY = ECC.generate(curve="Ed25519")


def rsa_sign(payload: bytes) -> bytes:
    return pkcs1_15.new(RSA_KEY).sign(SHA256.new(payload))


def ed_sign(payload: bytes) -> bytes:
    return eddsa.new(ED_KEY, "rfc8032").sign(payload)


PUBLIC = {"RSA": RSA_KEY.public_key().export_key().decode(), "ED25519": ED_KEY.public_key().export_key(format="PEM")}


@pytest.mark.parametrize(("kind", "sign"), [("RSA", rsa_sign), ("ED25519", ed_sign)])
def test_signatures_of_key_pairs_are_verified(world: World, kind: str, sign: Any) -> None:
    world.open_account(api_key="pair", name="pair", api_secret=PUBLIC[kind], key_type=kind)
    payload = f"timestamp={world.now}"
    signature = base64.b64encode(sign(payload.encode())).decode()
    headers = {"x-mbx-apikey": "pair"}
    good = world.send("GET", ACCOUNT, f"{payload}&signature={quote(signature, safe='')}", headers=headers)
    assert good.status == 200
    for wrong in (signature.swapcase(), "", "%%%", base64.b64encode(sign(b"other")).decode()):
        query = f"{payload}&" + urlencode({"signature": wrong})
        assert world.send("GET", ACCOUNT, query, headers=headers).error[0] in (-1022, -1102)


def test_a_signature_of_any_letters_is_wrong_but_no_accident(world: World) -> None:
    query = f"timestamp={world.now}&" + urlencode({"signature": "ключ"})
    assert world.send("GET", ACCOUNT, query, headers={"x-mbx-apikey": KEY}).error[0] == -1022


@pytest.mark.parametrize("kind", ["RSA", "ED25519"])
def test_only_a_public_key_of_the_type_opens_such_an_account(world: World, kind: str) -> None:
    other = PUBLIC["ED25519" if kind == "RSA" else "RSA"]
    private = RSA_KEY.export_key().decode() if kind == "RSA" else ED_KEY.export_key(format="PEM")
    for secret in ("secret", other, private):
        body = {"name": "x", "api_key": "x", "api_secret": secret, "key_type": kind}
        assert "public key" in world.control("/sim/accounts", body, status=400)["error"]


def test_rights_can_be_taken_and_given_back(world: World) -> None:
    order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "100"}
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    world.control("/sim/rights", {"api_key": KEY, "permissions": {"enableSpotAndMarginTrading": False}})
    answer = world.signed("POST", "/api/v3/order", **order)
    assert (answer.status, answer.error[0]) == (401, -2015)
    assert world.signed("GET", ACCOUNT).json()["canTrade"] is False
    world.control("/sim/rights", {"api_key": KEY, "permissions": {"enableReading": False}})
    assert world.signed("GET", ACCOUNT).error[0] == -2015
    everything = {"enableReading": True, "enableSpotAndMarginTrading": True}
    world.control("/sim/rights", {"api_key": KEY, "permissions": everything})
    assert world.signed("POST", "/api/v3/order", **order).status == 200


def test_a_revoked_key_is_unknown_until_it_is_restored_also_after_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.open_account()
    world.control("/sim/rights", {"api_key": KEY, "revoked": True})
    world.close()
    again = World(tmp_path)
    assert again.signed("GET", ACCOUNT).error[0] == -2015
    again.control("/sim/rights", {"api_key": KEY, "revoked": False})
    assert again.signed("GET", ACCOUNT).status == 200
    again.close()


@pytest.mark.parametrize(
    ("restricted", "ips", "accepted"),
    [(True, ["127.0.0.1", "10.0.0.1"], True), (True, ["10.0.0.1"], False), (False, ["10.0.0.1"], True)],
)
def test_a_key_bound_to_addresses_is_refused_from_others(
    world: World, restricted: bool, ips: list[str], accepted: bool
) -> None:
    body = {"api_key": KEY, "permissions": {"ipRestrict": restricted}, "trusted_ips": ips}
    world.control("/sim/rights", body)
    assert (world.signed("GET", ACCOUNT).status == 200) == accepted


def test_maintenance_stops_what_is_signed_and_is_told(world: World) -> None:
    status = "/sapi/v1/system/status"
    assert world.get(status).json() == {"status": 0, "msg": "normal"}
    world.control("/sim/maintenance", {"on": True})
    assert world.get(status).json() == {"status": 1, "msg": "system maintenance"}
    assert world.signed("GET", ACCOUNT).status == 503
    assert world.get("/api/v3/ticker/price", symbol="BTCUSDT").status == 200
    world.control("/sim/maintenance", {"on": False})
    assert world.signed("GET", ACCOUNT).status == 200


def test_a_ban_on_demand_hits_everybody_and_says_until_when(world: World) -> None:
    world.control("/sim/ban", {"for_s": 60})
    answer = world.get("/api/v3/ping")
    assert (answer.status, answer.error[0]) == (418, -1003)
    assert 1 <= int(answer.answer.headers["Retry-After"]) <= 60
    assert world.control("/sim/requests")["ban_until"] is not None


def test_a_planned_ban_begins_and_ends_at_its_time() -> None:
    now = 1000.0
    limits = Limits(lambda: now)
    limits.plan_ban(after_s=60, for_s=120)
    seen = []
    for at in (1000.0, 1059.0, 1060.0, 1179.0, 1181.0):
        now = at
        try:
            limits.charge(SPOT_IP, "ip", "/", 1)
            seen.append(200)
        except ExchangeError as error:
            seen.append(error.status)
    assert seen == [200, 200, 418, 418, 200]
