"""The list of those who were erased, as this installation's secret opens it."""

from dataclasses import dataclass
from pathlib import Path

from analytics.warehouse.erased_file import ErasedFile
from bot.partners import SERVED
from bot.store.encryption import Sealer, Unsealable

_PLACE = ("erased", "key", SERVED)


@dataclass(frozen=True, slots=True)
class ErasedKeySeal:
    """The sealing of the list's key with a secret (analytics.warehouse.erased_file.KeySeal)."""

    secret: str

    def seal(self, key: bytes) -> str:
        """Return the key sealed for its place alone."""
        return Sealer(self.secret).seal(key.hex(), *_PLACE)

    def open(self, sealed: str) -> bytes | None:
        """Return the key; None if it was sealed with another secret."""
        try:
            return bytes.fromhex(Sealer(self.secret).open(sealed, *_PLACE))
        except (Unsealable, ValueError):
            return None


def erased_file(folder: Path, secret: str) -> ErasedFile:
    """Return the list that lies beside a partner's facts."""
    return ErasedFile(folder, ErasedKeySeal(secret))
