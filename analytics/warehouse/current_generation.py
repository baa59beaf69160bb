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

    def current(self) -> Generation | None:
        """Return the newest generation; None before the first import.

        The generation before stays open as long as a question holds it. Raises Unreadable.
        """
        with self._lock:
            file = self._current_file()
            if file is None:
                return None
            if self._open is None or self._open.number != self._store.number(file):
                self._open = self._open_newest(file)
            return self._open

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
