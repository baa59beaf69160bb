"""The day that a dataset of the partner's sales tells of."""

from datetime import date

from analytics.values import Unknown, Why
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark


def known_day(facts: Facts, dataset: str) -> date | Unknown:
    """Return the day of a dataset's last whole fetch, or of the build that its files came in; why
    it is not known, where it never came whole.
    """
    mark = facts.marks.get(dataset) or Mark(dataset, None)
    if mark.as_of:
        return mark.as_of
    if mark.reasons:
        return Unknown(Why.NOT_WHOLE, dataset)
    if dataset not in facts.generation.tables:
        return Unknown(Why.NEVER_CAME, dataset)
    return facts.generation.built.date()
