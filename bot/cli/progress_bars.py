"""Progress bars of a sync, one for each dataset."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from analytics.tables import Dataset
from handlers.messages.speaker import Speaker


class Bars:
    """An analytics.sources.partner_center.fetch.Watch in a terminal; use as a context manager.
    Where standard error is no terminal, or with `quiet`, no bar is drawn.
    """

    def __init__(self, say: Speaker, *, quiet: bool) -> None:
        self._say = say
        self._tasks: dict[str, TaskID] = {}
        self._rows: dict[str, int] = {}
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        shown = TextColumn("{task.fields[rows]}")
        console = Console(stderr=True)
        self._drawn = Progress(
            *columns, shown, console=console, disable=quiet or not console.is_terminal
        )

    def __enter__(self) -> Self:
        self._drawn.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._drawn.stop()

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        """Add the dataset's bar, `parts` long."""
        name = self._say(f"dataset-{dataset.name}")
        self._tasks[dataset.name] = self._drawn.add_task(name, total=parts, rows="")

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """Add a page's rows to the count beside the dataset's bar."""
        self._rows[dataset.name] = self._rows.get(dataset.name, 0) + rows
        said = self._say("sync-rows", n=self._rows[dataset.name])
        self._drawn.update(self._tasks[dataset.name], rows=said)

    def end_part(self, dataset: Dataset, done: int) -> None:
        """Set the dataset's bar to `done` parts."""
        self._drawn.update(self._tasks[dataset.name], completed=done)
