"""Sentences that stand under an answer: counts of what is apart, and who has the most."""

from collections.abc import Iterable, Mapping

from analytics.questions.superlatives import leader
from analytics.questions.topics import Topic
from analytics.values import Seats
from handlers.chat.reply import Paragraph
from handlers.chat.services import Say


def paragraphs(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Return each line as a paragraph."""
    return tuple(map(Paragraph, lines))


def under_topic(topic: Topic | None, finding: str, say: Say) -> str:
    """Say which product or workload of all customers a finding is about; as it is without one."""
    return say("portfolio-topic", topic=topic.label, finding=finding) if topic else finding


def count_lines(counts: Mapping[str, Seats], say: Say) -> list[str]:
    """Say each count by its catalogue id; nothing of one that is 0 or not known."""
    return [say(each, n=n) for each, n in counts.items() if isinstance(n, int) and n]


def most_line(
    words: str, figures: Iterable[tuple[str, Seats]], whole: Seats, say: Say
) -> list[str]:
    """Say which customer has the most of something, as far as that claim goes; nothing where none
    has any. `words` begins the catalogue's ids, `figures` are by customers' names, `whole` is the
    figure of all together.
    """
    most = leader(figures, lambda each: each[1] if isinstance(each[1], int) else None)
    if most is None:
        return []
    kind = "tied" if most.tied else "mostly" if most.majority else "largest"
    kind = "all" if most.figure == whole else kind
    name, figure = most.item
    return [say(f"{words}-{kind}", customer=name, most=figure, others=most.tied)]
