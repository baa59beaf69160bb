"""Pixels to a PNG file: one pass of ISA-L, no loss."""

import struct

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 1
_EIGHT_BITS, _PALETTE, _RGBA = 8, 3, 6


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of `pixels`, shaped (height, width, 4), opaque red-green-blue-alpha.

    The alpha stays in: leaving it out costs a strided copy that is dearer than compressing it.
    """
    height, width, _ = pixels.shape
    return _file(pixels.reshape(height, 4 * width), width, _RGBA)


def encode_indexed(indices: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    """A PNG of `indices`, shaped (height, width), into `palette`, shaped (colours, 3)."""
    return _file(indices, indices.shape[1], _PALETTE, _chunk(b"PLTE", palette.tobytes()))


def _file(lines: NDArray[np.uint8], width: int, colours: int, palette: bytes = b"") -> bytes:
    # Each row starts with its filter; 0 is none, and flat colours need none.
    rows = np.zeros((lines.shape[0], 1 + lines.shape[1]), np.uint8)
    rows[:, 1:] = lines
    header = struct.pack(">IIBBBBB", width, lines.shape[0], _EIGHT_BITS, colours, 0, 0, 0)
    packed = isal_zlib.compress(rows, _LEVEL)
    chunks = (_chunk(b"IHDR", header), palette, _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return b"".join((_SIGNATURE, *chunks))


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = isal_zlib.crc32(body, isal_zlib.crc32(kind))
    return b"".join((struct.pack(">I", len(body)), kind, body, struct.pack(">I", checksum)))
