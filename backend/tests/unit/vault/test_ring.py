"""Sealing: what goes in comes out, for its own purpose and with its own key alone; and nothing that was touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import redaction
from backend.core.errors import SealBroken
from backend.core.model.keys import read_pair
from backend.core.redaction import REDACTED, Redactor, Secrets
from backend.core.sign_in.secret_texts import session_token
from backend.vault.ring import KeyRing, MasterKey, key_of

FIRST, SECOND = MasterKey("first-master-key-of-the-tests-00000001"), MasterKey("second-master-key-of-the-tests-0000002")
PURPOSE = "account-key:1:read"


def ring(*keys: MasterKey) -> KeyRing:
    return KeyRing(lambda: keys, lambda: keys[0])


@given(plain=st.text(), purpose=st.text())
def test_what_is_sealed_opens_for_its_purpose(plain: str, purpose: str) -> None:
    assert ring(FIRST).unseal(ring(FIRST).seal(plain, purpose), purpose) == plain


def test_no_log_line_has_what_was_sealed_or_opened() -> None:
    sealed = ring(FIRST).seal("first words of a secret", PURPOSE)
    assert "first words" not in Redactor().text("said: first words of a secret")
    known = Secrets()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redaction, "KNOWN", known)
        assert "first words" in known.scrub("said: first words of a secret")
        ring(FIRST).unseal(sealed, PURPOSE)
        assert "first words" not in known.scrub("said: first words of a secret")
        read_pair(json.dumps(["a-public-key-0001", "and-its-secret-1", ""]))
        assert known.scrub("a-public-key-0001 and-its-secret-1") == f"{REDACTED} {REDACTED}"
        token = session_token()
        assert known.scrub(token) == REDACTED


def test_the_secret_and_the_master_key_are_not_in_it() -> None:
    sealed = ring(FIRST).seal("canary-secret", PURPOSE)
    assert "canary" not in sealed
    assert FIRST.text not in sealed
    assert FIRST.text not in repr(FIRST)
    assert sealed != ring(FIRST).seal("canary-secret", PURPOSE)


def test_it_does_not_open_for_another_purpose() -> None:
    sealed = ring(FIRST).seal("secret", PURPOSE)
    with pytest.raises(SealBroken, match="something else"):
        ring(FIRST).unseal(sealed, "account-key:2:read")
    # Nor where the purpose it tells is changed to the one that is asked for.
    other = ring(FIRST).seal("secret", "account-key:2:read")
    moved = ".".join([*other.split(".")[:3], sealed.split(".")[3]])
    with pytest.raises(SealBroken, match="changed"):
        ring(FIRST).unseal(moved, "account-key:2:read")


def test_every_letter_of_it_counts() -> None:
    sealed = ring(FIRST).seal("secret", PURPOSE)
    for at, letter in enumerate(sealed):
        other = "A" if letter != "A" else "B"
        changed = sealed[:at] + other + sealed[at + 1 :]
        if changed.rstrip("=")[:-1] == sealed.rstrip("=")[:-1]:
            continue  # the last letter of a text in base64 holds bits that mean nothing
        with pytest.raises(SealBroken):
            ring(FIRST).unseal(changed, PURPOSE)


@pytest.mark.parametrize("text", ["", "secret", "v1.a.b", "v1...", "v2.a.b.c", "v1.a.b.c.d", "v1.é.é.é"])
def test_what_is_no_sealed_text_is_told(text: str) -> None:
    with pytest.raises(SealBroken):
        ring(FIRST).unseal(text, PURPOSE)


def test_the_newest_key_seals_and_all_of_them_open() -> None:
    old = ring(FIRST).seal("secret", PURPOSE)
    both = ring(SECOND, FIRST)
    assert both.unseal(old, PURPOSE) == "secret"
    assert key_of(both.seal("secret", PURPOSE)) == SECOND.id
    assert not both.is_newest(old)
    assert both.is_newest(both.resealed(old))
    assert ring(SECOND).unseal(both.resealed(old), PURPOSE) == "secret"
    with pytest.raises(SealBroken, match="not here"):
        ring(SECOND).unseal(old, PURPOSE)
