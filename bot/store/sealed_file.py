"""A file sealed with the secret key, in pieces: of any size, in little memory, and refused where it
was cut, changed or put together anew.
"""

import hashlib
import hmac
import io
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"SEATWISE SEALED 1\n"
_KEY_ID, _SALT, _PREFIX, _TAG = 8, 32, 7, 16
_HEADER = len(_MAGIC) + _KEY_ID + _SALT + _PREFIX
_PIECE = 1024 * 1024
_LAST = b"\x01"
_MORE = b"\x00"


class SealedWithAnother(Exception):
    """A sealed file, made with another secret key."""


class SealBroken(Exception):
    """A sealed file that was cut or changed."""


def is_sealed(file: Path) -> bool:
    """Check whether a file was written by SealedWriter. Raises OSError if it cannot be read."""
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


class SealedWriter(io.RawIOBase):
    """A stream that seals what is written to it into `out`. Only `close` makes the file whole.

    Each piece has its number, and the last one a flag, in what its seal covers: none can be left
    out, doubled, moved, or missing at the end.
    """

    def __init__(self, out: BinaryIO, secret: str) -> None:
        super().__init__()
        self._out, self._number, self._waiting = out, 0, bytearray()
        salt, self._prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_PREFIX)
        self._header = _MAGIC + _key_id(secret) + salt + self._prefix
        self._cipher = AESGCM(_key(secret, salt))
        out.write(self._header)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: object, /) -> int:
        """Take bytes; those of whole pieces are sealed at once."""
        taken = bytes(memoryview(data))  # type: ignore[arg-type]  # the buffer protocol has no type in 3.11
        self._waiting += taken
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), _MORE)
            del self._waiting[:_PIECE]
        return len(taken)

    def finish(self) -> None:
        """Seal the last piece; nothing may be written after it."""
        self._seal(bytes(self._waiting), _LAST)
        self._waiting.clear()

    def _seal(self, piece: bytes, flag: bytes) -> None:
        nonce = _nonce(self._prefix, self._number, flag)
        self._out.write(self._cipher.encrypt(nonce, piece, self._header))
        self._number += 1


def unseal(file: Path, to: Path, secret: str) -> None:
    """Write the content of a sealed file to `to`, every piece checked. Raises SealedWithAnother, or
    SealBroken; `to` then holds nothing to be used.
    """
    with file.open("rb") as sealed, to.open("wb") as out:
        header = sealed.read(_HEADER)
        if len(header) < _HEADER or not header.startswith(_MAGIC):
            raise SealBroken
        key_id, rest = header[len(_MAGIC) :][:_KEY_ID], header[len(_MAGIC) + _KEY_ID :]
        if not hmac.compare_digest(key_id, _key_id(secret)):
            raise SealedWithAnother
        cipher, prefix = AESGCM(_key(secret, rest[:_SALT])), rest[_SALT:]
        for number, (piece, flag) in enumerate(_pieces(sealed)):
            try:
                out.write(cipher.decrypt(_nonce(prefix, number, flag), piece, header))
            except InvalidTag as error:
                raise SealBroken from error


def _pieces(sealed: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the sealed pieces, each with the flag that it must have by its place."""
    piece = sealed.read(_PIECE + _TAG)
    while True:
        following = sealed.read(_PIECE + _TAG)
        yield piece, _MORE if following else _LAST
        if not following:
            return
        piece = following


def _nonce(prefix: bytes, number: int, flag: bytes) -> bytes:
    return prefix + number.to_bytes(4) + flag


def _key(secret: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=b"seatwise sealed file").derive(secret.encode())


def _key_id(secret: str) -> bytes:
    """Return what tells one secret from another, and nothing of it."""
    key = HKDF(SHA256(), 32, salt=None, info=b"seatwise sealed file id").derive(secret.encode())
    return hashlib.sha256(key).digest()[:_KEY_ID]
