"""JSON that is kept compressed, and sent as gzip behind a head of the moment: nothing long is compressed again.

A gzip answer is one deflate stream with a checksum of all of it. The head goes in as it is; the kept part follows with
its own blocks; the checksum of both together is computed from those of the parts (zlib's `crc32_combine`).
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

LEVEL: Final = 9
# Checksum of the kept part, what it moves a checksum before it by, and its length; then its deflate blocks.
_KEPT: Final = struct.Struct("<III")
_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
# The longest block that deflate can hold as it is.
_BLOCK: Final = 65_535
# The polynomial of CRC-32, and x^0 and x^8 as it writes them: the lowest power is the highest bit.
_POLYNOMIAL: Final = 0xEDB88320
_ONE: Final = 1 << 31
_BYTE: Final = 1 << 23


def packed(content: bytes) -> bytes:
    """Content compressed, with what `gzip_behind` needs to know of it."""
    squeezed = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    blocks = squeezed.compress(content) + squeezed.flush()
    return _KEPT.pack(zlib.crc32(content), _shift(len(content)), len(content)) + blocks


def unpacked(kept: bytes) -> bytes:
    """What `packed` was given."""
    return zlib.decompress(kept[_KEPT.size :], -zlib.MAX_WBITS)


def gzip_behind(head: bytes, kept: bytes) -> bytes:
    """The gzip of a head and of what is kept behind it: one member, as browsers want it."""
    crc, shift, length = _KEPT.unpack_from(kept)
    parts = [_HEADER]
    for start in range(0, len(head), _BLOCK):
        block = head[start : start + _BLOCK]
        parts += [struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF), block]
    both = _product(shift, zlib.crc32(head)) ^ crc
    return b"".join((*parts, kept[_KEPT.size :], struct.pack("<II", both, (len(head) + length) & 0xFFFFFFFF)))


def _shift(length: int) -> int:
    """x^(8 length) modulo the polynomial: what a checksum is multiplied by when so many bytes follow."""
    result, power = _ONE, _BYTE
    while length:
        if length & 1:
            result = _product(power, result)
        power = _product(power, power)
        length >>= 1
    return result


def _product(one: int, other: int) -> int:
    """Two polynomials multiplied, modulo that of CRC-32."""
    result = 0
    while one:
        if one & _ONE:
            result ^= other
        one = (one << 1) & 0xFFFFFFFF
        other = (other >> 1) ^ (_POLYNOMIAL if other & 1 else 0)
    return result
