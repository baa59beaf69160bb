"""Secrets at rest: AES-GCM, bound to the partner and the column they stand in."""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Unsealable(Exception):
    """Sealed with another secret, for another place, or meddled with."""


class Sealer:
    """Seals with a key made of SEATWISE_SECRET_KEY. What is sealed reads `key id.base64`."""

    def __init__(self, secret: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=b"seatwise sealed columns").derive(secret.encode())
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"id:" + key).hexdigest()[:12]

    def seal(self, text: str, *place: str) -> str:
        """The text, for this place alone: table and column, partner, and what else its row is."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, text.encode(), _place_bytes(place))
        return f"{self.key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *place: str) -> str:
        """What was sealed for this place; Unsealable where it was not, or by another key."""
        key_id, _, rest = sealed.partition(".")
        if key_id != self.key_id:
            raise Unsealable(key_id)
        try:
            whole = base64.urlsafe_b64decode(rest)
            return self._cipher.decrypt(
                whole[:_NONCE], whole[_NONCE:], _place_bytes(place)
            ).decode()
        except (InvalidTag, ValueError) as error:
            raise Unsealable(key_id) from error


def _place_bytes(place: tuple[str, ...]) -> bytes:
    """Places as bytes, no two of them the same."""
    return b"".join(len(part.encode()).to_bytes(2) + part.encode() for part in place)
