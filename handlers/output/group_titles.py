"""The group of customers that an answer is about: in its words, its title, its charts and its
buttons.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast

from handlers.chat.groups import CustomerGroup
from handlers.chat.reply import Choice, Choices, Headline, Part, Picture, Reply
from handlers.chat.services import Say


def group_label(group: CustomerGroup, say: Say) -> str:
    """Return a group as sentences name it, a reader's own list apart from the partner's scopes."""
    return say("group-own-list" if group.owner else "group-scope", name=group.name)


_OF_GROUP: Mapping[str, str] = MappingProxyType(
    {
        "activity-seen-customers": "group-its-customers",
        "azure-all": "group-its-customers",
        "azure-cost": "azure-cost-all",
        "azure-cost-so-far": "azure-cost-so-far-all",
        "azure-seen": "group-its-customers",
        "customers-all": "group-customers",
        "growth-seen": "group-counted",
        "portfolio-empty": "group-no-figures",
        "portfolio-no-customers": "group-no-figures",
        "portfolio-none-sold": "group-none-sold",
        "portfolio-seats-unknown": "group-seats-unknown",
        "subscriptions-your-customers": "group-its-customers",
    }
)
"""Sentences about all that a reader may see, and what is said instead of a group."""


class GroupSpeaker:
    """A speaker whose sentences about all customers are about those of one group."""

    def __init__(self, group: CustomerGroup, say: Say) -> None:
        self._group = group
        self._say = say

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return the finished sentence, as Speaker does."""
        instead = _OF_GROUP.get(sentence)
        if instead is None:
            return self._say(sentence, **values)
        return self._say(instead, group=group_label(self._group, self._say), **values)

    def __getattr__(self, name: str) -> object:
        """Return the speaker's own way to write numbers, days and lists."""
        return getattr(self._say, name)


def speaker_of(group: CustomerGroup, say: Say) -> Say:
    """Return the speaker for an answer about a group."""
    return cast("Say", GroupSpeaker(group, say))


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
