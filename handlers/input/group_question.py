"""A question about a group of customers: its words, read among that group's customers alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat.command import AnyCommand
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.group_refusals import GroupMisplaced, NotOfGroup
from handlers.chat.group_search import FoundGroup, find_group
from handlers.chat.groups import GROUP
from handlers.chat.refusals import UnknownCustomer
from handlers.chat.services import Services
from handlers.input.arguments import ReadArgs, read_args
from handlers.input.command_line import read_command
from handlers.input.group_words import take_group
from handlers.input.periods import is_like_period
from handlers.input.pinned import PinnedQuestion

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """A command's words as read, with the services to answer them."""

    words: tuple[str, ...]
    """The words besides the group."""
    read: ReadArgs[object]
    services: Services
    """Those of the reader; with a group, its customers are all that there are."""
    found: FoundGroup | None
    """The group that the question names; None for no group."""

    def pin(self, question: PinnedQuestion) -> PinnedQuestion:
        """Return the question with its group: by its number, which stays the same, and by its name
        in the title.
        """
        if self.found is None:
            return question
        word, name = self.found.group.word, f"{GROUP}{self.found.group.name}"
        return PinnedQuestion(
            f"{question.text} {word}", f"{question.title} {name}", f"{question.dated} {word}"
        )


async def read_question(
    command: AnyCommand, words: tuple[str, ...], today: date, services: Services
) -> GroupQuestion:
    """Read the words behind a command, the group first, for a command that takes one. Raises what
    find_group() and read_args() raise, GroupMisplaced for a group beside a customer, and
    NotOfGroup.
    """
    found = None
    if command.takes_group:
        words, name = take_group(words)
        if name:
            found = await find_group(name, services.data.access, services.rights.groups)
            services = replace(services, data=services.data.of_group(found))
    try:
        read = await read_args(command.args, words, today, services.data, command.looks)
    except UnknownCustomer as unknown:
        said = str(unknown.values.get("topic") or unknown.values["name"])
        if found is None or is_like_period(said):
            raise
        raise NotOfGroup(name=said, group=found.group.name) from None
    if found and isinstance(read.subject, CustomerAndTopic):
        raise GroupMisplaced("beside-customer", customer=read.subject.customer.name)
    return GroupQuestion(words, read, services, found)


def is_of_all(text: str, commands: Mapping[str, AnyCommand]) -> bool:
    """Check whether the text of a button, as the bot wrote it, asks about all customers with a
    command that takes a group.
    """
    typed = read_command(text, commands)
    command = commands.get(typed.command) if typed else None
    if typed is None or command is None or not command.takes_group:
        return False
    about_one = bool(typed.words) and bool(_ID.fullmatch(typed.words[0]))
    return not about_one and GROUP not in text
