"""Building the next generation: what was there, overlaid with new rows, sorted, with its
summaries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.tables import LICENCES, Batch
from analytics.warehouse.generations import Generations
from analytics.warehouse.merging import Brought, merge, merge_names, stage, summarize
from analytics.warehouse.snapshots import write_snapshots


class NotBuilt(Exception):
    """The next generation could not be written, in DuckDB's words; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did: the generation now current (0 for none), and what the batches brought."""

    generation: int
    brought: Brought


def build(
    folder: Path, batches: Iterable[Batch], meta: Mapping[str, str], *, anew: bool = False
) -> Published:
    """Publishes a generation with the batches laid over the current one; none when they bring
    nothing.

    With `anew` the current one's rows are left behind. A row whose key is known takes the place of
    the old one. Killed at any moment, it leaves the old generation current. Raises Busy while
    another process builds, and NotBuilt or OSError (a full disk, a damaged file) with the old
    generation still current.
    """
    store = Generations(folder)
    try:
        with store.building() as path:
            current = store.current()
            number = store.number(current)
            brought = _write(path, None if anew else current, tuple(batches), meta, number + 1)
            if brought.anything:
                number = store.number(store.publish(path))
    except (duckdb.Error, ValueError) as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error
    return Published(number, brought)


def _write(
    path: Path,
    current: Path | None,
    batches: tuple[Batch, ...],
    meta: Mapping[str, str],
    number: int,
) -> Brought:
    """The generation's whole file; left without summaries where there is nothing to publish."""
    with duckdb.connect(path) as into:
        brought = _fill(into, current, batches)
        if brought.anything:
            summarize(into, {**meta, "generation": str(number)})
            into.execute("CHECKPOINT")  # closing does it too, and keeps silent on a full disk
    return brought


def _fill(
    into: duckdb.DuckDBPyConnection, current: Path | None, batches: tuple[Batch, ...]
) -> Brought:
    """Every dataset merged with the current generation's; what came of it."""
    into.execute("SET enable_progress_bar = false")
    if current:
        into.execute("ATTACH '{}' AS old (READ_ONLY)".format(str(current).replace("'", "''")))
    for dataset in LICENCES:
        stage(
            into,
            dataset,
            [row for batch in batches if batch.dataset == dataset for row in batch.rows],
        )
    brought = sum(
        (merge(into, dataset, has_old=bool(current)) for dataset in LICENCES), Brought(0, 0, 0)
    )
    renamed = merge_names(into, has_old=bool(current))
    revised = write_snapshots(into, batches, has_old=bool(current))
    return Brought(brought.new, brought.changed + renamed + revised, brought.same)
