"""Reading the words behind a digest's question: its hours, target, zone and options."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handlers.chat.asking import ROOM, Reach, Room
from handlers.chat.digest_refusals import UnreadableCron
from handlers.chat.digests import Doubt, Misfire, Quiet
from handlers.input.cron import LONGEST, is_zone, read_zone
from handlers.input.fold import fold
from handlers.input.phrases import group
from handlers.input.schedule_grammar import GRAMMAR
from handlers.input.schedule_to_cron import SpokenSchedule, cron_of, cron_with_time

_MOST_WORDS = 40
_ROOM, _ZONE = "\0room", "\0zone"
_ZONE_LIKE = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+")
_TARGETS = ("me", "here", "room")
_OPTIONS = {
    **{f"quiet-{quiet.value}": quiet for quiet in Quiet},
    **{f"misfire-{misfire.value}": misfire for misfire in Misfire},
    **{f"doubt-{doubt.value}": doubt for doubt in Doubt},
    **{f"reach-{reach.value}": reach for reach in (Reach.SAFE, Reach.ANYWAY)},
}


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a digest: `me`, `here`, or `room` with the word that names the room."""

    kind: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleOrder:
    """A digest as it was asked for; nothing in it was looked up yet. Fields that are None were not
    said.
    """

    question: tuple[str, ...]
    """The question's words as typed; quoted text is one word."""
    cron: str | None = None
    time: tuple[int, int] | None = None
    """An hour and minute said without a day, to change a digest that has a day."""
    zone: str | None = None
    target: Target | None = None
    reach: Reach | None = None
    """SAFE or ANYWAY."""
    quiet: Quiet | None = None
    misfire: Misfire | None = None
    doubt: Doubt | None = None

    def at_hour_of(self, cron: str) -> str | None:
        """Return the other expression at this order's hour; None where no hour alone was said, or
        the other expression has no single hour.
        """
        return cron_with_time(cron, *self.time) if self.time else None


@dataclass(frozen=True, slots=True)
class _Clause:
    kind: str
    words: tuple[str, ...]
    found: re.Match[str]


def read_order(words: tuple[str, ...], rooms: Mapping[str, Room]) -> ScheduleOrder:
    """Read `usage contoso every Monday 9:00 here Europe/Paris on change`.

    The tail is the longest end of the words that says only hours, target, zone and options, each
    once and in any order: a customer called Monday Motors stays in the question. A zone stands
    behind the day or the hour. Raises UnreadableCron, UnevenInterval or UnknownZone.
    """
    words = tuple(_with_fields_apart(words))
    for at in range(max(0, len(words) - _MOST_WORDS), len(words)):
        clauses = _clauses(words[at:], rooms)
        order = _order(words[:at], clauses) if clauses else None
        if order:
            return _checked_order(order)
    return _checked_order(ScheduleOrder(words))


def _checked_order(order: ScheduleOrder) -> ScheduleOrder:
    if order.cron is None and any(_plain(word) == "cron" for word in order.question):
        raise UnreadableCron("cron-fields", most=LONGEST)
    return replace(order, zone=read_zone(order.zone)) if order.zone else order


def _with_fields_apart(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words, those of a quoted cron expression one by one."""
    before = ""
    for word in words:
        yield from word.split() if _plain(before) == "cron" else (word,)
        before = word


def _clauses(words: tuple[str, ...], rooms: Mapping[str, Room]) -> list[_Clause]:
    """Return the clauses that all of the words make; empty where they make none."""
    if any(" " in word and not word.startswith(ROOM) for word in words):
        return []
    plain = [_grammar_word(word, rooms) for word in words]
    found: list[_Clause] = []
    at = 0
    while at < len(words):
        clause = _clause(words[at:], plain[at:]) if plain[at] else None
        if plain[at] and clause is None:
            return []
        found += [clause] if clause else []
        at += len(clause.words) if clause else 1
    return found


def _clause(words: tuple[str, ...], plain: list[str]) -> _Clause | None:
    """Return the longest clause that the words begin with; None where they begin with none."""
    text = " ".join(plain)
    found = [(kind, match) for kind, pattern in GRAMMAR if (match := pattern.match(text))]
    if not found:
        return None
    kind, match = max(found, key=lambda fit: len(fit[1][0]))
    return _Clause(kind, words[: match[0].count(" ") + 1], match)


def _grammar_word(word: str, rooms: Mapping[str, Room]) -> str:
    """Return the word without case and accents; a placeholder for a room or a zone."""
    if word in rooms or word.startswith(("#", ROOM)):
        return _ROOM
    if is_zone(word.rstrip(".,;")) or _ZONE_LIKE.fullmatch(word.rstrip(".,;")):
        return _ZONE
    return _plain(word)


def _plain(word: str) -> str:
    return fold(word[:40]).strip("?!,;()[]").rstrip(".")


def _order(question: tuple[str, ...], clauses: list[_Clause]) -> ScheduleOrder | None:
    """Return the order that the clauses give; None where they say a thing twice, or no whole
    schedule.
    """
    said = SpokenSchedule()
    values: dict[str, object] = {}
    for clause in clauses:
        if clause.kind == "filler":
            continue
        name, value = _value(clause)
        if name and (name in values or not _fits(name, clause, said)):
            return None
        if name:
            values[name] = value
        elif not said.add(clause.kind, clause.found, clause.words):
            return None
    return _whole(question, said, values)


def _whole(
    question: tuple[str, ...], said: SpokenSchedule, values: dict[str, object]
) -> ScheduleOrder | None:
    if said.empty:
        return ScheduleOrder(question, **values) if values else None  # type: ignore[arg-type]  # by name
    if said.only_time:
        return ScheduleOrder(question, time=said.time, **values)  # type: ignore[arg-type]  # as above
    cron = cron_of(said)
    return ScheduleOrder(question, cron, **values) if cron else None  # type: ignore[arg-type]  # as above


def _fits(name: str, clause: _Clause, said: SpokenSchedule) -> bool:
    """Check whether an option may stand here: a zone before the day is part of a customer's name,
    unless it can be nothing else.
    """
    if name != "zone" or not said.empty:
        return True
    return is_zone(_last(clause)) and ("/" in _last(clause) or bool(group(clause.found, "word")))


def _last(clause: _Clause) -> str:
    return clause.words[-1].rstrip(".,;")


def _value(clause: _Clause) -> tuple[str, object]:
    """Return the order's field that a clause sets, and its value; no field for a clause on the
    hours.
    """
    if clause.kind == "zone":
        return "zone", _last(clause)
    if clause.kind in _TARGETS:
        word = clause.words[-1].rstrip(",;") if clause.kind == "room" else ""
        return "target", Target(clause.kind, word)
    if clause.kind in _OPTIONS:
        return clause.kind.partition("-")[0], _OPTIONS[clause.kind]
    return "", None
