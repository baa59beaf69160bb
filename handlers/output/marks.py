"""Marks of datasets in words: which are not complete and why, one cause in one line."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce

from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark, Reason, by_cause
from handlers.chat.services import Say

_NAMED = 4
"""Maximum number of datasets that one line names."""
_LASTING = {
    FetchState.NO_ACCESS_FOR_SOME: "mark-no-access-for-some",
    FetchState.LIMITED: "mark-limited",
    FetchState.NOT_ASKED: "mark-not-asked",
}
_LASTING_COUNTED = {
    FetchState.WAITING: "mark-waiting",
    FetchState.NOT_OFFERED: "mark-not-offered",
    FetchState.NOT_CONNECTED: "mark-not-connected",
    FetchState.NOT_FOR_PROGRAM: "mark-not-for-program",
}


def mark_lines(marks: Iterable[Mark], say: Say) -> list[str]:
    """Say which datasets are not complete and why, those of one cause in one line; then what a
    check found wrong in each.
    """
    marks = tuple(marks)
    return [cause_line(together, say) for together in by_cause(marks)] + [
        say("stamp-mismatch", dataset=say(f"dataset-{mark.dataset}"), what=say(mark.mismatch))
        for mark in marks
        if mark.mismatch
    ]


def cause_line(marks: Sequence[Mark], say: Say) -> str:
    """Say in one line why datasets of one cause (`by_cause`) are not complete."""
    first = marks[0]
    words: dict[str, object] = {"day": first.as_of} if first.as_of else {}
    words["datasets"] = _several([say(f"dataset-{mark.dataset}") for mark in marks], say)
    if first.state in _LASTING_COUNTED:
        return say(_LASTING_COUNTED[first.state], n=len(marks), **words)
    words["why"] = _whys(first.reasons if len(marks) == 1 else _causes(first), say)
    if first.state in _LASTING:
        return say(_LASTING[first.state], **words)
    if len({mark.as_of for mark in marks}) > 1:
        dated = _several([_with_day(mark, say) for mark in marks], say)
        return say("mark-incomplete-days", datasets=dated, why=words["why"])
    return say(_failure(first, len(marks)), **words)


def _failure(mark: Mark, datasets: int) -> str:
    """Return the sentence about datasets of one day that failed, or were never complete."""
    if datasets == 1:
        return "stamp-incomplete" if mark.as_of else "stamp-never-complete"
    return "mark-incomplete-several" if mark.as_of else "mark-never-complete-several"


def _several(names: Sequence[str], say: Say) -> str:
    """Name datasets; of many the first, and how many more there are."""
    if len(names) <= _NAMED + 1:
        return say.enumeration(names)
    return say("mark-and-more", datasets=", ".join(names[:_NAMED]), n=len(names) - _NAMED)


def _with_day(mark: Mark, say: Say) -> str:
    dataset = say(f"dataset-{mark.dataset}")
    if mark.as_of is None:
        return say("mark-never-of", dataset=dataset)
    return say("mark-day-of", dataset=dataset, day=mark.as_of)


def _causes(mark: Mark) -> tuple[Reason, ...]:
    return tuple({each.cause.sentence: each.cause for each in mark.reasons}.values())


def _whys(reasons: Sequence[Reason], say: Say) -> str:
    """Say all reasons in one clause, in the order in which they come."""
    first, *others = [_why(reason, say) for reason in reasons]
    return reduce(lambda told, other: say("stamp-besides", why=told, other=other), others, first)


def _why(reason: Reason, say: Say) -> str:
    values: dict[str, object] = {**reason.values}
    if day := reason.values.get("day"):
        values["day"] = date.fromisoformat(day)
    if inner := reason.values.get("why"):
        values["why"] = say(inner, **values)
    return say(reason.sentence, **values)
