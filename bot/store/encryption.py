"""Secrets at rest: AES-GCM, bound to the partner and the column they are kept in."""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Unsealable(Exception):
    """A text sealed with another secret, for another place, or altered."""


class Sealer:
    """A sealer with a key derived from SEATWISE_SECRET_KEY. A sealed text reads `key id.base64`."""

    def __init__(self, secret: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=b"seatwise sealed columns").derive(secret.encode())
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"id:" + key).hexdigest()[:12]

    def seal(self, text: str, *place: str) -> str:
        """Return the text sealed for this place alone: table and column, partner, and the rest of
        the row's key.
        """
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, text.encode(), _place_bytes(place))
        return f"{self.key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *place: str) -> str:
        """Return the text sealed for this place. Raises Unsealable for another place or key."""
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
    """Return a place as bytes, different for every two places."""
    return b"".join(len(part.encode()).to_bytes(2) + part.encode() for part in place)
