"""The guard against lists that came whole and have lost too much: a second fetch must agree."""

from datetime import datetime

from analytics.tables import INSIGHTS, Dataset, Memory
from analytics.warehouse.building.lost_rows import doubtful_losses
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.marks import Reason


def kept_reasons(
    staging: Staging, dataset: Dataset, at: datetime, since: str
) -> tuple[Reason, ...]:
    """Drop what is doubted of a dataset that was fetched, so that the old rows stay, and return why
    in at most one reason; `at` is when it was fetched, `since` the day of the last whole fetch.
    """
    if _is_empty(staging, dataset):
        for part in staging.parts(dataset):
            staging.miss(dataset, part)
        return (Reason("sync-why-empty"),)
    kept = doubtful_losses(staging.lost.losses(dataset, at))
    for loss in kept:
        staging.lost.remember(dataset, loss.part, at)
        for part in [loss.part] if loss.part else [*staging.parts(dataset)]:
            staging.miss(dataset, part)
    if not kept:
        return ()
    listed, standing = sum(loss.listed for loss in kept), sum(loss.standing for loss in kept)
    values = {"day": since, "listed": str(listed), "standing": str(standing)}
    return (Reason("sync-why-kept", values),)


def _is_empty(staging: Staging, dataset: Dataset) -> bool:
    """Check whether a dataset of days came without a row where it has some. Such a list tells of no
    day that it is empty, so that a second one proves no more.
    """
    if dataset.memory is Memory.SPANS or (dataset.part and dataset not in INSIGHTS):
        return False
    parts = staging.parts(dataset).values()
    empty = any(part.done for part in parts) and not any(part.came for part in parts)
    return empty and staging.lost.stands(dataset)
