"""A stamp in words: the small print under every figure."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from analytics.questions.stamp import Exclusion, ExclusionPart, Stamp
from handlers.chat.reply import Stamped
from handlers.chat.services import Say
from handlers.output.marks import mark_lines


def stamp_line(stamp: Stamp, say: Say) -> Stamped:
    """Say in one line how old the figures are, whose they are, and whether something is left out by
    an admin, missing or made up.
    """
    said = [_newest(stamp, say)]
    said += [say(f"short-source-{stamp.basis.source}")] if stamp.rests_on or stamp.looked else []
    said += [say("stamp-short-ignored", n=stamp.ignored_products)] if stamp.ignored_products else []
    said += _faults(stamp, say)
    said += [say("stamp-short-made-up")] if stamp.made_up else []
    return Stamped((" · ".join(said),), stamp.made_up)


def _faults(stamp: Stamp, say: Say) -> list[str]:
    """Say that something is missing, or that a check found a fault in what came whole."""
    if stamp.incomplete:
        return [say("stamp-short-incomplete")]
    return [say("stamp-short-mismatch")] if stamp.marks else []


def _newest(stamp: Stamp, say: Say) -> str:
    """Say the day of the newest figures, then the services whose figures are older."""
    if stamp.looked:
        return say("stamp-short-looked", day=stamp.looked)
    if not stamp.rests_on:
        return say("stamp-no-date" if stamp.whole else "stamp-none-whole")
    newest = max(each.day for each in stamp.rests_on)
    older: dict[str, date] = {}
    for each in stamp.rests_on:
        if each.day < newest:
            name = each.service or say("stamp-short-rest")
            older[name] = min(each.day, older.get(name, each.day))
    if not older:
        return say("stamp-short", day=newest)
    named = [
        say("stamp-short-older", service=service, day=_older_day(day, newest, say))
        for service, day in sorted(older.items())
    ]
    return say("stamp-short-with", day=newest, older=say.enumeration(named))


def _older_day(day: date, newest: date, say: Say) -> str:
    """Write a day beside a newer one; with its year where that is another."""
    return say.short_day(day) if day.year == newest.year else say.day(day)


def stamp_lines(stamp: Stamp, say: Say) -> Stamped:
    """Say as-of dates and source first, then the rule of the figures, if there are any; then what
    was left out or is missing.
    """
    rule = [say(stamp.basis.rule)] if stamp.basis.rule and stamp.rests_on else []
    left_out = [_exclusion(each, say) for each in stamp.left_out]
    sentences = (_source(stamp, say), *rule, *left_out, *_gaps(stamp, say))
    return Stamped(sentences, stamp.made_up)


def _exclusion(left_out: Exclusion, say: Say) -> str:
    """Say what figures leave out, with what the sentence enumerates."""
    what = [_part(each, say) for each in left_out.parts]
    enumerated = {"what": say.enumeration(what)} if what else {}
    return say(left_out.sentence, **left_out.values, **enumerated)


def _part(part: ExclusionPart, say: Say) -> str:
    if not part.unit:
        return say(part.sentence, **part.values)
    values = {name: value for name, value in part.values.items() if name != "n"}
    return say(part.sentence, what=say(part.unit, n=part.values["n"]), **values)


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
    return gaps + [line for mark in stamp.marks for line in mark_lines((mark,), say)]


def _source(stamp: Stamp, say: Say) -> str:
    origin = {"source": say(f"source-{stamp.basis.source}"), "whose": _whose(stamp, say)}
    if stamp.looked:
        sentence = "stamp-looked-made-up" if stamp.made_up else "stamp-looked"
        return say(sentence, day=stamp.looked, **origin)
    if not stamp.rests_on:
        return say("stamp-no-date" if stamp.whole else "stamp-none-whole")
    dates = say.enumeration(list(_dates(stamp, say)))
    if stamp.fetched and not stamp.made_up:
        return say("stamp-fetched", dates=dates, day=stamp.fetched, **origin)
    return say("stamp-made-up" if stamp.made_up else "stamp-source", dates=dates, **origin)


def _whose(stamp: Stamp, say: Say) -> str:
    return say(f"whose-{stamp.basis.source}")


def _dates(stamp: Stamp, say: Say) -> Iterator[str]:
    """Yield each service's date, or each of its datasets' where these are of different days."""
    for service, group in groupby(stamp.rests_on, key=lambda each: each.service):
        parts = list(group)
        days = {each.day for each in parts}
        if len(days) == 1:
            day = say.day(days.pop())
        else:
            named = [say("stamp-day-of", day=p.day, what=say(f"short-{p.dataset}")) for p in parts]
            day = say.enumeration(named)
        yield say("stamp-one-day", day=day, service=service) if service else day
