"""The frame around a message of the wire format: two lengths, then the bytes. Needs no torch.

See `grader.sandbox.inside.wire` for what is in it.
"""

from __future__ import annotations

import struct

HEADER = struct.Struct(">QQ")
MAX_TREE = 4 * 2**20
MAX_BLOB = 64 * 2**20


class MalformedError(ValueError):
    """The bytes received are not a message of this format."""


def check_header(header: bytes, max_blob: int = MAX_BLOB) -> tuple[int, int]:
    """Return the lengths in bytes of tree and blob that a 16-byte header announces.

    Raises:
        MalformedError: if either is over its limit.
    """
    tree, blob = HEADER.unpack(header)
    if tree > MAX_TREE or blob > max_blob:
        raise MalformedError("a frame over the size limit")
    return tree, blob
