"""A head of the moment and a long rest that was compressed long before are one gzip stream, checksum and all."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.packed_json import gzip_behind, packed, unpacked


@given(head=st.binary(max_size=600), rest=st.binary(max_size=5_000))
def test_head_and_rest_are_read_as_one(head: bytes, rest: bytes) -> None:
    kept = packed(rest)
    assert unpacked(kept) == rest
    assert gzip.decompress(gzip_behind(head, kept)) == head + rest


@pytest.mark.parametrize("head", [0, 1, 65_535, 65_536, 200_000])
def test_a_head_of_any_length_goes_in_front(head: int) -> None:
    rest = b'"series":[' + b"1.25," * 30_000
    sent = gzip_behind(b"x" * head, packed(rest))
    # One member: browsers leave out whatever stands behind the first.
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(sent) == b"x" * head + rest
    assert reader.eof
    assert reader.unused_data == b""


def test_a_long_rest_is_kept_small() -> None:
    assert len(packed(b"1.25," * 30_000)) < 1_000
