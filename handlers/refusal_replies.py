"""Refusals in words: what happened, and what the asker can do next."""

import re
from collections.abc import Sequence

from handlers.backend import Backend
from handlers.chat.asking import Ask, UserRef, View, button_word
from handlers.chat.command import AnyCommand
from handlers.chat.group_refusals import SeveralGroups
from handlers.chat.refusals import (
    NoCustomerNamed,
    NotAllowed,
    Refusal,
    SeveralCustomers,
    SeveralTopics,
    SeveralTopicsOfAll,
    UnreadablePeriod,
    UnreadWords,
    UnsureTopic,
)
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.chat.services import Say
from handlers.input.arguments import reads_period
from handlers.input.command_line import CommandLine, read_command
from handlers.input.group_words import take_group
from handlers.misunderstandings import misunderstanding
from handlers.output.unknowns import why
from handlers.registry import BY_NAME


async def refusal_reply(refusal: Refusal, ask: Ask, command: str, backend: Backend) -> Reply:
    """Put a refusal into words: what happened, and what the asker can do next."""
    say = backend.speaker(ask.locale, ask.zone)
    match refusal:
        case NotAllowed():
            admins = await _acting_admins(ask, backend)
            return Reply(
                (
                    Paragraph(say("not-allowed", **{"command": f"/{command}", **refusal.values})),
                    Paragraph(_who_can_help(ask, admins, backend)),
                )
            )
        case UnreadWords() | NoCustomerNamed():
            return _with_usage(refusal, BY_NAME[command], say)
        case SeveralCustomers() | SeveralTopics() | SeveralTopicsOfAll() | SeveralGroups():
            return _choose(refusal, ask, command, say)
        case UnsureTopic():
            told = say.enumeration([why(each, say) for each in refusal.unknown])
            return Reply((Paragraph(say(refusal.sentence, why=told, **refusal.values)),))
        case UnreadablePeriod():
            reason = say(str(refusal.values["why"]))
            return Reply(
                (Paragraph(say(refusal.sentence, found=refusal.values["found"], reason=reason)),)
            )
        case _:
            has_period = command in BY_NAME and reads_period(BY_NAME[command].args)
            return misunderstanding(refusal, say, has_period=has_period)


def _with_usage(refusal: UnreadWords | NoCustomerNamed, command: AnyCommand, say: Say) -> Reply:
    """Say how the command is used."""
    usage = f"/{say(f'{command.words}-usage')}"
    return Reply((Paragraph(say(refusal.sentence, usage=usage, **refusal.values)),))


async def _acting_admins(ask: Ask, backend: Backend) -> list[UserRef]:
    """The partner admins who can help: without those known to be no members any more."""
    admins = await backend.rights.admins(ask.room.partner, backend.now())
    known = [backend.people.known_account(admin) for admin in admins]
    return [account.ref for account in known if account.kind is None or account.is_member]


def _who_can_help(ask: Ask, admins: Sequence[UserRef], backend: Backend) -> str:
    """Name the partner admins, where one of them is of the asker's organisation, and the asker's
    id; while there is no admin, the exact line for the operator to type.
    """
    say, own = backend.speaker(ask.locale, ask.zone), str(ask.asker)
    if not admins:
        return say("not-allowed-no-admin", line=f"seatwise grant {own} --as partner-admin")
    homes = {(admin.platform, admin.tenant) for admin in admins}
    if (ask.asker.platform, ask.asker.tenant) not in homes:
        # Perhaps a stranger: they are not told who the admins are.
        return say("not-allowed-some-admin", id=own)
    names = say.enumeration([backend.people.display_name(admin) for admin in admins])
    return say("not-allowed-admins", admins=names, id=own)


def _around(text: str, name: str) -> tuple[str, str]:
    """Return the text before and behind a name. Where other words stand in the middle of it, as a
    period may, they come behind.
    """
    before, *behind = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", text, maxsplit=1)
    if behind:
        return before, "".join(behind)
    named = name.split()
    others = [word for word in text.split() if word not in named]
    return "", "".join(f" {word}" for word in others)


def _choose_group(several: SeveralGroups, ask: Ask, command: str, say: Say) -> Reply:
    """Offer the groups of one name, as buttons that ask the same question about one of them."""
    typed = read_command(ask.text, BY_NAME) or CommandLine("", ())
    rest, _ = take_group(typed.words)
    asked = " ".join((f"/{command}", *(button_word(word, ask) for word in rest)))
    view = ask.view if ask.view.is_file else View.ANSWER
    items = tuple(
        Choice(say(kind, name=several.values["name"]), f"{asked} {word}", view=view)
        for kind, word in several.offers
    )
    return Reply((Choices(say(several.sentence, **several.values), items),))


def _choose(
    several: SeveralCustomers | SeveralTopics | SeveralTopicsOfAll | SeveralGroups,
    ask: Ask,
    command: str,
    say: Say,
) -> Reply:
    """Offer what fits, as buttons that ask the same question about one of them."""
    if isinstance(several, SeveralGroups):
        return _choose_group(several, ask, command, say)
    typed = read_command(ask.text, BY_NAME) or CommandLine("", ())
    words = (button_word(word, ask) for word in typed.words)
    before, after = _around(" ".join(words), str(several.values["name"]))
    view = ask.view if ask.view.is_file else View.ANSWER
    items = tuple(
        Choice(label, f"/{command} {before}{said}{after}", view=view)
        for label, said in several.offers
    )
    parts: list[Paragraph | Choices] = [Choices(say(several.sentence, **several.values), items)]
    if several.more:
        parts.append(Paragraph(say("several-more", n=several.more)))
    return Reply(tuple(parts))
