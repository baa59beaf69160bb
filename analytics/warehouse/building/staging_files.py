"""The staging that a sync resumes: one of the same day, or a new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.erased_list import ErasedList


@contextmanager
def resumed_staging(file: Path, today: date, erased: ErasedList) -> Iterator[Staging]:
    """Open what an earlier process of the same day left. A staging of another day, whose figures
    would be of that day, or one that cannot be read is replaced by a new one. Raises NotBuilt if no
    more can be kept, on a full disk; the rows kept before stay.
    """
    try:
        with _open_staging(file, today, erased) as staging:
            yield staging
    except duckdb.Error as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error


def _open_staging(file: Path, today: date, erased: ErasedList) -> Staging:
    report_file(file).unlink(missing_ok=True)
    try:
        staging = Staging(file, erased)
        if staging.start_day(today) == today:
            return staging
        staging.close()
    except duckdb.Error:  # damaged beyond what DuckDB's log can repair
        pass
    forget(file)
    staging = Staging(file, erased)
    staging.start_day(today)
    return staging


def forget(file: Path) -> None:
    """Delete a staging file, the log beside it, and a report that a killed process left."""
    for each in (file, file.with_name(f"{file.name}.wal"), report_file(file)):
        each.unlink(missing_ok=True)


def report_file(file: Path) -> Path:
    """Return the path at which a sync keeps a downloaded report until its rows are staged."""
    return file.with_name("report.csv")
