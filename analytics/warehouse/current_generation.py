"""The current generation of a partner's facts, opened once and held."""

import threading
from pathlib import Path

from analytics.warehouse.facts import Generation, Unreadable
from analytics.warehouse.generations import Generations


class Warehouse:
    """The holder of a partner's current generation, which opens each generation once."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, the partner's own; it may not exist yet."""
        self.folder = folder
        self._store = Generations(folder)
        self._lock = threading.Lock()
        self._open: Generation | None = None
        self._before: Generation | None = None

    def current(self) -> Generation | None:
        """Return the newest generation; None before the first import.

        The generation before stays open as long as a question holds it. Raises Unreadable.
        """
        with self._lock:
            file = self._current_file()
            if file is None:
                return None
            if self._open is None or self._open.number != self._store.number(file):
                self._open, self._before = self._open_newest(file), None
            return self._open

    def generation(self, number: int) -> Generation | None:
        """Return the generation of that number, the current one or the one before; None once its
        file is swept, which may be a deletion that a person asked for.
        """
        current = self.current()
        if current is None or current.number == number:
            return current
        file = self._store.file(number)
        with self._lock:
            if not file.exists():
                self._before = None
            elif self._before is None or self._before.number != number:
                self._before = _readable(file)
            return self._before

    def _current_file(self) -> Path | None:
        try:
            return self._store.current()
        except (OSError, ValueError) as error:
            raise Unreadable(str(self._store.pointer)) from error

    def _open_newest(self, file: Path) -> Generation:
        """Open the file, or the one current by now: two imports in a row may sweep the first."""
        try:
            return Generation.open(file)
        except Unreadable:
            newest = self._current_file()
            if newest in (None, file):
                raise
            return Generation.open(newest)


def _readable(file: Path) -> Generation | None:
    """Open an earlier generation; None where it is swept just now, or damaged."""
    try:
        return Generation.open(file)
    except Unreadable:
        return None
