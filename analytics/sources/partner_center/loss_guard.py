"""The guard against lists that came whole and have lost too much: a second fetch must agree."""

from datetime import datetime

from analytics.tables import CUSTOMERS, INSIGHTS, LICENCES, Dataset, Memory
from analytics.warehouse.building.losses import (
    Loss,
    doubtful_losses,
    large_ones_gone,
    too_many_gone,
)
from analytics.warehouse.building.lost_rows import is_by_part
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.marks import Reason
from analytics.warehouse.schema import has

_GROUPS = {
    "tenant": "sync-why-kept-customers",
    "product": "sync-why-kept-products",
    "workload": "sync-why-kept-workloads",
}
"""Columns that may be gone from a list as a whole, each with the reason that counts its values."""


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
    losses = staging.lost.losses(dataset, at)
    kept = doubtful_losses(losses)
    reason = _reason("sync-why-kept", kept, since)
    few = [loss for loss in losses if loss.new_losses]
    if few and not kept and (reason := _group_reason(staging, dataset, at, since)):
        kept = few
    for loss in kept:
        staging.lost.remember(dataset, loss.part, at)
        for part in [loss.part] if loss.part else [*staging.parts(dataset)]:
            staging.miss(dataset, part)
    return (reason,) if reason else ()


def unlisted_reasons(staging: Staging, dataset: Dataset) -> tuple[Reason, ...]:
    """Return the reason that services of a licence report that came are not in it any more; their
    newest figures stay.
    """
    services = staging.lost.unlisted_services(dataset)
    if not services:
        return ()
    day = min(each for _, each in services).isoformat()
    names = ", ".join(name for name, _ in services)
    return (Reason("sync-why-service-gone", {"services": names, "day": day}),)


def _reason(sentence: str, kept: list[Loss], since: str) -> Reason | None:
    if not kept:
        return None
    listed, standing = sum(loss.listed for loss in kept), sum(loss.standing for loss in kept)
    return Reason(sentence, {"day": since, "listed": str(listed), "standing": str(standing)})


def _group_reason(staging: Staging, dataset: Dataset, at: datetime, since: str) -> Reason | None:
    """Return why a list is doubted though it has lost few rows: too many customers are gone from
    it, or all rows of a product or workload.
    """
    if is_by_part(dataset) or dataset is CUSTOMERS:
        return None
    for column, sentence in _GROUPS.items():
        if not has(dataset, column) or (column != "tenant" and dataset not in LICENCES):
            continue
        groups = staging.lost.group_losses(dataset, column, at)
        if too_many_gone(groups) if column == "tenant" else large_ones_gone(groups):
            listed = len(groups) - sum(group.is_gone for group in groups)
            values = {"day": since, "listed": str(listed), "standing": str(len(groups))}
            return Reason(sentence, values)
    return None


def _is_empty(staging: Staging, dataset: Dataset) -> bool:
    """Check whether a dataset of days came without a row where it has some. Such a list tells of no
    day that it is empty, so that a second one proves no more.
    """
    if dataset.memory is Memory.SPANS or (dataset.part and dataset not in INSIGHTS):
        return False
    parts = staging.parts(dataset).values()
    empty = any(part.done for part in parts) and not any(part.came for part in parts)
    return empty and staging.lost.stands(dataset)
