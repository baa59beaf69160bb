"""The file beside a partner's facts that keeps the list of everybody who was erased."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from analytics.warehouse.erased_list import ErasedList, HashGroup
from analytics.warehouse.generations import Busy, sync_to_disk

FILE = "erased.json"
_FORMAT = 1


ERASED = "erased"
"""Entry of a generation's `meta`: the number of erased customers whom it leaves out. Generations of
earlier versions lack it.
"""


class ErasedKeyLost(Exception):
    """The list cannot be read with this secret key: nothing may be taken in until it can."""


class KeySeal(Protocol):
    """Sealing of the list's key with the installation's secret."""

    def seal(self, key: bytes) -> str:
        """Return the key sealed."""
        ...

    def open(self, sealed: str) -> bytes | None:
        """Return the key; None if it was sealed with another secret."""
        ...


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """The list of one partner. A process that takes rows in holds it, so that no name is added
    meanwhile; the kernel lets go of it when the process ends.
    """

    folder: Path
    """Folder of the partner's facts."""
    seal: KeySeal

    @contextmanager
    def hold(self) -> Iterator[ErasedList]:
        """Lend the list, unchanged while it is held; several processes may hold it. Raises Busy
        while another one changes it, ErasedKeyLost.
        """
        with self._lock(fcntl.LOCK_SH):
            yield self.read()

    @contextmanager
    def change(self) -> Iterator[ErasedList]:
        """Lend the list to change it with `write`. Raises Busy while another process takes rows in,
        ErasedKeyLost.
        """
        with self._lock(fcntl.LOCK_EX):
            yield self.read()

    def read(self) -> ErasedList:
        """Return the list; an empty one where there is no file. Raises ErasedKeyLost, also for a
        file that is damaged.
        """
        try:
            written = json.loads((self.folder / FILE).read_text("utf-8"))
            if written["format"] != _FORMAT:
                raise ErasedKeyLost
            return ErasedList(tuple(self._group(each) for each in written["groups"]))
        except FileNotFoundError:
            return ErasedList()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ErasedKeyLost from error

    def write(self, erased: ErasedList, seals: Sequence[KeySeal] = ()) -> None:
        """Write the list, all or nothing, its key sealed with each of `seals`; by default with the
        secret that it was read with.
        """
        groups = [_plain(group, seals or (self.seal,)) for group in erased.groups]
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(json.dumps({"format": _FORMAT, "groups": groups}), "utf-8")
        sync_to_disk(fresh)
        fresh.rename(self.folder / FILE)
        sync_to_disk(self.folder)

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.folder / "erased.lock", os.O_CREAT | os.O_RDWR, 0o660)) as lock:
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(str(self.folder)) from error
            yield

    def _group(self, written: Mapping[str, object]) -> HashGroup:
        sealed, customers, persons = (written[name] for name in ("keys", "customers", "persons"))
        if not (isinstance(sealed, list) and isinstance(customers, dict)):
            raise ErasedKeyLost
        key = next(filter(None, (self.seal.open(str(each)) for each in sealed)), None)
        if key is None or not isinstance(persons, list):
            raise ErasedKeyLost
        names = {tenant: frozenset(its) for tenant, its in customers.items()}
        return HashGroup(key, names, frozenset(persons))


def erased_count(folder: Path) -> int:
    """Return the number of customers on the list, which can be told without its key; 0 where there
    is no list, or none that can be read.
    """
    try:
        groups = json.loads((folder / FILE).read_text("utf-8"))["groups"]
        return sum(len(group["customers"]) for group in groups)
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _plain(group: HashGroup, seals: Sequence[KeySeal]) -> dict[str, object]:
    return {
        "keys": [seal.seal(group.key) for seal in seals],
        "customers": {tenant: sorted(names) for tenant, names in sorted(group.customers.items())},
        "persons": sorted(group.persons),
    }
