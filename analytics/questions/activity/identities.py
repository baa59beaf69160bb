"""Identities within answers about activity."""

from collections.abc import Iterator

from analytics.questions.activity import ActivityResult, activity
from analytics.questions.activity.operations import ActivityFilter, ActivityOutcome
from analytics.tables import AUDIT
from analytics.values import Unknown
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts


def activity_checks(facts: Facts) -> Iterator[Checked]:
    """Compare the records of all known days with their own parts."""
    known = activity(facts, None, None).known
    if not isinstance(known, Unknown):
        failed = ActivityFilter(outcome=ActivityOutcome.FAILED)
        everything = activity(facts, None, known)
        yield activity_parts(everything, activity(facts, None, known, failed))


def activity_parts(everything: ActivityResult, failed: ActivityResult) -> Checked:
    """Compare the count of all records with those of their kinds and days, the count of what failed
    with the same and with the list of it; no line may have more records than it counts.
    """
    kinds, days = everything.kinds, everything.days
    wrong = [
        everything.total != sum(each.records for each in kinds),
        everything.total != sum(each.records for each in days),
        everything.failed != sum(each.failed for each in kinds),
        everything.failed != sum(each.failed for each in days),
        everything.failed != failed.total,
        any(not len(each.records) <= each.count >= each.failed for each in everything.newest),
    ]
    return Checked(AUDIT.name, "check-activity-parts", sum(wrong))
