"""Encoding of pixels as a PNG file: one pass of ISA-L, without loss."""

import struct

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 1
_EIGHT_BITS = 8
# Rows compressed together: few enough to stay in the processor's cache.
_STRIP = 32
INDEXED, RGBA = 3, 6
"""Kinds of picture: bytes that point into a palette, or four bytes a pixel, the last its alpha."""


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """Return a PNG of `pixels`, shaped (height, width, 4), red-green-blue-alpha.

    Alpha stays in: removing it needs a strided copy that costs more than compressing it.
    """
    height, width, _ = pixels.shape
    return png_file((width, height), RGBA, _pixel_chunk(pixels.reshape(height, 4 * width)))


def indexed_png(
    indices: NDArray[np.uint8], colours: NDArray[np.uint8], opacity: bytes = b""
) -> bytes:
    """Return a PNG of `indices`, (height, width), into at most 256 `colours`, shaped (n, 3), with
    the opacity of each, up to 255; all are opaque without it.
    """
    height, width = indices.shape
    palette = [(b"PLTE", colours.tobytes()), *([(b"tRNS", opacity)] if opacity else [])]
    return png_file((width, height), INDEXED, *palette, _pixel_chunk(indices))


def _pixel_chunk(lines: NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """Return the rows compressed. Each starts with its filter, 0: flat colours need none."""
    strip = np.zeros((_STRIP, 1 + lines.shape[1]), np.uint8)
    deflate, packed = isal_zlib.compressobj(_LEVEL), list[bytes]()
    for top in range(0, len(lines), _STRIP):
        rows = lines[top : top + _STRIP]
        strip[: len(rows), 1:] = rows
        packed.append(deflate.compress(strip[: len(rows)]))
    return b"IDAT", b"".join((*packed, deflate.flush()))


def png_file(size: tuple[int, int], kind: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return the file around chunks (name, content) of a picture of this width and height."""
    header = struct.pack(">IIBBBBB", *size, _EIGHT_BITS, kind, 0, 0, 0)
    whole = ((b"IHDR", header), *chunks, (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(*chunk) for chunk in whole)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = isal_zlib.crc32(body, isal_zlib.crc32(kind))
    return b"".join((struct.pack(">I", len(body)), kind, body, struct.pack(">I", checksum)))
