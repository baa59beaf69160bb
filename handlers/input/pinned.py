"""A question as buttons and digests ask it again: with its customer by id, never by words that are
searched for again.
"""

from dataclasses import dataclass, fields

from analytics.values import Period
from handlers.chat.command import AnyCommand
from handlers.chat.topic_search import Subject, TopicOfAll
from handlers.input.arguments import ReadArgs
from handlers.input.command_line import split


@dataclass(frozen=True, slots=True)
class PinnedQuestion:
    """One question in three forms."""

    text: str
    """With the customer by id; its period as typed, so that *last month* moves with the months."""
    title: str
    """The same with the customer by name, for people."""
    dated: str
    """With the customer by id and the period by its days: it stays the same question."""


def pinned_question(
    command: AnyCommand, words: tuple[str, ...], read: ReadArgs[object]
) -> PinnedQuestion:
    """Return the question that these words ask; as typed where they name no customer."""
    subject, days = read.subject, _days(read)
    period, choices = read.period_words, read.choice_words
    if subject is None:
        typed = typed_question(command, words)
        dated = typed_question(command, (*read.rest, *choices, *days)) if days else typed
        return PinnedQuestion(typed, typed, dated)
    if isinstance(subject, TopicOfAll):
        about = ("all", f'"{subject.said_topic}"', *choices)
        title = ("all", f'"{_topic_name(subject)}"', *choices, *period)
        return PinnedQuestion(
            _line(command, *about, *period),
            _line(command, *title),
            _line(command, *about, *(days or period)),
        )
    about = (*subject.said_topic.split(), *choices)
    id_, name = subject.customer.id, subject.customer.name
    return PinnedQuestion(
        _line(command, id_, *about, *period),
        _line(command, name, *_topic_name(subject).split(), *choices, *period),
        _line(command, id_, *about, *(days or period)),
    )


def _topic_name(subject: Subject) -> str:
    """Return the words beside the customer as people write them: a product's name for its id."""
    topic, said = subject.topic, subject.said_topic
    return topic.label if topic and said.lower() in topic.products else said


def typed_question(command: AnyCommand, words: tuple[str, ...]) -> str:
    """Return the question as it is typed; a word with blanks in it stands in quotes."""
    return _line(command, *(f'"{word}"' if len(split(word)) > 1 else word for word in words))


def _line(command: AnyCommand, *words: str) -> str:
    return " ".join((f"/{command.name}", *words))


def _days(read: ReadArgs[object]) -> tuple[str, ...]:
    """Return the period that was asked for, by its first and last day; empty where none was."""
    values = [getattr(read.args, each.name) for each in fields(read.args)]  # type: ignore[arg-type]  # every command's args are a dataclass
    return tuple(f"{one.first}..{one.last}" for one in values if isinstance(one, Period))
