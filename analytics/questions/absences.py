"""Licence datasets that never came, or not whole: figures that rest on them are unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from analytics.tables import DEPLOYMENT, LICENCES, USAGE
from analytics.values import Customer, Unknown, Why
from analytics.warehouse.facts import Facts

_PARTLY = """
    SELECT DISTINCT 'deployment' AS dataset, service FROM {deployment}
    WHERE tenant = $tenant AND list_contains($short, 'deployment/' || service || '/' || day)
    UNION ALL
    SELECT DISTINCT 'usage' AS dataset, service FROM {usage}
    WHERE tenant = $tenant AND list_contains($short, 'usage/' || service || '/' || day)"""


_NO_SEATS = Unknown(Why.NEVER_CAME, DEPLOYMENT.name)

_TOLD = """
    SELECT DISTINCT service FROM {newest_usage}
    WHERE list_contains($services, service)
        AND product IN (SELECT product FROM {newest_deployment})"""


@dataclass(frozen=True, slots=True)
class SeenDays:
    """The first and last day on which whole snapshots of a service's dataset list a customer."""

    dataset: str
    service: str
    first: date
    last: date


def unknowns(facts: Facts) -> dict[str, Unknown]:
    """Return, by dataset, why the figures of all customers together are not known."""
    found = {dataset.name: _why_unknown(facts, dataset.name) for dataset in LICENCES}
    if _without_seats(facts, _services(facts, USAGE.name)):
        found[DEPLOYMENT.name] = found[DEPLOYMENT.name] or _NO_SEATS
    return {dataset: why for dataset, why in found.items() if why}


def unknowns_of(facts: Facts, customer: Customer, where: Iterable[SeenDays]) -> dict[str, Unknown]:
    """Return, by dataset, why one customer's figures are not known.

    A dataset that is incomplete in a service tells nothing about the customers it lists there, nor
    about those that no complete service lists: their rows may be the ones that never came.
    """
    theirs = {(each.dataset, each.service) for each in where}
    partly = _partial_services(facts, customer)
    found = {}
    for dataset in (each.name for each in LICENCES):
        why = _why_unknown(facts, dataset)
        listed = any(name == dataset for name, _ in theirs)
        short = {service for name, service in partly if name == dataset}
        if why and (why.why is Why.NEVER_CAME or not listed or short - _services(facts, dataset)):
            found[dataset] = why
        elif short and not listed:
            found[dataset] = Unknown(Why.NOT_WHOLE, dataset)
    used = {service for dataset, service in theirs if dataset == USAGE.name}
    if _without_seats(facts, used):
        found[DEPLOYMENT.name] = _why_unknown(facts, DEPLOYMENT.name) or _NO_SEATS
    return found


def first_days(facts: Facts) -> dict[str, date]:
    """Return, by dataset, the first day of which it came whole."""
    first: dict[str, date] = {}
    for (dataset, _), days in facts.generation.days.items():
        first[dataset] = min(days[0], first.get(dataset, days[0]))
    return first


def day_of(facts: Facts, dataset: str) -> date | None:
    """Return a dataset's date, which is that of its oldest service; if it came whole but empty, the
    day it came.
    """
    days = [days[-1] for (name, _), days in facts.generation.days.items() if name == dataset]
    mark = facts.marks.get(dataset)
    came_empty = mark.as_of if mark else None
    return min(days, default=came_empty)


def short_snapshots(facts: Facts) -> list[str]:
    """Return the snapshots with missing rows, as `dataset/service/day`."""
    return [
        f"{each.dataset}/{each.service}/{each.day}"
        for each in facts.generation.snapshots
        if each.missing
    ]


def _why_unknown(facts: Facts, dataset: str) -> Unknown | None:
    came = {each.service for each in facts.generation.snapshots if each.dataset == dataset}
    if came - _services(facts, dataset):
        return Unknown(Why.NOT_WHOLE, dataset)
    return None if day_of(facts, dataset) else Unknown(Why.NEVER_CAME, dataset)


def _without_seats(facts: Facts, used: set[str]) -> set[str]:
    """Return the services in use whose seats are in no file; a sync fetches those of all services
    at once.

    Files call a service by its code or by its name. If the seats of one of its products are known,
    the service counts as told, under either name.
    """
    mark = facts.marks.get(DEPLOYMENT.name)
    untold = used - _services(facts, DEPLOYMENT.name)
    if not untold or (mark and mark.as_of):
        return set()
    told = cast("list[tuple[str]]", facts.rows(_TOLD, services=sorted(untold)))
    return untold - {service for (service,) in told}


def _services(facts: Facts, dataset: str) -> set[str]:
    """Return the services of which a snapshot came whole."""
    return {service for name, service in facts.generation.days if name == dataset}


def _partial_services(facts: Facts, customer: Customer) -> list[tuple[str, str]]:
    """Return the (dataset, service) of incomplete snapshots that list the customer."""
    short = short_snapshots(facts)
    rows = facts.rows(_PARTLY, tenant=customer.id, short=short) if short else []
    return cast("list[tuple[str, str]]", rows)
