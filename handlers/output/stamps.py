"""A stamp in words: the small print under every figure."""

from collections.abc import Sequence
from functools import reduce

from analytics.questions.stamp import AsOf, FreeSeats, Stamp
from analytics.values import Unknown
from analytics.warehouse.marks import Mark, Reason
from handlers.chat.reply import Stamped
from handlers.chat.services import Say


def stamp_lines(stamp: Stamp, say: Say) -> Stamped:
    """Say as-of dates and source first, then the rule, then what is missing or was left out."""
    sentences = [_source(stamp, say), say("stamp-rule")]
    if isinstance(stamp.free.products, int) and stamp.free.products:
        sentences.append(_free(stamp.free, say))
    return Stamped((*sentences, *_gaps(stamp, say)), stamp.made_up)


def _free(free: FreeSeats, say: Say) -> str:
    if isinstance(free.sold, Unknown):
        return say("stamp-free-unknown", n=free.products)
    return say("stamp-free", n=free.products, sold=free.sold)


def date_lines(stamp: Stamp, say: Say) -> Stamped:
    """Say as-of dates, source and what is missing, under names without figures; no rule applies to
    these.
    """
    return Stamped((_source(stamp, say), *_gaps(stamp, say)), stamp.made_up)


def _gaps(stamp: Stamp, say: Say) -> list[str]:
    gaps = [
        say(
            "stamp-gap",
            dataset=say(f"dataset-{gap.dataset}"),
            service=gap.service,
            day=gap.day,
            n=gap.rows,
        )
        for gap in stamp.gaps
    ]
    return gaps + [line for mark in stamp.marks for line in mark_lines(mark, say)]


def mark_lines(mark: Mark, say: Say) -> list[str]:
    """Say why a dataset is not complete as of now, and what a check found wrong in it."""
    lines = []
    dataset = say(f"dataset-{mark.dataset}")
    if mark.reasons:
        why = _whys(mark.reasons, say)
        known = {"day": mark.as_of} if mark.as_of else {}
        sentence = "stamp-incomplete" if mark.as_of else "stamp-never-complete"
        lines.append(say(sentence, dataset=dataset, why=why, **known))
    if mark.mismatch:
        lines.append(say("stamp-mismatch", dataset=dataset, what=say(mark.mismatch)))
    return lines


def _whys(reasons: Sequence[Reason], say: Say) -> str:
    """Say all reasons in one clause, in the order in which they come."""
    first, *others = [_why(reason, say) for reason in reasons]
    return reduce(lambda told, other: say("stamp-besides", why=told, other=other), others, first)


def _why(reason: Reason, say: Say) -> str:
    inner = reason.values.get("why")
    deeper = {"why": say(inner, **reason.values)} if inner else {}
    return say(reason.sentence, **{**reason.values, **deeper})


def _source(stamp: Stamp, say: Say) -> str:
    if stamp.looked:
        sentence = "stamp-looked-made-up" if stamp.made_up else "stamp-looked"
        return say(sentence, day=stamp.looked)
    if not stamp.as_of:
        return say("stamp-no-date" if stamp.whole else "stamp-none-whole")
    dates = say.enumeration([_as_of(service, say) for service in stamp.as_of])
    if stamp.fetched and not stamp.made_up:
        return say("stamp-fetched", dates=dates, day=stamp.fetched)
    return say("stamp-made-up" if stamp.made_up else "stamp-source", dates=dates)


def _as_of(service: AsOf, say: Say) -> str:
    """Say a service's date, or both dates where seats and usage were worked out on two days."""
    days = {day for day in (service.seats, service.usage) if day}
    if len(days) == 2:
        return say(
            "stamp-two-days", service=service.service, seats=service.seats, usage=service.usage
        )
    return say("stamp-one-day", service=service.service, day=min(days))
