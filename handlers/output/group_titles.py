"""The group of customers that an answer is about: in its title, its charts and its buttons."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.chat.groups import CustomerGroup
from handlers.chat.reply import Choice, Choices, Headline, Part, Picture, Reply
from handlers.chat.services import Say


def group_label(group: CustomerGroup, say: Say) -> str:
    """Return a group as sentences name it, a reader's own list apart from the partner's scopes."""
    return say("group-own-list" if group.owner else "group-scope", name=group.name)


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """The group that answers are about, in one language."""

    group: CustomerGroup
    is_of_all: Callable[[str], bool]
    """Checks whether the text of a button asks about all customers."""
    say: Say

    def on(self, reply: Reply) -> Reply:
        """Return an answer that says whose customers it is about, and whose buttons ask on about
        them. It has no summary for people without a right: who is in a group is for its readers.
        """
        headline, label = reply.headline, group_label(self.group, self.say)
        opening = [] if headline else [Headline(label)]
        return replace(
            reply,
            headline=self._title(headline) if headline else "",
            parts=(*opening, *map(self._part, reply.parts)),
            details=tuple(map(self._part, reply.details)),
            follow_ups=tuple(map(self._choice, reply.follow_ups)),
            safe=None,
        )

    def _title(self, finding: str) -> str:
        label = group_label(self.group, self.say)
        return self.say("group-headline", group=label, finding=finding)

    def _part(self, part: Part) -> Part:
        if isinstance(part, Choices):
            return replace(part, items=tuple(map(self._choice, part.items)))
        if isinstance(part, Picture):
            chart = replace(part.chart, title=self._title(part.chart.title))
            return Picture(chart, self._title(part.alt))
        return part

    def _choice(self, choice: Choice) -> Choice:
        if choice.customer or not self.is_of_all(choice.text):
            return choice
        return replace(choice, text=f"{choice.text} {self.group.word}")
